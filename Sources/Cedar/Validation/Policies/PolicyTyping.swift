// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The pass that finds the type of a policy in every environment that its scope may admit.
struct PolicyTyping {
    let index: SchemaIndex
    let statement: PolicyStatement
    let findings: FindingList
    let budget: ValidationBudget
    private let identities = ExpressionIdentities()

    init(index: SchemaIndex, statement: PolicyStatement, findings: FindingList, budget: ValidationBudget) {
        self.index = index
        self.statement = statement
        self.findings = findings
        self.budget = budget
    }

    func check() {
        var isImpossible = true
        forEachEnvironment { environment in
            var checker = checker(environment, recordsTypes: false)
            let answer = checker.check(statement)
            if answer.type != .false { isImpossible = false }
        }
        // Where there are errors they are the reason.
        guard isImpossible, !findings.hasErrors, !budget.isExhausted else { return }
        findings.add(
            .impossiblePolicy, at: statement.span, "the policy is false for every request that the schema allows")
    }

    /// - Precondition: the policy is valid.
    func check(level: Int) {
        forEachEnvironment { environment in
            var checker = checker(environment, recordsTypes: true)
            _ = checker.check(statement)
            if level < 1, checker.scopeReadsHierarchy(of: statement) {
                LevelChecker(checker, level: level).exceeded(1, at: statement.scopeSpan)
            }
            let levels = LevelChecker(checker, level: level)
            for condition in statement.conditions { levels.check(condition.body) }
        }
    }

    private func checker(_ environment: RequestEnvironment, recordsTypes: Bool) -> TypeChecker {
        TypeChecker(
            index: index, environment: environment, identities: identities, findings: findings, budget: budget,
            recordsTypes: recordsTypes)
    }

    private func forEachEnvironment(_ body: (RequestEnvironment) -> Void) {
        switch actions {
        case nil:
            for environment in index.environments where !budget.isExhausted { body(environment) }
        case let actions?:
            for action in actions {
                for place in index.environments(of: action) where !budget.isExhausted {
                    body(index.environments[place])
                }
            }
        }
    }

    /// The actions in whose environments alone the policy can be something else than false; `nil` for all, also where
    /// the constraint itself is mistaken.
    private var actions: [EntityUID]? {
        switch statement.action {
        case .any: return nil
        case .equal(let action): return [action]
        case .within, .withinAny:
            let groups = Set(statement.action.entities)
            guard let type = groups.first?.type, groups.allSatisfy({ $0.type == type && index.knows($0) }) else {
                return nil
            }
            let actions = index.schema.actions.values
            budget.spend(actions.count)
            return actions.filter { groups.contains($0.uid) || !groups.isDisjoint(with: $0.ancestors) }.map(\.uid)
                .sorted()
        }
    }
}
