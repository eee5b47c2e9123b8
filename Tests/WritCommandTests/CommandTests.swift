// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// The other commands, as transcripts.
struct CommandTests {
    private static let ls = #"{"command":"ls"}"#

    // MARK: the kill switch

    @Test(arguments: [
        (["--everything"], "everything"), (["--agent", "agent-passport:local"], "agent agent-passport:local"),
        (["--owner", "user_7"], "owner user_7"), (["--server", "local"], "server local"),
        (["--tool", "local/exec.run"], "tool local/exec.run"),
    ])
    func `each scope is on from the next decision, shown, and off again`(_ scope: [String], _ text: String) throws {
        let shell = try Shell.initialized("--owner", "user_7")
        let writ = { (words: [String]) in try shell.run([Shell.program()] + words + ["--home", shell.home]) }
        #expect(try writ(["kill", "status"]).output == "No kill switch is on.\n")
        let on = try writ(["kill", "on", "--reason", "incident 4711"] + scope)
        #expect(on.status == 0 && on.output == "ON   \(text): incident 4711\n")
        #expect(try writ(["kill", "status"]).output == on.output)
        let status = try #require(try writ(["kill", "status", "--json"]).json().array)
        #expect(status.count == 1 && status.first?["reason"] == "incident 4711")
        let denied = try shell.writ("check", "exec.run", Self.ls)
        #expect(denied.status == 1)
        #expect(try denied.json()["reason"] == "kill switch: incident 4711")
        // Another of the same kind is another switch.
        let other = scope.count == 2 ? [scope[0], scope[1] + "x"] : ["--agent", "somebody"]
        #expect(try writ(["kill", "off", "--reason", "done"] + other).status == 65)
        let off = try writ(["kill", "off", "--reason", "done"] + scope)
        #expect(off.status == 0 && off.output == "off  \(text)\n")
        #expect(try writ(["kill", "status"]).output == "No kill switch is on.\n")
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 0)
        #expect(try writ(["kill", "off", "--reason", "done"] + scope).status == 65)
    }

    @Test(arguments: [
        ["kill", "on", "--reason", "x"], ["kill", "on", "--everything", "--agent", "a", "--reason", "x"],
        ["kill", "on", "--everything"], ["kill", "on", "--everything", "--reason", ""],
        ["kill", "on", "--everything", "--reason", "a\nb"], ["kill", "on", "--tool", "no-slash", "--reason", "x"],
        ["kill", "on", "--agent", "", "--reason", "x"], ["kill", "on", "--server", "a\u{1}", "--reason", "x"],
        ["kill", "on", "--owner", String(repeating: "o", count: 300), "--reason", "x"],
        ["kill", "on", "--tool", "/", "--reason", "x"], ["kill", "off", "--reason", "x"],
        ["kill", "on", "--everything", "--reason", String(repeating: "r", count: 501)],
    ])
    func `a switch that cannot be meant is a usage error and changes nothing`(_ words: [String]) throws {
        let shell = try Shared.shell
        let run = try shell.run([Shell.program()] + words + ["--home", shell.home])
        #expect(run.status == 64, "\(run)")
        #expect(run.output.isEmpty)
        #expect(try shell.writ("kill", "status").output == "No kill switch is on.\n")
    }

    // MARK: passports

    @Test func `a passport is issued, shown, verified, suspended, resumed and revoked`() throws {
        let shell = try Shell.initialized()
        let issued = try shell.writ(
            "passport", "issue", "agent:two", "--owner", "org_1", "--capability", "data.export", "--assurance", "L2",
            "--region", "DE", "--team", "night", "--expires", "2099-01-01T00:00:00.000Z")
        let path = shell.home + "/passports/agent-two.json"
        #expect(issued.status == 0 && issued.output == "Issued \(path)\n")
        #expect(try shell.permissions(path) == 0o600)
        #expect(
            try shell.writ("passport", "show", "agent:two").lines == [
                "agent         agent:two", "owner         org_1 (org)", "assurance     L2",
                "capabilities  data.export", "regions       DE", "teams         night",
                "expires       2099-01-01T00:00:00.000Z", "signed by     this-installation", "standing      active",
            ])
        #expect(try shell.writ("passport", "show", path, "--json").json()["passport"]?["agent_id"] == "agent:two")
        #expect(try shell.writ("passport", "verify", "agent:two").output == "signed by this-installation; standing: active\n")
        let again = try shell.writ("passport", "issue", "agent:two")
        #expect(again.status == 78 && again.firstError.contains("has a passport already"))

        let check = { try shell.writ("check", "nobody", "{}", "--passport", path) }
        let verify = { try shell.writ("passport", "verify", path) }
        #expect(try check().code() == "writ.tool_unknown")
        #expect(try shell.writ("passport", "suspend", "agent:two", "--reason", "leak").output == "agent:two: suspended\n")
        #expect(try check().code() == "oap.passport_suspended")
        #expect(try verify().status == 1 && verify().output == "signed by this-installation; standing: suspended\n")
        #expect(try shell.writ("passport", "resume", "agent:two", "--reason", "mended").output == "agent:two: resumed\n")
        #expect(try check().code() == "writ.tool_unknown")
        #expect(try shell.writ("passport", "revoke", "agent:two", "--reason", "gone").output == "agent:two: revoked\n")
        #expect(try check().code() == "writ.passport_revoked")
        let late = try shell.writ("passport", "resume", "agent:two", "--reason", "please")
        #expect(late.status == 65 && late.firstError == "writ: agent:two is revoked, which is for ever")
        #expect(try check().code() == "writ.passport_revoked")
    }

    @Test(arguments: [
        ["passport", "issue", "has space"], ["passport", "issue", "unidentified"], ["passport", "issue", ""],
        ["passport", "issue", "a", "--assurance", "L9"], ["passport", "issue", "a", "--capability", "NOT"],
        ["passport", "issue", "a", "--expires", "tomorrow"], ["passport", "issue", "a", "--region", "Mars"],
        ["passport", "issue"], ["passport", "suspend", "a"], ["passport", "suspend", "", "--reason", "x"],
        ["passport", "revoke", "a\u{1}b", "--reason", "x"], ["passport", "suspend", "a", "--reason", ""],
    ])
    func `a passport that cannot be is a usage error`(_ words: [String]) throws {
        let shell = try Shared.shell
        let passports = try shell.names(shell.home + "/passports")
        let run = try shell.run([Shell.program()] + words + ["--home", shell.home])
        #expect(run.status == 64, "\(run)")
        #expect(run.output.isEmpty && !run.errors.isEmpty)
        #expect(try shell.names(shell.home + "/passports") == passports)
    }

    @Test func `a foreign passport is shown, and signed where it is asked for`() throws {
        let shell = try Shell.initialized()
        let file = shell.folder + "/foreign.json"
        try shell.write(
            file,
            #"""
            {"passport_id": "local-1", "agent_id": "agent:foreign", "owner_id": "user@example.com", "owner_type": "user",
             "kind": "template", "spec_version": "oap/1.0", "assurance_level": "L0", "status": "active",
             "capabilities": [{"id": "system.command.execute"}], "limits": {}, "regions": ["US"], "never_expires": true,
             "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "version": "1.0.0",
             "strange": 1}
            """#)
        let before = try shell.contents()
        let dry = try shell.writ("passport", "import", file, "--dry-run")
        #expect(dry.status == 0 && dry.output.contains("/strange"))
        #expect(try shell.contents() == before)
        let imported = try shell.writ("passport", "import", file)
        let path = shell.home + "/passports/agent-foreign.json"
        #expect(imported.status == 0 && imported.lines.last == "Signed \(path)")
        #expect(try shell.writ("check", "exec.run", Self.ls, "--passport", path).status == 0)
        #expect(try shell.writ("check", "exec.run", Self.ls, "--passport", file).status == 1)
        #expect(try shell.writ("passport", "verify", file).status == 65)
        try shell.write(file, "{}")
        let broken = try shell.writ("passport", "import", file)
        #expect(broken.status == 65 && broken.output.isEmpty && broken.firstError.hasPrefix("writ: \(file): /agent_id: "))
        #expect(try shell.writ("passport", "import", shell.folder + "/none.json").status == 78)
        #expect(try shell.writ("passport", "show", "nobody").status == 65)
    }

    // MARK: receipts

    @Test func `receipts are listed, shown, verified, replayed and exported`() throws {
        let shell = try Shell.initialized()
        #expect(try shell.writ("receipts", "list").output == "No receipts yet.\n")
        #expect(try shell.writ("receipts", "list", "--json").output.isEmpty)
        let allow = try shell.writ("check", "exec.run", Self.ls).receiptID()
        let deny = try shell.writ("check", "exec.run", #"{"command":"rm x"}"#).receiptID()
        let unknown = try shell.writ("check", "planted-secret", "{}").receiptID()

        let list = try shell.writ("receipts", "list")
        #expect(list.lines.map { $0.prefix(36) } == [unknown, deny, allow].map { $0[...] })
        #expect(!list.output.contains("planted-secret"))
        #expect(try shell.writ("receipts", "list", "--limit", "1").lines.count == 1)
        let json = try shell.writ("receipts", "list", "--json", "--agent", "agent-passport:local")
        #expect(json.lines.count == 3)
        #expect(try JSON(parsing: UTF8String(#require(json.lines.first)))["receipt_id"] == .text(unknown))
        #expect(try shell.writ("receipts", "list", "--agent", "nobody").output == "No receipts yet.\n")

        let show = try shell.writ("receipts", "show", deny)
        #expect(show.lines[1] == "decision  DENY: not permitted: no policy permits execute on Program")
        #expect(show.output.contains(#"arguments {"command":"rm x"}"#))
        #expect(show.output.contains(#"missing   permit (principal == Agent::"agent-passport:local", action == Action::"execute""#))
        let record = try shell.writ("receipts", "show", deny, "--json").json()
        #expect(record.object?.keys == ["index", "receipt", "outcome", "evidence"])
        #expect(record["evidence"]?["call"]?["message"]?["command"] == "rm x")

        for id in [allow, deny, unknown] {
            let verify = try shell.writ("receipts", "verify", id)
            #expect(verify.status == 0 && verify.firstLine.hasPrefix("verified: "), "\(verify)")
            let replay = try shell.writ("receipts", "replay", id)
            #expect(replay.status == 0)
            #expect(replay.lines.last == "the same verdict, member by member, from the archived inputs")
        }
        // The archive has its own policies: others today change nothing.
        try shell.write(shell.policy, "permit (principal, action, resource);")
        #expect(try shell.writ("check", "exec.run", #"{"command":"rm x"}"#).status == 0)
        #expect(try shell.writ("receipts", "replay", deny).status == 0)
    }

    @Test(arguments: ["show", "verify", "replay", "export"])
    func `a receipt that is not there, or is no id, is said`(_ verb: String) throws {
        let shell = try Shared.shell
        let none = try shell.writ("receipts", verb, "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10")
        #expect(none.status == 65 && none.output.isEmpty)
        #expect(try shell.writ("receipts", verb, "no-id").status == 64)
        #expect(try shell.writ("receipts", verb).status == 64)
    }

    @Test func `an exported receipt verifies elsewhere, with the public keys alone`() throws {
        let shell = try Shell.initialized()
        let id = try shell.writ("check", "exec.run", Self.ls).receiptID()
        let file = shell.folder + "/receipt.tlog-proof"
        #expect(try shell.writ("receipts", "export", id, "-o", file).output == "Wrote \(file)\n")
        #expect(try shell.writ("receipts", "export", id, "-o", file).status == 78)
        #expect(try shell.writ("receipts", "export", id).output == shell.text(file))
        #expect(!(try shell.text(file).contains("\"ls\"")))

        // Another machine: a file and two public keys.
        let elsewhere = try Shell()
        try elsewhere.write(elsewhere.folder + "/r", shell.text(file))
        try elsewhere.write(elsewhere.folder + "/key", shell.text(shell.home + "/keys/receipts.pub.jwk"))
        try elsewhere.write(elsewhere.folder + "/log", shell.text(shell.home + "/keys/log.vkey"))
        shell.remove()
        let program = try Shell.program()
        let verify = { (words: String...) in
            try elsewhere.run([program, "verify", "--home", elsewhere.home] + words)
        }
        let good = try verify("r", "--key", "key", "--log", "log")
        #expect(good.status == 0 && good.firstLine.hasPrefix("verified: "), "\(good)")
        #expect(good.output.contains("decision  ALLOW: allowed by starter-plain-commands"))
        let line = try elsewhere.text(elsewhere.folder + "/log").trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try verify("r", "--key", "key", "--log", line).status == 0)
        let unlogged = try verify("r", "--key", "key")
        #expect(unlogged.status == 0)
        #expect(unlogged.output.contains("no log key was given, so whether it is in the log was not looked at"))

        let stranger = try Shell.initialized()
        try elsewhere.write(elsewhere.folder + "/key2", stranger.text(stranger.home + "/keys/receipts.pub.jwk"))
        try elsewhere.write(elsewhere.folder + "/log2", stranger.text(stranger.home + "/keys/log.vkey"))
        for words in [["--key", "key2", "--log", "log"], ["--key", "key", "--log", "log2"]] {
            let bad = try elsewhere.run([program, "verify", "--home", elsewhere.home, "r"] + words)
            #expect(bad.status == 1 && bad.firstLine.hasPrefix("NOT VERIFIED: "), "\(bad)")
        }
        // Without keys there is nothing to verify with; a private key file is no public one's place to be looked for.
        #expect(try verify("r").status == 78)
        #expect(try verify("none", "--key", "key", "--log", "log").status == 78)
        #expect(try verify("r", "--key", "key", "--log", "nonsense").status == 64)

        let text = try elsewhere.text(elsewhere.folder + "/r")
        for number in 1..<text.split(separator: "\n", omittingEmptySubsequences: false).count {
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            guard let letter = lines[number].first(where: \.isLetter), !lines[number].hasPrefix("— ") else { continue }
            lines[number] = lines[number].replacingOccurrences(
                of: String(letter), with: letter == "x" ? "y" : "x", range: lines[number].startIndex..<lines[number].endIndex)
            try elsewhere.write(elsewhere.folder + "/tampered", lines.joined(separator: "\n"))
            let tampered = try verify("tampered", "--key", "key", "--log", "log")
            #expect(tampered.status == 1 && tampered.firstLine.hasPrefix("NOT VERIFIED: "), "line \(number): \(tampered)")
        }
    }

    // MARK: policies

    @Test func `policies are counted, and every mistake is said with its place`() throws {
        let shell = try Shell.initialized()
        let good = try shell.writ("policy", "check")
        #expect(good.status == 0)
        #expect(good.firstLine == "1 file(s), 8 policies: 5 permit, 3 forbid; 0 in shadow, 0 templates", "\(good)")
        #expect(good.lines[1].hasPrefix("digest "))
        let file = shell.folder + "/x.cedar"
        try shell.write(
            file, "permit (principal, action, resource) when { contxt.a };\n@modes(\"x\")\nforbid (principal action);\n")
        let bad = try shell.writ("policy", "check", file)
        #expect(bad.status == 78 && bad.output.isEmpty)
        #expect(bad.errors.hasPrefix("writ: \(file):1:"))
        #expect(bad.errors.contains("\n\(file):3:"))
        try shell.write(file, "forbid (principal, action, resource);")
        #expect(try shell.writ("policy", "check", file).lines.last == "Nothing is permitted: every call will be denied.")
        #expect(try shell.writ("policy", "check", shell.folder + "/none.cedar").status == 78)
    }

    // MARK: usage

    private static let subcommands = [
        [], ["init"], ["demo"], ["check"], ["gateway"], ["passport"], ["passport", "issue"], ["passport", "import"],
        ["passport", "show"], ["passport", "verify"], ["passport", "suspend"], ["passport", "resume"],
        ["passport", "revoke"], ["policy"], ["policy", "check"], ["receipts"], ["receipts", "list"],
        ["receipts", "show"], ["receipts", "verify"], ["receipts", "replay"], ["receipts", "export"], ["verify"],
        ["kill"], ["kill", "on"], ["kill", "off"], ["kill", "status"], ["fsck"],
    ]

    @Test(arguments: subcommands)
    func `every command has a help that says how it is used, and refuses options it has not`(
        _ words: [String]
    ) throws {
        let shell = try Shared.shell
        let help = try shell.run([Shell.program()] + words + ["--help"])
        #expect(help.status == 0 && help.errors.isEmpty)
        #expect(help.output.contains("USAGE: writ \(words.joined(separator: " "))"))
        let wrong = try shell.run([Shell.program()] + words + ["--no-such-option"])
        #expect(wrong.status == 64 && wrong.output.isEmpty && !wrong.errors.isEmpty, "\(wrong)")
    }

    @Test(arguments: [
        ["check"], ["check", "exec.run"], ["check", "exec.run", "{}", "more"], ["verify"], ["nonsense"],
        ["receipts", "nonsense"], ["receipts", "list", "--limit", "0"], ["receipts", "list", "--limit", "many"],
        ["gateway"], ["gateway", "--name", "Not An Alias", "--", "true"], ["gateway", "--server", "none"],
        ["gateway", "--filesystem", "moon", "--", "true"], ["gateway", "--passport", "relative.json", "--", "true"],
        ["gateway", "--server", "x", "--", "true"],
    ])
    func `a wrong command line is a usage error, on standard error`(_ words: [String]) throws {
        let shell = try Shared.shell
        let run = try shell.run(
            [Shell.program(), words[0], "--home", shell.home].filter { words[0] != "nonsense" || $0 != "--home" }
                + words.dropFirst())
        #expect(run.status == 64, "\(run)")
        #expect(run.output.isEmpty && !run.errors.isEmpty)
    }

    @Test func `the gateway's folder is absolute and never from the environment`() throws {
        let shell = try Shell.initialized()
        let program = try Shell.program()
        let relative = try shell.run([program, "gateway", "--home", "home", "--", "true"])
        #expect(relative.status == 64 && relative.firstError.contains("--home must be an absolute path here"))
        try shell.write(shell.policy, "broken")
        let named = try shell.run([program, "gateway", "--", "true"], environment: ["WRIT_HOME": shell.home])
        #expect(!named.errors.contains(shell.home), "\(named)")
        #expect(named.status != 0 && named.status != 1)
    }

    @Test func `the version is one line`() throws {
        let run = try Shared.shell.run([Shell.program(), "--version"])
        #expect(run.status == 0 && run.lines.count == 1 && run.firstLine.hasPrefix("writ "))
    }

    @Test func `an output that nobody reads does not change the status`() throws {
        let shell = try Shared.shell
        let script = { (command: String) in
            "set -o pipefail; \(try Shell.program()) check exec.run '\(command)' --home \(shell.home) | true; echo ${PIPESTATUS[0]}"
        }
        #expect(try shell.run(["bash", "-c", script(Self.ls)]).output == "0\n")
        #expect(try shell.run(["bash", "-c", script(#"{"command":"rm x"}"#)]).output == "1\n")
    }

    // MARK: the demonstration

    @Test func `the demonstration plays the acceptance scene`() throws {
        let shell = try Shell()
        let run = try shell.run([Shell.program(), "demo"])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let lines = run.lines.map { $0.trimmingCharacters(in: .whitespaces) }
        let expected = [
            "1. Tuesday 10:15. The agent reads a report, through the gateway.",
            "read_document /reports/q1.csv",
            "answer : region,revenue",
            "read_document /internal/finances/payroll.xlsx",
            "read_document /reports/../internal/finances/payroll.xlsx",
            "DENY   policy block: data export pattern detected outside authorized hours",
            #"{"tool":"read_document","path":"/reports/q1.csv"}"#,
            "the same verdict, member by member: policy block: only documents under /reports may be read",
        ]
        for line in expected { #expect(lines.contains(line), "\(line) in \(run.output)") }
        // What reached the server is the one call that was permitted.
        #expect(lines.filter { $0.hasPrefix("{\"tool\":") } == [#"{"tool":"read_document","path":"/reports/q1.csv"}"#])
        #expect(lines.filter { $0.contains("only documents under /reports may be read") }.count >= 4)
        #expect(lines.contains { $0.hasPrefix("verified, ") && $0.hasSuffix("only documents under /reports may be read") })
        #expect(lines.contains { $0.hasPrefix("consistent: ") })
        #expect(lines.contains { $0.hasPrefix("refused: ") && $0.contains("kill switch: incident 4711") })
        #expect(lines.contains { $0.hasPrefix("found: ") })
        #expect(!run.output.contains("NOT FOUND"))
        #expect(try shell.names(shell.folder) == [])
    }

    @Test func `the scene's folder is kept where that is asked for`() throws {
        let shell = try Shell()
        let run = try shell.run([Shell.program(), "demo", "--keep"])
        let home = try #require(run.lines.last?.split(separator: " ").last.map(String.init))
        #expect(home.hasPrefix(shell.folder + "/writ-demo-"))
        #expect(try shell.run([Shell.program(), "fsck", "--home", home]).status == 0)
    }
}
