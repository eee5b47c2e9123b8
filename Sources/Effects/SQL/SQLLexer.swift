// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cuts SQL into statements of tokens, as one dialect does. It never fails: what the dialect refuses is a token too.
struct SQLLexer {
    private let lexical: SQLLexical
    private var cursor: CodeCursor
    private var units: [SQLUnit] = []
    private var tokens: [SQLToken] = []
    private var count = 0
    /// Whether this is inside `/*! … */`.
    private var isInExecutedComment = false
    private var isLineStart = true

    /// The units, or `nil` where there are more than the limits allow.
    static func units(of text: UTF8String, _ lexical: SQLLexical) -> [SQLUnit]? {
        var lexer = SQLLexer(lexical: lexical, cursor: CodeCursor(text))
        return lexer.run() ? lexer.units : nil
    }

    private init(lexical: SQLLexical, cursor: CodeCursor) {
        self.lexical = lexical
        self.cursor = cursor
    }

    private static let symbols: [StaticString] = ["<=>", "||", "::", ":=", "<>", "!=", "<=", ">=", "->>", "->", "=="]
    private static let single = Set("().,;+-*/%<>=~!@#&|^?[]:".utf8)

    private mutating func run() -> Bool {
        while !cursor.isAtEnd {
            step()
            count += 1
            guard count <= Limits.codeBytesMax, units.count <= Limits.sqlStatementsMax else { return false }
        }
        finish()
        return units.count <= Limits.sqlStatementsMax
    }

    private mutating func finish() {
        if !tokens.isEmpty { units.append(.statement(tokens)) }
        tokens = []
    }

    private mutating func step() {
        let byte = cursor.byte
        let wasLineStart = isLineStart
        isLineStart = false
        switch byte {
        case 0x20, 0x09, 0x0b...0x0d:
            isLineStart = wasLineStart
            cursor.advance()
        case 0x0a:
            isLineStart = true
            cursor.advance()
        case UInt8(ascii: ";"):
            cursor.advance()
            finish()
            isLineStart = true
        case UInt8(ascii: "-") where cursor[1] == byte && (!lexical.dashesNeedBlank || cursor[2] <= 0x20):
            _ = cursor.takeLine()
        case UInt8(ascii: "#") where lexical.hashComments || lexical.dotCommands && wasLineStart && tokens.isEmpty:
            _ = cursor.takeLine()
        case UInt8(ascii: "/") where cursor[1] == UInt8(ascii: "*"): comment()
        case UInt8(ascii: "*") where isInExecutedComment && cursor[1] == UInt8(ascii: "/"):
            isInExecutedComment = false
            cursor.advance(2)
        case UInt8(ascii: "'"): string(escapes: lexical.escapes)
        case UInt8(ascii: "\""): quoted(by: byte)
        case UInt8(ascii: "`"): if lexical.backticks { quoted(by: byte) } else { refuse() }
        case UInt8(ascii: "[") where lexical.brackets: quoted(by: UInt8(ascii: "]"))
        case UInt8(ascii: "$"): dollar()
        case UInt8(ascii: "."):
            if wasLineStart, tokens.isEmpty, lexical.dotCommands {
                command()
            } else if cursor[1].isDigit, !isAfterName {
                number()
            } else if tokens.isEmpty {
                refuse()
            } else {
                symbol()
            }
        case UInt8(ascii: "["):
            if canBeSubscript { symbol() } else { refuse() }
        case UInt8(ascii: "\\"): command()
        case UInt8(ascii: "?"):
            cursor.advance()
            cursor.take(while: \.isDigit)
            tokens.append(.parameter)
        case UInt8(ascii: ":") where cursor[1].isLetter || cursor[1] == UInt8(ascii: "_"), UInt8(ascii: "@"):
            cursor.take { $0 == byte }
            let name = cursor.take { $0.isAlphanumeric || "_$.".utf8.contains($0) }
            tokens.append(name.isEmpty ? .symbol("@") : .parameter)
        case _ where byte.isDigit: number()
        case _ where byte.isLetter || byte == UInt8(ascii: "_") || byte >= 0x80: word()
        case UInt8(ascii: "#") where !lexical.hashComments && (cursor[1].isLetter || cursor[1] == UInt8(ascii: "#")):
            word()
        default: symbol()
        }
    }

    private var isAfterName: Bool {
        switch tokens.last {
        case .word, .quoted: true
        default: false
        }
    }

    /// Without names in brackets these are PostgreSQL's subscripts and arrays, which stand nowhere a name begins.
    private var canBeSubscript: Bool {
        guard lexical.dollarQuotes else { return false }
        switch tokens.last {
        case .word(_, let keyword): return !SQLWords.reserved.contains(keyword)
        case .symbol("."), nil: return false
        default: return true
        }
    }

    private mutating func refuse() {
        tokens.append(.illegal)
        cursor.advance()
    }

    private mutating func symbol() {
        for text in Self.symbols where cursor.take(text) {
            tokens.append(.symbol(UTF8String("\(text)")))
            return
        }
        guard Self.single.contains(cursor.byte), let text = UTF8String(validating: [cursor.byte]) else {
            return refuse()
        }
        tokens.append(.symbol(text))
        cursor.advance()
    }

    /// A number ends where its digits do; letters right after it are another token in some dialects.
    private mutating func number() {
        if cursor.byte == UInt8(ascii: "0"), cursor[1] | 0x20 == UInt8(ascii: "x") {
            cursor.advance(2)
            cursor.take { $0.hexValue != nil }
        } else {
            cursor.take { $0.isDigit || $0 == UInt8(ascii: "_") }
            if cursor.byte == UInt8(ascii: ".") {
                cursor.advance()
                cursor.take(while: \.isDigit)
            }
            let isSigned = cursor[1] == UInt8(ascii: "-") || cursor[1] == UInt8(ascii: "+")
            if cursor.byte | 0x20 == UInt8(ascii: "e"), cursor[isSigned ? 2 : 1].isDigit {
                cursor.advance(isSigned ? 2 : 1)
                cursor.take(while: \.isDigit)
            }
        }
        tokens.append(.number)
        // MySQL takes `1a` for a name.
        if cursor.byte.isLetter || cursor.byte >= 0x80 || cursor.byte == UInt8(ascii: "_")
            || cursor.byte == UInt8(ascii: "$")
        {
            tokens.append(.illegal)
        }
    }

    private mutating func word() {
        let start = cursor.index
        cursor.take { $0.isAlphanumeric || "_$#".utf8.contains($0) || $0 >= 0x80 }
        // `#` within a name is MySQL's comment.
        if lexical.hashComments, let hash = cursor.bytes[start..<cursor.index].firstIndex(of: UInt8(ascii: "#")) {
            cursor.index = hash
        }
        let bytes = cursor.bytes[start..<cursor.index]
        if cursor.byte == UInt8(ascii: "'"), let handled = prefixed(Array(bytes)), handled { return }
        guard let text = UTF8String(validating: bytes) else { return refuse() }
        tokens.append(.word(text, text.asciiLowercased))
    }

    /// `E'…'`, `N'…'`, `x'…'`, `_utf8'…'`, `q'[…]'`. Any other word before a quote is a word.
    private mutating func prefixed(_ word: [UInt8]) -> Bool? {
        let lower = String(decoding: word.map(\.lowercased), as: UTF8.self)
        switch lower {
        case "e" where lexical.dollarQuotes: string(escapes: true)
        case "n", "x", "b": string(escapes: lexical.escapes)
        case "u", "q", "nq":
            if lower != "u", lexical.oracleQuotes { oracleString() } else { return false }
        default:
            if word.first == UInt8(ascii: "_") { string(escapes: lexical.escapes) } else { return false }
        }
        if case .string? = tokens.last { tokens[tokens.count - 1] = .string(nil) }
        return true
    }

    private mutating func string(escapes: Bool) {
        cursor.advance()
        var value: [UInt8] = []
        var isKnown = true
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            if byte == UInt8(ascii: "'") {
                guard cursor.byte == byte else {
                    tokens.append(.string(isKnown ? UTF8String(validating: value) : nil))
                    return
                }
                cursor.advance()
            } else if byte == UInt8(ascii: "\\"), escapes {
                cursor.advance()
                isKnown = false
            }
            value.append(byte)
        }
        tokens.append(.illegal)
    }

    /// `q'[…]'`: any delimiter, brackets by their partner.
    private mutating func oracleString() {
        cursor.advance()
        let partners: [UInt8: UInt8] = [0x5b: 0x5d, 0x7b: 0x7d, 0x28: 0x29, 0x3c: 0x3e]
        let closing = partners[cursor.byte] ?? cursor.byte
        cursor.advance()
        while !cursor.isAtEnd {
            if cursor.byte == closing, cursor[1] == UInt8(ascii: "'") {
                cursor.advance(2)
                tokens.append(.string(nil))
                return
            }
            cursor.advance()
        }
        tokens.append(.illegal)
    }

    /// A name in quotes; the closing one is doubled inside. In MySQL double quotes are a string's, with its escapes.
    private mutating func quoted(by closing: UInt8) {
        cursor.advance()
        var value: [UInt8] = []
        let escapes = lexical.escapes && lexical.executesComments || lexical.escapes && lexical.hashComments
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            if byte == closing {
                // SQLite's brackets have no way to hold one.
                guard cursor.byte == closing, !(closing == UInt8(ascii: "]") && lexical.dotCommands) else {
                    tokens.append(UTF8String(validating: value).map { .quoted($0) } ?? .illegal)
                    return
                }
                cursor.advance()
            } else if byte == UInt8(ascii: "\\"), closing == UInt8(ascii: "\""), escapes {
                value.append(byte)
                cursor.advance()
            }
            value.append(byte)
        }
        tokens.append(.illegal)
    }

    private mutating func dollar() {
        let start = cursor.index
        cursor.advance()
        let tag = cursor.take { $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 >= 0x80 }
        guard lexical.dollarQuotes, cursor.byte == UInt8(ascii: "$"), tag.first?.isDigit != true else {
            tokens.append(.parameter)
            return
        }
        cursor.advance()
        let delimiter = Array(cursor.bytes[start..<cursor.index])
        let body = cursor.index
        // Each `$` is compared with the delimiter up to its next `$` only, so that this is linear.
        while !cursor.isAtEnd {
            if cursor.byte == UInt8(ascii: "$"), cursor.bytes[cursor.index...].starts(with: delimiter) {
                tokens.append(.string(UTF8String(validating: cursor.bytes[body..<cursor.index])))
                cursor.advance(delimiter.count)
                return
            }
            cursor.advance()
        }
        tokens.append(.illegal)
    }

    private mutating func comment() {
        if lexical.executesComments, cursor.starts(with: "/*!") || cursor.starts(with: "/*M!") {
            isInExecutedComment = true
            cursor.advance(cursor[2] == UInt8(ascii: "!") ? 3 : 4)
            cursor.take(while: \.isDigit)
            return
        }
        cursor.advance(2)
        var depth = 1
        while !cursor.isAtEnd {
            if cursor.take("*/") {
                depth -= 1
                if depth == 0 { return }
            } else if lexical.nests, cursor.take("/*") {
                depth += 1
            } else {
                cursor.advance()
            }
        }
        // The rest is a comment that nobody closed.
        tokens.append(.illegal)
    }

    /// A command of the client goes to the line's end. psql takes them within a statement too, which goes on after it.
    private mutating func command() {
        let line = cursor.takeLine()
        let text = UTF8String(validating: line.last == 0x0d ? line.dropLast() : line)
        units.append(.command(text ?? ""))
        if text?.hasPrefix("\\g") == true || text?.hasPrefix("\\G") == true || text?.hasPrefix("\\;") == true {
            finish()
        }
    }
}
