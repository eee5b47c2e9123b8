// SPDX-License-Identifier: Apache-2.0

import CSQLiteShim
import Decisions
import Dispatch
import Foundation
import GRDB
import Synchronization

/// One SQLite connection to a ledger, with the settings that its promises rest on. One thread at a time uses it.
final class Connection: Sendable {
    /// What a connection is for.
    enum Role {
        /// Appends: WAL and `synchronous=FULL` are checked.
        case writer
        /// Reads; SQLite itself refuses it everything else.
        case reader
        /// Moves the WAL's pages into the file.
        case checkpointer
    }

    private let queue: DatabaseQueue
    private let deadline: Deadline

    /// Opens an existing file.
    ///
    /// - Throws: `LedgerError`; `notALedger` where it is another format or its journal is no WAL.
    init(path: String, role: Role) throws(LedgerError) {
        let deadline = Deadline()
        self.deadline = deadline
        deadline.set(Monotonic.milliseconds() + Limits.deadlineMilliseconds)
        var configuration = Configuration()
        configuration.readonly = role == .reader
        configuration.foreignKeysEnabled = false
        // A failed ROLLBACK is reported as an error; GRDB would otherwise trap.
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .callback { tries in deadline.wait(tries) }
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { db in try Self.prepare(db, role) }
        } catch {
            throw Failure.ledgerError(error, doing: "opening \(path)", isOpening: true)
        }
    }

    /// Calls `body` with the connection, one caller at a time; no lock is waited for past the deadline.
    ///
    /// - Parameter until: the deadline, in milliseconds of `Monotonic`; from now on the usual one where `nil`.
    func access<Result>(until: Int64? = nil, _ body: (Database) throws -> Result) throws -> Result {
        try queue.inDatabase { db in
            deadline.set(until ?? Monotonic.milliseconds() + Limits.deadlineMilliseconds)
            return try body(db)
        }
    }

    /// Calls `body` within one snapshot.
    func snapshot<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try access { db in
            try db.transaction("BEGIN DEFERRED")
            do {
                let result = try body(db)
                try db.transaction("COMMIT")
                return result
            } catch {
                try db.rollbackIfNeeded()
                throw error
            }
        }
    }

    /// Closes; what is committed stays in the WAL.
    func close() throws { try queue.close() }

    private static func prepare(_ db: Database, _ role: Role) throws {
        guard let handle = db.sqliteConnection, writ_sqlite_no_checkpoint_on_close(handle) == 0 else {
            throw LedgerError(.notALedger, "this SQLite cannot be kept from checkpointing when it closes")
        }
        let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version")
        guard application == Schema.applicationID else {
            throw LedgerError(.notALedger, "the file is a database, but no ledger of Writ")
        }
        guard version == Schema.version else {
            throw LedgerError(
                .notALedger,
                """
                the ledger has format \(version ?? 0), this program reads \(Schema.version): it is another version's, which \
                alone can read it; begin a new one in another folder
                """)
        }
        guard try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" else {
            throw LedgerError(.notALedger, "the ledger's journal is not a WAL any more: it was changed from outside")
        }
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
        guard role != .reader else { return }
        // GRDB sets NORMAL whenever it switches to WAL itself; here it never does, and what counts is read back.
        try db.execute(sql: "PRAGMA synchronous = FULL")
        guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
            throw LedgerError(.notALedger, "SQLite does not keep synchronous=FULL: commits would not be durable")
        }
    }
}

/// Until when a connection waits for another process's lock.
private final class Deadline: Sendable {
    private let moment = Atomic<Int64>(0)

    func set(_ milliseconds: Int64) { moment.store(milliseconds, ordering: .relaxed) }

    /// Sleeps a little longer each time; false once the deadline has passed. A commit of another process takes about a
    /// millisecond, so the first sleeps are short.
    func wait(_ tries: Int) -> Bool {
        guard Monotonic.milliseconds() < moment.load(ordering: .relaxed) else { return false }
        usleep(UInt32(min(200 + 200 * max(0, tries), 5_000)))
        return true
    }
}

extension Database {
    /// Stores, after every commit of this connection, how many frames the WAL has; the counter must outlive it.
    func countFrames(in frames: UnsafeMutablePointer<Int32>) {
        if let handle = sqliteConnection { writ_sqlite_count_wal_frames(handle, frames) }
    }
}
