// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Compares policies by when they hold.
struct PolicyComparison {
    let scopes: ScopeComparison
    /// Whether a `forbid` that cannot be evaluated denies.
    private let failingForbidsDeny: Bool
    private var implication = Implication()

    init(_ schema: Schema?, failingForbidsDeny: Bool) {
        scopes = ScopeComparison(schema)
        self.failingForbidsDeny = failingForbidsDeny
    }

    /// Whether the second policy, of the same effect, counts wherever the first does: holds, or cannot be evaluated
    /// where that is enough.
    mutating func isInside(_ inner: PolicyStatement, _ outer: PolicyStatement) -> Bool {
        inner.effect == .forbid && failingForbidsDeny ? failsInside(inner, outer) : holdsInside(inner, outer)
    }

    /// Whether the second policy holds wherever the first does; effects aside.
    ///
    /// A policy holds exactly where all its tests are true, so their order does not count here: an error is no truth.
    private mutating func holdsInside(_ inner: PolicyStatement, _ outer: PolicyStatement) -> Bool {
        guard scopes.isInside(inner, outer) else { return false }
        let premises = inner.conditionTests
        let known = Set(premises)
        return outer.conditionTests.allSatisfy { conclusion in
            known.contains(conclusion)
                || premises.prefix(CedarLimits.comparedTestsMax).contains { implication.holds($0, conclusion) }
        }
    }

    /// Whether the first policy is false wherever the second is. Here the order counts: what comes before a false test
    /// may fail.
    private mutating func failsInside(_ inner: PolicyStatement, _ outer: PolicyStatement) -> Bool {
        guard scopes.isInside(inner, outer) else { return false }
        return implication.areFalse(outer.conditionTests, inner.conditionTests)
    }

    /// What comes of a policy's new version.
    mutating func direction(from old: PolicyStatement, to new: PolicyStatement) -> PolicySetDifference.Direction {
        guard old.effect == new.effect else { return new.effect == .permit ? .widens : .narrows }
        let isNarrower = isInside(new, old)
        let isWider = isInside(old, new)
        let direction: PolicySetDifference.Direction =
            switch (isNarrower, isWider) {
            case (true, true): .same
            case (true, false): .narrows
            case (false, true): .widens
            case (false, false): .unknown
            }
        return new.effect == .permit ? direction : direction.reversed
    }

    func details(from old: PolicyStatement, to new: PolicyStatement) -> PolicySetDifference.Details {
        let (oldTests, newTests) = (old.conditionTests, new.conditionTests)
        let (oldSet, newSet) = (Set(oldTests), Set(newTests))
        return PolicySetDifference.Details(
            effectChanged: old.effect != new.effect, annotationsChanged: old.annotations != new.annotations,
            scopeChanged: old.principal != new.principal || old.action != new.action || old.resource != new.resource,
            addedTests: newTests.filter { !oldSet.contains($0) },
            removedTests: oldTests.filter { !newSet.contains($0) })
    }
}

extension PolicyStatement {
    /// The conditions as expressions that must all be true.
    var conditionTests: [Expression] {
        conditions.flatMap { condition in
            condition.kind == .when ? condition.clauses : condition.clauses.map(\.negated)
        }
    }

    /// Equal in all that decides: annotations aside.
    func saysTheSame(as other: PolicyStatement) -> Bool {
        effect == other.effect && principal == other.principal && action == other.action
            && resource == other.resource && conditions == other.conditions
    }
}
