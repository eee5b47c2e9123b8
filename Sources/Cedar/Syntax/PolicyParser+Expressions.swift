// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Expressions, from the loosest binding to the tightest: `if`, `||`, `&&`, relations, sums, products, signs, members.
extension PolicyParser {
    /// An expression at any place but a relation's operand.
    mutating func expression() throws(PolicyError) -> Expression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= CedarLimits.syntaxNestingMax else { throw tooDeep() }
        return current.isWord("if") ? try conditional() : try disjunction()
    }

    private mutating func conditional() throws(PolicyError) -> Expression {
        let start = advance().span
        let condition = try expression()
        try keyword("then")
        let first = try expression()
        try keyword("else")
        let second = try expression()
        return try node(.conditional(condition, then: first, else: second), from: start)
    }

    private mutating func keyword(_ word: UTF8String) throws(PolicyError) {
        guard current.isWord(word) else { throw unexpected("an operator or `\(word)`") }
        advance()
    }

    private mutating func disjunction() throws(PolicyError) -> Expression {
        let first = try conjunction()
        guard current.kind == .symbol(.or) else { return first }
        var operands = [first]
        while take(.or) { operands.append(try conjunction()) }
        return try node(.or(operands), from: first.span)
    }

    private mutating func conjunction() throws(PolicyError) -> Expression {
        let first = try relation()
        guard current.kind == .symbol(.and) else { return first }
        var operands = [first]
        while take(.and) { operands.append(try relation()) }
        return try node(.and(operands), from: first.span)
    }

    private mutating func relation() throws(PolicyError) -> Expression {
        let left = try sum()
        guard startsRelation(current) else { return left }
        let relation = try relation(after: left)
        guard !startsRelation(current) else {
            throw error(.unexpectedToken, "found \(current.found); relations do not chain, use parentheses")
        }
        return relation
    }

    private func startsRelation(_ token: Token) -> Bool {
        switch token.kind {
        case .symbol(let symbol): Comparison.of[symbol] != nil
        case .word: token.isWord("in") || token.isWord("has") || token.isWord("like") || token.isWord("is")
        default: false
        }
    }

    private mutating func relation(after left: Expression) throws(PolicyError) -> Expression {
        let operation = advance()
        if case .symbol(let symbol) = operation.kind, let comparison = Comparison.of[symbol] {
            return try node(.comparison(comparison, left, try sum()), from: left.span)
        }
        if operation.isWord("has") { return try node(.has(left, try attributePath()), from: left.span) }
        if operation.isWord("like") { return try node(.like(left, try pattern()), from: left.span) }
        if operation.isWord("in") { return try node(.membership(left, try sum()), from: left.span) }
        let type = try typeName()
        guard current.isWord("in") else { return try node(.isType(left, type, nil), from: left.span) }
        advance()
        return try node(.isType(left, type, try sum()), from: left.span)
    }

    private mutating func attributePath() throws(PolicyError) -> [UTF8String] {
        if current.kind == .string { return [try string("an attribute's name")] }
        var path = [try name("an attribute's name")]
        while take(.dot) { path.append(try name("an attribute's name")) }
        return path
    }

    private mutating func sum() throws(PolicyError) -> Expression {
        let first = try product()
        var steps: [ArithmeticStep] = []
        while let operation = additiveOperator {
            advance()
            steps.append(ArithmeticStep(operation: operation, operand: try product()))
        }
        return steps.isEmpty ? first : try node(.arithmetic(first, steps), from: first.span)
    }

    private var additiveOperator: ArithmeticOperator? {
        switch current.kind {
        case .symbol(.plus): .plus
        case .symbol(.minus): .minus
        default: nil
        }
    }

    private mutating func product() throws(PolicyError) -> Expression {
        let first = try signed()
        guard current.kind == .symbol(.times) else { return first }
        var steps: [ArithmeticStep] = []
        while take(.times) { steps.append(ArithmeticStep(operation: .times, operand: try signed())) }
        return try node(.arithmetic(first, steps), from: first.span)
    }

    private mutating func signed() throws(PolicyError) -> Expression {
        switch current.kind {
        case .symbol(.not):
            let places = try operators(.not)
            return try wrap(try member(), in: places) { .not($0) }
        case .symbol(.minus):
            var places = try operators(.minus)
            guard current.kind == .integer else { return try wrap(try member(), in: places) { .negate($0) } }
            // The last minus belongs to the digits: only so can the smallest integer be written.
            let digits = advance()
            if startsAccess, let value = DecimalDigits.value(digits.text.bytes), let long = Int64(exactly: value) {
                let number = Expression(.literal(.long(long)), span: digits.span)
                return try wrap(try accesses(to: number), in: places) { .negate($0) }
            }
            let literal = Expression(
                .literal(.long(try long(digits, isNegative: !startsAccess))),
                span: (places.popLast() ?? digits.span).through(digits.span))
            return try wrap(literal, in: places) { .negate($0) }
        default:
            return try member()
        }
    }

    private mutating func operators(_ symbol: Token.Symbol) throws(PolicyError) -> [SourceSpan] {
        var places: [SourceSpan] = []
        while current.kind == .symbol(symbol) {
            guard places.count < CedarLimits.unaryOperatorsMax else {
                throw error(
                    .unexpectedToken, "more than \(CedarLimits.unaryOperatorsMax) `\(symbol.rawValue)` in a row")
            }
            places.append(advance().span)
        }
        return places
    }

    private func wrap(
        _ operand: Expression, in places: [SourceSpan], _ kind: (Expression) -> Expression.Kind
    ) throws(PolicyError) -> Expression {
        var result = operand
        for place in places.reversed() { result = try node(kind(result), from: place) }
        return result
    }

    private func long(_ digits: Token, isNegative: Bool) throws(PolicyError) -> Int64 {
        guard let magnitude = DecimalDigits.value(digits.text.bytes),
            let value = DecimalDigits.signed(magnitude, negative: isNegative)
        else { throw error(.integerOutOfRange, "an integer of more than 64 bits", at: digits.span) }
        return value
    }

    // MARK: Members

    private var startsAccess: Bool { current.kind == .symbol(.dot) || current.kind == .symbol(.openBracket) }

    private mutating func member() throws(PolicyError) -> Expression { try accesses(to: try primary()) }

    private mutating func accesses(to primary: Expression) throws(PolicyError) -> Expression {
        var result = primary
        while startsAccess {
            if take(.openBracket) {
                let name = try string("an attribute's name in quotes")
                try expect(.closeBracket)
                result = try node(.attribute(result, name), from: primary.span)
            } else {
                advance()
                result = try dotted(result)
            }
        }
        return result
    }

    private mutating func dotted(_ receiver: Expression) throws(PolicyError) -> Expression {
        let place = current.span
        let name = try name("an attribute or method")
        guard current.kind == .symbol(.openParenthesis) else {
            return try node(.attribute(receiver, name), from: receiver.span)
        }
        let arguments = try arguments()
        if let method = Method.named[name] {
            guard arguments.count == method.argumentCount else {
                let message = "`\(name)` takes \(method.argumentCount) arguments, not \(arguments.count)"
                throw error(.wrongArgumentCount, message, at: place)
            }
            return try node(.method(method, receiver, arguments), from: receiver.span)
        }
        guard let function = ExtensionFunction.named[name] else {
            throw error(.unknownFunction, "Cedar has no method `\(name)`", at: place)
        }
        guard function.isMethod else {
            throw error(.unknownFunction, "`\(name)` is a function, not a method: write `\(name)(…)`", at: place)
        }
        return try node(.call(function, [receiver] + arguments), from: receiver.span)
    }

    private mutating func arguments() throws(PolicyError) -> [Expression] {
        try expect(.openParenthesis)
        return try list(until: .closeParenthesis)
    }

    /// Expressions separated by commas, the last comma optional, and the closing symbol.
    private mutating func list(until close: Token.Symbol) throws(PolicyError) -> [Expression] {
        var elements: [Expression] = []
        while current.kind != .symbol(close) {
            elements.append(try expression())
            guard take(.comma) else { break }
        }
        try expect(close, orElse: "an operator, `,` or `\(close.rawValue)`")
        return elements
    }

    // MARK: Primaries

    private mutating func primary() throws(PolicyError) -> Expression {
        let start = current.span
        switch current.kind {
        case .integer:
            let value = try long(current, isNegative: false)
            advance()
            return try node(.literal(.long(value)), from: start)
        case .string:
            return try node(.literal(.string(try string("a string"))), from: start)
        case .word:
            return try word()
        case .slot:
            throw error(.invalidSlot, "found \(current.found); slots can be in the scope only")
        case .symbol(.openParenthesis):
            advance()
            let inner = try expression()
            try expect(.closeParenthesis, orElse: "an operator or `)`")
            return Expression(inner.kind, span: start.through(previous))
        case .symbol(.openBracket):
            advance()
            return try node(.set(try list(until: .closeBracket)), from: start)
        case .symbol(.openBrace):
            return try record()
        default:
            throw unexpected("an expression")
        }
    }

    private mutating func word() throws(PolicyError) -> Expression {
        let start = current.span
        let word = current.text
        if word == "true" || word == "false" {
            advance()
            return try node(.literal(.bool(word == "true")), from: start)
        }
        if word == "if" {
            throw error(.unexpectedToken, "an `if` inside another expression needs parentheses")
        }
        try checkName(word)
        advance()
        var path = word.string
        while take(.doubleColon) {
            if current.kind == .string {
                let type = EntityTypeName(checked: UTF8String(path))
                let id = try string("an identifier in quotes")
                return try node(.literal(.entity(EntityUID(type: type, id: id))), from: start)
            }
            path += "::" + (try name("a name or an identifier in quotes after `::`").string)
        }
        let name = UTF8String(path)
        if current.kind == .symbol(.openParenthesis) { return try call(name, from: start) }
        guard let variable = Variable.named[name] else {
            let message = "`\(name)` is no variable; there are `principal`, `action`, `resource` and `context`"
            throw error(.unknownName, message, at: start)
        }
        return try node(.variable(variable), from: start)
    }

    private mutating func call(_ name: UTF8String, from start: SourceSpan) throws(PolicyError) -> Expression {
        guard let function = ExtensionFunction.named[name] else {
            let hint = Method.named[name] == nil ? "Cedar has no function" : "to be called as a method:"
            throw error(.unknownFunction, "\(hint) `\(name)`", at: start)
        }
        guard !function.isMethod else {
            throw error(.unknownFunction, "`\(name)` is a method, not a function: write `….\(name)(…)`", at: start)
        }
        return try node(.call(function, try arguments()), from: start)
    }

    private mutating func record() throws(PolicyError) -> Expression {
        let start = advance().span
        var fields: [RecordField] = []
        var names: Set<UTF8String> = []
        while current.kind != .symbol(.closeBrace) {
            let place = current.span
            let name =
                current.kind == .string ? try string("a key") : try name("a key, a name or a string, or `}`")
            guard names.insert(name).inserted else {
                throw error(.duplicateName, "the key \(StringEscapes.quoted(name)) is already there", at: place)
            }
            try expect(.colon)
            fields.append(RecordField(name: name, value: try expression()))
            guard take(.comma) else { break }
        }
        try expect(.closeBrace, orElse: "an operator, `,` or `}`")
        return try node(.record(fields), from: start)
    }

    // MARK: Nodes

    /// A node that ends where the last token did.
    private func node(_ kind: Expression.Kind, from start: SourceSpan) throws(PolicyError) -> Expression {
        let expression = Expression(kind, span: start.through(previous))
        guard expression.height <= CedarLimits.expressionHeightMax else { throw tooDeep() }
        return expression
    }

    func tooDeep() -> PolicyError {
        error(.limitExceeded, "nested too deeply; split the policy or use fewer parentheses")
    }
}

extension Comparison {
    fileprivate static let of: [Token.Symbol: Comparison] = [
        .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
        .greaterOrEqual: .greaterOrEqual,
    ]
}
