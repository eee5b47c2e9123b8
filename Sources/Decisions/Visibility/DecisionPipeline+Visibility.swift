// SPDX-License-Identifier: Apache-2.0

import Effects
import Packs
import Passports
public import StrictJSON
import WireTypes

import struct Crypto.SHA256

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
        guard
            let sight = Sight(
                credential, passports.present(credential, to: rulebook), rulebook, state, at: ports.clock.now(),
                server: server, builtInMap: builtInMap)
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
            guard case .success(let passport) = passports.present(credential, to: try rulebook()).verified,
                passport.refusal(at: ports.clock.now(), state.standings) == nil
            else { return true }
            let identity = VerifiedIdentity(passport)
            return state.killSwitches.contains {
                $0.scope.covers(
                    server: server, tool: operation.name ?? "", agent: identity.agentID, owner: identity.ownerID)
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
    private let identity: VerifiedIdentity
    private let rulebook: Rulebook
    private let switches: [KillScope]
    private let pins: Pins
    /// Whether the agent's limits of tool calls can be understood.
    private let mayCall: Bool
    private let policies: PartialWorld

    /// `nil` for an agent that is allowed nothing at all.
    init?(
        _ credential: Credential, _ presented: Presented, _ rulebook: Rulebook, _ state: LedgerState, at now: Timestamp,
        server: UTF8String, builtInMap: UTF8String?
    ) {
        guard case .passport(let bytes) = credential, case .success(let passport) = presented.verified,
            passport.refusal(at: now, state.standings) == nil
        else { return nil }
        let identity = VerifiedIdentity(passport)
        guard !server.hasPrefix(Operation.prefix) else { return nil }
        mayCall = CallLimit.of(identity, at: now) != nil
        self.server = server
        self.identity = identity
        self.rulebook = rulebook
        switches = state.killSwitches.map(\.scope)
        pins = state.pins
        policies = PartialWorld(identity, rulebook.policies.enforced)
        world = VisibilityMemory.World(
            credential: Digest(SHA256.hash(data: bytes)), policies: rulebook.policies.digest,
            configuration: rulebook.configurationDigest, server: server, builtInMap: builtInMap)
    }

    /// What the policies are asked; `nil` for what is allowed to nobody now: killed, not approved, unknown.
    func asked(_ question: VisibilityQuestion, _ environment: EffectEnvironment) -> VisibilityMemory.Question? {
        guard let name = question.operation.name ?? question.tool, question.operation.isKnown,
            !switches.contains(where: {
                $0.covers(server: server, tool: name, agent: identity.agentID, owner: identity.ownerID)
            })
        else { return nil }
        var effects: [Effect] = []
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
            PackTable.standard.requirements(of: pack.pack).map { identity.refusal(under: $0) == nil } ?? false
        }
    }

    /// Whether the policies may permit it for some input.
    func mayPermit(_ question: VisibilityMemory.Question) -> Bool {
        let operation = question.operation
        let tool = operation.name ?? question.tool ?? ""
        let isMapped =
            operation != .tool
            || rulebook.hasMap(of: ToolReference(server: server, tool: tool), builtIn: world.builtInMap)
        return policies.mayPermit(
            CedarSubject(operation, server: server, tool: tool, method: operation.method), isMapped: isMapped,
            effects: question.effects, isTemplate: question.isTemplate)
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
