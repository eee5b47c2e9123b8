// SPDX-License-Identifier: Apache-2.0

import Passports
import Receipts
import StrictJSON
import WireTypes

/// The one place where calls are decided: judged, signed, durably logged, and only then answered.
///
/// Whatever fails on the way ends in a deny, here and nowhere else.
public struct DecisionPipeline: Sendable {
    let ports: DecisionPorts
    private let known = KnownContents()
    let passports = PassportVerifier()
    let definitions = PinnedDefinitions()
    let sightings = SightingBudget()
    let visibility = VisibilityMemory()
    let grantBooks = GrantBooks()
    let denials = DenialBudget()
    private let clockWatch = ClockWatch()

    /// A pipeline over its ports.
    public init(_ ports: DecisionPorts) { self.ports = ports }

    /// Decides a call. Returns after the decision is durable; where it could not be made durable, the answer is a deny
    /// without a receipt.
    public func decide(_ call: ToolCall) async -> Decision {
        let now = ports.clock.now()
        let askedAt = ports.clock.monotonicMilliseconds()
        do throws(LedgerError) {
            // Again if the state moved between judging and logging, so often that only somebody who changes it all the
            // time keeps a call from being decided. Each time it is judged anew under the state as it is then, so trying
            // again can never allow what has been forbidden meanwhile.
            var attempts = DecisionAttempts()
            while attempts.remain {
                let (inputs, verdict) = try judged(await inputs(call))
                let draft = DecisionDraft(inputs, verdict: verdict, ports: ports)
                if draft.verdict.isAllowed, let jump = clockWatch.jump(ports.clock, epoch: inputs.epochs.clock) {
                    return try await deny(draft, Reason(.clockJumped, Self.said(ofJump: jump)))
                }
                if draft.verdict.isAllowed, let fault = inputs.inputs.rulebook.fault {
                    return try await deny(draft, Reason(.sealBroken, fault))
                }
                if draft.verdict.isAllowed, let session = call.session, try ports.ledger.isFrozen(session: session) {
                    return try await deny(draft, Self.frozen)
                }
                if try await label(draft) {
                    attempts.labelled()
                    continue
                }
                if let answer = try counted(draft) { return .denied(answer) }
                switch try await log(draft) {
                case .logged(let index):
                    try await askForApproval(draft)
                    return decision(draft, index, askedAt)
                case .stale(let state): attempts.moved(from: inputs, to: state)
                case .limitExceeded(let counter):
                    let limit = draft.verdict.limits.first { $0.reservation.counter == counter }
                    let reason = Reason(limit?.code ?? .limitExceeded, limit?.message ?? "limit: used up")
                    return try await deny(draft, reason)
                case .approvalUnavailable:
                    return try await deny(
                        draft, Reason(.approvalRequired, "approval required: the approval is no longer available"))
                }
            }
            let inputs = try await inputs(call)
            let draft = DecisionDraft(inputs, verdict: Judge.judge(inputs.inputs, passports: passports), ports: ports)
            return try await deny(
                draft, Reason(.stateChanged, "state changed: again and again while the call was decided"))
        } catch {
            return .denied(unlogged(call, now, error))
        }
    }

    /// Logs what the caller has had of a permitted call. Nobody waits for it.
    ///
    /// - Throws: `LedgerError` where the ledger takes nothing any more.
    public func record(
        _ report: OutcomeReport, of ticket: OutcomeTicket, milliseconds: Int64
    ) throws(LedgerError) {
        let outcome = report.outcome(of: ticket, log: ports.origin, at: ports.clock.now(), milliseconds: milliseconds)
        try ports.ledger.append(
            later: CommitRequest(
                kind: .outcome(of: ticket.receiptID), entry: try Signing.sign(outcome, ports.signer),
                time: outcome.at))
    }

    private static let frozen = Reason(
        .sessionFrozen,
        "session frozen: a call of it ran otherwise than it was decided; look at the log, then start a new session")

    /// Refuses a call for a reason of the caller's own, whatever policies say of it; the refusal is logged like any other.
    public func refuse(_ call: ToolCall, _ reason: Reason) async -> Answer {
        let now = ports.clock.now()
        do throws(LedgerError) {
            let inputs = try await inputs(call)
            let verdict = Judge.judge(inputs.inputs, passports: passports)
            return try await deny(DecisionDraft(inputs, verdict: verdict, ports: ports), reason).answer
        } catch {
            return unlogged(call, now, error)
        }
    }

    private static func said(ofJump milliseconds: Int64) -> UTF8String {
        let seconds = milliseconds.magnitude / 1_000
        return UTF8String(
            "clock: it was set \(seconds) s \(milliseconds < 0 ? "back" : "forward") while this process ran; "
                + "set it right, or acknowledge it with `writ clock --accept`")
    }

    private func log(_ draft: DecisionDraft) async throws(LedgerError) -> CommitResult {
        var request = try draft.commitRequest()
        request.contents = known.unknown(among: request.contents)
        let result = try await ports.ledger.commit(request)
        if case .logged = result { known.insert(request.contents) }
        return result
    }

    /// A deny for a reason that came up after judging. Denies hold whatever the state is, so this cannot be stale.
    private func deny(_ draft: DecisionDraft, _ reason: Reason) async throws(LedgerError) -> Decision {
        let denied = draft.denied(reason, ports)
        if let answer = try counted(denied) { return .denied(answer) }
        guard case .logged(let index) = try await log(denied) else {
            throw LedgerError(.poisoned, "the ledger refused to log a deny")
        }
        return .denied(denied.answer(Answer.Place(origin: ports.origin, index: index)))
    }

    private func decision(_ draft: DecisionDraft, _ index: Int64, _ askedAt: Int64) -> Decision {
        let answer = draft.answer(Answer.Place(origin: ports.origin, index: index))
        guard draft.verdict.isAllowed else { return .denied(answer) }
        let ticket = OutcomeTicket(receiptID: draft.receiptID, index: index, blind: draft.blind)
        let expiry = PermitExpiry(clock: ports.clock, checkedAt: answer.checkedAt, askedAt: askedAt)
        return .allowed(Permit(ticket: ticket, message: draft.verdict.message, expiry: expiry), answer)
    }

    /// What is said when nothing could be logged: no receipt, and never an allow.
    private func unlogged(_ call: ToolCall, _ now: Timestamp, _ error: LedgerError) -> Answer {
        let reason = Reason(.logUnavailable, UTF8String("log unavailable: \(error.code.publicText)"))
        return Answer(
            isAllowed: false, receiptID: nil, reason: reason.message, checkedAt: now,
            agentID: Passport.reservedAgentID, reasons: [reason], log: nil)
    }
}
