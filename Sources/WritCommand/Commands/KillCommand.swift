// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON

/// `writ kill`.
struct KillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "The kill switch: refuse calls at once.",
        subcommands: [On.self, Off.self, Status.self, Drill.self])

    /// What a switch is for.
    struct Target: ParsableArguments {
        @Flag(help: "Every call.") var everything = false
        @Option(help: "Every call of an agent, by its id.") var agent: String?
        @Option(help: "Every call of an owner's agents.") var owner: String?
        @Option(help: "Every call to a server, by its alias.") var server: String?
        @Option(help: "Every call of one tool, as SERVER/TOOL.") var tool: String?

        var isGiven: Bool { everything || [agent, owner, server, tool].contains { $0 != nil } }

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
            commandName: "on", abstract: "Refuse calls, and stop those that run.",
            discussion: """
                From the next decision on every call that the switch covers is refused. What runs already is cancelled at \
                its server, and its caller hears why; nothing more of it is passed on, in either direction, a quarter of a \
                second later at the latest.
                """)
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
            installation.wakeEnforcers()
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

    struct Drill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "drill", abstract: "Measure how long a switch takes to be everywhere; stops nothing.",
            discussion: """
                Each round logs an event and hears from every process that enforces this folder's decisions (`writ \
                gateway`, `writ serve`, `writ daemon`) when it had seen it, and what a switch in its place would have \
                stopped. Status 0 where every answer came within a quarter of a second, else 1.
                """)
        @OptionGroup var home: HomeOption
        @OptionGroup var target: Target
        @Option(help: "How often; each round is an entry in the log.") var rounds = 10
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let scope = try target.isGiven ? target.scope() : .everything
            guard KillLimits.rounds.contains(rounds) else {
                throw CommandFailure(.usage, "--rounds is 1 to \(KillLimits.rounds.upperBound), not \(rounds)")
            }
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            let findings = try await KillDrill(
                installation: installation, scope: scope, actor: UTF8String(UserAccount.name)
            ).run(rounds: rounds)
            try installation.close()
            if json {
                Output.json(
                    ["bound_ms": .integer(KillLimits.boundMilliseconds), "processes": .array(findings.map(\.json))],
                    pretty: false)
            } else {
                for line in DrillReport.lines(findings) { Output.line(line) }
            }
            guard findings.allSatisfy(\.isGood) else { throw ExitStatus.denied.exitCode }
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

/// What a drill has found, for people.
private enum DrillReport {
    static func lines(_ findings: [KillDrill.Finding]) -> [String] {
        guard !findings.isEmpty else { return ["No process enforces this folder's decisions at the moment."] }
        var lines = findings.map { finding in
            let missed = finding.missed > 0 ? ", \(finding.missed) times NO ANSWER" : ""
            return "\(finding.name): median \(text(finding.median)), longest \(text(finding.longest))\(missed); "
                + "\(finding.covered) of \(finding.open) under way would be stopped"
        }
        let all = findings.flatMap(\.times)
        lines.append(
            "all: median \(text(KillDrill.median(all))), longest \(text(all.max() ?? 0)), of "
                + "\(KillLimits.boundMilliseconds) ms allowed\(findings.allSatisfy(\.isGood) ? "" : ": TOO LATE")")
        return lines
    }

    /// Milliseconds with one digit.
    private static func text(_ milliseconds: Double) -> String {
        let tenths = Int((milliseconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) ms"
    }
}

extension Installation {
    /// Has every process that enforces this folder's decisions look at once, after something that may stop what they have
    /// under way. Those that are not told look a little later by themselves.
    func wakeEnforcers() {
        do throws(HomeError) { try EnforcerFolder(home).wakeAll() } catch {
            Output.note("writ: note: \(error); whoever enforces decisions finds the switch by itself")
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
