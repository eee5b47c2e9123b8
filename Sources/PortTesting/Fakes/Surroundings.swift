// SPDX-License-Identifier: Apache-2.0

public import Decisions
import Synchronization
public import WireTypes

/// A clock that stands still until a test moves it.
public final class SettableClock: Clock {
    private let time: Mutex<(wall: Timestamp, monotonic: Int64)>

    /// A clock that shows a moment.
    public init(_ wall: Timestamp = Timestamp(clamping: 1_773_802_031_204)) { time = Mutex((wall, 0)) }

    /// The moment set.
    public func now() -> Timestamp { time.withLock { $0.wall } }

    /// Milliseconds that the clock was advanced by.
    public func monotonicMilliseconds() -> Int64 { time.withLock { $0.monotonic } }

    /// Lets time pass, on both clocks.
    public func advance(milliseconds: Int64) {
        time.withLock { time in
            time.wall = time.wall.adding(milliseconds: milliseconds)
            time.monotonic += max(0, milliseconds)
        }
    }

    /// Sets the wall clock alone, as a person or NTP does.
    public func set(_ wall: Timestamp) { time.withLock { $0.wall = wall } }
}

/// Bytes that look random and are the same for the same seed. Never for keys outside of tests.
public final class SeededRandom: RandomSource {
    private let state: Mutex<UInt64>

    /// A source.
    public init(seed: UInt64 = 1) { state = Mutex(seed) }

    /// So many bytes (SplitMix64).
    public func bytes(_ count: Int) -> [UInt8] {
        state.withLock { state in
            var bytes: [UInt8] = []
            while bytes.count < count {
                state &+= 0x9e37_79b9_7f4a_7c15
                var word = state
                word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
                word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
                word ^= word >> 31
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    bytes.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
            return Array(bytes.prefix(count))
        }
    }
}
