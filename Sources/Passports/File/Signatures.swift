// SPDX-License-Identifier: Apache-2.0

import Crypto
import WireTypes

/// The cryptography of a passport file, all of it.
enum Signatures {
    static func sha256(_ bytes: [UInt8]) -> WireTypes.Digest { WireTypes.Digest(SHA256.hash(data: bytes)) }

    /// Ed25519 by RFC 8032's seed, or `nil` where that is not 32 bytes.
    static func sign(_ message: [UInt8], seed: [UInt8]) -> [UInt8]? {
        do {
            return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: message))
        } catch { return nil }
    }

    /// Whether a signature is the key's over a message; a key that is no point of the curve has none.
    static func isValid(_ signature: [UInt8], of message: [UInt8], by key: Ed25519PublicKey) -> Bool {
        do {
            return try Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
                .isValidSignature(signature, for: message)
        } catch { return false }
    }
}
