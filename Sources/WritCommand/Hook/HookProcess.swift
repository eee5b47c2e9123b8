// SPDX-License-Identifier: Apache-2.0

import CPosixShim
import Foundation
import Glibc
import HomeFolder
import Hooks
import StrictJSON
import Synchronization

/// What the harness has written to standard input.
enum HookInput {
    /// All of it; of what is longer than anything that could become an event, its beginning. The rest is read and thrown
    /// away: a harness whose write fails may take that for a hook that has failed, and go on with the call.
    static func read() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            // Whoever started this may have left it a pipe that does not wait: nothing yet is no end.
            if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) {
                StreamWait.wait(for: STDIN_FILENO, POLLIN)
                continue
            }
            guard count > 0 else { return bytes }
            let room = HookLimits.inputBytes - bytes.count
            bytes += buffer[..<min(count, max(0, room))]
        }
    }
}

/// Waits until a stream has something, or takes something. How long is the deadline's business.
enum StreamWait {
    static func wait(for descriptor: Int32, _ event: Int32) {
        var wanted = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: event), revents: 0)
        _ = poll(&wanted, 1, 1_000)
    }
}

/// A hook's one answer: who comes first gives it, the decision or the deadline.
final class HookOutput: Sendable {
    private let isTaken = Mutex(false)

    /// Refuses after a time, from a thread that waits for nothing else, however busy or stuck the others are.
    func startDeadline(milliseconds: Int64) {
        Thread.detachNewThread {
            var rest = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
            var left = timespec()
            while nanosleep(&rest, &left) != 0 && errno == EINTR { rest = left }
            self.finish(
                HookAnswer(
                    output: [],
                    errors: Array(
                        "Writ refuses this call, because it could not decide it within \(milliseconds) ms; try again\n"
                            .utf8), status: 2))
        }
    }

    /// Writes the answer and ends the process. An answer that cannot be written is a refusal.
    func finish(_ answer: HookAnswer) {
        let isFirst = isTaken.withLock { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
        // The other one is ending the process.
        guard isFirst else { while true { sleep(1) } }
        _ = Self.write(STDERR_FILENO, answer.errors)
        guard Self.write(STDOUT_FILENO, answer.output) else {
            // Without a sentence some harnesses take status 2 for a hook that has failed, and go on.
            _ = Self.write(
                STDERR_FILENO, Array("Writ refuses this call, because its answer could not be written\n".utf8))
            _exit(2)
        }
        _exit(answer.status)
    }

    private static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) {
                StreamWait.wait(for: descriptor, POLLOUT)
                continue
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

/// What ends a process before it has answered. Most harnesses take a status other than 2 for a hook that has failed, and
/// go on with the call.
enum HookEnding {
    /// Signals that end a process, by a fault of its own or by somebody's will.
    private static let signals = [
        SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGSEGV, SIGUSR2, SIGALRM, SIGTERM,
        SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF, SIGPOLL, SIGPWR, SIGSYS,
    ]

    /// How long after the deadline the kernel ends the process, in milliseconds, where no thread has: one may not have
    /// been made for want of memory, or stand still.
    private static let graceMilliseconds: Int64 = 500

    /// From here on the process ends in an answer or in a refusal, however it ends: only SIGKILL is stronger.
    static func refuse(unlessWithin milliseconds: Int64) {
        refuseWithoutStreams()
        makeRoom()
        refuseOnSignals()
        alarm(milliseconds: milliseconds + graceMilliseconds)
    }

    /// The deadline of a command line that nobody has read yet: what it says, where that is one, else the usual.
    static func deadline(_ arguments: [String]) -> Int64 {
        let option = "--deadline"
        for (place, word) in arguments.enumerated() {
            let text =
                word.hasPrefix(option + "=")
                ? String(word.dropFirst(option.utf8.count + 1))
                : word == option && place + 1 < arguments.count ? arguments[place + 1] : ""
            if let number = Int64(text), DeadlineRange.milliseconds.contains(number) { return number }
        }
        return HookLimits.deadlineMilliseconds
    }

    /// Sends SIGALRM to this process after a time.
    private static func alarm(milliseconds: Int64) {
        var timer = itimerval()
        timer.it_value = timeval(tv_sec: Int(milliseconds / 1000), tv_usec: Int(milliseconds % 1000) * 1000)
        setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
    }

    /// Gives every thread the stack that what is nested as deep as may be needs, however little the harness was left
    /// (`ulimit -s`), and a signal one of its own, because a thread that is out of stack cannot answer it.
    private static func makeRoom() {
        var room = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &room) == 0, room.rlim_cur < rlim_t(stackBytes) {
            // What a hard limit forbids the main thread is left as it is: the signal's stack then has the last word.
            room.rlim_cur = min(rlim_t(stackBytes), room.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &room)
        }
        _ = writ_set_thread_stacks(UInt(stackBytes))
        let place = mmap(nil, signalStackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let place, place != MAP_FAILED else { return }
        var stack = stack_t(ss_sp: place, ss_flags: 0, ss_size: signalStackBytes)
        sigaltstack(&stack, nil)
    }

    private static let stackBytes = 8 << 20
    private static let signalStackBytes = 64 << 10

    /// Makes all of them refusals. A file that may not grow is an error of write(2), which the log then tells of.
    private static func refuseOnSignals() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        // Whoever started this may have blocked them.
        var all = sigset_t()
        sigfillset(&all)
        sigprocmask(SIG_UNBLOCK, &all, nil)
        for number in signals {
            var action = sigaction()
            action.sa_flags = SA_ONSTACK
            action.__sigaction_handler.sa_handler = { _ in
                let sentence: StaticString =
                    "Writ refuses this call, because it was ended, or out of time, before it had decided\n"
                _ = Glibc.write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
                _exit(2)
            }
            sigaction(number, &action, nil)
        }
    }

    /// Refuses where nobody could read an answer; makes sure that no file of the installation takes a stream's number.
    private static func refuseWithoutStreams() {
        let isAnswerable = fcntl(STDOUT_FILENO, F_GETFD) >= 0
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDWR)
        }
        guard !isAnswerable else { return }
        let sentence: StaticString = "Writ refuses this call, because its standard output is closed\n"
        _ = Glibc.write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
        _exit(2)
    }
}

/// What `--deadline` may be.
enum DeadlineRange {
    static let milliseconds: ClosedRange<Int64> = 100...60_000
}

/// One hook of an installation at a time, so that two that tell of one call at once make one decision of it. Waits as
/// long as the hook's own deadline lets it.
struct HookLock {
    private let descriptor: Int32

    init(_ home: Home) throws {
        descriptor = try Self.open(home)
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Self.failed(home, descriptor) }
        }
    }

    /// The same, but waiting until a deadline and no longer.
    ///
    /// - Throws: `DaemonTrouble` where somebody holds it all the time.
    init(_ home: Home, until deadline: Deadline) throws {
        descriptor = try Self.open(home)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EINTR || errno == EWOULDBLOCK else { throw Self.failed(home, descriptor) }
            guard !deadline.isPast else {
                close(descriptor)
                throw DaemonTrouble("other hooks are being decided")
            }
            usleep(DaemonLimits.lockTryMicroseconds)
        }
    }

    private static func open(_ home: Home) throws -> Int32 {
        let path = home.path + "/hooks.lock"
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure(.configuration, "\(path) cannot be opened: \(String(cString: strerror(errno)))")
        }
        return descriptor
    }

    private static func failed(_ home: Home, _ descriptor: Int32) -> CommandFailure {
        let why = String(cString: strerror(errno))
        close(descriptor)
        return CommandFailure(.configuration, "\(home.path)/hooks.lock cannot be locked: \(why)")
    }

    func release() { close(descriptor) }
}
