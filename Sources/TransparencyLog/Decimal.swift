// SPDX-License-Identifier: Apache-2.0

/// Numbers as C2SP's formats write them: ASCII digits, no sign, no leading zero.
enum Decimal {
    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// The number, or `nil` for any other spelling and above `LogLimits.treeSizeMax`.
    static func parse(_ text: some Collection<UInt8>) -> UInt64? {
        guard let first = text.first, text.count == 1 || first != UInt8(ascii: "0"), text.count <= 19 else {
            return nil
        }
        var value: UInt64 = 0
        for byte in text {
            guard isDigit(byte) else { return nil }
            value = value * 10 + UInt64(byte - UInt8(ascii: "0"))
        }
        return value <= LogLimits.treeSizeMax ? value : nil
    }
}
