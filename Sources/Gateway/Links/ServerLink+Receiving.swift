// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Synchronization

/// What a server says, on the transport's threads.
extension ServerLink {
    func received(_ frame: ReadFrame, on stream: Int64?) {
        switch frame {
        case .malformed(let error): malformed(error, on: stream)
        case .message(let envelope):
            switch envelope.kind {
            case .result(let id):
                guard let result = envelope.message["result"]?.object else { return }
                answered(id.int64, .result(result), on: stream)
            case .error(let id):
                guard let error = envelope.message["error"]?.object else { return }
                answered(id.map(\.int64) ?? nameless(on: stream), .error(error), on: stream)
            case .notification(let method): notified(method, envelope.params, on: stream)
            case .request(let id, let method): asked(id, method, envelope.params, on: stream)
            }
        }
    }

    func streamEnded(of request: Int64, _ failure: UpstreamFailure?) {
        settle(
            request,
            .failed(failure ?? UpstreamFailure(.ended, "server \(alias) closed the stream without an answer")))
        if let failure { lost(failure) }
    }

    // MARK: Answers

    private func answered(_ id: Int64?, _ reply: ExchangeReply, on stream: Int64?) {
        let now = surroundings.clock.milliseconds()
        let ending: ExchangeTable.Ending? = state.withLock { state in
            guard let id, state.table.awaits(id, on: stream) else { return nil }
            state.lastUse = now
            return state.table.settle(id, reply)
        }
        guard let ending else { return surroundings.count(.unknownServerID) }
        ending.waiter?.resume(returning: reply)
    }

    /// What cannot be read is dropped. Where it is an answer to something open, waiting on would be for ever.
    private func malformed(_ error: EnvelopeError, on stream: Int64?) {
        surroundings.count(.malformedFromServer)
        guard error.isAnswer, let id = error.id.map(\.int64) ?? (Self.mayBeAnything(error) ? stream : nil) else {
            return
        }
        let isAwaited = state.withLock { $0.table.awaits(id, on: stream) }
        if isAwaited { settle(id, .unreadable(Self.text(error))) }
    }

    /// Whether nobody can say which answer it was to be. One that is readable, under an id that no request has, is none.
    private static func mayBeAnything(_ error: EnvelopeError) -> Bool { error.reason != .id }

    private static func text(_ error: EnvelopeError) -> UTF8String {
        switch error.reason {
        case .tooLong:
            UTF8String("The server's answer has more than \(Limits.lineBytesMax >> 20) MiB and was not passed on")
        case .notJSON: "The server's answer is not strict JSON and was not passed on"
        default: "The server's answer is no JSON-RPC response"
        }
    }

    /// An error without an id says that a request could not be read: the one on whose stream it came. During the
    /// handshake there is only one that it can mean.
    private func nameless(on stream: Int64?) -> Int64? { stream ?? state.withLock { $0.table.onlyHandshake } }

    // MARK: Notifications

    private func notified(_ method: UTF8String, _ params: JSONObject?, on stream: Int64?) {
        switch method {
        case "notifications/progress":
            tell(params?["progressToken"].flatMap(RequestID.init)?.int64, method, params, on: stream)
        case "notifications/cancelled": withdrawn(params)
        default:
            let era = state.withLock { $0.facts?.era }
            guard let era else { return surroundings.count(.droppedServerNotification) }
            // In the handshake revisions a server may tell of a change on any stream that is open: that is for all.
            let exchange = era == .modern ? stream ?? subscription(params) : method == Self.logMessage ? stream : nil
            if let exchange { return tell(exchange, method, params, on: stream) }
            surroundings.observer.notified(self, method, params)
        }
    }

    private static let logMessage: UTF8String = "notifications/message"

    /// On pipes, news that somebody listens for carry the id of the request that asked for them.
    private func subscription(_ params: JSONObject?) -> Int64? {
        params?["_meta"]?[Meta.subscriptionKey].flatMap(RequestID.init)?.int64
    }

    private func tell(_ id: Int64?, _ method: UTF8String, _ params: JSONObject?, on stream: Int64?) {
        let now = surroundings.clock.milliseconds()
        let listener: (any ExchangeListener)? = state.withLock { state in
            guard let id, state.table.awaits(id, on: stream) else { return nil }
            state.table.heard(of: id, now: now)
            return state.table[id]?.listener
        }
        guard let listener else { return surroundings.count(.unknownServerID) }
        listener.notified(method, params ?? JSONObject())
    }

    private func withdrawn(_ params: JSONObject?) {
        let now = surroundings.clock.milliseconds()
        guard let id = params?["requestId"].flatMap(RequestID.init),
            state.withLock({ $0.table.closeAsked(id, now: now) })
        else { return surroundings.count(.droppedServerNotification) }
        surroundings.observer.withdrew(self, id)
    }

    // MARK: Requests

    private func asked(_ id: RequestID, _ method: UTF8String, _ params: JSONObject?, on stream: Int64?) {
        guard method != "ping" else { return sendOwn(Message.result(id, [:]), nil) }
        let now = surroundings.clock.milliseconds()
        let asking: ExchangeTable.Asking? = state.withLock { state in
            // Before the handshake nobody is there to ask, and the stateless revision has no such requests.
            guard let facts = state.facts, facts.era == .legacy else { return nil }
            return state.table.ask(id, on: stream, now: now)
        }
        switch asking {
        case .asked(let exchange): surroundings.observer.asked(self, id, method, params, exchange: exchange)
        case .duplicate: surroundings.count(.refusedServerRequest)
        case .tooMany, nil:
            surroundings.count(.refusedServerRequest)
            sendOwn(Message.error(id, code: ErrorCode.methodNotFound, "Not available through this gateway"), nil)
        }
    }
}
