// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@testable import Gateway

@Suite struct LinkHandshakeTests {
    struct Opened {
        let link: ServerLink
        let servers: [FakeServer]
        let observer: HeardLink
        var methods: [UTF8String] { servers.flatMap { $0.got.rest.compactMap { $0["method"]?.string } } }
    }

    /// Opens a link; whenever a question is left unanswered, time passes.
    private static func open(_ habit: FakeServer.Habit, _ era: Era, known: Era? = nil) async throws -> Opened {
        let servers = FakeServers { _, _ in FakeServer(habit) }
        let clock = ManualAlarmClock()
        let observer = HeardLink()
        let description = LinkSamples.server("fake")
        let opening = Task {
            try await ServerLink.open(
                "fake", LinkSamples.alice, client: LinkSamples.client(era, LinkSamples.roots), known: known,
                LinkSurroundings(clock: clock, observer: observer)
            ) { servers.transport(for: description, principal: LinkSamples.alice) }
        }
        let impatience = Task {
            while let moment = await clock.set.first(where: { _ in true }) {
                clock.advance(max(0, moment - clock.milliseconds()))
            }
        }
        defer { impatience.cancel() }
        let link = try await within("a link") { try await opening.value }
        return Opened(link: link, servers: servers.all, observer: observer)
    }

    @Test(arguments: [
        (FakeServer.Habit.legacy, Era.legacy, Era.legacy, ["initialize", "notifications/initialized"]),
        (.legacy, .modern, .legacy, ["server/discover", "initialize", "notifications/initialized"]),
        (.pythonLegacy, .modern, .legacy, ["server/discover", "initialize", "notifications/initialized"]),
        (.confused, .modern, .legacy, ["server/discover", "initialize", "notifications/initialized"]),
        (.legacySilent, .modern, .legacy, ["server/discover", "initialize", "notifications/initialized"]),
        (.legacyFragile, .modern, .legacy, ["server/discover", "initialize", "notifications/initialized"]),
        (.dual, .legacy, .legacy, ["initialize", "notifications/initialized"]),
        (.dual, .modern, .modern, ["server/discover"]),
        (.modern, .modern, .modern, ["server/discover"]),
        (.modern, .legacy, .modern, ["initialize", "server/discover"]),
        (.modernUnknownMethod, .legacy, .modern, ["initialize", "server/discover"]),
        (.modernSilent, .legacy, .modern, ["initialize", "server/discover"]),
    ])
    func `a server is spoken to in the client's era where it can be, else in its own`(
        habit: FakeServer.Habit, client: Era, settled: Era, said: [String]
    ) async throws {
        let opened = try await Self.open(habit, client)
        #expect(opened.link.facts.era == settled)
        #expect(opened.methods.map(\.string) == said)
        #expect(
            opened.link.facts.version
                == (settled == .modern ? "2026-07-28" : (client == .legacy ? "2025-06-18" : "2025-11-25")))
        #expect(opened.link.facts.info == ["name": "fake", "version": "1"] || habit == .confused)
        #expect(opened.servers.filter { !$0.isClosed }.count == 1, "a server that fell over is not left behind")
    }

    @Test func `a server whose era is known is not asked in the other one`() async throws {
        let opened = try await Self.open(.legacyFragile, .modern, known: .legacy)
        #expect(opened.methods == ["initialize", "notifications/initialized"])
        #expect(opened.servers.count == 1)
    }

    @Test func `a server is told of the client what was given, in each era's place`() async throws {
        let opened = try await Self.open(.legacy, .modern)
        let said = opened.servers[0].got.rest
        let meta = try #require(said[0]["params"]?["_meta"])
        #expect(meta["io.modelcontextprotocol/clientCapabilities"] == ["roots": [:]])
        #expect(meta["io.modelcontextprotocol/protocolVersion"] == "2026-07-28")
        #expect(meta["io.modelcontextprotocol/clientInfo"] == ["name": "client", "version": "7"])
        let params = try #require(said[1]["params"])
        #expect(params["capabilities"] == ["roots": [:]])
        #expect(params["protocolVersion"] == "2025-11-25")
        #expect(params["clientInfo"] == ["name": "client", "version": "7"])
        let ids = said.compactMap { $0["id"]?.int64 }
        #expect(Set(ids).count == 2)
        let heads = opened.servers[0].heads.rest
        #expect(heads.map(\.version) == ["2026-07-28", "2025-11-25", "2025-11-25"])
    }

    @Test func `a slow server's answer to the first question counts, though the second was refused`() async throws {
        let clock = ManualAlarmClock()
        // Reads nothing until it has been asked twice, as a program does that takes its time to start.
        let server = SlowStarter()
        let opening = Task {
            try await ServerLink.open(
                "fake", LinkSamples.alice, client: LinkSamples.client(.modern), known: nil,
                LinkSurroundings(clock: clock, observer: HeardLink())
            ) { server }
        }
        try await clock.alarm(within: 15_000)
        clock.advance(15_000)
        let link = try await within("a link") { try await opening.value }
        #expect(link.facts.era == .modern)
    }

    @Test func `a server that says nothing at all is given up after both deadlines, and closed`() async throws {
        let clock = ManualAlarmClock()
        let server = Mute()
        let opening = Task {
            try await ServerLink.open(
                "fake", LinkSamples.alice, client: LinkSamples.client(.legacy), known: nil,
                LinkSurroundings(clock: clock, observer: HeardLink())
            ) { server }
        }
        try await clock.alarm(within: 60_000)
        clock.advance(59_999)
        #expect(server.asked.rest.count == 1)
        clock.advance(1)
        _ = try await within("the second question") { await server.asked.first { $0["method"] == "server/discover" } }
        try await clock.alarm(within: 15_000)
        clock.advance(15_000)
        await #expect(throws: UpstreamFailure.self) { try await opening.value }
        #expect(server.closed.rest.count == 1)
    }

    @Test func `who gives up during a handshake ends what was started, and cancels nothing by message`() async throws {
        let server = Mute()
        let clock = ManualAlarmClock()
        let opening = Task {
            try await ServerLink.open(
                "fake", LinkSamples.alice, client: LinkSamples.client(.legacy), known: nil,
                LinkSurroundings(clock: clock, observer: HeardLink())
            ) { server }
        }
        try await clock.alarm(within: 60_000)
        opening.cancel()
        await #expect(throws: UpstreamFailure.self) { try await opening.value }
        #expect(server.closed.rest.count == 1)
        #expect(server.asked.rest.compactMap { $0["method"]?.string } == ["initialize"])
    }

    @Test(arguments: ["2026-07-28", "2024-01-01", "", nil])
    func `initialize answered with an unknown version is no handshake`(
        version: String?
    ) async throws {
        let result: JSON = [
            "capabilities": [:], "serverInfo": ["name": "x", "version": "1"],
            "protocolVersion": version.map { JSON.string(UTF8String($0)) } ?? .null,
        ]
        let server = Answering { method in method == "initialize" ? result : nil }
        await #expect(throws: UpstreamFailure.self) {
            try await ServerLink.open(
                "fake", LinkSamples.alice, client: LinkSamples.client(.legacy), known: nil,
                LinkSurroundings(clock: ManualAlarmClock(), observer: HeardLink())
            ) { server }
        }
    }

    @Test func `what a server asks or tells before the handshake's end goes to nobody`() async throws {
        let server = Answering(before: { fake in
            fake.say(["jsonrpc": "2.0", "id": "s", "method": "roots/list"])
            fake.say(["jsonrpc": "2.0", "method": "notifications/tools/list_changed"])
        }) { _ in
            ["protocolVersion": "2025-11-25", "capabilities": [:], "serverInfo": ["name": "x", "version": "1"]]
        }
        let observer = HeardLink()
        _ = try await ServerLink.open(
            "fake", LinkSamples.alice, client: LinkSamples.client(.legacy), known: nil,
            LinkSurroundings(clock: ManualAlarmClock(), observer: observer)
        ) { server }
        #expect(observer.events.rest.isEmpty)
        let refusal = try #require(server.asked.rest.first { $0["id"] == "s" })
        #expect(refusal["error"] != nil)
    }
}
