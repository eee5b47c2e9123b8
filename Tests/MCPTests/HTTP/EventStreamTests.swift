// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct EventStreamTests {
    typealias Item = EventStreamParser.Item

    private func read(_ text: String, in pieces: Int = .max) throws -> (items: [Item], id: UTF8String?) {
        var parser = EventStreamParser()
        var items: [Item] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            items += try parser.read(rest.prefix(pieces))
            rest = rest.dropFirst(pieces)
        }
        return (items, parser.lastEventID)
    }

    private func event(_ data: String, _ type: UTF8String = "message") -> Item {
        .event(type: type, data: Array(data.utf8))
    }

    @Test(arguments: ["\n", "\r", "\r\n"], [1, 2, 3, 7, .max])
    func `lines end in any of three ways, and bytes come in any pieces`(end: String, pieces: Int) throws {
        let text = [
            "\u{feff}: hello", "data: one", "", "event: ping", "id: 7", "data:two", "data:  three", "", "retry: 250",
            "data", "", "id", "unknown: x", "data: cut off",
        ].joined(separator: end)
        let (items, id) = try read(text, in: pieces)
        #expect(items == [event("one"), event("two\n three", "ping"), .retry(250), event("")])
        #expect(id == nil)
    }

    @Test func `an event without data is none, and its type is forgotten`() throws {
        #expect(try read("event: x\n\ndata: y\n\n").items == [event("y")])
    }

    @Test func `an event that is not ended is none`() throws { #expect(try read("data: y\n").items.isEmpty) }

    @Test func `an id outlives events without one, and one with a zero byte is none`() throws {
        #expect(try read("id: a\ndata: 1\n\ndata: 2\n\n").id == "a")
        #expect(try read("id: a\nid: b\u{0}c\n\n").id == "a")
    }

    @Test(arguments: ["retry: x\n", "retry: -1\n", "retry:\n", "retry: 1.5\n", "retry: 99999999999999999999\n"])
    func `a wait that is no number is not taken`(text: String) throws { #expect(try read(text).items.isEmpty) }

    @Test func `a byte order mark counts only at the start`() throws {
        #expect(try read("data: 1\n\n\u{feff}data: 2\n\n").items == [event("1")])
    }

    @Test func `a line and an event have limits`() {
        var lines = EventStreamParser(lineBytesMax: 10, eventBytesMax: 100)
        #expect(throws: EventStreamParser.Failure.lineTooLong) { try lines.read(Array("data: 12345".utf8)[...]) }
        var pieces = EventStreamParser(lineBytesMax: 10, eventBytesMax: 100)
        #expect(throws: EventStreamParser.Failure.lineTooLong) {
            for _ in 0..<11 { _ = try pieces.read([0x61]) }
        }
        var events = EventStreamParser(lineBytesMax: 100, eventBytesMax: 20)
        #expect(throws: EventStreamParser.Failure.eventTooLong) {
            for _ in 0..<5 { _ = try events.read(Array("data: 123456\n".utf8)[...]) }
        }
    }

    @Test func `what is written is read again`() throws {
        let message = Array(#"{"jsonrpc":"2.0","text":"ü\n"}"#.utf8)
        let text = String(decoding: EventStreamWriter.event(message) + EventStreamWriter.comment, as: UTF8.self)
        #expect(try read(text).items == [.event(type: "message", data: message)])
    }

    @Test func `a message cannot write a second event`() throws {
        let evil = Array("x\n\nevent: evil\ndata: y\r\n\r\nid: z".utf8)
        let text = String(decoding: EventStreamWriter.event(evil), as: UTF8.self)
        let (items, id) = try read(text)
        #expect(items.count == 1)
        #expect(id == nil)
    }

    @Test func `random bytes in random pieces never trap, and mean the same in any pieces`() throws {
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("data:eventidretry 1\r\n\u{feff}".utf8)
        for _ in 0..<500 {
            let bytes = (0..<80).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let text = String(decoding: bytes, as: UTF8.self)
            let whole = try read(text)
            let pieces = try read(text, in: Int.random(in: 1..<9, using: &generator))
            #expect(whole.items == pieces.items && whole.id == pieces.id)
        }
    }
}
