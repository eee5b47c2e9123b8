// SPDX-License-Identifier: Apache-2.0

/// A store of entities that knows all ancestors of each.
///
///     let store = try Entities([
///         Entity(uid: agent, attrs: ["assurance": 2], parents: [team]),
///         Entity(uid: team),
///     ])
public struct Entities: Sendable {
    private let entities: [EntityUID: Entity]
    private let ancestors: [EntityUID: Set<EntityUID>]

    /// No entities.
    public init() {
        entities = [:]
        ancestors = [:]
    }

    /// A store of the entities given. One entity may come twice if nothing differs.
    ///
    /// - Throws: `EntityError` with `duplicateEntity` (one name for entities that differ), `cycle` (an entity that is its
    ///   own ancestor) or `limitExceeded` (of `CedarLimits.ancestorPairsMax`).
    public init(_ list: some Sequence<Entity>) throws(EntityError) {
        try self.init(Entities(), adding: list)
    }

    /// This store and the entities given, with the ancestors found anew.
    ///
    /// - Throws: as `init(_:)`.
    public func adding(_ list: some Sequence<Entity>) throws(EntityError) -> Entities {
        try Entities(self, adding: list)
    }

    private init(_ base: Entities, adding list: some Sequence<Entity>) throws(EntityError) {
        var entities = base.entities
        for entity in list {
            if let present = entities[entity.uid], present != entity {
                throw EntityError(.duplicateEntity, "two different entities have one name")
            }
            entities[entity.uid] = entity
        }
        self.entities = entities
        ancestors = try AncestorSearch.ancestors(of: entities)
    }

    /// The entity of that name, or `nil` where the store has none.
    public subscript(uid: EntityUID) -> Entity? { entities[uid] }

    /// The entities that the entity of that name is in, directly or not; none where the store does not have it.
    func ancestors(of uid: EntityUID) -> Set<EntityUID> { ancestors[uid] ?? [] }

    /// How many entities there are.
    public var count: Int { entities.count }

    /// The entities, sorted by their names' bytes.
    public var sorted: [Entity] { entities.values.sorted { $0.uid < $1.uid } }

    /// Whether `entity` is `ancestor` or in it, directly or not. Every entity, present or absent, is in itself.
    public func isIn(_ entity: EntityUID, _ ancestor: EntityUID) -> Bool {
        entity == ancestor || ancestors[entity]?.contains(ancestor) == true
    }
}

/// Finds all ancestors of all entities, with a stack of its own: chains may be as long as the store is large.
///
/// Entities are numbers in here: a name is hashed once, not at each step.
private struct AncestorSearch {
    private enum Mark {
        case new, open, done
    }

    private let parents: [[Int]]
    private let named: [Set<EntityUID>]
    private var found: [Set<EntityUID>]
    private var marks: [Mark]
    private var pairs = 0

    static func ancestors(of entities: [EntityUID: Entity]) throws(EntityError) -> [EntityUID: Set<EntityUID>] {
        let members = entities.values.filter { !$0.parents.isEmpty }
        guard !members.isEmpty else { return [:] }
        var search = AncestorSearch(members)
        for index in members.indices { try search.visit(index) }
        var ancestors = Dictionary<EntityUID, Set<EntityUID>>(minimumCapacity: members.count)
        for (member, found) in zip(members, search.found) { ancestors[member.uid] = found }
        return ancestors
    }

    private init(_ members: [Entity]) {
        var numbers = Dictionary<EntityUID, Int>(minimumCapacity: members.count)
        for (index, member) in members.enumerated() { numbers[member.uid] = index }
        parents = members.map { $0.parents.compactMap { numbers[$0] } }
        named = members.map(\.parents)
        found = Array(repeating: [], count: members.count)
        marks = Array(repeating: .new, count: members.count)
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
                    guard marks[parent] != .open else {
                        throw EntityError(.cycle, "an entity is its own ancestor")
                    }
                    if marks[parent] == .new { stack.append(parent) }
                }
            }
        }
    }

    private mutating func finish(_ index: Int) throws(EntityError) {
        var all = named[index]
        for parent in parents[index] { all.formUnion(found[parent]) }
        pairs += all.count
        guard pairs <= CedarLimits.ancestorPairsMax else {
            throw EntityError(.limitExceeded, "more than \(CedarLimits.ancestorPairsMax) pairs of entity and ancestor")
        }
        marks[index] = .done
        found[index] = all
    }
}
