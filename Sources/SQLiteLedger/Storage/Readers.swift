// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB
import Synchronization

/// The reading connections: one for the state that every decision needs, one for all else, so that a long reading keeps
/// no decision waiting. Neither waits for the writer.
final class Readers: Sendable {
    private let deciding: Reader
    private let browsing: Reader
    private let known = Mutex<LedgerState?>(nil)

    init(path: String, health: Health) {
        deciding = Reader(path: path, health: health, purpose: "reading the ledger's state")
        browsing = Reader(path: path, health: health, purpose: "reading the ledger")
    }

    /// The newest state.
    func state() throws(LedgerError) -> LedgerState {
        let known = known.withLock { $0 }
        return try deciding.use { connection in
            // One statement is one snapshot; only where an epoch has moved are several tables read, in another.
            if let known, let fresh = try connection.access({ db in try Head.loadState(db, ifStill: known) }) {
                return fresh
            }
            let state = try connection.snapshot { db in try Head.loadState(db) }
            self.known.withLock { $0 = state }
            return state
        }
    }

    /// Reads in one snapshot.
    func read<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        try browsing.use { connection in try connection.snapshot(body) }
    }

    /// Reads what calls are decided by, in one snapshot.
    func approvals<Result>(_ body: (Database) throws -> Result) throws(LedgerError) -> Result {
        try deciding.use { connection in try connection.snapshot(body) }
    }

    /// Closes; whoever reads afterwards is refused.
    func close() {
        deciding.close()
        browsing.close()
    }
}

/// A reading connection, opened when it is first used.
private final class Reader: Sendable {
    private enum Phase {
        case new
        case open(Connection)
        case closed
    }

    private let path: String
    private let health: Health
    private let purpose: String
    private let phase = Mutex(Phase.new)

    init(path: String, health: Health, purpose: String) {
        self.path = path
        self.health = health
        self.purpose = purpose
    }

    func use<Result>(_ body: (Connection) throws -> Result) throws(LedgerError) -> Result {
        try health.check()
        do {
            return try body(try connection())
        } catch {
            throw health.note(Failure.ledgerError(error, doing: purpose))
        }
    }

    func close() {
        let connection = phase.withLock { phase -> Connection? in
            defer { phase = .closed }
            guard case .open(let connection) = phase else { return nil }
            return connection
        }
        do {
            try connection?.close()
        } catch {
            // It only read; the process's end closes the file.
        }
    }

    private func connection() throws -> Connection {
        try phase.withLock { phase in
            switch phase {
            case .open(let connection): return connection
            case .closed: throw LedgerError(.closed, "the ledger is closed")
            case .new:
                let connection = try Connection(path: path, role: .reader)
                phase = .open(connection)
                return connection
            }
        }
    }
}
