// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct ObjectTests {
    @Test(
        arguments: [
            #"{"a":1,"a":2}"#, #"{"a":1,"b":2,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#,
            #"{"/":1,"\/":2}"#, #"{"\n":1,"\u000a":2}"#, #"{"😀":1,"\ud83d\ude00":2}"#, #"{"":1,"":2}"#,
            #"[{"x":{"a":1,"a":1}}]"#, "{\"e\u{301}\":1,\"e\\u0301\":2}",
        ])
    func `one key twice is refused, however it is spelled`(document: String) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: UTF8String(document)) }
        #expect(error?.code == .duplicateKey)
    }

    @Test func `one key twice is refused among many`() {
        for count in [1, 15, 16, 17, 40] {
            let members = (0..<count).map { "\"k\($0)\":0" }
            for repeated in [0, count / 2, count - 1] {
                let text = "{" + (members + ["\"k\(repeated)\":1"]).joined(separator: ",") + "}"
                let error = #expect(throws: JSONError.self) { try JSON(parsing: UTF8String(text)) }
                #expect(error?.code == .duplicateKey)
                #expect(error?.offset == text.utf8.count - 3 - "\"k\(repeated)\"".utf8.count)
            }
        }
    }

    @Test func `canonically equivalent keys are two members`() throws {
        let json = try JSON(parsing: "{\"\u{e9}\":1,\"e\u{301}\":2}")
        #expect(json["\u{e9}"] == 1)
        #expect(json["e\u{301}"] == 2)
        #expect(json.object?.count == 2)
    }

    @Test func `setting a key keeps its place, adding goes to the end, nil removes`() throws {
        var object = try #require(try JSON(parsing: #"{"b":1,"a":2,"c":3}"#).object)
        object["a"] = "x"
        #expect(object.keys == ["b", "a", "c"])
        object["d"] = .some(.null)
        #expect(object.keys == ["b", "a", "c", "d"])
        #expect(object["d"] == .some(.null))
        object["b"] = .none
        object["nowhere"] = .none
        #expect(JSON.object(object).serialized() == Array(#"{"a":"x","c":3,"d":null}"#.utf8))
        #expect(object["b"] == .none)
        #expect(object.count == 3 && !object.isEmpty)
        #expect(JSONObject().isEmpty)
    }

    @Test func `members given must have different keys`() {
        #expect(JSONObject([JSONMember(key: "a", value: 1), JSONMember(key: "a", value: 1)]) == nil)
        #expect(JSONObject([JSONMember(key: "\u{e9}", value: 1), JSONMember(key: "e\u{301}", value: 1)])?.count == 2)
    }

    @Test func `order of members is part of a document as written`() throws {
        #expect(try JSON(parsing: #"{"a":1,"b":2}"#) != JSON(parsing: #"{"b":2,"a":1}"#))
        let literal: JSON = ["b": 2, "a": [true, nil, "x", -3], "b": 4]
        #expect(literal.serialized() == Array(#"{"b":4,"a":[true,null,"x",-3]}"#.utf8))
    }

    @Test func `a value of another kind is none`() {
        let json: JSON = ["s": "x", "n": 1, "t": true, "z": nil, "a": [], "o": [:]]
        #expect(json["s"]?.string == "x" && json["s"]?.int64 == nil && json["s"]?["x"] == nil)
        #expect(json["n"]?.int64 == 1 && json["n"]?.string == nil && json["n"]?.bool == nil)
        #expect(json["t"]?.bool == true && json["t"]?.array == nil && json["t"]?.number == nil)
        #expect(json["z"]?.isNull == true && json["none"] == .none)
        #expect(json["a"]?.array?.isEmpty == true && json["a"]?.object == nil)
        #expect(json["o"]?.kindName == "an object" && json["z"]?.kindName == "null")
        #expect(JSON.integer(UInt64.max) == .integer(Int64.max))
    }
}
