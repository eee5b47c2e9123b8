// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Receipts
import SQLiteLedger
import StrictJSON

/// `writ kill`.
struct KillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "The kill switch: refuse calls at once.",
        subcommands: [On.self, Off.self, Status.self])

    /// What a switch is for.
    struct Target: ParsableArguments {
        @Flag(help: "Every call.") var everything = false
        @Option(help: "Every call of an agent, by its id.") var agent: String?
        @Option(help: "Every call of an owner's agents.") var owner: String?
        @Option(help: "Every call to a server, by its alias.") var server: String?
        @Option(help: "Every call of one tool, as SERVER/TOOL.") var tool: String?

        func scope() throws -> Decisions.KillScope {
            var scopes: [Decisions.KillScope?] = []
            if everything { scopes.append(.everything) }
            for (kind, target) in [("agent", agent), ("owner", owner), ("server", server), ("tool", tool)] {
                guard let target else { continue }
                scopes.append(Decisions.KillScope(kind: kind, target: try OperatorText.name(target, for: "--" + kind)))
            }
            guard scopes.count == 1, let scope = scopes[0] else {
                throw CommandFailure(
                    .usage, "name one: --everything, --agent ID, --owner ID, --server ALIAS or --tool SERVER/TOOL")
            }
            return scope
        }
    }

    struct On: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "on", abstract: "Refuse calls, from the next decision on.")
        @OptionGroup var home: HomeOption
        @OptionGroup var target: Target
        @Option(help: "Why; told to whoever is refused, and logged.") var reason: String

        func run() async throws {
            let scope = try target.scope()
            let reason = try OperatorText.checked(reason)
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            try await installation.events.commit(
                .killSwitchOn(scope: scope.word, target: scope.target, reason: reason),
                actor: UTF8String(UserAccount.name))
            try installation.close()
            Output.line("ON   \(KillStatus.text(scope)): \(Output.escaped(reason))")
        }
    }

    struct Off: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "off", abstract: "Let policy decide again.")
        @OptionGroup var home: HomeOption
        @OptionGroup var target: Target
        @Option(help: "Why; logged.") var reason: String

        func run() async throws {
            let scope = try target.scope()
            let reason = try OperatorText.checked(reason)
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            guard try installation.ledger.state().killSwitches.contains(where: { $0.scope == scope }) else {
                throw CommandFailure(.data, "no such switch is on: \(KillStatus.text(scope)); see `writ kill status`")
            }
            try await installation.events.commit(
                .killSwitchOff(scope: scope.word, target: scope.target, reason: reason),
                actor: UTF8String(UserAccount.name))
            try installation.close()
            Output.line("off  \(KillStatus.text(scope))")
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Show the switches that are on.")
        @OptionGroup var home: HomeOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let switches = try Archive.open(home.resolve()).ledger.state().killSwitches
            if json {
                return Output.json(
                    .array(
                        switches.map { killSwitch in
                            [
                                "scope": .text(killSwitch.scope.kind),
                                "target": killSwitch.scope.target.map(JSON.string) ?? .null,
                                "reason": .string(killSwitch.reason),
                            ]
                        }), pretty: false)
            }
            if switches.isEmpty { Output.line("No kill switch is on.") }
            for killSwitch in switches {
                Output.line("ON   \(KillStatus.text(killSwitch.scope)): \(Output.escaped(killSwitch.reason))")
            }
        }
    }
}

private enum KillStatus {
    static func text(_ scope: Decisions.KillScope) -> String {
        scope.target.map { "\(scope.kind) \(Output.escaped($0))" } ?? scope.kind
    }
}

extension Decisions.KillScope {
    /// The event's word.
    var word: Receipts.KillScope {
        switch self {
        case .everything: .everything
        case .agent: .agent
        case .owner: .owner
        case .server: .server
        case .tool: .tool
        }
    }
}

/// Words of the operator's that go into the log for ever.
enum OperatorText {
    /// A name of something that need not be known here.
    static func name(_ text: String, for option: String) throws -> UTF8String {
        let bytes = text.utf8.count
        guard (1...256).contains(bytes), !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f })
        else {
            throw CommandFailure(.usage, "\(option) has 1 to 256 bytes and no control characters; this has \(bytes)")
        }
        return UTF8String(text)
    }

    static func checked(_ text: String) throws -> UTF8String {
        let bytes = text.utf8.count
        guard (1...500).contains(bytes), !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw CommandFailure(.usage, "a reason has 1 to 500 bytes and no control characters; this has \(bytes)")
        }
        return UTF8String(text)
    }
}
