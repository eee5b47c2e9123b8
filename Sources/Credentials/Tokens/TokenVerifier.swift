// SPDX-License-Identifier: Apache-2.0

import Crypto
public import Decisions
public import Passports
import StrictJSON
import Synchronization
public import WireTypes

/// Verifies tokens, each one's signature once.
///
/// What is remembered is under the token's digest, and counts only while its issuer's settings are the same, the key that
/// signed it is among the issuer's, and its time is not over. Whether its agent is suspended, killed or permitted is
/// looked at with each call and not remembered here.
public final class TokenVerifier: BearerTokens {
    private let known = Mutex<[WireTypes.Digest: VerifiedCredential]>([:])
    private let keys: any IssuerKeySource
    private let trusted: @Sendable () -> TokenIssuers
    private let now: @Sendable () -> Timestamp

    /// A verifier that has seen nothing.
    ///
    /// - Parameter trusted: the issuers in force.
    public init(
        keys: any IssuerKeySource, trusted: @escaping @Sendable () -> TokenIssuers,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.keys = keys
        self.trusted = trusted
        self.now = now
    }

    /// The issuers that are trusted now.
    public var issuers: TokenIssuers { trusted() }

    /// What a token says of its bearer.
    public func verify(_ token: [UInt8]) async -> Result<VerifiedCredential, TokenRefusal> {
        guard token.count <= TokenLimits.tokenBytesMax else {
            return .failure(TokenRefusal(.malformed, "the token is too long"))
        }
        let issuers = trusted()
        let digest = WireTypes.Digest(SHA256.hash(data: token))
        if let credential = remembered(digest, issuers) { return .success(credential) }
        do throws(TokenRefusal) {
            let signed = try SignedToken(parsing: token)
            let issuer = try signed.issuer(among: issuers)
            let credential = try await verified(signed, issuer)
            remember(credential, digest)
            return .success(credential)
        } catch {
            return .failure(error)
        }
    }

    private func verified(
        _ signed: SignedToken, _ issuer: TokenIssuer
    ) async throws(TokenRefusal) -> VerifiedCredential {
        let first = try Self.had(await keys.keys(of: issuer))
        do throws(TokenRefusal) {
            return try signed.verified(by: issuer, keys: first, at: now())
        } catch {
            guard error.code == .unknownKey else { throw error }
        }
        // Perhaps the issuer has changed its keys since.
        return try signed.verified(by: issuer, keys: try Self.had(await keys.newerKeys(of: issuer)), at: now())
    }

    /// Why they cannot be had, their source has said to the operator.
    private static func had(_ outcome: Result<TokenKeys, KeysUnavailable>) throws(TokenRefusal) -> TokenKeys {
        guard case .success(let keys) = outcome else {
            throw TokenRefusal(.keysUnavailable, "the keys of the token's issuer cannot be had at the moment")
        }
        return keys
    }

    private func remembered(_ digest: WireTypes.Digest, _ issuers: TokenIssuers) -> VerifiedCredential? {
        guard let credential = known.withLock({ $0[digest] }) else { return nil }
        guard let issuer = issuers[credential.facts.issuer], issuer.rules == credential.facts.rules,
            let keys = keys.known(of: issuer), keys.contains(credential.facts.key),
            credential.refusal(at: now()) == nil
        else {
            known.withLock { $0[digest] = nil }
            return nil
        }
        return credential
    }

    private func remember(_ credential: VerifiedCredential, _ digest: WireTypes.Digest) {
        known.withLock { known in
            if known.count >= CredentialLimits.tokensRemembered {
                let now = now()
                known = known.filter { $0.value.refusal(at: now) == nil }
                // All of them in use: then it starts afresh, as it would after a restart.
                if known.count >= CredentialLimits.tokensRemembered { known = [:] }
            }
            known[digest] = credential
        }
    }

    /// How many tokens are remembered; for whoever watches over memory.
    package var rememberedCount: Int { known.withLock { $0.count } }
}
