// SPDX-License-Identifier: Apache-2.0

import Effects
public import StrictJSON

/// Which packs the calls of which tools come under, at whatever door.
///
/// A pack that the operator has named for a tool is the only one of its calls. Otherwise they come under that of the
/// built-in table (`BoundTools`), and every tool of an MCP server under `mcp.tool.execute.v1` besides: what a passport
/// says of servers holds for those that Writ knows too.
public struct ToolPacks: Sendable {
    /// An MCP server that the operator has configured.
    public struct Server: Sendable {
        /// Its alias.
        public let alias: UTF8String
        /// Its URL, as passports name it; `nil` where it is a program.
        public let url: UTF8String?
        /// The packs that the operator has named, by tool.
        public let tools: [UTF8String: PackBinding]

        /// A server.
        public init(alias: UTF8String, url: UTF8String? = nil, tools: [UTF8String: PackBinding] = [:]) {
            self.alias = alias
            self.url = url
            self.tools = tools
        }
    }

    private let servers: [UTF8String: Server]
    private let isRequired: Bool

    /// The built-in table, and what an operator adds to it.
    ///
    /// - Parameter isRequired: whether every pack holds as if the operator had named it, whatever limits a passport has.
    public init(servers: [Server] = [], isRequired: Bool = false) {
        self.servers = Dictionary(servers.map { ($0.alias, $0) }, uniquingKeysWith: { first, _ in first })
        self.isRequired = isRequired
    }

    /// The packs of a tool's calls, in the order in which they are asked; none where nothing is known of it.
    ///
    /// - Parameters:
    ///   - map: the built-in map that fits the server, or the coding agent.
    ///   - isServed: whether it is certainly an MCP server's tool; a configured server's is.
    public func bindings(
        server: UTF8String, tool: UTF8String, map: UTF8String?, isServed: Bool
    ) -> [PackBinding] {
        let configured = servers[server]
        if let named = configured?.tools[tool] { return [named] }
        var found: [PackBinding] = []
        if let map, let binding = BoundTools.binding(of: tool, map: map) { found.append(binding) }
        let isHarness = ToolMaps.harnesses.contains(server)
        if isServed || configured != nil, !isHarness {
            found.append(Self.served(server, tool, url: configured?.url))
        }
        return isRequired ? found.map(\.named) : found
    }

    private static func served(_ server: UTF8String, _ tool: UTF8String, url: UTF8String?) -> PackBinding {
        PackBinding(
            pack: "mcp.tool.execute.v1",
            members: [
                PackMember("server", at: [], otherwise: .string(url ?? server)),
                PackMember("tool", at: [], otherwise: .string(tool)),
                PackMember("parameters", at: [JSONPointer()]),
            ],
            server: server, isImplied: true)
    }
}
