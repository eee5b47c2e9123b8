// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `params._meta` of what goes to a server: built anew from an allow-list.
///
/// Whatever else a client or an agent put there (passports, other gateways' words, keys under Writ's own prefix) stays
/// here. Keys: MCP 2026-07-28 "General fields", W3C Trace Context and Baggage.
enum Meta {
    static let versionKey: UTF8String = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey: UTF8String = "io.modelcontextprotocol/clientCapabilities"
    static let progressTokenKey: UTF8String = "progressToken"
    static let decisionKey: UTF8String = "dev.writ/decision"

    private static let passed: Set<UTF8String> = [
        versionKey, "io.modelcontextprotocol/clientInfo", "io.modelcontextprotocol/logLevel",
    ]
    private static let traceContext: Set<UTF8String> = ["traceparent", "tracestate", "baggage"]

    /// The rebuilt `_meta`, or `nil` where nothing remains. Members keep their order; a progress token becomes the
    /// request's outbound id.
    static func rebuilt(_ meta: JSONObject, outboundID: Int64?) -> JSONObject? {
        var kept = JSONObject()
        for member in meta.members {
            switch member.key {
            case progressTokenKey: kept[member.key] = outboundID.map { .integer($0) }
            case capabilitiesKey: kept[member.key] = Capabilities.maskedClient
            case let key where passed.contains(key): kept[key] = member.value
            case let key where traceContext.contains(key) && member.value.string != nil: kept[key] = member.value
            default: break
            }
        }
        return kept.isEmpty ? nil : kept
    }

    /// `params` with its `_meta` rebuilt, everything else as it was.
    static func rebuilding(_ params: JSONObject, outboundID: Int64?) -> JSONObject {
        var params = params
        guard let meta = params["_meta"] else { return params }
        params["_meta"] = meta.object.flatMap { rebuilt($0, outboundID: outboundID) }.map(JSON.object)
        return params
    }

    /// A result without `_meta` members under Writ's prefix: a server must not be able to forge our decision.
    static func withoutOurKeys(_ result: JSONObject) -> JSONObject {
        guard let meta = result["_meta"]?.object, meta.keys.contains(where: MemberNames.isOurs) else { return result }
        var kept = JSONObject()
        for member in meta.members where !MemberNames.isOurs(member.key) { kept[member.key] = member.value }
        var result = result
        result["_meta"] = kept.isEmpty ? nil : .object(kept)
        return result
    }
}
