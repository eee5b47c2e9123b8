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

    /// The clock that never goes back.
    package func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

/// The machine's random generator (getrandom(2), by way of Swift's).
struct SystemRandom: RandomSource {
    func bytes(_ count: Int) -> [UInt8] {
        // Eight bytes a system call; `UInt8.random` would make one for each byte.
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            let word = generator.next()
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
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
