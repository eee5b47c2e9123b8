// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import WireTypes

/// A credential as it was presented: whom it claims to be, and whether a trusted issuer says so.
struct Presented: Sendable {
    /// Why a credential is not verified, in words that quote nothing of it.
    struct Why: Error {
        let text: UTF8String
    }

    /// Whom it claims to be; for the kill switch, which comes before verification.
    let claim: Identity
    /// What an issuer vouches for, whenever, and how policies see that: the same for every call.
    private let vouched: Result<PresentedAgent, Why>

    init(_ credential: Credential, _ rulebook: Rulebook) {
        let file: Result<PassportChain, Why>
        var possession: Possession?
        switch credential {
        case .none:
            file = .failure(Why(text: "no passport was presented"))
        case .unreadable(let why):
            file = .failure(Why(text: why))
        case .passport(let bytes):
            file = Self.read(bytes)
        case .held(let bytes, let shown):
            (file, possession) = (Self.read(bytes), shown)
        case .verified(let token):
            let claimed = ClaimedIdentity(agentID: token.facts.agentID, kind: token.facts.kind)
            claim = claimed.map(Identity.claimed) ?? .none
            vouched =
                claimed == nil
                ? .failure(Why(text: "the token's agent has no id")) : .success(PresentedAgent(.token(token)))
            return
        }
        let agent = file.flatMap { file in
            Result { () throws(PassportError) in try file.leaf.claimedPassport().agentID }.mapError(Why.init)
        }
        if case .success(let id) = agent, let claimed = ClaimedIdentity(agentID: id, kind: .passport) {
            claim = .claimed(claimed)
        } else {
            claim = .none
        }
        vouched = file.flatMap { file in
            Result { () throws(PassportError) in try file.verified(by: rulebook.issuers) }.mapError(Why.init)
        }.flatMap { [possession] passport in
            let line = passport.ancestors + [passport]
            guard !line.contains(where: { rulebook.tokenIssuers.reserves($0.passport.agentID) }) else {
                return .failure(Why(text: "the passport's agent has an id that only an issuer of tokens can give"))
            }
            if let refusal = passport.refusal(of: possession) { return .failure(Why(text: refusal)) }
            return .success(PresentedAgent(.passport(passport, possession)))
        }
    }

    private static func read(_ bytes: [UInt8]) -> Result<PassportChain, Why> {
        Result { () throws(PassportError) in try PassportChain(parsing: bytes) }.mapError(Why.init)
    }

    /// What an issuer that is trusted now vouches for, at a moment. Of passports the time is their standing's business.
    func verified(at now: Timestamp, _ rulebook: Rulebook) -> Result<PresentedAgent, Why> {
        guard case .success(let agent) = vouched, case .token(let token) = agent.voucher,
            let refusal = token.refusal(at: now, rulebook.tokenIssuers)
        else { return vouched }
        return .failure(Why(text: refusal))
    }
}

/// What a verified credential comes to, made once and not with each call. Nothing in it hangs on the time or the log.
struct PresentedAgent: Sendable {
    let voucher: Voucher
    let identity: VerifiedIdentity
    /// Whoever must be permitted for a call to be: the agent itself, and then those on whose authority it acts.
    let line: [Link]

    /// One of the line. A class, since every decision goes through it several times.
    final class Link: Sendable {
        let identity: VerifiedIdentity
        let cedar: CedarAgent

        init(_ identity: VerifiedIdentity) {
            self.identity = identity
            cedar = CedarAgent(identity)
        }
    }

    init(_ voucher: Voucher) {
        self.voucher = voucher
        identity = voucher.identity
        line = ([identity] + identity.delegators.reversed()).map(Link.init)
    }
}

extension Presented.Why {
    init(_ error: PassportError) { text = UTF8String("the passport does not verify: \(error.problem)") }
}
