// SPDX-License-Identifier: Apache-2.0

public import Decisions
import Foundation
import GRDB
public import TransparencyLog

extension SQLiteLedger {
    /// Makes a new ledger, durable when it returns, and the file `<path>.checkpoint` beside it. Only `writ init` does.
    ///
    /// - Parameters:
    ///   - path: where; the folder must exist and be on a local disk. Nothing may be there.
    ///   - signer: signs the first checkpoint; its key's name becomes the log's origin, at most 120 bytes.
    ///   - firstEntries: entries of the new log, at most 256: which it is, what it continues, what is in force.
    /// - Throws: `LedgerError`: `notALedger` where something is there already, `rolledBack` where only a checkpoint is,
    ///   or the first entry that could not be appended.
    public static func create(
        at path: String, signer: NoteSigner, firstEntries: [CommitRequest] = []
    ) throws(LedgerError) {
        guard signer.key.kind == .note, (1...Limits.originBytes).contains(signer.key.name.utf8.count) else {
            throw LedgerError(.notALedger, "a log's name has 1 to \(Limits.originBytes) bytes, and its key signs notes")
        }
        guard firstEntries.count <= Limits.batchRequests else {
            throw LedgerError(.full, "a new log begins with at most \(Limits.batchRequests) entries")
        }
        guard FileSystem.identity(path) == nil else { throw exists(path) }
        try FileSystem.checkIsLocal(FileSystem.folder(of: path))
        let draft = "\(path).new-\(getpid())"
        defer { for suffix in ["", "-journal", "-wal", "-shm"] { unlink(draft + suffix) } }
        let checkpoint = try writeDraft(draft, signer, firstEntries)
        // The checkpoint first: a ledger without one is refused, a checkpoint without a ledger says what was lost.
        try Anchor.create(of: path, note: checkpoint)
        guard link(draft, path) == 0 else {
            let code = errno
            unlink(Anchor.path(of: path))
            throw code == EEXIST ? exists(path) : LedgerError(.full, "\(path): \(String(cString: strerror(code)))")
        }
        try syncFolder(of: path)
    }

    /// A whole ledger under another name; only the last step makes its journal a WAL, which then is empty.
    private static func writeDraft(
        _ path: String, _ signer: NoteSigner, _ entries: [CommitRequest]
    ) throws(LedgerError) -> [UInt8] {
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw LedgerError(.missing, "\(path) cannot be made: \(String(cString: strerror(errno)))")
        }
        Foundation.close(file)
        do {
            let queue = try DatabaseQueue(path: path)
            let checkpoint = try queue.inDatabase { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; BEGIN IMMEDIATE")
                try Schema.create(db)
                var head = Head(range: CompactRange(), state: LedgerState(), checkpoint: [])
                try head.sign(with: signer)
                try head.store(db)
                for answer in try Appender.append(entries.map { Work(request: $0) }, to: &head, db, signer) {
                    guard case .success(.logged) = answer else {
                        _ = try answer.get()
                        throw LedgerError(.notFound, "a first entry cannot be appended: \(answer)")
                    }
                }
                try db.execute(sql: "COMMIT")
                guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
                    throw LedgerError(.notALedger, "SQLite keeps no WAL at \(path)")
                }
                return head.checkpoint
            }
            try queue.close()
            return checkpoint
        } catch {
            throw Failure.ledgerError(error, doing: "making \(path)", isOpening: true)
        }
    }

    private static func exists(_ path: String) -> LedgerError {
        LedgerError(.notALedger, "there is something at \(path) already; a ledger is never overwritten")
    }

    private static func syncFolder(of path: String) throws(LedgerError) {
        let parent = FileSystem.folder(of: path)
        let folder = Foundation.open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw LedgerError(.poisoned, "\(parent): \(String(cString: strerror(errno)))") }
        defer { Foundation.close(folder) }
        guard fsync(folder) == 0 else {
            throw LedgerError(.poisoned, "\(parent) cannot be synced: \(String(cString: strerror(errno)))")
        }
    }
}
