// SPDX-License-Identifier: Apache-2.0

import Passports
import Receipts
import StrictJSON
import WireTypes

extension DecisionPipeline {
    /// What is said of a refusal that gets no receipt of its own, since its speaker has had too many; `nil` for one that
    /// is to be logged.
    ///
    /// Only what comes through the gateway can come without end. Where somebody has asked a process of its own, it is
    /// logged.
    func counted(_ draft: DecisionDraft) throws(LedgerError) -> Answer? {
        let call = draft.inputs.call
        guard call.surface == .gateway, !draft.verdict.isAllowed else { return nil }
        let speaker = DenialBudget.Speaker(agent: draft.verdict.identity.agentID, isServer: call.isServers)
        let isLogged = denials.take(
            speaker, bytes: call.message.serialized().count, at: ports.clock.monotonicMilliseconds())
        if isLogged { return nil }
        try logCounted(all: false)
        return draft.countedAnswer()
    }

    /// Logs how many refusals had no receipts of their own.
    ///
    /// - Parameter all: whether those too that would be logged within a minute; for the end of a process.
    /// - Throws: `LedgerError` where the ledger takes nothing any more.
    public func logCounted(all: Bool) throws(LedgerError) {
        let now = ports.clock.now()
        for excess in denials.due(at: ports.clock.monotonicMilliseconds(), all: all) {
            let details = EventDetails.refusedFrames(
                count: UInt64(max(1, excess.count)),
                surface: excess.speaker.isServer ? "server/denied" : "gateway/denied",
                since: now.adding(milliseconds: -excess.since), until: now)
            try ports.ledger.append(later: EventLog(ports).request(details, "writ", excess.speaker.agent))
        }
    }
}

extension DecisionDraft {
    /// The refusal, with nothing in the log that is of it alone.
    func countedAnswer() -> Answer {
        let counted = Reason(
            .denialCounted, "too many refused requests: this one is counted in the log, without a receipt of its own")
        var answer = answer(Answer.Place(origin: "", index: 0))
        answer.receiptID = nil
        answer.log = nil
        answer.reason = UTF8String("\(answer.reason) (\(counted.message))")
        answer.reasons.append(counted)
        return answer
    }
}

extension Answer {
    /// Whether it has no receipt because its agent has had too many refusals, and was counted in the log instead.
    public var isCounted: Bool { receiptID == nil && reasons.last?.code == .denialCounted }
}
