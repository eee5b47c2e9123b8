// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// A request of a server's own, of the handshake revisions: sampling, elicitation, roots. Decided before the client
/// hears of it; the client's answer is decided before the server does.
struct ServerRequestFlow: Sendable {
    let view: ServerView
    let link: any UpstreamLink
    /// The server's id.
    let id: RequestID
    let method: UTF8String
    let params: JSONObject?
    /// Whose request it belongs to.
    let asking: ServerView.Asking?

    func run() async {
        guard let request = InputRequest(key: "", method: method, params: params) else { return await refuse() }
        if let held = asking?.held { return await held.ask(request, id) }
        guard let conversation = asking?.request.conversation ?? listening, let client = client(conversation) else {
            return await refuse()
        }
        let told = await conversation.told(client, to: view)
        guard told.era == .legacy, told.declares(method, params) else { return await refuse() }
        let question = ClientQuestion(
            view: view, conversation: conversation, client: told, sink: asking?.request.sink ?? conversation.general,
            request: request, link: link, serverID: id, within: asking?.subject)
        switch await question.ask() {
        case .denied: link.refuse(id, code: ErrorCode.denied, "Denied by Writ")
        case .answered(.none): link.refuse(id, code: ErrorCode.internalError, "The client did not answer")
        case .answered(.withdrawn): break
        case .answered(.error(let error)):
            link.refuse(id, code: error["code"]?.int64 ?? ErrorCode.internalError, "The client refused")
        case .answered(.result(let result)):
            guard let answer = InputRequest.answer(result) else {
                return link.refuse(id, code: ErrorCode.internalError, "The client's answer is out of form")
            }
            _ = await PermittedAnswer(view: view, conversation: conversation, method: method)
                .forwarded(answer, to: id, link)
        }
    }

    private func refuse() async {
        let conversation = asking?.request.conversation ?? listening
        _ = await UnaskedQuestion(view: view, session: conversation?.sessionID, method: method, params: params)
            .refuse(conversation.flatMap(client))
        link.refuse(id, code: ErrorCode.methodNotFound, "Not available through this gateway")
    }

    /// A conversation that has said hello, where the request belongs to none that is open.
    private var listening: ClientConversation? {
        view.hub.conversations(of: view.principal).first {
            $0.facts != nil && $0.view(view.alias) != nil && !$0.isClosed
        }
    }

    private func client(_ conversation: ClientConversation) -> ClientFacts? {
        asking?.request.client ?? conversation.facts
    }
}

extension ClientConversation {
    func withdraw(_ link: any UpstreamLink, _ request: RequestID) { questions.withdraw(link, request) }

    /// A server's request with its resources' URIs as the client knows them.
    func spelled(_ message: JSON, of view: ServerView) -> JSON {
        guard case .everything = scope, let method = message["method"]?.string, let params = message["params"]?.object,
            var object = message.object
        else { return message }
        object["params"] = .object(
            ResourcePlaces.mapping(params: params, of: method) { naming.spelling($0, of: view.alias) })
        return .object(object)
    }
}
