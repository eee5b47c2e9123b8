// SPDX-License-Identifier: Apache-2.0

import MCP

/// Counts frames that were refused without a decision, for one event a minute: a flood must not fill the log.
struct DropCounter {
    struct Report {
        let count: Int64
        /// How long ago counting began, in milliseconds.
        let since: Int64
    }

    private var counted: Int64 = 0
    private var start: MonotonicTime?
    private static let periodMilliseconds: Int64 = 60_000

    /// Counts one; a report where a minute has passed since the first.
    mutating func count(_ reason: DropReason, at now: MonotonicTime) -> Report? {
        counted += 1
        let start = start ?? now
        self.start = start
        guard (now.nanoseconds - start.nanoseconds) / 1_000_000 >= Self.periodMilliseconds else { return nil }
        return rest(at: now)
    }

    /// What has been counted and not reported.
    mutating func rest(at now: MonotonicTime) -> Report? {
        guard counted > 0, let start else { return nil }
        defer { (counted, self.start) = (0, nil) }
        return Report(count: counted, since: (now.nanoseconds - start.nanoseconds) / 1_000_000)
    }
}
