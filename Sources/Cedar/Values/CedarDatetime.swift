// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's `datetime`: an instant in milliseconds since 1970-01-01T00:00:00Z (RFC 80).
public struct CedarDatetime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Milliseconds since the epoch; negative before it.
    public let milliseconds: Int64

    /// An instant by its milliseconds since the epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The instant plus a span, or `nil` where that exceeds 64 bits.
    public func offset(_ duration: CedarDuration) -> CedarDatetime? {
        let (sum, overflowed) = milliseconds.addingReportingOverflow(duration.milliseconds)
        return overflowed ? nil : CedarDatetime(milliseconds: sum)
    }

    /// The span from `earlier` to this instant, or `nil` where it exceeds 64 bits.
    public func durationSince(_ earlier: CedarDatetime) -> CedarDuration? {
        let (difference, overflowed) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return overflowed ? nil : CedarDuration(milliseconds: difference)
    }

    /// The last midnight (UTC) not after this instant, or `nil` where that exceeds 64 bits.
    public var date: CedarDatetime? {
        let (midnight, overflowed) = milliseconds.subtractingReportingOverflow(time.milliseconds)
        return overflowed ? nil : CedarDatetime(milliseconds: midnight)
    }

    /// The span since the last midnight (UTC), 0 to 86,399,999 ms.
    public var time: CedarDuration {
        let remainder = milliseconds % CedarDuration.day
        return CedarDuration(milliseconds: remainder < 0 ? remainder + CedarDuration.day : remainder)
    }

    /// Earlier before later.
    public static func < (left: CedarDatetime, right: CedarDatetime) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// `2026-03-18T02:47:11.204Z`, or milliseconds since the epoch outside the years 0000 to 9999.
    public var description: String { text?.string ?? "\(milliseconds)ms since 1970-01-01" }
}

extension CedarDatetime {
    /// An instant from text: `YYYY-MM-DD`, or that and `Thh:mm:ss`, optionally `.SSS`, and `Z` or `±hhmm`. `nil` for
    /// anything else: no leap second, no 24:00, no date that the Gregorian calendar lacks.
    public init?(_ text: UTF8String) {
        var reader = FixedWidthReader(rest: text.bytes[...])
        guard let year = reader.number(digits: 4), reader.take("-"),
            let month = reader.number(digits: 2), reader.take("-"),
            let day = reader.number(digits: 2), (1...12).contains(month),
            day >= 1, day <= Self.daysIn(month: month, year: year)
        else { return nil }
        let midnight = Self.daysSinceEpoch(year: year, month: month, day: day) * CedarDuration.day
        if reader.rest.isEmpty {
            milliseconds = midnight
            return
        }
        guard reader.take("T"),
            let hour = reader.number(digits: 2), reader.take(":"), hour < 24,
            let minute = reader.number(digits: 2), reader.take(":"), minute < 60,
            let second = reader.number(digits: 2), second < 60
        else { return nil }
        var instant = midnight + hour * 3_600_000 + minute * 60_000 + second * 1000
        if reader.take(".") {
            guard let fraction = reader.number(digits: 3) else { return nil }
            instant += fraction
        }
        if !reader.take("Z") {
            let isAhead = reader.take("+")
            guard isAhead || reader.take("-"),
                let hours = reader.number(digits: 2), hours < 24,
                let minutes = reader.number(digits: 2), minutes < 60
            else { return nil }
            let offset = hours * 3_600_000 + minutes * 60_000
            instant += isAhead ? -offset : offset
        }
        guard reader.rest.isEmpty else { return nil }
        milliseconds = instant
    }

    /// The instant as `datetime(…)` reads it, `YYYY-MM-DDThh:mm:ss.SSSZ`, or `nil` outside the years 0000 to 9999.
    public var text: UTF8String? {
        guard let midnight = date?.milliseconds,
            let civil = Self.civilDate(daysSinceEpoch: midnight / CedarDuration.day),
            (0...9999).contains(civil.year)
        else { return nil }
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let time = time.milliseconds
        let day = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
        let clock = "\(padded(time / 3_600_000, 2)):\(padded(time / 60_000 % 60, 2)):\(padded(time / 1000 % 60, 2))"
        return UTF8String("\(day)T\(clock).\(padded(time % 1000, 3))Z")
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func daysIn(month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar, counting years from March so that the leap day is
    /// the last of its year. For years 0 to 9999.
    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        // 400 years are always 146,097 days; starting one such cycle early keeps every quotient positive.
        let shiftedYear = year + 400 - (month <= 2 ? 1 : 0)
        let monthFromMarch = (month + 9) % 12
        let leapDays = shiftedYear / 4 - shiftedYear / 100 + shiftedYear / 400
        let days = shiftedYear * 365 + leapDays + (153 * monthFromMarch + 2) / 5 + day - 1
        return days - 146_097 - 719_468
    }

    /// The reverse of `daysSinceEpoch`, or `nil` far outside the years 0 to 9999.
    private static func civilDate(daysSinceEpoch days: Int64) -> (year: Int64, month: Int64, day: Int64)? {
        guard (-1_000_000...4_000_000).contains(days) else { return nil }
        let shifted = days + 719_468 + 146_097 * 10
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + (shifted / 146_097 - 10) * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

/// Takes fields of known width from the front of some bytes.
private struct FixedWidthReader {
    var rest: ArraySlice<UInt8>

    mutating func number(digits: Int) -> Int64? {
        guard rest.count >= digits, let value = DecimalDigits.value(rest.prefix(digits)) else { return nil }
        rest = rest.dropFirst(digits)
        return Int64(value)
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }
}
