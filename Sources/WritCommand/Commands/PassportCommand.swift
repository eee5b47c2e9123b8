// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import HomeFolder
import Passports
import Receipts
import SQLiteLedger
import StrictJSON
import WireTypes

/// `writ passport`.
struct PassportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "passport", abstract: "Agents' identities.",
        subcommands: [
            Issue.self, Import.self, Delegate.self, Show.self, Verify.self, Suspend.self, Resume.self, Revoke.self,
        ])

    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue", abstract: "Make, sign and log a passport.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The agent's id.") var agent: String
        @Option(help: "Who answers for it. [default: your user name]") var owner: String?
        @Option(name: .customLong("capability"), help: "An OAP capability; repeat for more.")
        var capabilities: [String] = []
        @Option(help: "L0, L1, L2, L3, L4KYC or L4FIN.") var assurance = "L0"
        @Option(name: .customLong("region"), help: "A region like DE or US-CA; repeat for more.")
        var regions: [String] = []
        @Option(name: .customLong("team"), help: "A team that policies can name; repeat for more.")
        var teams: [String] = []
        @Option(name: .customLong("expires"), help: "When it ends: 2027-01-31T00:00:00.000Z. [default: never]")
        var expires: String?
        @Option(name: .customLong("cnf"), help: "The public key (JWK) of its holder, who must then prove to have it.")
        var confirmation: String?
        @Option(help: "How many passports may follow in a chain, 1 to 7. [default: none]") var maxDepth: Int64?

        func run() async throws {
            var draft = PassportDraft(
                agentID: UTF8String(agent), ownerID: UTF8String(owner ?? UserAccount.name))
            draft.ownerType = owner == nil ? .user : .org
            guard let level = Assurance(wire: UTF8String(assurance)) else {
                throw CommandFailure(.usage, "--assurance is L0, L1, L2, L3, L4KYC or L4FIN, not \(assurance)")
            }
            draft.assurance = level
            draft.regions = regions.map { UTF8String($0) }
            draft.teams = teams.map { UTF8String($0) }
            draft.expiresAt = try ExpiryOption.parse(expires)
            draft.confirmation = try confirmation.map(HolderKey.publicKey)
            draft.delegation = try maxDepth.map(HolderKey.delegation)
            let names = capabilities.isEmpty ? PassportDefaults.capabilities : capabilities.map { UTF8String($0) }
            do throws(PassportError) {
                for name in names { draft.capabilities.append(try Capability(name)) }
            } catch {
                throw CommandFailure(.usage, "--capability: \(error)")
            }
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            let path = try await PassportIssuing(installation).issue(draft, actor: UTF8String(UserAccount.name))
            try installation.close()
            Output.line("Issued \(path)")
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Show, check and sign a foreign Open Agent Passport.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The foreign passport.") var file: String
        @Option(name: .customLong("agent-id"), help: "The agent's id, where the file has none or another.")
        var agent: String?
        @Option(help: "Who answers for it, where the file does not say.") var owner: String?
        @Option(help: "The assurance that you vouch for.") var assurance: String?
        @Option(name: .customLong("expires"), help: "When it ends.") var expires: String?
        @Flag(help: "Only show what would be signed.") var dryRun = false

        func run() async throws {
            var options = ImportOptions()
            options.agentID = agent.map { UTF8String($0) }
            options.ownerID = owner.map { UTF8String($0) }
            options.expiresAt = try ExpiryOption.parse(expires)
            if let assurance {
                guard let level = Assurance(wire: UTF8String(assurance)) else {
                    throw CommandFailure(.usage, "--assurance is L0, L1, L2, L3, L4KYC or L4FIN, not \(assurance)")
                }
                options.assurance = level
            }
            let bytes = try InputFile.read(file, limit: 256 << 10)
            let clock = SystemClock()
            let imported: PassportImport
            do throws(PassportError) {
                imported = try PassportImport(
                    reading: bytes, options: options,
                    id: UUIDv7(time: clock.now(), random: SystemRandom().bytes(10)), at: clock.now())
            } catch {
                throw CommandFailure(.data, "\(file): \(error)")
            }
            for finding in imported.findings { Output.line(Output.escaped(UTF8String(finding.description))) }
            if dryRun { return Output.json(imported.passport.json, pretty: true) }
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            let path = try await PassportIssuing(installation).issue(
                imported.passport, actor: UTF8String(UserAccount.name))
            try installation.close()
            Output.line("Signed \(path)")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show a passport and what it counts for now.")
        @OptionGroup var home: HomeOption
        @Argument(help: "A file, or an agent's id.") var passport: String
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let found = try PassportLookup(home.resolve(), passport)
            if json { return Output.bytes(found.file.canonicalBytes + [0x0a]) }
            let passport = found.passport
            // Of a chain that verifies, what the whole of it gives.
            let authority = found.verified?.authority ?? found.claimed
            Output.line("agent         \(Output.escaped(passport.agentID))")
            Output.line("owner         \(Output.escaped(passport.ownerID)) (\(passport.ownerType.rawValue))")
            Output.line("assurance     \(authority.assurance.rawValue)")
            Output.line("capabilities  \(authority.capabilities.map { Output.escaped($0.id) }.joined(separator: ", "))")
            Output.line("regions       \(authority.regions.map(Output.escaped).joined(separator: ", "))")
            Output.line("teams         \(authority.teams.map(Output.escaped).joined(separator: ", "))")
            Output.line("expires       \(authority.expiresAt?.text ?? "never")")
            if passport.confirmation != nil { Output.line("bound to      a key of its holder") }
            for ancestor in found.verified?.ancestors.reversed() ?? [] {
                Output.line("on behalf of  \(Output.escaped(ancestor.passport.agentID)) \(ancestor.digest.base64URL)")
            }
            Output.line("signed by     \(found.issuer ?? "nobody this installation trusts")")
            Output.line("standing      \(found.standing.rawValue)")
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Verify a passport's signature and standing; exit status 0 or 1.")
        @OptionGroup var home: HomeOption
        @Argument(help: "A file, or an agent's id.") var passport: String

        func run() throws {
            let found = try PassportLookup(home.resolve(), passport)
            guard let issuer = found.issuer else {
                Output.line("not verified: \(found.problem ?? "no trusted issuer signed it")")
                throw ExitStatus.denied.exitCode
            }
            Output.line("signed by \(issuer); standing: \(found.standing.rawValue)")
            if found.standing != .active { throw ExitStatus.denied.exitCode }
        }
    }

    struct Suspend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "suspend", abstract: "Refuse an agent from the next decision on, until it is resumed.")
        @OptionGroup var change: StandingChange
        func run() async throws {
            try await change.commit("suspended") { .passportSuspended(agentID: $0, reason: $1) }
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume", abstract: "Believe a suspended agent's passport again.")
        @OptionGroup var change: StandingChange
        func run() async throws {
            try await change.commit("resumed") { .passportResumed(agentID: $0, reason: $1) }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "revoke", abstract: "Refuse an agent for ever.")
        @OptionGroup var change: StandingChange
        func run() async throws {
            try await change.commit("revoked") { .passportRevoked(agentID: $0, reason: $1) }
        }
    }
}

/// An act on an agent's standing. It is an event in the log; the file stays as it is.
struct StandingChange: ParsableArguments {
    @OptionGroup var home: HomeOption
    @Argument(help: "The agent's id.") var agent: String
    @Option(help: "Why; logged.") var reason: String

    func commit(_ done: String, _ details: (UTF8String, UTF8String) -> EventDetails) async throws {
        let reason = try OperatorText.checked(reason)
        let agent = try OperatorText.name(agent, for: "an agent's id")
        let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
        let known = try PassportFolder(installation.home).path(of: agent) != nil
        if try installation.ledger.state().standings[agent] == .revoked {
            throw CommandFailure(.data, "\(Output.escaped(agent)) is revoked, which is for ever")
        }
        try await installation.events.commit(details(agent, reason), actor: UTF8String(UserAccount.name))
        installation.wakeEnforcers()
        try installation.close()
        Output.line("\(Output.escaped(agent)): \(done)")
        if !known { Output.note("writ: note: no passport in this folder names \(Output.escaped(agent))") }
    }
}

/// A passport by file or agent, and what this installation makes of it.
struct PassportLookup {
    let file: PassportChain
    let passport: Passport
    let claimed: Authority
    let verified: VerifiedPassport?
    let issuer: String?
    let problem: String?
    let standing: Standing

    init(_ home: Home, _ name: String) throws {
        let path: String
        if FileAccess.exists(name) {
            path = name
        } else if let found = try PassportFolder(home).path(of: UTF8String(name)) {
            path = found
        } else {
            throw CommandFailure(
                .data, "there is no file \(name), and no passport of such an agent in \(home.passports)")
        }
        let configuration = try Configuration.read(home)
        do {
            file = try PassportChain(parsing: PassportFolder.read(path))
            passport = try file.leaf.claimedPassport()
            claimed = Authority(passport)
        } catch let error as PassportError {
            throw CommandFailure(.data, "\(path): \(error)")
        }
        let rulebook = try Installation.maker.rulebook(configuration, [], .none)
        do throws(PassportError) {
            verified = try file.verified(by: rulebook.issuers)
            problem = nil
        } catch {
            verified = nil
            problem = error.problem
        }
        issuer = verified.map { Output.escaped($0.issuer) }
        let standings = try Archive.open(home).ledger.state().standings
        let line = verified.map { [$0.passport] + $0.ancestors.reversed().map(\.passport) } ?? [passport]
        let all = line.map { passport in
            passport.standing(
                at: SystemClock().now(),
                logged: LoggedStatus(rawValue: standings[passport.agentID]?.rawValue ?? "none") ?? .revoked)
        }
        standing = all.first { $0 != .active } ?? .active
    }
}

/// A moment on the command line.
enum ExpiryOption {
    static func parse(_ text: String?) throws -> Timestamp? {
        guard let text else { return nil }
        guard let time = Timestamp(parsing: text) else {
            throw CommandFailure(.usage, "--expires is a time in UTC like 2027-01-31T00:00:00.000Z, not \(text)")
        }
        return time
    }
}
