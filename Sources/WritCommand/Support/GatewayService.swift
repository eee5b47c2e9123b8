// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Effects
package import Gateway
import Glibc
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import WireTypes

/// The gateway on standard input and output, as the command line asks for it.
package enum GatewayService {
    /// Serves until the client or the wrapped server ends; then throws the exit status, as commands do.
    ///
    /// - Parameter http: reaches servers with a URL; without it `writd` is executed where there are such.
    package static func run(_ options: GatewayOptions, http: (any TransportFactory)?) async throws {
        let home = try options.home.resolve()
        var notes: [String] = []
        let behind = try behind(options, try Configuration.read(home)) { notes.append($0) }
        if http == nil, behind.needsHTTP { try DaemonProgram.exec(Array(CommandLine.arguments.dropFirst())) }
        for note in notes { Output.note(note) }

        let installation = try Installation.open(home, lifetime: .service)
        let ports = installation.ports
        try await installation.beginService()
        let session = UUIDv7(time: ports.clock.now(), random: ports.random.bytes(10))
        let door = StdioDoor(
            behind, credential: try credential(options, installation), pipeline: installation.pipeline,
            sessionID: session.text, key: try installation.sealingKey(), clock: ports.clock, random: ports.random,
            http: http, limits: installation.gatewayLimits, note: Output.note)
        let watch = try KillWatch.start(installation, as: "gateway")
        let running = Task { await door.run(input: STDIN_FILENO, output: STDOUT_FILENO) }
        TerminationSignals.watch { running.cancel() }
        let status = await running.value
        watch.stop()
        try installation.close()
        throw ExitCode(status)
    }

    private static func credential(_ options: GatewayOptions, _ installation: Installation) throws -> Credential {
        for (option, path) in [("--passport", options.passport), ("--passport-key", options.passportKey)] {
            guard let path, !path.hasPrefix("/") else { continue }
            throw CommandFailure(.usage, "\(option) must be an absolute path here, not \(path)")
        }
        let (home, configuration) = (installation.home, installation.configuration)
        return noted(
            try PassportChoice.credential(options.passport, key: options.passportKey, home, configuration),
            try options.passport ?? PassportChoice.path(home, configuration) ?? "")
    }

    /// Whoever starts the gateway hears of a passport that cannot be read; its client hears it with each refusal.
    private static func noted(_ credential: Credential, _ path: String) -> Credential {
        if case .unreadable(let why) = credential {
            Output.note("writ: note: \(path): \(why); every call will be refused")
        }
        return credential
    }

    private static func behind(
        _ options: GatewayOptions, _ configuration: Configuration, note: (String) -> Void
    ) throws -> StdioDoor.Behind {
        guard options.command.isEmpty else { return .wrapped(try wrapped(options)) }
        let given = [
            ("--name", options.name), ("--filesystem", options.filesystem), ("--map", options.map),
            ("--pins", options.pins),
        ].first { $0.1 != nil }
        if let (option, _) = given {
            throw CommandFailure(
                .usage, "\(option) is about a command after --; for a server of the configuration, writ.yaml says it")
        }
        let aliases = configuration.servers.map(\.alias.string).joined(separator: ", ")
        if let server = options.server {
            let alias = UTF8String(server)
            guard let known = configuration.servers.first(where: { $0.alias == alias }) else {
                throw CommandFailure(
                    .usage, "the configuration has no server \(server); it has \(aliases.isEmpty ? "none" : aliases)")
            }
            return .servers([try ServerDescriptions.description(known)], .server(alias))
        }
        guard !configuration.servers.isEmpty else {
            throw CommandFailure(
                .usage,
                "the configuration has no servers; name one by its command after --, or put some into writ.yaml: "
                    + "`writ init --from FILE` adds a client's")
        }
        return .servers(try ServerDescriptions.all(configuration, note: note), .everything)
    }

    private static func wrapped(_ options: GatewayOptions) throws -> ServerDescription {
        guard options.server == nil else {
            throw CommandFailure(.usage, "give either --server or a command after --, not both")
        }
        let program = options.command.first ?? ""
        let filesystem: Configuration.FileSystem = try choice("--filesystem", options.filesystem, .local)
        let pins: ServerDescription.FirstSight = try choice("--pins", options.pins, .quarantine)
        let alias = UTF8String(options.name ?? String(program.split(separator: "/").last ?? ""))
        guard Configuration.Server.isAlias(alias) else {
            throw CommandFailure(
                .usage,
                "policies cannot call the server \(Output.escaped(alias)): an alias has 1 to 16 of a-z, 0-9 and hyphen "
                    + "and is no verb; give one with --name")
        }
        var server = try ServerDescriptions.program(
            alias: alias, command: program, arguments: Array(options.command.dropFirst()), filesystem: filesystem,
            firstSight: pins)
        if let map = options.map {
            guard ToolMaps.builtInNames.contains(UTF8String(map)) else {
                let names = ToolMaps.builtInNames.map(\.string).joined(separator: ", ")
                throw CommandFailure(.usage, "there is no built-in tool map \(map); there are \(names)")
            }
            server.builtInMap = UTF8String(map)
        }
        return server
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ option: String, _ text: String?, _ standard: Choice
    ) throws -> Choice {
        guard let text else { return standard }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: " or ")
            throw CommandFailure(.usage, "\(option) is \(words), not \(text)")
        }
        return choice
    }
}

extension StdioDoor.Behind {
    /// Whether a server of it is reached by URL.
    fileprivate var needsHTTP: Bool {
        switch self {
        case .wrapped: false
        case .servers(let servers, _):
            servers.contains { server in
                if case .http = server.endpoint { true } else { false }
            }
        }
    }
}
