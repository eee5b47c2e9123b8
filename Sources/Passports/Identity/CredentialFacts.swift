// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What a token that has been verified says of its bearer. Nothing of the token itself is in here but its digest.
public struct CredentialFacts: Sendable, Equatable {
    /// How it was shown that the bearer is the one to whom the token was given.
    public enum Proof: String, WireNamed, Hashable {
        /// It was not: whoever has the token is taken for its bearer.
        case none
        /// By a proof of the key that the token names (RFC 9449).
        case dpop
        /// By the certificate of the connection (RFC 8705).
        case mtls
        /// By a signature under the key that the credential names.
        case cnf
    }

    /// What kind of credential it was.
    public var kind: CredentialKind
    /// The issuer's name in the configuration.
    public var issuer: UTF8String
    /// Which words of the configuration it was verified under: `TokenIssuer.rules`.
    public var rules: Digest
    /// `sub`.
    public var subject: UTF8String
    /// The agent.
    public var agentID: UTF8String
    /// Its owner.
    public var ownerID: UTF8String
    /// What kind of owner.
    public var ownerType: OwnerType
    /// The teams it belongs to.
    public var teams: [UTF8String]
    /// The scopes it has.
    public var scopes: [UTF8String]
    /// Whom it is meant for: `aud`.
    public var audience: [UTF8String]
    /// What it may be asked to do.
    public var capabilities: [Capability]
    /// How much.
    public var limits: JSONObject
    /// Where.
    public var regions: [UTF8String]
    /// How well the issuer knows it.
    public var assurance: Assurance
    /// On whose behalf it acts.
    public var onBehalfOf: UTF8String?
    /// The token's other claims that are one value each, as texts, for policies' tags.
    public var claims: [UTF8String: UTF8String]
    /// When it was issued, where it says so.
    public var issuedAt: Timestamp?
    /// From when on it counts, where it says so.
    public var notBefore: Timestamp?
    /// When it ends.
    public var expiresAt: Timestamp
    /// SHA-256 of the token.
    public var token: Digest
    /// The key that signed it: its RFC 7638 thumbprint.
    public var key: Digest
    /// The key that its bearer must have (`cnf`), where it is bound to one; in canonical form.
    public var confirmation: JSONObject?
    /// How that was shown.
    public var proof: Proof
    /// The credentials that it rests on, root first.
    public var chain: [Digest]

    /// The key that its bearer must have, by its RFC 7638 thumbprint (`cnf.jkt`, RFC 9449 §6.1); `nil` where it is bound to
    /// none, or in another way.
    public var boundKey: Digest? {
        guard let confirmation, confirmation.count == 1 else { return nil }
        return confirmation["jkt"]?.string.flatMap { Digest(base64URL: $0.string) }
    }

    /// The key of which there was a proof.
    var proofKey: Digest? { proof == .dpop ? boundKey : nil }

    /// Facts; whoever makes them has verified every one.
    package init(
        kind: CredentialKind, issuer: UTF8String, rules: Digest, subject: UTF8String, agentID: UTF8String,
        ownerID: UTF8String, ownerType: OwnerType = .org, teams: [UTF8String] = [], scopes: [UTF8String] = [],
        audience: [UTF8String], capabilities: [Capability] = [], limits: JSONObject = JSONObject(),
        regions: [UTF8String] = [], assurance: Assurance = .l0, onBehalfOf: UTF8String? = nil,
        claims: [UTF8String: UTF8String] = [:], issuedAt: Timestamp? = nil, notBefore: Timestamp? = nil,
        expiresAt: Timestamp, token: Digest, key: Digest, confirmation: JSONObject? = nil, proof: Proof = .none,
        chain: [Digest] = []
    ) {
        self.kind = kind
        self.issuer = issuer
        self.rules = rules
        self.subject = subject
        self.agentID = agentID
        self.ownerID = ownerID
        self.ownerType = ownerType
        self.teams = teams
        self.scopes = scopes
        self.audience = audience
        self.capabilities = capabilities
        self.limits = limits
        self.regions = regions
        self.assurance = assurance
        self.onBehalfOf = onBehalfOf
        self.claims = claims
        self.issuedAt = issuedAt
        self.notBefore = notBefore
        self.expiresAt = expiresAt
        self.token = token
        self.key = key
        self.confirmation = confirmation
        self.proof = proof
        self.chain = chain
    }
}
