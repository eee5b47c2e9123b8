// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import TransparencyLog
public import WireTypes

import struct Crypto.SHA256

/// Whatever keeps a private key for entries. The key signs nothing else.
public protocol EntrySigner: Sendable {
    /// The RFC 7638 thumbprint of the key.
    var kid: Digest { get }

    /// Ed25519 over the bytes: 64 bytes.
    ///
    /// - Throws: `SigningError` where it does not sign.
    func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8]
}

extension Ed25519KeyPair: EntrySigner {
    /// The RFC 7638 thumbprint of the public half.
    public var kid: Digest { publicKey.thumbprint }

    /// The pair of a JWK with a private half.
    ///
    /// - Throws: `SigningError.badKey` where `d` is missing, `x` is not `d`'s, or `kid` is there and not the thumbprint.
    public init(_ jwk: Ed25519JWK) throws(SigningError) {
        guard let seed = jwk.seed else { throw .badKey }
        try self.init(seed: seed)
        guard publicKey == jwk.publicKey, jwk.kid == nil || jwk.kid == UTF8String(kid.base64URL) else { throw .badKey }
    }
}

extension Ed25519PublicKey {
    /// RFC 7638: SHA-256 of the key's canonical JWK. In base64url it is the `kid`.
    public var thumbprint: Digest { Digest(SHA256.hash(data: Ed25519JWK.thumbprintInput(self))) }
}

extension Ed25519JWK {
    /// The public half, under its thumbprint as `kid`: what is published.
    public static func published(_ key: Ed25519PublicKey) -> JSON {
        guard let jwk = Ed25519JWK(publicKey: key, kid: UTF8String(key.thumbprint.base64URL)) else { return .null }
        return jwk.publicJSON
    }
}

/// The keys that a verifier believes, given by hand.
public struct TrustedKeys: Sendable {
    /// A key, and the indices of the log in which it signs.
    public struct Key: Sendable, Hashable {
        /// The key.
        public let publicKey: Ed25519PublicKey
        /// From this index on.
        public let from: UInt64
        /// Below this index, where the key was retired or compromised.
        public let until: UInt64?

        /// A key; of the whole log by default.
        public init(_ publicKey: Ed25519PublicKey, from: UInt64 = 0, until: UInt64? = nil) {
            self.publicKey = publicKey
            self.from = from
            self.until = until
        }

        /// Whether the key signs the entry at an index.
        public func covers(_ index: UInt64) -> Bool { index >= from && until.map { index < $0 } ?? true }
    }

    private let keys: [Digest: Key]

    /// Keys; of one that is given twice the last counts.
    public init(_ keys: [Key]) {
        self.keys = Dictionary(keys.map { ($0.publicKey.thumbprint, $0) }, uniquingKeysWith: { $1 })
    }

    /// The key of an id.
    public subscript(kid: Digest) -> Key? { keys[kid] }
}
