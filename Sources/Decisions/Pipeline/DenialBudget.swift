// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization

/// How many refusals get a receipt each: one per second of each speaker, and so many at once. A flood of refused calls
/// would else fill the log, at no cost to whoever sends it. What is beyond is refused all the same, and counted; the
/// counts are logged, so that no attempt is without a trace. What is allowed is no business of this.
final class DenialBudget: Sendable {
    /// Whose attempts are counted together.
    struct Speaker: Hashable, Sendable {
        /// The verified agent, or `unidentified`.
        let agent: UTF8String
        /// Whether a server spoke, in a conversation of the agent's: it must not use up what is the agent's.
        var isServer = false
    }

    /// Attempts without receipts of their own.
    struct Excess: Sendable, Hashable {
        let speaker: Speaker
        let count: Int64
        /// How long ago counting began, in milliseconds.
        let since: Int64
    }

    private struct Bucket {
        /// Thousandths of a receipt that are left.
        var left = Limits.denialsAtOnce * 1_000
        var time: Int64
        var excess: Int64 = 0
        /// When the first of `excess` came.
        var excessSince: Int64 = 0
        var reported: Int64?

        mutating func refill(_ now: Int64) {
            // A thousandth a millisecond is one a second.
            left = min(Limits.denialsAtOnce * 1_000, left + max(0, now - time))
            time = max(time, now)
        }

        var isIdle: Bool { excess == 0 && left >= Limits.denialsAtOnce * 1_000 }
    }

    private struct State {
        var buckets: [Speaker: Bucket] = [:]
        /// When those that are full again were last forgotten: it is a walk over all of them.
        var swept: Int64 = .min

        /// Forgets whoever has spent nothing for long, where that may make room.
        mutating func sweep(_ now: Int64) {
            guard buckets.count >= Limits.speakersRemembered, swept < now - 1_000 else { return }
            swept = now
            buckets = buckets.filter { entry in
                var bucket = entry.value
                bucket.refill(now)
                return !bucket.isIdle
            }
        }
    }

    private let state = Mutex(State())

    /// Takes what a refusal costs; `false` where nothing is left, and it is counted instead.
    ///
    /// One that has anything left may take more than that: a large call is not refused its receipt for being large, but
    /// the next ones wait the longer.
    ///
    /// - Parameter bytes: of the message, which is kept as evidence.
    func take(_ speaker: Speaker, bytes: Int, at now: Int64) -> Bool {
        state.withLock { state in
            if state.buckets[speaker] == nil { state.sweep(now) }
            // Whoever finds no room shares one bucket with the others like it.
            let isFull = state.buckets[speaker] == nil && state.buckets.count >= Limits.speakersRemembered
            let key = isFull ? Speaker(agent: Self.others, isServer: speaker.isServer) : speaker
            var bucket = state.buckets[key] ?? Bucket(time: now)
            defer { state.buckets[key] = bucket }
            bucket.refill(now)
            guard bucket.left >= 1_000 else {
                if bucket.excess == 0 { bucket.excessSince = now }
                bucket.excess += 1
                return false
            }
            bucket.left -= 1_000 * Int64(1 + bytes / Limits.denialBytes)
            return true
        }
    }

    /// What is to be logged by now: the first of a flood at once, then once a minute.
    ///
    /// - Parameter all: whether the rest is wanted too.
    func due(at now: Int64, all: Bool = false) -> [Excess] {
        state.withLock { state in
            var due: [Excess] = []
            for (speaker, bucket) in state.buckets where bucket.excess > 0 {
                guard all || bucket.reported.map({ now - $0 >= Self.periodMilliseconds }) ?? true else { continue }
                due.append(Excess(speaker: speaker, count: bucket.excess, since: now - bucket.excessSince))
                state.buckets[speaker]?.excess = 0
                state.buckets[speaker]?.reported = now
            }
            return due
        }
    }

    /// Nobody's agent id: it is reserved for nobody.
    private static let others: UTF8String = "*"
    private static let periodMilliseconds: Int64 = 60_000
}
