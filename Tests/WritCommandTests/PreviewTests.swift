// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ tools effects` and `writ policy explain` ask whom `writ check` asks: policies, and the passport's packs.
struct PreviewTests {
    private static let calls: [(tool: String, parameters: String, code: String?)] = [
        ("exec.run", #"{"command":"ls"}"#, nil),
        ("exec.run", #"{"command":"cat README.md"}"#, "oap.command_not_allowed"),
        ("exec.run", #"{"command":"ls -R"}"#, "oap.blocked_pattern"),
        ("exec.run", #"{"command":"ls; id"}"#, "oap.command_not_allowed"),
        ("exec.run", #"{"command":"ls ~/.ssh"}"#, "writ.policy_forbidden"),
        ("exec.run", #"{"command":5}"#, "oap.invalid_context"),
        ("exec.run", "{", "oap.invalid_context"),
        ("claude-code/Bash", #"{"command":"cat README.md"}"#, "oap.command_not_allowed"),
        ("file.read", #"{"path":"/tmp/x"}"#, "oap.path_not_allowed"),
        ("file.read", #"{"path":"/usr/include/stdio.h"}"#, nil),
        ("file.write", #"{"path":"a","content":"x"}"#, nil),
        ("web.fetch", #"{"url":"https://docs.rs/serde"}"#, nil),
        ("web.fetch", #"{"url":"https://evil.example/"}"#, "writ.not_permitted"),
        ("no.such.tool", "{}", nil),
    ]

    /// An installation with a passport that has limits.
    private static func limited(_ limits: String) throws -> (Shell, passport: String) {
        let shell = try Shell.initialized("--policy", "coding-agent")
        let file = shell.folder + "/limited.json"
        let ids = ["system.command.execute", "data.file.read", "web.fetch", "data.file.write"]
        try shell.write(
            file,
            """
            {"passport_id": "550e8400-e29b-41d4-a716-446655440000", "kind": "template", "spec_version": "oap/1.0",
             "owner_id": "org_1", "owner_type": "org", "assurance_level": "L2", "status": "active",
             "capabilities": [\(ids.map { #"{"id": "\#($0)"}"# }.joined(separator: ", "))], "limits": \(limits),
             "regions": ["US"], "never_expires": true,
             "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "version": "1.0.0"}
            """)
        let run = try shell.writ("passport", "import", file, "--agent-id", "agent-passport:limited")
        try #require(run.status == 0, "\(run)")
        return (shell, shell.home + "/passports/agent-passport-limited.json")
    }

    private static let limits = """
        {"system.command.execute": {"allowed_commands": ["ls"], "blocked_patterns": ["-R"]},
         "data.file.read": {"allowed_paths": ["/usr/include"]},
         "web.fetch": {"allowed_domains": ["docs.rs"]}}
        """

    private static func reasons(_ json: JSON) -> [[JSON?]]? {
        json["reasons"]?.array?.map { [$0["code"], $0["message"]] }
    }

    @Test func `what a preview says is what a check then says, whoever refuses`() throws {
        let (shell, passport) = try Self.limited(Self.limits)
        for call in Self.calls {
            let words = [call.tool, call.parameters, "--passport", passport, "--home", shell.home]
            let preview = try shell.run([Shell.program(), "tools", "effects"] + words)
            let shown = try preview.json()
            let decided = try shell.run([Shell.program(), "check"] + words).json()
            #expect(shown["allow"] == decided["allow"], "\(call): \(preview)")
            #expect(Self.reasons(shown) == Self.reasons(decided), "\(call): \(preview)")
            if let code = call.code {
                #expect(shown["reasons"]?.array?.contains { $0["code"] == .text(code) } == true, "\(call): \(preview)")
            }
        }
    }

    @Test func `a pack is shown like a question, also where policies refuse before it is asked`() throws {
        let (shell, passport) = try Self.limited(Self.limits)
        func effects(_ command: String, _ more: String...) throws -> Run {
            try shell.run(
                [Shell.program(), "tools", "effects", "--home", shell.home, "--passport", passport, "exec.run"]
                    + [#"{"command":"\#(command)"}"#] + more)
        }
        let refused = try #require(effects("cat ~/.ssh/id_rsa").json()["packs"]?.array?.first)
        #expect(refused["pack"] == "system.command.execute.v1" && refused["permitted"] == false)
        #expect(refused["agent"] == "agent-passport:limited")
        #expect(refused["reasons"]?.array?.first?["code"] == "oap.command_not_allowed")
        let allowed = try #require(effects("ls").json()["packs"]?.array?.first)
        #expect(allowed["permitted"] == true && allowed["reasons"] == [] && allowed["needs_approval"] == false)
        let receipt = try shell.writ("check", "exec.run", #"{"command":"cat a"}"#, "--passport", passport).receiptID()
        let explained = try shell.writ("policy", "explain", receipt, "--json").json()
        #expect(explained["allow"] == false && explained["packs"]?.array?.first?["permitted"] == false)
        #expect(explained["reasons"]?.array?.first?["code"] == "oap.command_not_allowed")
        let text = try shell.writ("policy", "explain", receipt).output
        #expect(text.contains("pack system.command.execute.v1: FORBIDDEN by the passport of agent-passport:limited"))
        #expect(text.contains("oap.command_not_allowed"))
    }

    @Test func `a preview says that nothing is left of a limit, and takes nothing of it`() throws {
        let (shell, passport) = try Self.limited(#"{"data.file.write": {"max_writes_per_day": 1}}"#)
        let words = ["file.write", #"{"path":"/tmp/a","content":"x"}"#, "--passport", passport, "--home", shell.home]
        func preview() throws -> JSON { try shell.run([Shell.program(), "tools", "effects"] + words).json() }
        for _ in 0..<2 {
            let shown = try preview()
            #expect(shown["allow"] == true, "\(shown)")
            #expect(shown["packs"]?.array?.first?["takes"]?.array?.count == 1, "\(shown)")
        }
        #expect(try shell.run([Shell.program(), "check"] + words).status == 0)
        let shown = try preview()
        let decided = try shell.run([Shell.program(), "check"] + words).json()
        #expect(shown["allow"] == false && decided["allow"] == false)
        #expect(Self.reasons(shown) == Self.reasons(decided), "\(shown)")
        #expect(shown["reasons"]?.array?.first?["code"] == "oap.rate_limit_exceeded")
    }
}
