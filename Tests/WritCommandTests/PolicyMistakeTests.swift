// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// What the `policy` commands say to somebody who gets it wrong: what is wrong, where, and what to do.
struct PolicyMistakeTests {
    private static let policies = #"""
        @id("reports") permit (principal, action == Action::"read", resource in Directory::"/reports");
        """#

    /// A folder with policies, tests and a folder without policies, and a program to run there.
    private static func shell() throws -> Shell {
        let shell = try Shell()
        try shell.write(shell.folder + "/p.cedar", policies)
        try shell.write(shell.folder + "/tools.json", PolicyTests.tools)
        try shell.write(shell.folder + "/none.json", "[]")
        for folder in ["empty", "full"] {
            try FileManager.default.createDirectory(
                atPath: "\(shell.folder)/\(folder)", withIntermediateDirectories: false)
        }
        try shell.write(shell.folder + "/full/p.cedar", policies)
        return shell
    }

    private static func run(_ shell: Shell, _ words: [String]) throws -> Run {
        try shell.run([Shell.program(), "policy"] + words)
    }

    @Test(arguments: [
        ("check p.cedar --tools git=", 64, "writ: --tools git= names no file"),
        ("check p.cedar --tools GIT=tools.json", 64, "writ: policies cannot call a server `GIT`: "),
        ("check p.cedar --tools =tools.json", 64, "writ: policies cannot call a server ``: "),
        ("check p.cedar --tools read=tools.json", 64, "writ: policies cannot call a server `read`: "),
        ("check p.cedar --schema tools.json", 65, "writ: tools.json has definitions of tools and is no schema; "),
        ("check empty", 65, "writ: empty is a folder without *.cedar files; "),
        ("check none.cedar", 65, "writ: none.cedar is not there"),
        ("diff p.cedar empty", 65, "writ: empty is a folder without *.cedar files; "),
        ("format --check empty", 65, "writ: empty is a folder without *.cedar files; "),
        ("format p.cedar --indent 17", 64, "writ: --indent is at most 16, and not negative"),
        ("format p.cedar --width 1001", 64, "writ: --width is at most 1000, and not negative"),
        ("test none.json --policies p.cedar", 65, "writ: none.json has no test in it"),
        ("explain nobody", 65, "writ: nobody is neither a receipt's id nor a file that is there"),
        ("explain none.json --policies p.cedar", 65, "writ: none.json: expected one request; "),
        ("explain tools.json --policies p.cedar", 65, "writ: tools.json: the request's action is not the name"),
        ("explain none.json --policies p.cedar --entities none", 65, "writ: none is not there"),
    ])
    func `a command line that does not fit says what to do`(_ line: String, _ status: Int, _ error: String) throws {
        let run = try Self.run(Self.shell(), line.split(separator: " ").map(String.init))
        #expect(run.status == Int32(status) && run.output.isEmpty, "\(run)")
        #expect(run.firstError.hasPrefix(error), "\(run)")
    }

    @Test func `mistakes come in the order of the files, each once, and are counted`() throws {
        let shell = try Self.shell()
        try shell.write(
            shell.folder + "/x.cedar",
            #"""
            @id("z") permit (principal, action in [Action::"git/git_lgo", Action::"git/git_status"], resource)
            when { context.input.repo_path == "/x" };
            @id("a") forbid (principal, action == Action::"git/git_log", resource)
            when { context.input has max_cuont && context.input.max_cuont > 5 };
            """#)
        let run = try Self.run(shell, ["check", "x.cedar", "--tools", "git=tools.json"])
        #expect(run.status == 78 && run.output.isEmpty)
        let lines = run.errors.split(separator: "\n")
        #expect(lines.count == 3, "\(run)")
        #expect(lines[0].hasPrefix("x.cedar:1:") && lines[0].hasSuffix(#"did you mean `Action::"git/git_log"`?"#))
        #expect(lines[1].hasPrefix("x.cedar:4:8: error: ") && lines[1].hasSuffix("did you mean `max_count`?"))
        #expect(lines[2] == "2 mistakes, checked against the types of Writ's requests and of 2 tool(s) of git")
    }

    @Test func `a folder stands for its policies`() throws {
        let shell = try Self.shell()
        #expect(try Self.run(shell, ["check", "full"]).firstLine.hasPrefix("1 file(s), 1 policies: 1 permit"))
        #expect(try Self.run(shell, ["format", "--check", "full"]).output == "full/p.cedar\n")
        #expect(try Self.run(shell, ["diff", "full", "p.cedar"]).output == "no policy differs\n")
    }

    @Test func `a test that is malformed says what it lacks`() throws {
        let shell = try Self.shell()
        let request = #""request": {"principal": "A::\"a\"", "action": "Action::\"read\"", "resource": "A::\"b\""}"#
        try shell.write(
            shell.folder + "/t.json",
            """
            ["x", {}, {\(request), "entities": [], "decision": "deny", "reasons": [], "num_errors": 0},
             {\(request), "entities": "e.json", "decision": "deny", "reason": [], "num_errors": 0},
             {\(request), "entities": [], "decision": "deny", "reason": ["report"], "num_errors": 0}]
            """)
        let run = try Self.run(shell, ["test", "t.json", "--policies", "p.cedar"])
        #expect(run.status == 1)
        #expect(
            run.lines == [
                "FAIL  t.json#0: a test is an object with `request`, `entities`, `decision`, `reason`, `num_errors`",
                "FAIL  t.json#1: the test has no `request`",
                "FAIL  t.json#2: the test has no `reason`; there is `reasons`",
                "FAIL  t.json#3: the entities: e.json is not there",
                "FAIL  t.json#4: no policy has the id report; did you mean reports?", "0 passed, 5 failed",
            ], "\(run)")
    }

    @Test func `a forbid that cannot be evaluated holds, shown or not`() throws {
        let shell = try Self.shell()
        try shell.write(
            shell.folder + "/x.cedar",
            """
            @id("a") permit (principal, action, resource);
            @id("b") forbid (principal, action, resource) when { context.missing };
            """)
        try shell.write(
            shell.folder + "/r.json",
            #"{"principal": "A::\"a\"", "action": "Action::\"read\"", "resource": "A::\"b\""}"#)
        let run = try Self.run(shell, ["explain", "r.json", "--policies", "x.cedar", "--limit", "1"])
        #expect(run.status == 0 && run.firstLine == "r.json: NOT permitted", "\(run)")
    }
}
