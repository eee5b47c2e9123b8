// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import PortTesting
import Receipts
import StrictJSON
import Testing
import ToolTypes
import WireTypes

/// Task grants of these tests.
enum Grants {
    /// What a configuration of these tests says by `grants`: `deny`, `ask`, or `deny` for one agent.
    static func rules(of configuration: JSON) -> GrantRules {
        switch configuration["grants"]?.string {
        case "policy": GrantRules(outside: .policy)
        case "deny": GrantRules(outside: .deny)
        case "deny-a1": GrantRules(outside: .deny, agents: [Agents.id])
        case "ask": GrantRules(outside: .ask(group: "finance"))
        default: .none
        }
    }

    /// The tools of the server `docs`, described.
    static let servers = [
        ToolServer(
            alias: "docs",
            tools: [
                tool("read_document", ["path": ["type": "string"]]),
                tool(
                    "pay",
                    [
                        "amount": ["type": "number"], "to": ["type": "string"], "count": ["type": "integer"],
                        "currency": ["type": "string", "enum": ["EUR", "USD"]], "urgent": ["type": "boolean"],
                        "tags": ["type": "array", "items": ["type": "string"]],
                        "filter": ["type": "object", "properties": ["owner": ["type": "string"]]],
                        "odd \"name\"": ["type": "string"], "any": true,
                    ]),
                tool("copy", ["from": ["type": "string"], "to": ["type": "string"]]),
                ToolDefinition(name: "loose", input: .undescribed),
            ])
    ]

    /// What is known of them; made once, since it takes its time.
    private static let described = Result { try GrantSchema(servers) }
    static var schema: GrantSchema { get throws { try described.get() } }

    private static func tool(_ name: UTF8String, _ properties: JSON) -> ToolDefinition {
        ToolDefinition(name: name, input: .schema(["type": "object", "properties": properties]))
    }

    static func tools(_ names: [UTF8String]) -> [ToolReference] {
        names.map { ToolReference(server: "docs", tool: $0) }
    }

    static func policy(
        _ tools: [UTF8String] = ["pay"], tests: [UTF8String] = [], effects: [UTF8String] = [],
        agent: UTF8String = Agents.id, session: UTF8String? = nil
    ) throws(GrantMistake) -> GrantPolicy {
        try GrantPolicy(agentID: agent, tools: Self.tools(tools), tests: tests, effects: effects, session: session)
    }

    /// The text of a policy, as it would be for some grant.
    static func text(
        _ policy: GrantPolicy, id: UUIDv7 = UUIDv7(time: World.day, random: [UInt8](repeating: 7, count: 10)),
        until: Timestamp = World.day.adding(milliseconds: 60_000)
    ) throws -> UTF8String {
        try policy.text(id: id, until: until, schema: schema)
    }
}

extension World {
    /// A world whose configuration says what holds outside of grants.
    static func granting(_ outside: JSON, _ policies: String = Books.policies) throws -> World {
        try World(policies, configuration: ["of": "a test", "grants": outside, "approvals": "one"])
    }

    /// Gives a grant to the agent.
    @discardableResult
    func give(
        _ policy: GrantPolicy, minutes: Int64 = 10, task: UTF8String? = nil
    ) async throws -> TaskGrant {
        let id = UUIDv7(time: clock.now(), random: ports.random.bytes(10))
        let until = clock.now().adding(milliseconds: minutes * 60_000)
        let text = try policy.text(id: id, until: until, schema: Grants.schema)
        return try await events.give(
            text, id: id, to: policy.agentID, until: until, session: policy.session, reason: "a test", task: task,
            actor: "operator"
        ).get()
    }
}
