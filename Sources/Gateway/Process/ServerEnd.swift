// SPDX-License-Identifier: Apache-2.0

/// How far a server has come to its end: its output, its standard error, its process.
final class ServerEnd: @unchecked Sendable {
    enum Part { case output, errors, process }

    // INVARIANT: only touched inside `monitor.withLock`.
    private var ended: Set<Part> = []
    private let monitor = Monitor()

    func mark(_ part: Part) {
        monitor.withLock {
            ended.insert(part)
            monitor.signal()
        }
    }

    /// Waits until all these have ended, at most until the deadline; whether they have.
    func wait(for parts: Set<Part>, until deadline: MonotonicTime) -> Bool {
        monitor.withLock { monitor.wait(until: deadline) { parts.isSubset(of: ended) } }
    }
}
