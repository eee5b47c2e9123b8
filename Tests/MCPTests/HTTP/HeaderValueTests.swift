// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct HeaderValueTests {
    static let spellings: [(UTF8String, String)] = [
        ("us-west1", "us-west1"), ("", ""), ("two words", "two words"), ("=?base64?", "=?base64?"),
        ("Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="), (" padded ", "=?base64?IHBhZGRlZCA=?="),
        ("line1\nline2", "=?base64?bGluZTEKbGluZTI=?="), ("=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="),
        ("tab\there", "=?base64?dGFiCWhlcmU=?="), ("\r\nX: y", "=?base64?DQpYOiB5?="),
    ]

    @Test(arguments: spellings) func `a text travels in a header as the specification spells it`(
        text: UTF8String, value: String
    ) {
        #expect(HeaderValue.encode(text) == value)
        #expect(HeaderValue.decode(UTF8String(value)) == text)
    }

    @Test(arguments: [
        "=?base64?SGVsbG8?=", "=?base64?SGVsbG9=?=", "=?base64?SGVs bG8=?=", "=?base64?_-8=?=", "=?base64?/w==?=",
        "=?base64?=?=?=", "=?base64?Y===?=", "=?base64?YQ==YQ==?=", "caf\u{e9}", "a\u{7f}", "a\u{1}",
    ]) func `what is spelt in no way that the encoder has decodes to nothing`(value: String) {
        #expect(HeaderValue.decode(UTF8String(value)) == nil)
    }

    @Test func `marks in capitals, or only one of them, are ordinary text`() {
        for text: UTF8String in ["=?BASE64?YQ==?=", "=?base64?YQ==", "YQ==?=", "=?base64?="] {
            #expect(HeaderValue.decode(text) == text)
        }
    }

    @Test func `any text comes back as it was, and is a header's value on the way`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let scalars = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
                Unicode.Scalar(UInt32.random(in: 0..<0x250, using: &generator)) ?? "?"
            }
            var string = String.UnicodeScalarView()
            string.append(contentsOf: scalars)
            let text = UTF8String(String(string))
            let value = HeaderValue.encode(text)
            #expect(value.utf8.allSatisfy { (0x20...0x7e).contains($0) })
            #expect(HeaderValue.decode(UTF8String(value)) == text)
        }
    }
}
