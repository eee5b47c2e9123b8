// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import WireTypes

/// The claims of a token whose signature holds, read as its issuer's settings say.
struct TokenClaims {
    private let claims: JSONObject

    init(_ claims: JSONObject) { self.claims = claims }

    func facts(of issuer: TokenIssuer, token: Digest, key: Digest) throws(TokenRefusal) -> CredentialFacts {
        guard issuer.kind == .spiffe || claims["iss"] == .string(issuer.identifier) else {
            throw TokenRefusal(.untrustedIssuer, "the token is another issuer's")
        }
        let subject = try name("sub")
        let agentID = try agent(issuer, subject)
        guard agentID != Passport.reservedAgentID else {
            throw TokenRefusal(.claims, "the token names an agent that cannot be")
        }
        guard let expiresAt = try time("exp") else {
            throw TokenRefusal(.claims, "the token does not say when it ends")
        }
        let notBefore = try time("nbf")
        if let notBefore, expiresAt <= notBefore {
            throw TokenRefusal(.claims, "the token ends before it begins")
        }
        let scopes = try scopes()
        return CredentialFacts(
            kind: issuer.kind == .oauth ? .oauth : .spiffeJWT, issuer: issuer.name, rules: issuer.rules,
            subject: subject, agentID: agentID, ownerID: try owner(issuer), teams: try teams(issuer), scopes: scopes,
            audience: try audience(), capabilities: try capabilities(issuer), limits: issuer.limits,
            regions: issuer.regions, assurance: issuer.assurance,
            onBehalfOf: issuer.agent == "sub" || agentID == UTF8String("\(issuer.agentPrefix)\(subject)")
                ? nil : subject,
            claims: try tags(scopes), issuedAt: try time("iat"), notBefore: notBefore, expiresAt: expiresAt,
            token: token, key: key, confirmation: try confirmation())
    }

    // MARK: - Who

    private func agent(_ issuer: TokenIssuer, _ subject: UTF8String) throws(TokenRefusal) -> UTF8String {
        switch issuer.kind {
        case .spiffe, .spiffeX509:
            guard let id = SPIFFEID(subject), id.trustDomain == issuer.identifier else {
                throw TokenRefusal(.claims, "the token's subject is no SPIFFE id of its issuer's trust domain")
            }
            return id.text
        case .oauth:
            let id = UTF8String("\(issuer.agentPrefix)\(try name(issuer.agent))")
            guard Identifier.isName(id) else { throw Self.unusable(issuer.agent) }
            return id
        }
    }

    private func owner(_ issuer: TokenIssuer) throws(TokenRefusal) -> UTF8String {
        switch issuer.owner {
        case .text(let text): text
        case .claim(let claim): try name(claim)
        }
    }

    private func teams(_ issuer: TokenIssuer) throws(TokenRefusal) -> [UTF8String] {
        guard let claim = issuer.teams, let value = value(claim) else { return [] }
        var teams: [UTF8String] = []
        for element in value.array ?? [value] {
            guard let team = element.string, Identifier.isName(team) else { throw Self.unusable(claim) }
            if !teams.contains(team) { teams.append(team) }
        }
        guard teams.count <= PassportLimits.teamsMax else { throw Self.unusable(claim) }
        return teams
    }

    // MARK: - For what

    /// `aud`: one text or a list (RFC 7519 §4.1.3).
    private func audience() throws(TokenRefusal) -> [UTF8String] {
        guard let value = claims["aud"] else {
            throw TokenRefusal(.audience, "the token does not say for whom it is meant")
        }
        return try texts(value, "aud", most: TokenLimits.audiencesMax)
    }

    /// `scope`, one text (RFC 9068 §2.2.3), or `scp`, a list or one text, as some servers have it.
    private func scopes() throws(TokenRefusal) -> [UTF8String] {
        var scopes: [UTF8String] = []
        for name in ["scope", "scp"] as [UTF8String] {
            guard let value = claims[name] else { continue }
            for scope in try texts(value, name, most: TokenLimits.scopesMax).flatMap(Self.words)
            where !scopes.contains(scope) {
                guard scopes.count < TokenLimits.scopesMax else { throw Self.unusable(name) }
                scopes.append(scope)
            }
        }
        return scopes
    }

    private func capabilities(_ issuer: TokenIssuer) throws(TokenRefusal) -> [Capability] {
        var names: [UTF8String] = []
        switch issuer.capabilities {
        case .fixed(let fixed): names = fixed
        case .claim(let claim):
            if let value = value(claim) {
                names = try texts(value, claim, most: TokenLimits.scopesMax).flatMap(Self.words)
            }
        }
        var capabilities: [Capability] = []
        for name in names where !capabilities.contains(where: { $0.id == name }) {
            // A claim may have other words too; what is no capability gives none.
            do throws(PassportError) { capabilities.append(try Capability(name)) } catch { continue }
            guard capabilities.count <= PassportLimits.capabilitiesMax else {
                throw TokenRefusal(.claims, "the token has too many capabilities")
            }
        }
        return capabilities
    }

    /// `cnf` (RFC 7800), in canonical form.
    private func confirmation() throws(TokenRefusal) -> JSONObject? {
        guard let value = claims["cnf"] else { return nil }
        guard let object = value.object, !object.isEmpty else { throw Self.unusable("cnf") }
        do throws(JSONError) {
            return try JSON(parsing: JSON.object(object).canonical(), limits: CredentialLimits.token).object
        } catch {
            throw Self.unusable("cnf")
        }
    }

    // MARK: - The rest

    /// Claims that have a place of their own, or differ between any two tokens and would be no use to a policy.
    private static let placed: Set<UTF8String> = [
        "iss", "aud", "exp", "nbf", "iat", "jti", "scope", "scp", "auth_time", "uti", "rh", "aio", "sid", "nonce",
    ]

    private func tags(_ scopes: [UTF8String]) throws(TokenRefusal) -> [UTF8String: UTF8String] {
        var tags: [UTF8String: UTF8String] = [:]
        if !scopes.isEmpty { tags["scope"] = UTF8String(scopes.map(\.string).joined(separator: " ")) }
        for member in claims.members where !Self.placed.contains(member.key) {
            let text: UTF8String? =
                switch member.value {
                case .string(let text): text
                case .bool(let truth): truth ? "true" : "false"
                case .number(let number): number.lexeme
                case .null, .array, .object: nil
                }
            guard let text else { continue }
            guard text.byteCount <= TokenLimits.claimBytesMax else {
                throw TokenRefusal(.claims, "the token has a claim that is too long")
            }
            tags[member.key] = text
        }
        return tags
    }

    /// NumericDate (RFC 7519 §2): seconds, with or without a fraction.
    private func time(_ claim: UTF8String) throws(TokenRefusal) -> Timestamp? {
        guard let value = claims[claim] else { return nil }
        guard let number = value.number, let seconds = number.double, (0...253_402_300_799).contains(seconds) else {
            throw Self.unusable(claim)
        }
        if let whole = number.int64 { return Timestamp(clamping: whole * 1000) }
        return Timestamp(clamping: Int64(seconds * 1000))
    }

    private func value(_ claim: UTF8String) -> JSON? {
        guard claim.hasPrefix("/"), let pointer = JSONPointer(parsing: claim) else { return claims[claim] }
        return JSON.object(claims)[pointer]
    }

    private func name(_ claim: UTF8String) throws(TokenRefusal) -> UTF8String {
        guard let text = value(claim)?.string, Identifier.isName(text) else { throw Self.unusable(claim) }
        return text
    }

    private func texts(_ value: JSON, _ claim: UTF8String, most: Int) throws(TokenRefusal) -> [UTF8String] {
        var texts: [UTF8String] = []
        for element in value.array ?? [value] {
            guard let text = element.string, texts.count < most else { throw Self.unusable(claim) }
            texts.append(text)
        }
        return texts
    }

    private static func words(_ text: UTF8String) -> [UTF8String] {
        text.bytes.split(separator: UInt8(ascii: " ")).compactMap { UTF8String(validating: $0) }
    }

    /// The claim's name is the protocol's or the configuration's.
    private static func unusable(_ claim: UTF8String) -> TokenRefusal {
        TokenRefusal(.claims, UTF8String("the token's claim \(claim) is missing, or has a value that cannot be used"))
    }
}
