// SPDX-License-Identifier: Apache-2.0

/// A SHA-256 digest: 32 bytes. What was hashed, and how, is the caller's to say.
public struct Digest: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Exactly 32 bytes.
    public let bytes: [UInt8]

    /// A digest of exactly 32 bytes, or `nil`.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The digest that a hash function of 32 bytes gave: `Digest(SHA256.hash(data: data))`.
    ///
    /// - Precondition: `hash` has 32 bytes; a hash function's own type guarantees it.
    public init(_ hash: some Sequence<UInt8>) {
        bytes = Array(hash)
        precondition(bytes.count == Self.byteCount, "a SHA-256 digest has 32 bytes")
    }

    /// A digest from 64 lower-case hexadecimal digits, or `nil`.
    public init?(hex: String) {
        guard let bytes = Hex.decode(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// A digest from base64url without padding, or `nil`.
    public init?(base64URL: String) {
        guard let bytes = Base64URL.decode(base64URL) else { return nil }
        self.init(bytes: bytes)
    }

    /// 32.
    public static let byteCount = 32

    /// 64 lower-case hexadecimal digits.
    public var hex: String { Hex.encode(bytes) }

    /// 43 characters of base64url, without padding.
    public var base64URL: String { Base64URL.encode(bytes) }

    /// The hexadecimal form.
    public var description: String { hex }

    /// Bytewise.
    public static func < (left: Digest, right: Digest) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
