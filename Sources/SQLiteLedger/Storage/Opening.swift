// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import GRDB
import TransparencyLog
import WireTypes

/// What is checked before a ledger is used.
enum Opening {
    /// The log's key as the one that is believed.
    static func trust(in log: VerifierKey) throws(LedgerError) -> LogTrust {
        guard let trust = LogTrust(log: log) else {
            throw LedgerError(.notALedger, "the log's key is of a kind that signs no checkpoints")
        }
        return trust
    }

    /// That there is a file, and that its file system can be relied on.
    static func checkFile(_ path: String) throws(LedgerError) {
        guard FileSystem.identity(path) != nil else {
            let anchor = Anchor.path(of: path)
            throw LedgerError(
                .missing,
                FileSystem.identity(anchor) == nil
                    ? """
                    there is no ledger at \(path); restore it from its backup, or make a new installation in another \
                    folder: keys without their log start no new one
                    """
                    : """
                    the ledger at \(path) is gone; its last checkpoint is in \(anchor): restore the ledger, or start a \
                    new log that names that checkpoint
                    """)
        }
        try FileSystem.checkIsLocal(path)
    }

    /// That the newest checkpoint is the log's own and of the stored tree, and that the ledger is not older than the
    /// checkpoint beside it, which must have been read before.
    static func verify(_ db: Database, _ trust: LogTrust, _ anchored: Checkpoint) throws -> Head {
        let head = try Head.load(db)
        let checkpoint: Checkpoint
        do {
            checkpoint = try trust.verify(Note(parsing: head.checkpoint)).checkpoint
        } catch {
            throw Head.damaged("the newest checkpoint does not verify with the log's key (\(error))")
        }
        guard checkpoint.size == head.range.size, checkpoint.root == head.range.root else {
            throw Head.damaged("the newest checkpoint is not of the stored tree")
        }
        let newest = try db.row("SELECT max(idx) FROM entries")?.integer(0) ?? -1
        guard newest + 1 == head.state.size else { throw Head.damaged("the newest entry is not the tree's last leaf") }
        try compare(db, head, anchored)
        return head
    }

    private static func compare(_ db: Database, _ head: Head, _ anchored: Checkpoint) throws {
        if anchored.size == head.range.size {
            guard anchored.root == head.range.root else { throw other(anchored) }
        } else if anchored.size > head.range.size {
            throw LedgerError(
                .rolledBack,
                """
                the ledger has \(head.range.size) entries, but has signed a checkpoint of \(anchored.size): it is an \
                older copy. Bring the newest copy back; if it is lost, start a new log whose first entry names the \
                checkpoint beside this ledger
                """)
        } else {
            let root: Digest
            do {
                root = try StoredTree.reader(db, size: head.range.size).root(size: anchored.size)
            } catch {
                throw StoredTree.ledgerError(error)
            }
            guard root == anchored.root else { throw other(anchored) }
        }
    }

    private static func other(_ anchored: Checkpoint) -> LedgerError {
        LedgerError(
            .rolledBack,
            """
            the ledger's first \(anchored.size) entries are not those of the checkpoint beside it: it is another log, \
            or a copy that has gone its own way. Bring the right one back
            """)
    }
}
