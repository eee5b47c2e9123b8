// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing
import ToolTypes

/// Definitions that are made to cost.
@Suite struct HostileTests {
    private static func within(_ seconds: Double, _ work: () throws -> Void) rethrows {
        let time = try ContinuousClock().measure(work)
        #expect(time < .seconds(seconds), "took \(time)")
    }

    @Test func `definitions that refer twice to the one before are given up, not unfolded`() {
        var definitions = JSONObject()
        definitions["d0"] = ["type": "string"]
        for index in 1..<40 {
            let reference: JSON = ["$ref": .text("#/$defs/d\(index - 1)")]
            definitions[UTF8String("d\(index)")] = .object(["a": reference, "b": reference])
        }
        let schema: JSON = [
            "type": "object", "$defs": .object(definitions), "properties": ["p": ["$ref": "#/$defs/d14"]],
        ]
        Self.within(20) {
            let tools = ToolSchema(input: schema)
            #expect(tools.actions.first?.isLoose == true)
            #expect(tools.diagnostics.map(\.code) == [.tooMuch])
        }
    }

    @Test func `choices of choices are given up, not multiplied`() {
        let choice: JSON = ["anyOf": .array((0..<10).map { ["required": [.text("p\($0)")]] })]
        let schema: JSON = [
            "type": "object", "properties": ["p0": ["type": "string"]],
            "allOf": .array(Array(repeating: choice, count: 12)),
        ]
        Self.within(20) { #expect(ToolSchema(input: schema).diagnostics.map(\.code) == [.tooMuch]) }
    }

    @Test func `deep nesting is typed down to a depth`() {
        var schema: JSON = ["type": "string"]
        for _ in 0..<200 { schema = .object(["p": schema]) }
        let tools = ToolSchema(input: schema)
        #expect(tools.untyped.values.contains(.tooDeep))
        let all = ToolSchema(input: ["allOf": [Self.nested(200, ["type": "string"])]])
        #expect(all.diagnostics.map(\.code) == [.loose])
    }

    private static func nested(_ levels: Int, _ inner: JSON) -> JSON {
        (0..<levels).reduce(inner) { schema, _ in ["allOf": [schema]] }
    }

    @Test func `very many tools, parameters and values are cut off and said`() {
        let values: [JSON] = (0..<20_000).map { .text("value \($0)") }
        let properties = JSON.object(
            JSONObject(
                (0..<200).map {
                    JSONMember(key: UTF8String("p\($0)"), value: ["type": "string", "enum": .array(values)])
                }) ?? JSONObject())
        let definitions = (0..<5000).map {
            ToolDefinition(
                name: UTF8String("t\($0)"), input: .schema(["type": "object", "properties": properties]))
        }
        Self.within(60) {
            let tools = ToolSchema([ToolServer(alias: "s", tools: definitions)], profile: .native())
            #expect(tools.actions.count == ToolTypesLimits.toolsMax)
            #expect(tools.actions.filter { !$0.isLoose }.count <= ToolTypesLimits.typesMax / 200)
            #expect(tools.diagnostics.count == ToolTypesLimits.diagnosticsMax)
            #expect(tools.allowedValues.isEmpty)
        }
    }

    @Test func `long references to far places are paid for`() {
        let definitions = JSON.object(
            JSONObject((0..<50_000).map { JSONMember(key: UTF8String("d\($0)"), value: ["type": "string"]) })
                ?? JSONObject())
        let properties = JSON.object(
            JSONObject(
                (0..<9000).map { JSONMember(key: UTF8String("p\($0)"), value: ["$ref": "#/$defs/d49999"]) })
                ?? JSONObject())
        let schema: JSON = ["type": "object", "$defs": definitions, "properties": properties]
        Self.within(20) { #expect(ToolSchema(input: schema).diagnostics.map(\.code) == [.tooMuch]) }
    }
}
