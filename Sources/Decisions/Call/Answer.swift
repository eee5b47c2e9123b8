// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What a person or a script sees of a decision, with these names on every surface.
public struct Answer: Sendable, Hashable {
    /// Whether the call may run.
    public var isAllowed: Bool
    /// The receipt; `nil` only where the decision could not be logged.
    public var receiptID: UUIDv7?
    /// A prefix and the determining policy's text.
    public var reason: UTF8String
    /// The time that the policy saw.
    public var checkedAt: Timestamp
    /// The agent, or `unidentified`.
    public var agentID: UTF8String
    /// Every reason.
    public var reasons: [Reason]
    /// Where the receipt is logged.
    public var log: Place?
    /// The approval that the call waits for, where it was refused for want of one.
    public var approval: AskedApproval?

    /// A place in a log.
    public struct Place: Sendable, Hashable {
        /// The log.
        public var origin: UTF8String
        /// The entry, from 0.
        public var index: Int64

        /// A place.
        public init(origin: UTF8String, index: Int64) {
            self.origin = origin
            self.index = index
        }
    }

    /// An answer.
    public init(
        isAllowed: Bool, receiptID: UUIDv7?, reason: UTF8String, checkedAt: Timestamp, agentID: UTF8String,
        reasons: [Reason], log: Place?
    ) {
        self.isAllowed = isAllowed
        self.receiptID = receiptID
        self.reason = reason
        self.checkedAt = checkedAt
        self.agentID = agentID
        self.reasons = reasons
        self.log = log
    }

    /// The answer as JSON: `allow`, `receipt_id`, `reason`, `checked_at`, `agent_id`, `reasons`, `log`; and `approval`
    /// where the call waits for one.
    public var json: JSON {
        guard let approval, case .object(var object) = members else { return members }
        object["approval"] = approval.json
        return .object(object)
    }

    private var members: JSON {
        [
            "allow": .bool(isAllowed),
            "receipt_id": receiptID.map { .text($0.text) } ?? .null,
            "reason": .string(reason),
            "checked_at": .text(checkedAt.text),
            "agent_id": .string(agentID),
            "reasons": .array(
                reasons.map { reason in
                    var object: JSONObject = JSONObject()
                    object["code"] = .text(reason.code.rawValue)
                    object["message"] = .string(reason.message)
                    object["policy"] = reason.policy.map(JSON.string)
                    return .object(object)
                }),
            "log": log.map { ["origin": .string($0.origin), "index": .integer($0.index)] } ?? .null,
        ]
    }
}

/// An approval that a refused call waits for.
public struct AskedApproval: Sendable, Hashable {
    /// By what people name it.
    public let id: UUIDv7
    /// Who must approve.
    public let group: UTF8String
    /// How many of them.
    public let needed: Int
    /// How many have.
    public let given: Int
    /// From this moment on it is of no use.
    public let expiresAt: Timestamp
    /// Whether the client's own user may be one of those who approve, and has not yet.
    public let takesClient: Bool

    /// What a refusal waits for; `nil` where nobody is asked: it was refused, or too many wait.
    init?(_ approval: JudgedApproval) {
        guard let id = approval.facts.id, approval.facts.refusedBy == nil, !approval.isGranted else { return nil }
        self.id = id
        group = approval.facts.group
        needed = approval.needed
        given = approval.votes.count
        expiresAt = approval.facts.expiresAt
        takesClient = approval.takesClient && !approval.votes.contains { $0.approver == ApprovalRules.client }
    }

    var json: JSON {
        [
            "id": .text(id.text), "group": .string(group), "needed": .integer(needed), "given": .integer(given),
            "expires_at": .text(expiresAt.text),
        ]
    }
}
