// SPDX-License-Identifier: Apache-2.0

/// The scopes of a set's policies, by what they name: a request looks up what itself names, however many policies there
/// are, and most policies are done with that.
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
    /// One, behind one reference, because sets of policies are passed on with every decision.
    private var indices = [Indices()]

    init() {}

    init(_ policies: [Policy]) {
        rows.reserveCapacity(policies.count)
        for policy in policies { insert(policy, at: rows.endIndex) }
    }

    /// Adds a policy that comes before those which are at `place` or after it.
    mutating func insert(_ policy: Policy, at place: Int) {
        rows.insert(indices[0].row(for: policy), at: place)
    }

    /// Every constraint, held against a request.
    func answers(_ request: Request, _ facts: RequestFacts, _ entities: Entities) -> Answers {
        indices[0].answers(request, facts, entities)
    }

    private struct Indices: Sendable {
        var principals = ConstraintIndex<EntityConstraint>()
        var actions = ConstraintIndex<ActionConstraint>()
        var resources = ConstraintIndex<EntityConstraint>()

        func answers(_ request: Request, _ facts: RequestFacts, _ entities: Entities) -> Answers {
            Answers(
                principals: principals.answers(for: request.principal, in: entities.ancestors(of: request.principal)),
                actions: actions.answers(for: request.action, in: facts.actionAncestors),
                resources: resources.answers(for: request.resource, in: facts.resourceAncestors))
        }

        mutating func row(for policy: Policy) -> Row {
            let statement = policy.statement
            return Row(
                principal: principals.number(of: statement.principal), action: actions.number(of: statement.action),
                resource: resources.number(of: statement.resource), conditions: statement.conditions)
        }
    }
}

/// What a constraint asks for, in terms of what can be looked up: nothing, an entity, what that is in, its type.
private protocol IndexedConstraint: Hashable, Sendable {
    /// One of these must hold; none of none does.
    var lookups: [ConstraintLookup] { get }
}

private enum ConstraintLookup {
    case any
    case equal(EntityUID)
    case within(EntityUID, EntityTypeName?)
    case type(EntityTypeName)
}

/// Different constraints, numbered as they came, and by what they name.
private struct ConstraintIndex<Constraint: IndexedConstraint>: Sendable {
    private var numbers: [Constraint: Int] = [:]
    /// Those that ask for nothing are answered.
    private var initial: [Bool] = []
    private var equal: [EntityUID: [Int]] = [:]
    /// With the type that is asked for besides.
    private var within: [EntityUID: [(number: Int, type: EntityTypeName?)]] = [:]
    private var types: [EntityTypeName: [Int]] = [:]

    mutating func number(of constraint: Constraint) -> Int {
        if let number = numbers[constraint] { return number }
        let number = initial.count
        numbers[constraint] = number
        initial.append(false)
        for lookup in constraint.lookups {
            switch lookup {
            case .any: initial[number] = true
            case .equal(let entity): equal[entity, default: []].append(number)
            case .within(let entity, let type): within[entity, default: []].append((number, type))
            case .type(let type): types[type, default: []].append(number)
            }
        }
        return number
    }

    func answers(for entity: EntityUID, in ancestors: @autoclosure () -> Ancestors) -> [Bool] {
        var answers = initial
        if !equal.isEmpty { for number in equal[entity] ?? [] { answers[number] = true } }
        if !types.isEmpty { for number in types[entity.type] ?? [] { answers[number] = true } }
        guard !within.isEmpty else { return answers }
        // Every entity is in itself.
        note(entity, &answers, entity.type)
        ancestors().forEach { note($0, &answers, entity.type) }
        return answers
    }

    private func note(_ group: EntityUID, _ answers: inout [Bool], _ type: EntityTypeName) {
        for (number, asked) in within[group] ?? [] where asked.map({ $0 == type }) ?? true { answers[number] = true }
    }
}

extension EntityConstraint: IndexedConstraint {
    /// A slot that no link has filled is no entity, and nothing equals it or is in it.
    fileprivate var lookups: [ConstraintLookup] {
        switch self {
        case .any: [.any]
        case .equal(.entity(let entity)): [.equal(entity)]
        case .within(.entity(let entity)): [.within(entity, nil)]
        case .isType(let type): [.type(type)]
        case .isTypeWithin(let type, .entity(let entity)): [.within(entity, type)]
        case .equal(.slot), .within(.slot), .isTypeWithin(_, .slot): []
        }
    }
}

extension ActionConstraint: IndexedConstraint {
    fileprivate var lookups: [ConstraintLookup] {
        switch self {
        case .any: [.any]
        case .equal(let action): [.equal(action)]
        case .within(let group): [.within(group, nil)]
        case .withinAny(let groups): groups.map { .within($0, nil) }
        }
    }
}
