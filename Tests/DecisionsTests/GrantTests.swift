// SPDX-License-Identifier: Apache-2.0

import Cedar
import Crypto
import Decisions
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import ToolTypes
import WireTypes

/// Task grants: what they permit, to whom, and until when.
struct GrantTests {
    /// Nothing but effects is permitted.
    private static let effectsAlone = #"""
        @id("permit-spend")
        permit (principal, action == Action::"spend", resource);
        @id("permit-read")
        permit (principal, action == Action::"read", resource in Directory::"/reports");

        """#

    private static func pay(
        _ amount: JSON = 5, to account: UTF8String = "merchant-17", as credential: Credential? = nil,
        session: UTF8String? = nil
    ) throws -> ToolCall {
        try Calls.call("pay", ["amount": amount, "to": .string(account)], as: credential) { $0.session = session }
    }

    @Test func `a grant permits what no policy does, to its agent alone, and names itself in the receipt`() async throws
    {
        let world = try World(Self.effectsAlone)
        let pipeline = world.pipeline
        #expect(!(await pipeline.answer(try Self.pay()).isAllowed))
        let grant = try await world.give(Grants.policy())
        let answer = await pipeline.answer(try Self.pay())
        #expect(answer.isAllowed)
        #expect(answer.reason == UTF8String("allowed by grant/\(grant.id)/1"))
        let receipt = try world.receipt(answer)
        #expect(receipt.policy.grants == [grant.id])
        #expect(receipt.policy.determining.contains(UTF8String("grant/\(grant.id)/1")))
        let other = try Agents.credential { $0.agentID = "agent-passport:a11" }
        let refused = await pipeline.answer(try Self.pay(as: other))
        #expect(refused.reasons.first?.code == .notPermitted)
        #expect(try world.receipt(refused).policy.grants == nil)
        #expect(!(await pipeline.answer(try Calls.call("copy", ["from": "/reports/a", "to": "/b"])).isAllowed))
    }

    @Test func `it ends with its time, to the millisecond`() async throws {
        let world = try World(Self.effectsAlone)
        let pipeline = world.pipeline
        try await world.give(Grants.policy(), minutes: 10)
        world.clock.advance(milliseconds: 600_000 - 1)
        #expect(await pipeline.answer(try Self.pay()).isAllowed)
        world.clock.advance(milliseconds: 1)
        let late = await pipeline.answer(try Self.pay())
        #expect(late.reasons.first?.code == .notPermitted)
        #expect(try world.receipt(late).policy.grants == nil)
    }

    @Test func `the policy itself says when it ends, whatever the record says`() async throws {
        let world = try World(Self.effectsAlone)
        let policy = try Grants.policy()
        let id = UUIDv7(time: World.day, random: [UInt8](repeating: 1, count: 10))
        // A text that ends in a minute, in a grant of ten.
        let text = try Grants.text(policy, id: id)
        _ = try await world.events.give(
            text, id: id, to: Agents.id, until: World.day.adding(milliseconds: 600_000), reason: "r", actor: "operator"
        ).get()
        #expect(await world.pipeline.answer(try Self.pay()).isAllowed)
        world.clock.advance(milliseconds: 60_000)
        #expect(!(await world.pipeline.answer(try Self.pay()).isAllowed))
    }

    @Test func `revoked, it permits nothing from the next decision on, in whatever process`() async throws {
        let world = try World(Self.effectsAlone)
        let (first, second) = (world.pipeline, world.pipeline)
        let grant = try await world.give(Grants.policy())
        for pipeline in [first, second] { #expect(await pipeline.answer(try Self.pay()).isAllowed) }
        try await world.events.revoke(grant, reason: "done", actor: "operator")
        for pipeline in [first, second] { #expect(!(await pipeline.answer(try Self.pay()).isAllowed)) }
    }

    @Test func `one that is revoked between judging and logging permits nothing`() async throws {
        let world = try World(Self.effectsAlone)
        let grant = try await world.give(Grants.policy())
        world.scripted.next { (request, ledger) async throws(LedgerError) in
            try await world.events.revoke(grant, reason: "done", actor: "operator")
            return try await ledger.commit(request)
        }
        let answer = await world.pipeline.answer(try Self.pay())
        #expect(answer.reasons.first?.code == .notPermitted)
    }

    @Test func `grants to many others never make a call too busy to be decided`() async throws {
        let world = try World()
        for number in 0..<20 {
            world.scripted.next { (request, ledger) async throws(LedgerError) in
                do {
                    try await world.give(Grants.policy(agent: UTF8String("agent-passport:o\(number)")))
                } catch {
                    Issue.record(error)
                }
                return try await ledger.commit(request)
            }
        }
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
    }

    @Test func `tests of parameters hold for the call and for what it touches`() async throws {
        let world = try World("")
        let pipeline = world.pipeline
        try await world.give(
            Grants.policy(
                tests: ["amount <= 100", "to=merchant-*"], effects: ["spend:merchant-17", "spend:merchant-18"]))
        try Self.describe(world)
        for (amount, account, isAllowed) in try [
            (100, "merchant-17", true), (JSON(parsing: "99.5"), "merchant-18", true), (101, "merchant-17", false),
            (JSON(parsing: "100.0001"), "merchant-17", false), (5, "merchant-19", false), (5, "other", false),
            ("5", "merchant-17", false), (-1, "merchant-17", true),
        ] as [(JSON, UTF8String, Bool)] {
            let answer = await pipeline.answer(try Self.pay(amount, to: account))
            #expect(answer.isAllowed == isAllowed, "\(amount) to \(account): \(answer.reason)")
        }
        // Without the parameter no test of it holds.
        #expect(!(await pipeline.answer(try Calls.call("pay", ["to": "merchant-17"])).isAllowed))
    }

    /// Has arguments typed by their tools' definitions, as they are of tools that are pinned.
    private static func describe(_ world: World) throws {
        let book = try Books.rulebook("")
        world.rules.set(
            Rulebook(
                policies: book.policies, configuration: book.configuration,
                configurationDigest: book.configurationDigest, issuers: book.issuers, maps: book.maps,
                argumentTypes: .init(Grants.servers), zone: book.zone))
    }

    @Test func `effects of a grant are for its own calls, within its own tests`() async throws {
        // The policies permit both calls, and no reading.
        let world = try World(#"permit (principal, action in Action::"docs", resource);"#)
        let pipeline = world.pipeline
        try await world.give(
            Grants.policy(["read_document"], tests: ["path=/a/*"], effects: ["read:/a/**", "read:/b/**"]))
        func read(_ path: UTF8String) async throws -> Bool {
            await pipeline.answer(try Calls.call("read_document", ["path": .string(path)])).isAllowed
        }
        #expect(try await read("/a/x"))
        #expect(try await read("/a/x/y"))
        #expect(try await !read("/b/x"))
        #expect(try await !read("/a/../b/x"))
        #expect(try await !read("/a/../../etc/passwd"))
        #expect(try await !read("/a"))
        #expect(!(await pipeline.answer(try Calls.call("copy", ["from": "/a/x", "to": "/a/y"])).isAllowed))
    }

    @Test func `a forbid, a kill switch and a suspension are stronger than every grant`() async throws {
        let world = try World(
            Self.effectsAlone + #"""
                @id("never")
                forbid (principal, action == Action::"docs/pay", resource) when { context.input.amount > 10 };
                """#)
        let pipeline = world.pipeline
        try await world.give(Grants.policy())
        #expect(await pipeline.answer(try Self.pay(10)).isAllowed)
        let answer = await pipeline.answer(try Self.pay(11))
        #expect(answer.reasons.first?.policy == "never")
        // One that cannot be evaluated counts as holding.
        #expect(await pipeline.answer(try Self.pay("x")).reasons.first?.code == .policyError)
        try await world.kill(.tool, "docs/pay")
        #expect(await pipeline.answer(try Self.pay(10)).reasons.first?.code == .killSwitch)
        try await world.events.commit(.killSwitchOff(scope: .tool, target: "docs/pay", reason: "r"), actor: "operator")
        try await world.events.commit(.passportSuspended(agentID: Agents.id, reason: "r"), actor: "operator")
        #expect(await pipeline.answer(try Self.pay(10)).reasons.first?.code == .passportSuspended)
    }

    @Test func `two grants are two: each has its own end, its own tests, and may be revoked alone`() async throws {
        let world = try World(Self.effectsAlone)
        let pipeline = world.pipeline
        let small = try await world.give(Grants.policy(["loose", "pay"], tests: ["docs/pay:count == 1"]), minutes: 5)
        let read = try await world.give(Grants.policy(["read_document"]), minutes: 20)
        let reading = try Calls.call()
        let paying = try Calls.call("pay", ["amount": 1, "to": "m", "note": "x", "count": 1])
        #expect(await pipeline.answer(reading).isAllowed)
        let both = try world.receipt(await pipeline.answer(reading))
        #expect(both.policy.grants == [small.id, read.id].sorted())
        // An undeclared argument is opaque to the map, and nothing permits that.
        #expect(!(await pipeline.answer(paying).isAllowed))
        world.clock.advance(milliseconds: 300_000)
        #expect(await pipeline.answer(reading).isAllowed)
        #expect(try world.receipt(await pipeline.answer(reading)).policy.grants == [read.id])
        try await world.events.revoke(read, reason: "r", actor: "operator")
        #expect(!(await pipeline.answer(reading).isAllowed))
    }

    @Test func `a grant of a session is for calls of that session`() async throws {
        let world = try World(Self.effectsAlone)
        let pipeline = world.pipeline
        try await world.give(Grants.policy(session: "claude-code/7c1e"))
        #expect(await pipeline.answer(try Self.pay(session: "claude-code/7c1e")).isAllowed)
        for session in ["claude-code/7c1f", "claude-code/7C1E", nil] as [UTF8String?] {
            #expect(!(await pipeline.answer(try Self.pay(session: session)).isAllowed))
        }
    }

    @Test func `outside of grants nothing is allowed where that is said, and of others nothing is said`() async throws {
        let world = try World.granting("deny-a1")
        let pipeline = world.pipeline
        let outside = await pipeline.answer(try Calls.call())
        #expect(outside.reasons.first?.code == .notPermitted)
        #expect(outside.reason == "not permitted: no task grant covers docs/read_document on Tool")
        let other = try Agents.credential { $0.agentID = "agent-passport:a2" }
        #expect(await pipeline.answer(try Calls.call(as: other)).isAllowed)
        try await world.give(Grants.policy(["read_document"]))
        // Its effects are permitted by the policies.
        #expect(await pipeline.answer(try Calls.call()).isAllowed)
        #expect(!(await pipeline.answer(try Self.pay()).isAllowed))
        world.clock.advance(milliseconds: 600_000)
        #expect(!(await pipeline.answer(try Calls.call()).isAllowed))
    }

    @Test func `where only what was sealed is in force, grants permit nothing unless that they may was sealed`()
        async throws
    {
        for (stated, isAllowed) in [(nil, false), ("policy", true)] as [(JSON?, Bool)] {
            let world = try stated.map { try World.granting($0, Self.effectsAlone) } ?? World(Self.effectsAlone)
            try await world.give(Grants.policy())
            #expect(await world.pipeline.answer(try Self.pay()).isAllowed)
            world.rules.set(try world.rules.current().read(under: nil, isProtected: true))
            let answer = await world.pipeline.answer(try Self.pay())
            #expect(answer.isAllowed == isAllowed, "\(answer.reason)")
            #expect((try world.receipt(answer).policy.grants == nil) == !isAllowed)
            #expect(try world.replay(answer).differences == [])
        }
    }

    @Test func `a policy that calls itself a grant is none`() async throws {
        let world = try World.granting(
            "deny", #"@id("grant/0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10/1") permit (principal, action, resource);"#)
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed))
    }

    @Test
    func `outside of grants resources and prompts are refused, and what belongs to earlier calls is for policies`()
        async throws
    {
        let world = try World.granting("deny", "permit (principal, action, resource);")
        let pipeline = world.pipeline
        for (operation, parameters, isAllowed) in [
            (.resource(method: "resources/read", uri: "note://1"), ["uri": "note://1"], false),
            (.prompt(method: "prompts/get", name: "greet"), ["name": "greet"], false),
            (.task(method: "tasks/get"), ["taskId": "1"], true),
            (.answer(method: "elicitation/create"), ["action": "accept"], true),
        ] as [(Decisions.Operation, JSON, Bool)] {
            let answer = await pipeline.answer(try Calls.operation(operation, parameters))
            #expect(answer.isAllowed == isAllowed, "\(operation): \(answer.reason)")
        }
    }

    @Test func `outside of grants somebody must approve where that is said, and what no policy permits nobody can`()
        async throws
    {
        let world = try World.granting(
            "ask", Self.effectsAlone + #"@id("p") permit (principal, action == Action::"docs/pay", resource);"#)
        let pipeline = world.pipeline
        let asked = await pipeline.answer(try Self.pay())
        #expect(asked.reasons.first?.code == .approvalRequired)
        #expect(await pipeline.answer(try Calls.call()).reasons.first?.code == .notPermitted)
        try await world.grant()
        #expect(await pipeline.answer(try Self.pay()).isAllowed)
        #expect(await pipeline.answer(try Self.pay()).reasons.first?.code == .approvalRequired)
        try await world.give(Grants.policy())
        #expect(await pipeline.answer(try Self.pay()).isAllowed)
    }

    @Test func `what an agent may do on another's authority, that other needs a grant for too`() async throws {
        let world = try World.granting("deny", "permit (principal, action, resource);")
        let child = try Line.credential()
        try await world.give(Grants.policy(["read_document"], agent: "agent:1"))
        let half = await world.pipeline.answer(try Calls.call(as: child))
        #expect(half.reasons.first?.code == .notPermitted, "\(half.reason)")
        try await world.give(Grants.policy(["read_document"], agent: Agents.id))
        let whole = await world.pipeline.answer(try Calls.call(as: child))
        #expect(whole.isAllowed, "\(whole.reason)")
        #expect(try world.receipt(whole).policy.grants?.count == 2)
        #expect(try world.replay(whole).differences == [])
    }

    @Test func `a decision is made again, after the grant is over and revoked, from what was archived`() async throws {
        let world = try World.granting("deny")
        let pipeline = world.pipeline
        let grant = try await world.give(Grants.policy(["read_document"], tests: ["path=/reports/*"]))
        let allowed = await pipeline.answer(try Calls.call())
        let refused = await pipeline.answer(try Calls.call("read_document", ["path": "/internal/x"]))
        try await world.events.revoke(grant, reason: "done", actor: "operator")
        world.clock.advance(milliseconds: 86_400_000)
        let outside = await pipeline.answer(try Calls.call())
        for (answer, isAllowed) in [(allowed, true), (refused, false), (outside, false)] {
            #expect(answer.isAllowed == isAllowed)
            let replay = try world.replay(answer)
            #expect(replay.differences == [])
            #expect(replay.verdict.isAllowed == isAllowed)
        }
        // Without the grant it was judged by, it is no allow.
        let other = try world.replay(allowed) { record in
            guard var object = record.object else { return record }
            object["grants"] = nil
            return .object(object)
        }
        #expect(!other.verdict.isAllowed && !other.differences.isEmpty)
        // Whose text is gone, or another's, is not replayed.
        #expect(throws: ArchivedDecision.Failure.self) {
            try world.replay(allowed) { record in
                guard var object = record.object, var grants = record["grants"]?.array,
                    var first = grants.first?.object
                else { return record }
                first["policy"] = .text(WireTypes.Digest(SHA256.hash(data: [1])).base64URL)
                grants[0] = .object(first)
                object["grants"] = .array(grants)
                return .object(object)
            }
        }
        let text = try #require(try world.ledger.content(grant.policy))
        for bytes in [text + [0x0a], Array("permit (principal, action, resource);".utf8)] {
            #expect(throws: ArchivedDecision.Failure.self) {
                try world.replay(allowed, content: { $0 == grant.policy ? bytes : nil })
            }
        }
    }

    @Test func `the digest in a receipt follows from the log alone: the policies' and each grant's`() async throws {
        let world = try World(Self.effectsAlone)
        let pipeline = world.pipeline
        let bare = try world.receipt(await pipeline.answer(try Self.pay()))
        try await world.give(Grants.policy())
        try await world.give(Grants.policy(["copy"]))
        let receipt = try world.receipt(await pipeline.answer(try Self.pay()))
        var policies: WireTypes.Digest?
        var texts: [UUIDv7: WireTypes.Digest] = [:]
        for entry in try world.entries() {
            switch entry.event?.details {
            case .policyActivated(let digest, _, _)?: policies = digest
            case .grantGiven(let id, _, let digest, _, _, _, _)?: texts[id] = digest
            default: break
            }
        }
        #expect(bare.policy.digest == policies)
        let pairs: [JSON] =
            try #require(receipt.policy.grants).map { id in
                [.text("grants/\(id)"), .text(try #require(texts[id]).base64URL)]
            } + [["policies", .text(try #require(policies).base64URL)]]
        let expected = WireTypes.Digest(SHA256.hash(data: try JSON.array(pairs).canonical()))
        #expect(receipt.policy.digest == expected)
        #expect(texts.count == 2)
    }

    @Test func `a text that permits more than its own agent's is not used, and nothing of that agent's is allowed`()
        async throws
    {
        for text in [
            "permit (principal, action, resource);", #"@id("x") permit (principal, action, resource);"#,
            #"@id("PREFIX1") permit (principal == Agent::"agent-passport:a2", action, resource);"#,
            #"@id("PREFIX1") permit (principal in Agent::"agent-passport:a1", action, resource);"#,
            #"@id("PREFIX1") forbid (principal == Agent::"agent-passport:a1", action, resource);"#,
            #"@id("PREFIX1") @mode("shadow") permit (principal == Agent::"agent-passport:a1", action, resource);"#,
            #"@id("permit-docs") permit (principal == Agent::"agent-passport:a1", action, resource);"#,
            "not a policy",
        ] {
            let world = try World()
            let id = UUIDv7(time: World.day, random: [UInt8](repeating: 1, count: 10))
            let text = UTF8String(text.replacing("PREFIX", with: "grant/\(id)/"))
            _ = try await world.events.give(
                text, id: id, to: Agents.id, until: World.day.adding(milliseconds: 60_000), reason: "r",
                actor: "operator"
            ).get()
            let answer = await world.pipeline.answer(try Calls.call())
            #expect(!answer.isAllowed && answer.reasons.first?.code == .logUnavailable, "\(text): \(answer.reason)")
            let other = try Agents.credential { $0.agentID = "agent-passport:a2" }
            #expect(await world.pipeline.answer(try Calls.call(as: other)).isAllowed)
        }
    }

    @Test func `at most sixteen of an agent, at most a day, and no longer task than is kept`() async throws {
        let world = try World()
        for _ in 0..<TaskGrant.ofAgentMax { try await world.give(Grants.policy()) }
        await #expect(throws: GrantMistake.self) { try await world.give(Grants.policy()) }
        try await world.give(Grants.policy(agent: "agent-passport:a2"), minutes: 24 * 60)
        await #expect(throws: GrantMistake.self) {
            try await world.give(Grants.policy(agent: "agent-passport:a2"), minutes: 24 * 60 + 1)
        }
        await #expect(throws: GrantMistake.self) {
            try await world.give(Grants.policy(agent: "agent-passport:a2"), minutes: 0)
        }
        await #expect(throws: GrantMistake.self) {
            try await world.give(
                Grants.policy(agent: "agent-passport:a2"), task: UTF8String(String(repeating: "x", count: 20_000)))
        }
        // When theirs are over there is room again.
        world.clock.advance(milliseconds: 600_000)
        try await world.give(Grants.policy())
    }

    @Test func `what a grant is for is in no entry, and can be read until it is erased`() async throws {
        let world = try World()
        let words: UTF8String = "planted-secret: pay the plumber"
        let grant = try await world.give(Grants.policy(), task: words)
        for entry in try world.entries() {
            #expect(!String(decoding: entry.bytes, as: UTF8.self).contains("planted-secret"))
        }
        let event = try #require(try world.entries().compactMap(\.event).last)
        guard case .grantGiven(_, _, _, _, _, _, let task) = event.details else {
            Issue.record("the last event is no grant")
            return
        }
        let sealed = try #require(try world.ledger.evidence(of: grant.id))
        #expect(sealed.digest == task)
        #expect(try EvidenceArchive.task(sealed, of: event, keys: world.keys) == words)
        // Of another grant it is not.
        let second = try await world.give(Grants.policy(), task: "something else")
        let other = try #require(try world.ledger.evidence(of: second.id))
        #expect(try EvidenceArchive.task(other, of: event, keys: world.keys) == nil)
        world.ledger.eraseEvidence(of: grant.id)
        #expect(try world.ledger.evidence(of: grant.id) == nil)
        #expect(await world.pipeline.answer(try Self.pay()).isAllowed)
    }

    @Test func `a tool is shown while it is granted, and not before and after`() async throws {
        let tools = ["read_document", "pay", "copy"].map { Listings.tool(UTF8String($0)) }
        func names(_ pipeline: DecisionPipeline) async throws -> [String] {
            let questions = tools.map {
                VisibilityQuestion.tool($0["name"]?.string ?? "", definition: ToolListing.digest(of: $0))
            }
            let shown = try await pipeline.visible(
                questions, to: Agents.credential(), server: "docs", builtInMap: nil,
                place: WorkingPlace(workingDirectory: "/srv", isLocal: false))
            return zip(tools, shown).compactMap { $1 ? $0["name"]?.string?.string : nil }
        }
        let ordinary = #"permit (principal, action == Action::"docs/copy", resource);"#
        for (outside, before) in [("policy", ["copy"]), ("deny", []), ("ask", ["copy"])] as [(String, [String])] {
            let world = try World.granting(.text(outside), ordinary)
            let pipeline = world.pipeline
            _ = try await pipeline.observe(Listings.listing(tools, .firstUse))
            #expect(try await names(pipeline) == before)
            let pay = try await world.give(Grants.policy(tests: ["amount <= 5"]), minutes: 5)
            #expect(try await names(pipeline) == ["pay"] + before)
            try await world.give(Grants.policy(["read_document"], session: "s"), minutes: 2)
            #expect(try await names(pipeline) == ["read_document", "pay"] + before)
            world.clock.advance(milliseconds: 120_000)
            #expect(try await names(pipeline) == ["pay"] + before)
            try await world.events.revoke(pay, reason: "r", actor: "operator")
            #expect(try await names(pipeline) == before)
        }
    }
}
