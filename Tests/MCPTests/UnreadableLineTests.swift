// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

/// Lines that are not passed on, and who hears of it: nobody waits for ever.
@Suite struct UnreadableLineTests {
    private static let lone = #"{"content":[{"type":"text","text":"cut \ud83d"}]}"#

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":1,"result":\#(lone)}"#, #"{"result":\#(lone),"jsonrpc":"2.0","id":1}"#,
        #"{"result":\#(lone),"id":1,"jsonrpc":"2.0"}"#, #"{ "id" : 1 , "result" : \#(lone) }"#,
        #"{"jsonrpc":"2.0","id":1,"result":{"a":1,"a":2}}"#, #"{"jsonrpc":"2.0","id":1,"error":{"code":01}}"#,
        #"{"jsonrpc":"2.0","id":1,"result":{"deep":[[[["never closed"#,
    ])
    func `an answer that cannot be read ends the call that it seems to be for`(line: String) throws {
        let error = try #require(Self.defect(of: line))
        #expect(error.isAnswer && error.id == RequestID(1))
        #expect(error.code == ErrorCode.parseError)
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":\#(lone)}"#,
        #"{"method":"roots/list","params":{"result":\#(lone)},"id":1}"#,
        #"{"jsonrpc":"2.0","id":2,"result":\#(lone)}"#, #"{"jsonrpc":"2.0","result":{"id":1,"x":\#(lone)}}"#,
        #"{"jsonrpc":"2.0","result":{"x":\#(lone),"id":1}}"#, #"{"jsonrpc":"2.0","id":1,"x":\#(lone)}"#,
        #"{"jsonrpc":"2.0","id":1.5,"result":\#(lone)}"#, #"{"text":"\"id\":1","result":\#(lone)}"#,
        #"[{"jsonrpc":"2.0","id":1,"result":\#(lone)}]"#, #"{"id":1"#, #"{"result":1,"id":1"#, "", "{", "\"", "\\",
    ])
    func `what is no answer to it ends nothing`(line: String) throws {
        let error = try #require(Self.defect(of: line))
        #expect(!error.isAnswer || error.id != RequestID(1))
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":1,"result":{"text":"TEXT"}}"#, #"{"result":{"text":"TEXT"},"jsonrpc":"2.0","id":1}"#,
    ])
    func `an answer over the limit ends its call, wherever its id stands`(line: String) throws {
        var splitter = FrameSplitter(lineBytesMax: 4000)
        let long = line.replacing("TEXT", with: String(repeating: #"\"id\":9}"#, count: 1000))
        let frame = ReadFrame(try #require(splitter.append(Array(long.utf8) + [0x0a]).first))
        let error = try #require(Self.defect(of: frame))
        #expect(error.reason == .tooLong && error.isAnswer && error.id == RequestID(1))
    }

    @Test(arguments: [
        (#"{"method":"tools/call","params":{"name":"t","arguments":LONE},"jsonrpc":"2.0","id":7}"#, "7"),
        (#"{"id":"é","method":"x","params":LONE}"#, #""é""#),
    ])
    func `a question that cannot be read is refused under its id`(line: String, id: String) throws {
        let error = try #require(Self.defect(of: line.replacing("LONE", with: Self.lone)))
        #expect(!error.isAnswer && error.code == ErrorCode.parseError)
        #expect(error.id.map { String(decoding: $0.json.serialized(), as: UTF8.self) } == id)
    }

    private static func defect(of line: String) -> EnvelopeError? { defect(of: ReadFrame(.line(Array(line.utf8)))) }

    private static func defect(of frame: ReadFrame) -> EnvelopeError? {
        if case .malformed(let error) = frame { error } else { nil }
    }
}
