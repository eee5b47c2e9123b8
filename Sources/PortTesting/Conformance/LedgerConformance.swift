// SPDX-License-Identifier: Apache-2.0

public import Decisions
import StrictJSON
public import TransparencyLog

/// A new, empty log, as two processes have it.
public struct LedgerSubject: Sendable {
    /// One process's ledger.
    public let ledger: any Ledger & LedgerReader
    /// Another's, on the same log; where an implementation has only one process, the same.
    public let other: any Ledger & LedgerReader
    /// The log's key.
    public let log: VerifierKey

    /// A subject.
    public init(
        ledger: any Ledger & LedgerReader, other: any Ledger & LedgerReader, log: VerifierKey
    ) {
        self.ledger = ledger
        self.other = other
        self.log = log
    }
}

/// What every implementation of `Ledger` and `LedgerReader` promises, each check on a log of its own.
public enum LedgerConformance {
    /// All checks.
    public static let checks: [Check<LedgerSubject>] =
        orderChecks + stateChecks + reservationChecks + approvalChecks + readingChecks + proofChecks
}

extension LedgerSubject {
    /// Appends, and gives the index; anything but `logged` is a finding.
    func log(_ request: CommitRequest, line: UInt = #line) async throws -> Int64 {
        let result = try await ledger.commit(request)
        guard case .logged(let index) = result else { throw Unmet("not logged but \(result) (line \(line))") }
        return index
    }

    /// The code that a commit fails with; success is a finding.
    func failure(_ request: CommitRequest, line: UInt = #line) async throws -> LedgerError.Code {
        let result: CommitResult
        do throws(LedgerError) {
            result = try await ledger.commit(request)
        } catch {
            return error.code
        }
        throw Unmet("an error was expected, not \(result) (line \(line))")
    }
}

extension LedgerConformance {
    /// One order, no gaps, each id once.
    static let orderChecks: [Check<LedgerSubject>] = [
        Check("an empty log has size 0 and the initial state") { subject in
            try expect(try subject.ledger.state(), LedgerState())
            try expect(try subject.ledger.entries(from: 0, limit: 10), [])
        },
        Check("entries get consecutive indices, in the order in which they were committed") { subject in
            let samples = Samples(seed: 1)
            for index in 0..<5 { try expect(try await subject.log(samples.receipt()), Int64(index)) }
            try expect(try subject.ledger.state().size, 5)
        },
        Check("two processes share one order without gaps") { subject in
            let samples = Samples(seed: 2)
            var indices: [Int64] = []
            for _ in 0..<6 {
                indices.append(try await subject.log(samples.receipt()))
                if case .logged(let index) = try await subject.other.commit(samples.receipt()) { indices.append(index) }
            }
            try expect(indices, Array(0..<12))
            try expect(try subject.ledger.state(), try subject.other.state())
        },
        Check("commits at the same time get different indices without gaps") { subject in
            let samples = Samples(seed: 3)
            let requests = (0..<64).map { _ in samples.receipt() }
            let indices = try await withThrowingTaskGroup(of: Int64.self) { group in
                for (place, request) in requests.enumerated() {
                    let ledger = place.isMultiple(of: 2) ? subject.ledger : subject.other
                    group.addTask {
                        guard case .logged(let index) = try await ledger.commit(request) else { return -1 }
                        return index
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try expect(indices.sorted(), Array(0..<64))
        },
        Check("an entry that is committed again is not appended again, whoever does it") { subject in
            let samples = Samples(seed: 4)
            let request = samples.receipt()
            _ = try await subject.log(samples.receipt())
            try expect(try await subject.log(request), 1)
            _ = try await subject.log(samples.receipt())
            try expect(try await subject.log(request), 1)
            try expect(try await subject.other.commit(request), .logged(index: 1))
            try expect(try subject.ledger.state().size, 3)
        },
        Check("an entry that is logged already is not judged by the state again") { subject in
            let samples = Samples(seed: 5)
            let request = samples.receipt(expecting: Epochs())
            _ = try await subject.log(request)
            _ = try await subject.log(samples.event(.policyActivated(samples.digest())))
            try expect(try await subject.log(request), 0)
        },
        Check("another receipt under the id of a logged one is refused") { subject in
            let samples = Samples(seed: 6)
            let first = samples.receipt()
            guard case .receipt(let id, _) = first.kind else { return }
            _ = try await subject.log(first)
            try expect(try await subject.failure(samples.receipt(id: id)), .notFound)
            try expect(try subject.ledger.state().size, 1)
        },
        Check("a receipt, its outcome and an event may have one id; the first outcome counts") { subject in
            let samples = Samples(seed: 7)
            let id = samples.id()
            _ = try await subject.log(samples.receipt(id: id))
            let outcome = samples.outcome(of: id)
            try expect(try await subject.log(outcome), 1)
            var event = samples.event()
            event.kind = .event(id)
            try expect(try await subject.log(event), 2)
            try expect(try await subject.log(samples.outcome(of: id)), 1)
            try expect(try subject.ledger.outcome(of: id)?.bytes, outcome.entry)
        },
        Check("an entry that nobody waits for is in the log within two seconds") { subject in
            let samples = Samples(seed: 8)
            let id = samples.id()
            try subject.ledger.append(later: samples.outcome(of: id))
            let clock = ContinuousClock()
            let start = clock.now
            while try subject.other.outcome(of: id) == nil {
                try expect(clock.now - start < .seconds(2), "the entry is not there")
                try await Task.sleep(for: .milliseconds(10))
            }
        },
        Check("an entry that is too large is refused, and the next is appended") { subject in
            let samples = Samples(seed: 9)
            try expect(try await subject.failure(samples.receipt(size: 61_500)), .full)
            try expect(try await subject.log(samples.receipt(size: 61_400)), 0)
        },
    ]
}
