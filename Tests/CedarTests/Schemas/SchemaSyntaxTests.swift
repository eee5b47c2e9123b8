// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct SchemaSyntaxTests {
    @Test(arguments: SchemaTable.good)
    func `a schema is read, written in both forms, and read again as the same`(_ text: String) throws {
        let fragment = try SchemaFragment(parsing: UTF8String(text))
        let schema = try Schema([fragment])
        let written = try fragment.text
        #expect(try SchemaFragment(parsing: written).withoutEmptyNamespaces == fragment.withoutEmptyNamespaces)
        let json = try fragment.json
        let fromJSON = try SchemaFragment(parsing: json.serialized(), format: .json)
        #expect(fromJSON == fragment)
        #expect(try SchemaFragment(json) == fragment)
        #expect(try Schema([fromJSON]) == schema)
        #expect(try SchemaFragment(parsing: try fromJSON.text).text == written)
    }

    @Test(arguments: SchemaTable.bad + SchemaTable.deliberatelyBad)
    func `a mistake is told with its kind and place`(_ text: String, _ code: SchemaError.Code, _ place: String) throws {
        let error = try #require(SchemaTable.errors(text).first)
        #expect(error.code == code, "\(error)")
        let span = try #require(error.span, "\(error)")
        #expect("\(span.line):\(span.column)" == place, "\(error)")
        #expect(error.description.hasPrefix("test:\(place): "))
    }

    @Test func `every mistake of a file is reported, each once`() {
        let text = """
            entity A { a: };
            namespace N {
              entity B { x: Long, y: { z } };
              entity C in;
              entity D;
            }
            type T = ;
            namespace 1 { entity E; action ; }
            entity F
            entity G;
            action x appliesTo { principal: A };
            """
        let places = SchemaTable.errors(text).map { "\($0.span?.line ?? 0):\($0.span?.column ?? 0)" }
        #expect(places == ["1:15", "3:30", "4:14", "7:10", "8:11", "8:32", "10:1", "11:8"])
    }

    @Test func `every unresolved name of a file is reported, each with its place`() {
        let text = """
            entity A in B { a: C, b: { c: Set<D> } } tags E;
            type T = F;
            action x in y, z appliesTo { principal: G, resource: [A, H], context: { i: I } };
            """
        // The syntax error is alone: nothing is resolved in a file that cannot be read.
        #expect(SchemaTable.errors(text).map(\.code) == [.unexpectedToken])
        let repaired = text.replacing("y, z", with: "[y, z]")
        let messages = SchemaTable.errors(repaired).map { "\($0.span?.line ?? 0):\($0.span?.column ?? 0)" }
        #expect(messages == ["2:10", "1:13", "1:20", "1:35", "1:47", "3:14", "3:17", "3:43", "3:60", "3:78"])
    }

    @Test func `a namespace that ends too early does not take what follows with it`() {
        let text = "namespace N { entity A } entity B; entity C in D;"
        #expect(SchemaTable.errors(text).map { $0.span?.column } == [24])
    }

    @Test func `a fragment keeps what was written where`() throws {
        let text: UTF8String = "namespace N {\n  entity A, B { a: T };\n}\ntype T = Long;"
        let fragment = try SchemaFragment(parsing: text, file: "agents.cedarschema")
        #expect(fragment.file == "agents.cedarschema")
        #expect(fragment.namespaces.map(\.name) == ["N", nil])
        let namespace = fragment.namespaces[0]
        #expect(namespace.place.span?.column == 11)
        #expect(namespace.entityTypes.map(\.name) == ["A", "B"])
        #expect(namespace.entityTypes.map { $0.place.span?.column } == [10, 13])
        guard case .standard([], .record(let attributes), nil) = namespace.entityTypes[1].kind else {
            Issue.record("not as written")
            return
        }
        #expect(attributes == [AttributeDeclaration("a", .named("T"))])
        #expect(attributes[0].place.span?.line == 2)
    }

    @Test func `places are no part of what a schema says`() throws {
        #expect(
            try SchemaFragment(parsing: "entity A;type T=Long;action a;", file: "one")
                == SchemaFragment(parsing: "\n\ntype T = Long;\naction \"a\";\nentity A = {};", file: "two"))
    }
}

extension SchemaFragment {
    /// Text cannot tell an empty namespace without a name from none.
    fileprivate var withoutEmptyNamespaces: SchemaFragment {
        SchemaFragment(namespaces.filter { $0 != SchemaNamespace() })
    }
}
