// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeFolder
import StrictJSON

/// `writ init`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make an installation: keys, a passport, a starter policy, a configuration, an empty log.",
        discussion: """
            writ init --from ~/.cursor/mcp.json

            --from puts the servers of an MCP client's file behind Writ: Claude, Cursor, Gemini and others (`mcpServers`), \
            VS Code (`servers`), Codex (config.toml). In an installation that is there it adds what is new, and \
            overwrites nothing. Each new server is started once, to list, pin and approve its tools. What to put into the \
            client's file is printed; the file itself is never changed.

            --policy is what agents may do at first: tools (a few plain commands, and servers' tools one by one), observe \
            (everything; receipts say what coding-agent would refuse), coding-agent (ordinary development in a project), \
            strict (looking and editing in a project, with named programs). Each is a file with comments, to be changed.
            """)

    @OptionGroup var home: HomeOption
    @Option(help: "The first agent's id.") var agent = "agent-passport:local"
    @Option(help: "Who answers for the agent. [default: your user name]") var owner: String?
    @Option(help: "The log's name: letters, digits, dots, slashes, hyphens. [default: a random local name]")
    var origin: String?
    @Option(help: "The IANA time zone that policies' hours are in.") var timeZone = "UTC"
    @Option(help: "What agents may do at first: tools, observe, coding-agent or strict.")
    var policy = StarterPolicy.tools
    @Option(help: "An MCP client's configuration, whose servers are to be behind Writ.") var from: String?
    @Flag(help: "With --from: start no server, so pin no tools.") var noStart = false
    @Flag(help: "With --from: print one entry for all servers, whose tools are then called ALIAS__TOOL.")
    var oneEntry = false

    func run() async throws {
        let home = try home.resolve()
        guard let from else {
            guard !noStart, !oneEntry else {
                throw CommandFailure(.usage, "--no-start and --one-entry go with --from")
            }
            try await make(home)
            let option = self.home.path == nil ? "" : "--home \(ShellQuoting.quoted(home.path)) "
            return Output.line("Try:  writ check \(option)exec.run '{\"command\":\"ls\"}'")
        }
        // Read first: nothing is made for a file that cannot be used.
        let path = try WorkingDirectory.absolute(from)
        let file: ClientFile
        do throws(HomeError) { file = try ClientFile.read(path, home: UserAccount.home) } catch {
            throw CommandFailure(.data, Output.escaped(UTF8String(error.message)))
        }
        if FileAccess.exists(home.configuration) {
            Output.line("\(home.path) is an installation already: what is new is added.")
            Output.line()
        } else {
            try await make(home)
        }
        var clientImport = ClientImport(file: file, path: path, home: home, lister: noStart ? nil : ServerToolLister())
        clientImport.isOne = oneEntry
        try await clientImport.carryOut()
    }

    private func make(_ home: Home) async throws {
        let program = try DaemonProgram.ownPath()
        // Effects have paths without links.
        let place = SystemPaths().resolve(UTF8String(home.path)).first?.string ?? home.path
        let plan = InstallationPlan(
            agent: UTF8String(agent), owner: UTF8String(owner ?? UserAccount.name), origin: origin,
            timeZone: timeZone,
            policies: try StarterPolicy.files(named: policy, home: place, programs: [program, program + "d"]))
        try await plan.carryOut(at: home)
        Output.line("Made \(home.path):")
        Output.line("  writ.yaml              the configuration")
        let file = "policies/\(policy.fileName)".padding(to: 22)
        Output.line("  \(file) what agents may do; read its comments, then change it")
        Output.line("  passports/             \(agent)'s passport: who holds the file is the agent")
        Output.line("  keys/                  private keys; the .pub.jwk and .vkey files are for verifiers")
        Output.line("  ledger.sqlite          the log, with ledger.sqlite.checkpoint beside it")
        Output.line("  evidence-keys.sqlite   keys of the evidence; keep it out of ordinary backups")
        Output.line()
    }
}
