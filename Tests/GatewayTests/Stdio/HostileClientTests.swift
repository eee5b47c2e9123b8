// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// Frames that are no calls: answered or dropped, counted, and never forwarded.
@Suite struct HostileClientTests {
    private static let call = #""jsonrpc":"2.0","method":"tools/call""#

    struct Frame: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        /// `nil` where it is dropped.
        let code: Int64?

        init(_ name: String, _ text: String, _ code: Int64?) {
            testDescription = name
            self.text = text
            self.code = code
        }
    }

    static let frames = [
        Frame("no JSON", "tools/call", -32700),
        Frame("half a message", #"{"jsonrpc":"2.0","id":9"#, -32700),
        Frame("a batch", #"[{\#(call),"id":9,"params":{"name":"echo"}}]"#, -32600),
        Frame("an empty batch", "[]", -32600),
        Frame("a string", #""tools/call""#, -32600),
        Frame("duplicate names", #"{\#(call),"id":9,"params":{"name":"echo","name":"forbidden"}}"#, -32700),
        Frame("duplicate arguments", #"{\#(call),"id":9,"params":{"name":"echo","arguments":{"a":1,"a":2}}}"#, -32700),
        Frame("an escaped duplicate", #"{\#(call),"id":9,"params":{"name":"echo","n\u0061me":"forbidden"}}"#, -32700),
        Frame("a name in another case", #"{\#(call),"id":9,"params":{"name":"echo","Name":"forbidden"}}"#, -32600),
        Frame("a method in another case", #"{"jsonrpc":"2.0","id":9,"Method":"tools/call","method":"ping"}"#, -32600),
        Frame("an id that is null", #"{\#(call),"id":null,"params":{"name":"echo"}}"#, -32600),
        Frame("an id with a fraction", #"{\#(call),"id":1.5,"params":{"name":"echo"}}"#, -32600),
        Frame("another version", #"{"jsonrpc":"1.0","id":9,"method":"tools/call","params":{"name":"echo"}}"#, -32600),
        Frame("parameters in an array", #"{\#(call),"id":9,"params":["echo"]}"#, -32600),
        Frame("no name", #"{\#(call),"id":9,"params":{"arguments":{}}}"#, -32602),
        Frame("a name that is a number", #"{\#(call),"id":9,"params":{"name":1}}"#, -32602),
        Frame("a long name", #"{\#(call),"id":9,"params":{"name":"\#(String(repeating: "n", count: 600))"}}"#, -32602),
        Frame("_meta that is no object", #"{\#(call),"id":9,"params":{"name":"echo","_meta":1}}"#, -32602),
        Frame(
            "a progress token that is none",
            #"{\#(call),"id":9,"params":{"name":"echo","_meta":{"progressToken":{}}}}"#, -32602),
        Frame(
            "a revision of the future",
            #"{\#(call),"id":9,"params":{"name":"echo","_meta":{"io.modelcontextprotocol/protocolVersion":"2030-01-01"}}}"#,
            -32022),
        Frame(
            "deep nesting",
            #"{\#(call),"id":9,"params":{"name":"echo","arguments":\#(String(repeating: #"{"a":"#, count: 5000))1\#(String(repeating: "}", count: 5000))}}"#,
            -32700),
        Frame("a lone surrogate", #"{\#(call),"id":9,"params":{"name":"echo","arguments":{"a":"\ud800"}}}"#, -32700),
        Frame("a call as a notification", #"{\#(call),"params":{"name":"echo"}}"#, nil),
        Frame("an unknown notification", #"{"jsonrpc":"2.0","method":"notifications/strange"}"#, nil),
        Frame("an answer to nothing", #"{"jsonrpc":"2.0","id":1,"result":{}}"#, nil),
        Frame("an error to nothing", #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"m"}}"#, nil),
        Frame("request and answer in one", #"{\#(call),"id":9,"params":{"name":"echo"},"result":{}}"#, nil),
    ]

    @Test(arguments: frames) func `a bad frame is answered or dropped, counted, and not forwarded`(
        frame: Frame
    ) async throws {
        try await Running.with { running in
            try await running.client.connect()
            let before = running.record
            try await running.client.say(frame.text)
            _ = try await running.client.request("tools/list")
            let answers = running.client.heard.rest
            #expect(answers.count == (frame.code == nil ? 0 : 1))
            if let code = frame.code { #expect(answers.first?["error"]?["code"]?.int64 == code) }
            #expect(running.record.count == before.count + 1, "only the list arrived")
            #expect(!(try await running.client.call("echo").isToolError), "and the session lives on")
            #expect(try await running.end() == 0)
            #expect(try running.fixture.events().compactMap { RefusalTests.refused($0.details) } == [1])
            #expect(try running.fixture.calls().count == 1)
        }
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo","arguments":[1]}}"#,
        #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo","arguments":null}}"#,
        #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo","task":{"ttl":1}}}"#,
        #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo","inputResponses":{}}}"#,
    ])
    func `a call that cannot be judged is denied and logged`(line: String) async throws {
        try await Running.with { running in
            try await running.client.connect()
            try await running.client.say(line)
            let answer = try await running.client.answer(to: 9)
            #expect(answer.isToolError)
            #expect(answer["result"]?["_meta"]?["dev.writ/decision"]?["receipt_id"]?.string != nil)
            try await running.end()
            #expect(try running.fixture.calls().map(\.receipt.allow) == [false])
            #expect(try running.arrivedCalls().isEmpty)
        }
    }

    @Test func `a line of five mebibytes is refused in bounded memory, and the next one is served`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            let padding = String(repeating: "x", count: 5 << 20)
            try await running.client.say(
                #"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"echo","arguments":{"a":"\#(padding)"}}}"#
            )
            let answer = try await running.client.answer(to: 9)
            #expect(answer["error"]?["code"]?.int64 == ErrorCode.invalidRequest)
            #expect(!(try await running.client.call("echo").isToolError))
            #expect(try running.arrivedCalls().count == 1)
        }
    }

    @Test func `an id that is open is refused without an answer under it`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            let held = try await running.client.startArriving("hold")
            _ = try await running.client.call("echo")
            try await running.client.say([
                "jsonrpc": "2.0", "id": .integer(held), "method": "tools/call", "params": ["name": "echo"],
            ])
            let refusal = try await running.client.next("the refusal") { $0["error"] != nil }
            #expect(refusal["id"] == nil)
            _ = try await running.client.call("release")
            #expect(try await running.client.answer(to: held).said == "held")
            #expect(try running.arrivedCalls().count == 3)
        }
    }

    @Test func `more calls than may be open are told so, and those that are open go on`() async throws {
        var limits = GatewayLimits()
        limits.openCalls = 10
        try await Running.with(limits: limits) { running in
            try await running.client.connect()
            var ids: [Int64] = []
            for _ in 0..<10 { ids.append(try await running.client.startArriving("hold")) }
            for _ in 0..<5 { ids.append(try await running.client.startCall("hold")) }
            for id in ids.suffix(5) {
                let answer = try await running.client.answer(to: id)
                #expect(answer.isToolError && answer.said.contains("Too many"))
            }
            try await running.client.cancel(ids[0])
            // A cancelled call gives up its place, and the others are answered.
            _ = try await running.client.call("release")
            for id in ids[1..<10] { #expect(try await running.client.answer(to: id).said == "held") }
            try await running.end()
            #expect(try running.fixture.calls().count == 11)
            #expect(try running.fixture.calls().allSatisfy { $0.outcome != nil })
        }
    }

    @Test func `a thousand bad frames are one event`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            try await running.client.say(Array(String(repeating: "nonsense\n", count: 1000).utf8))
            _ = try await running.client.request("tools/list")
            try await running.end()
            #expect(running.client.heard.rest.count == 1000)
            #expect(try running.fixture.events().compactMap { RefusalTests.refused($0.details) } == [1000])
        }
    }

    @Test func `lines may end as on other systems, and may come in pieces or together`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            let one = #"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"echo"}}"#
            for byte in Array(one.utf8) + [0x0d, 0x0a, 0x0a] { try await running.client.say([byte]) }
            _ = try await running.client.next("the first") { $0["id"] == "a" }
            let both = one.replacing(#""a""#, with: #""b""#) + "\n" + one.replacing(#""a""#, with: #""c""#) + "\n"
            try await running.client.say(Array(both.utf8))
            _ = try await running.client.next("the second") { $0["id"] == "b" }
            _ = try await running.client.next("the third") { $0["id"] == "c" }
        }
    }

    @Test func `a client that never reads is given up after the deadline, and the run ends`() async throws {
        var limits = GatewayLimits()
        limits.writeDeadlineMilliseconds = 200
        try await Running.with(limits: limits, reads: false) { running in
            try await running.client.start("tools/list")
            for _ in 0..<40 { try await running.client.startCall("big", ["n": 1_000_000]) }
            #expect(try await running.ended() == 0)
            #expect(running.notes.rest.contains { $0.contains("the client takes no more answers (stalled)") })
            let calls = try running.fixture.calls()
            #expect(calls.allSatisfy { !$0.receipt.allow || $0.outcome != nil })
        }
    }
}
