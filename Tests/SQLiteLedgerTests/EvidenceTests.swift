// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import PortTesting
import StrictJSON
import Testing
import WireTypes

@testable import SQLiteLedger

@Suite struct EvidenceTests {
    @Test(arguments: EvidenceKeysConformance.checks) func `the key store keeps`(
        promise: Check<any EvidenceKeys>
    ) async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let keys = try Self.newStore(place)
        try await promise.run(keys)
        try keys.close()
    }

    @Test func `keys outlive the process, and another process's are seen`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let first = try Self.newStore(place)
        let second = try SQLiteEvidenceKeys.open(at: place.path + "/keys")
        let made = try first.wrappingKey(agent: "a1", month: "2026-03", random: SeededRandom(seed: 2))
        let seen = try second.wrappingKey(agent: "a1", month: "2026-03", random: SeededRandom(seed: 3))
        #expect(seen.key == made.key && seen.name == made.name)
    }

    @Test func `an erased key is gone everywhere, the others stay, and a new one has another name`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let first = try Self.newStore(place)
        let second = try SQLiteEvidenceKeys.open(at: place.path + "/keys")
        let random = SeededRandom(seed: 2)
        let erased = try first.wrappingKey(agent: "a1", month: "2026-03", random: random)
        let kept = try first.wrappingKey(agent: "a1", month: "2026-04", random: random)
        _ = try second.wrappingKey(agent: "a1", month: "2026-03", random: random)
        #expect(try first.names(agent: "a1") == [erased.name, kept.name])
        #expect(try first.names(agent: "a1", month: "2026-03") == [erased.name])
        try first.erase(named: [erased.name, "never was"], random: random)
        for store in [first, second] {
            #expect(try store.wrappingKey(named: erased.name) == nil)
            #expect(try store.wrappingKey(named: kept.name) == kept.key)
            let new = try store.wrappingKey(agent: "a1", month: "2026-03", random: random)
            #expect(new.key != erased.key && new.name != erased.name)
        }
    }

    @Test func `neither key nor epoch key is in the file after erasing`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let keys = try Self.newStore(place)
        let epoch = SeededRandom(seed: 1).bytes(32)
        func file() throws -> Data { try Data(contentsOf: URL(filePath: place.path + "/keys")) }
        #expect(try file().range(of: Data(epoch)) != nil)
        let made = try keys.wrappingKey(agent: "a1", month: "2026-03", random: SeededRandom(seed: 2))
        #expect(try file().range(of: Data(made.key)) == nil)
        #expect(try file().range(of: Data(made.name.bytes)) != nil)
        try keys.erase(named: [made.name], random: SeededRandom(seed: 3))
        #expect(try file().range(of: Data(epoch)) == nil)
        #expect(try file().range(of: Data(made.name.bytes)) == nil)
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o601]) func `a key store that others may open is refused`(mode: Int) throws
    {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try Self.newStore(place).close()
        let path = place.path + "/keys"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: LedgerError(.notALedger, "")) { try SQLiteEvidenceKeys.open(at: path) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try SQLiteEvidenceKeys.open(at: path).close()
    }

    @Test func `a link, a ledger and nothing are no key store, and none is overwritten`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try Self.newStore(place).close()
        try FileManager.default.createSymbolicLink(
            atPath: place.path + "/link", withDestinationPath: place.path + "/keys")
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        #expect(throws: LedgerError(.notALedger, "")) { try SQLiteEvidenceKeys.open(at: place.path + "/link") }
        #expect(throws: LedgerError(.notALedger, "")) { try SQLiteEvidenceKeys.open(at: place.ledger) }
        #expect(throws: LedgerError(.missing, "")) { try SQLiteEvidenceKeys.open(at: place.path + "/none") }
        #expect(throws: LedgerError(.notALedger, "")) { try Self.newStore(place) }
    }

    @Test func `erased evidence is in no file of the ledger, and the log still verifies`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        let samples = Samples(seed: 1)
        var requests: [CommitRequest] = []
        for place in 0..<30 {
            var request = samples.receipt(agent: place.isMultiple(of: 3) ? "a1" : "a2")
            var evidence = samples.evidence(size: 3_000)
            evidence.wrappingKey = place.isMultiple(of: 3) ? "key1" : "key2"
            request.evidence = evidence
            requests.append(request)
            _ = try await ledger.commit(request)
        }
        // What a task grant of the agent's is for.
        let task = samples.id()
        var grant = samples.event()
        grant.kind = .event(task)
        grant.evidence = samples.evidence(size: 3_000)
        grant.evidence?.wrappingKey = "key1"
        grant.evidenceAgent = "a1"
        _ = try await ledger.commit(grant)
        #expect(try ledger.evidence(of: task) == grant.evidence)
        #expect(try Self.copies(of: requests[0], in: place) > 0)
        #expect(try ledger.eraseEvidence(.agent("a1")) == .init(count: 11, unusedKeys: ["key1"]))
        #expect(try Self.copies(of: grant, in: place) == 0)
        #expect(try ledger.evidence(of: task) == nil)
        guard case .receipt(let id, _) = requests[1].kind else { return }
        #expect(try ledger.eraseEvidence(.receipts([id, id])) == .init(count: 1, unusedKeys: []))
        #expect(try ledger.eraseEvidence(.before(Samples.time)) == .init(count: 0, unusedKeys: []))
        for (index, request) in requests.enumerated() {
            let isErased = index.isMultiple(of: 3) || index == 1
            #expect(try Self.copies(of: request, in: place) == 0 || !isErased)
            guard case .receipt(let id, _) = request.kind else { continue }
            #expect(try (ledger.evidence(of: id) == nil) == isErased)
        }
        _ = try await ledger.commit(samples.event())
        #expect(try ledger.fsck() == [])
        try ledger.close()
    }

    private static func newStore(_ place: TemporaryFolder) throws -> SQLiteEvidenceKeys {
        try SQLiteEvidenceKeys.create(at: place.path + "/keys", random: SeededRandom(seed: 1))
        return try SQLiteEvidenceKeys.open(at: place.path + "/keys")
    }

    private static func copies(of request: CommitRequest, in place: TemporaryFolder) throws -> Int {
        let secret = Data(request.evidence?.ciphertext.prefix(64) ?? [])
        return try ["", "-wal"].count { suffix in
            try Data(contentsOf: URL(filePath: place.ledger + suffix)).range(of: secret) != nil
        }
    }
}
