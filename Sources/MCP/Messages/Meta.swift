// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// `_meta` of what passes: towards a server built anew from an allow-list, towards a client without what is ours to say.
///
/// Whatever else a client or an agent put there (passports, other gateways' words, keys under Writ's own prefix) stays
/// here. Keys: MCP 2026-07-28 "General fields", W3C Trace Context and Baggage.
public enum Meta {
    /// The revision that a stateless request is written in.
    public static let versionKey: UTF8String = "io.modelcontextprotocol/protocolVersion"
    /// What the client can do, with each stateless request.
    public static let capabilitiesKey: UTF8String = "io.modelcontextprotocol/clientCapabilities"
    /// Who the client says that it is, with each stateless request.
    public static let clientInfoKey: UTF8String = "io.modelcontextprotocol/clientInfo"
    /// Which log messages a stateless request wants.
    public static let logLevelKey: UTF8String = "io.modelcontextprotocol/logLevel"
    /// Who the server says that it is, with each stateless result.
    public static let serverInfoKey: UTF8String = "io.modelcontextprotocol/serverInfo"
    /// The request whose stream of news a notification is on.
    public static let subscriptionKey: UTF8String = "io.modelcontextprotocol/subscriptionId"
    /// The task that a message of 2025-11-25 belongs to.
    public static let relatedTaskKey: UTF8String = "io.modelcontextprotocol/related-task"
    /// Asks for progress.
    public static let progressTokenKey: UTF8String = "progressToken"
    /// Writ's answer, in a denial.
    public static let decisionKey: UTF8String = "dev.writ/decision"
    /// A client's passport. It never passes.
    public static let passportKey: UTF8String = "dev.writ/passport"

    static let traceContext: [UTF8String] = ["traceparent", "tracestate", "baggage"]

    /// The passport that a request carries, as it was written; to be verified.
    public static func passport(in params: JSONObject?) -> JSON? { params?["_meta"]?.object?[passportKey] }

    /// The token under which a client wants to hear of a request's progress.
    ///
    /// - Throws: `RequestRefusal` where `_meta` is no object, or the token neither string nor integer.
    public static func progressToken(in params: JSONObject?) throws(RequestRefusal) -> RequestID? {
        guard let value = params?["_meta"] else { return nil }
        guard let meta = value.object else { throw RequestRefusal("Invalid params: _meta is an object") }
        guard let token = meta[progressTokenKey] else { return nil }
        guard let id = RequestID(token) else {
            throw RequestRefusal("Invalid params: progressToken is a string or an integer")
        }
        return id
    }

    /// The least severe log messages that a stateless request wants, where it wants any.
    public static func logLevel(in params: JSONObject?) -> LogLevel? {
        params?["_meta"]?.object?[logLevelKey]?.string.flatMap(LogLevel.init)
    }

    /// What of a request's `_meta` passes to a server in every era: trace context, and `id` for a progress token where
    /// the client asked for progress.
    static func passed(_ meta: JSONObject?, id: Int64?) -> JSONObject {
        var kept = JSONObject()
        for member in meta?.members ?? [] {
            if member.key == progressTokenKey, RequestID(member.value) != nil {
                kept[member.key] = id.map(JSON.integer)
            }
            if traceContext.contains(member.key), member.value.string != nil { kept[member.key] = member.value }
        }
        return kept
    }

    /// A result's or a notification's members without those of `_meta` under Writ's prefix: a server must not be able to
    /// forge our decision, nor a client to speak in our name.
    public static func withoutOurKeys(_ body: JSONObject) -> JSONObject {
        guard let meta = body["_meta"]?.object, meta.keys.contains(where: MemberNames.isOurs) else { return body }
        return body.setting(meta: meta.filtered { !MemberNames.isOurs($0) })
    }
}

extension JSONObject {
    /// With `_meta` in its place; without it where it would be empty.
    func setting(meta: JSONObject) -> JSONObject {
        var body = self
        body["_meta"] = meta.isEmpty ? nil : .object(meta)
        return body
    }

    /// The members whose names pass.
    func filtered(_ passes: (UTF8String) -> Bool) -> JSONObject {
        JSONObject(unique: members.filter { passes($0.key) })
    }
}
