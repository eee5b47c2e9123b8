// SPDX-License-Identifier: Apache-2.0

import Passports
import Receipts
import StrictJSON
import WireTypes

extension DecisionPipeline {
    /// Logs the labels that an allow brings its agent, before the allow itself, so that no call after it is judged without
    /// them and one that was is stale.
    ///
    /// - Returns: whether something was logged; then the call must be decided again, under the new state.
    func label(_ draft: DecisionDraft) async throws(LedgerError) -> Bool {
        guard draft.verdict.isAllowed, case .verified(let identity) = draft.verdict.identity else { return false }
        let inputs = draft.inputs
        let keep = inputs.rulebook.labelsKeptMilliseconds
        let known = inputs.labels?[identity.agentID] ?? [:]
        // A label is kept longer when half its time is over: one event in hours, not one a call.
        let half = inputs.now.adding(milliseconds: keep / 2)
        let wanted = draft.verdict.labels.filter { label in known[label].map { $0 <= half } ?? true }
        guard !wanted.isEmpty else { return false }
        try await EventLog(ports).commit(
            .sessionLabelled(
                agentID: identity.agentID, labels: wanted.sorted().compactMap { LabelWord(rawValue: $0.rawValue) },
                until: inputs.now.adding(milliseconds: keep)), actor: "writ")
        return true
    }
}

/// How often one call is decided again before it is too busy to be sure.
struct DecisionAttempts {
    private var moves = 0
    private var labellings = 0
    private var others = 0

    /// Whether it may be decided once more.
    var remain: Bool {
        moves < Limits.moves && labellings < Limits.labellings && others < Limits.othersMoves
    }

    /// The call's own labels were logged first.
    mutating func labelled() { labellings += 1 }

    /// The state moved between judging and logging. That some agent has gained a label or a grant, or that another tool has
    /// been approved, is no change of anybody's mind about this call: many agents that start at once must not refuse each
    /// other, nor does an operator who approves a server's hundred tools, one by one, refuse those of another.
    mutating func moved(from old: GatheredInputs, to new: LedgerState) {
        var same = new.epochs
        same.labels = old.epochs.labels
        same.grants = old.epochs.grants
        let call = old.inputs.call
        let approved = new.pins[server: call.server, tool: call.tool]?.approved
        if old.inputs.pin == nil || old.inputs.pin?.approved == approved { same.pins = old.epochs.pins }
        if new.epochs != old.epochs, same == old.epochs { others += 1 } else { moves += 1 }
    }
}
