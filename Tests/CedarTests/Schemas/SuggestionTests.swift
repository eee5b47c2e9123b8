// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("Agnet", "Agent"), ("agent", "Agent"), ("Agents", "Agent"), ("Aget", "Agent"), ("prncipal", "principal"),
        ("tool_nmae", "tool_name"), ("ENTITY", "Entity"), ("b", "B"),
    ])
    func `a misspelt name is recognised`(_ written: String, _ meant: String) {
        let candidates: [UTF8String] = ["Agent", "Entity", "principal", "resource", "tool_name", "B", "Zebra"]
        #expect(Suggestion.closest(to: UTF8String(written), among: candidates) == UTF8String(meant))
    }

    @Test(arguments: ["Agent", "Elephant", "X", "", "ab", "Agxxt"])
    func `what is not near to any candidate, or is one, has no suggestion`(_ written: String) {
        #expect(Suggestion.closest(to: UTF8String(written), among: ["Agent", "B", "cd"]) == nil)
    }

    @Test func `among equals the first by bytes is taken, whatever their order`() {
        let candidates: [UTF8String] = ["tool_c", "tool_a", "tool_b"]
        #expect(Suggestion.closest(to: "tool_x", among: candidates) == "tool_a")
        #expect(Suggestion.closest(to: "tool_x", among: candidates.reversed()) == "tool_a")
    }

    @Test(arguments: [
        ("", "", 0), ("a", "", 2), ("a", "a", 0), ("a", "A", 1), ("a", "b", 2), ("1", "Q", 2), ("ab", "ba", 2),
        ("kitten", "sitting", 6),
        ("abc", "ABC", 3), ("ab", "acb", 2), ("@", "`", 2),
    ])
    func `the distance counts letters, and case by half`(_ left: String, _ right: String, _ expected: Int) {
        #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == expected)
        #expect(Suggestion.distance(Array(right.utf8), Array(left.utf8)) == expected)
    }

    @Test func `long names and many candidates cost little`() {
        let long = UTF8String(String(repeating: "x", count: 100_000))
        #expect(Suggestion.closest(to: long, among: [long, "x"]) == nil)
        let many = (0..<CedarLimits.suggestionCandidatesMax).map { UTF8String("name\($0)") }
        #expect(Suggestion.closest(to: "nome7", among: many) == "name7")
        #expect(Suggestion.closest(to: "nome7", among: many + ["one more"]) == nil)
    }

    @Test(arguments: [
        ("entity Agent; entity B in Agnet;", "Agent"), ("entity B { a: Strng };", "String"),
        ("entity B { a: Boolean };", "Bool"),
        ("entity B { a: int };", "Long"), ("entity B { a: __cedar::Lon };", "__cedar::Long"),
        ("namespace N { entity A; } entity B in A;", "N::A"),
        ("namespace N { entity Agent; entity B { a: agent }; }", "Agent"),
        ("namespace Store { entity A; } entity B in Stroe::A;", "Store::A"),
        ("type Adress = Long; entity B { a: Address };", "Adress"), ("action read; action b in raed;", "\"read\""),
        ("action read; action b in Action::\"raed\";", "Action::\"read\""),
        ("namespace N { action read; } action b in read;", "N::Action::\"read\""),
        ("entty A;", "entity"), ("namespce N {}", "namespace"), ("entity A tag Long;", "tags"),
        ("entity A; action a appliesto { principal: A, resource: A };", "appliesTo"),
        ("entity A; action a appliesTo { principals: A, resource: A };", "principal"),
    ])
    func `a schema's misspelt name comes with a suggestion`(_ text: String, _ meant: String) throws {
        let error = try #require(SchemaTable.errors(text).first)
        #expect(error.suggestion == UTF8String(meant), "\(error)")
        #expect(error.description.hasSuffix("; did you mean `\(meant)`?"))
    }
}
