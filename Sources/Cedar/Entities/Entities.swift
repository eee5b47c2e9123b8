// SPDX-License-Identifier: Apache-2.0

/// A store of entities that knows all ancestors of each.
///
///     let store = try Entities([
///         Entity(uid: agent, attrs: ["assurance": 2], parents: [team]),
///         Entity(uid: team),
///     ])
public struct Entities: Sendable {
    private let entities: [Entity]
    private let numbers: [EntityUID: Int]
    private let ancestry: Ancestry

    /// No entities.
    public init() {
        entities = []
        numbers = [:]
        ancestry = .lines([])
    }

    /// A store of the entities given. One entity may come twice if nothing differs.
    ///
    /// - Throws: `EntityError` with `duplicateEntity` (one name for entities that differ), `cycle` (an entity that is its
    ///   own ancestor) or `limitExceeded` (of `CedarLimits.ancestorPairsMax`).
    public init(_ list: some Sequence<Entity>) throws(EntityError) {
        try self.init(Entities(), adding: Array(list))
    }

    /// This store and the entities given, with the ancestors found anew.
    ///
    /// - Throws: as `init(_:)`.
    public func adding(_ list: some Sequence<Entity>) throws(EntityError) -> Entities {
        try Entities(self, adding: Array(list))
    }

    private init(_ base: Entities, adding list: [Entity]) throws(EntityError) {
        var (entities, numbers) = (base.entities, base.numbers)
        entities.reserveCapacity(entities.count + list.count)
        numbers.reserveCapacity(entities.count + list.count)
        for entity in list {
            guard let present = numbers.updateValue(entities.count, forKey: entity.uid) else {
                entities.append(entity)
                continue
            }
            numbers[entity.uid] = present
            guard entities[present] == entity else {
                throw EntityError(.duplicateEntity, "two different entities have one name")
            }
        }
        self.entities = entities
        self.numbers = numbers
        ancestry = try Ancestry(entities, numbers)
    }

    /// The entity of that name, or `nil` where the store has none.
    public subscript(uid: EntityUID) -> Entity? { numbers[uid].map { entities[$0] } }

    /// The entities that the entity of that name is in, directly or not; none where the store does not have it.
    func ancestors(of uid: EntityUID) -> Ancestors {
        guard let number = numbers[uid] else { return .line([]) }
        return switch ancestry {
        case .lines(let parents): .line(Array(Line(entities, parents, from: number)))
        case .closure(let ancestors): .set(ancestors[number])
        }
    }

    /// How many entities there are.
    public var count: Int { entities.count }

    /// The entities, sorted by their names' bytes.
    public var sorted: [Entity] { entities.sorted { $0.uid < $1.uid } }

    /// Whether `entity` is `ancestor` or in it, directly or not. Every entity, present or absent, is in itself.
    public func isIn(_ entity: EntityUID, _ ancestor: EntityUID) -> Bool {
        if entity == ancestor { return true }
        guard let number = numbers[entity] else { return false }
        return switch ancestry {
        case .lines(let parents): Line(entities, parents, from: number).contains(ancestor)
        case .closure(let ancestors): ancestors[number].contains(ancestor)
        }
    }
}

/// What an entity is in, directly or not.
enum Ancestors: Sendable {
    /// The nearest first.
    case line([EntityUID])
    case set(Set<EntityUID>)

    func contains(_ uid: EntityUID) -> Bool {
        switch self {
        case .line(let line): line.contains(uid)
        case .set(let set): set.contains(uid)
        }
    }

    func forEach(_ body: (EntityUID) -> Void) {
        switch self {
        case .line(let line): line.forEach(body)
        case .set(let set): set.forEach(body)
        }
    }

    /// Whether none of them is in the set.
    func isDisjoint(with others: Set<EntityUID>) -> Bool {
        switch self {
        case .line(let line): !line.contains(where: others.contains)
        case .set(let set): set.isDisjoint(with: others)
        }
    }

    /// Without their order.
    var set: Set<EntityUID> {
        switch self {
        case .line(let line): Set(line)
        case .set(let set): set
        }
    }
}

/// Who is in what. Entities are numbers in here: a name is hashed once, not at each step.
private enum Ancestry: Sendable {
    /// No entity has two parents, as files in folders have not: each one's parent, where the store has it.
    case lines([Int?])
    /// All that each entity is in.
    case closure([Set<EntityUID>])

    init(_ entities: [Entity], _ numbers: [EntityUID: Int]) throws(EntityError) {
        guard !entities.contains(where: \.hasManyParents) else {
            var search = AncestorSearch(entities, numbers)
            self = .closure(try search.run())
            return
        }
        let parents = entities.map { entity in entity.parent.flatMap { numbers[$0] } }
        try Self.check(entities, parents)
        self = .lines(parents)
    }

    /// - Throws: where a line comes back to itself, or lines are too long to be followed each time.
    private static func check(_ entities: [Entity], _ parents: [Int?]) throws(EntityError) {
        var pairs = 0
        for start in entities.indices {
            var (last, length) = (start, 0)
            while let parent = parents[last] {
                (last, length) = (parent, length + 1)
                guard length < entities.count else { throw AncestorSearch.cycle }
            }
            // The last one's parent need not be in the store.
            pairs += entities[last].parent == nil ? length : length + 1
            guard pairs <= CedarLimits.ancestorPairsMax else { throw AncestorSearch.tooMany }
        }
    }
}

/// An entity's parent, that one's parent, and so on; the last need not be in the store.
private struct Line: Sequence, IteratorProtocol {
    private let entities: [Entity]
    private let parents: [Int?]
    private var number: Int?

    init(_ entities: [Entity], _ parents: [Int?], from number: Int) {
        self.entities = entities
        self.parents = parents
        self.number = number
    }

    mutating func next() -> EntityUID? {
        guard let last = number, let parent = entities[last].parent else { return nil }
        number = parents[last]
        return parent
    }
}

/// Finds all ancestors of all entities, with a stack of its own: chains may be as long as the store is large.
private struct AncestorSearch {
    static let cycle = EntityError(.cycle, "an entity is its own ancestor")
    static let tooMany = EntityError(
        .limitExceeded, "more than \(CedarLimits.ancestorPairsMax) pairs of entity and ancestor")

    private enum Mark {
        case new, open, done
    }

    private let parents: [[Int]]
    private var found: [Set<EntityUID>]
    private var marks: [Mark]
    private var pairs = 0

    init(_ entities: [Entity], _ numbers: [EntityUID: Int]) {
        parents = entities.map { $0.parents.compactMap { numbers[$0] } }
        found = entities.map(\.parents)
        marks = Array(repeating: .new, count: entities.count)
    }

    /// The ancestors of each.
    mutating func run() throws(EntityError) -> [Set<EntityUID>] {
        for index in parents.indices { try visit(index) }
        return found
    }

    private mutating func visit(_ start: Int) throws(EntityError) {
        var stack = [start]
        while let index = stack.last {
            switch marks[index] {
            case .done: stack.removeLast()
            case .open:
                // Second time on top: everything above it, and so every parent, is finished.
                try finish(index)
                stack.removeLast()
            case .new:
                marks[index] = .open
                for parent in parents[index] {
                    guard marks[parent] != .open else { throw Self.cycle }
                    if marks[parent] == .new { stack.append(parent) }
                }
            }
        }
    }

    private mutating func finish(_ index: Int) throws(EntityError) {
        for parent in parents[index] { found[index].formUnion(found[parent]) }
        pairs += found[index].count
        guard pairs <= CedarLimits.ancestorPairsMax else { throw Self.tooMany }
        marks[index] = .done
    }
}
