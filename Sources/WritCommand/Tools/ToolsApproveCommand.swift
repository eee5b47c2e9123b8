// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Effects
import HomeFolder
import SQLiteLedger
import StrictJSON
import WireTypes

/// `writ tools approve`.
struct ToolsApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve definitions of tools as they were seen last; logged and signed.",
        discussion: """
            Each is shown as `writ tools diff` shows it, and policies are reviewed with it: a mistake that it makes of one \
            keeps all of them from being approved, unless --force is given.
            Exit status: 0 approved, or nothing to approve; 65 no such server or tool, or it changed meanwhile; 78 a \
            policy would be mistaken.
            """)
    @OptionGroup var home: HomeOption
    @Flag(help: "Everything that waits or has changed, of all servers.") var all = false
    @Option(help: "Who approves; logged. [default: your user name]") var actor: String?
    @Flag(help: "Also where policies would be mistaken.") var force = false
    @Argument(help: "SERVER/TOOL, or SERVER for all its tools that wait or have changed.") var names: [String] = []

    func run() async throws {
        guard all != !names.isEmpty || all && names.isEmpty else {
            throw CommandFailure(.usage, "name servers or tools, or say --all; not both")
        }
        let actor = try actor.map { try OperatorText.name($0, for: "--actor") } ?? UTF8String(UserAccount.name)
        let home = try home.resolve()
        let installation = try Installation.open(home, lifetime: .oneShot)
        let pins = try ToolPins(home, installation.ledger)
        let entries = try chosen(pins)
        guard !entries.isEmpty else {
            try installation.close()
            return Output.line("Nothing to approve: each tool that was seen is as it was approved.")
        }
        for entry in entries {
            for line in try ToolDifference.lines(entry, pins) { Output.line(line) }
        }
        try review(pins, home, entries)
        var superseded: [String] = []
        for entry in entries {
            guard let seen = entry.seen else { continue }
            let approval = try await installation.events.approve(
                server: entry.tool.server, tool: entry.tool.tool, definition: seen, previous: entry.approved,
                actor: actor)
            switch approval {
            case .approved(let index): Output.line("approved  \(entry.id), by entry \(index)")
            case .superseded, .unseen: superseded.append(entry.id)
            }
        }
        try installation.close()
        guard superseded.isEmpty else {
            throw CommandFailure(
                .data,
                "somebody else approved \(superseded.joined(separator: ", ")) meanwhile; look at it again with "
                    + "`writ tools diff`")
        }
    }

    private func chosen(_ pins: ToolPins) throws -> [ToolPins.Entry] {
        if all { return pins.servers.flatMap { pins.entries(of: $0) }.filter(Self.isOpen) }
        var entries: [ToolPins.Entry] = []
        for name in names {
            if name.contains("/") {
                let entry = try pins.named(name)
                guard !entry.isManifest else {
                    throw CommandFailure(
                        .data,
                        "\(entry.id) is approved by its server's file of `tools`: what may be called is changed there")
                }
                if Self.isOpen(entry) { entries.append(entry) }
            } else {
                guard pins.servers.contains(UTF8String(name)) else {
                    throw CommandFailure(
                        .data, "there is no server \(Output.escaped(UTF8String(name))); see `writ tools list`")
                }
                entries += pins.entries(of: UTF8String(name)).filter(Self.isOpen)
            }
        }
        var seen: Set<ToolReference> = []
        return entries.filter { seen.insert($0.tool).inserted }
    }

    private static func isOpen(_ entry: ToolPins.Entry) -> Bool {
        !entry.isManifest && entry.seen != nil && entry.seen != entry.approved
    }

    private func review(_ pins: ToolPins, _ home: Home, _ entries: [ToolPins.Entry]) throws {
        var additions: [ToolReference: Digest] = [:]
        for entry in entries { additions[entry.tool] = entry.seen }
        let review = try PinReview(pins, home, approving: additions)
        for warning in review.warnings { Output.note(Output.escaped(UTF8String(warning))) }
        guard !review.errors.isEmpty else { return }
        guard force else {
            throw CommandFailure(
                .configuration,
                mistakes: review.errors + [
                    "Nothing was approved: with these definitions policies would be mistaken. Mend them, or say --force."
                ])
        }
        for error in review.errors { Output.note(Output.escaped(UTF8String(error))) }
    }
}
