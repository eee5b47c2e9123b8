// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// One request to one server: decided, and forwarded where it is permitted. What is forwarded is what was judged.
struct DecidedExchange: Sendable {
    /// How far it came.
    enum Ending: Sendable {
        /// Forwarded; the server's answer is to be waited for.
        case forwarded(ForwardedRequest, HeldCall?)
        /// Refused, and logged.
        case denied(Answer)
        /// Not forwarded: the client took it back.
        case cancelled(Reply.Outcome?)
        /// Not forwarded: the server cannot be had.
        case failed(ServerTrouble, Reply.Outcome?)
    }

    let request: ClientRequest
    let view: ServerView
    let link: any UpstreamLink
    /// The client as the server is told of it.
    let client: ClientFacts
    /// The parameters as the server gets them, but for `_meta`.
    let params: JSONObject
    let operation: Operation
    /// What it is about, by the server's own name.
    let name: UTF8String
    /// Answers that were permitted, where this is not the first try.
    var retry: InputRetry?
    /// The decisions on the answers that it carries: what becomes of it becomes of them.
    var carried: [AllowedCall] = []
    /// Why it must be refused whatever policy says.
    var defect: UTF8String?
    /// Whether the server may ask a client for something that can only hear of it in the call's result.
    var mayBeHeld = false
    /// Makes what hears the server before its answer.
    var makeListener: @Sendable (ClientRequest) -> any ExchangeListener = { ProgressListener($0) }

    private var hub: Hub { view.hub }

    func forward() async -> Ending {
        var tool: ServerView.Tool?
        if case .tool = operation {
            do throws(ServerTrouble) { tool = try await view.tools(link, client).tools[name] } catch {
                return .failed(error, nil)
            }
        }
        let id: Int64
        let listener = makeListener(request)
        do throws(UpstreamFailure) { id = try link.begin(request.method, listener) } catch {
            return .failed(.failed(error), nil)
        }
        // What was taken back before it was decided is not even decided.
        guard !isTakenBack else {
            link.release(id)
            return .cancelled(nil)
        }
        let message = OutgoingRequest.message(request, params, id: id, to: link.facts, as: client, retry: retry)
        let decision = await hub.pipeline.decide(call(tool, message))
        switch consume decision {
        case .denied(let answer):
            link.release(id)
            request.share.release()
            hub.noteDenial(answer)
            return .denied(answer)
        case .allowed(let permit, let answer):
            var head = MessageHead(id: id, method: request.method, version: link.facts.version, name: name)
            if view.repeatsParameters(link) {
                head.parameters = HeaderParameters.of(tool?.item, permit.judged(JSONPointer(["params", "arguments"])))
            }
            return await forward(permit, answer, head, id, listener)
        }
    }

    private var isTakenBack: Bool { Task.isCancelled || request.conversation.isClosed }

    func call(_ tool: ServerView.Tool?, _ message: JSON) -> ToolCall {
        let factory = CallFactory(view, session: request.conversation.sessionID)
        guard case .tool = operation else { return factory.request(operation, message, defect: defect) }
        return factory.tool(name, tool, message, defect: defect)
    }

    private func forward(
        _ permit: consuming Permit, _ answer: Answer, _ head: MessageHead, _ id: Int64,
        _ listener: any ExchangeListener
    ) async -> Ending {
        let call = hub.recorder.allowed(permit.ticket)
        // What was taken back while it was decided is not made.
        guard !isTakenBack else {
            link.release(id)
            return .cancelled { call.settle(.notForwarded) }
        }
        let forwarded = ForwardedRequest(
            id: id, link: link, view: view, call: call, carried: carried, listener: listener,
            brake: Brake(permit.subject, permit.use, answer, hub))
        // Known as open before its bytes are sent, since the server may ask something about it at once.
        let held = mayBeHeld ? HeldCall(forwarded) : nil
        view.begins(id, link, ServerView.Asking(request: request, held: held, subject: permit.subject))
        call.isForwarded()
        forwarded.watch()
        do throws(UpstreamFailure) {
            try await link.forward(permit, head) { forwarded.expire() }
        } catch {
            forwarded.end()
            if let refusal = forwarded.refusal {
                call.settle(.notForwarded)
                return .denied(refusal)
            }
            return .failed(.failed(error)) { call.settle(.notForwarded) }
        }
        request.share.release()
        held?.start()
        return .forwarded(forwarded, held)
    }
}

/// A request that is with its server.
final class ForwardedRequest: Sendable {
    let id: Int64
    let link: any UpstreamLink
    let view: ServerView
    let call: AllowedCall
    private let carried: [AllowedCall]
    let listener: any ExchangeListener
    private let brake: Brake
    private let isExpired = Mutex(false)

    init(
        id: Int64, link: any UpstreamLink, view: ServerView, call: AllowedCall, carried: [AllowedCall],
        listener: any ExchangeListener, brake: Brake
    ) {
        self.id = id
        self.link = link
        self.view = view
        self.call = call
        self.carried = carried
        self.listener = listener
        self.brake = brake
    }

    deinit { brake.release() }

    /// From here on it may be stopped: the server is told that nobody waits, and what it still says of it reaches nobody.
    func watch() { brake.watch { [weak self] in self?.giveBack() } }

    private func giveBack() { link.release(id) }

    /// What the client hears where it was stopped.
    var refusal: Answer? { brake.refusal }

    /// What the client hears in the place of an answer that it has not taken yet, where it has been stopped by now.
    var lateRefusal: Answer? { brake.lateRefusal }

    /// What may be stopped.
    var subject: Stoppable? { brake.subject }

    /// It is not with its server any more.
    func end() {
        brake.release()
        view.ends(id, link)
    }

    /// A permit's time was over before the server had taken what came before the request: it was not made.
    func expire() {
        brake.look()
        isExpired.withLock { $0 = true }
        call.settle(.notForwarded)
        for answer in carried { answer.settle(.notForwarded) }
    }

    /// Waits for the server's answer, or until it is stopped. Cancelling the task takes the request back.
    func reply(within milliseconds: Int64? = nil) async -> ExchangeReply {
        let reply = await link.reply(to: id, within: milliseconds ?? view.hub.limits.callMilliseconds)
        end()
        if refusal != nil { return .cancelled }
        if case .failed = reply, isExpired.withLock({ $0 }) {
            return .unreadable(
                "The server did not take the call in time. It was permitted, but not made; try again.")
        }
        return reply
    }

    /// What becomes of it, for the log, once the client has heard of it.
    func outcome(_ reply: ExchangeReply, of operation: Operation) -> Reply.Outcome {
        var report: OutcomeReport =
            switch reply {
            case .result(let result):
                result["isError"] == true ? .toolError(.object(result)) : .result(.object(result))
            case .error(let error): .error(.object(error))
            case .unreadable, .failed: .noAnswer
            case .cancelled: brake.isUnwritten ? .notForwarded : .cancelled
            }
        if case .result(let result) = reply, let inspector = view.hub.inspector {
            report.findings = inspector.findings(in: result, of: operation, server: view.alias)
        }
        let said = report
        // Where the server has answered it had what came with the request; else nobody knows.
        let ofCarried: OutcomeReport =
            switch reply {
            case .result, .error, .unreadable: .delivered
            case .cancelled: brake.isUnwritten ? .notForwarded : .cancelled
            case .failed: .noAnswer
            }
        return { [call, carried] in
            call.settle(said)
            for answer in carried { answer.settle(ofCarried) }
        }
    }
}

/// Hears the progress of a request, and tells the client under its own token.
final class ProgressListener: ExchangeListener {
    private let request: Mutex<ClientRequest>

    init(_ request: ClientRequest) { self.request = Mutex(request) }

    /// The client has made the request again, and waits under another id.
    func move(to request: ClientRequest) { self.request.withLock { $0 = request } }

    func notified(_ method: UTF8String, _ params: JSONObject) {
        let request = request.withLock { $0 }
        var params = Meta.withoutOurKeys(params)
        switch method {
        case "notifications/progress":
            guard let token = request.progressToken else { return request.hub.count(.unknownServerID) }
            params["progressToken"] = token.json
        case "notifications/message":
            guard request.conversation.wantsLog(params, about: request) else { return }
        default: return request.hub.count(.droppedServerNotification)
        }
        request.sink.send(Message.notification(method, .object(params)))
    }
}
