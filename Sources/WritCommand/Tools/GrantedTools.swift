// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import HomeFolder
import Passports
import SQLiteLedger
import StrictJSON
import ToolTypes
import WireTypes

/// The tools that a grant names, and what is known of them.
struct GrantedTools {
    let tools: [ToolReference]
    private let pins: ToolPins
    private let described: [ToolServer]
    private let schema: GrantSchema

    /// - Throws: `CommandFailure` where one is not known, or may not be called as it is.
    init(_ names: [String], _ home: Home, _ ledger: SQLiteLedger, _ rulebook: Rulebook) throws {
        guard !names.isEmpty else { throw CommandFailure(.usage, "name the tools: --tool SERVER/TOOL") }
        pins = try ToolPins(home, ledger)
        var tools: [ToolReference] = []
        for name in names {
            let tool = try ToolPins.reference(name)
            try Self.check(tool, pins, rulebook)
            guard !tools.contains(tool) else {
                throw CommandFailure(.usage, "--tool \(Self.shown(tool)) is there twice")
            }
            tools.append(tool)
        }
        self.tools = tools
        described = try pins.described(with: [:])
        do throws(GrantMistake) { schema = try GrantSchema(described) } catch {
            throw CommandFailure(.data, Output.escaped(UTF8String(error.description)))
        }
    }

    /// The policy's text, checked against the tools as every policy is.
    func policy(_ wanted: GrantPolicy, id: UUIDv7, until: Timestamp) throws -> UTF8String {
        let text: UTF8String
        do throws(GrantMistake) { text = try wanted.text(id: id, until: until, schema: schema) } catch {
            throw CommandFailure(.data, Output.escaped(UTF8String(error.description)))
        }
        let policies = try PolicySet.parse(
            [PolicyFile(name: "grant", bytes: text.bytes)], naming: .idOrPosition)
        let check = try PolicyCheck(
            policies, DescribedTools(servers: described, diagnostics: [], origins: [:]),
            configured: pins.configuration.servers, level: nil)
        guard check.errors.isEmpty else { throw CommandFailure(.data, mistakes: check.errors.map(\.description)) }
        return text
    }

    /// What somebody who gives a grant may not have thought of.
    func notes(_ wanted: GrantPolicy, _ rulebook: Rulebook, _ home: Home) throws -> [String] {
        var notes: [String] = []
        for tool in tools where schema.isLoose(tool) && wanted.isTesting(tool) {
            notes.append(
                "nothing is known of the parameters of \(Self.shown(tool)), so the tests of them were not checked")
        }
        let isToken = rulebook.tokenIssuers.reserves(wanted.agentID)
        if !isToken, try PassportFolder(home).path(of: wanted.agentID) == nil {
            notes.append("no passport in \(home.passports) is of \(Output.escaped(wanted.agentID))")
        }
        return notes
    }

    private static func check(_ tool: ToolReference, _ pins: ToolPins, _ rulebook: Rulebook) throws {
        if let entry = pins.entry(tool) {
            switch entry.state {
            case .approved: return
            case .waiting:
                throw CommandFailure(.data, "\(entry.id) waits for approval: writ tools approve \(entry.id)")
            case .changed:
                throw CommandFailure(
                    .data, "\(entry.id) has changed since it was approved: writ tools diff \(entry.id)")
            }
        }
        let own = ownTools(of: tool.server, rulebook)
        guard !own.contains(tool.tool) else { return }
        let servers = pins.servers + ToolMaps.harnesses + [APortNames.server]
        guard servers.contains(tool.server) else {
            throw CommandFailure(
                .data,
                "there is no server \(Output.escaped(tool.server))"
                    + near(tool.server, servers).map { "; did you mean \($0)/\(Output.escaped(tool.tool))?" }
                    .or("; see `writ tools list`"))
        }
        let names = own + pins.entries(of: tool.server).map(\.tool.tool)
        throw CommandFailure(
            .data,
            "\(Output.escaped(tool.server)) has no tool \(Output.escaped(tool.tool))"
                + near(tool.tool, names).map { "; did you mean \(Output.escaped(tool.server))/\($0)?" }
                .or(": no list of its has had it; see `writ tools list`"))
    }

    /// The tools of this machine, and of a coding agent, which no server lists.
    private static func ownTools(of server: UTF8String, _ rulebook: Rulebook) -> [UTF8String] {
        if server == APortNames.server {
            return Set(APortNames.names.compactMap { APortNames[$0]?.tool.tool }).sorted()
        }
        return ToolMaps.harnesses.contains(server)
            ? rulebook.maps.tools(of: ToolCall.builtInAlias(server)) : []
    }

    private static func near(_ name: UTF8String, _ names: [UTF8String]) -> String? {
        Suggestion.closest(to: name, among: names).map { Output.escaped($0) }
    }

    private static func shown(_ tool: ToolReference) -> String {
        "\(Output.escaped(tool.server))/\(Output.escaped(tool.tool))"
    }
}

extension String? {
    /// The text, or another where there is none.
    fileprivate func or(_ other: String) -> String { self ?? other }
}
