// SPDX-License-Identifier: Apache-2.0

import Passports
import Receipts
public import StrictJSON
public import WireTypes

extension DecisionPipeline {
    /// Judges a call; and where it asks for an approval, looks what the log has of one, and judges it by that. A call that
    /// asks for none is judged once, and nothing is read for it.
    func judged(_ gathered: GatheredInputs) throws(LedgerError) -> (GatheredInputs, Verdict) {
        let verdict = Judge.judge(gathered.inputs, passports: passports)
        guard let question = verdict.approvalQuestion, case .verified(let identity) = verdict.identity else {
            return (gathered, verdict)
        }
        var found = gathered
        let (facts, isNew) = try approval(question, of: identity.agentID, gathered.inputs)
        found.inputs.approval = facts
        found.isApprovalNew = isNew
        return (found, Judge.judge(found.inputs, passports: passports))
    }

    private func approval(
        _ question: ApprovalQuestion, of agent: UTF8String, _ inputs: DecisionInputs
    ) throws(LedgerError) -> (facts: ApprovalFacts, isNew: Bool) {
        let lasting = inputs.rulebook.approvals.expiryMilliseconds
        let binding = try binding(question, agent, inputs.now)
        var bindings = [binding]
        // What was asked for last month is bound under last month's key.
        let earlier = inputs.now.adding(milliseconds: -lasting)
        if EvidenceSeal.month(of: earlier) != EvidenceSeal.month(of: inputs.now) {
            bindings.append(try self.binding(question, agent, earlier))
        }
        let records = try ports.ledger.approvals(.bound(bindings)).filter { record in
            record.group == question.group && record.agentID == agent && bindings.contains(record.binding)
                && record.consumedAt == nil && inputs.now < record.expiresAt
        }
        // One that was granted, else one that was refused, else the newest that waits.
        let chosen =
            records.first { $0.state(at: inputs.now) == .granted } ?? records.first { $0.refusedBy != nil }
            ?? records.first
        if let chosen { return (ApprovalFacts(chosen, log: ports.origin), false) }
        let waiting = try ports.ledger.approvals(
            .open(agent: agent, at: inputs.now, limit: Limits.approvalsWaiting))
        let isFull = waiting.count >= Limits.approvalsWaiting
        let facts = ApprovalFacts(
            id: isFull ? nil : UUIDv7(time: inputs.now, random: ports.random.bytes(10)), group: question.group,
            needed: question.needed, binding: binding, expiresAt: inputs.now.adding(milliseconds: lasting),
            log: ports.origin)
        return (facts, !isFull)
    }

    private func binding(
        _ question: ApprovalQuestion, _ agent: UTF8String, _ moment: Timestamp
    ) throws(LedgerError) -> Digest {
        let wrapping = try ports.evidenceKeys.wrappingKey(
            agent: agent, month: EvidenceSeal.month(of: moment), random: ports.random)
        return question.binding(ApprovalKey(wrapping: wrapping.key))
    }

    /// Asks for the approval that a logged refusal names, where it is the first to.
    func askForApproval(_ draft: DecisionDraft) async throws(LedgerError) {
        guard draft.isAskingForApproval, let approval = draft.verdict.approval, let id = approval.facts.id else {
            return
        }
        let request = try EventLog(ports).request(
            .approvalRequested(
                id: id, receiptID: draft.receiptID, group: approval.facts.group, needed: UInt64(approval.needed),
                binding: approval.facts.binding, expiresAt: approval.facts.expiresAt),
            "writ", draft.verdict.identity.agentID, id: id)
        guard case .logged = try await ports.ledger.commit(request) else {
            throw LedgerError(.poisoned, "the ledger refused to log an event")
        }
    }

    /// What has become of an approval that was asked for.
    ///
    /// - Returns: where it has come to, and how many have approved; `nil` where there is none of that id.
    /// - Throws: `LedgerError`.
    public func approvalState(
        _ id: UUIDv7
    ) throws(LedgerError) -> (state: ApprovalRecord.State, given: Int)? {
        try ports.ledger.approval(id).map { ($0.state(at: ports.clock.now()), $0.votes.count) }
    }

    /// The client's own user approves a call, asked by the client. Where the group demands more than that, nothing is
    /// logged.
    ///
    /// - Parameter agent: whose client it is; nobody else's approval is given.
    /// - Returns: whether it was given.
    /// - Throws: `LedgerError`.
    public func approveByClient(_ id: UUIDv7, of agent: UTF8String) async throws(LedgerError) -> Bool {
        guard let record = try ports.ledger.approval(id), record.agentID == agent,
            record.state(at: ports.clock.now()) == .waiting,
            let group = try rulebook().approvals.groups[record.group], group.takesClient
        else { return false }
        let client = ApprovalRules.client
        try await EventLog(ports).commit(
            .approvalGiven(id: id, approver: client, assurance: .client, binding: record.binding), actor: client,
            id: record.actID(of: client, "approval_given"))
        return true
    }

    /// The client's own user has refused a call.
    ///
    /// - Throws: `LedgerError`.
    public func refuseByClient(_ id: UUIDv7, of agent: UTF8String) async throws(LedgerError) {
        guard let record = try ports.ledger.approval(id), record.agentID == agent,
            record.state(at: ports.clock.now()) == .waiting,
            try rulebook().approvals.groups[record.group]?.takesClient == true
        else { return }
        let client = ApprovalRules.client
        try await EventLog(ports).commit(
            .approvalRefused(id: id, approver: client, assurance: .client), actor: client,
            id: record.actID(of: client, "approval_refused"))
    }
}
