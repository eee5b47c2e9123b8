// SPDX-License-Identifier: Apache-2.0

public import WireTypes

import enum Crypto.Curve25519

extension Ed25519PublicKey {
    /// Bytes of a signature.
    public static let signatureByteCount = 64

    /// Whether an Ed25519 signature over `message` is this key's (RFC 8032 §5.1.7).
    ///
    /// Strict: S below the group's order, and a first half that is canonical and not of small order, so that nobody but
    /// the signer can make a second signature out of one.
    public func isValid(signature: [UInt8], for message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureByteCount,
            Self.isCanonicalPointOfLargeOrder(Array(signature.prefix(Self.byteCount)))
        else { return false }
        do {
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: bytes)
            return key.isValidSignature(signature, for: message)
        } catch {
            return false
        }
    }
}
