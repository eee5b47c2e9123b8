// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import Passports
import StrictJSON
import WireTypes

/// An agent with all that a passport can say, and a call that has every kind of effect.
struct SampleWorld {
    private let credential: Credential
    private let issuers: TrustedIssuers
    private let maps: ToolMaps
    private let now = Timestamp(clamping: 1_773_742_500_000)

    init() throws {
        let seed = (0..<32).map { UInt8($0) }
        // RFC 8032's public key of that seed, and its RFC 7638 thumbprint.
        let publicKey = Hex.decode("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8") ?? []
        let kid: UTF8String = "1IG2tMH7J2wbJZnOf8LJzQitKf7LMvoAElsuDMVM54Y"
        var draft = PassportDraft(agentID: "agent-passport:worker-1", ownerID: "org_example")
        draft.capabilities = [try Capability("web.fetch")]
        draft.assurance = .l2
        draft.regions = ["DE"]
        draft.teams = ["finance"]
        draft.parentAgentID = "agent-passport:template"
        draft.limits["web.fetch"] = ["max_bytes": 1000]
        draft.notBefore = now.adding(milliseconds: -1)
        draft.expiresAt = now.adding(milliseconds: 86_400_000)
        draft.metadata["cost_centre"] = "4711"
        let passport = try draft.passport(id: UUIDv7(time: now, random: Array(repeating: 7, count: 10)), at: now)
        credential = .passport(try PassportFile(signing: passport, kid: kid, privateKey: seed).bytes)
        issuers = try TrustedIssuers([
            TrustedIssuer(name: "example-issuer", kid: kid, publicKey: publicKey)
        ])
        var maps = ToolMaps()
        try maps.overlay(Self.map, for: "docs")
        self.maps = maps
    }

    /// What the judge says of the call, or of another operation, under these policies.
    func verdict(_ policies: String, of operation: Decisions.Operation = .tool) throws -> Verdict {
        let book = try PolicyBook([PolicyFile(name: "sample.cedar", bytes: Array(policies.utf8))])
        let rulebook = Rulebook(
            policies: book, configuration: [], configurationDigest: book.digest, issuers: issuers, maps: maps,
            zone: CoordinatedUniversalTime())
        let place = WorkingPlace(
            workingDirectory: "/reports", home: "/home/alice", project: "/reports", isLocal: false)
        let tool = ToolCall(
            surface: .check, enforcement: .advisory, server: "docs", tool: "do_all", message: Self.arguments,
            argumentsPlace: JSONPointer(), parametersPlace: JSONPointer(), credential: credential,
            place: place, session: "session-1")
        let other = ToolCall(
            operation: operation, server: "docs", message: [:], argumentsPlace: JSONPointer(), credential: credential,
            place: place, session: "session-1")
        return Judge.judge(
            DecisionInputs(
                call: operation == .tool ? tool : other, now: now, local: LocalTime(now, offsetSeconds: 0),
                killSwitches: [], standings: [:],
                rulebook: rulebook, resolve: { [$0] }))
    }

    private static let arguments: JSON = [
        "path": "q1.csv", "url": "https://www.example.com/a?b=1", "host": "db.example.org", "program": "ls",
        "table": "sales.public.orders", "to": "ann@example.net", "account": "merchant-17", "odd": "x",
    ]

    private static let map: JSON = [
        "tools": [
            "do_all": [
                "parameters": [
                    "/path": ["verb": "read", "kind": "path"], "/url": ["verb": "connect", "kind": "url"],
                    "/host": ["verb": "connect", "kind": "host"], "/program": ["verb": "execute", "kind": "program"],
                    "/table": ["verb": "query", "kind": "table"], "/to": ["verb": "send", "kind": "recipient"],
                    "/account": ["verb": "spend", "kind": "account"], "/odd": ["opaque": "arguments"],
                ]
            ]
        ]
    ]
}
