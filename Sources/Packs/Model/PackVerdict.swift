// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What a pack's rules say of a call.
public struct PackVerdict: Sendable, Equatable {
    /// Why not, in the order of the pack's rules; empty where nothing refuses.
    public internal(set) var refusals: [PackRefusal] = []
    /// What an allow takes; none where something refuses.
    public internal(set) var reservations: [PackReservation] = []
    /// Whether the passport asks for a person's approval (`approval_required`).
    public internal(set) var needsApproval = false
}

/// One refusal.
public struct PackRefusal: Sendable, Equatable, Error {
    /// The pack's rule; `required_context` where the call itself is not as the pack needs it.
    public let rule: UTF8String
    /// OAP's code: `oap.limit_exceeded`.
    public let code: UTF8String
    /// For people. Names of members, limits and rules, and nothing of the call.
    public let message: UTF8String

    init(_ rule: UTF8String, _ code: UTF8String, _ message: String) {
        self.rule = rule
        self.code = code
        self.message = UTF8String(message)
    }
}

/// So much of something within a window of time, taken atomically when the call is logged.
public struct PackReservation: Sendable, Equatable {
    /// The pack and its rule, for receipts: `finance.payment.refund.v1 daily_cap_check`.
    public let id: UTF8String
    /// What is counted, besides the agent: `id`, and where it is counted apart by something of the call a digest of that.
    public let counter: UTF8String
    /// Where the window starts; another start counts from zero.
    public let windowStart: Timestamp
    /// How much.
    public let amount: Int64
    /// Whether that is an amount that the call names; else it is one call.
    public let isAmount: Bool
    /// What the sum may not pass.
    public let maximum: Int64
    /// The code of a refusal for want of it.
    public let code: UTF8String
    /// What such a refusal says.
    public let message: UTF8String
}
