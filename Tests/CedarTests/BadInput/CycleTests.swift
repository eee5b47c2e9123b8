// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Hierarchies that go round: refused where Cedar has none, whatever their length.
@Suite(.timeLimit(.minutes(15))) struct CycleTests {
    static let lengths = [1, 2, 3, 10_000]

    /// Each number with the one after it, the last with the first.
    private func ring<Element>(_ length: Int, _ element: (Int, Int) -> Element) -> [Element] {
        (0..<length).map { element($0, ($0 + 1) % length) }
    }

    private func entities(_ links: [String]) -> String {
        "[" + links.joined(separator: ",") + "]"
    }

    private func entity(_ id: Int, in parent: Int) -> String {
        #"{"uid":{"type":"E","id":"\#(id)"},"attrs":{},"parents":[{"type":"E","id":"\#(parent)"}]}"#
    }

    @Test(arguments: lengths) func `entities above themselves are refused`(_ length: Int) throws {
        let text = entities(ring(length) { entity($0, in: $1) })
        #expect(try Grammar.entities.answer(text) == "cycle")
        #expect(try Grammar.entitiesBySchema.answer(text) == "cycle")
        // A tail that leads into the ring.
        let tail = entities([entity(-1, in: 0)] + ring(length) { entity($0, in: $1) })
        #expect(try Grammar.entities.answer(tail) == "cycle")
    }

    /// A ring of 10,000 has a hundred million pairs of an action and one above it, which are not looked for.
    @Test(arguments: lengths) func `actions above themselves are refused`(_ length: Int) throws {
        let text = ring(length) { "action a\($0) in a\($1);" }.joined()
        let expected = length < 10_000 ? "cycle" : "limitExceeded"
        #expect(try Grammar.schema.answer(text) == expected)
        let json = ring(length) { #""a\#($0)":{"memberOf":[{"id":"a\#($1)"}]}"# }.joined(separator: ",")
        #expect(try Grammar.schemaJSON.answer(#"{"":{"entityTypes":{},"actions":{\#(json)}}}"#) == expected)
    }

    @Test(arguments: lengths) func `types of themselves are refused`(_ length: Int) throws {
        for type in ["T", "Set<T", "{a: T"] {
            let text = ring(length) {
                "type T\($0) = \(type)\($1)\(type.hasPrefix("S") ? ">" : type.hasPrefix("{") ? "}" : "");"
            }.joined()
            #expect(try Grammar.schema.answer(text) == "cycle", "\(type)")
        }
        let json = ring(length) { #""T\#($0)":{"type":"T\#($1)"}"# }.joined(separator: ",")
        let document = #"{"":{"commonTypes":{\#(json)},"entityTypes":{},"actions":{}}}"#
        #expect(try Grammar.schemaJSON.answer(document) == "cycle")
    }

    @Test(arguments: [1, 2, 3, 1000]) func `types of entities may be below themselves, and then all are`(
        _ length: Int
    ) throws {
        let schema = try Schema(parsing: UTF8String(ring(length) { "entity E\($0) in E\($1);" }.joined()))
        #expect(schema.entityTypes["E0"]?.ancestors.count == length)
        #expect(schema.entityTypes["E0"]?.ancestors.contains("E0") == true)
    }

    @Test func `many rings are as many mistakes, up to what anybody reads`() throws {
        let rings = (0..<500).map { "action a\($0) in b\($0); action b\($0) in a\($0);" }.joined()
        let errors = SchemaTable.errors(rings)
        #expect(errors.count == CedarLimits.errorsPerFileMax)
        #expect(errors.allSatisfy { $0.code == .cycle })
    }
}
