// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A token and the comments that go with it.
struct CommentedToken {
    let token: Token
    /// Comments on the lines above it, without white space at their ends.
    var above: [UTF8String]
    /// The comment behind it on its line.
    var behind: UTF8String?
}

/// A policy file's tokens with their comments, statement by statement.
struct CommentedTokens {
    private let bytes: [UInt8]
    private var lexer: Lexer
    private var current: Token
    /// Comments found before `current` and not yet given to a token.
    private var pending: [UTF8String]

    /// - Parameter bytes: a file that parses.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lexer = Lexer(bytes)
        current = lexer.next()
        pending = Self.comments(bytes[0..<current.span.offset]).map(\.text)
    }

    /// Comments after the last statement.
    var rest: [UTF8String] { pending }

    /// The tokens up to and with the next `;`; none at the end of the file.
    mutating func nextStatement() -> [CommentedToken] {
        var statement: [CommentedToken] = []
        while current.kind != .end {
            let token = advance()
            statement.append(token)
            if token.token.kind == .symbol(.semicolon) { break }
        }
        return Self.withoutLastCommas(statement)
    }

    private mutating func advance() -> CommentedToken {
        var token = CommentedToken(token: current, above: pending, behind: nil)
        current = lexer.next()
        let between = Self.comments(bytes[token.token.span.endOffset..<current.span.offset])
        pending = []
        for comment in between {
            if comment.isOnFirstLine, token.behind == nil {
                token.behind = comment.text
            } else {
                pending.append(comment.text)
            }
        }
        return token
    }

    /// The comments in what is between two tokens.
    private static func comments(_ gap: ArraySlice<UInt8>) -> [(text: UTF8String, isOnFirstLine: Bool)] {
        var comments: [(text: UTF8String, isOnFirstLine: Bool)] = []
        var isOnFirstLine = true
        var position = gap.startIndex
        while position < gap.endIndex {
            if gap[position] == UInt8(ascii: "/") {
                let comment = gap[position...].prefix { $0 != 0x0a && $0 != 0x0d }
                comments.append((trimmed(comment), isOnFirstLine))
                position = comment.endIndex
            } else {
                if gap[position] == 0x0a || gap[position] == 0x0d { isOnFirstLine = false }
                position += 1
            }
        }
        return comments
    }

    private static func trimmed(_ comment: ArraySlice<UInt8>) -> UTF8String {
        let text = UTF8String(validating: comment) ?? ""
        var scalars = text.string.unicodeScalars[...]
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return UTF8String(String(scalars))
    }

    /// The tokens without the commas before closing brackets, whose comments go to their neighbours.
    private static func withoutLastCommas(_ tokens: [CommentedToken]) -> [CommentedToken] {
        var kept: [CommentedToken] = []
        kept.reserveCapacity(tokens.count)
        var homeless: [UTF8String] = []
        for (index, token) in tokens.enumerated() {
            guard token.token.kind == .symbol(.comma), index + 1 < tokens.count, tokens[index + 1].closes else {
                kept.append(token)
                if !homeless.isEmpty {
                    kept[kept.count - 1].above = homeless + token.above
                    homeless = []
                }
                continue
            }
            homeless += token.above
            guard let comment = token.behind else { continue }
            if homeless.isEmpty, let last = kept.indices.last, kept[last].behind == nil {
                kept[last].behind = comment
            } else {
                homeless.append(comment)
            }
        }
        return kept
    }
}

extension CommentedToken {
    fileprivate var closes: Bool {
        switch token.kind {
        case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace): true
        default: false
        }
    }
}
