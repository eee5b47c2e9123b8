// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Expressions, from the loosest binding to the tightest: `if`, `||`, `&&`, relations, sums, products, signs, members.
extension PolicyParser {
    /// An expression at any place but a relation's operand.
    mutating func expression() throws(Stop) -> Expression {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= CedarLimits.syntaxNestingMax else { throw tooDeep() }
        return current.isWord("if") ? try conditional() : try disjunction()
    }

    private mutating func conditional() throws(Stop) -> Expression {
        let start = advance().span
        let condition = try expression()
        try keyword("then")
        let first = try expression()
        try keyword("else")
        let second = try expression()
        return try node(.conditional(condition, then: first, else: second), from: start)
    }

    private mutating func keyword(_ word: UTF8String) throws(Stop) {
        guard take(word) else { throw unexpected("an operator or `\(word)`") }
    }

    /// Takes the word if it comes next.
    private mutating func take(_ word: UTF8String) -> Bool {
        guard current.isWord(word) else { return false }
        advance()
        return true
    }

    private mutating func disjunction() throws(Stop) -> Expression {
        let first = try conjunction()
        guard current.kind == .symbol(.or) else { return first }
        var operands = [first]
        while take(.or) { operands.append(try conjunction()) }
        return try node(.or(operands), from: first.span)
    }

    private mutating func conjunction() throws(Stop) -> Expression {
        let first = try relation()
        guard current.kind == .symbol(.and) else { return first }
        var operands = [first]
        while take(.and) { operands.append(try relation()) }
        return try node(.and(operands), from: first.span)
    }

    private mutating func relation() throws(Stop) -> Expression {
        let left = try sum()
        return startsRelation(current) ? try wholeRelation(left) : left
    }

    private mutating func wholeRelation(_ left: Expression) throws(Stop) -> Expression {
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

    private mutating func relation(after left: Expression) throws(Stop) -> Expression {
        if case .symbol(let symbol) = current.kind, let comparison = Comparison.of[symbol] {
            return try self.comparison(comparison, left)
        }
        if take("in") { return try membership(left) }
        if take("has") { return try node(.has(left, try attributePath()), from: left.span) }
        if take("like") { return try node(.like(left, try pattern()), from: left.span) }
        return try typeTest(left)
    }

    private mutating func comparison(_ comparison: Comparison, _ left: Expression) throws(Stop) -> Expression {
        advance()
        return try node(.comparison(comparison, left, try sum()), from: left.span)
    }

    private mutating func membership(_ left: Expression) throws(Stop) -> Expression {
        try node(.membership(left, try sum()), from: left.span)
    }

    private mutating func typeTest(_ left: Expression) throws(Stop) -> Expression {
        advance()
        let type = try typeName()
        let parent = take("in") ? try sum() : nil
        return try node(.isType(left, type, parent), from: left.span)
    }

    private mutating func attributePath() throws(Stop) -> [UTF8String] {
        if current.kind == .string { return [try string("an attribute's name")] }
        var path = [try name("an attribute's name")]
        while take(.dot) { path.append(try name("an attribute's name")) }
        return path
    }

    private mutating func sum() throws(Stop) -> Expression {
        let first = try product()
        return additiveOperator == nil ? first : try sum(from: first)
    }

    private mutating func sum(from first: Expression) throws(Stop) -> Expression {
        var steps: [ArithmeticStep] = []
        while let operation = additiveOperator {
            advance()
            steps.append(ArithmeticStep(operation: operation, operand: try product()))
        }
        return try node(.arithmetic(first, steps), from: first.span)
    }

    private var additiveOperator: ArithmeticOperator? {
        switch current.kind {
        case .symbol(.plus): .plus
        case .symbol(.minus): .minus
        default: nil
        }
    }

    private mutating func product() throws(Stop) -> Expression {
        let first = try signed()
        return current.kind == .symbol(.times) ? try product(from: first) : first
    }

    private mutating func product(from first: Expression) throws(Stop) -> Expression {
        var steps: [ArithmeticStep] = []
        while take(.times) { steps.append(ArithmeticStep(operation: .times, operand: try signed())) }
        return try node(.arithmetic(first, steps), from: first.span)
    }

    private mutating func signed() throws(Stop) -> Expression {
        switch current.kind {
        case .symbol(.not): try negated()
        case .symbol(.minus): try minus()
        default: try member()
        }
    }

    private mutating func negated() throws(Stop) -> Expression {
        let places = try operators(.not)
        return try wrap(try member(), in: places) { .not($0) }
    }

    private mutating func minus() throws(Stop) -> Expression {
        let places = try operators(.minus)
        if current.kind == .integer { return try negativeInteger(places) }
        return try wrap(try member(), in: places) { .negate($0) }
    }

    /// The last minus belongs to the digits unless a member of theirs follows: only so can the smallest integer be
    /// written.
    private mutating func negativeInteger(_ places: [SourceSpan]) throws(Stop) -> Expression {
        let digits = advance()
        var outer = places
        guard !startsAccess, let sign = outer.popLast() else {
            let number = Expression(.literal(.long(try long(digits, isNegative: false))), span: digits.span)
            return try wrap(try accesses(to: number), in: places) { .negate($0) }
        }
        let number = Expression(.literal(.long(try long(digits, isNegative: true))), span: sign.through(digits.span))
        return try wrap(number, in: outer) { .negate($0) }
    }

    private mutating func operators(_ symbol: Token.Symbol) throws(Stop) -> [SourceSpan] {
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

    private mutating func wrap(
        _ operand: Expression, in places: [SourceSpan], _ kind: (Expression) -> Expression.Kind
    ) throws(Stop) -> Expression {
        var result = operand
        for place in places.reversed() { result = try node(kind(result), from: place) }
        return result
    }

    private mutating func long(_ digits: Token, isNegative: Bool) throws(Stop) -> Int64 {
        guard let magnitude = DecimalDigits.value(digits.text.bytes),
            let value = DecimalDigits.signed(magnitude, negative: isNegative)
        else { throw error(.integerOutOfRange, "an integer of more than 64 bits", at: digits.span) }
        return value
    }

    // MARK: Members

    private var startsAccess: Bool { current.kind == .symbol(.dot) || current.kind == .symbol(.openBracket) }

    private mutating func member() throws(Stop) -> Expression { try accesses(to: try primary()) }

    private mutating func accesses(to primary: Expression) throws(Stop) -> Expression {
        var result = primary
        while startsAccess { result = try access(to: result) }
        return result
    }

    private mutating func access(to receiver: Expression) throws(Stop) -> Expression {
        if take(.openBracket) {
            let name = try string("an attribute's name in quotes")
            try expect(.closeBracket)
            return try node(.attribute(receiver, name), from: receiver.span)
        }
        advance()
        let place = current.span
        let name = try name("an attribute or method")
        guard current.kind == .symbol(.openParenthesis) else {
            return try node(.attribute(receiver, name), from: receiver.span)
        }
        let arguments = try arguments()
        return try node(try methodCall(name, receiver, arguments, at: place), from: receiver.span)
    }

    private mutating func methodCall(
        _ name: UTF8String, _ receiver: Expression, _ arguments: [Expression], at place: SourceSpan
    ) throws(Stop) -> Expression.Kind {
        if name == "isEmpty" {
            guard arguments.isEmpty else { throw wrongArgumentCount(name, expected: 0, arguments, at: place) }
            return .isEmpty(receiver)
        }
        if let method = Method.named[name] {
            guard let argument = arguments.first, arguments.count == 1 else {
                throw wrongArgumentCount(name, expected: 1, arguments, at: place)
            }
            return .method(method, receiver, argument)
        }
        guard let function = ExtensionFunction.named[name] else {
            throw error(.unknownFunction, "Cedar has no method `\(name)`", at: place)
        }
        guard function.isMethod else {
            throw error(.unknownFunction, "`\(name)` is a function, not a method: write `\(name)(…)`", at: place)
        }
        return .call(function, [receiver] + arguments)
    }

    private mutating func wrongArgumentCount(
        _ name: UTF8String, expected: Int, _ arguments: [Expression], at place: SourceSpan
    ) -> Stop {
        error(.wrongArgumentCount, "`\(name)` takes \(expected) arguments, not \(arguments.count)", at: place)
    }

    private mutating func arguments() throws(Stop) -> [Expression] {
        try expect(.openParenthesis)
        return try list(until: .closeParenthesis)
    }

    /// Expressions separated by commas, the last comma optional, and the closing symbol.
    private mutating func list(until close: Token.Symbol) throws(Stop) -> [Expression] {
        var elements: [Expression] = []
        while current.kind != .symbol(close) {
            elements.append(try expression())
            guard take(.comma) else { break }
        }
        try expect(close, orElse: "an operator, `,` or `\(close.rawValue)`")
        return elements
    }

    // MARK: Primaries

    private mutating func primary() throws(Stop) -> Expression {
        switch current.kind {
        case .integer: try integer()
        case .string: try text()
        case .word: try word()
        case .symbol(.openParenthesis): try parenthesized()
        case .symbol(.openBracket): try set()
        case .symbol(.openBrace): try record()
        default: throw noPrimary()
        }
    }

    private mutating func noPrimary() -> Stop {
        guard current.kind == .slot else { return unexpected("an expression") }
        return error(.invalidSlot, "found \(current.found); slots can be in the scope only")
    }

    private mutating func integer() throws(Stop) -> Expression {
        let digits = advance()
        return try node(.literal(.long(try long(digits, isNegative: false))), from: digits.span)
    }

    private mutating func text() throws(Stop) -> Expression {
        let start = current.span
        return try node(.literal(.string(try string("a string"))), from: start)
    }

    private mutating func parenthesized() throws(Stop) -> Expression {
        let start = advance().span
        let inner = try expression()
        try expect(.closeParenthesis, orElse: "an operator or `)`")
        return Expression(inner.kind, span: start.through(previous))
    }

    private mutating func set() throws(Stop) -> Expression {
        let start = advance().span
        return try node(.set(try list(until: .closeBracket)), from: start)
    }

    private mutating func word() throws(Stop) -> Expression {
        let start = current.span
        if take("true") { return try node(.literal(.bool(true)), from: start) }
        if take("false") { return try node(.literal(.bool(false)), from: start) }
        if current.isWord("if") {
            throw error(.unexpectedToken, "an `if` inside another expression needs parentheses")
        }
        var path = try name("a name").string
        while take(.doubleColon) {
            if current.kind == .string { return try entity(UTF8String(path), from: start) }
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

    private mutating func entity(_ type: UTF8String, from start: SourceSpan) throws(Stop) -> Expression {
        let id = try string("an identifier in quotes")
        let uid = EntityUID(type: EntityTypeName(checked: type), id: id)
        return try node(.literal(.entity(uid)), from: start)
    }

    private mutating func call(_ name: UTF8String, from start: SourceSpan) throws(Stop) -> Expression {
        let function = try function(name, at: start)
        return try node(.call(function, try arguments()), from: start)
    }

    private mutating func function(_ name: UTF8String, at place: SourceSpan) throws(Stop) -> ExtensionFunction {
        guard let function = ExtensionFunction.named[name] else {
            let isMethod = Method.named[name] != nil || name == "isEmpty"
            let message = isMethod ? "`\(name)` is a method: write `….\(name)(…)`" : "Cedar has no function `\(name)`"
            throw error(.unknownFunction, message, at: place)
        }
        guard !function.isMethod else {
            throw error(.unknownFunction, "`\(name)` is a method: write `….\(name)(…)`", at: place)
        }
        return function
    }

    private mutating func record() throws(Stop) -> Expression {
        let start = advance().span
        var fields: [RecordField] = []
        var names: Set<UTF8String> = []
        while current.kind != .symbol(.closeBrace) {
            let name = try key(otherThan: &names)
            fields.append(RecordField(name: name, value: try expression()))
            guard take(.comma) else { break }
        }
        try expect(.closeBrace, orElse: "an operator, `,` or `}`")
        return try node(.record(fields), from: start)
    }

    private mutating func key(otherThan names: inout Set<UTF8String>) throws(Stop) -> UTF8String {
        let place = current.span
        let name = current.kind == .string ? try string("a key") : try name("a key, a name or a string, or `}`")
        guard names.insert(name).inserted else {
            throw error(.duplicateName, "the key \(StringEscapes.quoted(name)) is already there", at: place)
        }
        try expect(.colon)
        return name
    }

    // MARK: Nodes

    /// A node that ends where the last token did.
    private mutating func node(_ kind: Expression.Kind, from start: SourceSpan) throws(Stop) -> Expression {
        let expression = Expression(kind, span: start.through(previous))
        guard expression.height <= CedarLimits.expressionHeightMax else { throw tooDeep() }
        return expression
    }
}

extension Comparison {
    fileprivate static let of: [Token.Symbol: Comparison] = [
        .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
        .greaterOrEqual: .greaterOrEqual,
    ]
}
