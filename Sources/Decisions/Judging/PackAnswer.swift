// SPDX-License-Identifier: Apache-2.0

import Packs
public import StrictJSON

/// What one policy pack says of a call, whether or not anything else refuses the call before.
public struct PackAnswer: Sendable {
    /// The pack.
    public let pack: UTF8String
    /// Whose passport is asked: the caller's, or that of an agent on whose authority it acts.
    public let agent: UTF8String
    /// Why not, with the codes that a refusal would have; empty where the pack refuses nothing.
    public let reasons: [Reason]
    /// Whether the passport asks for a person's approval.
    public let needsApproval: Bool
    /// What an allow takes of the passport's limits, by the names that receipts have.
    public let takes: [UTF8String]
}

extension Judge {
    /// The packs of a call, each by itself; none where nobody is known to call, or no effects can be told.
    ///
    /// - Parameter verdict: that on the same inputs.
    public static func packAnswers(_ inputs: DecisionInputs, _ verdict: Verdict) -> [PackAnswer] {
        Judging(inputs, PassportVerifier()).packAnswers(verdict)
    }

    /// The packs of a decision that was made, as they were then.
    ///
    /// - Parameter verdict: that of its replay.
    public static func packAnswers(_ archived: ArchivedDecision, _ verdict: Verdict) -> [PackAnswer] {
        packAnswers(archived.inputs, verdict)
    }
}

extension Verdict {
    /// What an allow takes of the agents' limits, in the commit.
    public var reservations: [Reservation] { limits.map(\.reservation) }

    /// The refusal for want of what a counter would give.
    public func refusal(exceeding counter: UTF8String) -> Reason? {
        limits.first { $0.reservation.counter == counter }.map { Reason($0.code, $0.message) }
    }
}
