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

/// Policies about MCP's other methods, as they are checked and as they are asked.
struct OperationSchemaTests {
    private static func found(_ policy: String) throws -> [String] {
        let set = try PolicySet.parse([PolicyFile(name: "p.cedar", bytes: Array(policy.utf8))])
        let servers = [ToolServer(alias: "git", tools: [ToolDefinition(name: "t", input: .schema(.object([:])))])]
        let unknown = UnknownServers(in: set, besides: servers)
        let review = try PolicyReview(of: set, ToolSchema(servers + unknown.servers, profile: .native()))
        return (unknown.findings + review.findings).map {
            "\($0.severity.rawValue) \($0.code)\($0.suggestion.map { " \($0)" } ?? "")"
        }
    }

    @Test(
        arguments: [
            (#"action == Action::"mcp:resources/read", resource in Server::"git""#, #"resource.scheme == "file""#, []),
            (#"action == Action::"mcp:resources/read", resource"#, #"context.input.uri like "file:*""#, []),
            (#"action == Action::"mcp:prompts/get", resource"#, #"resource.name == "greet""#, []),
            (
                #"action in Action::"mcp:server-request", resource"#,
                #"context.call.method == "elicitation/create" && context.input has url"#, []
            ),
            (#"action in [Action::"mcp:request", Action::"mcp:answer"], resource"#, "true", []),
            (
                #"action == Action::"read", resource"#,
                #"context.call.method == "resources/read" && context.input has uri"#, []
            ),
            (
                #"action == Action::"mcp:resources/raed", resource"#, "true",
                [#"error unknownAction `Action::"mcp:resources/read"`"#]
            ),
            (
                #"action == Action::"mcp:resources/read", resource"#, #"resource.ury == "a""#,
                ["error unknownAttribute `uri`"]
            ),
            (
                #"action == Action::"mcp:resources/read", resource"#, #"context.input.ury == "a""#,
                ["error unknownAttribute `uri`"]
            ),
            // What the protocol leaves open nobody can check.
            (
                #"action == Action::"mcp:prompts/get", resource"#, #"context.input.arguments.who == "a""#,
                ["unchecked unknownAttribute"]
            ),
            (#"action == Action::"mcp:roots/list", resource is File"#, "true", ["error noApplicableAction"]),
        ] as [(String, String, [String])])
    func `policies about other methods are checked`(_ scope: String, _ when: String, _ findings: [String]) throws {
        #expect(try Self.found("permit (principal, \(scope)) when { \(when) };") == findings)
    }

    @Test(
        arguments: [
            (.resource(method: "resources/read", uri: "file:///a"), ["uri": "file:///a"]),
            (.resource(method: "resources/subscribe", uri: "notes:1"), ["uri": "notes:1"]),
            (
                .resource(method: "completion/complete", uri: "file:///{a}"),
                ["ref": ["type": "ref/resource", "uri": "file:///{a}"], "argument": ["name": "a", "value": "b"]]
            ),
            (
                .prompt(method: "completion/complete", name: "p"),
                ["ref": ["type": "ref/prompt", "name": "p"], "argument": ["name": "a", "value": "b"]]
            ),
            (.prompt(method: "prompts/get", name: "p"), ["name": "p"]),
            (.task(method: "tasks/get"), ["taskId": "t"]), (.task(method: "tasks/result"), ["taskId": "t"]),
            (.task(method: "tasks/update"), ["taskId": "t"]), (.task(method: "tasks/cancel"), ["taskId": "t"]),
            (
                .serverRequest(method: "sampling/createMessage"),
                ["maxTokens": 5, "systemPrompt": "s", "stopSequences": ["a"]]
            ),
            (
                .serverRequest(method: "elicitation/create"),
                ["mode": "url", "message": "m", "url": "https://a.example/"]
            ),
            (.serverRequest(method: "roots/list"), [:]),
            (.answer(method: "sampling/createMessage"), ["role": "assistant", "model": "m"]),
            (.answer(method: "elicitation/create"), ["action": "decline"]),
            (.answer(method: "roots/list"), ["roots": [["uri": "file:///a", "name": "a"]]]),
        ] as [(Decisions.Operation, JSON)])
    func `what Writ asks of other methods is as the schema says`(
        _ operation: Decisions.Operation, _ parameters: JSON
    ) throws {
        let validator = Validator(try Schema([ToolSchema([], profile: .native()).fragment]))
        let questions = try Self.questions(operation, parameters)
        #expect(!questions.isEmpty)
        for question in questions {
            let wrong = validator.errors(in: question.request).filter {
                // Of effects only what may name something is declared.
                question.request.action.id.hasPrefix("mcp:") || $0.code != .unexpectedAttribute
            }
            #expect(wrong.isEmpty, "\(question.title): \(wrong)")
            let odd = validator.errors(in: question.entities)
            #expect(odd.isEmpty, "\(question.title): \(odd)")
        }
    }

    private static func questions(_ operation: Decisions.Operation, _ parameters: JSON) throws -> [PolicyQuestion] {
        let seed = [UInt8](repeating: 7, count: 32)
        let now = Timestamp(clamping: 1_773_742_500_000)
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation
        let kid: UTF8String = "test-key"
        let draft = PassportDraft(agentID: "agent-passport:a1", ownerID: "org_1")
        let passport = try draft.passport(
            id: UUIDv7(time: now, random: [UInt8](repeating: 5, count: 10)), at: now.adding(milliseconds: -1_000))
        let call = ToolCall(
            operation: operation, server: "git", message: ["params": parameters],
            argumentsPlace: JSONPointer(["params"]),
            credential: .passport(try PassportFile(signing: passport, kid: kid, privateKey: seed).bytes),
            place: WorkingPlace(workingDirectory: "/srv", isLocal: false))
        let rulebook = Rulebook(
            policies: try PolicyBook([]), configuration: [],
            configurationDigest: WireTypes.Digest(SHA256.hash(data: [])),
            issuers: try TrustedIssuers([
                TrustedIssuer(name: "i", kid: kid, publicKey: Array(key))
            ]), maps: ToolMaps(), zone: CoordinatedUniversalTime())
        return Judge.judge(
            DecisionInputs(
                call: call, now: now, local: LocalTime(now, offsetSeconds: 0), killSwitches: [], standings: [:],
                rulebook: rulebook, resolve: { [$0] })
        ).questions
    }
}
