// SPDX-License-Identifier: Apache-2.0

import Crypto
import StrictJSON
import WireTypes

/// Nonces for proofs (RFC 9449 §9): the minute in which each was given, under a key of this process alone. None is
/// remembered.
struct ProofNonces: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: 32 random bytes.
    init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

    func nonce(at now: Timestamp) -> UTF8String {
        let slot = Self.bytes(Self.slot(now))
        let code = HMAC<SHA256>.authenticationCode(for: slot, using: key)
        return UTF8String(Base64URL.encode(slot + Array(code)))
    }

    /// Whether a nonce was given in this minute or in the one before.
    func isGood(_ nonce: UTF8String, at now: Timestamp) -> Bool {
        guard nonce.byteCount < 64, let bytes = Base64URL.decode(nonce.string), bytes.count == 40 else { return false }
        let slot = Array(bytes[..<8])
        let current = Self.slot(now)
        guard slot == Self.bytes(current) || slot == Self.bytes(current - 1) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(bytes[8...], authenticating: slot, using: key)
    }

    private static func slot(_ now: Timestamp) -> Int64 { now.milliseconds / CredentialLimits.nonceMilliseconds }

    private static func bytes(_ slot: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: slot >> (56 - 8 * $0)) }
    }
}
