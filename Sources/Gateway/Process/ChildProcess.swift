// SPDX-License-Identifier: Apache-2.0

import CPosixShim
import Glibc
import Synchronization

/// A server's process, with pipes to its three streams and a process group of its own.
final class ChildProcess: Sendable {
    /// Why a program could not be started.
    struct StartFailure: Error, CustomStringConvertible {
        let description: String
    }

    let processID: pid_t
    /// The child's standard input; closing it asks the child to end.
    let input: Int32
    /// The child's standard output.
    let output: Int32
    /// The child's standard error.
    let errors: Int32
    private let isReaped = Mutex(false)

    private init(processID: pid_t, input: Int32, output: Int32, errors: Int32) {
        self.processID = processID
        self.input = input
        self.output = output
        self.errors = errors
    }

    /// Starts a program found on `PATH`.
    ///
    /// - Parameter environment: the whole environment, `NAME=value` each.
    /// - Throws: `StartFailure` in words for people.
    static func start(
        _ command: String, _ arguments: [String], environment: [String], workingDirectory: String?
    ) throws(StartFailure) -> ChildProcess {
        let pipes = try Pipes()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes.input.read, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes.output.write, 1)
        posix_spawn_file_actions_adddup2(&actions, pipes.errors.write, 2)
        // A server gets its three streams: nothing of ours, and nothing that whoever started us left open.
        writ_spawn_file_actions_addclosefrom(&actions, 3)
        if let workingDirectory { writ_spawn_file_actions_addchdir(&actions, workingDirectory) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Its own group, so that ending it ends what it started and never the client's shell; default signals, since
        // this process ignores SIGPIPE.
        posix_spawnattr_setpgroup(&attributes, 0)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        var process = pid_t()
        let status = withCStrings([command] + arguments) { argv in
            withCStrings(environment) { envp in
                posix_spawnp(&process, command, &actions, &attributes, argv, envp)
            }
        }
        pipes.closeChildEnds()
        guard status == 0 else {
            pipes.closeOwnEnds()
            throw StartFailure(description: "cannot start \(command): \(String(cString: strerror(status)))")
        }
        return ChildProcess(
            processID: process, input: pipes.input.write, output: pipes.output.read, errors: pipes.errors.read)
    }

    /// Waits for the end. Until `reap`, the process keeps its id, so that `signal` reaches what it has left behind and
    /// nothing that got the id after it.
    func waitForEnd() {
        var info = siginfo_t()
        while waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
    }

    /// The exit status as a shell gives it (128 and the signal where one ended it), once the child has ended. To be
    /// called once; afterwards no signal is sent any more.
    func reap() -> Int32 {
        isReaped.withLock { isReaped in
            isReaped = true
            var status: Int32 = 0
            while waitpid(processID, &status, 0) < 0 {
                guard errno == EINTR else { return 1 }
            }
            let signal = status & 0x7f
            return signal == 0 ? (status >> 8) & 0xff : 128 + signal
        }
    }

    /// Sends a signal to the child and all it started.
    func signal(_ number: Int32) { isReaped.withLock { isReaped in if !isReaped { kill(-processID, number) } } }
}

/// The six ends of a child's three pipes, none of which another child inherits.
private struct Pipes {
    struct Pair {
        let read: Int32
        let write: Int32
    }
    let input: Pair
    let output: Pair
    let errors: Pair

    init() throws(ChildProcess.StartFailure) {
        var pairs: [Pair] = []
        while pairs.count < 3 {
            var ends: [Int32] = [-1, -1]
            guard writ_pipe_cloexec(&ends) == 0 else {
                let why = String(cString: strerror(errno))
                for pair in pairs {
                    close(pair.read)
                    close(pair.write)
                }
                throw ChildProcess.StartFailure(description: "cannot make a pipe: \(why)")
            }
            pairs.append(Pair(read: ends[0], write: ends[1]))
        }
        (input, output, errors) = (pairs[0], pairs[1], pairs[2])
    }

    func closeChildEnds() {
        close(input.read)
        close(output.write)
        close(errors.write)
    }

    func closeOwnEnds() {
        close(input.write)
        close(output.read)
        close(errors.read)
    }
}

/// A null-terminated array of C strings for the duration of a call.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
    var pointers = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
}
