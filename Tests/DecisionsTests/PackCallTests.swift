// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// Calls under packs, from the door to the log.
struct PackCallTests {
    static let policies = #"""
        @id("all") permit (principal, action in [Action::"call", Action::"effect"], resource);
        @id("opaque") forbid (principal, action == Action::"opaque", resource);
        """#

    private static func call(
        _ name: UTF8String, _ arguments: JSON, limits: JSON, assurance: Assurance = .l3, agent: UTF8String = Agents.id
    ) throws -> ToolCall {
        let known = try #require(APortNames[name])
        return ToolCall(
            surface: .check, enforcement: .advisory, server: known.tool.server, tool: known.tool.tool, isListed: true,
            pack: known.pack, builtInMap: "aport", message: arguments, argumentsPlace: JSONPointer(),
            parametersPlace: JSONPointer(),
            credential: try Agents.credential { draft in
                draft.agentID = agent
                draft.capabilities = [try Capability(known.capability)]
                draft.assurance = assurance
                draft.regions = ["US"]
                draft.limits[known.capability] = limits
            },
            place: WorkingPlace(workingDirectory: "/srv/project", home: "/root", isLocal: true))
    }

    static let limits: JSON = [
        "currency_limits": ["USD": ["max_per_tx": 5000, "daily_cap": 8000]], "reason_codes": ["customer_request"],
    ]

    static func refund(
        _ amount: Int64, key: UTF8String, limits: JSON = limits, region: UTF8String = "US",
        agent: UTF8String = Agents.id
    ) throws -> ToolCall {
        try call(
            "payment.refund",
            [
                "order_id": "o", "customer_id": "c", "amount": .integer(amount), "currency": "USD",
                "region": .string(region), "reason_code": "customer_request", "idempotency_key": .string(key),
            ], limits: limits, agent: agent)
    }

    @Test(
        arguments: [
            ("grep", ["pattern": "TODO"]), ("glob", ["pattern": "*.ts"]), ("ls", [:]), ("grep_search", ["query": "x"]),
            ("web_search", ["query": "x"]), ("file.read", ["path": "a.md", "file_path": "a.md"]),
        ] as [(UTF8String, JSON)])
    func `a search brings what its pack needs, though it names no place`(name: UTF8String, arguments: JSON) async throws
    {
        let world = try World(Self.policies)
        let answer = await world.pipeline.answer(try Self.call(name, arguments, limits: [:]))
        #expect(answer.isAllowed, "\(answer.reason)")
    }

    @Test func `a search of the web goes nowhere that a list of hosts allows, and one of files looks where it is`()
        async throws
    {
        let world = try World(Self.policies)
        let web = try Self.call("web_search", ["query": "x"], limits: ["allowed_domains": ["example.com"]])
        #expect(await world.pipeline.answer(web).reasons.map(\.code) == [.domainNotAllowed])
        let elsewhere = try Self.call("grep", ["pattern": "x"], limits: ["allowed_paths": ["/srv/other/**"]])
        #expect(await world.pipeline.answer(elsewhere).reasons.map(\.code) == [.pathNotAllowed])
    }

    @Test func `a day's amount is taken by each allow, and no call passes it`() async throws {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        #expect(await pipeline.answer(try Self.refund(5000, key: "key-0001")).isAllowed)
        let over = await pipeline.answer(try Self.refund(3001, key: "key-0002"))
        #expect(over.reasons.map(\.code) == [.limitExceeded])
        #expect(
            over.reason
                == "limit: finance.payment.refund.v1 daily_cap_check: the passport's currency_limits[currency].daily_cap is used up"
        )
        #expect(await pipeline.answer(try Self.refund(3000, key: "key-0003")).isAllowed)
        #expect(await pipeline.answer(try Self.refund(5000, key: "key-0004", agent: "agent-passport:a2")).isAllowed)
        world.clock.advance(milliseconds: 86_400_000)
        #expect(await pipeline.answer(try Self.refund(5000, key: "key-0005")).isAllowed)
    }

    @Test func `a key is used once, by an allow, whatever the day`() async throws {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        #expect(!(await pipeline.answer(try Self.refund(9999, key: "key-0001")).isAllowed))
        #expect(await pipeline.answer(try Self.refund(1, key: "key-0001")).isAllowed)
        world.clock.advance(milliseconds: 86_400_000)
        let again = await pipeline.answer(try Self.refund(1, key: "key-0001"))
        #expect(again.reasons.map(\.code) == [.idempotencyConflict])
        let receipt = try world.receipt(again)
        #expect(receipt.limits?.map(\.id) == ["finance.payment.refund.v1 idempotency_check"])
        #expect(receipt.limits?.map(\.outcome) == [.exceeded])
        #expect(try world.replay(again).differences.isEmpty)
    }

    @Test func `a receipt says which limits an allow has taken, and of what kind`() async throws {
        let world = try World(Self.policies)
        let answer = await world.pipeline.answer(try Self.refund(1, key: "key-0001"))
        let limits = try #require(try world.receipt(answer).limits)
        #expect(
            limits.map(\.id) == [
                "finance.payment.refund.v1 daily_cap_check", "finance.payment.refund.v1 idempotency_check",
            ])
        #expect(limits.map(\.kind) == [.amount, .count] && limits.allSatisfy { $0.outcome == .reserved })
        #expect(try world.replay(answer).differences.isEmpty)
    }

    @Test func `of calls at once no more are allowed than the limit has`() async throws {
        let world = try World(Self.policies)
        let pipeline = world.pipeline
        let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    await pipeline.answer(try Self.refund(1000, key: UTF8String("key-\(1000 + number)"))).isAllowed
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(allowed == 8)
    }

    @Test func `the region that a call names is one of the passport's`() async throws {
        let answer = await (try World(Self.policies)).pipeline.answer(
            try Self.refund(1, key: "key-0001", region: "DE"))
        #expect(answer.reasons.map(\.code) == [.regionBlocked])
    }

    @Test func `context that a pack needs comes before policies, and its rules after them`() async throws {
        let world = try World("")
        let missing = await world.pipeline.answer(try Self.call("payment.refund", [:], limits: Self.limits))
        #expect(missing.reasons.map(\.code) == [.invalidContext])
        #expect(missing.reason == "invalid request: the call has no order_id")
        let over = await world.pipeline.answer(try Self.refund(9999, key: "key-0001"))
        #expect(over.reasons.map(\.code) == [.notPermitted])
    }

    @Test func `of several rules every one is named, in the pack's order`() async throws {
        let limits: JSON = ["currency_limits": ["USD": ["max_per_tx": 1, "daily_cap": 1]], "reason_codes": []]
        let world = try World(Self.policies)
        let answer = await world.pipeline.answer(try Self.refund(2, key: "key-0001", limits: limits))
        #expect(answer.reasons.map(\.code) == [.limitExceeded, .invalidReasonCode])
        #expect(try world.replay(answer).differences.isEmpty)
    }

    @Test func `an approval that a passport asks for is a refusal where the configuration names no group for it`()
        async throws
    {
        var limits = Self.limits.object ?? JSONObject()
        limits["approval_required"] = true
        let answer = await (try World(Self.policies)).pipeline.answer(
            try Self.refund(1, key: "key-0001", limits: .object(limits)))
        #expect(answer.reasons.map(\.code) == [.approvalRequired])
        #expect(
            answer.reason
                == "approval required: by the passport's limit approval_required, and the configuration names nobody for it"
        )
    }
}
