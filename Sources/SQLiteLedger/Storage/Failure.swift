// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB

/// What an SQLite failure means for the ledger.
enum Failure {
    /// The error that a result code stands for. What is neither a lock nor a full disk poisons: after a failed write or
    /// sync the page cache is not to be trusted, and no other code comes from a sound file.
    static func ledgerError(_ error: any Error, doing what: String, isOpening: Bool = false) -> LedgerError {
        if let error = error as? LedgerError { return error }
        guard let error = error as? DatabaseError else {
            return LedgerError(.poisoned, "\(what): \(error)")
        }
        let text = "\(what): \(error.message ?? "SQLite error") (\(error.extendedResultCode.rawValue))"
        return switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            LedgerError(.busy, "\(text); another process has held the ledger beyond the deadline")
        case .SQLITE_FULL:
            LedgerError(.full, "\(text); nothing was written: make room on the disk")
        case .SQLITE_NOTADB where isOpening:
            LedgerError(.notALedger, "\(text); the file is no ledger, or its beginning was overwritten")
        default:
            LedgerError(.poisoned, "\(text); stop, run fsck, and look at the disk")
        }
    }
}
