// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ install`: the hook goes in, everything else stays, and all comes back.
struct InstallTests {
    static let files = [
        "claude-code": ".claude/settings.json", "codex": ".codex/hooks.json", "cursor": ".cursor/hooks.json",
        "gemini": ".gemini/settings.json", "copilot": ".copilot/hooks/writ.json",
    ]

    /// Settings as people have them.
    private static let texts: [(name: String, text: String)] = [
        ("empty", ""), ("an empty object", "{}"), ("an empty object over lines", "{\n}\n"),
        ("other settings", "{\n  \"model\": \"x\",\n  \"env\": {\"A\": \"1\"}\n}\n"),
        ("tabs and no line's end", "{\n\t\"model\": \"x\"\n}"),
        ("Windows' lines", "{\r\n    \"model\": \"x\"\r\n}\r\n"),
        ("one line", #"{"model":"x","list":[1,2]}"#),
        (
            "comments",
            """
            // my settings
            {
              /* the model */
              "model": "x", // good one
              // before hooks
              "hooks": {
                // nothing yet
              },
              "z": [1, 2,], // trailing
            }

            """
        ),
        (
            "hooks of others",
            """
            {
              "hooks": {
                "Stop": [{"hooks": [{"type": "command", "command": "say done"}]}],
                "PreToolUse": [
                  {
                    "matcher": "Bash",
                    "hooks": [{"type": "command", "command": "fmt"}] // mine
                  }
                ],
                "BeforeTool": [],
                "preToolUse": [{"command": "x"}, {"command": "y"}]
              }
            }

            """
        ),
        (
            "a comment at the end of a list",
            "{\n  \"hooks\": {\n    \"PreToolUse\": [\n      {\"hooks\": []}, // a\n      // b, c\n    ]\n  }\n}\n"
        ),
    ]

    private func install(_ hooks: HookShell, _ harness: String, _ options: String...) throws -> Run {
        try hooks.shell.run(
            [Shell.program(), "install", harness, "--home", hooks.shell.home, "--user-home", hooks.user] + options)
    }

    @Test(arguments: files.keys.sorted())
    func `what was there stays, and comes back byte for byte`(_ harness: String) throws {
        let hooks = try HookShell()
        let path = "\(hooks.user)/\(try #require(Self.files[harness]))"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        for (name, text) in Self.texts {
            try hooks.shell.write(path, text)
            chmod(path, 0o640)
            let run = try install(hooks, harness, "--yes")
            #expect(run.status == 0, "\(name): \(run)")
            #expect(run.output.contains("--- ") && run.output.contains("\n+"), "\(name)")
            let installed = try hooks.shell.text(path)
            // Each line of what was there is there still, in its order, but for brackets and commas that others follow.
            var rest = installed[...]
            for line in text.split(whereSeparator: \.isNewline) {
                let words = line.filter { !$0.isWhitespace && !",{}[]".contains($0) }
                guard !words.isEmpty, let last = line.lastIndex(where: { !$0.isWhitespace && !",]}".contains($0) })
                else { continue }
                let found = rest.range(of: line[...last].drop { $0.isWhitespace })
                #expect(found != nil, "\(name): \(line)")
                rest = found.map { rest[$0.upperBound...] } ?? rest
            }
            #expect(try hooks.shell.permissions(path) == 0o640, "\(name)")
            let again = try install(hooks, harness, "--yes")
            #expect(again.status == 0 && again.output.contains("there already"), "\(name): \(again)")
            #expect(try hooks.shell.text(path) == installed, "\(name)")
            let removed = try install(hooks, harness, "--remove", "--yes")
            #expect(removed.status == 0, "\(name): \(removed)")
            #expect(try hooks.shell.bytes(path) == Array(text.utf8), "\(name)")
            // Where something else has changed since, only Writ's part goes.
            _ = try install(hooks, harness, "--yes")
            try hooks.shell.write(path, try hooks.shell.text(path) + "\n")
            #expect(try install(hooks, harness, "--remove", "--yes").status == 0, "\(name)")
            let left = try hooks.shell.text(path)
            #expect(!left.contains(hooks.shell.home) && left.hasSuffix("\n"), "\(name): \(left)")
        }
    }

    @Test(arguments: files.keys.sorted()) func `a file that was not there goes again`(_ harness: String) throws {
        let hooks = try HookShell()
        let path = "\(hooks.user)/\(try #require(Self.files[harness]))"
        #expect(try install(hooks, harness, "--yes").status == 0)
        let text = try hooks.shell.text(path)
        #expect(text.contains("\"\(harness)\"") || text.contains(" hook \(harness) "))
        #expect(text.contains(HookShell.real(hooks.shell.home)))
        _ = try JSON(parsing: UTF8String(text))
        #expect(try install(hooks, harness, "--remove", "--yes").status == 0)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `nothing is written where nobody has said yes, or only a look was asked for`() throws {
        let hooks = try HookShell()
        let look = try install(hooks, "claude-code", "--print")
        #expect(look.status == 0 && look.output.contains("+++ "))
        let silent = try install(hooks, "claude-code")
        #expect(silent.status == 1 && silent.errors.contains("--yes"))
        #expect(try hooks.shell.names(hooks.user).isEmpty)
    }

    @Test(arguments: [
        "[]", "5", "{", #"{"hooks": []}"#, #"{"hooks": {"PreToolUse": {}}}"#, #"{"hooks": 1, "hooks": 2}"#,
    ])
    func `settings that are not as they should be are left alone`(_ text: String) throws {
        let hooks = try HookShell()
        let path = hooks.user + "/.claude/settings.json"
        try FileManager.default.createDirectory(atPath: hooks.user + "/.claude", withIntermediateDirectories: true)
        try hooks.shell.write(path, text)
        let run = try install(hooks, "claude-code", "--yes")
        #expect(run.status == 78 && run.errors.contains(path) && run.errors.contains("run this again"), "\(run)")
        #expect(try hooks.shell.text(path) == text)
    }

    @Test func `what to do next is said with the places that were named`() throws {
        let hooks = try HookShell()
        let run = try install(hooks, "gemini", "--yes")
        #expect(
            run.lines.last == "Then:  writ doctor gemini --home \(hooks.shell.home) --user-home \(hooks.user)", "\(run)"
        )
        let none = try hooks.shell.run([Shell.program(), "install", "gemini", "--home", hooks.shell.folder + "/none"])
        #expect(none.status == 78 && none.errors.contains("writ init"), "\(none)")
    }

    @Test func `a plugin's folder goes with it, and stays where somebody has put something into it`() throws {
        let hooks = try HookShell()
        let folder = hooks.user + "/.openclaw/extensions/writ"
        for more in [nil, folder + "/mine"] {
            #expect(try install(hooks, "openclaw", "--yes").status == 0)
            if let more { try hooks.shell.write(more, "x") }
            #expect(try install(hooks, "openclaw", "--remove", "--yes").status == 0)
            #expect(FileManager.default.fileExists(atPath: folder) == (more != nil))
        }
    }

    @Test func `what the plugin was put over comes back, and what somebody has changed since stays`() throws {
        let hooks = try HookShell()
        let folder = hooks.user + "/.openclaw/extensions/writ"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let package = folder + "/package.json"
        try hooks.shell.write(package, "{\"mine\": 1}\n")
        for _ in 0..<2 {
            #expect(try install(hooks, "openclaw", "--yes").status == 0)
            #expect(
                try install(hooks, "openclaw", "--passport", hooks.shell.passport, "--auto-approve", "--yes").status
                    == 0)
            #expect(try install(hooks, "openclaw", "--remove", "--yes").status == 0)
            #expect(try hooks.shell.names(folder) == ["package.json"])
            #expect(try hooks.shell.text(package) == "{\"mine\": 1}\n")
        }
        #expect(try install(hooks, "openclaw", "--yes").status == 0)
        try hooks.shell.write(package, "{\"changed\": 1}\n")
        try hooks.shell.write(folder + "/index.mjs", try hooks.shell.text(folder + "/index.mjs") + "// x\n")
        #expect(try install(hooks, "openclaw", "--remove", "--yes").status == 0)
        #expect(try hooks.shell.names(folder) == ["package.json"])
        #expect(try hooks.shell.text(package) == "{\"changed\": 1}\n")
    }

    @Test func `an older hook does not come back, whatever was changed in between`() throws {
        let hooks = try HookShell()
        let path = hooks.user + "/.claude/settings.json"
        try FileManager.default.createDirectory(atPath: hooks.user + "/.claude", withIntermediateDirectories: true)
        try hooks.shell.write(path, "{\n  \"model\": \"x\"\n}\n")
        #expect(try install(hooks, "claude-code", "--yes").status == 0)
        try hooks.shell.edit(path, "\"model\": \"x\"", "\"model\": \"y\"")
        #expect(try install(hooks, "claude-code", "--auto-approve", "--yes").status == 0)
        #expect(try install(hooks, "claude-code", "--remove", "--yes").status == 0)
        #expect(try hooks.shell.text(path) == "{\n  \"model\": \"y\"\n}\n")
    }

    @Test(arguments: [
        "{\n  \"a\": 1 // mine\n}\n", "{\n  \"a\": 1, // mine\n  // more\n  \"b\": 2 /* b */\n}\n",
        "{\n  // only this\n}\n", "{\"a\": 1}\n",
    ]) func `comments stay where something else has changed since`(_ text: String) throws {
        let hooks = try HookShell()
        let path = hooks.user + "/.claude/settings.json"
        try FileManager.default.createDirectory(atPath: hooks.user + "/.claude", withIntermediateDirectories: true)
        try hooks.shell.write(path, text)
        #expect(try install(hooks, "claude-code", "--yes").status == 0)
        try hooks.shell.write(path, "// edited\n" + (try hooks.shell.text(path)))
        #expect(try install(hooks, "claude-code", "--remove", "--yes").status == 0)
        let left = try hooks.shell.text(path)
        func words(_ text: String) -> String { text.filter { !$0.isWhitespace } }
        #expect(words(left) == "//edited" + words(text), "\(left)")
    }

    @Test(.enabled(if: Machine.canChangeUser, "needs to be root"))
    func `what root installs in somebody's home is theirs`()
        throws
    {
        let hooks = try HookShell()
        chown(hooks.user, 65534, 65534)
        func owner(_ path: String) -> uid_t? {
            var found = stat()
            return stat(path, &found) == 0 ? found.st_uid : nil
        }
        #expect(try install(hooks, "claude-code", "--yes").status == 0)
        for name in ["/.claude", "/.claude/settings.json"] { #expect(owner(hooks.user + name) == 65534, "\(name)") }
        let path = hooks.user + "/.gemini/settings.json"
        try FileManager.default.createDirectory(atPath: hooks.user + "/.gemini", withIntermediateDirectories: true)
        try hooks.shell.write(path, "{}\n")
        chown(path, 1234, 1235)
        chmod(path, 0o600)
        #expect(try install(hooks, "gemini", "--yes").status == 0)
        #expect(try owner(path) == 1234 && hooks.shell.permissions(path) == 0o600)
    }

    @Test func `a program under another name is the one that is installed, and is known again`() throws {
        let hooks = try HookShell()
        let named = hooks.shell.folder + "/bin/writ-0.1"
        try FileManager.default.createDirectory(atPath: hooks.shell.folder + "/bin", withIntermediateDirectories: true)
        if link(try Shell.program(), named) != 0 {
            try FileManager.default.copyItem(atPath: try Shell.program(), toPath: named)
        }
        try hooks.shell.write(hooks.shell.folder + "/bin/writ", "#!/bin/sh\n")
        let words = ["gemini", "--home", hooks.shell.home, "--user-home", hooks.user]
        #expect(try hooks.shell.run([named, "install"] + words + ["--yes"]).status == 0)
        #expect(try hooks.shell.text(hooks.user + "/.gemini/settings.json").contains("/bin/writ-0.1 hook gemini"))
        let seen = try hooks.shell.run([named, "doctor"] + words)
        #expect(seen.status == 0, "\(seen)")
    }

    @Test func `a link to settings stays a link`() throws {
        let hooks = try HookShell()
        try FileManager.default.createDirectory(atPath: hooks.user + "/.claude", withIntermediateDirectories: true)
        try hooks.shell.write(hooks.user + "/dotfile.json", "{}\n")
        symlink(hooks.user + "/dotfile.json", hooks.user + "/.claude/settings.json")
        #expect(try install(hooks, "claude-code", "--yes").status == 0)
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: hooks.user + "/.claude/settings.json").hasSuffix(
                "dotfile.json"))
        #expect(try hooks.shell.text(hooks.user + "/dotfile.json").contains("PreToolUse"))
        #expect(try install(hooks, "claude-code", "--remove", "--yes").status == 0)
        #expect(try hooks.shell.text(hooks.user + "/dotfile.json") == "{}\n")
    }

    @Test func `a link that leads nowhere is not replaced by a file`() throws {
        let hooks = try HookShell()
        try FileManager.default.createDirectory(atPath: hooks.user + "/.claude", withIntermediateDirectories: true)
        symlink(hooks.user + "/dotfile.json", hooks.user + "/.claude/settings.json")
        let run = try install(hooks, "claude-code", "--yes")
        #expect(run.status == 65 && run.errors.contains("leads nowhere"), "\(run)")
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: hooks.user + "/.claude/settings.json")
                == hooks.user + "/dotfile.json")
    }

    @Test(.enabled(if: Machine.hasTerminals, "needs script(1), for a terminal"))
    func `what is written while somebody is asked is not written over`() throws {
        let hooks = try HookShell()
        try FileManager.default.createDirectory(atPath: hooks.user + "/.claude", withIntermediateDirectories: true)
        try hooks.shell.write(hooks.user + "/.claude/settings.json", "{}\n")
        let run = try hooks.shell.run([
            "sh", "-c",
            #"""
            mkfifo keys; exec 3<>keys; : > seen
            script -qefc "'$0' install claude-code --home '$1' --user-home '$2'" seen <&3 >&2 &
            until grep -q 'y/N' seen || ! kill -0 $!; do :; done
            echo '{"model": "x"}' > "$2/.claude/settings.json"
            echo y >&3
            wait $!; echo "status $?"
            """#,
            Shell.program(), hooks.shell.home, hooks.user,
        ])
        #expect(run.output == "status 65\n", "\(run)")
        #expect(try hooks.shell.text(hooks.user + "/.claude/settings.json") == "{\"model\": \"x\"}\n")
    }

    @Test func `a project's settings name the project`() throws {
        let hooks = try HookShell()
        #expect(try install(hooks, "copilot", "--project", hooks.project, "--yes").status == 0)
        let text = try hooks.shell.text(hooks.project + "/.github/hooks/writ.json")
        #expect(text.contains("--project \(HookShell.real(hooks.project))") && text.contains("\"bash\""))
        #expect(try hooks.shell.names(hooks.user).isEmpty)
    }

    @Test func `a project that is not named is the folder that one is in`() throws {
        let hooks = try HookShell()
        let run = try hooks.shell.run([
            "sh", "-c", #"cd "$1" && exec "$0" install copilot --home "$2" --project --yes"#,
            Shell.program(), hooks.project, hooks.shell.home,
        ])
        #expect(run.status == 0, "\(run)")
        let text = try hooks.shell.text(hooks.project + "/.github/hooks/writ.json")
        #expect(text.contains("--project \(HookShell.real(hooks.project))"))
    }

    @Test(arguments: [
        ("", "[features]\nhooks = true\n"),
        ("model = \"x\"\n", "model = \"x\"\n\n[features]\nhooks = true\n"),
        ("[features] # mine\nweb = true\n[a]\nb = 1\n", "[features] # mine\nhooks = true\nweb = true\n[a]\nb = 1\n"),
        ("[features]\nhooks = false # off\n", "[features]\nhooks = true # off\n"),
        ("[features]\nhooks = true\n", "[features]\nhooks = true\n"),
    ]) func `Codex' own switch is turned on, and nothing else of that file is touched`(
        _ before: String, _ after: String
    ) throws {
        let hooks = try HookShell()
        let path = hooks.user + "/.codex/config.toml"
        try FileManager.default.createDirectory(atPath: hooks.user + "/.codex", withIntermediateDirectories: true)
        try hooks.shell.write(path, before)
        #expect(try install(hooks, "codex", "--yes").status == 0)
        #expect(try hooks.shell.text(path) == after)
        #expect(try install(hooks, "codex", "--remove", "--yes").status == 0)
        #expect(try hooks.shell.text(path) == before)
    }

    @Test func `the command line that was written is one that works, blanks and quotes in paths included`() throws {
        let hooks = try HookShell()
        let odd = hooks.shell.folder + "/it's a $HOME; dir"
        try FileManager.default.moveItem(atPath: hooks.shell.home, toPath: odd)
        let run = try hooks.shell.run(
            [Shell.program(), "install", "codex", "--home", odd, "--user-home", hooks.user, "--yes"])
        #expect(run.status == 0, "\(run)")
        let then = try #require(run.output.split(separator: "\n").last { $0.hasPrefix("Then:  writ doctor") })
        let copied = String(then.dropFirst("Then:  writ".count))
        let seen = try hooks.shell.run(["sh", "-c", "'\(Shell.program())'\(copied)"])
        #expect(seen.output.contains("Codex") && seen.status <= 1, "\(seen)")
        let settings = try JSON(parsing: UTF8String(try hooks.shell.text(hooks.user + "/.codex/hooks.json")))
        let command = try #require(
            settings["hooks"]?["PreToolUse"]?.array?.first?["hooks"]?.array?.first?["command"]?.string?.string)
        let answer = try hooks.shell.run(["sh", "-c", command], input: hooks.claude("Nothing", [:]))
        #expect(try answer.json()["hookSpecificOutput"]?["permissionDecision"] == "deny", "\(answer)")
        #expect(
            try hooks.shell.run([
                Shell.program(), "install", "codex", "--home", odd, "--user-home", hooks.user, "--yes",
            ]).output.contains("there already"))
        let gone = command.replacing("/writ", with: "/no-such-writ", maxReplacements: 1)
        #expect(try hooks.shell.run(["sh", "-c", gone], input: "{}").status == 2)
    }
}
