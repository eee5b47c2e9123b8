// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB
import StrictJSON
import TransparencyLog
import WireTypes

/// Whether one request may be appended, and its appending, within the writer's transaction.
struct Admission {
    let db: Database

    /// Appends the work, or says why not; then nothing has been written for it.
    ///
    /// - Throws: where the database fails. A refusal is an answer.
    func admit(_ work: Work, _ head: inout Head) throws -> Answer {
        let request = work.request
        guard request.entry.count <= Limits.entryBytes else {
            return .failure(
                LedgerError(.full, "an entry has \(request.entry.count) bytes, at most \(Limits.entryBytes) fit"))
        }
        let leaf = TreeHash.leaf(request.entry)
        if let earlier = try logged(request) {
            // An outcome or event said again differs in its time; a receipt must be the very one that was signed.
            guard earlier.leaf == leaf || request.kind.row.kind != .receipt else {
                return .failure(LedgerError(.notFound, "this receipt is not in the log: another has its id"))
            }
            return .success(.logged(index: earlier.index))
        }
        if let expected = request.expecting {
            if let last = head.state.lastEntry,
                request.time < last.adding(milliseconds: -LedgerState.clockToleranceMilliseconds)
            {
                return .failure(
                    LedgerError(
                        .clockBehind,
                        "the clock says \(request.time), the newest entry \(last); set the clock, then acknowledge it"))
            }
            if expected != head.state.epochs { return .success(.stale(head.state)) }
        }
        let counters: [UTF8String: Counter]
        switch try reserved(request.reserving) {
        case .left(let found): counters = found
        case .exceeded(let counter): return .success(.limitExceeded(counter))
        }
        if let missing = try firstUnavailable(request.consuming, at: request.time) {
            return .success(.approvalUnavailable(missing))
        }
        for (name, counter) in counters {
            try db.run(
                "INSERT OR REPLACE INTO counters(name, window_start, used) VALUES (?, ?, ?)",
                .name(name), .moment(counter.windowStart), .integer(counter.used))
        }
        for id in request.consuming {
            try StoredApprovals.apply(.used(id, at: request.time), db)
        }
        try append(work, leaf, &head)
        return .success(.logged(index: head.state.size - 1))
    }

    /// The entry already logged under a request's id, or `nil`.
    func logged(_ request: CommitRequest) throws -> (index: Int64, leaf: Digest)? {
        let row = try db.row(
            "SELECT idx, leaf FROM entries WHERE id = ? AND kind = ?",
            .blob(request.kind.row.id.bytes), .integer(request.kind.row.kind.rawValue))
        guard let row else { return nil }
        guard let index = row.integer(0), let leaf = row.digest(1) else { throw Head.damaged("an entry is unreadable") }
        return (index, leaf)
    }

    private func append(_ work: Work, _ leaf: Digest, _ head: inout Head) throws {
        let request = work.request
        let index = head.state.size
        let row = request.kind.row
        try db.run(
            """
            INSERT INTO entries(idx, kind, id, at, agent, session, nonce, freezes, leaf, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(index), .integer(row.kind.rawValue), .blob(row.id.bytes), .moment(request.time),
            (row.agent ?? request.evidenceAgent).map(Value.name) ?? .null, request.session.map(Value.name) ?? .null,
            request.nonce.map(Value.name) ?? .null, .integer(request.sessionChange.rawValue), .digest(leaf),
            .blob(request.entry))
        if let evidence = request.evidence {
            try db.run(
                "INSERT INTO evidence(idx, digest, wrapping_key, wrapped_key, ciphertext) VALUES (?, ?, ?, ?, ?)",
                .integer(index), .digest(evidence.digest), .name(evidence.wrappingKey), .blob(evidence.wrappedKey),
                .blob(evidence.ciphertext))
        }
        for content in request.contents {
            try db.run(
                "INSERT OR IGNORE INTO contents(digest, bytes) VALUES (?, ?)",
                .digest(content.digest), .blob(content.bytes))
        }
        if let change = request.change { try head.apply(change, db) }
        head.range.append(leaf)
        head.state.size = index + 1
        // The highest, not the last: a clock set back must not become right by being logged.
        head.state.lastEntry = max(head.state.lastEntry ?? request.time, request.time)
    }

    private struct Counter {
        var windowStart: Timestamp
        var used: Int64
    }

    private enum Reserved {
        case left([UTF8String: Counter])
        case exceeded(UTF8String)
    }

    /// What the counters would hold; nothing is written.
    private func reserved(_ reservations: [Reservation]) throws -> Reserved {
        var counters: [UTF8String: Counter] = [:]
        for reservation in reservations {
            var counter = try counters[reservation.counter] ?? stored(reservation.counter)
            if counter?.windowStart != reservation.windowStart { counter = nil }
            let (sum, overflow) = (counter?.used ?? 0).addingReportingOverflow(reservation.amount)
            guard reservation.amount >= 0, !overflow, sum <= reservation.maximum else {
                return .exceeded(reservation.counter)
            }
            counters[reservation.counter] = Counter(windowStart: reservation.windowStart, used: sum)
        }
        return .left(counters)
    }

    /// The first counter that has too little left, or `nil`.
    func exceeded(by reservations: [Reservation]) throws -> UTF8String? {
        switch try reserved(reservations) {
        case .left: nil
        case .exceeded(let counter): counter
        }
    }

    private func stored(_ name: UTF8String) throws -> Counter? {
        guard let row = try db.row("SELECT window_start, used FROM counters WHERE name = ?", .name(name)) else {
            return nil
        }
        guard let start = row.integer(0).flatMap({ Timestamp(milliseconds: $0) }), let used = row.integer(1) else {
            throw Head.damaged("a counter is unreadable")
        }
        return Counter(windowStart: start, used: used)
    }

    private func firstUnavailable(_ ids: [UUIDv7], at time: Timestamp) throws -> UUIDv7? {
        var seen: Set<UUIDv7> = []
        for id in ids {
            guard let record = try StoredApprovals.record(id, db), record.state(at: time) == .granted,
                seen.insert(id).inserted
            else { return id }
        }
        return nil
    }
}

extension CommitRequest.Kind {
    /// The columns that name the entry.
    var row: (kind: EntryKind, id: UUIDv7, agent: UTF8String?) {
        switch self {
        case .receipt(let id, let agent): (.receipt, id, agent)
        case .outcome(let receipt): (.outcome, receipt, nil)
        case .event(let id): (.event, id, nil)
        }
    }
}
