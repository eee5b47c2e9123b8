// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Packs
import Passports
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// Calls through the gateway come under packs as they do elsewhere.
@Suite struct PackFlowTests {
    private static let charge: ToolPacks = {
        let members = [
            PackMember("export_type", at: [JSONPointer(["of"])]), PackMember("format", at: [], otherwise: "csv"),
            PackMember("filters", at: [JSONPointer()]), PackMember("estimated_rows", at: [JSONPointer(["rows"])]),
        ]
        return ToolPacks(servers: [
            ToolPacks.Server(
                alias: "one", tools: ["export": PackBinding(pack: "data.export.create.v1", members: members)])
        ])
    }()

    private static func talk(
        _ talking: TalkingServer, _ capabilities: [UTF8String], _ limits: JSON = [:]
    ) async throws -> Talk {
        try await Talk(
            ["one": talking], packs: charge,
            passport: { draft in
                draft.capabilities = try capabilities.map { try Capability($0) }
                draft.assurance = .l1
                draft.limits = limits.object ?? JSONObject()
            })
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a passport without the capability is shown no such tool, and may not call it`(era: Era) async throws {
        let talking = TalkingServer([era], tools: ["echo", "export"])
        let talk = try await Self.talk(talking, ["data.export"], ["data.export": ["max_rows": 5]])
        if era == .legacy { try await talk.connect() }
        let names = try await talk.ask("tools/list", era: era)["result"]?["tools"]?.array?.map { $0["name"] }
        #expect(names == ["export"])
        let refused = try await talk.call("echo", era: era)
        #expect(refused.isToolError && refused.said.contains("no capability mcp.tool.execute"))
        #expect(!(try await talk.call("export", ["of": "users", "rows": 5], era: era).isToolError))
        let many = try await talk.call("export", ["of": "users", "rows": 6], era: era)
        #expect(many.isToolError && many.said.contains("limit: "))
        let unsaid = try await talk.call("export", ["of": "users"], era: era)
        #expect(unsaid.isToolError)
        #expect(talking.permitted.rest.count == 1 && talking.got.rest.count == 1)
        let codes = try talk.fixture.calls().map { $0.receipt.reasons.map(\.code) }
        #expect(
            codes == [
                ["oap.unknown_capability"], ["oap.allowed"], ["oap.limit_exceeded"], ["oap.limit_exceeded"],
            ])
    }

    @Test func `what a passport lists of tools and of calls a minute holds for every served tool, counted once`()
        async throws
    {
        let talking = TalkingServer(tools: ["echo", "other"])
        let talk = try await Self.talk(
            talking, ["mcp.tool.execute"],
            ["mcp.tool.execute": ["allowed_tools": ["echo"], "allowed_servers": ["one"], "max_calls_per_minute": 2]])
        try await talk.connect()
        #expect(try await talk.call("other").said.contains("allowed_tools"))
        for _ in 0..<2 { #expect(!(try await talk.call("echo").isToolError)) }
        #expect(try await talk.call("echo").said.contains("max_calls_per_minute"))
        #expect(talking.permitted.rest.count == 2)
    }
}
