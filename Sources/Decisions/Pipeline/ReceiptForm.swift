// SPDX-License-Identifier: Apache-2.0

import Effects
import Passports
import Receipts
import StrictJSON
import WireTypes

/// A verdict as the receipt that the log keeps. A replay makes the same receipt of the archived inputs.
struct ReceiptForm {
    let receiptID: UUIDv7
    let blind: [UInt8]
    let inputs: DecisionInputs
    let verdict: Verdict
    let epochs: Epochs
    let log: UTF8String
    let custody: Custody

    func receipt(evidence: Digest?) -> Receipt {
        let call = inputs.call
        let reasons = verdict.reasons
        var receipt = Receipt(
            receiptID: receiptID, log: log, checkedAt: inputs.now, allow: verdict.isAllowed,
            reason: Receipt.sentence((reasons.first?.message ?? "").string),
            reasons: reasons.prefix(Limits.listed).map {
                Receipt.Reason(code: UTF8String($0.code.rawValue), policy: $0.policy)
            },
            agentID: verdict.identity.agentID, identity: identity, call: commitments(call), policy: policy,
            state: Receipt.State(
                config: inputs.rulebook.configurationDigest, killEpoch: UInt64(epochs.kill),
                revocationEpoch: UInt64(epochs.revocation)),
            custody: custody, engine: Engine.name)
        receipt.evidence = evidence
        receipt.limits = limits
        receipt.approval = approval
        receipt.session = call.session.flatMap { CallerToken.isEchoed($0) ? $0 : nil }
        receipt.nonce = call.nonce.flatMap { CallerToken.isEchoed($0) ? $0 : nil }
        if verdict.isAllowed {
            receipt.expiresAt = inputs.now.adding(milliseconds: Limits.permitMilliseconds)
            receipt.audience = call.server
        }
        return receipt
    }

    /// Reserved by an allow; for a refusal by a limit, the one that had too little left.
    private var limits: [Receipt.Limit]? {
        guard let refusal = verdict.refusals.first else {
            return verdict.limits.isEmpty
                ? nil : verdict.limits.map { Receipt.Limit(id: $0.id, kind: $0.kind, outcome: .reserved) }
        }
        // The reason is archived, and names the limit, so that a replay finds the same one.
        let exceeded = verdict.limits.filter { $0.code == refusal.code && $0.message == refusal.message }
        return exceeded.isEmpty
            ? nil : exceeded.map { Receipt.Limit(id: $0.id, kind: $0.kind, outcome: .exceeded) }
    }

    /// The approval that an allow has used, or that a refusal for want of one names.
    private var approval: Receipt.Approval? {
        guard let approval = verdict.approval, let id = approval.facts.id else { return nil }
        let state: Receipt.Approval.State
        if verdict.isAllowed {
            state = .consumed
        } else {
            guard verdict.refusals.first?.code == .approvalRequired else { return nil }
            // Granted and yet refused: another call has used it, or its time was over when it was to be used.
            state = approval.facts.refusedBy != nil ? .refused : approval.isGranted ? .expired : .required
        }
        return Receipt.Approval(
            id: id, group: approval.facts.group, state: state, needed: UInt64(approval.needed),
            by: approval.votes.map {
                Receipt.Approval.Approver(id: $0.approver, assurance: $0.assurance, kid: $0.signature?.kid)
            })
    }

    private var identity: Receipt.Identity {
        switch verdict.identity {
        case .verified(let identity):
            Receipt.Identity(
                state: .verified, kind: UTF8String(identity.kind.rawValue), issuer: identity.issuer,
                digest: identity.digest, assurance: UInt64(identity.assurance.level),
                chain: identity.delegators.isEmpty ? nil : identity.delegators.map(\.digest),
                onBehalfOf: identity.onBehalfOf,
                proof: identity.proof == .none ? nil : UTF8String(identity.proof.rawValue),
                proofKey: identity.proofKey)
        case .claimed(let identity):
            Receipt.Identity(state: .claimed, kind: UTF8String((identity.kind ?? .passport).rawValue))
        case .none:
            Receipt.Identity(state: .none, kind: "none")
        }
    }

    private func commitments(_ call: ToolCall) -> Receipt.Call {
        let parameters = verdict.message[call.parametersPlace]
        // A blind is made of 32 bytes above.
        guard let blind = Blind(bytes: blind) else { preconditionFailure("a blind has 32 bytes") }
        let commitments = CallCommitments(
            blind: blind, method: call.method, serverDigest: call.serverDigest, tool: call.tool,
            definition: call.definition, parameters: .object(verdict.arguments),
            parameterBytes: parameters?.serialized() ?? [],
            effects: verdict.effects.map { effect in
                let name = effect.resource.name
                return CommittedEffect(
                    verb: UTF8String(effect.verb.rawValue), type: UTF8String(name.type.rawValue), id: name.id)
            })
        return Receipt.Call(
            surface: UTF8String(call.surface.rawValue),
            enforcement: call.enforcement == .enforcing ? .enforcing : .advisory,
            server: .known(call.server),
            tool: isPresentable(call.tool) ? .known(call.tool) : .committed(blind.name(call.tool, as: .tool).digest),
            serverDigest: call.serverDigest, definition: call.definition, request: commitments.request,
            sd: commitments.sd, sdOmitted: commitments.omitted)
    }

    /// Whether a tool's name may stand in the log in clear. A server may list names that an entry cannot hold, or that
    /// would read as a commitment or an operation.
    private func isPresentable(_ tool: UTF8String) -> Bool {
        verdict.isKnownTool && (inputs.call.operation.name != nil || ToolName.isPresentable(tool))
    }

    private var policy: Receipt.Policy {
        Receipt.Policy(
            digest: inputs.policies.digest, profile: "native", mode: .enforce,
            cedarAllow: verdict.cedarAllows, would: verdict.would,
            determining: Array(verdict.determining.prefix(Limits.listed)),
            errors: verdict.policyErrors.prefix(Limits.listed).map {
                Receipt.Policy.Failure(policy: $0.policy, code: UTF8String($0.code))
            }, grants: inputs.grants?.grants.map(\.id))
    }
}
