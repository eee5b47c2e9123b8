// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct MappedCallTests {
    private static let plain =
        MappedCall.serverCalls + MappedCall.slackCalls + MappedCall.gitHubCalls + MappedCall.harnessCalls
        + MappedCall.aportCalls

    @Test(arguments: ToolMaps.builtInNames)
    func `every map that comes along can be read, as a whole and tool by tool alike`(name: UTF8String) throws {
        let map = try #require(BuiltInMaps[name])
        let tools = try map.tools()
        #expect(Set(map.names) == Set(tools.keys) && !tools.isEmpty)
        for (tool, whole) in tools { #expect(try map.tool(tool) == whole) }
        #expect(try map.tool("no such tool") == nil)
    }

    @Test func `a tool that is named twice in a table, or read wrongly, is a mistake`() {
        #expect(throws: ToolMapError.self) { try BuiltInMap(table: "a b\n  x\na\n  y").tools() }
        #expect(throws: ToolMapError.self) { try BuiltInMap(table: "a\n  x=fly:path").tool("a") }
    }

    @Test(arguments: Self.plain)
    func `a plain call touches what it names and nothing else`(call: MappedCall) throws {
        #expect(try call.effects() == call.expected)
    }

    @Test(arguments: ToolMaps.builtInNames)
    func `every tool has a plain call here`(name: UTF8String) throws {
        // The first three have tests of their own; Copilot has Claude Code's tools besides its own.
        guard !["documents", "mcp-server-git", "mcp-server-time"].contains(name) else { return }
        var maps = ToolMaps()
        try maps.use(builtIn: name, for: "s")
        let sources: [UTF8String] = name == "copilot" ? [name, "claude-code"] : [name]
        let called = Set(Self.plain.filter { sources.contains($0.map) }.map(\.tool))
        #expect(called.sorted() == maps.tools(of: "s"))
    }

    @Test(arguments: Self.plain)
    func `an argument that nobody declared is opaque`(call: MappedCall) throws {
        // What the user asked for has members of the user's choosing.
        guard try BuiltInMaps[call.map]?.tool(call.tool)?.isOpen == false else { return }
        var arguments = try #require(JSON(parsing: UTF8String(call.arguments)).object)
        arguments["_hidden"] = "rm -rf /"
        #expect(try MappedCall.effects(call.map, call.tool, .object(arguments)).contains("opaque arguments"))
    }

    @Test(arguments: Self.plain)
    func `an argument of another type is opaque`(call: MappedCall) throws {
        let arguments = try #require(JSON(parsing: UTF8String(call.arguments)).object)
        for member in arguments.members {
            var changed = arguments
            changed[member.key] = .array([.object(JSONObject()), .null])
            let effects = try MappedCall.effects(call.map, call.tool, .object(changed))
            #expect(effects.contains { $0.hasPrefix("opaque ") }, "\(member.key)")
        }
    }

    @Test(arguments: Self.plain)
    func `arguments that are no object are opaque`(call: MappedCall) throws {
        for arguments: JSON in [.null, "x", .array([]), true] {
            #expect(try MappedCall.effects(call.map, call.tool, arguments).contains("opaque arguments"))
        }
    }

    @Test(arguments: Self.plain)
    func `a path out of the project is seen where it leads`(call: MappedCall) throws {
        guard call.arguments.contains("src/a.txt") else { return }
        let hostile = call.arguments.replacing("src/a.txt", with: "src/../../home/me/.ssh/id_ed25519")
        let effects = try MappedCall.effects(call.map, call.tool, JSON(parsing: UTF8String(hostile)))
        let expected = call.expected.map { $0.replacing("/p/src/a.txt", with: "/home/me/.ssh/id_ed25519") }
        #expect(effects == expected)
        let computed = call.arguments.replacing("src/a.txt", with: "$HOME/.netrc")
        let opaque = try MappedCall.effects(call.map, call.tool, JSON(parsing: UTF8String(computed)))
        #expect(opaque.contains { $0.hasPrefix("opaque path-") })
    }

    @Test func `a harness's name is no server's map, and fits an alias`() {
        #expect(ToolMaps.harnesses == ["claude-code", "codex", "copilot", "cursor", "gemini", "openclaw"])
        for name in ToolMaps.harnesses { #expect(ToolMaps.builtInNames.contains(name) && name.byteCount <= 16) }
    }

    @Test func `a server's own map wins over the built-in one, which wins over an earlier one`() throws {
        var maps = ToolMaps()
        try maps.overlay(["tools": ["Read": ["parameters": ["/x": "inert"]]]], for: "s")
        let own = maps[ToolReference(server: "s", tool: "Read")]
        try maps.use(builtIn: "claude-code", for: "s")
        #expect(maps[ToolReference(server: "s", tool: "Read")] != own)
        try maps.overlay(["tools": ["Read": ["parameters": ["/x": "inert"]]]], for: "s")
        #expect(maps[ToolReference(server: "s", tool: "Read")] == own)
        #expect(maps[ToolReference(server: "s", tool: "Write")] != nil)
        #expect(maps[ToolReference(server: "s", tool: "write")] == nil)
    }
}
