// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import PortTesting
import SQLiteLedger
import Testing
import TransparencyLog
import WireTypes

/// What reaches the disk, and when, as the kernel sees it.
@Suite(.serialized) struct DurabilityTests {
    @Test(.enabled(if: Machine.hasStrace, "strace is missing or may not trace here"))
    func `each commit syncs the WAL exactly once, before it is acknowledged`() throws {
        let trace = try traced("serve", count: 20, "-y", "-e", "trace=fdatasync,fsync,write")
        var syncs: [String] = []
        var commits = 0
        for line in trace {
            if line.contains("sync("), line.hasSuffix("= 0") { syncs.append(line) }
            guard line.contains("\"logged ") else { continue }
            let ofWAL = syncs.filter { $0.contains("ledger.sqlite-wal>") }
            // The first makes the WAL's header and folder entry durable too.
            #expect(commits == 0 ? !ofWAL.isEmpty : syncs.count == 1 && ofWAL.count == 1, "\(syncs)")
            #expect(syncs.last?.contains("-wal>") == true || commits == 0)
            syncs = []
            commits += 1
        }
        #expect(commits == 20)
    }

    @Test(.enabled(if: Machine.hasStrace, "strace is missing or may not trace here"))
    func `a process of one call syncs at most twice`() throws {
        let trace = try traced("commit", count: 1, "-e", "trace=fdatasync,fsync,write", warmUp: true)
        #expect(trace.contains { $0.contains("\"logged 1 ") })
        #expect((1...2).contains(trace.filter { $0.contains("sync(") }.count), "\(trace)")
    }

    @Test func `processes of one call keep the WAL short between them`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        var sizes: [Int] = []
        for _ in 0..<8 {
            _ = try Probe("commit", place.ledger, "20", output: place.path + "/out").finish()
            let wal = try FileManager.default.attributesOfItem(atPath: place.ledger + "-wal")[.size] as? Int
            sizes.append(try #require(wal))
        }
        #expect(sizes.allSatisfy { $0 < 1_100_000 }, "\(sizes)")
        #expect(sizes.contains { $0 > 0 } && sizes.dropFirst().contains(0), "\(sizes)")
        #expect(try SQLiteLedger.fsck(at: place.ledger, log: Samples.signer().key) == [])
    }

    @Test(
        .enabled(if: Machine.hasStrace, "strace is missing or may not trace here"),
        arguments: ["fdatasync:error=EIO:when=7", "pwrite64:error=EIO:when=60"])
    func `after one I/O error nothing is acknowledged any more`(fault: String) throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        let probe = try Probe(
            "serve", place.ledger, "20",
            under: ["strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync,pwrite64", "-e", "inject=\(fault)"],
            output: place.path + "/out")
        let lines = try probe.finish()
        let answers = lines.filter { $0.hasPrefix("logged") || LedgerError.Code(rawValue: $0) != nil }
        let acknowledged = answers.compactMap(Acknowledged.init)
        #expect((1..<20).contains(acknowledged.count))
        #expect(answers.count == 20)
        #expect(answers.dropFirst(acknowledged.count).allSatisfy { $0 == "poisoned" }, "\(answers)")
        try expectAll(acknowledged, in: place)
    }

    @Test(.enabled(if: Machine.hasStrace, "strace is missing or may not trace here"))
    func `callers of a disk that does not return are told in time, and the ledger goes on when it does`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        let delay = "inject=fdatasync:delay_enter=4000000:when=4"
        let probe = try Probe(
            "serve", place.ledger, "6",
            under: ["strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", delay],
            output: place.path + "/out")
        let lines = try probe.finish()
        #expect(lines.contains("overloaded"))
        #expect(lines.last == "done")
        #expect(lines.last { $0.hasPrefix("logged") }?.hasPrefix("logged 5 ") == true, "\(lines)")
        try expectAll(lines.compactMap(Acknowledged.init), in: place)
    }

    @Test func `processes that append at the same time share one order without gaps`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        let probes = try (0..<4).map { number in
            try Probe(
                number.isMultiple(of: 2) ? "commit" : "serve", place.ledger, "40", output: "\(place.path)/out\(number)")
        }
        let acknowledged = try probes.flatMap { try $0.finish().compactMap(Acknowledged.init) }
        #expect(acknowledged.map(\.index).sorted() == Array(0..<160))
        try expectAll(acknowledged, in: place)
    }

    @Test func `no acknowledged entry is lost when the process is killed at any moment`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        var random = SystemRandomNumberGenerator()
        var total = 0
        for round in 0..<100 {
            let probe = try Probe("loop", place.ledger, "\(round)", output: place.path + "/out")
            if !round.isMultiple(of: 5) { _ = try probe.waitForLine("logged") }
            usleep(UInt32.random(in: 0...25_000, using: &random))
            probe.kill()
            let acknowledged = try probe.lines().compactMap(Acknowledged.init)
            total += acknowledged.count
            try expectAll(acknowledged, in: place, fsck: round.isMultiple(of: 20))
        }
        #expect(total > 500)
        #expect(try SQLiteLedger.fsck(at: place.ledger, log: Samples.signer().key) == [])
    }

    private func traced(
        _ command: String, count: Int, _ options: String..., warmUp: Bool = false
    ) throws -> [String] {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        if warmUp { _ = try Probe("commit", place.ledger, "1", output: place.path + "/first").finish() }
        let trace = place.path + "/trace"
        let probe = try Probe(
            command, place.ledger, "\(count)", under: ["strace", "-f", "-o", trace] + options,
            output: place.path + "/out")
        _ = try probe.finish()
        return try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private func expectAll(_ acknowledged: [Acknowledged], in place: TemporaryFolder, fsck: Bool = true) throws {
        let key = try Samples.signer().key
        let ledger = try SQLiteLedger.open(readingAt: place.ledger, log: key)
        for one in acknowledged {
            let id = try #require(UUIDv7(parsing: one.id))
            #expect(try ledger.receipt(id)?.index == one.index)
        }
        if fsck { #expect(try ledger.fsck() == []) }
        try ledger.close()
    }
}
