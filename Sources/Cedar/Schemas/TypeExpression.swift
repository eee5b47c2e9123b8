// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A type as written.
public indirect enum TypeExpression: Sendable, Hashable {
    /// A name: of a common type, an entity type or a type of Cedar's own, whichever is found first. The human syntax
    /// has no other names; in JSON this is `EntityOrCommon`.
    case named(TypeReference)
    /// In JSON: an entity type, and not a common type of the same name.
    case entity(TypeReference)
    /// In JSON: a common type, and not an entity type of the same name.
    case common(TypeReference)
    /// In JSON: a type of Cedar's own, whatever the names of the schema mean.
    case builtin(BuiltinType)
    /// `Set<…>`
    case set(TypeExpression)
    /// `{ … }`
    case record([AttributeDeclaration])
}

extension TypeExpression {
    /// `__cedar::Bool`
    public static let bool = TypeExpression.builtin(.bool)
    /// `__cedar::Long`
    public static let long = TypeExpression.builtin(.long)
    /// `__cedar::String`
    public static let string = TypeExpression.builtin(.string)
}

/// A type that every schema has.
public enum BuiltinType: UTF8String, Sendable, Hashable, CaseIterable {
    /// Truth values.
    case bool = "Bool"
    /// Integers of 64 bits.
    case long = "Long"
    /// Text.
    case string = "String"
    /// Decimal fractions.
    case decimal = "decimal"
    /// Addresses and networks.
    case ipaddr = "ipaddr"
    /// Instants.
    case datetime = "datetime"
    /// Spans of time.
    case duration = "duration"

    /// Whether this belongs to an extension, which is how JSON writes it.
    public var isExtension: Bool {
        switch self {
        case .bool, .long, .string: false
        case .decimal, .ipaddr, .datetime, .duration: true
        }
    }

    /// The resolved type.
    public var type: CedarType {
        switch self {
        case .bool: .bool
        case .long: .long
        case .string: .string
        case .decimal: .decimal
        case .ipaddr: .ip
        case .datetime: .datetime
        case .duration: .duration
        }
    }
}

/// One attribute of a record as written.
public struct AttributeDeclaration: Sendable, Hashable {
    /// The name; any text.
    public var name: UTF8String
    /// The type of its value.
    public var type: TypeExpression
    /// Whether every value has it.
    public var isRequired: Bool
    /// The annotations.
    public var annotations: Annotations
    /// Where the name stands.
    public var place: SchemaPlace

    /// A declaration from its parts.
    public init(
        _ name: UTF8String, _ type: TypeExpression, isRequired: Bool = true,
        annotations: Annotations = Annotations([]), place: SchemaPlace = .unknown
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.annotations = annotations
        self.place = place
    }
}

/// A name of a type where it is used.
public struct TypeReference: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Identifiers joined by `::`. One without a namespace is looked for in the namespace at hand, then outside of all.
    public var name: UTF8String
    /// Where it stands.
    public var place: SchemaPlace

    /// A reference.
    public init(_ name: UTF8String, place: SchemaPlace = .unknown) {
        self.name = name
        self.place = place
    }

    /// A reference by a name in Swift source.
    public init(stringLiteral value: String) { self.init(UTF8String(value)) }
}

/// A name of an action where it is used: `Action::"view"`, or `view` alone.
public struct ActionReference: Sendable, Hashable {
    /// The type, whose last identifier is `Action`; `nil` for an action of the namespace at hand.
    public var type: UTF8String?
    /// The action's id.
    public var id: UTF8String
    /// Where it stands.
    public var place: SchemaPlace

    /// A reference.
    public init(_ id: UTF8String, type: UTF8String? = nil, place: SchemaPlace = .unknown) {
        self.id = id
        self.type = type
        self.place = place
    }
}
