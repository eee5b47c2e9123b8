// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What would have to hold for a partial request to be allowed: one of the `permits`, and none of the `forbids`.
public struct Requirements: Sendable {
    /// What one policy still asks.
    public struct Alternative: Sendable {
        /// The residual policy.
        public let policy: Policy
        /// The tests that must all be true for the policy to hold, in the order of evaluation: what is left of the scope,
        /// then of the conditions. Empty where the policy holds for certain.
        public let tests: [Expression]
    }

    /// Whether the request may be allowed at all.
    public let possibility: Possibility
    /// The `permit`s that hold or may hold; one of them must. Those that hold for certain come first.
    public let permits: [Alternative]
    /// The `forbid`s that hold or may hold; none of them may.
    public let forbids: [Alternative]

    /// The requirements for people, a line for each test.
    public var text: String {
        switch possibility {
        case .never: return "never allowed: \(permits.isEmpty ? "no permit can hold" : "a forbid holds")\n"
        case .always: return "always allowed\n"
        case .possibly: break
        }
        var lines: [String] = []
        if permits.first?.tests.isEmpty == true {
            lines.append("allowed unless a forbid holds")
        } else {
            lines.append(permits.count == 1 ? "allowed if this holds:" : "allowed if all tests of one of these hold:")
            lines += permits.flatMap(\.lines)
        }
        if !forbids.isEmpty {
            lines.append("and not all tests of \(forbids.count == 1 ? "this" : "any of these") hold:")
            lines += forbids.flatMap(\.lines)
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Requirements.Alternative {
    fileprivate var lines: [String] {
        let place = "\(policy.file.shortened(scalars: 80)):\(policy.statement.span.line)"
        return ["  \(policy.effect.rawValue) \(policy.id.shortened(scalars: 80)) (\(place))"]
            + tests.map { "    \($0.oneLine)" }
    }
}

extension PartialResponse {
    /// What would have to hold for the request to be allowed.
    public var requirements: Requirements {
        func alternatives(_ effect: Effect) -> [Requirements.Alternative] {
            let possible = outcomes.filter { $0.policy.effect == effect }.compactMap { outcome in
                switch outcome.result {
                case .satisfied: Requirements.Alternative(policy: outcome.policy, tests: [])
                case .residual(let statement):
                    Requirements.Alternative(policy: outcome.residual ?? outcome.policy, tests: statement.tests)
                case .notSatisfied, .error, .neverSatisfied: nil as Requirements.Alternative?
                }
            }
            return possible.filter(\.tests.isEmpty) + possible.filter { !$0.tests.isEmpty }
        }
        return Requirements(
            possibility: possibility(), permits: alternatives(.permit), forbids: alternatives(.forbid))
    }
}

extension PolicyStatement {
    /// The scope and the conditions as expressions that must all be true.
    var tests: [Expression] {
        var tests: [Expression] = []
        tests += principal.test(of: .principal, at: scopeSpans?.principal ?? span)
        tests += action.test(at: scopeSpans?.action ?? span)
        tests += resource.test(of: .resource, at: scopeSpans?.resource ?? span)
        return tests + conditionTests
    }
}

extension Expression {
    var negated: Expression {
        if case .not(let operand) = kind { return operand }
        return Expression(.not(self), span: span)
    }
}

extension EntityConstraint {
    fileprivate func test(of variable: Variable, at span: SourceSpan) -> [Expression] {
        let subject = Expression(.variable(variable), span: span)
        func entity(_ reference: EntityOrSlot) -> Expression? {
            guard case .entity(let uid) = reference else { return nil }
            return Expression(.literal(.entity(uid)), span: span)
        }
        let kind: Expression.Kind? =
            switch self {
            case .any: nil
            case .equal(let reference): entity(reference).map { .comparison(.equal, subject, $0) }
            case .within(let reference): entity(reference).map { .membership(subject, $0) }
            case .isType(let type): .isType(subject, type, nil)
            case .isTypeWithin(let type, let reference): entity(reference).map { .isType(subject, type, $0) }
            }
        return kind.map { [Expression($0, span: span)] } ?? []
    }
}

extension ActionConstraint {
    fileprivate func test(at span: SourceSpan) -> [Expression] {
        let subject = Expression(.variable(.action), span: span)
        func entity(_ uid: EntityUID) -> Expression { Expression(.literal(.entity(uid)), span: span) }
        switch self {
        case .any: return []
        case .equal(let action): return [Expression(.comparison(.equal, subject, entity(action)), span: span)]
        case .within(let action): return [Expression(.membership(subject, entity(action)), span: span)]
        case .withinAny(let actions):
            let list = Expression(.set(actions.map(entity)), span: span)
            return [Expression(.membership(subject, list), span: span)]
        }
    }
}
