// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a kill switch stops.
public enum KillScope: Sendable, Hashable {
    /// Every call.
    case everything
    /// Every call of an agent, by its id, whoever vouches for it.
    case agent(UTF8String)
    /// Every call of the agents of an owner.
    case owner(UTF8String)
    /// Every call to a server, by its alias.
    case server(UTF8String)
    /// Every call of one tool of one server.
    case tool(server: UTF8String, tool: UTF8String)
}

/// A kill switch that is on.
public struct KillSwitch: Sendable, Hashable {
    /// What it stops.
    public let scope: KillScope
    /// The operator's own words; told to whoever is refused.
    public let reason: UTF8String

    /// A switch.
    public init(scope: KillScope, reason: UTF8String) {
        self.scope = scope
        self.reason = reason
    }
}

extension KillScope {
    /// The word that names the kind in events and on the command line.
    public var kind: String {
        switch self {
        case .everything: "everything"
        case .agent: "agent"
        case .owner: "owner"
        case .server: "server"
        case .tool: "tool"
        }
    }

    /// What of that kind, or `nil` for everything; a tool's is `server/tool`.
    public var target: UTF8String? {
        switch self {
        case .everything: nil
        case .agent(let id), .owner(let id), .server(let id): id
        case .tool(let server, let tool): UTF8String("\(server)/\(tool)")
        }
    }

    /// The scope that `kind` and `target` name, or `nil` where they name none. A tool's server is before its first `/`.
    public init?(kind: String, target: UTF8String?) {
        switch (kind, target) {
        case ("everything", nil): self = .everything
        case ("agent", let target?): self = .agent(target)
        case ("owner", let target?): self = .owner(target)
        case ("server", let target?): self = .server(target)
        case ("tool", let target?):
            let parts = target.string.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 1)
            guard parts.count == 2, let server = UTF8String(validating: parts[0]),
                let tool = UTF8String(validating: parts[1])
            else { return nil }
            self = .tool(server: server, tool: tool)
        default: return nil
        }
    }
}
