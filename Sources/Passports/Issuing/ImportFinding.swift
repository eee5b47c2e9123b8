// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// One thing that an import did with a member of a foreign passport.
public struct ImportFinding: Sendable, Hashable, CustomStringConvertible {
    /// What was done.
    public enum Kind: String, WireNamed, Hashable {
        /// Taken as it is.
        case found
        /// Not there; a value was chosen.
        case defaulted
        /// Taken in another spelling, or with another value.
        case changed
        /// Left out.
        case dropped
        /// Taken, and worth a look before signing.
        case notice
    }

    /// What was done.
    public let kind: Kind
    /// The member, in the foreign document.
    public let path: JSONPointer
    /// What, in words; without the member's value.
    public let message: String

    /// `changed /passport_id: …`.
    public var description: String { "\(kind.rawValue) \(path): \(message)" }
}

/// What an import has been told, in place of or in addition to what the file says.
public struct ImportOptions: Sendable {
    /// `agent_id`, else the file's, else the file's `passport_id`.
    public var agentID: UTF8String?
    /// `owner_id`, else the file's.
    public var ownerID: UTF8String?
    /// `assurance_level`, else the file's. The issuer who signs vouches for it.
    public var assurance: Assurance?
    /// `expires_at`, else the file's.
    public var expiresAt: Timestamp?
    /// Teams. Those of a foreign file are never taken: they would be memberships here that nobody here gave.
    public var teams: [UTF8String] = []

    /// Nothing but what the file says.
    public init() {}
}
