// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct PassageTests {
    @Test(arguments: [
        "resources/list", "resources/read", "resources/subscribe", "prompts/list", "prompts/get", "completion/complete",
        "tasks/get", "tasks/list", "subscriptions/listen", "sampling/createMessage", "TOOLS/CALL", "tools/call ", "x",
        "notifications/initialized",
    ])
    func `every other request is refused with the answer in its data`(method: String) throws {
        var session = GatewaySession()
        let actions = session.client(#"{"jsonrpc":"2.0","id":5,"method":"\#(method)","params":{"uri":"file:///etc"}}"#)
        #expect(toServer(actions).isEmpty)
        let answer = try JSON(parsing: UTF8String(try #require(toClient(actions).first)))
        #expect(answer["id"] == 5)
        #expect(answer["error"]?["code"] == 40301)
        #expect(answer["error"]?["data"]?["allow"] == false)
        #expect(answer["error"]?["data"]?["receipt_id"] == .some(.null))
        #expect(session.openRequests == 0)
    }

    @Test(arguments: [
        ("notifications/initialized", true), ("notifications/roots/list_changed", false), ("notifications/x", false),
        ("tools/call", false), ("notifications/progress", false), ("notifications/message", false),
    ])
    func `only listed notifications reach the server`(method: String, passes: Bool) {
        var session = GatewaySession()
        let actions = session.client(
            #"{"jsonrpc":"2.0","method":"\#(method)","params":{"name":"t","progressToken":1}}"#)
        #expect(toServer(actions).count == (passes ? 1 : 0))
        #expect(toClient(actions).isEmpty)
        #expect(calls(actions).isEmpty)
    }

    @Test func `answers of a client to nobody's question are dropped`() {
        var session = GatewaySession()
        #expect(session.client(#"{"jsonrpc":"2.0","id":1,"result":{}}"#) == [.count(.unexpectedClientAnswer)])
        #expect(session.client(#"{"jsonrpc":"2.0","id":1,"result":7}"#) == [.count(.malformedFromClient)])
    }

    @Test func `a frame that is no message is answered once, by its own id only where that is free`() throws {
        var session = GatewaySession()
        _ = try session.forwardedCall()
        #expect(
            toClient(session.client("nonsense")) == [
                #"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error: not strict JSON"}}"#
            ])
        let fresh = toClient(session.client(#"{"jsonrpc":"2.0","id":3,"method":"ping","params":[]}"#))
        #expect(fresh.first?.contains(#""id":3"#) == true)
        let open = toClient(session.client(#"{"jsonrpc":"2.0","id":7,"method":"ping","params":[]}"#))
        #expect(open.first?.contains(#""id""#) == false)
        #expect(toClient(session.client(.tooLong(LineEnds(beginning: [], end: [])))).first?.contains("-32600") == true)
    }

    @Test func `of _meta only an allow-list goes upstream, the credential stays here`() throws {
        var session = GatewaySession()
        let meta =
            #"{"dev.writ/passport":"secret","io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{},"sampling":{}},"io.modelcontextprotocol/clientInfo":{"name":"c"},"io.modelcontextprotocol/logLevel":"info","io.modelcontextprotocol/related-task":{"taskId":"x"},"traceparent":"00-a","tracestate":7,"ProgressToken":"no","com.example/x":1}"#
        let call = try #require(
            calls(
                session.client(
                    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"t","_meta":\#(meta)}}"#)
            ).first)
        #expect(
            call.outgoing["params"]?["_meta"].map(text)
                == #"{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"c"},"io.modelcontextprotocol/logLevel":"info","traceparent":"00-a"}"#
        )
        #expect(call.meta?["dev.writ/passport"] == "secret")
        let list = session.client(
            #"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":"c","_meta":{"dev.writ/passport":"s"}}}"#
        )
        #expect(toServer(list) == [#"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{"cursor":"c"}}"#])
    }

    @Test func `initialize is passed with masked capabilities both ways`() {
        var session = GatewaySession()
        let request = session.client(
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"roots":{"listChanged":true},"sampling":{},"elicitation":{},"x":1},"clientInfo":{"name":"c","version":"1"},"new":1}}"#
        )
        #expect(
            toServer(request) == [
                #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"},"new":1}}"#
            ])
        let answer = session.server(
            #"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true},"logging":{},"prompts":{},"resources":{"subscribe":true},"completions":{},"tasks":{},"experimental":{},"extensions":{}},"serverInfo":{"name":"s","version":"2"},"instructions":"i"}}"#
        )
        #expect(
            toClient(answer) == [
                #"{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true},"logging":{}},"serverInfo":{"name":"s","version":"2"},"instructions":"i"}}"#
            ])
    }

    @Test func `a revision that is unknown here is not negotiated`() {
        var session = GatewaySession()
        for version in ["2026-07-28", "2030-01-01"] {
            let request = session.client(
                #"{"jsonrpc":"2.0","id":"\#(version)","method":"initialize","params":{"protocolVersion":"\#(version)","capabilities":{}}}"#
            )
            #expect(toServer(request).first?.contains(#""protocolVersion":"2025-11-25""#) == true)
        }
        let answer = session.server(
            #"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2030-01-01","capabilities":{}}}"#)
        #expect(toClient(answer).first?.contains("-32603") == true)
        #expect(counts(answer) == [.withheldResult])
    }

    @Test func `discover announces tools and logging, and no news that cannot be subscribed to`() {
        var session = GatewaySession()
        _ = session.client(
            #"{"jsonrpc":"2.0","id":"d","method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#
        )
        let answer = session.server(
            #"{"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","capabilities":{"prompts":{},"tools":{"listChanged":true,"x":1}},"supportedVersions":["2026-07-28"]}}"#
        )
        #expect(
            toClient(answer) == [
                #"{"jsonrpc":"2.0","id":"d","result":{"resultType":"complete","capabilities":{"tools":{"listChanged":false,"x":1}},"supportedVersions":["2026-07-28"]}}"#
            ])
    }

    @Test func `eras mix on one connection, request by request`() throws {
        var session = GatewaySession()
        _ = session.client(
            #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#
        )
        #expect(
            toServer(
                session.client(
                    #"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#)
            ).count == 1)
        let modern = try session.forwardedCall(
            id: "3", params: #"{"name":"t","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}"#)
        let legacy = try session.forwardedCall(id: "4")
        #expect(modern.era == .modern && legacy.era == .legacy)
    }

    @Test func `tool lists pass whole and are shown to the host`() throws {
        var session = GatewaySession()
        _ = session.client(#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#)
        let result = #"{"tools":[{"name":"a","inputSchema":{"type":"object","x-new":1.0}}],"nextCursor":"c","ttlMs":0}"#
        let actions = session.server(#"{"jsonrpc":"2.0","id":1,"result":\#(result)}"#)
        #expect(toClient(actions) == [#"{"jsonrpc":"2.0","id":2,"result":\#(result)}"#])
        let observed = actions.compactMap {
            if case .observedTools(let tools) = $0 { text(.object(tools)) } else { nil }
        }
        #expect(observed == [result])
    }
}
