// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension PolicySetDifference {
    /// Compares two sets: by ids, then what is left by what the policies say.
    ///
    /// With a schema more can be said, for requests and entities that are valid by it: it tells which actions are in a
    /// group, and which types of entities may be members of which. Beyond `CedarLimits.comparedPoliciesMax` and
    /// `CedarLimits.implicationStepsMax` less is said, and `unknown` more often.
    ///
    /// - Parameters:
    ///   - old: the policies as they were.
    ///   - new: the policies as they are to be.
    ///   - schema: what requests and entities are valid by, where there is a schema.
    ///   - failingForbidsDeny: whether the caller denies where a `forbid` cannot be evaluated; Cedar itself skips such
    ///     policies. Then the order of a `forbid`'s tests counts too, since an earlier one may fail.
    public init(
        from old: PolicySet, to new: PolicySet, schema: Schema? = nil, failingForbidsDeny: Bool = false
    ) {
        var builder = DifferenceBuilder(
            old: old, new: new, comparison: PolicyComparison(schema, failingForbidsDeny: failingForbidsDeny))
        changes = builder.changes()
        scopes = builder.scopes(of: changes)
        direction = changes.reduce(.same) { $0.and($1.direction) }
        templates = Templates(from: old.templates, to: new.templates)
    }
}

extension PolicySetDifference.Templates {
    fileprivate init(from old: [Template], to new: [Template]) {
        let oldByID = Dictionary(old.map { ($0.id, $0.statement) }, uniquingKeysWith: { $1 })
        let newByID = Dictionary(new.map { ($0.id, $0.statement) }, uniquingKeysWith: { $1 })
        added = new.map(\.id).filter { oldByID[$0] == nil }
        removed = old.map(\.id).filter { newByID[$0] == nil }
        changed = new.filter { template in oldByID[template.id].map { $0 != template.statement } ?? false }.map(\.id)
    }
}

private struct DifferenceBuilder {
    let old: PolicySet
    let new: PolicySet
    private var comparison: PolicyComparison
    /// Pairs of policies that may still be compared in search of one that covers another.
    private var pairs = CedarLimits.comparedPoliciesMax

    init(old: PolicySet, new: PolicySet, comparison: PolicyComparison) {
        self.old = old
        self.new = new
        self.comparison = comparison
    }

    mutating func changes() -> [PolicySetDifference.Change] {
        var changes: [PolicySetDifference.Change] = []
        var added: [Policy] = []
        for policy in new.policies {
            guard let before = old[policy.id] else {
                added.append(policy)
                continue
            }
            if before.statement != policy.statement { changes.append(change(from: before, to: policy)) }
        }
        var removed = old.policies.filter { new[$0.id] == nil }
        changes += renamed(&added, &removed)
        for policy in added {
            changes.append(PolicySetDifference.Change(kind: .added(policy), direction: direction(ofAdding: policy)))
        }
        for policy in removed {
            changes.append(
                PolicySetDifference.Change(kind: .removed(policy), direction: direction(ofRemoving: policy)))
        }
        return changes.sorted { $0.policyID < $1.policyID }
    }

    private mutating func change(from old: Policy, to new: Policy) -> PolicySetDifference.Change {
        PolicySetDifference.Change(
            kind: .changed(
                old: old, new: new, comparison.details(from: old.statement, to: new.statement)),
            direction: comparison.direction(from: old.statement, to: new.statement))
    }

    /// Takes pairs that say the same under different ids out of both lists.
    private func renamed(_ added: inout [Policy], _ removed: inout [Policy]) -> [PolicySetDifference.Change] {
        var byStatement = Dictionary(grouping: removed) { $0.statement }.mapValues { Array($0.reversed()) }
        var taken: Set<UTF8String> = []
        var changes: [PolicySetDifference.Change] = []
        added.removeAll { policy in
            guard let before = byStatement[policy.statement]?.popLast() else { return false }
            taken.insert(before.id)
            changes.append(PolicySetDifference.Change(kind: .renamed(old: before, new: policy), direction: .same))
            return true
        }
        removed.removeAll { taken.contains($0.id) }
        return changes
    }

    /// Adding what is covered already changes nothing: all requests in it were in the other policy before.
    private mutating func direction(ofAdding policy: Policy) -> PolicySetDifference.Direction {
        if isCovered(policy, by: old.policies) { return .same }
        return policy.effect == .permit ? .widens : .narrows
    }

    private mutating func direction(ofRemoving policy: Policy) -> PolicySetDifference.Direction {
        if isCovered(policy, by: new.policies) { return .same }
        return policy.effect == .permit ? .narrows : .widens
    }

    private mutating func isCovered(_ policy: Policy, by others: [Policy]) -> Bool {
        for other in others where other.effect == policy.effect {
            guard pairs > 0 else { return false }
            pairs -= 1
            if comparison.isInside(policy.statement, other.statement) { return true }
        }
        return false
    }

    // MARK: Scopes

    /// The scopes of the changed policies. A request of one scope may be in another too, so all changes count whose
    /// scopes may have requests in common with it.
    func scopes(of changes: [PolicySetDifference.Change]) -> [PolicySetDifference.ScopeChange] {
        var order: [PolicyStatement] = []
        var policies: [PolicyScopeKey: [UTF8String]] = [:]
        for change in changes {
            for version in change.versions {
                let key = PolicyScopeKey(version.statement)
                if policies[key] == nil { order.append(version.statement) }
                if policies[key]?.last != change.policyID { policies[key, default: []].append(change.policyID) }
            }
        }
        let whole = changes.reduce(PolicySetDifference.Direction.same) { $0.and($1.direction) }
        let moving = changes.filter { $0.direction != .same }
        let isAffordable = order.count * moving.count <= CedarLimits.comparedPoliciesMax
        return order.map { scope in
            var direction = whole
            if isAffordable {
                let near = moving.filter { change in
                    !change.versions.allSatisfy { comparison.scopes.areDisjoint($0.statement, scope) }
                }
                direction = near.reduce(.same) { $0.and($1.direction) }
            }
            return PolicySetDifference.ScopeChange(
                principal: scope.principal, action: scope.action, resource: scope.resource, direction: direction,
                policies: policies[PolicyScopeKey(scope)] ?? [])
        }
    }
}

private struct PolicyScopeKey: Hashable {
    let principal: EntityConstraint
    let action: ActionConstraint
    let resource: EntityConstraint

    init(_ statement: PolicyStatement) {
        principal = statement.principal
        action = statement.action
        resource = statement.resource
    }
}
