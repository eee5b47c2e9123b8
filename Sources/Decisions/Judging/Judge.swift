// SPDX-License-Identifier: Apache-2.0

import Effects
import Packs
import Passports
import StrictJSON
import ToolTypes
import WireTypes

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
        verdict = Verdict(inputs.call)
    }

    private var call: ToolCall { inputs.call }

    /// The refusal, or `nil` where everything is permitted.
    mutating func run() -> [Reason]? {
        let presented = passports.present(call.credential, to: inputs.rulebook)
        verdict.identity = presented.claim
        verdict.isKnownTool = isKnownName

        // 1. Well formed and within limits.
        if let defect = malformation() { return [Reason(.invalidContext, "invalid request: " + defect)] }
        // 2. Kill switches for what needs no verification: everything, server, tool, the agent as claimed.
        if let refusal = killed(agent: verdict.identity.namedAgentID, owner: nil) { return [refusal] }
        // 3. Identity.
        let agent: PresentedAgent
        switch presented.verified {
        case .success(let verified): agent = presented.agent ?? PresentedAgent(verified)
        case .failure(let why): return [Reason(.identityUnverified, "identity: " + why.text)]
        }
        let (passport, identity) = (agent.passport, agent.identity)
        verdict.identity = .verified(identity)
        // 4. Standing, and the kill switches of whom we now know.
        if let refusal = passport.refusal(at: inputs.now, inputs.standings) { return [Reason(refusal)] }
        if let refusal = killed(agent: identity.agentID, owner: identity.ownerID) { return [refusal] }
        // 5. What the call's policy packs ask for.
        for pack in packs {
            if let refusal = refusal(under: pack, identity) { return [refusal] }
        }
        // 6. The tool, or the method.
        if let refusal = unknown() { return [refusal] }
        // 7. Effects.
        let derived: DerivedEffects
        do throws(EffectError) {
            derived = try effects()
        } catch {
            return [Reason(.invalidContext, "invalid request: the call would touch too much to be judged")]
        }
        verdict.effects = derived.effects
        if inputs.labels != nil { verdict.labels = EffectLabels.of(derived.effects) }
        verdict.arguments = derived.canonicalParameters.object ?? verdict.arguments
        // What is no tool's is forwarded as it came.
        if call.operation == .tool, call.message[call.argumentsPlace] != nil {
            verdict.message = call.message.replacing(call.argumentsPlace, with: derived.canonicalParameters)
        }
        // 8. Policy.
        let requests: [CedarRequest]
        do throws(WorldError) {
            requests = try CedarWorld(inputs, agent, derived, verdict.labels).requests()
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
        // 10. The packs' rules, and limits of tool calls: what they are, here; whether enough is left, in the commit.
        guard call.operation == .tool else { return nil }
        var taken: [PackReservation] = []
        for pack in packs where isWhole(pack, identity) {
            let verdict = PackRules.judge(packCall(pack, identity))
            guard verdict.refusals.isEmpty else { return verdict.refusals.map(Reason.init) }
            guard !verdict.needsApproval else {
                return [Reason(.approvalRequired, "approval required: by the passport's limit approval_required")]
            }
            taken += verdict.reservations
        }
        guard let limits = CallLimit.of(identity, at: inputs.now) else {
            return [Reason(.limitExceeded, "limit: a limit in the passport is no count")]
        }
        verdict.limits = limits + taken.map { CallLimit($0, of: identity) }
        return nil
    }

    /// Whether server and tool are names that the operator, the protocol or a pin has: others are whoever's.
    private var isKnownName: Bool {
        switch call.operation {
        case .tool where call.isHeldToPin: inputs.map != nil || inputs.pin != nil || inputs.approvedDefinition != nil
        case .tool: inputs.map != nil || call.isListed
        default: call.operation.isKnown
        }
    }

    /// Check 6: what is called must be something that somebody has said something of.
    private func unknown() -> Reason? {
        switch call.operation {
        case .unknown:
            return Reason(.methodUnknown, "unknown method: the protocol has none of that name that is decided")
        case .tool where call.isHeldToPin: return unapproved()
        case .tool where !verdict.isKnownTool:
            return Reason(.toolUnknown, "unknown tool: neither the server's list nor any tool map has it")
        default: return nil
        }
    }

    /// A definition that nobody has approved is not called, whatever its tool was before.
    private func unapproved() -> Reason? {
        guard ToolName.isPresentable(call.tool), let approved = inputs.approvedDefinition else {
            guard inputs.pin != nil else {
                return Reason(.toolUnknown, "unknown tool: the server has not listed it")
            }
            return Reason(
                .toolUnknown,
                UTF8String("unknown tool: it waits for approval: writ tools approve \(call.server)/\(call.tool)"))
        }
        guard call.definition != approved else { return nil }
        return Reason(
            .toolChanged,
            UTF8String(
                "tool changed: its definition is not the approved one: writ tools diff \(call.server)/\(call.tool)"))
    }

    /// What the call would touch.
    private func effects() throws(EffectError) -> DerivedEffects {
        let environment = EffectEnvironment(call.place, resolve: inputs.resolve)
        let arguments = JSON.object(verdict.arguments)
        guard call.operation == .tool else {
            let effects = try OperationEffects.of(call.operation, verdict.arguments, environment)
            return DerivedEffects(effects: effects, mapped: true, canonicalParameters: arguments)
        }
        // A null where the tool's definition has null stands for absence: so it is derived, and forwarded as it came.
        let type = inputs.argumentType
        guard type.hasDeclaredNull(arguments) else {
            return try EffectDeriver.effects(parameters: arguments, map: inputs.map, environment: environment)
        }
        let derived = try EffectDeriver.effects(
            parameters: type.withoutDeclaredNulls(arguments), map: inputs.map, environment: environment)
        return DerivedEffects(
            effects: derived.effects, mapped: derived.mapped,
            canonicalParameters: type.restoringDeclaredNulls(in: derived.canonicalParameters, from: arguments))
    }

    private mutating func malformation() -> UTF8String? {
        if let defect = call.defect { return defect }
        if call.server.hasPrefix(Operation.prefix) { return "no server is called so" }
        if let name = call.operation.name {
            guard call.tool == name, call.method == call.operation.method else {
                return "the method is not that of the operation"
            }
            if call.operation.method.isEmpty { return "a method has a name" }
        } else if call.tool.isEmpty || call.tool.byteCount > Limits.toolNameBytes {
            return UTF8String("a tool's name has 1 to \(Limits.toolNameBytes) bytes")
        }
        if [call.nonce, call.session].contains(where: { $0.map { !CallerToken.isEchoed($0) } ?? false }) {
            return UTF8String(
                "a nonce or session has 1 to \(Limits.tokenBytes) letters, digits and the marks \(CallerToken.marks)")
        }
        switch call.message[call.argumentsPlace] {
        case .object(let arguments)?: verdict.arguments = OperationInput.of(call.operation, arguments)
        case nil: break
        case .some: return "the arguments are no JSON object"
        }
        return nil
    }

    private func killed(agent: UTF8String?, owner: UTF8String?) -> Reason? {
        let hit = inputs.killSwitches.first {
            $0.scope.covers(server: call.server, tool: call.tool, agent: agent, owner: owner)
        }
        return hit.map { Reason(.killSwitch, "kill switch: " + $0.reason) }
    }

    private var packs: [PackBinding] { call.packs ?? [] }

    /// Whether all of a pack is asked. One that nobody has named for the tool leaves what the passport says nothing of to
    /// the policies.
    private func isWhole(_ pack: PackBinding, _ identity: VerifiedIdentity) -> Bool {
        !pack.isImplied || PackRules.hasLimits(identity.limits, of: pack.pack)
    }

    private func refusal(under pack: PackBinding, _ identity: VerifiedIdentity) -> Reason? {
        guard let requirements = PackTable.standard.requirements(of: pack.pack) else {
            return Reason(.policyError, UTF8String("policy error: the pack \(pack.pack) is not known"))
        }
        guard isWhole(pack, identity) else {
            return identity.refusal(under: requirements, region: nil).map { Reason($0) }
        }
        let context = pack.context(of: verdict.arguments)
        let region = PackRules.region(pack: pack.pack, arguments: context)
        if let refusal = identity.refusal(under: requirements, region: region) { return Reason(refusal) }
        return PackRules.malformation(pack: pack.pack, tool: pack.tool, arguments: context).map(Reason.init)
    }

    /// The call as a pack's rules look at it: with its paths canonical, and with all that it would touch.
    private func packCall(_ pack: PackBinding, _ identity: VerifiedIdentity) -> PackCall {
        PackCall(
            pack: pack.pack, tool: pack.tool, arguments: pack.context(of: verdict.arguments),
            isPicked: pack.members != nil, server: pack.server, effects: verdict.effects, identity: identity,
            environment: EffectEnvironment(call.place, resolve: inputs.resolve), now: inputs.now)
    }
}

extension VerifiedPassport {
    /// Why it is of no use at a moment; the worse of the file and the log holds.
    func refusal(at now: Timestamp, _ standings: [UTF8String: LoggedStanding]) -> PassportRefusal? {
        let logged: LoggedStatus =
            switch standings[passport.agentID] {
            case nil: .none
            case .suspended: .suspended
            case .revoked: .revoked
            }
        return passport.standing(at: now, logged: logged).refusal
    }
}

extension KillScope {
    /// Whether a switch of this scope stops a call. Another operation than a tool's is its server's as well, and has a
    /// name of its own where a tool has one.
    func covers(server: UTF8String, tool: UTF8String, agent: UTF8String?, owner: UTF8String?) -> Bool {
        switch self {
        case .everything: true
        case .server(let name): name == server
        case .tool(let name, let other): name == server && other == tool
        case .agent(let id): id == agent
        case .owner(let id): id == owner
        }
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

extension Reason {
    /// A test finds a code of a pack that is not in the list.
    fileprivate init(_ refusal: PackRefusal) {
        let prefix = refusal.rule == "required_context" ? "invalid request" : "limit"
        self.init(
            ReasonCode(rawValue: refusal.code.string) ?? .policyError, UTF8String("\(prefix): \(refusal.message)"))
    }
}

extension EffectEnvironment {
    init(_ place: WorkingPlace, resolve: @escaping @Sendable (UTF8String) -> [UTF8String]) {
        self.init(
            workingDirectory: place.workingDirectory, home: place.home, filesystem: place.isLocal ? .local : .foreign,
            root: place.project, resolve: resolve)
    }
}

func + (left: UTF8String, right: UTF8String) -> UTF8String { UTF8String(left.string + right.string) }
