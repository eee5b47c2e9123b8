// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct EscapeTests {
    @Test(
        arguments: [
            (#""#, ""), (#"a"#, "a"), (#"\n\r\t\\\0\'\""#, "\n\r\t\\\0'\""), (#"\x41\x00\x7f\x7F"#, "A\0\u{7f}\u{7f}"),
            (#"\u{41}\u{000041}\u{4_1}\u{41_}\u{4____1}\u{0_0_0_0_4_1_}"#, "AAAAAA"),
            (#"\u{10ffff}\u{10FFFF}"#, "\u{10ffff}\u{10ffff}"),
            (#"\u{1F600}"#, "\u{1f600}"), ("a\nb\tc", "a\nb\tc"), ("*", "*"), ("\u{7f}\0", "\u{7f}\0"),
            (#"\u{e9}"#, "\u{e9}"),
            (#"e\u{301}"#, "e\u{301}"),
        ] as [(String, UTF8String)])
    func `escapes stand for their scalars`(literal: String, text: UTF8String) throws {
        #expect(try Evaluation.value(of: "\"\(literal)\"") == .string(text))
    }

    @Test(arguments: [
        #"\q"#, #"\x80"#, #"\xff"#, #"\x4"#, #"\x"#, #"\xg0"#, #"\u41"#, #"\u{}"#, #"\u{_41}"#, #"\u{_}"#, #"\u{41"#,
        #"\u{110000}"#,
        #"\u{d800}"#, #"\u{dfff}"#, #"\u{0000041}"#, #"\u{g}"#, #"\U{41}"#, #"\X41"#, #"\a"#, #"\*"#, "a\rb", "a\r\nb",
    ])
    func `what is no escape is a mistake`(literal: String) {
        #expect(throws: PolicyErrors.self) { try Statements.condition("\"\(literal)\"") }
        #expect(
            Statements.firstError("permit(principal,action,resource) when{\"\(literal)\"};")?.code == .invalidEscape)
    }

    @Test func `a mistake in an escape is shown where it is`() {
        let error = Statements.firstError(#"@a("éx\q") permit (principal, action, resource);"#)
        #expect(error?.code == .invalidEscape)
        #expect(error?.span.column == 7)
        #expect(error?.span.offset == 7)
    }

    @Test func `everything printed is read back`() throws {
        for value in Array(0...0x2ff) + [
            0x200b, 0x2028, 0x202e, 0x301, 0xd7ff, 0xe000, 0xfeff, 0xffff, 0x1f600, 0x10ffff,
        ] {
            let scalar = try #require(Unicode.Scalar(UInt32(value)))
            let text = UTF8String("a\(Character(scalar))*")
            #expect(try Evaluation.value(of: StringEscapes.quoted(text)) == .string(text))
            let pattern = Pattern(elements: [.literal(text), .wildcard])
            let parsed = try Statements.condition("\"\" like \(StringEscapes.quoted(pattern))")
            #expect(parsed.kind == .like(Expression(.literal(.string("")), span: parsed.span), pattern))
        }
    }
}
