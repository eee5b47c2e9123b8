// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What the two sides are told about each other: no more than this gateway passes.
///
/// A capability that is not announced is not used, so peers see an ordinary, smaller peer rather than refusals.
enum Capabilities {
    /// Sampling, elicitation, roots, tasks and extensions all let a server ask something of the client, which this
    /// gateway refuses; nothing is left.
    static let maskedClient: JSON = [:]

    private static let serverPassed: Set<UTF8String> = ["tools", "logging"]

    /// `params` of `initialize` as the server gets them. A version unknown here is asked for as the newest one that is
    /// known: what we cannot read, we do not negotiate.
    static func maskingInitialize(_ params: JSONObject) -> JSONObject {
        var params = params
        if params["capabilities"] != nil { params["capabilities"] = maskedClient }
        if let version = params["protocolVersion"]?.string, !Era.legacyVersions.contains(version) {
            params["protocolVersion"] = .string(Era.latestLegacyVersion)
        }
        return params
    }

    /// A result of `initialize` as the client gets it, or `nil` where the server speaks a revision unknown here.
    static func maskingInitializeResult(_ result: JSONObject) -> JSONObject? {
        guard let version = result["protocolVersion"]?.string, Era.legacyVersions.contains(version) else { return nil }
        return maskingServer(result)
    }

    /// A result of `server/discover` as the client gets it. `listChanged` goes too: in the stateless revision such news
    /// comes only over `subscriptions/listen`, which is refused.
    static func maskingDiscoverResult(_ result: JSONObject) -> JSONObject {
        var result = maskingServer(result)
        if var capabilities = result["capabilities"]?.object, var tools = capabilities["tools"]?.object,
            tools["listChanged"] == true
        {
            tools["listChanged"] = false
            capabilities["tools"] = .object(tools)
            result["capabilities"] = .object(capabilities)
        }
        return result
    }

    private static func maskingServer(_ result: JSONObject) -> JSONObject {
        guard let capabilities = result["capabilities"] else { return result }
        var kept = JSONObject()
        for member in capabilities.object?.members ?? [] where serverPassed.contains(member.key) {
            kept[member.key] = member.value
        }
        var result = result
        result["capabilities"] = .object(kept)
        return result
    }
}
