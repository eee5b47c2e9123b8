// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// Who makes a call, as far as it is known. Every kind of credential becomes one of these.
public enum Identity: Sendable, Equatable {
    /// A trusted issuer's signature says so.
    case verified(VerifiedIdentity)
    /// The caller says so, and nothing else does; policy sees it only under `context.claimed`.
    case claimed(ClaimedIdentity)
    /// Nothing is known.
    case none

    /// Receipts' word for it.
    public enum State: String, WireNamed, Hashable {
        /// A trusted issuer's signature says so.
        case verified
        /// The caller says so.
        case claimed
        /// Nothing is known.
        case none
    }

    /// Receipts' word for it.
    public var state: State {
        switch self {
        case .verified: .verified
        case .claimed: .claimed
        case .none: .none
        }
    }

    /// The verified identity, or `nil`.
    public var verified: VerifiedIdentity? { if case .verified(let identity) = self { identity } else { nil } }

    /// What receipts call the caller: the verified agent's id, else `unidentified`.
    public var agentID: UTF8String { verified?.agentID ?? Passport.reservedAgentID }

    /// The agent that a kill switch looks for before anything is verified: the verified or claimed agent's id.
    public var namedAgentID: UTF8String? {
        switch self {
        case .verified(let identity): identity.agentID
        case .claimed(let identity): identity.agentID
        case .none: nil
        }
    }
}

/// The kinds of credential that an identity can come from.
public enum CredentialKind: String, WireNamed, Hashable {
    /// A passport file.
    case passport
}

/// What a caller says of itself without proof.
public struct ClaimedIdentity: Sendable, Equatable {
    /// The kind of credential it showed, where it showed one that could not be verified.
    public let kind: CredentialKind?
    /// The agent it says it is; of the form of agents' ids.
    public let agentID: UTF8String

    /// A claim, or `nil` where the id is not of the form of agents' ids.
    public init?(agentID: UTF8String, kind: CredentialKind? = nil) {
        guard Identifier.isName(agentID), agentID != Passport.reservedAgentID else { return nil }
        self.agentID = agentID
        self.kind = kind
    }
}

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

    /// The identity of a verified passport.
    public init(_ verified: VerifiedPassport) {
        let passport = verified.passport
        self.init(
            kind: .passport, agentID: passport.agentID, ownerID: passport.ownerID, ownerType: passport.ownerType,
            parentAgentID: passport.parentAgentID, teams: passport.teams, issuer: verified.issuer,
            digest: verified.digest, assurance: passport.assurance, capabilities: passport.capabilities,
            regions: passport.regions, limits: passport.limits, onBehalfOf: nil, claims: passport.claims)
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

extension Passport {
    /// The members that are one string each, and those of `metadata` that are a string, boolean or integer as
    /// `metadata.<name>`. Lists, records and what a principal has as attributes are not repeated.
    var claims: [UTF8String: UTF8String] {
        var claims: [UTF8String: UTF8String] = [
            "passport_id": passportID, "kind": kind.wire, "spec_version": Self.specVersion,
            "owner_type": ownerType.wire, "assurance_level": assurance.wire, "version": version,
            "created_at": UTF8String(createdAt.text), "updated_at": UTF8String(updatedAt.text),
        ]
        claims["did"] = did
        claims["not_before"] = notBefore.map { UTF8String($0.text) }
        claims["expires_at"] = expiresAt.map { UTF8String($0.text) }
        for member in metadata.members {
            let text: UTF8String? =
                switch member.value {
                case .string(let text): text
                case .bool(let truth): truth ? "true" : "false"
                case .number(let number): number.int64.map { UTF8String(String($0)) }
                case .null, .array, .object: nil
                }
            claims[UTF8String("metadata." + member.key.string)] = text
        }
        return claims
    }
}
