// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// An expression of a policy's condition, as written: nothing is rewritten into other operators.
///
/// Two expressions are equal where they are written the same way apart from white space, comments, needless parentheses
/// and the spelling of literals; their places do not count.
///
/// A class, so that a recursive step over a tree carries one word per operand and copies share their nodes.
public final class Expression: Sendable, Hashable {
    /// What the expression is.
    public let kind: Kind
    /// Where it is written.
    public let span: SourceSpan
    /// Levels of the tree, from 1; at most `CedarLimits.expressionHeightMax` in what the parser returns.
    let height: Int
    /// What evaluation need not do again for each request.
    let prepared: Prepared?

    init(_ kind: Kind, span: SourceSpan) {
        self.kind = kind
        self.span = span
        height = kind.operands.reduce(0) { max($0, $1.height) } + 1
        prepared = Prepared(kind)
    }

    /// The forms of expressions.
    public enum Kind: Sendable, Hashable {
        /// A boolean, integer, string or entity.
        case literal(Literal)
        /// `principal`, `action`, `resource` or `context`.
        case variable(Variable)
        /// `!a`
        case not(Expression)
        /// `-a`; a minus directly before digits is part of the literal instead.
        case negate(Expression)
        /// `a && b && …`, two operands or more. One level of the tree however many there are.
        case and([Expression])
        /// `a || b || …`, two operands or more.
        case or([Expression])
        /// `a + b - …` or `a * b * …`, applied from the left.
        case arithmetic(Expression, [ArithmeticStep])
        /// `a == b` and the other comparisons.
        case comparison(Comparison, Expression, Expression)
        /// `a in b`
        case membership(Expression, Expression)
        /// `a has b`, `a has b.c` (which is `a has b && a.b has c`); one name or more.
        case has(Expression, [UTF8String])
        /// `a like "pattern"`
        case like(Expression, Pattern)
        /// `a is T`, `a is T in b` (which is `a is T && a in b`).
        case isType(Expression, EntityTypeName, Expression?)
        /// `if a then b else c`
        case conditional(Expression, then: Expression, else: Expression)
        /// `a.b`, `a["b"]`
        case attribute(Expression, UTF8String)
        /// `a.isEmpty()`
        case isEmpty(Expression)
        /// `a.contains(b)` and the other methods of sets and of entities' tags.
        case method(Method, Expression, Expression)
        /// A call of an extension function; of a method the receiver comes first.
        case call(ExtensionFunction, [Expression])
        /// `[a, b, …]`
        case set([Expression])
        /// `{a: b, …}`, names unique, in the order written.
        case record([RecordField])
    }

    /// Equal forms, wherever they are written.
    public static func == (left: Expression, right: Expression) -> Bool { left === right || left.kind == right.kind }

    /// Feeds the form.
    public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

/// A value written in a policy.
public enum Literal: Sendable, Hashable {
    /// `true` or `false`.
    case bool(Bool)
    /// An integer, with its sign.
    case long(Int64)
    /// A string, unescaped.
    case string(UTF8String)
    /// `Type::"id"`.
    case entity(EntityUID)

    /// The value.
    public var value: CedarValue {
        switch self {
        case .bool(let value): .bool(value)
        case .long(let value): .long(value)
        case .string(let value): .string(value)
        case .entity(let value): .entity(value)
        }
    }
}

/// A part of the request.
public enum Variable: String, Sendable, Hashable, CaseIterable {
    /// Who asks.
    case principal
    /// What is to be done.
    case action
    /// To what it is to be done.
    case resource
    /// All else about the request.
    case context
}

/// A comparison of two values.
public enum Comparison: String, Sendable, Hashable, CaseIterable {
    /// Equal; total over all types.
    case equal = "=="
    /// Not equal; total over all types.
    case notEqual = "!="
    /// Less: of longs, datetimes or durations.
    case less = "<"
    /// Less or equal.
    case lessOrEqual = "<="
    /// Greater.
    case greater = ">"
    /// Greater or equal.
    case greaterOrEqual = ">="
}

/// An arithmetic operation on two longs.
public enum ArithmeticOperator: String, Sendable, Hashable, CaseIterable {
    /// Sum.
    case plus = "+"
    /// Difference.
    case minus = "-"
    /// Product.
    case times = "*"
}

/// An operator and its right operand.
public struct ArithmeticStep: Sendable, Hashable {
    /// The operation.
    public let operation: ArithmeticOperator
    /// The right operand.
    public let operand: Expression
}

/// A method with one argument, of sets or of entities, that belongs to the language itself.
public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Whether a set has an element.
    case contains
    /// Whether a set has all elements of another.
    case containsAll
    /// Whether a set has some element of another.
    case containsAny
    /// An entity's tag.
    case getTag
    /// Whether an entity has a tag.
    case hasTag
}

/// A name and its expression in a record.
public struct RecordField: Sendable, Hashable {
    /// The name.
    public let name: UTF8String
    /// The expression.
    public let value: Expression
}

extension Expression {
    /// The operands in the order of evaluation. Of those that may be skipped, all.
    var operands: [Expression] { kind.operands }
}

extension Expression.Kind {
    fileprivate var operands: [Expression] {
        switch self {
        case .literal, .variable: []
        case .not(let operand), .negate(let operand), .has(let operand, _), .like(let operand, _),
            .attribute(let operand, _), .isType(let operand, _, nil), .isEmpty(let operand):
            [operand]
        case .and(let operands), .or(let operands), .set(let operands), .call(_, let operands): operands
        case .arithmetic(let first, let steps): [first] + steps.map(\.operand)
        case .comparison(_, let left, let right), .membership(let left, let right), .method(_, let left, let right),
            .isType(let left, _, let right?):
            [left, right]
        case .conditional(let condition, let first, let second): [condition, first, second]
        case .record(let fields): fields.map(\.value)
        }
    }
}
