// SPDX-License-Identifier: Apache-2.0

import Passports
import Receipts
import StrictJSON
import WireTypes

/// A verdict on its way into the log: with its id, its blind and its commitments, and not yet a decision.
struct DecisionDraft: Sendable {
    let receiptID: UUIDv7
    let blind: [UInt8]
    private(set) var verdict: Verdict
    private let gathered: GatheredInputs
    private let ports: DecisionPorts
    /// A refusal that the verdict's inputs do not explain: a limit, an approval, the state.
    private var late: Reason?

    init(_ gathered: GatheredInputs, verdict: Verdict, ports: DecisionPorts) {
        self.gathered = gathered
        self.verdict = verdict
        self.ports = ports
        receiptID = UUIDv7(time: gathered.inputs.now, random: ports.random.bytes(10))
        blind = ports.random.bytes(32)
    }

    /// What was judged.
    var inputs: DecisionInputs { gathered.inputs }

    /// The call, as brakes see it.
    var subject: Stoppable {
        var agent: VerifiedIdentity?
        if case .verified(let identity) = verdict.identity { agent = identity }
        return Stoppable(server: inputs.call.server, tool: inputs.call.tool, agent)
    }

    /// Whether the approval that it names is asked for by it.
    var isAskingForApproval: Bool { late == nil && !verdict.isAllowed && gathered.isApprovalNew }

    /// Who could have tampered: nobody but Writ's own user, where the process was found to be kept apart and the rules are
    /// what was sealed.
    private var custody: Custody { inputs.rulebook.isSealed ? ports.custody : .cooperative }

    /// The same call, refused for a reason that came up after judging; with an id of its own.
    func denied(_ reason: Reason, _ ports: DecisionPorts) -> DecisionDraft {
        var verdict = verdict
        verdict.refusals = [reason]
        var draft = DecisionDraft(gathered, verdict: verdict, ports: ports)
        draft.late = reason
        return draft
    }

    /// What a caller is told once it is logged.
    func answer(_ place: Answer.Place) -> Answer {
        let reasons = verdict.reasons
        var answer = Answer(
            isAllowed: verdict.isAllowed, receiptID: receiptID, reason: reasons.first?.message ?? "",
            checkedAt: gathered.inputs.now, agentID: verdict.identity.agentID, reasons: reasons, log: place)
        if late == nil, !verdict.isAllowed { answer.approval = verdict.approval.flatMap(AskedApproval.init) }
        return answer
    }

    /// What the ledger is asked: the signed receipt, its evidence, and for an allow the state it holds under.
    func commitRequest() throws(LedgerError) -> CommitRequest {
        let record = EvidenceRecord(
            inputs: gathered.inputs, verdict: verdict, blind: blind, resolved: gathered.resolved.all, late: late)
        let sealed = try EvidenceSeal.seal(
            record.json, receipt: receiptID, agent: verdict.identity.agentID, at: gathered.inputs.now, ports: ports)
        let form = ReceiptForm(
            receiptID: receiptID, blind: blind, inputs: gathered.inputs, verdict: verdict, epochs: gathered.epochs,
            log: ports.origin, custody: custody)
        let receipt = form.receipt(evidence: sealed.digest)
        let entry = try Signing.sign(receipt, ports.signer)
        var request = CommitRequest(
            kind: .receipt(receiptID, agent: verdict.identity.agentID), entry: entry, time: gathered.inputs.now,
            expecting: verdict.isAllowed ? gathered.epochs : nil,
            reserving: verdict.isAllowed ? verdict.limits.map(\.reservation) : [], evidence: sealed,
            contents: record.contents)
        if verdict.isAllowed, let id = verdict.approval?.facts.id { request.consuming = [id] }
        let mark = SessionMark(receipt)
        request.session = mark?.session
        request.nonce = mark?.nonce
        request.sessionChange = mark?.change ?? .none
        return request
    }
}

/// This implementation, as receipts name it.
public enum Engine {
    /// The version that `writ --version` prints.
    public static let version = "0.1.0"
    /// `writ/0.1.0`.
    static let name = UTF8String("writ/\(version)")
}
