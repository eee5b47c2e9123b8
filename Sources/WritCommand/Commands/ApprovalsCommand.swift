// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
package import Decisions
import Glibc
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import TransparencyLog
import WireTypes

/// `writ approvals`.
struct ApprovalsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approvals", abstract: "Calls that wait for people: look at them, approve or refuse them.",
        discussion: "See docs/approvals.md.",
        subcommands: [List.self, Show.self, Grant.self, Deny.self, MakeKey.self, Sign.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The calls that wait, or were approved and not made yet; the newest first.")
        @OptionGroup var home: HomeOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let now = SystemClock().now()
            let open = try Archive.open(home.resolve()).ledger.approvals(.open(agent: nil, at: now, limit: 1_000))
            if json { return Output.json(.array(open.map { $0.json(at: now) }), pretty: false) }
            if open.isEmpty { Output.line("No call waits for an approval.") }
            for record in open {
                let count = "\(record.votes.count) of \(record.needed)"
                Output.line(
                    "\(record.id)  \(record.state(at: now).rawValue)  \(count)  \(Output.escaped(record.group))  "
                        + "\(Output.escaped(record.agentID))  until \(record.expiresAt)")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One approval: what is asked, by whom, and who has approved it.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The approval's id.") var approval: String
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let asked = try AskedCall(approval, Archive.open(home.resolve()))
            let now = SystemClock().now()
            if json {
                var object = asked.record.json(at: now).object ?? JSONObject()
                object["receipt"] = asked.signed.json
                object["evidence"] = asked.evidence
                object["matches"] = .bool(asked.isWhatIsBound)
                return Output.json(.object(object), pretty: Output.isTerminal)
            }
            for line in asked.lines(at: now) { Output.line(line) }
        }
    }

    /// How an approver acts.
    struct ActOptions: ParsableArguments {
        @Argument(help: "The approval's id.") var approval: String
        @Option(help: "The approver's own key: a file for its owner alone, as `writ approvals key` makes it.")
        var key: String
        @Flag(help: "Do not ask on the terminal.") var yes = false
    }

    struct Grant: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant", abstract: "Approve one call, once, with your own key; shown in full first.",
            discussion: """
                Exit status: 0 approved; 1 not approved, since you did not say yes; 65 no such approval, it is over, or \
                you are not one who may approve it; 64 no terminal to ask on, and no --yes.
                """)
        @OptionGroup var home: HomeOption
        @OptionGroup var options: ActOptions

        func run() async throws { try await ApprovalActing(home: home.resolve(), options: options).run(.grant) }
    }

    struct Deny: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "deny", abstract: "Refuse one call, with your own key: it is not asked for again for a while.")
        @OptionGroup var home: HomeOption
        @OptionGroup var options: ActOptions

        func run() async throws { try await ApprovalActing(home: home.resolve(), options: options).run(.deny) }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign", abstract: "Print a signed request for /v1/approvals of `writ serve`.",
            discussion: """
                For approvers who are other users than the ledger's: nothing is read but the key. `sign view` goes to \
                /v1/approvals, `sign view ID`, `sign grant ID` and `sign deny ID` to /v1/approvals/ID. What `view` \
                answers has the binding; look at the call before you sign it.
                """)
        @Argument(help: "view, grant or deny.") var act: String
        @Argument(help: "The approval's id.") var approval: String?
        @Option(help: "Your key's file.") var key: String
        @Option(help: "Your name in the group.") var approver: String
        @Option(help: "The log's name.") var log: String
        @Option(help: "What a grant is bound to.") var binding: String?
        @Option(help: "How your key is kept: same-user, separate-user or hardware.") var assurance = "same-user"

        func run() throws {
            let pair = try KeyStore.approverKey(at: key)
            let now = SystemClock().now()
            let name = UTF8String(approver)
            let signature: [UInt8]
            var body: JSONObject = JSONObject()
            if act == "view" {
                let message = ApprovalDesk.viewMessage(
                    log: UTF8String(log), approver: name, at: now, id: approval.map { UTF8String($0) })
                signature = try pair.sign(message)
            } else {
                guard let act = ApprovalAct(rawValue: act), let id = approval.flatMap({ UUIDv7(parsing: $0) }),
                    let worth = ApprovalAssurance(rawValue: assurance)
                else { throw CommandFailure(.usage, "sign view, or sign grant ID or sign deny ID with --assurance") }
                let details: EventDetails
                switch act {
                case .grant:
                    guard let binding = binding.flatMap({ Digest(base64URL: $0) }) else {
                        throw CommandFailure(.usage, "a grant needs the --binding that `view` has shown")
                    }
                    details = .approvalGiven(id: id, approver: name, assurance: worth, binding: binding)
                case .deny: details = .approvalRefused(id: id, approver: name, assurance: worth)
                }
                let event = Event(log: UTF8String(log), at: now, actor: name, details: details)
                signature = try pair.sign(event.actorMessage())
                body["assurance"] = .text(assurance)
            }
            body["act"] = .text(act)
            body["approver"] = .string(name)
            body["at"] = .text(now.text)
            body["kid"] = .text(pair.kid.base64URL)
            body["signature"] = .text(Base64URL.encode(signature))
            Output.json(.object(body), pretty: false)
        }
    }

    struct MakeKey: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key", abstract: "Make an approver's key, and print what writ.yaml needs of it.",
            discussion: "Keep the file where the agents' user cannot read it: who has it approves.")
        @Argument(help: "The new file; nothing may be there.") var file: String

        func run() throws {
            try CustodyCommand.MakeKey.makeKey(at: file, for: "approvals/groups/GROUP/approvers")
        }
    }
}

/// A call that waits, with its evidence.
struct AskedCall {
    let record: ApprovalRecord
    let signed: SignedEntry
    let receipt: Receipt
    let index: Int64
    let evidence: JSON?
    /// Agent, owner and on whose behalf, as far as they are known.
    let requesters: [UTF8String]
    /// Whether the evidence is of exactly what the approval is bound to.
    let isWhatIsBound: Bool

    init(_ text: String, _ archive: Archive) throws {
        guard let id = UUIDv7(parsing: text) else {
            throw CommandFailure(.usage, "\(Output.escaped(UTF8String(text))) is no id; see `writ approvals list`")
        }
        guard let record = try archive.ledger.approval(id) else {
            throw CommandFailure(.data, "there is no approval \(id) in this log; see `writ approvals list`")
        }
        self.record = record
        let found = try archive.receipt(record.receiptID.text)
        signed = found.signed
        receipt = found.receipt
        index = found.logged.index
        evidence = try archive.evidence(of: found.receipt)
        guard evidence != nil, let sealed = try archive.ledger.evidence(of: record.receiptID) else {
            (requesters, isWhatIsBound) = ([record.agentID], false)
            return
        }
        let decision = try archive.decision(of: found.receipt)
        requesters = decision.requesters
        let keys = try SQLiteEvidenceKeys.open(at: archive.home.evidenceKeys)
        isWhatIsBound =
            try decision.approvalBinding(keys: keys, wrappedUnder: sealed.wrappingKey) == record.binding
    }

    /// All of it, for people.
    func lines(at now: Timestamp) -> [String] {
        var lines = [
            "approval  \(record.id): \(record.state(at: now).rawValue), \(record.votes.count) of \(record.needed), until "
                + "\(record.expiresAt)",
            "group     \(Output.escaped(record.group))",
        ]
        lines += record.votes.map { vote in
            "approved  by \(Output.escaped(vote.approver)) (\(vote.assurance.rawValue)), at \(vote.at)"
        }
        if let approver = record.refusedBy { lines.append("refused   by \(Output.escaped(approver))") }
        lines += ReceiptText.lines(receipt, index)
        guard let evidence else {
            return lines + ["evidence  erased, or its keys are not here: what is asked cannot be shown"]
        }
        lines += ReceiptText.evidence(evidence)
        if !isWhatIsBound { lines.append("WARNING   the evidence is not of what the approval is bound to") }
        return lines
    }
}

/// What `/v1/approvals` of a service answers by.
package enum ApprovalService {
    /// The desk of an installation.
    package static func desk(_ installation: Installation) -> ApprovalDesk {
        ApprovalDesk(installation.ports) { record in
            do {
                let archive = Archive(
                    home: installation.home, ledger: installation.ledger,
                    logKey: try KeyStore(installation.home).verifierKey())
                let asked = try AskedCall(record.id.text, archive)
                return asked.evidence.map { evidence in
                    ApprovalDesk.Shown(
                        evidence: evidence, requesters: asked.requesters, isWhatIsBound: asked.isWhatIsBound)
                }
            } catch {
                Output.note("writ: the call of an approval cannot be shown: \(error)")
                return nil
            }
        }
    }
}

/// What `grant` and `deny` do.
struct ApprovalActing {
    let home: Home
    let options: ApprovalsCommand.ActOptions

    func run(_ act: ApprovalAct) async throws {
        let key = try KeyStore.approverKey(at: options.key)
        let installation = try Installation.open(home, lifetime: .oneShot)
        let now = installation.ports.clock.now()
        let asked = try AskedCall(
            options.approval,
            Archive(home: home, ledger: installation.ledger, logKey: KeyStore(home).verifierKey()))
        let rules = try installation.ports.rules.current().approvals
        guard let group = rules.groups[asked.record.group],
            let approver = group.approvers.first(where: { $0.publicKey == key.publicKey })
        else {
            throw CommandFailure(
                .data,
                "the key of \(options.key) is of nobody in the group \(Output.escaped(asked.record.group)); its public "
                    + "half is \(Base64URL.encode(key.publicKey.bytes))")
        }
        for line in asked.lines(at: now) { Output.line(line) }
        if act == .grant, !asked.isWhatIsBound {
            throw CommandFailure(.data, "what would be approved cannot be shown; nothing was approved")
        }
        try confirm(act, as: approver)
        let event = try asked.record.event(
            act, by: approver, assurance: worth(approver), log: installation.ports.origin,
            at: installation.ports.clock.now()
        ).signed(byActor: key)
        switch try await installation.events.take(event, rules, requesters: asked.requesters) {
        case .failure(let refusal): throw CommandFailure(.data, "\(refusal)")
        case .success(let record):
            try installation.close()
            let verb = act == .grant ? "approved" : "refused"
            let rest = max(0, record.needed - record.votes.count)
            Output.line(
                "\(verb)  \(record.id), by \(Output.escaped(approver.name))"
                    + (act == .grant && rest > 0 ? "; \(rest) more must approve" : ""))
        }
    }

    /// Whoever runs this as the user who owns the ledger could be the agent.
    private func worth(_ approver: ApprovalRules.Approver) -> ApprovalAssurance {
        var status = stat()
        guard stat(home.path, &status) == 0, status.st_uid != geteuid() else {
            return min(approver.assurance, .sameUser)
        }
        return approver.assurance
    }

    private func confirm(_ act: ApprovalAct, as approver: ApprovalRules.Approver) throws {
        guard !options.yes else { return }
        guard isatty(STDIN_FILENO) == 1, Output.isTerminal else {
            throw CommandFailure(.usage, "there is no terminal to ask on; look at it, then say --yes")
        }
        Output.line("\(act == .grant ? "Approve" : "Refuse") this call as \(Output.escaped(approver.name))? Type yes:")
        guard readLine() == "yes" else {
            Output.line("nothing was done")
            throw ExitStatus.denied.exitCode
        }
    }
}
