// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct LexerTests {
    private static func tokens(_ text: String) -> [Token] {
        var lexer = Lexer(Array(text.utf8))
        var tokens: [Token] = []
        repeat { tokens.append(lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    @Test func `every symbol is a token`() {
        for symbol in Token.Symbol.allCases {
            #expect(Self.tokens(symbol.rawValue).map(\.kind) == [.symbol(symbol), .end])
        }
    }

    @Test(
        arguments: [
            ("a:::b", ["a", "::", ":", "b"]), ("<==", ["<=", "="]), ("!==", ["!=", "="]), ("a1in x", ["a1in", "x"]),
            ("1in x", ["1", "in", "x"]), ("1a", ["1", "a"]), ("a.b", ["a", ".", "b"]), ("007", ["007"]),
            ("--1", ["-", "-", "1"]),
            ("?principal", ["?principal"]), ("\"a\"\"b\"", ["\"a\"", "\"b\""]), ("\"\\\"\"", ["\"\\\"\""]),
            ("\"\\\\\"", ["\"\\\\\""]),
            ("a//b\nc", ["a", "c"]), ("a//b\rc", ["a", "c"]), ("a//b\r\nc", ["a", "c"]), ("a//b", ["a"]),
            ("a//b\u{2028}c", ["a"]),
            ("a/b", ["a", "/", "b"]), ("\"//\"", ["\"//\""]), ("a\u{a0}b", ["a", "b"]),
            ("a\u{2003}\u{3000}b\u{85}c\u{2028}d", ["a", "b", "c", "d"]),
            ("a\u{b}\u{c}b", ["a", "b"]), ("\"a\nb\"", ["\"a\nb\""]),
        ] as [(String, [UTF8String])])
    func `text is cut at the longest tokens`(text: String, expected: [UTF8String]) {
        #expect(Self.tokens(text).dropLast().map(\.text) == expected)
        #expect(!Self.tokens(text).contains { $0.kind == .invalid })
    }

    @Test(arguments: [
        "#", "$", "~", "^", "`", "'", "\\", "&", "|", "?", "? a", "?1", "\u{feff}", "\u{200b}", "\u{1c}", "\u{180e}",
        "é", "\0", "\"",
        "\"abc", "\"abc\\\"", "\"abc\\\n\"",
    ])
    func `what begins no token is invalid`(text: String) {
        #expect(Self.tokens(text).first?.kind == .invalid)
    }

    @Test func `tokens know their place`() {
        let tokens = Self.tokens("ab\n  \"é\u{301}\"é\n// x\r\nz")
        let places = tokens.map { [$0.span.offset, $0.span.byteCount, $0.span.line, $0.span.column] }
        #expect(places == [[0, 2, 1, 1], [5, 6, 2, 3], [11, 2, 2, 7], [20, 1, 4, 1], [21, 0, 4, 2]])
    }
}
