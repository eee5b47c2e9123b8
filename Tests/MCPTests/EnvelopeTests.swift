// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct EnvelopeTests {
    @Test(arguments: [
        (#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#, Envelope.Kind.request(id: RequestID(1), method: "ping")),
        (#"{"jsonrpc":"2.0","id":"1","method":"ping"}"#, .request(id: .string("1"), method: "ping")),
        (#"{"jsonrpc":"2.0","id":"","method":"ping"}"#, .request(id: .string(""), method: "ping")),
        (
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            .notification(method: "notifications/initialized")
        ),
        (#"{"jsonrpc":"2.0","id":1,"result":{}}"#, .result(id: RequestID(1))),
        (#"{"jsonrpc":"2.0","id":-7,"error":{"code":-1,"message":"no"}}"#, .error(id: RequestID(-7))),
        (#"{"jsonrpc":"2.0","error":{"code":-1,"message":"no"}}"#, .error(id: nil)),
        (#"{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"no"}}"#, .error(id: nil)),
    ])
    func `the four kinds of message are told apart`(text: String, kind: Envelope.Kind) throws {
        #expect(try Envelope(parsing: Array(text.utf8)).kind == kind)
    }

    @Test func `an id keeps its type and all its digits`() throws {
        let text = #"{"jsonrpc":"2.0","id":12345678901234567890123,"method":"ping"}"#
        guard case .request(let id, _) = try Envelope(parsing: Array(text.utf8)).kind else {
            Issue.record("no request")
            return
        }
        #expect(id.json.serialized() == Array("12345678901234567890123".utf8))
        #expect(RequestID(1) != .string("1"))
    }

    @Test(arguments: [
        (#"["#, -32700), (#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#, -32700),
        (#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","name":"b"}}"#, -32700),
        (#"{"jsonrpc":"2.0","id":1,"method":"a\ud800"}"#, -32700),
        (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600), (#"[]"#, -32600), (#"7"#, -32600),
        (#"{"id":1,"method":"ping"}"#, -32600), (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1.0,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1e0,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":-0,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":true,"method":"ping"}"#, -32600),
        (#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, -32600), (#"{"jsonrpc":"2.0","id":1}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":""}"#, -32600), (#"{"jsonrpc":"2.0","id":1,"method":3}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":null}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"method":"ping","result":{}}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"result":null}"#, -32600), (#"{"jsonrpc":"2.0","id":1,"result":[]}"#, -32600),
        (#"{"jsonrpc":"2.0","result":{}}"#, -32600), (#"{"jsonrpc":"2.0","id":1,"error":{}}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1,"error":{"code":"1","message":""}}"#, -32600),
        (#"{"jsonrpc":"2.0","id":1.5,"error":{"code":1,"message":""}}"#, -32600),
    ])
    func `what is no message is refused with the code of its reason`(text: String, code: Int64) {
        let error = #expect(throws: EnvelopeError.self) { try Envelope(parsing: Array(text.utf8)) }
        #expect(error?.code == code)
    }

    @Test(arguments: [
        #""Method":"x""#, #""METHOD":"x""#, #""Id":2"#, #""Params":{}"#, #""jsonRPC":"2.0""#, #""ReSult":{}"#,
        #""params":{"Name":"evil"}"#, #""params":{"argumentS":{}}"#, #""params":{"URI":"x"}"#,
        #""params":{"_Meta":{}}"#,
        "\"params\":{\"argument\u{17f}\":{}}", "\"params\":{\"ta\u{17f}\u{212a}\":{}}", "\"\u{130}d\":1",
        "\"\u{131}d\":1",
    ])
    func `a member that is a known one only ignoring case is refused`(member: String) {
        let text = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","# + member + "}"
        let error = #expect(throws: EnvelopeError.self) { try Envelope(parsing: Array(text.utf8)) }
        #expect(error?.reason == .caseVariant)
        #expect(error?.id == RequestID(1))
    }

    @Test func `the caller's own argument names may have any case`() throws {
        let text =
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{"Name":1,"URI":2}}}"#
        #expect(try Envelope(parsing: Array(text.utf8)).params?["name"] == "a")
    }

    @Test func `unknown members stay where they were`() throws {
        let text = #"{"x":[1.50],"jsonrpc":"2.0","id":1,"method":"ping","params":{"later":{"a":1e2}},"y":null}"#
        #expect(JSON.object(try Envelope(parsing: Array(text.utf8)).message).serialized() == Array(text.utf8))
    }

    @Test func `an id or a method over its limit is refused`() {
        let id = String(repeating: "7", count: Limits.idBytesMax)
        let fits = #"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#
        #expect(throws: Never.self) { try Envelope(parsing: Array(fits.utf8)) }
        let long = #"{"jsonrpc":"2.0","id":\#(id)7,"method":"ping"}"#
        #expect(throws: EnvelopeError.self) { try Envelope(parsing: Array(long.utf8)) }
        let name = String(repeating: "m", count: Limits.methodBytesMax + 1)
        let method = #"{"jsonrpc":"2.0","id":1,"method":"\#(name)"}"#
        #expect(throws: EnvelopeError.self) { try Envelope(parsing: Array(method.utf8)) }
    }
}
