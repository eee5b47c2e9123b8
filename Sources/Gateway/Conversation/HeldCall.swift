// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// A call at a server of the handshake revisions for a client of the stateless one: the server may ask for something
/// meanwhile, which the client gets as the call's result, and answers with a retry.
final class HeldCall: Sendable {
    typealias Key = Int64

    enum Event: Sendable {
        case replied(ExchangeReply)
        /// The server asks for something, under an id of its own.
        case asked(InputRequest, RequestID)
    }

    private struct State {
        var events: [Event] = []
        var waiter: CheckedContinuation<Event, Never>?
        var task: Task<Void, Never>?
        /// What the client has been asked, and has not answered.
        var pending: [UTF8String: (request: RequestID, method: UTF8String)] = [:]
        /// What the client has been given last.
        var offered: Event?
        var last = 0
        var isOver = false
    }

    let forwarded: ForwardedRequest
    private let state = Mutex(State())

    init(_ forwarded: ForwardedRequest) { self.forwarded = forwarded }

    /// Waits for the server from now on.
    func start() {
        let task = Task {
            let reply = await forwarded.reply()
            // Its client may never come back to hear so.
            if forwarded.refusal != nil { forwarded.outcome(reply, of: .tool)() }
            self.post(.replied(reply))
        }
        state.withLock { $0.task = task }
    }

    /// The server asks for something.
    func ask(_ request: InputRequest, _ id: RequestID) async {
        let key: UTF8String? = state.withLock { state in
            guard !state.isOver, state.pending.count < Limits.inputRequestsMax else { return nil }
            state.last += 1
            let key = UTF8String("ask-\(state.last)")
            state.pending[key] = (id, request.method)
            return key
        }
        guard let key, let question = InputRequest(key: key, method: request.method, params: request.params) else {
            return forwarded.link.refuse(id, code: ErrorCode.internalError, "The client cannot be asked")
        }
        post(.asked(question, id))
    }

    private func post(_ event: Event) {
        let waiter: CheckedContinuation<Event, Never>? = state.withLock { state in
            if case .replied = event { state.isOver = true }
            guard let waiter = state.waiter else {
                state.events.append(event)
                return nil
            }
            state.waiter = nil
            return waiter
        }
        waiter?.resume(returning: event)
    }

    /// The next thing that happens. Cancelling the task takes the call back.
    func next() async -> Event {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let event: Event? = state.withLock { state in
                    guard state.events.isEmpty else { return state.events.removeFirst() }
                    state.waiter = continuation
                    return nil
                }
                if let event { continuation.resume(returning: event) }
            }
        } onCancel: {
            end()
        }
    }

    /// What the client has been asked under a name; it is then not pending any more.
    func answering(_ key: UTF8String) -> (request: RequestID, method: UTF8String)? {
        state.withLock { $0.pending.removeValue(forKey: key) }
    }

    /// The client has been given this.
    func offered(_ question: InputRequest, _ id: RequestID) {
        state.withLock { $0.offered = .asked(question, id) }
    }

    /// What the client has been given, and its retry has not answered, is asked again.
    func askAgain() {
        state.withLock { state in
            guard case .asked(let question, _)? = state.offered, state.pending[question.key] != nil, !state.isOver
            else { return }
            state.events.insert(contentsOf: [state.offered].compactMap(\.self), at: 0)
        }
    }

    /// Takes the call back: the server is told, and the call's end is an event as any other.
    func end() { state.withLock { $0.task }?.cancel() }
}

/// The calls that wait for a client's retry: bounded in number and time, each for its own principal.
final class HeldCalls: Sendable {
    private struct Held {
        let call: HeldCall
        let principal: Principal
        let timer: Task<Void, Never>
    }

    private struct State {
        var held: [HeldCall.Key: Held] = [:]
        var last: HeldCall.Key = 0
        /// Places that are about to be taken.
        var reserved: [HeldCall.Key: UTF8String] = [:]
    }

    private let state = Mutex(State())
    private let max: Int

    init(max: Int) { self.max = max }

    /// A key for a call that is about to be held; `nil` where there is no room. One agent gets a quarter of it at most.
    func reserve(_ principal: Principal) -> HeldCall.Key? {
        state.withLock { state in
            let agent = principal.agentID
            let own =
                state.reserved.values.count { $0 == agent } + state.held.values.count { $0.principal.agentID == agent }
            guard own < Swift.max(1, max / 4), state.held.count + state.reserved.count < max else { return nil }
            state.last += 1
            state.reserved[state.last] = agent
            return state.last
        }
    }

    func release(_ key: HeldCall.Key) { state.withLock { $0.reserved[key] = nil } }

    /// Holds a call under a reserved key.
    func hold(
        _ call: HeldCall, _ key: HeldCall.Key, of principal: Principal, milliseconds: Int64,
        onExpiry: @escaping @Sendable (HeldCall) async -> Void
    ) {
        let timer = Task {
            do { try await Task.sleep(for: .milliseconds(milliseconds)) } catch { return }
            guard let call = self.state.withLock({ $0.held.removeValue(forKey: key) })?.call else { return }
            await onExpiry(call)
        }
        state.withLock { state in
            state.reserved[key] = nil
            state.held[key] = Held(call: call, principal: principal, timer: timer)
        }
    }

    /// Takes a principal's call out, for its retry.
    func take(_ key: HeldCall.Key, _ principal: Principal) -> HeldCall? {
        let held: Held? = state.withLock { state in
            guard state.held[key]?.principal == principal else { return nil }
            return state.held.removeValue(forKey: key)
        }
        held?.timer.cancel()
        return held?.call
    }

    /// Everybody is gone: what is held is taken back.
    func endAll() {
        let held = state.withLock { state in
            defer { state.held = [:] }
            return Array(state.held.values)
        }
        for held in held {
            held.timer.cancel()
            Task { await HeldFlow.giveUp(held.call) }
        }
    }
}

/// A held call from one message of the client's to the next.
struct HeldFlow: Sendable {
    let asked: AskedServer
    let held: HeldCall

    private var request: ClientRequest { asked.request }
    private var hub: Hub { request.hub }

    /// Waits for the server: for its answer, or for what it asks.
    func wait() async -> Reply {
        while true {
            switch await held.next() {
            case .replied(let reply):
                switch asked.read(reply, held.forwarded) {
                case .reply(let reply): return reply
                case .urls(let input, let message, let outcome):
                    var reply = await InputRounds(asked: asked).offer(urls: input, message)
                    reply.outcomes.insert(outcome, at: 0)
                    return reply
                case .input(_, let outcome), .task(_, let outcome):
                    return Reply(request.failed(InputRounds.notOffered), then: outcome)
                }
            case .asked(let question, let id):
                guard let key = hub.held.reserve(request.conversation.principal) else {
                    _ = held.answering(question.key)
                    held.forwarded.link.refuse(id, code: ErrorCode.internalError, "Too many calls wait for an answer")
                    continue
                }
                guard asked.client.declares(question.method, question.params) else {
                    hub.held.release(key)
                    _ = await InputRounds(asked: asked).refused(question)
                    _ = held.answering(question.key)
                    held.forwarded.link.refuse(
                        id, code: ErrorCode.methodNotFound, "Not available through this gateway")
                    continue
                }
                let reply = await InputRounds(asked: asked).offer(
                    InputRequired(requests: [question], state: nil), held: key)
                guard reply.message?["result"]?["resultType"] == "input_required" else {
                    // Refused: the server is told, and goes on as it likes; the client gets the reason.
                    hub.held.release(key)
                    _ = held.answering(question.key)
                    held.forwarded.link.refuse(id, code: ErrorCode.denied, "Denied by Writ")
                    await Self.giveUp(held)
                    return reply
                }
                held.offered(question, id)
                hub.held.hold(
                    held, key, of: request.conversation.principal, milliseconds: hub.limits.heldMilliseconds,
                    onExpiry: Self.giveUp)
                return reply
            }
        }
    }

    /// The client's retry: decided as the call that it is, its answers decided and forwarded, and the wait goes on.
    func resume(_ responses: JSONObject) async -> Reply {
        let forwarded = held.forwarded
        (forwarded.listener as? ProgressListener)?.move(to: request)
        forwarded.view.moves(
            forwarded.id, forwarded.link,
            ServerView.Asking(request: request, held: held, subject: forwarded.subject))
        switch await asked.exchange(nil).decideOnly(forwarded.id) {
        case .denied(let answer):
            await Self.giveUp(held)
            return Reply(request.denial(answer))
        case .failed(let trouble):
            await Self.giveUp(held)
            return Reply(request.failure(trouble, of: asked.view))
        case .allowed: break
        }
        request.share.release()
        for member in responses.members {
            guard let answer = member.value.object, let (id, method) = held.answering(member.key) else { continue }
            let permitted = PermittedAnswer(view: asked.view, conversation: request.conversation, method: method)
            if let refusal = await permitted.forwarded(answer, to: id, forwarded.link) {
                await Self.giveUp(held)
                return Reply(request.denial(refusal))
            }
        }
        held.askAgain()
        return await wait()
    }

    /// Nobody waits for a held call any more: the server is told, and the log.
    static func giveUp(_ held: HeldCall) async {
        held.end()
        while true {
            switch await held.next() {
            case .replied(let reply):
                held.forwarded.outcome(reply, of: .tool)()
                return
            case .asked(_, let id):
                held.forwarded.link.refuse(id, code: ErrorCode.internalError, "The client did not answer")
            }
        }
    }
}

extension DecidedExchange {
    enum Decided: Sendable {
        case allowed
        case denied(Answer)
        case failed(ServerTrouble)
    }

    /// Decides a request whose first try is with the server: the same message, not forwarded again.
    func decideOnly(_ id: Int64) async -> Decided {
        var tool: ServerView.Tool?
        if case .tool = operation {
            do throws(ServerTrouble) { tool = try await view.tools(link, client).tools[name] } catch {
                return .failed(error)
            }
        }
        let message = OutgoingRequest.message(request, params, id: id, to: link.facts, as: client)
        let decision = await view.hub.pipeline.decide(call(tool, message))
        switch consume decision {
        case .denied(let answer):
            view.hub.noteDenial(answer)
            return .denied(answer)
        case .allowed(let permit, _):
            view.hub.recorder.allowed(permit.ticket).settle(.notForwarded)
            return .allowed
        }
    }
}
