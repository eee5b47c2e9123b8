// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct SchemaJSONTests {
    /// Declarations of a namespace without a name, in which there are an entity type `A`, a common type `C` that is a
    /// record, one `D` that is none, and an action `x`.
    static func schema(entity: String = "{}", action: String = "{}", common: String? = nil) -> String {
        let more = common.map { #","M":\#($0)"# } ?? ""
        return #"""
            {"":{"commonTypes":{"C":{"type":"Record","attributes":{}},"D":{"type":"Long"}\#(more)},
            "entityTypes":{"A":{},"E":\#(entity)},"actions":{"x":{},"y":\#(action)}}}
            """#
    }

    static func attribute(_ type: String) -> String {
        schema(entity: #"{"shape":{"type":"Record","attributes":{"a":\#(type)}}}"#)
    }

    private static let goodDeclarations = [
        "{}", #"{"":{"entityTypes":{},"actions":{}}}"#,
        #"{"N":{"entityTypes":{"decimal":{},"A":{"tags":{"type":"decimal"}}},"actions":{}}}"#,
        #"{"N::M":{"entityTypes":{},"actions":{},"commonTypes":{},"annotations":{"a":"b","if":null}}}"#,
        schema(entity: #"{"shape":{"type":"C"}}"#),
        schema(entity: #"{"shape":{"type":"EntityOrCommon","name":"C"}}"#),
        schema(entity: #"{"memberOfTypes":[],"tags":{"type":"C"}}"#),
        schema(entity: #"{"memberOfTypes":["A","A","E"]}"#),
        schema(entity: #"{"enum":["a","a",""],"annotations":{"x":"y"}}"#),
        schema(action: #"{"appliesTo":null,"memberOf":null,"attributes":null}"#),
        schema(action: #"{"memberOf":[]}"#),
        schema(action: #"{"memberOf":[{"id":"x"},{"id":"x","type":"Action"},{"id":"x","type":null}]}"#),
        schema(action: #"{"appliesTo":{"principalTypes":["A","A"],"resourceTypes":["E"]}}"#),
        schema(action: #"{"appliesTo":{"principalTypes":[],"resourceTypes":["E"]},"annotations":{"a":"b"}}"#),
        schema(action: #"{"appliesTo":{"principalTypes":["A"],"resourceTypes":["A"],"context":{"type":"C"}}}"#),
        schema(
            action:
                #"{"appliesTo":{"principalTypes":["A"],"resourceTypes":["A"],"context":{"type":"EntityOrCommon","name":"C"}}}"#
        ),
        schema(common: #"{"type":"Long","annotations":{"a":"b"}}"#),
    ]

    private static let goodTypes = [
        #"{"type":"Long"}"#, #"{"type":"Bool"}"#, #"{"type":"Boolean"}"#, #"{"type":"String","required":false}"#,
        #"{"type":"decimal"}"#, #"{"type":"__cedar::Long"}"#, #"{"type":"__cedar::decimal"}"#, #"{"type":"C"}"#,
        #"{"type":"Entity","name":"A"}"#, #"{"type":"Entity","name":"Action"}"#,
        #"{"type":"EntityOrCommon","name":"A"}"#,
        #"{"type":"EntityOrCommon","name":"Long"}"#, #"{"type":"EntityOrCommon","name":"Bool"}"#,
        #"{"type":"Extension","name":"ipaddr"}"#,
        #"{"type":"Set","element":{"type":"Set","element":{"type":"C"}}}"#,
        #"{"type":"Record","attributes":{},"additionalAttributes":false}"#,
        #"{"type":"Record","attributes":{"x":{"type":"Long","required":true,"annotations":{"a":null}}}}"#,
    ]

    static let good = goodDeclarations + goodTypes.map { attribute($0) }

    /// Documents that are no schema: what kind of mistake, and the last tokens of its place.
    private static let badDeclarations: [(text: String, code: SchemaError.Code, place: String)] = [
        ("[]", .invalidShape, ""), ("null", .invalidShape, ""), (#"{"":{}}"#, .missing, "/"),
        (#"{"":{"entityTypes":{}}}"#, .missing, "/"),
        (#"{"":{"entityTypes":{},"actions":{},"x":1}}"#, .unknownKey, "/"),
        (#"{"":{"entityTypes":{},"actions":[]}}"#, .invalidShape, "/actions"),
        (#"{"":{"entityTypes":{},"actions":{},"annotations":{"a":"b"}}}"#, .invalidShape, "/"),
        (#"{"N::":{"entityTypes":{},"actions":{}}}"#, .invalidName, "/N::"),
        (#"{" N":{"entityTypes":{},"actions":{}}}"#, .invalidName, "/ N"),
        (#"{"if":{"entityTypes":{},"actions":{}}}"#, .reservedName, "/if"),
        (#"{"__cedar::N":{"entityTypes":{},"actions":{}}}"#, .reservedName, "/__cedar::N"),
        (schema(entity: "null"), .invalidShape, "/E"),
        (schema(entity: #"{"shape":{"type":"Long"}}"#), .notARecord, "/E/shape"),
        (schema(entity: #"{"shape":{"type":"D"}}"#), .notARecord, "/E/shape"),
        (schema(entity: #"{"shape":null}"#), .invalidShape, "/E/shape"),
        (schema(entity: #"{"tags":{"type":"Long","required":true}}"#), .unknownKey, "/E/tags"),
        (schema(entity: #"{"memberOfTypes":["X"]}"#), .unknownType, "/E/memberOfTypes/0"),
        (schema(entity: #"{"memberOfTypes":["A","C"]}"#), .unknownType, "/E/memberOfTypes/1"),
        (schema(entity: #"{"memberOfTypes":["Action"]}"#), .unknownType, "/E/memberOfTypes/0"),
        (schema(entity: #"{"memberOfTypes":["A", 1]}"#), .invalidShape, "/E/memberOfTypes/1"),
        (schema(entity: #"{"memberOfTypes":null}"#), .invalidShape, "/E/memberOfTypes"),
        (schema(entity: #"{"memberOfTypes":[" A"]}"#), .invalidName, "/E/memberOfTypes/0"),
        (schema(entity: #"{"enum":[]}"#), .missing, "/E/enum"),
        (schema(entity: #"{"enum":null}"#), .invalidShape, "/E/enum"),
        (schema(entity: #"{"enum":["a"],"tags":{"type":"Long"}}"#), .unknownKey, "/E"),
        (schema(entity: #"{"enum":["a"],"memberOfTypes":[]}"#), .unknownKey, "/E"),
        (schema(entity: #"{"enum":[1]}"#), .invalidShape, "/E/enum/0"),
        (schema(entity: #"{"memberofTypes":[]}"#), .unknownKey, "/E"),
        (schema(action: "null"), .invalidShape, "/y"),
        (schema(action: #"{"appliesTo":{}}"#), .missing, "/y/appliesTo"),
        (schema(action: #"{"appliesTo":{"principalTypes":["A"]}}"#), .missing, "/y/appliesTo"),
        (
            schema(action: #"{"appliesTo":{"principalTypes":null,"resourceTypes":[]}}"#), .invalidShape,
            "/y/appliesTo/principalTypes"
        ),
        (
            schema(action: #"{"appliesTo":{"principalTypes":["C"],"resourceTypes":["A"]}}"#), .unknownType,
            "/y/appliesTo/principalTypes/0"
        ),
        (
            schema(action: #"{"appliesTo":{"principalTypes":["A"],"resourceTypes":["Action"]}}"#), .unknownType,
            "/y/appliesTo/resourceTypes/0"
        ),
        (
            schema(
                action:
                    #"{"appliesTo":{"principalTypes":["A"],"resourceTypes":["A"],"context":{"type":"Entity","name":"A"}}}"#
            ),
            .notARecord, "/y/appliesTo/context"
        ),
        (schema(action: #"{"memberOf":["x"]}"#), .invalidShape, "/y/memberOf/0"),
        (schema(action: #"{"memberOf":[{"id":"z"}]}"#), .unknownAction, "/y/memberOf/0"),
        (schema(action: #"{"memberOf":[{"id":"x","type":"X"}]}"#), .unknownAction, "/y/memberOf/0"),
        (schema(action: #"{"memberOf":[{"type":"Action"}]}"#), .missing, "/y/memberOf/0"),
        (schema(action: #"{"memberOf":[{"id":"x","type":"Action "}]}"#), .invalidName, "/y/memberOf/0/type"),
        (schema(action: #"{"memberOf":[{"id":"y"}]}"#), .cycle, "/y"),
        (schema(action: #"{"attributes":{}}"#), .unknownKey, "/y"),
        (schema(action: #"{"annotations":{"a":1}}"#), .invalidShape, "/y/annotations/a"),
        (schema(action: #"{"annotations":{"a-b":"b"}}"#), .invalidName, "/y/annotations"),
        (schema(common: #"{"type":"Long","required":false}"#), .unknownKey, "/M"),
        (schema(common: #"{"type":"M"}"#), .cycle, "/M"),
        (#"{"":{"commonTypes":{"Long":{"type":"Long"}},"entityTypes":{},"actions":{}}}"#, .reservedName, "/Long"),
        (#"{"":{"commonTypes":{"C D":{"type":"Long"}},"entityTypes":{},"actions":{}}}"#, .invalidName, "/C D"),
        (#"{"":{"entityTypes":{"Action":{}},"actions":{}}}"#, .reservedName, "/Action"),
        // An entity type outside of all namespaces takes the name of a type of Cedar's own away.
        (
            #"{"":{"entityTypes":{"decimal":{},"A":{"tags":{"type":"decimal"}}},"actions":{}}}"#, .unknownType,
            "/A/tags"
        ),
        (#"{"":{"entityTypes":{"a/b~c":{}},"actions":{}}}"#, .invalidName, "/a~1b~0c"),
    ]

    private static let badTypes: [(text: String, code: SchemaError.Code, place: String)] = [
        (#"{"type":"Foo"}"#, .unknownType, "/a"), (#"{"type":"A"}"#, .unknownType, "/a"),
        (#"{"type":"Entity","name":"Long"}"#, .unknownType, "/a"),
        (#"{"type":"Entity","name":"__cedar::Long"}"#, .unknownType, "/a"),
        (#"{"type":"EntityOrCommon","name":"Boolean"}"#, .unknownType, "/a"),
        (#"{"type":"Extension","name":"ip"}"#, .unknownType, "/a/name"),
        (#"{"type":"Extension","name":"__cedar::decimal"}"#, .unknownType, "/a/name"),
        (#"{"type":"Extension"}"#, .missing, "/a"), (#"{"type":"Entity"}"#, .missing, "/a"),
        (#"{"type":"Set"}"#, .missing, "/a"),
        (#"{"type":"Record"}"#, .missing, "/a"),
        (#"{"type":"Set","element":{"type":"Long"},"name":"x"}"#, .unknownKey, "/a"),
        (
            #"{"type":"Record","attributes":{},"additionalAttributes":true}"#, .invalidShape,
            "/a/additionalAttributes"
        ),
        (#"{"type":"Record","attributes":[]}"#, .invalidShape, "/a/attributes"),
        (#"{"type":"Long","name":"x"}"#, .unknownKey, "/a"),
        (#"{"type":"Long","required":"x"}"#, .invalidShape, "/a/required"),
        (#"{"type":"Long","required":null}"#, .invalidShape, "/a/required"),
        (#"{"type":"Long","annotations":null}"#, .invalidShape, "/a/annotations"),
        (#"{"type":"Set","element":{"type":"Long","required":true}}"#, .unknownKey, "/a/element"),
        (#"{}"#, .missing, "/a"),
        (#"null"#, .invalidShape, "/a"), (#"{"type":1}"#, .invalidShape, "/a/type"),
        (#"{"type":""}"#, .invalidName, "/a"),
        (#"{"type":"N ::X"}"#, .invalidName, "/a"), (#"{"type":"Entity","name":"A "}"#, .invalidName, "/a"),
        (
            #"{"type":"Set","element":{"type":"Record","attributes":{"b/c":{"type":"X"}}}}"#, .unknownType,
            "/a/element/attributes/b~1c"
        ),
    ]

    static let bad = badDeclarations + badTypes.map { (attribute($0.text), $0.code, $0.place) }

    /// What Rust takes and this module refuses: arrays in place of objects, which its reader of structs takes too.
    static let deliberatelyBad: [(text: String, code: SchemaError.Code, place: String)] = [
        (schema(entity: "[]"), .invalidShape, "/E"), (schema(action: "[]"), .invalidShape, "/y"),
    ]

    @Test(arguments: good)
    func `a schema in JSON is read, written, and read again as the same`(_ text: String) throws {
        let fragment = try SchemaFragment(parsing: UTF8String(text), format: .json)
        let again = try SchemaFragment(try fragment.json)
        #expect(again == fragment)
        #expect(try again.json == fragment.json)
        let schema = try Schema([fragment])
        do throws(SchemaErrors) {
            #expect(try Schema(parsing: try fragment.text) == schema)
        } catch {
            #expect(error.all.map(\.code) == [.unwritable])
        }
    }

    @Test(arguments: bad + deliberatelyBad)
    func `a mistake is told with its kind and its JSON pointer`(
        _ text: String, _ code: SchemaError.Code, _ place: String
    ) throws {
        let error = try #require(SchemaTable.errors(text, format: .json).first)
        #expect(error.code == code, "\(error)")
        let pointer = try #require(error.pointer, "\(error)")
        #expect(pointer.description.hasSuffix(place), "\(error)")
        #expect(error.description.hasPrefix("test#\(pointer): "))
    }

    @Test(arguments: [
        ("{\n  \"\": {,\n}", SchemaError.Code.invalidJSON, "2:8"), ("", .invalidJSON, "1:1"),
        (#"{"":{"entityTypes":{"A":{},"A":{}},"actions":{}}}"#, .duplicateName, "1:28"),
        (#"{"":{"entityTypes":{"\ud800":{}},"actions":{}}}"#, .invalidJSON, "1:22"),
    ])
    func `what is no JSON is told with line and column`(
        _ text: String, _ code: SchemaError.Code, _ place: String
    ) throws {
        let error = try #require(SchemaTable.errors(text, format: .json).first)
        #expect(error.code == code)
        let span = try #require(error.span)
        #expect("\(span.line):\(span.column)" == place)
    }

    @Test func `all mistakes of a document are reported, those of shape before those of meaning`() {
        let text = #"""
            {"N":{"entityTypes":{"A":{"shape":{"type":"Record","attributes":{"a":{"type":"X"},"b":{"type":"Y"}}}},
            "B":{"tags":{"type":"Z"}}},"actions":{"x":{"memberOf":[{"id":"q"}]}}}}
            """#
        let errors = SchemaTable.errors(text, format: .json)
        #expect(
            errors.map { $0.pointer?.description } == [
                "/N/entityTypes/A/shape/attributes/a", "/N/entityTypes/A/shape/attributes/b", "/N/entityTypes/B/tags",
                "/N/actions/x/memberOf/0",
            ])
        let shapes = text.replacing("\"memberOf\"", with: "\"memberof\"").replacing("\"tags\"", with: "\"tag\"")
        #expect(
            SchemaTable.errors(shapes, format: .json).map(\.description) == [
                "test#/N/entityTypes/B: an entity type has no key `tag`; did you mean `tags`?",
                "test#/N/actions/x: an action has no key `memberof`; did you mean `memberOf`?",
            ])
    }

    @Test func `text is translated as Rust does`() throws {
        let text: UTF8String = """
            @doc("all") namespace N {
              type T = { a?: Set<Long>, @secret "b c": __cedar::decimal };
              entity U in [G, U] = { t: T } tags String;
              entity G, H enum ["x"];
              action read, "write all" in [Action::"all", other] appliesTo { principal: U, resource: [G], context: T };
              action all, other;
            }
            """
        let expected = """
            {"N":{"commonTypes":{"T":{"type":"Record","attributes":{\
            "a":{"type":"Set","element":{"type":"EntityOrCommon","name":"Long"},"required":false},\
            "b c":{"type":"EntityOrCommon","name":"__cedar::decimal","annotations":{"secret":""}}}}},\
            "entityTypes":{"U":{"memberOfTypes":["G","U"],"shape":{"type":"Record","attributes":{\
            "t":{"type":"EntityOrCommon","name":"T"}}},"tags":{"type":"EntityOrCommon","name":"String"}},\
            "G":{"enum":["x"]},"H":{"enum":["x"]}},\
            "actions":{"read":{"memberOf":[{"id":"all","type":"Action"},{"id":"other"}],\
            "appliesTo":{"principalTypes":["U"],"resourceTypes":["G"],"context":{"type":"T"}}},\
            "write all":{"memberOf":[{"id":"all","type":"Action"},{"id":"other"}],\
            "appliesTo":{"principalTypes":["U"],"resourceTypes":["G"],"context":{"type":"T"}}},\
            "all":{"appliesTo":{"principalTypes":[],"resourceTypes":[]}},\
            "other":{"appliesTo":{"principalTypes":[],"resourceTypes":[]}}},\
            "annotations":{"doc":"all"}}}
            """
        let json = try SchemaFragment(parsing: text).json
        #expect(String(decoding: json.serialized(), as: UTF8.self) == expected)
    }
}
