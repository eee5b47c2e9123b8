// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import GRDB
import PortTesting
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

@testable import SQLiteLedger

/// What is refused before anything is decided, and what a check finds.
@Suite struct OpeningTests {
    @Test func `a new ledger has its first entries, and neither it nor its remains are overwritten`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        let samples = Samples(seed: 1)
        let first = [samples.event(.policyActivated(samples.digest())), samples.event()]
        try SQLiteLedger.create(at: place.ledger, signer: signer, firstEntries: first)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        #expect(try ledger.entries(from: 0, limit: 9).map(\.bytes) == first.map(\.entry))
        #expect(try ledger.state().epochs.policy != nil)
        try ledger.close()
        #expect(throws: LedgerError(.notALedger, "")) { try SQLiteLedger.create(at: place.ledger, signer: signer) }
        try FileManager.default.removeItem(atPath: place.ledger)
        #expect(throws: LedgerError(.rolledBack, "")) { try SQLiteLedger.create(at: place.ledger, signer: signer) }
        #expect(throws: LedgerError(.missing, "")) { try SQLiteLedger.open(at: place.ledger, signer: signer) }
    }

    @Test func `no ledger, another file, another format and another log's key are told apart`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        func code() throws -> LedgerError.Code? { try Self.openingCode(place.ledger, signer) }
        #expect(try code() == .missing)
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        #expect(try code() == nil)
        let other = try Samples.signer(seed: 8)
        #expect(try Self.openingCode(place.ledger, other) == .rolledBack)
        for sql in [
            "PRAGMA application_id = 1", "PRAGMA user_version = 6", "PRAGMA user_version = 8",
            "PRAGMA journal_mode = DELETE",
        ] {
            let copy = try TemporaryFolder()
            defer { copy.remove() }
            try SQLiteLedger.create(at: copy.ledger, signer: signer)
            try DatabaseQueue(path: copy.ledger).inDatabase { try $0.execute(sql: sql) }
            #expect(try Self.openingCode(copy.ledger, signer) == .notALedger, "\(sql)")
        }
        try Data("no database at all, only text".utf8).write(to: URL(filePath: place.ledger))
        #expect(try code() == .notALedger)
    }

    @Test func `a ledger opened through a link is the same ledger`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 3, seed: 1)
        let link = place.path + "/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: place.ledger)
        let ledger = try SQLiteLedger.open(at: link, signer: signer)
        #expect(try await ledger.commit(Samples(seed: 2).receipt()) == .logged(index: 3))
        try ledger.close()
        #expect(try Self.openingCode(place.ledger, signer) == nil)
        #expect(try SQLiteLedger.fsck(at: link, log: signer.key) == [])
    }

    @Test func `an older copy of the ledger is refused, and the newest is accepted again`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 3, seed: 1)
        try Self.copy(place.ledger, to: place.path + "/old")
        try await Self.fill(place.ledger, 2, seed: 2)
        try Self.copy(place.ledger, to: place.path + "/new")
        try Self.copy(place.path + "/old", to: place.ledger)
        #expect(try Self.openingCode(place.ledger, signer) == .rolledBack)
        #expect(throws: LedgerError(.rolledBack, "")) {
            try SQLiteLedger.open(readingAt: place.ledger, log: signer.key)
        }
        #expect(try SQLiteLedger.fsck(at: place.ledger, log: signer.key).map(\.subject) == [.anchor])
        try Self.copy(place.path + "/new", to: place.ledger)
        #expect(try Self.openingCode(place.ledger, signer) == nil)
    }

    @Test func `a copy that has gone its own way is refused, whether as long or longer`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 3, seed: 1)
        for extra in [2, 5] {
            let twin = try TemporaryFolder()
            defer { twin.remove() }
            try Self.copy(place.ledger, to: twin.ledger)
            try FileManager.default.copyItem(atPath: place.ledger + ".checkpoint", toPath: twin.ledger + ".checkpoint")
            try await Self.fill(place.ledger, 2, seed: UInt64(extra))
            try await Self.fill(twin.ledger, extra, seed: 99)
            try FileManager.default.removeItem(atPath: twin.ledger + ".checkpoint")
            try FileManager.default.copyItem(atPath: place.ledger + ".checkpoint", toPath: twin.ledger + ".checkpoint")
            #expect(try Self.openingCode(twin.ledger, signer) == .rolledBack)
        }
    }

    @Test func `a checkpoint beside that is older is no reason to refuse: a crash leaves it so`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 3, seed: 1)
        let anchor = place.ledger + ".checkpoint"
        let old = try Data(contentsOf: URL(filePath: anchor))
        #expect(old.count == Limits.anchorBytes)
        try await Self.fill(place.ledger, 400, seed: 2)
        try old.write(to: URL(filePath: anchor))
        #expect(try Self.openingCode(place.ledger, signer) == nil)
        #expect(try SQLiteLedger.fsck(at: place.ledger, log: signer.key) == [])
    }

    @Test func `a checkpoint beside that is missing or altered is refused`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 3, seed: 1)
        let anchor = URL(filePath: place.ledger + ".checkpoint")
        let good = try Data(contentsOf: anchor)
        for offset in [0, 25, 60, good.count / 2] {
            var bad = good
            bad[offset] ^= 1
            try bad.write(to: anchor)
            let code = try Self.openingCode(place.ledger, signer)
            // Past the note's end there is only padding.
            #expect(code == .rolledBack, "\(offset)")
        }
        try FileManager.default.removeItem(at: anchor)
        #expect(try Self.openingCode(place.ledger, signer) == .rolledBack)
        try good.write(to: anchor)
        #expect(try Self.openingCode(place.ledger, signer) == nil)
    }

    @Test(arguments: [0, 100, 4_096, 40_000]) func `a ledger that is cut off is refused`(length: UInt64) async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 300, seed: 1)
        let file = try FileHandle(forWritingTo: URL(filePath: place.ledger))
        try file.truncate(atOffset: length)
        try file.close()
        try Data().write(to: URL(filePath: place.ledger + "-wal"))
        let code = try Self.openingCode(place.ledger, signer)
        let findings = try SQLiteLedger.fsck(at: place.ledger, log: signer.key)
        #expect(code != nil || !findings.isEmpty)
        #expect(!findings.isEmpty)
    }

    @Test func `a ledger without its WAL is refused where the WAL had entries`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer, lifetime: .oneShot)
        _ = try await ledger.commit(Samples(seed: 1).receipt())
        try ledger.close()
        try FileManager.default.removeItem(atPath: place.ledger + "-wal")
        #expect(try Self.openingCode(place.ledger, signer) == .rolledBack)
    }

    @Test(arguments: ["", "-wal"]) func `files deleted under an open ledger poison it`(suffix: String) async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        let samples = Samples(seed: 1)
        _ = try await ledger.commit(samples.receipt())
        try FileManager.default.removeItem(atPath: place.ledger + suffix)
        await #expect(throws: LedgerError(.poisoned, "")) { try await ledger.commit(samples.receipt()) }
        await #expect(throws: LedgerError(.poisoned, "")) { try await ledger.commit(samples.receipt()) }
        #expect(throws: LedgerError(.poisoned, "")) { try ledger.state() }
        #expect(throws: LedgerError(.poisoned, "")) { try ledger.append(later: samples.event()) }
    }

    @Test func `no altered byte goes unnoticed by opening and checking, or it changes nothing`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 300, seed: 1)
        let good = try Data(contentsOf: URL(filePath: place.ledger))
        let before = try Self.contents(place.ledger, signer)
        var random = SeededGenerator(seed: 5)
        var noticed = 0
        for _ in 0..<150 {
            var bad = good
            bad[Int.random(in: 0..<bad.count, using: &random)] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            try bad.write(to: URL(filePath: place.ledger))
            try Data().write(to: URL(filePath: place.ledger + "-wal"))
            let isRefused = try Self.openingCode(place.ledger, signer) != nil
            let findings = try SQLiteLedger.fsck(at: place.ledger, log: signer.key)
            if isRefused || !findings.isEmpty {
                noticed += 1
            } else {
                #expect(try Self.contents(place.ledger, signer) == before)
            }
        }
        #expect(noticed > 75)
    }

    @Test func `an entry, tile, head, switch, evidence or document changed by SQL is found`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try await Self.fill(place.ledger, 300, seed: 1)
        let cases: [(String, LedgerFinding.Subject)] = [
            ("UPDATE entries SET body = x'00' WHERE idx = 7", .entry),
            ("UPDATE entries SET leaf = zeroblob(32) WHERE idx = 299", .entry),
            ("UPDATE entries SET idx = 1000 WHERE idx = 299", .entry),
            ("DELETE FROM entries WHERE idx = 299", .head),
            ("DELETE FROM tiles", .tile),
            ("UPDATE tiles SET hashes = zeroblob(8192)", .tile),
            ("INSERT INTO tiles VALUES (0, 9, zeroblob(8192))", .tile),
            ("UPDATE head SET size = 299", .head),
            ("UPDATE head SET checkpoint = x'00'", .checkpoint),
            ("UPDATE head SET last_at = 5", .state),
            ("UPDATE head SET kill_epoch = 5", .state),
            ("DELETE FROM kill_switches", .state),
            ("INSERT INTO standings VALUES (x'61', x'7265766f6b6564')", .state),
            ("INSERT INTO pins VALUES (x'61', x'62', NULL, zeroblob(32), 1)", .state),
            ("UPDATE head SET pins_epoch = 5", .state),
            ("UPDATE head SET sightings = 5", .state),
            ("INSERT INTO labels VALUES (x'61', x'6e6574776f726b', 1)", .state),
            ("INSERT INTO labels VALUES (x'61', x'62', 1)", .head),
            ("UPDATE head SET labels_epoch = 5", .state),
            ("UPDATE head SET labellings = 5", .state),
            (
                "INSERT INTO grants VALUES (x'0199a6c27d3e7b1a9c3e5d2f8a4b6c10', x'61', zeroblob(32), NULL, 1, 2)",
                .state
            ),
            (
                "INSERT INTO grants VALUES (x'0199a6c27d3e7b1a9c3e5d2f8a4b6c10', x'61', zeroblob(32), x'ff', 1, 2)",
                .head
            ),
            ("UPDATE head SET grants_epoch = 5", .state),
            ("UPDATE evidence SET ciphertext = x'00'", .evidence),
            ("UPDATE evidence SET ciphertext = x'00', digest = zeroblob(32)", .evidence),
            ("UPDATE evidence SET idx = 500", .evidence),
            ("UPDATE contents SET bytes = x'00'", .content),
        ]
        let reading = SQLiteLedger.EntryReading(change: Self.change, evidence: Self.evidence)
        #expect(try SQLiteLedger.fsck(at: place.ledger, log: signer.key, reading: reading) == [])
        for (sql, subject) in cases {
            let copy = try TemporaryFolder()
            defer { copy.remove() }
            try Self.copy(place.ledger, to: copy.ledger)
            try FileManager.default.copyItem(
                atPath: place.ledger + ".checkpoint", toPath: copy.ledger + ".checkpoint")
            try DatabaseQueue(path: copy.ledger).inDatabase { try $0.execute(sql: sql) }
            let findings = try SQLiteLedger.fsck(at: copy.ledger, log: signer.key, reading: reading)
            #expect(findings.contains { $0.subject == subject }, "\(sql): \(findings)")
        }
    }

    @Test(arguments: [0x6969, 0xff53_4d42, 0xfe53_4d42, 0x6573_5546] as [UInt32])
    func `a network file system is refused`(magic: UInt32) { #expect(FileSystem.networkName(magic: magic) != nil) }

    @Test(arguments: [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630] as [UInt32])
    func `a local file system is accepted`(magic: UInt32) { #expect(FileSystem.networkName(magic: magic) == nil) }

    // Samples are no JSON; what they change is kept here by their bytes.
    private static let switchedOn = StateChange.killSwitchOn(KillSwitch(scope: .agent("a1"), reason: "drill"))

    private static func change(_ entry: [UInt8]) throws -> StateChange? { entry.count > 165 ? switchedOn : nil }

    private static func evidence(_ entry: [UInt8]) throws -> Digest? { Samples(seed: 77).evidence().digest }

    /// Appends so many receipts, one with evidence and a document, and a kill switch at the end.
    private static func fill(_ path: String, _ count: Int, seed: UInt64) async throws {
        let signer = try Samples.signer()
        if FileSystem.identity(path) == nil { try SQLiteLedger.create(at: path, signer: signer) }
        let ledger = try SQLiteLedger.open(at: path, signer: signer)
        let samples = Samples(seed: seed)
        var first = samples.receipt()
        first.evidence = Samples(seed: 77).evidence()
        first.contents = [samples.content()]
        _ = try await ledger.commit(first)
        if count > 1 {
            var event = samples.event(switchedOn)
            event.entry += [UInt8](repeating: 0x20, count: 20)
            _ = try await ledger.commit(event)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(0, count - 2) { group.addTask { _ = try await ledger.commit(samples.receipt()) } }
            try await group.waitForAll()
        }
        try ledger.close()
    }

    private static func openingCode(_ path: String, _ signer: NoteSigner) throws -> LedgerError.Code? {
        do throws(LedgerError) {
            try SQLiteLedger.open(at: path, signer: signer).close()
            return nil
        } catch {
            return error.code
        }
    }

    private static func contents(_ path: String, _ signer: NoteSigner) throws -> [LoggedEntry] {
        let ledger = try SQLiteLedger.open(readingAt: path, log: signer.key)
        let entries = try ledger.entries(from: 0, limit: 1_000)
        try ledger.close()
        return entries
    }

    /// Copies a closed ledger's file and its WAL, over whatever is there.
    private static func copy(_ from: String, to: String) throws {
        for suffix in ["", "-wal", "-shm"] {
            if FileSystem.identity(to + suffix) != nil { try FileManager.default.removeItem(atPath: to + suffix) }
            if suffix != "-shm", FileSystem.identity(from + suffix) != nil {
                try FileManager.default.copyItem(atPath: from + suffix, toPath: to + suffix)
            }
        }
    }
}

/// The same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private let source: SeededRandom

    init(seed: UInt64) { source = SeededRandom(seed: seed) }

    mutating func next() -> UInt64 { source.bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
