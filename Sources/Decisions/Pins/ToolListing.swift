// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

import struct Crypto.SHA256

/// What a server has answered to `tools/list`, whole: all its pages.
public struct ToolListing: Sendable {
    /// What happens to a tool that is seen for the first time.
    public enum FirstSight: String, Sendable, Hashable, CaseIterable {
        /// It waits until somebody approves it.
        case quarantine
        /// It is approved as it is; changes are not.
        case firstUse = "first-use"
    }

    /// The server's alias.
    public var server: UTF8String
    /// What the server is, by digest.
    public var serverDigest: Digest?
    /// The definitions, each as the server gave it.
    public var tools: [JSON]
    /// What happens to new ones.
    public var firstSight: FirstSight

    /// A listing.
    public init(server: UTF8String, serverDigest: Digest?, tools: [JSON], firstSight: FirstSight) {
        self.server = server
        self.serverDigest = serverDigest
        self.tools = tools
        self.firstSight = firstSight
    }

    /// SHA-256 of a definition's canonical form (RFC 8785): what pins, calls and receipts name it by. `nil` for one with a
    /// number that has none.
    public static func digest(of definition: JSON) -> Digest? {
        canonical(definition).map { Digest(SHA256.hash(data: $0)) }
    }

    static func canonical(_ definition: JSON) -> [UInt8]? {
        do throws(JSONError) { return try definition.canonical() } catch { return nil }
    }
}

/// What may be done with a tool that a server lists.
public struct ToolStanding: Sendable, Hashable {
    /// Whether it may be called, and why not.
    public enum State: Sendable, Hashable {
        /// This definition is approved.
        case approved
        /// Nobody has approved the tool yet.
        case quarantined
        /// Another definition is approved.
        case changed
        /// It can never be called as it is listed.
        case unusable(Unfit)
    }

    /// Why a tool can never be called.
    public enum Unfit: Sendable, Hashable {
        /// It has no name, or one that no entry can hold, or that would read as something else.
        case name
        /// Another tool of the listing has the same name.
        case duplicate
        /// The definition has no canonical form, or is over 256 KiB.
        case definition
        /// There are more tools than are looked at, or more new ones at once.
        case tooMany
    }

    /// The server's own name for it; `nil` where it has none.
    public var tool: UTF8String?
    /// Whether it may be called.
    public var state: State
    /// The definition's digest, for `ToolCall.definition`; `nil` where it has none.
    public var definition: Digest?

    /// A standing.
    public init(tool: UTF8String?, state: State, definition: Digest?) {
        self.tool = tool
        self.state = state
        self.definition = definition
    }
}

/// What became of an approval.
public enum ToolApproval: Sendable, Hashable {
    /// In force, by the entry at this index.
    case approved(index: Int64)
    /// Not done: what is approved is not what was replaced. The pin as it is now.
    case superseded(Pin?)
    /// Not done: no listing of the server has had that definition of the tool.
    case unseen
}
