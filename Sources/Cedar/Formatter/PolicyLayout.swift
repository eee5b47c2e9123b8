// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Lays out one statement from its tokens, by the grammar that they are known to follow.
///
/// Every token is written exactly once and with its comments, so that none can get lost.
struct PolicyLayout {
    private var tokens: ArraySlice<CommentedToken>
    private let indentWidth: Int
    var layout = Layout()

    /// - Parameter tokens: a statement that parses, so its nesting is bounded too.
    init(_ tokens: [CommentedToken], indentWidth: Int) {
        self.tokens = tokens[...]
        self.indentWidth = indentWidth
    }

    mutating func policy() -> Layout {
        while isNext(.at) { annotation() }
        let isPlain = scopeIsPlain
        group { own in
            own.token()
            own.layout.append(.line)
            own.token()
        }
        scope(isPlain: isPlain)
        while isNextWord {
            layout.append(.hardLine)
            condition()
        }
        while !tokens.isEmpty { token() }
        return layout
    }

    // MARK: Tokens

    /// Writes the next token with its comments.
    mutating func token() {
        guard let next = tokens.first else { return }
        commentsAbove()
        tokens.removeFirst()
        layout.append(Self.text(of: next.token))
        if let comment = next.behind {
            layout.append(.comment(comment))
            layout.append(.hardLine)
        }
    }

    /// Writes the comments above the next token, ahead of it: those above a closing bracket belong inside.
    mutating func commentsAbove() {
        guard let next = tokens.first, !next.above.isEmpty else { return }
        tokens[tokens.startIndex].above = []
        layout.append(.hardLine)
        for comment in next.above {
            layout.append(.comment(comment))
            layout.append(.hardLine)
        }
    }

    private static func text(of token: Token) -> UTF8String {
        guard token.kind == .integer else { return token.text }
        let digits = token.text.bytes.drop { $0 == UInt8(ascii: "0") }
        return digits.isEmpty ? "0" : UTF8String(validating: digits) ?? token.text
    }

    func isNext(_ symbol: Token.Symbol) -> Bool { isNext { $0.token.kind == .symbol(symbol) } }

    func isNext(_ word: UTF8String) -> Bool { isNext { $0.token.isWord(word) } }

    private func isNext(_ condition: (CommentedToken) -> Bool) -> Bool { tokens.first.map(condition) ?? false }

    private var isNextWord: Bool { isNext { $0.token.kind == .word } }

    /// The next symbol, or `nil` where none is next.
    var nextSymbol: Token.Symbol? {
        guard case .symbol(let symbol)? = tokens.first?.token.kind else { return nil }
        return symbol
    }

    // MARK: Shapes

    mutating func group(_ body: (inout PolicyLayout) -> Void) {
        // They break no group that they only precede.
        commentsAbove()
        layout.append(.group)
        body(&self)
        layout.append(.endGroup)
    }

    mutating func nest(_ columns: Int? = nil, _ body: (inout PolicyLayout) -> Void) {
        layout.append(.nest(columns ?? indentWidth))
        body(&self)
        layout.append(.endNest)
    }

    /// Writes what is between brackets, and the comments above the closing one.
    mutating func nestUpToClose(_ columns: Int? = nil, _ body: (inout PolicyLayout) -> Void) {
        nest(columns) { own in
            body(&own)
            own.commentsAbove()
        }
    }

    /// Elements and commas up to the closing symbol.
    mutating func list(until close: Token.Symbol, _ element: (inout PolicyLayout) -> Void) {
        while !tokens.isEmpty, !isNext(close) {
            element(&self)
            guard isNext(.comma) else { return }
            token()
            layout.append(.line)
        }
    }

    // MARK: Statements

    private mutating func annotation() {
        token()
        token()
        if isNext(.openParenthesis) {
            token()
            token()
            token()
        }
        layout.append(.hardLine)
    }

    /// What is behind the opening parenthesis, up to the closing one: on one line where it asks for nothing.
    private mutating func scope(isPlain: Bool) {
        guard isPlain else {
            nestUpToClose { own in
                for _ in 0..<3 {
                    own.layout.append(.hardLine)
                    own.constraint()
                    if own.isNext(.comma) { own.token() }
                }
            }
            layout.append(.hardLine)
            token()
            return
        }
        group { own in
            own.nestUpToClose { own in
                for _ in 0..<3 {
                    own.token()
                    guard own.isNext(.comma) else { continue }
                    own.token()
                    own.layout.append(.blank)
                }
            }
        }
        token()
    }

    /// Whether what is next is `permit (principal, action, resource)`, without comments inside the parentheses.
    private var scopeIsPlain: Bool {
        let parts = tokens.dropFirst(1).prefix(7)
        guard let open = parts.first, let close = parts.last, close.token.kind == .symbol(.closeParenthesis) else {
            return false
        }
        let inside = parts.dropFirst().dropLast()
        return open.behind == nil && close.above.isEmpty
            && inside.allSatisfy { $0.above.isEmpty && $0.behind == nil }
    }

    private mutating func constraint() {
        commentsAbove()
        let outer = layout.mark()
        let inner = layout.mark()
        token()
        if isNext("is") {
            group { own in
                own.nest { own in
                    own.group { own in
                        own.layout.append(.line)
                        own.token()
                    }
                    own.layout.append(.line)
                    own.path()
                }
            }
        }
        guard isNext("in") || isNext(.equal) else { return }
        layout.beginGroup(at: outer)
        layout.beginGroup(at: inner)
        layout.append(.line)
        token()
        layout.append(.endGroup)
        nest { own in
            own.layout.append(.line)
            own.expression()
        }
        layout.append(.endGroup)
    }

    private mutating func condition() {
        group { own in
            own.token()
            own.layout.append(.line)
            own.group { own in
                own.token()
                own.nestUpToClose { own in
                    own.layout.append(.line)
                    own.group { own in own.expression() }
                }
                own.layout.append(.line)
                own.token()
            }
        }
    }
}
