// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Synchronization
import WireTypes

/// Verifies passports, each file once per set of issuers: the same bytes under the same keys always verify the same, and
/// a signature's verification costs more than all the rest of a decision.
///
/// Standing and time are not its business, so nothing here goes stale: a suspension acts on the next decision.
public final class PassportVerifier: Sendable {
    private struct Question: Hashable {
        let shown: Shown
        /// The key that was shown with it.
        var possession: Possession?
        /// The configuration that the issuers are of.
        let configuration: Digest
    }

    /// A passport's bytes, or a token's digest.
    private enum Shown: Hashable {
        case file([UInt8])
        case token(Digest)

        /// The bytes are hashed at once: one by one they would take ten times as long, by SHA-256 twenty times.
        func hash(into hasher: inout Hasher) {
            switch self {
            case .file(let bytes): bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
            case .token(let digest): hasher.combine(digest)
            }
        }
    }

    /// Agents of one process; beyond it the memory starts afresh.
    private static let most = 256

    private let answers = Mutex<[Question: Presented]>([:])

    /// A verifier that has seen nothing.
    public init() {}

    /// A credential as far as it can be read, and verified where it can be.
    func present(_ credential: Credential, to rulebook: Rulebook) -> Presented {
        let shown: Shown
        var possession: Possession?
        switch credential {
        case .passport(let bytes): shown = .file(bytes)
        case .held(let bytes, let proof): (shown, possession) = (.file(bytes), proof)
        case .verified(let token): shown = .token(token.digest)
        case .none, .unreadable: return Presented(credential, rulebook)
        }
        let question = Question(
            shown: shown, possession: possession, configuration: rulebook.configurationDigest)
        if let known = answers.withLock({ $0[question] }) { return known }
        let presented = Presented(credential, rulebook)
        answers.withLock { answers in
            if answers.count >= Self.most { answers = [:] }
            answers[question] = presented
        }
        return presented
    }
}
