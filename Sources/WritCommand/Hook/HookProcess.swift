// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HomeFolder
import Hooks
import StrictJSON
import Synchronization

/// What the harness has written to standard input.
enum HookInput {
    /// All of it; of what is longer than an event may be, one byte more than that. The rest is read and thrown away: a
    /// harness whose write fails may take that for a hook that has failed, and go on with the call.
    static func read() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return bytes }
            let room = HookLimits.eventBytes + 1 - bytes.count
            bytes += buffer[..<min(count, max(0, room))]
        }
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
        let isWritten = Self.write(STDOUT_FILENO, answer.output)
        _exit(isWritten ? answer.status : 2)
    }

    private static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
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
