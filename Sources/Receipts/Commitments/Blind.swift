// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

import struct Crypto.HMAC
import struct Crypto.SHA256
import struct Crypto.SymmetricKey

/// The 32 random bytes behind all commitments of one receipt. Whoever has them can open every commitment by guessing, so
/// they are kept in evidence; when they are erased, the commitments say nothing any more.
public struct Blind: Sendable, Hashable {
    /// Exactly 32 bytes.
    public let bytes: [UInt8]

    /// What a salt is for. The name is the first part of what is hashed.
    public enum Label: String, Sendable, CaseIterable {
        /// `call.request`.
        case request
        /// A parameter's disclosure.
        case parameter
        /// An effect's disclosure.
        case effect
        /// The disclosure of a name that is not pinned.
        case name
        /// An outcome's `result`.
        case result
    }

    /// A blind of exactly 32 random bytes, or `nil`.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// HMAC-SHA256(blind, label || 0x00 || pointer), 32 bytes: no label has a zero byte, so no two uses meet.
    public func salt(_ label: Label, _ pointer: JSONPointer = JSONPointer()) -> [UInt8] {
        let message = Array(label.rawValue.utf8) + [0x00] + pointer.text.bytes
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: bytes)))
    }

    /// The commitment to an outcome's result: SHA-256(`writ.result/1\n` || salt || length || bytes).
    public func result(_ bytes: [UInt8]) -> Digest {
        var hasher = FieldHasher(label: "writ.result/1\n", salt: salt(.result))
        hasher.append(bytes)
        return hasher.finalize()
    }

    /// A name that is not pinned, committed to as `pointer` (`server` or `tool`) of the call.
    public func name(_ name: UTF8String, as member: NameMember) -> Disclosure {
        Disclosure(
            salt: salt(.name, JSONPointer([UTF8String(member.rawValue)])), name: UTF8String(member.rawValue),
            value: .string(name))
    }

    /// Which name of a call is committed to.
    public enum NameMember: String, Sendable {
        /// `call.server`.
        case server
        /// `call.tool`.
        case tool
    }
}

/// SHA-256 over a label, a salt of 32 bytes and fields that each have their length in 8 bytes, big-endian, in front.
struct FieldHasher {
    private var hasher = SHA256()

    init(label: String, salt: [UInt8]) {
        hasher.update(data: Array(label.utf8))
        hasher.update(data: salt)
    }

    /// A field; one that is absent has no bytes.
    mutating func append(_ field: [UInt8]) {
        hasher.update(data: stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: field.count >> $0) })
        hasher.update(data: field)
    }

    func finalize() -> Digest { Digest(hasher.finalize()) }
}
