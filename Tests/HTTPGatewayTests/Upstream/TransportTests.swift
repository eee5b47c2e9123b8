// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import HTTPGateway
import StrictJSON
import Testing

/// The way to servers that do as they should.
@Suite struct TransportTests {
    private let result = #"{"jsonrpc":"2.0","id":1,"result":{"ok":true}}"#

    @Test func `a request of the stateless revision has its headers, and JSON is its answer`() async throws {
        try await Upstream.with(headers: [("Authorization", "Bearer planted-secret")]) {
            (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            let request = try await upstream.server.next("tools/list")
            #expect(request.method == "POST")
            #expect(request.headers["mcp-protocol-version"] == "2026-07-28")
            #expect(request.headers["mcp-method"] == "tools/list")
            #expect(request.headers["accept"] == "application/json, text/event-stream")
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.headers["authorization"] == "Bearer planted-secret")
            #expect(request.headers["mcp-session-id"] == nil && request.headers["cookie"] == nil)
            request.peer.answer(200, result, "Set-Cookie: a=b\r\nMcp-Session-Id: never\r\n")
            #expect(try await upstream.receiver.first("the answer") { $0.isMessage(on: 1) } == .message(result, on: 1))
            _ = try await upstream.receiver.first("its end") { $0 == .streamEnded(1, nil) }
            // Neither cookies nor sessions of another era come back.
            try await upstream.send("tools/list", id: 2)
            let second = try await upstream.server.next("tools/list")
            #expect(second.headers["cookie"] == nil && second.headers["mcp-session-id"] == nil)
        }
    }

    /// Bodies that are one piece, and bodies that are streams.
    private static let pieces = [1 << 20, 16]

    @Test(arguments: pieces)
    func `a permitted call is forwarded as it was judged, under its name and its parameters`(
        pieceBytes: Int
    ) async throws {
        let permits = try PermitMaker()
        try await Upstream.with(limits: Upstream.limits { $0.pieceBytes = pieceBytes }) {
            (upstream: Upstream) async throws in
            guard let permit = await permits.permit() else { throw Late(what: "a permit") }
            try await upstream.transport.forward(
                permit,
                MessageHead(
                    id: 1, method: "tools/call", version: "2026-07-28", name: "löse",
                    parameters: [MessageHead.HeaderParameter(name: "Region", value: "eu 1")]),
                onExpired: { Issue.record("it was in time") })
            let request = try await upstream.server.next("tools/call")
            #expect(
                request.body
                    == #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read","arguments":{}}}"#)
            #expect(request.headers["content-length"] == "\(request.body.utf8.count)")
            #expect(request.headers["mcp-name"] == "=?base64?bMO2c2U=?=")
            #expect(request.headers["mcp-param-region"] == "eu 1")
        }
    }

    @Test(arguments: pieces)
    func `a permit whose time is over sends nothing`(
        pieceBytes: Int
    ) async throws {
        let permits = try PermitMaker()
        try await Upstream.with(limits: Upstream.limits { $0.pieceBytes = pieceBytes }) {
            (upstream: Upstream) async throws in
            guard let permit = await permits.permit() else { throw Late(what: "a permit") }
            permits.expire()
            let expired = Happenings<Void>()
            try await upstream.transport.forward(
                permit, MessageHead(id: 1, method: "tools/call", version: "2026-07-28")
            ) {
                expired.add(())
            }
            _ = try await expired.first("the permit's end")
            try await upstream.send("tools/list", id: 2)
            _ = try await upstream.server.next("tools/list")
            #expect(upstream.server.requests.all.isEmpty)
            #expect(upstream.receiver.heard.all.isEmpty)
        }
    }

    @Test func `an event stream gives notifications, then the answer, and ends with it`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            let peer = try await upstream.server.next("tools/list").peer
            peer.stream()
            peer.send(": hello\n\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\r\n\r\n")
            _ = try await upstream.receiver.first("the notification") { $0.isMessage(on: 1) }
            peer.send("event: message\ndata: \(result)\n\n")
            #expect(try await upstream.receiver.first("the answer") { $0.isMessage(on: 1) } == .message(result, on: 1))
            // The server leaves it open; nobody waits for its end.
            _ = try await upstream.receiver.first("its end") { $0 == .streamEnded(1, nil) }
        }
    }

    @Test func `giving a request of the stateless revision up closes its stream`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            let peer = try await upstream.server.next("tools/list").peer
            peer.stream()
            upstream.transport.abandon(1)
            _ = try await upstream.server.ended.first("the connection's end")
        }
    }

    @Test func `giving a request of a handshake revision up ends its stream as well`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.send("tools/list", version: "2025-11-25")
            let peer = try await upstream.server.next("tools/list").peer
            peer.stream()
            upstream.transport.abandon(1)
            _ = try await upstream.server.ended.first("the connection's end")
        }
    }

    @Test func `a session is kept, named and ended`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.handshake()
            // The server has no stream of its own, which is fine.
            let stream = try await upstream.server.next("GET")
            #expect(stream.headers["mcp-session-id"] == "s-1" && stream.headers["accept"] == "text/event-stream")
            stream.peer.answer(405, type: nil)
            try await upstream.send("tools/list", id: 2, version: "2025-11-25")
            let list = try await upstream.server.next("tools/list")
            #expect(list.headers["mcp-session-id"] == "s-1")
            #expect(list.headers["mcp-protocol-version"] == "2025-11-25")
            #expect(list.headers["mcp-method"] == nil)
            async let closing: Void = upstream.transport.close()
            let end = try await upstream.server.next("DELETE")
            #expect(end.headers["mcp-session-id"] == "s-1")
            end.peer.answer(200, type: nil)
            await closing
            await #expect(throws: UpstreamFailure.self) { try await upstream.send("tools/list", id: 3) }
        }
    }

    @Test func `initialize names neither version nor session`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.send("initialize", version: nil)
            let request = try await upstream.server.next("initialize")
            #expect(request.headers["mcp-protocol-version"] == nil && request.headers["mcp-session-id"] == nil)
        }
    }

    @Test func `the session's stream is listened to, and taken up where it broke off`() async throws {
        try await Upstream.with(limits: Upstream.limits { _ in }) { (upstream: Upstream) async throws in
            try await upstream.handshake()
            let first = try await upstream.server.next("GET")
            #expect(first.headers["last-event-id"] == nil)
            first.peer.stream()
            first.peer.send("id: e7\nretry: 1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n")
            _ = try await upstream.receiver.first("the notification") { $0.isMessage(on: nil) }
            first.peer.close()
            let second = try await upstream.server.next("GET")
            #expect(second.headers["last-event-id"] == "e7" && second.headers["mcp-session-id"] == "s-1")
            second.peer.stream()
            second.peer.send("data: {\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n\n")
            _ = try await upstream.receiver.first("the server's request") { $0.isMessage(on: nil) }
        }
    }

    @Test func `a stream that says nothing new is asked for a few times, and no more`() async throws {
        try await Upstream.with(limits: Upstream.limits { $0.reconnects = 3 }) { (upstream: Upstream) async throws in
            try await upstream.handshake()
            for _ in 0..<4 {
                let request = try await upstream.server.next("GET")
                request.peer.stream()
                request.peer.close()
            }
            // A request that is answered later than a fifth would have been asked for.
            for id: Int64 in 2..<12 {
                try await upstream.send("tools/list", id: id, version: "2025-11-25")
                let peer = try await upstream.server.next("tools/list").peer
                peer.answer(200, #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#)
                _ = try await upstream.receiver.first("its end") { $0 == .streamEnded(id, nil) }
            }
            #expect(upstream.server.requests.all.isEmpty)
        }
    }

    @Test func `a request's stream that broke off is taken up in the handshake revisions`() async throws {
        try await Upstream.with(limits: Upstream.limits { _ in }) { (upstream: Upstream) async throws in
            try await upstream.handshake()
            try await upstream.server.next("GET").peer.answer(405, type: nil)
            try await upstream.send("tools/list", id: 2, version: "2025-11-25")
            let first = try await upstream.server.next("tools/list")
            first.peer.stream()
            first.peer.send("id: p1\ndata:\n\n")
            first.peer.close()
            let resumed = try await upstream.server.next("GET")
            #expect(resumed.headers["last-event-id"] == "p1")
            resumed.peer.stream()
            resumed.peer.send("data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\n\n")
            _ = try await upstream.receiver.first("the answer") { $0.isMessage(on: 2) }
            _ = try await upstream.receiver.first("its end") { $0 == .streamEnded(2, nil) }
        }
    }

    @Test func `requests are under way side by side, each with its own end`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            var peers: [RawServer.Peer] = []
            for id: Int64 in 1...50 {
                try await upstream.send("tools/list", id: id)
                peers.append(try await upstream.server.next("tools/list").peer)
            }
            for (index, peer) in peers.enumerated().reversed() {
                peer.answer(200, #"{"jsonrpc":"2.0","id":\#(index + 1),"result":{}}"#)
            }
            for id: Int64 in 1...50 {
                _ = try await upstream.receiver.first("an answer") { $0.isMessage(on: id) }
                _ = try await upstream.receiver.first("its end") { $0 == .streamEnded(id, nil) }
            }
        }
    }

    @Test func `connections are used again`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            for id: Int64 in 1...20 {
                try await upstream.send("tools/list", id: id)
                try await upstream.server.next("tools/list").peer.answer(
                    200, #"{"jsonrpc":"2.0","id":\#(id),"result":{}}"#)
                _ = try await upstream.receiver.first("its end") { $0 == .streamEnded(id, nil) }
            }
            #expect(upstream.server.ended.all.isEmpty)
        }
    }
}
