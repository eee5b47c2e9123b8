// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// A token that was verified at the door: its facts, and their one canonical form, `writ.credential/1`.
///
/// A decision is made of these facts and archived with them; nobody needs the token to make it again. Only this package
/// can make one. Two are equal where their canonical forms are.
public struct VerifiedCredential: Sendable, Hashable {
    /// What was verified.
    public let facts: CredentialFacts
    /// `writ.credential/1`.
    public let json: JSON
    /// SHA-256 of its canonical form (RFC 8785): what receipts call `identity.digest`.
    public let digest: Digest
    /// SHA-256 of what stays the same when an issuer gives the same agent a new token: all but times, token and key. A
    /// conversation that one such token began may go on with the next.
    public let continuity: Digest

    /// Facts that have been verified.
    ///
    /// - Throws: `PassportError` where a fact cannot be written: a number that is no exact one.
    package init(_ facts: CredentialFacts) throws(PassportError) {
        self.facts = facts
        var lasting = facts.json
        json = .object(lasting)
        digest = Signatures.sha256(try Self.canonical(lasting))
        for name in Self.passing { lasting[name] = nil }
        continuity = Signatures.sha256(try Self.canonical(lasting))
    }

    /// Reads the canonical form back, from an archive.
    ///
    /// - Throws: `PassportError` for anything else.
    package init(archived json: JSON) throws(PassportError) { try self.init(CredentialFacts(archived: json)) }

    /// The same, shown to be its bearer's by a proof.
    ///
    /// - Throws: `PassportError` as the initialiser.
    package func proved(by proof: CredentialFacts.Proof) throws(PassportError) -> VerifiedCredential {
        var facts = facts
        facts.proof = proof
        return try VerifiedCredential(facts)
    }

    /// `writ.credential/1`.
    public static let type: UTF8String = "writ.credential/1"

    /// By digest.
    public static func == (left: VerifiedCredential, right: VerifiedCredential) -> Bool { left.digest == right.digest }

    /// By digest.
    public func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    private static let passing: [UTF8String] = ["issued_at", "not_before", "expires_at", "token", "key"]

    private static func canonical(_ object: JSONObject) throws(PassportError) -> [UInt8] {
        do throws(JSONError) { return try JSON.object(object).canonical() } catch { throw .malformed(error) }
    }
}

extension VerifiedCredential {
    /// Why it does not count at a moment, in words that quote nothing of it; `nil` where it does.
    ///
    /// Time has the skew that clocks may have; that its issuer is no more trusted under the words that it was verified
    /// under has none.
    public func refusal(at now: Timestamp, _ issuers: TokenIssuers) -> UTF8String? {
        guard let issuer = issuers[facts.issuer], issuer.rules == facts.rules else {
            return "the token's issuer is not trusted, or not under the words that it was verified under"
        }
        if let refusal = refusal(at: now) { return refusal }
        if facts.confirmation != nil, facts.proof == .none {
            return "the token is bound to a key, and there is no proof of that key"
        }
        if facts.proof == .dpop, facts.boundKey == nil {
            return "there is a proof of a key, and the token is bound to none"
        }
        if issuer.needsProof, facts.proof == .none {
            return "tokens of this issuer are accepted only with a proof of the key that they are bound to"
        }
        return nil
    }

    /// Why it does not count at a moment by its own times, with the skew that clocks may have; `nil` where it does.
    public func refusal(at now: Timestamp) -> UTF8String? {
        if now >= facts.expiresAt.adding(milliseconds: TokenLimits.skewMilliseconds) {
            return "the token has expired"
        }
        let skewed = now.adding(milliseconds: TokenLimits.skewMilliseconds)
        if let notBefore = facts.notBefore, skewed < notBefore { return "the token is not valid yet" }
        if let issuedAt = facts.issuedAt, skewed < issuedAt { return "the token was issued in the future" }
        return nil
    }

    /// The scopes that a call to a server takes and the token has not.
    public func missingScopes(for server: UTF8String?, _ issuers: TokenIssuers) -> [UTF8String] {
        issuers[facts.issuer]?.scopes(for: server).filter { !facts.scopes.contains($0) } ?? []
    }
}
