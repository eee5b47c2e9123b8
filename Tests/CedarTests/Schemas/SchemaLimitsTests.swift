// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Schemas made to break what reads them: each gets an answer, within a bound.
@Suite(.timeLimit(.minutes(15))) struct SchemaLimitsTests {
    private func codes(_ text: String, format: SchemaFormat = .text) -> [SchemaError.Code] {
        SchemaTable.errors(text, format: format).map(\.code)
    }

    private func nested(_ depth: Int) -> String {
        "entity A { a: \(String(repeating: "Set<", count: depth))Long\(String(repeating: ">", count: depth)) };"
    }

    @Test func `ten megabytes are refused at once`() {
        let text = String(repeating: "entity A;\n", count: 1 << 20)
        #expect(codes(text) == [.limitExceeded])
        #expect(codes(String(repeating: " ", count: 20 << 20), format: .json) == [.limitExceeded])
    }

    @Test func `types may be nested as deeply as the limit says, and no deeper`() throws {
        // The attributes' own record is one of them.
        let deepest = CedarLimits.schemaNestingMax - 1
        let fragment = try SchemaFragment(parsing: UTF8String(nested(deepest)))
        #expect(try SchemaFragment(parsing: try fragment.json.serialized(), format: .json) == fragment)
        #expect(try SchemaFragment(parsing: try fragment.text) == fragment)
        #expect(codes(nested(deepest + 1)) == [.limitExceeded])
        #expect(codes(nested(100_000)) == [.limitExceeded])
        #expect(codes(String(repeating: "entity A {a:{", count: 100_000)) == [.unexpectedToken])
        #expect(codes("type T = " + String(repeating: "{a:", count: 100_000)) == [.limitExceeded])
    }

    @Test func `records nested as deeply as the limit says can be read in JSON, deeper ones cannot`() throws {
        func records(_ depth: Int) -> String {
            let open = String(repeating: #"{"type":"Record","attributes":{"a":"#, count: depth)
            let close = String(repeating: "}}", count: depth)
            return #"{"":{"commonTypes":{"T":\#(open){"type":"Long"}\#(close)},"entityTypes":{},"actions":{}}}"#
        }
        #expect(codes(records(CedarLimits.schemaNestingMax), format: .json) == [])
        #expect(codes(records(CedarLimits.schemaNestingMax + 1), format: .json) == [.limitExceeded])
        #expect(codes(records(100_000), format: .json) == [.limitExceeded])
    }

    @Test func `fragments made by programs are held to the same depth`() {
        var type = TypeExpression.long
        for _ in 0..<CedarLimits.schemaNestingMax { type = .set(type) }
        let deepest = SchemaFragment([SchemaNamespace(commonTypes: [CommonTypeDeclaration("T", type)])])
        #expect(throws: Never.self) { try Schema([deepest]) }
        let deeper = SchemaFragment([SchemaNamespace(commonTypes: [CommonTypeDeclaration("T", .set(type))])])
        #expect(throws: SchemaErrors.self) { try Schema([deeper]) }
        #expect(throws: SchemaErrors.self) { try deeper.text }
    }

    @Test func `common types that stand for exponentially many types are refused, not expanded`() {
        let types = (1..<2000).map { "type T\($0) = {a: T\($0 - 1), b: T\($0 - 1)};" }.joined()
        #expect(codes("type T0 = Long;" + types) == [.limitExceeded])
        // Few types, each used often.
        let wide = (0..<1000).map { "a\($0): Long" }.joined(separator: ", ")
        let users = (0..<2000).map { "entity E\($0) = { t: T };" }.joined()
        #expect(codes("type T = { \(wide) }; \(users)") == [.limitExceeded])
        #expect(codes("type T = { \(wide) }; entity E = { t: T, u: Set<T> };") == [])
    }

    @Test func `a chain of common types may be long where the type is not deep`() throws {
        let count = 5000
        let aliases = (1...count).map { "type T\($0) = T\($0 - 1);" }.joined()
        let schema = try Schema(parsing: UTF8String("entity E { a: T\(count) }; \(aliases) type T0 = Long;"))
        #expect(schema.entityTypes["E"]?.attributes["a"]?.type == .long)
        let sets = (1...count).map { "type T\($0) = Set<T\($0 - 1)>;" }.joined()
        #expect(codes("entity E { a: T\(count) }; \(sets) type T0 = Long;") == [.limitExceeded])
        #expect(codes("\(aliases) type T0 = T\(count);") == [.cycle])
    }

    @Test func `hierarchies of any length are resolved, and dense ones refused`() throws {
        let count = 2500
        let chain = (1...count).map { "entity E\($0) in E\($0 - 1);" }.joined() + "entity E0 in E\(count);"
        let codes = codes(chain)
        // Every type is below every other: six million pairs.
        #expect(codes == [.limitExceeded])
        let short = (1...500).map { "entity E\($0) in E\($0 - 1);" }.joined() + "entity E0 in E500;"
        #expect(try Schema(parsing: UTF8String(short)).entityTypes["E7"]?.ancestors.count == 501)
        let names = (0..<300).map { "E\($0)" }.joined(separator: ", ")
        #expect(self.codes("entity \(names) in [\(names)];") == [.limitExceeded])
    }

    @Test func `cycles of actions of any length are found, each once`() {
        let count = 1000
        let cycle = (1...count).map { "action a\($0) in a\($0 - 1);" }.joined() + "action a0 in a\(count);"
        #expect(codes(cycle + "action b in c; action c in b; action d in b;") == [.cycle, .cycle])
    }

    @Test func `many names in one declaration are bounded by what they would be alone`() {
        let names = (0..<20_000).map { "E\($0)" }.joined(separator: ", ")
        let attributes = (0..<20_000).map { "a\($0): Long" }.joined(separator: ", ")
        #expect(codes("entity \(names) { \(attributes) };") == [.limitExceeded])
        #expect(codes("action \(names) in [\(names)];") == [.limitExceeded])
    }

    @Test func `no more mistakes are reported than anybody reads`() {
        #expect(codes(String(repeating: "entity;", count: 10_000)).count == CedarLimits.errorsPerFileMax)
        #expect(codes(String(repeating: "entity A;", count: 10_000)).count == CedarLimits.errorsPerFileMax)
        let unknown = (0..<10_000).map { "entity E\($0) in F\($0);" }.joined()
        #expect(codes(unknown).count == CedarLimits.errorsPerFileMax)
    }

    @Test func `names that differ only in Unicode normal form are two`() throws {
        let schema = try Schema(
            parsing:
                "entity E { \"\u{e9}\": Long, \"e\u{301}\": Bool }; action \"\u{e9}\", \"e\u{301}\"; entity K enum [\"\u{e9}\", \"e\u{301}\"];"
        )
        #expect(schema.entityTypes["E"]?.attributes["\u{e9}"]?.type == .long)
        #expect(schema.entityTypes["E"]?.attributes["e\u{301}"]?.type == .bool)
        #expect(schema.actions.count == 2)
        #expect(schema.entityTypes["K"]?.kind == .enumerated(["\u{e9}", "e\u{301}"]))
    }

    @Test func `control characters may be in names in quotes and nowhere else`() throws {
        let schema = try Schema(parsing: "entity E { \"\0\": Long, \"\\0\\u{1}\": Bool }; action \"\u{1b}[31m\";")
        #expect(schema.entityTypes["E"]?.attributes["\0"]?.type == .long)
        #expect(schema.actions[EntityUID(type: "Action", id: "\u{1b}[31m")] != nil)
        let error = SchemaTable.errors("entity E { a: \u{1b} };").first
        #expect(error?.code == .invalidToken)
        #expect(error?.message.contains("\u{1b}") == false)
    }

    @Test func `what is not UTF-8 is refused`() {
        let error = #expect(throws: SchemaErrors.self) { try Schema(parsing: [0x65, 0xff]) }
        #expect(error?.all.map(\.code) == [.invalidUTF8])
        let json = #expect(throws: SchemaErrors.self) { try Schema(parsing: [0x22, 0xff, 0x22], format: .json) }
        #expect(json?.all.map(\.code) == [.invalidUTF8])
    }

    @Test func `any damage to a schema gets an answer`() throws {
        let text =
            "@a(\"b\") namespace N { entity A, B in [C] = { \"x\"?: Set<{y: Long}>, } tags M::T; }\naction a in b;"
        let bytes = Array(text.utf8)
        for place in bytes.indices {
            let without = Array(bytes[..<place]) + Array(bytes[(place + 1)...])
            let cut = Array(bytes[..<place])
            let doubled = Array(bytes[...place]) + Array(bytes[place...])
            for damaged in [without, cut, doubled] {
                let errors = SchemaTable.errors(String(decoding: damaged, as: UTF8.self))
                for error in errors { #expect(!error.message.isEmpty && error.span != nil) }
            }
        }
    }
}
