// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

/// A document that must be refused, and the exact place that must be named.
struct Refusal: Sendable, CustomTestStringConvertible {
    let document: String
    let code: JSONError.Code
    let line: Int
    let column: Int

    init(_ document: String, _ code: JSONError.Code, _ line: Int, _ column: Int) {
        self.document = document
        self.code = code
        self.line = line
        self.column = column
    }

    var testDescription: String { document.debugDescription }
}

@Suite struct SyntaxErrorTests {
    static let unfinished = [
        Refusal("", .unexpectedEnd, 1, 1), Refusal("   ", .unexpectedEnd, 1, 4),
        Refusal("\n\n", .unexpectedEnd, 3, 1), Refusal("nul", .unexpectedEnd, 1, 4),
        Refusal("[tru", .unexpectedEnd, 1, 5), Refusal("[", .unexpectedEnd, 1, 2),
        Refusal("[1", .unexpectedEnd, 1, 3), Refusal("[1,", .unexpectedEnd, 1, 4),
        Refusal("{", .unexpectedEnd, 1, 2), Refusal(#"{"a""#, .unexpectedEnd, 1, 5),
        Refusal(#"{"a":"#, .unexpectedEnd, 1, 6), Refusal(#"{"a":1"#, .unexpectedEnd, 1, 7),
        Refusal(#"{"a":1,"#, .unexpectedEnd, 1, 8), Refusal("-", .unexpectedEnd, 1, 2),
        Refusal("1.", .unexpectedEnd, 1, 3), Refusal("1e", .unexpectedEnd, 1, 3),
        Refusal("1e+", .unexpectedEnd, 1, 4), Refusal(#""abc"#, .unexpectedEnd, 1, 5),
        Refusal(#""\"#, .unexpectedEnd, 1, 3), Refusal(#""\u12"#, .unexpectedEnd, 1, 6),
        Refusal(#""\n"#, .unexpectedEnd, 1, 4),
    ]

    static let misplaced = [
        Refusal("nulx", .syntax, 1, 1), Refusal("True", .syntax, 1, 1), Refusal("'a'", .syntax, 1, 1),
        Refusal("[1,]", .syntax, 1, 4), Refusal("[1 2]", .syntax, 1, 4), Refusal("[,1]", .syntax, 1, 2),
        Refusal("]", .syntax, 1, 1), Refusal("[}", .syntax, 1, 2), Refusal("{]", .syntax, 1, 2),
        Refusal("{1:2}", .syntax, 1, 2), Refusal("{a:2}", .syntax, 1, 2), Refusal("{,}", .syntax, 1, 2),
        Refusal(#"{"a"}"#, .syntax, 1, 5), Refusal(#"{"a":}"#, .syntax, 1, 6),
        Refusal(#"{"a":1,}"#, .syntax, 1, 8), Refusal(#"{"a":1 "b":2}"#, .syntax, 1, 8),
        Refusal(#"{"a" 1}"#, .syntax, 1, 6), Refusal("[1,\n 2,\n  x]", .syntax, 3, 3),
        Refusal("[1,\r\n x]", .syntax, 2, 2), Refusal("[\"é\" x]", .syntax, 1, 7),
        Refusal("\u{feff}{}", .syntax, 1, 1), Refusal("\u{a0}1", .syntax, 1, 1),
        Refusal("\u{0}", .syntax, 1, 1), Refusal("// c\n1", .syntax, 1, 1), Refusal("[1,/**/2]", .syntax, 1, 4),
    ]

    static let numbers = [
        Refusal("01", .syntax, 1, 2), Refusal("-01", .syntax, 1, 3), Refusal("00", .syntax, 1, 2),
        Refusal("+1", .syntax, 1, 1), Refusal(".5", .syntax, 1, 1), Refusal("1.x", .syntax, 1, 3),
        Refusal("1.e3", .syntax, 1, 3), Refusal("1e+x", .syntax, 1, 4), Refusal("-x", .syntax, 1, 2),
        Refusal("NaN", .syntax, 1, 1), Refusal("Infinity", .syntax, 1, 1), Refusal("-Infinity", .syntax, 1, 2),
        Refusal("0x10", .trailingContent, 1, 2), Refusal("1_000", .trailingContent, 1, 2),
        Refusal("1.5.2", .trailingContent, 1, 4), Refusal("1e5e5", .trailingContent, 1, 4),
        Refusal("٣", .syntax, 1, 1), Refusal("[1٣]", .syntax, 1, 3),
    ]

    static let strings = [
        Refusal("\"a\nb\"", .syntax, 1, 3), Refusal("\"a\tb\"", .syntax, 1, 3),
        Refusal("\"a\u{0}\"", .syntax, 1, 3), Refusal("\"\\n\u{1f}\"", .syntax, 1, 4),
        Refusal(#""\x41""#, .syntax, 1, 2), Refusal(#""ab\'""#, .syntax, 1, 4),
        Refusal(#""\U0041""#, .syntax, 1, 2), Refusal(#""\u12g4""#, .syntax, 1, 6),
        Refusal(#""\u{41}""#, .syntax, 1, 4), Refusal("\"\\u004１\"", .syntax, 1, 7),
    ]

    static let trailing = [
        Refusal("1 2", .trailingContent, 1, 3), Refusal("{} x", .trailingContent, 1, 4),
        Refusal("[]\n]", .trailingContent, 2, 1), Refusal("1\u{c}", .trailingContent, 1, 2),
        Refusal("null\u{0}", .trailingContent, 1, 5), Refusal("{}{}", .trailingContent, 1, 3),
        Refusal("true,", .trailingContent, 1, 5),
    ]

    @Test(arguments: unfinished + misplaced + numbers + strings + trailing)
    func `what the grammar does not allow is refused at its place`(refusal: Refusal) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: UTF8String(refusal.document)) }
        #expect(error?.code == refusal.code)
        #expect(error?.line == refusal.line)
        #expect(error?.column == refusal.column)
    }

    @Test func `an error tells its place and not the document's text`() throws {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: "{\"token\":\n \"sk-12345\" x}") }
        let text = try #require(error).description
        #expect(text.hasPrefix("line 2, column 13: "))
        #expect(!text.contains("sk-12345") && !text.contains("token"))
        #expect(error?.offset == 22)
    }

    @Test func `every truncation of a document is refused`() throws {
        let text = #"{"a":[1.5e-3,true,false,null,"é😀\u00e9\ud83d\ude00\n"],"b":{"c":{}}}"#
        let whole = Array(text.utf8)
        _ = try JSON(parsing: whole)
        for length in 0..<whole.count {
            #expect(throws: JSONError.self) { try JSON(parsing: Array(whole[..<length])) }
        }
    }
}
