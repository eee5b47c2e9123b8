// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing
import ToolTypes

/// Schemas of whole servers.
@Suite struct SchemaTests {
    private static func tool(_ name: String, _ input: JSON = .object([:])) -> ToolDefinition {
        ToolDefinition(name: UTF8String(name), input: .schema(input))
    }

    @Test(arguments: [
        "my-tool", "a.b", "ns/tool", "$ref", "x y", "in", "日本", "", "7", "a\"b\\", "\u{0}", "__cedar", "e\u{301}",
    ])
    func `no name of a parameter keeps its tool from being typed`(_ name: String) {
        let property = JSON.object(
            JSONObject([JSONMember(key: UTF8String(name), value: ["type": "string"])]) ?? JSONObject())
        for profile in [ToolProfile.native(), .agentCore] {
            let tools = ToolSchema(input: ["type": "object", "properties": property], profile: profile)
            #expect(tools.input == "{\(name)?: String}")
            #expect(tools.diagnostics.isEmpty)
        }
    }

    @Test func `no name of a tool keeps it from having an action, and types are named after it`() {
        let names = ["my-tool", "a.b", "a_2eb", "7up", "日本", "in", "x y"]
        let tools = ToolSchema([ToolServer(alias: "", tools: names.map { Self.tool($0) })], profile: .agentCore)
        #expect(tools.actions.map(\.id.string) == names)
        let types = Set(tools.typeNames.keys.map(\.string))
        #expect(
            types == [
                "my_2dtoolInput", "a_2ebInput", "a_2ebInput_2", "_7upInput", "_e6_97_a5_e6_9c_acInput", "inInput",
                "x_20yInput",
            ])
        #expect(tools.typeNames["a_2ebInput_2"] == "a_2eb")
        for name in types { #expect(EntityTypeName(UTF8String(name)) != nil) }
    }

    @Test func `identifiers keep their names, so that policies of AgentCore can be read`() {
        let tools = ToolSchema(
            [
                ToolServer(
                    alias: "RefundTool", tools: [Self.tool("process_refund", .object(["amount": ["type": "number"]]))])
            ],
            profile: .agentCore)
        #expect(tools.commonType("RefundTool___process_refundInput") == "{amount: decimal}")
        let action = tools.action("RefundTool___process_refund")
        #expect(action?.parents == [ActionReference("RefundTool")])
        #expect(tools.action("RefundTool")?.parents == [ActionReference("CallTool")])
        #expect(tools.action("CallTool")?.parents == [ActionReference("Mcp")])
        #expect(
            action?.appliesTo?.context.map(Rendering.text)
                == "{input: RefundTool___process_refundInput, system: SystemContext}")
        #expect(action?.appliesTo?.principals == ["OAuthUser", "IamEntity", "UnauthenticatedUser"])
        #expect(action?.appliesTo?.resources == ["Gateway"])
        #expect(tools.fragment.namespaces.map(\.name) == ["AgentCore"])
    }

    @Test func `one tool that cannot be typed leaves the others as they are`() throws {
        let list = try ToolList(
            [
                "result": [
                    "tools": [
                        ["name": "good", "inputSchema": .object(["a": ["type": "string"]])],
                        ["name": "text", "inputSchema": ["type": "string"]],
                        ["name": "nothing"], ["inputSchema": [:]], 7,
                        ["name": "wrong", "inputSchema": "schema"],
                        ["name": "free", "inputSchema": ["type": "object", "additionalProperties": true]],
                        ["name": "twice", "inputSchema": [:]], ["name": "twice", "inputSchema": [:]],
                        ["name": "old", "parameters": ["json": .object(["b": ["type": "integer"]])]],
                    ]
                ]
            ])
        #expect(list.diagnostics.count == 2)
        let tools = ToolSchema([ToolServer(alias: "s", tools: list.tools)], profile: .native())
        #expect(
            tools.actions.map { "\($0.tool)\($0.isLoose ? " loose" : "")" } == [
                "good", "text loose", "nothing loose", "wrong loose", "free loose", "twice loose", "old",
            ])
        #expect(tools.diagnostics.map(\.code) == [.loose, .loose, .loose, .loose, .loose])
        #expect(tools.commonType("s_2foldInput") == "{b: Long}")
        let core = ToolSchema([ToolServer(alias: "s", tools: list.tools)], profile: .agentCore)
        #expect(
            core.action("s___text")?.appliesTo?.context.map(Rendering.text) == "{raw: String, system: SystemContext}")
    }

    @Test func `tools that are known by name only are loose, without a word`() {
        let server = ToolServer(alias: "local", tools: [ToolDefinition(name: "exec.run", input: .undescribed)])
        let tools = ToolSchema([server], profile: .native())
        #expect(tools.actions.first?.isLoose == true && tools.diagnostics.isEmpty)
        #expect(tools.action("local/exec.run")?.parents == [ActionReference("local")])
        #expect(tools.action("local")?.parents == [ActionReference("call")])
    }

    @Test(arguments: ["read", "call", "effect", String(repeating: "a", count: 200)])
    func `a server whose alias is taken is left out and said`(_ alias: String) {
        let tools = ToolSchema(
            [
                ToolServer(alias: UTF8String(alias), tools: [Self.tool("x")]),
                ToolServer(alias: "s", tools: [Self.tool("y")]),
            ],
            profile: .native())
        #expect(tools.actions.map(\.id) == ["s/y"])
        #expect(tools.diagnostics.map(\.code) == [.unusable])
    }

    @Test func `servers and tools whose actions would be one are never declared twice`() {
        for profile in [ToolProfile.native(), .agentCore] {
            let servers = [
                ToolServer(alias: "a", tools: [Self.tool("b/c"), Self.tool("b___c"), Self.tool("b")]),
                ToolServer(alias: "a/b", tools: [Self.tool("c")]), ToolServer(alias: "a___b", tools: [Self.tool("c")]),
                ToolServer(alias: "", tools: [Self.tool("Mcp"), Self.tool("a"), Self.tool("a___b")]),
            ]
            let actions = ToolSchema(servers, profile: profile).fragment.namespaces[0].actions.map(\.name)
            #expect(Set(actions).count == actions.count)
        }
    }

    @Test func `effects carry the parameters of all tools, none of them for certain`() {
        let tools = ToolSchema(
            [
                ToolServer(
                    alias: "s",
                    tools: [
                        Self.tool(
                            "a",
                            .object([
                                "path": ["type": "string"], "n": ["type": "integer"],
                                "o": .object(["x": ["type": "string"], "y": ["type": "string"]]),
                            ])),
                        Self.tool(
                            "b",
                            .object([
                                "path": ["type": "string"], "n": ["type": "string"],
                                "o": .object(["x": ["type": "boolean"], "z": ["type": "string"]]),
                            ])),
                        Self.tool("c", ["type": "string"]),
                    ])
            ], profile: .native())
        #expect(
            tools.commonType("AnyInput") == "{o?: {y?: String, z?: String}, path?: String, uri?: String, url?: String}")
        #expect(
            tools.diagnostics.filter { $0.tool == "effect" }.map(\.description) == [
                "effect /n: has no type in policies: tools give it different types",
                "effect /o/x: has no type in policies: tools give it different types",
            ])
        let read = tools.action("read")
        #expect(read?.appliesTo?.resources == ["File"] && read?.parents == [ActionReference("effect")])
        #expect(
            read?.appliesTo?.context.map(Rendering.text)
                == "{input: AnyInput, call: CallFacts, local: LocalTime, session: SessionFacts, surface: String, "
                + "system: SystemFacts, place: PlaceFacts, approval?: ApprovalFacts, effect: EffectFacts}")
    }

    @Test func `limits of passports are typed by those there are`() throws {
        let passports: [JSON] = [
            ["max_rows": 7, "mcp": ["servers": ["a", "b"]], "odd": 1], ["mcp": ["max": 1], "odd": "x", "none": nil],
        ]
        let tools = ToolSchema([], profile: .native(NativeFacts(limits: passports.compactMap(\.object))))
        let agent = tools.fragment.namespaces[0].entityTypes.first { $0.name == "Agent" }
        guard case .standard(_, .record(let attributes), _)? = agent?.kind else {
            Issue.record("no Agent")
            return
        }
        #expect(
            attributes.first { $0.name == "limits" }.map { Rendering.text($0.type) }
                == "{max_rows?: Long, mcp?: {max?: Long, servers?: Set<String>}}")
    }

    @Test func `the same definitions give the same schema`() throws {
        let properties = JSON.object(
            JSONObject(
                (0..<50).map { JSONMember(key: UTF8String("p\($0)"), value: ["anyOf": [["type": "string"], [:]]]) })
                ?? JSONObject())
        let schema: JSON = ["type": "object", "properties": properties, "additionalProperties": true]
        let one = ToolSchema(input: schema)
        for _ in 0..<3 {
            let again = ToolSchema(input: schema)
            #expect(again.fragment == one.fragment && again.diagnostics == one.diagnostics)
        }
    }

    @Test(arguments: ["", "{", "[1,2", "{\"a\":1,\"a\":2}", "null", "7", "{}", "{\"tools\":7}"])
    func `a document without tools is a clear error`(_ text: String) {
        #expect(throws: ToolList.Failure.self) { try ToolList(parsing: Array(text.utf8)) }
    }

    @Test func `a list without tools is a list`() throws {
        #expect(try ToolList(parsing: Array(#"{"tools":[]}"#.utf8)).tools.isEmpty)
        #expect(try ToolList(parsing: Array(#"{"name":"x","inputSchema":{}}"#.utf8)).tools.map(\.name) == ["x"])
    }
}
