// SPDX-License-Identifier: Apache-2.0

/// A public key of Ed25519 (RFC 8032 §5.1.5): 32 bytes that encode a point canonically and not one of small order.
///
/// Under a key of small order one signature fits many messages, and a point with two encodings would have two key ids;
/// both are refused here, so that no verifier has to think of them. That the bytes are on the curve at all shows when a
/// signature is checked.
public struct Ed25519PublicKey: Sendable, Hashable {
    /// Exactly 32 bytes: y little-endian, and the sign of x in the last bit.
    public let bytes: [UInt8]

    /// A key from its bytes, or `nil` where they are not 32, y is not below 2^255 − 19, or the order is small.
    public init?(bytes: [UInt8]) {
        guard Self.isCanonicalPointOfLargeOrder(bytes) else { return nil }
        self.bytes = bytes
    }

    /// 32.
    public static let byteCount = 32

    /// Whether 32 bytes are a canonical encoding whose point is none of the eight of small order. Also asked of a
    /// signature's first half.
    public static func isCanonicalPointOfLargeOrder(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == byteCount else { return false }
        var y = bytes
        y[31] &= 0x7f
        return y.reversed().lexicographicallyPrecedes(prime.reversed()) && !smallOrderY.contains(y)
    }

    /// 2^255 − 19, little-endian.
    private static let prime: [UInt8] = [0xed] + [UInt8](repeating: 0xff, count: 30) + [0x7f]

    /// The y of all points whose order divides 8: 1 (order 1), −1 (2), 0 (4) and the two of order 8.
    private static let smallOrderY: [[UInt8]] = [
        [1] + [UInt8](repeating: 0, count: 31),
        [0xec] + [UInt8](repeating: 0xff, count: 30) + [0x7f],
        [UInt8](repeating: 0, count: 32),
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0,
            0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
        ],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f,
            0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
        ],
    ]
}
