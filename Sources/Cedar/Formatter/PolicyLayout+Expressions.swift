// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Expressions, from the loosest binding to the tightest. Where lines may break, and how far what follows is moved to the
/// right, is as in Cedar's own formatter.
extension PolicyLayout {
    mutating func expression() {
        guard isNext("if") else { return disjunction() }
        group { own in
            own.branch()
            own.layout.append(.line)
            own.branch()
            own.layout.append(.line)
            own.branch()
        }
    }

    /// `if`, `then` or `else` and its expression.
    private mutating func branch() {
        token()
        nest { own in
            own.layout.append(.line)
            own.expression()
        }
    }

    private mutating func disjunction() {
        conjunction()
        while isNext(.or) {
            layout.append(.blank)
            token()
            layout.append(.line)
            conjunction()
        }
    }

    private mutating func conjunction() {
        relation()
        while isNext(.and) {
            layout.append(.blank)
            token()
            layout.append(.line)
            relation()
        }
    }

    private mutating func relation() {
        commentsAbove()
        let start = layout.mark()
        sum()
        if isNext("has") || isNext("like") {
            layout.beginGroup(at: start)
            layout.append(.line)
            token()
            layout.append(.line)
            nest { own in own.sum() }
            layout.append(.endGroup)
        } else if isNext("is") {
            layout.beginGroup(at: start)
            typeTest()
            layout.append(.endGroup)
        } else if isComparison || isNext("in") {
            layout.append(.blank)
            token()
            layout.append(.blank)
            sum()
        }
    }

    private var isComparison: Bool {
        switch nextSymbol {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }

    private mutating func typeTest() {
        layout.append(.blank)
        token()
        layout.append(.blank)
        nest { own in own.path() }
        guard isNext("in") else { return }
        layout.append(.line)
        token()
        layout.append(.blank)
        nest { own in own.sum() }
    }

    private mutating func sum() {
        group { own in
            own.product()
            while own.isNext(.plus) || own.isNext(.minus) { own.step { own in own.product() } }
        }
    }

    private mutating func product() {
        group { own in
            own.signed()
            while own.isNext(.times) { own.step { own in own.signed() } }
        }
    }

    private mutating func step(_ operand: (inout PolicyLayout) -> Void) {
        layout.append(.blank)
        token()
        layout.append(.line)
        operand(&self)
    }

    private mutating func signed() {
        while isNext(.not) || isNext(.minus) { token() }
        member()
    }

    // MARK: Members

    private mutating func member() {
        group { own in
            own.primary()
            own.nest { own in
                var isFirst = true
                while own.startsAccess {
                    if !isFirst { own.layout.append(.softLine) }
                    own.access()
                    isFirst = false
                }
            }
        }
    }

    private var startsAccess: Bool { isNext(.dot) || isNext(.openBracket) || isNext(.openParenthesis) }

    private mutating func access() {
        switch nextSymbol {
        case .openParenthesis:
            token()
            let isEmpty = isNext(.closeParenthesis)
            nestUpToClose { own in
                if !isEmpty { own.layout.append(.softLine) }
                own.list(until: .closeParenthesis) { own in own.expression() }
            }
            if !isEmpty { layout.append(.softLine) }
            token()
        case .openBracket:
            token()
            token()
            token()
        default:
            token()
            token()
        }
    }

    /// `A::B`, `A::B::"id"` or a single word.
    mutating func path() {
        token()
        while isNext(.doubleColon) {
            token()
            token()
        }
    }

    private mutating func primary() {
        switch nextSymbol {
        case .openParenthesis:
            group { own in
                own.token()
                own.nestUpToClose(1) { own in own.expression() }
                own.token()
            }
        case .openBracket:
            token()
            nestUpToClose(1) { own in own.list(until: .closeBracket) { own in own.expression() } }
            token()
        case .openBrace:
            group { own in own.record() }
        default:
            path()
        }
    }

    private mutating func record() {
        token()
        let isEmpty = isNext(.closeBrace)
        nestUpToClose { own in
            if !isEmpty { own.layout.append(.line) }
            own.list(until: .closeBrace) { own in
                own.token()
                own.token()
                own.layout.append(.blank)
                own.expression()
            }
        }
        if !isEmpty { layout.append(.line) }
        token()
    }
}
