// SPDX-License-Identifier: Apache-2.0

/// How long a server that has ended is left alone: not at all after a session that was lost once, else for a pause that
/// doubles each time, until a link has lived long enough.
struct Pauses: Sendable {
    /// What happened last.
    private(set) var failure: UpstreamFailure?
    private var count = 0
    private var hasLostSession = false
    private var last: Int64 = 0
    private var pause: Int64 = 0
    private let limits: UpstreamLimits

    init(limits: UpstreamLimits) { self.limits = limits }

    /// A link, or an attempt at one, has failed.
    ///
    /// - Parameter lived: how long the link was open; 0 where it was not.
    mutating func failed(_ failure: UpstreamFailure, lived: Int64, now: Int64) {
        if lived >= limits.healthMilliseconds { self = Pauses(limits: limits) }
        self.failure = failure
        last = now
        guard failure.kind != .sessionLost || hasLostSession else {
            hasLostSession = true
            return
        }
        pause = min(limits.firstPauseMilliseconds << min(count, 20), limits.longestPauseMilliseconds)
        count += 1
    }

    /// How long it is left alone from now on; 0 where it may be opened.
    func left(now: Int64) -> Int64 { max(0, last + pause - now) }

    /// Whether so much time has passed that a failure would be a first one.
    func isOver(now: Int64) -> Bool { now - last > pause + limits.healthMilliseconds }
}
