// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A schema, or one of its parts, as it was written: names not resolved, common types not replaced.
///
/// Two fragments are equal where they say the same in the same order; places and the file's name do not count. What
/// `Schema.init(_:)` makes of several fragments does not depend on their order.
///
///     let fragment = SchemaFragment([
///         SchemaNamespace(
///             name: "Store", entityTypes: [EntityTypeDeclaration("Agent", attributes: [
///                 AttributeDeclaration("level", .long)
///             ])])
///     ])
///     let schema = try Schema([fragment])
public struct SchemaFragment: Sendable, Hashable {
    /// The name of the file, for messages.
    public var file: UTF8String
    /// The namespaces, each name once.
    public var namespaces: [SchemaNamespace]

    /// A fragment from its namespaces.
    public init(_ namespaces: [SchemaNamespace] = [], file: UTF8String = "") {
        self.namespaces = namespaces
        self.file = file
    }

    /// Equal namespaces.
    public static func == (left: SchemaFragment, right: SchemaFragment) -> Bool { left.namespaces == right.namespaces }

    /// Feeds the namespaces.
    public func hash(into hasher: inout Hasher) { hasher.combine(namespaces) }
}

/// Declarations with one prefix to their names.
public struct SchemaNamespace: Sendable, Hashable {
    /// Identifiers joined by `::`, or `nil` for declarations outside any namespace.
    public var name: UTF8String?
    /// The annotations of the namespace; the one without a name has none.
    public var annotations: Annotations
    /// Names for types.
    public var commonTypes: [CommonTypeDeclaration]
    /// The types of entities.
    public var entityTypes: [EntityTypeDeclaration]
    /// The actions and groups of actions.
    public var actions: [ActionDeclaration]
    /// Where its name stands.
    public var place: SchemaPlace

    /// A namespace from its parts.
    public init(
        name: UTF8String? = nil, annotations: Annotations = Annotations([]), commonTypes: [CommonTypeDeclaration] = [],
        entityTypes: [EntityTypeDeclaration] = [], actions: [ActionDeclaration] = [], place: SchemaPlace = .unknown
    ) {
        self.name = name
        self.annotations = annotations
        self.commonTypes = commonTypes
        self.entityTypes = entityTypes
        self.actions = actions
        self.place = place
    }
}

/// `type Name = …;`
public struct CommonTypeDeclaration: Sendable, Hashable {
    /// One identifier, without the namespace.
    public var name: UTF8String
    /// What the name stands for.
    public var type: TypeExpression
    /// The annotations.
    public var annotations: Annotations
    /// Where the name stands.
    public var place: SchemaPlace

    /// A declaration from its parts.
    public init(
        _ name: UTF8String, _ type: TypeExpression, annotations: Annotations = Annotations([]),
        place: SchemaPlace = .unknown
    ) {
        self.name = name
        self.type = type
        self.annotations = annotations
        self.place = place
    }
}

/// `entity Name …;`
public struct EntityTypeDeclaration: Sendable, Hashable {
    /// What its entities are like.
    public enum Kind: Sendable, Hashable {
        /// The ids of its entities, at least one. An id written twice counts once.
        case enumerated([UTF8String])
        /// The types it may be a member of; its attributes, a record or (in JSON only) a common type that is one; and
        /// the type of its tags, if it has any.
        case standard(parents: [TypeReference], shape: TypeExpression, tags: TypeExpression?)
    }

    /// One identifier, without the namespace.
    public var name: UTF8String
    /// What its entities are like.
    public var kind: Kind
    /// The annotations.
    public var annotations: Annotations
    /// Where the name stands.
    public var place: SchemaPlace

    /// A declaration from its parts.
    public init(
        _ name: UTF8String, kind: Kind, annotations: Annotations = Annotations([]), place: SchemaPlace = .unknown
    ) {
        self.name = name
        self.kind = kind
        self.annotations = annotations
        self.place = place
    }

    /// A type with the attributes given.
    public init(
        _ name: UTF8String, in parents: [TypeReference] = [], attributes: [AttributeDeclaration] = [],
        tags: TypeExpression? = nil, annotations: Annotations = Annotations([])
    ) {
        let kind = Kind.standard(parents: parents, shape: .record(attributes), tags: tags)
        self.init(name, kind: kind, annotations: annotations)
    }
}

/// `action Name …;`
public struct ActionDeclaration: Sendable, Hashable {
    /// The action's id; any text.
    public var name: UTF8String
    /// The groups it is a direct member of.
    public var parents: [ActionReference]
    /// The requests it may be in, or `nil` where it is in none.
    public var appliesTo: AppliesToDeclaration?
    /// The annotations.
    public var annotations: Annotations
    /// Where the name stands.
    public var place: SchemaPlace

    /// A declaration from its parts.
    public init(
        _ name: UTF8String, in parents: [ActionReference] = [], appliesTo: AppliesToDeclaration? = nil,
        annotations: Annotations = Annotations([]), place: SchemaPlace = .unknown
    ) {
        self.name = name
        self.parents = parents
        self.appliesTo = appliesTo
        self.annotations = annotations
        self.place = place
    }
}

/// `appliesTo { principal: …, resource: …, context: … }`
public struct AppliesToDeclaration: Sendable, Hashable {
    /// The types of principals. An empty list, which only JSON has, means no request at all.
    public var principals: [TypeReference]
    /// The types of resources; an empty list as above.
    public var resources: [TypeReference]
    /// A record or a common type that is one; `nil` for the record without attributes.
    public var context: TypeExpression?

    /// A declaration from its parts.
    public init(principals: [TypeReference], resources: [TypeReference], context: TypeExpression? = nil) {
        self.principals = principals
        self.resources = resources
        self.context = context
    }
}

/// Where something was written, if it was. All places are equal: they are no part of what a schema says.
public struct SchemaPlace: Sendable, Hashable {
    /// The stretch of the file, or `nil` for what was not read from text.
    public let span: SourceSpan?

    /// A place in a text.
    public init(_ span: SourceSpan?) { self.span = span }

    /// Not from a text.
    public static let unknown = SchemaPlace(nil)

    /// Always.
    public static func == (left: SchemaPlace, right: SchemaPlace) -> Bool { true }

    /// Feeds nothing.
    public func hash(into hasher: inout Hasher) {}
}
