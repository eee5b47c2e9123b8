// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cuts JavaScript into tokens. Where a slash could both divide and begin a regular expression, it is not understood.
struct NodeLexer {
    private var cursor: CodeCursor
    private var tokens: [CodeToken] = []
    /// For each open bracket, whether a keyword such as `if` stands before it.
    private var brackets: [Bool] = []
    /// Whether the last `)` closed the condition of such a keyword.
    private var closedCondition = false
    private let depth: Int

    static func tokens(of code: UTF8String) throws(NotUnderstood) -> [CodeToken] {
        var lexer = NodeLexer(cursor: CodeCursor(code), depth: 0)
        try lexer.run(inTemplate: false)
        return lexer.tokens
    }

    private init(cursor: CodeCursor, depth: Int) {
        self.cursor = cursor
        self.depth = depth
    }

    private static let operators: [StaticString] = [
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=",
        "&&",
        "||", "??", "?.", "++", "--", "+=", "-=", "*=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "+", "-", "*", "%",
        "&",
        "|", "^", "~", "!", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=", "?",
    ]

    /// To the end, or past the brace that closes a template's `${…}`.
    private mutating func run(inTemplate: Bool) throws(NotUnderstood) {
        var braces = 0
        while !cursor.isAtEnd {
            let byte = cursor.byte
            switch byte {
            case 0x20, 0x09, 0x0d: cursor.advance()
            case 0x0a:
                cursor.advance()
                if tokens.last != .newline { tokens.append(.newline) }
            case UInt8(ascii: "/") where cursor[1] == byte: _ = cursor.takeLine()
            case UInt8(ascii: "/") where cursor[1] == UInt8(ascii: "*"):
                cursor.advance(2)
                while !cursor.starts(with: "*/") {
                    guard !cursor.isAtEnd else { throw NotUnderstood() }
                    cursor.advance()
                }
                cursor.advance(2)
            case UInt8(ascii: "/"): try slash()
            case UInt8(ascii: "'"), UInt8(ascii: "\""): try string(byte)
            case UInt8(ascii: "`"): try template()
            case _ where byte.isDigit || byte == UInt8(ascii: ".") && cursor[1].isDigit:
                tokens.append(.number(try cursor.takeNumber()))
            default:
                // In scripts these begin comments.
                guard !cursor.starts(with: "<!--"), !cursor.starts(with: "-->") else { throw NotUnderstood() }
                if byte == UInt8(ascii: "$") || byte.isLetter || byte == UInt8(ascii: "_") {
                    let name = cursor.take { $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "$") }
                    guard let name = UTF8String(validating: name), cursor.byte < 0x80 else { throw NotUnderstood() }
                    tokens.append(.name(name))
                } else if let text = Self.operators.first(where: { cursor.starts(with: $0) }) {
                    _ = cursor.take(text)
                    if inTemplate, text.utf8CodeUnitCount == 1 {
                        if byte == UInt8(ascii: "{") { braces += 1 }
                        if byte == UInt8(ascii: "}") {
                            if braces == 0 { return }
                            braces -= 1
                        }
                    }
                    try bracket(byte)
                    tokens.append(.symbol(UTF8String("\(text)")))
                } else {
                    throw NotUnderstood()
                }
            }
            guard tokens.count <= Limits.codeTokensMax else { throw NotUnderstood() }
        }
        if inTemplate { throw NotUnderstood() }
    }

    private mutating func bracket(_ byte: UInt8) throws(NotUnderstood) {
        if byte == UInt8(ascii: "(") {
            let conditions: Set<UTF8String> = ["if", "while", "for", "with", "switch", "catch"]
            let name = tokens.last?.name
            let isProperty = tokens.at(tokens.count - 2)?.isSymbol(".") == true
            brackets.append(!isProperty && (name.map(conditions.contains) ?? false))
        } else if byte == UInt8(ascii: ")") {
            closedCondition = brackets.popLast() ?? false
        }
    }

    private static let beforePattern = words("return typeof case do else in instanceof new delete void throw")
    private static let ambiguous = words("of yield await async let static get set if while for switch catch with")

    private mutating func slash() throws(NotUnderstood) {
        let isPattern: Bool
        switch tokens.last {
        case nil: isPattern = true
        case .newline:
            // After a line's end either may be.
            guard let before = tokens.at(tokens.count - 2)?.symbol else { throw NotUnderstood() }
            guard [";", "{", "(", ",", "="].contains(before) else { throw NotUnderstood() }
            isPattern = true
        case .name(let name):
            let isProperty = tokens.at(tokens.count - 2)?.isSymbol(".") == true
            if !isProperty, Self.ambiguous.contains(name) { throw NotUnderstood() }
            isPattern = !isProperty && Self.beforePattern.contains(name)
        case .number, .string, .pattern, .variable: isPattern = false
        case .symbol(")"): isPattern = closedCondition
        case .symbol("]"): isPattern = false
        case .symbol("}"), .symbol("++"), .symbol("--"): throw NotUnderstood()
        case .symbol: isPattern = true
        }
        guard isPattern else {
            cursor.advance()
            tokens.append(.symbol(cursor.take("=") ? "/=" : "/"))
            return
        }
        cursor.advance()
        var isInClass = false
        while !cursor.isAtEnd, cursor.byte != 0x0a {
            let byte = cursor.byte
            cursor.advance()
            switch byte {
            case UInt8(ascii: "\\"):
                guard cursor.byte >= 0x20 else { throw NotUnderstood() }
                cursor.advance()
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "/") where !isInClass:
                cursor.take(while: \.isLetter)
                guard !cursor.byte.isAlphanumeric, cursor.byte != UInt8(ascii: "_"), cursor.byte != UInt8(ascii: "$"),
                    cursor.byte < 0x80
                else { throw NotUnderstood() }
                tokens.append(.pattern)
                return
            default: break
            }
        }
        throw NotUnderstood()
    }

    private mutating func string(_ quote: UInt8) throws(NotUnderstood) {
        cursor.advance()
        var value: [UInt8] = []
        var isKnown = true
        while !cursor.isAtEnd, cursor.byte != 0x0a {
            let byte = cursor.byte
            cursor.advance()
            if byte == quote {
                tokens.append(.string(isKnown ? UTF8String(validating: value) : nil))
                return
            }
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                continue
            }
            switch cursor.byte {
            case UInt8(ascii: "n"): value.append(0x0a)
            case UInt8(ascii: "t"): value.append(0x09)
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "/"): value.append(cursor.byte)
            default: isKnown = false
            }
            if cursor.byte == 0x0d { cursor.advance() }
            cursor.advance()
        }
        throw NotUnderstood()
    }

    /// A template's expressions, as if they were added to the string.
    private mutating func template() throws(NotUnderstood) {
        cursor.advance()
        var value: [UInt8] = []
        let place = tokens.count
        var isKnown = true
        tokens.append(.string(nil))
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            switch byte {
            case UInt8(ascii: "`"):
                if isKnown { tokens[place] = .string(UTF8String(validating: value)) }
                return
            case UInt8(ascii: "\\"):
                isKnown = false
                cursor.advance()
            case UInt8(ascii: "$") where cursor.byte == UInt8(ascii: "{"):
                isKnown = false
                cursor.advance()
                guard depth + 1 <= 8 else { throw NotUnderstood() }
                var inner = NodeLexer(cursor: cursor, depth: depth + 1)
                try inner.run(inTemplate: true)
                tokens += [.symbol("+"), .symbol("(")] + inner.tokens + [.symbol(")")]
                cursor.index = inner.cursor.index
                guard tokens.count <= Limits.codeTokensMax else { throw NotUnderstood() }
            default: value.append(byte)
            }
        }
        throw NotUnderstood()
    }
}
