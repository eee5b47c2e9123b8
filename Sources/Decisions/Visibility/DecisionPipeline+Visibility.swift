// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import Packs
import Passports
public import StrictJSON
import WireTypes

extension DecisionPipeline {
    /// What an agent may be shown: each thing that could be permitted to it for some input, at some time.
    ///
    /// Whatever `decide` allows through the gateway was visible; what is visible may still be refused. Nothing is logged.
    /// What has been asked before is answered from memory, while policies and configuration are the same.
    ///
    /// - Parameters:
    ///   - builtInMap: as `ToolCall.builtInMap` has it for calls to this server.
    ///   - place: as calls to this server have it.
    /// - Returns: an answer for each question, in their order.
    /// - Throws: `LedgerError` where there is no usable rulebook or the state cannot be read.
    public func visible(
        _ questions: [VisibilityQuestion], to credential: Credential, server: UTF8String, builtInMap: UTF8String?,
        place: WorkingPlace
    ) async throws(LedgerError) -> [Bool] {
        let rulebook = try rulebook()
        let state = try ports.ledger.state()
        let now = ports.clock.now()
        let grants = try grants(of: credential, state, rulebook, at: now)
        guard
            let sight = Sight(
                passports.present(credential, to: rulebook), rulebook, state, grants, at: now, server: server,
                builtInMap: builtInMap)
        else { return questions.map { _ in false } }
        let environment = EffectEnvironment(place, resolve: { [paths = ports.paths] in paths.resolve($0) })
        let known = visibility.answers(in: sight.world)
        var new: [VisibilityMemory.Question: Bool] = [:]
        var answers: [Bool] = []
        answers.reserveCapacity(questions.count)
        for question in questions {
            guard let asked = sight.asked(question, environment) else {
                answers.append(false)
                continue
            }
            if let answer = known[asked] ?? new[asked] {
                answers.append(answer)
                continue
            }
            let answer = sight.mayPermit(asked)
            new[asked] = answer
            answers.append(answer)
            // A list of thousands must not hold a thread that others wait for.
            if new.count.isMultiple(of: 64) { await Task.yield() }
        }
        visibility.add(new, in: sight.world)
        return answers
    }

    /// Whether an operation that was permitted before is stopped by now: by a kill switch, or the agent's standing. For
    /// what goes on after a decision, as news of a resource do. Where it cannot be known, it is.
    public func isStopped(_ operation: Operation, for credential: Credential, server: UTF8String) -> Bool {
        do throws(LedgerError) {
            let state = try ports.ledger.state()
            let (rulebook, now) = (try rulebook(), ports.clock.now())
            guard case .success(let agent) = passports.present(credential, to: rulebook).verified(at: now, rulebook),
                agent.voucher.refusal(at: now, state.standings) == nil
            else { return true }
            return state.killSwitches.contains { killSwitch in
                agent.line.contains { link in
                    killSwitch.scope.covers(
                        server: server, tool: operation.name ?? "", agent: link.identity.agentID,
                        owner: link.identity.ownerID)
                }
            }
        } catch {
            return true
        }
    }
}

/// What one agent may see of one server.
private struct Sight {
    let world: VisibilityMemory.World
    private let server: UTF8String
    /// The agent, and those on whose authority it acts.
    private let line: [VerifiedIdentity]
    private let rulebook: Rulebook
    private let switches: [KillScope]
    private let pins: Pins
    /// Whether the agent's limits of tool calls can be understood.
    private let mayCall: Bool
    private let policies: [PartialWorld]
    /// Of those of the line who may do only what grants cover, the grants alone.
    private let covers: [PartialWorld]

    /// `nil` for an agent that is allowed nothing at all.
    init?(
        _ presented: Presented, _ rulebook: Rulebook, _ state: LedgerState, _ grants: GrantsInForce?,
        at now: Timestamp,
        server: UTF8String, builtInMap: UTF8String?
    ) {
        guard case .success(let agent) = presented.verified(at: now, rulebook),
            agent.voucher.refusal(at: now, state.standings) == nil
        else { return nil }
        guard !server.hasPrefix(Operation.prefix) else { return nil }
        let line = agent.line.map(\.identity)
        mayCall = line.allSatisfy { CallLimit.of($0, at: now) != nil }
        self.server = server
        self.line = line
        self.rulebook = rulebook
        switches = state.killSwitches.map(\.scope)
        pins = state.pins
        let book = grants?.book ?? rulebook.policies
        policies = line.map { PartialWorld($0, book.enforced) }
        let own = book.enforced.filter { grants?.permits.contains($0.id) ?? false }
        covers = line.filter { rulebook.grants.isHeldToGrants($0.agentID) }.map { PartialWorld($0, own) }
        world = VisibilityMemory.World(
            credential: agent.voucher.lastingDigest, policies: book.digest,
            configuration: rulebook.configurationDigest, server: server, builtInMap: builtInMap)
    }

    /// What the policies are asked; `nil` for what is allowed to nobody now: killed, not approved, unknown.
    func asked(_ question: VisibilityQuestion, _ environment: EffectEnvironment) -> VisibilityMemory.Question? {
        guard let name = question.operation.name ?? question.tool, question.operation.isKnown,
            !switches.contains(where: { scope in
                line.contains { scope.covers(server: server, tool: name, agent: $0.agentID, owner: $0.ownerID) }
            })
        else { return nil }
        var effects: [Effects.Effect] = []
        switch question.operation {
        case .tool:
            let reference = ToolReference(server: server, tool: name)
            guard mayCall, ToolName.isPresentable(name), let definition = question.definition,
                definition == rulebook.manifest[reference] ?? pins[reference]?.approved, mayBeAsked(name)
            else { return nil }
            // Without a map the arguments are opaque, whatever they are.
            if !rulebook.hasMap(of: reference, builtIn: world.builtInMap) { effects = [.opaque(.arguments)] }
        case .resource where question.isTemplate: break
        case .resource(_, let uri):
            do throws(EffectError) {
                effects = try EffectDeriver.effects(reading: uri, environment: environment)
            } catch {
                return nil
            }
        case .prompt, .task, .serverRequest, .answer, .unknown: break
        }
        return VisibilityMemory.Question(
            operation: question.operation, tool: question.tool, isTemplate: question.isTemplate, effects: effects)
    }

    /// Whether the agent has the capabilities and the assurance of the tool's packs.
    private func mayBeAsked(_ tool: UTF8String) -> Bool {
        let packs = rulebook.packs.bindings(server: server, tool: tool, map: world.builtInMap, isServed: true)
        return packs.allSatisfy { pack in
            PackTable.standard.requirements(of: pack.pack).map { needed in
                line.allSatisfy { $0.refusal(under: needed) == nil }
            } ?? false
        }
    }

    /// Whether the policies may permit it for some input.
    func mayPermit(_ question: VisibilityMemory.Question) -> Bool {
        let operation = question.operation
        let tool = operation.name ?? question.tool ?? ""
        let isMapped =
            operation != .tool
            || rulebook.hasMap(of: ToolReference(server: server, tool: tool), builtIn: world.builtInMap)
        let subject = CedarSubject(operation, server: server, tool: tool, method: operation.method)
        if operation.needsGrant {
            let isCovered = covers.allSatisfy {
                $0.mayPermit(
                    subject, isMapped: isMapped, effects: [], isTemplate: question.isTemplate, isOfCallAlone: true)
            }
            guard isCovered else { return false }
        }
        return policies.allSatisfy {
            $0.mayPermit(
                subject, isMapped: isMapped, effects: question.effects, isTemplate: question.isTemplate)
        }
    }
}

extension Rulebook {
    /// Whether a tool has a map, of the operator's or of the server's program.
    func hasMap(of tool: ToolReference, builtIn name: UTF8String?) -> Bool { map(of: tool, builtIn: name) != nil }

    /// The map of a tool: the operator's, else the built-in one of the server's program.
    func map(of tool: ToolReference, builtIn name: UTF8String?) -> ToolMap? {
        if let map = maps[tool] { return map }
        return name.flatMap { maps[ToolReference(server: ToolCall.builtInAlias($0), tool: tool.tool)] }
    }
}
