// SPDX-License-Identifier: Apache-2.0

public import WireTypes

import struct Crypto.SHA256

/// A public key for signed notes, with the name it signs under (C2SP signed-note, "vkey").
///
///     example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
public struct VerifierKey: Sendable, Hashable, CustomStringConvertible {
    /// What a key signs, which is part of its id: one key is for one of them only.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Ed25519 over a note's text: logs.
        case note = 0x01
        /// Ed25519 over a time and a checkpoint (`cosignature/v1`): witnesses.
        case cosignature = 0x04
    }

    /// Why a text is no verifier key that is understood here.
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// Not `name+hash+key`, or a name that C2SP does not allow.
        case malformed
        /// The hash is not that of name and key: a typing error, or a key under another's name.
        case wrongID
        /// A kind of key that is not Ed25519's.
        case unsupportedKind(UInt8)
        /// No canonical Ed25519 key, or one of small order.
        case badKey

        /// For people.
        public var description: String {
            switch self {
            case .malformed: "a verifier key has the form name+hash+key"
            case .wrongID: "the verifier key's hash does not fit its name and key"
            case .unsupportedKind(let kind): "verifier keys of kind \(kind) are not supported; 1 and 4 (Ed25519) are"
            case .badKey: "the verifier key is not a valid Ed25519 public key"
            }
        }
    }

    /// The name; compare its bytes (`hasName`), not the string.
    public let name: String
    /// What the key signs.
    public let kind: Kind
    /// The key.
    public let publicKey: Ed25519PublicKey
    /// The first four bytes, big-endian, of SHA-256(name || 0x0A || kind || key).
    public let id: UInt32

    /// A key from its parts.
    ///
    /// - Throws: `Failure.malformed` for a name that C2SP does not allow.
    public init(name: String, kind: Kind, publicKey: Ed25519PublicKey) throws(Failure) {
        guard KeyName.isValid(name) else { throw .malformed }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
        id = SHA256.hash(data: Array(name.utf8) + [0x0a, kind.rawValue] + publicKey.bytes)
            .prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A key from its text.
    ///
    /// - Throws: `Failure`.
    public init(parsing text: String) throws(Failure) {
        // The key's base64 may hold `+`, so only the first two separate.
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3, let id = Hex.decode(parts[1]), id.count == 4, let key = Base64.decode(parts[2]),
            let kindByte = key.first
        else { throw .malformed }
        guard let kind = Kind(rawValue: kindByte) else { throw .unsupportedKind(kindByte) }
        guard let publicKey = Ed25519PublicKey(bytes: Array(key.dropFirst())) else { throw .badKey }
        try self.init(name: parts[0], kind: kind, publicKey: publicKey)
        guard self.id == id.reduce(0, { $0 << 8 | UInt32($1) }) else { throw .wrongID }
    }

    /// The text: `name+hash+key`.
    public var description: String {
        name + "+" + Hex.encode(id.bigEndianBytes) + "+" + Base64.encode([kind.rawValue] + publicKey.bytes)
    }

    /// Whether the key's name is this one, byte for byte.
    public func hasName(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }

    /// Equal names (as bytes), kinds and keys.
    public static func == (left: VerifierKey, right: VerifierKey) -> Bool {
        left.id == right.id && left.kind == right.kind && left.publicKey == right.publicKey
            && left.hasName(right.name)
    }

    /// Feeds the id and the key.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(publicKey)
    }
}

extension FixedWidthInteger {
    /// The bytes of the number, the highest first.
    var bigEndianBytes: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
    }
}
