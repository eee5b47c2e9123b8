// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Effects
import Glibc
import HomeFolder
import SQLiteLedger
import StrictJSON

/// `writ check TOOL JSON`.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Decide one call, log the decision, print the answer.",
        discussion: """
            TOOL is one of the names in docs/commands.md, exactly as written there (exec.run, file.read, web.fetch, ...), \
            or SERVER/TOOL for a server of the configuration and a tool that a map describes.
            The passport is --passport, else $WRIT_PASSPORT, else that of `agent:` in the configuration, else the only \
            file in passports/. With --token-file the caller is who the token says, where an issuer of `issuers:` whose \
            keys are in a file has signed it (docs/identity.md); a token is never an argument.
            A passport that is bound to a key takes --passport-key, or `agent_key:` in the configuration.
            Exit status: 0 allow, 1 deny, 64 usage, 74 nothing could be logged, 78 configuration.
            """)

    @OptionGroup var home: HomeOption
    @OptionGroup var call: CallOptions
    @Option(name: .customLong("token-file"), help: "A file with the caller's token, for its owner alone (mode 600).")
    var tokenFile: String?
    @Option(help: "Echoed in the receipt.") var nonce: String?
    @Option(help: "The session that the receipt names.") var session: String?
    @OptionGroup var door: DoorOptions
    @Flag(help: "Print JSON on a terminal too.") var json = false

    func run() async throws {
        if let door = try door.door() { return try ask(door) }
        let home = try home.resolve()
        guard tokenFile == nil || (call.passport == nil && call.passportKey == nil) else {
            throw CommandFailure(.usage, "give either --passport or --token-file, not both")
        }
        let question = try CheckQuestion(
            call, tokenFile: tokenFile, session: session, nonce: nonce, asJSON: json || !Output.isTerminal)
        // Before a key, the configuration or the ledger is read: that is what the daemon saves.
        let answer: ProcessAnswer
        if let found = DaemonClient.answer(.check(question), home, milliseconds: DaemonLimits.patienceMilliseconds) {
            answer = found
        } else {
            let installation = try Installation.open(home, lifetime: .oneShot)
            try installation.mayDecideAlone()
            answer = try await question.answer(installation)
            try installation.close()
        }
        try Self.end(answer)
    }

    private func ask(_ door: AnswerDoor) throws {
        guard call.passport == nil, call.passportKey == nil, tokenFile == nil, home.path == nil else {
            throw CommandFailure(
                .usage, "with --socket nothing is read here: neither --home nor --passport nor --token-file")
        }
        var question = try CheckQuestion(call, session: session, nonce: nonce, asJSON: json || !Output.isTerminal)
        // A variable is no way to be somebody else.
        question.passport = nil
        try Self.end(DoorClient.ask(.check(question), door, milliseconds: DaemonLimits.doorMilliseconds))
    }

    private static func end(_ answer: ProcessAnswer) throws {
        Output.bytes(answer.output)
        Output.errors(answer.errors)
        if answer.status != ExitStatus.success.rawValue { throw ExitCode(answer.status) }
    }
}

/// Which passport is meant where none is named.
enum PassportChoice {
    /// That of the configuration's agent, else the only one there is; `nil` where there is none.
    static func path(_ home: Home, _ configuration: Configuration) throws -> String? {
        let folder = PassportFolder(home)
        if let agent = configuration.agent {
            // Also where it is missing: the refusal should say so, not fall back on somebody else's passport.
            return try folder.path(of: agent) ?? "\(home.passports)/(\(agent))"
        }
        let paths = try folder.paths()
        guard paths.count <= 1 else {
            throw CommandFailure(
                .usage,
                "there are \(paths.count) passports in \(home.passports); name one with --passport, or set `agent:` in "
                    + home.configuration)
        }
        return paths.first
    }

    /// A passport as it is shown, with the proof that whoever shows it has the key that it is bound to.
    ///
    /// - Parameters:
    ///   - passport: `nil` for the configuration's.
    ///   - key: the file with that key; without it the configuration's, which is that of its own passport.
    static func credential(
        _ passport: String?, key: String?, _ home: Home, _ configuration: Configuration
    ) throws -> Credential {
        guard let path = try passport ?? path(home, configuration) else { return .none }
        return PassportFolder.credential(
            path, key: key ?? (passport == nil ? configuredKey(home, configuration) : nil),
            challenge: SystemRandom().bytes(32))
    }

    /// The key of the passport that is used where none is named, where it has one.
    static func configuredKey(_ home: Home, _ configuration: Configuration) -> String? {
        configuration.agentKey.map { $0.hasPrefix("/") ? $0 : "\(home.path)/\($0)" }
    }
}

/// A tool as the command line names it.
struct NamedTool {
    var server: UTF8String
    var tool: UTF8String
    var pack: UTF8String?
    var builtInMap: UTF8String?
    /// Whether the name is of the exact table, so that the tool is known even where nothing is known of its arguments.
    var isInTable = false
    private var configured: Configuration.Server?

    init(_ name: String, _ configuration: Configuration) {
        let whole = UTF8String(name)
        server = APortNames.server
        tool = whole
        if let known = APortNames[whole] {
            (server, tool, pack, builtInMap) = (known.tool.server, known.tool.tool, known.pack, "aport")
            isInTable = true
        } else if let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")),
            let server = configuration.servers.first(where: { $0.alias == UTF8String(String(name[..<slash])) })
        {
            self.server = server.alias
            tool = UTF8String(String(name[name.index(after: slash)...]))
            builtInMap = server.builtInMap
            configured = server
        } else if let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")),
            ToolMaps.harnesses.contains(UTF8String(String(name[..<slash])))
        {
            // A coding agent's own tool: its alias and its map have the agent's name.
            server = UTF8String(String(name[..<slash]))
            tool = UTF8String(String(name[name.utf8.index(after: slash)...]))
            builtInMap = server
        }
    }

    /// - Parameter here: the folder of whoever asks; `nil` for this process's.
    func place(_ workingDirectory: String?, project: String?, here: String? = nil) throws -> WorkingPlace {
        var start = workingDirectory ?? configured?.root
        if start == nil, case .program(let program) = configured?.endpoint { start = program.workingDirectory }
        let path = try start.map { try WorkingDirectory.absolute($0) } ?? here ?? WorkingDirectory.current()
        let isLocal = configured?.filesystem != .foreign
        let root = try project.map { try WorkingDirectory.absolute($0) }
        return WorkingPlace(
            workingDirectory: UTF8String(path), home: UserAccount.home.map { UTF8String($0) },
            project: isLocal ? ProjectFolder.containing(path, named: root) : UTF8String(root ?? path),
            isLocal: isLocal)
    }
}
