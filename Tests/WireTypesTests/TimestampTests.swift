// SPDX-License-Identifier: Apache-2.0

import Testing
import WireTypes

@Test(
    arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_773_802_031_204, "2026-03-18T02:47:11.204Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
func `a moment and its text are one`(milliseconds: Int64, text: String) throws {
    #expect(try #require(Timestamp(milliseconds: milliseconds)).text == text)
    #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
}

@Test(
    arguments: [
        "", "2026-03-18T02:47:11Z", "2026-03-18T02:47:11.20Z", "2026-03-18T02:47:11.2040Z", "2026-03-18t02:47:11.204Z",
        "2026-03-18T02:47:11.204z", "2026-03-18 02:47:11.204Z", "2026-03-18T02:47:11,204Z", "2026-03-18T02:47:11.204+0",
        "2026-02-29T00:00:00.000Z", "2026-00-10T00:00:00.000Z", "2026-13-10T00:00:00.000Z", "2026-01-00T00:00:00.000Z",
        "2026-01-32T00:00:00.000Z", "2026-04-31T00:00:00.000Z", "2100-02-29T00:00:00.000Z", "2026-01-01T24:00:00.000Z",
        "2026-01-01T00:60:00.000Z", "2016-12-31T23:59:60.000Z", "-026-01-01T00:00:00.000Z", "+026-01-01T00:00:00.000Z",
        "2026-01-01T00:00:00.-01Z", "٢٠26-01-01T00:00:00.0Z",
    ])
func `another form, or no such day, is no moment`(text: String) {
    #expect(Timestamp(parsing: text) == nil)
}

@Test func `every day from year 0000 to 9999 follows the one before`() throws {
    var year = 0
    var month = 1
    var day = 1
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    // Written out by the rule of the Gregorian calendar, independently of the day count under test.
    let first = Timestamp.range.lowerBound / 86_400_000
    let last = Timestamp.range.upperBound / 86_400_000
    var wrong = 0
    for count in first...last {
        let date = CivilDate(days: count)
        if date.year != year || date.month != month || date.day != day { wrong += 1 }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        day += 1
        if day > lengths[month - 1] + (leap && month == 2 ? 1 : 0) {
            day = 1
            month += 1
        }
        if month > 12 {
            month = 1
            year += 1
        }
    }
    #expect(wrong == 0)
    #expect(year == 10_000 && month == 1 && day == 1)
}

@Test func `moments across all years survive their text`() throws {
    let step: Int64 = 86_400_000 * 13 + 12_345_677
    for milliseconds in stride(from: Timestamp.range.lowerBound, through: Timestamp.range.upperBound, by: Int(step)) {
        let time = try #require(Timestamp(milliseconds: milliseconds))
        #expect(time.text.utf8.count == 24)
        #expect(Timestamp(parsing: time.text) == time)
    }
}

@Test func `the range ends where four digits do`() {
    #expect(Timestamp(milliseconds: Timestamp.range.lowerBound - 1) == nil)
    #expect(Timestamp(milliseconds: Timestamp.range.upperBound + 1) == nil)
    #expect(Timestamp(milliseconds: .max) == nil && Timestamp(milliseconds: .min) == nil)
    #expect(Timestamp(clamping: .max).text == "9999-12-31T23:59:59.999Z")
    #expect(Timestamp(clamping: .min).text == "0000-01-01T00:00:00.000Z")
}

@Test func `adding stays within the range`() {
    let now = Timestamp(clamping: 1_773_802_031_204)
    #expect(now.adding(milliseconds: 1000).milliseconds == 1_773_802_032_204)
    #expect(now.adding(milliseconds: .max) == Timestamp(clamping: .max))
    #expect(now.adding(milliseconds: .min) == Timestamp(clamping: .min))
    #expect(Timestamp(clamping: -5).adding(milliseconds: .min) == Timestamp(clamping: .min))
}

@Test(
    arguments: [
        ("1970-01-01", 4), ("2026-03-18", 3), ("2000-02-29", 2), ("1969-12-31", 3), ("2026-11-22", 7),
        ("0000-01-01", 6),
    ] as [(String, Int64)])
func `weekdays count from Monday`(date: String, weekday: Int64) throws {
    let time = try #require(Timestamp(parsing: "\(date)T00:00:00.000Z"))
    #expect(CivilDate.weekday(days: time.milliseconds.quotientRoundedDown(by: 86_400_000)) == weekday)
}
