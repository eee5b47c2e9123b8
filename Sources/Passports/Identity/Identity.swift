// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

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
    /// An OAuth 2.0 access token that is a JWT.
    case oauth
    /// A SPIFFE JWT-SVID.
    case spiffeJWT = "spiffe-jwt"
    /// A SPIFFE X.509-SVID.
    case spiffeX509 = "spiffe-x509"
}
