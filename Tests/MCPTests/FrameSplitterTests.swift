// SPDX-License-Identifier: Apache-2.0

import MCP
import Testing

@Suite struct FrameSplitterTests {
    private func lines(_ text: String, limit: Int = 64, chunk: Int) -> [FrameSplitter.Frame] {
        var splitter = FrameSplitter(lineBytesMax: limit)
        let bytes = Array(text.utf8)
        return stride(from: 0, to: bytes.count, by: chunk).flatMap { start in
            splitter.append(Array(bytes[start..<min(start + chunk, bytes.count)]))
        }
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `lines come out whole however the bytes came in`(chunk: Int) {
        let frames = lines("{\"a\":1}\r\n\n \t\r\n{\"b\":2}\nrest", chunk: chunk)
        #expect(frames == [.line(Array("{\"a\":1}".utf8)), .line(Array("{\"b\":2}".utf8))])
    }

    @Test(arguments: [1, 2, 5, 1000])
    func `a line over the limit is reported once and costs no other line`(chunk: Int) {
        let long = String(repeating: "x", count: 300)
        let frames = lines("ok\n\(long)\nafter\n\(long)\nlast\n", limit: 64, chunk: chunk)
        let tooLong = FrameSplitter.Frame.tooLong(LineEnds(beginning: Array(long.utf8), end: Array(long.utf8)))
        #expect(
            frames == [
                .line(Array("ok".utf8)), tooLong, .line(Array("after".utf8)), tooLong, .line(Array("last".utf8)),
            ])
    }

    @Test(arguments: [1, 100, 513, 5000])
    func `of a line over the limit both ends are kept, and no more`(chunk: Int) {
        let middle = String(repeating: "x", count: 4000)
        let frames = lines("begin\(middle)end\n", limit: 64, chunk: chunk)
        guard case .tooLong(let ends)? = frames.first, frames.count == 1 else {
            Issue.record("\(frames)")
            return
        }
        #expect(String(decoding: ends.beginning, as: UTF8.self) == "begin" + middle.prefix(507))
        #expect(String(decoding: ends.end, as: UTF8.self) == middle.prefix(509) + "end")
    }

    @Test(arguments: [1, 4, 1000], ["\n", "\r\n"])
    func `a line of exactly the limit passes and one byte more does not`(chunk: Int, end: String) {
        #expect(lines("12345678" + end, limit: 8, chunk: chunk) == [.line(Array("12345678".utf8))])
        let over = lines("123456789" + end + "a\n", limit: 8, chunk: chunk)
        #expect(over.count == 2 && over.last == .line(Array("a".utf8)))
        guard case .tooLong = over.first else {
            Issue.record("\(over)")
            return
        }
    }

    @Test func `an unfinished line is known and never given out`() {
        var splitter = FrameSplitter()
        #expect(splitter.append(Array("{}\n{\"half\":".utf8)) == [.line(Array("{}".utf8))])
        #expect(splitter.hasPartialLine)
        #expect(splitter.append([0x0a]) == [.line(Array("{\"half\":".utf8))])
        #expect(!splitter.hasPartialLine)
    }
}
