// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

/// A credential as it was presented: whom it claims to be, and whether a trusted issuer says so.
struct Presented: Sendable {
    /// Why a credential is not verified, in words that quote nothing of it.
    struct Why: Error {
        let text: UTF8String
    }

    /// Whom it claims to be; for the kill switch, which comes before verification.
    let claim: Identity
    /// The passport that an issuer vouches for.
    let verified: Result<VerifiedPassport, Why>
    /// Whom it says to be, and how policies see that, where it is verified: the same for every call.
    let agent: PresentedAgent?

    init(_ credential: Credential, _ issuers: TrustedIssuers) {
        let file: Result<PassportFile, Why>
        switch credential {
        case .none:
            file = .failure(Why(text: "no passport was presented"))
        case .unreadable(let why):
            file = .failure(Why(text: why))
        case .passport(let bytes):
            file = Result { () throws(PassportError) in try PassportFile(parsing: bytes) }.mapError(Why.init)
        }
        let agent = file.flatMap { file in
            Result { () throws(PassportError) in try file.claimedPassport().agentID }.mapError(Why.init)
        }
        if case .success(let id) = agent, let claimed = ClaimedIdentity(agentID: id, kind: .passport) {
            claim = .claimed(claimed)
        } else {
            claim = .none
        }
        verified = file.flatMap { file in
            Result { () throws(PassportError) in try file.verified(by: issuers) }.mapError(Why.init)
        }
        if case .success(let passport) = verified { self.agent = PresentedAgent(passport) } else { self.agent = nil }
    }
}

/// What a verified passport comes to, made once and not with each call. Nothing in it hangs on the time or the log.
struct PresentedAgent: Sendable {
    let passport: VerifiedPassport
    let identity: VerifiedIdentity
    let cedar: CedarAgent

    init(_ passport: VerifiedPassport) {
        self.passport = passport
        identity = VerifiedIdentity(passport)
        cedar = CedarAgent(identity)
    }
}

extension Presented.Why {
    init(_ error: PassportError) { text = UTF8String("the passport does not verify: \(error.problem)") }
}
