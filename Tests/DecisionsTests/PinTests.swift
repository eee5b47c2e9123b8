// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import PortTesting
import Receipts
import StrictJSON
import Testing
import ToolTypes
import WireTypes

/// Tools' definitions: seen, approved, and what calls are held to.
struct PinTests {
    private static func call(
        _ definition: JSON?, _ tool: UTF8String = "pay", _ arguments: JSON = ["amount": 1, "to": "a"]
    ) throws -> ToolCall {
        try Calls.call(tool, arguments) {
            $0.isHeldToPin = true
            $0.isListed = true
            $0.definition = definition.flatMap(ToolListing.digest)
        }
    }

    private static func approve(
        _ world: World, _ definition: JSON, previous: JSON? = nil, tool: UTF8String = "pay"
    ) async throws -> ToolApproval {
        try await world.events.approve(
            server: "docs", tool: tool, definition: try #require(ToolListing.digest(of: definition)),
            previous: previous.flatMap(ToolListing.digest), actor: "operator")
    }

    private static func kinds(_ world: World) throws -> [EventKind] {
        try world.entries().compactMap { $0.event?.details.kind }.filter {
            [.toolPinned, .toolChanged, .toolApproved, .refusedFrames].contains($0)
        }
    }

    private static let changed = Listings.tool("pay", ["amount": ["type": "number"]], description: "changed")

    @Test func `a call through the gateway is held to a pin unless somebody says otherwise`() {
        func call(_ surface: ToolCall.Surface) -> ToolCall {
            ToolCall(
                surface: surface, enforcement: .enforcing, server: "docs", tool: "pay", message: [:],
                argumentsPlace: JSONPointer(), parametersPlace: JSONPointer(), credential: .none,
                place: WorkingPlace(workingDirectory: "/", isLocal: false))
        }
        #expect(call(.gateway).isHeldToPin && !call(.check).isHeldToPin)
    }

    @Test func `a tool waits until its definition is approved, and another definition is refused`() async throws {
        let world = try World()
        let call = try Self.call(Listings.pay)
        #expect(await world.pipeline.answer(call).reason == "unknown tool: the server has not listed it")
        #expect(try await world.pipeline.observe(Listings.listing([Listings.pay])).map(\.state) == [.quarantined])
        let waiting = await world.pipeline.answer(call)
        #expect(waiting.reason == "unknown tool: it waits for approval: writ tools approve docs/pay")
        guard case .approved = try await Self.approve(world, Listings.pay) else {
            Issue.record("not approved")
            return
        }
        #expect(await world.pipeline.answer(call).isAllowed)
        #expect(try await world.pipeline.observe(Listings.listing([Self.changed])).map(\.state) == [.changed])
        #expect(await world.pipeline.answer(try Self.call(Self.changed)).reasons.map(\.code) == [.toolChanged])
        #expect(await world.pipeline.answer(try Self.call(nil)).reasons.map(\.code) == [.toolChanged])
        // A server that goes back is fine again.
        #expect(try await world.pipeline.observe(Listings.listing([Listings.pay])).map(\.state) == [.approved])
        #expect(await world.pipeline.answer(call).isAllowed)
        #expect(try Self.kinds(world) == [.toolPinned, .toolApproved, .toolChanged])
    }

    @Test func `where the operator says so the first sight is approved, and a change is not`() async throws {
        let world = try World()
        let listing = Listings.listing([Listings.pay], .firstUse)
        #expect(try await world.pipeline.observe(listing).map(\.state) == [.approved])
        #expect(try await world.pipeline.observe(listing).map(\.state) == [.approved])
        #expect(await world.pipeline.answer(try Self.call(Listings.pay)).isAllowed)
        let states = try await world.pipeline.observe(Listings.listing([Self.changed], .firstUse)).map(\.state)
        #expect(states == [.changed])
        #expect(try Self.kinds(world) == [.toolApproved, .toolChanged])
        // What was seen under quarantine stays there when the configuration changes.
        let other = Listings.tool("other")
        _ = try await world.pipeline.observe(Listings.listing([other]))
        #expect(try await world.pipeline.observe(Listings.listing([other], .firstUse)).map(\.state) == [.quarantined])
    }

    @Test func `a first sight that is an approval says which server it was`() async throws {
        let world = try World()
        let digest = try #require(ToolListing.digest(of: "server"))
        _ = try await world.pipeline.observe(
            ToolListing(server: "docs", serverDigest: digest, tools: [Listings.pay], firstSight: .firstUse))
        let events = try world.entries().compactMap { $0.event?.details }
        #expect(
            events.contains { event in
                if case .toolApproved("docs", .known("pay"), _, nil, digest) = event { true } else { false }
            })
    }

    @Test func `the definitions that the configuration has are approved, and no others of those tools`() async throws {
        let world = try World()
        let digest = try #require(ToolListing.digest(of: Listings.pay))
        let book = try Books.rulebook(Books.policies)
        world.rules.set(
            Rulebook(
                policies: book.policies, configuration: book.configuration,
                configurationDigest: book.configurationDigest, issuers: book.issuers, maps: book.maps,
                manifest: [ToolReference(server: "docs", tool: "pay"): digest], zone: book.zone))
        #expect(try await world.pipeline.observe(Listings.listing([Listings.pay])).map(\.state) == [.approved])
        #expect(try Self.kinds(world).isEmpty)
        #expect(await world.pipeline.answer(try Self.call(Listings.pay)).isAllowed)
        #expect(try await world.pipeline.observe(Listings.listing([Self.changed])).map(\.state) == [.changed])
        _ = try await Self.approve(world, Self.changed)
        #expect(await world.pipeline.answer(try Self.call(Self.changed)).reasons.map(\.code) == [.toolChanged])
        #expect(await world.pipeline.answer(try Self.call(Listings.pay)).isAllowed)
    }

    @Test func `what a listing says twice or cannot say is never usable`() async throws {
        let world = try World()
        let tools: [JSON] = [
            Listings.tool("good"), Listings.tool("two"), Listings.tool("two", description: "other"), ["no": "name"],
            Listings.tool(""), Listings.tool("a\u{1}"), Listings.tool("sd:x"),
            Listings.tool(UTF8String(String(repeating: "a", count: 257))),
            Listings.tool("large", description: UTF8String(String(repeating: "a", count: 300_000))),
            try JSON(parsing: #"{"name":"number","n":1e999}"#),
        ]
        let states = try await world.pipeline.observe(Listings.listing(tools, .firstUse)).map(\.state)
        #expect(
            states == [
                .approved, .unusable(.duplicate), .unusable(.duplicate), .unusable(.name), .unusable(.name),
                .unusable(.name), .unusable(.name), .unusable(.name), .unusable(.definition), .unusable(.definition),
            ])
        #expect(try world.ledger.state().pins.tools(of: "docs").map(\.tool) == ["good"])
    }

    @Test func `a flood of new tools is logged up to a bound, and then noted once a minute`() async throws {
        let world = try World()
        let pipeline = world.pipeline
        func flood(_ start: Int) -> ToolListing {
            Listings.listing((start..<start + 700).map { Listings.tool(UTF8String("t\($0)")) }, .firstUse)
        }
        func usable(_ standings: [ToolStanding]) -> Int { standings.count { $0.state == .approved } }
        #expect(usable(try await pipeline.observe(flood(0))) == 700)
        #expect(usable(try await pipeline.observe(flood(700))) == 324)
        #expect(usable(try await pipeline.observe(flood(1400))) == 0)
        #expect(try Self.kinds(world).count { $0 == .refusedFrames } == 1)
        world.clock.advance(milliseconds: 60_000)
        #expect(usable(try await pipeline.observe(flood(1400))) == 700)
        // Another server has a bound of its own.
        let other = Listings.listing([Listings.pay], .firstUse, server: "other")
        #expect(usable(try await pipeline.observe(other)) == 1)
    }

    @Test func `large definitions are kept up to a bound a minute`() async throws {
        let world = try World()
        let pipeline = world.pipeline
        let text = UTF8String(String(repeating: "a", count: 250_000))
        let listing = Listings.listing(
            (0..<20).map { Listings.tool(UTF8String("t\($0)"), description: text) }, .firstUse)
        #expect(try await pipeline.observe(listing).count { $0.state == .approved } == 16)
        world.clock.advance(milliseconds: 60_000)
        #expect(try await pipeline.observe(listing).count { $0.state == .approved } == 20)
    }

    @Test func `a server has so many pins and no more`() async throws {
        let world = try World()
        let samples = Samples(seed: 3)
        for number in 0..<4_095 {
            let tool = UTF8String("t\(number)")
            _ = try await world.ledger.commit(
                samples.event(.toolSeen(server: "docs", tool: tool, definition: samples.digest())))
        }
        let states = try await world.pipeline.observe(
            Listings.listing([Listings.tool("a"), Listings.tool("b")])
        ).map(\.state)
        #expect(states == [.quarantined, .unusable(.tooMany)])
        #expect(try world.ledger.state().pins.count(of: "docs") == 4_096)
    }

    @Test func `processes that see the same first sight log it once`() async throws {
        let world = try World()
        let tools = (0..<20).map { Listings.tool(UTF8String("t\($0)")) }
        try await withThrowingTaskGroup(of: [ToolStanding].self) { group in
            for _ in 0..<8 {
                let pipeline = world.pipeline
                group.addTask { try await pipeline.observe(Listings.listing(tools, .firstUse)) }
            }
            for try await standings in group { #expect(standings.allSatisfy { $0.state == .approved }) }
        }
        let kinds = try Self.kinds(world)
        #expect(kinds == Array(repeating: .toolApproved, count: 20))
    }

    @Test func `of processes that see different definitions first, one is approved, and both are logged`()
        async throws
    {
        let world = try World()
        let definitions = [Listings.pay, Self.changed]
        let states = try await withThrowingTaskGroup(of: ToolStanding.State.self) { group in
            for definition in definitions {
                let pipeline = world.pipeline
                group.addTask {
                    try await pipeline.observe(Listings.listing([definition], .firstUse)).first?.state
                        ?? .unusable(.name)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(states) == [.approved, .changed], "\(states)")
        let kinds = try Self.kinds(world)
        #expect(kinds.count { $0 == .toolApproved } == 1 && kinds.count { $0 == .toolChanged } == 1, "\(kinds)")
        let pin = try #require(try world.ledger.state().pins[server: "docs", tool: "pay"])
        #expect(pin.approved != pin.seen && pin.sightings == 1)
    }

    @Test func `a server that keeps changing is logged each time`() async throws {
        let world = try World()
        for definition in [Listings.pay, Self.changed, Listings.pay, Self.changed] {
            let states = try await world.pipeline.observe(Listings.listing([definition])).map(\.state)
            #expect(states == [.quarantined])
        }
        #expect(try Self.kinds(world) == [.toolPinned, .toolChanged, .toolChanged, .toolChanged])
    }

    // MARK: approvals

    @Test func `an approval is of what the operator saw`() async throws {
        let world = try World()
        #expect(try await Self.approve(world, Listings.pay) == .unseen)
        _ = try await world.pipeline.observe(Listings.listing([Listings.pay]))
        #expect(try await Self.approve(world, Self.changed) == .unseen)
        // The definition of another tool is not this one's.
        #expect(try await Self.approve(world, Listings.pay, tool: "read_document") == .unseen)
        _ = try await world.pipeline.observe(Listings.listing([Self.changed]))
        guard case .superseded(let pin?) = try await Self.approve(world, Listings.pay, previous: Self.changed) else {
            Issue.record("approved over something else than was said")
            return
        }
        #expect(pin.approved == nil)
        _ = try await Self.approve(world, Listings.pay)
        guard case .superseded = try await Self.approve(world, Self.changed) else {
            Issue.record("approved twice from nothing")
            return
        }
        guard case .approved = try await Self.approve(world, Self.changed, previous: Listings.pay) else {
            Issue.record("not approved")
            return
        }
        #expect(await world.pipeline.answer(try Self.call(Self.changed)).isAllowed)
        #expect(await world.pipeline.answer(try Self.call(Listings.pay)).reasons.map(\.code) == [.toolChanged])
    }

    @Test func `an approval between judging and commit has the call decided again`() async throws {
        let world = try World()
        _ = try await world.pipeline.observe(Listings.listing([Listings.pay], .firstUse))
        _ = try await world.pipeline.observe(Listings.listing([Self.changed]))
        let events = world.events
        let digest = try #require(ToolListing.digest(of: Self.changed))
        let previous = try #require(ToolListing.digest(of: Listings.pay))
        // The first step is used by the call's own commit, the second by the approval's, which goes through.
        world.scripted.next { request, ledger async throws(LedgerError) in
            guard
                case .approved = try await events.approve(
                    server: "docs", tool: "pay", definition: digest, previous: previous, actor: "operator")
            else { throw LedgerError(.notFound, "not approved") }
            return try await ledger.commit(request)
        }
        let answer = await world.pipeline.answer(try Self.call(Listings.pay))
        #expect(answer.reasons.map(\.code) == [.toolChanged])
        #expect(try world.replay(answer).differences.isEmpty)
    }

    // MARK: typed input

    @Test func `arguments are read by the approved definition, and so are they in a replay`() async throws {
        let world = try World(
            Books.policies + #"""
                @id("cap") forbid (principal, action == Action::"docs/pay", resource)
                unless { context.input.amount.lessThan(decimal("100.0")) };
                """#)
        let plain = Listings.tool("pay")
        _ = try await world.pipeline.observe(Listings.listing([plain], .firstUse))
        // Without a type 5 is a Long, and the forbid fails.
        #expect(await world.pipeline.answer(try Self.call(plain)).reasons.map(\.code) == [.policyError])
        _ = try await world.pipeline.observe(Listings.listing([Listings.pay]))
        _ = try await Self.approve(world, Listings.pay, previous: plain)
        let answer = await world.pipeline.answer(try Self.call(Listings.pay))
        #expect(answer.isAllowed, "\(answer.reasons)")
        let replay = try world.replay(answer)
        #expect(replay.differences.isEmpty && replay.verdict.isAllowed)
        let record = try world.evidence(answer)
        #expect(throws: ArchivedDecision.Failure.self) {
            _ = try ArchivedDecision(
                record,
                content: { digest in
                    try digest == ToolListing.digest(of: Listings.pay) ? nil : world.ledger.content(digest)
                }, rulebook: { try Books.rulebook(configuration: $0, $1) })
        }
    }

    @Test func `a definition that says it is several tools is read as the one it is`() async throws {
        let world = try World(Books.policies)
        let odd: JSON = [
            "name": "pay", "inputSchema": ["type": "object", "properties": ["amount": ["type": "integer"]]],
            "tools": [
                ["name": "pay", "inputSchema": ["type": "object", "properties": ["amount": ["type": "number"]]]]
            ],
        ]
        _ = try await world.pipeline.observe(Listings.listing([odd], .firstUse))
        let answer = await world.pipeline.answer(try Self.call(odd))
        let input = try world.replay(answer).verdict.questions.first?.request.context["input"]
        #expect(input == .record(["amount": .long(1), "to": "a"]))
    }

    @Test func `policies are reviewed with a definition before it is approved`() async throws {
        let world = try World(
            #"""
            @id("cap") forbid (principal, action == Action::"docs/pay", resource)
            when { context.input.amount.greaterThan(decimal("100.0")) };
            """#)
        let pipeline = world.pipeline
        let declared: JSON = [
            "name": "pay",
            "inputSchema": [
                "type": "object", "properties": ["amount": ["type": "number"]], "required": ["amount"],
                "additionalProperties": false,
            ],
        ]
        let renamed: JSON = [
            "name": "pay",
            "inputSchema": [
                "type": "object", "properties": ["sum": ["type": "number"]], "required": ["sum"],
                "additionalProperties": false,
            ],
        ]
        _ = try await pipeline.observe(Listings.listing([declared], .firstUse))
        #expect(try pipeline.review().errors.isEmpty)
        _ = try await pipeline.observe(Listings.listing([renamed]))
        let candidate = (
            tool: ToolReference(server: "docs", tool: "pay"), definition: try #require(ToolListing.digest(of: renamed))
        )
        #expect(try pipeline.review(approving: candidate).errors.map(\.policyID) == ["cap"])
        #expect(try pipeline.review().errors.isEmpty)
        #expect(try pipeline.pinnedServers().map(\.alias) == ["docs"])
    }

    @Test func `the state is the fold of the events`() async throws {
        let world = try World()
        _ = try await world.pipeline.observe(Listings.listing([Listings.pay, Listings.tool("b")], .firstUse))
        _ = try await world.pipeline.observe(Listings.listing([Self.changed]))
        var state = LedgerState()
        for entry in try world.ledger.entries(from: 0, limit: .max) {
            if let change = try StateChange(entry: entry.bytes) { state.apply(change) }
        }
        let kept = try world.ledger.state()
        #expect(state.pins == kept.pins && state.sightings == kept.sightings && state.epochs == kept.epochs)
    }

    @Test func `evidence of before there were pins is read as it was`() async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call("pay", ["amount": 1, "to": "a"]))
        #expect(try world.evidence(answer)["call"]?["held_to_pin"] == nil)
        #expect(try world.replay(answer).verdict.isAllowed)
    }
}
