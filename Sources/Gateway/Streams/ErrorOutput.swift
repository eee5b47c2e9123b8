// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What goes to standard error: the gateway's notes and the server's lines, written by one thread in the order they came.
///
/// Nobody may be reading it. A note never waits; a line waits a little for its reader and is then dropped and counted,
/// so that neither the server nor the end of a run hangs on a pipe that is full.
final class ErrorOutput: @unchecked Sendable {
    private enum Entry {
        case note(String)
        case line([UInt8])
    }

    // INVARIANT: everything below is only touched inside `monitor.withLock`.
    private let monitor = Monitor()
    private var queue: [Entry] = []
    private var dropped = 0
    private var isStuck = false
    private var isFinishing = false
    private var hasEnded = false

    private let limit: Int
    private let patienceMilliseconds: Int64
    private let writeNote: @Sendable (String) -> Void
    private let writeLine: @Sendable ([UInt8]) -> Void

    init(
        limit: Int, patienceMilliseconds: Int64 = 500, note: @escaping @Sendable (String) -> Void,
        line: @escaping @Sendable ([UInt8]) -> Void = ErrorOutput.writeToStandardError
    ) {
        self.limit = max(1, limit)
        self.patienceMilliseconds = patienceMilliseconds
        writeNote = note
        writeLine = line
    }

    func start() {
        PeerThread.start("standard error") { [self] in
            while let entry = next() {
                switch entry {
                case .note(let text): writeNote(text)
                case .line(let bytes): writeLine(bytes)
                }
            }
        }
    }

    /// A line for the operator.
    func note(_ text: String) {
        monitor.withLock {
            // Twice the room: the server's lines must not crowd out what Writ has to say.
            guard queue.count < 2 * limit else {
                dropped += 1
                return
            }
            queue.append(.note(text))
            monitor.signal()
        }
    }

    /// A line of the server's, with its newline.
    func line(_ bytes: [UInt8]) {
        let deadline = MonotonicTime.after(milliseconds: patienceMilliseconds)
        monitor.withLock {
            guard isStuck || monitor.wait(until: deadline, { queue.count < limit || isFinishing }) else {
                isStuck = true
                dropped += 1
                return
            }
            guard queue.count < limit else {
                dropped += 1
                return
            }
            queue.append(.line(bytes))
            monitor.signal()
        }
    }

    /// Writes what is queued, at most until the deadline.
    func finish(within deadline: MonotonicTime) {
        monitor.withLock {
            isFinishing = true
            monitor.signal()
            _ = monitor.wait(until: deadline) { hasEnded }
        }
    }

    private func next() -> Entry? {
        monitor.withLock {
            // Being here means that the last entry was taken: somebody reads.
            isStuck = false
            _ = monitor.wait(until: nil) { !queue.isEmpty || dropped > 0 || isFinishing }
            if !queue.isEmpty {
                defer { monitor.signal() }
                return queue.removeFirst()
            }
            guard dropped > 0 else {
                hasEnded = true
                monitor.signal()
                return nil
            }
            defer { dropped = 0 }
            return .note("writ: \(dropped) lines were not written, nobody was reading them")
        }
    }

    private static let writeToStandardError: @Sendable ([UInt8]) -> Void = { bytes in
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN {
                var poll = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
                _ = Glibc.poll(&poll, 1, -1)
                continue
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
