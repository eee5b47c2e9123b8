// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import Gateway

@Suite struct ErrorStreamTests {
    /// The lines that come out of a pump for what goes in, byte by byte or at once.
    private static func lines(_ pieces: [[UInt8]], lineBytes: Int = 100) -> [String] {
        let lines = Mutex<[String]>([])
        let pump = ErrorStreamPump(alias: "docs", lineBytes: lineBytes) { line in
            lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
        }
        for piece in pieces { pump.append(piece[...]) }
        pump.flush()
        return lines.withLock { $0 }
    }

    @Test func `each line has the server's name before it, however it came in`() {
        let text = Array("one\n\ntwo\r\nthree".utf8)
        let expected = ["[docs] one\n", "[docs] two\n", "[docs] three\n"]
        #expect(Self.lines([text]) == expected)
        #expect(Self.lines(text.map { [$0] }) == expected)
    }

    @Test(arguments: [
        ("\u{1b}[2Jclear", #"\u{1b}[2Jclear"#), ("a\u{7}b\u{0}", #"a\u{7}b\u{0}"#), ("a\tb", "a b"),
        ("\u{9b}31m", #"\u{9b}31m"#), ("\u{202e}evil", #"\u{202e}evil"#), ("zero\u{200b}width", #"zero\u{200b}width"#),
        ("a\u{2028}b", #"a\u{2028}b"#), ("\u{feff}bom", #"\u{feff}bom"#), ("\u{e0041}tag", #"\u{e0041}tag"#),
        ("\u{61c}mark", #"\u{61c}mark"#), ("\u{2060}join", #"\u{2060}join"#), ("Grüße 日本", "Grüße 日本"),
    ])
    func `what steers a terminal is spelt out`(text: String, spelt: String) {
        #expect(Self.lines([Array(text.utf8)]) == ["[docs] \(spelt)\n"])
    }

    @Test func `a carriage return cannot write over the server's name`() {
        #expect(Self.lines([Array("\rwrit: all is well\n".utf8)]) == ["[docs] writ: all is well\n"])
    }

    @Test func `bytes that are no text become marks, not bytes`() {
        #expect(Self.lines([[0x61, 0xff, 0xfe, 0x62, 0x0a]]) == ["[docs] a\u{fffd}\u{fffd}b\n"])
    }

    @Test func `a long line is cut once, and the next one is whole`() {
        let text = [UInt8](repeating: 0x61, count: 1_000_000) + Array("\nnext\n".utf8)
        #expect(Self.lines([text]) == ["[docs] " + String(repeating: "a", count: 100) + " …\n", "[docs] next\n"])
    }

    @Test func `notes and lines come out in their order`() async throws {
        let said = Inbox<String>()
        let output = ErrorOutput(
            limit: 10, note: { said.add($0) }, line: { said.add(String(decoding: $0, as: UTF8.self)) })
        output.note("1")
        output.line(Array("2".utf8))
        output.note("3")
        output.start()
        try await onThread { output.finish(within: .after(milliseconds: 30_000)) }
        #expect(said.rest == ["1", "2", "3"])
    }

    @Test func `where nobody reads, nobody waits for long; what was dropped is counted, and notes have room`()
        async throws
    {
        let said = Inbox<String>()
        let gate = Monitor()
        let isOpen = Mutex(false)
        let output = ErrorOutput(
            limit: 10, patienceMilliseconds: 20, note: { said.add($0) },
            line: { _ in
                gate.withLock { _ = gate.wait(until: nil) { isOpen.withLock { $0 } } }
                said.add("line")
            })
        output.start()
        try await within("a thousand lines to nobody") {
            try await onThread { for _ in 0..<1000 { output.line([0x61]) } }
        }
        output.note("an important note")
        try await onThread { output.finish(within: .after(milliseconds: 20)) }
        #expect(said.rest.isEmpty)
        isOpen.withLock { $0 = true }
        gate.withLock { gate.signal() }
        try await onThread { output.finish(within: .after(milliseconds: 30_000)) }
        let lines = said.rest.filter { $0 == "line" }.count
        #expect((10...11).contains(lines))
        #expect(
            said.rest.suffix(2) == [
                "an important note", "writ: \(1000 - lines) lines were not written, nobody was reading them",
            ])
    }
}
