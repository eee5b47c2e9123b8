// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Effects
import StrictJSON
import WireTypes

/// `writ tools list`.
struct ToolsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the tools that servers have shown, and whether they may be called.",
        discussion: """
            approved: may be called, if policies permit it. waiting: seen, and not approved. changed: the server shows \
            another definition than the approved one, and calls of it are refused. A server's tools are seen when the \
            gateway first lists them for a client, or by `writ init --from`.
            """)
    @OptionGroup var home: HomeOption
    @Flag(help: "Print JSON: one object a line.") var json = false
    @Argument(help: "A server, by its alias. [default: all]") var server: String?

    func run() throws {
        let home = try home.resolve()
        let pins = try ToolPins(home, Archive.open(home).ledger)
        if let server, !pins.servers.contains(UTF8String(server)) {
            let known = pins.servers.map { Output.escaped($0) }.joined(separator: ", ")
            throw CommandFailure(
                .data,
                "there is no server \(Output.escaped(UTF8String(server))); there are \(known.isEmpty ? "none" : known)")
        }
        let servers = server.map { [UTF8String($0)] } ?? pins.servers
        let entries = servers.map { ($0, pins.entries(of: $0)) }
        if json { return printJSON(entries.flatMap(\.1)) }
        let width = entries.flatMap(\.1).map(\.id.count).max() ?? 0
        for (server, tools) in entries {
            for tool in tools { Output.line(line(tool, width)) }
            if tools.isEmpty {
                Output.line(
                    "\(Output.escaped(server)): no tools seen yet; they are when a client first asks the gateway")
            }
        }
        if entries.isEmpty { Output.line("No servers in the configuration, and no tools seen yet.") }
        let open = entries.flatMap(\.1).filter { $0.state != .approved }.count
        if open > 0 { Output.line("\(open) cannot be called: see `writ tools diff` and `writ tools approve`") }
    }

    private func line(_ tool: ToolPins.Entry, _ width: Int) -> String {
        let id = tool.id.padding(to: width)
        switch tool.state {
        case .approved: return "\(id)  approved" + (tool.isManifest ? " by its server's file" : "")
        case .waiting: return "\(id)  waiting"
        case .changed: return "\(id)  changed" + (tool.isManifest ? ": not what its server's file has" : "")
        }
    }

    private func printJSON(_ entries: [ToolPins.Entry]) {
        for entry in entries {
            Output.json(
                [
                    "server": .string(entry.tool.server), "tool": .string(entry.tool.tool),
                    "state": .text(entry.state.rawValue), "approved": Self.json(entry.approved),
                    "seen": Self.json(entry.seen), "manifest": .bool(entry.isManifest),
                ], pretty: false)
        }
    }

    private static func json(_ digest: Digest?) -> JSON { digest.map { .text($0.base64URL) } ?? .null }
}

/// `writ tools show`.
struct ToolsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a tool's definition, as its server gave it.")
    @OptionGroup var home: HomeOption
    @Flag(help: "The approved definition. [default: the one that was seen last]") var approved = false
    @Flag(help: "Print the definition itself, as JSON.") var json = false
    @Argument(help: "SERVER/TOOL.") var tool: String

    func run() throws {
        let home = try home.resolve()
        let pins = try ToolPins(home, Archive.open(home).ledger)
        let entry = try pins.named(tool)
        guard let digest = approved ? entry.approved : entry.seen ?? entry.approved else {
            throw CommandFailure(
                .data, "no definition of \(entry.id) is approved; without --approved, what was seen is shown")
        }
        let definition = try pins.definition(digest, of: entry.tool)
        if json { return Output.json(definition, pretty: Output.isTerminal) }
        Output.line("tool        \(entry.id)")
        Output.line("definition  \(digest.base64URL)")
        switch entry.state {
        case .approved: Output.line("state       approved" + (entry.isManifest ? " by its server's file" : ""))
        case .waiting: Output.line("state       waiting: not approved yet")
        case .changed:
            Output.line("state       changed: \(digest == entry.approved ? "this one" : "another one") is approved")
        }
        for line in DefinitionText.lines(definition) { Output.line(line) }
    }
}

/// `writ tools diff`.
struct ToolsDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what is different between the approved definition of a tool and the one seen last.",
        discussion: """
            Members are named by their places; of texts the words are shown: [-gone-] {+new+}.
            Exit status: 0 no difference, 1 a difference, or nothing approved yet.
            """)
    @OptionGroup var home: HomeOption
    @Argument(help: "SERVER/TOOL.") var tool: String

    func run() throws {
        let home = try home.resolve()
        let pins = try ToolPins(home, Archive.open(home).ledger)
        let entry = try pins.named(tool)
        guard let seen = entry.seen, seen != entry.approved else {
            return Output.line(
                entry.seen == nil
                    ? "\(entry.id): approved by its server's file, and not seen yet"
                    : "\(entry.id): what was seen last is what is approved")
        }
        for line in try ToolDifference.lines(entry, pins) { Output.line(line) }
        throw ExitStatus.denied.exitCode
    }
}

/// What is to be seen before an approval.
enum ToolDifference {
    static func lines(_ entry: ToolPins.Entry, _ pins: ToolPins) throws -> [String] {
        guard let seen = entry.seen else { return [] }
        let new = try pins.definition(seen, of: entry.tool)
        guard let approved = entry.approved else {
            return ["\(entry.id): nothing is approved yet; all of it is new"]
                + DefinitionText.lines(new).map { "  \($0)" }
        }
        let old = try pins.definition(approved, of: entry.tool)
        return [
            "\(entry.id)", "  approved  \(approved.base64URL)", "  seen      \(seen.base64URL)",
        ] + DefinitionDifference(old, new).lines.map { "  \($0)" }
    }
}
