// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import MCP
import StrictJSON
import Synchronization

/// What waits to be written to one client as the answer of one request, or on the stream of one session: bounded, taken
/// by one task.
final class OutboundQueue: MessageSink {
    /// What is to be written.
    enum Item: Sendable {
        /// A message, serialized.
        case message([UInt8])
        /// A message whose bytes are asked for when they are written.
        case permit(PermittedFrame, onExpired: @Sendable () -> Void)
        /// A sign of life.
        case comment
        /// The answer, or none, and nothing after it. What is said in its place is asked for when it is written.
        case end(JSON?, unless: Refusal?)

        /// The answer as it is written now.
        static func answer(_ answer: JSON?, unless refusal: Refusal?) -> JSON? {
            answer.map { refusal?() ?? $0 }
        }

        /// How many bytes of the queue it takes, where it takes any.
        var byteCount: Int? {
            switch self {
            case .message(let bytes): bytes.count
            case .permit(let frame, _): frame.byteCount
            case .comment, .end: nil
            }
        }
    }

    /// What is said in the place of an answer that has been stopped; `nil` where it has not.
    typealias Refusal = @Sendable () -> JSON?

    /// How an answer begins.
    enum Opening: Sendable {
        /// The answer itself; nothing comes before it.
        case answer(JSON?)
        /// Something else does.
        case stream
        /// The client is gone.
        case closed
    }

    private struct State {
        var items: [Item] = []
        var count = 0
        var bytes = 0
        var isEnded = false
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
        var ticksInSilence = 0
    }

    private let state = Mutex(State())
    private let countMax: Int
    private let bytesMax: Int
    private let budget: ByteBudget

    init(limits: HTTPDoorLimits, budget: ByteBudget) {
        countMax = limits.queuedMessages
        bytesMax = limits.queuedBytes
        self.budget = budget
    }

    deinit { budget.giveBack(state.withLock { $0.bytes }) }

    @discardableResult func send(_ message: JSON) -> Bool { send(bytes: message.serialized()) }

    func send(bytes: [UInt8]) -> Bool { add(.message(bytes), bytes.count) }

    func send(_ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void) -> Bool {
        let frame = permit.spend()
        return add(.permit(frame, onExpired: onExpired), frame.byteCount)
    }

    /// The answer: the last that is written.
    func finish(_ answer: JSON?, unless refusal: Refusal? = nil) {
        put { state in
            guard !state.isEnded, !state.isClosed else { return }
            state.isEnded = true
            state.items.append(.end(answer, unless: refusal))
        }
    }

    /// Nothing more is for the client: what it was not yet sent is dropped, and the stream ends.
    func cut() {
        let dropped: [Item] = put { state in
            guard !state.isEnded, !state.isClosed else { return [] }
            budget.giveBack(state.bytes)
            let dropped = state.items
            (state.items, state.bytes, state.count) = ([.end(nil, unless: nil)], 0, 0)
            state.isEnded = true
            return dropped
        }
        for case .permit(_, let onExpired) in dropped { onExpired() }
    }

    /// The client is gone. What it was never sent is dropped; permits are told so.
    func close() {
        let (waiter, dropped) = state.withLock { state in
            state.isClosed = true
            budget.giveBack(state.bytes)
            defer { (state.items, state.bytes, state.count, state.waiter) = ([], 0, 0, nil) }
            return (state.waiter, state.items)
        }
        for case .permit(_, let onExpired) in dropped { onExpired() }
        waiter?.resume()
    }

    /// Every few seconds: a stream on which nothing was written for two ticks gets a comment.
    func tick() {
        put { state in
            guard !state.isEnded, !state.isClosed, state.items.isEmpty else { return }
            state.ticksInSilence += 1
            guard state.ticksInSilence >= 2 else { return }
            state.ticksInSilence = 0
            state.items.append(.comment)
        }
    }

    /// Waits until it is known how the answer begins. One that is nothing but the answer is taken by this.
    func opening() async -> Opening {
        while true {
            let found: Item?? = state.withLock { state in
                if state.isClosed { return .some(nil) }
                guard let first = state.items.first else { return nil }
                // It may hold what holds this queue: it must not stay in here.
                if case .end(.some, _) = first { state.items.removeFirst() }
                return .some(first)
            }
            switch found {
            case nil: await somethingNew()
            case .some(nil): return .closed
            // Outside the lock: what has been stopped is looked for in the ledger.
            case .end(let answer, let refusal)??: return .answer(Item.answer(answer, unless: refusal))
            case .message??, .permit??, .comment??: return .stream
            }
        }
    }

    /// Waits for what has to be written next; `nil` where the client is gone.
    func next() async -> Item? {
        while true {
            let next: Item?? = state.withLock { state in
                if state.isClosed { return .some(nil) }
                guard !state.items.isEmpty else { return nil }
                state.ticksInSilence = 0
                let item = state.items.removeFirst()
                if let bytes = item.byteCount {
                    state.count -= 1
                    state.bytes -= bytes
                    budget.giveBack(bytes)
                }
                return .some(item)
            }
            if let next { return next }
            await somethingNew()
        }
    }

    private func add(_ item: Item, _ bytes: Int) -> Bool {
        put { state in
            guard !state.isEnded, !state.isClosed, state.count < countMax, state.bytes + bytes <= bytesMax,
                budget.take(bytes)
            else { return false }
            state.count += 1
            state.bytes += bytes
            state.items.append(item)
            return true
        }
    }

    /// Changes the state, and wakes who waits where there is something for it.
    private func put<Result>(_ change: (inout State) -> Result) -> Result {
        let (result, waiter) = state.withLock { state in
            let result = change(&state)
            guard !state.items.isEmpty else { return (result, nil as CheckedContinuation<Void, Never>?) }
            defer { state.waiter = nil }
            return (result, state.waiter)
        }
        waiter?.resume()
        return result
    }

    private func somethingNew() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                guard state.items.isEmpty, !state.isClosed else { return true }
                state.waiter = continuation
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}
