// SPDX-License-Identifier: Apache-2.0

public import Effects
public import StrictJSON
public import WireTypes

/// What is known of a tool's definition.
public struct Pin: Sendable, Hashable {
    /// The definition that may be called; `nil` while nobody has approved one.
    public var approved: Digest?
    /// The definition that the server showed last, where it was none of those known then.
    public var seen: Digest
    /// How many sightings there have been; names the next one, so that of two processes that see the same only one logs
    /// it.
    public var sightings: Int64

    /// A pin from its parts.
    public init(approved: Digest?, seen: Digest, sightings: Int64 = 1) {
        self.approved = approved
        self.seen = seen
        self.sightings = sightings
    }
}

/// The pins of all servers' tools.
public struct Pins: Sendable, Hashable {
    private var servers: [UTF8String: [UTF8String: Pin]] = [:]

    /// None.
    public init() {}

    /// A tool's pin, or `nil` where no server's list has had it.
    public subscript(server server: UTF8String, tool tool: UTF8String) -> Pin? {
        get { servers[server]?[tool] }
        set { servers[server, default: [:]][tool] = newValue }
    }

    /// A tool's pin, or `nil` where no server's list has had it.
    public subscript(tool: ToolReference) -> Pin? { self[server: tool.server, tool: tool.tool] }

    /// Whether there are none.
    public var isEmpty: Bool { servers.isEmpty }

    /// The servers that have pins, sorted.
    public var aliases: [UTF8String] { servers.keys.sorted() }

    /// A server's pins, sorted by the tools' names.
    public func tools(of server: UTF8String) -> [(tool: UTF8String, pin: Pin)] {
        (servers[server] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// How many tools of a server have pins.
    public func count(of server: UTF8String) -> Int { servers[server]?.count ?? 0 }

    mutating func see(_ definition: Digest, _ server: UTF8String, _ tool: UTF8String) {
        let old = self[server: server, tool: tool]
        self[server: server, tool: tool] = Pin(
            approved: old?.approved, seen: definition, sightings: (old?.sightings ?? 0) + 1)
    }

    mutating func approve(_ definition: Digest, _ server: UTF8String, _ tool: UTF8String) {
        let old = self[server: server, tool: tool]
        self[server: server, tool: tool] = Pin(
            approved: definition, seen: old?.seen ?? definition, sightings: old?.sightings ?? 0)
    }
}
