// SPDX-License-Identifier: Apache-2.0

/// The scopes of a set's policies, with each different constraint once: a request is held against it once, however many
/// policies ask it, and most policies are done with that.
struct ScopeTable: Sendable {
    /// What the authorizer reads of a policy.
    struct Row: Sendable {
        fileprivate let principal: Int
        fileprivate let action: Int
        fileprivate let resource: Int
        let conditions: [Condition]
    }

    /// Which constraints hold for a request.
    struct Answers: Sendable {
        fileprivate let principals: [Bool]
        fileprivate let actions: [Bool]
        fileprivate let resources: [Bool]

        /// Whether the scope of a policy holds.
        func hold(for row: Row) -> Bool {
            actions[row.action] && resources[row.resource] && principals[row.principal]
        }
    }

    /// In the order of the policies.
    private(set) var rows: [Row] = []
    private var principals = Distinct<EntityConstraint>()
    private var actions = Distinct<ActionConstraint>()
    private var resources = Distinct<EntityConstraint>()

    init() {}

    init(_ policies: [Policy]) {
        rows.reserveCapacity(policies.count)
        for policy in policies { insert(policy, at: rows.endIndex) }
    }

    /// Adds a policy that comes before those which are at `place` or after it.
    mutating func insert(_ policy: Policy, at place: Int) {
        let statement = policy.statement
        let row = Row(
            principal: principals.number(of: statement.principal), action: actions.number(of: statement.action),
            resource: resources.number(of: statement.resource), conditions: statement.conditions)
        rows.insert(row, at: place)
    }

    /// Every constraint, held against a request.
    func answers(
        principal: (EntityConstraint) -> Bool, action: (ActionConstraint) -> Bool, resource: (EntityConstraint) -> Bool
    ) -> Answers {
        Answers(
            principals: principals.values.map(principal), actions: actions.values.map(action),
            resources: resources.values.map(resource))
    }
}

/// Different values, numbered as they came.
private struct Distinct<Value: Hashable & Sendable>: Sendable {
    private(set) var values: [Value] = []
    private var numbers: [Value: Int] = [:]

    mutating func number(of value: Value) -> Int {
        if let number = numbers[value] { return number }
        numbers[value] = values.count
        values.append(value)
        return values.count - 1
    }
}
