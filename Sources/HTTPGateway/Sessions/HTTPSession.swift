// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import StrictJSON
import Synchronization

/// A session of a handshake revision: one principal's conversation at one endpoint.
final class HTTPSession: Sendable {
    let id: UTF8String
    let principal: Principal
    let scope: Scope
    /// The stream for what belongs to no request.
    let general: GeneralStream
    private let state: Mutex<State>

    private struct State {
        var conversation: (any Conversation)?
        var lastUse: ContinuousClock.Instant
        var open = 0
        var hasEnded = false
    }

    init(id: UTF8String, principal: Principal, scope: Scope, now: ContinuousClock.Instant, limits: HTTPDoorLimits) {
        self.id = id
        self.principal = principal
        self.scope = scope
        general = GeneralStream(limits: limits)
        state = Mutex(State(lastUse: now))
    }

    var conversation: (any Conversation)? { state.withLock { $0.hasEnded ? nil : $0.conversation } }

    /// The conversation has been made; `false` where the session has ended meanwhile.
    func begin(_ conversation: any Conversation) -> Bool {
        state.withLock { state in
            state.conversation = conversation
            return !state.hasEnded
        }
    }

    /// A request or a stream begins, or ends.
    func use(_ change: Int, now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            state.open += change
            state.lastUse = now
        }
    }

    /// Since when nothing has been open; `nil` where something is.
    var idleSince: ContinuousClock.Instant? { state.withLock { $0.open == 0 ? $0.lastUse : nil } }

    /// Ends it: its stream, and its conversation with all that it has open.
    func end() async {
        let conversation = state.withLock { state in
            guard !state.hasEnded else { return nil as (any Conversation)? }
            state.hasEnded = true
            return state.conversation
        }
        general.end()
        await conversation?.close()
    }
}

/// What a session's server side says outside of any request: to the client's GET stream, or kept, a little, until there
/// is one.
final class GeneralStream: MessageSink {
    private struct State {
        var stream: OutboundQueue?
        var kept: [[UInt8]] = []
        var keptBytes = 0
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let countMax: Int
    private let bytesMax: Int

    init(limits: HTTPDoorLimits) {
        countMax = limits.keptMessages
        bytesMax = limits.keptBytes
    }

    @discardableResult func send(_ message: JSON) -> Bool {
        let bytes = message.serialized()
        return state.withLock { state in
            if let stream = state.stream { return stream.send(bytes: bytes) }
            guard !state.hasEnded, state.kept.count < countMax, state.keptBytes + bytes.count <= bytesMax else {
                return false
            }
            state.kept.append(bytes)
            state.keptBytes += bytes.count
            return true
        }
    }

    /// Only where somebody reads: a permit does not wait for a client that may come.
    func send(_ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void) -> Bool {
        guard let stream = state.withLock({ $0.stream }) else { return false }
        return stream.send(permit, onExpired: onExpired)
    }

    /// Lets a stream take over; `false` where one has, or the session has ended.
    func attach(_ stream: OutboundQueue) -> Bool {
        state.withLock { state in
            guard state.stream == nil, !state.hasEnded else { return false }
            state.stream = stream
            for bytes in state.kept { _ = stream.send(bytes: bytes) }
            (state.kept, state.keptBytes) = ([], 0)
            return true
        }
    }

    func detach(_ stream: OutboundQueue) {
        state.withLock { state in if state.stream === stream { state.stream = nil } }
    }

    func end() {
        let stream = state.withLock { state in
            state.hasEnded = true
            defer { state.stream = nil }
            return state.stream
        }
        stream?.finish(nil)
    }
}
