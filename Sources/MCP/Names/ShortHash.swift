// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Ten letters that tell long names apart: FNV-1a over 64 bits, mixed once more so that each letter hangs on every byte.
///
/// No secret and no proof: who wants two of their own names to collide can, and then both are hashed again.
enum ShortHash {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    static func letters(of name: ServerName, round: UInt64) -> [UInt8] {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        func take(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        name.alias.bytes.forEach(take)
        // No byte of UTF-8: alias and name cannot run into each other.
        take(0xff)
        name.name.bytes.forEach(take)
        for shift in stride(from: UInt64(0), to: 64, by: 8) { take(UInt8(truncatingIfNeeded: round >> shift)) }
        state = (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
        state = (state ^ (state >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        state ^= state >> 33
        return (0..<10).map { alphabet[Int(truncatingIfNeeded: (state >> UInt64($0 * 5)) & 31)] }
    }
}
