// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON
import WireTypes

extension LedgerConformance {
    /// Approvals: asked for, given, refused, used.
    static let approvalChecks: [Check<LedgerSubject>] = [
        Check("an approval is consumed once, of whoever asks first") { subject in
            let samples = Samples(seed: 44)
            let id = try await subject.approve(samples, until: Samples.time.adding(milliseconds: 1_000))
            let requests = (0..<8).map { _ in samples.spending(consuming: [id]) }
            let results = try await withThrowingTaskGroup(of: CommitResult.self) { group in
                for (place, request) in requests.enumerated() {
                    let ledger = place.isMultiple(of: 2) ? subject.ledger : subject.other
                    group.addTask { try await ledger.commit(request) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try expect(results.filter { $0 == .approvalUnavailable(id) }.count, 7)
            try expect(try subject.other.approval(id)?.consumedAt, Samples.time)
        },
        Check("approvals are consumed all or none; unknown and expired ones are unavailable") { subject in
            let samples = Samples(seed: 45)
            let good = try await subject.approve(samples, until: Samples.time.adding(milliseconds: 1))
            let expired = try await subject.approve(samples, until: Samples.time)
            for missing in [expired, samples.id()] {
                try expect(
                    try await subject.ledger.commit(samples.spending(consuming: [good, missing])),
                    .approvalUnavailable(missing))
            }
            try expect(
                try await subject.ledger.commit(samples.spending(consuming: [good, good])), .approvalUnavailable(good))
            _ = try await subject.log(samples.spending(consuming: [good]))
        },
        Check("a refused request takes no counter and no approval") { subject in
            let samples = Samples(seed: 46)
            let id = try await subject.approve(samples, until: Samples.time.adding(milliseconds: 1))
            let whole = [Reservation(counter: "a", amount: 5, maximum: 5)]
            _ = try await subject.ledger.commit(samples.spending(reserving: whole, consuming: [samples.id()]))
            var stale = samples.spending(reserving: whole, consuming: [id])
            stale.expecting = Epochs(kill: 99)
            _ = try await subject.ledger.commit(stale)
            _ = try await subject.log(samples.spending(reserving: whole, consuming: [id]))
        },
        Check("an approval that too few have given, or that somebody has refused, is unavailable") { subject in
            let samples = Samples(seed: 47)
            let end = Samples.time.adding(milliseconds: 1_000)
            let few = try await subject.approve(samples, until: end, needed: 2)
            try expect(
                try await subject.ledger.commit(samples.spending(consuming: [few])), .approvalUnavailable(few))
            // The same person a second time is no second person.
            _ = try await subject.log(samples.vote(few))
            try expect(
                try await subject.ledger.commit(samples.spending(consuming: [few])), .approvalUnavailable(few))
            _ = try await subject.other.commit(samples.vote(few, by: "bob"))
            _ = try await subject.log(samples.spending(consuming: [few]))
            let refused = try await subject.approve(samples, until: end)
            _ = try await subject.other.commit(samples.event(.approval(.refused(refused, by: "bob"))))
            _ = try await subject.log(samples.vote(refused, by: "carol"))
            try expect(
                try await subject.ledger.commit(samples.spending(consuming: [refused])), .approvalUnavailable(refused))
            try expect(try subject.ledger.approval(refused)?.votes.count, 1)
        },
        Check("approvals are found by id, by what they are bound to, and while they wait") { subject in
            let samples = Samples(seed: 48)
            let end = Samples.time.adding(milliseconds: 1_000)
            let binding = samples.digest()
            let first = samples.approval(until: end, binding: binding)
            let second = samples.approval(until: end, binding: binding, agent: "a2")
            for record in [first, second] {
                _ = try await subject.log(samples.event(.approval(.requested(record))))
            }
            try expect(try subject.other.approval(first.id), first)
            try expect(try subject.other.approval(samples.id()), nil)
            let bound = try subject.other.approvals(.bound([samples.digest(), binding]))
            try expect(Set(bound.map(\.id)), [first.id, second.id])
            try expect(try subject.other.approvals(.bound([samples.digest()])), [])
            let waiting = { (agent: UTF8String?, now: Timestamp) in
                Set(try subject.other.approvals(.open(agent: agent, at: now, limit: 10)).map(\.id))
            }
            try expect(try waiting(nil, Samples.time), [first.id, second.id])
            try expect(try waiting("a2", Samples.time), [second.id])
            try expect(try waiting(nil, end), [])
            try expect(try subject.other.approvals(.open(agent: nil, at: Samples.time, limit: 1)).count, 1)
            _ = try await subject.log(samples.vote(first.id))
            _ = try await subject.log(samples.spending(consuming: [first.id]))
            _ = try await subject.log(samples.event(.approval(.refused(second.id, by: "bob"))))
            try expect(try waiting(nil, Samples.time), [])
            try expect(try subject.other.approval(first.id)?.state(at: Samples.time), .used)
            try expect(try subject.other.approval(second.id)?.state(at: Samples.time), .refused)
        },
        Check("an approval makes no decision stale") { subject in
            let samples = Samples(seed: 49)
            let old = try subject.ledger.state().epochs
            let id = try await subject.approve(samples, until: Samples.time.adding(milliseconds: 1))
            var request = samples.spending(consuming: [id])
            request.expecting = old
            _ = try await subject.log(request)
        },
    ]
}

extension Samples {
    /// An approval that is asked for.
    func approval(
        until end: Timestamp, needed: Int = 1, binding: Digest? = nil, agent: UTF8String = "a1"
    ) -> ApprovalRecord {
        ApprovalRecord(
            id: id(), receiptID: id(), agentID: agent, group: "finance", needed: needed,
            binding: binding ?? digest(), requestedAt: Self.time, expiresAt: end)
    }

    /// Somebody's yes.
    func vote(_ id: UUIDv7, by approver: UTF8String = "alice") -> CommitRequest {
        let vote: JSON = [
            "approver": .string(approver), "assurance": "same-user", "at": .string(UTF8String(Self.time.text)),
        ]
        return event(ApprovalVote(vote).map { .approval(.given(id, $0)) })
    }
}

extension LedgerSubject {
    /// An approval that is asked for and given by one person.
    func approve(_ samples: Samples, until end: Timestamp, needed: Int = 1) async throws -> UUIDv7 {
        let record = samples.approval(until: end, needed: needed)
        _ = try await log(samples.event(.approval(.requested(record))))
        _ = try await log(samples.vote(record.id))
        return record.id
    }
}
