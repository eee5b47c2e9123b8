// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cuts Python into tokens. What Python 2 and 3, or two versions of 3, would cut differently is not understood.
struct PythonLexer {
    private var cursor: CodeCursor
    private var tokens: [CodeToken] = []
    /// Line ends in brackets end no statement.
    private var brackets = 0
    /// How many formatted strings this is in.
    private let depth: Int

    static func tokens(of code: UTF8String) throws(NotUnderstood) -> [CodeToken] {
        try tokens(of: code.bytes, depth: 0)
    }

    private static func tokens(of bytes: [UInt8], depth: Int) throws(NotUnderstood) -> [CodeToken] {
        guard depth <= 4 else { throw NotUnderstood() }
        var lexer = PythonLexer(cursor: CodeCursor(bytes), depth: depth)
        try lexer.run()
        return lexer.tokens
    }

    private init(cursor: CodeCursor, depth: Int) {
        self.cursor = cursor
        self.depth = depth
    }

    private static let operators: [StaticString] = [
        "**=", "//=", ">>=", "<<=", "...", "->", ":=", "==", "!=", "<=", ">=", "<<", ">>", "**", "//", "+=", "-=", "*=",
        "/=", "%=", "&=", "|=", "^=", "+", "-", "*", "/", "%", "&", "|", "^", "~", "<", ">", "(", ")", "[", "]", "{",
        "}",
        ",", ":", ".", ";", "=",
    ]

    private mutating func run() throws(NotUnderstood) {
        while !cursor.isAtEnd {
            let byte = cursor.byte
            switch byte {
            case 0x20, 0x09, 0x0d: cursor.advance()
            case 0x0a:
                if brackets == 0 { tokens.append(.newline) }
                cursor.advance()
            case UInt8(ascii: "\\"):
                cursor.advance()
                _ = cursor.take("\r")
                guard cursor.take("\n") else { throw NotUnderstood() }
            case UInt8(ascii: "#"):
                // The first lines of a script can name another encoding, in which all else is another text.
                guard depth == 0, !Self.namesEncoding(cursor.takeLine()) else { throw NotUnderstood() }
            case UInt8(ascii: "'"), UInt8(ascii: "\""): try string(prefix: [])
            case _ where byte.isDigit || byte == UInt8(ascii: ".") && cursor[1].isDigit:
                tokens.append(.number(try cursor.takeNumber()))
            default:
                if let name = cursor.takeName() {
                    if cursor.byte == UInt8(ascii: "'") || cursor.byte == UInt8(ascii: "\"") {
                        try string(prefix: name.bytes.map(\.lowercased))
                    } else {
                        tokens.append(.name(name))
                    }
                } else if let text = Self.operators.first(where: { cursor.starts(with: $0) }) {
                    _ = cursor.take(text)
                    tokens.append(.symbol(UTF8String("\(text)")))
                    if "([{".utf8.contains(byte) { brackets += 1 }
                    if ")]}".utf8.contains(byte) { brackets -= 1 }
                } else {
                    throw NotUnderstood()
                }
            }
            guard tokens.count <= Limits.codeTokensMax else { throw NotUnderstood() }
        }
    }

    private static func namesEncoding(_ comment: ArraySlice<UInt8>) -> Bool {
        let word = Array("coding".utf8)
        return comment.indices.dropLast(word.count - 1).contains { comment[$0..<($0 + word.count)].elementsEqual(word) }
    }

    private mutating func string(prefix: [UInt8]) throws(NotUnderstood) {
        let isRaw = prefix.contains(UInt8(ascii: "r"))
        let isFormatted = prefix.contains(UInt8(ascii: "f"))
        let known = ["", "r", "b", "u", "f", "rb", "br", "fr", "rf"]
        guard known.contains(where: { $0.utf8.elementsEqual(prefix) }) else { throw NotUnderstood() }
        let quote = cursor.byte
        let isLong = cursor[1] == quote && cursor[2] == quote
        cursor.advance(isLong ? 3 : 1)
        var body: [UInt8] = []
        while true {
            guard !cursor.isAtEnd else { throw NotUnderstood() }
            let byte = cursor.byte
            if byte == quote, !isLong || cursor[1] == quote && cursor[2] == quote { break }
            guard isLong || byte != 0x0a else { throw NotUnderstood() }
            cursor.advance()
            body.append(byte)
            if byte == UInt8(ascii: "\\"), !cursor.isAtEnd {
                body.append(cursor.byte)
                cursor.advance()
            }
        }
        cursor.advance(isLong ? 3 : 1)
        guard isFormatted else {
            tokens.append(.string(isRaw ? UTF8String(validating: body) : Self.decoded(body)))
            return
        }
        tokens.append(.string(nil))
        try formatted(body)
    }

    /// The expressions in a formatted string, each as if it were added to the string: `+ ( … )`. Where braces do not
    /// match, older versions refuse the program and newer ones see other strings in it.
    private mutating func formatted(_ body: [UInt8]) throws(NotUnderstood) {
        var inner = CodeCursor(body)
        var formats = 0
        while !inner.isAtEnd {
            let byte = inner.byte
            inner.advance()
            switch byte {
            case UInt8(ascii: "{"):
                if formats == 0, inner.take("{") { continue }
                guard formats < 4 else { throw NotUnderstood() }
                let start = inner.index
                try skipExpression(&inner)
                tokens += [.symbol("+"), .symbol("(")]
                tokens += try Self.tokens(of: Array(body[start..<inner.index]), depth: depth + 1)
                tokens.append(.symbol(")"))
                _ = inner.take("=")
                if inner.take("!") { inner.advance() }
                if inner.take(":") { formats += 1 } else if !inner.take("}") { throw NotUnderstood() }
            case UInt8(ascii: "}"):
                if formats > 0 { formats -= 1 } else if !inner.take("}") { throw NotUnderstood() }
            default: break
            }
        }
        guard formats == 0 else { throw NotUnderstood() }
    }

    /// To `}`, `:`, `=` or `!` outside of brackets.
    private func skipExpression(_ inner: inout CodeCursor) throws(NotUnderstood) {
        var brackets = 0
        var quote: UInt8 = 0
        while !inner.isAtEnd {
            let byte = inner.byte
            if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "#") || byte == 0x0a { throw NotUnderstood() }
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else {
                switch byte {
                case UInt8(ascii: "'"), UInt8(ascii: "\""): quote = byte
                case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
                case UInt8(ascii: "}") where brackets == 0, UInt8(ascii: ":") where brackets == 0: return
                case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): brackets -= 1
                case UInt8(ascii: "!") where brackets == 0 && inner[1] != UInt8(ascii: "="): return
                case UInt8(ascii: "=") where brackets == 0:
                    let isComparison =
                        inner[1] == UInt8(ascii: "=")
                        || [UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">")].contains(
                            inner[-1])
                    if !isComparison { return }
                default: break
                }
            }
            inner.advance()
        }
        throw NotUnderstood()
    }

    /// The value of a literal, `nil` where it has other escapes than the plain ones.
    private static func decoded(_ body: [UInt8]) -> UTF8String? {
        var value: [UInt8] = []
        var cursor = CodeCursor(body)
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                continue
            }
            switch cursor.byte {
            case UInt8(ascii: "n"): value.append(0x0a)
            case UInt8(ascii: "t"): value.append(0x09)
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): value.append(cursor.byte)
            default: return nil
            }
            cursor.advance()
        }
        return UTF8String(validating: value)
    }
}
