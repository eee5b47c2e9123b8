// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct SchemaPrinterTests {
    @Test func `a fragment is written with every declaration on its own and two blanks for each level`() throws {
        let text: UTF8String = """
            action view,edit in Action::"all" appliesTo{principal:[U],resource:[U,G]}; type T={a:{},b?:Set<{c:Long}>};
            entity U in[G] tags Set<T>; action all; @a @b("x\\n") entity G{@c "x y"?:Bool}; entity K enum["\\"","k"];
            namespace Empty {}
            """
        #expect(
            try SchemaFragment(parsing: text).text.string == """
                type T = {
                  a: {},
                  b?: Set<{
                    c: Long
                  }>
                };

                entity U in G tags Set<T>;

                @a
                @b("x\\n")
                entity G = {
                  @c
                  "x y"?: Bool
                };

                entity K enum ["\\"", "k"];

                action view in Action::"all" appliesTo {
                  principal: U,
                  resource: [U, G]
                };

                action edit in Action::"all" appliesTo {
                  principal: U,
                  resource: [U, G]
                };

                action all;

                namespace Empty {
                }

                """)
    }

    @Test func `a context's name is written as it is, though an entity type has it too`() throws {
        let text: UTF8String = """
            entity T, U;
            action a appliesTo {principal: U, resource: U, context: T};
            """
        let fragment = try SchemaFragment(parsing: text)
        #expect(try SchemaFragment(parsing: try fragment.text) == fragment)
        let other = try SchemaFragment(parsing: "type T = {n: Long};")
        #expect(try Schema([fragment, other]).actions.values.first?.appliesTo?.context["n"]?.type == .long)
    }

    @Test(arguments: [
        "plain", "two words", "", "if", "__cedar", "in", "\"", "\\", "\n", "\r", "\0", "\u{7f}", "\u{2028}", "e\u{301}",
        "\u{e9}",
        "\u{200b}", "\u{feff}", "\u{202e}", "*", "a:b", "?", "//", "\u{10ffff}", "\u{1f600}", "1", "{", "entity",
    ])
    func `any text can name an attribute, an action, an entity and an annotation's text`(_ name: String) throws {
        let name = UTF8String(name)
        let noted = Annotations([Annotations.Annotation(name: "if", value: name)])
        let fragment = SchemaFragment([
            SchemaNamespace(
                name: "N", annotations: noted,
                entityTypes: [
                    EntityTypeDeclaration(
                        "A", attributes: [AttributeDeclaration(name, .named("A"), annotations: noted)]),
                    EntityTypeDeclaration("B", kind: .enumerated([name])),
                ],
                actions: [
                    ActionDeclaration(name, annotations: noted), ActionDeclaration("z z", in: [ActionReference(name)]),
                ])
        ])
        #expect(try SchemaFragment(parsing: try fragment.text) == fragment)
        #expect(try SchemaFragment(parsing: try fragment.json.serialized(), format: .json) == fragment)
    }

    @Test func `explicit types of Cedar's own are written with their full names`() throws {
        let fragment = SchemaFragment([
            SchemaNamespace(
                commonTypes: BuiltinType.allCases.map {
                    CommonTypeDeclaration(UTF8String("T\($0.rawValue)"), .builtin($0))
                },
                entityTypes: [EntityTypeDeclaration("Long"), EntityTypeDeclaration("decimal")])
        ])
        let text = try fragment.text
        #expect(text.string.hasPrefix("type TBool = __cedar::Bool;\n\ntype TLong = __cedar::Long;\n"))
        #expect(try Schema(parsing: text) == Schema([fragment]))
    }

    @Test func `a reference to an entity type that text would take for a common type is not written`() throws {
        func fragment(_ namespace: UTF8String?) -> SchemaFragment {
            SchemaFragment([
                SchemaNamespace(
                    name: namespace, commonTypes: [CommonTypeDeclaration("A", .long)],
                    entityTypes: [
                        EntityTypeDeclaration("A"),
                        EntityTypeDeclaration("B", attributes: [AttributeDeclaration("a", .set(.entity("A")))]),
                    ])
            ])
        }
        let error = #expect(throws: SchemaErrors.self) { try fragment("N").text }
        #expect(error?.all.map(\.code) == [.unwritable])
        #expect(error?.all.first?.pointer?.description == "/N/entityTypes/B/shape/attributes/a/element")
        #expect(throws: SchemaErrors.self) { try fragment(nil).text }
        // In JSON it can be said, and means the entity type.
        let schema = try Schema([try SchemaFragment(try fragment("N").json)])
        #expect(schema.entityTypes["N::B"]?.attributes["a"]?.type == .set(.entity("N::A")))
    }

    @Test func `an entity type whose attributes are a common type is not written`() throws {
        let json: JSON = [
            "": [
                "commonTypes": ["C": ["type": "Record", "attributes": [:]]], "actions": [:],
                "entityTypes": ["A": ["shape": ["type": "C"]]],
            ]
        ]
        let error = #expect(throws: SchemaErrors.self) { try SchemaFragment(json).text }
        #expect(error?.all.map(\.code) == [.unwritable])
    }

    @Test func `a context that is a set is no text`() {
        let fragment = SchemaFragment([
            SchemaNamespace(
                entityTypes: [EntityTypeDeclaration("A")],
                actions: [
                    ActionDeclaration(
                        "x", appliesTo: AppliesToDeclaration(principals: ["A"], resources: ["A"], context: .set(.long)))
                ])
        ])
        #expect(throws: SchemaErrors.self) { try fragment.text }
        #expect(throws: SchemaErrors.self) { try Schema([fragment]) }
    }
}
