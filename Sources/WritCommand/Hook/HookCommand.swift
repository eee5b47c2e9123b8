// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import HomeFolder
import Hooks
import SQLiteLedger
import StrictJSON

/// `writ hook HARNESS`: what a harness starts before and after each tool.
struct HookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook",
        abstract: "Answer a coding agent's harness, which asks before it runs a tool.",
        discussion: """
            `writ install HARNESS` writes this command line into the harness's settings. The harness writes one event as \
            JSON to standard input, before and after each tool; the answer is JSON in the harness's own form on standard \
            output. HARNESS is claude-code, codex, cursor, gemini, copilot or openclaw.
            An allowed call is answered with "no opinion": the harness asks its user as ever. Whatever fails ends in status \
            2 with a sentence on standard error, which every harness takes as a refusal.
            In mode protected (docs/custody.md) the decision is the daemon's alone: with --socket, --socket-user and \
            --socket-key it is asked there, and whatever is wrong is a refusal.
            The environment changes nothing, since an agent may be who sets it: paths here are absolute, and without \
            --home the folder is ~/.writ of the user that runs this.
            """)

    @Argument(help: "The harness.") var harness: String
    @OptionGroup var home: ServiceHomeOption
    @Option(help: "The passport file, absolute. [default: the configuration's agent's, else the only one]")
    var passport: String?
    @Option(help: "The key (JWK) that the passport is bound to, absolute; for its owner alone.")
    var passportKey: String?
    @Option(
        help: "The project's folder, absolute. [default: the nearest above the event's folder that has .git, else it]")
    var project: String?
    @OptionGroup var door: DoorOptions
    @Flag(help: "Tell the harness to run an allowed call without asking its user, where it can be told.")
    var autoApprove = false
    @Option(help: "Milliseconds after which the answer is a refusal: 100 to 60000.")
    var deadline = HookLimits.deadlineMilliseconds

    var invocation: HookInvocation {
        var invocation = HookInvocation(harness: harness)
        invocation.home = home.path
        invocation.passport = passport
        invocation.passportKey = passportKey
        invocation.project = project
        invocation.socket = door.socket
        invocation.socketUser = door.socketUser
        invocation.socketKey = door.socketKey
        invocation.approves = autoApprove
        invocation.deadline = deadline
        return invocation
    }

    func run() async throws { try await invocation.run() }
}

extension HookDesk {
    /// A desk before an installation: the one function that decides what a hook asks, whichever process it is in.
    init(_ installation: Installation) {
        self.init(
            installation.pipeline, history: CallHistory(installation.ports, reader: installation.ledger),
            servers: HookServers(installation.configuration.servers.map(HookServer.init)),
            clock: installation.ports.clock)
    }
}

extension HookServer {
    /// A server of the configuration. Of a command line with secrets in it, harnesses tell something else than is
    /// configured, so it is known by its name alone.
    init(_ server: Configuration.Server) {
        var command: UTF8String?
        var url: UTF8String?
        switch server.endpoint {
        case .program(let program):
            let words = program.arguments.map { argument -> String? in
                guard case .literal(let text) = argument.source else { return nil }
                return text
            }
            if !words.contains(nil) {
                command = UTF8String(([program.command] + words.compactMap { $0 }).joined(separator: " "))
            }
        case .url(let remote): url = UTF8String(remote.url.text)
        }
        self.init(
            alias: server.alias, builtInMap: server.builtInMap, isLocal: server.filesystem != .foreign,
            command: command, url: url)
    }
}

/// What went wrong, for an agent and its user.
enum HookFailure {
    static func sentence(_ error: any Error) -> UTF8String {
        let what =
            switch error {
            case let error as CommandFailure: error.description
            case let error as LedgerError: "its log cannot be used: \(error.message)"
            case let error as HomeError: error.message
            default: "\(error)"
            }
        return UTF8String("Writ refuses this call, because it cannot decide it: \(what)")
    }
}
