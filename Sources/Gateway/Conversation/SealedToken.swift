// SPDX-License-Identifier: Apache-2.0

import Crypto
import Decisions
import StrictJSON
import WireTypes

/// Cursors, task ids and states of requests as clients get them: what they mean is only for us to read, and only for
/// whom they were made.
///
/// The same content for the same principal is the same token, since clients compare task ids: the nonce is a MAC of the
/// content (as in RFC 5297), so that no nonce serves two contents.
struct TokenSeal: Sendable {
    /// What a token is for; one is never good for another.
    enum Purpose: String, Sendable {
        case cursor, task
        case inputState = "input-state"
        /// The name of a task's question.
        case question
    }

    private let encryption: SymmetricKey
    private let derivation: SymmetricKey

    /// - Parameter key: the installation's, 32 bytes; tokens live as long as it does.
    init(key: [UInt8]) {
        let root = SymmetricKey(data: key)
        encryption = Self.derive(root, "writ token encryption")
        derivation = Self.derive(root, "writ token nonces")
    }

    private static func derive(_ root: SymmetricKey, _ label: String) -> SymmetricKey {
        SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Array(label.utf8), using: root))
    }

    func seal(_ content: JSON, for purpose: Purpose, of principal: Principal) -> UTF8String? {
        let plain = content.serialized()
        let context = Self.context(purpose, principal)
        let mac = HMAC<SHA256>.authenticationCode(for: context + [0] + plain, using: derivation)
        do {
            let nonce = try ChaChaPoly.Nonce(data: Array(mac.prefix(12)))
            let box = try ChaChaPoly.seal(plain, using: encryption, nonce: nonce, authenticating: context)
            return UTF8String(Base64URL.encode(Array(box.combined)))
        } catch {
            return nil
        }
    }

    /// The content, or `nil` for what is not ours, not for this purpose, or somebody else's.
    func open(_ token: UTF8String, as purpose: Purpose, of principal: Principal) -> JSON? {
        guard token.byteCount <= Self.tokenBytes, let bytes = Base64URL.decode(token.string) else { return nil }
        do {
            let box = try ChaChaPoly.SealedBox(combined: bytes)
            let plain = try ChaChaPoly.open(box, using: encryption, authenticating: Self.context(purpose, principal))
            return try JSON(parsing: Array(plain))
        } catch {
            return nil
        }
    }

    private static func context(_ purpose: Purpose, _ principal: Principal) -> [UInt8] {
        JSON.array([.text(purpose.rawValue), .string(principal.agentID)]).serialized()
    }

    /// A server's own state of a request is in ours; servers put whole documents there.
    private static let tokenBytes = 2 << 20
}
