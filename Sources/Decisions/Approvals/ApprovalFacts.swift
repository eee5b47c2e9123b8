// SPDX-License-Identifier: Apache-2.0

import Passports
import Receipts
public import StrictJSON
import TransparencyLog
public import WireTypes

/// What the log says of a call's approval, as one of the inputs that the call is judged by. Archived with it.
public struct ApprovalFacts: Sendable, Hashable {
    /// The approval's id; `nil` where too many of the agent's calls wait already, and none was made.
    public var id: UUIDv7?
    /// Who must approve.
    public var group: UTF8String
    /// How many of them.
    public var needed: Int
    /// What the approval is bound to.
    public var binding: Digest
    /// From this moment on it is of no use.
    public var expiresAt: Timestamp
    /// Who has approved.
    public var votes: [ApprovalVote]
    /// Who has refused.
    public var refusedBy: UTF8String?
    /// The log whose events the votes are.
    public var log: UTF8String

    init(
        id: UUIDv7?, group: UTF8String, needed: Int, binding: Digest, expiresAt: Timestamp,
        votes: [ApprovalVote] = [], refusedBy: UTF8String? = nil, log: UTF8String
    ) {
        self.id = id
        self.group = group
        self.needed = needed
        self.binding = binding
        self.expiresAt = expiresAt
        self.votes = votes
        self.refusedBy = refusedBy
        self.log = log
    }

    init(_ record: ApprovalRecord, log: UTF8String) {
        self.init(
            id: record.id, group: record.group, needed: record.needed, binding: record.binding,
            expiresAt: record.expiresAt, votes: record.votes, refusedBy: record.refusedBy, log: log)
    }

    /// The votes that count, under the rules as they are now: of somebody of the group who is not the requester, worth
    /// enough, and signed with that approver's own key over exactly this approval.
    func counted(_ group: ApprovalRules.Group, _ requester: VerifiedIdentity) -> [ApprovalVote] {
        guard let id else { return [] }
        var seen: Set<UTF8String> = []
        return votes.filter { vote in
            guard seen.insert(vote.approver).inserted, vote.assurance >= group.assurance else { return false }
            if vote.approver == ApprovalRules.client {
                return group.takesClient && vote.assurance == .client && vote.signature == nil
            }
            guard let approver = group.approver(vote.approver), vote.assurance <= approver.assurance,
                !approver.isRequester(requester)
            else { return false }
            let event = Event(
                log: log, at: vote.at, actor: vote.approver,
                details: .approvalGiven(
                    id: id, approver: vote.approver, assurance: vote.assurance, binding: binding),
                actorSignature: vote.signature)
            return event.isSigned(by: approver.publicKey)
        }
    }
}

extension ApprovalRules.Approver {
    /// Whether somebody asks for their own approval.
    func isRequester(_ identity: VerifiedIdentity) -> Bool { isRequester(identity.requesters) }

    /// Whether one of these is the same person.
    public func isRequester(_ names: [UTF8String]) -> Bool {
        names.contains { $0 == name || identities.contains($0) }
    }
}

extension VerifiedIdentity {
    /// Who asks when this agent does: the agent, its owner, for whom it acts, and all on whose authority it does.
    var requesters: [UTF8String] {
        ([self] + delegators).flatMap { identity in
            [identity.agentID, identity.ownerID, identity.onBehalfOf, identity.parentAgentID].compactMap { $0 }
        }
    }
}

extension Event {
    /// Whether the actor's signature is there and is this key's.
    func isSigned(by key: Ed25519PublicKey) -> Bool {
        guard let actorSignature, actorSignature.kid == key.thumbprint else { return false }
        do throws(EntryError) {
            return key.isValid(signature: actorSignature.signature, for: try actorMessage())
        } catch {
            return false
        }
    }
}
