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

    /// The servers described by `--tools`, and those of a configuration that are not.
    func described(besides configured: DescribedTools? = nil) throws -> DescribedTools {
        let (servers, diagnostics) = try servers()
        let aliases = Set(servers.map(\.alias))
        let others = configured?.servers.filter { !aliases.contains($0.alias) } ?? []
        return DescribedTools(
            servers: servers + others, diagnostics: diagnostics + (configured?.diagnostics ?? []),
            origins: (configured?.origins ?? [:]).filter { !aliases.contains($0.key) })
    }

    /// The servers described, and what could not be used of their definitions.
    func servers() throws -> (servers: [ToolServer], diagnostics: [ToolDiagnostic]) {
        var lists: [(alias: UTF8String, list: ToolList)] = []
        for entry in tools {
            let (alias, path) = try parts(entry)
            let bytes = try InputFile.read(path, limit: ToolTypesLimits.document.bytesMax)
            let list: ToolList
            do throws(ToolList.Failure) { list = try ToolList(parsing: bytes) } catch {
                throw CommandFailure(.data, "\(path): \(error)")
            }
            lists.append((alias, list))
        }
        // Of the pages of one list the last one says that there is no other.
        let complete = Set(lists.filter(\.list.isComplete).map(\.alias))
        return (
            lists.map { ToolServer(alias: $0.alias, tools: $0.list.tools, isComplete: complete.contains($0.alias)) },
            lists.flatMap { entry in
                entry.list.diagnostics.filter { $0.code != .partial || !complete.contains(entry.alias) }
            }
        )
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
}

/// The servers whose tools are described, for a command.
struct DescribedTools {
    let servers: [ToolServer]
    let diagnostics: [ToolDiagnostic]
    /// Where a server's definitions are from, by alias; those of the command line have none.
    fileprivate let origins: [UTF8String: String]

    init(servers: [ToolServer], diagnostics: [ToolDiagnostic], origins: [UTF8String: String]) {
        self.servers = servers
        self.diagnostics = diagnostics
        self.origins = origins
    }

    /// Those of a configuration.
    init(_ home: Home, _ configuration: Configuration) throws {
        let (servers, diagnostics) = try ToolFiles(home, configuration).servers()
        self.init(servers: servers, diagnostics: diagnostics, origins: Self.origins(servers, files: servers))
    }

    /// Those of a configuration, and those that are approved in its record, where there is one.
    init(approvedAt home: Home, _ configuration: Configuration) throws {
        guard FileAccess.exists(Installation.ledgerPath(home, configuration)) else {
            try self.init(home, configuration)
            return
        }
        let (files, diagnostics) = try ToolFiles(home, configuration).servers()
        let servers = try ToolPins(home, Archive.open(home).ledger).described(with: [:])
        self.init(servers: servers, diagnostics: diagnostics, origins: Self.origins(servers, files: files))
    }

    private static func origins(_ servers: [ToolServer], files: [ToolServer]) -> [UTF8String: String] {
        let configured = Set(files.map(\.alias))
        var origins: [UTF8String: String] = [:]
        for server in servers { origins[server.alias] = configured.contains(server.alias) ? "configured" : "approved" }
        return origins
    }

    /// For people: the alias, and whether it is described on the command line, in the configuration, or by approvals.
    func name(of server: ToolServer) -> String {
        Output.escaped(server.alias) + (origins[server.alias].map { " (as \($0))" } ?? "")
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
