// SPDX-License-Identifier: Apache-2.0

public import Receipts
public import StrictJSON
public import WireTypes

/// One person's yes, with all that its signature is over.
public struct ApprovalVote: Sendable, Hashable {
    /// Who; `client` for the client's own user, which signs nothing.
    public var approver: UTF8String
    /// What it is worth.
    public var assurance: ApprovalAssurance
    /// When, as it was signed.
    public var at: Timestamp
    /// The approver's signature over the event.
    public var signature: Event.ActorSignature?

    /// A vote.
    public init(
        approver: UTF8String, assurance: ApprovalAssurance, at: Timestamp, signature: Event.ActorSignature? = nil
    ) {
        self.approver = approver
        self.assurance = assurance
        self.at = at
        self.signature = signature
    }
}

/// What the log says of one approval: a fold over the events that name it, and over the receipt that used it.
public struct ApprovalRecord: Sendable, Hashable {
    /// By what people name it.
    public let id: UUIDv7
    /// The refusal that it was asked for with; its evidence says what was asked.
    public let receiptID: UUIDv7
    /// Who asked.
    public let agentID: UTF8String
    /// Who must approve.
    public let group: UTF8String
    /// How many of them.
    public let needed: Int
    /// What it is bound to; see `ApprovalBinding`.
    public let binding: Digest
    /// When it was asked for.
    public let requestedAt: Timestamp
    /// From this moment on it is of no use.
    public let expiresAt: Timestamp
    /// Who has approved, each once, in the log's order.
    public private(set) var votes: [ApprovalVote]
    /// Who has refused it: then it is over.
    public private(set) var refusedBy: UTF8String?
    /// When a call used it: then it is over.
    public private(set) var consumedAt: Timestamp?

    /// A record.
    public init(
        id: UUIDv7, receiptID: UUIDv7, agentID: UTF8String, group: UTF8String, needed: Int, binding: Digest,
        requestedAt: Timestamp, expiresAt: Timestamp, votes: [ApprovalVote] = [], refusedBy: UTF8String? = nil,
        consumedAt: Timestamp? = nil
    ) {
        self.id = id
        self.receiptID = receiptID
        self.agentID = agentID
        self.group = group
        self.needed = needed
        self.binding = binding
        self.requestedAt = requestedAt
        self.expiresAt = expiresAt
        self.votes = votes
        self.refusedBy = refusedBy
        self.consumedAt = consumedAt
    }

    /// Where it has come to.
    public enum State: String, Sendable, CaseIterable {
        /// Too few have approved so far.
        case waiting
        /// The call may be made, once.
        case granted
        /// Somebody has refused it.
        case refused
        /// A call has used it.
        case used
        /// Its time is over.
        case expired
    }

    /// Where it has come to at a moment, as far as the log alone says.
    public func state(at now: Timestamp) -> State {
        if consumedAt != nil { return .used }
        if refusedBy != nil { return .refused }
        if now >= expiresAt { return .expired }
        return votes.count >= needed ? .granted : .waiting
    }

    /// What of a change is about this approval. What comes after the end changes nothing, nor does a second yes.
    mutating func apply(_ change: ApprovalChange) {
        guard consumedAt == nil else { return }
        switch change {
        case .requested: break
        case .given(_, let vote):
            guard refusedBy == nil, votes.count < ReceiptLimits.approversMax,
                !votes.contains(where: { $0.approver == vote.approver })
            else { return }
            votes.append(vote)
        case .refused(_, let approver): refusedBy = refusedBy ?? approver
        case .used(_, let moment): consumedAt = moment
        }
    }
}

/// What a logged entry changes in the approvals.
public enum ApprovalChange: Sendable, Hashable {
    /// One is asked for.
    case requested(ApprovalRecord)
    /// Somebody has approved.
    case given(UUIDv7, ApprovalVote)
    /// Somebody has refused.
    case refused(UUIDv7, by: UTF8String)
    /// A call has used it.
    case used(UUIDv7, at: Timestamp)

    /// Which approval.
    public var id: UUIDv7 {
        switch self {
        case .requested(let record): record.id
        case .given(let id, _), .refused(let id, _), .used(let id, _): id
        }
    }
}

/// All approvals of a log: a fold, and nothing else. Kept apart from `LedgerState`, so that calls that need no approval
/// read none of it.
public struct ApprovalBook: Sendable, Hashable {
    /// By id.
    public private(set) var records: [UUIDv7: ApprovalRecord]

    /// Approvals that storage has kept; none by default.
    public init(_ records: [ApprovalRecord] = []) {
        self.records = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
    }

    /// Applies what one logged entry changes.
    ///
    /// - Returns: what the approval is now; `nil` where there is none of that id, and nothing has changed.
    @discardableResult
    public mutating func apply(_ change: ApprovalChange) -> ApprovalRecord? {
        if case .requested(let record) = change {
            if records[record.id] == nil { records[record.id] = record }
        } else {
            records[change.id]?.apply(change)
        }
        return records[change.id]
    }
}

extension ApprovalChange {
    /// What an event changes in the approvals; `nil` for other events.
    public init?(_ event: Event) {
        switch event.details {
        case .approvalRequested(let id, let receiptID, let group, let needed, let binding, let expiresAt):
            self = .requested(
                ApprovalRecord(
                    id: id, receiptID: receiptID, agentID: event.subject ?? "", group: group,
                    needed: Int(clamping: needed), binding: binding, requestedAt: event.at, expiresAt: expiresAt))
        case .approvalGiven(let id, let approver, let assurance, _):
            self = .given(
                id,
                ApprovalVote(
                    approver: approver, assurance: assurance, at: event.at, signature: event.actorSignature))
        case .approvalRefused(let id, let approver, _): self = .refused(id, by: approver)
        default: return nil
        }
    }

    /// What a receipt changes in the approvals: an allow uses up the one that it names.
    public init?(_ receipt: Receipt) {
        guard let approval = receipt.approval, approval.state == .consumed, receipt.allow else { return nil }
        self = .used(approval.id, at: receipt.checkedAt)
    }
}
