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
        subcommands: [List.self, Clear.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Show the labels in force, by agent.")
        @OptionGroup var home: HomeOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let labels = try Archive.open(home.resolve()).ledger.state().labels
            let now = SystemClock().now()
            let agents = labels.agentIDs.compactMap { agent in
                let own = labels[agent].filter { $0.value > now }.sorted { $0.key < $1.key }
                return own.isEmpty ? nil : (agent: agent, labels: own)
            }
            if json {
                return Output.json(
                    .array(
                        agents.map { agent in
                            var own = JSONObject()
                            for (label, end) in agent.labels { own[UTF8String(label.rawValue)] = .text(end.text) }
                            return ["agent_id": .string(agent.agent), "labels": .object(own)]
                        }), pretty: false)
            }
            if agents.isEmpty { Output.line("No agent has labels.") }
            for agent in agents {
                for (label, end) in agent.labels {
                    Output.line("\(Output.escaped(agent.agent))  \(label.rawValue)  until \(end.text)")
                }
            }
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
}
