// SPDX-License-Identifier: Apache-2.0

public import Passports
import StrictJSON
public import WireTypes

extension SignedToken {
    /// What the token says of its bearer, where one of the issuer's keys has signed it and its time has come and is not
    /// over.
    ///
    /// For whom it is meant (`isMeant(_:for:)`), which scopes a call takes, and that its bearer has the key that it may be
    /// bound to, is for whoever was presented it.
    ///
    /// - Throws: `TokenRefusal`.
    public func verified(
        by issuer: TokenIssuer, keys: TokenKeys, at now: Timestamp
    ) throws(TokenRefusal) -> VerifiedCredential {
        guard issuer.algorithms.contains(algorithm) else {
            throw TokenRefusal(.unsupported, "the token's algorithm is none of its issuer's")
        }
        let key: TokenKey
        switch keys.find(kid: kid, algorithm) {
        case .key(let found): key = found
        case .none: throw TokenRefusal(.unknownKey, "the token's issuer has no key of that id and algorithm")
        case .otherAlgorithm:
            throw TokenRefusal(.badSignature, "the token's algorithm is not that of the key it names")
        case .several:
            throw TokenRefusal(.badSignature, "the token does not say which of its issuer's keys has signed it")
        }
        guard isSigned(by: key) else {
            throw TokenRefusal(.badSignature, "the token's signature is not its issuer's")
        }
        guard Self.types(of: issuer.kind).contains(type) else {
            throw TokenRefusal(.unsupported, "the token is of another type than access tokens are")
        }
        let facts = try TokenClaims(claims).facts(of: issuer, token: digest, key: key.thumbprint)
        let start = facts.issuedAt ?? facts.notBefore ?? now
        guard
            facts.expiresAt
                <= start.adding(milliseconds: issuer.lifetimeMilliseconds + TokenLimits.skewMilliseconds)
        else { throw TokenRefusal(.time, "the token is valid for longer than is accepted of its issuer") }
        let credential: VerifiedCredential
        do throws(PassportError) { credential = try VerifiedCredential(facts) } catch {
            throw TokenRefusal(.claims, "the token has a claim that cannot be written exactly")
        }
        if let refusal = credential.refusal(at: now) { throw TokenRefusal(.time, refusal) }
        return credential
    }

    /// RFC 9068 §2.1, and plain JWTs; JWT-SVID §2.3, which may leave it out. A token of another type (a proof, an
    /// assertion, a log-out) is signed by the same keys and means something else.
    private static func types(of kind: TokenIssuer.Kind) -> [UTF8String?] {
        switch kind {
        case .oauth: ["at+jwt", "application/at+jwt", "jwt"]
        case .spiffe: ["jwt", "jose", nil]
        case .spiffeX509: []
        }
    }
}
