// SPDX-License-Identifier: Apache-2.0

public import Decisions
import Gateway
public import Passports
import Synchronization
public import WireTypes

/// A token that a caller has shown and that was verified.
public struct SubjectToken: Sendable {
    /// Its bytes. They go to the token endpoint that the configuration names, and nowhere else.
    public let bytes: [UInt8]
    /// Whether it is a JWT-SVID and not an access token.
    public let isIdentity: Bool
    /// SHA-256 of it.
    let digest: Digest
    /// When it ends.
    let expiresAt: Timestamp
}

/// The tokens that callers have shown, in memory and while they count: what is exchanged for tokens of servers.
///
/// It stands between the door and what verifies tokens, and keeps nothing where no server takes the caller's token. What
/// it forgets for want of room comes again with the caller's next request, which shows the token anew.
public final class CallerTokens: BearerTokens {
    private struct State {
        var tokens: [Digest: SubjectToken] = [:]
        var byteCount = 0
    }

    private let verifier: any BearerTokens
    private let keeps: Bool
    private let now: @Sendable () -> Timestamp
    private let bytesMax: Int
    private let state = Mutex(State())

    /// Nothing is kept yet.
    ///
    /// - Parameter keeps: whether any server takes its caller's token.
    public init(
        _ verifier: any BearerTokens, keeps: Bool, bytesMax: Int = HTTPUpstreamLimits.callerTokenBytes,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.verifier = verifier
        self.keeps = keeps
        self.bytesMax = bytesMax
        self.now = now
    }

    /// The issuers that are trusted now.
    public var issuers: TokenIssuers { verifier.issuers }

    /// What a token says of its bearer.
    public func verify(_ token: [UInt8]) async -> Result<VerifiedCredential, TokenRefusal> {
        let outcome = await verifier.verify(token)
        if keeps, case .success(let credential) = outcome { keep(token, credential.facts) }
        return outcome
    }

    private func keep(_ token: [UInt8], _ facts: CredentialFacts) {
        state.withLock { state in
            guard state.tokens[facts.token] == nil, token.count <= bytesMax else { return }
            if state.byteCount + token.count > bytesMax {
                let now = now()
                state.tokens = state.tokens.filter { $0.value.expiresAt > now }
                state.byteCount = state.tokens.values.reduce(0) { $0 + $1.bytes.count }
                if state.byteCount + token.count > bytesMax { state = State() }
            }
            state.tokens[facts.token] = SubjectToken(
                bytes: token, isIdentity: facts.kind == .spiffeJWT, digest: facts.token, expiresAt: facts.expiresAt)
            state.byteCount += token.count
        }
    }

    /// The token of a principal that has shown one which has not ended; `nil` for any other.
    func token(of principal: Principal) -> SubjectToken? {
        guard case .verified(let credential) = principal.credential, credential.facts.expiresAt > now() else {
            return nil
        }
        return state.withLock { $0.tokens[credential.facts.token] }
    }
}
