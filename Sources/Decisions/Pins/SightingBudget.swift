// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization

/// How many sightings of a server's tools are logged: a server that shows new tools for ever must not fill the log.
final class SightingBudget: Sendable {
    private struct Minute {
        var start: Int64
        var taken = 0
        var bytes = 0
        var isNoted = false
    }

    private let minutes = Mutex<[UTF8String: Minute]>([:])

    /// Takes one, with a definition of so many bytes; `false` where the server has had as much within a minute as there may
    /// be.
    func take(_ server: UTF8String, bytes: Int, at milliseconds: Int64) -> Bool {
        withMinute(of: server, at: milliseconds) { minute in
            guard minute.taken < Limits.sightingsPerMinute, minute.bytes + bytes <= Limits.sightingBytesPerMinute else {
                return false
            }
            minute.taken += 1
            minute.bytes += bytes
            return true
        }
    }

    /// Whether that some were left out is still to be noted; once a minute it is.
    func notes(_ server: UTF8String, at milliseconds: Int64) -> Bool {
        withMinute(of: server, at: milliseconds) { minute in
            defer { minute.isNoted = true }
            return !minute.isNoted
        }
    }

    private func withMinute<Result>(
        of server: UTF8String, at milliseconds: Int64, _ body: (inout Minute) -> Result
    ) -> Result {
        minutes.withLock { minutes in
            var minute = minutes[server] ?? Minute(start: milliseconds)
            if milliseconds - minute.start >= 60_000 { minute = Minute(start: milliseconds) }
            defer { minutes[server] = minute }
            return body(&minute)
        }
    }
}
