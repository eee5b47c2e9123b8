// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// A method that nobody knows, or that the client's revision does not have: always refused, and logged as refused.
struct UnknownFlow: Sendable {
    let request: ClientRequest

    func run() async -> Reply {
        let hub = request.hub
        let conversation = request.conversation
        let server: (alias: UTF8String, place: WorkingPlace)
        if case .server = conversation.scope, let only = conversation.views.first {
            server = (only.alias, only.server.place)
        } else {
            server = (ToolCall.noServer, WorkingPlace(workingDirectory: "/", isLocal: false))
        }
        let call = ToolCall(
            operation: .unknown(method: request.method), server: server.alias, message: .object(request.message),
            argumentsPlace: JSONPointer(["params"]), credential: conversation.principal.credential,
            place: server.place, session: conversation.sessionID)
        let decision = await hub.pipeline.decide(call)
        request.share.release()
        let answer = decision.answer
        hub.noteDenial(answer)
        if case .allowed(let permit, _) = consume decision { hub.recorder.allowed(permit.ticket).settle(.notForwarded) }
        return Reply(request.error(ErrorCode.methodNotFound, "Method not found", data: answer.json))
    }
}
