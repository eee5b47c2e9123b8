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
        case forwarded(ForwardedRequest)
        /// Refused, and logged.
        case denied(Answer)
        /// Not forwarded: the client took it back.
        case cancelled(Reply.Outcome?)
        /// Not forwarded: the server cannot be had.
        case failed(ServerTrouble, Reply.Outcome?)
    }

    let request: ClientRequest
    let view: ServerView
    /// The parameters as the server gets them, but for `_meta`.
    let params: JSONObject
    let operation: Operation
    /// Why it must be refused whatever policy says.
    var defect: UTF8String?
    /// Whether a retry's answers must be permitted first; they are put into the parameters.
    var subject: Subject

    /// What it is about, by the server's own name.
    enum Subject: Sendable {
        case tool(UTF8String)
        case named(UTF8String)
        case nothing

        var name: UTF8String? {
            switch self {
            case .tool(let name), .named(let name): name
            case .nothing: nil
            }
        }
    }

    private var hub: Hub { view.hub }

    func forward() async -> Ending {
        let link: any UpstreamLink
        var tool: ServerView.Tool?
        do throws(ServerTrouble) {
            link = try await view.link(for: request.client)
            if case .tool(let name) = subject { tool = try await view.tools(link, request.client).tools[name] }
        } catch {
            return .failed(error, nil)
        }
        let listener = ProgressListener(request)
        let id: Int64
        do throws(UpstreamFailure) { id = try link.begin(request.method, listener) } catch {
            return .failed(.failed(error), nil)
        }
        let message = OutgoingRequest.message(
            request, params, id: id, to: link.facts, as: hub.masked(request.client, for: view.principal, view.server))
        guard !Task.isCancelled, !request.conversation.isClosed else {
            link.release(id)
            return .cancelled(nil)
        }
        let decision = await hub.pipeline.decide(call(tool, message))
        switch consume decision {
        case .denied(let answer):
            link.release(id)
            request.share.release()
            if answer.receiptID == nil { hub.recorder.ledgerFailed() }
            return .denied(answer)
        case .allowed(let permit, _):
            let head = MessageHead(
                id: id, method: request.method, version: link.facts.version, name: subject.name,
                parameters: HeaderParameters.of(tool?.item, params))
            return await forward(permit, head, link, id)
        }
    }

    private func call(_ tool: ServerView.Tool?, _ message: JSON) -> ToolCall {
        let factory = CallFactory(view, session: request.conversation.sessionID)
        guard case .tool(let name) = subject else { return factory.request(operation, message, defect: defect) }
        return factory.tool(name, tool, message, defect: defect)
    }

    private func forward(
        _ permit: consuming Permit, _ head: MessageHead, _ link: any UpstreamLink, _ id: Int64
    ) async -> Ending {
        let call = hub.recorder.allowed(permit.ticket)
        let request = request
        // What was taken back while it was decided is not made.
        guard !Task.isCancelled, !request.conversation.isClosed else {
            link.release(id)
            return .cancelled { call.settle(.notForwarded) }
        }
        let forwarded = ForwardedRequest(id: id, link: link, view: view, call: call)
        // Known as open before its bytes are sent, since the server may ask something about it at once.
        view.begins(id, link, ServerView.Asking(conversation: request.conversation, request: request))
        call.isForwarded()
        do throws(UpstreamFailure) {
            try await link.forward(permit, head) { forwarded.expire() }
        } catch {
            view.ends(id, link)
            return .failed(.failed(error)) { call.settle(.notForwarded) }
        }
        request.share.release()
        return .forwarded(forwarded)
    }
}

/// A request that is with its server.
final class ForwardedRequest: Sendable {
    let id: Int64
    let link: any UpstreamLink
    let view: ServerView
    let call: AllowedCall
    private let isExpired = Mutex(false)

    init(id: Int64, link: any UpstreamLink, view: ServerView, call: AllowedCall) {
        self.id = id
        self.link = link
        self.view = view
        self.call = call
    }

    /// A permit's time was over before the server had taken what came before the request: it was not made.
    func expire() {
        isExpired.withLock { $0 = true }
        call.settle(.notForwarded)
    }

    /// Waits for the server's answer. Cancelling the task takes the request back.
    func reply() async -> ExchangeReply {
        let reply = await link.reply(to: id, within: view.hub.limits.callMilliseconds)
        view.ends(id, link)
        if case .failed = reply, isExpired.withLock({ $0 }) {
            return .unreadable(
                "The server did not take the call in time. It was permitted, but not made; try again.")
        }
        return reply
    }

    /// What becomes of it, for the log, once the client has heard of it.
    func outcome(_ reply: ExchangeReply) -> Reply.Outcome {
        let report: OutcomeReport =
            switch reply {
            case .result(let result):
                result["isError"] == true ? .toolError(.object(result)) : .result(.object(result))
            case .error(let error): .error(.object(error))
            case .unreadable, .failed: .noAnswer
            case .cancelled: .cancelled
            }
        return { [call] in call.settle(report) }
    }
}

/// Hears the progress of a request, and tells the client under its own token.
private final class ProgressListener: ExchangeListener {
    private let request: ClientRequest

    init(_ request: ClientRequest) { self.request = request }

    func notified(_ method: UTF8String, _ params: JSONObject) {
        var params = Meta.withoutOurKeys(params)
        switch method {
        case "notifications/progress":
            guard let token = request.progressToken else { return request.hub.count(.unknownServerID) }
            params["progressToken"] = token.json
        case "notifications/message":
            guard request.conversation.wantsLog(of: params, request) else { return }
        default: return request.hub.count(.droppedServerNotification)
        }
        request.sink.send(Message.notification(method, .object(params)))
    }
}
