// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Meta {
    private static let passed: Set<UTF8String> = [versionKey, clientInfoKey, logLevelKey]

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
}
