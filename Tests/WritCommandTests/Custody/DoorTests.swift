// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// Mode `protected` with real users: Writ's own decides, an agent's asks, and somebody is nobody.
@Suite(.enabled(if: Machine.canChangeUser, "needs to be root, in a folder that others can read"))
struct DoorTests {
    /// A sealed installation of its keeper's, with its daemon running.
    private final class Protected {
        let custody: CustodyShell
        let daemon: KeptDaemon
        let door: [String]

        init() throws {
            custody = try CustodyShell()
            #expect(try custody.apply("alice").status == 0)
            try custody.giveToKeeper()
            door = try custody.door()
            daemon = try KeptDaemon(custody)
        }
    }

    /// What the protected installation's keeper runs.
    private static func kept(_ custody: CustodyShell, _ words: String...) throws -> Run {
        try custody.shell.run(
            CustodyShell.user(CustodyShell.keeper, [try Shell.program()] + words + ["--home", custody.shell.home]))
    }

    @Test func `an agent's user is answered as its agent, and the receipt says protected`() throws {
        let it = try Protected()
        let run = try it.custody.check(as: CustodyShell.agent, it.door)
        #expect(run.status == 0, "\(run)")
        #expect(try run.json()["agent_id"] == "agent-passport:local")
        let shown = try Self.kept(it.custody, "receipts", "show", run.receiptID(), "--json")
        #expect(try shown.json()["receipt"]?["custody"] == "protected", "\(shown)")
        let replayed = try Self.kept(it.custody, "receipts", "replay", run.receiptID())
        #expect(replayed.status == 0, "\(replayed)")
        let denied = try it.custody.check(as: CustodyShell.agent, it.door, "rm -rf /")
        #expect(denied.status == 1, "\(denied)")
        #expect(try Self.kept(it.custody, "fsck").status == 0)
        let status = try Self.kept(it.custody, "daemon", "--status", "--json").json()
        #expect(status["custody"] == "protected" && status["answered"] == 2, "\(status)")
        let custody = try Self.kept(it.custody, "custody", "status")
        #expect(custody.status == 0, "\(custody)")
    }

    @Test func `a hook is answered too, and reads nothing of the installation`() throws {
        let it = try Protected()
        let event =
            #"{"session_id":"s","cwd":"/","hook_event_name":"PreToolUse","tool_name":"Nobody","tool_input":{},"tool_use_id":"1"}"#
        let program = try Shell.program()
        let run = try it.custody.shell.run(
            CustodyShell.user(CustodyShell.agent, [program, "hook", "claude-code"] + it.door + HookShell.patience),
            input: event)
        #expect(run.status == 0 && run.output.contains(#""deny""#), "\(run)")
        let list = try Self.kept(it.custody, "receipts", "list", "--json")
        #expect(list.lines.count == 1, "\(list)")
        for more in [["--home", it.custody.shell.home], ["--passport", it.custody.shell.passport]] {
            let mixed = try it.custody.shell.run([program, "hook", "claude-code"] + it.door + more, input: event)
            #expect(mixed.status == 2 || mixed.output.contains(#""deny""#), "\(mixed)")
        }
        #expect(try Self.kept(it.custody, "receipts", "list", "--json").lines.count == 1)
    }

    /// Settings in each harness's form.
    @Test(arguments: ["claude-code", "codex", "cursor", "gemini", "copilot", "openclaw"])
    func `install writes the door, and the hook that it writes is answered`(_ harness: String) throws {
        let it = try Protected()
        let user = it.custody.shell.folder + "/agent"
        mkdir(user, 0o755)
        let program = try Shell.program()
        let place = ["--home", it.custody.shell.home, "--user-home", user]
        let installed = try it.custody.shell.run([program, "install", harness, "--yes"] + place)
        #expect(installed.status == 0, "\(installed)")
        let text = installed.output
        #expect(it.door.allSatisfy(text.contains) && !text.contains("--passport"), "\(installed)")
        #expect(!text.contains(it.custody.shell.home + "\""))
        if harness == "claude-code" {
            let doctor = try it.custody.shell.run([program, "doctor", harness] + place)
            #expect(doctor.output.contains("it asks at this installation's socket"), "\(doctor)")
            let settings = try JSON(parsing: UTF8String(it.custody.shell.text(user + "/.claude/settings.json")))
            let handler = settings["hooks"]?["PreToolUse"]?.array?.first?["hooks"]?.array?.first
            let words = (handler?["args"]?.array ?? []).compactMap { $0.string?.string }
            let event =
                #"{"session_id":"s","cwd":"/","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"},"tool_use_id":"1"}"#
            let run = try it.custody.shell.run(
                CustodyShell.user(CustodyShell.agent, [program] + words + HookShell.patience), input: event)
            // Its policy permits no such tool: that is a decision, and logged.
            #expect(run.status == 0 && run.output.contains("no policy permits"), "\(run)")
            let events = try Self.kept(it.custody, "receipts", "list", "--json").lines
            #expect(events.contains { $0.contains("claude-code/Bash") }, "\(events)")
        }
        let removed = try it.custody.shell.run([program, "install", harness, "--yes", "--remove"] + place)
        #expect(removed.status == 0 && removed.output.contains(it.door[1]), "\(removed)")
    }

    @Test func `in mode protected nobody is named in settings, and only Writ's user makes its key`() throws {
        let custody = try CustodyShell()
        #expect(try custody.apply("alice").status == 0)
        try custody.giveToKeeper()
        let program = try Shell.program()
        let user = custody.shell.folder + "/agent"
        mkdir(user, 0o755)
        let words = [program, "install", "codex", "--yes", "--home", custody.shell.home, "--user-home", user]
        let early = try custody.shell.run(words)
        #expect(early.status == 78 && early.errors.contains("writ custody door"), "\(early)")
        _ = try custody.door()
        let named = try custody.shell.run(words + ["--passport", custody.shell.passport])
        #expect(named.status == 64 && named.errors.contains("protected/users"), "\(named)")
        #expect(try custody.shell.run(words).status == 0)
    }

    @Test(arguments: [CustodyShell.somebody, 0, 65534])
    func `a user whom the configuration does not name is not answered`(_ user: uid_t) throws {
        let it = try Protected()
        let run = try it.custody.check(as: user, it.door)
        #expect(run.status == 78 && run.output.isEmpty, "\(run)")
        #expect(try Self.kept(it.custody, "receipts", "list", "--json").lines.isEmpty)
    }

    @Test func `nobody is somebody else by naming a passport, a token or the daemon's end`() throws {
        let it = try Protected()
        for header in [
            #"{"kind":"check","tool":"exec.run","here":"/","json":true,"passport":"\#(it.custody.shell.passport)""#,
            #"{"kind":"check","tool":"exec.run","here":"/","json":true,"token_file":"/etc/hostname""#,
            #"{"kind":"stop""#, #"{"kind":"status""#,
        ] {
            let run = try it.custody.shell.run(
                CustodyShell.user(
                    CustodyShell.agent,
                    [
                        "/usr/bin/python3", "-c",
                        """
                        import json, os, socket, struct, sys
                        def identity(path):
                            status = os.stat(path)
                            return f"{status.st_dev}:{status.st_ino}"
                        header = json.loads(sys.argv[2] + "}")
                        header |= {"id": "1", "writ": "0.1.0", "deadline_ms": 5000,
                                   "view": identity("/proc/self/ns/mnt") + " " + identity("/")}
                        header = json.dumps(header).encode()
                        body = b'{"command":"ls"}'
                        client = socket.socket(socket.AF_UNIX)
                        client.connect(sys.argv[1])
                        client.sendall(b"writ" + struct.pack(">III", 1, len(header), len(body)) + header + body)
                        data = b""
                        while part := client.recv(65536): data += part
                        print(b"declined" in data, b"signature" in data)
                        """, it.custody.shell.folder + "/run/writ.sock", header,
                    ]))
            #expect(run.output == "True True\n", "\(header): \(run)")
        }
        #expect(it.daemon.process.isRunning)
        #expect(try Self.kept(it.custody, "receipts", "list", "--json").lines.isEmpty)
    }

    /// Listens at a path, as a user, and answers everything with an allow, signed with nothing or with a key of its own.
    private static let fake = """
        import json, os, socket, struct, sys
        path, user, how = sys.argv[1:4]
        if os.path.exists(path): os.unlink(path)
        os.umask(0o111)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        os.setuid(int(user))
        listener.listen(50)
        print("ready", flush=True)
        while True:
            client, _ = listener.accept()
            try:
                mark, version, head, body = struct.unpack(">4sIII", client.recv(16, socket.MSG_WAITALL))
                question = json.loads(client.recv(head, socket.MSG_WAITALL))
                client.recv(body, socket.MSG_WAITALL)
                answer = {"id": question["id"], "status": 0, "output": 3}
                if how == "forged": answer["signature"] = "A" * 86
                header = json.dumps(answer, separators=(",", ":")).encode()
                client.sendall(b"writ" + struct.pack(">III", 1, len(header), 3) + header + b"{}\\n")
            except (OSError, struct.error): pass
            client.close()
        """

    @Test(arguments: ["unsigned", "forged"])
    func `a fake socket cannot answer, not even as the right user`(_ how: String) throws {
        let it = try Protected()
        kill(it.daemon.process.processIdentifier, SIGKILL)
        it.daemon.process.waitUntilExit()
        let path = it.custody.shell.folder + "/run/writ.sock"
        let helper = try HookShell.Helper(Self.fake, [path, "\(CustodyShell.keeper)", how])
        let run = try it.custody.check(as: CustodyShell.agent, it.door)
        #expect(run.status == 78 && run.errors.contains("not signed with the key"), "\(run)")
        #expect(helper.process.isRunning)
    }

    @Test func `another user's socket is not asked`() throws {
        let it = try Protected()
        kill(it.daemon.process.processIdentifier, SIGKILL)
        it.daemon.process.waitUntilExit()
        let path = it.custody.shell.folder + "/run/writ.sock"
        let helper = try HookShell.Helper(Self.fake, [path, "\(CustodyShell.somebody)", "unsigned"])
        let run = try it.custody.check(as: CustodyShell.agent, it.door)
        #expect(run.status == 78 && run.errors.contains("another user listens"), "\(run)")
        #expect(helper.process.isRunning)
    }

    @Test func `an answer to another question, or of yesterday, is none`() throws {
        let it = try Protected()
        // Passes the question on with another tool's parameters, or gives an old answer again: signed by the daemon itself.
        let between = """
            import os, socket, struct, sys
            path, real, user, agent, how = sys.argv[1:6]
            os.umask(0o111)
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(path)
            # Listens as Writ's user, and asks as the agent.
            os.seteuid(int(user))
            listener.listen(50)
            os.seteuid(0)
            os.setuid(int(agent))
            print("ready", flush=True)
            old = None
            while True:
                client, _ = listener.accept()
                mark, version, head, body = struct.unpack(">4sIII", client.recv(16, socket.MSG_WAITALL))
                header = client.recv(head, socket.MSG_WAITALL)
                question = client.recv(body, socket.MSG_WAITALL)
                if how == "other": question = question.replace(b"rm", b"ls")
                if old is None or how == "other":
                    server = socket.socket(socket.AF_UNIX)
                    server.connect(real)
                    server.sendall(b"writ" + struct.pack(">III", 1, len(header), len(question)) + header + question)
                    old = b""
                    while part := server.recv(65536): old += part
                client.sendall(old)
                client.close()
            """
        for how in ["other", "old"] {
            let path = it.custody.shell.folder + "/run/\(how).sock"
            let helper = try HookShell.Helper(
                between,
                [
                    path, it.custody.shell.folder + "/run/writ.sock", "\(CustodyShell.keeper)", "\(CustodyShell.agent)",
                    how,
                ])
            var door = it.door
            door[1] = path
            if how == "old" {
                let first = try it.custody.check(as: CustodyShell.agent, door)
                #expect(first.status == 0, "\(first)")
            }
            let run = try it.custody.check(as: CustodyShell.agent, door, "rm")
            #expect(run.status == 78 && run.errors.contains("not signed with the key"), "\(how): \(run)")
            #expect(helper.process.isRunning)
        }
    }

    @Test func `a file that is not as it was sealed stops everything, says which, and is mended by putting it back`()
        throws
    {
        let it = try Protected()
        let home = it.custody.shell.home
        #expect(try it.custody.check(as: CustodyShell.agent, it.door).status == 0)
        let policy = it.custody.shell.policy
        let before = try it.custody.shell.text(policy)
        for (path, edit) in [
            (policy, before + "\n"), (home + "/policies/more.cedar", "permit (principal, action, resource);"),
            (
                home + "/writ.yaml",
                try it.custody.shell.text(home + "/writ.yaml").replacing("protected\n", with: "cooperative\n")
            ),
            (home + "/policies/broken.cedar", "permit ("),
        ] {
            let original: String? = FileManager.default.fileExists(atPath: path) ? try it.custody.shell.text(path) : nil
            try it.custody.shell.write(path, edit)
            let name = String(path.dropFirst(home.utf8.count + 1))
            let run = try it.custody.check(as: CustodyShell.agent, it.door)
            #expect(run.status == 1, "\(name): \(run)")
            #expect(try run.code() == "writ.seal_broken", "\(name): \(run)")
            let receipt = try Self.kept(it.custody, "receipts", "show", run.receiptID(), "--json").json()
            #expect(receipt["receipt"]?["custody"] == "cooperative", "\(receipt)")
            #expect(try Self.kept(it.custody, "receipts", "replay", run.receiptID()).status == 0)
            let status = try Self.kept(it.custody, "custody", "status")
            #expect(status.status == 1 && status.output.contains(name), "\(status)")
            #expect(try Self.kept(it.custody, "daemon", "--status").output.contains("REFUSES  everything"))
            if let original { try it.custody.shell.write(path, original) } else { unlink(path) }
            chown(path, CustodyShell.keeper, CustodyShell.keeper)
            #expect(try it.custody.check(as: CustodyShell.agent, it.door).status == 0, "\(name)")
        }
        #expect(try Self.kept(it.custody, "fsck").status == 0)
    }

    @Test func `a change takes effect when it is sealed, and not before`() throws {
        let it = try Protected()
        let shell = it.custody.shell
        #expect(try it.custody.check(as: CustodyShell.agent, it.door).status == 0)
        try shell.write(shell.home + "/policies/none.cedar", "@id(\"none\") forbid (principal, action, resource);")
        chown(shell.home + "/policies/none.cedar", CustodyShell.keeper, CustodyShell.keeper)
        #expect(try it.custody.check(as: CustodyShell.agent, it.door).code() == "writ.seal_broken")
        // The administrator's key is not Writ's: it is signed elsewhere.
        let file = shell.folder + "/run/change.seal"
        #expect(try Self.kept(it.custody, "policy", "apply", "--sign-only", file).status == 0)
        #expect(try shell.run([Shell.program(), "policy", "sign", file, "--key", it.custody.key("alice")]).status == 0)
        let applied = try Self.kept(it.custody, "policy", "apply", "--yes", "--with", file)
        #expect(applied.status == 0, "\(applied)")
        #expect(try it.custody.check(as: CustodyShell.agent, it.door).code() == "writ.policy_forbidden")
    }

    @Test func `what is weak is named, and a hook that would decide by itself`() throws {
        let it = try Protected()
        let shell = it.custody.shell
        try FileManager.default.copyItem(atPath: it.custody.key("alice"), toPath: shell.home + "/keys/alice.jwk")
        chown(shell.home + "/keys/alice.jwk", CustodyShell.keeper, CustodyShell.keeper)
        let status = try Self.kept(it.custody, "custody", "status", "--json").json()
        let weak = (status["findings"]?.array ?? []).filter { $0["level"] == "warning" }.compactMap {
            $0["check"]?.string?.string
        }
        #expect(status["ok"] == true && Set(weak).isSuperset(of: ["key", "one", "witness"]), "\(status)")

        let settings = shell.folder + "/user/.claude"
        try FileManager.default.createDirectory(atPath: settings, withIntermediateDirectories: true)
        for (line, level) in [
            (it.door.joined(separator: " "), "fine"),
            (it.door.joined(separator: " ").replacing("\(CustodyShell.keeper)", with: "0"), "problem"),
            ("--home \(HookShell.real(shell.home)) --passport \(shell.passport)", "problem"),
        ] {
            let command = "\(try Shell.program()) hook claude-code \(line) || exit 2"
            let hook: JSON = ["hooks": [["type": "command", "command": .text(command)]]]
            let text = JSON.object(
                JSONObject(unique: [
                    JSONMember(
                        key: "hooks",
                        value: ["PreToolUse": [hook], "PostToolUse": [hook], "PostToolUseFailure": [hook]])
                ])
            ).serialized()
            try shell.write(settings + "/settings.json", String(decoding: text, as: UTF8.self))
            let doctor = try Self.kept(
                it.custody, "doctor", "claude-code", "--json", "--user-home", shell.folder + "/user")
            let found = try doctor.json()["harnesses"]?.array?.first?["findings"]?.array ?? []
            let socket = found.first { $0["check"] == "socket" }
            #expect(socket?["level"] == .text(level), "\(line): \(doctor)")
        }
    }

    @Test func `without the daemon nothing is decided`() throws {
        let it = try Protected()
        kill(it.daemon.process.processIdentifier, SIGKILL)
        it.daemon.process.waitUntilExit()
        let run = try it.custody.check(as: CustodyShell.agent, it.door)
        #expect(run.status == 78 && run.errors.contains("nobody listens"), "\(run)")
        let hook = try it.custody.shell.run(
            CustodyShell.user(CustodyShell.agent, [try Shell.program(), "hook", "claude-code"] + it.door), input: "{}")
        #expect(hook.status == 2 || hook.output.contains(#""deny""#), "\(hook)")
        let own = try Self.kept(it.custody, "check", "exec.run", #"{"command":"ls"}"#)
        #expect(own.status == 78 && own.errors.contains("only `writ daemon` decides"), "\(own)")
        // An agent cannot read what it would need to decide by itself.
        let cold = try it.custody.shell.run(
            CustodyShell.user(
                CustodyShell.agent,
                [try Shell.program(), "check", "exec.run", #"{"command":"ls"}"#, "--home", it.custody.shell.home]))
        #expect(cold.status == 78, "\(cold)")
        #expect(try Self.kept(it.custody, "receipts", "list", "--json").lines.isEmpty)
    }

    @Test(arguments: [
        "same user", "no such user", "home", "policies", "socket folder", "link", "foreign file", "deep",
        "ledger's folder",
    ])
    func `a service that is not kept apart does not begin, and says why`(_ what: String) throws {
        let custody = try CustodyShell()
        let shell = custody.shell
        let users = #"{"\#(CustodyShell.agent)": agent-passport:local}"#
        let expected: String
        switch what {
        case "same user":
            try shell.edit(shell.home + "/writ.yaml", users, #"{"\#(CustodyShell.keeper)": agent-passport:local}"#)
            expected = "who keeps this installation"
        case "no such user":
            try shell.edit(shell.home + "/writ.yaml", users, "{nobody-of-that-name: agent-passport:local}")
            expected = "there is no user nobody-of-that-name"
        case "ledger's folder":
            // SQLite makes files beside it: in a folder like this anybody could make them first.
            let folder = shell.folder + "/elsewhere"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            chmod(folder, 0o1777)
            for name in try FileManager.default.contentsOfDirectory(atPath: shell.home)
            where name.hasPrefix("ledger.sqlite") {
                try FileManager.default.moveItem(atPath: "\(shell.home)/\(name)", toPath: "\(folder)/\(name)")
            }
            try shell.write(
                shell.home + "/writ.yaml",
                try shell.text(shell.home + "/writ.yaml") + "\nledger: \(HookShell.real(folder))/ledger.sqlite\n")
            expected = "others may write to \(HookShell.real(folder))"
        default: expected = ""
        }
        let applied = try custody.apply("alice")
        #expect(applied.status == 0, "\(applied)")
        try custody.giveToKeeper()
        var why = expected
        switch what {
        case "ledger's folder":
            for name in try FileManager.default.contentsOfDirectory(atPath: shell.folder + "/elsewhere") {
                chown("\(shell.folder)/elsewhere/\(name)", CustodyShell.keeper, CustodyShell.keeper)
            }
        case "home":
            chmod(shell.home, 0o750)
            why = "chmod 700"
        case "policies":
            chmod(shell.policy, 0o666)
            why = "others may write to \(shell.policy)"
        case "socket folder":
            chmod(shell.folder + "/run", 0o777)
            why = "run"
        case "link":
            symlink("/etc/hostname", shell.home + "/policies/x.txt")
            why = "is a link"
        case "foreign file":
            chown(shell.home + "/keys", CustodyShell.somebody, CustodyShell.somebody)
            why = "keys"
        case "deep":
            let folder = shell.home + "/passports" + String(repeating: "/x", count: 9)
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try custody.giveToKeeper()
            why = "deeper than is looked at"
        default: break
        }
        let run = try Self.kept(custody, "daemon")
        #expect(run.status == 78 && run.errors.contains(why), "\(run)")
        #expect(try Self.kept(custody, "custody", "status").status != 0)
    }
}

/// The daemon of a protected installation, run by its keeper; it ends with the test.
final class KeptDaemon {
    let process = Process()
    private let errors = Pipe()

    init(_ custody: CustodyShell) throws {
        let words = CustodyShell.user(
            CustodyShell.keeper, [try Shell.program(), "daemon", "--home", custody.shell.home])
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["-i", "PATH=/usr/bin:/bin"] + words
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        // It says so when it listens at both.
        var said = ""
        var byte: UInt8 = 0
        while !said.contains("and on "), read(errors.fileHandleForReading.fileDescriptor, &byte, 1) == 1 {
            said.unicodeScalars.append(Unicode.Scalar(byte))
        }
        try #require(said.contains("and on "), "\(said)")
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }
}
