// SPDX-License-Identifier: Apache-2.0

import Synchronization
package import WireTypes

/// The proofs that were used and would still be accepted if nobody remembered them.
///
/// One key's are bounded, so that nobody takes the room of the others; all together are too. Where there is no room a proof
/// is refused: nothing is forgotten before its time.
package final class UsedProofs: Sendable {
    package enum Outcome: Equatable {
        /// It was not used before.
        case first
        /// It was.
        case again
        /// It is from a time of which nothing is remembered any more, or not yet.
        case stale
        /// There is no room for it.
        case full
    }

    private struct OfKey {
        var ends: [Digest: Int64] = [:]
        var nextLook: Int64 = 0
    }

    private struct State {
        var keys: [Digest: OfKey] = [:]
        var count = 0
        /// Proofs that end before were forgotten, or used before this program began.
        var floor: Int64
        var threshold: Int
        var nextLook: Int64 = 0
    }

    private let state: Mutex<State>
    private let mostOfKey: Int
    private let most: Int

    /// - Parameter start: what ends before may have been used, with an earlier process; in milliseconds since 1970.
    package init(start: Int64, mostOfKey: Int, most: Int) {
        state = Mutex(State(floor: start, threshold: min(most, Self.fewest)))
        self.mostOfKey = mostOfKey
        self.most = most
    }

    /// Remembers a proof until it would be stale anyway.
    package func use(_ id: Digest, of key: Digest, until end: Int64, at now: Int64) -> Outcome {
        state.withLock { state in
            // Where the clock has gone back, what was forgotten meanwhile is not taken for new.
            guard end > state.floor else { return .stale }
            guard state.keys[key]?.ends[id] == nil else { return .again }
            if state.count >= state.threshold, now >= state.nextLook { forget(&state, at: now) }
            if let own = state.keys[key], own.ends.count >= mostOfKey, now >= own.nextLook {
                forget(of: key, &state, at: now)
            }
            guard state.count < most, state.keys[key]?.ends.count ?? 0 < mostOfKey else { return .full }
            state.keys[key, default: OfKey()].ends[id] = end
            state.count += 1
            return .first
        }
    }

    /// So many are kept without looking at them.
    private static let fewest = 1024

    /// How many are remembered.
    package var count: Int { state.withLock { $0.count } }

    /// Looks at all, once a second at most: that somebody's are many must not cost the others their time.
    private func forget(_ state: inout State, at now: Int64) {
        for key in Array(state.keys.keys) { forget(of: key, &state, at: now) }
        state.threshold = min(most, max(Self.fewest, 2 * state.count))
        state.nextLook = now + 1000
    }

    private func forget(of key: Digest, _ state: inout State, at now: Int64) {
        guard var own = state.keys.removeValue(forKey: key) else { return }
        let before = own.ends.count
        own.ends = own.ends.filter { $0.value > now }
        own.nextLook = now + 1000
        state.count -= before - own.ends.count
        state.floor = max(state.floor, now)
        if !own.ends.isEmpty { state.keys[key] = own }
    }
}
