// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// Whatever fails is a refusal that the harness obeys.
struct HookFailureTests {
    static let harnesses = ["claude-code", "codex", "cursor", "gemini", "copilot", "openclaw"]

    private static func isRefusal(_ run: Run) -> Bool {
        run.status == 2 && run.output.isEmpty && run.errors.split(separator: "\n").count == 1
            && run.errors.hasPrefix("Writ refuses this call")
    }

    @Test(arguments: harnesses) func `what is no event is refused with status 2 and one sentence`(
        _ harness: String
    ) throws {
        let hooks = try HookShell()
        let whole = hooks.claude("Bash", ["command": "pwd"])
        for input in ["", " ", "{", "null", "[]", "{}", String(whole.dropLast(3)), whole + whole, "\u{feff}" + whole] {
            let run = try hooks.hook(harness, input)
            #expect(Self.isRefusal(run), "\(input.prefix(30)): \(run)")
        }
        let large = #"{"cwd":""# + String(repeating: "x", count: 10 << 20) + #""}"#
        let run = try hooks.hook(harness, large)
        #expect(Self.isRefusal(run) && run.errors.contains("more than 8 MiB"), "\(run)")
        #expect(try hooks.receipts().isEmpty)
    }

    @Test(arguments: harnesses) func `text that is no UTF-8 is refused`(_ harness: String) throws {
        let hooks = try HookShell()
        let program = try Shell.program()
        let run = try hooks.shell.run([
            "sh", "-c",
            #"printf '{"cwd":"\377\376","session_id":"\300\200"}' | "$0" hook "$1" --home "$2" --passport "$3" --deadline 60000"#,
            program, harness, hooks.shell.home, hooks.shell.passport,
        ])
        #expect(Self.isRefusal(run), "\(run)")
    }

    @Test func `members that nobody knows change nothing`() throws {
        let hooks = try HookShell()
        let more: [UTF8String: JSON] = [
            "permissionDecision": "allow", "decision": "approve", "hookSpecificOutput": ["permissionDecision": "allow"],
            "home": "/tmp", "x": [[[]]],
        ]
        let run = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "rm x"], more: more))
        #expect(try hooks.decision(run) == "deny")
        #expect(
            try hooks.hook("claude-code", hooks.claude("Bash", ["command": "pwd"], id: "2", more: more)).output
                == "{}\n"
        )
    }

    @Test func `a hostile environment changes nothing`() throws {
        let hooks = try HookShell()
        let trap = hooks.shell.folder + "/trap"
        try FileManager.default.createDirectory(atPath: trap + "/.writ", withIntermediateDirectories: true)
        try hooks.shell.write(trap + "/env.sh", "touch \(trap)/sprung\nexit 0\n")
        let environment = [
            "WRIT_HOME": trap, "WRIT_PASSPORT": trap + "/p.json", "HOME": trap, "PATH": trap,
            "TZ": "Pacific/Kiritimati",
            "TZDIR": trap, "BASH_ENV": trap + "/env.sh", "ENV": trap + "/env.sh", "TMPDIR": trap + "/none",
            "SQLITE_TMPDIR": trap + "/none", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "IFS": "/",
            "CDPATH": trap, "PWD": trap, "XDG_CONFIG_HOME": trap, "CLAUDE_PROJECT_DIR": trap,
        ]
        let allowed = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "pwd"]), environment: environment)
        #expect(allowed.output == "{}\n" && allowed.errors.isEmpty, "\(allowed)")
        let denied = try hooks.hook(
            "claude-code", hooks.claude("Bash", ["command": "rm x"], id: "2"), environment: environment)
        #expect(try hooks.decision(denied) == "deny")
        #expect(!FileManager.default.fileExists(atPath: trap + "/sprung"))
        let now = try #require(try hooks.receipts().first?["checked_at"]?.string?.string)
        let utc = try hooks.shell.run(["date", "-u", "+%Y-%m-%dT%H"]).output.prefix(10)
        #expect(now.hasPrefix(utc))
        // Without --home it is the user's own, never what the environment says.
        let nameless = try hooks.shell.run(
            [Shell.program(), "hook", "claude-code", "--home", trap + "/.writ"] + HookShell.patience,
            input: hooks.claude("Bash", ["command": "pwd"], id: "3"), environment: ["WRIT_HOME": hooks.shell.home])
        #expect(Self.isRefusal(nameless), "\(nameless)")
    }

    @Test(arguments: harnesses) func `an installation that cannot be used is a refusal that says so`(
        _ harness: String
    ) throws {
        let hooks = try HookShell()
        let input = hooks.event(for: harness)
        let program = try Shell.program()
        func run(_ home: String) throws -> Run {
            try hooks.shell.run([program, "hook", harness, "--home", home] + HookShell.patience, input: input)
        }
        let missing = try run(hooks.shell.folder + "/nowhere")
        #expect(Self.isRefusal(missing) && missing.errors.contains("nowhere"), "\(missing)")
        let file = try run(hooks.shell.policy)
        #expect(Self.isRefusal(file), "\(file)")
        try hooks.shell.write(hooks.shell.home + "/writ.yaml", "mode: nonsense\n")
        #expect(Self.isRefusal(try run(hooks.shell.home)))
    }

    @Test func `a ledger that is damaged, gone or of another log is a refusal`() throws {
        for ruin in ["damaged", "gone", "policies"] {
            let hooks = try HookShell()
            switch ruin {
            case "damaged": try hooks.shell.write(hooks.shell.ledger, String(repeating: "x", count: 8192))
            case "gone": unlink(hooks.shell.ledger)
            default: try hooks.shell.write(hooks.shell.policy, "permit (")
            }
            let run = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "pwd"]))
            #expect(Self.isRefusal(run), "\(ruin): \(run)")
        }
    }

    @Test(.enabled(if: Machine.canChangeUser, "needs to be root, in a folder that others can read"))
    func `a folder that cannot be written is a refusal`() throws {
        let hooks = try HookShell()
        let run = try hooks.shell.run(
            [
                "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", try Shell.program(), "hook",
                "claude-code", "--home", hooks.shell.home,
            ] + HookShell.patience, input: hooks.claude("Bash", ["command": "pwd"]))
        #expect(Self.isRefusal(run), "\(run)")
    }

    @Test(arguments: harnesses) func `a disk without room is a refusal`(_ harness: String) throws {
        let hooks = try HookShell()
        // No file may grow: what a full disk is to a process that writes.
        let run = try hooks.shell.run(
            [
                "sh", "-c", #"ulimit -f 0; exec "$@""#, "sh", try Shell.program(), "hook", harness, "--home",
                hooks.shell.home, "--deadline", "60000",
            ], input: hooks.event(for: harness))
        // Not even a sentence: standard error is a file too.
        #expect(run.status == 2 && run.output.isEmpty, "\(run)")
    }

    /// What somebody's will, a limit or a fault of the program itself does to it.
    @Test(arguments: [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "SEGV", "TERM", "XCPU", "ALRM", "USR1",
    ])
    func `a hook that is ended before it has decided is a refusal`(_ name: String) throws {
        let hooks = try HookShell()
        // The event never ends, so the signal comes before any answer, and after the last of the handlers is there.
        let run = try hooks.shell.run(
            [
                "sh", "-c",
                #"""
                mkfifo pipe; exec 3<>pipe
                "$0" hook claude-code --home "$1" --deadline 60000 <&3 3<&- &
                until grep -q 'SigCgt:.*[7f].......$' /proc/$!/status || ! kill -0 $!; do :; done
                kill -"$2" $!
                wait $!
                """#,
                Shell.program(), hooks.shell.home, name,
            ])
        #expect(Self.isRefusal(run), "\(run)")
    }

    @Test(arguments: harnesses) func `a passport that is missing is a decided refusal in the harness's form`(
        _ harness: String
    ) throws {
        let hooks = try HookShell()
        let run = try hooks.shell.run(
            [
                Shell.program(), "hook", harness, "--home", hooks.shell.home, "--passport", "/nowhere.json",
                "--deadline",
                "60000",
            ], input: hooks.event(for: harness))
        #expect(run.status == 0 && run.output.contains("identity: "), "\(run)")
        #expect(try hooks.receipts().count == 1)
    }

    @Test(arguments: [
        ["hook"], ["hook", "nobody"], ["hook", "claude-code", "--nonsense"], ["hook", "claude-code", "more"],
        ["hook", "claude-code", "--home", "relative"], ["hook", "claude-code", "--passport", "relative.json"],
        ["hook", "claude-code", "--project", "relative"], ["hook", "claude-code", "--deadline", "0"], [],
    ]) func `a command line that is wrong refuses too, as does none`(_ words: [String]) throws {
        let hooks = try HookShell()
        let run = try hooks.shell.run([Shell.program()] + words, input: hooks.claude("Bash", ["command": "pwd"]))
        #expect(run.status == 2 && run.output.isEmpty && !run.errors.isEmpty, "\(run)")
    }

    @Test func `a decision that takes longer than its deadline is a refusal`() throws {
        let hooks = try HookShell()
        // Somebody else holds the lock for as long as the hook lives.
        let run = try hooks.shell.run(
            [
                "flock", hooks.shell.home + "/hooks.lock", Shell.program(), "hook", "claude-code", "--home",
                hooks.shell.home, "--deadline", "300",
            ], input: hooks.claude("Bash", ["command": "pwd"]))
        #expect(Self.isRefusal(run) && run.errors.contains("within 300 ms"), "\(run)")
    }

    @Test func `a hook that gets no memory, and with it no thread, does not wait for it beyond its deadline`() throws {
        let hooks = try HookShell()
        try hooks.shell.write(hooks.shell.folder + "/event", hooks.claude("Bash", ["command": "rm x"]))
        var refusals = 0
        for size in stride(from: 60_000, through: 240_000, by: 20_000) {
            let run = try hooks.shell.run(
                [
                    "sh", "-c", #"ulimit -v "$2"; exec "$0" hook claude-code --home "$1" --deadline 300 < event"#,
                    Shell.program(), hooks.shell.home, "\(size)",
                ])
            // 127: the loader itself had not enough, and no program was started.
            let isDecided = run.status == 0 && run.output.contains(#""permissionDecision":"deny""#)
            #expect(run.status == 2 && run.output.isEmpty || run.status == 127 || isDecided, "\(size): \(run)")
            if run.status == 2 { refusals += 1 }
        }
        #expect(refusals > 0, "no size was too small for a thread and large enough for the program")
    }

    @Test(arguments: ["S", ""], [128, 256, 1024])
    func `a text that is nested deep is answered however small the stack is`(limit: String, kilobytes: Int) throws {
        let hooks = try HookShell()
        for deep in [
            String(repeating: "$(", count: 39) + "x" + String(repeating: ")", count: 39),
            String(repeating: "while x; do ", count: 30) + "x=$x$y; cd $x" + String(repeating: "; done", count: 30),
            (0..<5).reduce("rm x") { line, _ in "sh -c '\(line.replacing("'", with: "'\\''"))'" },
        ] {
            try hooks.shell.write(
                hooks.shell.folder + "/event", hooks.claude("Bash", ["command": .string(UTF8String(deep))]))
            let run = try hooks.shell.run(
                [
                    "sh", "-c", #"ulimit -${2}s $3; exec "$0" hook claude-code --home "$1" --deadline 60000 < event"#,
                    Shell.program(), hooks.shell.home, limit, "\(kilobytes)",
                ])
            let isDecided = run.status == 0 && run.output.contains(#""permissionDecision":"deny""#)
            #expect(run.status == 2 && run.output.isEmpty || isDecided, "\(deep.prefix(10)): \(run)")
        }
    }

    @Test func `a harness that never ends its event is answered all the same`() throws {
        let hooks = try HookShell()
        let run = try hooks.shell.run(
            [
                "sh", "-c", #"mkfifo pipe; exec 3<>pipe; exec "$0" hook gemini --home "$1" --deadline 300 <pipe"#,
                Shell.program(), hooks.shell.home,
            ])
        #expect(Self.isRefusal(run), "\(run)")
    }

    @Test func `an answer that nobody takes is no consent`() throws {
        let hooks = try HookShell()
        try hooks.shell.write(hooks.shell.folder + "/event", hooks.claude("Bash", ["command": "pwd"]))
        let run = try hooks.shell.run(
            [
                "sh", "-c", #""$0" hook claude-code --home "$1" --deadline 60000 < event >&-; echo "status $?""#,
                Shell.program(), hooks.shell.home,
            ])
        #expect(run.output == "status 2\n", "\(run)")
    }

    @Test func `sessions that run at once each have their receipts, and an event told at once has one`() throws {
        let hooks = try HookShell()
        for session in 0..<6 {
            try hooks.shell.write(
                hooks.shell.folder + "/event-\(session)",
                hooks.claude("Bash", ["command": "pwd"], session: "s\(session)", id: "t"))
        }
        let run = try hooks.shell.run(
            [
                "sh", "-c",
                #"""
                printf '%s\n' 0 1 2 3 4 5 0 1 2 3 4 5 | xargs -P 12 -I '{}' \
                  sh -c '"$0" hook claude-code --home "$1" --deadline 60000 < event-{}' "$0" "$1"
                """#,
                Shell.program(), hooks.shell.home,
            ])
        #expect(run.lines == Array(repeating: "{}", count: 12), "\(run)")
        #expect(try hooks.receipts().count == 6)
        #expect(try hooks.shell.writ("fsck").status == 0)
    }
}

extension HookShell {
    /// An event before a tool, as a harness writes it.
    func event(for harness: String) -> String {
        let folder = project
        switch harness {
        case "cursor":
            return
                #"{"conversation_id":"s","workspace_roots":["\#(folder)"],"hook_event_name":"beforeShellExecution","command":"pwd"}"#
        case "gemini":
            return
                #"{"session_id":"s","cwd":"\#(folder)","hook_event_name":"BeforeTool","tool_name":"run_shell_command","tool_input":{"command":"pwd"}}"#
        case "copilot": return #"{"sessionId":"s","cwd":"\#(folder)","toolName":"Bash","toolArgs":{"command":"pwd"}}"#
        case "openclaw":
            return
                #"{"event":"before_tool_call","session":"s","cwd":"\#(folder)","tool":"exec","params":{"command":"pwd"}}"#
        default: return claude("Bash", ["command": "pwd"])
        }
    }
}
