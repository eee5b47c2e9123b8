// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ doctor`: whether the lock is on.
struct DoctorTests {
    private func installed(_ harness: String) throws -> HookShell {
        let hooks = try HookShell()
        let run = try hooks.shell.run(
            [Shell.program(), "install", harness, "--home", hooks.shell.home, "--user-home", hooks.user, "--yes"])
        try #require(run.status == 0, "\(run)")
        return hooks
    }

    private func doctor(_ hooks: HookShell, _ words: String...) throws -> (run: Run, levels: [String: String]) {
        let run = try hooks.shell.run(
            [Shell.program(), "doctor", "--json", "--home", hooks.shell.home, "--user-home", hooks.user] + words)
        var levels: [String: String] = [:]
        for harness in try run.json()["harnesses"]?.array ?? [] {
            for finding in harness["findings"]?.array ?? [] {
                let check = finding["check"]?.string?.string ?? ""
                // The worst of a check counts.
                let level = finding["level"]?.string?.string ?? ""
                if levels[check] != "problem" { levels[check] = level }
            }
        }
        return (run, levels)
    }

    @Test(arguments: ["claude-code", "cursor", "gemini", "copilot", "openclaw"])
    func `what has just been installed is well, and says what it leaves open`(_ harness: String) throws {
        let hooks = try installed(harness)
        let (run, levels) = try doctor(hooks)
        #expect(run.status == 0 && !levels.values.contains("problem"), "\(run)")
        #expect(levels["canary"] == "fine" && levels["binary"] == "fine" && levels["present"] == "fine")
        #expect(try run.json()["harnesses"]?.array?.count == 1)
        #expect(try run.json()["harnesses"]?.array?.first?["open"]?.array?.count ?? 0 > 5)
        let receipts = try hooks.receipts()
        #expect(receipts.count == 1)
        let session = try hooks.shown(receipts[0])["receipt"]?["session"]?.string?.string
        #expect(session?.hasPrefix("\(harness)/canary-") == true)
        let text = try hooks.shell.run(
            [Shell.program(), "doctor", harness, "--home", hooks.shell.home, "--user-home", hooks.user])
        #expect(text.status == 0 && text.lines.last == "The lock is on.")
    }

    @Test func `it says who could tamper, and in which ways that is weaker than it could be`() throws {
        let hooks = try installed("claude-code")
        let custody = try #require(try doctor(hooks).run.json()["custody"])
        #expect(custody["mode"] == "cooperative" && custody["ok"] == true, "\(custody)")
        let checks = custody["findings"]?.array?.compactMap { $0["check"]?.string?.string } ?? []
        #expect(Set(checks).isSuperset(of: ["mode", "seal", "witness"]), "\(checks)")
        let text = try hooks.shell.run(
            [Shell.program(), "doctor", "--home", hooks.shell.home, "--user-home", hooks.user])
        #expect(text.lines.first == "mode      cooperative", "\(text)")
    }

    @Test func `Codex must have been told to trust the hook`() throws {
        let hooks = try installed("codex")
        let (run, levels) = try doctor(hooks)
        #expect(run.status == 1 && levels["trusted"] == "problem" && levels["canary"] == "fine", "\(run)")
        let config = hooks.user + "/.codex/config.toml"
        let file = HookShell.real(hooks.user) + "/.codex/hooks.json"
        try hooks.shell.write(
            config,
            try hooks.shell.text(config)
                + ["pre_tool_use", "post_tool_use"].map {
                    "\n[hooks.state.\"\(file):\($0):0:0\"]\ntrusted_hash = \"sha256:00\"\n"
                }.joined())
        let trusted = try doctor(hooks)
        #expect(trusted.run.status == 0, "\(trusted.run)")
        for (old, new) in [
            (":pre_tool_use:0:0", ":pre_tool_use:1:0"), (file, file + ".bak"),
            ("trusted_hash = \"sha256:00\"", "trusted_hash = \"sha256:00\"\nenabled = false"),
        ] {
            let whole = try hooks.shell.text(config)
            try hooks.shell.write(config, whole.replacing(old, with: new, maxReplacements: 1))
            #expect(try doctor(hooks).levels["trusted"] == "problem", "\(new)")
            try hooks.shell.write(config, whole)
        }
        try hooks.shell.edit(config, "hooks = true", "hooks = false\ncodex_hooks = true")
        #expect(try doctor(hooks).levels["enabled"] == "problem")
    }

    @Test func `without a hook, or in a folder that is none, there is no lock`() throws {
        let hooks = try HookShell()
        #expect(try doctor(hooks).run.status == 1)
        #expect(try doctor(hooks, "claude-code").levels["settings"] == "problem")
    }

    /// What somebody does to the settings, and the check that must notice.
    private static let faults: [(check: String, harness: String, old: String, new: String)] = [
        ("present", "claude-code", "\"PostToolUse\"", "\"PostToolUseX\""),
        ("present", "claude-code", "\"PreToolUse\"", "\"PreToolUsed\""),
        ("matcher", "claude-code", "\"PreToolUse\": [\n      {", "\"PreToolUse\": [\n      {\n \"matcher\": \"Edit\","),
        ("timeout", "claude-code", "\"timeout\": 10", "\"timeout\": 1"),
        ("timeout", "gemini", "\"timeout\": 10000", "\"timeout\": 1000"),
        ("closed", "cursor", "\"failClosed\": true", "\"failClosed\": false"),
        ("closed", "gemini", " || exit 2", ""),
        ("absolute", "copilot", "\"exec\": \"PROGRAM\"", "\"exec\": \"writ\""),
        ("executable", "copilot", "\"exec\": \"PROGRAM\"", "\"exec\": \"/nowhere/writ\""),
        ("binary", "copilot", "\"exec\": \"PROGRAM\"", "\"exec\": \"FAKE\""),
        ("canary", "copilot", "\"exec\": \"PROGRAM\"", "\"exec\": \"FAKE\""),
        ("home", "copilot", "\"--home\",\"HOME\"", "\"--home\",\"/tmp\""),
        ("canary", "copilot", "\"--home\",\"HOME\"", "\"--home\",\"/tmp\""),
        ("passport", "copilot", "/agent-passport-local.json", "/nobody.json"),
        ("canary", "gemini", "--home ", "--deadline 1 --home "),
        ("closed", "gemini", " || exit 2", " || true || exit 2"),
        ("closed", "gemini", " || exit 2", " ; true || exit 2"),
        ("closed", "cursor", " || exit 2", " || true"),
        ("waits", "claude-code", "\"type\": \"command\"", "\"async\": true, \"type\": \"command\""),
        ("matcher", "claude-code", "\"type\": \"command\"", "\"if\": \"Bash(git *)\", \"type\": \"command\""),
        ("present", "claude-code", "\"type\": \"command\"", "\"type\": \"prompt\""),
        ("timeout", "gemini", "--home ", "--deadline 60000 --home "),
        ("timeout", "gemini", "--home ", "--deadline=60000 --home "),
        ("home", "gemini", " || exit 2", " --home /tmp || exit 2"),
        ("enabled", "claude-code", "{\n  \"hooks\"", "{\n  \"allowManagedHooksOnly\": true,\n  \"hooks\""),
        ("enabled", "gemini", "{\n  \"hooks\"", "{\n  \"tools\": {\"enableHooks\": false},\n  \"hooks\""),
        ("enabled", "claude-code", "{\n  \"hooks\"", "{\n  \"disableAllHooks\": true,\n  \"hooks\""),
        (
            "waits", "claude-code", "\"type\": \"command\"",
            "\"async\": false, \"asyncRewake\": true, \"type\": \"command\""
        ),
        ("form", "claude-code", "\"type\": \"command\",", ""), ("form", "gemini", "\"type\": \"command\",", ""),
        ("form", "claude-code", "\"timeout\": 10", "\"timeout\": \"1\""),
        ("form", "claude-code", "\"timeout\": 10", "\"timeout\": 1e400"),
        ("form", "cursor", "\"timeout\": 10", "\"timeout\": 1e9"),
        ("form", "copilot", "\"timeoutSec\": 10", "\"timeoutSec\": 30, \"timeout\": 60"),
        ("timeout", "copilot", "\"timeoutSec\": 10", "\"timeoutSec\": 1, \"timeout\": 30"),
        ("form", "copilot", "\"exec\": \"PROGRAM\"", "\"command\": \"true\", \"exec\": \"PROGRAM\""),
        ("present", "claude-code", "\"command\": \"PROGRAM\"", "\"command\": \"true\", \"exec\": \"PROGRAM\""),
        ("present", "gemini", "\"command\": ", "\"command\": \"true\", \"bash\": "),
        ("present", "cursor", "\"command\": ", "\"command\": \"true\", \"bash\": "),
        ("matcher", "claude-code", "\"PreToolUse\": [\n      {", "\"PreToolUse\": [\n      {\n \"matcher\": 5,"),
        ("matcher", "gemini", "\"BeforeTool\": [\n      {", "\"BeforeTool\": [\n      {\n \"matcher\": {\"x\": 1},"),
        ("project", "gemini", " || exit 2", " --project / || exit 2"),
        ("project", "copilot", "\"--home\",\"HOME\"", "\"--project=//tmp/..\",\"--home\",\"HOME\""),
        ("enabled", "gemini", "{\n  \"hooks\"", "{\n  \"hooksConfig\": {\"disabled\": [\"writ\"]},\n  \"hooks\""),
    ]

    @Test(arguments: faults) func `each thing that opens the lock is found`(
        _ check: String, _ harness: String, _ old: String, _ new: String
    ) throws {
        let hooks = try installed(harness)
        let path = "\(hooks.user)/\(try #require(InstallTests.files[harness]))"
        let fake = hooks.shell.folder + "/writ"
        try hooks.shell.write(fake, "#!/bin/sh\necho '{}'\n")
        chmod(fake, 0o755)
        func filled(_ text: String) throws -> String {
            text.replacing("PROGRAM", with: HookShell.real(try Shell.program())).replacing("FAKE", with: fake)
                .replacing("HOME", with: HookShell.real(hooks.shell.home))
        }
        try hooks.shell.edit(path, filled(old), filled(new))
        let (run, levels) = try doctor(hooks, harness)
        #expect(run.status == 1 && levels[check] == "problem", "\(run)")
    }

    @Test func `hooks beside Writ's are named`() throws {
        let hooks = try installed("claude-code")
        try FileManager.default.createDirectory(atPath: hooks.project + "/.claude", withIntermediateDirectories: true)
        try hooks.shell.write(
            hooks.project + "/.claude/settings.local.json",
            #"{"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "rewrite --all"}]}]}}"#)
        let run = try hooks.shell.run([
            Shell.program(), "install", "claude-code", "--home", hooks.shell.home, "--project", hooks.project, "--yes",
        ])
        #expect(run.status == 0, "\(run)")
        let seen = try doctor(hooks, "claude-code", "--project", hooks.project)
        #expect(seen.run.output.contains("rewrite --all") && seen.levels["others"] == "warning", "\(seen.run)")
        #expect(seen.run.status == 0)
    }

    @Test func `a hook that answers the harness's own question is named`() throws {
        let hooks = try installed("claude-code")
        try hooks.shell.edit(
            hooks.user + "/.claude/settings.json", "{\n  \"hooks\": {",
            """
            {
              "hooks": {
                "PermissionRequest": [{"hooks": [{"type": "command", "command": "rewrite --all"}]}],
            """)
        let seen = try doctor(hooks, "claude-code")
        #expect(seen.run.output.contains("PermissionRequest") && seen.levels["others"] == "warning", "\(seen.run)")
    }

    @Test func `a project's settings of Codex can switch hooks off, and have hooks of their own`() throws {
        let hooks = try installed("codex")
        try FileManager.default.createDirectory(atPath: hooks.project + "/.codex", withIntermediateDirectories: true)
        let path = hooks.project + "/.codex/config.toml"
        let words = [try Shell.program(), "doctor", "codex", "--home", hooks.shell.home, "--user-home", hooks.user]
        func run() throws -> String {
            try hooks.shell.run(["sh", "-c", #"cd "$0" && exec "$@""#, hooks.project] + words).output
        }
        #expect(try !run().contains(path))
        for (text, sentence) in [
            ("[features]\nhooks = false\n", "hooks are switched off in "), ("[features\n", "is not known: "),
            (
                "[[hooks.PreToolUse]]\n[[hooks.PreToolUse.hooks]]\ntype=\"command\"\ncommand=\"/other\"\n",
                "(PreToolUse, "
            ),
        ] {
            try hooks.shell.write(path, text)
            let seen = try run()
            #expect(seen.contains(sentence + HookShell.real(hooks.project)), "\(seen)")
        }
    }

    @Test func `a status that the harness does not take for a refusal is not called one`() throws {
        for (harness, old, isRefusal) in [("gemini", " || exit 2", false), ("copilot", "", true)] {
            let hooks = try installed(harness)
            let path = "\(hooks.user)/\(try #require(InstallTests.files[harness]))"
            let fake = hooks.shell.folder + "/writ"
            try hooks.shell.write(fake, "#!/bin/sh\nexit 127\n")
            chmod(fake, 0o755)
            let text = try hooks.shell.text(path).replacing(HookShell.real(try Shell.program()), with: fake)
            try hooks.shell.write(path, old.isEmpty ? text : text.replacing(old, with: ""))
            let seen = try doctor(hooks, harness)
            #expect(seen.levels["canary"] == "problem" && seen.run.output.contains("status 127"), "\(seen.run)")
            #expect(seen.run.output.contains("so it refuses, but everything") == isRefusal, "\(seen.run)")
        }
    }

    @Test func `a folder for short-lived files that is not there is no trouble`() throws {
        let hooks = try installed("gemini")
        let run = try hooks.shell.run(
            [Shell.program(), "doctor", "gemini", "--home", hooks.shell.home, "--user-home", hooks.user],
            environment: ["TMPDIR": "/nowhere"])
        #expect(run.status == 0, "\(run)")
    }

    @Test(arguments: ["{}", nil] as [String?])
    func `a hook that somebody took out by hand is expected no more once that is said`(
        _ text: String?
    ) throws {
        let hooks = try installed("claude-code")
        let path = hooks.user + "/.claude/settings.json"
        if let text { try hooks.shell.write(path, text) } else { unlink(path) }
        #expect(try doctor(hooks).run.output.contains("the hook is missing") || text == nil)
        let words = [
            try Shell.program(), "install", "claude-code", "--home", hooks.shell.home, "--user-home", hooks.user,
            "--remove",
        ]
        #expect(try hooks.shell.run(words).output.contains("not there, nor expected any more"))
        #expect(try hooks.shell.run(words).output.contains("not there."))
        #expect(try doctor(hooks).run.json()["harnesses"]?.array?.isEmpty == true)
    }

    @Test(arguments: [#"{"disableAllHooks": true}"#, #"{"disableAllHooks": true, "disableAllHooks": true}"#, "{"])
    func `the settings of the project that one stands in count too, also where they cannot be read`(
        _ text: String
    ) throws {
        let hooks = try installed("claude-code")
        try FileManager.default.createDirectory(atPath: hooks.project + "/.claude", withIntermediateDirectories: true)
        let words = [
            try Shell.program(), "doctor", "claude-code", "--home", hooks.shell.home, "--user-home", hooks.user,
        ]
        func run() throws -> Run {
            try hooks.shell.run(["sh", "-c", #"cd "$0" && exec "$@""#, hooks.project + "/sub"] + words)
        }
        #expect(try run().status == 0)
        try hooks.shell.write(hooks.project + "/.claude/settings.json", text)
        let seen = try run()
        #expect(seen.status == 1 && seen.output.contains("PROBLEM") && seen.output.contains("/.claude/settings.json"))
    }

    @Test(arguments: ["{}", "{", nil] as [String?])
    func `a hook that was installed and is gone is a problem, whether or not another harness has one`(
        _ text: String?
    ) throws {
        let hooks = try installed("claude-code")
        let install = try hooks.shell.run(
            [Shell.program(), "install", "gemini", "--home", hooks.shell.home, "--user-home", hooks.user, "--yes"])
        try #require(install.status == 0)
        #expect(try doctor(hooks).run.status == 0)
        let path = hooks.user + "/.claude/settings.json"
        if let text { try hooks.shell.write(path, text) } else { unlink(path) }
        let (run, _) = try doctor(hooks)
        #expect(run.status == 1, "\(run)")
        #expect(try run.json()["harnesses"]?.array?.map { $0["ok"] } == [false, true], "\(run)")
    }

    @Test func `settings that others may write to are a problem`() throws {
        let hooks = try installed("gemini")
        chmod(hooks.user + "/.gemini/settings.json", 0o666)
        #expect(try doctor(hooks).levels["custody"] == "problem")
    }

    @Test func `every file that Copilot takes hooks from is looked at`() throws {
        let hooks = try installed("copilot")
        for (name, event) in [("a", "preToolUse"), ("b", "PreToolUse")] {
            try hooks.shell.write(
                hooks.user + "/.copilot/hooks/\(name).json",
                #"{"version": 1, "hooks": {"\#(event)": [{"type": "command", "bash": "rewrite-\#(name)"}]}}"#)
        }
        let seen = try doctor(hooks)
        #expect(seen.levels["others"] == "warning" && seen.run.status == 0)
        for name in ["rewrite-a", "rewrite-b"] { #expect(seen.run.output.contains(name)) }
        try hooks.shell.write(hooks.user + "/.copilot/hooks/c.json", #"{"version": 1, "disableAllHooks": true}"#)
        #expect(try doctor(hooks).levels["enabled"] == "problem")
    }
}
