// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct DatetimeTests {
    @Test(
        arguments: [
            ("1970-01-01", 0), ("1970-01-02", 86_400_000), ("1969-12-31", -86_400_000), ("2000-02-29", 951_782_400_000),
            ("2024-02-29", 1_709_164_800_000), ("0000-01-01", -62_167_219_200_000), ("0000-02-29", -62_162_121_600_000),
            ("0000-03-01", -62_162_035_200_000), ("9999-12-31", 253_402_214_400_000), ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:01Z", 1000), ("1970-01-01T00:00:00.001Z", 1), ("1970-01-01T01:00:00+0100", 0),
            ("1970-01-01T00:00:00-0130", 5_400_000), ("1970-01-01T00:00:00.500+0000", 500),
            ("1970-01-01T23:59:59.999+2359", 59_999), ("9999-12-31T23:59:59.999-2359", 253_402_387_139_999),
            ("0000-01-01T00:00:00+2359", -62_167_305_540_000),
        ] as [(UTF8String, Int64)])
    func `a datetime's text gives its milliseconds`(text: UTF8String, milliseconds: Int64) {
        #expect(CedarDatetime(text)?.milliseconds == milliseconds)
    }

    @Test(
        arguments: [
            "", "1970", "1970-01", "1970-1-01", "1970-01-1", "70-01-01", "-1970-01-01", "+1970-01-01", "1970-00-01",
            "1970-13-01",
            "1970-01-00", "1970-01-32", "1970-04-31", "1900-02-29", "2023-02-29", "1970-01-01T", "1970-01-01Z",
            "1970-01-01 ",
            "1970-01-01T00:00Z", "1970-01-01T00:00:00", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
            "1970-01-01T00:00:60Z",
            "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.1Z", "1970-01-01T00:00:00.12Z", "1970-01-01T00:00:00.1234Z",
            "1970-01-01T00:00:00.123", "1970-01-01t00:00:00Z", "1970-01-01T00:00:00z", "1970-01-01T00:00:00+2400",
            "1970-01-01T00:00:00+0060", "1970-01-01T00:00:00+01:00", "1970-01-01T00:00:00+01", "1970-01-01T00:00:00ZZ",
            "1970-01-01T00:00:00+-100", "1970-01-01T0:00:00Z", "\u{661}970-01-01", "1970-01-01T00:00:00Z\0",
            "1970/01/01",
        ] as [UTF8String])
    func `a text that is no datetime is refused`(text: UTF8String) {
        #expect(CedarDatetime(text) == nil)
    }

    @Test func `every day of the four-digit years is read and printed alike`() throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var day = try #require(CedarDatetime("0000-01-01")).milliseconds / 86_400_000
        func padded(_ number: Int, _ width: Int) -> String {
            String(repeating: "0", count: width - String(number).count) + String(number)
        }
        // Around the ends, the epoch, and centuries with and without a leap day.
        for year in Array(0...8) + Array(96...104) + Array(1896...1904) + Array(1968...2004) + Array(9995...9999) {
            day = try #require(CedarDatetime(UTF8String("\(padded(year, 4))-01-01"))).milliseconds / 86_400_000
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for month in 1...12 {
                for date in 1...(lengths[month - 1] + (month == 2 && isLeap ? 1 : 0)) {
                    let text = UTF8String("\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))")
                    let read = CedarDatetime(text)
                    if read?.milliseconds != day * 86_400_000 || read?.text != UTF8String("\(text)T00:00:00.000Z") {
                        Issue.record("\(text)")
                    }
                    day += 1
                }
            }
        }
        #expect(day == 2_932_897)
    }

    @Test(
        arguments: [
            (0, 0, 0), (1, 0, 1), (-1, -86_400_000, 86_399_999), (86_400_000, 86_400_000, 0),
            (-86_400_000, -86_400_000, 0),
            (-86_400_001, -172_800_000, 86_399_999), (Int64.max, 9_223_372_036_828_800_000, 25_975_807),
        ] as [(Int64, Int64, Int64)])
    func `date and time are the floor and the rest`(milliseconds: Int64, date: Int64, time: Int64) {
        let datetime = CedarDatetime(milliseconds: milliseconds)
        #expect(datetime.date?.milliseconds == date)
        #expect(datetime.time.milliseconds == time)
    }

    @Test func `results beyond 64 bits are none`() {
        let (first, last) = (CedarDatetime(milliseconds: .min), CedarDatetime(milliseconds: .max))
        #expect(first.date == nil)
        #expect(first.time.milliseconds == 60_424_192)
        #expect(last.offset(CedarDuration(milliseconds: 1)) == nil)
        #expect(first.offset(CedarDuration(milliseconds: -1)) == nil)
        #expect(last.durationSince(first) == nil)
        #expect(first.text == nil && last.text == nil)
        #expect(CedarDatetime(milliseconds: 253_402_300_800_000).text == nil)
        #expect(CedarDatetime(milliseconds: -62_167_219_200_001).text == nil)
        #expect(CedarDatetime(milliseconds: 253_402_300_799_999).text == "9999-12-31T23:59:59.999Z")
    }
}
