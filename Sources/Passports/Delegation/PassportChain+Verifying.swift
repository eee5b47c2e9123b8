// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

extension PassportChain {
    /// The passport that this is presented for, with those that it rests on, where an issuer signed the root and each
    /// other was signed by the same issuer or by the holder of the one before.
    ///
    /// - Throws: `PassportError`: `untrustedIssuer`, `badSignature`, what is wrong in a signed passport, or
    ///   `delegation` and `widening` for a chain that is none.
    public func verified(by issuers: TrustedIssuers) throws(PassportError) -> VerifiedPassport {
        var verified = try files[0].signed(by: issuers)
        guard verified.passport.delegation?.parent == nil else {
            throw PassportError(
                .delegation, at: JSONPointer(["passport", "delegation", "parent"]),
                "it rests on another passport, which is not there", "present its chain")
        }
        for file in files.dropFirst() {
            verified = try file.verified(under: verified, issuers)
        }
        return verified.presented(as: canonicalBytes)
    }
}

extension PassportFile {
    /// One more passport in a chain.
    fileprivate func verified(
        under parent: VerifiedPassport, _ issuers: TrustedIssuers
    ) throws(PassportError) -> VerifiedPassport {
        let isHolders = parent.passport.confirmation.map(Confirmation.kid) == kid
        if isHolders, let key = parent.passport.confirmation {
            guard Signatures.isValid(signature, of: try signingBytes, by: key) else {
                throw PassportError(
                    .badSignature, at: JSONPointer(["signature"]),
                    "the signature is not that of the holder of the passport before",
                    "have it delegated again; a signed passport cannot be edited")
            }
        } else {
            guard let issuer = issuers[kid], issuer.name == parent.issuer else {
                throw PassportError(
                    .untrustedIssuer, at: JSONPointer(["kid"]),
                    "it is signed neither by the holder of the passport before nor by the chain's issuer",
                    "sign it with the key in the `cnf` of the passport before")
            }
            _ = try signed(by: issuers)
        }
        let child = try claimedPassport()
        func refuse(_ member: UTF8String, _ problem: String, _ remedy: String) -> PassportError {
            PassportError(.delegation, at: JSONPointer(["passport", member]), problem, remedy)
        }
        guard child.delegation?.parent == parent.digest else {
            throw refuse("delegation", "it does not rest on the passport before it", "put the chain in order")
        }
        guard !parent.line.contains(where: { $0.passport.agentID == child.agentID }) else {
            throw refuse("agent_id", "its agent is in the chain already", "an agent delegates to others")
        }
        guard child.ownerID == parent.passport.ownerID, child.ownerType == parent.passport.ownerType else {
            throw refuse("owner_id", "its owner is not that of the passport before it", "agents of one owner delegate")
        }
        guard child.parentAgentID == nil || child.parentAgentID == parent.passport.agentID else {
            throw refuse("parent_agent_id", "this is not the agent that delegates", "name it, or leave it out")
        }
        guard parent.mayBeFollowed(byHolder: isHolders) else {
            throw refuse("delegation", "the chain is longer than a passport before it allows", "delegate less often")
        }
        return VerifiedPassport(self, child, under: parent, authority: try parent.authority.meet(Authority(child)))
    }
}

extension VerifiedPassport {
    /// The chain up to here, the root first.
    var line: [VerifiedPassport] { ancestors + [self] }

    /// Whether the chain may go on. Without a word about it only the issuer may let it.
    fileprivate func mayBeFollowed(byHolder isHolders: Bool) -> Bool {
        var isSaid = false
        for (index, link) in line.enumerated() {
            guard let depth = link.passport.delegation?.maxDepth else { continue }
            isSaid = true
            if Int64(line.count - index) > depth { return false }
        }
        return isSaid || !isHolders
    }
}
