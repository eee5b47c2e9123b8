// SPDX-License-Identifier: Apache-2.0

import Packs
import Passports
import Receipts
import StrictJSON
import WireTypes

/// What a passport's limits let an agent have of something in a window of time: reserved in the commit, so that no number
/// of processes can take more between them.
struct CallLimit: Sendable, Hashable {
    /// What receipts and refusals call it; none of it comes from a call.
    let id: UTF8String
    /// What the commit takes.
    let reservation: Reservation
    /// What a receipt says is counted.
    let kind: Receipt.Limit.Kind
    /// The code of a refusal for want of it, and what that says.
    let code: ReasonCode
    private(set) var message: UTF8String

    init(
        id: UTF8String, reservation: Reservation, kind: Receipt.Limit.Kind = .rate, code: ReasonCode = .limitExceeded,
        message: UTF8String? = nil
    ) {
        self.id = id
        self.reservation = reservation
        self.kind = kind
        self.code = code
        self.message = UTF8String("limit: \(message ?? id)")
    }

    /// What a rule of a pack takes of the agent's limits.
    init(_ taken: PackReservation, of identity: VerifiedIdentity) {
        self.init(
            id: taken.id,
            reservation: Reservation(
                counter: UTF8String("\(identity.agentID) \(taken.counter)"), windowStart: taken.windowStart,
                amount: taken.amount, maximum: taken.maximum),
            kind: taken.isAmount ? .amount : .count,
            code: ReasonCode(rawValue: taken.code.string) ?? .limitExceeded, message: taken.message)
    }

    /// The same, with whose it is where that is not who calls.
    func named(_ suffix: String?) -> CallLimit {
        var limit = self
        if let suffix { limit.message = UTF8String("\(message) \(suffix)") }
        return limit
    }

    /// OAP's `mcp.tool.execute` / `max_calls_per_minute`: calls of one agent, of whatever tool, a minute of the clock.
    static let callsPerMinute: UTF8String = "mcp.tool.execute.max_calls_per_minute"

    /// The limits of an agent at a moment.
    ///
    /// - Returns: `nil` where a limit is there but is no count: nobody knows what it allows.
    static func of(_ identity: VerifiedIdentity, at now: Timestamp) -> [CallLimit]? {
        let value = LimitResolver(identity.limits).value(of: "max_calls_per_minute", for: "mcp.tool.execute")
        guard let value else { return [] }
        guard let maximum = value.int64, maximum >= 0 else { return nil }
        let minute = now.milliseconds.quotientRoundedDown(by: 60_000) * 60_000
        return [
            CallLimit(
                id: callsPerMinute,
                reservation: Reservation(
                    counter: UTF8String("\(identity.agentID) \(callsPerMinute)"),
                    windowStart: Timestamp(clamping: minute), amount: 1, maximum: maximum))
        ]
    }
}
