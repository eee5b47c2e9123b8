// SPDX-License-Identifier: Apache-2.0

public import Decisions
import GRDB
public import StrictJSON
import TransparencyLog
public import WireTypes

extension SQLiteLedger {
    /// The entry at an index, or `nil`.
    public func entry(at index: Int64) throws(LedgerError) -> LoggedEntry? {
        try readers.read { db in try db.row("SELECT idx, body FROM entries WHERE idx = ?", .integer(index))?.entry() }
    }

    /// The receipt of an id, or `nil`.
    public func receipt(_ id: UUIDv7) throws(LedgerError) -> LoggedEntry? { try entry(id, .receipt) }

    /// The event that was logged under an id, or `nil`: of a task grant, the grant's own.
    ///
    /// - Throws: `LedgerError`.
    public func event(_ id: UUIDv7) throws(LedgerError) -> LoggedEntry? { try entry(id, .event) }

    /// The outcome logged for a receipt, or `nil`.
    public func outcome(of receipt: UUIDv7) throws(LedgerError) -> LoggedEntry? { try entry(receipt, .outcome) }

    /// Entries from an index on, in order, at most so many and at most 1,000.
    public func entries(from index: Int64, limit: Int) throws(LedgerError) -> [LoggedEntry] {
        try readers.read { db in
            try db.rows(
                "SELECT idx, body FROM entries WHERE idx >= ? ORDER BY idx LIMIT ?", .integer(index), Self.count(limit)
            ).map { try $0.entry() }
        }
    }

    /// The newest receipts first, at most so many and at most 1,000.
    public func newestReceipts(
        limit: Int, before index: Int64?, agent: UTF8String?
    ) throws(LedgerError) -> [LoggedEntry] {
        let before = Value.integer(index ?? .max)
        return try readers.read { db in
            let rows =
                if let agent {
                    try db.rows(
                        """
                        SELECT idx, body FROM entries WHERE kind = 1 AND agent = ? AND idx < ?
                        ORDER BY idx DESC LIMIT ?
                        """, .name(agent), before, Self.count(limit))
                } else {
                    try db.rows(
                        "SELECT idx, body FROM entries WHERE kind = 1 AND idx < ? ORDER BY idx DESC LIMIT ?", before,
                        Self.count(limit))
                }
            return try rows.map { try $0.entry() }
        }
    }

    /// The newest receipts of a session first, at most so many and at most 1,000.
    public func newestReceipts(
        limit: Int, before index: Int64?, session: UTF8String
    ) throws(LedgerError) -> [LoggedEntry] {
        try readers.read { db in
            try db.rows(
                "SELECT idx, body FROM entries WHERE kind = 1 AND session = ? AND idx < ? ORDER BY idx DESC LIMIT ?",
                .name(session), .integer(index ?? .max), Self.count(limit)
            ).map { try $0.entry() }
        }
    }

    /// The newest receipt of a session that echoes a nonce.
    public func newestReceipt(of session: UTF8String, nonce: UTF8String) throws(LedgerError) -> LoggedEntry? {
        try readers.read { db in
            try db.row(
                "SELECT idx, body FROM entries WHERE session = ? AND nonce = ? ORDER BY idx DESC LIMIT 1",
                .name(session), .name(nonce)
            )?.entry()
        }
    }

    /// Whether the last entry that freezes or thaws this session freezes it.
    public func isFrozen(session: UTF8String) throws(LedgerError) -> Bool {
        try readers.read { db in
            try db.row(
                "SELECT freezes FROM entries WHERE session = ? AND freezes <> 0 ORDER BY idx DESC LIMIT 1",
                .name(session)
            )?.integer(0) == SessionChange.freezes.rawValue
        }
    }

    /// The receipts that keep sessions frozen, the last one of each, newest first, at most so many and at most 1,000.
    public func freezingReceipts(limit: Int) throws(LedgerError) -> [LoggedEntry] {
        try readers.read { db in
            try db.rows(
                """
                SELECT idx, body FROM entries WHERE freezes = 1 AND idx IN
                  (SELECT max(idx) FROM entries WHERE freezes <> 0 GROUP BY session)
                ORDER BY idx DESC LIMIT ?
                """, Self.count(limit)
            ).map { try $0.entry() }
        }
    }

    /// The sealed evidence of a receipt, or of an event that has some, or `nil` where there is none (any more).
    public func evidence(of receipt: UUIDv7) throws(LedgerError) -> SealedEvidence? {
        try readers.read { db in
            let row = try db.row(
                """
                SELECT ciphertext, wrapped_key, wrapping_key, evidence.digest FROM entries JOIN evidence USING (idx)
                WHERE id = ? AND kind <> 2
                """, .blob(receipt.bytes))
            guard let row else { return nil }
            guard let ciphertext = row.bytes(0), let wrappedKey = row.bytes(1), let wrappingKey = row.name(2),
                let digest = row.digest(3)
            else { throw Head.damaged("a row of evidence is unreadable") }
            return SealedEvidence(
                ciphertext: ciphertext, wrappedKey: wrappedKey, wrappingKey: wrappingKey, digest: digest)
        }
    }

    /// The first counter of which less is left than these would take, or `nil`. Nothing is taken.
    public func exceeded(by reservations: [Reservation]) throws(LedgerError) -> UTF8String? {
        guard !reservations.isEmpty else { return nil }
        return try readers.read { db in try Admission(db: db).exceeded(by: reservations) }
    }

    /// A document stored once by its digest, or `nil`.
    public func content(_ digest: Digest) throws(LedgerError) -> [UInt8]? {
        try readers.read { db in
            try db.row("SELECT bytes FROM contents WHERE digest = ?", .digest(digest))?.bytes(0)
        }
    }

    /// Approvals that the log has, the newest first.
    public func approvals(_ query: ApprovalQuery) throws(LedgerError) -> [ApprovalRecord] {
        try readers.approvals { db in
            switch query {
            case .bound(let bindings):
                return try bindings.flatMap { try StoredApprovals.records(boundTo: $0, db) }.sorted { $0.id > $1.id }
            case .id(let id): return try StoredApprovals.record(id, db).map { [$0] } ?? []
            case .open(let agent, let now, let limit):
                return try StoredApprovals.open(
                    of: agent, at: now, limit: Int64(min(max(0, limit), Limits.rows)), db)
            }
        }
    }

    /// The newest signed checkpoint: a C2SP note.
    public func checkpoint() throws(LedgerError) -> [UInt8] { try readers.read { db in try Head.load(db).checkpoint } }

    /// The hashes that prove, under the newest checkpoint, that the entry at an index is in the log.
    ///
    /// - Throws: `LedgerError.notFound` where the log has no such entry.
    public func inclusionProof(of index: Int64) throws(LedgerError) -> Decisions.InclusionProof {
        try readers.read { db in
            let head = try Head.load(db)
            guard let leaf = UInt64(exactly: index) else { throw LedgerError(.notFound, "no entry has index \(index)") }
            let size = head.range.size
            let hashes = try Self.proof {
                () throws(TreeReadError<any Error>) in
                try StoredTree.reader(db, size: size).inclusionProof(index: leaf, size: size).hashes
            }
            return Decisions.InclusionProof(index: index, hashes: hashes, checkpoint: head.checkpoint)
        }
    }

    /// The hashes that prove that the log of an older size is a prefix of the newest checkpoint's.
    ///
    /// - Throws: `LedgerError.notFound` where the log has not had that size.
    public func consistencyProof(from size: Int64) throws(LedgerError) -> [Digest] {
        try readers.read { db in
            let new = try Head.load(db).range.size
            guard let old = UInt64(exactly: size) else { throw LedgerError(.notFound, "no log has size \(size)") }
            return try Self.proof {
                () throws(TreeReadError<any Error>) in
                try StoredTree.reader(db, size: new).consistencyProof(from: old, to: new).hashes
            }
        }
    }

    private func entry(_ id: UUIDv7, _ kind: EntryKind) throws(LedgerError) -> LoggedEntry? {
        try readers.read { db in
            try db.row(
                "SELECT idx, body FROM entries WHERE id = ? AND kind = ?", .blob(id.bytes), .integer(kind.rawValue)
            )?.entry()
        }
    }

    private static func count(_ limit: Int) -> Value { .integer(Int64(min(max(0, limit), Limits.rows))) }

    private static func proof(_ hashes: () throws(TreeReadError<any Error>) -> [Digest]) throws -> [Digest] {
        do {
            return try hashes()
        } catch {
            throw StoredTree.ledgerError(error)
        }
    }
}

extension Record {
    /// Index and body.
    fileprivate func entry() throws -> LoggedEntry {
        guard let index = integer(0), let body = bytes(1) else { throw Head.damaged("an entry is unreadable") }
        return LoggedEntry(index: index, bytes: body)
    }
}
