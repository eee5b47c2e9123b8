// SPDX-License-Identifier: Apache-2.0

import Effects
import Passports
import StrictJSON
import Testing

@testable import Packs

/// Which tools act as which pack describes, and how their calls say what it asks.
struct BindingTests {
    @Test func `every line of the table is read, and no tool is in it twice`() throws {
        var maps: [String] = []
        var seen: Set<String> = []
        for line in BoundTools.text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard line.first == " " else {
                maps = words
                #expect(words.allSatisfy { ToolMaps.builtInNames.contains(UTF8String($0)) }, "\(line)")
                continue
            }
            let row = try #require(BoundTools.row(words), "\(line)")
            for tool in row.tools {
                for map in maps { #expect(seen.insert("\(map)/\(tool)").inserted, "\(map)/\(tool)") }
            }
        }
        #expect(seen.count > 130)
    }

    @Test func `a bound tool is one of its map's, with members of its pack's`() throws {
        for map in BoundTools.maps {
            var maps = ToolMaps()
            try maps.use(builtIn: map, for: "s")
            let known = Set(maps.tools(of: "s"))
            for tool in BoundTools.tools(of: map) {
                #expect(known.contains(tool), "\(map)/\(tool)")
                let binding = try #require(BoundTools.binding(of: tool, map: map))
                let definition = try #require(PackRows.pack(binding.pack))
                let names = Set(definition.members.flatMap(\.names))
                let members = try #require(binding.members)
                #expect(members.allSatisfy { names.contains($0.name) }, "\(map)/\(tool)")
                // What the pack needs, the table has, under one of its names.
                for member in definition.members where member.isRequired {
                    #expect(members.contains { member.names.contains($0.name) }, "\(map)/\(tool) \(member.names)")
                }
                #expect(binding.isImplied && binding.tool.byteCount > 0)
            }
        }
    }

    @Test func `a passport of the least assurance and the first capabilities is not kept from any built-in tool`()
        throws
    {
        let first: [UTF8String] = [
            "system.command.execute", "data.file.read", "data.file.write", "web.fetch", "web.browser",
            "messaging.send", "mcp.tool.execute",
        ]
        let identity = try Fixture.identity([:], assurance: .l0, capabilities: first)
        for map in BoundTools.maps {
            for tool in BoundTools.tools(of: map) {
                let packs = ToolPacks().bindings(server: "s", tool: tool, map: map, isServed: true)
                #expect(packs.count == 2)
                for pack in packs {
                    let requirements = try #require(PackTable.standard.requirements(of: pack.pack))
                    #expect(identity.refusal(under: requirements) == nil, "\(map)/\(tool)")
                    #expect(!PackRules.hasLimits(identity.limits, of: pack.pack))
                }
            }
        }
    }

    struct Context: Sendable, CustomTestStringConvertible {
        let map: UTF8String
        let tool: UTF8String
        let arguments: JSON
        let expected: JSON
        var testDescription: String { "\(map)/\(tool) \(String(decoding: arguments.serialized(), as: UTF8.self))" }
    }

    static let contexts = [
        Context(
            map: "claude-code", tool: "Bash", arguments: ["command": "ls", "timeout": 1500, "description": "x"],
            expected: ["command": "ls", "timeout": 2]),
        Context(
            map: "claude-code", tool: "Bash", arguments: ["command": "ls", "timeout": "1500"],
            expected: ["command": "ls", "timeout": "1500"]),
        Context(
            map: "codex", tool: "shell", arguments: ["command": ["git", "log", "--format=a b", "it's", ""]],
            expected: ["command": #"git log '--format=a b' 'it'\''s' ''"#]),
        Context(map: "codex", tool: "shell", arguments: ["command": ["git", 1]], expected: ["command": ["git", 1]]),
        Context(map: "claude-code", tool: "Grep", arguments: ["pattern": "x"], expected: ["path": "."]),
        Context(map: "claude-code", tool: "Grep", arguments: ["path": .null], expected: ["path": "."]),
        Context(
            map: "cursor", tool: "LS", arguments: ["path": "/a", "target_directory": "/b"],
            expected: ["path": ["/a", "/b"]]),
        Context(map: "codex", tool: "apply_patch", arguments: ["input": "*** x"], expected: ["file_path": "patch"]),
        Context(
            map: "mcp-server-slack", tool: "slack_post_message", arguments: ["channel_id": "C1", "text": "hello"],
            expected: ["channel_id": "C1", "message": "hello", "message_type": "text"]),
    ]

    @Test(arguments: contexts) func `a call says what the pack asks`(context: Context) throws {
        let binding = try #require(BoundTools.binding(of: context.tool, map: context.map))
        #expect(binding.context(of: context.arguments.object ?? JSONObject()) == context.expected.object)
    }

    @Test func `a served tool is under the pack of MCP's tools too, one that is configured under its own alone`() throws
    {
        let named = try PackBinding(configured: "finance.payment.charge.v1")
        let packs = ToolPacks(servers: [
            ToolPacks.Server(alias: "shop", url: "https://shop.example/mcp", tools: ["charge": named])
        ])
        func ids(_ server: UTF8String, _ tool: UTF8String, _ map: UTF8String?, _ isServed: Bool) -> [UTF8String] {
            packs.bindings(server: server, tool: tool, map: map, isServed: isServed).map(\.pack)
        }
        #expect(ids("shop", "charge", nil, true) == ["finance.payment.charge.v1"])
        #expect(ids("shop", "list", nil, false) == ["mcp.tool.execute.v1"])
        #expect(ids("web", "fetch", "mcp-server-fetch", true) == ["web.fetch.v1", "mcp.tool.execute.v1"])
        #expect(ids("claude-code", "Bash", "claude-code", false) == ["system.command.execute.v1"])
        #expect(ids("claude-code", "mcp__x__y", nil, true) == [])
        #expect(ids("claude-code", "TodoWrite", "claude-code", false) == [])
        #expect(ids("local", "nothing", nil, false) == [])
        let other = packs.bindings(server: "shop", tool: "list", map: nil, isServed: true)[0]
        #expect(
            other.context(of: JSONObject(unique: [JSONMember(key: "a", value: 1)]))
                == (["server": "https://shop.example/mcp", "tool": "list", "parameters": ["a": 1]] as JSON).object)
        #expect(other.server == "shop" && other.isImplied)
        let required = ToolPacks(isRequired: true)
        #expect(required.bindings(server: "x", tool: "y", map: nil, isServed: true).map(\.isImplied) == [false])
    }

    @Test(
        arguments: [
            ([:], false), (["max_calls_per_minute": 3], false), (["mcp.tool.execute": ["allowed_tools": []]], false),
            (["data.file.read": ["allowed_paths": ["/a"]]], true), (["data": ["file": ["read": ["x": 1]]]], true),
            (["blocked_paths": ["/a"]], true), (["approval_required": true], true), (["data.file.read": [:]], false),
            (["allowed_paths": .null], false),
        ] as [(JSON, Bool)])
    func `a passport has limits of a pack under its names, or such as its rules look at`(
        limits: JSON, has: Bool
    ) {
        #expect(PackRules.hasLimits(limits.object ?? JSONObject(), of: "data.file.read.v1") == has)
    }

    @Test(
        arguments: [
            ("finance.payment.charge.v9", ": expected one of agent.session.create.v1, "),
            (3, ": expected one of agent.session.create.v1, "),
            (["members": [:]], "pack: expected one of "),
            (["pack": "web.fetch.v1", "member": [:]], "member: expected nothing of that name"),
            (["pack": "web.fetch.v1", "members": []], "members: expected a table"),
            (
                ["pack": "web.fetch.v1", "members": ["uri": "/u"]],
                "members/uri: expected what the pack looks at: body, "
            ),
            (["pack": "web.fetch.v1", "members": ["url": "u"]], "members/url: expected a JSON pointer"),
            (
                ["pack": "web.fetch.v1", "members": ["url": ["at": "/u", "as": "text"]]], "members/url: expected a JSON"
            ),
            (["pack": "web.fetch.v1", "members": ["url": ["as": "words"]]], "members/url: expected a JSON pointer"),
            (
                ["pack": "web.fetch.v1", "members": ["url": ["at": "/u", "otherwise": 1]]],
                "members/url: expected a JSON"
            ),
        ] as [(JSON, String)])
    func `a mistake in a configuration is named with its place`(json: JSON, expected: String) {
        do {
            _ = try PackBinding(configured: json)
            Issue.record("it was read")
        } catch {
            #expect((": " + error.description).contains(expected), "\(error)")
        }
    }

    @Test func `what is archived of a binding makes the same one`() throws {
        var bindings = [try PackBinding(configured: "web.fetch.v1")]
        bindings.append(
            try PackBinding(configured: [
                "pack": "finance.payment.refund.v1",
                "members": [
                    "amount": "/sum/cents", "currency": ["value": "EUR"],
                    "region": ["at": ["/a", "/b"], "value": "DE"],
                ],
            ]))
        bindings += ToolPacks().bindings(server: "s", tool: "run_process", map: "mcp-server-commands", isServed: true)
        for binding in bindings { #expect(try PackBinding(archived: binding.archived) == binding) }
        #expect(bindings.count == 4)
    }

    @Test(
        arguments: [
            (["shop"], true), (["https://shop.example"], true), (["https://shop.example/*"], true),
            (["https://*.example"], false), (["*"], true),
            (["Shop"], false), (["https://shop.example.evil"], false), ([], false), (["sh*"], false),
        ] as [([UTF8String], Bool)])
    func `a passport lists a configured server by its alias or its URL`(list: [UTF8String], allowed: Bool) throws {
        var call = try Fixture.call(
            "mcp.tool.execute.v1", ["server": "https://shop.example/mcp", "tool": "list", "parameters": [:]],
            limits: ["mcp.tool.execute": ["allowed_servers": .array(list.map(JSON.string))]])
        call.server = "shop"
        #expect(PackRules.judge(call).refusals.isEmpty == allowed)
        // A program has no URL, and a caller's own word is no alias.
        call.arguments["server"] = "shop"
        #expect(PackRules.judge(call).refusals.isEmpty == (list == ["shop"] || list == ["*"]))
        call.server = nil
        #expect(!PackRules.judge(call).refusals.isEmpty)
    }
}
