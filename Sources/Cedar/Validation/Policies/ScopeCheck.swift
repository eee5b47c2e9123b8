// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The pass over a policy's scope: some action of those it names applies to such a principal and such a resource.
struct ScopeCheck {
    let index: SchemaIndex
    let findings: FindingList
    let budget: ValidationBudget

    func check(_ statement: PolicyStatement) {
        let actions = actions(statement.action)
        let applies = actions.contains { action in
            budget.spend(action.principals.count + action.resources.count)
            return action.principals.contains { admits(statement.principal, $0) }
                && action.resources.contains { admits(statement.resource, $0) }
        }
        guard !applies else { return }
        var suggestion: String?
        for (name, constraint, types) in [
            ("principal", statement.principal, actions.map(\.principals)),
            ("resource", statement.resource, actions.map(\.resources)),
        ] where wantsIn(constraint, types) {
            suggestion = (suggestion.map { "\($0) and " } ?? "") + "`in` instead of `==` for the \(name)"
        }
        findings.add(
            .noApplicableAction, at: statement.scopeSpan, suggestion: suggestion,
            "no action that this scope names applies to a principal and a resource that it admits")
    }

    /// What the actions that satisfy the constraint apply to; none where a list names an unknown one.
    private func actions(_ constraint: ActionConstraint) -> [AppliesTo] {
        let all = index.schema.actions
        switch constraint {
        case .any:
            return all.values.compactMap(\.appliesTo)
        case .equal(let action):
            return all[action]?.appliesTo.map { [$0] } ?? []
        case .within, .withinAny:
            let groups = Set(constraint.entities)
            guard groups.allSatisfy({ all[$0] != nil }) else { return [] }
            return all.values.compactMap { action in
                let isIn = groups.contains(action.uid) || !groups.isDisjoint(with: action.ancestors)
                return isIn ? action.appliesTo : nil
            }
        }
    }

    /// Whether entities of that type can satisfy the constraint.
    private func admits(_ constraint: EntityConstraint, _ type: EntityTypeName) -> Bool {
        switch constraint {
        case .any: true
        case .equal(let reference): reference.isSlot || reference.type == type
        case .within(let reference): isIn(type, reference)
        case .isType(let name): name == type
        case .isTypeWithin(let name, let reference): name == type && isIn(type, reference)
        }
    }

    private func isIn(_ type: EntityTypeName, _ reference: EntityOrSlot) -> Bool {
        guard let group = reference.type else { return true }
        return type == group || index.schema.entityTypes[type]?.ancestors.contains(group) == true
    }

    /// Whether the policy says `== E` where the actions apply to what may be in `E`, and not to `E` itself.
    private func wantsIn(_ constraint: EntityConstraint, _ types: [Set<EntityTypeName>]) -> Bool {
        guard case .equal(.entity(let uid)) = constraint else { return false }
        return !types.contains { $0.contains(uid.type) }
            && types.contains { $0.contains { isIn($0, .entity(uid)) } }
    }
}

extension EntityOrSlot {
    fileprivate var type: EntityTypeName? { if case .entity(let uid) = self { uid.type } else { nil } }
    fileprivate var isSlot: Bool { self == .slot }
}
