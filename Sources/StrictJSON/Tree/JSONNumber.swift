// SPDX-License-Identifier: Apache-2.0

/// A JSON number by the text it was written in, so that no digit is lost and `1.10` stays `1.10`.
public struct JSONNumber: Sendable, Hashable {
    /// The text, of RFC 8259 §6's grammar; ASCII.
    public let lexeme: UTF8String

    /// The integer's shortest decimal text.
    public init(_ value: Int64) { lexeme = UTF8String(String(value)) }

    /// A number from its text, or `nil` where RFC 8259's grammar does not allow it.
    public init?(lexeme: UTF8String) {
        guard Self.isNumber(lexeme.bytes[...]) else { return nil }
        self.lexeme = lexeme
    }

    /// For the reader, which has checked the grammar.
    init(checked lexeme: UTF8String) { self.lexeme = lexeme }

    /// Whether the text is an integer's: no fraction and no exponent.
    public var isInteger: Bool { lexeme.string.utf8.allSatisfy { $0 == UInt8(ascii: "-") || isDigit($0) } }

    /// The exact integer where the text is an integer's within 64 bits, else `nil`. `-0` is 0.
    public var int64: Int64? { isInteger ? Int64(lexeme.string) : nil }

    /// The nearest IEEE 754 double, or `nil` where it would be infinite.
    public var double: Double? {
        guard let value = Double(lexeme.string), value.isFinite else { return nil }
        return value
    }

    /// The whole of RFC 8259 §6: `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
    private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: isDigit)
        guard let first = whole.first, first != UInt8(ascii: "0") || whole.count == 1 else { return false }
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            guard !fraction.isEmpty else { return false }
            rest = rest.dropFirst(1 + fraction.count)
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            let exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return false }
            rest = rest.dropFirst(exponent.count)
        }
        return rest.isEmpty
    }
}

/// ASCII `0` to `9` only; other scripts' digits are no JSON digits.
@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
