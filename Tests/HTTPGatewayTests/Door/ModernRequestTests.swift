// SPDX-License-Identifier: Apache-2.0

import Gateway
import HTTPGateway
import StrictJSON
import Testing

/// Requests of the stateless revision.
@Suite struct ModernRequestTests {
    @Test func `an answer with nothing before it is JSON`() async throws {
        try await Door.with { (door: Door) async throws in
            let response = try await door.ask(.modern("tools/list", id: #""a-1""#))
            #expect(response.status == 200)
            #expect(response.headers["content-type"] == "application/json")
            #expect(response.headers["mcp-session-id"] == nil)
            let answer = try JSON(parsing: response.body)
            #expect(answer["id"] == "a-1")
            #expect(answer["result"]?["agent"]?.string == "alice")
            _ = try await door.hub.happenings.first("the conversation") { $0 == .opened("alice", .httpRequest) }
            _ = try await door.hub.happenings.first("its end") { $0 == .closed("alice") }
        }
    }

    @Test func `an answer with something before it is an event stream that ends with it`() async throws {
        try await Door.with { (door: Door) async throws in
            let response = try await door.ask(.modern("test/progress"))
            #expect(response.headers["content-type"] == "text/event-stream")
            #expect(response.headers["x-accel-buffering"] == "no")
            let events = response.text.split(separator: "\n").filter { $0.hasPrefix("data: ") }
            #expect(events.count == 4)
            #expect(events.dropLast().allSatisfy { $0.contains("notifications/progress") })
            #expect(events.last?.contains(#""done":true"#) == true)
        }
    }

    @Test(arguments: [(-32601, 404), (-32020, 400), (-32021, 400), (-32022, 400), (-32602, 200), (40301, 200)])
    func `errors have the status that the revision gives them`(code: Int, status: Int) async throws {
        try await Door.with { (door: Door) async throws in
            let response = try await door.ask(.modern("test/error", params: #""code":\#(code)"#))
            #expect(response.status == status)
            #expect(try JSON(parsing: response.body)["error"]?["code"]?.int64 == Int64(code))
        }
    }

    @Test func `the endpoint of one server and that of all are both there`() async throws {
        try await Door.with { (door: Door) async throws in
            var request = HTTPText.modern("tools/list")
            request.path = "/mcp/git"
            #expect(try await door.ask(request).status == 200)
        }
    }

    @Test func `a passport may come in _meta, as text or as an object`() async throws {
        try await Door.with { (door: Door) async throws in
            let text = HTTPText.modern(
                "tools/list", agent: nil, meta: #","dev.writ/passport":"\#(HTTPText.passport("carol"))""#)
            #expect(try await door.ask(text).text.contains("carol"))
            // What the header says counts.
            let both = HTTPText.modern(
                "tools/list", agent: "dave", meta: #","dev.writ/passport":"\#(HTTPText.passport("carol"))""#)
            #expect(try await door.ask(both).text.contains("dave"))
        }
    }

    @Test func `leaving is cancelling`() async throws {
        try await Door.with { (door: Door) async throws in
            for leave in [{ try await $0.close() }, { try await $0.reset() }]
                as [@Sendable (RawClient) async throws -> Void]
            {
                let client = try await door.connect()
                try await client.send(HTTPText.modern("test/hold").text)
                _ = try await door.hub.happenings.first("the request") { $0 == .began("test/hold") }
                try await leave(client)
                _ = try await door.hub.happenings.first("its cancellation") { $0 == .cancelled("test/hold") }
                _ = try await door.hub.happenings.first("the conversation's end") { $0 == .closed("alice") }
            }
        }
    }

    @Test func `leaving in the middle of a stream is cancelling`() async throws {
        try await Door.with { (door: Door) async throws in
            let client = try await door.connect()
            try await client.send(HTTPText.modern("test/stream").text)
            #expect(try await client.head().status == 200)
            #expect(try await client.event().contains("notifications/first"))
            try await client.close()
            _ = try await door.hub.happenings.first("its cancellation") { $0 == .cancelled("test/stream") }
        }
    }

    @Test func `requests on one connection are answered in turn`() async throws {
        try await Door.with { (door: Door) async throws in
            let client = try await door.connect()
            let requests = (1...20).map {
                HTTPText.modern($0.isMultiple(of: 3) ? "test/progress" : "tools/list", id: "\($0)")
            }
            try await client.send(requests.map(\.text).joined())
            for number in 1...20 { #expect(try await client.response().text.contains(#""id":\#(number)"#)) }
            #expect(door.door.load.connections == 1)
        }
    }

    @Test func `a notification is accepted, and goes nowhere`() async throws {
        try await Door.with { (door: Door) async throws in
            var request = HTTPText.modern("notifications/cancelled")
            request.body = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#
            let response = try await door.ask(request)
            #expect(response.status == 202 && response.body.isEmpty)
            #expect(door.hub.happenings.all.isEmpty)
        }
    }

    @Test func `a session's headers mean nothing here`() async throws {
        try await Door.with { (door: Door) async throws in
            let request = HTTPText.modern("tools/list").setting("Mcp-Session-Id", "x").setting("Last-Event-ID", "7")
            let response = try await door.ask(request)
            #expect(response.status == 200 && response.headers["mcp-session-id"] == nil)
        }
    }

    @Test func `a request that takes long becomes a stream with signs of life`() async throws {
        try await Door.with(limits: Door.limits { $0.keepAliveMilliseconds = 40 }) { (door: Door) async throws in
            let client = try await door.connect()
            try await client.send(HTTPText.modern("test/hold").text)
            #expect(try await client.head().headers["content-type"] == "text/event-stream")
            _ = try await client.text(upTo: ":\n\n")
            _ = try await client.text(upTo: ":\n\n")
            door.hub.hold.letGo()
            #expect(try await client.event().contains("held"))
        }
    }

    @Test func `a stream takes no more than its queue holds, and the client that reads late gets all of that`()
        async throws
    {
        try await Door.with(limits: Door.limits { limits in limits.queuedMessages = 50 }) { (door: Door) async throws in
            let client = try await door.connect(readsNothing: true)
            try await client.send(HTTPText.modern("test/flood").text)
            let refused = try await door.hub.happenings.first("a full queue") {
                if case .refused = $0 { true } else { false }
            }
            guard case .refused(let count) = refused else { return }
            try await client.read()
            _ = try await client.head()
            door.hub.hold.letGo()
            var events = 0
            while !(try await client.event().contains(#""result""#)) { events += 1 }
            #expect(events == count)
        }
    }

    @Test func `the bytes that wait for all clients together are bounded`() async throws {
        try await Door.with(limits: Door.limits { limits in limits.allQueuedBytes = 25_000 }) {
            (door: Door) async throws in
            let client = try await door.connect(readsNothing: true)
            try await client.send(HTTPText.modern("test/flood").text)
            _ = try await door.hub.happenings.first("a full queue") { if case .refused = $0 { true } else { false } }
            try await client.close()
            _ = try await door.hub.happenings.first("the end") { $0 == .closed("alice") }
        }
    }

    @Test func `a client that takes nothing is left`() async throws {
        try await Door.with(
            limits: Door.limits {
                $0.writeDeadlineMilliseconds = 100
                // More than the system takes on its own.
                $0.queuedMessages = 5000
            }
        ) { (door: Door) async throws in
            let client = try await door.connect(readsNothing: true)
            try await client.send(HTTPText.modern("test/flood").text)
            _ = try await door.hub.happenings.first("the end") { $0 == .closed("alice") }
        }
    }

    @Test func `a head that trickles, a body that trickles and silence all end`() async throws {
        try await Door.with(
            limits: Door.limits { limits in
                limits.idleMilliseconds = 300; limits.bodyMilliseconds = 300
            }
        ) { (door: Door) async throws in
            let silent = try await door.connect()
            let head = try await door.connect()
            let body = try await door.connect()
            // Where the machine is so slow that a connection has ended already, nothing can be sent on it, and that is it.
            let trickle = Task {
                try await head.send("POST /mcp HTTP/1.1\r\nHost: localhost\r\n")
            }
            let drip = Task {
                try await body.send(HTTPText.modern("x").head + "Content-Length: 100\r\n\r\n")
                while true {
                    try await body.send(" ")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            defer {
                trickle.cancel()
                drip.cancel()
            }
            for client in [silent, head, body] { _ = try await client.closed() }
        }
    }

    @Test func `who asks for too much at once is refused, and others are not`() async throws {
        try await Door.with(limits: Door.limits { $0.exchangesPerPrincipal = 2 }) { (door: Door) async throws in
            var clients: [RawClient] = []
            for _ in 0..<2 {
                let client = try await door.connect()
                try await client.send(HTTPText.modern("test/hold").text)
                _ = try await door.hub.happenings.first("the request") { $0 == .began("test/hold") }
                clients.append(client)
            }
            let third = try await door.ask(.modern("tools/list"))
            #expect(third.status == 429 && third.headers["retry-after"] == "1")
            // What is refused opens nothing that would have to be closed.
            #expect(door.hub.happenings.all.count { $0 == .opened("alice", .httpRequest) } == 2)
            #expect(try await door.ask(.modern("tools/list", agent: "bob")).status == 200)
            door.hub.hold.letGo()
            door.hub.hold.letGo()
            for client in clients { #expect(try await client.response().status == 200) }
            #expect(try await door.ask(.modern("tools/list")).status == 200)
        }
    }

    @Test func `the bodies of all clients together are bounded`() async throws {
        try await Door.with(limits: Door.limits { limits in limits.allBodyBytes = 1000 }) { (door: Door) async throws in
            let half = try await door.connect()
            try await half.send(HTTPText.modern("x").head + "Content-Length: 900\r\n\r\n{")
            try await within("the half body") { while door.door.load.bodyBytes < 900 { await Task.yield() } }
            let refused = try await door.ask(.modern("tools/list"))
            #expect(refused.status == 503 && refused.headers["retry-after"] == "1")
            try await half.close()
            try await within("its end") { while door.door.load.bodyBytes > 0 { await Task.yield() } }
            #expect(try await door.ask(.modern("tools/list")).status == 200)
        }
    }

    @Test(arguments: ["alice", nil]) func `one agent's bodies, and strangers', are a part of all`(
        agent: String?
    ) async throws {
        let limits = Door.limits { limits in
            limits.allBodyBytes = 2000
            limits.bodyBytesPerPrincipal = 1000
            limits.bodyMilliseconds = 600_000
        }
        try await Door.with(limits: limits) { (door: Door) async throws in
            let half = try await door.connect()
            try await half.send(HTTPText.modern("x", agent: agent).head + "Content-Length: 900\r\n\r\n{")
            try await within("the half body") { while door.door.load.bodyBytes < 900 { await Task.yield() } }
            #expect(try await door.ask(.modern("tools/list", agent: agent)).status == 503)
            #expect(try await door.ask(.modern("tools/list", agent: "bob")).status == 200)
            try await half.close()
            try await within("its end") { while door.door.load.bodyBytes > 0 { await Task.yield() } }
        }
    }

    @Test func `a permit's bytes go to the client, once they may`() async throws {
        try await Door.with(permits: try PermitMaker()) { (door: Door) async throws in
            let response = try await door.ask(.modern("test/permit"))
            #expect(response.text.contains(#""method":"tools/call""#))
            #expect(door.hub.happenings.all.allSatisfy { $0 != .expired })
        }
    }

    @Test func `a permit that waits behind a client that reads nothing is spent too late, and so not at all`()
        async throws
    {
        let permits = try PermitMaker()
        try await Door.with(permits: permits) { (door: Door) async throws in
            let client = try await door.connect(readsNothing: true)
            try await client.send(HTTPText.modern("test/flood").text)
            _ = try await door.hub.happenings.first("a full queue") { if case .refused = $0 { true } else { false } }
            let sink = try #require(door.hub.lastGeneral)
            // Room for one more must be made before it can wait: a little is read.
            try await client.read()
            var isTaken = false
            while !isTaken {
                guard let permit = await permits.permit() else { return }
                isTaken = sink.send(permit) { door.hub.happenings.add(.expired) }
                if !isTaken { await Task.yield() }
            }
            permits.expire()
            door.hub.hold.letGo()
            let text = try await client.response().text
            let expired = door.hub.happenings.all.contains(.expired)
            // Either it left in time or it did not leave.
            #expect(text.contains(#""method":"tools/call""#) != expired)
        }
    }

    @Test func `closing takes nothing new, lets requests finish, and cancels what does not`() async throws {
        try await Door.with(limits: Door.limits { $0.graceMilliseconds = 60_000 }) { (door: Door) async throws in
            let finishing = try await door.connect()
            try await finishing.send(HTTPText.modern("test/hold").text)
            _ = try await door.hub.happenings.first("the request") { $0 == .began("test/hold") }
            let stopping = Task { await door.door.stop() }
            try await within("closing") { while !(await Self.isClosing(door)) { await Task.yield() } }
            door.hub.hold.letGo()
            #expect(try await finishing.response().text.contains("held"))
            await stopping.value
        }
        try await Door.with { (door: Door) async throws in
            let endless = try await door.connect()
            try await endless.send(HTTPText.modern("test/hold").text)
            _ = try await door.hub.happenings.first("the request") { $0 == .began("test/hold") }
            try await within("the door's closing") { await door.door.stop() }
            _ = try await door.hub.happenings.first("its cancellation") { $0 == .cancelled("test/hold") }
        }
    }

    private static func isClosing(_ door: Door) async -> Bool {
        do { return try await door.ask(.bare("GET").setting("Host", "localhost")).status == 503 } catch { return true }
    }
}
