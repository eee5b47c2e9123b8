// SPDX-License-Identifier: Apache-2.0

import Effects
import Passports
import StrictJSON
import ToolTypes

/// The decision itself: a pure function of its inputs, in the order that `docs/decision.md` fixes.
///
/// The first refusal decides; policy reports everything that determined it. Epochs, limits and approvals are compared
/// again in the commit, which is not the judge's.
public enum Judge {
    /// The verdict on a call.
    ///
    /// - Parameter passports: remembers what has been verified; the verdict is the same with one that remembers nothing.
    public static func judge(
        _ inputs: DecisionInputs, passports: PassportVerifier = PassportVerifier()
    ) -> Verdict {
        var judging = Judging(inputs, passports)
        if let refusal = judging.run() { judging.verdict.refusals = refusal }
        return judging.verdict
    }
}

/// One run through the checks.
private struct Judging {
    let inputs: DecisionInputs
    let passports: PassportVerifier
    var verdict: Verdict

    init(_ inputs: DecisionInputs, _ passports: PassportVerifier) {
        self.inputs = inputs
        self.passports = passports
        verdict = Verdict(message: inputs.call.message)
    }

    private var call: ToolCall { inputs.call }

    /// The refusal, or `nil` where everything is permitted.
    mutating func run() -> [Reason]? {
        let presented = passports.present(call.credential, to: inputs.rulebook)
        verdict.identity = presented.claim
        let map = toolMap
        verdict.isKnownTool = map != nil || call.isListed

        // 1. Well formed and within limits.
        if let defect = malformation() { return [Reason(.invalidContext, "invalid request: " + defect)] }
        // 2. Kill switches for what needs no verification: everything, server, tool, the agent as claimed.
        if let refusal = killed(agent: verdict.identity.namedAgentID, owner: nil) { return [refusal] }
        // 3. Identity.
        let passport: VerifiedPassport
        switch presented.verified {
        case .success(let verified): passport = verified
        case .failure(let why): return [Reason(.identityUnverified, "identity: " + why.text)]
        }
        let identity = VerifiedIdentity(passport)
        verdict.identity = .verified(identity)
        // 4. Standing, and the kill switches of whom we now know.
        let logged: LoggedStatus =
            switch inputs.standings[identity.agentID] {
            case nil: .none
            case .suspended: .suspended
            case .revoked: .revoked
            }
        if let refusal = passport.passport.standing(at: inputs.now, logged: logged).refusal {
            return [Reason(refusal)]
        }
        if let refusal = killed(agent: identity.agentID, owner: identity.ownerID) { return [refusal] }
        // 5. What the call's policy pack asks for.
        if let pack = call.pack, let refusal = refusal(under: pack, identity) { return [refusal] }
        // 6. The tool.
        guard verdict.isKnownTool else {
            return [Reason(.toolUnknown, "unknown tool: neither the server's list nor any tool map has it")]
        }
        // 7. Effects.
        let derived: DerivedEffects
        do throws(EffectError) {
            derived = try effects(of: .object(verdict.arguments), map)
        } catch {
            return [Reason(.invalidContext, "invalid request: the call would touch too much to be judged")]
        }
        verdict.effects = derived.effects
        verdict.arguments = derived.canonicalParameters.object ?? verdict.arguments
        if call.message[call.argumentsPlace] != nil {
            verdict.message = call.message.replacing(call.argumentsPlace, with: derived.canonicalParameters)
        }
        // 8. Policy.
        let requests: [CedarRequest]
        do throws(WorldError) {
            requests = try CedarWorld(inputs, identity, derived).requests()
        } catch {
            return [Reason(.invalidContext, "invalid request: " + error.text)]
        }
        let judgement = PolicyJudgement(requests, inputs.rulebook.policies)
        verdict.judgement = judgement
        let refusals = judgement.refusals
        guard refusals.isEmpty else { return refusals }
        // 9. Approval.
        if let group = judgement.approvalGroups.first {
            return [
                Reason(
                    .approvalRequired, UTF8String("approval required: by \(group)"),
                    policy: judgement.determining.first)
            ]
        }
        // 10. Limits: what they are, here; whether there is enough left, in the commit.
        guard let limits = CallLimit.of(identity, at: inputs.now) else {
            return [Reason(.limitExceeded, "limit: a limit in the passport is no count")]
        }
        verdict.limits = limits
        return nil
    }

    /// The effects of the arguments. A null where the tool's definition has null stands for absence: so it is derived,
    /// and forwarded as it came.
    private func effects(of arguments: JSON, _ map: ToolMap?) throws(EffectError) -> DerivedEffects {
        let environment = EffectEnvironment(call.place, resolve: inputs.resolve)
        let type = inputs.rulebook.argumentTypes[server: call.server, tool: call.tool]
        guard let type, type.hasDeclaredNull(arguments) else {
            return try EffectDeriver.effects(parameters: arguments, map: map, environment: environment)
        }
        let derived = try EffectDeriver.effects(
            parameters: type.withoutDeclaredNulls(arguments), map: map, environment: environment)
        return DerivedEffects(
            effects: derived.effects, mapped: derived.mapped,
            canonicalParameters: type.restoringDeclaredNulls(in: derived.canonicalParameters, from: arguments))
    }

    /// The operator's map, else the built-in one of the server's program.
    private var toolMap: ToolMap? {
        if let map = inputs.rulebook.maps[ToolReference(server: call.server, tool: call.tool)] { return map }
        guard let name = call.builtInMap else { return nil }
        return inputs.rulebook.maps[ToolReference(server: ToolCall.builtInAlias(name), tool: call.tool)]
    }

    private mutating func malformation() -> UTF8String? {
        if let defect = call.defect { return defect }
        if call.tool.isEmpty || call.tool.byteCount > Limits.toolNameBytes {
            return UTF8String("a tool's name has 1 to \(Limits.toolNameBytes) bytes")
        }
        if [call.nonce, call.session].contains(where: { $0.map { !CallerToken.isEchoed($0) } ?? false }) {
            return UTF8String(
                "a nonce or session has 1 to \(Limits.tokenBytes) letters, digits and the marks \(CallerToken.marks)")
        }
        switch call.message[call.argumentsPlace] {
        case .object(let arguments)?: verdict.arguments = arguments
        case nil: break
        case .some: return "the arguments are no JSON object"
        }
        return nil
    }

    private func killed(agent: UTF8String?, owner: UTF8String?) -> Reason? {
        let hit = inputs.killSwitches.first { killSwitch in
            switch killSwitch.scope {
            case .everything: true
            case .server(let server): server == call.server
            case .tool(let server, let tool): server == call.server && tool == call.tool
            case .agent(let id): id == agent
            case .owner(let id): id == owner
            }
        }
        return hit.map { Reason(.killSwitch, "kill switch: " + $0.reason) }
    }

    private func refusal(under pack: UTF8String, _ identity: VerifiedIdentity) -> Reason? {
        guard let requirements = PackTable.standard.requirements(of: pack) else {
            return Reason(.policyError, UTF8String("policy error: the pack \(pack) is not known"))
        }
        return identity.refusal(under: requirements).map(Reason.init)
    }
}

extension Reason {
    fileprivate init(_ refusal: PassportRefusal) {
        // The codes are the same words; one that is not in both enums is a mistake that a test finds.
        self.init(
            ReasonCode(rawValue: refusal.code.rawValue) ?? .identityUnverified,
            UTF8String("passport: \(refusal.message)"))
    }
}

extension EffectEnvironment {
    init(_ place: WorkingPlace, resolve: @escaping @Sendable (UTF8String) -> [UTF8String]) {
        self.init(
            workingDirectory: place.workingDirectory, home: place.home, filesystem: place.isLocal ? .local : .foreign,
            resolve: resolve)
    }
}

func + (left: UTF8String, right: UTF8String) -> UTF8String { UTF8String(left.string + right.string) }
