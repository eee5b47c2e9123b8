// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import PortTesting
import SQLiteLedger
import TransparencyLog
import WireTypes

/// A ledger's process for tests and measurements: they trace it, kill it and fail its system calls.
///
///     LedgerProbe create PATH
///     LedgerProbe commit PATH COUNT      a process of one call; COUNT commits one after the other
///     LedgerProbe serve PATH COUNT       the same, as a service
///     LedgerProbe loop PATH SEED         commits from 16 tasks for ever
///     LedgerProbe decide PATH SEED       decides random calls under the switches that are on, from 8 tasks for ever
///     LedgerProbe hold PATH SECONDS      holds SQLite's write lock
///     LedgerProbe bench PATH COUNT TASKS BYTES EVIDENCE
///
/// Each acknowledged commit is one line, `logged INDEX ID`, each failure one line, `CODE`.
@main enum LedgerProbe {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.count >= 2 else { throw LedgerError(.notFound, "usage: LedgerProbe COMMAND PATH …") }
        let path = words[1]
        let numbers = words.dropFirst(2).map { Int($0) ?? 0 }
        switch words[0] {
        case "create": try SQLiteLedger.create(at: path, signer: Samples.signer())
        case "commit": await commit(path, .oneShot, count: numbers.first ?? 1)
        case "serve": await commit(path, .service, count: numbers.first ?? 1)
        case "loop": try await loop(path, seed: UInt64(clamping: numbers.first ?? 0))
        case "decide": try await KillProbe(path, seed: UInt64(clamping: numbers.first ?? 0)).run()
        case "hold": try hold(path, seconds: numbers.first ?? 1)
        case "bench": try await bench(path, numbers)
        default: throw LedgerError(.notFound, "there is no command \(words[0])")
        }
    }

    private static func commit(_ path: String, _ lifetime: SQLiteLedger.Lifetime, count: Int) async {
        do {
            let ledger = try SQLiteLedger.open(at: path, signer: Samples.signer(), lifetime: lifetime)
            let samples = Samples(seed: UInt64(clamping: getpid()) << 32 | UInt64(time(nil)))
            say("opened")
            for _ in 0..<count {
                await say(ledger, samples.receipt())
            }
            try ledger.close()
            say("done")
        } catch {
            say("\((error as? LedgerError)?.code.rawValue ?? "error") \(error)")
        }
    }

    private static func loop(_ path: String, seed: UInt64) async throws {
        let ledger = try SQLiteLedger.open(at: path, signer: Samples.signer())
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<16 {
                group.addTask {
                    let samples = Samples(seed: seed << 8 | UInt64(task))
                    while !Task.isCancelled {
                        let id = samples.id()
                        var receipt = samples.receipt(id: id)
                        receipt.evidence = samples.evidence()
                        await say(ledger, receipt)
                        do throws(LedgerError) {
                            try ledger.append(later: samples.outcome(of: id))
                        } catch {
                            say("later \(error.code.rawValue)")
                        }
                    }
                }
            }
        }
    }

    private static func say(_ ledger: SQLiteLedger, _ request: CommitRequest) async {
        guard case .receipt(let id, _) = request.kind else { return }
        do throws(LedgerError) {
            guard case .logged(let index) = try await ledger.commit(request) else { return say("refused") }
            say("logged \(index) \(id)")
        } catch {
            say(error.code.rawValue)
        }
    }

    /// Takes the lock as SQLite does: byte 120 of the WAL's index (sqlite.org/walformat.html §2.3.1, WAL_WRITE_LOCK).
    private static func hold(_ path: String, seconds: Int) throws {
        let index = open(path + "-shm", O_RDWR)
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 120
        lock.l_len = 1
        guard index >= 0, fcntl(index, F_SETLK, &lock) == 0 else {
            throw LedgerError(.busy, "the lock could not be taken")
        }
        say("held")
        sleep(UInt32(seconds))
        close(index)
    }

    private static func bench(_ path: String, _ numbers: [Int]) async throws {
        let given = numbers + [10_000, 64, 1_200, 900].dropFirst(numbers.count)
        let (count, tasks) = (given[0], max(1, given[1]))
        let ledger = try SQLiteLedger.open(at: path, signer: Samples.signer())
        let clock = ContinuousClock()
        let requests = (0..<tasks).map { task in
            let samples = Samples(seed: UInt64(clamping: getpid()) << 32 | UInt64(task))
            return (0..<count / tasks).map { _ in
                var request = samples.receipt(size: given[2])
                if given[3] > 0 { request.evidence = samples.evidence(size: given[3]) }
                return request
            }
        }
        let (before, used) = (clock.now, cpuSeconds())
        let times = await withTaskGroup(of: [Duration].self) { group in
            for mine in requests {
                group.addTask {
                    var times: [Duration] = []
                    for request in mine {
                        let start = clock.now
                        do {
                            _ = try await ledger.commit(request)
                        } catch {
                            say("\(error)")
                        }
                        times.append(clock.now - start)
                    }
                    return times
                }
            }
            return await group.reduce(into: []) { $0 += $1 }.sorted()
        }
        let seconds = (clock.now - before) / .seconds(1)
        let cpu = (cpuSeconds() - used) / Double(times.count) * 1e6
        let (p50, p99) = (times[times.count / 2], times[times.count * 99 / 100])
        say("\(Int(Double(times.count) / seconds)) commits/s, p50 \(p50), p99 \(p99), \(Int(cpu)) us of CPU each")
        let start = clock.now
        for _ in 0..<1_000 { _ = try ledger.state() }
        say("state \((clock.now - start) / 1_000)")
        try ledger.close()
    }

    /// What this process has used of the processors, in and outside of the kernel.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// One write a line, so that a reader sees what was acknowledged before a kill.
    static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}
