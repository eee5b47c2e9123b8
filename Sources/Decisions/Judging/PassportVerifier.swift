// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Synchronization
import WireTypes

import struct Crypto.SHA256

/// Verifies passports, each file once per set of issuers: the same bytes under the same keys always verify the same, and
/// a signature's verification costs more than all the rest of a decision.
///
/// Standing and time are not its business, so nothing here goes stale: a suspension acts on the next decision.
public final class PassportVerifier: Sendable {
    private struct Question: Hashable {
        let file: Digest
        /// The key that was shown with it.
        var possession: Possession?
        /// The configuration that the issuers are of.
        let configuration: Digest
    }

    /// Agents of one process; beyond it the memory starts afresh.
    private static let most = 256

    private let answers = Mutex<[Question: Presented]>([:])

    /// A verifier that has seen nothing.
    public init() {}

    /// A credential as far as it can be read, and verified where it can be.
    func present(_ credential: Credential, to rulebook: Rulebook) -> Presented {
        let file: Digest
        var possession: Possession?
        switch credential {
        case .passport(let bytes): file = Digest(SHA256.hash(data: bytes))
        case .held(let bytes, let shown): (file, possession) = (Digest(SHA256.hash(data: bytes)), shown)
        case .verified(let token): file = token.digest
        case .none, .unreadable: return Presented(credential, rulebook)
        }
        let question = Question(
            file: file, possession: possession, configuration: rulebook.configurationDigest)
        if let known = answers.withLock({ $0[question] }) { return known }
        let presented = Presented(credential, rulebook)
        answers.withLock { answers in
            if answers.count >= Self.most { answers = [:] }
            answers[question] = presented
        }
        return presented
    }
}
