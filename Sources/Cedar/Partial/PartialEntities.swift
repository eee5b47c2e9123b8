// SPDX-License-Identifier: Apache-2.0

/// Entities of which some are known whole, and of the others either that they do not exist or nothing.
public struct PartialEntities: Sendable {
    /// What is said of the entities that are not in the store.
    public enum Others: Sendable, Hashable {
        /// They do not exist: attributes are missing, and `has` is false.
        case absent
        /// They may exist, with any attributes, tags and parents.
        case unknown
    }

    /// What is known of one entity.
    enum Knowledge {
        case known(Entity)
        case absent
        case unknown
    }

    /// The entities known whole: their attributes, tags and parents.
    public let known: Entities
    /// What is said of the others.
    public let others: Others
    /// Known entities with an ancestor that is unknown, so that more ancestors may come.
    private let open: Set<EntityUID>

    /// A store from its parts. Takes time in proportion to the entities and their parents.
    public init(_ known: Entities, others: Others) {
        self.known = known
        self.others = others
        open = others == .absent ? [] : Self.openEntities(in: known)
    }

    /// Nothing is known of any entity.
    public static let unknown = PartialEntities(Entities(), others: .unknown)

    func knowledge(of uid: EntityUID) -> Knowledge {
        if let entity = known[uid] { return .known(entity) }
        return others == .absent ? .absent : .unknown
    }

    /// Whether `entity` is in `ancestor`; `nil` where that is not known.
    func isIn(_ entity: EntityUID, _ ancestor: EntityUID) -> Bool? {
        if known.isIn(entity, ancestor) { return true }
        if others == .absent { return false }
        return known[entity] != nil && !open.contains(entity) ? false : nil
    }

    /// From every unknown parent down to all that are in it.
    private static func openEntities(in entities: Entities) -> Set<EntityUID> {
        var children: [EntityUID: [EntityUID]] = [:]
        var open: Set<EntityUID> = []
        var queue: [EntityUID] = []
        for entity in entities.sorted {
            for parent in entity.parents {
                children[parent, default: []].append(entity.uid)
                if entities[parent] == nil, open.insert(entity.uid).inserted { queue.append(entity.uid) }
            }
        }
        while let uid = queue.popLast() {
            for child in children[uid] ?? [] where open.insert(child).inserted { queue.append(child) }
        }
        return open
    }
}
