// SPDX-License-Identifier: Apache-2.0

import Passports
import Receipts
import StrictJSON
import WireTypes

extension Judging {
    /// What the log's approval is worth by the rules as they are now; `nil` where none is known.
    func judgedApproval(_ identity: VerifiedIdentity) -> JudgedApproval? {
        guard let facts = inputs.approval, let group = inputs.rulebook.approvals.groups[facts.group] else { return nil }
        let votes = facts.counted(group, identity)
        let needed = max(facts.needed, group.needed)
        let isGranted =
            facts.refusedBy == nil && votes.count >= needed && inputs.now < facts.expiresAt && facts.id != nil
        return JudgedApproval(
            facts: facts, votes: votes, needed: needed, takesClient: group.takesClient, isGranted: isGranted)
    }

    /// Check 9: why the call may not be made without an approval, or `nil` where none is asked for or it is given.
    ///
    /// - Parameters:
    ///   - policies: the groups of all permits that hold, sorted.
    ///   - isPassports: whether the passport asks for an approval too.
    mutating func unapproved(
        by policies: [UTF8String], isPassports: Bool, _ approval: JudgedApproval?, _ identity: VerifiedIdentity
    ) -> Reason? {
        let rules = inputs.rulebook.approvals
        let policy = policies.isEmpty ? nil : verdict.judgement?.determining.first
        func refusal(_ text: String) -> Reason {
            Reason(.approvalRequired, UTF8String("approval required: \(text)"), policy: policy)
        }
        var groups = policies
        if isPassports {
            guard let group = rules.passportGroup else {
                return refusal("by the passport's limit approval_required, and the configuration names nobody for it")
            }
            if !groups.contains(group) { groups.append(group) }
        }
        guard let name = groups.first else {
            // What was judged with an approval in the context uses it up, even where that made nobody ask for one.
            verdict.approval = approval.flatMap { $0.isGranted ? $0 : nil }
            return nil
        }
        guard groups.count == 1 else {
            return refusal(
                "by \(groups.map(\.string).joined(separator: " and ")), and one call cannot be approved by several groups"
            )
        }
        guard let group = rules.groups[name], group.available >= group.needed else {
            return refusal("by \(name), and the configuration names nobody for it, or too few")
        }
        guard let approval, approval.facts.group == name else {
            if inputs.approval == nil {
                verdict.approvalQuestion = ApprovalQuestion(
                    inputs, verdict, identity, group: name, needed: group.needed)
            }
            return refusal("by \(name)")
        }
        verdict.approval = approval
        guard !approval.isGranted else { return nil }
        guard let id = approval.facts.id else {
            return refusal("by \(name), and too many calls of this agent wait for approvals already")
        }
        if let approver = approval.facts.refusedBy {
            return refusal(
                "\(approver) of \(name) has refused this call; it may be asked for again at \(approval.facts.expiresAt)"
            )
        }
        let count = approval.needed > 1 ? " (\(approval.votes.count) of \(approval.needed))" : ""
        return refusal("by \(name)\(count), until \(approval.facts.expiresAt): writ approvals show \(id)")
    }
}
