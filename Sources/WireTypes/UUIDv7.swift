// SPDX-License-Identifier: Apache-2.0

/// A version 7 UUID (RFC 9562 §5.7): 48 bits of milliseconds, then 74 random bits. Sorts by time.
public struct UUIDv7: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Exactly 16 bytes.
    public let bytes: [UInt8]

    /// An id made at a moment.
    ///
    /// - Parameters:
    ///   - time: its first 48 bits; moments before 1970 count as 1970.
    ///   - random: at least 10 random bytes; six bits of them are overwritten by version and variant.
    /// - Precondition: `random` has at least 10 bytes.
    public init(time: Timestamp, random: [UInt8]) {
        precondition(random.count >= 10, "a UUIDv7 needs 10 random bytes")
        let milliseconds = UInt64(max(0, time.milliseconds))
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(40 - 8 * $0)) }
        bytes.append(contentsOf: random.prefix(10))
        bytes[6] = bytes[6] & 0x0f | 0x70
        bytes[8] = bytes[8] & 0x3f | 0x80
        self.bytes = bytes
    }

    /// An id from its bytes, or `nil` where they are not 16 or version and variant are not version 7's.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 16, bytes[6] >> 4 == 7, bytes[8] >> 6 == 2 else { return nil }
        self.bytes = bytes
    }

    /// An id from its one text, 36 lower-case characters, or `nil`.
    public init?(parsing text: String) {
        let letters = Array(text.utf8)
        guard letters.count == 36, [8, 13, 18, 23].allSatisfy({ letters[$0] == UInt8(ascii: "-") }) else { return nil }
        let digits = letters.filter { $0 != UInt8(ascii: "-") }
        guard digits.count == 32, let bytes = Hex.decode(String(decoding: digits, as: UTF8.self)) else { return nil }
        self.init(bytes: bytes)
    }

    /// The text: `0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10`.
    public var text: String {
        let hex = Array(Hex.encode(bytes).utf8)
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(decoding: hex[$0], as: UTF8.self) }
        return parts.joined(separator: "-")
    }

    /// The text.
    public var description: String { text }

    /// When it was made, in milliseconds since 1970.
    public var milliseconds: Int64 { bytes.prefix(6).reduce(0) { $0 << 8 | Int64($1) } }

    /// Bytewise, which is by time first.
    public static func < (left: UUIDv7, right: UUIDv7) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
