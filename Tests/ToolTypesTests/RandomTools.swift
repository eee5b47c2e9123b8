// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import ToolTypes

/// A small generator of its own, so that a seed gives the same tools everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &+ 0x9e37_79b9_7f4a_7c15 }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// Random tools: of the kind that servers have, or of any kind at all; and calls that keep to a tool's schema.
struct RandomTools {
    var random: SeededGenerator
    /// Whether schemas may be nonsense.
    let isWild: Bool

    init(seed: UInt64, isWild: Bool) {
        random = SeededGenerator(seed: seed)
        self.isWild = isWild
    }

    private static let names: [UTF8String] = [
        "path", "paths", "mode", "max-count", "file.name", "in", "", "日本", "q", "limit", "$ref", "a b", "e\u{301}", "é",
    ]
    private static let toolNames: [UTF8String] = [
        "read", "read-file", "git/status", "a.b", "x y", "名前", "list", "A_2fB", "forecast", "now",
    ]

    mutating func servers() -> [ToolServer] {
        let aliases: [UTF8String] = ["git", "docs", "t-1", "weather"]
        return aliases.prefix(Int.random(in: 1...aliases.count, using: &random)).map { alias in
            ToolServer(alias: alias, tools: (0..<Int.random(in: 0...4, using: &random)).map { _ in tool() })
        }
    }

    mutating func tool() -> ToolDefinition {
        var schema = object(depth: 0)
        if random.chance(40) {
            schema["$defs"] = [
                "one": self.schema(depth: 1), "two": self.schema(depth: 1), "me": ["$ref": "#/$defs/me"],
            ]
        }
        return ToolDefinition(
            name: Self.toolNames.randomElement(using: &random) ?? "t", input: .schema(.object(schema)),
            output: random.chance(30) ? self.schema(depth: 1) : nil)
    }

    private mutating func object(depth: Int) -> JSONObject {
        var properties = JSONObject()
        for name in Self.names.shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random)) {
            properties[name] = schema(depth: depth + 1)
        }
        var schema = JSONObject()
        schema["type"] = "object"
        schema["properties"] = .object(properties)
        schema["required"] = .array(properties.keys.filter { _ in random.chance(50) }.map { .string($0) })
        if random.chance(10) { schema["additionalProperties"] = .bool(random.chance(50)) }
        return schema
    }

    private mutating func schema(depth: Int) -> JSON {
        if isWild && random.chance(25) { return nonsense(depth: depth) }
        switch Int.random(in: 0..<(depth > 3 ? 7 : 13), using: &random) {
        case 0: return ["type": "string"]
        case 1: return ["type": "integer", "minimum": 0]
        case 2: return ["type": "boolean"]
        case 3: return ["type": "number"]
        case 4: return ["type": "string", "enum": ["a", "b", "c"]]
        case 5: return ["const": "only"]
        case 6: return ["type": ["string", "null"]]
        case 7: return ["type": "array", "items": schema(depth: depth + 1)]
        case 8: return .object(object(depth: depth + 1))
        case 9: return ["anyOf": [schema(depth: depth + 1), ["type": "null"]]]
        case 10: return ["allOf": [schema(depth: depth + 1), ["description": "…"]]]
        case 11: return ["$ref": .text(random.chance(50) ? "#/$defs/one" : "#/$defs/two")]
        default: return ["oneOf": [schema(depth: depth + 1), schema(depth: depth + 1)]]
        }
    }

    private mutating func nonsense(depth: Int) -> JSON {
        let keywords: [UTF8String] = [
            "type", "properties", "items", "enum", "const", "anyOf", "oneOf", "allOf", "$ref", "required",
            "prefixItems",
            "additionalProperties", "nullable", "patternProperties",
        ]
        var object = JSONObject()
        for keyword in keywords.shuffled(using: &random).prefix(3) { object[keyword] = value(depth: depth + 1) }
        return .object(object)
    }

    mutating func value(depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth > 5 ? 6 : 8), using: &random) {
        case 0: return nil
        case 1: return .bool(random.chance(50))
        case 2: return .integer(Int.random(in: -5...5, using: &random))
        case 3: return JSONNumber(lexeme: "1.5").map { .number($0) } ?? nil
        case 4: return ["#", "string", "object", "#/$defs/one", "x"].randomElement(using: &random) ?? nil
        case 5: return schema(depth: depth + 1)
        case 6: return .array((0..<2).map { _ in value(depth: depth + 1) })
        default: return .object(object(depth: depth + 1))
        }
    }
}

extension RandomTools {
    /// Arguments that the tool's schema allows.
    mutating func arguments(of tool: ToolDefinition) -> JSON {
        guard case .schema(let schema) = tool.input else { return [:] }
        return instance(of: schema, in: schema, depth: 0) ?? [:]
    }

    /// A value that a schema allows; `nil` for none. Follows only what this generator makes.
    private mutating func instance(of schema: JSON, in document: JSON, depth: Int) -> JSON? {
        guard depth < 12 else { return nil }
        if let reference = schema["$ref"]?.string {
            let pointer = JSONPointer(parsing: UTF8String(String(reference.string.dropFirst())))
            return pointer.flatMap { document[$0] }.flatMap { instance(of: $0, in: document, depth: depth + 1) }
        }
        if let constant = schema["const"] { return constant }
        if let values = schema["enum"]?.array { return values.randomElement(using: &random) }
        if let parts = schema["allOf"]?.array { return instance(of: parts[0], in: document, depth: depth + 1) }
        if let branches = schema["anyOf"]?.array ?? schema["oneOf"]?.array {
            return branches.randomElement(using: &random).flatMap { instance(of: $0, in: document, depth: depth + 1) }
        }
        let types = schema["type"]?.array ?? [schema["type"] ?? nil]
        switch types.randomElement(using: &random)?.string {
        case "string":
            return ["/srv/a.txt", "b", "https://example.com/x?y=1", "日本", ""].randomElement(using: &random)
        case "integer": return .integer(Int.random(in: 0...100, using: &random))
        case "number":
            let number = ["1.5", "2", "3.0", "-1e2", "12.3450"].randomElement(using: &random) ?? "0"
            return JSONNumber(lexeme: UTF8String(number)).map { .number($0) }
        case "boolean": return .bool(random.chance(50))
        case "null": return .null
        case "array":
            return .array(
                (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
                    instance(of: schema["items"] ?? [:], in: document, depth: depth + 1)
                })
        case "object":
            var object = JSONObject()
            let required = schema["required"]?.array ?? []
            for member in schema["properties"]?.object?.members ?? []
            where required.contains(.string(member.key)) || random.chance(60) {
                object[member.key] = instance(of: member.value, in: document, depth: depth + 1)
            }
            return .object(object)
        default: return nil
        }
    }
}
