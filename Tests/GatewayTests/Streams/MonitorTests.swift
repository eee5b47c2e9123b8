// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Gateway

@Suite struct MonitorTests {
    private final class Counter: @unchecked Sendable {
        // INVARIANT: only touched inside `monitor.withLock`.
        var value = 0
        let monitor = Monitor()
    }

    @Test func `no update is lost between many threads`() async throws {
        let counter = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await onThread {
                        for _ in 0..<2000 {
                            counter.monitor.withLock {
                                counter.value += 1
                                counter.monitor.signal()
                            }
                        }
                    }
                }
            }
            group.addTask {
                try await onThread {
                    counter.monitor.withLock { _ = counter.monitor.wait(until: nil) { counter.value == 16_000 } }
                }
            }
            try await within("all") { try await onThread {} }
            try await group.waitForAll()
        }
        #expect(counter.monitor.withLock { counter.value } == 16_000)
    }

    @Test func `a wait ends at its deadline and says that it was in vain`() async throws {
        let counter = Counter()
        let start = MonotonicTime.now()
        let isDone = try await onThread {
            counter.monitor.withLock { counter.monitor.wait(until: .after(milliseconds: 50)) { counter.value > 0 } }
        }
        #expect(!isDone)
        #expect(MonotonicTime.now().nanoseconds - start.nanoseconds >= 50_000_000)
    }

    @Test func `what holds already needs no wait, even after the deadline`() {
        let monitor = Monitor()
        #expect(monitor.withLock { monitor.wait(until: MonotonicTime(nanoseconds: 0)) { true } })
    }

    @Test func `who waits is woken by the one who makes it true`() async throws {
        let counter = Counter()
        let waiting = Task {
            try await onThread {
                counter.monitor.withLock {
                    counter.monitor.wait(until: .after(milliseconds: 30_000)) { counter.value == 1 }
                }
            }
        }
        counter.monitor.withLock {
            counter.value = 1
            counter.monitor.signal()
        }
        #expect(try await waiting.value)
    }

    @Test(arguments: [(0, 0), (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2)])
    func `time that is left is rounded up for poll`(nanoseconds: Int64, atMost milliseconds: Int32) {
        let deadline = MonotonicTime(nanoseconds: MonotonicTime.now().nanoseconds + nanoseconds)
        #expect(deadline.millisecondsLeft <= milliseconds)
        #expect(deadline.millisecondsLeft >= 0)
    }

    @Test func `a deadline in the past leaves nothing, one beyond poll's reach as much as it takes`() {
        #expect(MonotonicTime(nanoseconds: 0).millisecondsLeft == 0)
        #expect(MonotonicTime(nanoseconds: .max / 2).millisecondsLeft == .max)
    }
}
