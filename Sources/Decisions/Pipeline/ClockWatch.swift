// SPDX-License-Identifier: Apache-2.0

import Synchronization
import WireTypes

/// Notices that the wall clock was set while the process ran: hours and limits would not mean what they say.
///
/// The two clocks are compared from decision to decision, so that the slow corrections of a time service add up to
/// nothing.
final class ClockWatch: Sendable {
    private struct Agreement {
        let wall: Int64
        let monotonic: Int64
        /// The acknowledgements so far; another one makes what the clocks show now an agreement.
        let epoch: Int64
    }

    /// How fast a time service may correct a clock: a thousandth, twice what Linux allows itself.
    private static let slewing: Int64 = 1_000

    private let agreement = Mutex<Agreement?>(nil)

    /// By how many milliseconds the wall clock has moved more than the other since they last agreed, where that is more
    /// than can be borne and nobody has acknowledged it; else `nil`.
    func jump(_ clock: any Clock, epoch: Int64) -> Int64? {
        agreement.withLock { agreement in
            let now = Agreement(
                wall: clock.now().milliseconds, monotonic: clock.monotonicMilliseconds(), epoch: epoch)
            guard let last = agreement, last.epoch == epoch else {
                agreement = now
                return nil
            }
            let elapsed = now.monotonic - last.monotonic
            let jump = now.wall - last.wall - elapsed
            let tolerance = LedgerState.clockToleranceMilliseconds + elapsed / Self.slewing
            guard jump.magnitude <= tolerance.magnitude else { return jump }
            agreement = now
            return nil
        }
    }
}
