// SPDX-License-Identifier: Apache-2.0

extension TypeChecker {
    /// The type of the whole policy: scope and conditions as one conjunction.
    mutating func check(_ statement: PolicyStatement) -> Answer {
        let scope = scope(of: statement)
        guard scope.type != .false, let first = statement.conditions.first else { return scope }
        return Self.and(scope, conditions(first, statement.conditions.dropFirst()))
    }

    /// Whether the scope holds; no part of it shows anything.
    func scope(of statement: PolicyStatement) -> Answer {
        var result = Answer(type: .true)
        for part in Self.scopeParts {
            result = Self.and(result, self.part(part, of: statement))
            if result.type == .false { break }
        }
        return result
    }

    /// Whether the scope asks with `in`, as far as it need be evaluated.
    func scopeReadsHierarchy(of statement: PolicyStatement) -> Bool {
        for part in Self.scopeParts {
            if readsHierarchy(part, of: statement) { return true }
            if self.part(part, of: statement).type == .false { return false }
        }
        return false
    }

    private static let scopeParts: [Variable] = [.principal, .action, .resource]

    private func part(_ part: Variable, of statement: PolicyStatement) -> Answer {
        budget.spend(1)
        return switch part {
        case .principal: constraint(statement.principal, environment.principal)
        case .resource: constraint(statement.resource, environment.resource)
        case .action, .context: constraint(statement.action, at: statement.span(of: .action))
        }
    }

    private func readsHierarchy(_ part: Variable, of statement: PolicyStatement) -> Bool {
        switch part {
        case .principal: statement.principal.readsHierarchy(of: environment.principal)
        case .resource: statement.resource.readsHierarchy(of: environment.resource)
        case .action, .context: statement.action.readsHierarchy
        }
    }

    /// `c && (d && (…))`: each condition is checked knowing what those before it show.
    private mutating func conditions(_ first: Condition, _ rest: ArraySlice<Condition>) -> Answer {
        var answers: [Answer] = []
        var shown: [Capability] = []
        for condition in [first] + rest {
            let body = expectBool(condition.body)
            let answer = condition.kind == .when ? body : Self.negated(body)
            answers.append(answer)
            if answer.type == .false { break }
            known.insert(answer.capabilities)
            shown += answer.capabilities
        }
        known.remove(shown)
        var result = answers.removeLast()
        for answer in answers.reversed() { result = Self.and(answer, result) }
        return result
    }

    // MARK: Constraints

    /// A link fills a slot with an entity that fits or with one for which the policy is false: `== ?slot` is `Bool` and
    /// so is `in ?slot`, whatever fitting type the slot has.
    private func constraint(_ constraint: EntityConstraint, _ actual: EntityTypeName) -> Answer {
        switch constraint {
        case .any: Answer(type: .true)
        case .equal(let reference): typed(reference) { $0 == actual }
        case .within(let reference): typed(reference) { index.canBeIn(actual, $0) }
        case .isType(let type): Answer(type: .boolean(actual == type))
        case .isTypeWithin(let type, let reference):
            actual == type ? typed(reference) { index.canBeIn(actual, $0) } : Answer(type: .false)
        }
    }

    private func typed(_ reference: EntityOrSlot, _ isPossible: (EntityTypeName) -> Bool) -> Answer {
        guard case .entity(let uid) = reference else { return Answer(type: .bool) }
        guard index.knows(uid) else { return .failure(.bool) }
        return Answer(type: isPossible(uid.type) ? .bool : .false)
    }

    private func constraint(_ constraint: ActionConstraint, at span: SourceSpan) -> Answer {
        switch constraint {
        case .any: return Answer(type: .true)
        case .equal(let action): return Answer(type: .boolean(action == environment.action))
        case .within(let group):
            guard let isIn = index.isIn(environment.action, group) else { return .failure(.bool) }
            return Answer(type: .boolean(isIn))
        case .withinAny(let groups): return within(groups, at: span)
        }
    }

    private func within(_ groups: [EntityUID], at span: SourceSpan) -> Answer {
        guard let first = groups.first else {
            findings.add(.emptySet, at: span, "no action is in `[]`")
            return .failure(.bool)
        }
        budget.spend(groups.count)
        guard groups.allSatisfy(index.knows) else { return .failure(.bool) }
        if let other = groups.first(where: { $0.type != first.type }) {
            findings.add(
                .incompatibleTypes, at: span,
                "the actions must be of one type; `\(first.type)` and `\(other.type)` are not compatible")
            return .failure(.bool)
        }
        return Answer(type: .boolean(groups.contains { index.isIn(environment.action, $0) == true }))
    }
}

extension EntityConstraint {
    fileprivate func readsHierarchy(of type: EntityTypeName) -> Bool {
        switch self {
        case .any, .equal, .isType: false
        case .within: true
        case .isTypeWithin(let name, _): name == type
        }
    }
}

extension ActionConstraint {
    fileprivate var readsHierarchy: Bool {
        switch self {
        case .any, .equal: false
        case .within, .withinAny: true
        }
    }
}
