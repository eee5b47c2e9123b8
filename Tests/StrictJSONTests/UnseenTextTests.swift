// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct UnseenTextTests {
    @Test(arguments: [
        ("a\u{1b}[2Jb", #"a\u{1b}[2Jb"#), ("x\u{202e}txt", #"x\u{202e}txt"#), ("\u{061c}1", #"\u{61c}1"#),
        ("a\u{200b}b\u{feff}", #"a\u{200b}b\u{feff}"#), ("tag\u{e0041}", #"tag\u{e0041}"#), ("line\n", #"line\u{a}"#),
        ("\u{9b}31m", #"\u{9b}31m"#), ("é 名前 👍", "é 名前 👍"),
    ])
    func `what hides or reorders text is spelt out, and nothing else is`(_ text: String, _ spelled: String) {
        #expect(UTF8String(text).spelledOut == spelled)
    }
}
