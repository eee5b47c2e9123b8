// SPDX-License-Identifier: Apache-2.0

import Decisions
import Dispatch
import Foundation
import Synchronization

/// The one thread of a process that appends: it drains what has come in meanwhile into one transaction, and goes on as
/// soon as that is durable.
///
/// A transaction costs much more than an entry in it. So where several callers came with the last one, their next
/// entries are waited for, a moment each; who is alone never waits.
final class Writer: Sendable {
    private struct Later {
        let work: Work
        let due: Int64
    }

    private struct Queue {
        var waiting: [Waiter] = []
        var inFlight: [Waiter] = []
        var later: [Later] = []
        /// Entries nobody waits for are not tried again before this, after a failure.
        var laterNotBefore: Int64 = 0
        /// Callers that the last transaction has shown to be there.
        var expected = 0
        /// How many must be waiting for the gathering writer to be woken before its time.
        var gathering: Int?
        var isIdle = false
        var isClosing = false
        var isWatching = false
        var lost = 0
    }

    private enum Step {
        case write([Waiter], [Later])
        case gather(microseconds: Int)
        case wait(milliseconds: Int64?)
        case finish
    }

    private let queue = Mutex(Queue())
    private let wake = DispatchSemaphore(value: 0)
    private let watch = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)
    private let transactionCount = Atomic<Int>(0)
    private let appender: Appender
    private let checkpointer: Checkpointer
    private let health: Health

    /// Transactions that appended something, for tests and metrics.
    var transactions: Int { transactionCount.load(ordering: .relaxed) }

    /// Callers that wait for an answer.
    var pending: Int { queue.withLock { $0.waiting.count + $0.inFlight.count } }

    /// Starts the threads.
    init(appender: Appender, checkpointer: Checkpointer, health: Health) {
        self.appender = appender
        self.checkpointer = checkpointer
        self.health = health
        let writing = Thread { self.writeUntilClosed() }
        writing.name = "ledger.writer"
        writing.qualityOfService = .userInitiated
        writing.start()
        let watching = Thread { self.watchUntilClosed() }
        watching.name = "ledger.watch"
        watching.start()
    }

    /// Appends, and returns when it is durable.
    func commit(_ work: Work) async -> Answer {
        await withCheckedContinuation { continuation in
            let deadline = Monotonic.milliseconds() + Limits.deadlineMilliseconds
            let waiter = Waiter(work, deadline: deadline, continuation)
            // Who is woken wants the lock: it is signalled when that is free.
            var (wakes, watches) = (false, false)
            let refusal = queue.withLock { queue -> LedgerError? in
                if queue.isClosing { return Self.closed }
                guard queue.waiting.count < Limits.waiting else {
                    return LedgerError(.overloaded, "\(Limits.waiting) calls are waiting for the ledger already")
                }
                queue.waiting.append(waiter)
                if let wanted = queue.gathering, queue.waiting.count >= wanted {
                    queue.gathering = nil
                    wakes = true
                }
                if queue.isIdle {
                    queue.isIdle = false
                    wakes = true
                }
                watches = !queue.isWatching
                queue.isWatching = true
                return nil
            }
            if wakes { wake.signal() }
            if watches { watch.signal() }
            if let refusal { waiter.answer(.failure(refusal)) }
        }
    }

    /// Takes an entry that nobody waits for; makes its caller wait only where the queue is full.
    func append(later work: Work) throws(LedgerError) {
        try health.check()
        let now = Monotonic.milliseconds()
        while true {
            var wakes = false
            let taken = queue.withLock { queue -> Bool? in
                if queue.isClosing { return nil }
                guard queue.later.count < Limits.laterRequests else { return false }
                queue.later.append(Later(work: work, due: now + Limits.laterMilliseconds))
                // Only the first sets the writer's alarm; the others ride with it.
                if queue.later.count == 1, queue.isIdle {
                    queue.isIdle = false
                    wakes = true
                }
                return true
            }
            if wakes { wake.signal() }
            switch taken {
            case true?: return
            case nil: throw Self.closed
            case false?:
                guard Monotonic.milliseconds() < now + Limits.deadlineMilliseconds else {
                    throw LedgerError(.overloaded, "\(Limits.laterRequests) entries are waiting for the ledger already")
                }
                usleep(1_000)
            }
        }
    }

    /// Writes everything queued, and stops. Returns how many entries that nobody waited for could not be written.
    ///
    /// - Throws: `LedgerError.overloaded` where the writer is stalled beyond the deadline.
    func close() throws(LedgerError) -> Int {
        queue.withLock { queue in
            queue.isClosing = true
            wake.signal()
            watch.signal()
        }
        guard finished.wait(timeout: .now() + .milliseconds(Int(2 * Limits.deadlineMilliseconds))) == .success else {
            throw LedgerError(.overloaded, "the ledger's writer is stalled; what was queued may not be written")
        }
        finished.signal()
        return queue.withLock { $0.lost }
    }

    private static let closed = LedgerError(.closed, "the ledger is closed")

    private func writeUntilClosed() {
        var hasGathered = false
        while true {
            let step = queue.withLock { queue in Self.nextStep(&queue, hasGathered: hasGathered) }
            hasGathered = false
            switch step {
            case .write(let waiters, let later): write(waiters, later)
            case .gather(let microseconds):
                _ = wake.wait(timeout: .now() + .microseconds(microseconds))
                hasGathered = true
            case .wait(let milliseconds?): _ = wake.wait(timeout: .now() + .milliseconds(Int(milliseconds)))
            case .wait(nil): wake.wait()
            case .finish:
                finished.signal()
                return
            }
        }
    }

    private static func nextStep(_ queue: inout Queue, hasGathered: Bool) -> Step {
        queue.isIdle = false
        queue.gathering = nil
        let now = Monotonic.milliseconds()
        let due = queue.later.first.map { max($0.due, queue.laterNotBefore) }
        let overdue = queue.isClosing ? !queue.later.isEmpty : due.map { $0 <= now } ?? false
        guard overdue || !queue.waiting.isEmpty else {
            if queue.isClosing { return .finish }
            queue.isIdle = true
            return .wait(milliseconds: due.map { $0 - now })
        }
        let expected = min(queue.expected, Limits.batchRequests)
        if !hasGathered, !queue.isClosing, !queue.waiting.isEmpty, queue.waiting.count < expected {
            queue.gathering = expected
            return .gather(microseconds: min(expected * Limits.gatherMicroseconds, Limits.gatherMicrosecondsMax))
        }
        // Entries that nobody waits for take a quarter of a batch at most while others wait, but never none.
        let room = queue.waiting.isEmpty ? Limits.batchRequests : Limits.batchRequests / 4
        var bytes = 0
        let later = queue.laterNotBefore > now && !queue.isClosing ? 0 : fitting(queue.later, room, &bytes, \.work)
        let waiting = fitting(queue.waiting, Limits.batchRequests - later, &bytes, \.work)
        queue.inFlight = Array(queue.waiting.prefix(waiting))
        let taken = Array(queue.later.prefix(later))
        queue.waiting.removeFirst(waiting)
        queue.later.removeFirst(later)
        return .write(queue.inFlight, taken)
    }

    /// How many of the first items fit a transaction; one always does.
    private static func fitting<Item>(
        _ items: [Item], _ limit: Int, _ bytes: inout Int, _ work: (Item) -> Work
    ) -> Int {
        var count = 0
        for item in items.prefix(limit) {
            bytes += work(item).byteCount
            if bytes > Limits.batchBytes, count > 0 { break }
            count += 1
        }
        return count
    }

    private func write(_ waiters: [Waiter], _ later: [Later]) {
        let deadline = waiters.map(\.deadline).min() ?? Monotonic.milliseconds() + Limits.deadlineMilliseconds
        switch appender.commit(waiters.map(\.work) + later.map(\.work), until: deadline) {
        case .answered(let answers):
            queue.withLock { queue in
                queue.inFlight = []
                queue.expected = waiters.count + queue.waiting.count
            }
            transactionCount.add(1, ordering: .relaxed)
            for (waiter, answer) in zip(waiters, answers) { waiter.answer(answer) }
            checkpointer.committed(frames: appender.frames)
        case .failed(let error):
            fail(waiters, later, with: error)
        }
    }

    /// A lock is waited for again by those who still have time. Entries that nobody waits for are kept, unless there
    /// will be no further attempt.
    private func fail(_ waiters: [Waiter], _ later: [Later], with error: LedgerError) {
        let now = Monotonic.milliseconds()
        let patient = error.code == .busy ? waiters.filter { $0.deadline > now } : []
        queue.withLock { queue in
            queue.inFlight = []
            queue.waiting.insert(contentsOf: patient, at: 0)
            if queue.isClosing || (error.code != .busy && error.code != .full) {
                queue.lost += later.count
            } else {
                queue.later.insert(contentsOf: later, at: 0)
                queue.laterNotBefore = now + Limits.laterMilliseconds
            }
        }
        for waiter in waiters where error.code != .busy || waiter.deadline <= now { waiter.answer(.failure(error)) }
        // SQLite may refuse a lock at once, where waiting would deadlock.
        if !patient.isEmpty { usleep(1_000) }
    }

    /// Answers callers whose deadline has passed while the writer is stalled: a disk may take any time to sync.
    private func watchUntilClosed() {
        while true {
            let (expired, goesOn, isClosing) = queue.withLock { queue in
                let limit = Monotonic.milliseconds() - Limits.watchMilliseconds * 2
                let expired = (queue.waiting + queue.inFlight).filter { $0.deadline < limit }
                if !expired.isEmpty {
                    queue.waiting.removeAll { $0.deadline < limit }
                    queue.inFlight.removeAll { $0.deadline < limit }
                }
                queue.isWatching = !(queue.waiting.isEmpty && queue.inFlight.isEmpty)
                return (expired, queue.isWatching, queue.isClosing)
            }
            for waiter in expired {
                waiter.answer(
                    .failure(LedgerError(.overloaded, "the ledger's writer is stalled; the entry counts as not logged"))
                )
            }
            if goesOn {
                usleep(UInt32(Limits.watchMilliseconds * 1_000))
            } else if isClosing {
                return
            } else {
                watch.wait()
            }
        }
    }
}
