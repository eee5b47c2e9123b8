// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ hook`: one event, one answer in the harness's form, one receipt.
struct HookTests {
    private static let pwd: JSON = ["command": "pwd"]

    @Test func `a permitted call has no opinion, a forbidden one a reason, and both a receipt that says advisory`()
        throws
    {
        let hooks = try HookShell()
        let allowed = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd))
        #expect(allowed.output == "{}\n" && allowed.errors.isEmpty && allowed.status == 0, "\(allowed)")
        let denied = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "rm -rf x"], id: "toolu_2"))
        #expect(try hooks.decision(denied) == "deny")
        let receipts = try hooks.receipts()
        #expect(receipts.map { $0["allow"] } == [false, true])
        #expect(denied.output.contains(try #require(receipts[0]["receipt_id"]?.string?.string)))
        for receipt in receipts {
            let call = try hooks.shown(receipt)["receipt"]
            #expect(call?["call"]?["surface"] == "hook" && call?["call"]?["enforcement"] == "advisory")
            #expect(call?["session"] == "claude-code/session-1")
            #expect(call?["agent_id"] == "agent-passport:local")
        }
        #expect(try hooks.shell.writ("fsck").status == 0)
    }

    @Test func `a permitted call is approved only where that is configured`() throws {
        let hooks = try HookShell()
        let run = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd), options: ["--auto-approve"])
        #expect(try hooks.decision(run) == "allow")
        let denied = try hooks.hook(
            "claude-code", hooks.claude("Bash", ["command": "rm x"], id: "2"), options: ["--auto-approve"])
        #expect(try hooks.decision(denied) == "deny")
    }

    @Test func `a call told twice has one receipt`() throws {
        let hooks = try HookShell()
        let event = hooks.claude("Bash", ["command": "pwd", "description": "names"])
        let reordered = hooks.claude("Bash", ["description": "names", "command": "pwd"])
        for input in [event, event, reordered] { #expect(try hooks.hook("claude-code", input).output == "{}\n") }
        let denied = hooks.claude("Bash", ["command": "rm x"], id: "toolu_2")
        let answers = try (0..<2).map { _ in try hooks.hook("claude-code", denied).output }
        #expect(answers[0] == answers[1] && answers[0].contains("deny"))
        #expect(try hooks.receipts().count == 2)
    }

    @Test(arguments: ["passport", "folder", "project"])
    func `a call told for another caller, folder or project is another decision`(_ what: String) throws {
        let hooks = try HookShell()
        let read: JSON = ["file_path": "a.txt"]
        #expect(try hooks.decision(hooks.hook("claude-code", hooks.claude("Read", read))) == nil)
        var folder = hooks.project
        var options: [String] = []
        switch what {
        case "passport": options = ["--passport", "/nowhere.json"]
        case "folder": folder = hooks.user
        default: options = ["--project", hooks.user]
        }
        let other = try hooks.hook("claude-code", hooks.claude("Read", read, folder: folder), options: options)
        #expect(try hooks.decision(other) == (what == "project" ? nil : "deny"), "\(other)")
        #expect(try hooks.receipts().count == 2)
    }

    @Test func `a call told twice is decided again where a kill switch has come between`() throws {
        let hooks = try HookShell()
        let event = hooks.claude("Bash", Self.pwd)
        #expect(try hooks.hook("claude-code", event).output == "{}\n")
        try #require(try hooks.shell.writ("kill", "on", "--everything", "--reason", "stop").status == 0)
        let again = try hooks.hook("claude-code", event)
        #expect(try hooks.decision(again) == "deny")
        #expect(again.output.contains("kill switch: stop"))
    }

    @Test func `the same id with other parameters is another decision, and the log has a finding for the first`() throws
    {
        let hooks = try HookShell()
        #expect(try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd)).output == "{}\n")
        let other = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "rm x"]))
        #expect(try hooks.decision(other) == "deny")
        let receipts = try hooks.receipts()
        #expect(receipts.count == 2)
        let first = try hooks.shown(receipts[1])["outcome"]
        #expect(first?["status"] == "no_answer")
        #expect(first?["findings"] == [["code": "writ.parameters_changed", "count": 1]])
    }

    @Test func `what became of a call is logged once, with its commitment and how long it took`() throws {
        let hooks = try HookShell()
        _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd))
        let after = hooks.claude(
            "Bash", ["command": "pwd", "run_in_background": false, "description": .null], event: "PostToolUse",
            more: ["tool_response": ["stdout": "planted-secret"], "duration_ms": 41])
        for _ in 0..<2 { #expect(try hooks.hook("claude-code", after).output == "{}\n") }
        let receipts = try hooks.receipts()
        #expect(receipts.count == 1)
        let outcome = try hooks.shown(receipts[0])["outcome"]
        #expect(outcome?["status"] == "result" && outcome?["duration_ms"] == 41 && outcome?["result"] != nil)
        let text = String(decoding: try #require(outcome).serialized(), as: UTF8.self)
        #expect(!text.contains("planted-secret"))
        _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "toolu_2"))
        let failed = hooks.claude("Bash", Self.pwd, event: "PostToolUseFailure", id: "toolu_2", more: ["error": "no"])
        #expect(try hooks.hook("claude-code", failed).output == "{}\n")
        #expect(try hooks.shown(hooks.receipts()[0])["outcome"]?["status"] == "tool_error")
    }

    @Test func `a call that ran with other parameters freezes its session, and no other`() throws {
        let hooks = try HookShell()
        _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd))
        let after = try hooks.hook(
            "claude-code",
            hooks.claude("Bash", ["command": "pwd -P"], event: "PostToolUse", more: ["tool_response": "x"])
        )
        #expect(after.status == 0)
        #expect(try after.json()["decision"] == "block" && after.output.contains("other parameters"))
        let next = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "toolu_2"))
        #expect(try hooks.decision(next) == "deny" && next.output.contains("session frozen"))
        let elsewhere = try hooks.hook(
            "claude-code", hooks.claude("Bash", Self.pwd, session: "session-2", id: "toolu_3"))
        #expect(elsewhere.output == "{}\n")
        let receipts = try hooks.receipts()
        #expect(receipts.map { $0["allow"] } == [true, false, false, true])
        #expect(try hooks.shown(receipts[2])["receipt"]?["reasons"] == [["code": "writ.parameters_changed"]])
        #expect(try hooks.shown(receipts[2])["evidence"]?["call"]?["message"] == ["command": "pwd -P"])
        #expect(try hooks.shown(receipts[3])["outcome"]?["status"] == "no_answer")
        for receipt in receipts {
            let id = try #require(receipt["receipt_id"]?.string?.string)
            #expect(try hooks.shell.writ("receipts", "replay", id).status == 0)
        }
        #expect(try hooks.shell.writ("fsck").status == 0)
    }

    @Test(arguments: ["never decided", "refused"])
    func `a call that ran without being allowed freezes its session`(_ how: String) throws {
        let hooks = try HookShell()
        if how == "refused" {
            let denied = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "rm x"]))
            #expect(try hooks.decision(denied) == "deny")
            // A failure may be what the harness makes of the refusal.
            let failed = hooks.claude(
                "Bash", ["command": "rm x"], event: "PostToolUseFailure", more: ["error": "denied"])
            #expect(try hooks.hook("claude-code", failed).output == "{}\n")
        }
        let after = try hooks.hook(
            "claude-code", hooks.claude("Bash", ["command": "rm x"], event: "PostToolUse", more: ["tool_response": "x"])
        )
        #expect(try after.json()["decision"] == "block")
        let next = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "toolu_9"))
        #expect(try hooks.decision(next) == "deny" && next.output.contains("session frozen"))
    }

    @Test func `what began before a command that takes long is found again among many others`() throws {
        let hooks = try HookShell()
        _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "slow"))
        for number in 0..<20 {
            _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "quick-\(number)"))
        }
        let after = hooks.claude("Bash", Self.pwd, event: "PostToolUse", id: "slow", more: ["tool_response": "x"])
        #expect(try hooks.hook("claude-code", after).output == "{}\n")
        let receipts = try hooks.receipts()
        #expect(receipts.count == 21)
        #expect(try hooks.shown(try #require(receipts.last))["outcome"]?["status"] == "result")
    }

    @Test func `a harness without ids has each event after a tool counted for one call`() throws {
        let hooks = try HookShell()
        func event(_ name: String, _ command: String, _ more: [UTF8String: JSON] = [:]) -> String {
            var object = JSONObject()
            object["session_id"] = "s"
            object["cwd"] = .text(hooks.project)
            object["hook_event_name"] = .text(name)
            object["tool_name"] = "run_shell_command"
            object["tool_input"] = ["command": .text(command)]
            for (key, value) in more { object[key] = value }
            return String(decoding: JSON.object(object).serialized(), as: UTF8.self)
        }
        let response: [UTF8String: JSON] = ["tool_response": ["llmContent": "x"]]
        for _ in 0..<2 { #expect(try hooks.hook("gemini", event("BeforeTool", "pwd")).output == "{}\n") }
        #expect(try hooks.receipts().count == 2)
        for _ in 0..<2 { #expect(try hooks.hook("gemini", event("AfterTool", "pwd", response)).output == "{}\n") }
        for receipt in try hooks.receipts() { #expect(try hooks.shown(receipt)["outcome"]?["status"] == "result") }
        let third = try hooks.hook("gemini", event("AfterTool", "pwd", response))
        #expect(try third.json()["decision"] == "deny" && third.output.contains("never decided"))
        #expect(try hooks.hook("gemini", event("BeforeTool", "pwd")).output.contains("session frozen"))
    }

    @Test func `Cursor's events about one command are one call, and each command is one`() throws {
        let hooks = try HookShell()
        let base =
            #""conversation_id":"c","generation_id":"g","workspace_roots":["\#(hooks.project)"],"cwd":"\#(hooks.project)""#
        func pre(_ id: String) -> String {
            #"{\#(base),"hook_event_name":"preToolUse","tool_name":"Shell","tool_input":{"command":"pwd"},"tool_use_id":"\#(id)"}"#
        }
        let shell = #"{\#(base),"hook_event_name":"beforeShellExecution","command":"pwd"}"#
        let after = #"{\#(base),"hook_event_name":"afterShellExecution","command":"pwd","output":"x","duration":5}"#
        for input in [pre("1"), shell, pre("2"), shell, after] {
            #expect(try hooks.hook("cursor", input).output == "{}\n")
        }
        #expect(try hooks.receipts().count == 2)
        let other = #"{\#(base),"hook_event_name":"beforeShellExecution","command":"rm x"}"#
        #expect(try hooks.hook("cursor", other).json()["permission"] == "deny")
        #expect(try hooks.receipts().count == 3)
    }

    @Test func `an MCP server's tool is the configuration's, or nobody's`() throws {
        let hooks = try HookShell()
        let known = try hooks.hook("claude-code", hooks.claude("mcp__docs__search", ["q": "x"]))
        #expect(known.output == "{}\n", "\(known)")
        for (place, tool) in [
            "mcp__docs__drop", "mcp__other__search", "mcp__claude-code__Bash", "mcp__local__exec.run",
        ]
        .enumerated() {
            let run = try hooks.hook("claude-code", hooks.claude(tool, ["command": "pwd"], id: "t\(place)"))
            #expect(try hooks.decision(run) == "deny", "\(tool)")
        }
        #expect(try hooks.receipts().first?["server"] == "claude-code")
        let base =
            #""conversation_id":"c","workspace_roots":["\#(hooks.project)"],"hook_event_name":"beforeMCPExecution""#
        let reached = #"{\#(base),"tool_name":"search","tool_input":"{\"q\":\"x\"}","command":"docs-server --all"}"#
        #expect(try hooks.hook("cursor", reached).output == "{}\n")
        let stranger = #"{\#(base),"tool_name":"search","tool_input":"{\"q\":\"x\"}","command":"docs-server --none"}"#
        #expect(try hooks.hook("cursor", stranger).json()["permission"] == "deny")
    }

    @Test func `relative paths start in the event's folder, a tilde is the user's by the user data base`() throws {
        let hooks = try HookShell()
        func read(_ path: String, _ id: String, _ folder: String) throws -> String? {
            try hooks.decision(
                hooks.hook(
                    "claude-code", hooks.claude("Read", ["file_path": .text(path)], id: id, folder: folder),
                    environment: ["HOME": hooks.project]))
        }
        #expect(try read("a.txt", "1", hooks.project) == nil)
        #expect(try read("../a.txt", "2", hooks.project + "/sub") == nil)
        #expect(try read("../a.txt", "3", hooks.project) == "deny")
        #expect(try read("~/a.txt", "4", hooks.project) == "deny")
    }

    @Test func `the project is the nearest folder with .git, or the one that is named`() throws {
        let hooks = try HookShell()
        _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "1", folder: hooks.project + "/sub"))
        _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "2"), options: ["--project", "/srv/p"])
        _ = try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "3", folder: "/usr/share"))
        let projects = try hooks.receipts().reversed().map { try hooks.shown($0)["evidence"]?["call"]?["project"] }
        #expect(projects == [.text(HookShell.real(hooks.project)), "/srv/p", "/usr/share"])
    }
}
