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

    @Test func `like is of strings only`() throws {
        #expect(try Evaluation.value(of: "1 like \"*\"") == "error: type")
    }
}
