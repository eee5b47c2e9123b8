// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A server's request to the client: an entry of a result that asks for input, or a request of its own.
public struct InputRequest: Sendable, Equatable {
    /// What it is called in its result; the answer goes under the same name.
    public let key: UTF8String
    /// `elicitation/create`, `sampling/createMessage` or `roots/list`.
    public let method: UTF8String
    /// Its parameters, as the server wrote them; `roots/list` may have none.
    public let params: JSONObject?

    /// A request, or `nil` where the method is none of the three, or needs parameters that are not there, or has a member
    /// that equals a known one only ignoring case.
    public init?(key: UTF8String, method: UTF8String, params: JSONObject?) {
        guard MethodTable.rule(method, from: .server)?.kind == .serverRequest, params != nil || method == "roots/list",
            params.map({ !MemberNames.hasParamsVariant($0) }) ?? true
        else { return nil }
        self.key = key
        self.method = method
        self.params = params
    }

    /// What the client is asked, in its revision: what only Writ and the server need is left out.
    ///
    /// - Parameters:
    ///   - elicitationID: what a URL's elicitation is called in 2025-11-25, where the server gave it no id.
    ///   - relatedTask: the client's id of the task that it belongs to, between peers of 2025-11-25.
    public func params(
        for client: Revision, elicitationID: UTF8String, relatedTask: UTF8String? = nil
    ) -> JSONObject? {
        guard let params else { return nil }
        var meta = Meta.passed(params["_meta"]?.object, id: nil)
        if client.tasks == .core { meta.add(Meta.relatedTaskKey, relatedTask.map { ["taskId": .string($0)] }) }
        var asked = params.filtered { $0 != "task" }.setting(meta: meta)
        guard method == "elicitation/create" else { return asked }
        if !client.hasURLElicitation, asked["mode"] == "form" { asked["mode"] = nil }
        if !client.hasElicitationIDs { asked["elicitationId"] = nil }
        if client.hasElicitationIDs, asked["mode"] == "url", asked["elicitationId"] == nil {
            asked["elicitationId"] = .string(elicitationID)
        }
        return asked
    }

    /// The request to a client of the handshake revisions.
    public func message(
        id: RequestID, for client: Revision, elicitationID: UTF8String, relatedTask: UTF8String? = nil
    ) -> JSON {
        var message = JSONObject(members: ["jsonrpc": "2.0", "id": id.json, "method": .string(method)])
        let params = params(for: client, elicitationID: elicitationID, relatedTask: relatedTask)
        message["params"] = params.map(JSON.object)
        return .object(message)
    }

    /// The entry in a result to a client of the stateless revision.
    public func entry(_ client: Revision) -> JSON {
        var entry = JSONObject(members: ["method": .string(method)])
        entry["params"] = params(for: client, elicitationID: key).map(JSON.object)
        return .object(entry)
    }

    /// A client's answer as the server gets it, in whichever revision: without `_meta` and what marks a result.
    ///
    /// - Parameter relatedTask: the server's id of the task that it belongs to, between peers of 2025-11-25.
    /// - Returns: `nil` where it has a member that equals a known one only ignoring case.
    public static func answer(_ result: JSONObject, relatedTask: UTF8String? = nil) -> JSONObject? {
        guard !MemberNames.hasAnswerVariant(result) else { return nil }
        var answer = result.filtered { $0 != "_meta" && $0 != "resultType" }
        answer.add("_meta", relatedTask.map { [Meta.relatedTaskKey: ["taskId": .string($0)]] })
        return answer
    }

    /// What a server of the stateless revision hears where nobody answers; there is no such answer for sampling.
    public var noAnswer: JSONObject? {
        switch method {
        case "elicitation/create": JSONObject(members: ["action": "cancel"])
        case "roots/list": JSONObject(members: ["roots": []])
        default: nil
        }
    }
}
