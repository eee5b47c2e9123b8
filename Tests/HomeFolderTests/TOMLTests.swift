// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import HomeFolder

/// TOML 1.0, as far as it stands for JSON.
struct TOMLTests {
    @Test(arguments: [
        ("", "{}"), ("# only a comment", "{}"), ("a = 1", #"{"a":1}"#),
        ("a.b = true\na.c = false", #"{"a":{"b":true,"c":false}}"#),
        ("[t]\na = 'x\\n'", #"{"t":{"a":"x\\n"}}"#), ("[t.u]\na = 1\n[t]\nb = 2", #"{"t":{"u":{"a":1},"b":2}}"#),
        ("[[x]]\na = 1\n[[x]]\na = 2\n[x.y]\nb = 3", #"{"x":[{"a":1},{"a":2,"y":{"b":3}}]}"#),
        (#"a = "\u00e9\U0001F600\t""#, #"{"a":"é😀\t"}"#), ("\"quoted key\".'b c' = 1", #"{"quoted key":{"b c":1}}"#),
        ("a = [1, 2, # c\n 3,\n]", #"{"a":[1,2,3]}"#), ("a = {b = 1, c.d = \"e\"}", #"{"a":{"b":1,"c":{"d":"e"}}}"#),
        ("a = \"\"\"\nx\\\n   y\"\"\"", #"{"a":"xy"}"#), ("a = '''\nit's'''''", #"{"a":"it's''"}"#),
        (
            "a = 1979-05-27 07:32:00Z\nb = 0x1F\nc = 1_000\nd = -1.5e3\ne = +inf",
            #"{"a":"1979-05-27 07:32:00Z","b":"0x1F","c":"1_000","d":"-1.5e3","e":"+inf"}"#
        ),
        ("a = 1\r\nb = 2\r\n", #"{"a":1,"b":2}"#),
    ])
    func `what TOML says is read`(_ text: String, _ json: String) throws {
        #expect(try TOMLDocument.read(Array(text.utf8)) == JSON(parsing: UTF8String(json)))
    }

    @Test(arguments: [
        ("a = 1\na = 2", 2, 1), ("[a]\n[a]", 2, 1), ("a = {b = 1}\n[a]", 2, 1), ("a = {b = 1}\na.c = 1", 2, 1),
        ("a = [1]\n[[a]]", 2, 1), ("[a.b]\n[a]\nb = 1", 3, 1), ("a.b = 1\n[a]", 2, 1),
        ("[a]\nb.c = 1\n[a.b]\nc = 2", 3, 1), ("[[a]]\n[a]", 2, 1),
        ("a = \"planted", 1, 5), ("a = planted", 1, 5), ("a =", 1, 4), ("= 1", 1, 1), ("a 1", 1, 3),
        ("a = 1 b = 2", 1, 7),
        ("[a", 1, 3), ("[[a]", 1, 5), ("[]", 1, 2), ("a = [1", 1, 7), ("a = {b = 1", 1, 11), ("a = \"\\x\"", 1, 6),
        ("a = \"\\ud800\"", 1, 6), ("a = \"x\ny\"", 1, 5), ("a = \"\"\"x", 1, 5), ("a = '''planted", 1, 5),
        ("a = \"\u{1}\"", 1, 5),
    ])
    func `what it could mean twice, or not at all, is refused with its place`(
        _ text: String, _ line: Int, _ column: Int
    ) throws {
        let failure = #expect(throws: TOMLDocument.Failure.self) { try TOMLDocument.read(Array(text.utf8)) }
        #expect(failure.map { [$0.line, $0.column] } == [line, column], "\(failure.map(\.problem) ?? "")")
        #expect(failure?.problem.contains("planted") == false)
    }

    @Test func `deep nesting, long names and bytes that are no text are refused, not followed`() {
        for text in [
            "a = " + String(repeating: "[", count: 100_000), "a = " + String(repeating: "{a=", count: 100_000),
            "a" + String(repeating: ".a", count: 100_000) + " = 1", String(repeating: "[", count: 100_000),
            "[" + String(repeating: "a.", count: 100_000) + "a]",
        ] {
            #expect(throws: TOMLDocument.Failure.self) { try TOMLDocument.read(Array(text.utf8)) }
        }
        #expect(throws: TOMLDocument.Failure.self) { try TOMLDocument.read([0x61, 0x3d, 0x22, 0xff, 0x22]) }
    }

    @Test func `every beginning and every changed byte of a document is read or refused`() {
        let text = Array(
            "# c\n[mcp_servers.\"a b\"]\ncommand = \"x\\t\"\nargs = ['a', \"\"\"b\nc\"\"\", {d = 1}]\n[[e.f]]\ng.h = 2020-01-01 10:00:00\n"
                .utf8)
        for count in text.indices { _ = Result { try TOMLDocument.read(Array(text[..<count])) } }
        for index in text.indices {
            for byte in [0x00, 0x22, 0x27, 0x5b, 0x5d, 0x7b, 0x2e, 0x3d, 0x0a, 0xff] as [UInt8] {
                var changed = text
                changed[index] = byte
                _ = Result { try TOMLDocument.read(changed) }
            }
        }
    }
}
