// SPDX-License-Identifier: Apache-2.0

import CSQLiteShim
public import Decisions
import Foundation
import GRDB
public import StrictJSON
import Synchronization
import WireTypes

/// The keys of the evidence, in a file of their own that ordinary backups leave out.
///
/// Each key is wrapped by the installation's epoch key with AES-256-GCM. Erasing one deletes its row, replaces the epoch
/// key and wraps the rest anew, so that neither the row nor an older copy of the epoch key opens it; SQLite overwrites
/// what it deletes (`secure_delete`), and no WAL keeps a copy.
public final class SQLiteEvidenceKeys: EvidenceKeys {
    private struct Month: Hashable {
        let agent: UTF8String
        let month: UTF8String
    }

    /// Keys read before, good for as long as the file has not changed: an erased key must be gone at once, whichever
    /// process erased it.
    private struct Known: @unchecked Sendable {
        /// SQLite's handle of the file; `nil` once it is closed.
        var file: UnsafeMutablePointer<sqlite3_file>?
        private var version: UInt32?
        private var byMonth: [Month: (name: UTF8String, key: [UInt8])] = [:]

        init(file: UnsafeMutablePointer<sqlite3_file>?) { self.file = file }

        /// The count of the file's changes, or `nil` where it cannot be read: then nothing is remembered.
        func currentVersion() -> UInt32? {
            var counter: UInt32 = 0
            guard let file, writ_sqlite_change_counter(file, &counter) == SQLITE_OK else { return nil }
            return counter
        }

        func key(_ place: Month) -> (name: UTF8String, key: [UInt8])? {
            guard let version, version == currentVersion() else { return nil }
            return byMonth[place]
        }

        /// Remembers a key that was read after the file had that version.
        mutating func remember(_ key: (name: UTF8String, key: [UInt8]), _ place: Month, _ seen: UInt32?) {
            if version != seen { byMonth = [:] }
            version = seen
            byMonth[place] = key
        }

        mutating func forget() {
            version = nil
            byMonth = [:]
        }
    }

    private let path: String
    private let queue: DatabaseQueue
    private let known: Mutex<Known>

    /// Makes a new store with an epoch key, readable by its owner alone.
    ///
    /// - Throws: `LedgerError.notALedger` where something is there already.
    public static func create(at path: String, random: any RandomSource) throws(LedgerError) {
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw LedgerError(.notALedger, "\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        Foundation.close(file)
        do {
            let queue = try Self.connect(path)
            try queue.inDatabase { db in
                try db.execute(sql: "BEGIN IMMEDIATE")
                try db.execute(sql: KeyTables.statements)
                try db.run("INSERT INTO epoch(one, key) VALUES (1, ?)", .blob(random.bytes(KeyWrap.keyBytes)))
                try db.execute(sql: "COMMIT")
            }
            try queue.close()
        } catch {
            unlink(path)
            throw Failure.ledgerError(error, doing: "making \(path)", isOpening: true)
        }
    }

    /// Opens an existing store.
    ///
    /// - Throws: `LedgerError`: `missing`; `notALedger` where it is another file, another user's, or others may read it.
    public static func open(at path: String) throws(LedgerError) -> SQLiteEvidenceKeys {
        try SQLiteEvidenceKeys(path: path)
    }

    private init(path: String) throws(LedgerError) {
        self.path = path
        try Self.checkOwner(path)
        do {
            let queue = try Self.connect(path)
            self.queue = queue
            known = Mutex(Known(file: queue.inDatabase { db in db.sqliteConnection.flatMap(writ_sqlite_file) }))
            try queue.inDatabase { db in
                guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == KeyTables.applicationID,
                    try Int32.fetchOne(db, sql: "PRAGMA user_version") == KeyTables.version
                else { throw LedgerError(.notALedger, "\(path) is no store of evidence keys of this format") }
            }
        } catch {
            throw Failure.ledgerError(error, doing: "opening \(path)", isOpening: true)
        }
    }

    /// Closes the file.
    public func close() throws(LedgerError) {
        known.withLock { known in
            known.forget()
            known.file = nil
        }
        try access { try self.queue.close() }
    }

    /// The key of an agent and a month, made where there is none. Known ones are remembered until the file changes.
    ///
    /// - Throws: `LedgerError`.
    public func wrappingKey(
        agent: UTF8String, month: String, random: any RandomSource
    ) throws(LedgerError) -> (name: UTF8String, key: [UInt8]) {
        let place = Month(agent: agent, month: UTF8String(month))
        if let key = known.withLock({ $0.key(place) }) { return key }
        return try access {
            // Seen before the reading: a change after it makes what was read be forgotten.
            let version = self.known.withLock { $0.currentVersion() }
            let key = try self.queue.inDatabase { db in
                try db.atomically { try Self.stored(place, db) ?? Self.make(place, random, db) }
            }
            self.known.withLock { $0.remember(key, place, version) }
            return key
        }
    }

    /// The key of a name, or `nil` where it has been erased.
    ///
    /// - Throws: `LedgerError`.
    public func wrappingKey(named name: UTF8String) throws(LedgerError) -> [UInt8]? {
        try access {
            try self.queue.inDatabase { db in
                guard let row = try db.row("SELECT wrapped FROM keys WHERE name = ?", .name(name)) else { return nil }
                return try KeyWrap.unwrap(row.bytes(0), name, under: Self.epochKey(db))
            }
        }
    }

    /// Erases keys by their names and replaces the epoch key. Names that are not there are none of its business.
    ///
    /// - Throws: `LedgerError`; then nothing was erased.
    public func erase(named names: [UTF8String], random: any RandomSource) throws(LedgerError) {
        try access {
            try self.queue.inDatabase { db in
                try db.atomically {
                    for name in names { try db.run("DELETE FROM keys WHERE name = ?", .name(name)) }
                    try Self.rotate(db, random)
                }
            }
            self.known.withLock { $0.forget() }
        }
    }

    /// The names of an agent's keys, of one month where one is given.
    ///
    /// - Throws: `LedgerError`.
    public func names(agent: UTF8String, month: String? = nil) throws(LedgerError) -> [UTF8String] {
        try access {
            try self.queue.inDatabase { db in
                let rows = try db.rows("SELECT name, month FROM keys WHERE agent = ? ORDER BY month", .name(agent))
                return rows.filter { month == nil || $0.name(1) == month.map { UTF8String($0) } }
                    .compactMap { $0.name(0) }
            }
        }
    }

    private static func stored(_ place: Month, _ db: Database) throws -> (name: UTF8String, key: [UInt8])? {
        let row = try db.row(
            "SELECT name, wrapped FROM keys WHERE agent = ? AND month = ?", .name(place.agent), .name(place.month))
        guard let row else { return nil }
        guard let name = row.name(0) else { throw LedgerError(.poisoned, "a key's name is unreadable") }
        return (name, try KeyWrap.unwrap(row.bytes(1), name, under: epochKey(db)))
    }

    private static func make(
        _ place: Month, _ random: any RandomSource, _ db: Database
    ) throws -> (name: UTF8String, key: [UInt8]) {
        // Random, so that a key made after an erasure is not taken for the one erased.
        let name = UTF8String("\(place.month)/\(Hex.encode(random.bytes(16)))")
        let key = random.bytes(KeyWrap.keyBytes)
        let wrapped = try KeyWrap.wrap(key, name, under: epochKey(db), nonce: random.bytes(KeyWrap.nonceBytes))
        try db.run(
            "INSERT INTO keys(name, agent, month, wrapped) VALUES (?, ?, ?, ?)",
            .name(name), .name(place.agent), .name(place.month), .blob(wrapped))
        return (name, key)
    }

    private static func rotate(_ db: Database, _ random: any RandomSource) throws {
        let old = try epochKey(db)
        let new = random.bytes(KeyWrap.keyBytes)
        for row in try db.rows("SELECT name, wrapped FROM keys") {
            guard let name = row.name(0) else { throw LedgerError(.poisoned, "a key's name is unreadable") }
            let key = try KeyWrap.unwrap(row.bytes(1), name, under: old)
            let wrapped = try KeyWrap.wrap(key, name, under: new, nonce: random.bytes(KeyWrap.nonceBytes))
            try db.run("UPDATE keys SET wrapped = ? WHERE name = ?", .blob(wrapped), .name(name))
        }
        try db.run("UPDATE epoch SET key = ? WHERE one = 1", .blob(new))
    }

    private static func epochKey(_ db: Database) throws -> [UInt8] {
        guard let key = try db.row("SELECT key FROM epoch WHERE one = 1")?.bytes(0), key.count == KeyWrap.keyBytes
        else {
            throw LedgerError(.poisoned, "the epoch key is missing")
        }
        return key
    }

    private func access<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
        do {
            return try body()
        } catch {
            throw Failure.ledgerError(error, doing: "using \(path)")
        }
    }

    private static func checkOwner(_ path: String) throws(LedgerError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            throw LedgerError(.missing, "there are no evidence keys at \(path); `writ init` makes them")
        }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw LedgerError(
                .notALedger,
                "\(path) must be a plain file of this user's that nobody else may read: chown it, and chmod 600")
        }
    }

    private static func connect(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(Double(Limits.deadlineMilliseconds) / 1_000)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY")
            guard try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE") == "delete",
                try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2,
                try Int.fetchOne(db, sql: "PRAGMA secure_delete") == 1
            else { throw LedgerError(.notALedger, "SQLite does not keep the settings of a key store") }
        }
        return queue
    }
}

/// The tables of a key store.
private enum KeyTables {
    /// `WrtK`, in the file's header.
    static let applicationID: Int32 = 0x5772_744b
    static let version: Int32 = 1

    static let statements = """
        CREATE TABLE epoch(one INTEGER PRIMARY KEY CHECK(one = 1), key BLOB NOT NULL) STRICT;
        CREATE TABLE keys(
          name BLOB PRIMARY KEY,
          agent BLOB NOT NULL,
          month BLOB NOT NULL,
          wrapped BLOB NOT NULL,
          UNIQUE(agent, month)
        ) STRICT, WITHOUT ROWID;
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """
}

extension Database {
    /// Calls `body` within a transaction that has the write lock from the start.
    fileprivate func atomically<Result>(_ body: () throws -> Result) throws -> Result {
        try transaction("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try transaction("COMMIT")
            return result
        } catch {
            try rollbackIfNeeded()
            throw error
        }
    }
}
