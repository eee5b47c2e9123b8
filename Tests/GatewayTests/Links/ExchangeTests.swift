// SPDX-License-Identifier: Apache-2.0

import MCP
import PortTesting
import StrictJSON
import Testing

@testable import Gateway

@Suite struct ExchangeTests {
    private static func result(_ n: Int64) -> JSON { ["n": .integer(n)] }

    private static func answer(_ id: JSON, _ n: Int64) -> JSON {
        ["jsonrpc": "2.0", "id": id, "result": result(n)]
    }

    // MARK: Answers

    @Test func `an answer reaches who waits, and one that is there before anybody waits is kept`() async throws {
        let open = try await OpenLink(FakeServer { $0.answer($1, Self.result($1["id"]?.int64 ?? 0)) })
        let early = try await open.call()
        #expect(try await open.reply(early).said == "result \(early)")

        let late = try await OpenLink(FakeServer())
        let id = try await late.call()
        let waiting = late.waiting(id)
        try await late.clock.alarm(within: 600_000)
        late.server.say(Self.answer(.integer(id), 5))
        #expect(await waiting.value.said == "result 5")
    }

    @Test func `an error is passed on as it is`() async throws {
        let open = try await OpenLink(FakeServer { $0.refuse($1, 7001, data: ["x": "1.50"]) })
        guard case .error(let error) = try await open.reply(try await open.call()) else {
            Issue.record("no error")
            return
        }
        #expect(error["data"]?.serialized() == Array(#"{"x":"1.50"}"#.utf8))
    }

    @Test func `a second answer is dropped and counted`() async throws {
        let open = try await OpenLink(FakeServer())
        let id = try await open.call()
        open.server.say(Self.answer(.integer(id), 1))
        open.server.say(Self.answer(.integer(id), 2))
        #expect(try await open.reply(id).said == "result 1")
        open.server.say(Self.answer(.integer(id), 3))
        #expect(open.dropped.rest == [.unknownServerID, .unknownServerID])
    }

    @Test func `answers to ids that nobody has, that were not sent yet, or of another type are dropped and counted`()
        async throws
    {
        let open = try await OpenLink(FakeServer())
        let sent = try await open.call()
        let unsent = try open.link.begin("tools/call", HeardExchange())
        let strange: [JSON] = [
            .integer(unsent), .integer(99), .integer(-1), .string(UTF8String("\(sent)")),
            .number(JSONNumber(Int64.max)), .string("x"),
        ]
        for id in strange { open.server.say(Self.answer(id, 9)) }
        #expect(open.dropped.rest == strange.map { _ in .unknownServerID })
        open.server.say(Self.answer(.integer(sent), 1))
        #expect(try await open.reply(sent).said == "result 1")
    }

    @Test func `an answer on another request's stream is not taken`() async throws {
        let open = try await OpenLink(FakeServer(hasRequestStreams: true))
        let first = try await open.call()
        let second = try await open.call()
        open.server.say(Self.answer(.integer(first), 1), on: second)
        #expect(open.dropped.rest == [.unknownServerID])
        open.server.say(Self.answer(.integer(first), 2), on: first)
        #expect(try await open.reply(first).said == "result 2")
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":ID,"result":{"a":1,"a":2}}"#,
        #"{"jsonrpc":"2.0","id":ID,"result":{"a":"\ud800"}}"#,
        #"{"jsonrpc":"2.0","id":ID,"result":7}"#,
        #"{"jsonrpc":"2.0","id":ID,"result":{},"error":{"code":1,"message":""}}"#,
        #"{"jsonrpc":"2.0","id":ID,"error":"no"}"#,
        #"{"jsonrpc":"1.0","id":ID,"result":{}}"#,
    ])
    func `an answer that cannot be read ends its request, and only that one`(line: String) async throws {
        let open = try await OpenLink(FakeServer())
        let id = try await open.call()
        let other = try await open.call()
        open.server.say(Array(line.replacing("ID", with: "\(id)").utf8))
        #expect(try await open.reply(id).said == "unreadable")
        #expect(open.dropped.rest == [.malformedFromServer])
        open.server.say(Self.answer(.integer(other), 3))
        #expect(try await open.reply(other).said == "result 3")
    }

    @Test(arguments: ["garbage", "[]", "{}", "[[[[", #"{"jsonrpc":"2.0","id":null,"result":{}}"#, "\u{1b}[31m"])
    func `garbage ends nothing`(line: String) async throws {
        let open = try await OpenLink(FakeServer())
        let id = try await open.call()
        open.server.say(Array(line.utf8))
        #expect(open.dropped.rest == [.malformedFromServer])
        open.server.say(Self.answer(.integer(id), 1))
        #expect(try await open.reply(id).said == "result 1")
    }

    @Test(arguments: ["null", "true", "[1]", "1.5"])
    func `an answer under an id that nobody can have is not its stream's`(id: String) async throws {
        let open = try await OpenLink(FakeServer(hasRequestStreams: true))
        let own = try await open.call()
        open.server.say(Array(#"{"jsonrpc":"2.0","id":ID,"result":{}}"#.replacing("ID", with: id).utf8), on: own)
        #expect(open.dropped.rest == [.malformedFromServer])
        open.server.say(Self.answer(.integer(own), 1), on: own)
        #expect(try await open.reply(own).said == "result 1")
    }

    @Test func `a stream that ends without the answer ends its request`() async throws {
        let open = try await OpenLink(FakeServer(hasRequestStreams: true))
        let answered = try await open.call()
        let unanswered = try await open.call()
        open.server.say(Self.answer(.integer(answered), 1), on: answered)
        open.server.streamEnded(of: answered, nil)
        open.server.streamEnded(of: unanswered, nil)
        #expect(try await open.reply(answered).said == "result 1")
        #expect(try await open.reply(unanswered).said == "failed ended")
        #expect(open.link.end == nil)
    }

    @Test func `ids are never used twice, and there are only so many open`() async throws {
        var limits = UpstreamLimits()
        limits.openRequests = 3
        let open = try await OpenLink(FakeServer { $0.answer($1, [:]) }, limits: limits)
        var ids = try (0..<3).map { _ in try open.link.begin("tools/call", HeardExchange()) }
        #expect(throws: UpstreamFailure.self) { try open.link.begin("tools/call", HeardExchange()) }
        ids.forEach(open.link.release)
        for _ in 0..<5 {
            let id = try await open.call()
            _ = try await open.reply(id)
            ids.append(id)
        }
        #expect(Set(ids).count == 8)
        #expect(ids == ids.sorted())
    }

    @Test func `a request is sent once, under an id that was taken`() async throws {
        let open = try await OpenLink(FakeServer())
        let id = try await open.call()
        for wrong in [id, id + 1] {
            await #expect(throws: UpstreamFailure.self) {
                try await open.link.forward(
                    LinkSamples.permit(LinkSamples.call(wrong)), MessageHead(id: wrong, method: "tools/call")
                ) {}
            }
        }
        #expect(open.server.got.rest.count == 1)
    }

    @Test func `a permit whose time is over is not forwarded, and its request fails`() async throws {
        let open = try await OpenLink(FakeServer())
        let clock = SettableClock()
        let permit = LinkSamples.permit(LinkSamples.call(1), clock: clock)
        clock.advance(milliseconds: 3_600_000)
        let id = try open.link.begin("tools/call", HeardExchange())
        let expired = Inbox<Void>()
        try await open.link.forward(permit, MessageHead(id: id, method: "tools/call")) { expired.add(()) }
        #expect(try await open.reply(id).said == "failed stalled")
        #expect(expired.rest.count == 1)
        #expect(open.server.got.rest.isEmpty)
    }

    // MARK: Progress and news

    @Test func `progress reaches the request whose token it names, until that has ended`() async throws {
        let open = try await OpenLink(FakeServer())
        let hears = HeardExchange()
        let other = HeardExchange()
        let id = try await open.call(hears)
        _ = try await open.call(other)
        func progress(_ token: JSON) -> JSON {
            ["jsonrpc": "2.0", "method": "notifications/progress", "params": ["progressToken": token, "progress": 1]]
        }
        open.server.say(progress(.integer(id)))
        open.server.say(progress(.string(UTF8String("\(id)"))))
        open.server.say(progress(.integer(77)))
        open.server.say(Self.answer(.integer(id), 1))
        open.server.say(progress(.integer(id)))
        #expect(hears.heard.rest.count == 1)
        #expect(other.heard.rest.isEmpty)
        #expect(open.dropped.rest == [.unknownServerID, .unknownServerID, .unknownServerID])
    }

    @Test func `news go to the request on whose stream they come or that they name, else to the link's observer`()
        async throws
    {
        let open = try await OpenLink(FakeServer(.dual), era: .modern)
        let listening = HeardExchange()
        let id = try open.link.begin("subscriptions/listen", listening)
        let listen = try #require(
            FreeMessage(["jsonrpc": "2.0", "id": .integer(id), "method": "ping"]), "stands for any request")
        try await open.link.send(listen, MessageHead(id: id, method: "subscriptions/listen"))
        let changed: JSON = ["jsonrpc": "2.0", "method": "notifications/tools/list_changed"]
        open.server.say(changed)
        open.server.say(changed, on: id)
        open.server.say([
            "jsonrpc": "2.0", "method": "notifications/tools/list_changed",
            "params": ["_meta": ["io.modelcontextprotocol/subscriptionId": .integer(id)]],
        ])
        #expect(listening.heard.rest.count == 2)
        #expect(open.observer.events.rest == [.notified("notifications/tools/list_changed")])
    }

    @Test
    func `before the stateless revision a change is everybody's on whichever stream it comes, a log message is not`()
        async throws
    {
        let open = try await OpenLink(FakeServer(hasRequestStreams: true))
        let hears = HeardExchange()
        let id = try await open.call(hears)
        for method in ["notifications/tools/list_changed", "notifications/message"] as [JSON] {
            open.server.say(["jsonrpc": "2.0", "method": method, "params": [:]], on: id)
        }
        #expect(open.observer.events.rest == [.notified("notifications/tools/list_changed")])
        #expect(hears.heard.rest.map { $0["method"] } == ["notifications/message"])
    }

    // MARK: Deadlines and cancellation

    @Test func `a request fails so long after the server last said anything about it, and the server is told`()
        async throws
    {
        let open = try await OpenLink(FakeServer())
        let id = try await open.call()
        _ = await open.server.got.first { _ in true }
        let waiting = open.waiting(id, within: 1_000)
        try await open.clock.alarm(within: 1_000)
        open.clock.advance(900)
        open.server.say([
            "jsonrpc": "2.0", "method": "notifications/progress",
            "params": ["progressToken": .integer(id), "progress": 1],
        ])
        open.clock.advance(900)
        #expect(open.server.got.rest.isEmpty, "900 ms after it was heard of")
        open.clock.advance(100)
        #expect(await waiting.value.said == "failed unanswered")
        let told = try await within("a cancellation") { await open.server.got.first { _ in true } }
        #expect(told?["method"] == "notifications/cancelled")
        #expect(told?["params"]?["requestId"] == .integer(id))
        open.server.say(Self.answer(.integer(id), 1))
        #expect(open.dropped.rest == [.unknownServerID])
    }

    @Test func `the shorter of two deadlines rings first, whichever was set first`() async throws {
        let open = try await OpenLink(FakeServer())
        let patient = open.waiting(try await open.call(), within: 5_000)
        try await open.clock.alarm(within: 5_000)
        let hasty = open.waiting(try await open.call(), within: 50)
        try await open.clock.alarm(within: 50)
        open.clock.advance(50)
        #expect(await hasty.value.said == "failed unanswered")
        open.clock.advance(4_950)
        #expect(await patient.value.said == "failed unanswered")
    }

    @Test(arguments: [
        (FakeServer.Habit.legacy, Era.legacy, false), (.legacy, .legacy, true), (.modern, .modern, false),
        (.modern, .modern, true),
    ])
    func `cancelling says so in the words of the era`(
        habit: FakeServer.Habit, era: Era, hasStreams: Bool
    ) async throws {
        let open = try await OpenLink(FakeServer(habit, hasRequestStreams: hasStreams), era: era)
        let id = try await open.call()
        let waiting = open.waiting(id)
        try await open.clock.alarm(within: 600_000)
        waiting.cancel()
        #expect(await waiting.value.said == "cancelled")
        #expect(open.server.abandoned.rest == [id])
        let methods = open.server.got.rest.compactMap { $0["method"]?.string }
        #expect(methods == (hasStreams && era == .modern ? ["tools/call"] : ["tools/call", "notifications/cancelled"]))
    }

    @Test func `a task that is cancelled already does not wait, and one whose answer is there gets it`() async throws {
        let open = try await OpenLink(FakeServer())
        let id = try await open.call()
        let answered = try await open.call()
        open.server.say(Self.answer(.integer(answered), 4))
        let gate = Inbox<Void>()
        let link = open.link
        let task = Task {
            _ = await gate.first { _ in true }
            return (await link.reply(to: id, within: 1), await link.reply(to: answered, within: 1))
        }
        task.cancel()
        gate.add(())
        let (first, second) = await task.value
        #expect(first.said == "cancelled")
        #expect(second.said == "result 4")
    }

    // MARK: The end

    @Test func `the end of a link fails everything that is open, at once, and is told once`() async throws {
        let open = try await OpenLink(FakeServer())
        let waiting = [try await open.call(), try await open.call()].map { open.waiting($0) }
        let unwaited = try await open.call()
        let unsent = try open.link.begin("tools/call", HeardExchange())
        for _ in 0..<1 { try await open.clock.alarm(within: 600_000) }
        open.server.end(UpstreamFailure(.ended, "crash"))
        open.server.end(UpstreamFailure(.ended, "again"))
        for task in waiting { #expect(await task.value.said == "failed ended") }
        #expect(try await open.reply(unwaited).said == "failed ended")
        #expect(throws: UpstreamFailure(.ended, "crash")) { try open.link.begin("tools/call", HeardExchange()) }
        await #expect(throws: UpstreamFailure(.ended, "crash")) {
            try await open.link.forward(
                LinkSamples.permit(LinkSamples.call(unsent)), MessageHead(id: unsent, method: "tools/call")
            ) {}
        }
        #expect(open.observer.events.rest == [.ended(UpstreamFailure(.ended, "crash"))])
    }

    @Test func `a session that the server knows no more is the end of its link`() async throws {
        let open = try await OpenLink(FakeServer(hasRequestStreams: true))
        let lost = try await open.call()
        let other = try await open.call()
        open.server.streamEnded(of: lost, UpstreamFailure(.sessionLost, "404"))
        #expect(try await open.reply(lost).said == "failed sessionLost")
        #expect(try await open.reply(other).said == "failed sessionLost")
        #expect(open.link.end?.kind == .sessionLost)
    }

    // MARK: The server's requests

    private static func question(_ id: JSON, _ method: UTF8String = "elicitation/create") -> JSON {
        ["jsonrpc": "2.0", "id": id, "method": .string(method), "params": [:]]
    }

    @Test func `a question belongs to the stream it came on, else to the newest permitted request`() async throws {
        let open = try await OpenLink(FakeServer())
        open.server.say(Self.question("a"))
        let first = try await open.call()
        let list = try open.link.begin("tools/list", HeardExchange())
        open.server.say(Self.question("b"))
        let second = try await open.call()
        let free = try #require(FreeMessage(["jsonrpc": "2.0", "id": .integer(list), "method": "tools/list"]))
        try await open.link.send(free, MessageHead(id: list, method: "tools/list"))
        open.server.say(Self.question("c"))
        open.server.say(Self.question("d"), on: first)
        let exchanges = open.observer.events.rest.map { event -> Int64? in
            if case .asked(_, _, let exchange) = event { exchange } else { -1 }
        }
        #expect(exchanges == [nil, first, second, first])
    }

    @Test func `ping is answered here, and a flood of it by a server that reads nothing is not answered for ever`()
        async throws
    {
        let open = try await OpenLink(FakeServer())
        open.server.say(Self.question("p", "ping"))
        let pong = try await within("a pong") { await open.server.got.first { _ in true } }
        #expect(pong == ["jsonrpc": "2.0", "id": "p", "result": [:]])
        #expect(open.observer.events.rest.isEmpty)

        let deaf = DeafServer()
        let link = ServerLink(
            "fake", LinkSamples.alice, deaf, LinkSurroundings(clock: ManualAlarmClock(), observer: HeardLink()))
        try await deaf.open(link)
        for n in 0..<10_000 { deaf.say(Self.question(.integer(Int64(n)), "ping")) }
        #expect(deaf.waiting == UpstreamLimits().ownMessages)
        deaf.letGo()
    }

    @Test func `a question may be refused, answered by a permit, or taken back; each once`() async throws {
        let open = try await OpenLink(FakeServer())
        func answer(_ id: RequestID) -> JSON { Message.result(id, ["action": "accept"]) }
        for id in ["r", "a", "w"] as [JSON] { open.server.say(Self.question(id)) }
        open.server.say(Self.question("a"))
        #expect(open.dropped.rest == [.refusedServerRequest], "the id is open already")
        #expect(open.observer.events.rest.count == 3)

        open.link.refuse(.string("r"), code: -32601, "no")
        open.link.refuse(.string("r"), code: -32601, "no")
        try await open.link.answer(.string("a"), LinkSamples.permit(answer(.string("a")))) {}
        open.server.say(["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": "w"]])
        open.server.say(["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": "w"]])
        for id in [RequestID.string("a"), .string("w"), .string("never")] {
            await #expect(throws: UpstreamFailure.self) {
                try await open.link.answer(id, LinkSamples.permit(answer(id))) {}
            }
        }
        #expect(open.observer.events.rest.last == .withdrew(.string("w")))
        let refused = try await within("a refusal") { await open.server.got.first { $0["error"] != nil } }
        #expect(refused?["id"] == "r")
        #expect(open.server.got.rest == [answer(.string("a"))])
    }

    @Test func `an answer whose permit is too late is an error for the server`() async throws {
        let open = try await OpenLink(FakeServer())
        open.server.say(Self.question("a"))
        let clock = SettableClock()
        let permit = LinkSamples.permit(Message.result(.string("a"), [:]), clock: clock)
        clock.advance(milliseconds: 3_600_000)
        try await open.link.answer(.string("a"), permit) {}
        let said = try await within("an error") { await open.server.got.first { _ in true } }
        #expect(said?["id"] == "a")
        #expect(said?["error"] != nil)
    }

    @Test func `a question restarts the clock of its request, and so does its answer`() async throws {
        let open = try await OpenLink(FakeServer())
        let id = try await open.call()
        let waiting = open.waiting(id, within: 1_000)
        try await open.clock.alarm(within: 1_000)
        open.clock.advance(900)
        open.server.say(Self.question("a"))
        open.clock.advance(900)
        open.link.refuse(.string("a"), code: 1, "no")
        open.clock.advance(900)
        open.server.say(Self.answer(.integer(id), 8))
        #expect(await waiting.value.said == "result 8")
    }

    @Test func `questions over the bound, and those of a stateless server, are refused here`() async throws {
        var limits = UpstreamLimits()
        limits.serverRequests = 2
        let open = try await OpenLink(FakeServer(), limits: limits)
        for n in 0..<4 { open.server.say(Self.question(.integer(Int64(n)))) }
        #expect(open.observer.events.rest.count == 2)
        for n in [2, 3] as [Int64] {
            let refusal = try await within("a refusal") { await open.server.got.first { $0["id"] == .integer(n) } }
            #expect(refusal?["error"] != nil)
        }
        let modern = try await OpenLink(FakeServer(.modern), era: .modern)
        modern.server.say(Self.question("x"))
        #expect(modern.observer.events.rest.isEmpty)
        #expect(modern.dropped.rest == [.refusedServerRequest])
    }
}

/// Takes messages for ever.
final class DeafServer: PlainServer, @unchecked Sendable {
    private let held = Inbox<CheckedContinuation<Void, Never>>()
    var waiting: Int { held.rest.count }

    override func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        await withCheckedContinuation { held.add($0) }
    }

    func letGo() { for continuation in held.rest { continuation.resume() } }
}
