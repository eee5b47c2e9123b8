// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import Glibc
package import WireTypes

/// The machine's clocks.
package struct SystemClock: Decisions.Clock {
    /// The clocks.
    package init() {}

    /// The wall clock.
    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(clamping: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The clock that never goes back, and that a sleeping machine does not stop.
    package func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// The machine's random generator, getrandom(2) by way of getentropy(3): one system call for all the bytes, where Swift's
/// generator takes one for each eight.
struct SystemRandom: RandomSource {
    /// Bytes that getentropy(3) gives at a time.
    private static let most = 256

    func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let some = min(count - filled, Self.most)
                // It fails only where the kernel has no randomness, of which no key could be made.
                let code = getentropy(buffer.baseAddress.map { $0 + filled }, some)
                precondition(code == 0, "getentropy(3) fails: error \(errno)")
                filled += some
            }
        }
    }
}

/// A zone of the IANA data base, as the system's copy of it has it.
struct IANATimeZone: TimeZoneRules {
    private let zone: TimeZone

    /// The rules of a zone; `nil` for a name that is none. UTC needs no data and no start-up time.
    static func named(_ name: String) -> (any TimeZoneRules)? {
        if ["UTC", "Etc/UTC"].contains(name) { return CoordinatedUniversalTime() }
        // Foundation also takes "GMT+2" and abbreviations; only names of the data base mean one thing for ever.
        guard TimeZone.knownTimeZoneIdentifiers.contains(name), let zone = TimeZone(identifier: name) else {
            return nil
        }
        return IANATimeZone(zone: zone)
    }

    private init(zone: TimeZone) { self.zone = zone }

    func offsetSeconds(at moment: Timestamp) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)))
    }
}
