// SPDX-License-Identifier: Apache-2.0

import Decisions
import Synchronization

/// What an operator can stop of something that was permitted and goes on, and what is said then.
final class Brake: Sendable {
    private struct State {
        var watch: Int64?
        var hasEnded = false
        var refusal: Answer?
        /// Whether it was stopped before anything of it was written.
        var isUnwritten = false
    }

    let subject: Stoppable?
    private let use: PermitUse
    private let answer: Answer
    private let hub: Hub
    private let state = Mutex(State())

    /// - Parameter answer: the one that permitted it.
    init(_ subject: Stoppable?, _ use: PermitUse, _ answer: Answer, _ hub: Hub) {
        self.subject = subject
        self.use = use
        self.answer = answer
        self.hub = hub
    }

    private var board: SwitchBoard { hub.pipeline.switches }

    /// From here on until `release` it may be stopped.
    ///
    /// - Parameter onStop: called at most once, from any thread, once nothing more of it will be written. Must not block.
    func watch(_ onStop: @escaping @Sendable () -> Void) {
        guard let subject else { return }
        let id = board.add(subject) { [weak self] reason in
            guard let self else { return }
            stop(reason)
            onStop()
        }
        let isLate = state.withLock { state in
            state.watch = id
            return state.hasEnded
        }
        if isLate { board.remove(id) }
    }

    /// It has ended: nothing is left to be stopped.
    func release() {
        let watch = state.withLock { state in
            state.hasEnded = true
            return state.watch
        }
        if let watch { board.remove(watch) }
    }

    /// Its permit was not good any more: a brake may be why.
    func look() {
        if let subject, let reason = board.reason(for: subject) { stop(reason) }
    }

    private func stop(_ reason: Reason) {
        let isUnwritten = use.stop()
        let refusal = answer.stopped(by: reason, at: hub.clock.now())
        state.withLock { state in
            guard state.refusal == nil else { return }
            state.isUnwritten = isUnwritten
            state.refusal = refusal
        }
    }

    /// What whoever waits hears, where it was stopped.
    var refusal: Answer? { state.withLock { $0.refusal } }

    /// Whether it was stopped, and nothing of it had been written.
    var isUnwritten: Bool { state.withLock { $0.isUnwritten } }

    /// What is said in the place of an answer that is about to be written, where it has become stopped by now.
    var lateRefusal: Answer? {
        if let refusal { return refusal }
        // Where nobody can tell, what was called has been called, and its answer is its caller's.
        guard let subject, let reason = hub.pipeline.stop(of: subject), reason.code != .logUnavailable else {
            return nil
        }
        return answer.stopped(by: reason, at: hub.clock.now())
    }
}
