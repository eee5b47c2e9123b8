// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// One decision, as it is signed and logged: `writ.receipt/1`.
///
/// Nothing in it is derived from a call's parameters in clear, nor from names that the operator has not pinned. The
/// members are those of `docs/receipt-format.md`; `kid` and `signature` are `SignedEntry`'s.
public struct Receipt: Sendable, Hashable {
    /// The receipt's id; its time is about `checkedAt`.
    public var receiptID: UUIDv7
    /// The log's origin, 1 to 255 bytes.
    public var log: UTF8String
    /// The `now` that policy saw.
    public var checkedAt: Timestamp
    /// Whether the call may run.
    public var allow: Bool
    /// One sentence: a prefix and the operator's static text. 1 to 1,024 bytes, no control characters (`Receipt.sentence`).
    public var reason: UTF8String
    /// What decided; at most 64, at least one on a refusal.
    public var reasons: [Reason]
    /// The verified agent; `unidentified` exactly where `identity.state` is not `verified`.
    public var agentID: UTF8String
    /// The session, where there is one: a token of at most 128 characters.
    public var session: UTF8String?
    /// How the agent is known.
    public var identity: Identity
    /// What was asked.
    public var call: Call
    /// What policy said.
    public var policy: Policy
    /// What was in force.
    public var state: State
    /// The counters that the call was held against, 1 to 64.
    public var limits: [Limit]?
    /// The approval that was asked for or used.
    public var approval: Approval?
    /// SHA-256 of the sealed evidence.
    public var evidence: Digest?
    /// Who could have tampered with the decision.
    public var custody: Custody
    /// Program and versions: `writ/0.1.0`.
    public var engine: UTF8String
    /// The caller's nonce, echoed: a token of at most 128 characters.
    public var nonce: UTF8String?
    /// Until when an allow may be used; only with an allow, not before `checkedAt`.
    public var expiresAt: Timestamp?
    /// Who may use an allow; only with an allow.
    public var audience: UTF8String?

    /// `unidentified`: the agent of a receipt without a verified identity.
    public static let unidentified: UTF8String = "unidentified"

    /// A receipt of its parts; what the format does not allow is found when it is signed.
    public init(
        receiptID: UUIDv7, log: UTF8String, checkedAt: Timestamp, allow: Bool, reason: UTF8String,
        reasons: [Reason], agentID: UTF8String, session: UTF8String? = nil, identity: Identity, call: Call,
        policy: Policy, state: State, limits: [Limit]? = nil, approval: Approval? = nil, evidence: Digest? = nil,
        custody: Custody, engine: UTF8String, nonce: UTF8String? = nil, expiresAt: Timestamp? = nil,
        audience: UTF8String? = nil
    ) {
        self.receiptID = receiptID
        self.log = log
        self.checkedAt = checkedAt
        self.allow = allow
        self.reason = reason
        self.reasons = reasons
        self.agentID = agentID
        self.session = session
        self.identity = identity
        self.call = call
        self.policy = policy
        self.state = state
        self.limits = limits
        self.approval = approval
        self.evidence = evidence
        self.custody = custody
        self.engine = engine
        self.nonce = nonce
        self.expiresAt = expiresAt
        self.audience = audience
    }

    /// A text made fit for `reason`: control characters become spaces, and what is over the limit is cut off between
    /// two characters; an empty text becomes `-`.
    public static func sentence(_ text: String, max: Int = ReceiptLimits.reasonBytesMax) -> UTF8String {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            let clean = scalar.value < 0x20 || scalar.value == 0x7f ? " " : scalar
            count += UTF8.width(clean)
            if count > max { break }
            result.append(clean)
        }
        return result.isEmpty ? "-" : UTF8String(String(result))
    }
}

extension Receipt: EntryPart {
    init(members: inout Members) throws(EntryError) {
        receiptID = try members.take("receipt_id", .id)
        log = try members.take("log", .text(max: 255))
        checkedAt = try members.take("checked_at", .time)
        allow = try members.take("allow", .bool)
        reason = try members.take("reason", .text(max: ReceiptLimits.reasonBytesMax))
        reasons = try members.take("reasons", .list(0...ReceiptLimits.reasonsMax, of: .part))
        agentID = try members.take("agent_id", .text())
        session = try members.takeIfPresent("session", .token(max: ReceiptLimits.nonceBytesMax, marks: Self.nonceMarks))
        identity = try members.take("identity", .part)
        call = try members.take("call", .part)
        policy = try members.take("policy", .part)
        state = try members.take("state", .part)
        limits = try members.takeIfPresent("limits", .list(1...ReceiptLimits.limitsMax, of: .part))
        approval = try members.takeIfPresent("approval", .part)
        evidence = try members.takeIfPresent("evidence", .digest)
        custody = try members.take("custody", .word)
        engine = try members.take("engine", .text())
        nonce = try members.takeIfPresent("nonce", .token(max: ReceiptLimits.nonceBytesMax, marks: Self.nonceMarks))
        expiresAt = try members.takeIfPresent("expires_at", .time)
        audience = try members.takeIfPresent("audience", .text())
        try check()
    }

    /// What one member alone does not show.
    private func check() throws(EntryError) {
        guard allow || !reasons.isEmpty else { throw EntryError(.contradiction).within("reasons") }
        guard (identity.state == .verified) == (agentID != Self.unidentified) else {
            throw EntryError(.contradiction).within("agent_id")
        }
        guard expiresAt == nil || (allow && expiresAt ?? checkedAt >= checkedAt) else {
            throw EntryError(.contradiction).within("expires_at")
        }
        guard audience == nil || allow else { throw EntryError(.contradiction).within("audience") }
    }

    var json: JSON {
        var object = JSONObject()
        object.set("agent_id", agentID)
        object.set("allow", allow)
        object.set("approval", approval)
        object.set("audience", audience)
        object.set("call", call)
        object.set("checked_at", checkedAt)
        object.set("custody", custody)
        object.set("engine", engine)
        object.set("evidence", evidence)
        object.set("expires_at", expiresAt)
        object.set("identity", identity)
        object.set("limits", parts: limits)
        object.set("log", log)
        object.set("nonce", nonce)
        object.set("policy", policy)
        object.set("reason", reason)
        object.set("reasons", parts: reasons)
        object.set("receipt_id", receiptID)
        object.set("session", session)
        object.set("state", state)
        return .object(object)
    }

    /// What base64, UUIDs, URLs' unreserved characters and most frameworks' ids need, and no more.
    static let nonceMarks = "_.-~:/+="
}
