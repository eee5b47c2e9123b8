// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// Passports with capabilities and limits hold for what a harness asks, by itself and through the daemon.
struct HookPackTests {
    /// Signs a passport like those that APort's users have, and has the hook use it.
    private static func hook(
        _ hooks: HookShell, _ agent: String, _ capabilities: [String], _ limits: JSON
    ) throws -> (String) throws -> Run {
        let ids = capabilities.map { #"{"id": "\#($0)"}"# }.joined(separator: ", ")
        let file = hooks.shell.folder + "/\(agent).json"
        try hooks.shell.write(
            file,
            """
            {"passport_id": "550e8400-e29b-41d4-a716-446655440000", "kind": "template", "spec_version": "oap/1.0",
             "owner_id": "org_1", "owner_type": "org", "assurance_level": "L0", "status": "active",
             "capabilities": [\(ids)], "limits": \(String(decoding: limits.serialized(), as: UTF8.self)),
             "regions": ["US"], "never_expires": true,
             "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "version": "1.0.0"}
            """)
        let imported = try hooks.shell.writ("passport", "import", file, "--agent-id", "agent-passport:\(agent)")
        try #require(imported.status == 0, "\(imported)")
        let passport = hooks.shell.home + "/passports/agent-passport-\(agent).json"
        return { event in
            try hooks.shell.run(
                [Shell.program(), "hook", "claude-code", "--home", hooks.shell.home, "--passport", passport]
                    + HookShell.patience, input: event)
        }
    }

    @Test(arguments: [false, true])
    func `a passport's commands are what its hook lets through, and its tools those of its capabilities`(
        byDaemon: Bool
    ) throws {
        let hooks = try HookShell()
        let daemon = byDaemon ? try RunningDaemon(hooks) : nil
        defer { withExtendedLifetime(daemon) {} }
        let hook = try Self.hook(
            hooks, "limited", ["system.command.execute"],
            ["system.command.execute": ["allowed_commands": ["pwd"], "blocked_patterns": ["-P"]]])
        #expect(try hooks.decision(hook(hooks.claude("Bash", ["command": "pwd", "timeout": 120_000]))) == nil)
        for (id, command, said) in [
            ("2", "ls", "allowed_commands"), ("3", "pwd -P", "blocked_patterns"), ("4", "pwd; ls", "allowed_commands"),
        ] {
            let denied = try hook(hooks.claude("Bash", ["command": .text(command)], id: id))
            #expect(try hooks.decision(denied) == "deny" && denied.output.contains(said), "\(denied)")
        }
        let file = JSON.text(HookShell.real(hooks.project) + "/a")
        let read = try hook(hooks.claude("Read", ["file_path": file], id: "5"))
        #expect(try hooks.decision(read) == "deny" && read.output.contains("no capability data.file.read"))
        let served = try hook(hooks.claude("mcp__docs__search", ["q": "x"], id: "6"))
        #expect(try hooks.decision(served) == "deny" && served.output.contains("no capability mcp.tool.execute"))
        // The passport of `writ init` has the capabilities and no limits: what it may do is the policies' to say.
        for (id, tool, input) in [
            ("7", "Bash", ["command": "ls"]), ("8", "Read", ["file_path": file]),
            ("9", "mcp__docs__search", ["q": "x"]),
        ] as [(String, String, JSON)] {
            let run = try hooks.hook("claude-code", hooks.claude(tool, input, id: id))
            #expect(try hooks.decision(run) == nil, "\(run)")
        }
        for receipt in try hooks.receipts() {
            let id = try #require(receipt["receipt_id"]?.string?.string)
            let replay = try hooks.shell.writ("receipts", "replay", id)
            #expect(replay.status == 0, "\(replay)")
        }
        #expect(try hooks.receipts().count == 9)
        if byDaemon { #expect(try (hooks.answered() ?? 0) >= 9) }
    }

    @Test func `a count is the agent's at every door`() throws {
        let hooks = try HookShell()
        try hooks.shell.write(
            hooks.shell.home + "/policies/writes.cedar",
            """
            @id("writes")
            permit (principal, action in [Action::"claude-code/Write", Action::"local/file.write", Action::"write"], resource);
            """)
        let hook = try Self.hook(
            hooks, "writer", ["data.file.write"],
            ["data.file.write": ["allowed_paths": [.text(HookShell.real(hooks.project))], "max_writes_per_day": 2]])
        let file = HookShell.real(hooks.project) + "/a"
        func write(_ path: String, _ id: String) throws -> Run {
            try hook(hooks.claude("Write", ["file_path": .text(path), "content": "x"], id: id))
        }
        func check(_ path: String) throws -> Run {
            try hooks.shell.writ(
                "check", "file.write", #"{"path":"\#(path)","content":"x"}"#, "--passport",
                hooks.shell.home + "/passports/agent-passport-writer.json")
        }
        #expect(try hooks.decision(write("/etc/motd", "1")) == "deny")
        #expect(try hooks.decision(write(file, "2")) == nil)
        let checked = try check(file)
        #expect(checked.status == 0, "\(checked)")
        let over = try write(file, "3")
        #expect(try hooks.decision(over) == "deny" && over.output.contains("max_writes_per_day"))
        #expect(try check(file).output.contains("oap.rate_limit_exceeded"))
    }

    @Test func `a configured server's tool is of the pack that is named for it`() throws {
        let hooks = try HookShell()
        try hooks.shell.edit(
            hooks.shell.home + "/writ.yaml", "map: {tools: {search",
            """
            packs: {search: {pack: web.fetch.v1, members: {url: /q}}}
                    map: {tools: {search
            """.replacing("        map", with: "    map"))
        let hook = try Self.hook(
            hooks, "fetcher", ["web.fetch"], ["web.fetch": ["max_requests_per_min": 0]])
        let refused = try hook(hooks.claude("mcp__docs__search", ["q": "https://example.com/"]))
        #expect(try hooks.decision(refused) == "deny", "\(refused)")
        let shown = try hooks.shown(hooks.receipts()[0])
        #expect(shown["evidence"]?["call"]?["packs"] == [["pack": "web.fetch.v1", "members": ["url": "/q"]]])
    }

    @Test func `an approval that asks nobody is in its receipt, and is given again only if it is`() throws {
        let hooks = try HookShell()
        let pwd = hooks.claude("Bash", ["command": "pwd"])
        #expect(try hooks.decision(hooks.hook("claude-code", pwd)) == nil)
        // The same call told again under another command line: its receipt says nothing of an approval.
        #expect(try hooks.decision(hooks.hook("claude-code", pwd, options: ["--auto-approve"])) == nil)
        let other = hooks.claude("Bash", ["command": "pwd"], id: "2")
        for _ in 0..<2 {
            #expect(try hooks.decision(hooks.hook("claude-code", other, options: ["--auto-approve"])) == "allow")
        }
        // Codex cannot be told, so nothing is approved.
        let codex = try hooks.hook(
            "codex", hooks.claude("Bash", ["command": "pwd"], id: "3"), options: ["--auto-approve"])
        #expect(codex.output == "{}\n", "\(codex)")
        let receipts = try hooks.receipts()
        let codes = try receipts.map { receipt in
            try hooks.shown(receipt)["receipt"]?["reasons"]?.array?.compactMap { $0["code"]?.string?.string } ?? []
        }
        #expect(codes == [["oap.allowed"], ["oap.allowed", "writ.auto_approved"], ["oap.allowed"]])
        for receipt in receipts {
            let id = try #require(receipt["receipt_id"]?.string?.string)
            #expect(try hooks.shell.writ("receipts", "replay", id).status == 0)
        }
    }

    @Test func `a frozen session is listed, and goes on when somebody has thawed it, until it is frozen again`() throws
    {
        let hooks = try HookShell()
        func ran(_ id: String) throws {
            let run = try hooks.hook(
                "claude-code",
                hooks.claude("Bash", ["command": "pwd"], event: "PostToolUse", id: id, more: ["tool_response": "x"]))
            #expect(run.output.contains("never decided"), "\(run)")
        }
        func next(_ id: String) throws -> String? {
            try hooks.decision(hooks.hook("claude-code", hooks.claude("Bash", ["command": "pwd"], id: id)))
        }
        let session = "claude-code/session-1"
        try ran("1")
        #expect(try next("2") == "deny")
        let listed = try hooks.shell.writ("session", "list", "--json").json()
        #expect(listed.array?.count == 1 && listed.array?.first?["session"]?.string?.string == session)
        #expect(listed.array?.first?["agent_id"] == "agent-passport:local")
        let text = try hooks.shell.writ("session", "list")
        #expect(text.lines.last?.hasPrefix("\(session)  frozen since ") == true, "\(text)")
        #expect(try hooks.shell.writ("session", "thaw", session).status == 64)
        #expect(try hooks.shell.writ("session", "thaw", session, "--reason", "").status == 64)
        #expect(try hooks.shell.writ("session", "thaw", "claude-code/other", "--reason", "x").status == 65)
        #expect(try next("3") == "deny")
        let thawed = try hooks.shell.writ("session", "thaw", session, "--reason", "the other hook is gone")
        #expect(thawed.status == 0 && thawed.output == "thawed  \(session)\n", "\(thawed)")
        #expect(try next("4") == nil)
        #expect(try hooks.shell.writ("session", "list", "--json").json() == [])
        #expect(try hooks.shell.writ("session", "thaw", session, "--reason", "x").status == 65)
        try ran("5")
        #expect(try next("6") == "deny")
        #expect(try hooks.shell.writ("fsck").status == 0)
    }
}
