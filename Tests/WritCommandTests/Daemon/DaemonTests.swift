// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ daemon`: the same answers, by another process.
struct DaemonTests {
    @Test func `a hook and a check through the daemon answer as they would by themselves`() throws {
        let cold = try HookShell()
        let warm = try HookShell()
        let daemon = try RunningDaemon(warm)
        /// Without what is another in each: ids, times, places in the log and folders.
        func comparable(_ run: Run, _ hooks: HookShell) throws -> [String] {
            var output = run.output.replacing(HookShell.real(hooks.shell.folder), with: "")
            output.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, with: "ID")
            if case .object(var object)? = try? JSON(parsing: UTF8String(output)), object["receipt_id"] != nil {
                for key in ["checked_at", "log", "agent_id", "passport_digest", "configuration"] as [UTF8String] {
                    object[key] = nil
                }
                output = String(decoding: JSON.object(object).serialized(), as: UTF8.self)
            }
            return [output, run.errors, "\(run.status)"]
        }
        let events: [(HookShell) -> String] = [
            { $0.claude("Bash", ["command": "ls"]) },
            { $0.claude("Bash", ["command": "rm x"], id: "2") },
            { $0.claude("Bash", ["command": "ls"], event: "PostToolUse", more: ["tool_response": "x"]) },
            { $0.claude("Nobody", ["x": 1], id: "3") },
            { _ in "{" },
        ]
        for event in events {
            let pair = try [cold, warm].map { try comparable($0.hook("claude-code", event($0)), $0) }
            #expect(pair[0] == pair[1])
        }
        for words in [
            ["exec.run", #"{"command":"ls"}"#], ["file.read", #"{"path":"/etc/shadow"}"#], ["exec.run", "{"],
        ] {
            let pair = try [cold, warm].map {
                try comparable(
                    $0.shell.run(
                        [Shell.program(), "check"] + words + ["--home", $0.shell.home]), $0)
            }
            #expect(pair[0] == pair[1])
        }
        #expect(try warm.answered() == 8)
        #expect(try warm.shell.writ("daemon", "--stop").status == 0)
        #expect(daemon.ended() == 0)
        for hooks in [cold, warm] {
            #expect(try hooks.shell.writ("fsck").status == 0)
            for receipt in try hooks.receipts() {
                let id = try #require(receipt["receipt_id"]?.string?.string)
                #expect(try hooks.shell.writ("receipts", "verify", id).status == 0)
            }
        }
        #expect(try cold.receipts().count == warm.receipts().count)
    }

    @Test func `a passport's key is shown to the daemon by its file, as to a process of its own`() throws {
        let hooks = try HookShell()
        let key = hooks.shell.folder + "/mine.jwk"
        #expect(try hooks.shell.run([Shell.program(), "approvals", "key", key]).status == 0)
        #expect(try hooks.shell.writ("passport", "issue", "agent:two", "--cnf", key).status == 0)
        let daemon = try RunningDaemon(hooks)
        let path = hooks.shell.home + "/passports/agent-two.json"
        func hook(_ id: String, _ more: String...) throws -> Run {
            try hooks.shell.run(
                [Shell.program(), "hook", "claude-code", "--home", hooks.shell.home, "--passport", path]
                    + HookShell.patience + more, input: hooks.claude("Bash", ["command": "pwd"], id: id))
        }
        #expect(try hooks.decision(hook("1", "--passport-key", key)) == nil)
        #expect(try hooks.decision(hook("2")) == "deny")
        let check = try hooks.shell.writ("check", "nobody", "{}", "--passport", path, "--passport-key", key)
        #expect(try check.code() == "writ.tool_unknown", "\(check)")
        #expect(try hooks.answered() == 3)
        #expect(try hooks.shell.writ("daemon", "--stop").status == 0)
        #expect(daemon.ended() == 0)
    }

    @Test func `its socket is for its owner alone, and it leaves none behind`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        #expect(try hooks.shell.permissions(hooks.socket) == 0o600)
        kill(daemon.process.processIdentifier, SIGTERM)
        #expect(daemon.ended() == 0)
        #expect(!FileManager.default.fileExists(atPath: hooks.socket))
        #expect(try hooks.shell.writ("daemon", "--status").status == 1)
        #expect(try hooks.shell.writ("daemon", "--stop").output == "none runs\n")
    }

    @Test func `there is one at a time, and what a killed one has left is no hindrance`() throws {
        let hooks = try HookShell()
        do {
            let daemon = try RunningDaemon(hooks)
            let second = try hooks.shell.writ("daemon")
            #expect(second.status == 64 && second.errors.contains("runs already"), "\(second)")
            kill(daemon.process.processIdentifier, SIGKILL)
            #expect(daemon.ended() == -SIGKILL)
        }
        #expect(FileManager.default.fileExists(atPath: hooks.socket))
        #expect(try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"])).output == "{}\n")
        _ = try RunningDaemon(hooks)
    }

    @Test func `changed policies and configurations count for the next request`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        #expect(try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"])).output == "{}\n")
        try hooks.shell.write(
            hooks.shell.home + "/policies/none.cedar", "@id(\"none\") forbid (principal, action, resource);")
        let denied = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"], id: "2"))
        #expect(try hooks.decision(denied) == "deny")
        unlink(hooks.shell.home + "/policies/none.cedar")
        #expect(try hooks.shell.writ("kill", "on", "--everything", "--reason", "test").status == 0)
        let killed = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"], id: "3"))
        #expect(try hooks.decision(killed) == "deny")
        #expect(try hooks.answered() == 3)
        // What does not load leaves in force what was; it is said once, where the daemon speaks.
        #expect(try hooks.shell.writ("kill", "off", "--everything", "--reason", "test").status == 0)
        try hooks.shell.write(hooks.shell.home + "/policies/none.cedar", "forbid (")
        #expect(try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"], id: "4")).output == "{}\n")
        #expect(daemon.nextLine().contains("what was in force stays in force"))
    }

    @Test func `it ends when its folder, its keys or its socket are not what they were`() throws {
        for change in ["folder", "keys", "socket"] {
            let hooks = try HookShell()
            let daemon = try RunningDaemon(hooks)
            switch change {
            case "folder": try FileManager.default.moveItem(atPath: hooks.shell.home, toPath: hooks.shell.home + "-2")
            case "keys": utimensat(AT_FDCWD, hooks.shell.home + "/keys/receipts.jwk", nil, 0)
            default: unlink(hooks.socket)
            }
            #expect(daemon.nextLine().hasPrefix("writ daemon: ended: "), "\(change)")
            #expect(daemon.ended() == 0, "\(change)")
        }
    }

    @Test func `many hooks at once are decided one by one, each with its receipt`() async throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        let (clients, each, processes) = (8, 12, 4)
        // Clients that are quicker than processes; hooks of their own processes beside them.
        let client = """
            import json, os, socket, struct, sys, threading
            home, cwd = sys.argv[1:3]
            def identity(path):
                status = os.stat(path)
                return f"{status.st_dev}:{status.st_ino}"
            view = identity("/proc/self/ns/mnt") + " " + identity("/")
            answers = []
            def ask(client):
                for number in range(12):
                    event = json.dumps({
                        "session_id": "many", "cwd": cwd, "hook_event_name": "PreToolUse", "tool_name": "Bash",
                        "tool_input": {"command": "ls"}, "tool_use_id": f"{client}-{number}"}).encode()
                    header = json.dumps({
                        "kind": "hook", "harness": "claude-code", "approves": False, "id": "x", "writ": "0.1.0",
                        "home": home, "home_id": identity(home), "view": view, "deadline_ms": 1000}).encode()
                    while True:
                        connection = socket.socket(socket.AF_UNIX)
                        connection.connect(home + "/daemon.sock")
                        connection.sendall(b"writ" + struct.pack(">III", 1, len(header), len(event)) + header + event)
                        data = b""
                        while part := connection.recv(65536): data += part
                        # Where it had no time, a hook would decide by itself.
                        if b"declined" not in data: break
                    answers.append(data[-3:])
            threads = [threading.Thread(target=ask, args=(client,)) for client in range(8)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            print(len(answers), set(answers) == {b"{}\\n"})
            """
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let run = try hooks.shell.run(["/usr/bin/python3", "-c", client, hooks.shell.home, hooks.project])
                #expect(run.output == "\(clients * each) True\n", "\(run)")
            }
            for number in 0..<processes {
                group.addTask {
                    let run = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"], id: "p\(number)"))
                    #expect(run.output == "{}\n" && run.status == 0, "\(run)")
                }
            }
            try await group.waitForAll()
        }
        #expect(try hooks.shell.writ("daemon", "--stop").status == 0)
        #expect(daemon.ended() == 0)
        #expect(try hooks.receipts().count == clients * each + processes)
        #expect(try hooks.shell.writ("fsck").status == 0)
    }
}
