// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import PortTesting
import Testing
import TransparencyLog

@testable import SQLiteLedger

/// Locks, full disks and full queues: the ledger says so in time, and goes on.
@Suite(.serialized) struct FailureTests {
    @Test func `another process's lock beyond the deadline is busy, in bounded time, and then it goes on`() async throws
    {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        let samples = Samples(seed: 1)
        let holder = try Probe("hold", place.ledger, "60", output: place.path + "/out")
        _ = try holder.waitForLine("held")
        let start = ContinuousClock.now
        await withTaskGroup(of: LedgerError.Code?.self) { group in
            for _ in 0..<8 { group.addTask { await Self.failure(of: samples.receipt(), in: ledger) } }
            for await code in group { #expect(code == .busy) }
        }
        let waited = ContinuousClock.now - start
        #expect(waited >= .milliseconds(1_900) && waited < .seconds(60), "\(waited)")
        #expect(try ledger.state().size == 0)
        holder.kill()
        #expect(try await ledger.commit(samples.receipt()) == .logged(index: 0))
        try ledger.close()
    }

    @Test func `callers that come while a commit is under way share the next transaction`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        let samples = Samples(seed: 2)
        let holder = try Probe("hold", place.ledger, "60", output: place.path + "/out")
        _ = try holder.waitForLine("held")
        try await withThrowingTaskGroup(of: CommitResult.self) { group in
            for _ in 0..<64 { group.addTask { try await ledger.commit(samples.receipt()) } }
            while ledger.pending < 64 { await Task.yield() }
            holder.kill()
            var indices: Set<Int64> = []
            for try await result in group {
                if case .logged(let index) = result { indices.insert(index) }
            }
            #expect(indices == Set(0..<64))
        }
        // The first may have gone alone, before the others came.
        #expect(ledger.transactions <= 2)
        try ledger.close()
    }

    @Test(.enabled(if: Machine.canMount, "mounting is not allowed here"))
    func `a full disk denies, keeps what was acknowledged, and passes when there is room`() async throws {
        let place = try TemporaryFolder()
        let disk = place.path + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        #expect(try Child(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]).wait() == 0)
        defer {
            do {
                try Child(["umount", "--lazy", disk]).wait()
            } catch {
                Issue.record("the disk of this test is still mounted at \(disk)")
            }
            place.remove()
        }
        let signer = try Samples.signer()
        let path = disk + "/ledger.sqlite"
        try SQLiteLedger.create(at: path, signer: signer)
        let ballast = disk + "/ballast"
        try Data(count: 600 << 10).write(to: URL(filePath: ballast))
        let ledger = try SQLiteLedger.open(at: path, signer: signer)
        let samples = Samples(seed: 3)
        var logged: Int64 = 0
        var failure: LedgerError?
        while failure == nil, logged < 5_000 {
            do throws(LedgerError) {
                _ = try await ledger.commit(samples.receipt(size: 2_000))
                logged += 1
            } catch {
                failure = error
            }
        }
        #expect(failure?.code == .full, "\(String(describing: failure))")
        #expect(try ledger.state().size == logged)
        // As large as the one that found no room: a smaller one may fit into a page that is there.
        #expect(await Self.failure(of: samples.receipt(size: 2_000), in: ledger) == .full)
        try FileManager.default.removeItem(atPath: ballast)
        #expect(try await ledger.commit(samples.receipt(size: 2_000)) == .logged(index: logged))
        #expect(try ledger.fsck() == [])
        try ledger.close()
    }

    @Test func `what was queued is written when the ledger is closed, and nothing is taken afterwards`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer, lifetime: .oneShot)
        let samples = Samples(seed: 4)
        let ids = (0..<300).map { _ in samples.id() }
        for id in ids { try ledger.append(later: samples.outcome(of: id)) }
        try ledger.close()
        try ledger.close()
        #expect(await Self.failure(of: samples.receipt(), in: ledger) == .closed)
        #expect(throws: LedgerError(.closed, "")) { try ledger.append(later: samples.event()) }
        #expect(throws: LedgerError(.closed, "")) { try ledger.state() }
        let reader = try SQLiteLedger.open(readingAt: place.ledger, log: signer.key)
        #expect(try reader.state().size == 300)
        for id in ids { #expect(try reader.outcome(of: id) != nil) }
        #expect(await Self.failure(of: samples.receipt(), in: reader) == .closed)
        try reader.close()
    }

    @Test func `a queue that stays full makes its caller wait and then says overloaded`() throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        let holder = try Probe("hold", place.ledger, "60", output: place.path + "/out")
        _ = try holder.waitForLine("held")
        let samples = Samples(seed: 5)
        let start = ContinuousClock.now
        #expect(throws: LedgerError(.overloaded, "")) {
            // The writer may hold a batch besides what is queued.
            for _ in 0...Limits.laterRequests + Limits.batchRequests {
                try ledger.append(later: samples.outcome(of: samples.id()))
            }
        }
        #expect(ContinuousClock.now - start < .seconds(15))
        holder.kill()
        try ledger.close()
        let reader = try SQLiteLedger.open(readingAt: place.ledger, log: signer.key)
        #expect(try reader.state().size >= Limits.laterRequests)
        try reader.close()
    }

    @Test func `a long run is checkpointed while it goes on, so that the WAL stays short`() async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        let samples = Samples(seed: 6)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<32 {
                group.addTask { for _ in 0..<50 { _ = try await ledger.commit(samples.receipt(size: 30_000)) } }
            }
            try await group.waitForAll()
        }
        let size = try FileManager.default.attributesOfItem(atPath: place.ledger + "-wal")[.size] as? Int
        #expect(try #require(size) < 40 << 20)
        try ledger.close()
        #expect(try SQLiteLedger.fsck(at: place.ledger, log: signer.key) == [])
    }

    private static func failure(of request: CommitRequest, in ledger: SQLiteLedger) async -> LedgerError.Code? {
        do throws(LedgerError) {
            _ = try await ledger.commit(request)
            return nil
        } catch {
            return error.code
        }
    }
}
