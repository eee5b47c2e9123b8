// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// What a link needs besides its server.
struct LinkSurroundings: Sendable {
    var limits = UpstreamLimits()
    /// Whether a process of its own stands behind the link.
    var isProcess = false
    var clock: any AlarmClock = SystemAlarmClock.shared
    /// Counts what was dropped.
    var count: @Sendable (DropReason) -> Void = { _ in }
    /// Hears the link once its handshake is done.
    var observer: any LinkObserver
    /// Called once when the link has ended, before its observer hears of it.
    var onEnd: @Sendable (ServerLink, UpstreamFailure) -> Void = { _, _ in }
}

/// A link over any transport.
///
/// What the server says is taken in on the transport's threads, and an answer's waiter is resumed from there. All state
/// is under one lock; nothing blocks, calls out or is resumed under it.
final class ServerLink: UpstreamLink, UpstreamReceiver {
    struct State {
        var table: ExchangeTable
        var facts: ServerFacts?
        var end: UpstreamFailure?
        /// Messages of our own that the server has not taken yet.
        var ownMessages = 0
        /// The moment of the alarm that is set.
        var alarm: Int64?
        var lastUse: Int64
    }

    let alias: UTF8String
    let principal: Principal
    let transport: any UpstreamTransport
    let surroundings: LinkSurroundings
    let state: Mutex<State>

    /// A link on which nothing has been said. `connect` makes it one that can be used.
    init(
        _ alias: UTF8String, _ principal: Principal, _ transport: any UpstreamTransport,
        _ surroundings: LinkSurroundings
    ) {
        self.alias = alias
        self.principal = principal
        self.transport = transport
        self.surroundings = surroundings
        state = Mutex(
            State(table: ExchangeTable(limits: surroundings.limits), lastUse: surroundings.clock.milliseconds()))
    }

    var facts: ServerFacts {
        state.withLock { $0.facts }
            ?? ServerFacts(
                era: .legacy, version: Era.latestLegacyVersion, capabilities: JSONObject(), info: nil,
                instructions: nil, result: JSONObject())
    }

    /// Why it has ended, where it has.
    var end: UpstreamFailure? { state.withLock { $0.end } }

    /// Since when nobody has used it, or `nil` where something is open.
    var idleSince: Int64? { state.withLock { $0.table.isIdle ? $0.lastUse : nil } }

    var isProcess: Bool { surroundings.isProcess }

    /// Somebody is about to use it.
    func touch() {
        let now = surroundings.clock.milliseconds()
        state.withLock { $0.lastUse = now }
    }

    // MARK: Requests

    func begin(_ method: UTF8String, _ listener: any ExchangeListener) throws(UpstreamFailure) -> Int64 {
        try begin(listener, isHandshake: false)
    }

    func begin(_ listener: any ExchangeListener, isHandshake: Bool) throws(UpstreamFailure) -> Int64 {
        let begun: Result<Int64, UpstreamFailure> = state.withLock { state in
            if let end = state.end { return .failure(end) }
            guard let id = state.table.begin(listener, isHandshake: isHandshake) else {
                return .failure(UpstreamFailure(.stalled, "too many requests are open at server \(alias)"))
            }
            return .success(id)
        }
        return try begun.get()
    }

    func release(_ id: Int64) {
        let now = surroundings.clock.milliseconds()
        let ending = state.withLock { state in
            state.lastUse = now
            return state.table.remove(id)
        }
        guard let ending, ending.wasSent else { return }
        ending.waiter?.resume(returning: .cancelled)
        tellCancelled(id, reason: nil)
    }

    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        let head = try sending(head, isPermitted: true)
        do throws(UpstreamFailure) {
            try await transport.forward(permit, head) { [self] in
                onExpired()
                if let id = head.id { settle(id, .failed(Self.expired)) }
            }
        } catch {
            throw notSent(head, error)
        }
    }

    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        if message.json["method"] == nil, let id = message.json["id"].flatMap(RequestID.init) {
            guard closeAsked(id) else { throw Self.withdrawn }
        }
        let head = try sending(head, isPermitted: false)
        do throws(UpstreamFailure) { try await transport.send(message, head) } catch { throw notSent(head, error) }
    }

    func answer(
        _ request: RequestID, _ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        guard closeAsked(request) else { throw Self.withdrawn }
        let head = try sending(MessageHead(method: nil), isPermitted: true)
        do throws(UpstreamFailure) {
            try await transport.forward(permit, head) { [self] in
                onExpired()
                sendOwn(
                    Message.error(request, code: ErrorCode.internalError, "The answer was not passed on in time"), nil)
            }
        } catch {
            throw notSent(head, error)
        }
    }

    private static let expired = UpstreamFailure(.stalled, "the server did not take the request in time")
    private static let withdrawn = UpstreamFailure(.ended, "the server waits for no such answer")

    /// Known as open before its bytes are sent, since the answer may be here at once.
    private func sending(_ head: MessageHead, isPermitted: Bool) throws(UpstreamFailure) -> MessageHead {
        let sent: Result<MessageHead, UpstreamFailure> = state.withLock { state in
            if let end = state.end { return .failure(end) }
            if let id = head.id, !state.table.send(id, isPermitted: isPermitted) {
                return .failure(UpstreamFailure(.protocolViolation, "no request is to be sent under this id"))
            }
            var head = head
            head.version = head.version ?? state.facts?.version
            return .success(head)
        }
        if case .failure = sent, let id = head.id { state.withLock { _ = $0.table.remove(id) } }
        return try sent.get()
    }

    private func notSent(_ head: MessageHead, _ failure: UpstreamFailure) -> UpstreamFailure {
        if let id = head.id { state.withLock { _ = $0.table.remove(id) } }
        lost(failure)
        return failure
    }

    /// A session that the server knows no more is the end of the link: nothing that it was told holds any longer.
    func lost(_ failure: UpstreamFailure) { if failure.kind == .sessionLost { ended(failure) } }

    // MARK: Replies

    func reply(to id: Int64, within milliseconds: Int64) async -> ExchangeReply {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<ExchangeReply, Never>) in
                let now = surroundings.clock.milliseconds()
                let (reply, alarm): (ExchangeReply?, Int64?) = state.withLock { state in
                    state.lastUse = now
                    switch state.table.wait(id, continuation, patience: milliseconds, now: now) {
                    case .over(let reply): return (reply, nil)
                    case .unknown: return (.failed(state.end ?? Self.unknown), nil)
                    case .waits(let deadline): return (nil, state.alarm(at: deadline))
                    }
                }
                if let reply { continuation.resume(returning: reply) }
                if let alarm { ring(at: alarm) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private static let unknown = UpstreamFailure(.protocolViolation, "no request is open under this id")

    private func cancel(_ id: Int64) {
        guard let ending = settle(id, .cancelled), ending.wasSent else { return }
        tellCancelled(id, reason: nil)
    }

    /// Ends a request, where it has not ended.
    @discardableResult
    func settle(_ id: Int64, _ reply: ExchangeReply) -> ExchangeTable.Ending? {
        let now = surroundings.clock.milliseconds()
        let ending = state.withLock { state in
            state.lastUse = now
            return state.table.settle(id, reply)
        }
        ending?.waiter?.resume(returning: reply)
        return ending
    }

    private func ring(at moment: Int64) {
        surroundings.clock.ring(at: moment) { [weak self] in self?.alarmRang(moment) }
    }

    private func alarmRang(_ moment: Int64) {
        let now = surroundings.clock.milliseconds()
        let (late, alarm): ([(id: Int64, ending: ExchangeTable.Ending, keeps: Bool)], Int64?) = state.withLock {
            state in
            guard state.alarm == moment else { return ([], nil) }
            state.alarm = nil
            let late = state.table.overdue(now: now)
            return (late, state.table.nextDeadline.flatMap { state.alarm(at: $0) })
        }
        for (id, ending, keeps) in late {
            ending.waiter?.resume(
                returning: .failed(UpstreamFailure(.unanswered, "server \(alias) did not answer in time")))
            if !keeps { tellCancelled(id, reason: "timed out") }
        }
        if let alarm { ring(at: alarm) }
    }

    /// Tells the server in the words of its era that nobody waits any more.
    private func tellCancelled(_ id: Int64, reason: UTF8String?) {
        // Nothing of the handshake is cancelled: the link goes with it.
        guard let era = state.withLock({ $0.facts?.era }) else { return }
        if era == .modern, transport.hasRequestStreams { return transport.abandon(id) }
        var params = JSONObject()
        params["requestId"] = .integer(id)
        params["reason"] = reason.map(JSON.string)
        sendOwn(Message.notification("notifications/cancelled", .object(params)), "notifications/cancelled")
        transport.abandon(id)
    }

    // MARK: The server's requests

    func refuse(_ request: RequestID, code: Int64, _ text: UTF8String) {
        guard closeAsked(request) else { return }
        sendOwn(Message.error(request, code: code, text), nil)
    }

    private func closeAsked(_ request: RequestID) -> Bool {
        let now = surroundings.clock.milliseconds()
        return state.withLock { $0.table.closeAsked(request, now: now) }
    }

    /// Sends something of our own from a transport's thread, without waiting there. A server that takes nothing loses
    /// what is over the bound.
    func sendOwn(_ message: JSON, _ method: UTF8String?) {
        guard let message = FreeMessage(message) else { return }
        let version: UTF8String?? = state.withLock { state in
            guard state.end == nil, state.ownMessages < surroundings.limits.ownMessages else { return .none }
            state.ownMessages += 1
            return .some(state.facts?.version)
        }
        guard let version else { return }
        let head = MessageHead(method: method, version: version)
        Task.immediate { [self] in
            do throws(UpstreamFailure) { try await transport.send(message, head) } catch { lost(error) }
            state.withLock { $0.ownMessages -= 1 }
        }
    }

    // MARK: The end

    func ended(_ failure: UpstreamFailure) {
        let ended: (endings: [ExchangeTable.Ending], wasOpen: Bool)? = state.withLock { state in
            guard state.end == nil else { return nil }
            state.end = failure
            return (state.table.endAll(failure), state.facts != nil)
        }
        guard let ended else { return }
        for ending in ended.endings { ending.waiter?.resume(returning: .failed(failure)) }
        surroundings.onEnd(self, failure)
        if ended.wasOpen { surroundings.observer.ended(self, failure) }
    }

    /// Ends it in the protocol's way; what is open may still be answered meanwhile. Returns when all of it is gone.
    func close() async {
        await transport.close()
        ended(UpstreamFailure(.ended, "server \(alias) has been closed"))
    }
}

extension ServerLink.State {
    /// - Returns: the moment of an alarm to set, where none is set that rings before it.
    fileprivate mutating func alarm(at moment: Int64) -> Int64? {
        guard moment < .max, moment < alarm ?? .max else { return nil }
        alarm = moment
        return moment
    }
}
