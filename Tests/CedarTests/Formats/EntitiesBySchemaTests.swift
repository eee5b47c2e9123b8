// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Entities and contexts read by a schema.
@Suite struct EntitiesBySchemaTests {
    private static let schema = Result {
        try Schema(
            parsing: """
                entity Group;
                entity User in [Group] = {
                    level: Long, friend?: User, since?: datetime, home?: ipaddr,
                    limits?: { amount: decimal, wait?: duration }, friends?: Set<User>
                } tags Set<String>;
                entity Color enum ["red", "green"];
                action "all";
                action read in ["all"] appliesTo { principal: User, resource: User, context: { from?: ipaddr } };
                action write in [read];
                """)
    }

    private static func entity(_ attrs: JSON, tags: JSON? = nil, type: JSON = "User") -> JSON {
        var object = JSONObject()
        object["uid"] = ["type": type, "id": "a"]
        object["attrs"] = attrs
        object["parents"] = [["type": "Group", "id": "g"]]
        object["tags"] = tags
        return .object(object)
    }

    private static func read(_ entities: JSON...) throws -> Entities {
        try Entities(cedarJSON: .array(entities), schema: try schema.get())
    }

    @Test func `escapes may be left out where the schema says what is meant`() throws {
        let short = try Self.read(
            Self.entity(
                [
                    "level": 1, "friend": ["type": "User", "id": "b"], "since": "2024-01-01",
                    "home": ["fn": "ip", "arg": "::1"],
                    "limits": ["amount": "1.5", "wait": ["fn": "duration", "args": ["1h"]]],
                    "friends": [["type": "User", "id": "c"], ["__entity": ["type": "User", "id": "b"]]],
                ], tags: ["t": ["x"]]))
        let user = try #require(short[EntityUID(type: "User", id: "a")])
        #expect(user.attrs["friend"] == .entity(EntityUID(type: "User", id: "b")))
        #expect(user.attrs["since"]?.typeName == "datetime")
        #expect(user.attrs["home"]?.typeName == "ipaddr")
        #expect(user.tags["t"] == ["x"])

        // Written with all escapes, it is the same with a schema and without.
        let written = try short.cedarJSON()
        #expect(try Entities(cedarJSON: written, schema: try Self.schema.get()).sorted == short.sorted)
        #expect(try Entities(cedarJSON: written).sorted == short.sorted)
    }

    @Test func `arguments of extension functions are read by their types too`() throws {
        let offset: JSON = ["fn": "offset", "args": ["2024-01-01", ["fn": "duration", "arg": "1d"]]]
        let store = try Self.read(Self.entity(["level": 1, "since": offset]))
        let expected = CedarValue.datetime(try #require(CedarDatetime("2024-01-02")))
        #expect(store[EntityUID(type: "User", id: "a")]?.attrs["since"] == expected)
    }

    @Test func `without a schema the same text is strings and records`() throws {
        let json: JSON = [Self.entity(["friend": ["type": "User", "id": "b"], "since": "2024-01-01"])]
        let user = try Entities(cedarJSON: json)[EntityUID(type: "User", id: "a")]
        #expect(user?.attrs["friend"] == ["type": "User", "id": "b"])
        #expect(user?.attrs["since"] == "2024-01-01")
    }

    private static let mistakes: [(JSON, EntityError.Code, UTF8String)] = [
        (entity([:]), .missingAttribute, "/0/attrs/level"),
        (entity(["level": 1, "x": 1]), .unexpectedAttribute, "/0/attrs/x"),
        (entity(["level": "1"]), .typeMismatch, "/0/attrs/level"),
        (entity(["level": nil]), .invalidValue, "/0/attrs/level"),
        (entity(["level": 1.5.json]), .invalidValue, "/0/attrs/level"),
        (entity(["level": 1, "friend": ["type": "Group", "id": "b"]]), .typeMismatch, "/0/attrs/friend"),
        (entity(["level": 1, "friend": "User::\"b\""]), .invalidShape, "/0/attrs/friend"),
        (entity(["level": 1, "since": "yesterday"]), .invalidExtension, "/0/attrs/since"),
        (entity(["level": 1, "since": ["fn": "ip", "arg": "::1"]]), .typeMismatch, "/0/attrs/since"),
        (entity(["level": 1, "since": ["fn": "nothing", "arg": "1"]]), .invalidExtension, "/0/attrs/since"),
        (
            entity(["level": 1, "since": ["fn": "offset", "args": ["2024-01-01"]]]), .invalidExtension, "/0/attrs/since"
        ),
        (entity(["level": 1, "home": 1]), .typeMismatch, "/0/attrs/home"),
        (entity(["level": 1, "limits": ["wait": "1h"]]), .missingAttribute, "/0/attrs/limits/amount"),
        (entity(["level": 1, "limits": []]), .typeMismatch, "/0/attrs/limits"),
        (entity(["level": 1, "friends": [:]]), .typeMismatch, "/0/attrs/friends"),
        (entity(["level": 1, "friends": [["type": "User", "id": "b"], 1]]), .invalidShape, "/0/attrs/friends/1"),
        (entity(["level": 1], tags: ["t": "x"]), .typeMismatch, "/0/tags/t"),
        (entity([:], tags: ["t": "x"], type: "Group"), .unexpectedAttribute, "/0/tags/t"),
        (entity([:], type: "Unknown"), .undeclaredType, "/0/uid"),
        (entity(["x": 1], type: "Color"), .unexpectedAttribute, "/0/attrs/x"),
        (["uid": ["type": "Action", "id": "nothing"], "attrs": [:], "parents": []], .undeclaredAction, "/0/uid"),
        (["uid": ["type": "Action", "id": "read"], "attrs": ["a": 1], "parents": []], .actionMismatch, "/0"),
        (["uid": ["type": "Action", "id": "read"], "attrs": [:], "parents": []], .actionMismatch, ""),
        (["uid": ["type": "User", "id": "a"], "attrs": [:], "parents": [1]], .invalidShape, "/0/parents/0"),
    ]

    @Test(arguments: mistakes)
    func `what does not fit the schema is refused with its place`(
        json: JSON, code: EntityError.Code, place: UTF8String
    ) throws {
        let error = #expect(throws: EntityError.self) { try Self.read(json) }
        #expect(error?.code == code && error?.place == place, "\(error?.place ?? ""): \(error.map(\.message) ?? "")")
    }

    @Test func `the schema's actions are in the store with their groups`() throws {
        let write = EntityUID(type: "Action", id: "write")
        let all = EntityUID(type: "Action", id: "all")
        let empty = try Self.read()
        #expect(empty.count == 3)
        #expect(empty.isIn(write, all))
        let given: JSON = ["uid": ["type": "Action", "id": "read"], "attrs": [:], "parents": [all.cedarJSON]]
        #expect(try Self.read(given).sorted == empty.sorted)
        #expect(try Entities().addingActions(of: try Self.schema.get()).sorted == empty.sorted)
    }

    @Test func `a context is read by its action's type`() throws {
        let schema = try Self.schema.get()
        let read = EntityUID(type: "Action", id: "read")
        let context = try CedarRecord(parsingCedarJSON: Array(#"{"from": "::1"}"#.utf8), schema: schema, action: read)
        #expect(context["from"]?.typeName == "ipaddr")
        func code(_ json: JSON, _ action: EntityUID) -> EntityError.Code? {
            do throws(EntityError) {
                _ = try CedarRecord(cedarJSON: json, schema: schema, action: action)
                return nil
            } catch { return error.code }
        }
        #expect(code(["x": 1], read) == .unexpectedAttribute)
        #expect(code(["from": 1], read) == .typeMismatch)
        #expect(code([], read) == .invalidShape)
        #expect(code([:], EntityUID(type: "Action", id: "write")) == nil)
        #expect(code([:], EntityUID(type: "Action", id: "nothing")) == .undeclaredAction)
    }

    @Test func `names that look like escapes are names where the type is a record`() throws {
        let type = RecordType([AttributeType(name: "__entity", type: .long)])
        #expect(try CedarValue(cedarJSON: ["__entity": 1], type: .record(type)) == ["__entity": 1])
    }
}

extension Double {
    fileprivate var json: JSON { JSONNumber(lexeme: UTF8String("\(self)")).map { .number($0) } ?? .null }
}
