// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The kinds of thing an effect can touch; the raw value is the policy's entity type.
public enum ResourceType: String, Sendable, Hashable, CaseIterable {
    /// A file, or what a path names whatever it is. Id: canonical absolute path.
    case file = "File"
    /// A directory, as an ancestor. Id: canonical absolute path.
    case directory = "Directory"
    /// A URL. Id: canonical text.
    case url = "URL"
    /// A host. Id: lower-case name, dotted IPv4, or RFC 5952 IPv6 without brackets.
    case host = "Host"
    /// A domain, as an ancestor. Id: lower-case name without trailing dot.
    case domain = "Domain"
    /// A program. Id: the last component of the name it is run by.
    case program = "Program"
    /// A table. Id: the name as given, dotted.
    case table = "Table"
    /// A database, as an ancestor. Id: its name.
    case database = "Database"
    /// A person or channel. Id: `mailto:` URL, or the name as given.
    case recipient = "Recipient"
    /// An account that money leaves or reaches. Id: as given.
    case account = "Account"
    /// Something unknown. Id: an `OpaquePosition`.
    case opaque = "Opaque"
}

/// An entity's name: type and id.
public struct ResourceName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The type.
    public let type: ResourceType
    /// The id, compared bytewise.
    public let id: UTF8String

    /// A name.
    public init(_ type: ResourceType, _ id: UTF8String) {
        self.type = type
        self.id = id
    }

    /// By type, then id, bytewise.
    public static func < (left: ResourceName, right: ResourceName) -> Bool {
        left.type == right.type ? left.id < right.id : left.type.rawValue < right.type.rawValue
    }

    /// `File::"/a"`, for people; ids are not escaped.
    public var description: String { "\(type.rawValue)::\"\(id)\"" }
}

/// What an effect touches, and what that lies in.
public struct Resource: Sendable, Hashable {
    /// The thing itself.
    public let name: ResourceName
    /// What it lies in, from the nearest to the root; each is the parent of the one before it.
    public let ancestors: [ResourceName]

    init(_ name: ResourceName, in ancestors: [ResourceName] = []) {
        self.name = name
        self.ancestors = ancestors
    }

    /// A program by name.
    static func program(_ id: UTF8String) -> Resource { Resource(ResourceName(.program, id)) }

    /// Something unknown.
    public static func opaque(_ position: OpaquePosition) -> Resource {
        Resource(ResourceName(.opaque, UTF8String(position.rawValue)))
    }
}
