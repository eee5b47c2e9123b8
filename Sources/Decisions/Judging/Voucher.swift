// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import WireTypes

/// What a trusted issuer's signature stands under.
enum Voucher: Sendable {
    /// A passport, and of one that is bound to a key that its holder has that key.
    case passport(VerifiedPassport, Possession?)
    /// A token.
    case token(VerifiedCredential)

    /// Who it says the caller is.
    var identity: VerifiedIdentity {
        switch self {
        case .passport(let passport, let possession): VerifiedIdentity(passport, possession)
        case .token(let token): VerifiedIdentity(token)
        }
    }

    /// It in the one spelling that it has.
    var credential: Credential {
        switch self {
        case .passport(let passport, nil): .passport(passport.canonicalBytes)
        case .passport(let passport, let possession?): .held(passport.canonicalBytes, possession)
        case .token(let token): .verified(token)
        }
    }

    /// Of what it says of its agent: the next token of the same agent, that says the same, has the same.
    var lastingDigest: Digest {
        switch self {
        case .passport(let passport, _): passport.digest
        case .token(let token): token.continuity
        }
    }

    /// Why the agent is of no use at a moment; of a passport's own status and the log's the worse holds.
    func refusal(at now: Timestamp, _ standings: [UTF8String: LoggedStanding]) -> PassportRefusal? {
        func logged(_ agent: UTF8String) -> LoggedStatus {
            switch standings[agent] {
            case nil: .none
            case .suspended: .suspended
            case .revoked: .revoked
            }
        }
        return switch self {
        case .passport(let passport, _): passport.refusal(at: now, logged: logged)
        case .token: PassportRefusal(ofAgent: logged(identity.agentID))
        }
    }

    /// The scopes that a call to a server takes and a token has not. A passport has none and needs none.
    func missingScopes(for server: UTF8String, _ rulebook: Rulebook) -> [UTF8String] {
        switch self {
        case .passport: []
        case .token(let token): token.missingScopes(for: server, rulebook.tokenIssuers)
        }
    }
}
