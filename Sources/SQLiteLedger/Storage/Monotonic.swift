// SPDX-License-Identifier: Apache-2.0

import Dispatch

/// The clock of deadlines. It does not go back; only differences mean anything.
enum Monotonic {
    /// Milliseconds since the machine started.
    static func milliseconds() -> Int64 {
        Int64(clamping: DispatchTime.now().uptimeNanoseconds / 1_000_000)
    }
}
