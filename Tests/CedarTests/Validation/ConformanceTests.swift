// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Entities and requests against a schema. The verdicts are those of the reference implementation, 4.12.
@Suite struct ConformanceTests {
    typealias Code = ConformanceError.Code

    private static let schema: UTF8String = """
        entity Org in [Org] tags String;
        entity User in [Org, Color] {
            name: String, age?: Long, sets?: Set<{x?: Long}>, nested?: Set<Set<Long>>, act?: Action, c?: Color,
            cs?: Set<Color>, d?: decimal, r?: {q: Bool, p?: Long}, "a/b~"?: Long
        } tags Set<Color>;
        entity Color enum ["red", "green"];
        action all; action mid in [all];
        action read in [mid] appliesTo {
            principal: [User, Color], resource: [Org],
            context: {c?: Color, act?: Action, n?: Long, s?: Set<{x?: Long}>, need: Bool}
        };
        """

    private func validator() throws -> Validator { Validator(try Schema(parsing: Self.schema)) }

    private func entities(_ json: String) throws -> Entities { try Entities(parsingCedarJSON: Array(json.utf8)) }

    private static func user(_ attributes: String = "", more: String = "") -> String {
        "[{\"uid\": {\"type\": \"User\", \"id\": \"a\"}, \"attrs\": {\"name\": \"x\"\(attributes)}, \"parents\": []\(more)}]"
    }

    @Test(
        arguments: [
            ("", [], ""),
            (", \"age\": 1", [], ""),
            (", \"age\": \"1\"", [.wrongType], "/attrs/age"),
            (", \"zz\": 1", [.unexpectedAttribute], "/attrs/zz"),
            (", \"a/b~\": true", [.wrongType], "/attrs/a~1b~0"),
            (", \"sets\": [{\"x\": 1}, {}]", [], ""),
            (", \"sets\": [{\"x\": 1}, {\"y\": 1}]", [.unexpectedAttribute], "/attrs/sets/y"),
            (", \"nested\": [[], [1]]", [], ""),
            (", \"nested\": [[], [\"a\"]]", [.wrongType], "/attrs/nested"),
            (", \"act\": {\"__entity\": {\"type\": \"Action\", \"id\": \"read\"}}", [], ""),
            (", \"act\": {\"__entity\": {\"type\": \"Action\", \"id\": \"zz\"}}", [.undeclaredAction], "/attrs/act"),
            (", \"act\": {\"__entity\": {\"type\": \"Org\", \"id\": \"x\"}}", [.wrongType], "/attrs/act"),
            (", \"c\": {\"__entity\": {\"type\": \"Color\", \"id\": \"red\"}}", [], ""),
            (", \"c\": {\"__entity\": {\"type\": \"Color\", \"id\": \"blue\"}}", [.unlistedEntity], "/attrs/c"),
            (", \"cs\": [{\"__entity\": {\"type\": \"Color\", \"id\": \"blue\"}}]", [.unlistedEntity], "/attrs/cs"),
            (", \"d\": {\"__extn\": {\"fn\": \"decimal\", \"arg\": \"1.0\"}}", [], ""),
            (", \"d\": {\"__extn\": {\"fn\": \"ip\", \"arg\": \"1.2.3.4\"}}", [.wrongType], "/attrs/d"),
            (", \"r\": {\"q\": true}", [], ""),
            (", \"r\": {\"p\": 1}", [.missingAttribute], "/attrs/r/q"),
            (", \"r\": {\"q\": true, \"z\": 1}", [.unexpectedAttribute], "/attrs/r/z"),
            (", \"r\": 1", [.wrongType], "/attrs/r"),
        ] as [(String, [Code], String)])
    func `attributes must be of their types, with nothing missing or more`(
        attributes: String, codes: [Code], place: String
    ) throws {
        let errors = try validator().errors(in: entities(Self.user(attributes)))
        #expect(errors.map(\.code) == codes, "\(errors)")
        #expect(errors.allSatisfy { $0.place.string == place })
        #expect(errors.allSatisfy { $0.subject == .entity(EntityUID(type: "User", id: "a")) })
    }

    @Test(
        arguments: [
            ("User", "x", "\"attrs\": {}, \"parents\": []", [.missingAttribute]),
            ("Nope", "x", "\"attrs\": {}, \"parents\": []", [.undeclaredType]),
            (
                "Org", "x",
                "\"attrs\": {}, \"parents\": [{\"type\": \"Org\", \"id\": \"o\"}], \"tags\": {\"t\": \"v\"}", []
            ),
            ("Org", "x", "\"attrs\": {}, \"parents\": [], \"tags\": {\"t\": 1, \"u\": \"v\"}", [.wrongType]),
            ("Org", "x", "\"attrs\": {}, \"parents\": [{\"type\": \"User\", \"id\": \"o\"}]", [.disallowedParent]),
            ("Org", "x", "\"attrs\": {}, \"parents\": [{\"type\": \"Nope\", \"id\": \"o\"}]", [.disallowedParent]),
            ("User", "x", "\"attrs\": {\"name\": \"\"}, \"parents\": [{\"type\": \"Color\", \"id\": \"red\"}]", []),
            (
                "User", "x", "\"attrs\": {\"name\": \"\"}, \"parents\": [{\"type\": \"Color\", \"id\": \"blue\"}]",
                [.unlistedEntity]
            ),
            ("Color", "red", "\"attrs\": {}, \"parents\": []", []),
            ("Color", "blue", "\"attrs\": {}, \"parents\": []", [.unlistedEntity]),
            ("Color", "red", "\"attrs\": {\"a\": 1}, \"parents\": []", [.unexpectedAttribute]),
            ("Color", "red", "\"attrs\": {}, \"parents\": [], \"tags\": {\"a\": 1}", [.unexpectedTag]),
            ("Color", "red", "\"attrs\": {}, \"parents\": [{\"type\": \"Org\", \"id\": \"o\"}]", [.disallowedParent]),
            ("Action", "zip", "\"attrs\": {}, \"parents\": []", [.undeclaredAction]),
            ("N::Action", "all", "\"attrs\": {}, \"parents\": []", [.undeclaredAction]),
            ("Action", "all", "\"attrs\": {}, \"parents\": []", []),
            ("Action", "all", "\"attrs\": {\"a\": 1}, \"parents\": []", [.actionMismatch]),
            ("Action", "all", "\"attrs\": {}, \"parents\": [], \"tags\": {\"a\": 1}", [.actionMismatch]),
            ("Action", "read", "\"attrs\": {}, \"parents\": []", [.actionMismatch]),
            (
                "Action", "read", "\"attrs\": {}, \"parents\": [{\"type\": \"Action\", \"id\": \"mid\"}]",
                [.actionMismatch]
            ),
            (
                "Action", "read",
                "\"attrs\": {}, \"parents\": [{\"type\": \"Action\", \"id\": \"mid\"}, {\"type\": \"Action\", \"id\": \"all\"}]",
                []
            ),
        ] as [(String, String, String, [Code])])
    func `entities must be of declared types, with tags and parents that are allowed`(
        type: String, id: String, rest: String, codes: [Code]
    ) throws {
        let json = "[{\"uid\": {\"type\": \"\(type)\", \"id\": \"\(id)\"}, \(rest)}]"
        let errors = try validator().errors(in: entities(json))
        #expect(errors.map(\.code) == codes, "\(errors)")
    }

    @Test func `an action's groups are those that the store leads to, or the schema for one entity`() throws {
        let mid = EntityUID(type: "Action", id: "mid")
        let all = EntityUID(type: "Action", id: "all")
        let read = Entity(uid: EntityUID(type: "Action", id: "read"), parents: [mid])
        let store = try Entities([read, Entity(uid: mid, parents: [all])])
        #expect(try validator().errors(in: store).isEmpty)
        #expect(try validator().errors(in: Entities([read])).map(\.code) == [.actionMismatch])
        #expect(try validator().errors(in: read).isEmpty)
    }

    @Test(
        arguments: [
            ("User", "a", "read", "Org", ["need": true], []),
            ("Color", "red", "read", "Org", ["need": true], []),
            ("Color", "blue", "read", "Org", ["need": true], [.unlistedEntity]),
            ("Org", "a", "read", "Org", ["need": true], [.inapplicableAction]),
            ("Nope", "a", "read", "Org", ["need": true], [.undeclaredType]),
            ("Action", "all", "read", "Org", ["need": true], [.undeclaredType]),
            ("User", "a", "read", "User", ["need": true], [.inapplicableAction]),
            ("User", "a", "all", "Org", [:], [.inapplicableAction, .inapplicableAction]),
            ("User", "a", "zip", "Org", [:], [.undeclaredAction]),
            ("User", "a", "read", "Org", [:], [.missingAttribute]),
            ("User", "a", "read", "Org", ["need": 1], [.wrongType]),
            ("User", "a", "read", "Org", ["need": true, "zz": 1], [.unexpectedAttribute]),
            (
                "User", "a", "read", "Org", ["need": true, "c": .entity(EntityUID(type: "Color", id: "blue"))],
                [.unlistedEntity]
            ),
            (
                "User", "a", "read", "Org", ["need": true, "act": .entity(EntityUID(type: "Action", id: "zz"))],
                [.undeclaredAction]
            ),
            ("User", "a", "read", "Org", ["need": true, "s": [["x": 1], [:]]], []),
            ("User", "a", "read", "Org", ["need": true, "s": [["x": "q"]]], [.wrongType]),
        ] as [(EntityTypeName, UTF8String, UTF8String, EntityTypeName, CedarRecord, [Code])])
    func `a request must be one that its action applies to, with its context`(
        principal: EntityTypeName, id: UTF8String, action: UTF8String, resource: EntityTypeName, context: CedarRecord,
        codes: [Code]
    ) throws {
        let request = Request(
            principal: EntityUID(type: principal, id: id), action: EntityUID(type: "Action", id: action),
            resource: EntityUID(type: resource, id: "o"), context: context)
        let errors = try validator().errors(in: request)
        #expect(errors.map(\.code) == codes, "\(errors)")
    }

    @Test func `errors say what and where, and never the value`() throws {
        let request = Request(
            principal: EntityUID(type: "Org", id: "secret"), action: EntityUID(type: "Action", id: "read"),
            resource: EntityUID(type: "Org", id: "o"), context: ["need": "secret", "s": [["x": "secret"]]])
        let errors = try validator().errors(in: request)
        #expect(
            errors.map(\.description) == [
                "principal: the action does not apply to a principal of type `Org`; it applies to `Color`, `User`",
                "context /need: expected Bool, found string",
                "context /s/x: expected Long, found string",
            ])
        #expect(
            try validator().errors(in: request.context, of: request.action).map(\.place) == ["/need", "/s/x"])
    }
}
