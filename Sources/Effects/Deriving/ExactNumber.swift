// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A number as an integer times a power of ten, without trailing zeros.
public struct ExactNumber: Sendable {
    private let magnitude: UInt64
    private let isNegative: Bool
    private let exponent: Int

    /// The number, or `nil` where it has more than nineteen digits that count, or an exponent of more than five.
    public init?(_ number: JSONNumber) {
        let bytes = number.lexeme.bytes
        isNegative = bytes.first == UInt8(ascii: "-")
        let unsigned = bytes.drop { $0 == UInt8(ascii: "-") }
        let mantissa = unsigned.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        let whole = mantissa.prefix { $0 != UInt8(ascii: ".") }
        let fraction = mantissa.dropFirst(whole.count + 1)
        var digits = Array((whole + fraction).drop { $0 == 0x30 })
        var power = -fraction.count
        while digits.last == 0x30 {
            digits.removeLast()
            power += 1
        }
        guard !digits.isEmpty else {
            (magnitude, exponent) = (0, 0)
            return
        }
        let suffix = unsigned.dropFirst(mantissa.count + 1)
        if !suffix.isEmpty {
            guard suffix.count <= 6, let given = Int(String(decoding: suffix, as: UTF8.self)) else { return nil }
            power += given
        }
        guard digits.count <= 19, let value = UInt64(String(decoding: digits, as: UTF8.self)) else { return nil }
        magnitude = value
        exponent = power
    }

    /// The number, where it is whole and within 64 bits: `2`, `2.0` and `20e-1` are 2.
    public var int64: Int64? { scaled(by: exponent) }

    /// The number times 10,000, where that is whole and within 64 bits: Cedar's decimal.
    public var tenThousandths: Int64? { scaled(by: exponent + 4) }

    private func scaled(by power: Int) -> Int64? {
        guard magnitude != 0 else { return 0 }
        guard (0...19).contains(power) else { return nil }
        var value = magnitude
        for _ in 0..<power {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = product
        }
        return isNegative ? Int64(exactly: -Int128(value)) : Int64(exactly: value)
    }
}
