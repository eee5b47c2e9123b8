// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import StrictJSON
import Testing
import ToolTypes
import WireTypes

/// Arguments of tools whose definitions are known.
struct DefinitionTests {
    private static let schema: JSON = [
        "type": "object",
        "properties": [
            "amount": ["type": "number"], "to": ["type": "string"], "count": ["type": "integer"],
            "note": [
                "type": "object",
                "properties": [
                    "memo": ["type": ["string", "null"]], "parts": ["type": "array", "items": ["type": "number"]],
                ],
            ],
            "path": ["type": ["string", "null"]],
        ],
    ]
    private static let types = ArgumentTypes(
        ["docs", "bare"].map { alias in
            ToolServer(
                alias: alias,
                tools: ["pay", "read_many", "copy"].map { ToolDefinition(name: $0, input: .schema(schema)) })
        })

    private static func judged(
        _ arguments: JSON, _ policies: String = "", types: ArgumentTypes = types, server: UTF8String = "docs"
    ) throws -> Verdict {
        let call = try Calls.call("pay", arguments) {
            $0.server = server
            $0.isListed = true
        }
        var rulebook = try Books.rulebook(policies)
        rulebook = Rulebook(
            policies: rulebook.policies, configuration: rulebook.configuration,
            configurationDigest: rulebook.configurationDigest, issuers: rulebook.issuers, maps: rulebook.maps,
            argumentTypes: types, zone: rulebook.zone)
        return Judge.judge(
            DecisionInputs(
                call: call, now: World.day, local: LocalTime(World.day, offsetSeconds: 0), killSwitches: [],
                standings: [:], rulebook: rulebook, resolve: { [$0] }))
    }

    private static func json(_ text: String) throws -> JSON { try JSON(parsing: UTF8String(text)) }

    @Test(
        arguments: [
            (#"{"amount":5,"to":"a"}"#, "amount", .decimal(CedarDecimal(scaled: 50000))),
            (#"{"amount":5.0,"to":"a"}"#, "amount", .decimal(CedarDecimal(scaled: 50000))),
            (#"{"amount":-1e2,"to":"a"}"#, "amount", .decimal(CedarDecimal(scaled: -1000000))),
            (#"{"amount":0.10000,"to":"a"}"#, "amount", .decimal(CedarDecimal(scaled: 1000))),
            (#"{"amount":1,"to":"a","count":2.0}"#, "count", .long(2)),
            (#"{"amount":1,"to":"a","count":2}"#, "count", .long(2)),
            // What is not of its type is what it was before.
            (#"{"amount":1,"to":"a","count":2.5}"#, "count", .decimal(CedarDecimal(scaled: 25000))),
            (#"{"amount":1,"to":"a","count":"2"}"#, "count", .string("2")),
            (#"{"amount":"5","to":"a"}"#, "amount", .string("5")),
        ] as [(String, UTF8String, CedarValue)])
    func `a number is what its definition says`(_ arguments: String, _ name: UTF8String, _ value: CedarValue) throws {
        let verdict = try Self.judged(Self.json(arguments))
        let input = try #require(verdict.questions.first?.request.context["input"])
        guard case .record(let record) = input else { throw Missing() }
        #expect(record[name] == value)
    }

    @Test func `numbers inside of arrays and objects are read by their definitions too`() throws {
        let verdict = try Self.judged(
            ["amount": 1, "to": "a", "note": ["parts": [1, 2]]],
            #"""
            @id("d") permit (principal, action, resource) when {
                context.input.note.parts == [decimal("1.0"), decimal("2.0")] && context.input.amount == decimal("1.0") };
            """#)
        #expect(verdict.isAllowed, "\(verdict.reasons)")
        #expect(
            try Self.judged(["amount": 1, "to": "a"], types: ArgumentTypes()).questions.first.map {
                $0.request.context["input"] == .record(["amount": .long(1), "to": .string("a")])
            } == true)
    }

    /// A number that Cedar's Long has and its decimal has not must not become the one that no policy expects.
    @Test func `a declared number that no decimal holds is an opaque value`() throws {
        let large: JSON = ["amount": 1_000_000_000_000_000, "to": "a"]
        let verdict = try Self.judged(large, "permit (principal, action, resource is Tool);")
        #expect(verdict.questions.contains { $0.request.resource.description == #"Opaque::"value""# })
        #expect(!verdict.isAllowed)
        let plain = try Self.judged(large, types: ArgumentTypes())
        #expect(!plain.questions.contains { $0.request.resource.description == #"Opaque::"value""# })
    }

    @Test(arguments: [
        // Declared, inside an argument that the map takes as it is.
        (#"{"amount":1,"to":"a","note":{"memo":null}}"#, []),
        (#"{"amount":1,"to":"a","note":{"memo":null,"other":null}}"#, ["opaque value"]),
        (#"{"amount":1,"to":"a","note":{"parts":[null]}}"#, ["opaque value"]),
        (#"{"amount":1,"to":"a","note":null}"#, ["opaque value"]),
        (#"{"amount":1,"to":null}"#, ["opaque value"]),
        // Declared, and no argument of the map's.
        (#"{"amount":1,"to":"a","path":null}"#, []),
        (#"{"amount":1,"to":"a","count":null}"#, ["opaque arguments", "opaque value"]),
    ])
    func `a null is an opaque value unless its definition has it`(_ arguments: String, _ opaque: [String]) throws {
        let arguments = try Self.json(arguments)
        let verdict = try Self.judged(arguments)
        let found = verdict.effects.map(\.description).filter { $0.hasPrefix("opaque ") }
        let expected = opaque.map { #"opaque Opaque::"\#($0.dropFirst(7))""# }
        let asked = verdict.questions.map { "\($0.request.action.id) \($0.request.resource)" }.filter {
            $0.hasPrefix("opaque ")
        }
        #expect(asked == expected, "\(found)")
        // What is forwarded is what came.
        #expect(verdict.message["params"]?["arguments"] == arguments)
    }

    @Test func `of a tool without a map a declared null is no more than an opaque argument`() throws {
        let verdict = try Self.judged(["path": nil, "amount": 1], server: "bare")
        #expect(verdict.effects.map(\.description) == [#"opaque Opaque::"arguments""#])
        #expect(verdict.questions.count == 2)
        let plain = try Self.judged(["path": nil, "amount": 1], types: ArgumentTypes(), server: "bare")
        #expect(plain.questions.count == 3)
    }

    private struct Missing: Error {}
}
