// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Decisions
import HomeFolder
import StrictJSON
import ToolTypes
import WireTypes

/// `writ policy check`.
struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read policies as Writ would, and say every mistake with its place.",
        discussion: """
            Policies are parsed, and checked by type against the requests that Writ makes: entity types, attributes, \
            effects, the context; and against the tools of servers that the configuration describes (`tools`), whose \
            definitions are approved (`writ tools approve`), or that --tools describes, which overrides both: a tool or \
            parameter that they do not have is a mistake. Of other servers the tools and parameters are not checked, \
            and the output says of which.
            With --schema the policies are checked against that Cedar schema alone, as Cedar's `validate` does, and with \
            --profile agentcore against AgentCore's; then no annotation but @id has a meaning.
            Exit status: 0 no mistake, 65 a schema or definitions cannot be read, 78 mistakes in policies.
            """)
    @OptionGroup var home: HomeOption
    @OptionGroup var tools: ToolOptions
    @Option(help: "A Cedar schema, in the human or the JSON form.") var schema: String?
    @Option(help: "How many entities away from the request a policy may read (Cedar's RFC 76). [default: any number]")
    var level: Int?
    @Flag(help: "Print JSON.") var json = false
    @Argument(help: "Policy files, or folders of *.cedar. [default: the installation's, with its configuration]")
    var files: [String] = []

    func run() throws {
        if let level, level < 0 { throw CommandFailure(.usage, "--level is 0 or more") }
        guard schema == nil || tools.tools.isEmpty && tools.profile == .native else {
            throw CommandFailure(.usage, "--schema says all types itself; it goes with neither --tools nor --profile")
        }
        let summary: PolicySummary
        let check: PolicyCheck
        if let schema {
            let types = try SchemaSource.read(schema)
            let set = try PolicySources.parsed(policyFiles())
            summary = PolicySummary(set)
            check = PolicyCheck(set, against: types, named: PolicySources.fileName(schema), level: level)
        } else if tools.profile == .agentcore {
            let set = try PolicySources.parsed(policyFiles())
            summary = PolicySummary(set)
            check = try PolicyCheck(agentCore: set, tools.described(), level: level)
        } else if files.isEmpty {
            let home = try home.resolve()
            let configuration = try Configuration.read(home)
            // What the load would find is found here, beside what it would only warn of.
            let book = try PolicySources.book(home, configuration, .none)
            summary = PolicySummary(book)
            for line in Self.withoutApprovers(book, configuration.approvals) {
                Output.note(Output.escaped(UTF8String("warning: \(line)")))
            }
            check = try PolicyCheck(
                book.policies, tools.described(besides: DescribedTools(approvedAt: home, configuration)),
                configured: configuration.servers, level: level)
        } else {
            let book = try PolicySources.book(files)
            summary = PolicySummary(book)
            check = try PolicyCheck(book.policies, tools.described(), configured: [], level: level)
        }
        try report(summary, check)
    }

    /// Policies that ask for an approval that nobody can give.
    static func withoutApprovers(_ book: PolicyBook, _ rules: ApprovalRules) -> [String] {
        book.approvals.sorted { $0.key < $1.key }.compactMap { policy, group in
            guard rules.groups[group] == nil else { return nil }
            return "policy \(policy): @approval(\"\(group)\"): writ.yaml has no such group in "
                + "approvals/groups, so nobody can approve: where it holds, it refuses"
        }
    }

    private func policyFiles() throws -> [PolicyFile] {
        try files.isEmpty ? HomeRulebook.policies(home.resolve()) : PolicySources.files(files)
    }

    private func report(_ summary: PolicySummary, _ check: PolicyCheck) throws {
        if json {
            var object = summary.json.object ?? JSONObject()
            for member in check.json.object?.members ?? [] { object[member.key] = member.value }
            Output.json(.object(object), pretty: Output.isTerminal)
            if !check.errors.isEmpty { throw ExitStatus.configuration.exitCode }
            return
        }
        let lines = check.findings.filter { $0.severity != .unchecked }.map(\.description)
        guard check.errors.isEmpty else {
            let count = check.errors.count == 1 ? "1 mistake" : "\(check.errors.count) mistakes"
            throw CommandFailure(.configuration, mistakes: lines + ["\(count), \(check.against)"])
        }
        for line in lines + check.shownDiagnostics { Output.note(Output.escaped(UTF8String(line))) }
        for line in summary.lines + check.lines { Output.line(line) }
    }
}

/// What there is of policies.
struct PolicySummary {
    private let files: Int?
    private let permits: Int
    private let all: Int
    private let shadow: Int?
    private let templates: Int
    private let digest: String?

    init(_ book: PolicyBook) {
        files = book.files.count
        shadow = book.shadow.count
        digest = book.digest.base64URL
        permits = book.policies.policies.filter { $0.effect == .permit }.count
        all = book.policies.policies.count
        templates = book.policies.templates.count
    }

    init(_ set: PolicySet) {
        files = nil
        shadow = nil
        digest = nil
        permits = set.policies.filter { $0.effect == .permit }.count
        all = set.policies.count
        templates = set.templates.count
    }

    var lines: [String] {
        let place = files.map { "\($0) file(s), " } ?? ""
        let watched = shadow.map { "\($0) in shadow, " } ?? ""
        var lines = [
            "\(place)\(all) policies: \(permits) permit, \(all - permits) forbid; \(watched)\(templates) templates"
        ]
        if let digest { lines.append("digest \(digest)") }
        if permits == 0 { lines.append("Nothing is permitted: every call will be denied.") }
        return lines
    }

    var json: JSON {
        var object = JSONObject()
        object["policies"] = .integer(all)
        object["permit"] = .integer(permits)
        object["forbid"] = .integer(all - permits)
        object["shadow"] = shadow.map { .integer($0) }
        object["templates"] = .integer(templates)
        object["digest"] = digest.map { .text($0) }
        return .object(object)
    }
}
