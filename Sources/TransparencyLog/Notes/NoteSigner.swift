// SPDX-License-Identifier: Apache-2.0

public import WireTypes

import enum Crypto.Curve25519

/// Why a signer could not be made or did not sign.
public enum SigningError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The private key has not 32 bytes, or its public key is refused.
    case badKey
    /// The name is none that C2SP allows, or the key is of the wrong kind for what was to be signed.
    case badName
    /// The keeper of the private key did not sign.
    case refused(String)

    /// For people.
    public var description: String {
        switch self {
        case .badKey: "the private key is not an Ed25519 key of 32 bytes"
        case .badName: "the key's name or kind does not fit what is to be signed"
        case .refused(let why): "the key did not sign: \(why)"
        }
    }
}

/// Signs notes: a verifier key, and the private half wherever it is kept.
public struct NoteSigner: Sendable {
    /// The public half.
    public let key: VerifierKey
    private let sign: @Sendable ([UInt8]) throws(SigningError) -> [UInt8]

    /// A signer whose private key is elsewhere, for example in a security module.
    ///
    /// - Parameter sign: Ed25519 over the bytes given; 64 bytes.
    public init(key: VerifierKey, sign: @escaping @Sendable ([UInt8]) throws(SigningError) -> [UInt8]) {
        self.key = key
        self.sign = sign
    }

    /// A signer from a seed of 32 bytes (RFC 8032's private key).
    ///
    /// - Throws: `SigningError.badKey` or `.badName`.
    public init(name: String, kind: VerifierKey.Kind, seed: [UInt8]) throws(SigningError) {
        let pair = try Ed25519KeyPair(seed: seed)
        do {
            key = try VerifierKey(name: name, kind: kind, publicKey: pair.publicKey)
        } catch {
            throw .badName
        }
        sign = { (message) throws(SigningError) in try pair.sign(message) }
    }

    /// 64 bytes over the message.
    ///
    /// - Throws: `SigningError.refused` where the keeper fails or gives anything but 64 bytes.
    func signature(over message: [UInt8]) throws(SigningError) -> [UInt8] {
        let signature = try sign(message)
        guard signature.count == Ed25519PublicKey.signatureByteCount else { throw .refused("it gave no 64 bytes") }
        return signature
    }
}

/// An Ed25519 private key in memory, with its public half.
public struct Ed25519KeyPair: Sendable {
    /// The public half.
    public let publicKey: Ed25519PublicKey
    private let key: Curve25519.Signing.PrivateKey

    /// The pair that RFC 8032 derives from a seed of 32 bytes.
    ///
    /// - Throws: `SigningError.badKey`.
    public init(seed: [UInt8]) throws(SigningError) {
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        } catch {
            throw .badKey
        }
        guard let publicKey = Ed25519PublicKey(bytes: Array(key.publicKey.rawRepresentation)) else { throw .badKey }
        self.publicKey = publicKey
    }

    /// 64 bytes over the message. The bytes of two signatures over one message may differ; both are valid.
    ///
    /// - Throws: `SigningError.refused` where the implementation fails.
    public func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
        do {
            return Array(try key.signature(for: message))
        } catch {
            throw .refused("the Ed25519 implementation failed")
        }
    }
}
