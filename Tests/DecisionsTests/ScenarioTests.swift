// SPDX-License-Identifier: Apache-2.0

import Crypto
import Decisions
import Packs
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// What holds of every kind of decision.
struct ScenarioTests {
    @Test(arguments: Scenario.all)
    func `each kind of decision has its code and its exact sentence`(_ scenario: Scenario) async throws {
        let answer = await (try await scenario.world()).pipeline.answer(try scenario.call())
        #expect(answer.reasons.first?.code == scenario.code)
        #expect(answer.reason == scenario.reason)
        #expect(answer.isAllowed == (scenario.code == .allowed))
        #expect(answer.agentID == (scenario.isIdentified ? Agents.id : "unidentified"))
        #expect(answer.checkedAt == World.day)
    }

    @Test func `together they have every code that a logged decision can have`() {
        // A region is not part of a call yet; what could not be logged has no receipt.
        // A clock that jumps needs a decision before it, and has tests of its own.
        // What a harness has run otherwise is refused by the hook, which has tests of its own.
        // What a token lacks has tests of its own too.
        // Rules that are not what was sealed have tests of their own.
        // A refusal that is only counted has its reasons and no receipt, and tests of its own.
        let unreached: Set<ReasonCode> = [
            .regionBlocked, .logUnavailable, .denialCounted, .clockJumped, .parametersChanged, .sessionFrozen,
            .autoApproved, .scopeInsufficient, .sealBroken,
        ]
        // Packs' own codes are reached in the tests of packs.
        let scenarios = Set(Scenario.all.map(\.code))
        let packs = Set(PackRules.codes.compactMap { ReasonCode(rawValue: $0.string) }).subtracting(scenarios)
        #expect(scenarios == Set(ReasonCode.allCases).subtracting(unreached).subtracting(packs))
    }

    @Test func `every code of a pack is a reason code`() {
        for code in PackRules.codes { #expect(ReasonCode(rawValue: code.string) != nil, "\(code)") }
        for code in PackCodes.aliases.values { #expect(ReasonCode(rawValue: code.string) != nil, "\(code)") }
    }

    @Test func `every code of a passport's refusal is a reason code`() {
        for code in PassportRefusal.Code.allCases { #expect(ReasonCode(rawValue: code.rawValue) != nil) }
    }

    @Test(arguments: Scenario.all)
    func `each has a signed receipt that says what the answer says`(_ scenario: Scenario) async throws {
        let world = try await scenario.world()
        let call = try scenario.call()
        let answer = await world.pipeline.answer(call)
        let entry = try world.entry(answer)
        let receipt = try #require(entry.receipt)
        #expect(entry.isSigned(by: world.signer.publicKey))
        #expect(!entry.isSigned(by: try Ed25519KeyPair(seed: Agents.seed).publicKey))
        #expect(receipt.allow == answer.isAllowed)
        #expect(receipt.reason == answer.reason)
        #expect(receipt.agentID == answer.agentID)
        #expect(receipt.checkedAt == answer.checkedAt)
        #expect(receipt.reasons.map(\.code) == answer.reasons.map { UTF8String($0.code.rawValue) })
        #expect(receipt.reasons.map(\.policy) == answer.reasons.map(\.policy))
        #expect(receipt.log == World.origin && answer.log?.origin == World.origin)
        #expect(try world.ledger.entry(at: #require(answer.log?.index))?.bytes == entry.bytes)
        #expect(receipt.call.surface == "gateway" && receipt.call.enforcement == .enforcing)
        #expect(receipt.call.server == .known("docs"))
        #expect(receipt.policy.digest == (try world.rules.current().policies.digest))
        #expect(receipt.state.config == (try world.rules.current().configurationDigest))
        #expect((receipt.expiresAt != nil) == answer.isAllowed && (receipt.audience != nil) == answer.isAllowed)
        #expect((receipt.identity.state == .verified) == scenario.isIdentified)
        let proof = try world.ledger.inclusionProof(of: #require(answer.log?.index))
        let bundle = ReceiptVerification.bundle(
            entry, inclusion: InclusionProof(index: UInt64(proof.index), hashes: proof.hashes),
            checkpoint: try Note(parsing: proof.checkpoint))
        let verified = try ReceiptVerification(
            verifying: bundle.bytes, keys: TrustedKeys([.init(world.signer.publicKey)]),
            log: LogTrust(log: world.ledger.log, witnesses: [], quorum: 0))
        #expect(verified.entry.bytes == entry.bytes)
    }

    @Test(arguments: Scenario.all)
    func `each is decided the same from its archived inputs`(_ scenario: Scenario) async throws {
        let world = try await scenario.world()
        let answer = await world.pipeline.answer(try scenario.call())
        let replay = try world.replay(answer)
        #expect(replay.differences == [])
        #expect(replay.verdict.reasons.map(\.message) == answer.reasons.map(\.message))
        #expect(replay.verdict.isAllowed == answer.isAllowed)
    }

    @Test(arguments: Scenario.all)
    func `no parameter, unknown name or error text is in the log or in the answer`(_ scenario: Scenario) async throws {
        let world = try await scenario.world()
        let answer = await world.pipeline.answer(try scenario.call())
        for entry in try world.ledger.entries(from: 0, limit: .max) {
            #expect(!entry.bytes.contains(Calls.secret))
        }
        #expect(!answer.json.serialized().contains(Calls.secret))
        let sealed = try world.sealed(answer)
        #expect(!sealed.ciphertext.contains(Calls.secret))
    }

    @Test(arguments: Scenario.all)
    func `the policies and the configuration of a receipt were put in force by events before it`(
        _ scenario: Scenario
    ) async throws {
        let world = try await scenario.world()
        _ = await world.pipeline.answer(try scenario.call())
        var state = LedgerState()
        for entry in try world.entries() {
            if let receipt = entry.receipt {
                #expect(receipt.policy.digest == state.epochs.policy)
                #expect(receipt.state.config == state.epochs.configuration)
                #expect(receipt.state.killEpoch == UInt64(state.epochs.kill))
                #expect(receipt.state.revocationEpoch == UInt64(state.epochs.revocation))
            } else if let change = try StateChange(entry: entry.bytes) {
                state.apply(change)
            }
        }
    }

    @Test func `an answer has exactly the documented members, in their order`() async throws {
        let world = try World()
        let json = await world.pipeline.answer(try Calls.call()).json
        #expect(
            json.object?.keys == ["allow", "receipt_id", "reason", "checked_at", "agent_id", "reasons", "log"])
        #expect(json["log"]?.object?.keys == ["origin", "index"])
        #expect(json["reasons"]?.array?.first?.object?.keys == ["code", "message", "policy"])
        #expect(json["checked_at"] == "2026-03-17T10:15:00.000Z")
        #expect(json["log"]?["index"] == 2)
    }
}

extension [UInt8] {
    /// Whether a text's bytes are among these.
    func contains(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        guard let first = needle.first, count >= needle.count else { return false }
        return indices.dropLast(needle.count - 1).contains { start in
            self[start] == first && self[start..<(start + needle.count)].elementsEqual(needle)
        }
    }
}
