// SPDX-License-Identifier: Apache-2.0

/// One entity: its name, what is known about it, and what it belongs to directly.
public struct Entity: Sendable, Hashable {
    /// The entity's name.
    public let uid: EntityUID
    /// What `entity.name` reads.
    public let attrs: CedarRecord
    /// What `entity.getTag("name")` reads.
    public let tags: CedarRecord
    /// The entities it is directly in; they need not be in the store.
    public let parents: Set<EntityUID>

    /// An entity from its parts.
    public init(
        uid: EntityUID, attrs: CedarRecord = CedarRecord(), tags: CedarRecord = CedarRecord(),
        parents: Set<EntityUID> = []
    ) {
        self.uid = uid
        self.attrs = attrs
        self.tags = tags
        self.parents = parents
    }
}
