// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Whether one expression's truth follows from another's, told from how they are written. "No" means: not found.
///
/// All is about the same request and the same entities, and what is true or false is so without an error.
struct Implication {
    /// Comparisons of subexpressions left, for all questions together.
    private var steps = CedarLimits.implicationStepsMax

    /// Whether `conclusion` is true wherever `premise` is.
    mutating func holds(_ premise: Expression, _ conclusion: Expression) -> Bool { truth(premise, conclusion) }

    /// Whether the conjunction of `conclusions` is false wherever that of `premises` is: one of them is, and all before
    /// it are true, so that none fails.
    mutating func areFalse(_ premises: [Expression], _ conclusions: [Expression]) -> Bool {
        // Where one of these is false, both are.
        let common = zip(premises, conclusions).prefix { $0 == $1 }.count
        return premises.indices.dropFirst(common).allSatisfy { index in
            let known = premises[..<index].prefix(CedarLimits.comparedTestsMax)
            for conclusion in conclusions.dropFirst(common) {
                if falsity(premises[index], conclusion) { return true }
                guard known.contains(where: { truth($0, conclusion) }) else { return false }
            }
            return false
        }
    }

    private mutating func isAffordable() -> Bool {
        steps -= 1
        return steps > 0
    }

    private mutating func truth(_ premise: Expression, _ conclusion: Expression) -> Bool {
        guard isAffordable() else { return false }
        if premise == conclusion { return true }
        if case .literal(.bool(let truth)) = premise.kind, !truth { return true }
        if case .literal(.bool(true)) = conclusion.kind { return true }
        // All operands of a conjunction that is true are true, and the other way round.
        if case .and(let operands) = conclusion.kind {
            return operands.allSatisfy { truth(premise, $0) }
        }
        if case .or(let operands) = premise.kind {
            if case .or(let others) = conclusion.kind, prefixed(operands, others, truth: true) { return true }
            return operands.allSatisfy { truth($0, conclusion) }
        }
        if case .and(let operands) = premise.kind { return operands.contains { truth($0, conclusion) } }
        // The first operand decides; those behind it may not even be evaluated.
        if case .or(let operands) = conclusion.kind, let first = operands.first { return truth(premise, first) }
        if case .not(let a) = premise.kind, case .not(let b) = conclusion.kind { return falsity(a, b) }
        return Self.follows(premise, conclusion)
    }

    /// Whether `conclusion` is false wherever `premise` is false.
    private mutating func falsity(_ premise: Expression, _ conclusion: Expression) -> Bool {
        guard isAffordable() else { return false }
        if premise == conclusion { return true }
        if case .or(let operands) = conclusion.kind { return operands.allSatisfy { falsity(premise, $0) } }
        if case .and(let operands) = premise.kind {
            if case .and(let others) = conclusion.kind, prefixed(operands, others, truth: false) { return true }
            return operands.allSatisfy { falsity($0, conclusion) }
        }
        if case .or(let operands) = premise.kind { return operands.contains { falsity($0, conclusion) } }
        if case .and(let operands) = conclusion.kind, let first = operands.first { return falsity(premise, first) }
        if case .not(let a) = premise.kind, case .not(let b) = conclusion.kind { return truth(a, b) }
        return Self.falls(premise, conclusion)
    }

    /// Whether a chain that is decided at one of its operands is also decided at or before that one when each is
    /// replaced: all but the last by the same, the last by one that follows. More operands may come behind.
    private mutating func prefixed(_ operands: [Expression], _ others: [Expression], truth: Bool) -> Bool {
        guard operands.count <= others.count, let last = operands.last else { return false }
        let end = operands.count - 1
        for (operand, other) in zip(operands.dropLast(), others) {
            guard isAffordable(), operand == other else { return false }
        }
        return truth ? self.truth(last, others[end]) : falsity(last, others[end])
    }

    // MARK: Single tests

    private static func follows(_ premise: Expression, _ conclusion: Expression) -> Bool {
        switch (premise.kind, conclusion.kind) {
        case (.has(let a, let long), .has(let b, let short)): a == b && long.starts(with: short)
        case (.isType(let a, let left, _), .isType(let b, let right, nil)): a == b && left == right
        case (.isType(let a, _, let parent?), .membership(let b, let group)): a == b && parent == group
        default: followsByValue(premise, conclusion)
        }
    }

    private static func falls(_ premise: Expression, _ conclusion: Expression) -> Bool {
        switch (premise.kind, conclusion.kind) {
        case (.has(let a, let short), .has(let b, let long)): return a == b && long.starts(with: short)
        case (.isType(let a, let left, nil), .isType(let b, let right, _)): return a == b && left == right
        case (.membership(let a, let group), .isType(let b, _, let parent?)): return a == b && parent == group
        default:
            guard let (left, right) = valueTests(premise, conclusion) else { return false }
            return left.falsityImplies(right)
        }
    }

    private static func followsByValue(_ premise: Expression, _ conclusion: Expression) -> Bool {
        guard let (left, right) = valueTests(premise, conclusion) else { return false }
        return left.implies(right)
    }

    /// Tests of one expression against literals.
    private static func valueTests(_ left: Expression, _ right: Expression) -> (ValueTest, ValueTest)? {
        guard let left = ValueTest(left), let right = ValueTest(right), left.subject == right.subject else {
            return nil
        }
        return (left, right)
    }
}

/// A comparison of an expression with literals: `e == 1`, `e < 5`, `["a", "b"].contains(e)`.
private struct ValueTest {
    private enum Kind {
        case among(Set<Literal>)
        case unequal(Literal)
        /// A long in a range.
        case range(ClosedRange<Int64>)
    }

    let subject: Expression
    private let kind: Kind

    init?(_ expression: Expression) {
        switch expression.kind {
        case .comparison(let comparison, let left, let right):
            if case .literal(let literal) = right.kind {
                subject = left
                guard let kind = Self.kind(comparison, literal) else { return nil }
                self.kind = kind
            } else if case .literal(let literal) = left.kind {
                subject = right
                guard let kind = Self.kind(Self.mirrored(comparison), literal) else { return nil }
                self.kind = kind
            } else {
                return nil
            }
        case .method(.contains, let receiver, let argument):
            guard case .set(let elements) = receiver.kind else { return nil }
            var literals: Set<Literal> = []
            for element in elements {
                guard case .literal(let literal) = element.kind else { return nil }
                literals.insert(literal)
            }
            subject = argument
            kind = .among(literals)
        default: return nil
        }
    }

    private static func mirrored(_ comparison: Comparison) -> Comparison {
        switch comparison {
        case .equal, .notEqual: comparison
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        }
    }

    private static func kind(_ comparison: Comparison, _ literal: Literal) -> Kind? {
        switch comparison {
        case .equal: return .among([literal])
        case .notEqual: return .unequal(literal)
        default: break
        }
        guard case .long(let bound) = literal else { return nil }
        switch comparison {
        case .less: return bound == .min ? nil : .range(.min...(bound - 1))
        case .lessOrEqual: return .range(.min...bound)
        case .greater: return bound == .max ? nil : .range((bound + 1) ... .max)
        default: return .range(bound ... .max)
        }
    }

    func implies(_ other: ValueTest) -> Bool {
        switch (kind, other.kind) {
        case (.among(let some), .among(let more)): some.isSubset(of: more)
        case (.among(let some), .unequal(let literal)): !some.contains(literal)
        case (.among(let some), .range(let range)): some.allSatisfy { Self.isIn($0, range) }
        case (.range(let inner), .range(let outer)):
            outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
        case (.range(let range), .unequal(let literal)): !Self.isIn(literal, range)
        case (.unequal, .unequal(let literal)): implies(unequalTo: literal)
        default: false
        }
    }

    /// Whether the other is false wherever this one is. What is not in a range is a long all the same, since else the
    /// comparison would have failed; what is not among literals may be anything.
    func falsityImplies(_ other: ValueTest) -> Bool {
        switch (kind, other.kind) {
        case (.among(let more), .among(let some)): some.isSubset(of: more)
        case (.range(let range), .among(let some)): some.allSatisfy { !Self.isLong($0) || Self.isIn($0, range) }
        case (.range(let outer), .range(let inner)):
            outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound
        case (.unequal(let literal), .among(let some)): !some.contains(literal)
        case (.unequal(let literal), .range(let range)): Self.isLong(literal) && !Self.isIn(literal, range)
        case (.unequal, .unequal(let literal)): implies(unequalTo: literal)
        default: false
        }
    }

    private static func isLong(_ literal: Literal) -> Bool { if case .long = literal { true } else { false } }

    private func implies(unequalTo literal: Literal) -> Bool {
        if case .unequal(let own) = kind { own == literal } else { false }
    }

    private static func isIn(_ literal: Literal, _ range: ClosedRange<Int64>) -> Bool {
        if case .long(let value) = literal { range.contains(value) } else { false }
    }
}
