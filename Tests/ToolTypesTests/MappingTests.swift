// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing
import ToolTypes

/// JSON Schema as Cedar types.
@Suite struct MappingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let schema: JSON
        /// Of the parameter `p`; `nil` where it has none.
        let native: String?
        let agentCore: String?
        var testDescription: String { String(decoding: schema.serialized(), as: UTF8.self) }

        init(_ schema: JSON, _ native: String?, _ agentCore: String?) {
            self.schema = schema
            self.native = native
            self.agentCore = agentCore
        }

        init(_ schema: JSON, _ both: String?) { self.init(schema, both, both) }
    }

    static let cases: [Case] = [
        Case(["type": "string"], "p: String"),
        Case(["type": "boolean"], "p: Bool"),
        Case(["type": "integer"], "p: Long"),
        Case(["type": "number"], "p: decimal"),
        Case(["type": "string", "format": "date-time"], "p: String"),
        Case(["type": "string", "enum": ["b", "a"]], "p: String"),
        Case(["enum": ["a", nil]], "p?: String"),
        Case(["const": "a"], "p: String"),
        Case(["enum": [1, 2]], "p: Long"),
        Case(["enum": [true]], "p: Bool"),
        Case(["enum": [1, "a"]], nil, "p: {typeChoice0?: Long, typeChoice1?: String}"),
        Case(["type": ["string", "null"]], "p?: String"),
        Case(["anyOf": [["type": "integer"], ["type": "null"]]], "p?: Long"),
        Case(["oneOf": [["type": "string"], ["type": "string", "enum": ["x"]]]], "p: String"),
        Case(["type": "string", "nullable": true], "p?: String"),
        Case(["type": "null"], nil),
        Case(["anyOf": [["type": "integer"], ["type": "number"]]], "p: decimal"),
        Case(
            ["anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]]], nil,
            "p: {typeChoice0?: String, typeChoice1?: Set<String>}"),
        Case(["type": ["string", "integer"]], nil, "p: {typeChoice0?: Long, typeChoice1?: String}"),
        Case(["type": "array", "items": ["type": "string"]], "p: Set<String>"),
        Case(["type": "array", "items": ["type": ["string", "null"]]], "p: Set<String>"),
        Case(["items": ["type": "integer"]], "p: Set<Long>"),
        Case(["type": "array"], nil),
        Case(
            ["type": "array", "items": ["anyOf": [["type": "string"], ["type": "integer"]]]],
            nil, "p: Set<{typeChoice0?: String, typeChoice1?: Long}>"),
        Case(
            ["type": "array", "prefixItems": [["type": "string"], ["type": "string"]], "items": false],
            "p: Set<String>", "p: {proj0: String, proj1: String}"),
        Case(
            ["type": "array", "prefixItems": [["type": "string"], ["type": "integer"]], "items": false],
            nil, "p: {proj0: String, proj1: Long}"),
        Case(["type": "array", "prefixItems": [["type": "string"]]], nil),
        Case(
            .object(["b": ["type": "string"], "a": ["type": "integer"]], required: ["b"]), "p: {a?: Long, b: String}"),
        Case(["properties": ["a": ["type": "string"]]], "p: {a?: String}"),
        Case(["type": "object"], nil),
        Case(["type": "object", "additionalProperties": false], "p: {}"),
        Case(["type": "object", "additionalProperties": ["type": "string"]], nil),
        Case([:], nil), Case(true, nil), Case(false, nil), Case("string", nil), Case(["type": "strnig"], nil),
        Case(["allOf": [["type": "string"], ["maxLength": 3]]], "p: String"),
        Case(["type": "number", "allOf": [["type": "integer"]]], "p: Long"),
        Case(["allOf": [["type": "string"], ["type": "integer"]]], nil),
        Case(
            ["allOf": [.object(["a": ["type": "string"]]), .object(["b": ["type": "string"]])]],
            "p: {a: String, b: String}"),
        // What stands beside the branches belongs to each of them.
        Case(
            [
                "type": "object", "properties": ["a": ["type": "string"], "b": ["type": "string"]],
                "anyOf": [["required": ["a"]], ["required": ["b"]]],
            ], "p: {a?: String, b?: String}"),
        Case(
            [
                "oneOf": [
                    .object(["kind": ["const": "x"], "v": ["type": "string"]]),
                    .object(["kind": ["const": "y"], "v": ["type": "integer"]]),
                ]
            ], "p: {kind: String}",
            "p: {typeChoice0?: {kind: String, v: String}, typeChoice1?: {kind: String, v: Long}}"),
    ]

    @Test(arguments: cases) func `a parameter has the type that both profiles give it`(_ test: Case) {
        let schema = JSON.object(["p": test.schema])
        #expect(ToolSchema(input: schema).input == "{\(test.native ?? "")}")
        #expect(ToolSchema(input: schema, profile: .agentCore).input == "{\(test.agentCore ?? "")}")
    }

    @Test func `the allowed values of a text are kept, under the place of the parameter`() {
        let tools = ToolSchema(
            input: .object([
                "mode": ["type": "string", "enum": ["b", "a", nil]],
                "list": ["type": "array", "items": ["const": "x"]],
            ]))
        #expect(
            tools.allowedValues.filter { $0.key.action == "s/t" }.map { place, values in
                "\(place.pointer): " + values.map(\.string).joined(separator: " ")
            }.sorted() == ["/list/-: x", "/mode: a b"])
    }

    @Test func `references are followed, also around siblings and escapes`() {
        let tools = ToolSchema(
            input: [
                "type": "object", "$defs": ["a/b c": ["type": "string"], "n": ["type": "null"]],
                "properties": [
                    "x": ["$ref": "#/$defs/a~1b%20c"],
                    "y": ["anyOf": [["$ref": "#/$defs/a~1b%20c"], ["$ref": "#/$defs/n"]]],
                    "z": ["$ref": "#/properties/x", "description": "…"],
                ], "required": ["x", "y", "z"],
            ])
        #expect(tools.input == "{x: String, y?: String, z: String}")
    }

    @Test(arguments: [
        ("#/$defs/none", UntypedReason.reference), ("https://example.com/schema", .reference),
        ("other.json#/a", .reference),
        ("#name", .reference), ("#/%zz", .reference), ("#", .cyclic), ("#/properties/p", .cyclic),
        ("#/$defs/one", .cyclic),
    ])
    func `a reference that leads nowhere or back leaves one parameter without a type`(
        _ reference: String, _ reason: UntypedReason
    ) {
        let tools = ToolSchema(
            input: [
                "type": "object",
                "properties": ["p": ["$ref": .text(reference)], "q": ["type": "string"]],
                "$defs": ["one": ["$ref": "#/$defs/two"], "two": ["$ref": "#/$defs/one"]],
            ])
        #expect(tools.input == "{q?: String}")
        let place = tools.untyped.first { $0.key.action == "s/t" }
        #expect(place?.key.pointer.text == "/p" && place?.value == reason, "\(tools.untyped)")
        #expect(tools.diagnostics.map(\.description) == ["s/t /p: has no type in policies: \(reason)"])
    }

    @Test func `a tree of nodes is typed down to where it begins again`() {
        let tools = ToolSchema(
            input: [
                "type": "object", "properties": ["root": ["$ref": "#/$defs/node"]],
                "$defs": [
                    "node": .object([
                        "name": ["type": "string"], "children": ["type": "array", "items": ["$ref": "#/$defs/node"]],
                    ])
                ],
            ])
        #expect(tools.input == "{root?: {name: String}}")
    }

    @Test func `a result is typed for AgentCore only`() {
        let output = JSON.object(["proceeds": ["type": "number"]])
        let tools = ToolSchema(input: .object([:]), output: output, profile: .agentCore)
        #expect(tools.output == "{proceeds: decimal}")
        #expect(ToolSchema(input: .object([:]), output: output).output == nil)
    }
}
