// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB
import StrictJSON
import WireTypes

/// The table of approvals: a fold over the entries that name them, kept row by row.
enum StoredApprovals {
    private static let columns = """
        id, receipt, agent, "group", needed, binding, requested_at, expires_at, votes, refused_by, consumed_at
        """

    /// The approval of an id, or `nil`.
    static func record(_ id: UUIDv7, _ db: Database) throws -> ApprovalRecord? {
        try db.row("SELECT \(columns) FROM approvals WHERE id = ?", .blob(id.bytes)).map(read)
    }

    /// Those bound to a digest, the newest first.
    static func records(boundTo binding: Digest, _ db: Database) throws -> [ApprovalRecord] {
        try db.rows(
            "SELECT \(columns) FROM approvals WHERE binding = ? ORDER BY id DESC LIMIT ?", .digest(binding),
            .integer(Int64(Limits.approvalsOfBinding))
        ).map(read)
    }

    /// Those that are neither used nor refused nor over, the newest first.
    static func open(
        of agent: UTF8String?, at now: Timestamp, limit: Int64, _ db: Database
    ) throws -> [ApprovalRecord] {
        let open = "consumed_at IS NULL AND refused_by IS NULL AND expires_at > ?"
        guard let agent else {
            return try db.rows(
                "SELECT \(columns) FROM approvals WHERE \(open) ORDER BY id DESC LIMIT ?", .moment(now),
                .integer(limit)
            ).map(read)
        }
        return try db.rows(
            "SELECT \(columns) FROM approvals WHERE agent = ? AND \(open) ORDER BY id DESC LIMIT ?", .name(agent),
            .moment(now), .integer(limit)
        ).map(read)
    }

    /// All of them.
    static func all(_ db: Database) throws -> [ApprovalRecord] {
        var records: [ApprovalRecord] = []
        try db.forEach("SELECT \(columns) FROM approvals") { records.append(try read($0)) }
        return records
    }

    /// Applies what an entry changes.
    static func apply(_ change: ApprovalChange, _ db: Database) throws {
        var book = ApprovalBook(try record(change.id, db).map { [$0] } ?? [])
        guard let record = book.apply(change) else { return }
        let votes = JSON.array(record.votes.map(\.json)).serialized()
        try db.run(
            "INSERT OR REPLACE INTO approvals(\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            .blob(record.id.bytes), .blob(record.receiptID.bytes), .name(record.agentID), .name(record.group),
            .integer(Int64(record.needed)), .digest(record.binding), .moment(record.requestedAt),
            .moment(record.expiresAt), .blob(votes), record.refusedBy.map(Value.name) ?? .null,
            .moment(record.consumedAt))
    }

    private static func read(_ row: Record) throws -> ApprovalRecord {
        guard let id = row.bytes(0).flatMap({ UUIDv7(bytes: $0) }),
            let receipt = row.bytes(1).flatMap({ UUIDv7(bytes: $0) }), let agent = row.name(2),
            let group = row.name(3), let needed = row.integer(4), let binding = row.digest(5),
            let requested = row.integer(6).flatMap({ Timestamp(milliseconds: $0) }),
            let expires = row.integer(7).flatMap({ Timestamp(milliseconds: $0) }), let votes = row.bytes(8)
        else { throw Head.damaged("an approval is unreadable") }
        return ApprovalRecord(
            id: id, receiptID: receipt, agentID: agent, group: group, needed: Int(clamping: needed), binding: binding,
            requestedAt: requested, expiresAt: expires, votes: try read(votes: votes), refusedBy: row.name(9),
            consumedAt: row.integer(10).flatMap { Timestamp(milliseconds: $0) })
    }

    private static func read(votes bytes: [UInt8]) throws -> [ApprovalVote] {
        let entries: [JSON]
        do { entries = try JSON(parsing: bytes).array ?? [] } catch {
            throw Head.damaged("an approval is unreadable")
        }
        let votes = entries.compactMap(ApprovalVote.init)
        guard votes.count == entries.count else { throw Head.damaged("an approval is unreadable") }
        return votes
    }
}
