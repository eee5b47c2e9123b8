// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The part of a policy in parentheses after its effect.
struct PolicyScope {
    let principal: EntityConstraint
    let action: ActionConstraint
    let resource: EntityConstraint
    let spans: ScopeSpans
}

extension PolicyParser {
    mutating func scope() throws(Stop) -> PolicyScope {
        try expect(.openParenthesis)
        let principalStart = current.span
        try variable("principal")
        let principal = try entityConstraint(slot: .principal)
        let principalSpan = principalStart.through(previous)
        try expect(.comma, orElse: "`,` and then `action`")
        let actionStart = current.span
        try variable("action")
        let action = try actionConstraint()
        let actionSpan = actionStart.through(previous)
        try expect(.comma, orElse: "`,` and then `resource`")
        let resourceStart = current.span
        try variable("resource")
        let resource = try entityConstraint(slot: .resource)
        let spans = ScopeSpans(
            principal: principalSpan, action: actionSpan, resource: resourceStart.through(previous))
        if take(.comma), current.kind == .word {
            throw error(.invalidScope, "found \(current.found); a scope ends with `resource`")
        }
        try expect(.closeParenthesis)
        return PolicyScope(principal: principal, action: action, resource: resource, spans: spans)
    }

    private mutating func variable(_ name: UTF8String) throws(Stop) {
        guard current.isWord(name) else {
            guard current.kind != .invalid else { throw unexpected("`\(name)`") }
            let order = "a scope is `principal`, `action`, `resource` in this order"
            throw error(.invalidScope, "found \(current.found), expected `\(name)`: \(order)")
        }
        advance()
    }

    private mutating func entityConstraint(slot: Slot) throws(Stop) -> EntityConstraint {
        if take(.equal) { return .equal(try entityOrSlot(slot)) }
        if current.isWord("in") {
            advance()
            return .within(try entityOrSlot(slot))
        }
        guard current.isWord("is") else {
            try refuseOtherOperators(allowed: "`==`, `in` and `is`")
            return .any
        }
        advance()
        let type = try typeName()
        if current.kind == .symbol(.equal) {
            throw error(.invalidScope, "`is` cannot be combined with `==`; an entity has but one type")
        }
        guard current.isWord("in") else { return .isType(type) }
        advance()
        return .isTypeWithin(type, try entityOrSlot(slot))
    }

    private mutating func actionConstraint() throws(Stop) -> ActionConstraint {
        if take(.equal) { return .equal(try inParentheses { parser throws(Stop) in try parser.action() }) }
        guard current.isWord("in") else {
            if current.isWord("is") {
                throw error(.invalidScope, "`is` cannot be used for the action")
            }
            try refuseOtherOperators(allowed: "`==` and `in`")
            return .any
        }
        advance()
        return try inParentheses { parser throws(Stop) in
            guard parser.take(.openBracket) else { return .within(try parser.action()) }
            var actions: [EntityUID] = []
            while parser.current.kind != .symbol(.closeBracket) {
                actions.append(try parser.inParentheses { parser throws(Stop) in try parser.action() })
                guard parser.take(.comma) else { break }
            }
            try parser.expect(.closeBracket, orElse: "`,` or `]`")
            return .withinAny(actions)
        }
    }

    private mutating func entityOrSlot(_ slot: Slot) throws(Stop) -> EntityOrSlot {
        try inParentheses { parser throws(Stop) in
            guard parser.current.kind == .slot else { return .entity(try parser.entity()) }
            guard parser.current.text == UTF8String(slot.rawValue) else {
                throw parser.error(
                    .invalidSlot, "found \(parser.current.found); only `\(slot.rawValue)` can be here")
            }
            parser.advance()
            return .slot
        }
    }

    private mutating func action() throws(Stop) -> EntityUID {
        let place = current.span
        let action = try entity()
        guard action.type.isAction else {
            throw error(.invalidScope, "an action's type must be `Action`, not `\(action.type)`", at: place)
        }
        return action
    }

    /// Takes `Type::"id"`.
    private mutating func entity() throws(Stop) -> EntityUID {
        switch current.kind {
        case .slot: throw error(.invalidSlot, "found \(current.found); no slot can be here")
        case .word: break
        default: throw unexpected("an entity, as in `User::\"alice\"`")
        }
        let type = try path(endsBeforeString: true)
        let id = try string("an identifier in quotes")
        return EntityUID(type: EntityTypeName(checked: type), id: id)
    }

    /// A scope's right sides may be in parentheses, any number of pairs.
    private mutating func inParentheses<Value>(
        _ body: (inout PolicyParser) throws(Stop) -> Value
    ) throws(Stop) -> Value {
        var pairs = 0
        while take(.openParenthesis) { pairs += 1 }
        guard pairs <= CedarLimits.syntaxNestingMax else { throw tooDeep() }
        let value = try body(&self)
        for _ in 0..<pairs { try expect(.closeParenthesis) }
        return value
    }

    private mutating func refuseOtherOperators(allowed: String) throws(Stop) {
        switch current.kind {
        case .symbol(.comma), .symbol(.closeParenthesis), .symbol(.assign), .invalid: return
        default: throw error(.invalidScope, "found \(current.found); a scope knows only \(allowed)")
        }
    }
}
