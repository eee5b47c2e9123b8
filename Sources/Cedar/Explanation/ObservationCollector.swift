// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Collects the values that made an expression false, true or fail.
struct ObservationCollector {
    private let evaluator: Evaluator
    private let includesValues: Bool
    private(set) var observations: [Observation] = []
    private var seen: Set<Expression> = []

    init(_ evaluator: Evaluator, includesValues: Bool) {
        self.evaluator = evaluator
        self.includesValues = includesValues
    }

    private var isFull: Bool { observations.count >= CedarLimits.explainedValuesMax }

    /// Why `expression` came to `truth`.
    mutating func explain(_ expression: Expression, _ truth: Bool) {
        guard !isFull else { return }
        switch expression.kind {
        case .and(let operands): explain(operands, truth, decidedBy: false)
        case .or(let operands): explain(operands, truth, decidedBy: true)
        case .not(let operand): explain(operand, !truth)
        case .conditional(let condition, let first, let second):
            guard let holds = self.truth(of: condition) else { return }
            explain(condition, holds)
            explain(holds ? first : second, truth)
        case .has(let subject, _): explainPresence(expression, of: subject)
        case .variable, .attribute: observe(expression)
        default: for operand in expression.operands { observe(operand) }
        }
    }

    /// Why `expression` has no value: the values of the operands of the innermost expression that fails.
    mutating func explainFailure(of expression: Expression) {
        // The first operand in order that fails is the one that was evaluated and failed: nothing before it cut the
        // evaluation short.
        for operand in evaluatedOperands(of: expression) where value(of: operand) == nil {
            return explainFailure(of: operand)
        }
        for operand in evaluatedOperands(of: expression) { observe(operand) }
    }

    /// `&&` is decided by its first false operand, `||` by its first true one; else by all of them.
    private mutating func explain(_ operands: [Expression], _ truth: Bool, decidedBy deciding: Bool) {
        for operand in operands where !isFull {
            guard truth == deciding else {
                explain(operand, truth)
                continue
            }
            if self.truth(of: operand) == deciding { return explain(operand, deciding) }
        }
    }

    /// Of a record that lacks a name the other names say little and may be many.
    private mutating func explainPresence(_ expression: Expression, of subject: Expression) {
        if case .entity? = value(of: subject) { observe(subject) } else { note(expression) }
    }

    /// Notes the value of an operand, and what it is made from.
    private mutating func observe(_ expression: Expression) {
        guard !isFull, !expression.isConstant else { return }
        switch expression.kind {
        case .set, .record: break
        default: note(expression)
        }
        switch expression.kind {
        case .attribute, .variable, .has: break
        default: for operand in evaluatedOperands(of: expression) { observe(operand) }
        }
    }

    private mutating func note(_ expression: Expression) {
        guard !isFull, let value = value(of: expression), seen.insert(expression).inserted else { return }
        observations.append(
            Observation(
                expression: expression.oneLine, span: expression.span,
                value: includesValues ? ValueText.text(of: value) : nil))
    }

    private func evaluatedOperands(of expression: Expression) -> [Expression] {
        guard case .conditional(let condition, let first, let second) = expression.kind,
            let holds = truth(of: condition)
        else { return expression.operands }
        return [condition, holds ? first : second]
    }

    private func truth(of expression: Expression) -> Bool? {
        if case .bool(let truth)? = value(of: expression) { truth } else { nil }
    }

    private func value(of expression: Expression) -> CedarValue? {
        do throws(EvaluationError) { return try evaluator.evaluate(expression) } catch { return nil }
    }
}
