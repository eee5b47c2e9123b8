// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What an expression comes to while parts of the request are unknown.
enum PartialResult {
    /// This value, for every request that the partial one may become.
    case value(CedarValue)
    /// This error, for every one.
    case failure(EvaluationError)
    /// It depends.
    case open(Residual)

    /// Whether the evaluation of some request may fail.
    var mayFail: Bool {
        switch self {
        case .value: false
        case .failure: true
        case .open(let residual): residual.mayFail
        }
    }

    /// Whether it may come to `truth` for some request.
    func canBe(_ truth: Bool) -> Bool {
        switch self {
        case .value(let value): value == .bool(truth)
        case .failure: false
        case .open(let residual): truth ? residual.canBeTrue : residual.canBeFalse
        }
    }

    var shape: Shape {
        switch self {
        case .value(let value): Shape(value)
        case .failure: .any
        case .open(let residual): residual.shape
        }
    }

    var value: CedarValue? { if case .value(let value) = self { value } else { nil } }

    /// Whether no request gives a value.
    var alwaysFails: Bool {
        switch self {
        case .value: false
        case .failure: true
        case .open(let residual): residual.alwaysFails
        }
    }
}

/// An expression that still depends on what is unknown. For every request that the partial one may become it has the
/// value, or the error, of the expression it was made from.
struct Residual {
    let expression: Expression
    let shape: Shape
    let mayFail: Bool
    var canBeTrue = true
    var canBeFalse = true
    /// Fails for every request, one way or another.
    var alwaysFails = false

    /// As a boolean, where nothing else is possible: the value that is left if it is the only one.
    var result: PartialResult {
        guard !mayFail, shape == .bool else { return .open(self) }
        if !canBeTrue { return .value(.bool(false)) }
        if !canBeFalse { return .value(.bool(true)) }
        return .open(self)
    }

    /// An expression that fails for every request.
    static func failing(_ expression: Expression) -> PartialResult {
        .open(
            Residual(
                expression: expression, shape: .any, mayFail: true, canBeTrue: false, canBeFalse: false,
                alwaysFails: true))
    }
}

/// Tests that are known to hold where an expression is evaluated, because `&&` or `if` evaluated them before.
struct Facts {
    private var tests: Set<Expression> = []

    /// Names of a `has` looked at. A longer path is used as a whole only.
    private static let pathMax = 8

    /// Notes that the expression is true.
    mutating func insert(_ expression: Expression) {
        switch expression.kind {
        case .and(let operands): for operand in operands { insert(operand) }
        case .has(let subject, let path) where path.count <= Self.pathMax:
            var subject = subject
            for name in path {
                tests.insert(Expression(.has(subject, [name]), span: expression.span))
                subject = Expression(.attribute(subject, name), span: expression.span)
            }
        case .method(.hasTag, _, _): tests.insert(expression)
        default: break
        }
    }

    func inserting(_ expression: Expression) -> Facts {
        var facts = self
        facts.insert(expression)
        return facts
    }

    func has(_ subject: Expression, _ name: UTF8String) -> Bool {
        !tests.isEmpty && tests.contains(Expression(.has(subject, [name]), span: subject.span))
    }

    func hasTag(_ entity: Expression, _ name: Expression) -> Bool {
        !tests.isEmpty && tests.contains(Expression(.method(.hasTag, entity, name), span: entity.span))
    }
}
