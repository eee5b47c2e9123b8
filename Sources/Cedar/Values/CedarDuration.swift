// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's `duration`: a span of time in milliseconds (RFC 80).
public struct CedarDuration: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The span in milliseconds; may be negative.
    public let milliseconds: Int64

    /// A span of milliseconds.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// A span from text: `-`? and then days, hours, minutes, seconds, milliseconds (`1d2h3m4s5ms`), each at most once,
    /// in this order, at least one. `nil` for anything else and out of range.
    public init?(_ text: UTF8String) {
        var rest = text.bytes[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        var unitsLeft = Self.units[...]
        while !rest.isEmpty {
            let digits = rest.prefix(while: DecimalDigits.isDigit)
            rest = rest.dropFirst(digits.count)
            let suffix = rest.prefix { !DecimalDigits.isDigit($0) }
            rest = rest.dropFirst(suffix.count)
            guard let place = unitsLeft.firstIndex(where: { suffix.elementsEqual($0.suffix.utf8) }),
                let magnitude = DecimalDigits.value(digits),
                // Summing with the sign on each part lets the smallest value through.
                let part = DecimalDigits.signed(magnitude, negative: isNegative)
            else { return nil }
            let (scaled, overflowed) = part.multipliedReportingOverflow(by: unitsLeft[place].milliseconds)
            let (sum, overflowedAgain) = total.addingReportingOverflow(scaled)
            guard !overflowed, !overflowedAgain else { return nil }
            total = sum
            unitsLeft = unitsLeft[(place + 1)...]
        }
        milliseconds = total
    }

    /// Milliseconds in a day; Cedar knows no leap seconds.
    static let day: Int64 = 86_400_000

    /// The units from the longest, in the order they must be written.
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("d", day), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Shorter before longer, negative before positive.
    public static func < (left: CedarDuration, right: CedarDuration) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The canonical text, in milliseconds.
    public var description: String { "\(milliseconds)ms" }
}
