// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct CancellationTests {
    private static let cancel7 =
        #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"bored","secret":1}}"#

    @Test func `a call cancelled before its decision is never forwarded`() throws {
        var session = GatewaySession()
        let call = try #require(
            calls(session.client(#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"t"}}"#)).first)
        #expect(session.client(Self.cancel7) == [.cancelledBeforeExecution(call.token)])
        #expect(session.forwarding(call.token) == false)
        #expect(session.denied(call.token, answer: [:]).isEmpty)
    }

    @Test func `a forwarded call is cancelled under our id and its answer stays here, its outcome known`() throws {
        var session = GatewaySession()
        let call = try session.forwardedCall()
        #expect(
            toServer(session.client(Self.cancel7)) == [
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"bored"}}"#
            ])
        #expect(counts(session.client(Self.cancel7)) == [.droppedClientNotification], "once is enough")
        let late = session.server(#"{"jsonrpc":"2.0","id":1,"result":{"isError":true}}"#)
        #expect(toClient(late).isEmpty)
        #expect(counts(late) == [.answerAfterCancellation])
        guard case .outcome(call.token, .result(_, isError: true)) = try #require(late.first) else {
            Issue.record("no outcome")
            return
        }
    }

    @Test(arguments: [#"8"#, #""7""#, #"null"#, #"7.0"#, #"1"#])
    func `an id that is not open cancels nothing`(id: String) throws {
        var session = GatewaySession()
        _ = try session.forwardedCall()
        let text = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":\#(id)}}"#
        #expect(session.client(text) == [.count(.droppedClientNotification)])
    }

    @Test func `initialize cannot be cancelled`() {
        var session = GatewaySession()
        _ = session.client(#"{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#)
        #expect(session.client(Self.cancel7) == [.count(.droppedClientNotification)])
    }

    @Test func `a cancellation that came while the call was handed over is said again after it, and only then`() throws
    {
        var session = GatewaySession()
        let call = try session.forwardedCall()
        #expect(session.handedOver(call.token).isEmpty, "nothing was cancelled")
        _ = session.client(Self.cancel7)
        #expect(
            toServer(session.handedOver(call.token)) == [
                #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#
            ])
        _ = session.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#)
        #expect(session.handedOver(call.token).isEmpty, "it is over")
    }

    @Test func `a cancelled call that is never answered ends as cancelled, whoever gives it up`() throws {
        var session = GatewaySession()
        let call = try session.forwardedCall()
        _ = session.client(Self.cancel7)
        var copy = session
        #expect(copy.timedOut(call.token) == [.outcome(call.token, .cancelled)])
        #expect(session.childExited() == [.outcome(call.token, .cancelled)])
    }

    @Test func `a client that goes away drops what waits and still learns what was done`() throws {
        var session = GatewaySession()
        let sent = try session.forwardedCall()
        let waiting = try #require(
            calls(session.client(#"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"t"}}"#)).first)
        #expect(session.clientClosed() == [.cancelledBeforeExecution(waiting.token), .closeServer])
        #expect(session.forwarding(waiting.token) == false)
        let end = session.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#)
        #expect(end == [.outcome(sent.token, .result(JSONObject(), isError: false))])
        #expect(session.client(#"{"jsonrpc":"2.0","id":9,"method":"ping"}"#).isEmpty)
    }

    @Test func `a server that ends fails everything that is open and takes nothing more`() throws {
        var session = GatewaySession()
        let sent = try session.forwardedCall()
        let waiting = try #require(
            calls(session.client(#"{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"t"}}"#)).first)
        _ = session.client(#"{"jsonrpc":"2.0","id":"p","method":"ping"}"#)
        let actions = session.childExited()
        #expect(actions.contains(.outcome(sent.token, .noAnswer)))
        #expect(actions.contains(.cancelledBeforeExecution(waiting.token)))
        #expect(toClient(actions).count == 3)
        #expect(toClient(actions).allSatisfy { $0.contains("-32603") })
        #expect(session.forwarding(waiting.token) == false)
        let later = session.client(#"{"jsonrpc":"2.0","id":10,"method":"tools/call","params":{"name":"t"}}"#)
        #expect(counts(later) == [.serverGone])
        #expect(session.server(#"{"jsonrpc":"2.0","id":1,"result":{}}"#).isEmpty)
        #expect(session.openRequests == 0)
    }
}
