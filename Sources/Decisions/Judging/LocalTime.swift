// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What clocks and calendars show in the configured zone: `context.local`. Kept in evidence, so that a replay needs no
/// zone data.
public struct LocalTime: Sendable, Hashable {
    /// 0 to 23.
    public var hour: Int64
    /// 0 to 59.
    public var minute: Int64
    /// Monday 1 to Sunday 7.
    public var weekday: Int64
    /// `YYYY-MM-DD`.
    public var date: UTF8String

    /// Fields that have been kept.
    public init(hour: Int64, minute: Int64, weekday: Int64, date: UTF8String) {
        self.hour = hour
        self.minute = minute
        self.weekday = weekday
        self.date = date
    }

    /// The fields of a moment in a zone that is so far ahead of UTC then.
    public init(_ moment: Timestamp, offsetSeconds: Int64) {
        let seconds = moment.milliseconds.quotientRoundedDown(by: 1000) + offsetSeconds
        let days = seconds.quotientRoundedDown(by: 86_400)
        let ofDay = seconds - days * 86_400
        self.init(
            hour: ofDay / 3600, minute: ofDay / 60 % 60, weekday: CivilDate.weekday(days: days),
            date: UTF8String(CivilDate(days: days).text))
    }
}

/// A zone's offset from UTC at a moment, in seconds ahead.
public protocol TimeZoneRules: Sendable {
    /// Seconds that the zone's clocks are ahead of UTC's.
    func offsetSeconds(at moment: Timestamp) -> Int64
}

/// UTC itself.
public struct CoordinatedUniversalTime: TimeZoneRules {
    /// The zone.
    public init() {}

    /// 0.
    public func offsetSeconds(at moment: Timestamp) -> Int64 { 0 }
}
