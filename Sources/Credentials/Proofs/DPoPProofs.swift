// SPDX-License-Identifier: Apache-2.0

public import Decisions
import Passports
public import StrictJSON
public import WireTypes

/// Verifies DPoP proofs (RFC 9449), and remembers those that were used for as long as they would be accepted.
public final class DPoPProofs: PossessionProofs {
    /// What proofs may be signed with.
    public let algorithms: [UTF8String] = TokenAlgorithm.allCases.map(\.wire)
    private let used: UsedProofs
    private let nonces: ProofNonces?
    private let now: @Sendable () -> Timestamp

    /// A verifier that has seen nothing: proofs that were made before it began may have been used with an earlier one, and
    /// are refused.
    ///
    /// - Parameter nonceKey: 32 random bytes, where each proof must have a nonce that was given out here.
    public convenience init(nonceKey: [UInt8]? = nil, now: @escaping @Sendable () -> Timestamp) {
        // Proofs say when they were made in whole seconds.
        let start = now().milliseconds / 1000 * 1000 + CredentialLimits.proofMilliseconds
        let used = UsedProofs(
            start: start, mostOfKey: CredentialLimits.proofsOfKey, most: CredentialLimits.proofsRemembered)
        self.init(used: used, nonceKey: nonceKey, now: now)
    }

    /// With a memory of another size.
    package init(used: UsedProofs, nonceKey: [UInt8]?, now: @escaping @Sendable () -> Timestamp) {
        self.used = used
        nonces = nonceKey.map(ProofNonces.init)
        self.now = now
    }

    /// A nonce that proofs may have from now on.
    public var nonce: UTF8String? { nonces?.nonce(at: now()) }

    /// The key that a proof shows.
    public func verify(_ proof: UTF8String, of request: ProvedRequest) -> Result<ShownProof, ProofRefusal> {
        let now = now()
        let read: DPoPProof
        do throws(TokenRefusal) { read = try DPoPProof(parsing: proof.bytes) } catch {
            return .failure(ProofRefusal(.invalid, error.text))
        }
        if let refusal = read.refusal(of: request, at: now) { return .failure(ProofRefusal(.invalid, refusal)) }
        if let nonces {
            guard let nonce = read.nonce, nonces.isGood(nonce, at: now) else {
                return .failure(ProofRefusal(.nonce, "the proof has no nonce that was given here, or an old one"))
            }
        }
        return .success(ShownProof(Possession(.dpop, key: read.key), id: read.id, end: read.end))
    }

    /// Uses a proof up.
    public func use(_ proof: ShownProof) -> ProofRefusal? {
        switch used.use(proof.id, of: proof.possession.key, until: proof.end, at: now().milliseconds) {
        case .first: nil
        case .again: ProofRefusal(.invalid, "the proof was used before")
        case .stale: ProofRefusal(.invalid, "the proof is from before this began, or from before the clock went back")
        case .full: ProofRefusal(.tooMany, "too many requests with proofs are remembered")
        }
    }

    /// How many proofs are remembered; for whoever watches over memory.
    package var usedCount: Int { used.count }
}
