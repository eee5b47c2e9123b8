// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Receipts
import SQLiteLedger
import StrictJSON
import WireTypes

/// `writ session`.
struct SessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session", abstract: "What agents have done that their later calls are judged by.",
        subcommands: [List.self, Clear.self, Thaw.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show the labels in force, by agent, and the sessions that are frozen.")
        @OptionGroup var home: HomeOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let ledger = try Archive.open(home.resolve()).ledger
            let labels = try ledger.state().labels
            let now = SystemClock().now()
            let agents = labels.agentIDs.compactMap { agent in
                let own = labels[agent].filter { $0.value > now }.sorted { $0.key < $1.key }
                return own.isEmpty ? nil : (agent: agent, labels: own)
            }
            let frozen = try ledger.freezingReceipts(limit: Self.frozenMax).map { try Frozen($0) }
            if json {
                let labelled = agents.map { agent in
                    var own = JSONObject()
                    for (label, end) in agent.labels { own[UTF8String(label.rawValue)] = .text(end.text) }
                    return ["agent_id": .string(agent.agent), "labels": .object(own)] as JSON
                }
                return Output.json(.array(labelled + frozen.map(\.json)), pretty: false)
            }
            if agents.isEmpty { Output.line("No agent has labels.") }
            for agent in agents {
                for (label, end) in agent.labels {
                    Output.line("\(Output.escaped(agent.agent))  \(label.rawValue)  until \(end.text)")
                }
            }
            for session in frozen { Output.line(session.line) }
        }

        /// More sessions than anybody looks through; older ones are frozen all the same.
        private static let frozenMax = 1_000
    }

    /// A session of which nothing is allowed, and the receipt that says why.
    private struct Frozen {
        let receipt: Receipt
        let session: UTF8String

        init(_ entry: LoggedEntry) throws {
            guard let receipt = try SignedEntry(parsing: entry.bytes).receipt, let session = receipt.session else {
                throw CommandFailure(.ledger, "entry \(entry.index) is no receipt of a session; run `writ fsck`")
            }
            self.receipt = receipt
            self.session = session
        }

        var json: JSON {
            [
                "session": .string(session), "agent_id": .string(receipt.agentID),
                "frozen_at": .text(receipt.checkedAt.text), "receipt_id": .text(receipt.receiptID.text),
            ]
        }

        var line: String {
            "\(Output.escaped(session))  frozen since \(receipt.checkedAt)  by receipt \(receipt.receiptID)"
        }
    }

    struct Clear: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "clear", abstract: "Take an agent's labels from it: its next call is judged as its first.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The agent, by its id.") var agent: String
        @Option(help: "Why; logged.") var reason: String

        func run() async throws {
            let agent = try OperatorText.name(agent, for: "AGENT")
            let reason = try OperatorText.checked(reason)
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            guard !(try installation.ledger.state().labels[agent].isEmpty) else {
                throw CommandFailure(.data, "\(Output.escaped(agent)) has no labels; see `writ session list`")
            }
            try await installation.events.commit(
                .sessionCleared(agentID: agent, reason: reason), actor: UTF8String(UserAccount.name))
            try installation.close()
            Output.line("cleared  \(Output.escaped(agent))")
        }
    }

    struct Thaw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "thaw", abstract: "Let a frozen session go on, after a look at what ran in it.",
            discussion: """
                A session is frozen where a harness has told of a call that did not run as it was decided. It is frozen \
                again by the next one.
                """)
        @OptionGroup var home: HomeOption
        @Argument(help: "The session, as `writ session list` has it.") var session: String
        @Option(help: "Why; logged.") var reason: String

        func run() async throws {
            let session = try OperatorText.name(session, for: "SESSION")
            let reason = try OperatorText.checked(reason)
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            guard try installation.ledger.isFrozen(session: session) else {
                throw CommandFailure(.data, "\(Output.escaped(session)) is not frozen; see `writ session list`")
            }
            try await installation.events.commit(
                .sessionThawed(session: session, reason: reason), actor: UTF8String(UserAccount.name))
            try installation.close()
            Output.line("thawed  \(Output.escaped(session))")
        }
    }
}
