// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ approvals`, as transcripts: each command is a process of its own, so every step survives a restart.
struct ApprovalTests {
    private static let policy = """
        @id("ask") @approval("ops")
        permit (principal, action, resource);
        """

    /// An installation where everything needs an approval by one of `ops`, whose key is in `alice.jwk`.
    private static func shell(_ group: String = "") throws -> Shell {
        let shell = try Shell.initialized()
        for file in try shell.names(shell.home + "/policies") {
            try FileManager.default.removeItem(atPath: shell.home + "/policies/" + file)
        }
        try shell.write(shell.home + "/policies/ask.cedar", policy)
        var keys: [String] = []
        for name in ["alice", "bob", "eve"] {
            let made = try shell.run([Shell.program(), "approvals", "key", "\(shell.folder)/\(name).jwk"])
            try #require(made.status == 0, "\(made)")
            keys.append(try #require(made.lines.last?.split(separator: " ").last.map(String.init)))
        }
        #expect(try shell.permissions(shell.folder + "/alice.jwk") == 0o600)
        let configuration = try shell.text(shell.home + "/writ.yaml")
        try shell.write(
            shell.home + "/writ.yaml",
            configuration + """

                approvals:
                  groups:
                    ops:
                      \(group)
                      approvers: {alice: \(keys[0]), bob: \(keys[1])}
                    others:
                      approvers: {eve: \(keys[2])}

                """)
        return shell
    }

    private static func ask(_ shell: Shell, _ command: String = "ls") throws -> Run {
        try shell.writ("check", "exec.run", #"{"command":"\#(command)"}"#)
    }

    private static func id(_ run: Run) throws -> String {
        try #require(try run.json()["approval"]?["id"]?.string?.string, "\(run)")
    }

    private static func act(_ shell: Shell, _ act: String, _ id: String, _ name: String = "alice") throws -> Run {
        try shell.writ("approvals", act, id, "--key", "\(shell.folder)/\(name).jwk", "--yes")
    }

    @Test func `a call waits, is shown, is approved, runs once, and the record is whole`() throws {
        let shell = try Self.shell()
        let refused = try Self.ask(shell, "ls \\u001b[2J")
        #expect(refused.status == 1)
        let id = try Self.id(refused)
        let list = try shell.writ("approvals", "list")
        #expect(list.output.contains("\(id)  waiting  0 of 1  ops  agent-passport:local"), "\(list)")
        #expect(try shell.writ("approvals", "list", "--json").json().array?.count == 1)
        let shown = try shell.writ("approvals", "show", id)
        #expect(shown.output.contains("arguments ") && shown.output.contains("effect    "), "\(shown)")
        #expect(!shown.output.contains("\u{1b}") && !shown.output.contains("WARNING"), "\(shown)")
        #expect(try shell.writ("approvals", "show", id, "--json").json()["matches"] == true)

        let unasked = try shell.writ("approvals", "grant", id, "--key", "\(shell.folder)/alice.jwk")
        #expect(unasked.status == 64 && unasked.errors.contains("--yes"), "\(unasked)")
        #expect(try Self.ask(shell, "ls \\u001b[2J").status == 1)

        let granted = try Self.act(shell, "grant", id)
        #expect(granted.status == 0 && granted.lines.last == "approved  \(id), by alice", "\(granted)")
        #expect(granted.output.contains("arguments "), "what is approved is shown in full")
        #expect(try Self.ask(shell, "ls -l").status == 1, "another call")
        let allowed = try Self.ask(shell, "ls \\u001b[2J")
        #expect(allowed.status == 0, "\(allowed)")
        #expect(try Self.ask(shell, "ls \\u001b[2J").status == 1, "a second time")
        let replay = try shell.writ("receipts", "replay", allowed.receiptID())
        #expect(replay.status == 0, "\(replay)")
        let fsck = try shell.writ("fsck")
        #expect(fsck.status == 0, "\(fsck)")
    }

    @Test func `two of a group are two people, and each sees what is missing`() throws {
        let shell = try Self.shell("needed: 2")
        let id = try Self.id(Self.ask(shell))
        let first = try Self.act(shell, "grant", id)
        #expect(first.lines.last?.hasSuffix("; 1 more must approve") == true, "\(first)")
        _ = try Self.act(shell, "grant", id)
        #expect(try Self.ask(shell).status == 1)
        #expect(try Self.act(shell, "grant", id, "bob").status == 0)
        #expect(try Self.ask(shell).status == 0)
    }

    @Test func `nobody else's key, nobody's eyes, no open file`() throws {
        let shell = try Self.shell()
        let id = try Self.id(Self.ask(shell))
        let eve = try Self.act(shell, "grant", id, "eve")
        #expect(eve.status == 65 && eve.errors.contains("of nobody in the group ops"), "\(eve)")
        #expect(try shell.run(["chmod", "644", "\(shell.folder)/alice.jwk"]).status == 0)
        let exposed = try Self.act(shell, "grant", id)
        #expect(exposed.status == 78 && exposed.errors.contains("may be accessed by others"), "\(exposed)")
        #expect(try Self.act(shell, "grant", "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10", "bob").status == 65)
        #expect(try Self.ask(shell).status == 1)
    }

    @Test func `a refusal ends it`() throws {
        let shell = try Self.shell()
        let id = try Self.id(Self.ask(shell))
        #expect(try Self.act(shell, "deny", id, "bob").lines.last == "refused  \(id), by bob")
        let over = try Self.act(shell, "grant", id)
        #expect(over.status == 65 && over.errors.contains("is refused"), "\(over)")
        let again = try Self.ask(shell)
        #expect(again.status == 1 && again.output.contains("bob of ops has refused this call"), "\(again)")
        #expect(try shell.writ("approvals", "list").output == "No call waits for an approval.\n")
    }

    @Test func `policies that nobody can approve under are named`() throws {
        let shell = try Self.shell()
        let fine = try shell.writ("policy", "check")
        #expect(fine.status == 0 && !fine.errors.contains("nobody can approve"), "\(fine)")
        try shell.edit(shell.home + "/policies/ask.cedar", "\"ops\"", "\"opps\"")
        let wrong = try shell.writ("policy", "check")
        #expect(wrong.status == 0 && wrong.errors.contains("has no such group"), "\(wrong)")
    }

    @Test(arguments: [
        ("needed: 3", "at least 3"), ("assurance: hardware", "at least 1"), ("needed: 0", "1 to 16"),
        ("assurence: client", "did you mean `assurance`?"), ("assurance: nobody", "one of client"),
    ])
    func `a group that cannot work is a mistake of the configuration`(_ setting: String, _ said: String) throws {
        let shell = try Self.shell(setting)
        let run = try Self.ask(shell)
        #expect(run.status == 78 && run.errors.contains(said), "\(run)")
    }
}
