// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// What a client answers to a server's request.
enum ClientAnswer: Sendable {
    /// A result.
    case result(JSONObject)
    /// An error: its code counts, its words stay here.
    case error(JSONObject)
    /// No answer will come: the client is gone, takes nothing, or says nothing for too long.
    case none
    /// The server has taken its request back.
    case withdrawn
}

/// The requests of servers that are with one client, by ids of ours.
final class Questions: Sendable {
    private struct Open {
        let race: Race<ClientAnswer>
        /// The server's own request, where it is one.
        var link: ObjectIdentifier?
        var request: RequestID?
    }

    private struct State {
        var open: [RequestID: Open] = [:]
        var last: Int64 = 0
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// Opens a question; `nil` where the client is gone.
    func begin(_ link: (any UpstreamLink)?, _ request: RequestID?) -> (id: RequestID, race: Race<ClientAnswer>)? {
        state.withLock { state in
            guard !state.hasEnded else { return nil }
            state.last += 1
            let id = RequestID.string(UTF8String("writ-\(state.last)"))
            let race = Race<ClientAnswer>()
            state.open[id] = Open(race: race, link: link.map { ObjectIdentifier($0) }, request: request)
            return (id, race)
        }
    }

    func end(_ id: RequestID) { state.withLock { $0.open[id] = nil } }

    /// Takes a client's answer; whether it was asked.
    func answer(_ id: RequestID, _ answer: ClientAnswer) -> Bool {
        state.withLock { $0.open.removeValue(forKey: id) }?.race.finish(answer) ?? false
    }

    /// A server takes its request back.
    func withdraw(_ link: any UpstreamLink, _ request: RequestID) {
        let open = state.withLock { state in
            state.open.first { $0.value.link == ObjectIdentifier(link) && $0.value.request == request }
        }
        _ = open?.value.race.finish(.withdrawn)
    }

    func endAll() {
        let open = state.withLock { state in
            state.hasEnded = true
            defer { state.open = [:] }
            return state.open.values.map(\.race)
        }
        for race in open { race.finish(.none) }
    }
}

/// One request of a server's to a client of the handshake revisions: decided, sent by its permit, answered.
struct ClientQuestion: Sendable {
    enum Ending: Sendable {
        case answered(ClientAnswer)
        /// Refused; nothing of it reached the client.
        case denied(Answer)
    }

    let view: ServerView
    let conversation: ClientConversation
    let client: ClientFacts
    let sink: any MessageSink
    let request: InputRequest
    /// The server's own request, where it is one; it may take it back.
    var link: (any UpstreamLink)?
    var serverID: RequestID?
    /// The request in which it is asked, as brakes see it: what stops that stops this.
    var within: Stoppable?

    func ask() async -> Ending {
        let hub = view.hub
        guard let (id, race) = conversation.questions.begin(link, serverID) else { return .answered(.none) }
        defer { conversation.questions.end(id) }
        let message = request.message(
            id: id, for: client.revision, elicitationID: UTF8String("\(id.json.string ?? "")"))
        let factory = CallFactory(view, session: conversation.sessionID)
        let decision = await hub.pipeline.decide(
            factory.request(.serverRequest(method: request.method), conversation.spelled(message, of: view)))
        switch consume decision {
        case .denied(let answer):
            hub.noteDenial(answer)
            return .denied(answer)
        case .allowed(let permit, let answered):
            let call = hub.recorder.allowed(permit.ticket)
            call.isForwarded()
            let (subject, use) = (permit.subject, permit.use)
            let brakes = [subject, within].map { Brake($0, use, answered, hub) }
            defer { for brake in brakes { brake.release() } }
            for brake in brakes { brake.watch { race.finish(.withdrawn) } }
            if client.revision.hasElicitationIDs { conversation.shows(request, of: view) }
            let isSent = sink.send(permit) {
                for brake in brakes { brake.look() }
                call.settle(.notForwarded)
                race.finish(.none)
            }
            guard isSent else {
                call.settle(.notForwarded)
                return .answered(.none)
            }
            let answer = await answer(race)
            if let stopped = brakes.lazy.compactMap({ brake in brake.refusal.map { (brake, $0) } }).first {
                call.settle(stopped.0.isUnwritten ? .notForwarded : .cancelled)
                if !stopped.0.isUnwritten { withdraw(id) }
                return .denied(stopped.1)
            }
            switch answer {
            case .result(let result): call.settle(.result(.object(result)))
            case .error(let error): call.settle(.error(.object(error)))
            case .none: call.settle(.noAnswer)
            case .withdrawn: call.settle(.cancelled)
            }
            if case .result = answer { return .answered(answer) }
            if case .error = answer { return .answered(answer) }
            withdraw(id)
            return .answered(answer)
        }
    }

    /// The client need not bother any longer.
    private func withdraw(_ id: RequestID) {
        sink.send(Message.notification("notifications/cancelled", ["requestId": id.json]))
    }

    private func answer(_ race: Race<ClientAnswer>) async -> ClientAnswer {
        let timer = Task {
            do { try await Task.sleep(for: .milliseconds(view.hub.limits.answerMilliseconds)) } catch { return }
            race.finish(.none)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await race.value
        } onCancel: {
            race.finish(.withdrawn)
        }
    }
}

/// A client's answer on its way to a server: decided like everything else that leaves.
struct PermittedAnswer: Sendable {
    enum Ending: Sendable {
        /// As it may be put into a retry; and what is said of it once that is forwarded.
        case permitted(JSONObject, AllowedCall)
        case denied(Answer)
        case expired(AllowedCall)
    }

    let view: ServerView
    let conversation: ClientConversation
    let method: UTF8String

    /// Decides an answer that a retry will carry.
    func embedded(_ result: JSONObject) async -> Ending {
        let factory = CallFactory(view, session: conversation.sessionID)
        let decision = await view.hub.pipeline.decide(factory.answer(to: method, ["result": .object(result)]))
        switch consume decision {
        case .denied(let answer):
            view.hub.noteDenial(answer)
            return .denied(answer)
        case .allowed(let permit, _):
            let call = view.hub.recorder.allowed(permit.ticket)
            guard let permitted = permit.embed()?["result"]?.object else { return .expired(call) }
            return .permitted(permitted, call)
        }
    }

    /// Decides an answer to a request of the server's own, and forwards it.
    ///
    /// - Returns: the denial, where it is refused; the server has then got an error.
    func forwarded(_ result: JSONObject, to request: RequestID, _ link: any UpstreamLink) async -> Answer? {
        let factory = CallFactory(view, session: conversation.sessionID)
        let message: JSON = ["jsonrpc": "2.0", "id": request.json, "result": .object(result)]
        let decision = await view.hub.pipeline.decide(factory.answer(to: method, message))
        switch consume decision {
        case .denied(let answer):
            view.hub.noteDenial(answer)
            link.refuse(request, code: ErrorCode.denied, "Denied by Writ")
            return answer
        case .allowed(let permit, _):
            let call = view.hub.recorder.allowed(permit.ticket)
            call.isForwarded()
            do throws(UpstreamFailure) {
                try await link.answer(request, permit) { call.settle(.notForwarded) }
                call.settle(.delivered)
            } catch {
                call.settle(.notForwarded)
            }
            return nil
        }
    }
}
