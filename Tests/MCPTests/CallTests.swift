// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct CallTests {
    @Test func `a call is decided first and the machine sends nothing by itself`() throws {
        var session = GatewaySession()
        let actions = session.client(
            #"{"jsonrpc":"2.0","id":"abc","method":"tools/call","params":{"name":"git_log","arguments":{"n":1.0},"extra":[1]}}"#
        )
        let call = try #require(calls(actions).first)
        #expect(actions.count == 1)
        #expect(call.name == "git_log")
        #expect(text(.object(call.arguments)) == #"{"n":1.0}"#)
        #expect(call.requestID == .string("abc"))
        #expect(call.era == .legacy)
        #expect(call.defect == nil)
        #expect(
            text(call.outgoing)
                == #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"git_log","arguments":{"n":1.0},"extra":[1]}}"#
        )
    }

    @Test func `a permitted call is answered under the client's own id, unknown members kept`() throws {
        var session = GatewaySession()
        let call = try session.forwardedCall(id: #""abc""#)
        let actions = session.server(
            #"{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"x","error":true}],"isError":false,"new":1.50},"z":0}"#
        )
        #expect(
            toClient(actions) == [
                #"{"jsonrpc":"2.0","id":"abc","result":{"content":[{"type":"text","text":"x","error":true}],"isError":false,"new":1.50},"z":0}"#
            ])
        guard case .outcome(call.token, .result(_, isError: false)) = try #require(actions.first) else {
            Issue.record("no outcome")
            return
        }
        #expect(session.openRequests == 0)
    }

    @Test func `a denied call gets a result that says why, in the era of its request`() throws {
        let answer: JSON = ["allow": false, "receipt_id": "r-1", "reason": "policy block: no"]
        for (meta, isModern) in [
            ("", false), (#","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#, true),
        ] {
            var session = GatewaySession()
            let call = try #require(
                calls(session.client(#"{"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"t"\#(meta)}}"#))
                    .first)
            #expect((call.era == .modern) == isModern)
            let frame = try #require(toClient(session.denied(call.token, answer: answer)).first)
            let json = try JSON(parsing: UTF8String(frame))
            #expect(json["id"] == 9)
            #expect(json["result"]?["isError"] == true)
            #expect(json["result"]?["_meta"]?["dev.writ/decision"] == answer)
            #expect((json["result"]?["resultType"] == "complete") == isModern)
            let said = try #require(json["result"]?["content"]?.array?.first?["text"]?.string)
            #expect(said.string.contains("policy block: no"))
            #expect(said.string.contains("r-1"))
            #expect(session.forwarding(call.token) == false, "a denied call must never be forwarded")
            #expect(session.denied(call.token, answer: answer).isEmpty, "one answer to one request")
        }
    }

    @Test(arguments: [
        (#"{"name":"t","arguments":[1]}"#, CallDefect.argumentsNotAnObject),
        (#"{"name":"t","arguments":null}"#, .argumentsNotAnObject), (#"{"name":"t","task":{"ttl":1}}"#, .taskAugmented),
        (#"{"name":"t","requestState":"s"}"#, .answersInputRequest),
        (#"{"name":"t","inputResponses":{}}"#, .answersInputRequest),
    ])
    func `a call that cannot be judged is still handed over, to be denied and logged`(
        params: String, defect: CallDefect
    ) throws {
        var session = GatewaySession()
        let call = try #require(
            calls(session.client(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(params)}"#)).first)
        #expect(call.defect == defect)
    }

    @Test(arguments: [
        #"{}"#, #"{"name":""}"#, #"{"name":7}"#, #"{"arguments":{}}"#, #"{"name":"t","_meta":[]}"#,
        #"{"name":"t","_meta":{"progressToken":null}}"#, #"{"name":"t","_meta":{"progressToken":1.5}}"#,
    ])
    func `what names no tool, or carries no usable token, is no call`(params: String) {
        var session = GatewaySession()
        let actions = session.client(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":\#(params)}"#)
        #expect(counts(actions) == [.invalidParams])
        #expect(toClient(actions).allSatisfy { $0.contains("-32602") })
        #expect(session.openRequests == 0)
    }

    @Test func `an unknown modern revision is refused by the code made for it`() {
        var session = GatewaySession()
        let actions = session.client(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","_meta":{"io.modelcontextprotocol/protocolVersion":"2031-01-01"}}}"#
        )
        #expect(calls(actions).isEmpty)
        #expect(
            toClient(actions) == [
                #"{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"Unsupported protocol version","data":{"supported":["2026-07-28"],"requested":"2031-01-01"}}}"#
            ])
    }

    @Test func `other arguments can be put into the message that is forwarded`() throws {
        var session = GatewaySession()
        let call = try session.forwardedCall(params: #"{"name":"t","arguments":{"path":"/a/../b"},"x":1}"#)
        var arguments = call.arguments
        arguments["path"] = "/b"
        #expect(
            text(call.outgoing(arguments: arguments))
                == #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","arguments":{"path":"/b"},"x":1}}"#
        )
        let bare = try session.forwardedCall(id: "8", params: #"{"name":"t"}"#)
        #expect(bare.outgoing(arguments: JSONObject()) == bare.outgoing)
    }

    @Test func `a second request under an open id is refused without touching the first`() throws {
        var session = GatewaySession()
        let call = try session.forwardedCall(id: "7")
        let actions = session.client(#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"t"}}"#)
        #expect(counts(actions) == [.duplicateID])
        let refusal = try JSON(parsing: UTF8String(try #require(toClient(actions).first)))
        #expect(refusal["error"]?["code"] == -32600)
        #expect(refusal["id"] == nil, "an error under id 7 would pass for the first call's answer")
        #expect(
            calls(session.client(#"{"jsonrpc":"2.0","id":"7","method":"tools/call","params":{"name":"t"}}"#)).count == 1
        )
        #expect(toClient(session.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#)).count == 1)
        #expect(session.forwarding(call.token) == false)
    }

    @Test func `open requests are bounded and the excess is told so`() throws {
        var session = GatewaySession(openRequestsMax: 2)
        _ = try session.forwardedCall(id: "1")
        _ = try session.forwardedCall(id: "2")
        let actions = session.client(#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"t"}}"#)
        #expect(counts(actions) == [.tooManyOpenRequests])
        #expect(toClient(actions).allSatisfy { $0.contains(#""isError":true"#) })
        #expect(
            session.client(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#).count == 1
        )
        let next = session.client(#"{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"t"}}"#)
        #expect(calls(next).count == 1, "a cancelled request makes room")
        #expect(session.openRequests == 2)
    }

    @Test func `a call whose permit expired has not reached the server: the client is told, the server is not`() throws
    {
        var session = GatewaySession()
        let call = try session.forwardedCall()
        let actions = session.expired(call.token)
        #expect(toServer(actions).isEmpty)
        #expect(actions.count == 1)
        #expect(toClient(actions).first?.contains(#""isError":true"#) == true)
        #expect(session.expired(call.token).isEmpty)
        #expect(session.handedOver(call.token).isEmpty)
        #expect(session.openRequests == 0)
    }

    @Test func `a call that times out is cancelled upstream and its late answer is dropped`() throws {
        var session = GatewaySession()
        let call = try session.forwardedCall()
        let actions = session.timedOut(call.token)
        #expect(actions.first == .outcome(call.token, .noAnswer))
        #expect(toServer(actions).first?.contains(#""requestId":1"#) == true)
        #expect(toClient(actions).first?.contains(#""isError":true"#) == true)
        #expect(counts(session.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#)) == [.unknownServerID])
        #expect(session.timedOut(call.token).isEmpty)
    }
}
