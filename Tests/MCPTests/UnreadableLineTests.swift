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
        var session = GatewaySession()
        let call = try session.forwardedCall()
        let actions = session.server(line)
        #expect(counts(actions) == [.malformedFromServer])
        #expect(actions.contains(.outcome(call.token, .noAnswer)))
        #expect(toClient(actions).first?.contains("not strict JSON") == true)
        #expect(toClient(actions).first?.hasPrefix(#"{"jsonrpc":"2.0","id":7,"#) == true)
        #expect(session.openRequests == 0)
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
        var session = GatewaySession()
        _ = try session.forwardedCall()
        #expect(session.server(line) == [.count(.malformedFromServer)])
        #expect(session.openRequests == 1)
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":1,"result":{"text":"TEXT"}}"#, #"{"result":{"text":"TEXT"},"jsonrpc":"2.0","id":1}"#,
    ])
    func `an answer over the limit ends its call, wherever its id stands`(line: String) throws {
        var session = GatewaySession()
        let call = try session.forwardedCall()
        var splitter = FrameSplitter(lineBytesMax: 4000)
        let long = line.replacing("TEXT", with: String(repeating: #"\"id\":9}"#, count: 1000))
        let frame = try #require(splitter.append(Array(long.utf8) + [0x0a]).first)
        let actions = session.server(frame)
        #expect(actions.contains(.outcome(call.token, .noAnswer)))
        #expect(toClient(actions).first?.contains("more than 4 MiB") == true)
    }

    @Test func `a question that cannot be read is refused under its id, unless that is open`() throws {
        var session = GatewaySession()
        let line = #"{"method":"tools/call","params":{"name":"t","arguments":\#(Self.lone)},"jsonrpc":"2.0","id":ID}"#
        let refused = toClient(session.client(line.replacing("ID", with: "7")))
        #expect(
            refused == [#"{"jsonrpc":"2.0","id":7,"error":{"code":-32700,"message":"Parse error: not strict JSON"}}"#])
        #expect(
            toClient(session.client(#"{"id":"é","method":"x","params":\#(Self.lone)}"#)).first?.contains(#""id":"é""#)
                == true)
        _ = try session.forwardedCall()
        let open = toClient(session.client(line.replacing("ID", with: "7")))
        #expect(open == [#"{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error: not strict JSON"}}"#])
    }

    @Test func `an answer to a cancelled call that cannot be read stays here`() throws {
        var session = GatewaySession()
        _ = try session.forwardedCall()
        _ = session.client(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#)
        #expect(toClient(session.server(#"{"jsonrpc":"2.0","id":1,"result":\#(Self.lone)}"#)).isEmpty)
    }
}
