// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing
import WireTypes

@testable import Passports

@Suite struct DateTimeTests {
    @Test(
        arguments: [
            ("2026-03-18T02:47:11Z", "2026-03-18T02:47:11.000Z"), ("2026-03-18t02:47:11z", "2026-03-18T02:47:11.000Z"),
            ("2026-03-18T02:47:11.2Z", "2026-03-18T02:47:11.200Z"),
            ("2026-03-18T02:47:11.2049999Z", "2026-03-18T02:47:11.204Z"),
            ("2026-03-18T02:47:11.204+00:00", "2026-03-18T02:47:11.204Z"),
            ("2026-03-18T02:47:11-00:00", "2026-03-18T02:47:11.000Z"),
            ("2026-03-18T02:47:11+05:30", "2026-03-17T21:17:11.000Z"),
            ("2026-12-31T23:30:00-01:00", "2027-01-01T00:30:00.000Z"),
            ("2024-02-29T00:00:00+23:59", "2024-02-28T00:01:00.000Z"),
            // RFC 3339 §5.8.
            ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z"),
            ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000Z"),
            ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z"),
        ])
    func `RFC 3339 with any offset is a moment`(text: String, moment: String) {
        #expect(DateTime.timestamp(UTF8String(text))?.text == moment)
    }

    @Test(
        arguments: [
            "", "2026-03-18", "2026-03-18T02:47Z", "2026-03-18T02:47:11", "2026-03-18 02:47:11Z",
            "2026-03-18T02:47:11.Z",
            "2026-03-18T02:47:11,5Z", "2026-03-18T02:47:11+0200", "2026-03-18T02:47:11+02", "2026-03-18T02:47:11+24:00",
            "2026-03-18T02:47:11+02:60", "2026-03-18T02:47:11ZZ", "2026-03-18T02:47:11Z ", " 2026-03-18T02:47:11Z",
            "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-03-18T24:00:00Z", "2016-12-31T23:59:60Z",
            "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "20260318T024711Z", "2026-W12-3T02:47:11Z",
            "+2026-03-18T02:47:11Z", "２026-03-18T02:47:11Z", "2026-03-18T02:47:11\u{660}Z", "1773802031",
            "2026-03-18T02:47:11*02:00",
            "2026-03-18T02:47:11." + String(repeating: "1", count: 60) + "Z",
        ])
    func `what is not RFC 3339 is no moment`(text: String) {
        #expect(DateTime.timestamp(UTF8String(text)) == nil)
    }
}

@Suite struct ExactNumberTests {
    @Test(
        arguments: [
            ("0", true), ("-0", true), ("9007199254740991", true), ("9007199254740992", false),
            ("-9007199254740991", true), ("9223372036854775808", false), ("0.1", true), ("10.50", true), ("1e3", true),
            ("123456789.012345", true), ("1234567890.012345", false), ("0.000000123456789012345", true),
            ("0.30000000000000004", false), ("1e400", false), ("1e-400", false), ("5e-324", false), ("0.0", true),
            ("0e400", true), ("1E+20", true),
        ])
    func `a number is exact where its canonical form says the same`(lexeme: String, exact: Bool) throws {
        #expect(ExactNumbers.isExact(try #require(JSONNumber(lexeme: UTF8String(lexeme)))) == exact)
    }

    @Test func `the first inexact number is found where it is`() throws {
        let json = try JSON(parsing: #"{"a":[1,{"b":9007199254740993}]}"#)
        #expect(ExactNumbers.firstInexact(in: json, at: JSONPointer(["limits"]))?.text == "/limits/a/1/b")
        #expect(ExactNumbers.firstInexact(in: ["a": [1, "9007199254740993"]], at: JSONPointer()) == nil)
        var deep: JSON = 1
        for _ in 0..<40 { deep = [deep] }
        #expect(ExactNumbers.firstInexact(in: deep, at: JSONPointer())?.tokens.count == 17)
    }
}
