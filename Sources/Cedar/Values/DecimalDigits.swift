// SPDX-License-Identifier: Apache-2.0

/// Reads unsigned decimal numbers from ASCII bytes by hand: Swift's own integer parsing also takes `+5`.
enum DecimalDigits {
    /// The number, or `nil` where the bytes are none, are not all `0`…`9`, or exceed 64 bits.
    static func value(_ bytes: some Collection<UInt8>) -> UInt64? {
        guard !bytes.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in bytes {
            guard isDigit(byte) else { return nil }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowedAgain) = product.addingReportingOverflow(UInt64(byte &- 0x30))
            guard !overflowed, !overflowedAgain else { return nil }
            value = sum
        }
        return value
    }

    /// The number of that sign, or `nil` where it exceeds a signed 64-bit integer.
    static func signed(_ magnitude: UInt64, negative: Bool) -> Int64? {
        guard negative else { return Int64(exactly: magnitude) }
        if magnitude == Int64.min.magnitude { return Int64.min }
        return Int64(exactly: magnitude).map { -$0 }
    }

    /// ASCII `0` to `9` only.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
