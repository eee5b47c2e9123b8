// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct HeaderAnnotationTests {
    private static let schema: JSON = [
        "type": "object",
        "properties": [
            "region": ["type": "string", "x-mcp-header": "Region"],
            "size": ["type": "integer", "x-mcp-header": "Size"],
            "dry": ["type": "boolean", "x-mcp-header": "Dry-Run"],
            "where": ["type": "object", "properties": ["tenant": ["type": "string", "x-mcp-header": "Tenant"]]],
            "query": ["type": "string", "default": ["x-mcp-header": "data, no schema"]],
        ],
    ]

    private func lines(_ annotations: HeaderAnnotations, _ arguments: JSON) -> [String] {
        annotations.values(in: arguments).map { "\($0.name): \($0.value)" }
    }

    @Test func `annotated parameters are repeated, wherever properties lead to them`() throws {
        let annotations = try HeaderAnnotations(inputSchema: Self.schema)
        let all: JSON = ["region": "us-west1", "size": -7, "dry": true, "where": ["tenant": "t 1"], "query": "q"]
        #expect(lines(annotations, all) == ["Region: us-west1", "Size: -7", "Dry-Run: true", "Tenant: t 1"])
        #expect(lines(annotations, ["size": try JSON(parsing: "42.0")]) == ["Size: 42"])
    }

    @Test func `what is missing, null or of another type is not repeated`() throws {
        let annotations = try HeaderAnnotations(inputSchema: Self.schema)
        #expect(lines(annotations, [:]).isEmpty)
        #expect(lines(annotations, ["region": nil, "size": "7", "dry": 1, "where": "x"]).isEmpty)
        #expect(annotations.values(in: nil).isEmpty)
    }

    static let invalid: [(String, JSON)] = [
        ("empty", ["properties": ["a": ["type": "string", "x-mcp-header": ""]]]),
        ("no text", ["properties": ["a": ["type": "string", "x-mcp-header": 1]]]),
        ("no token", ["properties": ["a": ["type": "string", "x-mcp-header": "a b"]]]),
        ("a line's end", ["properties": ["a": ["type": "string", "x-mcp-header": "a\r\nEvil: 1"]]]),
        ("beyond ASCII", ["properties": ["a": ["type": "string", "x-mcp-header": "é"]]]),
        ("a number", ["properties": ["a": ["type": "number", "x-mcp-header": "A"]]]),
        ("an object", ["properties": ["a": ["type": "object", "x-mcp-header": "A"]]]),
        ("no type", ["properties": ["a": ["x-mcp-header": "A"]]]),
        ("two types", ["properties": ["a": ["type": ["string", "null"], "x-mcp-header": "A"]]]),
        ("the root", ["type": "string", "x-mcp-header": "A"]),
        (
            "the same name in other letters",
            [
                "properties": [
                    "a": ["type": "string", "x-mcp-header": "Name"], "b": ["type": "string", "x-mcp-header": "nAME"],
                ]
            ]
        ),
        ("items", ["properties": ["a": ["items": ["type": "string", "x-mcp-header": "A"]]]]),
        ("a list of items", ["properties": ["a": ["items": [["type": "string", "x-mcp-header": "A"]]]]]),
        ("oneOf", ["oneOf": [["properties": ["a": ["type": "string", "x-mcp-header": "A"]]]]]),
        ("anyOf", ["properties": ["a": ["anyOf": [["type": "string", "x-mcp-header": "A"]]]]]),
        ("if", ["if": ["properties": ["a": ["type": "string", "x-mcp-header": "A"]]]]),
        ("not", ["not": ["type": "string", "x-mcp-header": "A"]]),
        ("$defs", ["$defs": ["d": ["type": "string", "x-mcp-header": "A"]]]),
        ("patternProperties", ["patternProperties": [".*": ["type": "string", "x-mcp-header": "A"]]]),
        ("additionalProperties", ["additionalProperties": ["type": "string", "x-mcp-header": "A"]]),
    ]

    @Test(arguments: invalid) func `an annotation that breaks a rule makes the definition unfit`(
        what: String, schema: JSON
    ) {
        #expect(throws: HeaderAnnotations.Invalid.self) { try HeaderAnnotations(inputSchema: schema) }
    }

    @Test func `a schema without annotations has none`() throws {
        #expect(try HeaderAnnotations(inputSchema: ["type": "object"]).all.isEmpty)
        #expect(try HeaderAnnotations(inputSchema: true).all.isEmpty)
        // A property may have the annotation's name.
        let named: JSON = ["properties": ["x-mcp-header": ["type": "string"]]]
        #expect(try HeaderAnnotations(inputSchema: named).all.isEmpty)
    }

    @Test func `a schema that is too large is not searched to its end`() {
        let many = JSON.object(
            JSONObject(
                unique: (0...HTTPLimits.schemaPositionsMax).map { JSONMember(key: UTF8String("p\($0)"), value: [:]) }))
        #expect(throws: HeaderAnnotations.Invalid.self) { try HeaderAnnotations(inputSchema: ["properties": many]) }
    }

    @Test(
        arguments: [
            (["Mcp-Param-Region: us-west1"], true), (["mcp-param-region: us-west1"], true),
            (["Mcp-Param-Region: =?base64?dXMtd2VzdDE=?="], true), (["Mcp-Param-Region: us-east1"], false), ([], false),
            (["Mcp-Param-Region: us-west1", "Mcp-Param-Region: us-west1"], false),
            (["Mcp-Param-Region: =?base64?%?="], false),
            (["Mcp-Param-Region: us-west1", "Mcp-Param-Other: anything"], true),
        ] as [([String], Bool)]) func `the headers of a call say what its arguments say`(
            lines: [String], isRight: Bool
        ) throws
    {
        let annotations = try HeaderAnnotations(inputSchema: Self.schema)
        let headers = HTTPHeaders(
            lines.map { line in
                let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
                return (parts[0], parts[1])
            })
        var code: Int64?
        do throws(HTTPRefusal) { try annotations.check(["region": "us-west1"], headers) } catch { code = error.code }
        #expect(code == (isRight ? nil : -32020))
    }

    @Test func `integers are compared as numbers`() throws {
        let annotations = try HeaderAnnotations(inputSchema: Self.schema)
        try annotations.check(["size": 42], HTTPHeaders([("Mcp-Param-Size", "42.0")]))
        #expect(throws: HTTPRefusal.self) {
            try annotations.check(["size": 42], HTTPHeaders([("Mcp-Param-Size", "42.5")]))
        }
    }
}
