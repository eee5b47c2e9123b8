// SPDX-License-Identifier: Apache-2.0

public import Decisions
import GRDB
public import StrictJSON
public import WireTypes

/// Which evidence is to be erased.
public enum EvidenceSelection: Sendable, Hashable {
    /// That of certain receipts, and of certain task grants.
    case receipts([UUIDv7])
    /// All of an agent.
    case agent(UTF8String)
    /// All before a moment.
    case before(Timestamp)
}

/// What an erasure has done.
public struct ErasedEvidence: Sendable, Hashable {
    /// How many records were deleted.
    public let count: Int
    /// The wrapping keys that no record needs any more: erase these from the key store.
    public let unusedKeys: [UTF8String]
}

extension SQLiteLedger {
    /// Deletes evidence, and every copy of it that this ledger's files hold: freed pages are overwritten, and the WAL is
    /// emptied. The log itself does not change; log the event, and erase the keys that are no longer used.
    ///
    /// - Throws: `LedgerError`; `busy` where others have read all the time, so that the WAL still holds copies: what was
    ///   deleted stays deleted, say it again.
    public func eraseEvidence(_ selection: EvidenceSelection) throws(LedgerError) -> ErasedEvidence {
        try health.check()
        do {
            let connection = try Connection(path: path, role: .writer)
            let erased = try connection.access { db in try Self.erase(selection, db) }
            try connection.access { db in
                guard try db.row("PRAGMA wal_checkpoint(TRUNCATE)")?.integer(0) == 0 else {
                    throw LedgerError(.busy, "the evidence is deleted, but others read: the WAL could not be emptied")
                }
            }
            try connection.close()
            return erased
        } catch {
            throw health.note(Failure.ledgerError(error, doing: "erasing evidence"))
        }
    }

    private static func erase(_ selection: EvidenceSelection, _ db: Database) throws -> ErasedEvidence {
        try db.execute(sql: "PRAGMA secure_delete = ON")
        try db.transaction("BEGIN IMMEDIATE")
        do {
            var rows: [(index: Int64, key: UTF8String)] = []
            let chosen = "SELECT evidence.idx, wrapping_key FROM evidence JOIN entries USING (idx) WHERE "
            func choose(_ condition: String, _ value: Value) throws {
                try db.forEach(chosen + condition, value) { row in
                    guard let index = row.integer(0), let key = row.name(1) else {
                        throw Head.damaged("a row of evidence is unreadable")
                    }
                    rows.append((index, key))
                }
            }
            switch selection {
            case .receipts(let ids): for id in ids { try choose("id = ?", .blob(id.bytes)) }
            case .agent(let agent): try choose("agent = ?", .name(agent))
            case .before(let time): try choose("at < ?", .moment(time))
            }
            let indices = Set(rows.map(\.index))
            for index in indices { try db.run("DELETE FROM evidence WHERE idx = ?", .integer(index)) }
            let unused = try Set(rows.map(\.key)).filter { key in
                try db.row("SELECT 1 FROM evidence WHERE wrapping_key = ? LIMIT 1", .name(key)) == nil
            }
            try db.transaction("COMMIT")
            return ErasedEvidence(count: indices.count, unusedKeys: unused.sorted())
        } catch {
            try db.rollbackIfNeeded()
            throw error
        }
    }
}
