// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON

/// A client's request as a server gets it: our id and our progress token, `_meta` from an allow-list, in the words of the
/// server's era. All else is as the client wrote it.
enum OutgoingRequest {
    /// - Parameters:
    ///   - params: as the server gets them, but for `_meta`.
    ///   - client: the client, with no more capabilities than the server is told of.
    ///   - retry: answers that were permitted, and the server's own state.
    static func message(
        _ request: ClientRequest, _ params: JSONObject, id: Int64, to server: ServerFacts, as client: ClientFacts,
        retry: InputRetry? = nil
    ) -> JSON {
        let meta = Handshake.requestMeta(
            request.params["_meta"]?.object, id: id, client, through: .all, to: server.revision,
            logLevel: request.conversation.logLevel)
        var message = request.message
        message["id"] = .integer(id)
        let bridge = Bridge(client: client.revision, server: server.revision, serverInfo: nil)
        let given = request.message["params"] == nil && params.isEmpty ? nil : params
        let passed = bridge.params(given, of: request.method, meta: meta)
        message["params"] = (retry?.applied(to: passed ?? JSONObject()) ?? passed).map(JSON.object)
        return .object(message)
    }

    /// A request of our own on a client's behalf: a list's page, a subscription.
    static func own(
        _ method: UTF8String, _ params: JSONObject, id: Int64, to server: ServerFacts, as client: ClientFacts
    ) -> JSON {
        let meta = Handshake.requestMeta(nil, id: nil, client, through: .all, to: server.revision)
        let bridge = Bridge(client: client.revision, server: server.revision, serverInfo: nil)
        var message = JSONObject()
        message.add("jsonrpc", "2.0")
        message.add("id", .integer(id))
        message.add("method", .string(method))
        message.add("params", bridge.params(params.isEmpty ? nil : params, of: method, meta: meta).map(JSON.object))
        return .object(message)
    }
}

/// Arguments that a tool's definition wants repeated in headers, where the transport has some.
enum HeaderParameters {
    /// Of properties that say `x-mcp-header`. A tool that says so out of form is not called: it is left out of lists.
    ///
    /// - Parameter arguments: as they were judged: a header must not say something else than the message.
    static func of(_ tool: JSONObject?, _ arguments: JSON?) -> [MessageHead.HeaderParameter] {
        guard case .success(let annotations)? = tool.map(read) else { return [] }
        return annotations.values(in: arguments).map { parameter in
            MessageHead.HeaderParameter(name: parameter.name, value: parameter.value)
        }
    }

    /// Why a tool's parameters cannot be repeated in headers as its definition says; `nil` where they can.
    static func defect(of tool: JSONObject) -> String? {
        if case .failure(let invalid) = read(tool) { invalid.text } else { nil }
    }

    static func read(_ tool: JSONObject) -> Result<HeaderAnnotations, HeaderAnnotations.Invalid> {
        Result { () throws(HeaderAnnotations.Invalid) in
            try HeaderAnnotations(inputSchema: tool["inputSchema"] ?? [:])
        }
    }
}
