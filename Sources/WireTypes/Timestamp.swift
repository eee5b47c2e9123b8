// SPDX-License-Identifier: Apache-2.0

/// A moment in UTC with milliseconds, from year 0000 to 9999; its one text is `2026-03-18T02:47:11.204Z`.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
    public let milliseconds: Int64

    /// The first moment of year 0000 and the last of 9999.
    public static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// A moment, or `nil` outside of `range`.
    public init?(milliseconds: Int64) {
        guard Self.range.contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    /// The moment nearest to the count within `range`, for clocks.
    public init(clamping milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    /// A moment from its one text of exactly 24 ASCII characters, or `nil` (wrong form, no such day, a leap second).
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        for (index, mark) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "."), (23, "Z")] {
            guard bytes[index] == mark.utf8.first else { return nil }
        }
        func number(_ range: Range<Int>) -> Int64? {
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            return value
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let milli = number(20..<23),
            (1...12).contains(month), hour < 24, minute < 60, second < 60
        else { return nil }
        let days = CivilDate.days(year: year, month: month, day: day)
        guard day >= 1, CivilDate(days: days) == CivilDate(year: year, month: month, day: day) else { return nil }
        self.init(milliseconds: (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli)
    }

    /// The text: `YYYY-MM-DDThh:mm:ss.sssZ`.
    public var text: String {
        let day = milliseconds.quotientRoundedDown(by: 86_400_000)
        let rest = milliseconds - day * 86_400_000
        let date = CivilDate(days: day)
        let time =
            padded(rest / 3_600_000, 2) + ":" + padded(rest / 60_000 % 60, 2) + ":" + padded(rest / 1000 % 60, 2)
        return "\(date.text)T\(time).\(padded(rest % 1000, 3))Z"
    }

    /// The text.
    public var description: String { text }

    /// The moment so many milliseconds later, held within `range`.
    public func adding(milliseconds delta: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(delta)
        return Timestamp(clamping: overflow ? (delta < 0 ? .min : .max) : sum)
    }

    /// The earlier first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}
