// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Warnings of text that reads otherwise than it is.
@Suite struct TextCheckTests {
    typealias Code = ValidationFinding.Code

    private func warnings(_ policy: String) throws -> [ValidationFinding] {
        try ValidationFixture.report(UTF8String(policy)).warnings
    }

    @Test(
        arguments: [
            ("plain", nil), ("Größe", nil), ("привет", nil), ("日本語のテスト", nil), ("한국어 漢字", nil), ("注音ㄅ", nil),
            ("tab\\t", nil), ("café €5 ½", nil), ("αβγ", nil),
            ("say_һello", .mixedScriptString), ("pаypal", .mixedScriptString), ("ひ한", .mixedScriptString),
            ("Ωmega", .mixedScriptString), ("\\u{e000}", .mixedScriptString),
            ("user\\u{202e}nimda", .bidirectionalString), ("\\u{2066}x\\u{2069}", .bidirectionalString),
        ] as [(String, Code?)])
    func `a string in several scripts or directions is warned of`(text: String, code: Code?) throws {
        let found = try warnings(
            "permit (principal is User, action, resource) when { principal.name == \"\(text)\" };")
        #expect(found.map(\.code) == (code.map { [$0] } ?? []))
        let like = try warnings(
            "permit (principal is User, action, resource) when { principal.name like \"*\(text)\" };")
        #expect(like.map(\.code) == (code.map { [$0] } ?? []))
    }

    @Test(
        arguments: [
            ("alice", nil), ("get /pets/{petId}", nil), ("example_user+1@example.com", nil), ("größe", nil),
            ("is\\u{200b}Admin", .confusableIdentifier), ("new\\nline", .confusableIdentifier),
            ("\\0", .confusableIdentifier),
            ("\\x7f", .confusableIdentifier), ("🍌", .confusableIdentifier), ("ﬁle", .confusableIdentifier),
            ("say_һello", .mixedScriptIdentifier), ("a\\u{202d}b", .bidirectionalIdentifier),
        ] as [(String, Code?)])
    func `an id or a name in several scripts, or with odd characters, is warned of`(text: String, code: Code?) throws {
        let expected = code.map { [$0] } ?? []
        #expect(try warnings("permit (principal == User::\"\(text)\", action, resource);").map(\.code) == expected)
        for condition in [
            "principal == User::\"\(text)\"", "principal has \"\(text)\" || true",
            "{\"\(text)\": true} == {\"\(text)\": true}",
            "{\"\(text)\": true}[\"\(text)\"] && context.b",
        ] {
            let found = try warnings("permit (principal is User, action, resource is Doc) when { \(condition) };")
            #expect(Set(found.map(\.code)) == Set(expected), "\(condition)")
        }
    }

    @Test func `the warning is in ASCII, so that it deceives nobody`() throws {
        let found = try warnings("permit (principal == User::\"pа\\u{202e}\", action, resource);")
        #expect(found.map(\.message) == ["the name \"p\\u{0430}\\u{202E}\" turns the direction of text with U+202E"])
    }

    @Test func `every script of the table is read`() {
        let table = ScriptTable.shared
        #expect(table.scripts(of: "a") != .none && table.scripts(of: "a") != .all)
        #expect(table.scripts(of: "a") == table.scripts(of: "Z"))
        #expect(table.scripts(of: "1") == .all && table.scripts(of: " ") == .all)
        #expect(table.scripts(of: "\u{301}").intersection(table.scripts(of: "a")) == table.scripts(of: "a"))
        #expect(table.scripts(of: "\u{10ffff}") == .none && table.scripts(of: "\u{0}") == .all)
        #expect(table.scripts(of: "а").intersection(table.scripts(of: "a")).isEmpty)
        #expect(!table.scripts(of: "漢").intersection(table.scripts(of: "ひ")).isEmpty)
        #expect(table.isAllowedInIdentifiers("é") && !table.isAllowedInIdentifiers("½"))
    }
}
