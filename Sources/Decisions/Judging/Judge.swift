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
struct Judging {
    private let shared: SharedInputs
    let passports: PassportVerifier
    private let map: ToolMap?
    var verdict: Verdict

    init(_ inputs: DecisionInputs, _ passports: PassportVerifier) {
        shared = SharedInputs(inputs)
        map = inputs.map
        self.passports = passports
        verdict = Verdict(inputs.call)
    }

    var inputs: DecisionInputs { shared.inputs }

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
        switch presented.verified(at: inputs.now, inputs.rulebook) {
        case .success(let verified): agent = verified
        case .failure(let why): return [Reason(.identityUnverified, "identity: " + why.text)]
        }
        let (voucher, identity) = (agent.voucher, agent.identity)
        verdict.identity = .verified(identity)
        // 4. Standing, and the kill switches of whom we now know.
        if let refusal = voucher.refusal(at: inputs.now, inputs.standings) { return [Reason(refusal)] }
        for link in agent.line {
            if let refusal = killed(agent: link.identity.agentID, owner: link.identity.ownerID) { return [refusal] }
        }
        let missing = voucher.missingScopes(for: call.server, inputs.rulebook)
        guard missing.isEmpty else {
            let names = missing.map(\.string).joined(separator: " ")
            return [Reason(.scopeInsufficient, UTF8String("scope: the token has not: \(names)"))]
        }
        // 5. What the call's policy packs ask for.
        for link in agent.line {
            for pack in packs {
                if let refusal = refusal(under: pack, link.identity) {
                    return [refusal.named(link.identity, of: identity)]
                }
            }
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
        let approval = judgedApproval(identity)
        let requests: [CedarRequest]
        do throws(WorldError) {
            // What an agent may do on another's authority, that other may: each of them is asked about.
            var all: [CedarRequest] = []
            for link in agent.line {
                let world = CedarWorld(shared, link.identity, link.cedar, derived, verdict.labels, approval)
                all += try world.requests().map { $0.named(link.identity, of: identity) }
            }
            requests = all
        } catch {
            return [Reason(.invalidContext, "invalid request: " + error.text)]
        }
        let judgement = PolicyJudgement(requests, inputs.policies)
        verdict.judgement = judgement
        let refusals = judgement.refusals
        guard refusals.isEmpty else { return refusals }
        let outside = outsideGrants(judgement)
        if let refusal = outside.refusal { return [refusal] }
        // 9. Approval: of a policy's group, or the passport's; what the pack's rules refuse in any case, nobody is asked.
        let packed = call.operation == .tool ? agent.line.map { packVerdicts($0.identity) } : []
        let verdicts = packed.flatMap(\.verdicts)
        let isPassports = verdicts.contains(where: \.needsApproval) && verdicts.allSatisfy(\.refusals.isEmpty)
        if let refusal = unapproved(by: outside.groups(with: judgement), isPassports: isPassports, approval, identity) {
            return [refusal]
        }
        // 10. The packs' rules, and limits of tool calls: what they are, here; whether enough is left, in the commit.
        guard call.operation == .tool else { return nil }
        for link in packed {
            if let refusals = limited(link.identity, link.verdicts, of: identity) {
                return refusals.map { $0.named(link.identity, of: identity) }
            }
        }
        return nil
    }

    /// What the packs' rules say of an agent.
    private func packVerdicts(_ identity: VerifiedIdentity) -> (identity: VerifiedIdentity, verdicts: [PackVerdict]) {
        (identity, packs.filter { isWhole($0, identity) }.map { PackRules.judge(packCall($0, identity)) })
    }

    /// What each pack says, as checks 5 and 10 ask it.
    func packAnswers(_ judged: Verdict) -> [PackAnswer] {
        let presented = passports.present(call.credential, to: inputs.rulebook)
        guard case .success(let agent) = presented.verified(at: inputs.now, inputs.rulebook) else { return [] }
        var judging = self
        judging.verdict = judged
        return agent.line.map(\.identity).flatMap { link in
            packs.map { pack in
                let refusal = judging.refusal(under: pack, link)
                let isAsked = refusal == nil && isWhole(pack, link)
                let answer = isAsked ? PackRules.judge(judging.packCall(pack, link)) : nil
                return PackAnswer(
                    pack: pack.pack, agent: link.agentID,
                    reasons: refusal.map { [$0] } ?? answer?.refusals.map(Reason.init) ?? [],
                    needsApproval: answer?.needsApproval ?? false, takes: answer?.reservations.map(\.id) ?? [])
            }
        }
    }

    /// Check 10 for the agent, or for one on whose authority it acts: what a call takes, it takes of the limits of each.
    private mutating func limited(
        _ identity: VerifiedIdentity, _ packed: [PackVerdict], of caller: VerifiedIdentity
    ) -> [Reason]? {
        if let refusals = packed.first(where: { !$0.refusals.isEmpty })?.refusals { return refusals.map(Reason.init) }
        let taken = packed.flatMap(\.reservations)
        guard let limits = CallLimit.of(identity, at: inputs.now) else {
            return [Reason(.limitExceeded, "limit: a limit in the passport is no count")]
        }
        verdict.limits += (limits + taken.map { CallLimit($0, of: identity) }).map {
            $0.named(identity.named(of: caller))
        }
        return nil
    }

    /// Whether server and tool are names that the operator, the protocol or a pin has: others are whoever's.
    private var isKnownName: Bool {
        switch call.operation {
        case .tool where call.isHeldToPin: map != nil || inputs.pin != nil || inputs.approvedDefinition != nil
        case .tool: map != nil || call.isListed
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
            return try EffectDeriver.effects(parameters: arguments, map: map, environment: environment)
        }
        let derived = try EffectDeriver.effects(
            parameters: type.withoutDeclaredNulls(arguments), map: map, environment: environment)
        return DerivedEffects(
            effects: derived.effects, mapped: derived.mapped,
            canonicalParameters: type.restoringDeclaredNulls(in: derived.canonicalParameters, from: arguments),
            nulls: derived.nulls)
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

extension VerifiedIdentity {
    /// Who it is where it is not the caller.
    fileprivate func named(of caller: VerifiedIdentity) -> String? {
        agentID == caller.agentID ? nil : "(of \(agentID), on whose authority it acts)"
    }
}

extension CedarRequest {
    /// The same, with whom it is about where that is not who calls.
    fileprivate func named(_ agent: VerifiedIdentity, of caller: VerifiedIdentity) -> CedarRequest {
        guard let suffix = agent.named(of: caller) else { return self }
        return CedarRequest(
            request: request, entities: entities, title: "\(title) \(suffix)", isOfCall: isOfCall)
    }
}

extension Reason {
    /// The same, with whom it is about where that is not who calls.
    fileprivate func named(_ agent: VerifiedIdentity, of caller: VerifiedIdentity) -> Reason {
        guard let suffix = agent.named(of: caller) else { return self }
        return Reason(code, UTF8String("\(message) \(suffix)"), policy: policy)
    }

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
