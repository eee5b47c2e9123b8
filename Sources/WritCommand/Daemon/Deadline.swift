// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A moment of the clock that never goes back.
struct Deadline: Sendable {
    private let moment: Int64

    init(milliseconds: Int64) { moment = Self.now() + milliseconds }

    /// Milliseconds that are left, for poll(2); 0 where it is past.
    var left: Int32 { Int32(clamping: max(0, moment - Self.now())) }

    var isPast: Bool { left == 0 }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
