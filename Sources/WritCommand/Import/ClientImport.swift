// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import Gateway
import HomeFolder
import SQLiteLedger
import StrictJSON
import WireTypes

/// `writ init --from`: a client's servers put behind Writ.
struct ClientImport {
    let file: ClientFile
    let path: String
    let home: Home
    /// Starts servers; `nil` where none is to be.
    let lister: (any ToolLister)?

    /// What became of a server.
    private struct Outcome {
        let name: UTF8String
        let server: Configuration.Server
        let isNew: Bool
        var listing: Listing
    }

    private enum Listing {
        case notAsked(String)
        case failed(String)
        case listed([JSON])
    }

    /// Puts the servers in, lists their tools, and says what was done.
    func carryOut() async throws {
        let before = try Configuration.read(home)
        let takeover = try Takeover(file, into: before, of: home)
        Output.line("\(shown(path)): \(count(file.servers.count + file.unusable.count, "server"))")
        for (server, fate) in takeover.servers {
            Output.line(
                "  \(fate.alias.string.padding(to: 16))  \(Output.escaped(server.name)): \(Self.text(fate, server))")
            for remark in server.remarks { Output.line("  \("".padding(to: 16))  note: \(shown(remark))") }
        }
        for server in file.unusable {
            Output.line(
                "  \("-".padding(to: 16))  \(Output.escaped(server.name)): NOT taken over: \(shown(server.why))")
        }
        for remark in file.remarks { Output.line("  note: \(shown(remark))") }
        Output.line()
        try takeover.carryOut(at: home)
        let configuration = try Configuration.read(home)
        var outcomes: [Outcome] = []
        for (server, fate) in takeover.servers {
            guard let known = configuration.servers.first(where: { $0.alias == fate.alias }) else { continue }
            var isNew = false
            if case .new = fate { isNew = true }
            if case .other = fate { continue }
            outcomes.append(
                Outcome(name: server.name, server: known, isNew: isNew, listing: await listing(known)))
        }
        lister?.finish()
        try writePolicies(outcomes)
        try await pin(outcomes)
        printEntry(takeover)
    }

    // MARK: tools

    private func listing(_ server: Configuration.Server) async -> Listing {
        guard let lister else { return .notAsked("not started, as you said") }
        do {
            guard let tools = try await lister.tools(of: ServerDescriptions.description(server)) else {
                return .notAsked("reached by the gateway only")
            }
            return .listed(tools)
        } catch let error as CommandFailure {
            return .failed(error.description)
        } catch {
            return .failed("\(error)")
        }
    }

    private func pin(_ outcomes: [Outcome]) async throws {
        let installation = try Installation.open(home, lifetime: .oneShot)
        try await installation.pipeline.activateRules()
        for outcome in outcomes {
            let alias = outcome.server.alias
            switch outcome.listing {
            case .notAsked(let why):
                Output.line(
                    "\(alias): tools not listed: \(why). Once a client has used it: writ tools approve \(alias)")
            case .failed(let why):
                Output.line("\(alias): its tools could not be listed: \(shown(why))")
                Output.line(
                    "  Mend that, and run this again; or let a client use it, and then: writ tools approve \(alias)")
            case .listed(let tools): try await pin(outcome, tools, installation)
            }
        }
        try installation.close()
        Output.line()
    }

    /// Pins what was seen. Approved is only what nobody had anything to say of before: the tools of a server of which none
    /// was pinned yet. What is new or changed at a server that was known waits, and is named.
    private func pin(_ outcome: Outcome, _ tools: [JSON], _ installation: Installation) async throws {
        let alias = outcome.server.alias
        let isFirst = try installation.ledger.state().pins.count(of: alias) == 0
        let description = try ServerDescriptions.description(outcome.server)
        let standings = try await installation.pipeline.observe(
            ToolListing(
                server: alias, serverDigest: description.digest, tools: tools,
                firstSight: isFirst ? .firstUse : .quarantine))
        var (approved, waiting, changed, unusable) = ([String](), [String](), [String](), [String]())
        for standing in standings {
            let name = standing.tool.map { Output.escaped($0) } ?? "(no name)"
            switch standing.state {
            case .approved: approved.append(name)
            case .quarantined: waiting.append(name)
            case .changed: changed.append(name)
            case .unusable: unusable.append(name)
            }
        }
        let done = isFirst ? "pinned and approved as they are" : "approved"
        Output.line("\(alias): \(count(tools.count, "tool")), \(approved.count) \(done): \(list(approved))")
        if !waiting.isEmpty {
            Output.line("  \(waiting.count) new, waiting: \(list(waiting)). See: writ tools show \(alias)/TOOL")
        }
        if !changed.isEmpty {
            Output.line(
                "  \(changed.count) CHANGED since approved: \(list(changed)). See: writ tools diff \(alias)/TOOL")
        }
        if !waiting.isEmpty || !changed.isEmpty { Output.line("  To let them be called: writ tools approve \(alias)") }
        if !unusable.isEmpty {
            Output.line(
                "  \(unusable.count) can never be called (names or definitions that cannot be pinned): \(list(unusable))"
            )
        }
    }

    // MARK: policies

    private func writePolicies(_ outcomes: [Outcome]) throws {
        for outcome in outcomes {
            var definitions: [JSON]?
            if case .listed(let tools) = outcome.listing { definitions = tools }
            let policy = ServerPolicy(outcome.server, name: outcome.name, definitions: definitions)
            let name = ServerPolicy.fileName(outcome.server.alias)
            let path = "\(home.policies)/\(name)"
            let isThere = FileAccess.exists(path)
            if isThere {
                // What an earlier run wrote for lack of a list, and nobody has touched since, may become better.
                let blank = ServerPolicy(outcome.server, name: outcome.name, definitions: nil)
                let isBlank = try FileAccess.read(path, limit: 1 << 20) == Array(blank.text.utf8)
                guard definitions != nil, isBlank, policy.text != blank.text else {
                    if outcome.isNew {
                        Output.line("\(outcome.server.alias): policies/\(name) is there already and stays as it is")
                    }
                    continue
                }
            } else if !outcome.isNew {
                continue
            }
            let bytes = Array(policy.text.utf8)
            // Ids may be taken by policies of the operator's own.
            do throws(PolicyBook.Failure) {
                let others: [PolicyFile]
                do throws(HomeError) {
                    others = try HomeRulebook.policies(home).filter { $0.name != UTF8String(name) }
                } catch {
                    others = []
                }
                _ = try PolicyBook(others + [PolicyFile(name: UTF8String(name), bytes: bytes)])
            } catch {
                Output.line("\(outcome.server.alias): no policy was written, since it would not load beside yours:")
                Output.line(
                    "  \(Output.escaped(UTF8String(error.description.split(separator: "\n").first.map(String.init) ?? "")))"
                )
                continue
            }
            if isThere {
                try FileAccess.replace(path, bytes, mode: 0o600)
            } else {
                try FileAccess.create(path, bytes, mode: 0o600)
            }
            let tools = definitions.map { " of \(count($0.count, "tool"))" } ?? ""
            Output.line(
                "\(outcome.server.alias): policies/\(name) permits \(policy.permitted)\(tools); read its comments")
        }
    }

    // MARK: text

    private func printEntry(_ takeover: Takeover) {
        let servers = takeover.servers.compactMap { entry -> (name: UTF8String, alias: UTF8String)? in
            if case .other = entry.fate { return nil }
            return (entry.server.name, entry.fate.alias)
        }
        guard !servers.isEmpty else { return Output.line("Nothing to put into \(shown(path)).") }
        let program: String
        do { program = try DaemonProgram.ownPath() } catch { program = "writ" }
        Output.line("Put this into \(shown(path)) in place of these servers (Writ does not change that file):")
        Output.line()
        for line in ClientEntry(file.shape, program: program, home: home, servers: servers, isOne: isOne).text
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        {
            Output.line(String(line))
        }
        Output.line()
        let kept = servers.count < file.servers.count + file.unusable.count
        if kept { Output.line("Leave the other servers of the file as they are: they are not behind Writ.") }
        Output.line("Until then the client starts its servers past Writ. Then: writ receipts list")
    }

    /// One entry for all servers, in place of one for each.
    var isOne = false

    private static func text(_ fate: Takeover.Fate, _ server: ClientServer) -> String {
        let place: String
        switch server.endpoint {
        case .program(let program):
            let name = Output.escaped(UTF8String(String(program.command.split(separator: "/").last ?? "")))
            place = "starts \(name)"
        case .url(let remote): place = remote.url.description
        }
        switch fate {
        case .new: return "\(place); new"
        case .same: return "\(place); there already"
        case .other(let alias, let members):
            return
                "NOT taken over: servers/\(alias) is there already with other \(members.joined(separator: ", ")), and "
                + "stays as it is. Rename one of the two, or change writ.yaml"
        }
    }

    private func shown(_ text: String) -> String { Output.escaped(UTF8String(text)) }

    private func count(_ number: Int, _ thing: String) -> String { number == 1 ? "1 \(thing)" : "\(number) \(thing)s" }

    private func list(_ names: [String]) -> String {
        guard names.count > 12 else { return names.isEmpty ? "none" : names.joined(separator: ", ") }
        return names.prefix(12).joined(separator: ", ") + " and \(names.count - 12) more (writ tools list)"
    }
}
