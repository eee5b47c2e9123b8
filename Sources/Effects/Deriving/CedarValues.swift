// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Which JSON values Cedar can hold exactly. A policy must never judge another number than the tool gets.
enum CedarValues {
    /// Whether every number, however deep, is a Long or a decimal of at most four digits after the point.
    static func numbersAreExact(in json: JSON) -> Bool {
        all(in: json) { if case .number(let number) = $0 { isExact(number) } else { true } }
    }

    /// Whether no null is inside.
    static func hasNoNull(_ json: JSON) -> Bool { all(in: json) { !$0.isNull } }

    /// Not recursive: a tree made in memory may be deeper than any that was read.
    private static func all(in json: JSON, _ holds: (JSON) -> Bool) -> Bool {
        var waiting = [json]
        while let value = waiting.popLast() {
            guard holds(value) else { return false }
            switch value {
            case .array(let elements): waiting += elements
            case .object(let object): waiting += object.members.map(\.value)
            default: break
            }
        }
        return true
    }

    /// Cedar's Long is 64 bits; its decimal is 64 bits of ten-thousandths.
    static func isExact(_ number: JSONNumber) -> Bool {
        if number.isInteger { return number.int64 != nil }
        guard let parts = DecimalParts(number.lexeme) else { return false }
        guard parts.exponent < 0 else { return parts.scaled(by: parts.exponent) != nil }
        return parts.exponent >= -4 && parts.scaled(by: 4 + parts.exponent) != nil
    }
}

/// A number as an integer times a power of ten, without trailing zeros.
private struct DecimalParts {
    var magnitude: UInt64
    var isNegative: Bool
    var exponent: Int

    init?(_ lexeme: UTF8String) {
        let bytes = lexeme.bytes
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
        magnitude = 0
        exponent = 0
        guard !digits.isEmpty else { return }
        let suffix = unsigned.dropFirst(mantissa.count + 1)
        if !suffix.isEmpty {
            guard suffix.count <= 6, let given = Int(String(decoding: suffix, as: UTF8.self)) else { return nil }
            power += given
        }
        guard digits.count <= 19, let value = UInt64(String(decoding: digits, as: UTF8.self)) else { return nil }
        magnitude = value
        exponent = power
    }

    /// The value times a power of ten, where that is within 64 bits with sign.
    func scaled(by power: Int) -> Int64? {
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
