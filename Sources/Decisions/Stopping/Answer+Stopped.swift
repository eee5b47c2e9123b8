// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

extension Answer {
    /// What the caller hears whose permitted call was stopped. It names the receipt under which the call had begun, whose
    /// outcome says what became of it.
    public func stopped(by reason: Reason, at moment: Timestamp) -> Answer {
        var answer = self
        answer.isAllowed = false
        answer.reason = reason.message
        answer.reasons = [reason]
        answer.checkedAt = moment
        answer.approval = nil
        return answer
    }

    /// What the caller hears of whom a stream was stopped that had no receipt of its own.
    public init(stopped agentID: UTF8String, by reason: Reason, at moment: Timestamp) {
        self.init(
            isAllowed: false, receiptID: nil, reason: reason.message, checkedAt: moment, agentID: agentID,
            reasons: [reason], log: nil)
    }
}
