// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON
import TransparencyLog
import WireTypes

/// What a `MemoryLedger` holds, and the rules of a commit.
struct Storage {
    struct Key: Hashable {
        let word: UTF8String
        let id: UUIDv7
    }

    private struct Counter {
        var windowStart: Timestamp
        var used: Int64
    }

    private(set) var state = LedgerState()
    private(set) var requests: [CommitRequest] = []
    private(set) var leaves: [Digest] = []
    private(set) var range = CompactRange()
    private(set) var indices: [Key: Int] = [:]
    private(set) var contents: [Digest: [UInt8]] = [:]
    private var counters: [UTF8String: Counter] = [:]
    private(set) var approvals = ApprovalBook()
    private var poison: LedgerError?
    var evidence: [UUIDv7: SealedEvidence] = [:]
    var failure: LedgerError?
    var isStaleOnce = false
    var isClosed = false

    func entry(_ index: Int) -> LoggedEntry { LoggedEntry(index: Int64(index), bytes: requests[index].entry) }

    func check() throws(LedgerError) {
        if let poison { throw poison }
        if isClosed { throw LedgerError(.closed, "the ledger is closed") }
    }

    mutating func commit(_ request: CommitRequest) throws(LedgerError) -> CommitResult {
        try check()
        if let failure {
            self.failure = nil
            if failure.code == .poisoned { poison = failure }
            throw failure
        }
        guard request.entry.count <= Limits.entryBytes else { throw LedgerError(.full, "the entry is too large") }
        let leaf = TreeHash.leaf(request.entry)
        let key = Self.key(request.kind)
        if let earlier = indices[key] {
            guard leaves[earlier] == leaf || key.word != "receipt" else {
                throw LedgerError(.notFound, "this receipt is not in the log: another has its id")
            }
            return .logged(index: Int64(earlier))
        }
        if let refusal = try refusal(request) { return refusal }
        var counters = counters
        for reservation in request.reserving {
            let counter = counters[reservation.counter]
            let used = counter?.windowStart == reservation.windowStart ? counter?.used ?? 0 : 0
            let (sum, overflow) = used.addingReportingOverflow(reservation.amount)
            guard reservation.amount >= 0, !overflow, sum <= reservation.maximum else {
                return .limitExceeded(reservation.counter)
            }
            counters[reservation.counter] = Counter(windowStart: reservation.windowStart, used: sum)
        }
        var approvals = approvals
        for id in request.consuming {
            guard approvals.records[id]?.state(at: request.time) == .granted else { return .approvalUnavailable(id) }
            approvals.apply(.used(id, at: request.time))
        }
        self.counters = counters
        self.approvals = approvals
        append(request, leaf, key)
        return .logged(index: state.size - 1)
    }

    private mutating func refusal(_ request: CommitRequest) throws(LedgerError) -> CommitResult? {
        guard let expected = request.expecting else { return nil }
        if let last = state.lastEntry, request.time < last.adding(milliseconds: -LedgerState.clockToleranceMilliseconds)
        {
            throw LedgerError(.clockBehind, "the clock is more than a minute behind the newest entry")
        }
        if isStaleOnce || expected != state.epochs {
            isStaleOnce = false
            return .stale(state)
        }
        return nil
    }

    private mutating func append(_ request: CommitRequest, _ leaf: Digest, _ key: Key) {
        indices[key] = requests.count
        requests.append(request)
        leaves.append(leaf)
        range.append(leaf)
        if let sealed = request.evidence { evidence[key.id] = sealed }
        for content in request.contents where contents[content.digest] == nil {
            contents[content.digest] = content.bytes
        }
        if let change = request.change {
            state.apply(change)
            if case .approval(let change) = change { approvals.apply(change) }
        }
        state.size += 1
        state.lastEntry = max(state.lastEntry ?? request.time, request.time)
    }

    /// The newest first.
    func approvals(where fits: (ApprovalRecord) -> Bool) -> [ApprovalRecord] {
        approvals.records.values.filter(fits).sorted { $0.id > $1.id }
    }

    private static func key(_ kind: CommitRequest.Kind) -> Key {
        switch kind {
        case .receipt(let id, _): Key(word: "receipt", id: id)
        case .outcome(let id): Key(word: "outcome", id: id)
        case .event(let id): Key(word: "event", id: id)
        }
    }
}
