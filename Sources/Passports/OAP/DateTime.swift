// SPDX-License-Identifier: Apache-2.0

package import StrictJSON
package import WireTypes

/// RFC 3339's `date-time`, which is what OAP's members are.
package enum DateTime {
    /// The moment, or `nil` where the text is not RFC 3339 §5.6's: a space for `T`, a missing offset, a day that does
    /// not exist, a leap second (UTC without them has no such moment), or a moment outside of years 0000…9999.
    /// Fractions below the millisecond are cut off. `t` and `z` may be lower-case; `-00:00` is UTC.
    package static func timestamp(_ text: UTF8String) -> Timestamp? {
        let bytes = text.bytes
        guard (20...PassportLimits.dateTimeBytesMax).contains(bytes.count), bytes[10] | 0x20 == UInt8(ascii: "t") else {
            return nil
        }
        var rest = bytes[19...]
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            fraction = Array(rest.dropFirst().prefix(while: Identifier.isDigit))
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard let offset = offsetMinutes(Array(rest)) else { return nil }
        let milliseconds = (fraction + Array("000".utf8)).prefix(3)
        let one = bytes[..<10] + Array("T".utf8) + bytes[11..<19] + Array(".".utf8) + milliseconds + Array("Z".utf8)
        guard let local = Timestamp(parsing: String(decoding: one, as: UTF8.self)) else { return nil }
        return Timestamp(milliseconds: local.milliseconds - offset * 60_000)
    }

    /// Minutes that local time is ahead of UTC: `Z`, `+02:00`.
    private static func offsetMinutes(_ text: [UInt8]) -> Int64? {
        if text.count == 1, text[0] | 0x20 == UInt8(ascii: "z") { return 0 }
        guard text.count == 6, text[3] == UInt8(ascii: ":"), let hours = number(text[1...2]),
            let minutes = number(text[4...5]), hours < 24, minutes < 60
        else { return nil }
        switch text[0] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy(Identifier.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }
}
