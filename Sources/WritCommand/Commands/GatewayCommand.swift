// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Effects
import Gateway
import Glibc
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// `writ gateway`.
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway",
        abstract: "Be an MCP server on stdio that stands before another one.",
        discussion: """
            writ gateway --name git -- mcp-server-git --repository /srv/repo
            writ gateway --server docs        (from the configuration)

            Every tools/call is decided, signed and logged before it is forwarded. Paths on this command line are \
            absolute, and the environment changes nothing, since an agent may be who sets it: without --home the folder \
            is ~/.writ, whatever $WRIT_HOME says.
            """)

    @OptionGroup var home: HomeOption
    @Option(help: "What policies call the server: 1 to 16 of a-z, 0-9, hyphen. [default: the program's name]")
    var name: String?
    @Option(help: "A server of the configuration, by its alias.") var server: String?
    @Option(help: "The passport file, absolute. [default: the configuration's agent's, else the only one]")
    var passport: String?
    @Option(help: "local: its files are this machine's; foreign: another's.") var filesystem = "local"
    @Option(help: "The built-in tool map that fits the server. [default: that of the program's name, if there is one]")
    var map: String?
    @Argument(parsing: .postTerminator, help: "The server's command, after --.") var command: [String] = []

    func run() async throws {
        let home = try home.resolveWithoutEnvironment()
        let installation = try Installation.open(home, lifetime: .service)
        let upstream = try upstream(installation.configuration)
        let ports = installation.ports
        try await installation.pipeline.activateRules()
        try await installation.events.commit(
            .boot(
                engine: UTF8String("writ/\(Engine.version)"), size: UInt64(max(0, try ports.ledger.state().size)),
                root: nil, previous: nil), actor: "writ")
        let session = UUIDv7(time: ports.clock.now(), random: ports.random.bytes(10))
        let gateway = StdioGateway(
            upstream: upstream, credential: try credential(installation), pipeline: installation.pipeline,
            sessionID: session.text, note: Output.note)
        let running = Task { await gateway.run(input: STDIN_FILENO, output: STDOUT_FILENO) }
        TerminationSignals.watch { running.cancel() }
        let status = await running.value
        try installation.close()
        throw ExitCode(status)
    }

    private func credential(_ installation: Installation) throws -> Credential {
        if let passport {
            guard passport.hasPrefix("/") else {
                throw CommandFailure(.usage, "--passport must be an absolute path here, not \(passport)")
            }
            return PassportFolder.credential(passport)
        }
        guard let path = try PassportChoice.path(installation.home, installation.configuration) else { return .none }
        return PassportFolder.credential(path)
    }

    private func upstream(_ configuration: Configuration) throws -> Upstream {
        if let server {
            guard command.isEmpty, name == nil else {
                throw CommandFailure(.usage, "give either --server or a command after --, not both")
            }
            guard let known = configuration.servers.first(where: { $0.alias == UTF8String(server) }) else {
                let aliases = configuration.servers.map(\.alias.string).joined(separator: ", ")
                throw CommandFailure(
                    .usage, "the configuration has no server \(server); it has \(aliases.isEmpty ? "none" : aliases)")
            }
            return try UpstreamChoice.upstream(known)
        }
        guard let program = command.first else {
            throw CommandFailure(.usage, "name a server: --server ALIAS, or its command after --")
        }
        guard let filesystem = Configuration.FileSystem(rawValue: filesystem) else {
            throw CommandFailure(.usage, "--filesystem is local or foreign, not \(filesystem)")
        }
        let alias = UTF8String(name ?? String(program.split(separator: "/").last ?? ""))
        guard Configuration.Server.isAlias(alias) else {
            throw CommandFailure(
                .usage,
                "policies cannot call the server \(Output.escaped(alias)): an alias has 1 to 16 of a-z, 0-9 and hyphen "
                    + "and is no verb; give one with --name")
        }
        var upstream = try UpstreamChoice.upstream(
            alias: alias, command: program, arguments: Array(command.dropFirst()), filesystem: filesystem)
        if let map {
            guard ToolMaps.builtInNames.contains(UTF8String(map)) else {
                let names = ToolMaps.builtInNames.map(\.string).joined(separator: ", ")
                throw CommandFailure(.usage, "there is no built-in tool map \(map); there are \(names)")
            }
            upstream.builtInMap = UTF8String(map)
        }
        return upstream
    }
}

/// A server to start, from the configuration or the command line.
enum UpstreamChoice {
    static func upstream(_ server: Configuration.Server) throws -> Upstream {
        let known = try ServerDescriptions.description(server)
        guard case .process(let program) = known.endpoint else {
            throw CommandFailure(.usage, "\(server.alias) has a `url`; this program starts servers")
        }
        return Upstream(
            alias: known.alias, command: program.command, arguments: program.arguments,
            environment: program.environment, workingDirectory: program.workingDirectory, place: known.place,
            digest: known.digest, builtInMap: known.builtInMap)
    }

    static func upstream(
        alias: UTF8String, command: String, arguments: [String], filesystem: Configuration.FileSystem
    ) throws -> Upstream {
        let line = JSON.array((["stdio", command] + arguments).map { .text($0) })
        return Upstream(
            alias: alias, command: command, arguments: arguments, environment: environment(adding: [:]),
            workingDirectory: nil,
            place: WorkingPlace(
                workingDirectory: UTF8String(try WorkingDirectory.current()),
                home: UserAccount.home.map { UTF8String($0) }, isLocal: filesystem == .local),
            digest: Digest(SHA256.hash(data: line.serialized())), builtInMap: BuiltInMap.name(ofProgram: command))
    }

    /// This process's environment without Writ's own variables, and with the server's.
    private static func environment(adding own: [String: String]) -> [String] {
        var variables: [String] = []
        var pointer = environ
        while let variable = pointer.pointee {
            let text = String(cString: variable)
            let name = String(text.prefix { $0 != "=" })
            if !name.hasPrefix("WRIT_"), own[name] == nil { variables.append(text) }
            pointer += 1
        }
        return variables + own.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
}
