// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Finds the first clause of a policy that is false or fails, in the order in which the evaluator meets them.
struct ClauseFinder {
    private let request: Request
    private let evaluator: Evaluator

    /// A clause that does not hold.
    struct Finding {
        let kind: ClauseExplanation.Kind
        /// The operand of the condition; `nil` for a part of the scope.
        let expression: Expression?
        let error: EvaluationError?
        /// Clauses before it.
        let held: Int
    }

    init(_ request: Request, entities: Entities) {
        self.request = request
        evaluator = Evaluator(request, entities: entities)
    }

    /// The first clause that does not hold; `nil` where all do.
    func firstUnmet(in policy: Policy) -> Finding? {
        let scope: [(ClauseExplanation.Kind, Bool)] = [
            (.principal, evaluator.scope(policy.principal, holdsFor: request.principal)),
            (.action, evaluator.scope(policy.action)),
            (.resource, evaluator.scope(policy.resource, holdsFor: request.resource)),
        ]
        for (held, part) in scope.enumerated() where !part.1 {
            return Finding(kind: part.0, expression: nil, error: nil, held: held)
        }
        var held = scope.count
        for condition in policy.conditions {
            for clause in condition.clauses {
                if let finding = unmet(clause, of: condition.kind, held: held) { return finding }
                held += 1
            }
        }
        return nil
    }

    private func unmet(_ clause: Expression, of kind: Condition.Kind, held: Int) -> Finding? {
        let clauseKind: ClauseExplanation.Kind = kind == .when ? .when : .unless
        do throws(EvaluationError) {
            let value = try evaluator.evaluate(clause)
            guard case .bool(let truth) = value else {
                let error = EvaluationError(
                    code: .type, message: "found \(value.typeName), expected bool", span: clause.span)
                return Finding(kind: clauseKind, expression: clause, error: error, held: held)
            }
            if truth == (kind == .when) { return nil }
            return Finding(kind: clauseKind, expression: clause, error: nil, held: held)
        } catch {
            return Finding(kind: clauseKind, expression: clause, error: error, held: held)
        }
    }

    /// What the finding is made of, for people and programs.
    func explanation(of finding: Finding, in policy: Policy, includesValues: Bool) -> ClauseExplanation {
        guard let expression = finding.expression else {
            return scopeExplanation(of: finding.kind, in: policy, includesValues: includesValues)
        }
        var collector = ObservationCollector(evaluator, includesValues: includesValues)
        if finding.error != nil {
            collector.explainFailure(of: expression)
        } else {
            collector.explain(expression, finding.kind == .unless)
        }
        return ClauseExplanation(
            kind: finding.kind, span: expression.span, text: expression.oneLine, error: finding.error,
            observations: collector.observations)
    }

    private func scopeExplanation(
        of kind: ClauseExplanation.Kind, in policy: Policy, includesValues: Bool
    ) -> ClauseExplanation {
        let spans = policy.statement.scopeSpans
        let (span, constraint, uid): (SourceSpan?, String, EntityUID) =
            switch kind {
            case .action: (spans?.action, Printer.text(policy.action), request.action)
            case .resource: (spans?.resource, Printer.text(policy.resource, slot: .resource), request.resource)
            default: (spans?.principal, Printer.text(policy.principal, slot: .principal), request.principal)
            }
        let place = span ?? policy.statement.span
        let text = UTF8String("\(kind.rawValue)\(constraint)").shortened(scalars: CedarLimits.explainedClauseScalarsMax)
        let observation = Observation(
            expression: UTF8String(kind.rawValue), span: place,
            value: includesValues ? ValueText.text(of: .entity(uid)) : nil)
        return ClauseExplanation(
            kind: kind, span: place, text: UTF8String(text), error: nil, observations: [observation])
    }
}

extension Condition {
    /// The parts that must each be true (of a `when`) or false (of an `unless`), in the order of evaluation.
    var clauses: [Expression] { kind == .when ? body.conjuncts : body.disjuncts }
}
