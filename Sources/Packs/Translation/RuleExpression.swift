// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A condition of a pack's rule: the part of JavaScript that packs use for expressions.
indirect enum RuleExpression: Sendable, Equatable {
    case text(UTF8String)
    /// A whole number that Cedar's Long holds.
    case integer(Int64)
    case truth(Bool)
    /// `null` and `undefined`.
    case nothing
    case list([RuleExpression])
    /// `context.a.b`, `limits.x`, `passport.limits.a.b`.
    case path([UTF8String])
    case not(RuleExpression)
    case and(RuleExpression, RuleExpression)
    case or(RuleExpression, RuleExpression)
    case compare(Comparison, RuleExpression, RuleExpression)
    case arithmetic(Arithmetic, RuleExpression, RuleExpression)
    /// `x.includes(y)` and its like.
    case call(RuleExpression, method: UTF8String, RuleExpression)
    /// `/…/.test(x)`.
    case matches(UTF8String, RuleExpression)
    /// `x.length`
    case length(RuleExpression)

    enum Comparison: String, Sendable {
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=", equal = "==", unequal = "!="

        /// The same with its sides exchanged.
        var flipped: Comparison {
            switch self {
            case .less: .greater
            case .lessOrEqual: .greaterOrEqual
            case .greater: .less
            case .greaterOrEqual: .lessOrEqual
            case .equal, .unequal: self
            }
        }
    }

    enum Arithmetic: String, Sendable {
        case plus = "+", minus = "-", times = "*"
    }
}

/// Why something of a pack cannot be said in Cedar.
struct TranslationProblem: Error, Equatable {
    let text: String
    init(_ text: String) { self.text = text }
}

/// Reads conditions.
struct RuleExpressionParser {
    private enum Token: Equatable {
        case word(String)
        case text(UTF8String)
        case integer(Int64)
        case pattern(UTF8String)
        case mark(String)
    }

    private var tokens: [Token] = []
    private var next = 0
    private var depth = 0

    static func parse(_ condition: UTF8String) throws(TranslationProblem) -> RuleExpression {
        guard condition.byteCount <= Limits.conditionBytesMax else {
            throw TranslationProblem("the condition has over \(Limits.conditionBytesMax) bytes")
        }
        var parser = RuleExpressionParser()
        parser.tokens = try scan(condition.bytes)
        guard parser.tokens.count <= Limits.conditionWordsMax else {
            throw TranslationProblem("the condition has over \(Limits.conditionWordsMax) words")
        }
        let expression = try parser.or()
        guard parser.next == parser.tokens.count else { throw parser.unexpected() }
        return expression
    }

    // MARK: Words

    private static let marks = [
        "===", "!==", "<=", ">=", "==", "!=", "&&", "||", "?.", "=>", "??", "(", ")", "[", "]", ",", ".", "<", ">", "!",
        "+", "-", "*", "/", "%", "?", ":",
    ]

    private static func scan(_ bytes: [UInt8]) throws(TranslationProblem) -> [Token] {
        var tokens: [Token] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte.isBlank {
                at += 1
            } else if byte.isDigit {
                let digits = bytes[at...].prefix { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
                guard let number = Int64(String(decoding: digits, as: UTF8.self)) else {
                    throw TranslationProblem(
                        digits.allSatisfy(\.isDigit)
                            ? "a number beyond 64 bits has no form in Cedar"
                            : "a number that is not whole has no exact form in Cedar")
                }
                tokens.append(.integer(number))
                at += digits.count
            } else if byte.isSmall || byte.isCapital || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") {
                let word = bytes[at...].prefix {
                    $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "$")
                }
                tokens.append(.word(String(decoding: word, as: UTF8.self)))
                at += word.count
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                let (text, end) = try literal(bytes, at)
                tokens.append(.text(text))
                at = end
            } else if byte == UInt8(ascii: "/"), startsPattern(tokens.last) {
                let (pattern, end) = try pattern(bytes, at)
                tokens.append(.pattern(pattern))
                at = end
            } else if let mark = marks.first(where: { bytes[at...].starts(with: $0.utf8) }) {
                tokens.append(.mark(mark))
                at += mark.utf8.count
            } else {
                throw TranslationProblem("a sign that no expression has")
            }
        }
        return tokens
    }

    private static func startsPattern(_ token: Token?) -> Bool {
        switch token {
        case nil, .mark("(")?, .mark(",")?, .mark("!")?, .mark("&&")?, .mark("||")?: true
        default: false
        }
    }

    private static func literal(_ bytes: [UInt8], _ start: Int) throws(TranslationProblem) -> (UTF8String, Int) {
        var text: [UInt8] = []
        var at = start + 1
        while at < bytes.count, bytes[at] != bytes[start] {
            if bytes[at] == UInt8(ascii: "\\") {
                at += 1
                guard at < bytes.count, "'\"\\".utf8.contains(bytes[at]) else {
                    throw TranslationProblem("an escape in a text")
                }
            }
            text.append(bytes[at])
            at += 1
        }
        guard at < bytes.count, let literal = UTF8String(validating: text) else {
            throw TranslationProblem("a text without an end")
        }
        return (literal, at + 1)
    }

    private static func pattern(_ bytes: [UInt8], _ start: Int) throws(TranslationProblem) -> (UTF8String, Int) {
        var at = start + 1
        while at < bytes.count, bytes[at] != UInt8(ascii: "/") { at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1 }
        guard at < bytes.count, let pattern = UTF8String(validating: bytes[(start + 1)..<at]) else {
            throw TranslationProblem("a regular expression without an end")
        }
        guard at + 1 == bytes.count || !bytes[at + 1].isAlphanumeric else {
            throw TranslationProblem("a regular expression with flags")
        }
        return (pattern, at + 1)
    }

    // MARK: Expressions

    private func peek() -> Token? { next < tokens.count ? tokens[next] : nil }

    private mutating func take(_ mark: String) -> Bool {
        guard peek() == .mark(mark) else { return false }
        next += 1
        return true
    }

    private func unexpected() -> TranslationProblem {
        switch peek() {
        case .word(let word)?
        where ["in", "not", "and", "or", "all", "any", "IN", "NOT", "AND", "OR", "matches", "is"].contains(word):
            TranslationProblem("\(word) is of a dialect that is not JavaScript")
        case .word(let word)?: TranslationProblem("\(word) is not expected here")
        case .mark(let mark)?: TranslationProblem("\(mark) is not expected here")
        case nil: TranslationProblem("the condition ends too early")
        default: TranslationProblem("a value is not expected here")
        }
    }

    private mutating func or() throws(TranslationProblem) -> RuleExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.expressionDepthMax else { throw TranslationProblem("the condition is too deep") }
        var left = try and()
        while take("||") { left = .or(left, try and()) }
        return left
    }

    private mutating func and() throws(TranslationProblem) -> RuleExpression {
        var left = try comparison()
        while take("&&") { left = .and(left, try comparison()) }
        return left
    }

    private mutating func comparison() throws(TranslationProblem) -> RuleExpression {
        let left = try sum()
        guard case .mark(let mark)? = peek() else { return left }
        let name = ["===": "==", "!==": "!="][mark] ?? mark
        guard let comparison = RuleExpression.Comparison(rawValue: name) else { return left }
        next += 1
        let right = try sum()
        if case .mark(let mark)? = peek(), RuleExpression.Comparison(rawValue: mark) != nil { throw unexpected() }
        return .compare(comparison, left, right)
    }

    private mutating func sum() throws(TranslationProblem) -> RuleExpression {
        var left = try product()
        while case .mark(let mark)? = peek(), mark == "+" || mark == "-" {
            next += 1
            left = .arithmetic(mark == "+" ? .plus : .minus, left, try product())
        }
        return left
    }

    private mutating func product() throws(TranslationProblem) -> RuleExpression {
        var left = try unary()
        while take("*") { left = .arithmetic(.times, left, try unary()) }
        return left
    }

    private mutating func unary() throws(TranslationProblem) -> RuleExpression {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.expressionDepthMax else { throw TranslationProblem("the condition is too deep") }
        if take("!") { return .not(try unary()) }
        if take("-") {
            guard case .integer(let number) = try unary() else { throw TranslationProblem("a minus before no number") }
            return .integer(-number)
        }
        return try postfix()
    }

    private mutating func postfix() throws(TranslationProblem) -> RuleExpression {
        var value = try primary()
        while take(".") || take("?.") {
            guard case .word(let word)? = peek() else { throw unexpected() }
            next += 1
            let name = UTF8String(word)
            if take("(") {
                guard ["includes", "startsWith", "endsWith"].contains(name) else {
                    throw TranslationProblem("\(word)() has no form in Cedar")
                }
                value = .call(value, method: name, try or())
                guard take(")") else { throw unexpected() }
            } else if name == "length" {
                value = .length(value)
            } else if case .path(let names) = value {
                value = .path(names + [name])
            } else {
                throw TranslationProblem("a member of a value")
            }
        }
        if peek() == .mark("[") { throw TranslationProblem("a member whose name is computed") }
        if peek() == .mark("?") || peek() == .mark("??") { throw TranslationProblem("a choice of values") }
        return value
    }

    private mutating func primary() throws(TranslationProblem) -> RuleExpression {
        let token = peek()
        next += 1
        switch token {
        case .text(let text)?: return .text(text)
        case .integer(let number)?: return .integer(number)
        case .mark("(")?:
            let inner = try or()
            guard take(")") else { throw unexpected() }
            return inner
        case .mark("[")?:
            var elements: [RuleExpression] = []
            while peek() != .mark("]") {
                elements.append(try or())
                if !take(",") { break }
            }
            guard take("]") else { throw unexpected() }
            return .list(elements)
        case .pattern(let pattern)?:
            guard take("."), peek() == .word("test") else { throw TranslationProblem("a regular expression") }
            next += 1
            guard take("(") else { throw unexpected() }
            let subject = try or()
            guard take(")") else { throw unexpected() }
            return .matches(pattern, subject)
        case .word("true")?: return .truth(true)
        case .word("false")?: return .truth(false)
        case .word("null")?, .word("undefined")?: return .nothing
        case .word(let word)?:
            if peek() == .mark("(") { throw TranslationProblem("\(word)() is code of the evaluator's") }
            guard ["context", "limits", "passport"].contains(word) else {
                next -= 1
                throw unexpected()
            }
            return .path([UTF8String(word)])
        default:
            next -= 1
            throw unexpected()
        }
    }
}
