// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The types of a policy's expressions in one environment.
///
///     let types = validator.types(of: policy.statement, in: environment)
///     if types.isValid, types[expression] == .true { … }
///
/// The types are beside the tree, not in it: one policy has other types in other environments.
public struct PolicyTypes: Sendable {
    /// The environment.
    public let environment: RequestEnvironment
    /// The type of the whole policy, scope and conditions: `.false` where it can apply to no request of this
    /// environment, `.true` where it applies to all; `nil` where a mistake leaves it open.
    public let type: ExpressionType?
    /// The mistakes found in this environment. Unknown names, which no environment finds, are among them.
    public let findings: [ValidationFinding]
    private let types: [ObjectIdentifier: ExpressionType]
    // Identities are of use only while the nodes live.
    private let nodes: [Expression]

    /// Whether no mistake was found.
    public var isValid: Bool { !findings.contains { $0.severity == .error } }

    /// The type of an expression inside the policy: one of its nodes, found by identity. `nil` for a node that need not
    /// be evaluated, because of what comes before it is always true or always false, and for one without a type because
    /// of a mistake.
    ///
    /// A node that stands at several places of a tree has the join of its types.
    public subscript(expression: Expression) -> ExpressionType? { types[ObjectIdentifier(expression)] }

    init(
        environment: RequestEnvironment, type: ExpressionType?, findings: [ValidationFinding],
        types: [ObjectIdentifier: ExpressionType], nodes: [Expression]
    ) {
        self.environment = environment
        self.type = type
        self.findings = findings
        self.types = types
        self.nodes = nodes
    }
}

extension Validator {
    /// The types of a policy's expressions in one environment of the schema. Of a policy with slots, the types hold for
    /// every link.
    ///
    /// - Complexity: one step for each expression of the policy.
    public func types(of statement: PolicyStatement, in environment: RequestEnvironment) -> PolicyTypes {
        types(in: environment, nodes: statement.conditions.map(\.body)) { names, checker in
            names.check(statement)
            return checker.check(statement).type
        }
    }

    /// The types of an expression and what is inside it, in one environment of the schema.
    public func types(of expression: Expression, in environment: RequestEnvironment) -> PolicyTypes {
        types(in: environment, nodes: [expression]) { names, checker in
            names.check(expression)
            return checker.check(expression).type
        }
    }

    private func types(
        in environment: RequestEnvironment, nodes: [Expression],
        _ check: (NameCheck, inout TypeChecker) -> ExpressionType?
    ) -> PolicyTypes {
        let findings = FindingList(policyID: "", file: "")
        let budget = ValidationBudget()
        let names = NameCheck(index: index, findings: findings, budget: budget)
        var checker = TypeChecker(
            index: index, environment: environment, identities: ExpressionIdentities(), findings: findings,
            budget: budget, recordsTypes: true)
        let type = check(names, &checker)
        if budget.isExhausted, let place = nodes.first {
            findings.add(.limitExceeded, at: place.span, "there is more to check than validation has time for")
        }
        return PolicyTypes(
            environment: environment, type: type, findings: findings.sorted, types: checker.types ?? [:], nodes: nodes)
    }
}
