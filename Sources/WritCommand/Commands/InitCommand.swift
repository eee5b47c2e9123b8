// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeFolder
import StrictJSON

/// `writ init`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make an installation: keys, a passport, a starter policy, a configuration, an empty log.")

    @OptionGroup var home: HomeOption
    @Option(help: "The first agent's id.") var agent = "agent-passport:local"
    @Option(help: "Who answers for the agent. [default: your user name]") var owner: String?
    @Option(help: "The log's name: letters, digits, dots, slashes, hyphens. [default: a random local name]")
    var origin: String?
    @Option(help: "The IANA time zone that policies' hours are in.") var timeZone = "UTC"

    func run() async throws {
        let home = try home.resolve()
        let plan = InstallationPlan(
            agent: UTF8String(agent), owner: UTF8String(owner ?? UserAccount.name), origin: origin,
            timeZone: timeZone, policies: StarterPolicy.files)
        try await plan.carryOut(at: home)
        Output.line("Made \(home.path):")
        Output.line("  writ.yaml              the configuration")
        Output.line("  policies/starter.cedar what agents may do; read its comments, then change it")
        Output.line("  passports/             \(agent)'s passport: who holds the file is the agent")
        Output.line("  keys/                  private keys; the .pub.jwk and .vkey files are for verifiers")
        Output.line("  ledger.sqlite          the log, with ledger.sqlite.checkpoint beside it")
        Output.line("  evidence-keys.sqlite   keys of the evidence; keep it out of ordinary backups")
        Output.line()
        let option = self.home.path == nil ? "" : "--home \(home.path) "
        Output.line("Try:  writ check \(option)exec.run '{\"command\":\"ls\"}'")
    }
}
