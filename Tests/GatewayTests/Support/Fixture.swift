// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import Packs
import Passports
import PortTesting
import Receipts
import StrictJSON
import Synchronization
import Testing
import TransparencyLog
import WireTypes

import struct Crypto.SHA256

@testable import Gateway

/// A world for a gateway to decide in: everything is permitted but the tool `forbidden`.
struct Fixture {
    static let agent: UTF8String = "agent-passport:tester"
    static let serverDigest = Digest(SHA256.hash(data: Array("the scripted server".utf8)))
    /// Tools only, and not that one.
    static let toolsOnly = """
        @id("all")
        permit (principal, action, resource);
        @id("not-that-one")
        @reason("not that one")
        forbid (principal, action == Action::"test/forbidden", resource);
        @id("tools-only")
        @reason("tools only")
        forbid (
            principal,
            action in [Action::"mcp:request", Action::"mcp:server-request", Action::"mcp:answer"],
            resource
        );
        """

    let ledger: MemoryLedger
    let keys = MemoryEvidenceKeys()
    let ports: DecisionPorts
    let clock = SettableClock(Samples.time)
    let credential: Credential
    let signer: Ed25519KeyPair

    /// - Parameters:
    ///   - packs: what the operator has said of packs.
    ///   - passport: what the agent's passport has besides the capability of MCP's tools.
    init(
        policies: String = Self.toolsOnly, packs: ToolPacks = ToolPacks(),
        wrapping wrap: (any Ledger) -> any Ledger = { $0 },
        passport change: (inout PassportDraft) throws -> Void = { _ in }
    ) throws {
        let log = try Samples.signer()
        ledger = MemoryLedger(signer: log)
        signer = try Ed25519KeyPair(seed: [UInt8](repeating: 1, count: 32))
        let issuerSeed = [UInt8](repeating: 2, count: 32)
        let issuer = try Ed25519KeyPair(seed: issuerSeed)
        let kid = UTF8String(issuer.kid.base64URL)
        let random = SeededRandom(seed: 4)
        let now = Samples.time
        var draft = PassportDraft(agentID: Self.agent, ownerID: "org_1")
        draft.capabilities = [try Capability("mcp.tool.execute")]
        try change(&draft)
        let passport = try draft.passport(id: UUIDv7(time: now, random: random.bytes(10)), at: now)
        credential = .passport(try PassportFile(signing: passport, kid: kid, privateKey: issuerSeed).bytes)
        let configuration = Array("{}".utf8)
        let rulebook = Rulebook(
            policies: try PolicyBook([PolicyFile(name: "test.cedar", bytes: Array(policies.utf8))]),
            configuration: configuration, configurationDigest: Digest(SHA256.hash(data: configuration)),
            issuers: try TrustedIssuers([
                TrustedIssuer(name: "test", kid: kid, publicKey: issuer.publicKey.bytes)
            ]), maps: ToolMaps(), packs: packs, zone: CoordinatedUniversalTime())
        ports = DecisionPorts(
            rules: FixedRules(rulebook: rulebook), ledger: wrap(ledger), evidenceKeys: keys, signer: signer,
            origin: UTF8String(log.key.name), clock: clock, random: random, paths: NoLinks())
    }

    /// A gateway before a program.
    func gateway(
        _ command: String, _ arguments: [String], limits: GatewayLimits = GatewayLimits(),
        note: @escaping @Sendable (String) -> Void = { _ in }
    ) -> StdioDoor {
        StdioDoor(
            .wrapped(
                Self.server(
                    "test",
                    .process(
                        ServerProgram(
                            command: command, arguments: arguments,
                            environment: ["PATH=/usr/local/bin:/usr/bin:/bin"], workingDirectory: nil)))),
            credential: credential, pipeline: DecisionPipeline(ports), sessionID: "session-1", key: Self.key,
            clock: clock, random: ports.random, limits: limits, note: note)
    }

    static let key = [UInt8](repeating: 7, count: 32)

    /// A server whose tools are approved at first sight.
    static func server(_ alias: UTF8String, _ endpoint: ServerDescription.Endpoint) -> ServerDescription {
        ServerDescription(
            alias: alias, endpoint: endpoint, place: WorkingPlace(workingDirectory: "/srv", isLocal: false),
            digest: serverDigest, builtInMap: nil, firstSight: .firstUse)
    }

    /// Every decision that was logged, in order, each with its outcome.
    func calls() throws -> [LoggedCall] {
        try entries().compactMap(\.receipt).map { receipt in
            let outcome = try ledger.outcome(of: receipt.receiptID).flatMap {
                try SignedEntry(parsing: $0.bytes).outcome
            }
            return LoggedCall(receipt: receipt, outcome: outcome)
        }
    }

    /// How many outcomes were logged.
    var outcomes: Int {
        get throws { try entries().count { $0.outcome != nil } }
    }

    /// Every event that was logged, in order.
    func events() throws -> [Event] { try entries().compactMap(\.event) }

    private func entries() throws -> [SignedEntry] {
        try ledger.entries(from: 0, limit: .max).map { entry in
            let signed = try SignedEntry(parsing: entry.bytes)
            try #require(signed.isSigned(by: signer.publicKey))
            return signed
        }
    }

    /// The blind of a receipt, out of its evidence.
    func blind(of receipt: Receipt) throws -> Blind {
        let sealed = try #require(try ledger.evidence(of: receipt.receiptID))
        let record = try #require(try EvidenceArchive.open(sealed, of: receipt, keys: keys))
        let text = try #require(record["blind"]?.string)
        let bytes = try #require(Base64URL.decode(text.string))
        return try #require(Blind(bytes: bytes))
    }
}

/// A decision and what became of it.
struct LoggedCall {
    let receipt: Receipt
    let outcome: Outcome?

    var tool: UTF8String? { if case .known(let name) = receipt.call.tool { name } else { nil } }
}

private struct FixedRules: RulebookSource {
    let rulebook: Rulebook
    func current() throws(RulebookError) -> Rulebook { rulebook }
}

private struct NoLinks: PathResolver {
    func resolve(_ path: UTF8String) -> [UTF8String] { [path] }
}
