// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import HomeFolder
import SQLiteLedger
import StrictJSON
import ToolTypes
import WireTypes

/// What is known of servers' tools: the pins of the log, and the operator's own files.
struct ToolPins {
    /// A tool.
    struct Entry {
        /// Whether it may be called, and why not.
        enum State: String {
            case approved
            case waiting
            case changed
        }

        let tool: ToolReference
        /// The definition that may be called; `nil` while there is none.
        let approved: Digest?
        /// The definition that the server showed last; `nil` where none has been seen yet.
        let seen: Digest?
        /// Whether `approved` is of the server's file in the configuration.
        let isManifest: Bool

        var state: State {
            guard let approved else { return .waiting }
            return seen == nil || seen == approved ? .approved : .changed
        }

        var id: String { "\(Output.escaped(tool.server))/\(Output.escaped(tool.tool))" }
    }

    let configuration: Configuration
    let state: LedgerState
    private let home: Home
    private let content: (Digest) throws -> [UInt8]?
    private let manifest: [ToolReference: JSON]

    /// The pins of a record that is open for reading, or for acts.
    init(_ home: Home, _ ledger: SQLiteLedger) throws {
        self.home = home
        configuration = try Configuration.read(home)
        state = try ledger.state()
        content = { try ledger.content($0) }
        manifest = try ToolFiles(home, configuration).definitions()
    }

    /// The servers of the configuration, and those that only the log knows.
    var servers: [UTF8String] {
        var servers = configuration.servers.map(\.alias)
        for alias in state.pins.aliases where !servers.contains(alias) { servers.append(alias) }
        return servers
    }

    /// The tools of a server, by name.
    func entries(of server: UTF8String) -> [Entry] {
        let pinned = state.pins.tools(of: server).map(\.tool)
        let own = manifest.keys.filter { $0.server == server }.map(\.tool)
        return Set(pinned + own).sorted().compactMap { entry(ToolReference(server: server, tool: $0)) }
    }

    /// A tool; `nil` where neither the log nor a file has it.
    func entry(_ tool: ToolReference) -> Entry? {
        let pin = state.pins[tool]
        let own = manifest[tool]
        guard pin != nil || own != nil else { return nil }
        return Entry(
            tool: tool, approved: own.flatMap { ToolListing.digest(of: $0) } ?? pin?.approved, seen: pin?.seen,
            isManifest: own != nil)
    }

    /// A definition, by its digest.
    ///
    /// - Throws: `CommandFailure` where the record has it no more.
    func definition(_ digest: Digest, of tool: ToolReference) throws -> JSON {
        if let own = manifest[tool], ToolListing.digest(of: own) == digest { return own }
        guard let bytes = try content(digest) else {
            throw CommandFailure(
                .data, "the record has no definition \(digest.base64URL) of \(Output.escaped(tool.tool)) any more")
        }
        return try JSON(parsing: bytes, limits: ToolTypesLimits.document)
    }

    /// The servers with the tools whose definitions would be approved if these were too, for a review of policies.
    func described(with additions: [ToolReference: Digest]) throws -> [ToolServer] {
        let (files, _) = try ToolFiles(home, configuration).servers()
        let own = Set(files.map(\.alias))
        var servers = files
        for alias in state.pins.aliases where !own.contains(alias) {
            var definitions: [JSON] = []
            for entry in entries(of: alias) {
                guard let digest = additions[entry.tool] ?? entry.approved else { continue }
                definitions.append(try definition(digest, of: entry.tool))
            }
            guard !definitions.isEmpty else { continue }
            // Others may be approved later: a policy may name them now.
            servers.append(
                ToolServer(alias: alias, tools: try ToolList(.array(definitions)).tools, isComplete: false))
        }
        return servers
    }

    /// `SERVER/TOOL`, of which the alias has no slash.
    static func reference(_ text: String) throws -> ToolReference {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            throw CommandFailure(.usage, "name a tool as SERVER/TOOL, not \(Output.escaped(UTF8String(text)))")
        }
        return ToolReference(
            server: UTF8String(String(text[..<slash])),
            tool: UTF8String(String(text[text.utf8.index(after: slash)...])))
    }

    /// A tool that is named.
    ///
    /// - Throws: `CommandFailure` where nothing is known of it.
    func named(_ text: String) throws -> Entry {
        let reference = try Self.reference(text)
        guard let entry = entry(reference) else {
            let shown = Output.escaped(UTF8String(text))
            guard servers.contains(reference.server) else {
                throw CommandFailure(.data, "there is no server of \(shown); see `writ tools list`")
            }
            throw CommandFailure(
                .data,
                "no list of \(Output.escaped(reference.server)) has had the tool of \(shown); see "
                    + "`writ tools list \(Output.escaped(reference.server))`")
        }
        return entry
    }
}
