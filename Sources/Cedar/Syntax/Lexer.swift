// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cuts a policy file into tokens, one at a time.
///
/// White space is Unicode's `White_Space`; comments run from `//` to the next carriage return or line feed.
struct Lexer {
    /// The file; valid UTF-8.
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var column = 1

    /// - Parameter bytes: the file, valid UTF-8.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next token; `end` again and again after the last one.
    mutating func next() -> Token {
        skipSpace()
        guard position < bytes.count else { return token(.end, byteCount: 0) }
        let byte = bytes[position]
        if Identifier.isStart(byte) { return token(.word, byteCount: run(Identifier.isContinuation)) }
        if DecimalDigits.isDigit(byte) { return token(.integer, byteCount: run(DecimalDigits.isDigit)) }
        if byte == UInt8(ascii: "\"") { return string() }
        if byte == UInt8(ascii: "?"), position + 1 < bytes.count, Identifier.isStart(bytes[position + 1]) {
            return token(.slot, byteCount: 1 + run(Identifier.isContinuation, from: 1))
        }
        if position + 1 < bytes.count, let symbol = Self.symbol(byte, bytes[position + 1]) {
            return token(.symbol(symbol), byteCount: 2)
        }
        if let symbol = Self.symbol(byte) { return token(.symbol(symbol), byteCount: 1) }
        return token(.invalid, byteCount: scalarByteCount(at: position))
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "/"), position + 1 < bytes.count, bytes[position + 1] == byte {
                advance(run { $0 != 0x0a && $0 != 0x0d })
            } else if byte < 0x80 {
                guard byte == 0x20 || (0x09...0x0d).contains(byte) else { return }
                advance(1)
            } else {
                let length = scalarByteCount(at: position)
                guard let text = UTF8String(validating: bytes[position..<(position + length)]),
                    let scalar = text.string.unicodeScalars.first, scalar.properties.isWhitespace
                else { return }
                advance(length)
            }
        }
    }

    /// `"(\\.|[^"\\])*"`, where `.` is anything but a line feed. Without its end the rest of the line is invalid.
    private mutating func string() -> Token {
        var end = position + 1
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\""):
                return token(.string, byteCount: end + 1 - position)
            case UInt8(ascii: "\\"):
                guard end + 1 < bytes.count, bytes[end + 1] != 0x0a else { return unterminatedString() }
                end += 2
            default:
                end += 1
            }
        }
        return unterminatedString()
    }

    private mutating func unterminatedString() -> Token { token(.invalid, byteCount: run { $0 != 0x0a }) }

    /// How many bytes in a row satisfy `condition`, counted from `position`, the first `skipped` not asked.
    private func run(_ condition: (UInt8) -> Bool, from skipped: Int = 0) -> Int {
        var end = position + skipped
        while end < bytes.count, condition(bytes[end]) { end += 1 }
        return end - position - skipped
    }

    private func scalarByteCount(at start: Int) -> Int {
        var end = start + 1
        while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end += 1 }
        return end - start
    }

    private mutating func token(_ kind: Token.Kind, byteCount: Int) -> Token {
        let span = SourceSpan(offset: position, byteCount: byteCount, line: line, column: column)
        let text = UTF8String(validating: bytes[position..<(position + byteCount)])
        advance(byteCount)
        return Token(kind: kind, text: text ?? "", span: span)
    }

    private mutating func advance(_ byteCount: Int) {
        for byte in bytes[position..<(position + byteCount)] {
            if byte == 0x0a {
                line += 1
                column = 1
            } else if byte & 0xc0 != 0x80 {
                column += 1
            }
        }
        position += byteCount
    }

    private static func symbol(_ first: UInt8, _ second: UInt8) -> Token.Symbol? {
        switch (first, second) {
        case (UInt8(ascii: ":"), UInt8(ascii: ":")): .doubleColon
        case (UInt8(ascii: "="), UInt8(ascii: "=")): .equal
        case (UInt8(ascii: "!"), UInt8(ascii: "=")): .notEqual
        case (UInt8(ascii: "<"), UInt8(ascii: "=")): .lessOrEqual
        case (UInt8(ascii: ">"), UInt8(ascii: "=")): .greaterOrEqual
        case (UInt8(ascii: "|"), UInt8(ascii: "|")): .or
        case (UInt8(ascii: "&"), UInt8(ascii: "&")): .and
        default: nil
        }
    }

    private static func symbol(_ byte: UInt8) -> Token.Symbol? {
        switch byte {
        case UInt8(ascii: "@"): .at
        case UInt8(ascii: "."): .dot
        case UInt8(ascii: ","): .comma
        case UInt8(ascii: ";"): .semicolon
        case UInt8(ascii: ":"): .colon
        case UInt8(ascii: "("): .openParenthesis
        case UInt8(ascii: ")"): .closeParenthesis
        case UInt8(ascii: "{"): .openBrace
        case UInt8(ascii: "}"): .closeBrace
        case UInt8(ascii: "["): .openBracket
        case UInt8(ascii: "]"): .closeBracket
        case UInt8(ascii: "<"): .less
        case UInt8(ascii: ">"): .greater
        case UInt8(ascii: "+"): .plus
        case UInt8(ascii: "-"): .minus
        case UInt8(ascii: "*"): .times
        case UInt8(ascii: "/"): .divide
        case UInt8(ascii: "%"): .remainder
        case UInt8(ascii: "!"): .not
        case UInt8(ascii: "="): .assign
        default: nil
        }
    }
}
