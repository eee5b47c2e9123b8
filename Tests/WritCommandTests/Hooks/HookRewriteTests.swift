// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// A call that was rewritten on its way is noticed, however it ends and whatever it says; one that was not is no alarm.
struct HookRewriteTests {
    private static let pwd: JSON = ["command": "pwd"]

    /// An event of a harness that has no ids.
    private func event(
        _ hooks: HookShell, _ harness: String, _ command: String, _ more: [UTF8String: JSON] = [:]
    ) -> String {
        var object = JSONObject()
        let isGemini = harness == "gemini"
        object[isGemini ? "session_id" : "sessionId"] = "s"
        object["cwd"] = .text(hooks.project)
        if isGemini { object["hook_event_name"] = more.isEmpty ? "BeforeTool" : "AfterTool" }
        object[isGemini ? "tool_name" : "toolName"] = isGemini ? "run_shell_command" : "Bash"
        object[isGemini ? "tool_input" : "toolArgs"] = ["command": .text(command)]
        for (key, value) in more { object[key] = value }
        return String(decoding: JSON.object(object).serialized(), as: UTF8.self)
    }

    private func isFrozen(_ hooks: HookShell) throws -> Bool {
        try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd, id: "next")).output.contains("session frozen")
    }

    @Test(arguments: [#"{"stdout": "a\ud83d"}"#, "NEST", "LARGE"])
    func `the output of a call does not hide that it was rewritten, and alarms nobody where it was not`(
        _ output: String
    ) throws {
        let result =
            switch output {
            case "NEST": String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
            case "LARGE": "\"" + String(repeating: "x", count: 9 << 20) + "\""
            default: output
            }
        for isRewritten in [false, true] {
            let hooks = try HookShell()
            #expect(try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd)).output == "{}\n")
            let command: JSON = isRewritten ? ["command": "rm x"] : Self.pwd
            let after = hooks.claude("Bash", command, event: "PostToolUse", more: ["tool_response": "@"])
            let run = try hooks.hook("claude-code", after.replacing("\"@\"", with: result))
            #expect(run.status == 0 && run.output.contains("other parameters") == isRewritten, "\(run)")
            #expect(try isFrozen(hooks) == isRewritten)
        }
    }

    @Test func `a call that has run and cannot be read freezes its session`() throws {
        let hooks = try HookShell()
        #expect(try hooks.hook("claude-code", hooks.claude("Bash", Self.pwd)).output == "{}\n")
        let after = hooks.claude("Bash", ["command": "@"], event: "PostToolUse", more: ["tool_response": "x"])
        let run = try hooks.hook("claude-code", after.replacing("\"@\"", with: #""\ud83d""#))
        #expect(run.status == 0 && run.output.contains("cannot be read"), "\(run)")
        #expect(try isFrozen(hooks))
        #expect(try hooks.shell.writ("fsck").status == 0)
    }

    @Test func `what Claude Code's user answers is no other call, and anything else that is added is`() throws {
        let asked: JSON = ["questions": [["question": "A?"]]]
        let answers: JSON = ["A?": "x"]
        let cases: [(tool: String, before: JSON, after: JSON, isSame: Bool)] = [
            ("AskUserQuestion", asked, ["questions": [["question": "A?"]], "answers": answers], true),
            ("AskUserQuestion", asked, ["questions": [["question": "B?"]], "answers": answers], false),
            ("AskUserQuestion", asked, ["questions": [["question": "A?"]], "plan": "x"], false),
            ("ExitPlanMode", [:], ["plan": "# p", "planFilePath": "/p.md"], true),
            ("ExitPlanMode", [:], ["answers": answers], false),
            ("Bash", Self.pwd, ["command": "pwd", "answers": answers], false),
        ]
        for (place, (tool, before, after, isSame)) in cases.enumerated() {
            let hooks = try HookShell()
            try hooks.shell.write(
                hooks.shell.home + "/policies/ask.cedar",
                #"""
                @id("asks")
                permit (principal, action in [Action::"claude-code/AskUserQuestion", Action::"claude-code/ExitPlanMode"], resource);
                """#)
            let pre = try hooks.hook("claude-code", hooks.claude(tool, before))
            #expect(pre.output == "{}\n", "\(place): \(pre)")
            let post = hooks.claude(tool, after, event: "PostToolUse", more: ["tool_response": "x"])
            let run = try hooks.hook("claude-code", post)
            #expect((run.output == "{}\n") == isSame, "\(place): \(run)")
            #expect(try isFrozen(hooks) != isSame, "\(place)")
        }
    }

    @Test(arguments: ["gemini", "copilot"]) func `a rewritten call that fails is noticed, a refused one is no news`(
        _ harness: String
    ) throws {
        let failure: [UTF8String: JSON] =
            harness == "gemini"
            ? ["tool_response": ["llmContent": "x", "error": "exit 1"]] : ["toolResult": ["resultType": "failure"]]
        let hooks = try HookShell()
        func isAllowed(_ command: String) throws -> Bool {
            try hooks.hook(harness, event(hooks, harness, command)).output == "{}\n"
        }
        func after(_ command: String, _ more: [UTF8String: JSON]) throws -> String {
            try hooks.hook(harness, event(hooks, harness, command, more)).output
        }
        #expect(try !isAllowed("rm x"))
        #expect(try after("rm x", failure) == "{}\n")
        #expect(try isAllowed("pwd"))
        // Told twice, as by two events.
        for _ in 0..<2 { #expect(try after("pwd", failure) == "{}\n") }
        if harness == "copilot" {
            #expect(try after("rm y", ["toolResult": ["resultType": "denied"]]) == "{}\n")
        }
        #expect(try isAllowed("pwd"))
        for _ in 0..<2 { #expect(try after("rm y; false", failure).contains("never decided")) }
        #expect(try !isAllowed("pwd"))
    }

    @Test func `a failure under a refused call's id, but with other parameters, is of a call that has run`() throws {
        let hooks = try HookShell()
        #expect(try hooks.decision(hooks.hook("claude-code", hooks.claude("Bash", ["command": "rm x"]))) == "deny")
        let failed = hooks.claude("Bash", ["command": "rm y"], event: "PostToolUseFailure", more: ["error": "x"])
        #expect(try hooks.hook("claude-code", failed).output.contains("had been refused"))
        #expect(try isFrozen(hooks))
    }

    @Test func `an answer that cannot be written is a refusal with a sentence`() throws {
        let hooks = try HookShell()
        try hooks.shell.write(hooks.shell.folder + "/event", hooks.claude("Bash", Self.pwd))
        for target in [">/dev/full", "| true"] {
            let run = try hooks.shell.run(
                [
                    "sh", "-c",
                    #"{ "$0" hook codex --home "$1" --deadline 60000 < event; echo "status $?" >&2; } "# + target,
                    Shell.program(), hooks.shell.home,
                ])
            #expect(
                run.errors == "Writ refuses this call, because its answer could not be written\nstatus 2\n"
                    || target == "| true" && run.errors == "status 0\n", "\(target): \(run)")
        }
    }

    @Test func `a standard input that does not wait is read to its end`() throws {
        let hooks = try HookShell()
        let input = Pipe()
        let output = Pipe()
        let descriptor = input.fileHandleForReading.fileDescriptor
        try #require(fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0)
        let process = Process()
        process.executableURL = URL(filePath: try Shell.program())
        process.arguments = ["hook", "claude-code", "--home", hooks.shell.home] + HookShell.patience
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let event = Array(hooks.claude("Bash", Self.pwd).utf8)
        for half in [event.prefix(20), event.dropFirst(20)] {
            // Where nothing is there to be read yet.
            try #require(try process.waitsForInput())
            try input.fileHandleForWriting.write(contentsOf: half)
        }
        try input.fileHandleForWriting.close()
        let said = try output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && said == Data("{}\n".utf8))
    }
}

extension Process {
    /// Whether it comes to wait for what one of its streams brings, which the kernel tells.
    fileprivate func waitsForInput() throws -> Bool {
        let tasks = "/proc/\(processIdentifier)/task"
        for _ in 0..<20_000 where isRunning {
            for task in try FileManager.default.contentsOfDirectory(atPath: tasks) {
                let place = try String(contentsOfFile: "\(tasks)/\(task)/wchan", encoding: .utf8)
                if place.hasPrefix("poll") { return true }
            }
            usleep(1_000)
        }
        return false
    }
}
