// SPDX-License-Identifier: Apache-2.0

import Cedar
import Crypto
import Decisions
import Effects
import Packs
import Passports
import Receipts
import StrictJSON
import TransparencyLog
import WireTypes

/// The rulebook, the passports and the calls of these tests.
enum Books {
    /// What is permitted unless a test says otherwise.
    static let policies = #"""
        @id("permit-docs")
        permit (principal, action in Action::"docs", resource);
        @id("permit-read")
        permit (principal, action == Action::"read", resource in Directory::"/reports");
        @id("permit-spend")
        permit (principal, action == Action::"spend", resource);

        """#

    private static let maps: JSON = [
        "tools": [
            "pay": [
                "parameters": [
                    "/amount": ["inert": "number"], "/to": ["verb": "spend", "kind": "account"],
                    "/note": ["inert": "any", "optional": true],
                ]
            ],
            "fetch": ["parameters": ["/url": ["verb": "connect", "kind": "url"]]],
            "upload": [
                "parameters": ["/path": ["verb": "read", "kind": "path"], "/url": ["verb": "connect", "kind": "url"]]
            ],
            "add": [
                "parameters": [
                    "/tree": ["verb": ["read", "write"], "kind": "directory", "optional": true],
                    "/look": ["verb": "read", "kind": "directory", "optional": true],
                    "/file": ["verb": "read", "kind": "path", "optional": true, "nullable": true],
                    "/to": ["verb": "write", "kind": "path", "optional": true],
                    "/note": ["inert": "string", "optional": true, "nullable": true],
                ]
            ],
            "read_many": ["parameters": ["/paths/-": ["verb": "read", "kind": "path"]]],
            "copy": [
                "parameters": ["/from": ["verb": "read", "kind": "path"], "/to": ["verb": "write", "kind": "path"]]
            ],
        ]
    ]

    static func rulebook(
        _ policies: String, configuration: JSON = ["of": "a test"], packs: ToolPacks = ToolPacks(),
        tokenIssuers: TokenIssuers? = nil
    ) throws -> Rulebook {
        try rulebook(
            configuration: configuration.canonical(),
            [PolicyFile(name: "test.cedar", bytes: Array(policies.utf8))], packs, tokenIssuers: tokenIssuers)
    }

    static func rulebook(
        configuration: [UInt8], _ files: [PolicyFile], _ packs: ToolPacks = ToolPacks(),
        tokenIssuers: TokenIssuers? = nil
    ) throws -> Rulebook {
        var tools = ToolMaps()
        try tools.use(builtIn: "documents", for: "docs")
        try tools.use(builtIn: "aport", for: ToolCall.builtInAlias("aport"))
        try tools.use(builtIn: "claude-code", for: ToolCall.builtInAlias("claude-code"))
        try tools.overlay(maps, for: "docs")
        return Rulebook(
            policies: try PolicyBook(files), configuration: configuration,
            configurationDigest: WireTypes.Digest(SHA256.hash(data: configuration)), issuers: try Agents.issuers(),
            tokenIssuers: try tokenIssuers ?? TokenIssuers([Tokens.issuer()]), maps: tools, packs: packs,
            approvals: try Approvers.rules(of: JSON(parsing: configuration)),
            grants: try Grants.rules(of: JSON(parsing: configuration)),
            zone: CoordinatedUniversalTime())
    }
}

/// Passports, made and signed here.
enum Agents {
    static let seed = [UInt8](repeating: 9, count: 32)
    static let id: UTF8String = "agent-passport:a1"
    static let made = World.day.adding(milliseconds: -86_400_000)

    static func issuers() throws -> TrustedIssuers {
        let key = try Ed25519KeyPair(seed: seed).publicKey
        return try TrustedIssuers([
            TrustedIssuer(name: "example-issuer", kid: kid(seed), publicKey: key.bytes)
        ])
    }

    static func kid(_ seed: [UInt8]) throws -> UTF8String {
        UTF8String(try Ed25519KeyPair(seed: seed).kid.base64URL)
    }

    /// An active passport of `id`, changed.
    static func passport(
        signedWith seed: [UInt8] = Agents.seed, _ change: (inout PassportDraft) throws -> Void = { _ in }
    ) throws -> [UInt8] {
        var draft = PassportDraft(agentID: id, ownerID: "org_1")
        draft.capabilities = [
            try Capability("payments.payout"), try Capability("data.export"), try Capability("mcp.tool.execute"),
        ]
        draft.expiresAt = World.day.adding(milliseconds: 30 * 86_400_000)
        try change(&draft)
        let passport = try draft.passport(
            id: UUIDv7(time: made, random: [UInt8](repeating: 5, count: 10)), at: made)
        return try PassportFile(signing: passport, kid: kid(seed), privateKey: seed).bytes
    }

    static func credential(_ change: (inout PassportDraft) throws -> Void = { _ in }) throws -> Credential {
        .passport(try passport(change))
    }

    /// A passport that allows so many calls a minute.
    static func limited(to calls: Int64) throws -> Credential {
        try credential { $0.limits["mcp.tool.execute"] = ["max_calls_per_minute": .integer(calls)] }
    }

    /// A passport whose owner was changed after it was signed.
    static func altered(_ change: (inout PassportDraft) throws -> Void = { _ in }) throws -> Credential {
        let text = String(decoding: try passport(change), as: UTF8.self)
        return .passport(Array(text.replacing("\"org_1\"", with: "\"org_2\"").utf8))
    }
}

enum Calls {
    /// A parameter that may be found nowhere outside of evidence.
    static let secret = "planted-secret"

    /// A `tools/call` of the server `docs`, that needs no pin unless a test says so.
    static func call(
        _ tool: UTF8String = "read_document", _ arguments: JSON? = ["path": "/reports/planted-secret.csv"],
        as credential: Credential? = nil, _ change: (inout ToolCall) throws -> Void = { _ in }
    ) throws -> ToolCall {
        var params: JSON = ["name": .string(tool)]
        if let arguments { params = ["name": .string(tool), "arguments": arguments] }
        var call = ToolCall(
            surface: .gateway, enforcement: .enforcing, server: "docs", tool: tool, isHeldToPin: false,
            message: ["jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params],
            argumentsPlace: JSONPointer(["params", "arguments"]), parametersPlace: JSONPointer(["params"]),
            credential: try credential ?? Agents.credential(),
            place: WorkingPlace(workingDirectory: "/srv", isLocal: false))
        try change(&call)
        return call
    }
}

extension Calls {
    /// Another operation than a tool's at the server `docs`.
    static func operation(
        _ operation: Operation, _ parameters: JSON, as credential: Credential? = nil,
        _ change: (inout ToolCall) throws -> Void = { _ in }
    ) throws -> ToolCall {
        var call = ToolCall(
            operation: operation, server: "docs",
            message: ["jsonrpc": "2.0", "id": 7, "method": .string(operation.method), "params": parameters],
            argumentsPlace: JSONPointer(["params"]), credential: try credential ?? Agents.credential(),
            place: WorkingPlace(workingDirectory: "/srv", isLocal: false))
        try change(&call)
        return call
    }
}

/// What the server `docs` lists.
enum Listings {
    static let pay = tool("pay", ["amount": ["type": "number"], "to": ["type": "string"]])

    static func tool(_ name: UTF8String, _ properties: JSON = [:], description: UTF8String = "d") -> JSON {
        [
            "name": .string(name), "description": .string(description),
            "inputSchema": ["type": "object", "properties": properties],
        ]
    }

    static func listing(
        _ tools: [JSON], _ firstSight: ToolListing.FirstSight = .quarantine, server: UTF8String = "docs"
    ) -> ToolListing {
        ToolListing(server: server, serverDigest: nil, tools: tools, firstSight: firstSight)
    }
}

/// What `Judge` is asked, without a pipeline.
func judged(
    _ call: ToolCall, _ policies: String = Books.policies, at now: Timestamp = World.day,
    killSwitches: [KillSwitch] = [], labels: SessionLabels? = nil, standings: [UTF8String: LoggedStanding] = [:],
    resolve: @escaping @Sendable (UTF8String) -> [UTF8String] = { [$0] }
) throws -> Verdict {
    Judge.judge(
        DecisionInputs(
            call: call, now: now, local: LocalTime(now, offsetSeconds: 0), killSwitches: killSwitches,
            standings: standings, labels: labels, rulebook: try Books.rulebook(policies), resolve: resolve))
}
