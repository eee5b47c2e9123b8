// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ policy test`, `format`, `diff` and `explain`.
struct PolicyToolsTests {
    private static let policies = #"""
        @id("reports") permit (principal, action == Action::"read", resource in Directory::"/reports");
        // nobody at night
        @id("night") forbid (principal, action, resource) when { context.local.hour > 20 };

        """#

    private static func test(_ change: (inout JSONObject) -> Void = { _ in }) -> JSON {
        var test =
            ([
                "name": "a report",
                "request": [
                    "principal": #"Agent::"a""#, "action": #"Action::"read""#, "resource": #"File::"/reports/q1""#,
                    "context": ["local": ["hour": 9]],
                ],
                "entities": [
                    [
                        "uid": ["type": "File", "id": "/reports/q1"], "attrs": [:],
                        "parents": [["type": "Directory", "id": "/reports"]],
                    ]
                ], "decision": "allow", "reason": ["reports"], "num_errors": 0,
            ] as JSON).object ?? JSONObject()
        change(&test)
        return .object(test)
    }

    private static func shell(_ tests: [JSON]) throws -> Shell {
        let shell = try Shell()
        try shell.write(shell.folder + "/p.cedar", policies)
        try shell.write(shell.folder + "/t.json", String(decoding: JSON.array(tests).serialized(), as: UTF8.self))
        return shell
    }

    private static func run(_ shell: Shell, _ words: String...) throws -> Run {
        try shell.run([Shell.program(), "policy"] + words)
    }

    @Test func `tests in the form of Cedar's command line pass and fail`() throws {
        let shell = try Self.shell([
            Self.test(), Self.test { $0["reason"] = ["policy0"] }, Self.test { $0["name"] = nil },
            Self.test {
                $0["decision"] = "deny"
                $0["name"] = "wrong decision"
            },
            Self.test {
                $0["reason"] = ["night"]
                $0["name"] = "wrong reason"
            },
            Self.test {
                $0["num_errors"] = 2
                $0["name"] = "wrong errors"
            },
            Self.test {
                $0["request"] = ["principal": "nobody"]
                $0["name"] = "bro\u{7}ken"
            },
        ])
        let run = try Self.run(shell, "test", "t.json", "--policies", "p.cedar")
        #expect(run.status == 1 && run.errors.isEmpty)
        #expect(
            run.lines == [
                "ok    a report", "ok    a report", "ok    t.json#2",
                "FAIL  wrong decision: expected deny, got allow (by reports)",
                "FAIL  wrong reason: did not decide: night (by reports)",
                "FAIL  wrong errors: expected 2 policies that cannot be evaluated, got 0",
                #"FAIL  bro\u{7}ken: the request's action is not the name of an entity, as in "User::\"alice\"""#,
                "3 passed, 4 failed",
            ], "\(run)")
        let json = try Self.run(shell, "test", "t.json", "--policies", "p.cedar", "--json").json()
        #expect(json["passed"] == 3 && json["tests"]?.array?[3]["passed"] == false)
    }

    @Test func `a forbid that cannot be evaluated holds, and for Cedar alone is skipped`() throws {
        let shell = try Self.shell([
            Self.test {
                $0["request"] = [
                    "principal": #"Agent::"a""#, "action": #"Action::"read""#, "resource": #"File::"/reports/q1""#,
                    "context": [:],
                ]
                $0["num_errors"] = 1
            }
        ])
        let writ = try Self.run(shell, "test", "t.json", "--policies", "p.cedar")
        #expect(writ.status == 1 && writ.firstLine.contains("expected allow, got deny (night could not be evaluated"))
        #expect(try Self.run(shell, "test", "t.json", "--policies", "p.cedar", "--cedar").status == 0)
    }

    @Test func `entities may be in a file beside the tests, and a schema is kept to`() throws {
        let shell = try Self.shell([Self.test { $0["entities"] = "e.json" }])
        try shell.write(
            shell.folder + "/e.json",
            #"[{"uid":{"type":"File","id":"/reports/q1"},"attrs":{"path":"/reports/q1"},"parents":[{"type":"Directory","id":"/reports"}]}]"#
        )
        #expect(try Self.run(shell, "test", shell.folder + "/t.json", "--policies", "p.cedar").status == 0)
        let schema = try Self.run(shell, "schema")
        try shell.write(shell.folder + "/s.cedarschema", schema.output)
        let strict = try Self.run(
            shell, "test", "t.json", "--policies", "p.cedar", "--schema", "s.cedarschema")
        #expect(strict.status == 1 && strict.firstLine.hasPrefix("FAIL  a report: the request's context"), "\(strict)")
        try shell.write(
            shell.folder + "/s.cedarschema",
            """
            entity Agent; entity Directory; entity File in Directory { path: String };
            action read appliesTo { principal: Agent, resource: File, context: { local: { hour: Long } } };
            """)
        let fits = try Self.run(shell, "test", "t.json", "--policies", "p.cedar", "--schema", "s.cedarschema")
        #expect(fits.status == 0, "\(fits)")
        try shell.write(shell.folder + "/t.json", "{}")
        #expect(try Self.run(shell, "test", "t.json", "--policies", "p.cedar").status == 65)
    }

    @Test func `files are laid out, checked, and written whole`() throws {
        let shell = try Self.shell([])
        let file = shell.folder + "/p.cedar"
        let printed = try Self.run(shell, "format", file)
        #expect(printed.status == 0 && printed.output.contains("\n// nobody at night\n@id(\"night\")\n"), "\(printed)")
        let check = try Self.run(shell, "format", "--check", file)
        #expect(check.status == 1 && check.output == file + "\n")
        #expect(try shell.text(file) == Self.policies)
        #expect(chmod(file, 0o640) == 0)
        try FileManager.default.createSymbolicLink(atPath: shell.folder + "/link.cedar", withDestinationPath: "p.cedar")
        let written = try Self.run(shell, "format", "--write", shell.folder + "/link.cedar")
        #expect(written.status == 0, "\(written)")
        #expect(try shell.text(file) == printed.output)
        #expect(try shell.permissions(file) == 0o640)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: shell.folder + "/link.cedar") == "p.cedar")
        #expect(try Self.run(shell, "format", "--check", file).status == 0)
        try shell.write(shell.folder + "/bad.cedar", "permit (")
        try shell.write(file, Self.policies)
        let bad = try Self.run(shell, "format", "--write", file, "bad.cedar")
        #expect(bad.status == 78 && bad.firstError.hasPrefix("bad.cedar:1:"))
        #expect(try shell.text(file) == Self.policies)
        #expect(try Self.run(shell, "format", file, "bad.cedar").status == 64)
        #expect(try Self.run(shell, "format", "none.cedar").status == 65)
    }

    @Test func `a change says what widens and what narrows`() throws {
        let shell = try Self.shell([])
        try shell.write(shell.folder + "/wider.cedar", Self.policies.replacing("hour > 20", with: "hour > 22 && false"))
        try shell.write(
            shell.folder + "/narrow.cedar",
            Self.policies + #"@id("more") forbid (principal, action == Action::"send", resource);"#)
        let same = try Self.run(shell, "diff", "p.cedar", "p.cedar", "--fail-on-widening")
        #expect(same.status == 0 && same.output == "no policy differs\n")
        let narrow = try Self.run(shell, "diff", "p.cedar", "narrow.cedar", "--fail-on-widening")
        #expect(narrow.status == 0 && narrow.firstLine.hasPrefix("as a whole: narrows"), "\(narrow)")
        let back = try Self.run(shell, "diff", "narrow.cedar", "p.cedar")
        #expect(back.status == 0 && back.firstLine.hasPrefix("as a whole: widens"))
        #expect(try Self.run(shell, "diff", "narrow.cedar", "p.cedar", "--fail-on-widening").status == 1)
        let json = try Self.run(shell, "diff", "p.cedar", "narrow.cedar", "--json").json()
        #expect(json["direction"] == "narrows" && json["policies"]?.array?.first?["new"] == "more")
        // In shadow a policy never decides; to take one out of force is to remove it.
        try shell.write(
            shell.folder + "/shadow.cedar",
            Self.policies.replacing("@id(\"night\")", with: "@id(\"night\") @mode(\"shadow\")"))
        let shadow = try Self.run(shell, "diff", "p.cedar", "shadow.cedar")
        #expect(
            shadow.firstLine.hasPrefix("as a whole: widens") && shadow.output.contains("- forbid night"), "\(shadow)")
        try FileManager.default.createDirectory(
            atPath: shell.folder + "/folder", withIntermediateDirectories: false)
        try shell.write(shell.folder + "/folder/p.cedar", Self.policies)
        #expect(try Self.run(shell, "diff", "p.cedar", "folder").output == "no policy differs\n")
        #expect(try Self.run(shell, "diff", "p.cedar", "none").status == 65)
    }

    @Test func `a receipt is explained from its archived inputs, question by question`() throws {
        let shell = try Shell.initialized()
        let deny = try shell.writ("check", "exec.run", #"{"command":"rm x"}"#).receiptID()
        // Other policies today change nothing.
        try shell.write(shell.policy, "permit (principal, action, resource);")
        let run = try shell.writ("policy", "explain", deny)
        #expect(run.status == 0 && run.firstLine.hasPrefix(deny))
        #expect(run.lines.contains("local/exec.run on Tool: permitted"), "\(run)")
        #expect(run.lines.contains("execute on Program: NOT permitted"))
        #expect(run.lines.contains(#"      resource = Program::"rm""#))
        #expect(run.lines.contains { $0.hasSuffix("policies are about other actions (--all shows them)") })
        let json = try shell.writ("policy", "explain", deny, "--json").json()
        #expect(json["replayed"] == true && json["questions"]?.array?.map { $0["permitted"] } == [true, false, false])
        let allow = try shell.writ("check", "exec.run", #"{"command":"ls"}"#).receiptID()
        #expect(try shell.writ("policy", "explain", allow).output.contains("holds and decides"))
        // A call that never came to the policies.
        let unknown = try shell.writ("check", "nothing-known", "{}").receiptID()
        #expect(
            try shell.writ("policy", "explain", unknown).lines.last
                == "No policy was asked: the call was refused before.")
        #expect(try shell.writ("policy", "explain", "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10").status == 65)
        #expect(try shell.writ("policy", "explain", deny, "--policies", shell.policy).status == 64)
    }

    @Test func `a request is explained with the policies named, and a forbid that fails holds`() throws {
        let shell = try Self.shell([])
        try shell.write(
            shell.folder + "/r.json",
            #"{"principal":"Agent::\"a\"","action":"Action::\"read\"","resource":"File::\"/reports/q1\"","context":{}}"#
        )
        try shell.write(
            shell.folder + "/e.json",
            #"[{"uid":{"type":"File","id":"/reports/q1"},"attrs":{},"parents":[{"type":"Directory","id":"/reports"}]}]"#
        )
        let run = try Self.run(
            shell, "explain", "r.json", "--policies", "p.cedar", "--entities", "e.json")
        #expect(run.status == 0 && run.firstLine == "r.json: NOT permitted", "\(run)")
        #expect(run.output.contains("forbid night (p.cedar:3:1) cannot be evaluated, and so holds"))
        #expect(run.output.contains(#"has no attribute "local""#))
        #expect(try Self.run(shell, "explain", "none.json", "--policies", "p.cedar").status == 65)
        #expect(try Self.run(shell, "explain", "r.json", "--policies", "p.cedar", "--limit", "0").status == 64)
    }
}
