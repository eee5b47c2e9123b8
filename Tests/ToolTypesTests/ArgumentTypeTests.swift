// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing
import ToolTypes

/// How arguments are read where their tool is described.
@Suite struct ArgumentTypeTests {
    private static func type(_ schema: JSON) -> ArgumentType? {
        let tool = ToolDefinition(name: "t", input: .schema(.object(["p": schema])))
        return ArgumentTypes([ToolServer(alias: "s", tools: [tool])])[server: "s", tool: "t"]
    }

    @Test(
        arguments: [
            (["type": "integer"], .integer, false), (["type": "number"], .number, false),
            (["type": ["number", "null"]], .number, true), (["type": "string", "nullable": true], .undeclared, true),
            (["anyOf": [["type": "integer"], ["type": "null"]]], .integer, true),
            (["anyOf": [["type": "integer"], ["type": "number"]]], .number, false),
            (["type": ["string", "integer"]], .undeclared, false), (["enum": [1, nil]], .integer, true),
            (["type": "array", "items": ["type": "number"]], .elements(.number), false),
            (
                ["type": "array", "prefixItems": [["type": "integer"], ["type": "number"]], "items": false],
                .elements(.number), false
            ), (["type": "null"], .undeclared, true), ([:], .undeclared, false), (true, .undeclared, false),
            (
                .object(["n": ["type": ["integer", "null"]]]),
                .members(["n": ArgumentType.Member(.integer, allowsNull: true)]), false
            ),
        ] as [(JSON, ArgumentType, Bool)])
    func `a parameter is read as its definition says, and may be null where that says so`(
        _ schema: JSON, _ type: ArgumentType, _ allowsNull: Bool
    ) {
        #expect(Self.type(schema)?.member("p") == ArgumentType.Member(type, allowsNull: allowsNull))
    }

    @Test func `of a tool that is described twice, or not at all, nothing is known`() {
        let tool = ToolDefinition(name: "t", input: .schema(.object(["p": ["type": "number"]])))
        let odd = ToolDefinition(name: "odd", input: .schema(7))
        let types = ArgumentTypes([ToolServer(alias: "s", tools: [tool, tool, odd])])
        #expect(types[server: "s", tool: "t"] == nil && types[server: "s", tool: "odd"] == nil)
        #expect(types[server: "s", tool: "none"] == nil && types.isEmpty)
        #expect(ArgumentTypes().isEmpty)
    }

    @Test func `declared nulls are taken out and put back in their places`() throws {
        let type = try #require(
            Self.type([
                "type": "array",
                "items": .object(["a": ["type": ["string", "null"]], "b": ["type": "string"]], required: []),
            ]))
        let value: JSON = ["p": [["b": "x", "a": nil, "c": nil], ["a": nil]], "q": nil]
        #expect(type.hasDeclaredNull(value) && !type.hasDeclaredNull(["p": [["b": nil]], "q": nil]))
        let without = type.withoutDeclaredNulls(value)
        #expect(without == ["p": [["b": "x", "c": nil], [:]], "q": nil])
        let changed: JSON = ["p": [["b": "/x", "c": nil], [:]], "q": nil]
        #expect(
            type.restoringDeclaredNulls(in: changed, from: value)
                == ["p": [["b": "/x", "a": nil, "c": nil], ["a": nil]], "q": nil])
    }
}
