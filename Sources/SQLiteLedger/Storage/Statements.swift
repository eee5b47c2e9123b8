// SPDX-License-Identifier: Apache-2.0

import CSQLiteShim
import GRDB
import StrictJSON
import WireTypes

/// A value as the ledger's tables hold it. Names are blobs: SQLite then compares them as bytes and nothing else.
enum Value {
    case null
    case integer(Int64)
    case blob([UInt8])

    static func name(_ name: UTF8String) -> Value { .blob(name.bytes) }
    static func digest(_ digest: Digest?) -> Value { digest.map { .blob($0.bytes) } ?? .null }
    static func moment(_ time: Timestamp?) -> Value { time.map { .integer($0.milliseconds) } ?? .null }
}

/// A row that was read.
struct Record {
    fileprivate let values: [Value]

    /// A blob's or text's bytes, or `nil` for NULL or any other type.
    func bytes(_ column: Int) -> [UInt8]? {
        guard case .blob(let bytes) = values[column] else { return nil }
        return bytes
    }

    /// An integer, or `nil` for NULL or any other type.
    func integer(_ column: Int) -> Int64? {
        guard case .integer(let value) = values[column] else { return nil }
        return value
    }

    /// A blob of 32 bytes.
    func digest(_ column: Int) -> Digest? { bytes(column).flatMap { Digest(bytes: $0) } }

    /// A blob of UTF-8.
    func name(_ column: Int) -> UTF8String? { bytes(column).flatMap { UTF8String(validating: $0) } }
}

/// Statements are prepared once a connection by GRDB, and bound and stepped directly: its own rows and arguments would
/// be a third of what an appended entry costs.
extension Database {
    /// Runs a statement that changes rows or a setting, but no transaction.
    func run(_ sql: String, _ values: Value...) throws { try step(sql, values) { _ in } }

    /// The rows of a query.
    func rows(_ sql: String, _ values: Value...) throws -> [Record] {
        var rows: [Record] = []
        try step(sql, values) { rows.append($0) }
        return rows
    }

    /// The first row of a query.
    func row(_ sql: String, _ values: Value...) throws -> Record? {
        var first: Record?
        try step(sql, values) { first = first ?? $0 }
        return first
    }

    /// Calls `body` with each row, without holding them all. `body` may run other statements, but not the same again.
    func forEach(_ sql: String, _ values: Value..., body: (Record) throws -> Void) throws {
        try step(sql, values, body)
    }

    /// Begins, commits or rolls back, through GRDB, which keeps account of transactions.
    func transaction(_ sql: String) throws { try cachedStatement(sql: sql).execute() }

    /// Ends a transaction that is still open; SQLite has ended it itself after some errors.
    func rollbackIfNeeded() throws {
        if isInsideTransaction { try transaction("ROLLBACK") }
    }

    private func step(_ sql: String, _ values: [Value], _ body: (Record) throws -> Void) throws {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (place, value) in values.enumerated() {
            try check(bind(value, to: statement, at: Int32(place + 1)), SQLITE_OK)
        }
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return }
            try check(code, SQLITE_ROW)
            try body(Record(values: (0..<sqlite3_column_count(statement)).map { column(statement, $0) }))
        }
    }

    private func check(_ code: Int32, _ expected: Int32) throws {
        guard code != expected else { return }
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage)
    }

    private func bind(_ value: Value, to statement: SQLiteStatement, at place: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(statement, place)
        case .integer(let value): sqlite3_bind_int64(statement, place, value)
        // A pointer to no bytes may be null, which would bind NULL.
        case .blob(let bytes) where bytes.isEmpty: sqlite3_bind_zeroblob(statement, place, 0)
        case .blob(let bytes): sqlite3_bind_blob64(statement, place, bytes, UInt64(bytes.count), Self.copied)
        }
    }

    private func column(_ statement: SQLiteStatement, _ place: Int32) -> Value {
        switch sqlite3_column_type(statement, place) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, place))
        case SQLITE_BLOB, SQLITE_TEXT:
            guard let start = sqlite3_column_blob(statement, place) else { return .blob([]) }
            let count = Int(sqlite3_column_bytes(statement, place))
            return .blob(Array(UnsafeRawBufferPointer(start: start, count: count)))
        default: return .null
        }
    }

    /// SQLITE_TRANSIENT: SQLite copies what is bound.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
