// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB
import TransparencyLog
import WireTypes

/// One transaction at a time: what was asked for, the tree, the fold, one signed checkpoint, and then COMMIT.
///
/// Only the writer's thread uses it once it is running, which is what makes it safe to send there.
final class Appender: @unchecked Sendable {
    /// What became of a batch.
    enum Outcome {
        /// One answer a piece of work; whatever is `logged` is durable.
        case answered([Answer])
        /// None of it is in the log, or (`poisoned`) nobody can say so.
        case failed(LedgerError)
    }

    private let path: String
    private let connection: Connection
    private let signer: NoteSigner
    private let anchor: Anchor
    private let health: Health
    private let files: [FileSystem.Identity?]
    private var head: Head
    private let frameCount: UnsafeMutablePointer<Int32>

    /// How many frames the WAL had after the last commit.
    var frames: Int32 { frameCount.pointee }

    init(
        path: String, connection: Connection, head: Head, signer: NoteSigner, anchor: Anchor, health: Health
    ) throws(LedgerError) {
        self.path = path
        self.connection = connection
        self.head = head
        self.signer = signer
        self.anchor = anchor
        self.health = health
        files = Self.files(path)
        let frames = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
        frames.initialize(to: 0)
        frameCount = frames
        do {
            try connection.access { db in db.countFrames(in: frames) }
        } catch {
            throw Failure.ledgerError(error, doing: "opening \(path)")
        }
    }

    deinit { frameCount.deallocate() }

    /// Appends a batch, in order, in one transaction.
    ///
    /// - Parameter deadline: until when another process's lock is waited for.
    func commit(_ works: [Work], until deadline: Int64) -> Outcome {
        do {
            try health.check()
            return try connection.access(until: deadline) { db in try transaction(db, works) }
        } catch {
            return .failed(health.note(Failure.ledgerError(error, doing: "appending to the ledger")))
        }
    }

    /// Closes the connection, so that the counter can go.
    func close() throws { try connection.close() }

    private func transaction(_ db: Database, _ works: [Work]) throws -> Outcome {
        try db.transaction("BEGIN IMMEDIATE")
        var answers: [Answer] = []
        var next: Head
        do {
            next = try newestHead(db)
            answers = try Self.append(works, to: &next, db, signer)
        } catch {
            try db.rollbackIfNeeded()
            throw error
        }
        guard next.state.size > head.state.size else {
            try db.rollbackIfNeeded()
            return .answered(answers)
        }
        do {
            try db.transaction("COMMIT")
        } catch {
            return try afterFailedCommit(db, error, works, answers)
        }
        head = next
        try checkFilesAreOurs()
        do {
            try anchor.write(next.checkpoint)
        } catch {
            // What was committed is durable and answered; nothing after it is.
            _ = health.note(error)
        }
        return .answered(answers)
    }

    /// Appends works to an open transaction, and stores tiles and head.
    static func append(_ works: [Work], to head: inout Head, _ db: Database, _ signer: NoteSigner) throws -> [Answer] {
        let old = head.range.size
        var answers: [Answer] = []
        answers.reserveCapacity(works.count)
        for work in works { answers.append(try Admission(db: db).admit(work, &head)) }
        if head.range.size > old {
            try StoredTree.storeTiles(db, from: old, to: head.range.size)
            try head.sign(with: signer)
            try head.store(db)
        }
        return answers
    }

    /// The head that this transaction goes on from; another process may have committed since the last one.
    private func newestHead(_ db: Database) throws -> Head {
        guard let row = try db.row("SELECT size, root FROM head WHERE one = 1"), let size = row.integer(0),
            let root = row.digest(1)
        else { throw Head.damaged("the head row is missing") }
        if size > head.state.size {
            head = try Head.load(db)
        } else if size < head.state.size || root != head.range.root {
            throw LedgerError(.poisoned, "the ledger has become older while it was open: it was changed from outside")
        }
        return head
    }

    /// A COMMIT that failed with the transaction still open was not carried out. Otherwise a fresh connection may see
    /// it: SQLite shows frames to readers only after they were synced. Where it does not, they may still lie in the WAL
    /// and come back with the next start: nobody can say.
    private func afterFailedCommit(
        _ db: Database, _ error: any Error, _ works: [Work], _ answers: [Answer]
    ) throws -> Outcome {
        let failure = Failure.ledgerError(error, doing: "committing to the ledger")
        try db.rollbackIfNeeded()
        guard failure.code == .poisoned else { throw failure }
        let poison = health.note(failure)
        guard try seesAll(works, answers) else { throw poison }
        return .answered(answers)
    }

    private func seesAll(_ works: [Work], _ answers: [Answer]) throws -> Bool {
        let fresh = try Connection(path: path, role: .reader)
        let seen = try fresh.snapshot { db in
            try zip(works, answers).allSatisfy { work, answer in
                guard case .success(.logged(let index)) = answer else { return true }
                return try Admission(db: db).logged(work.request)?.index == index
            }
        }
        try fresh.close()
        return seen
    }

    /// A ledger whose files were deleted or replaced under us would take commits that nobody finds again.
    private func checkFilesAreOurs() throws {
        guard Self.files(path) == files, !files.contains(nil) else {
            throw LedgerError(.poisoned, "\(path) or its -wal file was deleted or replaced while it was open")
        }
    }

    private static func files(_ path: String) -> [FileSystem.Identity?] {
        [FileSystem.identity(path), FileSystem.identity(path + "-wal")]
    }
}

extension Head {
    /// Signs the checkpoint of size and root.
    mutating func sign(with signer: NoteSigner) throws {
        guard let checkpoint = Checkpoint(origin: signer.key.name, size: range.size, root: range.root) else {
            throw Head.damaged("size and root make no checkpoint")
        }
        do {
            self.checkpoint = try checkpoint.signed(with: signer).bytes
        } catch {
            throw LedgerError(.poisoned, "the checkpoint could not be signed: \(error)")
        }
    }
}
