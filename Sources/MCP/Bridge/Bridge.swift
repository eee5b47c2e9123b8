// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The way between a client of one revision and a server of another: what each gets is what a peer of its own revision
/// would have said. Nothing but what differs between them is touched.
public struct Bridge: Sendable {
    /// The client's revision.
    public var client: Revision
    /// The server's.
    public var server: Revision
    /// Who a client of the stateless revision is told that the server is: the server's own info for one server, Writ's
    /// for all. `nil` leaves what the server says.
    public var serverInfo: JSON?

    /// A way.
    public init(client: Revision, server: Revision, serverInfo: JSON?) {
        self.client = client
        self.server = server
        self.serverInfo = serverInfo
    }
}

extension Bridge {
    /// A client's parameters as the server gets them, with `_meta` as `Handshake.requestMeta` builds it.
    ///
    /// `task` passes only where both have tasks of that form. `inputResponses` and `requestState` never pass by
    /// themselves: the answers are decided and the state was sealed here, so whoever retries puts them in again
    /// (`InputRetry`).
    public func params(_ params: JSONObject?, of method: UTF8String, meta: JSONObject) -> JSONObject? {
        guard params != nil || !meta.isEmpty else { return nil }
        let body = (params ?? JSONObject()).filtered { name in
            switch name {
            case "task": method != "tools/call" || (client.tasks == .core && server.tasks == .core)
            case "inputResponses", "requestState": method == "tasks/update"
            default: true
            }
        }
        return body.setting(meta: meta)
    }

    /// A server's complete result, or its task, as the client gets it.
    ///
    /// - Throws: `ResultDefect` where it is neither.
    public func result(_ result: JSONObject, of method: UTF8String) throws(ResultDefect) -> JSONObject {
        switch try ResultKind(result, of: method, from: server) {
        case .complete: return completed(result, of: method)
        case .task where client.tasks == server.tasks:
            var task = Meta.withoutOurKeys(result)
            if client.era == .modern { task = withServerInfo(task) }
            return task
        case .inputRequired, .task: throw .unknownType
        }
    }

    /// A server's notification's parameters as the client gets them, unless a stream of news marks them again.
    public func notification(_ params: JSONObject) -> JSONObject {
        Subscription.untagged(Meta.withoutOurKeys(params))
    }

    /// A result that is known to be complete, as the client gets it.
    func completed(_ result: JSONObject, of method: UTF8String) -> JSONObject {
        var result = Meta.withoutOurKeys(result)
        if method == "tasks/get" { result = finished(result) }
        return client.era == .legacy ? forLegacy(result, method) : forModern(result, method)
    }

    /// The state of a task of the extension: what it ended with says no more in our name than an answer of its own would.
    private func finished(_ state: JSONObject) -> JSONObject {
        var state = state
        if let inner = state["result"]?.object { state["result"] = .object(Meta.withoutOurKeys(inner)) }
        if let error = state["error"]?.object { state["error"] = .object(self.error(error, of: "tools/call")) }
        return state
    }

    private func forLegacy(_ original: JSONObject, _ method: UTF8String) -> JSONObject {
        var result = original
        result["resultType"] = nil
        if Self.cacheable.contains(method) {
            result["ttlMs"] = nil
            result["cacheScope"] = nil
        }
        if let meta = result["_meta"]?.object, meta[Meta.serverInfoKey] != nil {
            result = result.setting(meta: meta.filtered { $0 != Meta.serverInfoKey })
        }
        guard server.hasAnyStructuredContent, !client.hasAnyStructuredContent else { return result }
        switch method {
        case "tools/call":
            // The text beside it says the same; a client of these revisions refuses the whole result.
            if let content = result["structuredContent"], content.object == nil { result["structuredContent"] = nil }
        case "tools/list": result["tools"] = result["tools"].map(Self.withObjectSchemas)
        default: break
        }
        return result
    }

    private static func withObjectSchemas(_ tools: JSON) -> JSON {
        guard let items = tools.array else { return tools }
        return .array(
            items.map { item in
                guard var tool = item.object, let schema = tool["outputSchema"], schema["type"] != "object" else {
                    return item
                }
                tool["outputSchema"] = nil
                return .object(tool)
            })
    }

    private func forModern(_ original: JSONObject, _ method: UTF8String) -> JSONObject {
        var result = original
        result["resultType"] = "complete"
        if Self.cacheable.contains(method) {
            // Whoever asks, and whatever is in force, decides what is in it: nobody keeps it for another, or for later.
            result["ttlMs"] = 0
            result["cacheScope"] = "private"
        }
        return withServerInfo(result)
    }

    func withServerInfo(_ result: JSONObject) -> JSONObject {
        guard let serverInfo else { return result }
        var meta = result["_meta"]?.object ?? JSONObject()
        meta[Meta.serverInfoKey] = serverInfo
        return result.setting(meta: meta)
    }

    private static let cacheable: Set<UTF8String> = [
        "server/discover", "tools/list", "prompts/list", "resources/list", "resources/templates/list", "resources/read",
    ]
}
