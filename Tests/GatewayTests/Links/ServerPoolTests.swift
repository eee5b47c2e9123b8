// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

@Suite struct ServerPoolTests {
    /// A pool of fake servers, and everything around it.
    struct World {
        let servers: FakeServers
        let clock = ManualAlarmClock()
        let observer = HeardLink()
        let pool: ServerPool

        init(
            _ limits: UpstreamLimits = UpstreamLimits(),
            descriptions: [ServerDescription] = [
                LinkSamples.server("one"), LinkSamples.server("two"), LinkSamples.server("far", isProcess: false),
            ],
            make: @escaping @Sendable (UTF8String, Int) -> FakeServer = { _, _ in FakeServer { $0.answer($1, [:]) } }
        ) {
            servers = FakeServers(make)
            pool = ServerPool(
                descriptions, transports: servers, limits: limits, clock: clock,
                observer: { [observer] _, _ in observer })
        }

        func link(
            _ alias: UTF8String = "one", _ principal: Principal = LinkSamples.alice,
            _ client: ClientFacts = LinkSamples.client(.legacy)
        ) async throws -> any UpstreamLink {
            let pool = pool
            return try await within("a link") { try await pool.link(alias, principal, client: client) }
        }

        /// Ends the newest server as a crash does, and waits until its transport is closed.
        func crash(_ failure: UpstreamFailure = UpstreamFailure(.ended, "crash")) async throws {
            let newest = try #require(servers.all.last)
            newest.end(failure)
            _ = try await within("the transport's end") { await newest.closed.first { _ in true } }
        }
    }

    // MARK: Sharing

    @Test func `a link is opened once, for all who wait for it and who come later`() async throws {
        let world = World()
        let links = try await withThrowingTaskGroup(of: ObjectIdentifier.self) { group in
            for _ in 0..<50 { group.addTask { ObjectIdentifier(try await world.link()) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(links.count == 1)
        #expect(world.servers.all.count == 1)
        await world.pool.close()
    }

    @Test func `principals, servers and told capabilities never share a link`() async throws {
        let world = World()
        let able = LinkSamples.client(.legacy, LinkSamples.roots)
        let links = [
            try await world.link(), try await world.link("two"), try await world.link("one", LinkSamples.bob),
            try await world.link("one", LinkSamples.alice, able),
            try await world.link(
                "one", Principal(agentID: LinkSamples.alice.agentID, credential: .passport([9]))),
        ]
        #expect(Set(links.map { ObjectIdentifier($0) }).count == 5)
        let again = try await world.link("one", LinkSamples.alice, able)
        #expect(again === links[3])
        await world.pool.close()
        #expect(world.servers.alive == 0)
    }

    @Test func `an unknown server is an error`() async throws {
        let world = World()
        await #expect(throws: UpstreamFailure.self) { try await world.link("three") }
    }

    @Test func `a server's era is remembered by what was found out`() async throws {
        let world = World { _, _ in FakeServer(.legacy) }
        _ = try await world.link("one", LinkSamples.alice, LinkSamples.client(.modern))
        _ = try await world.link("one", LinkSamples.bob, LinkSamples.client(.modern))
        let methods = world.servers.all.map { $0.got.rest.first?["method"] }
        #expect(methods == ["server/discover", "initialize"])
        await world.pool.close()
    }

    @Test func `a server of both eras is spoken to in each agent's own, whoever came first`() async throws {
        let world = World { _, _ in FakeServer(.dual) }
        let first = try await world.link("one", LinkSamples.alice, LinkSamples.client(.legacy))
        let second = try await world.link("one", LinkSamples.bob, LinkSamples.client(.modern))
        #expect([first, second].map(\.facts.era) == [.legacy, .modern])
        await world.pool.close()
    }

    @Test(arguments: [Era.legacy, .modern])
    func `clients of both eras of one agent each have a server of both eras in their own`(first: Era) async throws {
        let world = World { _, _ in FakeServer(.dual) }
        let second: Era = first == .legacy ? .modern : .legacy
        var links: [any UpstreamLink] = []
        for era in [first, second, first, second] {
            links.append(try await world.link("one", LinkSamples.alice, LinkSamples.client(era)))
        }
        #expect(links.map(\.facts.era) == [first, second, first, second])
        #expect(links[0] === links[2] && links[1] === links[3])
        // One that ends is opened again in its own era, and the other goes on.
        world.servers.all.first?.end(UpstreamFailure(.sessionLost, "lost"))
        #expect(try await world.link("one", LinkSamples.alice, LinkSamples.client(first)).facts.era == first)
        #expect(try await world.link("one", LinkSamples.alice, LinkSamples.client(second)) === links[1])
        await world.pool.close()
        #expect(world.servers.alive == 0)
    }

    @Test(arguments: [[Era.legacy, .modern], [.modern, .legacy], [.modern, .modern]])
    func `a server of one era is shared by an agent's clients of both, whoever came first`(eras: [Era]) async throws {
        let world = World { _, _ in FakeServer(.legacy) }
        var links: [any UpstreamLink] = []
        for era in eras { links.append(try await world.link("one", LinkSamples.alice, LinkSamples.client(era))) }
        #expect(links[0] === links[1] && links[0].facts.era == .legacy)
        let spare = world.servers.all.dropFirst()
        for server in spare { _ = try await within("the end of the other") { await server.closed.first { _ in true } } }
        #expect(world.servers.alive == 1)
        await world.pool.close()
    }

    @Test func `clients of both eras that come at once end with one link to a server of one era`() async throws {
        let world = World { _, _ in FakeServer(.legacy) }
        let links = try await withThrowingTaskGroup(of: ObjectIdentifier.self) { group in
            for number in 0..<20 {
                let client = LinkSamples.client(number.isMultiple(of: 2) ? .legacy : .modern)
                group.addTask { ObjectIdentifier(try await world.link("one", LinkSamples.alice, client)) }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(links.count == 1)
        await world.pool.close()
        #expect(world.servers.alive == 0)
    }

    // MARK: Cancelling

    @Test func `who waits may go without the others, and the last one who goes ends what is being opened`()
        async throws
    {
        let world = World { _, n in FakeServer(n == 0 ? .modernSilent : .legacy) }
        let pool = world.pool
        let waiters = (0..<3).map { _ in
            Task { try await pool.link("one", LinkSamples.alice, client: LinkSamples.client(.legacy)) }
        }
        try await world.clock.alarm(within: 60_000)
        waiters[0].cancel()
        await #expect(throws: UpstreamFailure.self) { try await waiters[0].value }
        #expect(world.servers.alive == 1)
        waiters[1].cancel()
        waiters[2].cancel()
        let first = try #require(world.servers.all.first)
        _ = try await within("the end of it") { await first.closed.first { _ in true } }
        for waiter in waiters { await #expect(throws: UpstreamFailure.self) { try await waiter.value } }
        // Nobody's fault: it is opened anew without a pause.
        _ = try await world.link()
        #expect(world.servers.all.count == 2)
        await pool.close()
    }

    // MARK: Ends and pauses

    @Test func `a server that ended is opened again after growing pauses, and requests fail at once during them`()
        async throws
    {
        let world = World()
        _ = try await world.link()
        for pause in [200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000] as [Int64] {
            try await world.crash()
            let count = world.servers.all.count
            world.clock.advance(pause - 1)
            await #expect(throws: UpstreamFailure.self) { try await world.link() }
            #expect(world.servers.all.count == count, "left alone")
            world.clock.advance(1)
            _ = try await world.link()
            #expect(world.servers.all.count == count + 1)
        }
        await world.pool.close()
    }

    @Test func `a minute of health makes the next pause a first one`() async throws {
        let world = World()
        _ = try await world.link()
        for _ in 0..<4 {
            try await world.crash()
            world.clock.advance(30_000)
            _ = try await world.link()
        }
        world.clock.advance(60_000)
        try await world.crash()
        await #expect(throws: UpstreamFailure.self) { try await world.link() }
        world.clock.advance(200)
        _ = try await world.link()
        await world.pool.close()
    }

    @Test func `a pause of one principal's server is no other's`() async throws {
        let world = World()
        _ = try await world.link()
        try await world.crash()
        _ = try await world.link("one", LinkSamples.bob)
        await #expect(throws: UpstreamFailure.self) { try await world.link() }
        await world.pool.close()
    }

    @Test func `what cannot be opened is left alone as well`() async throws {
        let world = World(make: { _, _ in FakeServer(.modernSilent) })
        let transportless = ServerPool(
            [LinkSamples.server("far", isProcess: false)],
            transports: EndpointTransports(processes: world.servers), clock: world.clock,
            observer: { _, _ in HeardLink() })
        await #expect(throws: UpstreamFailure(.unreachable, "servers with a URL cannot be reached from here")) {
            try await transportless.link("far", LinkSamples.alice, client: LinkSamples.client(.legacy))
        }
        do {
            _ = try await transportless.link("far", LinkSamples.alice, client: LinkSamples.client(.legacy))
            Issue.record("it was opened")
        } catch {
            #expect(error.text.contains("left alone"))
        }
        await transportless.close()
    }

    @Test func `a lost session is opened again at once, once`() async throws {
        let world = World()
        let first = try await world.link("far")
        try await world.crash(UpstreamFailure(.sessionLost, "404"))
        let second = try await world.link("far")
        #expect(first !== second)
        try await world.crash(UpstreamFailure(.sessionLost, "404"))
        await #expect(throws: UpstreamFailure.self) { try await world.link("far") }
        world.clock.advance(200)
        _ = try await world.link("far")
        await world.pool.close()
    }

    @Test func `a decided request is never made again by itself`() async throws {
        let world = World { _, _ in FakeServer(hasRequestStreams: true) }
        let link = try await world.link("far")
        let id = try link.begin("tools/call", HeardExchange())
        try await link.forward(LinkSamples.permit(LinkSamples.call(id)), MessageHead(id: id, method: "tools/call")) {}
        try await world.crash(UpstreamFailure(.sessionLost, "404"))
        #expect(await link.reply(to: id, within: 1_000).said == "failed sessionLost")
        _ = try await world.link("far")
        let calls = world.servers.all.flatMap(\.got.rest).filter { $0["method"] == "tools/call" }
        #expect(calls.count == 1)
        await world.pool.close()
    }

    @Test func `the observer hears of an end after what was open has failed`() async throws {
        let world = World { _, _ in FakeServer() }
        let link = try await world.link()
        let id = try link.begin("tools/call", HeardExchange())
        try await world.crash()
        #expect(world.observer.events.rest == [.ended(UpstreamFailure(.ended, "crash"))])
        #expect(await link.reply(to: id, within: 1).said == "failed ended")
        await world.pool.close()
        #expect(world.observer.events.rest.count == 1)
    }

    // MARK: Bounds

    @Test func `there are never more processes than may be: who is idle goes first, and gone before the next comes`()
        async throws
    {
        var limits = UpstreamLimits()
        limits.processes = 2
        let world = World(limits)
        _ = try await world.link("one")
        world.clock.advance(1)
        let two = try await world.link("two")
        world.clock.advance(1)
        let busy = try two.begin("tools/call", HeardExchange())
        _ = try await world.link("one", LinkSamples.bob)
        #expect(world.servers.all.map(\.isClosed) == [true, false, false])
        let third = world.servers.all[2]
        let idle = try await world.link("one", LinkSamples.bob)
        let alsoBusy = try idle.begin("tools/call", HeardExchange())
        await #expect(throws: UpstreamFailure.self) { try await world.link("two", LinkSamples.bob) }
        #expect(!third.isClosed)
        // A server with a URL needs no process.
        _ = try await world.link("far")
        two.release(busy)
        idle.release(alsoBusy)
        await world.pool.close()
        #expect(world.servers.alive == 0)
    }

    @Test func `who takes a process's place is not started before that is gone`() async throws {
        var limits = UpstreamLimits()
        limits.processes = 1
        let stuck = StuckServer()
        let wasGone = Inbox<Bool>()
        let pool = ServerPool(
            [LinkSamples.server("one"), LinkSamples.server("two")],
            transports: ByAlias { alias in
                if alias == "one" { return stuck }
                wasGone.add(!stuck.closed.rest.isEmpty)
                return FakeServer()
            }, limits: limits, clock: ManualAlarmClock(), observer: { _, _ in HeardLink() })
        _ = try await pool.link("one", LinkSamples.alice, client: LinkSamples.client(.legacy))
        let second = Task { try await pool.link("two", LinkSamples.bob, client: LinkSamples.client(.legacy)) }
        _ = try await within("the first one's end to begin") { await stuck.closing.first { _ in true } }
        stuck.letGo()
        _ = try await within("the second") { try await second.value }
        #expect(wasGone.rest == [true])
        await pool.close()
    }

    @Test func `a principal has so many links and no more, whatever others have`() async throws {
        var limits = UpstreamLimits()
        limits.linksPerPrincipal = 1
        let world = World(limits)
        let first = try await world.link("one")
        _ = try await world.link("one", LinkSamples.bob)
        let id = try first.begin("tools/call", HeardExchange())
        await #expect(throws: UpstreamFailure.self) { try await world.link("two") }
        first.release(id)
        _ = try await world.link("two")
        #expect(world.servers.all.map(\.isClosed) == [true, false, false])
        await world.pool.close()
    }

    @Test func `links that nobody uses end after a time, those in use do not`() async throws {
        var limits = UpstreamLimits()
        limits.idleMilliseconds = 10_000
        let world = World(limits)
        _ = try await world.link("one")
        let used = try await world.link("two")
        let id = try used.begin("tools/call", HeardExchange())
        world.clock.advance(9_999)
        #expect(world.servers.alive == 2)
        world.clock.advance(1)
        let first = world.servers.all[0]
        _ = try await within("the idle one's end") { await first.closed.first { _ in true } }
        #expect(world.servers.all.map(\.isClosed) == [true, false])
        used.release(id)
        world.clock.advance(10_000)
        let second = world.servers.all[1]
        _ = try await within("the other's end") { await second.closed.first { _ in true } }
        _ = try await world.link("one")
        #expect(world.servers.all.count == 3)
        await world.pool.close()
    }

    // MARK: Closing

    @Test func `closing ends everything, those who wait included, and nothing is opened afterwards`() async throws {
        let world = World { alias, _ in FakeServer(alias == "two" ? .modernSilent : .legacy) }
        _ = try await world.link("one")
        let pool = world.pool
        let waiting = Task { try await pool.link("two", LinkSamples.alice, client: LinkSamples.client(.legacy)) }
        try await world.clock.alarm(within: 60_000)
        try await within("the end") { await pool.close() }
        await #expect(throws: UpstreamFailure.self) { try await waiting.value }
        await #expect(throws: UpstreamFailure.self) { try await world.link("one") }
        #expect(world.servers.alive == 0)
        #expect(world.servers.all.count == 2)
    }

    @Test func `closing waits for what takes its time, and not beyond the deadline`() async throws {
        let clock = ManualAlarmClock()
        let stuck = StuckServer()
        let pool = ServerPool(
            [LinkSamples.server("one")], transports: OneTransport(stuck), clock: clock,
            observer: { _, _ in HeardLink() })
        _ = try await pool.link("one", LinkSamples.alice, client: LinkSamples.client(.legacy))
        let isClosed = Mutex(false)
        let closing = Task {
            await pool.close()
            isClosed.withLock { $0 = true }
        }
        try await clock.alarm(within: 5_000)
        #expect(!isClosed.withLock { $0 })
        clock.advance(5_000)
        try await within("the deadline") { await closing.value }
        stuck.letGo()
    }

    @Test func `a principal's links can be ended alone`() async throws {
        let world = World()
        _ = try await world.link("one")
        _ = try await world.link("one", LinkSamples.bob)
        world.pool.close(LinkSamples.alice)
        let first = world.servers.all[0]
        _ = try await within("the end of it") { await first.closed.first { _ in true } }
        #expect(world.servers.all.map(\.isClosed) == [true, false])
        _ = try await world.link("one")
        await world.pool.close()
    }
}

/// Does not end before it is told to.
final class StuckServer: PlainServer, @unchecked Sendable {
    private let gate = Inbox<Void>()

    override func take(_ message: JSON) {
        guard let id = message["id"] else { return }
        say([
            "jsonrpc": "2.0", "id": id,
            "result": ["protocolVersion": "2025-06-18", "capabilities": [:], "serverInfo": [:]],
        ])
    }

    let closing = Inbox<Void>()

    override func close() async {
        closing.add(())
        _ = await gate.first { _ in true }
        await super.close()
    }

    func letGo() { gate.end() }
}

struct ByAlias: TransportFactory {
    let make: @Sendable (UTF8String) -> any UpstreamTransport
    init(_ make: @escaping @Sendable (UTF8String) -> any UpstreamTransport) { self.make = make }
    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        make(server.alias)
    }
}

struct OneTransport: TransportFactory {
    let one: any UpstreamTransport
    init(_ one: any UpstreamTransport) { self.one = one }
    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport { one }
}
