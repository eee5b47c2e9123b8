// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Numbers that survive the canonical form, which holds them as IEEE 754 doubles.
///
/// A limit of 9007199254740993 would be signed as …992: what the issuer wrote and what is enforced would differ.
enum ExactNumbers {
    /// The place of the first number, at or below a value, that its canonical form changes, or of nesting that is too
    /// deep; `nil` where there is none.
    static func firstInexact(in value: JSON, at path: JSONPointer) -> JSONPointer? {
        guard path.tokens.count <= PassportLimits.depthMax else { return path }
        switch value {
        case .number(let number): return isExact(number) ? nil : path
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                if let place = firstInexact(in: element, at: path.appending(UTF8String(String(index)))) { return place }
            }
            return nil
        case .object(let object):
            for member in object.members {
                if let place = firstInexact(in: member.value, at: path.appending(member.key)) { return place }
            }
            return nil
        case .null, .bool, .string: return nil
        }
    }

    /// Integers below 2^53 in magnitude, and decimals of at most 15 significant digits: every double holds so many.
    static func isExact(_ number: JSONNumber) -> Bool {
        if number.isInteger { return number.int64.map { $0.magnitude < 1 << 53 } ?? false }
        let mantissa = number.lexeme.bytes.prefix { $0 | 0x20 != UInt8(ascii: "e") }.filter(Identifier.isDigit)
        let significant = mantissa.drop { $0 == UInt8(ascii: "0") }
        guard let double = number.double else { return false }
        return significant.isEmpty || (significant.count <= 15 && double.isNormal)
    }
}
