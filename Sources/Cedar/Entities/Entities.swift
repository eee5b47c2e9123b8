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
    /// - Throws: `EntityError` with `duplicateEntity`, `cycle` (an entity that is its own ancestor) or
    ///   `limitExceeded`.
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
private struct AncestorSearch {
    private let entities: [EntityUID: Entity]
    private var found: [EntityUID: Set<EntityUID>] = [:]
    private var open: Set<EntityUID> = []
    private var pairs = 0

    static func ancestors(of entities: [EntityUID: Entity]) throws(EntityError) -> [EntityUID: Set<EntityUID>] {
        var search = AncestorSearch(entities: entities)
        for uid in entities.keys { try search.visit(uid) }
        return search.found
    }

    private init(entities: [EntityUID: Entity]) { self.entities = entities }

    private mutating func visit(_ start: EntityUID) throws(EntityError) {
        var stack = [start]
        while let uid = stack.last {
            guard found[uid] == nil, let entity = entities[uid] else {
                stack.removeLast()
                continue
            }
            if open.contains(uid) {
                // Second time on top: everything above it, and so every parent, is finished.
                try finish(entity)
                stack.removeLast()
                continue
            }
            open.insert(uid)
            for parent in entity.parents {
                guard !open.contains(parent) else {
                    throw EntityError(.cycle, "an entity is its own ancestor")
                }
                if found[parent] == nil, entities[parent] != nil { stack.append(parent) }
            }
        }
    }

    private mutating func finish(_ entity: Entity) throws(EntityError) {
        var all = entity.parents
        for parent in entity.parents {
            if let inherited = found[parent] { all.formUnion(inherited) }
        }
        pairs += all.count
        guard pairs <= CedarLimits.ancestorPairsMax else {
            throw EntityError(.limitExceeded, "more than \(CedarLimits.ancestorPairsMax) pairs of entity and ancestor")
        }
        open.remove(entity.uid)
        found[entity.uid] = all
    }
}
