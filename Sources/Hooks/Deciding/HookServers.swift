// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// An MCP server that the operator's configuration knows.
public struct HookServer: Sendable, Hashable {
    /// Its alias, which policies speak of.
    public var alias: UTF8String
    /// The built-in map that fits its program.
    public var builtInMap: UTF8String?
    /// Whether its files are this machine's.
    public var isLocal: Bool
    /// Its command line, words joined by blanks, where it has one.
    public var command: UTF8String?
    /// Its URL, where it has one.
    public var url: UTF8String?

    /// A server.
    public init(
        alias: UTF8String, builtInMap: UTF8String? = nil, isLocal: Bool = true, command: UTF8String? = nil,
        url: UTF8String? = nil
    ) {
        self.alias = alias
        self.builtInMap = builtInMap
        self.isLocal = isLocal
        self.command = command
        self.url = url
    }
}

/// The MCP servers that the operator's configuration knows. A harness's server is the operator's where it has the same
/// name, or is reached in the same way; everybody else's tools are unknown.
public struct HookServers: Sendable {
    private let servers: [HookServer]

    /// Servers. One that is called as a harness is known only to the operator: no MCP server's tools are a harness's own.
    public init(_ servers: [HookServer] = []) {
        self.servers = servers.filter { server in !Harness.allCases.contains { $0.alias == server.alias } }
    }

    func named(_ name: UTF8String) -> HookServer? { servers.first { $0.alias == name } }

    func reached(_ place: HookTool.ServerPlace) -> HookServer? {
        switch place {
        case .command(let command): servers.first { $0.command == command }
        case .url(let url): servers.first { $0.url == url }
        case .unknown: nil
        }
    }
}
