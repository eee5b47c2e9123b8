// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct SchemaResolutionTests {
    /// The type of the attribute `a` of `name`.
    private func type(_ text: UTF8String, of name: EntityTypeName = "E") throws -> CedarType {
        let schema = try Schema(parsing: text)
        return try #require(schema.entityTypes[name]?.attributes["a"]?.type)
    }

    @Test func `a name means a common type before an entity type, and both before Cedar's own`() throws {
        #expect(try type("type T = Long; entity T, E { a: T };") == .long)
        #expect(try type("entity T; entity E { a: T };") == .entity("T"))
        #expect(try type("entity Long; entity E { a: Long };") == .entity("Long"))
        #expect(try type("type decimal = Bool; entity E { a: decimal };") == .bool)
        #expect(try type("entity Long; type decimal = Bool; entity E { a: __cedar::Long };") == .long)
        #expect(try type("type decimal = Bool; entity E { a: __cedar::decimal };") == .decimal)
    }

    @Test func `a name without a namespace is looked for in the one at hand, then outside of all`() throws {
        #expect(try type("namespace N { type T = Long; entity E { a: T }; }", of: "N::E") == .long)
        #expect(try type("type T = Long; namespace N { entity E { a: T }; }", of: "N::E") == .long)
        #expect(try type("namespace M { type T = Bool; } namespace N { entity E { a: M::T }; }", of: "N::E") == .bool)
        #expect(try type("namespace N { entity Long, E { a: Long }; }", of: "N::E") == .entity("N::Long"))
        #expect(try type("type U = T; type T = Set<E>; entity E { a: U };") == .set(.entity("E")))
    }

    @Test func `a common type's names are those of its own namespace`() throws {
        let text: UTF8String = "namespace M { type T = X; entity X; } namespace N { entity X, E { a: M::T }; }"
        #expect(try type(text, of: "N::E") == .entity("M::X"))
    }

    @Test func `the type of actions may be an attribute's, the nearest where there are several`() throws {
        #expect(try type("action x; entity E { a: Action };") == .entity("Action"))
        #expect(
            try type("action x; namespace N { action y; entity E { a: Action }; }", of: "N::E") == .entity("N::Action"))
        #expect(try type("action x; namespace N { entity E { a: Action }; }", of: "N::E") == .entity("Action"))
        #expect(try type("type Action = Long; action x; entity E { a: Action };") == .long)
        let nearest: UTF8String = "type Action = Long; namespace N { action x; entity E { a: Action }; }"
        #expect(try type(nearest, of: "N::E") == .entity("N::Action"))
    }

    @Test func `every type is resolved to what it stands for`() throws {
        let text: UTF8String = """
            type Level = Long;
            type Limits = { "per day": Level, until?: datetime };
            entity E { a: { b: Bool, s: String, d: decimal, i: ipaddr, u: duration, l: Set<Limits> } } tags Set<Level>;
            """
        let limits = RecordType([
            AttributeType(name: "per day", type: .long),
            AttributeType(name: "until", type: .datetime, isRequired: false),
        ])
        let record = RecordType([
            AttributeType(name: "b", type: .bool), AttributeType(name: "s", type: .string),
            AttributeType(name: "d", type: .decimal), AttributeType(name: "i", type: .ip),
            AttributeType(name: "u", type: .duration), AttributeType(name: "l", type: .set(.record(limits))),
        ])
        #expect(try type(text) == .record(record))
        #expect(try Schema(parsing: text).entityTypes["E"]?.tags == .set(.long))
    }

    @Test func `types may be members of each other, and have all ancestors`() throws {
        let schema = try Schema(
            parsing: "entity A in B; entity B in C; entity C in [A, D]; entity D; entity E in A; entity F in F;")
        let all: Set<EntityTypeName> = ["A", "B", "C", "D"]
        #expect(schema.entityTypes["A"]?.parents == ["B"])
        #expect(schema.entityTypes["A"]?.ancestors == all)
        #expect(schema.entityTypes["C"]?.ancestors == all)
        #expect(schema.entityTypes["D"]?.ancestors == [])
        #expect(schema.entityTypes["E"]?.ancestors == all)
        #expect(schema.entityTypes["F"]?.ancestors == ["F"])
    }

    @Test func `actions have their groups, direct and not, also in other namespaces`() throws {
        let schema = try Schema(
            parsing: """
                action all;
                namespace N { action read in all; action view in [read, Action::"all"]; }
                action edit in N::Action::"read";
                """)
        let all = EntityUID(type: "Action", id: "all")
        let read = EntityUID(type: "N::Action", id: "read")
        #expect(schema.actions[read]?.parents == [all])
        #expect(schema.actions[EntityUID(type: "N::Action", id: "view")]?.parents == [read, all])
        #expect(schema.actions[EntityUID(type: "Action", id: "edit")]?.ancestors == [read, all])
        #expect(schema.actions[all]?.ancestors == [])
        #expect(schema.actions.count == 4)
    }

    @Test func `an action's requests have resolved types, and a context that may come by name`() throws {
        let schema = try Schema(
            parsing: """
                type Ctx = { ip: ipaddr };
                namespace N { entity V, R; }
                entity U;
                action a appliesTo { principal: [U, N::V], resource: N::R, context: Ctx };
                action b appliesTo { principal: U, resource: U };
                action c;
                """)
        let a = try #require(schema.actions[EntityUID(type: "Action", id: "a")]?.appliesTo)
        #expect(a.principals == ["U", "N::V"])
        #expect(a.resources == ["N::R"])
        #expect(a.context == RecordType([AttributeType(name: "ip", type: .ip)]))
        #expect(schema.actions[EntityUID(type: "Action", id: "b")]?.appliesTo?.context == RecordType())
        #expect(schema.actions[EntityUID(type: "Action", id: "c")]?.appliesTo == nil)
    }

    @Test func `an enumerated type has its ids in order, each once`() throws {
        let schema = try Schema(parsing: "entity E enum [\"b\", \"a\", \"b\", \"\"];")
        #expect(schema.entityTypes["E"]?.kind == .enumerated(["b", "a", ""]))
        #expect(schema.entityTypes["E"]?.attributes == RecordType())
        #expect(schema.entityTypes["E"]?.parents == [])
    }

    @Test func `an action whose lists are empty, in JSON, is in no request, but its names must mean something`() throws
    {
        func action(_ appliesTo: String) -> String {
            #"{"":{"entityTypes":{"A":{}},"actions":{"x":{"appliesTo":\#(appliesTo)}}}}"#
        }
        let one = action(#"{"principalTypes":[],"resourceTypes":["A"]}"#)
        let schema = try Schema(parsing: UTF8String(one), format: .json)
        #expect(schema.actions[EntityUID(type: "Action", id: "x")]?.appliesTo == nil)
        let unknown = SchemaTable.errors(action(#"{"principalTypes":[],"resourceTypes":["Q"]}"#), format: .json)
        #expect(unknown.map(\.code) == [.unknownType])
        #expect(unknown.first?.pointer == JSONPointer(["", "actions", "x", "appliesTo", "resourceTypes", "0"]))
        let context = action(#"{"principalTypes":[],"resourceTypes":["A"],"context":{"type":"Long"}}"#)
        #expect(SchemaTable.errors(context, format: .json).map(\.code) == [.notARecord])
    }

    // MARK: Several fragments

    @Test func `fragments make one schema in whatever order they come`() throws {
        let types = try SchemaFragment(parsing: "namespace N { entity U in G; type T = Long; }", file: "types")
        let groups = try SchemaFragment(parsing: "namespace N { entity G { a: T }; }", file: "groups")
        let actions = try SchemaFragment(
            parsing: "action x appliesTo { principal: N::U, resource: N::G };", file: "actions")
        let schema = try Schema([types, groups, actions])
        #expect(schema.entityTypes["N::U"]?.parents == ["N::G"])
        #expect(schema.entityTypes["N::G"]?.attributes["a"]?.type == .long)
        #expect(try Schema([actions, groups, types]) == schema)
    }

    @Test func `what two fragments declare both is an error in the second`() throws {
        let one = try SchemaFragment(parsing: "entity A; type T = Long; action a;", file: "one")
        let two = try SchemaFragment(parsing: "action a;\ntype T = Long;\nentity A;", file: "two")
        let error = #expect(throws: SchemaErrors.self) { try Schema([one, two]) }
        #expect(error?.all.map(\.code) == [.duplicateName, .duplicateName, .duplicateName])
        #expect(error?.all.map(\.file) == ["two", "two", "two"])
        #expect(error?.all.map { $0.span?.line } == [2, 3, 1])
    }

    @Test func `a mistake is told with the file it is in`() throws {
        let one = try SchemaFragment(parsing: "entity A; namespace M { action x; }", file: "one")
        let two = try SchemaFragment(parsing: "namespace N { entity A; }\nnamespace M { entity B in C; }", file: "two")
        let error = #expect(throws: SchemaErrors.self) { try Schema([one, two]) }
        #expect(
            error?.all.map(\.description) == [
                "two:1:22: `N::A` shadows `A`, which is declared outside of all namespaces"
            ])
    }

    // MARK: Fragments made by programs

    @Test func `a program makes a fragment, a schema of it, and both forms`() throws {
        let fragment = SchemaFragment([
            SchemaNamespace(
                name: "Tools", annotations: Annotations([Annotations.Annotation(name: "made", value: "by a test")]),
                commonTypes: [CommonTypeDeclaration("Input", .record([AttributeDeclaration("file-path", .string)]))],
                entityTypes: [
                    EntityTypeDeclaration("Agent", attributes: [AttributeDeclaration("level", .long)], tags: .string),
                    EntityTypeDeclaration("Mode", kind: .enumerated(["fast", "slow"])),
                ],
                actions: [
                    ActionDeclaration("call"),
                    ActionDeclaration(
                        "fs/read", in: [ActionReference("call")],
                        appliesTo: AppliesToDeclaration(
                            principals: ["Agent"], resources: ["Agent"],
                            context: .record([
                                AttributeDeclaration("input", .common("Input")),
                                AttributeDeclaration("mode", .entity("Mode"), isRequired: false),
                            ]))),
                ])
        ])
        let schema = try Schema([fragment])
        #expect(
            schema.actions[EntityUID(type: "Tools::Action", id: "fs/read")]?.appliesTo?.principals == ["Tools::Agent"])
        #expect(try Schema(parsing: try fragment.text) == schema)
        #expect(try SchemaFragment(try fragment.json) == fragment)
        #expect(
            try fragment.text.string == """
                @made("by a test")
                namespace Tools {
                  type Input = {
                    "file-path": __cedar::String
                  };

                  entity Agent = {
                    level: __cedar::Long
                  } tags __cedar::String;

                  entity Mode enum ["fast", "slow"];

                  action call;

                  action "fs/read" in call appliesTo {
                    principal: Agent,
                    resource: Agent,
                    context: {
                      input: Input,
                      mode?: Mode
                    }
                  };
                }

                """)
    }

    @Test(arguments: [
        (SchemaNamespace(name: "N::"), SchemaError.Code.invalidName), (SchemaNamespace(name: ""), .invalidName),
        (SchemaNamespace(name: "N :: M"), .invalidName), (SchemaNamespace(name: "N::if"), .reservedName),
        (SchemaNamespace(name: "N:M"), .invalidName), (SchemaNamespace(name: "N:::M"), .invalidName),
        (SchemaNamespace(annotations: Annotations([Annotations.Annotation(name: "a", value: nil)])), .invalidShape),
        (SchemaNamespace(entityTypes: [EntityTypeDeclaration("my-type")]), .invalidName),
        (SchemaNamespace(entityTypes: [EntityTypeDeclaration("N::T")]), .invalidName),
        (SchemaNamespace(entityTypes: [EntityTypeDeclaration("T", kind: .enumerated([]))]), .missing),
        (SchemaNamespace(entityTypes: [EntityTypeDeclaration("T", in: ["a b"])]), .invalidName),
        (SchemaNamespace(commonTypes: [CommonTypeDeclaration("T", .entity("T; entity U"))]), .invalidName),
        (SchemaNamespace(commonTypes: [CommonTypeDeclaration("T", .named("in"))]), .reservedName),
        (
            SchemaNamespace(actions: [ActionDeclaration("a", in: [ActionReference("b", type: "Action \"")])]),
            .invalidName
        ),
        (
            SchemaNamespace(
                commonTypes: [
                    CommonTypeDeclaration(
                        "T", .long, annotations: Annotations([Annotations.Annotation(name: "a b", value: nil)]))
                ]), .invalidName
        ),
    ])
    func `names that are none neither make a schema nor are written`(
        _ namespace: SchemaNamespace, _ code: SchemaError.Code
    ) {
        let fragment = SchemaFragment([namespace])
        #expect(throws: SchemaErrors.self) { try Schema([fragment]) }
        #expect(throws: SchemaErrors.self) { try fragment.json }
        let error = #expect(throws: SchemaErrors.self) { try fragment.text }
        #expect(error?.all.map(\.code) == [code])
        #expect(error?.all.first?.span == nil)
        #expect(error?.all.first?.pointer != nil)
    }

    @Test func `two namespaces without a name are one too many`() {
        let fragment = SchemaFragment([SchemaNamespace(), SchemaNamespace()])
        let error = #expect(throws: SchemaErrors.self) { try fragment.json }
        #expect(error?.all.map(\.code) == [.duplicateName])
    }
}
