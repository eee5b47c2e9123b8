// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Effects
import HomeFolder
import StrictJSON
import ToolTypes

/// Which requests policies are checked for.
enum ProfileName: String, ExpressibleByArgument, CaseIterable {
    case native
    case agentcore

    var profile: ToolProfile {
        switch self {
        case .native: .native()
        case .agentcore: .agentCore
        }
    }
}

/// `--tools`, `--profile`: the tools that policies may name.
struct ToolOptions: ParsableArguments {
    @Option(
        help: """
            A server's tool definitions, as ALIAS=FILE, or FILE if it is named ALIAS.json (repeat): MCP's answer to \
            tools/list, its result, an array of tools, or one.
            """)
    var tools: [String] = []
    @Option(help: "The requests: native are Writ's own, agentcore those of Amazon Bedrock AgentCore.")
    var profile = ProfileName.native

    /// The servers described, and what could not be used of their definitions.
    func servers() throws -> (servers: [ToolServer], diagnostics: [ToolDiagnostic]) {
        var servers: [ToolServer] = []
        var diagnostics: [ToolDiagnostic] = []
        for entry in tools {
            let (alias, path) = try parts(entry)
            let bytes = try InputFile.read(path, limit: ToolTypesLimits.document.bytesMax)
            let list: ToolList
            do throws(ToolList.Failure) { list = try ToolList(parsing: bytes) } catch {
                throw CommandFailure(.data, "\(path): \(error)")
            }
            servers.append(ToolServer(alias: alias, tools: list.tools))
            diagnostics += list.diagnostics
        }
        return (servers, diagnostics)
    }

    private func parts(_ entry: String) throws -> (alias: UTF8String, path: String) {
        if let equals = entry.firstIndex(of: "="), !entry[..<equals].contains("/") {
            let path = String(entry[entry.index(after: equals)...])
            guard !path.isEmpty else { throw CommandFailure(.usage, "--tools \(entry) names no file") }
            return (try usable(UTF8String(String(entry[..<equals])), of: path), path)
        }
        let name = PolicySources.fileName(entry)
        guard name.hasSuffix(".json"), let stem = UTF8String(validating: name.bytes.dropLast(5)), !stem.isEmpty else {
            throw CommandFailure(.usage, "say which server \(entry) is of: --tools ALIAS=\(entry)")
        }
        return (try usable(stem, of: entry), entry)
    }

    /// The alias, where policies can call a server so. AgentCore's targets have other names, or none.
    private func usable(_ alias: UTF8String, of path: String) throws(CommandFailure) -> UTF8String {
        guard profile == .agentcore || alias == APortNames.server || Configuration.Server.isAlias(alias) else {
            throw CommandFailure(
                .usage,
                "policies cannot call a server `\(Output.escaped(alias))`: an alias has 1 to 16 of a-z, 0-9 and hyphen "
                    + "and is no verb; say --tools ALIAS=\(path)")
        }
        return alias
    }

    /// All servers that count for policies: those described, those configured, and those that only policies name.
    func world(
        of policies: PolicySet, configured: [Configuration.Server], described: [ToolServer]
    ) -> (servers: [ToolServer], findings: [ReviewFinding]) {
        guard profile == .native else { return (described, []) }
        let aliases = Set(described.map(\.alias))
        var servers = described
        for server in configured where !aliases.contains(server.alias) {
            servers.append(ToolServer(alias: server.alias, tools: [], isComplete: false))
        }
        // The tools that `writ check` knows by name count only where policies speak of them: nothing is known of their
        // parameters, and so nothing could be said of any effect's.
        let local = ToolServer(alias: APortNames.server, tools: Self.localTools)
        if !aliases.contains(local.alias),
            UnknownServers(in: policies, besides: servers).servers.contains(where: { $0.alias == local.alias })
        {
            servers.append(local)
        }
        let unknown = UnknownServers(in: policies, besides: servers)
        return (servers + unknown.servers, unknown.findings)
    }

    private static var localTools: [ToolDefinition] {
        Set(APortNames.names.compactMap { APortNames[$0]?.tool.tool }).sorted().map {
            ToolDefinition(name: $0, input: .undescribed)
        }
    }
}

/// A schema that a command is given.
enum SchemaSource {
    /// The schema of a file, in either form: the JSON one begins with a brace, which the human one cannot; a list is neither.
    static func read(_ path: String) throws -> Schema {
        let bytes = try InputFile.read(path, limit: CedarLimits.schemaFileBytesMax)
        let first = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
        let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        do throws(SchemaErrors) {
            return try Schema(
                parsing: bytes, file: PolicySources.fileName(path), format: isJSON ? .json : .text)
        } catch {
            guard !isJSON || !isToolList(bytes) else {
                throw CommandFailure(.data, "\(path) has definitions of tools and is no schema; say --tools \(path)")
            }
            throw CommandFailure(.data, mistakes: error.all.map(\.description))
        }
    }

    private static func isToolList(_ bytes: [UInt8]) -> Bool {
        do throws(ToolList.Failure) { return try !ToolList(parsing: bytes).tools.isEmpty } catch { return false }
    }
}
