// SPDX-License-Identifier: Apache-2.0

/// Calls on their way from the client to their permit's queue or their refusal: how many, and how many bytes they came
/// in. The reader of the client's frames waits here, so that a client cannot have more parsed than fits.
final class DecisionLoad: @unchecked Sendable {
    // INVARIANT: only touched inside `monitor.withLock`.
    private var calls = 0
    private var bytes = 0
    private var waiters: [(bytes: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private let monitor = Monitor()
    private let bytesMax: Int

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    /// Waits until a frame of so many bytes fits, or nothing else is on its way. Each of those ends: the ledger has
    /// deadlines, and so have the peers.
    func waitForRoom(_ count: Int) {
        monitor.withLock { _ = monitor.wait(until: nil) { hasRoom(for: count) } }
    }

    /// Waits, without holding a thread, until a frame of so many bytes fits, and counts it.
    func waitForRoom(taking count: Int) async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let fits = monitor.withLock {
                guard waiters.isEmpty, hasRoom(for: count) else {
                    waiters.append((count, continuation))
                    return false
                }
                take(count)
                return true
            }
            if fits { continuation.resume() }
        }
    }

    /// - Returns: whether nothing else is on its way.
    func begin(_ count: Int) -> Bool {
        monitor.withLock {
            take(count)
            return calls == 1
        }
    }

    func end(_ count: Int) {
        let admitted = monitor.withLock {
            calls -= 1
            bytes -= count
            monitor.signal()
            var admitted: [CheckedContinuation<Void, Never>] = []
            while let next = waiters.first, hasRoom(for: next.bytes) {
                take(next.bytes)
                admitted.append(waiters.removeFirst().continuation)
            }
            return admitted
        }
        for continuation in admitted { continuation.resume() }
    }

    /// Waits until nothing is on its way; whether that is so.
    func waitUntilIdle(within deadline: MonotonicTime) -> Bool {
        monitor.withLock { monitor.wait(until: deadline) { calls == 0 } }
    }

    private func hasRoom(for count: Int) -> Bool { calls == 0 || bytes + count <= bytesMax }

    private func take(_ count: Int) {
        calls += 1
        bytes += count
    }
}
