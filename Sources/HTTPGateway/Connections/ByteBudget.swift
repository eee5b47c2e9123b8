// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Bytes that many share: who takes some gives them back.
final class ByteBudget: Sendable {
    private let left: Mutex<Int>
    private let all: Int

    init(_ bytes: Int) {
        all = bytes
        left = Mutex(bytes)
    }

    /// How many are taken.
    var taken: Int { left.withLock { all - $0 } }

    /// Whether there were so many, which are then taken.
    func take(_ bytes: Int) -> Bool {
        left.withLock { left in
            guard left >= bytes else { return false }
            left -= bytes
            return true
        }
    }

    func giveBack(_ bytes: Int) { left.withLock { $0 += bytes } }
}

/// What one request has taken of a budget; given back when the last who holds this lets go.
final class BudgetShare: Sendable {
    private let budget: ByteBudget
    private let taken = Mutex(0)

    init(_ budget: ByteBudget) { self.budget = budget }

    deinit { budget.giveBack(taken.withLock { $0 }) }

    func take(_ bytes: Int) -> Bool {
        guard budget.take(bytes) else { return false }
        taken.withLock { $0 += bytes }
        return true
    }
}
