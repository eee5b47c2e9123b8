// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import WireTypes

extension Configuration {
    /// `issuers:`: a key as text is a signer of passports; an object is an issuer of tokens.
    static func issuers(
        _ members: inout Members, _ path: String
    ) throws(HomeError) -> (passports: [Issuer], tokens: [TokenIssuer]) {
        var (passports, tokens): ([Issuer], [TokenIssuer]) = ([], [])
        for (name, value) in try members.table("issuers") {
            if value.object != nil {
                tokens.append(try tokenIssuer(name, value, path))
                continue
            }
            guard let text = value.string, let key = Base64URL.decode(text.string), key.count == 32 else {
                throw members.wrong(
                    "issuers/\(name)",
                    "an Ed25519 public key (32 bytes as base64url), or for an issuer of tokens its settings")
            }
            passports.append(Issuer(name: name, publicKey: key))
        }
        return (passports, tokens)
    }

    private static func tokenIssuer(
        _ name: UTF8String, _ value: JSON, _ path: String
    ) throws(HomeError) -> TokenIssuer {
        var members = try Members(value, at: "issuers/\(name)", of: path)
        let kind: Kind = try members.choice("type") ?? .oauth
        let identifier: UTF8String?
        switch kind {
        case .oauth: identifier = try members.text("issuer")
        case .spiffe, .certificates: identifier = try members.text("trust_domain")
        }
        let place: TokenIssuer.Keys
        if kind == .certificates {
            guard let bundle = try members.text("bundle")?.string, !bundle.utf8.contains(0) else {
                throw members.wrong(
                    "bundle", "the file with the trust domain's authorities: certificates in PEM, or a SPIFFE bundle")
            }
            place = .file(bundle)
        } else {
            place = try keyPlace(try members.text("jwks"), members)
        }
        let algorithms = try members.texts("algorithms")
        let audiences = try members.texts("audience")
        let scopes = try members.texts("scopes")
        var serverScopes: [UTF8String: [UTF8String]] = [:]
        for (server, scopes) in try members.table("server_scopes") {
            guard let scopes = Members.texts(scopes) else {
                throw members.wrong("server_scopes/\(server)", "a scope or a list of scopes")
            }
            serverScopes[server] = scopes
        }
        let agent = try members.claim("agent")
        let owner = try members.claimOrText("owner")
        let teams = try members.claim("teams")
        let assurance = try members.assurance()
        let capabilities = try members.capabilities()
        let limits = members.take("limits")
        let regions = try members.texts("regions")
        let lifetime = try members.lifetime()
        let proof: Need? = try members.choice("proof")
        try members.finish()
        guard let identifier else {
            let (setting, what) =
                kind == .oauth
                ? ("issuer", "its URL, exactly as its tokens have it in `iss`")
                : ("trust_domain", "its name, as example.org")
            throw members.wrong(setting, what)
        }
        guard limits == nil || limits?.object != nil else {
            throw members.wrong("limits", "limits as a passport has them")
        }
        var chosen: Set<TokenAlgorithm>?
        if let algorithms {
            chosen = Set(algorithms.compactMap(TokenAlgorithm.init(wire:)))
            guard chosen?.count == algorithms.count, !algorithms.isEmpty else {
                throw members.wrong("algorithms", "some of EdDSA, ES256, RS256, each once")
            }
        }
        do throws(PassportError) {
            return try TokenIssuer(
                name: name, kind: kind.issuers, identifier: identifier,
                keys: place, algorithms: chosen, audiences: audiences ?? [],
                scopes: scopes ?? [], serverScopes: serverScopes, agent: agent ?? "sub", owner: owner, teams: teams,
                assurance: assurance ?? .l0, capabilities: capabilities ?? .fixed([]),
                limits: limits?.object ?? JSONObject(), regions: regions ?? [],
                lifetimeMilliseconds: lifetime ?? TokenLimits.lifetimeMilliseconds, needsProof: proof == .required)
        } catch {
            let place = error.path.tokens.map(\.string).joined(separator: "/")
            throw members.wrong(place, "something else: \(error.problem); \(error.remedy)")
        }
    }

    /// Whether something must be there, or may.
    enum Need: String, CaseIterable {
        case optional
        case required
    }

    private enum Kind: String, CaseIterable {
        case oauth
        case spiffe
        case certificates = "spiffe-x509"

        var issuers: TokenIssuer.Kind {
            switch self {
            case .oauth: .oauth
            case .spiffe: .spiffe
            case .certificates: .spiffeX509
            }
        }
    }

    /// `https://…`, `http://127.0.0.1:…` or `file:…`.
    private static func keyPlace(_ text: UTF8String?, _ members: Members) throws(HomeError) -> TokenIssuer.Keys {
        let form = "where its keys are: https://HOST/PATH, or file:PATH (a JSON Web Key Set, or a SPIFFE bundle)"
        guard let text = text?.string else { throw members.wrong("jwks", form) }
        if text.hasPrefix("file:") {
            let path = String(text.dropFirst("file:".count))
            guard !path.isEmpty, !path.utf8.contains(0), !path.hasPrefix("//") else {
                throw members.wrong("jwks", form)
            }
            return .file(path)
        }
        do throws(ServerURL.Refusal) { _ = try ServerURL(text) } catch {
            throw members.wrong("jwks", "\(error.expected), or file:PATH")
        }
        return .url(text)
    }
}

extension Members {
    /// One text, or a list of texts; `nil` for anything else.
    static func texts(_ value: JSON) -> [UTF8String]? {
        let elements = value.array ?? [value]
        let texts = elements.compactMap(\.string).filter { !$0.isEmpty }
        return texts.count == elements.count ? texts : nil
    }

    mutating func texts(_ name: UTF8String) throws(HomeError) -> [UTF8String]? {
        guard let value = take(name) else { return nil }
        guard let texts = Self.texts(value) else { throw wrong(name.string, "a text or a list of texts") }
        return texts
    }

    /// `{claim: NAME}`.
    mutating func claim(_ name: UTF8String) throws(HomeError) -> UTF8String? {
        guard let value = take(name) else { return nil }
        guard let claim = Self.claim(value) else { throw wrong(name.string, "{claim: NAME}") }
        return claim
    }

    mutating func claimOrText(_ name: UTF8String) throws(HomeError) -> TokenIssuer.Source? {
        guard let value = take(name) else { return nil }
        if let text = value.string { return .text(text) }
        guard let claim = Self.claim(value) else { throw wrong(name.string, "a text or {claim: NAME}") }
        return .claim(claim)
    }

    mutating func capabilities() throws(HomeError) -> TokenIssuer.Capabilities? {
        guard let value = take("capabilities") else { return nil }
        if let claim = Self.claim(value) { return .claim(claim) }
        guard let names = Self.texts(value) else {
            throw wrong("capabilities", "a list of capabilities or {claim: NAME}")
        }
        return .fixed(names)
    }

    mutating func assurance() throws(HomeError) -> Assurance? {
        guard let value = take("assurance") else { return nil }
        if let text = value.string, let assurance = Assurance(wire: text) { return assurance }
        guard let level = value.int64, let assurance = Assurance.allCases.first(where: { $0.level == level }) else {
            throw wrong("assurance", "a level from 0 to 4, or one of L0, L1, L2, L3, L4KYC, L4FIN")
        }
        return assurance
    }

    mutating func lifetime() throws(HomeError) -> Int64? {
        guard let text = try text("lifetime") else { return nil }
        guard let milliseconds = ConfiguredDuration.milliseconds(text),
            (60_000...TokenLimits.lifetimeMillisecondsMax).contains(milliseconds)
        else { throw wrong("lifetime", "how long, from 1m to 31d: a whole number and one of m, h, d, as in 12h") }
        return milliseconds
    }

    private static func claim(_ value: JSON) -> UTF8String? {
        guard let object = value.object, object.count == 1, let claim = object["claim"]?.string, !claim.isEmpty else {
            return nil
        }
        return claim
    }
}
