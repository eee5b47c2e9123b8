// SPDX-License-Identifier: Apache-2.0

import Gateway
import HTTPGateway
import StrictJSON
import Testing

/// Sessions of the handshake revisions.
@Suite struct SessionTests {
    @Test func `initialize opens a session, later messages name it, DELETE ends it`() async throws {
        try await Door.with { (door: Door) async throws in
            let session = try await door.session()
            #expect(session.utf8.count == 22)
            _ = try await door.hub.happenings.first("the conversation") { $0 == .opened("alice", .httpSession) }
            let initialized = HTTPText(
                headers: HTTPText.legacy("x", session: session).headers,
                body: #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
            let accepted = try await door.ask(initialized)
            #expect(accepted.status == 202 && accepted.body.isEmpty)
            _ = try await door.hub.happenings.first("the notification") { $0 == .took("notifications/initialized") }
            let list = try await door.ask(
                .legacy("tools/list", session: session).setting("MCP-Protocol-Version", "2025-11-25"))
            #expect(list.status == 200 && list.headers["content-type"] == "application/json")
            #expect(try await door.ask(.bare("DELETE", session: session)).status == 204)
            _ = try await door.hub.happenings.first("the conversation's end") { $0 == .closed("alice") }
            #expect(try await door.ask(.legacy("tools/list", session: session)).status == 404)
            #expect(try await door.ask(.bare("DELETE", session: session)).status == 404)
            #expect(door.door.load.sessions == 0)
        }
    }

    @Test func `two sessions have ids that nobody guesses`() async throws {
        try await Door.with { (door: Door) async throws in
            var ids: Set<String> = []
            for _ in 0..<20 { ids.insert(try await door.session()) }
            #expect(ids.count == 20)
        }
    }

    @Test func `a session is its principal's and its endpoint's alone`() async throws {
        try await Door.with { (door: Door) async throws in
            let session = try await door.session("alice")
            #expect(try await door.ask(.legacy("tools/list", session: session, agent: "bob")).status == 404)
            #expect(try await door.ask(.bare("GET", session: session, agent: "bob")).status == 404)
            #expect(try await door.ask(.bare("DELETE", session: session, agent: "bob")).status == 404)
            // Another passport of the same agent may be for less.
            #expect(try await door.ask(.legacy("tools/list", session: session, agent: "alice#2")).status == 404)
            var elsewhere = HTTPText.legacy("tools/list", session: session)
            elsewhere.path = "/mcp/git"
            #expect(try await door.ask(elsewhere).status == 404)
            // An id is no credential.
            #expect(try await door.ask(.legacy("tools/list", session: session, agent: nil)).status == 401)
            #expect(try await door.ask(.legacy("tools/list", session: session)).status == 200)
        }
    }

    @Test func `a handshake that fails opens nothing`() async throws {
        try await Door.with { (door: Door) async throws in
            let response = try await door.ask(.legacy("initialize", params: #"{"fail":true}"#))
            #expect(response.status == 200 && response.headers["mcp-session-id"] == nil)
            _ = try await door.hub.happenings.first("the conversation's end") { $0 == .closed("alice") }
            #expect(door.door.load.sessions == 0)
        }
    }

    @Test func `errors are answers like others in these revisions`() async throws {
        try await Door.with { (door: Door) async throws in
            let session = try await door.session()
            #expect(
                try await door.ask(.legacy("test/error", params: #"{"code":-32601}"#, session: session)).status == 200)
        }
    }

    @Test func `answers of the client's are taken`() async throws {
        try await Door.with { (door: Door) async throws in
            let session = try await door.session()
            let answer = HTTPText(
                headers: HTTPText.legacy("x", session: session).headers, body: #"{"jsonrpc":"2.0","id":9,"result":{}}"#)
            #expect(try await door.ask(answer).status == 202)
            _ = try await door.hub.happenings.first("the answer") { $0 == .took("result") }
        }
    }

    @Test func `leaving is not cancelling`() async throws {
        try await Door.with { (door: Door) async throws in
            let session = try await door.session()
            let client = try await door.connect()
            try await client.send(HTTPText.legacy("test/hold", session: session).text)
            _ = try await door.hub.happenings.first("the request") { $0 == .began("test/hold") }
            try await client.close()
            try await within("the connection's end") { while door.door.load.connections > 0 { await Task.yield() } }
            #expect(door.door.load.exchanges == 1)
            door.hub.hold.letGo()
            try await within("its end") { while door.door.load.exchanges > 0 { await Task.yield() } }
            #expect(!door.hub.happenings.all.contains(.cancelled("test/hold")))
        }
    }

    @Test func `a request that the client took back ends without an answer`() async throws {
        try await Door.with { (door: Door) async throws in
            let session = try await door.session()
            let response = try await door.ask(.legacy("test/back", session: session))
            #expect(response.status == 200 && response.body.isEmpty)
        }
    }

    @Test func `a session has one stream, for what belongs to no request, also from before it`() async throws {
        try await Door.with { (door: Door) async throws in
            let session = try await door.session()
            let general = try #require(door.hub.lastGeneral)
            #expect(general.send(["jsonrpc": "2.0", "method": "notifications/early"]))
            let client = try await door.connect()
            try await client.send(HTTPText.bare("GET", session: session).text)
            let head = try await client.head()
            #expect(head.status == 200 && head.headers["content-type"] == "text/event-stream")
            #expect(try await client.event().contains("early"))
            #expect(general.send(["jsonrpc": "2.0", "method": "notifications/later"]))
            #expect(try await client.event().contains("later"))
            #expect(try await door.ask(.bare("GET", session: session)).status == 409)
            // Who comes back gets a stream again.
            try await client.close()
            try await within("the stream's end") { while door.door.load.usage > 0 { await Task.yield() } }
            let again = try await door.connect()
            try await again.send(HTTPText.bare("GET", session: session).text)
            #expect(try await again.head().status == 200)
            // DELETE ends it.
            #expect(try await door.ask(.bare("DELETE", session: session)).status == 204)
            #expect(try await again.chunk() == nil)
        }
    }

    @Test func `a session's stream ends with its agent's kill switch, and what waited in it is not sent`() async throws
    {
        try await Door.with { (door: Door) async throws in
            let sessions = [try await door.session(), try await door.session()]
            let general = try #require(door.hub.lastGeneral)
            var clients: [RawClient] = []
            for session in sessions {
                let client = try await door.connect()
                try await client.send(HTTPText.bare("GET", session: session).text)
                #expect(try await client.head().status == 200)
                clients.append(client)
            }
            #expect(general.send(["jsonrpc": "2.0", "method": "notifications/before"]))
            let before = try #require(try await clients[1].chunk())
            #expect(String(decoding: before, as: UTF8.self).contains("before"))
            #expect(door.hub.watchedStreams == 2)
            door.hub.stop()
            for client in clients { #expect(try await client.chunk() == nil) }
            try await within("the streams' end") { while door.door.load.usage > 0 { await Task.yield() } }
            // The session is still there.
            let again = try await door.connect()
            try await again.send(HTTPText.bare("GET", session: sessions[1]).text)
            #expect(try await again.head().status == 200)
            #expect(door.hub.watchedStreams == 1)
            try await again.close()
            try await within("the stream's end") { while door.hub.watchedStreams > 0 { await Task.yield() } }
        }
    }

    @Test func `without a stream only a little is kept, and no permit`() async throws {
        let permits = try PermitMaker()
        try await Door.with(permits: permits, limits: Door.limits { limits in limits.keptMessages = 3 }) {
            (door: Door) async throws in
            _ = try await door.session()
            let general = try #require(door.hub.lastGeneral)
            for number in 1...5 { #expect(general.send(["number": .integer(number)]) == (number <= 3)) }
            guard let permit = await permits.permit() else { throw Late(what: "a permit") }
            let isTaken = general.send(permit) {}
            #expect(!isTaken)
        }
    }

    @Test func `a session that nobody uses ends, and one in use does not`() async throws {
        try await Door.with { (door: Door) async throws in
            let idle = try await door.session()
            let used = try await door.session()
            let client = try await door.connect()
            try await client.send(HTTPText.bare("GET", session: used).text)
            _ = try await client.head()
            await door.door.beat(now: .now + .seconds(3600))
            #expect(try await door.ask(.legacy("tools/list", session: idle)).status == 404)
            #expect(try await door.ask(.legacy("tools/list", session: used)).status == 200)
        }
    }

    @Test func `who opens too many sessions loses the one that was idle for longest`() async throws {
        try await Door.with(limits: Door.limits { limits in limits.sessionsPerPrincipal = 2 }) {
            (door: Door) async throws in
            let others = try await door.session("bob")
            let first = try await door.session()
            let second = try await door.session()
            let third = try await door.session()
            #expect(try await door.ask(.legacy("tools/list", session: first)).status == 404)
            for session in [second, third] {
                #expect(try await door.ask(.legacy("tools/list", session: session)).status == 200)
            }
            #expect(try await door.ask(.legacy("tools/list", session: others, agent: "bob")).status == 200)
        }
    }

    @Test func `a hundred open streams cost no exchange's worth of anything once they are gone`() async throws {
        try await Door.with { (door: Door) async throws in
            var clients: [RawClient] = []
            for _ in 0..<100 {
                let session = try await door.session()
                let client = try await door.connect()
                try await client.send(HTTPText.bare("GET", session: session).text)
                #expect(try await client.head().status == 200)
                clients.append(client)
            }
            #expect(door.door.load.usage == 100)
            for client in clients { try await client.close() }
            try await within("the streams' end") { while door.door.load.usage > 0 { await Task.yield() } }
            #expect(door.door.load.exchanges == 0)
        }
    }
}
