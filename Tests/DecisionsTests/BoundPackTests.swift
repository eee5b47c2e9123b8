// SPDX-License-Identifier: Apache-2.0

import Decisions
import Packs
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// Calls that nobody has said a pack of: it is that of the tool, at every door.
struct BoundPackTests {
    private static let policies = #"""
        @id("all") permit (principal, action, resource);
        """#

    private static let limits: JSON = [
        "currency_limits": ["EUR": ["max_per_tx": 5000, "daily_cap": 8000]], "reason_codes": ["customer_request"],
    ]

    /// A world whose server `docs` has a tool under a pack.
    private static func world(_ packs: ToolPacks? = nil) throws -> World {
        let world = try World(policies)
        let refund = try PackBinding(configured: [
            "pack": "finance.payment.refund.v1",
            "members": [
                "order_id": "/order/id", "customer_id": "/order/customer", "amount": "/cents",
                "currency": ["value": "EUR"], "region": ["at": "/region", "value": "DE"], "reason_code": "/why",
                "idempotency_key": "/key",
            ],
        ])
        world.rules.set(
            try Books.rulebook(
                policies,
                packs: packs ?? ToolPacks(servers: [ToolPacks.Server(alias: "docs", tools: ["refund": refund])])))
        return world
    }

    private static func credential(
        _ capabilities: [UTF8String], _ limits: JSON = [:], assurance: Assurance = .l3
    ) throws -> Credential {
        try Agents.credential { draft in
            draft.capabilities = try capabilities.map { try Capability($0) }
            draft.limits = limits.object ?? JSONObject()
            draft.assurance = assurance
            draft.regions = ["DE"]
        }
    }

    private static func refund(
        _ cents: Int64, key: UTF8String, as credential: Credential? = nil, region: JSON = "DE"
    ) throws -> ToolCall {
        let credential =
            try credential
            ?? Self.credential(
                ["finance.payment.refund"], ["finance.payment.refund": limits])
        return try Calls.call(
            "refund",
            [
                "order": ["id": "o", "customer": "c"], "cents": .integer(cents), "why": "customer_request",
                "key": .string(key), "region": region,
            ], as: credential
        ) { $0.isListed = true }
    }

    @Test func `a tool of a configured pack is held to its rules, where the arguments say what it asks`() async throws {
        let world = try Self.world()
        let pipeline = world.pipeline
        let first = await pipeline.answer(try Self.refund(5000, key: "key-0001"))
        #expect(first.isAllowed, "\(first.reason)")
        #expect(
            try world.receipt(first).limits?.map(\.id) == [
                "finance.payment.refund.v1 daily_cap_check", "finance.payment.refund.v1 idempotency_check",
            ])
        let over = await pipeline.answer(try Self.refund(5001, key: "key-0002"))
        #expect(over.reasons.map(\.code) == [.limitExceeded])
        let usedUp = await pipeline.answer(try Self.refund(3001, key: "key-0002"))
        #expect(usedUp.reasons.map(\.code) == [.limitExceeded])
        let again = await pipeline.answer(try Self.refund(1, key: "key-0001"))
        #expect(again.reasons.map(\.code) == [.idempotencyConflict])
        let elsewhere = await pipeline.answer(try Self.refund(1, key: "key-0003", region: "FR"))
        #expect(elsewhere.reasons.map(\.code) == [.regionBlocked])
        let unsaid = await pipeline.answer(try Self.refund(1, key: "key-0003", region: .null))
        #expect(unsaid.isAllowed, "\(unsaid.reason)")
        let strange = await pipeline.answer(try Self.refund(1, key: "key-0004", region: 3))
        #expect(strange.reasons.map(\.code) == [.invalidContext])
        for answer in [first, over, usedUp, again, elsewhere, unsaid, strange] {
            #expect(try world.replay(answer).differences.isEmpty, "\(answer.reason)")
        }
    }

    @Test func `what a pack asks of a passport comes first, also where there are no limits`() async throws {
        let world = try Self.world()
        for (capabilities, assurance, code) in [
            (["mcp.tool.execute"], .l3, .unknownCapability), (["finance.payment.refund"], .l1, .assuranceInsufficient),
            // Named by the operator, the pack is whole: a passport without its limits grants nothing.
            (["finance.payment.refund"], .l2, .currencyUnsupported),
        ] as [([UTF8String], Assurance, ReasonCode)] {
            let credential = try Self.credential(capabilities, assurance: assurance)
            let answer = await world.pipeline.answer(try Self.refund(1, key: "key-0001", as: credential))
            #expect(answer.reasons.first?.code == code, "\(answer.reason)")
            #expect(try world.replay(answer).differences.isEmpty)
        }
    }

    @Test func `a served tool of no other pack needs the capability of MCP's tools, and has its limits`() async throws {
        let world = try Self.world()
        func answer(_ tool: UTF8String, _ capabilities: [UTF8String], _ limits: JSON = [:]) async throws -> Answer {
            let credential = try Self.credential(capabilities, limits, assurance: .l0)
            let call = try Calls.call(tool, ["path": "/reports/a"], as: credential) { $0.isListed = true }
            let answer = await world.pipeline.answer(call)
            #expect(try world.replay(answer).differences.isEmpty)
            return answer
        }
        #expect(try await answer("list", ["data.export"]).reasons.map(\.code) == [.unknownCapability])
        #expect(try await answer("list", []).reasons.map(\.code) == [.unknownCapability])
        #expect(try await answer("list", ["mcp.tool.execute"]).isAllowed)
        let limits: JSON = ["mcp.tool.execute": ["allowed_tools": ["li*"], "allowed_servers": ["docs"]]]
        #expect(try await answer("list", ["mcp.tool.execute"], limits).isAllowed)
        #expect(try await answer("send", ["mcp.tool.execute"], limits).reasons.map(\.code) == [.toolNotAllowed])
        let elsewhere: JSON = ["mcp.tool.execute": ["allowed_servers": ["https://docs.example"]]]
        #expect(try await answer("list", ["mcp.tool.execute"], elsewhere).reasons.map(\.code) == [.serverNotAllowed])
        let asked: JSON = ["mcp.tool.execute": ["approval_required": true]]
        #expect(try await answer("list", ["mcp.tool.execute"], asked).reasons.map(\.code) == [.approvalRequired])
    }

    private static func bash(
        _ command: UTF8String, _ capabilities: [UTF8String], _ limits: JSON = [:]
    ) throws -> ToolCall {
        ToolCall(
            surface: .hook, enforcement: .advisory, server: "claude-code", tool: "Bash", builtInMap: "claude-code",
            message: ["command": .string(command), "timeout": 120_000], argumentsPlace: JSONPointer(),
            parametersPlace: JSONPointer(), credential: try credential(capabilities, limits, assurance: .l0),
            place: WorkingPlace(workingDirectory: "/srv/project", home: "/root", isLocal: true))
    }

    @Test func `a coding agent's tool is of its pack: the capability always, the rules where the passport has limits`()
        async throws
    {
        let world = try Self.world()
        func codes(_ call: ToolCall) async throws -> [ReasonCode] {
            let answer = await world.pipeline.answer(call)
            #expect(try world.replay(answer).differences.isEmpty)
            return answer.reasons.map(\.code)
        }
        let can: [UTF8String] = ["system.command.execute"]
        let limits: JSON = ["system.command.execute": ["allowed_commands": ["ls"], "max_execution_time": 120]]
        #expect(try await codes(Self.bash("make all", can)) == [.allowed])
        #expect(try await codes(Self.bash("make all", ["data.file.read"])) == [.unknownCapability])
        #expect(try await codes(Self.bash("ls -l", can, limits)) == [.allowed])
        #expect(try await codes(Self.bash("make all", can, limits)) == [.commandNotAllowed])
        let short: JSON = ["system.command.execute": ["max_execution_time": 119]]
        #expect(try await codes(Self.bash("ls -l", can, short)) == [.limitExceeded])
        // Limits of something else leave commands to the policies.
        #expect(try await codes(Self.bash("make all", can, ["data.export": ["max_rows": 1]])) == [.allowed])
    }

    @Test func `where packs are required, all of one is asked whatever limits a passport has`() async throws {
        let world = try Self.world(ToolPacks(isRequired: true))
        let long = UTF8String("ls " + String(repeating: "a", count: 10_000))
        let answer = await world.pipeline.answer(try Self.bash(long, ["system.command.execute"]))
        #expect(answer.reasons.map(\.code) == [.invalidContext])
        let limited = try Self.world()
        #expect(await limited.pipeline.answer(try Self.bash(long, ["system.command.execute"])).isAllowed)
    }

    @Test func `evidence of before packs were at every door is judged without any`() async throws {
        let world = try Self.world()
        let credential = try Self.credential(["data.export"])
        let answer = await world.pipeline.answer(
            try Calls.call("list", [:], as: credential) { $0.isListed = true })
        #expect(answer.reasons.map(\.code) == [.unknownCapability])
        let old = try world.replay(answer) { record in
            var object = try #require(record.object)
            var call = try #require(object["call"]?.object)
            #expect(call["packs"] != nil)
            call["packs"] = nil
            object["call"] = .object(call)
            return .object(object)
        }
        #expect(old.verdict.isAllowed)
    }

    @Test func `an answer that asks nobody is in the receipt, and a replay finds it there`() async throws {
        let world = try Self.world()
        var call = try Self.bash("ls", ["system.command.execute"])
        call.isAutoApproved = true
        let answer = await world.pipeline.answer(call)
        #expect(try world.receipt(answer).reasons.map(\.code) == ["oap.allowed", "writ.auto_approved"])
        #expect(try world.replay(answer).differences.isEmpty)
        var denied = try Self.bash("ls", [])
        denied.isAutoApproved = true
        #expect(await world.pipeline.answer(denied).reasons.map(\.code) == [.unknownCapability])
    }

    @Test func `an agent is not shown a tool whose capability it has not`() async throws {
        let world = try Self.world()
        let listed = try await world.pipeline.observe(
            Listings.listing([Listings.tool("refund"), Listings.tool("list")], .firstUse))
        _ = listed
        func shown(_ capabilities: [UTF8String]) async throws -> [Bool] {
            let questions = ["refund", "list"].map { name in
                VisibilityQuestion.tool(
                    UTF8String(name), definition: ToolListing.digest(of: Listings.tool(UTF8String(name))))
            }
            return try await world.pipeline.visible(
                questions, to: try Self.credential(capabilities), server: "docs", builtInMap: nil,
                place: WorkingPlace(workingDirectory: "/srv", isLocal: false))
        }
        #expect(try await shown(["finance.payment.refund", "mcp.tool.execute"]) == [true, true])
        #expect(try await shown(["mcp.tool.execute"]) == [false, true])
        #expect(try await shown(["finance.payment.refund"]) == [true, false])
    }
}
