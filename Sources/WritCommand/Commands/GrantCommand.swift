// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Effects
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import WireTypes

/// `writ grant`.
struct GrantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grant", abstract: "Give one agent named tools for one task and a short time; see and end that.",
        discussion: "See docs/grants.md.", subcommands: [Give.self, List.self, Show.self, Revoke.self],
        defaultSubcommand: Give.self)

    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "give", abstract: "Give one agent named tools for a time. What `writ grant AGENT` does.",
            discussion: """
                A grant is a Cedar policy of its own that permits the calls of these tools to this agent until its time is \
                over. It is in force from the next decision on, logged, and never stronger than a policy's forbid, a kill \
                switch or the passport.

                --where tests parameters; all tests must hold, and a parameter that is not there holds none. `=` compares \
                text, * standing for any text (`path=/reports/*`); `==` compares exactly; `<`, `<=`, `>`, `>=` compare \
                numbers; `in ["a","b"]` is one of a list, or of a list each element. The parameter is a name, a name in \
                quotes, or a JSON pointer (`/filter/owner == me`). SERVER/TOOL:TEST is of that tool alone.

                A call needs its effects permitted too: the files it reads, the hosts it connects to, the money it spends. \
                A grant permits those that --effects names, for the granted calls alone; others are for the policies. \
                Write read:/reports/**, write:/out/q1.csv, connect:api.example.com, connect:*.example.com, \
                execute:git, query:sales.public.orders, send:*@example.com, spend:merchant-17, opaque:arguments.

                What holds outside of grants says `grants:` in writ.yaml: `default: policy` (grants only permit more), \
                `deny` (an agent may do only what grants cover) or `ask` (somebody must approve it).

                Exit status: 0 given; 64 a test or an effect is none; 65 no such tool or parameter, a value that does not \
                fit, or too many grants.
                """)
        @OptionGroup var home: HomeOption
        @Argument(help: "The agent, by its exact id.") var agent: String
        @Option(name: .customLong("tool"), help: "A tool, as SERVER/TOOL (repeat).") var tools: [String] = []
        @Option(name: .customLong("where"), help: "A test of a parameter (repeat).") var tests: [String] = []
        @Option(
            name: .customLong("effects"),
            help: "What the calls may touch besides what policies permit, as VERB:RESOURCE (repeat).")
        var effects: [String] = []
        @Option(name: .customLong("for"), help: "How long: 30m, 8h; at most 24h.") var duration: String
        @Option(help: "Why; logged in clear.") var reason: String
        @Option(help: "What it is for, as the user said it; kept encrypted with the agent's evidence.")
        var task: String?
        @Option(help: "Only in this session, as receipts name it.") var session: String?
        @Option(help: "Who gives it; logged. [default: your user name]") var actor: String?
        @Flag(help: "Print the policy, and give nothing.") var dryRun = false
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let reason = try OperatorText.checked(reason)
            let actor = try actor.map { try OperatorText.name($0, for: "--actor") } ?? UTF8String(UserAccount.name)
            guard let milliseconds = ConfiguredDuration.milliseconds(UTF8String(duration)),
                (1...TaskGrant.millisecondsMax).contains(milliseconds)
            else {
                throw CommandFailure(
                    .usage,
                    "--for is a whole number and one of m, h, at most 24h, as in 30m; not "
                        + Output.escaped(UTF8String(duration)))
            }
            let home = try home.resolve()
            let installation = try Installation.open(home, lifetime: .oneShot)
            let rulebook: Rulebook
            do throws(RulebookError) { rulebook = try installation.ports.rules.current() } catch {
                throw CommandFailure(.configuration, "\(error)")
            }
            guard rulebook.takesGrants else {
                throw CommandFailure(
                    .configuration,
                    "in mode protected a grant counts only where the sealed configuration has `grants:`; see docs/grants.md"
                )
            }
            let granting = try GrantedTools(tools, home, installation.ledger, rulebook)
            let wanted: GrantPolicy
            do throws(GrantMistake) {
                wanted = try GrantPolicy(
                    agentID: UTF8String(agent), tools: granting.tools, tests: tests.map { UTF8String($0) },
                    effects: effects.map { UTF8String($0) }, session: session.map { UTF8String($0) })
            } catch {
                throw CommandFailure(.usage, Output.escaped(UTF8String(error.description)))
            }
            let now = installation.ports.clock.now()
            let until = now.adding(milliseconds: milliseconds)
            let id = UUIDv7(time: now, random: installation.ports.random.bytes(10))
            let text = try granting.policy(wanted, id: id, until: until)
            for note in try granting.notes(wanted, rulebook, home) { Output.note("writ: note: \(note)") }
            guard !dryRun else {
                try installation.close()
                return Output.bytes(text.bytes)
            }
            let given = try await installation.events.give(
                text, id: id, to: wanted.agentID, until: until, session: wanted.session, reason: reason,
                task: task.map { UTF8String($0) }, actor: actor)
            try installation.close()
            switch given {
            case .failure(let mistake): throw CommandFailure(.data, Output.escaped(UTF8String(mistake.description)))
            case .success(let grant):
                if json { return Output.json(grant.json, pretty: false) }
                Output.line(grant.line)
                Output.bytes(text.bytes)
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The grants in force, by agent; those that are over are in the log.")
        @OptionGroup var home: HomeOption
        @Option(help: "Only of this agent.") var agent: String?
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let now = SystemClock().now()
            let grants = try Archive.open(home.resolve()).ledger.state().grants.all.filter { grant in
                now < grant.until && agent.map { UTF8String($0) == grant.agentID } ?? true
            }.sorted { ($0.agentID, $0.id) < ($1.agentID, $1.id) }
            if json { return Output.json(.array(grants.map(\.json)), pretty: false) }
            if grants.isEmpty { Output.line("No grant is in force.") }
            for grant in grants { Output.line(grant.line) }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One grant: its policy, who gave it, why, and whether it is in force.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The grant's id.") var grant: String
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let logged = try LoggedGrant(grant, Archive.open(home.resolve()))
            if json { return Output.json(logged.json, pretty: Output.isTerminal) }
            for line in logged.lines { Output.line(line) }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "End a grant, or all of an agent's, from the next decision on; logged.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The grant's id.") var grant: String?
        @Option(help: "All grants of this agent.") var agent: String?
        @Option(help: "Why; logged.") var reason: String
        @Option(help: "Who ends it; logged. [default: your user name]") var actor: String?

        func run() async throws {
            guard (grant == nil) != (agent == nil) else {
                throw CommandFailure(.usage, "name a grant, or --agent; not both")
            }
            let reason = try OperatorText.checked(reason)
            let actor = try actor.map { try OperatorText.name($0, for: "--actor") } ?? UTF8String(UserAccount.name)
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            let now = installation.ports.clock.now()
            let found = try installation.ledger.state().grants.all.filter { candidate in
                now < candidate.until
                    && (grant.map { UUIDv7(parsing: $0) == candidate.id } ?? true)
                    && (agent.map { UTF8String($0) == candidate.agentID } ?? true)
            }
            guard !found.isEmpty else {
                let what = Output.escaped(UTF8String(grant ?? agent ?? ""))
                throw CommandFailure(.data, "no grant of \(what) is in force; see `writ grant list`")
            }
            for grant in found {
                try await installation.events.revoke(grant, reason: reason, actor: actor)
                Output.line("revoked  \(grant.id)  of \(Output.escaped(grant.agentID))")
            }
            try installation.close()
        }
    }
}

extension TaskGrant {
    /// For programs.
    var json: JSON {
        [
            "id": .text(id.text), "agent_id": .string(agentID), "policy": .text(policy.base64URL),
            "session": session.map(JSON.string) ?? .null, "given_at": .text(givenAt.text), "until": .text(until.text),
        ]
    }

    /// For people.
    var line: String {
        "\(id)  \(Output.escaped(agentID))  until \(until)"
            + (session.map { "  in session \(Output.escaped($0))" } ?? "")
    }
}

/// A grant as the log has it, in force or not.
private struct LoggedGrant {
    private let event: Event
    private let index: Int64
    private let grant: TaskGrant
    private let reason: UTF8String
    private let state: String
    private let policy: [UInt8]
    private let task: UTF8String?
    private let hasTask: Bool

    init(_ text: String, _ archive: Archive) throws {
        guard let id = UUIDv7(parsing: text) else {
            throw CommandFailure(.usage, "\(Output.escaped(UTF8String(text))) is no id; see `writ grant list`")
        }
        guard let logged = try archive.ledger.event(id), let event = try SignedEntry(parsing: logged.bytes).event,
            case .grantGiven(_, let agent, let policy, let until, let session, let reason, let task) = event.details
        else { throw CommandFailure(.data, "there is no grant \(id) in this log; see `writ grant list`") }
        self.event = event
        self.reason = reason
        index = logged.index
        grant = TaskGrant(
            id: id, agentID: agent, policy: policy, session: session, givenAt: event.at, until: until)
        if SystemClock().now() >= until {
            state = "over"
        } else {
            state = try archive.ledger.state().grants[id] == nil ? "revoked" : "in force"
        }
        guard let bytes = try archive.ledger.content(policy) else {
            throw CommandFailure(.ledger, "the record has no policy of the grant \(id); run `writ fsck`")
        }
        self.policy = bytes
        hasTask = task != nil
        if let sealed = try archive.ledger.evidence(of: id) {
            let keys = try SQLiteEvidenceKeys.open(at: archive.home.evidenceKeys)
            self.task = try EvidenceArchive.task(sealed, of: event, keys: keys)
        } else {
            self.task = nil
        }
    }

    var json: JSON {
        var object = grant.json.object ?? JSONObject()
        object["state"] = .text(state)
        object["actor"] = .string(event.actor)
        object["reason"] = .string(reason)
        object["entry"] = .integer(index)
        object["text"] = .string(UTF8String(validating: policy) ?? "")
        object["task"] = task.map(JSON.string) ?? .null
        return .object(object)
    }

    var lines: [String] {
        var lines = [
            "grant     \(grant.id): \(state)", "agent     \(Output.escaped(grant.agentID))",
            "from      \(grant.givenAt), by \(Output.escaped(event.actor)), entry \(index)",
            "until     \(grant.until)", "reason    \(Output.escaped(reason))",
        ]
        if let session = grant.session { lines.append("session   \(Output.escaped(session))") }
        if let task { lines.append("task      \(Output.escaped(task))") }
        if task == nil, hasTask { lines.append("task      erased, or its keys are not here") }
        let text = UTF8String(validating: policy) ?? ""
        lines += text.string.split(separator: "\n", omittingEmptySubsequences: false).map {
            Output.escaped(UTF8String(String($0)))
        }
        return lines
    }
}
