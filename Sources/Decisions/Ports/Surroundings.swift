// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// The time. The only place that decisions get it from.
public protocol Clock: Sendable {
    /// The wall clock, UTC.
    func now() -> Timestamp

    /// Milliseconds of a clock that never goes back; only differences mean anything.
    func monotonicMilliseconds() -> Int64
}

/// Unpredictable bytes for ids, blinds and keys.
public protocol RandomSource: Sendable {
    /// So many bytes from a cryptographic generator.
    func bytes(_ count: Int) -> [UInt8]
}
