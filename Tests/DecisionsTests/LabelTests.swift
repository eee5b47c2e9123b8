// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import ToolTypes
import WireTypes

/// What an agent has done, and what follows from it for its later calls.
struct LabelTests {
    /// The starter rule, as `docs/policies.md` has it.
    static let rule = #"""
        @id("no-egress-after-secret")
        @reason("this agent has read a file of secrets: for hours it connects to nothing but this machine, unless an operator runs writ session clear")
        forbid (principal, action in [Action::"connect", Action::"send"], resource)
        when { context.session.labels.contains("read-secret") }
        unless { resource in Host::"localhost" || resource in Host::"127.0.0.1" || resource in Host::"::1" };

        @id("no-unknown-host-after-secret")
        @reason("this agent has read a file of secrets: it connects to no host that cannot be known before")
        forbid (principal, action == Action::"opaque", resource == Opaque::"host")
        when { context.session.labels.contains("read-secret") };

        """#
    static let policies =
        rule + #"""
            @id("permit-docs")
            permit (principal, action in Action::"docs", resource);
            @id("permit-read")
            permit (principal, action == Action::"read", resource);
            @id("permit-connect")
            permit (principal, action == Action::"connect", resource);

            """#

    static func read(
        _ path: UTF8String, as credential: Credential? = nil, session: UTF8String? = nil
    ) throws -> ToolCall {
        try Calls.call("read_document", ["path": .string(path)], as: credential) { $0.session = session }
    }

    static func fetch(
        _ url: UTF8String = "https://example.com/", as credential: Credential? = nil, session: UTF8String? = nil
    ) throws -> ToolCall {
        try Calls.call("fetch", ["url": .string(url)], as: credential) { $0.session = session }
    }

    /// What each event in the log gave, in its order.
    static func given(_ world: World) throws -> [[String]] {
        try world.entries().compactMap { entry in
            guard case .sessionLabelled(_, let labels, _)? = entry.event?.details else { return nil }
            return labels.map(\.rawValue)
        }
    }

    /// `context.session.labels` of each request that a decision put to the policies.
    static func labels(_ world: World, of answer: Answer) throws -> [CedarValue?] {
        try world.replay(answer).verdict.questions.map { question in
            guard case .record(let session)? = question.request.context["session"] else { return nil }
            return session["labels"]
        }
    }

    @Test func `the words of the log are the words of policies`() {
        #expect(LabelWord.allCases.map(\.rawValue) == SessionLabel.allCases.map(\.rawValue))
    }

    @Test(
        arguments: [
            ("https://example.com/", [.network, .readUntrusted]), ("http://10.0.0.1/", [.network, .readUntrusted]),
            ("http://127.0.0.1.example.com/", [.network, .readUntrusted]),
            ("http://localhost.example.com/", [.network, .readUntrusted]),
            ("http://localhost:8080/x", [.network]), ("http://LOCALHOST./", [.network]),
            ("http://127.0.0.1/", [.network]),
            ("http://127.1.2.3/", [.network]), ("http://0x7f000001/", [.network]), ("http://[::1]:3000/", [.network]),
            ("http://[::ffff:127.0.0.1]/", [.network]), ("http://0.0.0.0/", [.network, .readUntrusted]),
        ] as [(UTF8String, Set<SessionLabel>)])
    func `a connection is the network, and content from outside unless it is certainly to this machine`(
        _ url: UTF8String, _ expected: Set<SessionLabel>
    ) throws {
        #expect(try judged(Self.fetch(url), Self.policies, labels: SessionLabels()).labels == expected)
    }

    @Test func `reading a file gives a label by its name, and writing it none`() throws {
        let verdict = try judged(Self.read("/home/u/project/.env"), Self.policies, labels: SessionLabels())
        #expect(verdict.labels == [.readSecret])
        #expect(try judged(Self.read("/reports/q1.csv"), Self.policies, labels: SessionLabels()).labels == [])
        let write = try Calls.call("copy", ["from": "/reports/q1.csv", "to": "/srv/.env"])
        #expect(try judged(write, Self.policies, labels: SessionLabels()).labels == [])
    }

    @Test func `after a secret was read an agent connects to nothing but this machine, in whatever session`()
        async throws
    {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        #expect(await pipeline.answer(try Self.fetch(session: "one")).isAllowed)
        #expect(await pipeline.answer(try Self.read("/srv/.env", session: "one")).isAllowed)
        for session in ["one", "two", nil] as [UTF8String?] {
            let answer = await pipeline.answer(try Self.fetch(session: session))
            #expect(!answer.isAllowed)
            #expect(answer.reasons.first?.code == .policyForbidden)
            #expect(answer.reasons.first?.policy == "no-egress-after-secret")
        }
        #expect(await pipeline.answer(try Self.fetch("http://localhost:8080/")).isAllowed)
        #expect(await pipeline.answer(try Self.read("/reports/q1.csv")).isAllowed)
        // Another process, which has seen nothing.
        #expect(!(await world.pipeline.answer(try Self.fetch()).isAllowed))
        let other = try Agents.credential { $0.agentID = "agent-passport:a2" }
        #expect(await pipeline.answer(try Self.fetch(as: other)).isAllowed)
        #expect(
            try Self.given(world) == [["network", "read-untrusted"], ["read-secret"], ["network", "read-untrusted"]])
    }

    @Test func `labels are in the log before the call that brings them, which is judged by them`() async throws {
        let world = try World(Self.policies)
        let answer = await world.pipeline.answer(try Self.fetch())
        let index = try #require(answer.log?.index)
        let before = try SignedEntry(parsing: #require(try world.ledger.entry(at: index - 1)).bytes)
        let until = World.day.adding(milliseconds: 12 * 3_600_000)
        #expect(
            before.event?.details
                == .sessionLabelled(agentID: Agents.id, labels: [.network, .readUntrusted], until: until))
        #expect(before.event?.actor == "writ")
        let both = CedarValue.set(CedarSet([.string("network"), .string("read-untrusted")]))
        #expect(try Self.labels(world, of: answer) == [both, both])
    }

    @Test func `one call that reads a secret and connects is refused, and labels nobody`() async throws {
        let world = try World(Self.policies)
        let both = try Calls.call("upload", ["path": "/srv/.env", "url": "https://example.com/"])
        let answer = await world.pipeline.answer(both)
        #expect(answer.reasons.first?.policy == "no-egress-after-secret")
        #expect(try Self.given(world) == [])
        #expect(try world.ledger.state().labels.isEmpty)
        #expect(await world.pipeline.answer(try Self.fetch()).isAllowed)
    }

    @Test func `a label ends with its time, and an operator may end it before`() async throws {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        #expect(await pipeline.answer(try Self.read("/srv/.env")).isAllowed)
        world.clock.advance(milliseconds: 12 * 3_600_000 - 1)
        #expect(!(await pipeline.answer(try Self.fetch()).isAllowed))
        world.clock.advance(milliseconds: 1)
        #expect(await pipeline.answer(try Self.fetch()).isAllowed)
        #expect(await pipeline.answer(try Self.read("/srv/.env")).isAllowed)
        #expect(!(await pipeline.answer(try Self.fetch()).isAllowed))
        try await world.events.commit(.sessionCleared(agentID: "somebody else", reason: "drill"), actor: "operator")
        #expect(!(await pipeline.answer(try Self.fetch()).isAllowed))
        try await world.events.commit(.sessionCleared(agentID: Agents.id, reason: "drill"), actor: "operator")
        #expect(await pipeline.answer(try Self.fetch()).isAllowed)
    }

    @Test func `a label is logged again when half its time is over, and lasts from then`() async throws {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        var events: [Int] = []
        // At 0, 0, 1, 5, 6, 6, 11, 12 and 17 hours.
        for hours in [0, 0, 1, 4, 1, 0, 5, 1, 5] as [Int64] {
            world.clock.advance(milliseconds: hours * 3_600_000)
            #expect(await pipeline.answer(try Self.read("/srv/.env")).isAllowed)
            events.append(try Self.given(world).count)
        }
        #expect(events == [1, 1, 1, 1, 2, 2, 2, 3, 3])
        let state = try world.ledger.state()
        #expect(state.labels[Agents.id] == [.readSecret: World.day.adding(milliseconds: 24 * 3_600_000)])
        #expect(state.epochs.labels == 1 && state.labellings == 3)
    }

    @Test func `labels are kept as long as the rulebook says`() async throws {
        let world = try World(Self.policies)
        let book = try Books.rulebook(Self.policies)
        world.rules.set(
            Rulebook(
                policies: book.policies, configuration: book.configuration,
                configurationDigest: book.configurationDigest, issuers: book.issuers, maps: book.maps,
                labelsKeptMilliseconds: 60_000, zone: book.zone))
        #expect(await world.pipeline.answer(try Self.read("/srv/.env")).isAllowed)
        #expect(
            try world.ledger.state().labels[Agents.id] == [.readSecret: World.day.adding(milliseconds: 60_000)])
    }

    @Test func `a call that was judged before another read a secret is decided again`() async throws {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        #expect(await pipeline.answer(try Self.fetch()).isAllowed)
        let secret = try Self.read("/srv/.env")
        world.scripted.next { (request, ledger) async throws(LedgerError) in
            // Between judging and commit.
            #expect(await pipeline.answer(secret).isAllowed)
            return try await ledger.commit(request)
        }
        let answer = await pipeline.answer(try Self.fetch())
        #expect(answer.reasons.first?.policy == "no-egress-after-secret")
    }

    @Test func `other agents' labels never make a call too busy to be decided`() async throws {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        #expect(await pipeline.answer(try Self.fetch()).isAllowed)
        for number in 0..<20 {
            world.scripted.next { (request, ledger) async throws(LedgerError) in
                try await world.events.commit(
                    .sessionLabelled(
                        agentID: UTF8String("agent-passport:other-\(number)"), labels: [.network],
                        until: World.day.adding(milliseconds: 900_000)), actor: "writ")
                return try await ledger.commit(request)
            }
        }
        #expect(await pipeline.answer(try Self.fetch()).isAllowed)
        #expect(try world.ledger.state().labels.agentIDs.count == 21)
    }

    @Test(arguments: 0..<8) func `whatever runs at once, no agent connects after it has read a secret`(
        _ round: Int
    ) async throws {
        let world = try World(Self.policies, seed: UInt64(round))
        let (first, second) = (world.pipeline, world.pipeline)
        let agents = try ["agent-passport:a1", "agent-passport:a2"].map { id in
            try Agents.credential { $0.agentID = id }
        }
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                let credential = agents[number % 2]
                let isSecret = number / 2 == 7 + round * 2
                let pipeline = number.isMultiple(of: 3) ? first : second
                group.addTask {
                    do {
                        let call = try isSecret ? Self.read("/srv/.env", as: credential) : Self.fetch(as: credential)
                        _ = await pipeline.answer(call)
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        var state = LedgerState()
        var readers: Set<UTF8String> = []
        var connected: Set<UTF8String> = []
        for entry in try world.entries() {
            if let change = try StateChange(entry: entry.bytes) { state.apply(change) }
            guard let receipt = entry.receipt, receipt.allow else { continue }
            if receipt.call.tool == .known("read_document") {
                readers.insert(receipt.agentID)
            } else {
                connected.insert(receipt.agentID)
                #expect(!readers.contains(receipt.agentID))
            }
        }
        #expect(readers.count == 2 && connected.count >= 1)
        let kept = try world.ledger.state()
        #expect(state.labels == kept.labels && state.labellings == kept.labellings && state.epochs == kept.epochs)
    }

    @Test func `a decision is made again with the labels that were in force`() async throws {
        let world = try World(Self.policies)
        let free = await world.pipeline.answer(try Self.fetch())
        let secret = await world.pipeline.answer(try Self.read("/srv/.env"))
        let refused = await world.pipeline.answer(try Self.fetch())
        try await world.events.commit(.sessionCleared(agentID: Agents.id, reason: "drill"), actor: "operator")
        for answer in [free, secret, refused] {
            let replay = try world.replay(answer)
            #expect(replay.differences == [])
            #expect(replay.verdict.isAllowed == answer.isAllowed)
        }
        let kept = try #require(try world.evidence(refused)["labels"]?[Agents.id]?.object)
        #expect(kept.keys == ["network", "read-secret", "read-untrusted"])
        // Without the label that refused it, it is no refusal.
        let other = try world.replay(refused) { record in
            guard var object = record.object else { return record }
            object["labels"] = .object(JSONObject())
            return .object(object)
        }
        #expect(other.verdict.isAllowed && !other.differences.isEmpty)
    }

    @Test func `evidence of before there were labels has none, of the call itself neither`() async throws {
        let world = try World(Self.policies)
        let answer = await world.pipeline.answer(
            try Calls.call("upload", ["path": "/srv/.env", "url": "https://example.com/"]))
        #expect(!answer.isAllowed)
        let replay = try world.replay(answer) { record in
            guard var object = record.object else { return record }
            object["labels"] = nil
            return .object(object)
        }
        #expect(replay.verdict.isAllowed)
        #expect(replay.verdict.labels == [])
    }

    @Test func `evidence with a label that nobody knows is not replayed`() async throws {
        let world = try World(Self.policies)
        let answer = await world.pipeline.answer(try Self.fetch())
        #expect(throws: ArchivedDecision.Failure.self) {
            try world.replay(answer) { record in
                guard var object = record.object else { return record }
                object["labels"] = ["agent-passport:a1": ["read-mail": "2026-03-17T10:15:00.000Z"]]
                return .object(object)
            }
        }
    }

    @Test func `the starter rule is one that every call can be asked`() throws {
        let policies = try PolicyBook([PolicyFile(name: "rule.cedar", bytes: Array(Self.rule.utf8))]).policies
        let review = try PolicyReview(of: policies, ToolSchema([], profile: .native()))
        #expect(review.errors.isEmpty, "\(review.errors.map(\.description))")
        #expect(review.findings.isEmpty, "\(review.findings.map(\.description))")
    }
}
