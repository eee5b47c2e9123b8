// SPDX-License-Identifier: Apache-2.0

import Gateway
import MCP
import Passports
public import StrictJSON

/// What this door is to those who give tokens for it: a resource with a URL (RFC 8707 §2), one for everything and one for
/// each server.
public struct ProtectedResource: Sendable, Hashable {
    /// `https://host[:port]` or `http://…`.
    private let origin: String
    /// From the first slash on, without one at the end.
    private let path: String

    /// The resource whose clients reach `/mcp` at this URL; `nil` for a text that is no URL of one: of another scheme, with
    /// a query, a fragment or a slash at its end.
    public init?(_ url: String) {
        guard let scheme = ["https://", "http://"].first(where: { url.hasPrefix($0) }),
            url.utf8.count <= 2048, !url.hasSuffix("/"),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !"\"\\?#@<>".utf8.contains($0) })
        else { return nil }
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" }
        guard ListenerNames.host(ofAuthority: String(authority)) != nil else { return nil }
        origin = scheme + authority
        path = String(url.dropFirst(origin.count))
    }

    /// The URL of everything.
    public var url: String { origin + path }

    /// The host that clients name.
    public var host: UTF8String? {
        ListenerNames.host(ofAuthority: String(origin.drop { $0 != "/" }.dropFirst(2)))
    }

    /// The URL of what a door shows.
    func url(of scope: Scope) -> String { url + Self.suffix(scope) }

    /// The audiences that tokens for it may have: its own, and the whole's, which covers it.
    func audiences(of scope: Scope) -> [UTF8String] {
        scope == .everything ? [UTF8String(url)] : [UTF8String(url(of: scope)), UTF8String(url)]
    }

    /// The same resource under another name of the address that it is at.
    func at(_ authority: String) -> ProtectedResource? { ProtectedResource("http://\(authority)\(path)") }

    /// Where its metadata are (RFC 9728 §3.1).
    func metadataURL(of scope: Scope) -> String { origin + Self.wellKnown + path + Self.suffix(scope) }

    /// Whose metadata a path asks for: of the door's own paths, and of the resource's where that has others.
    func scope(ofMetadataPath text: String) -> Scope? {
        guard text.hasPrefix(Self.wellKnown) else { return nil }
        let rest = text.dropFirst(Self.wellKnown.count)
        if rest.isEmpty || rest == "/mcp" || rest == path { return .everything }
        for base in [path + "/", "/mcp/"] where rest.hasPrefix(base) {
            let alias = rest.dropFirst(base.count)
            if !alias.contains("/") { return .server(UTF8String(String(alias))) }
        }
        return nil
    }

    /// The metadata (RFC 9728 §2); `nil` where nobody gives access tokens.
    ///
    /// - Parameter algorithms: those of proofs, where proofs are accepted.
    func metadata(of scope: Scope, _ issuers: TokenIssuers, proofs algorithms: [UTF8String] = []) -> JSON? {
        let servers = issuers.all.filter { $0.kind == .oauth }
        guard !servers.isEmpty else { return nil }
        var metadata = JSONObject()
        metadata["resource"] = .text(url(of: scope))
        metadata["resource_name"] = "Writ"
        metadata["authorization_servers"] = .array(servers.map { .string($0.identifier) })
        metadata["scopes_supported"] = .array(Self.scopes(of: scope, issuers).map(JSON.string))
        metadata["bearer_methods_supported"] = ["header"]
        if !algorithms.isEmpty {
            metadata["dpop_signing_alg_values_supported"] = .array(algorithms.map(JSON.string))
            metadata["dpop_bound_access_tokens_required"] = .bool(servers.allSatisfy(\.needsProof))
        }
        return .object(metadata)
    }

    /// All scopes that requests there take of a token of some issuer.
    static func scopes(of scope: Scope, _ issuers: TokenIssuers) -> [UTF8String] {
        var scopes: [UTF8String] = []
        for issuer in issuers.all where issuer.kind == .oauth {
            for scope in issuer.scopes(for: scope.server) where !scopes.contains(scope) { scopes.append(scope) }
        }
        return scopes
    }

    private static func suffix(_ scope: Scope) -> String { scope.server.map { "/\($0)" } ?? "" }

    static let wellKnown = "/.well-known/oauth-protected-resource"
}

extension Scope {
    /// Its one server.
    var server: UTF8String? { if case .server(let alias) = self { alias } else { nil } }
}
