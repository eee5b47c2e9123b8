// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct PatternTests {
    @Test(arguments: [
        ("", "", true), ("", "*", true), ("a", "", false), ("", "a", false), ("abc", "abc", true), ("abc", "ab", false),
        ("abc", "bc", false), ("abc", "a*", true), ("abc", "*c", true), ("abc", "*b*", true), ("abc", "a*c", true),
        ("abc", "a*b", false), ("abc", "**", true), ("abc", "*a*b*c*", true), ("abc", "*c*a*", false),
        ("aab", "*ab", true),
        ("aaab", "a*ab", true), ("abab", "*ab", true), ("ababa", "*aba", true), ("mississippi", "m*iss*ip*i", true),
        ("mississippi", "m*iss*iss*iss*", false), ("ABC", "abc", false), ("a*b", #"a\*b"#, true),
        ("axb", #"a\*b"#, false),
        ("*", #"\*"#, true), ("a", #"\*"#, false), ("a\nb", "a*b", true), ("é", "*", true),
        ("\u{e9}", "e\u{301}", false),
        ("e\u{301}", "e*", true), ("\u{e9}", "e*", false), ("😀x", "*x", true), ("a.b", "a?b", false),
        ("a\\b", #"a\\b"#, true),
        // Stars spelled by number are wildcards: Rust's reader looks for them after it has replaced escapes.
        ("abc", #"a\x2ac"#, true), ("abc", #"a\u{2a}c"#, true), ("a*c", #"a\x2ac"#, true),
    ])
    func `a pattern covers the whole text`(text: String, pattern: String, matches: Bool) throws {
        let expression = "\(StringEscapes.quoted(UTF8String(text))) like \"\(pattern)\""
        #expect(try Evaluation.value(of: expression) == .bool(matches))
    }

    @Test func `many wildcards take time of both lengths' product, not more`() {
        let elements = Array(repeating: [Pattern.Element.wildcard, .literal("a")], count: 200).flatMap { $0 }
        let pattern = Pattern(elements: elements + [.literal("b")])
        #expect(!pattern.matches(UTF8String(String(repeating: "a", count: 5000))))
    }

    @Test func `of any short text and pattern, matching is what the definition says`() {
        /// The definition: a wildcard is nothing, or one byte and a wildcard.
        func matches(_ text: ArraySlice<UInt8>, _ elements: ArraySlice<Pattern.Element>) -> Bool {
            switch elements.first {
            case nil: return text.isEmpty
            case .wildcard:
                return matches(text, elements.dropFirst()) || !text.isEmpty && matches(text.dropFirst(), elements)
            case .literal(let literal):
                return text.starts(with: literal.bytes)
                    && matches(text.dropFirst(literal.byteCount), elements.dropFirst())
            }
        }
        let texts = (0..<256).map { number in
            UTF8String(String(String(number + 1, radix: 2).dropFirst().map { $0 == "0" ? "a" : "b" }))
        }
        // Words of a, b and *, up to five letters.
        let patterns = (0..<729).map { number -> [Pattern.Element] in
            var elements: [Pattern.Element] = []
            for letter in String(number + 1, radix: 3) {
                let text: UTF8String = letter == "0" ? "a" : "b"
                if letter == "2" {
                    elements.append(.wildcard)
                } else if case .literal(let before) = elements.last {
                    elements[elements.count - 1] = .literal(UTF8String(before.string + text.string))
                } else {
                    elements.append(.literal(text))
                }
            }
            return elements
        }
        for elements in patterns {
            let pattern = Pattern(elements: elements)
            let wrong = texts.filter { text in
                let isMatch = matches(text.bytes[...], elements[...])
                return pattern.matches(text) != isMatch
                    || text.satisfies { Pattern.isMatch($0, ofAny: [pattern]) } != isMatch
            }
            #expect(wrong.isEmpty, "\(elements): \(wrong)")
        }
    }

    @Test func `like is of strings only`() throws {
        #expect(try Evaluation.value(of: "1 like \"*\"") == "error: type")
    }
}
