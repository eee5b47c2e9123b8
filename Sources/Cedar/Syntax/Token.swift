// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// One word of a policy file.
struct Token {
    enum Kind: Hashable {
        /// A word, reserved or not; which it may be depends on where it stands.
        case word
        /// Decimal digits.
        case integer
        /// A string literal with its quotes, not yet unescaped.
        case string
        /// `?principal` and the like.
        case slot
        case symbol(Symbol)
        /// The end of the file.
        case end
        /// Bytes that begin no token.
        case invalid
    }

    enum Symbol: String, Hashable, CaseIterable {
        case at = "@"
        case dot = "."
        case comma = ","
        case semicolon = ";"
        case colon = ":"
        case doubleColon = "::"
        case openParenthesis = "("
        case closeParenthesis = ")"
        case openBrace = "{"
        case closeBrace = "}"
        case openBracket = "["
        case closeBracket = "]"
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case greater = ">"
        case or = "||"
        case and = "&&"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case remainder = "%"
        case not = "!"
        case assign = "="
    }

    let kind: Kind
    /// The token as written; for `invalid`, what could not be read.
    let text: UTF8String
    let span: SourceSpan

    /// For messages: the token in backquotes, shortened, or the end of the file in words.
    var found: String {
        switch kind {
        case .end: "the end of the file"
        case .word, .integer, .string, .slot, .symbol, .invalid: "`\(text.shortened(scalars: 40))`"
        }
    }

    func isWord(_ word: UTF8String) -> Bool { kind == .word && text == word }
}

extension UTF8String {
    /// The text's beginning, fit for one line of a message: nothing that a terminal obeys, and nothing that turns the
    /// direction of what follows.
    func shortened(scalars count: Int) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in string.unicodeScalars.prefix(count) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: shown.append("\u{fffd}")
            default: shown.append(scalar)
            }
        }
        return String(shown) + (string.unicodeScalars.count > count ? "…" : "")
    }

    /// A file's name or a place in a document, for a message.
    var shown: String { shortened(scalars: 400) }
}
