// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ grant`, as transcripts.
struct GrantTests {
    private static let agent = "agent-passport:local"

    /// An installation whose policies permit effects alone.
    private static func shell(_ settings: String = "") throws -> Shell {
        let shell = try Shell.initialized()
        try shell.write(
            shell.policy, #"@id("read") permit (principal, action == Action::"read", resource in Directory::"/srv");"#)
        if !settings.isEmpty {
            try shell.write(shell.home + "/writ.yaml", try shell.text(shell.home + "/writ.yaml") + settings)
        }
        return shell
    }

    @Test func `a grant is given, used, shown, listed and revoked, and each step is in the log`() throws {
        let shell = try Self.shell()
        let read = ["check", "data.file.read", #"{"path":"/srv/a.txt"}"#]
        let writ = { (words: [String]) in try shell.run([Shell.program()] + words + ["--home", shell.home]) }
        #expect(try writ(["grant", "list"]).output == "No grant is in force.\n")
        #expect(try writ(read).status == 1)
        let give = [
            "grant", Self.agent, "--tool", "local/file.read", "--where", "path=/srv/*", "--for", "30m", "--reason",
            "look at it", "--task", "planted-secret task",
        ]
        let dry = try writ(give + ["--dry-run"])
        #expect(dry.status == 0 && dry.output.contains("permit (principal == Agent::"), "\(dry)")
        #expect(try writ(read).status == 1)
        let given = try writ(give + ["--json"])
        #expect(given.status == 0, "\(given)")
        let id = try #require(try given.json()["id"]?.string?.string)
        let allowed = try writ(read)
        #expect(allowed.status == 0, "\(allowed)")
        #expect(try writ(["check", "data.file.read", #"{"path":"/etc/passwd"}"#]).status == 1)
        #expect(try writ(["grant", "list", "--json"]).json().array?.first?["id"]?.string?.string == id)
        #expect(try writ(["grant", "list", "--agent", "somebody"]).output == "No grant is in force.\n")
        let shown = try writ(["grant", "show", id])
        for line in ["grant     \(id): in force", "reason    look at it", "task      planted-secret task"] {
            #expect(shown.lines.contains(line), "\(line) in \(shown)")
        }
        #expect(shown.output.contains(#"@id("grant/\#(id)/1")"#))
        #expect(try writ(["grant", "show", id, "--json"]).json()["state"] == "in force")
        #expect(try writ(["grant", "revoke", id]).status == 64)
        let revoked = try writ(["grant", "revoke", id, "--reason", "done"])
        #expect(revoked.status == 0 && revoked.output == "revoked  \(id)  of \(Self.agent)\n", "\(revoked)")
        #expect(try writ(["grant", "revoke", id, "--reason", "done"]).status == 65)
        #expect(try writ(read).status == 1)
        #expect(try writ(["grant", "show", id]).firstLine == "grant     \(id): revoked")
        let receipt = try allowed.receiptID()
        let replay = try writ(["receipts", "replay", receipt])
        #expect(replay.status == 0, "\(replay)")
        #expect(try writ(["receipts", "verify", receipt]).status == 0)
        #expect(try writ(["fsck"]).status == 0)
        // What it is for is in no file in clear.
        for (name, bytes) in try shell.contents() {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("planted-secret"), "\(name)")
        }
    }

    @Test func `what cannot be given is refused with what was probably meant, and nothing is logged`() throws {
        let shell = try Shell()
        let server = try FakeServer(
            shell,
            tools:
                #"{"name":"pay","description":"d","inputSchema":{"type":"object","properties":{"amount":{"type":"number"},"to":{"type":"string"}}}}"#
        )
        let client = shell.folder + "/mcp.json"
        try shell.write(client, "{\"mcpServers\": {\"bank\": {\"command\": \"\(server.program)\"}}}")
        #expect(try shell.writ("init", "--from", client).status == 0)
        let size = try shell.writ("receipts", "list").output
        for (words, status, said) in [
            (["--tool", "bank/pya"], 65, "did you mean bank/pay?"),
            (["--tool", "bnak/pay"], 65, "did you mean bank/pay?"),
            (["--tool", "bank"], 64, "name a tool as SERVER/TOOL"), ([], 64, "--tool SERVER/TOOL"),
            (["--tool", "bank/pay", "--tool", "bank/pay"], 64, "is there twice"),
            (["--tool", "bank/pay", "--where", "amout <= 5"], 65, "did you mean `amount`?"),
            (["--tool", "bank/pay", "--where", "amount <= much"], 65, "does not fit"),
            (["--tool", "bank/pay", "--where", "amount != 5"], 64, "is no test of a parameter"),
            (["--tool", "bank/pay", "--effects", "reed:/a"], 64, "did you mean `read`?"),
            (["--tool", "bank/pay", "--session", "a b"], 64, "a session has"),
        ] as [([String], Int32, String)] {
            let run = try shell.run(
                [Shell.program(), "grant", Self.agent] + words
                    + ["--for", "1h", "--reason", "r", "--home", shell.home])
            #expect(run.status == status && run.errors.contains(said), "\(words): \(run)")
        }
        for (agent, duration, reason) in [
            ("agent*", "x", "r"), (Self.agent, "25h", "r"), (Self.agent, "0m", "r"), (Self.agent, "1h", ""),
            ("a\"b", "1h", "r"),
        ] {
            let run = try shell.run([
                Shell.program(), "grant", agent, "--tool", "bank/pay", "--for", duration, "--reason", reason, "--home",
                shell.home,
            ])
            #expect(run.status == 64, "\(agent) \(duration): \(run)")
        }
        #expect(try shell.writ("grant", "list").output == "No grant is in force.\n")
        #expect(try shell.writ("receipts", "list").output == size)
        #expect(try shell.writ("grant", "show", "x").status == 64)
        #expect(try shell.writ("grant", "show", "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10").status == 65)
        let note = try shell.writ(
            "grant", "agent-passport:nobody", "--tool", "bank/pay", "--where", "amount <= 100", "--for", "1h",
            "--reason", "r")
        #expect(note.status == 0 && note.errors.contains("no passport in"), "\(note)")
    }

    @Test func `held to grants, an agent may do what they cover and nothing else`() throws {
        let shell = try Self.shell("\ngrants: {default: deny}\n")
        try shell.write(shell.policy, #"@id("all") permit (principal, action, resource);"#)
        let read = ["check", "data.file.read", #"{"path":"/srv/a.txt"}"#]
        let writ = { (words: [String]) in try shell.run([Shell.program()] + words + ["--home", shell.home]) }
        #expect(try writ(read).output.contains("no task grant covers"))
        #expect(
            try writ(["grant", Self.agent, "--tool", "local/file.read", "--for", "30m", "--reason", "r"]).status == 0)
        #expect(try writ(read).status == 0)
        #expect(try writ(["check", "exec.run", #"{"command":"ls"}"#]).status == 1)
        #expect(try writ(["grant", "revoke", "--agent", Self.agent, "--reason", "r"]).status == 0)
        #expect(try writ(read).status == 1)
    }
}
