// SPDX-License-Identifier: Apache-2.0

/// One entity: its name, what is known about it, and what it belongs to directly.
public struct Entity: Sendable, Hashable {
    /// The entity's name.
    public let uid: EntityUID
    /// What `entity.name` reads.
    public let attrs: CedarRecord
    /// What `entity.getTag("name")` reads.
    public let tags: CedarRecord
    /// Where it is directly in no more than one entity, that one: most are, and a set takes longer to make than all else.
    let parent: EntityUID?
    private let others: Set<EntityUID>

    /// An entity from its parts.
    public init(
        uid: EntityUID, attrs: CedarRecord = CedarRecord(), tags: CedarRecord = CedarRecord(),
        parents: Set<EntityUID> = []
    ) {
        self.uid = uid
        self.attrs = attrs
        self.tags = tags
        parent = parents.count == 1 ? parents.first : nil
        others = parents.count == 1 ? [] : parents
    }

    /// An entity that is directly in one other at most.
    public init(
        uid: EntityUID, attrs: CedarRecord = CedarRecord(), tags: CedarRecord = CedarRecord(), parent: EntityUID?
    ) {
        self.uid = uid
        self.attrs = attrs
        self.tags = tags
        self.parent = parent
        others = []
    }

    /// The entities it is directly in; they need not be in the store.
    public var parents: Set<EntityUID> { parent.map { [$0] } ?? others }

    /// Whether it is directly in more than one.
    var hasManyParents: Bool { !others.isEmpty }
}
