// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// A server's request that cannot reach its client: decided like one that can, so that the attempt is in the log with the
/// reason, and refused whatever comes of that.
struct UnaskedQuestion: Sendable {
    let view: ServerView
    /// The conversation's, where it is of one.
    let session: UTF8String?
    let method: UTF8String
    let params: JSONObject?

    /// - Parameters:
    ///   - client: what the client itself has said; `nil` where no client is there.
    /// - Returns: the refusal. `nil` where policies would permit it by now and the server is still not to use it: it has
    ///   not been told of the capability.
    func refuse(_ client: ClientFacts?) async -> Answer? {
        var defect: UTF8String?
        if InputRequest(key: "", method: method, params: params) == nil {
            defect = "it is out of form"
        } else if client == nil {
            defect = "there is no client to be asked"
        } else if client?.declares(method, params) == false {
            defect = "the client has not said that it can be asked this"
        }
        let decision = await view.hub.pipeline.decide(
            CallFactory(view, session: session).unasked(method, params, defect: defect))
        switch consume decision {
        case .denied(let answer):
            view.hub.noteDenial(answer)
            return answer
        case .allowed(let permit, _):
            view.hub.count(.refusedServerRequest)
            view.hub.recorder.allowed(permit.ticket).settle(.notForwarded)
            return nil
        }
    }
}

extension InputRounds {
    /// What the client hears where a server asks for something that it cannot be asked.
    func refused(_ question: InputRequest) async -> JSON {
        let refusal = await UnaskedQuestion(
            view: asked.view, session: asked.request.conversation.sessionID, method: question.method,
            params: question.params
        ).refuse(asked.request.client)
        return refusal.map(asked.request.denial) ?? asked.request.failed(Self.notOffered)
    }
}
