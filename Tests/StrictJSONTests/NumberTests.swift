// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct NumberTests {
    @Test(
        arguments: [
            "0", "-0", "1", "-1", "10", "1.10", "0.0", "-0.0", "0e0", "0E+00", "1e400", "-1E-400", "1.5e3", "9e-9",
            "9007199254740993", "123456789012345678901234567890", "-9223372036854775808", "0.1000000000000000055511151",
        ])
    func `a number is kept as it was written`(lexeme: String) throws {
        let number = try JSON(parsing: UTF8String("[\(lexeme) ]")).array?.first?.number
        #expect(number?.lexeme == UTF8String(lexeme))
        #expect(JSONNumber(lexeme: UTF8String(lexeme)) == number)
        #expect(try JSON(parsing: UTF8String(lexeme)).serialized() == Array(lexeme.utf8))
    }

    @Test(arguments: [
        "", "-", "+1", "01", "-01", ".5", "1.", "1.e1", "1e", "1e+", "0x1", "1 ", " 1", "1e5.5", "NaN", "１",
    ])
    func `what the grammar does not allow is no number`(lexeme: String) {
        #expect(JSONNumber(lexeme: UTF8String(lexeme)) == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("-7", -7), ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.0", nil), ("1e3", nil), ("10E0", nil),
        ] as [(String, Int64?)])
    func `an integer is exact or none`(lexeme: String, value: Int64?) throws {
        #expect(try JSON(parsing: UTF8String(lexeme)).int64 == value)
    }

    @Test func `a double is finite or none`() {
        #expect(JSONNumber(lexeme: "1e400")?.double == nil)
        #expect(JSONNumber(lexeme: "-1e400")?.double == nil)
        #expect(JSONNumber(lexeme: "1e-400")?.double == 0)
        #expect(JSONNumber(lexeme: "0.1")?.double == 0.1)
        #expect(JSONNumber(lexeme: "1.7976931348623157e308")?.double == .greatestFiniteMagnitude)
    }

    @Test func `two spellings of one value are two documents`() throws {
        #expect(try JSON(parsing: "1") != JSON(parsing: "1.0"))
        #expect(try JSON(parsing: "1.0").canonical() == JSON(parsing: "1").canonical())
    }
}
