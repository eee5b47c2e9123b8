// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A decimal number as it is written, for comparisons that no rounding decides.
struct ExactDecimal: Comparable {
    private let isNegative: Bool
    /// Without leading zeros.
    private let whole: [UInt8]
    /// Without trailing zeros.
    private let fraction: [UInt8]

    /// The number of a JSON value; in a passport large numbers are texts. `nil` for anything else, and for more digits
    /// than are compared.
    init?(_ value: JSON?) {
        switch value {
        case .number(let number)?: self.init(text: number.lexeme)
        case .string(let text)?:
            guard let number = JSONNumber(lexeme: text) else { return nil }
            self.init(text: number.lexeme)
        default: return nil
        }
    }

    init(_ value: Int) { self.init(isNegative: value < 0, whole: Array(String(value.magnitude).utf8), fraction: []) }

    private init?(text: UTF8String) {
        var bytes = text.bytes[...]
        guard bytes.count <= Limits.digitsMax else { return nil }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        let mantissa = bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }
        let exponentText = bytes.dropFirst(mantissa.count + 1)
        var exponent = 0
        if !exponentText.isEmpty {
            guard let value = Int(String(decoding: exponentText.drop { $0 == UInt8(ascii: "+") }, as: UTF8.self)),
                value.magnitude <= Limits.digitsMax
            else { return nil }
            exponent = value
        }
        let parts = mantissa.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        var whole = Array(parts.first ?? [])
        var fraction = parts.count > 1 ? Array(parts[1]) : []
        let zero = UInt8(ascii: "0")
        while exponent > 0 {
            whole.append(fraction.isEmpty ? zero : fraction.removeFirst())
            exponent -= 1
        }
        while exponent < 0 {
            fraction.insert(whole.popLast() ?? zero, at: 0)
            exponent += 1
        }
        self.init(isNegative: isNegative, whole: whole, fraction: fraction)
    }

    private init(isNegative: Bool, whole: [UInt8], fraction: [UInt8]) {
        let zero = UInt8(ascii: "0")
        self.whole = Array(whole.drop { $0 == zero })
        self.fraction = Array(fraction.reversed().drop { $0 == zero }.reversed())
        self.isNegative = isNegative && !(self.whole.isEmpty && self.fraction.isEmpty)
    }

    static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? isLess(right, left) : isLess(left, right)
    }

    private static func isLess(_ left: ExactDecimal, _ right: ExactDecimal) -> Bool {
        if left.whole.count != right.whole.count { return left.whole.count < right.whole.count }
        if left.whole != right.whole { return left.whole.lexicographicallyPrecedes(right.whole) }
        return left.fraction.lexicographicallyPrecedes(right.fraction)
    }

    /// The whole part as a count, where it fits; a fraction is cut off.
    var count: Int64? { isNegative ? nil : (whole.isEmpty ? 0 : Int64(String(decoding: whole, as: UTF8.self))) }
}
