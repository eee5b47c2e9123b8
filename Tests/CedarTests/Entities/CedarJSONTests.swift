// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct CedarJSONTests {
    private static func document(attribute: String) -> [UInt8] {
        Array(#"[{"uid": {"type": "U", "id": "a"}, "attrs": {"v": \#(attribute)}, "parents": []}]"#.utf8)
    }

    @Test(
        arguments: [
            ("true", true), ("9223372036854775807", .long(.max)), ("-9223372036854775808", .long(.min)), ("\"x\"", "x"),
            ("[1, 1, \"a\"]", [1, "a"]), ("[]", []), ("{}", [:]),
            (#"{"a": {"b": 1}, "": 2, "__cedar": 3}"#, ["a": ["b": 1], "": 2, "__cedar": 3]),
            (#"{"__entity": {"type": "N::U", "id": ""}}"#, .entity(EntityUID(type: "N::U", id: ""))),
            (#"{"type": "U", "id": "a"}"#, ["type": "U", "id": "a"]),
            (#"{"fn": "ip", "arg": "::"}"#, ["fn": "ip", "arg": "::"]),
            (#"{"__extn": {"fn": "decimal", "arg": "1.50"}}"#, .decimal(CedarDecimal(scaled: 15_000))),
            (#"{"__extn": {"fn": "decimal", "args": ["1.50"]}}"#, .decimal(CedarDecimal(scaled: 15_000))),
            (
                #"{"__extn": {"fn": "datetime", "arg": "1970-01-02"}}"#,
                .datetime(CedarDatetime(milliseconds: 86_400_000))
            ),
            (#"{"__extn": {"fn": "duration", "arg": "-1s"}}"#, .duration(CedarDuration(milliseconds: -1000))),
            (
                #"{"__extn": {"fn": "offset", "args": [{"__extn": {"fn": "datetime", "arg": "1970-01-01"}}, {"__extn": {"fn": "duration", "arg": "5ms"}}]}}"#,
                .datetime(CedarDatetime(milliseconds: 5))
            ), (#"{"\u00e9": 1, "e\u0301": 2}"#, ["\u{e9}": 1, "e\u{301}": 2]), (#""\u0000""#, "\0"),
        ] as [(String, CedarValue)])
    func `a value is read`(text: String, value: CedarValue) throws {
        let store = try Entities(parsingCedarJSON: Self.document(attribute: text))
        #expect(store[EntityUID(type: "U", id: "a")]?.attrs == ["v": value])
        let json = try value.cedarJSON()
        #expect(try CedarValue(cedarJSON: json) == value)
        #expect(try Entities(cedarJSON: store.cedarJSON()).sorted == store.sorted)
    }

    @Test(
        arguments: [
            ("null", .invalidValue), ("[null]", .invalidValue), ("1.0", .invalidValue), ("1e3", .invalidValue),
            ("1.5", .invalidValue),
            ("-0", .invalidValue), ("9223372036854775808", .invalidValue), ("-9223372036854775809", .invalidValue),
            (#"{"a": 1, "a": 1}"#, .invalidJSON), (#"{"a": 1, "\u0061": 1}"#, .invalidJSON),
            (#""\ud800""#, .invalidJSON), ("01", .invalidJSON),
            (#"{"__expr": "1"}"#, .malformedEscape), (#"{"__expr": 1, "a": 2}"#, .malformedEscape),
            (#"{"__entity": {"type": "U", "id": "x"}, "a": 1}"#, .malformedEscape),
            (#"{"__entity": {"type": "U"}}"#, .malformedEscape),
            (#"{"__entity": {"type": "U", "id": 1}}"#, .malformedEscape),
            (#"{"__entity": "U::\"x\""}"#, .malformedEscape),
            (#"{"__entity": {"type": "U", "id": "x", "z": 1}}"#, .malformedEscape),
            (#"{"__entity": null}"#, .malformedEscape),
            (#"{"__entity": {"__entity": {"type": "U", "id": "x"}}}"#, .malformedEscape),
            (#"{"__entity": {"type": " U", "id": "x"}}"#, .invalidTypeName),
            (#"{"__entity": {"type": "__cedar::U", "id": "x"}}"#, .invalidTypeName),
            (#"{"__extn": {"fn": "decimal"}}"#, .malformedEscape), (#"{"__extn": {"arg": "1.0"}}"#, .malformedEscape),
            (#"{"__extn": {"fn": "decimal", "arg": "1.0", "args": []}}"#, .malformedEscape),
            (#"{"__extn": "x"}"#, .malformedEscape),
            (#"{"__extn": {"fn": "decimal", "arg": "1.0"}, "x": 1}"#, .malformedEscape),
            (#"{"__extn": {"fn": "decimal", "arg": "1"}}"#, .invalidExtension),
            (#"{"__extn": {"fn": "decimal", "arg": 1}}"#, .invalidExtension),
            (#"{"__extn": {"fn": "decimal", "args": []}}"#, .invalidExtension),
            (#"{"__extn": {"fn": "decimal", "args": ["1.0", "1.0"]}}"#, .invalidExtension),
            (#"{"__extn": {"fn": "foo", "arg": "1"}}"#, .invalidExtension),
            (#"{"__extn": {"fn": "unknown", "arg": "1"}}"#, .invalidExtension),
            (#"{"__extn": {"fn": "contains", "args": [[1], 1]}}"#, .invalidExtension),
            (#"{"__extn": {"fn": "ip ", "arg": "::"}}"#, .invalidExtension),
        ] as [(String, EntityError.Code)])
    func `what is no value is refused`(text: String, code: EntityError.Code) {
        let error = #expect(throws: EntityError.self) { try Entities(parsingCedarJSON: Self.document(attribute: text)) }
        #expect(error?.code == code, "\(text)")
    }

    @Test(arguments: [
        "[]", #"[{"uid": {"type": "U", "id": "a"}, "attrs": {}, "parents": []}]"#,
        #"[{"uid": {"__entity": {"type": "U", "id": "a"}}, "attrs": {}, "parents": [{"__entity": {"type": "U", "id": "b"}}]}]"#,
        #"[{"uid": {"type": "U", "id": "a", "x": 1}, "attrs": {}, "parents": [], "x": null, "tags": {"": [1]}}]"#,
        #"[{"uid": {"type": "U", "id": "a"}, "attrs": {"__entity": 1, "__extn": 2}, "parents": [], "tags": {"__expr": 1}}]"#,
        #"[{"uid": {"type": "Action", "id": "a"}, "attrs": {}, "parents": [{"type": "N::Action", "id": "a"}]}]"#,
    ])
    func `entities are read, and read back after writing`(text: String) throws {
        let store = try Entities(parsingCedarJSON: Array(text.utf8))
        #expect(try Entities(cedarJSON: store.cedarJSON()).sorted == store.sorted)
    }

    @Test(
        arguments: [
            ("{}", .invalidShape), ("", .invalidJSON), ("[] x", .invalidJSON), ("\u{feff}[]", .invalidJSON),
            ("[1]", .invalidShape),
            (#"[{"uid": {"type": "U", "id": "a"}, "attrs": {}}]"#, .invalidShape),
            (
                #"[{"uid": {"type": "U", "id": "a", "__entity": {"type": "U", "id": "b"}}, "attrs": {}, "parents": []}]"#,
                .malformedEscape
            ),
            (
                #"[{"uid": {"type": "U", "id": "a"}, "attrs": {}, "parents": [{"__entity": 1, "type": "U", "id": "b"}]}]"#,
                .malformedEscape
            ),
            (#"[{"uid": {"type": "U", "id": "a"}, "parents": []}]"#, .invalidShape),
            (#"[{"attrs": {}, "parents": []}]"#, .invalidShape),
            (#"[{"uid": "U::\"a\"", "attrs": {}, "parents": []}]"#, .invalidShape),
            (#"[{"uid": {"type": "U", "id": "a"}, "attrs": null, "parents": []}]"#, .invalidShape),
            (#"[{"uid": {"type": "U", "id": "a"}, "attrs": {}, "parents": {}}]"#, .invalidShape),
            (#"[{"uid": {"type": "U", "id": "a"}, "attrs": {}, "parents": [], "tags": null}]"#, .invalidShape),
            (#"[{"uid": {"type": "A :: B", "id": "a"}, "attrs": {}, "parents": []}]"#, .invalidTypeName),
            (
                #"[{"uid": {"type": "U", "id": "a"}, "attrs": {}, "parents": [{"type": "if", "id": "a"}]}]"#,
                .invalidTypeName
            ),
            (
                #"[{"uid": {"type": "Action", "id": "a"}, "attrs": {}, "parents": [{"type": "U", "id": "a"}]}]"#,
                .invalidShape
            ),
        ] as [(String, EntityError.Code)])
    func `what is no list of entities is refused`(text: String, code: EntityError.Code) {
        let error = #expect(throws: EntityError.self) { try Entities(parsingCedarJSON: Array(text.utf8)) }
        #expect(error?.code == code, "\(text)")
    }

    @Test func `a context is a record, never an escape`() throws {
        #expect(try CedarRecord(parsingCedarJSON: Array(#"{"a": 1}"#.utf8)) == ["a": 1])
        for text in [
            "[]", "1", "null", #"{"__entity": {"type": "U", "id": "a"}}"#, #"{"__extn": {"fn": "ip", "arg": "::"}}"#,
        ] {
            #expect(throws: EntityError.self) { try CedarRecord(parsingCedarJSON: Array(text.utf8)) }
        }
    }

    @Test func `a record that looks like an escape cannot be written`() throws {
        for name in ["__entity", "__extn", "__expr"] as [UTF8String] {
            let record: CedarRecord = [name: 1]
            let context: CedarRecord = ["a": [.record(record)]]
            #expect(throws: EntityError.self) { try record.cedarJSON() }
            let error = #expect(throws: EntityError.self) { try context.cedarJSON() }
            #expect(error?.code == .unwritable)
            #expect(throws: Never.self) { try Entity(uid: EntityUID(type: "U", id: "a"), attrs: record).cedarJSON() }
        }
    }

    @Test func `equal values are written alike`() throws {
        let one: CedarValue = [[3, 2, 1], "b", ["z": 1, "a": [true, false]], .decimal(CedarDecimal(scaled: 1))]
        let other: CedarValue = [.decimal(CedarDecimal(scaled: 1)), ["a": [false, true], "z": 1], "b", [1, 2, 3, 3]]
        #expect(one == other)
        #expect(try one.cedarJSON().serialized() == other.cedarJSON().serialized())
    }

    @Test func `datetimes beyond four digits of years are written as offsets`() throws {
        for milliseconds in [Int64.min, .max, -62_167_219_200_001, 253_402_300_800_000, 0] {
            let value = CedarValue.datetime(CedarDatetime(milliseconds: milliseconds))
            #expect(try CedarValue(cedarJSON: value.cedarJSON()) == value)
        }
    }

    @Test func `depth is bounded, in text and in JSON trees`() throws {
        func nested(_ levels: Int) -> JSON { (0..<levels).reduce(1) { json, _ in .array([json]) } }
        #expect(throws: Never.self) { try CedarValue(cedarJSON: nested(100)) }
        let error = #expect(throws: EntityError.self) { try CedarValue(cedarJSON: nested(CedarLimits.valueDepthMax)) }
        #expect(error?.code == .limitExceeded)
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let other = #expect(throws: EntityError.self) { try CedarRecord(parsingCedarJSON: Array(text.utf8)) }
        #expect(other?.code == .limitExceeded)
    }

    @Test func `an error says where, and not what`() {
        let text = #"[{"uid": {"type": "U", "id": "a"}, "attrs": {"a/b": [1, {"~": 1.5}]}, "parents": []}]"#
        let error = #expect(throws: EntityError.self) { try Entities(parsingCedarJSON: Array(text.utf8)) }
        #expect(error?.place == "/0/attrs/a~1b/1/~0")
        #expect(error?.description == "a number must be an integer of at most 64 bits")
    }
}
