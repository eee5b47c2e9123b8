// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON
import Synchronization

/// What came of every allowed request, as facts in the log: one each.
final class OutcomeRecorder: @unchecked Sendable {
    // INVARIANT: only touched inside `monitor.withLock`.
    private var unsettled = 0
    private var isBroken = false
    private let monitor = Monitor()

    private let pipeline: DecisionPipeline
    private let note: @Sendable (String) -> Void

    init(_ pipeline: DecisionPipeline, note: @escaping @Sendable (String) -> Void) {
        self.pipeline = pipeline
        self.note = note
    }

    /// Whether something could not be logged.
    var hasFailed: Bool { monitor.withLock { isBroken } }

    /// To be told of a decision that has no receipt.
    func ledgerFailed() { monitor.withLock { isBroken = true } }

    /// A request was allowed: from now on an outcome is owed.
    func allowed(_ ticket: OutcomeTicket) -> AllowedCall {
        monitor.withLock { unsettled += 1 }
        return AllowedCall(ticket, self)
    }

    /// Waits until no outcome is owed; whether that is so.
    func waitUntilSettled(within deadline: MonotonicTime) -> Bool {
        monitor.withLock { monitor.wait(until: deadline) { unsettled == 0 } }
    }

    fileprivate func record(_ report: OutcomeReport, of ticket: OutcomeTicket, milliseconds: Int64) {
        do throws(LedgerError) {
            try pipeline.record(report, of: ticket, milliseconds: milliseconds)
        } catch {
            ledgerFailed()
            note("writ: an outcome could not be logged: \(error)")
        }
        monitor.withLock {
            unsettled -= 1
            monitor.signal()
        }
    }
}

/// A request that was allowed. It gets one outcome: the first that is said, or `noAnswer` where nobody says one.
final class AllowedCall: Sendable {
    private struct State {
        var forwarded: MonotonicTime?
        var isSettled = false
    }

    private let ticket: OutcomeTicket
    private let recorder: OutcomeRecorder
    private let state = Mutex(State())

    fileprivate init(_ ticket: OutcomeTicket, _ recorder: OutcomeRecorder) {
        self.ticket = ticket
        self.recorder = recorder
    }

    deinit { settle(.noAnswer) }

    /// It is about to be forwarded: from here its time counts.
    func isForwarded() { state.withLock { $0.forwarded = .now() } }

    func settle(_ report: OutcomeReport) {
        let since: MonotonicTime?? = state.withLock { state in
            guard !state.isSettled else { return nil }
            state.isSettled = true
            return .some(state.forwarded)
        }
        guard let since else { return }
        let nanoseconds = since.map { MonotonicTime.now().nanoseconds - $0.nanoseconds } ?? 0
        recorder.record(report, of: ticket, milliseconds: nanoseconds / 1_000_000)
    }
}

/// Looks at what a server says before the client gets it. None is installed yet; what it finds will stand beside the
/// outcome.
protocol ResultInspector: Sendable {
    /// What is in a result that somebody should know of.
    func findings(in result: JSONObject, of operation: Operation, server: UTF8String) -> [OutcomeReport.Finding]
}
