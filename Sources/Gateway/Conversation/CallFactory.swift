// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// What is put to the pipeline, made of what came in.
struct CallFactory: Sendable {
    let server: ServerDescription
    let principal: Principal
    /// `nil` of what belongs to no conversation.
    let session: UTF8String?

    init(_ view: ServerView, session: UTF8String?) {
        server = view.server
        principal = view.principal
        self.session = session
    }

    /// A tool's call, as the server will get it.
    func tool(_ name: UTF8String, _ tool: ServerView.Tool?, _ message: JSON, defect: UTF8String?) -> ToolCall {
        ToolCall(
            surface: .gateway, enforcement: .enforcing, server: server.alias, tool: name, isListed: tool != nil,
            serverDigest: server.digest, definition: tool?.standing.definition, builtInMap: server.builtInMap,
            message: message, argumentsPlace: JSONPointer(["params", "arguments"]),
            parametersPlace: JSONPointer(["params"]), defect: defect, credential: principal.credential,
            place: server.place, session: session)
    }

    /// Another request, or a server's.
    func request(_ operation: Operation, _ message: JSON, defect: UTF8String? = nil) -> ToolCall {
        ToolCall(
            operation: operation, server: server.alias, serverDigest: server.digest, message: message,
            argumentsPlace: JSONPointer(["params"]), defect: defect, credential: principal.credential,
            place: server.place, session: session)
    }

    /// What a server asks for that reaches no client whatever policy says: of a method that servers do not have, or out of
    /// form, or of what nobody has said that the client can.
    func unasked(_ method: UTF8String, _ params: JSONObject?, defect: UTF8String?) -> ToolCall {
        var message = JSONObject()
        message.add("method", .string(method))
        message.add("params", params.map(JSON.object))
        // A method that servers do not have is whatever the server likes to say, and stands in no receipt in clear.
        let isKnown = MethodTable.rule(method, from: .server)?.kind == .serverRequest
        var call = request(
            isKnown ? .serverRequest(method: method) : .unknown(method: method), .object(message),
            defect: isKnown ? defect : nil)
        call.isServers = true
        return call
    }

    /// A client's answer to a server's request: a message with `result`.
    func answer(to method: UTF8String, _ message: JSON, defect: UTF8String? = nil) -> ToolCall {
        ToolCall(
            operation: .answer(method: method), server: server.alias, serverDigest: server.digest, message: message,
            argumentsPlace: JSONPointer(["result"]), defect: defect, credential: principal.credential,
            place: server.place, session: session)
    }
}
