// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Compares scopes: whether one is inside another, and whether two have no request in common. With a schema for requests
/// and entities that are valid by it; "no" means: not found.
struct ScopeComparison {
    private let schema: Schema?
    private let descendants: [EntityUID: Set<EntityUID>]
    private let principals: Set<EntityTypeName>
    private let resources: Set<EntityTypeName>

    init(_ schema: Schema?) {
        self.schema = schema
        var descendants: [EntityUID: Set<EntityUID>] = [:]
        var principals: Set<EntityTypeName> = []
        var resources: Set<EntityTypeName> = []
        for (uid, action) in schema?.actions ?? [:] {
            for ancestor in action.ancestors { descendants[ancestor, default: []].insert(uid) }
            principals.formUnion(action.appliesTo?.principals ?? [])
            resources.formUnion(action.appliesTo?.resources ?? [])
        }
        self.descendants = descendants
        self.principals = principals
        self.resources = resources
    }

    /// Whether every request in the first policy's scope is in the second's.
    func isInside(_ inner: PolicyStatement, _ outer: PolicyStatement) -> Bool {
        isInside(inner.principal, outer.principal, types: principals) && isInside(inner.action, outer.action)
            && isInside(inner.resource, outer.resource, types: resources)
    }

    /// Whether no request is in both scopes.
    func areDisjoint(_ left: PolicyStatement, _ right: PolicyStatement) -> Bool {
        areDisjoint(left.principal, right.principal, types: principals) || areDisjoint(left.action, right.action)
            || areDisjoint(left.resource, right.resource, types: resources)
    }

    // MARK: Principals and resources

    private func isInside(
        _ inner: EntityConstraint, _ outer: EntityConstraint, types: Set<EntityTypeName>
    ) -> Bool {
        if inner == outer { return true }
        switch outer {
        case .any: return true
        case .equal: return false
        case .within(let group): return isInside(inner, group: group)
        case .isType(let type): return hasOnly(type, inner, types: types)
        case .isTypeWithin(let type, let group):
            return hasOnly(type, inner, types: types) && isInside(inner, group: group)
        }
    }

    private func isInside(_ inner: EntityConstraint, group: EntityOrSlot) -> Bool {
        switch inner {
        case .any, .isType: false
        case .equal(let reference), .within(let reference), .isTypeWithin(_, let reference): reference == group
        }
    }

    /// Whether only entities of that type meet the constraint.
    private func hasOnly(_ type: EntityTypeName, _ constraint: EntityConstraint, types: Set<EntityTypeName>) -> Bool {
        guard let possible = possibleTypes(constraint, types: types) else { return false }
        return possible.isSubset(of: [type])
    }

    /// The types of entities that may meet the constraint; `nil` where they may be any.
    private func possibleTypes(_ constraint: EntityConstraint, types: Set<EntityTypeName>) -> Set<EntityTypeName>? {
        switch constraint {
        case .isType(let type), .isTypeWithin(let type, _): return [type]
        case .equal(.entity(let uid)): return [uid.type]
        case .equal(.slot): return nil
        case .any: return schema == nil ? nil : types
        case .within(let reference):
            guard let schema, case .entity(let group) = reference else { return nil }
            return types.filter { type in
                type == group.type || schema.entityTypes[type]?.ancestors.contains(group.type) ?? true
            }
        }
    }

    private func areDisjoint(
        _ left: EntityConstraint, _ right: EntityConstraint, types: Set<EntityTypeName>
    ) -> Bool {
        if case .equal(.entity(let a)) = left, case .equal(.entity(let b)) = right { return a != b }
        guard let leftTypes = possibleTypes(left, types: types), let rightTypes = possibleTypes(right, types: types)
        else {
            return false
        }
        return leftTypes.isDisjoint(with: rightTypes)
    }

    // MARK: Actions

    private func isInside(_ inner: ActionConstraint, _ outer: ActionConstraint) -> Bool {
        if outer == .any || inner == outer { return true }
        switch (inner, outer) {
        case (.any, _): return false
        case (.withinAny(let groups), _): return groups.allSatisfy { isInside(.within($0), outer) }
        case (_, .withinAny(let groups)): return groups.contains { isInside(inner, .within($0)) }
        case (.equal(let action), .within(let group)): return isIn(action, group)
        case (.within(let action), .within(let group)): return isIn(action, group)
        case (.within(let action), .equal(let only)):
            return schema != nil && action == only && descendants[action]?.isEmpty ?? true
        default: return false
        }
    }

    private func isIn(_ action: EntityUID, _ group: EntityUID) -> Bool {
        action == group || schema?.actions[action]?.ancestors.contains(group) ?? false
    }

    private func areDisjoint(_ left: ActionConstraint, _ right: ActionConstraint) -> Bool {
        if case .equal(let a) = left, case .equal(let b) = right { return a != b }
        if case .withinAny([]) = left { return true }
        if case .withinAny([]) = right { return true }
        guard let a = actions(left), let b = actions(right) else { return false }
        return a.isDisjoint(with: b)
    }

    /// All actions that meet the constraint; `nil` where that is not known.
    private func actions(_ constraint: ActionConstraint) -> Set<EntityUID>? {
        switch constraint {
        case .equal(let action): return [action]
        case .any: return schema.map { Set($0.actions.keys) }
        case .within(let group): return actions(.withinAny([group]))
        case .withinAny(let groups):
            guard schema != nil else { return nil }
            return groups.reduce(into: []) { all, group in
                all.insert(group)
                all.formUnion(descendants[group] ?? [])
            }
        }
    }
}
