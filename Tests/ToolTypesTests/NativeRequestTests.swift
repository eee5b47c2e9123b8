// SPDX-License-Identifier: Apache-2.0

import Cedar
import Crypto
import Decisions
import Effects
import Passports
import StrictJSON
import Testing
import ToolTypes
import WireTypes

/// The native schema against what `Decisions` really asks: if one of them changes alone, this fails.
@Suite struct NativeRequestTests {
    @Test func `what Writ asks for calls that keep to their tools' definitions is as the schema says`() throws {
        var asked = 0
        var effects: Set<UTF8String> = []
        for seed in 0..<120 as Range<UInt64> {
            var random = RandomTools(seed: seed, isWild: false)
            let servers = random.servers()
            let tools = ToolSchema(servers, profile: .native(NativeFacts(limits: [Caller.limits])))
            let validator = Validator(try Schema([tools.fragment]))
            for server in servers {
                for tool in server.tools where tools.isTyped(server, tool) {
                    let arguments = random.arguments(of: tool)
                    let call = try Caller.call(server, tool, arguments.object ?? JSONObject())
                    let verdict = try Caller.verdict(on: call, servers)
                    #expect(!verdict.questions.isEmpty, "seed \(seed): \(verdict.reasons)")
                    for question in verdict.questions {
                        asked += 1
                        effects.insert(question.request.action.id)
                        let wrong = validator.errors(in: question.request).filter { !tools.isUntyped($0, question) }
                        #expect(wrong.isEmpty, "seed \(seed): \(question.title): \(wrong)")
                        let odd = validator.errors(in: question.entities)
                        #expect(odd.isEmpty, "seed \(seed): \(question.title): \(odd)")
                    }
                }
            }
        }
        #expect(asked > 300 && effects.isSuperset(of: ["read", "connect", "opaque"]), "\(asked) \(effects)")
    }

    @Test func `every verb, and every type that an effect can be of, is in the schema`() throws {
        let schema = try Schema([ToolSchema([], profile: .native()).fragment])
        for verb in Verb.allCases {
            let action = schema.actions[EntityUID(type: "Action", id: UTF8String(verb.rawValue))]
            #expect(action?.appliesTo != nil && action?.ancestors.map(\.id) == ["effect"])
        }
        for type in ResourceType.allCases {
            #expect(EntityTypeName(UTF8String(type.rawValue)).map { schema.entityTypes[$0] != nil } == true)
        }
    }

    @Test func `a parameter that is not declared, or of another type, is not as the schema says`() throws {
        let tool = ToolDefinition(name: "t", input: .schema(.object(["path": ["type": "string"]])))
        let servers = [ToolServer(alias: "git", tools: [tool])]
        let validator = Validator(
            try Schema([ToolSchema(servers, profile: .native(NativeFacts(limits: [Caller.limits]))).fragment]))
        for (arguments, code) in [
            (["path": "/a"], nil), (["path": 7], .wrongType), (["path": "/a", "more": 1], .unexpectedAttribute),
            ([:], .missingAttribute),
        ] as [(JSON, ConformanceError.Code?)] {
            let call = try Caller.call(servers[0], tool, arguments.object ?? JSONObject())
            let question = try #require(try Caller.verdict(on: call, servers).questions.first)
            #expect(validator.errors(in: question.request).first?.code == code)
        }
    }
}

extension ToolSchema {
    fileprivate func isTyped(_ server: ToolServer, _ tool: ToolDefinition) -> Bool {
        actions.first { $0.server == server.alias && $0.tool == tool.name }?.isLoose == false
    }

    /// Whether an error is of a parameter that the schema says it has no type for.
    fileprivate func isUntyped(_ error: ConformanceError, _ question: PolicyQuestion) -> Bool {
        guard error.code == .unexpectedAttribute, let place = JSONPointer(parsing: error.place),
            place.tokens.first == "input"
        else { return false }
        let action = question.request.resource.type == "Tool" ? question.request.action.id : "effect"
        return untyped.keys.contains { untyped in
            let known = untyped.pointer.tokens.filter { $0 != "-" }
            return untyped.action == action && place.tokens.dropFirst().starts(with: known)
        }
    }
}

/// An agent that calls tools, and the rules it is under.
private enum Caller {
    static let now = Timestamp(clamping: 1_773_742_500_000)
    static let seed = [UInt8](repeating: 7, count: 32)
    static let limits =
        (["max_rows": 7, "mcp.tool.execute": ["max_calls_per_minute": 9]] as JSON).object ?? JSONObject()

    static func call(_ server: ToolServer, _ tool: ToolDefinition, _ arguments: JSONObject) throws -> ToolCall {
        ToolCall(
            surface: .gateway, enforcement: .enforcing, server: server.alias, tool: tool.name, isListed: true,
            isHeldToPin: false,
            message: ["params": ["name": .string(tool.name), "arguments": .object(arguments)]],
            argumentsPlace: JSONPointer(["params", "arguments"]), parametersPlace: JSONPointer(["params"]),
            credential: .passport(try passport()), place: WorkingPlace(workingDirectory: "/srv", isLocal: false),
            session: tool.name.byteCount % 2 == 0 ? "s1" : nil)
    }

    private static func passport() throws -> [UInt8] {
        var draft = PassportDraft(agentID: "agent-passport:a1", ownerID: "org_1")
        draft.capabilities = [try Capability("data.export"), try Capability("mcp.tool.execute")]
        draft.limits = limits
        draft.regions = ["DE"]
        draft.teams = ["billing"]
        let passport = try draft.passport(
            id: UUIDv7(time: now, random: [UInt8](repeating: 5, count: 10)), at: now.adding(milliseconds: -86_400_000))
        let kid = UTF8String(try Ed25519Key(seed).kid)
        return try PassportFile(signing: passport, kid: kid, privateKey: seed).bytes
    }

    static func verdict(on call: ToolCall, _ servers: [ToolServer]) throws -> Verdict {
        Judge.judge(
            DecisionInputs(
                call: call, now: now, local: LocalTime(now, offsetSeconds: 0), killSwitches: [], standings: [:],
                rulebook: try rulebook(servers), resolve: { [$0] }))
    }

    /// Nothing is permitted, so that everything is asked; some tools have maps, so that there are effects of many kinds.
    private static func rulebook(_ servers: [ToolServer]) throws -> Rulebook {
        var maps = ToolMaps()
        for server in servers {
            var tools = JSONObject()
            for tool in server.tools where tool.name.byteCount % 3 != 0 {
                tools[tool.name] = [
                    "parameters": [
                        "/path": ["verb": ["read", "write"], "kind": "path", "optional": true, "nullable": true],
                        "/q": ["verb": "connect", "kind": "url", "optional": true, "nullable": true],
                    ]
                ]
            }
            if !tools.isEmpty { try maps.overlay(["tools": .object(tools)], for: server.alias) }
        }
        let key = try Ed25519Key(seed)
        return Rulebook(
            policies: try PolicyBook([]), configuration: [],
            configurationDigest: WireTypes.Digest(SHA256.hash(data: [])),
            issuers: try TrustedIssuers([
                TrustedIssuer(name: "issuer", kid: UTF8String(key.kid), publicKey: key.publicKey)
            ]), maps: maps, argumentTypes: ArgumentTypes(servers), zone: CoordinatedUniversalTime())
    }
}

/// A signing key's public half, and the name that these tests give it.
private struct Ed25519Key {
    let publicKey: [UInt8]
    let kid = "test-key"

    init(_ seed: [UInt8]) throws {
        publicKey = Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation)
    }
}
