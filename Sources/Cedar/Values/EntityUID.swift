// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The name of one entity: its type and an identifier that may be any text. Compared as bytes.
public struct EntityUID: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The entity's type.
    public let type: EntityTypeName
    /// The identifier within the type; any text, also empty.
    public let id: UTF8String

    /// A name from its parts.
    public init(type: EntityTypeName, id: UTF8String) {
        self.type = type
        self.id = id
    }

    /// Feeds the identifier alone: types are few, and names are looked up with every step of a decision.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }

    /// By type, then by identifier, bytewise.
    public static func < (left: EntityUID, right: EntityUID) -> Bool {
        left.type == right.type ? left.id < right.id : left.type < right.type
    }

    /// As in a policy: `Store::User::"alice"`, escaped.
    public var description: String { "\(type)::\(StringEscapes.quoted(id))" }
}
