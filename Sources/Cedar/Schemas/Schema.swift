// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What may be: the types of entities, the actions and what each applies to. Names are resolved and common types
/// replaced; `SchemaFragment` is the form as written.
public struct Schema: Sendable, Hashable {
    /// The declared types of entities, by name. Types of actions are not among them.
    public let entityTypes: [EntityTypeName: EntityType]
    /// The declared actions, by their uids; action groups are actions that apply to nothing.
    public let actions: [EntityUID: ActionType]

    init(entityTypes: [EntityTypeName: EntityType], actions: [EntityUID: ActionType]) {
        self.entityTypes = entityTypes
        self.actions = actions
    }
}

/// A declared type of entities.
public struct EntityType: Sendable, Hashable {
    /// What its entities are like.
    public enum Kind: Sendable, Hashable {
        /// Exactly the entities with these ids, in the order declared; without attributes, tags and parents.
        case enumerated([UTF8String])
        /// Any id, with these attributes and, where a type is given, tags of that type.
        case standard(attributes: RecordType, tags: CedarType?)
    }

    /// The type's name.
    public let name: EntityTypeName
    /// What its entities are like.
    public let kind: Kind
    /// The types of which its entities may be direct members.
    public let parents: Set<EntityTypeName>
    /// The types of which its entities may be members, directly or not. Contains the type itself only where the
    /// declarations say so: types, unlike entities, may be members of each other.
    public let ancestors: Set<EntityTypeName>

    /// Its attributes; an enumerated type has none.
    public var attributes: RecordType {
        if case .standard(let attributes, _) = kind { attributes } else { RecordType() }
    }

    /// The type of its tags, or `nil` where its entities have none.
    public var tags: CedarType? {
        if case .standard(_, let tags) = kind { tags } else { nil }
    }
}

/// A declared action.
public struct ActionType: Sendable, Hashable {
    /// The action.
    public let uid: EntityUID
    /// The groups of which it is a direct member.
    public let parents: Set<EntityUID>
    /// The groups of which it is a member, directly or not; never itself.
    public let ancestors: Set<EntityUID>
    /// The requests it may be in, or `nil` where it is in none.
    public let appliesTo: AppliesTo?
}

/// The requests that an action may be in.
public struct AppliesTo: Sendable, Hashable {
    /// The types of principals; not empty.
    public let principals: Set<EntityTypeName>
    /// The types of resources; not empty.
    public let resources: Set<EntityTypeName>
    /// The type of the context.
    public let context: RecordType
}
