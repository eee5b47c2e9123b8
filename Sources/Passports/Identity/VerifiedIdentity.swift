// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// Facts about the caller for which a trusted issuer vouches. They are what policy sees of the principal.
public struct VerifiedIdentity: Sendable, Equatable {
    /// The credential they come from.
    public let kind: CredentialKind
    /// The agent.
    public let agentID: UTF8String
    /// Its owner.
    public let ownerID: UTF8String
    /// What kind of owner.
    public let ownerType: OwnerType
    /// The agent it is an instance of.
    public let parentAgentID: UTF8String?
    /// The teams it belongs to.
    public let teams: [UTF8String]
    /// Who vouches.
    public let issuer: UTF8String
    /// The credential's digest, under which it is archived.
    public let digest: Digest
    /// How the owner's identity was checked.
    public let assurance: Assurance
    /// What it may be asked to do.
    public let capabilities: [Capability]
    /// Where.
    public let regions: [UTF8String]
    /// How much; see `LimitResolver`.
    public let limits: JSONObject
    /// On whose behalf it acts, where the credential says so.
    public let onBehalfOf: UTF8String?
    /// The credential's claims as strings, for policies' tags.
    public let claims: [UTF8String: UTF8String]
    /// How it was shown that the caller is the credential's bearer.
    public private(set) var proof = CredentialFacts.Proof.none
    /// The key of which that is a proof, by its RFC 7638 thumbprint; `nil` where there is none.
    public private(set) var proofKey: Digest?
    /// Those on whose authority it acts, the root first, each as it would be if it called itself; mostly nobody. What
    /// it may do each of them may.
    public private(set) var delegators: [VerifiedIdentity] = []

    /// The identity of a verified passport.
    ///
    /// - Parameter possession: that the caller has the key that the passport is bound to.
    public init(_ verified: VerifiedPassport, _ possession: Possession? = nil) {
        let (passport, authority) = (verified.passport, verified.authority)
        self.init(
            kind: .passport, agentID: passport.agentID, ownerID: passport.ownerID, ownerType: passport.ownerType,
            parentAgentID: verified.ancestors.last?.passport.agentID ?? passport.parentAgentID, teams: authority.teams,
            issuer: verified.issuer, digest: verified.digest, assurance: authority.assurance,
            capabilities: authority.capabilities, regions: authority.regions, limits: authority.limits, onBehalfOf: nil,
            claims: verified.claims)
        delegators = verified.ancestors.map { VerifiedIdentity($0) }
        if let possession { (proof, proofKey) = (possession.proof, possession.key) }
    }

    /// The identity that a verified token gives.
    public init(_ verified: VerifiedCredential) {
        let facts = verified.facts
        self.init(
            kind: facts.kind, agentID: facts.agentID, ownerID: facts.ownerID, ownerType: facts.ownerType,
            parentAgentID: nil, teams: facts.teams, issuer: facts.issuer, digest: verified.digest,
            assurance: facts.assurance, capabilities: facts.capabilities, regions: facts.regions,
            limits: facts.limits, onBehalfOf: facts.onBehalfOf, claims: facts.claims)
        (proof, proofKey) = (facts.proof, facts.proofKey)
    }

    /// For the modules of this package that verify other credentials; whoever calls it has verified every argument.
    package init(
        kind: CredentialKind, agentID: UTF8String, ownerID: UTF8String, ownerType: OwnerType,
        parentAgentID: UTF8String?, teams: [UTF8String], issuer: UTF8String, digest: Digest, assurance: Assurance,
        capabilities: [Capability], regions: [UTF8String], limits: JSONObject, onBehalfOf: UTF8String?,
        claims: [UTF8String: UTF8String]
    ) {
        self.kind = kind
        self.agentID = agentID
        self.ownerID = ownerID
        self.ownerType = ownerType
        self.parentAgentID = parentAgentID
        self.teams = teams
        self.issuer = issuer
        self.digest = digest
        self.assurance = assurance
        self.capabilities = capabilities
        self.regions = regions
        self.limits = limits
        self.onBehalfOf = onBehalfOf
        self.claims = claims
    }
}
