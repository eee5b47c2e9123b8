// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `&&`, `||`, `!` and `if`. An operand goes only where neither its value nor its failure can matter: `a && false` is
/// false only if `a` cannot fail.
extension PartialEvaluator {
    func conjunction(_ operands: [Expression], _ expression: Expression, _ facts: Facts) -> PartialResult {
        var chain = Chain(deciding: false)
        var facts = facts
        for operand in operands {
            let result = evaluate(operand, facts)
            if let end = chain.append(operand, result) { return end }
            if chain.isDecided { break }
            if case .open(let residual) = result { facts.insert(residual.expression) }
        }
        return chain.result(expression)
    }

    func disjunction(_ operands: [Expression], _ expression: Expression, _ facts: Facts) -> PartialResult {
        var chain = Chain(deciding: true)
        for operand in operands {
            if let end = chain.append(operand, evaluate(operand, facts)) { return end }
            if chain.isDecided { break }
        }
        return chain.result(expression)
    }

    func negation(_ expression: Expression, _ operands: Operands) -> PartialResult {
        if let values = operands.values { return apply(expression, to: values) }
        guard case .open(let residual) = operands.results[0], !residual.shape.isDisjoint(from: .bool) else {
            return Residual.failing(operands.expression)
        }
        return Residual(
            expression: operands.expression, shape: .bool, mayFail: residual.mayFail || residual.shape != .bool,
            canBeTrue: residual.canBeFalse, canBeFalse: residual.canBeTrue
        ).result
    }

    func conditional(_ expression: Expression, _ facts: Facts) -> PartialResult {
        guard case .conditional(let condition, let first, let second) = expression.kind else {
            return Residual.failing(expression)
        }
        switch evaluate(condition, facts) {
        case .value(.bool(let truth)): return evaluate(truth ? first : second, facts)
        case .value(let value): return mismatch(value, expected: "bool", at: condition.span)
        case .failure(let error): return .failure(error)
        case .open(let residual):
            let result = evaluate(first, facts.inserting(residual.expression))
            return branches(residual, (first, result), (second, evaluate(second, facts)), expression)
        }
    }

    private func branches(
        _ test: Residual, _ first: (Expression, PartialResult), _ second: (Expression, PartialResult),
        _ expression: Expression
    ) -> PartialResult {
        let rest = expression.replacing([
            test.expression, Self.rest(of: first.0, first.1), Self.rest(of: second.0, second.1),
        ])
        let testMayFail = test.mayFail || test.shape != .bool
        guard !test.alwaysFails, !test.shape.isDisjoint(from: .bool), !(first.1.alwaysFails && second.1.alwaysFails)
        else { return Residual.failing(rest) }
        if !testMayFail, let value = first.1.value, value == second.1.value { return .value(value) }
        func canBe(_ truth: Bool) -> Bool {
            test.canBeTrue && first.1.canBe(truth) || test.canBeFalse && second.1.canBe(truth)
        }
        // Of a branch that always fails no value comes.
        let shape =
            first.1.alwaysFails
            ? second.1.shape
            : second.1.alwaysFails ? first.1.shape : first.1.shape.joined(second.1.shape)
        return Residual(
            expression: rest, shape: shape, mayFail: testMayFail || first.1.mayFail || second.1.mayFail,
            canBeTrue: canBe(true), canBeFalse: canBe(false)
        ).result
    }
}

/// The operands of `&&` or `||` that are left, and what they can come to together.
struct Chain {
    /// The value of an operand that ends the evaluation: false of `&&`, true of `||`.
    private let deciding: Bool
    private var kept: [Expression] = []
    private var mayFail = false
    /// Whether some operand may be the deciding one.
    private var canDecide = false
    /// Whether the evaluation may pass the last operand.
    private var canPass = true
    /// The only operand kept is not known to be a boolean.
    private var needsBoolean = false

    init(deciding: Bool) { self.deciding = deciding }

    /// No operand after these is ever evaluated.
    var isDecided: Bool { !canPass }

    /// Adds the next operand.
    ///
    /// - Returns: what the whole comes to, if that is now certain.
    mutating func append(_ operand: Expression, _ result: PartialResult) -> PartialResult? {
        switch result {
        case .value(.bool(let truth)):
            guard truth == deciding else { return nil }
            guard mayFail else { return .value(.bool(deciding)) }
            kept.append(operand.embedding(.bool(truth)))
            canDecide = true
            canPass = false
        case .value(let value):
            guard !kept.isEmpty else {
                return .failure(
                    EvaluationError(code: .type, message: "found \(value.typeName), expected bool", span: operand.span))
            }
            fail(operand)
        case .failure:
            guard !kept.isEmpty else { return result }
            fail(operand)
        case .open(let residual): append(residual)
        }
        return nil
    }

    private mutating func append(_ residual: Residual) {
        guard !residual.alwaysFails, !residual.shape.isDisjoint(from: .bool) else { return fail(residual.expression) }
        needsBoolean = residual.shape != .bool
        kept.append(residual.expression)
        mayFail = mayFail || residual.mayFail || needsBoolean
        canDecide = canDecide || (deciding ? residual.canBeTrue : residual.canBeFalse)
        canPass = deciding ? residual.canBeFalse : residual.canBeTrue
    }

    private mutating func fail(_ expression: Expression) {
        kept.append(expression)
        mayFail = true
        canPass = false
        needsBoolean = true
    }

    func result(_ expression: Expression) -> PartialResult {
        guard let first = kept.first else { return .value(.bool(!deciding)) }
        var rest = first
        if kept.count > 1 {
            rest = Expression(deciding ? .or(kept) : .and(kept), span: expression.span)
        } else if needsBoolean {
            let neutral = Expression(.literal(.bool(!deciding)), span: first.span)
            rest = Expression(deciding ? .or([neutral, first]) : .and([neutral, first]), span: expression.span)
        }
        return Residual(
            expression: rest, shape: .bool, mayFail: mayFail, canBeTrue: deciding ? canDecide : canPass,
            canBeFalse: deciding ? canPass : canDecide, alwaysFails: !canDecide && !canPass
        ).result
    }
}
