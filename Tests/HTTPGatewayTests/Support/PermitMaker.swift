// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import Passports
import PortTesting
import Receipts
import StrictJSON
import TransparencyLog
import WireTypes

import struct Crypto.SHA256

/// A pipeline that permits everything, for tests that need permits.
struct PermitMaker: Sendable {
    let clock = SettableClock(Samples.time)
    private let pipeline: DecisionPipeline
    private let credential: Credential

    init() throws {
        let log = try Samples.signer()
        let issuerSeed = [UInt8](repeating: 2, count: 32)
        let issuer = try Ed25519KeyPair(seed: issuerSeed)
        let kid = UTF8String(issuer.kid.base64URL)
        let random = SeededRandom(seed: 4)
        var draft = PassportDraft(agentID: "agent-passport:tester", ownerID: "org_1")
        draft.capabilities = [try Capability("mcp.tool.execute")]
        let passport = try draft.passport(id: UUIDv7(time: Samples.time, random: random.bytes(10)), at: Samples.time)
        credential = .passport(try PassportFile(signing: passport, kid: kid, privateKey: issuerSeed).bytes)
        let policies = "@id(\"all\")\npermit (principal, action, resource);\n"
        let configuration = Array("{}".utf8)
        let rulebook = Rulebook(
            policies: try PolicyBook([PolicyFile(name: "test.cedar", bytes: Array(policies.utf8))]),
            configuration: configuration, configurationDigest: Digest(SHA256.hash(data: configuration)),
            issuers: try TrustedIssuers([TrustedIssuer(name: "test", kid: kid, publicKey: issuer.publicKey.bytes)]),
            maps: ToolMaps(), zone: CoordinatedUniversalTime())
        pipeline = DecisionPipeline(
            DecisionPorts(
                rules: FixedRules(rulebook: rulebook), ledger: MemoryLedger(signer: log),
                evidenceKeys: MemoryEvidenceKeys(), signer: try Ed25519KeyPair(seed: [UInt8](repeating: 1, count: 32)),
                origin: UTF8String(log.key.name), clock: clock, random: random, paths: NoLinks()))
    }

    /// A permit for this message; `nil` where something is wrong with the fixture.
    func permit(
        _ message: JSON = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": "read", "arguments": [:]],
        ]
    ) async -> Permit? {
        let call = ToolCall(
            surface: .check, enforcement: .enforcing, server: "test", tool: "read", isListed: true, message: message,
            argumentsPlace: JSONPointer(["params", "arguments"]), parametersPlace: JSONPointer(["params"]),
            credential: credential, place: WorkingPlace(workingDirectory: "/srv", isLocal: false))
        switch await pipeline.decide(call) {
        case .allowed(let permit, _): return permit
        case .denied: return nil
        }
    }

    /// Lets every permit's time pass.
    func expire() { clock.advance(milliseconds: 3_600_000) }
}

private struct FixedRules: RulebookSource {
    let rulebook: Rulebook
    func current() throws(RulebookError) -> Rulebook { rulebook }
}

private struct NoLinks: PathResolver {
    func resolve(_ path: UTF8String) -> [UTF8String] { [path] }
}
