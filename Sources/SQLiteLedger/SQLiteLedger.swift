// SPDX-License-Identifier: Apache-2.0

public import Decisions
import Foundation
import GRDB
import Synchronization
public import TransparencyLog

/// The ledger in one SQLite file, shared by the processes of one machine.
///
///     try SQLiteLedger.create(at: path, signer: signer)
///     let ledger = try SQLiteLedger.open(at: path, signer: signer)
///     let result = try await ledger.commit(request)   // on the disk when it returns
///     try ledger.close()
///
/// `docs/ledger.md` says what its tables hold, why a commit is durable, and what each failure means.
public final class SQLiteLedger: Ledger, LedgerReader {
    /// How long the process that opens a ledger lives.
    public enum Lifetime: Sendable, Hashable {
        /// A gateway or daemon: it leaves a short WAL behind.
        case service
        /// A hook, for one call: it syncs as rarely as durability allows.
        case oneShot
    }

    /// The ledger's file, without symbolic links.
    public let path: String
    /// The log's name.
    public let origin: String

    let health: Health
    let readers: Readers
    let trust: LogTrust
    private let writer: Writer?
    private let appender: Appender?
    private let checkpointer: Checkpointer?
    private let lifetime: Lifetime
    private let isClosed = Mutex(false)

    /// Opens a ledger to append to and to read.
    ///
    /// Before it returns, the file's format, its WAL and its syncing were read back, the newest checkpoint was verified
    /// against the tree, and the checkpoint beside the ledger shows no newer or other log.
    ///
    /// - Parameter signer: signs checkpoints; its key's name is the log's origin.
    /// - Throws: `LedgerError`: `missing`, `notALedger`, `rolledBack`, `busy` or `poisoned`.
    public static func open(
        at path: String, signer: NoteSigner, lifetime: Lifetime = .service
    ) throws(LedgerError) -> SQLiteLedger {
        try SQLiteLedger(path: path, log: signer.key, signer: signer, lifetime: lifetime)
    }

    /// Opens a ledger for reading alone; `commit` and `append` then fail with `closed`.
    ///
    /// - Parameter log: the log's verifier key; its name is the log's origin.
    /// - Throws: as `open(at:signer:lifetime:)` does.
    public static func open(readingAt path: String, log: VerifierKey) throws(LedgerError) -> SQLiteLedger {
        try SQLiteLedger(path: path, log: log, signer: nil, lifetime: .oneShot)
    }

    private init(path: String, log: VerifierKey, signer: NoteSigner?, lifetime: Lifetime) throws(LedgerError) {
        try Opening.checkFile(path)
        // SQLite follows a link and keeps its journal beside the file itself; so must the checkpoint be.
        let path = FileSystem.resolved(path)
        self.path = path
        self.lifetime = lifetime
        origin = log.name
        let trust = try Opening.trust(in: log)
        self.trust = trust
        health = Health()
        readers = Readers(path: path, health: health)
        let anchored = try Anchor.read(of: path, trust: trust)
        guard let signer else {
            _ = try readers.read { db in try Opening.verify(db, trust, anchored) }
            writer = nil
            appender = nil
            checkpointer = nil
            return
        }
        let anchor = try Anchor(of: path)
        let connection = try Connection(path: path, role: .writer)
        let head: Head
        do {
            head = try connection.snapshot { db in try Opening.verify(db, trust, anchored) }
        } catch {
            throw Failure.ledgerError(error, doing: "opening \(path)", isOpening: true)
        }
        let appender = try Appender(
            path: path, connection: connection, head: head, signer: signer, anchor: anchor, health: health)
        let checkpointer = Checkpointer(path: path, health: health)
        self.appender = appender
        self.checkpointer = checkpointer
        writer = Writer(appender: appender, checkpointer: checkpointer, health: health)
    }

    deinit {
        do {
            try close()
        } catch {
            // Whoever needs to know calls `close`.
        }
    }

    /// Writes what is queued and closes the files. A second call does nothing.
    ///
    /// - Throws: `LedgerError` where entries nobody waited for could not be written.
    public func close() throws(LedgerError) {
        let wasClosed = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        guard !wasClosed else { return }
        let lost = try writer?.close() ?? 0
        readers.close()
        if let appender, let checkpointer {
            let threshold = lifetime == .service ? 1 : Limits.checkpointFramesOnClose
            checkpointer.close(emptying: appender.frames >= threshold)
            do {
                try appender.close()
            } catch {
                throw Failure.ledgerError(error, doing: "closing \(path)")
            }
        }
        if lost > 0 { throw LedgerError(.poisoned, "\(lost) queued entries could not be written") }
    }

    /// The state as of the newest committed entry, of this or any other process. About 10 microseconds.
    public func state() throws(LedgerError) -> LedgerState { try readers.state() }

    /// Appends one entry, durably, or says why not.
    ///
    /// - Throws: `LedgerError`; after `poisoned` every later call throws it too. With any error the entry counts as not
    ///   logged. `overloaded` may mean that it is logged and nobody was told.
    public func commit(_ request: CommitRequest) async throws(LedgerError) -> CommitResult {
        try health.check()
        return try await writing().commit(Work(request: request)).get()
    }

    /// Takes an entry that nobody waits for; it is written within 200 ms, or when the ledger is closed.
    ///
    /// - Throws: `LedgerError`: `closed`, `poisoned`, or `overloaded` where the queue has been full for two seconds.
    public func append(later request: CommitRequest) throws(LedgerError) {
        try writing().append(later: Work(request: request))
    }

    /// Transactions that this process has committed.
    var transactions: Int { writer?.transactions ?? 0 }

    /// Callers whose commits have not been answered yet.
    var pending: Int { writer?.pending ?? 0 }

    private func writing() throws(LedgerError) -> Writer {
        guard let writer else { throw LedgerError(.closed, "the ledger was opened for reading") }
        return writer
    }
}
