// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct CanonicalTests {
    private static func canonical(_ text: String) throws -> String {
        String(decoding: try JSON(parsing: UTF8String(text)).canonical(), as: UTF8.self)
    }

    @Test(
        arguments: [
            ("0", "0"), ("-0", "0"), ("-0.0", "0"), ("0e10", "0"), ("1.0", "1"), ("1.10", "1.1"), ("-1.50e1", "-15"),
            ("1e-6", "0.000001"), ("1e-7", "1e-7"), ("0.00000123", "0.00000123"), ("1.5e-7", "1.5e-7"),
            ("1e20", "100000000000000000000"), ("1e21", "1e+21"), ("123e19", "1.23e+21"),
            ("9007199254740991", "9007199254740991"), ("9007199254740993", "9007199254740992"),
            ("-9007199254740993", "-9007199254740992"), ("333333333.33333329", "333333333.3333333"),
            ("1152921504606846976", "1152921504606847000"), ("4.50", "4.5"), ("2e-3", "0.002"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"), ("5e-324", "5e-324"), ("1e-400", "0"),
        ])
    func `a number is written as ECMAScript writes it`(written: String, canonical: String) throws {
        #expect(try Self.canonical(written) == canonical)
    }

    @Test(arguments: ["1e400", "-1e400", "[{\"a\":1e309}]"])
    func `a number no double holds has no canonical form`(text: String) throws {
        let json = try JSON(parsing: UTF8String(text))
        let error = #expect(throws: JSONError.self) { try json.canonical() }
        #expect(error?.code == .unrepresentableNumber)
    }

    @Test func `keys are sorted by UTF-16 code units`() throws {
        // RFC 8785 §3.2.3: U+1F600 is D83D DE00 in UTF-16 and sorts before U+FB33, unlike by bytes.
        let sorted = try Self.canonical(
            "{\"\u{20ac}\":1,\"\\r\":2,\"\u{fb33}\":3,\"1\":4,\"\u{1f600}\":5,\"\u{80}\":6,\"\u{f6}\":7}")
        #expect(sorted == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}")
        #expect(try Self.canonical(#"{"b":1,"":2,"ab":3,"a":4}"#) == #"{"":2,"a":4,"ab":3,"b":1}"#)
    }

    @Test func `white space goes and nested keys are sorted`() throws {
        let written = " { \"z\" : [ { \"b\" : 1 , \"a\" : \"\\u00e9\\u001f\\/\" } , true , null ] , \"a\" : { } } "
        #expect(try Self.canonical(written) == #"{"a":{},"z":[{"a":"é\u001f/","b":1},true,null]}"#)
    }

    @Test func `equivalent texts keep their own bytes`() throws {
        #expect(Array(try Self.canonical("\"e\u{301}\"").utf8) == Array("\"e\u{301}\"".utf8))
    }

    @Test func `pretty text reads back as the same document`() throws {
        let json: JSON = ["a": [1, [], [:], ["b": nil]], "c": "\n", "d": []]
        let pretty = json.pretty()
        #expect(try JSON(parsing: pretty) == json)
        let expected = """
            {
              "a": [
                1,
                [],
                {},
                {
                  "b": null
                }
              ],
              "c": "\\n",
              "d": []
            }

            """
        #expect(String(decoding: pretty, as: UTF8.self) == expected)
    }

    @Test(
        .enabled(if: SharedVectors.exist, "needs the published vectors"),
        arguments: ["arrays", "french", "structures", "unicode", "values", "weird"])
    func `the vectors of RFC 8785 hold`(name: String) throws {
        let canonical = try JSON(parsing: SharedVectors.bytes("jcs/input/\(name).json")).canonical()
        #expect(canonical == (try SharedVectors.bytes("jcs/output/\(name).json")))
        let hex = String(decoding: try SharedVectors.bytes("jcs/outhex/\(name).txt"), as: UTF8.self)
        #expect(canonical == hex.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) })
    }

    @Test(.enabled(if: SharedVectors.exist, "needs the published vectors"))
    func `ten thousand doubles are written as ECMAScript writes them`() throws {
        let text = String(decoding: try SharedVectors.bytes("es6-numbers-10000.txt"), as: UTF8.self)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 10_000)
        for line in lines {
            let parts = line.split(separator: ",")
            let bits = try #require(parts.count == 2 ? UInt64(parts[0], radix: 16) : nil)
            // Swift's text of a double reads back as the same double and is in JSON's grammar.
            let lexeme = UTF8String(Double(bitPattern: bits).description)
            let number = try #require(JSONNumber(lexeme: lexeme))
            let written = String(decoding: try JSON.number(number).canonical(), as: UTF8.self)
            #expect(written == parts[1])
        }
    }
}
