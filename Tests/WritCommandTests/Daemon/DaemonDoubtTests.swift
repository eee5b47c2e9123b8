// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// Whatever is wrong with the daemon, a hook decides by itself, and never takes an allow from it.
struct DaemonDoubtTests {
    /// A program beside the socket that listens and does what its second argument says with each client.
    private static let fake = """
        import json, os, socket, struct, sys
        path, how = sys.argv[1:3]
        listener = socket.socket(socket.AF_UNIX)
        os.umask(0o177)
        listener.bind(path)
        listener.listen(50)
        print("ready", flush=True)
        held = []
        while True:
            client, _ = listener.accept()
            if how == "hangs":
                held.append(client)
                continue
            try:
                while len(data := client.recv(16, socket.MSG_PEEK)) < 16 and data: pass
            except OSError: pass
            header = json.dumps({"id": "0", "status": 0, "output": 3}).encode()
            whole = b"writ" + struct.pack(">III", 1, len(header), 3) + header + b"{}\\n"
            try: client.sendall({"garbage": os.urandom(4096), "half": whole[:-2], "allows": whole, "closes": b""}[how])
            except OSError: pass
            client.close()
        """

    /// The same, listening as another user behind a socket that is made to look like ours.
    private static let fakeOfNobody = fake.replacing(
        "listener.listen(50)", with: "os.setuid(65534)\n        listener.listen(50)".replacing("        ", with: ""))

    /// A refusal and nothing else, and the hook has decided it by itself.
    private func expectOwnDecision(_ hooks: HookShell, _ comment: String) throws {
        let before = try hooks.receipts().count
        let run = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "rm x"], id: "toolu_\(before)"))
        #expect(try hooks.decision(run) == "deny", "\(comment): \(run)")
        #expect(try hooks.receipts().count == before + 1, "\(comment)")
    }

    @Test(arguments: ["allows", "garbage", "half", "closes", "hangs"])
    func `another program that listens is not believed`(_ how: String) throws {
        let hooks = try HookShell()
        let helper = try hooks.beside(Self.fake, [how])
        try expectOwnDecision(hooks, how)
        let check = try hooks.shell.writ("check", "file.read", #"{"path":"/etc/shadow"}"#)
        #expect(check.status == 1, "\(check)")
        #expect(try hooks.shell.writ("daemon", "--status").output.contains("another program"))
        #expect(helper.process.isRunning)
    }

    @Test func `a daemon that hangs is not waited for beyond the hook's own time`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        kill(daemon.process.processIdentifier, SIGSTOP)
        try expectOwnDecision(hooks, "stopped")
        let check = try hooks.shell.writ("check", "file.read", #"{"path":"/etc/shadow"}"#)
        #expect(check.status == 1, "\(check)")
        kill(daemon.process.processIdentifier, SIGCONT)
        let stop = try hooks.shell.writ("daemon", "--stop")
        #expect(stop.status == 0, "\(stop)")
        // What it found in its queue had no time left, or was told twice.
        #expect(try hooks.shell.writ("fsck").status == 0)
    }

    @Test func `a daemon that is killed while it decides leaves the decision to the hook`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        // Holds the lock that a decision waits for, so that the request is in the daemon when it is killed.
        let holder = try HookShell.Helper(
            """
            import fcntl, os, signal, socket, sys, time
            lock = open(sys.argv[1], "a")
            fcntl.flock(lock, fcntl.LOCK_EX)
            print("ready", flush=True)
            daemon = int(sys.argv[2])
            # A thread of the daemon's that is more than it had: a connection.
            idle = len(os.listdir(f"/proc/{daemon}/task"))
            while len(os.listdir(f"/proc/{daemon}/task")) <= idle: pass
            os.kill(daemon, signal.SIGKILL)
            """, [hooks.shell.home + "/hooks.lock", "\(daemon.process.processIdentifier)"])
        try expectOwnDecision(hooks, "killed")
        holder.process.waitUntilExit()
        #expect(daemon.ended() == -SIGKILL)
        #expect(try hooks.shell.writ("fsck").status == 0)
    }

    @Test func `what is no socket, or is a link to one, is neither asked nor replaced`() throws {
        let hooks = try HookShell()
        let elsewhere = hooks.shell.folder + "/elsewhere.sock"
        let helper = try HookShell.Helper(Self.fake, [elsewhere, "allows"])
        symlink(elsewhere, hooks.socket)
        try expectOwnDecision(hooks, "link")
        #expect(try hooks.shell.writ("daemon").status == 78)
        unlink(hooks.socket)
        try hooks.shell.write(hooks.socket, "")
        try expectOwnDecision(hooks, "file")
        #expect(try hooks.shell.writ("daemon").status == 78)
        #expect(try hooks.shell.text(hooks.socket).isEmpty && helper.process.isRunning)
    }

    @Test func `a socket or a folder that others can enter is not used`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        chmod(hooks.socket, 0o666)
        try expectOwnDecision(hooks, "socket")
        chmod(hooks.socket, 0o600)
        chmod(hooks.shell.home, 0o755)
        try expectOwnDecision(hooks, "folder")
        #expect(try hooks.shell.writ("daemon", "--status").output.contains("chmod 700"))
        chmod(hooks.shell.home, 0o700)
        #expect(try hooks.answered() == 0)
        #expect(daemon.process.isRunning)
    }

    @Test(.enabled(if: Machine.canChangeUser, "needs to be root, in a folder that others can read"))
    func `another user's daemon is not asked, and another user is not answered`() throws {
        let hooks = try HookShell()
        do {
            let daemon = try RunningDaemon(hooks)
            // Even where somebody has opened the way.
            chmod(hooks.shell.folder, 0o755)
            chmod(hooks.shell.home, 0o755)
            chmod(hooks.socket, 0o666)
            let run = try hooks.shell.run([
                "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "/usr/bin/python3", "-c",
                """
                import json, socket, struct, sys
                client = socket.socket(socket.AF_UNIX)
                client.connect(sys.argv[1])
                header = json.dumps({"kind": "stop", "writ": "0.1.0", "id": "1"}).encode()
                try:
                    client.sendall(b"writ" + struct.pack(">III", 1, len(header), 0) + header)
                    print(len(client.recv(100)))
                except OSError:
                    print(0)
                """, hooks.socket,
            ])
            #expect(run.output == "0\n", "\(run)")
            #expect(daemon.process.isRunning)
            chmod(hooks.shell.home, 0o700)
            chmod(hooks.socket, 0o600)
        }
        // The socket of a daemon that is another's: its file says so, and so does the kernel.
        chown(hooks.socket, 65534, 65534)
        try expectOwnDecision(hooks, "owner")
        unlink(hooks.socket)
        let helper = try HookShell.Helper(
            Self.fakeOfNobody, [hooks.socket, "allows"])
        chown(hooks.socket, 0, 0)
        try expectOwnDecision(hooks, "fake")
        #expect(helper.process.isRunning)
    }

    @Test func `an event of 10 MB goes neither through nor past the daemon`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        let large = #"{"cwd":""# + String(repeating: "x", count: 10 << 20) + #""}"#
        let run = try hooks.hook("claude-code", large)
        #expect(run.status == 2 && run.output.isEmpty && run.errors.contains("more than 8 MiB"), "\(run)")
        // As large as it may be, it is a request like any other.
        let whole = hooks.claude(
            "Bash", ["command": "rm x", "description": .text(String(repeating: "x", count: 3 << 20))])
        #expect(try hooks.decision(hooks.hook("claude-code", whole)) == "deny")
        #expect(daemon.process.isRunning)
    }

    @Test func `a client that says nothing, or never ends, holds no other`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        let slow = try hooks.beside(
            """
            import socket, sys, time
            clients = [socket.socket(socket.AF_UNIX) for _ in range(20)]
            for client in clients:
                client.connect(sys.argv[1])
                client.sendall(b"writ\\0\\0\\0")
            print("ready", flush=True)
            time.sleep(600)
            """)
        let run = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"]))
        #expect(run.output == "{}\n")
        #expect(try hooks.answered() == 1)
        #expect(slow.process.isRunning && daemon.process.isRunning)
    }

    @Test func `garbage does not end the daemon`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        let run = try hooks.shell.run([
            "/usr/bin/python3", "-c",
            """
            import os, random, socket, struct, sys
            random.seed(1)
            header = b'{"kind":"hook","harness":"claude-code","approves":true,"id":"1"}'
            whole = b"writ" + struct.pack(">III", 1, len(header), 2) + header + b"{}"
            for number in range(300):
                client = socket.socket(socket.AF_UNIX)
                client.connect(sys.argv[1])
                data = bytearray(whole)
                for _ in range(random.randrange(1, 6)): data[random.randrange(len(data))] = random.randrange(256)
                try:
                    client.sendall(data[:random.randrange(len(data) + 1)])
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(4096): pass
                except OSError: pass
                client.close()
            """, hooks.socket,
        ])
        #expect(run.status == 0, "\(run)")
        #expect(try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"])).output == "{}\n")
        #expect(try hooks.answered() == 1)
        #expect(daemon.process.isRunning)
        #expect(try hooks.receipts().count == 1)
    }

    @Test(.enabled(if: Machine.canChangeUser, "needs to be root, in a folder that others can read"))
    func `a folder that cannot be written has no daemon, and says so`() throws {
        let hooks = try HookShell()
        let run = try hooks.shell.run([
            "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", try Shell.program(), "daemon",
            "--home",
            hooks.shell.home,
        ])
        #expect(run.status == 78 && run.errors.contains(hooks.shell.home), "\(run)")
    }
}
