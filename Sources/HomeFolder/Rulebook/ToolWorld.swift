// SPDX-License-Identifier: Apache-2.0

public import Cedar
import Effects
import StrictJSON
public import ToolTypes

/// All servers that count for a set of policies: those described, those configured, this machine's own tools, and those
/// that only policies name.
///
/// Of the first it is known which tools there are; of the others a policy may say what it likes.
public struct ToolWorld: Sendable {
    /// The servers; those that are described come first.
    public let servers: [ToolServer]
    /// Names that are nearly those of known servers or verbs.
    public let findings: [ReviewFinding]

    /// The servers for policies.
    ///
    /// - Parameters:
    ///   - configured: the configuration's.
    ///   - described: those whose definitions are known.
    public init(of policies: PolicySet, configured: [Configuration.Server], described: [ToolServer]) {
        let aliases = Set(described.map(\.alias))
        var servers = described
        for server in configured {
            // What a map has can be called, whatever the server's list says.
            let lists = described.filter { $0.alias == server.alias }
            let listed = Set(lists.flatMap(\.tools).map(\.name))
            let mapped = Self.mappedTools(server).filter { !listed.contains($0) }
            guard lists.isEmpty || !mapped.isEmpty else { continue }
            servers.append(
                ToolServer(
                    alias: server.alias, tools: mapped.map { ToolDefinition(name: $0, input: .undescribed) },
                    isComplete: !lists.isEmpty && lists.allSatisfy(\.isComplete)))
        }
        // `writ check` can always call these, and nothing is known of their parameters.
        if !aliases.contains(APortNames.server) {
            servers.append(ToolServer(alias: APortNames.server, tools: Self.localTools))
        }
        let unknown = UnknownServers(in: policies, besides: servers)
        self.servers = servers + unknown.servers
        findings = unknown.findings
    }

    private static var localTools: [ToolDefinition] {
        Set(APortNames.names.compactMap { APortNames[$0]?.tool.tool }).sorted().map {
            ToolDefinition(name: $0, input: .undescribed)
        }
    }

    private static func mappedTools(_ server: Configuration.Server) -> [UTF8String] {
        var maps = ToolMaps()
        do throws(ToolMapError) {
            if let name = server.builtInMap { try maps.use(builtIn: name, for: server.alias) }
            if let map = server.map { try maps.overlay(map, for: server.alias) }
        } catch {
            // The load says what is wrong with a map.
            return []
        }
        return maps.tools(of: server.alias)
    }
}
