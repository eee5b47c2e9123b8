// SPDX-License-Identifier: Apache-2.0

import Foundation
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

    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let value): value.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}

extension Database {
    /// Runs a statement, prepared once a connection.
    func run(_ sql: String, _ values: Value...) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(values.map(\.databaseValue)))
    }

    /// The rows of a query, prepared once a connection.
    func rows(_ sql: String, _ values: Value...) throws -> [Row] {
        try Row.fetchAll(
            cachedStatement(sql: sql), arguments: StatementArguments(values.map(\.databaseValue)))
    }

    /// The first row of a query, prepared once a connection.
    func row(_ sql: String, _ values: Value...) throws -> Row? {
        try Row.fetchOne(
            cachedStatement(sql: sql), arguments: StatementArguments(values.map(\.databaseValue)))
    }

    /// Calls `body` with each row, without holding them all.
    func forEach(_ sql: String, _ values: Value..., body: (Row) throws -> Void) throws {
        let cursor = try Row.fetchCursor(
            cachedStatement(sql: sql), arguments: StatementArguments(values.map(\.databaseValue)))
        while let row = try cursor.next() { try body(row) }
    }

    /// Ends a transaction that is still open; SQLite has ended it itself after some errors.
    func rollbackIfNeeded() throws {
        if isInsideTransaction { try execute(sql: "ROLLBACK") }
    }
}

extension Row {
    /// A blob's bytes, or `nil` for NULL or any other type.
    func bytes(_ column: Int) -> [UInt8]? {
        Data.fromDatabaseValue(databaseValue(column)).map { Array($0) }
    }

    /// An integer, or `nil` for NULL or any other type.
    func integer(_ column: Int) -> Int64? {
        guard case .int64(let value) = databaseValue(column).storage else { return nil }
        return value
    }

    /// A blob of 32 bytes.
    func digest(_ column: Int) -> Digest? { bytes(column).flatMap { Digest(bytes: $0) } }

    /// A blob of UTF-8.
    func name(_ column: Int) -> UTF8String? { bytes(column).flatMap { UTF8String(validating: $0) } }

    private func databaseValue(_ column: Int) -> DatabaseValue {
        guard column < count else { return .null }
        return self[column]
    }
}
