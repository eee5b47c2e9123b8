// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization

/// Bytes that many share, of which nobody has more than a part: who takes some gives them back.
final class ByteBudget: Sendable {
    private struct State {
        var left: Int
        var parts: [UTF8String: Int] = [:]
    }

    private let state: Mutex<State>
    private let all: Int
    private let part: Int

    /// - Parameter part: what one owner may have; by default all.
    init(_ bytes: Int, part: Int = .max) {
        all = bytes
        self.part = part
        state = Mutex(State(left: bytes))
    }

    /// How many are taken.
    var taken: Int { state.withLock { all - $0.left } }

    /// Whether there were so many, which are then taken.
    func take(_ bytes: Int, for owner: UTF8String = "") -> Bool {
        state.withLock { state in
            guard bytes >= 0, state.left >= bytes, part - state.parts[owner, default: 0] >= bytes else { return false }
            state.left -= bytes
            state.parts[owner, default: 0] += bytes
            return true
        }
    }

    func giveBack(_ bytes: Int, of owner: UTF8String = "") {
        state.withLock { state in
            state.left += bytes
            let rest = state.parts[owner, default: 0] - bytes
            state.parts[owner] = rest > 0 ? rest : nil
        }
    }

    /// Makes another the owner of what was taken; whether that one may have it.
    func pass(_ bytes: Int, from owner: UTF8String, to other: UTF8String) -> Bool {
        giveBack(bytes, of: owner)
        if take(bytes, for: other) { return true }
        // Somebody may have come between: then there is less than nothing left for a moment.
        state.withLock { state in
            state.left -= bytes
            state.parts[owner, default: 0] += bytes
        }
        return false
    }
}

/// What one request has taken of a budget; given back when the last who holds this lets go.
final class BudgetShare: Sendable {
    /// Whoever has not said yet who it is.
    static let stranger: UTF8String = ""

    private struct State {
        var taken = 0
        var owner: UTF8String
    }

    private let budget: ByteBudget
    private let state: Mutex<State>

    init(_ budget: ByteBudget, for owner: UTF8String) {
        self.budget = budget
        state = Mutex(State(owner: owner))
    }

    deinit { state.withLock { budget.giveBack($0.taken, of: $0.owner) } }

    func take(_ bytes: Int) -> Bool {
        state.withLock { state in
            guard budget.take(bytes, for: state.owner) else { return false }
            state.taken += bytes
            return true
        }
    }

    /// It is known now whose the request is; whether that one may have so much.
    func pass(to owner: UTF8String) -> Bool {
        state.withLock { state in
            guard budget.pass(state.taken, from: state.owner, to: owner) else { return false }
            state.owner = owner
            return true
        }
    }
}
