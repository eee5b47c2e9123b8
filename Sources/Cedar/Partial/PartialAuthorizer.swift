// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cedar's authorizer for questions of which a part is unknown (type-aware partial evaluation, RFC 95).
///
///     let response = PartialAuthorizer.authorize(request, policies: policies, entities: .unknown)
///     response.possibility()   // .never, .possibly or .always: may this tool be permitted for some input?
///     response.residuals       // what is left of the policies
///     print(response.requirements.text)   // what would have to hold
///
/// Policies keep their meaning in every request that the partial one may become, errors included: nothing is left out
/// whose failure would matter. With a schema, requests and entities are taken to be valid by it.
public enum PartialAuthorizer {
    /// Evaluates every policy as far as what is known allows. Takes time in proportion to the policies.
    public static func authorize(
        _ request: PartialRequest, policies: PolicySet, entities: PartialEntities
    ) -> PartialResponse {
        let evaluator = PartialEvaluator(request, entities: entities)
        return PartialResponse(request: request, outcomes: policies.policies.map { evaluator.outcome(of: $0) })
    }
}

extension PartialEvaluator {
    fileprivate func outcome(of policy: Policy) -> PartialOutcome {
        let statement = policy.statement
        let principal = left(of: statement.principal, for: request.principal)
        let resource = left(of: statement.resource, for: request.resource)
        guard let principal, let resource, let action = left(of: statement.action) else {
            return PartialOutcome(policy: policy, result: .notSatisfied, mayFail: false)
        }
        var conditions = ConditionChain(isScopeOpen: principal != .any || action != .any || resource != .any)
        var facts = Facts()
        for condition in statement.conditions {
            if let end = conditions.append(condition, evaluate(condition.body, facts), &facts) {
                return PartialOutcome(policy: policy, result: end, mayFail: conditions.mayFail || end.isError)
            }
            if !conditions.canPass { break }
        }
        let rest = PolicyStatement(
            effect: statement.effect, annotations: statement.annotations, principal: principal, action: action,
            resource: resource, conditions: conditions.kept, span: statement.span, scopeSpans: statement.scopeSpans)
        return PartialOutcome(policy: policy, result: conditions.result(rest), mayFail: conditions.mayFail)
    }

    // MARK: Scope

    /// What is left of a constraint; `nil` where it never holds.
    private func left(of constraint: EntityConstraint, for entity: PartialEntityUID) -> EntityConstraint? {
        switch constraint {
        case .any: return .any
        case .equal(let reference): return left(constraint, isEqual(entity, reference))
        case .within(let reference): return left(constraint, isWithin(entity, reference))
        case .isType(let type): return left(constraint, entity.type.map { $0 == type })
        case .isTypeWithin(let type, let reference):
            guard let found = entity.type else { return constraint }
            guard found == type else { return nil }
            return left(.within(reference), isWithin(entity, reference))
        }
    }

    private func left(_ constraint: EntityConstraint, _ truth: Bool?) -> EntityConstraint? {
        truth == nil ? constraint : truth == true ? .any : nil
    }

    private func isEqual(_ entity: PartialEntityUID, _ reference: EntityOrSlot) -> Bool? {
        guard case .entity(let target) = reference else { return false }
        switch entity {
        case .known(let uid): return uid == target
        case .unknown(let type): return type == nil || type == target.type ? nil : false
        }
    }

    private func isWithin(_ entity: PartialEntityUID, _ reference: EntityOrSlot) -> Bool? {
        guard case .entity(let target) = reference else { return false }
        switch entity {
        case .known(let uid): return isIn(uid, target)
        case .unknown(let type): return cannotBeIn(.entity(type), .entity(target.type)) ? false : nil
        }
    }

    private func left(of constraint: ActionConstraint) -> ActionConstraint? {
        switch constraint {
        case .any: return .any
        case .equal(let action): return request.action == action ? .any : nil
        case .within(let action): return left(constraint, [action])
        case .withinAny(let actions): return left(constraint, actions)
        }
    }

    private func left(_ constraint: ActionConstraint, _ targets: [EntityUID]) -> ActionConstraint? {
        var isOpen = false
        for target in targets {
            switch isIn(request.action, target) {
            case true?: return .any
            case false?: break
            case nil: isOpen = true
            }
        }
        return isOpen ? constraint : nil
    }
}

/// The conditions of a policy that are left, and what they can come to together with the scope.
private struct ConditionChain {
    /// Whether the scope still depends on what is unknown; it never fails.
    let isScopeOpen: Bool
    private(set) var kept: [Condition] = []
    private(set) var mayFail = false
    /// Whether the evaluation may pass the last condition.
    private(set) var canPass = true

    init(isScopeOpen: Bool) { self.isScopeOpen = isScopeOpen }

    private var isEmpty: Bool { kept.isEmpty && !isScopeOpen }

    /// Adds the next condition.
    ///
    /// - Returns: what the policy comes to, if that is now certain.
    mutating func append(
        _ condition: Condition, _ result: PartialResult, _ facts: inout Facts
    ) -> PartialOutcome.Result? {
        let wanted = condition.kind == .when
        switch result {
        case .value(.bool(let truth)):
            guard truth != wanted else { return nil }
            guard mayFail else { return .notSatisfied }
            keep(condition, condition.body.embedding(.bool(truth)))
            canPass = false
        case .value(let value):
            guard !isEmpty else {
                return .error(
                    EvaluationError(
                        code: .type, message: "found \(value.typeName), expected bool", span: condition.body.span))
            }
            fail(condition, condition.body)
        case .failure(let error):
            guard !isEmpty else { return .error(error) }
            fail(condition, condition.body)
        case .open(let residual):
            guard !residual.alwaysFails, !residual.shape.isDisjoint(from: .bool) else {
                fail(condition, residual.expression)
                return nil
            }
            keep(condition, residual.expression.withoutNeutral)
            mayFail = mayFail || residual.mayFail || residual.shape != .bool
            canPass = wanted ? residual.canBeTrue : residual.canBeFalse
            if wanted { facts.insert(residual.expression) }
        }
        return nil
    }

    private mutating func keep(_ condition: Condition, _ body: Expression) {
        kept.append(Condition(kind: condition.kind, body: body, span: condition.span))
    }

    private mutating func fail(_ condition: Condition, _ body: Expression) {
        keep(condition, body)
        mayFail = true
        canPass = false
    }

    func result(_ rest: PolicyStatement) -> PartialOutcome.Result {
        if isEmpty { return .satisfied }
        if canPass { return .residual(rest) }
        return mayFail ? .neverSatisfied(rest) : .notSatisfied
    }
}

extension Expression {
    /// A condition must be a boolean anyway, so `true && a` is `a` there.
    fileprivate var withoutNeutral: Expression {
        switch kind {
        case .and(let operands), .or(let operands):
            guard operands.count == 2, case .literal(.bool(let truth)) = operands[0].kind else { return self }
            if case .and = kind { return truth ? operands[1] : self }
            return truth ? self : operands[1]
        default: return self
        }
    }
}

extension PartialOutcome.Result {
    fileprivate var isError: Bool { if case .error = self { true } else { false } }
}
