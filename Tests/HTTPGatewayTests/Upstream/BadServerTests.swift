// SPDX-License-Identifier: Apache-2.0

import Gateway
import HTTPGateway
import MCP
import StrictJSON
import Testing

/// The way to servers that do as they should not.
@Suite struct BadServerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let kind: UpstreamFailure.Kind
        let answer: @Sendable (RawServer.Peer) -> Void
        var testDescription: String { what }

        init(_ what: String, _ kind: UpstreamFailure.Kind, _ answer: @escaping @Sendable (RawServer.Peer) -> Void) {
            (self.what, self.kind, self.answer) = (what, kind, answer)
        }
    }

    private static let result = #"{"jsonrpc":"2.0","id":1,"result":{}}"#

    static let cases: [Case] = [
        Case("closes", .ended) { $0.close() },
        Case("resets", .ended) { $0.reset() },
        Case("answers half", .ended) { peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{")
            peer.close()
        },
        Case("answers half a chunk", .ended) { peer in
            peer.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{")
            peer.close()
        },
        Case("speaks no HTTP", .protocolViolation) { $0.send("220 mail.example ESMTP\r\n\r\n") },
        Case("answers with a page", .protocolViolation) { $0.answer(200, "<html>", type: "text/html") },
        Case("answers without a type", .protocolViolation) { $0.answer(200, result, type: nil) },
        Case("answers with two types", .protocolViolation) { $0.answer(200, result, "Content-Type: text/html\r\n") },
        Case("packs its answer", .protocolViolation) { $0.answer(200, result, "Content-Encoding: gzip\r\n") },
        Case("has nothing to say", .protocolViolation) { $0.answer(202, type: nil) },
        Case("redirects", .refused(status: 307)) { $0.answer(307, type: nil, "Location: http://127.0.0.1:1/\r\n") },
        Case("redirects for ever", .refused(status: 301)) { $0.answer(301, type: nil, "Location: /mcp\r\n") },
        Case("wants credentials", .refused(status: 401)) { $0.answer(401, result) },
        Case("forbids", .refused(status: 403)) { $0.answer(403, result) },
        Case("knows no such thing", .refused(status: 404)) { $0.answer(404, "no", type: "text/plain") },
        Case("fails", .refused(status: 500)) { $0.answer(500, "oops", type: "text/plain") },
        Case("fails with JSON that is no answer", .refused(status: 500)) { $0.answer(500, #"{"error":"oops"}"#) },
        Case("fails with JSON that is a request", .refused(status: 400)) {
            $0.answer(400, #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
        },
        Case("ends a stream without an answer", .ended) { peer in
            peer.stream()
            peer.send("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n")
            peer.close()
        },
        Case("resets a stream", .ended) { peer in
            peer.stream()
            peer.reset()
        },
        Case("sends a line without end", .protocolViolation) { peer in
            peer.stream()
            peer.send("data: " + String(repeating: "x", count: 20_000))
        },
        Case("sends an event without end", .protocolViolation) { peer in
            peer.stream()
            peer.send(String(repeating: "data: xxxxxxxxx\n", count: 2_000))
        },
    ]

    @Test(arguments: cases) func `a request to a server that does so ends with the fact`(entry: Case) async throws {
        let limits = Upstream.limits {
            $0.eventBytes = 10_000
            $0.eventLineBytes = 10_000
        }
        try await Upstream.with(headers: [("Authorization", "planted-secret")], limits: limits) {
            (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            entry.answer(try await upstream.server.next("tools/list").peer)
            let end = try await upstream.receiver.first("its end") { if case .streamEnded = $0 { true } else { false } }
            #expect(end.isEnd(1, entry.kind), "\(end)")
            #expect(!"\(end)".contains("planted-secret"))
            // It was sent once, wherever it was sent to.
            #expect(upstream.server.requests.all.isEmpty)
        }
    }

    @Test func `an answer that is too long is one that cannot be read, and so is one that is no JSON`() async throws {
        try await Upstream.with(limits: Upstream.limits { $0.bodyBytes = 1000 }) { (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            try await upstream.server.next("tools/list").peer.answer(200, String(repeating: " ", count: 1001))
            _ = try await upstream.receiver.first("the answer") { $0 == .malformed(.tooLong, on: 1) }
            try await upstream.send("tools/list", id: 2)
            try await upstream.server.next("tools/list").peer.answer(200, "{")
            _ = try await upstream.receiver.first("the answer") {
                if case .malformed(.notJSON, 2) = $0 { true } else { false }
            }
        }
    }

    @Test func `errors with a status are answers, with the request's id where they have none`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            for (id, text) in [(1, #""id":1,"#), (2, #""id":null,"#), (3, "")] as [(Int64, String)] {
                try await upstream.send("tools/list", id: id)
                try await upstream.server.next("tools/list").peer.answer(
                    400, #"{"jsonrpc":"2.0",\#(text)"error":{"code":-32022,"message":"m","data":{"supported":[]}}}"#)
                let heard = try await upstream.receiver.first("the answer") { $0.isMessage(on: id) }
                guard case .message(let message, _) = heard else { return }
                #expect(message.contains(#""id":\#(id)"#) && message.contains("-32022"))
                _ = try await upstream.receiver.first("its end") { $0 == .streamEnded(id, nil) }
            }
        }
    }

    @Test func `a session that the server has forgotten ends the connection, and all that is open on it`() async throws
    {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.handshake()
            try await upstream.server.next("GET").peer.stream()
            try await upstream.send("tools/list", id: 2, version: "2025-11-25")
            _ = try await upstream.server.next("tools/list")
            try await upstream.send("tools/list", id: 3, version: "2025-11-25")
            try await upstream.server.next("tools/list").peer.answer(404, "gone", type: "text/plain")
            _ = try await upstream.receiver.first("the end") { $0 == .ended(.sessionLost) }
            await #expect(throws: UpstreamFailure.self) { try await upstream.send("tools/list", id: 4) }
        }
    }

    @Test func `a notification that is not taken is a failure`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            let sending = Task { try await upstream.send("notifications/cancelled", id: nil) }
            try await upstream.server.next("notifications/cancelled").peer.answer(500, type: nil)
            await #expect(throws: UpstreamFailure(.refused(status: 500), "the server answers 500")) {
                try await sending.value
            }
        }
    }

    @Test func `a notification that nobody acknowledges does not hold the sender for ever`() async throws {
        try await Upstream.with(limits: Upstream.limits { $0.acknowledgeMilliseconds = 300 }) {
            (upstream: Upstream) async throws in
            var kind: UpstreamFailure.Kind?
            do { try await upstream.send("notifications/cancelled", id: nil) } catch let failure as UpstreamFailure {
                kind = failure.kind
            }
            #expect(kind == .unanswered)
        }
    }

    @Test func `a server that says nothing is left in the end`() async throws {
        try await Upstream.with(limits: Upstream.limits { $0.silentMilliseconds = 4000 }) {
            (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            _ = try await upstream.receiver.first("its end") { $0.isEnd(1, .unanswered) }
            try await upstream.send("tools/list", id: 2)
            _ = try await upstream.server.next("tools/list")
            try await upstream.server.next("tools/list").peer.stream()
            _ = try await upstream.receiver.first("its end") { $0.isEnd(2, .unanswered) }
        }
    }

    @Test func `a server that is not there is known to be so, and nothing counts as sent`() async throws {
        let server = try await RawServer()
        let client = HTTPUpstreamClient()
        let endpoint = HTTPEndpoint(url: "http://127.0.0.1:\(server.port)/", headers: [])
        try await server.stop()
        let transport = try HTTPTransport(endpoint, client: client)
        let receiver = FakeReceiver()
        try await transport.open(receiver)
        let message = try #require(FreeMessage(["jsonrpc": "2.0", "id": 1, "method": "tools/list"]))
        var failure: UpstreamFailure?
        do throws(UpstreamFailure) {
            try await transport.send(message, MessageHead(id: 1, method: "tools/list"))
        } catch { failure = error }
        #expect(failure?.kind == .unreachable)
        #expect(receiver.heard.all.isEmpty)
        await transport.close()
        await client.shutdown()
    }

    @Test func `an event stream with rubbish in it is read on`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            let peer = try await upstream.server.next("tools/list").peer
            peer.stream()
            peer.send("event: other\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"forged\":1}}\n\n")
            peer.send("data: rubbish\n\ndata: \(Self.result)\n\n")
            _ = try await upstream.receiver.first("the rubbish") {
                if case .malformed(.notJSON, 1) = $0 { true } else { false }
            }
            #expect(
                try await upstream.receiver.first("the answer") { $0.isMessage(on: 1) } == .message(Self.result, on: 1))
        }
    }

    @Test func `answers that nobody asked for are the receiver's to drop`() async throws {
        try await Upstream.with { (upstream: Upstream) async throws in
            try await upstream.send("tools/list")
            let peer = try await upstream.server.next("tools/list").peer
            peer.stream()
            peer.send("data: {\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}\n\ndata: \(Self.result)\n\n")
            let first = try await upstream.receiver.first("an answer") { $0.isMessage(on: 1) }
            guard case .message(let text, _) = first else { return }
            #expect(text.contains("77"))
            _ = try await upstream.receiver.first("the answer") { $0.isMessage(on: 1) }
        }
    }

    @Test(arguments: [
        "http://example.com/mcp", "http://10.0.0.1/mcp", "ftp://127.0.0.1/", "127.0.0.1:80", "http://", "https://",
        "http://user@127.0.0.1/", "http://127.0.0.1@evil.example/", "http://127.0.0.1\\@evil.example/",
        "http://127.0.0.1#@evil.example/", "https://evil example/", "http://localhost.evil.example/",
        "http://[::1", "http://127.0.0.1:80:80/", "HTTP://127.0.0.1/", "https://a\r\nb/",
    ]) func `only https, or http to this machine, is spoken`(url: String) async {
        let client = HTTPUpstreamClient()
        #expect(throws: UpstreamFailure.self) { try HTTPTransport(HTTPEndpoint(url: url, headers: []), client: client) }
        await client.shutdown()
    }

    @Test(arguments: [
        "https://mcp.example/mcp?x=1", "http://127.0.0.1:8808/mcp", "http://localhost/", "http://[::1]:9/",
    ])
    func `these are spoken`(url: String) async throws {
        let client = HTTPUpstreamClient()
        _ = try HTTPTransport(HTTPEndpoint(url: url, headers: [("X-Api-Key", "k")]), client: client)
        await client.shutdown()
    }

    @Test(arguments: [
        ("Host", "a"), ("content-length", "3"), ("Transfer-Encoding", "chunked"), ("Mcp-Session-Id", "x"),
        ("MCP-Protocol-Version", "x"), ("Mcp-Param-Region", "x"), ("Writ-Passport", "x"), ("a b", "x"), ("", "x"),
        ("X-Key", "planted-secret\r\nX: y"), ("X-Key", "planted-secret\u{7f}"),
    ]) func `headers that are not the operator's to set are refused, and no value is quoted`(
        name: String, value: String
    ) async throws {
        let client = HTTPUpstreamClient()
        let endpoint = HTTPEndpoint(url: "https://mcp.example/", headers: [(name, value)])
        var text = ""
        do throws(UpstreamFailure) { _ = try HTTPTransport(endpoint, client: client) } catch { text = "\(error)" }
        #expect(!text.isEmpty && !text.contains("planted-secret"))
        await client.shutdown()
    }
}
