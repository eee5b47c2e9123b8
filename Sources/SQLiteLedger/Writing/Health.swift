// SPDX-License-Identifier: Apache-2.0

import Decisions
import Synchronization

/// Whether this process may still trust the ledger. Once poisoned, for ever.
final class Health: Sendable {
    private let failure = Mutex<LedgerError?>(nil)

    /// Throws the first failure, where there was one.
    func check() throws(LedgerError) {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// Remembers the first failure that poisons, and gives back what callers are told.
    func note(_ error: LedgerError) -> LedgerError {
        guard error.code == .poisoned else { return error }
        return failure.withLock { first in
            first = first ?? error
            return first ?? error
        }
    }
}
