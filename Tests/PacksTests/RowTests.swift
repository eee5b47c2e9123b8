// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Testing

@testable import Packs

/// The table of packs, and the reader of its rows.
struct RowTests {
    @Test func `the table reads, and has the packs whose capabilities are known and no others`() throws {
        #expect(try PackReader(PackText.all).packs.count == 22)
        #expect(PackRules.packs == PackTable.standard.packs)
    }

    @Test func `a pack that is read by itself is the one of the whole table`() throws {
        for (id, pack) in PackRows.packs {
            let alone = try #require(PackRows.pack(id))
            #expect("\(alone.id) \(alone.scopes) \(alone.members)" == "\(id) \(pack.scopes) \(pack.members)")
            #expect(alone.rules.map { "\($0)" } == pack.rules.map { "\($0)" }, "\(id)")
            #expect(alone.knownLimits == pack.knownLimits)
        }
        #expect(PackRows.pack("nothing.v1") == nil && PackRows.pack("") == nil)
    }

    @Test func `each pack asks something of a call and something of a passport`() {
        for (id, pack) in PackRows.packs {
            #expect(pack.members.contains { $0.isRequired }, "\(id)")
            #expect(!pack.rules.isEmpty && !pack.scopes.isEmpty, "\(id)")
        }
    }

    @Test func `a limit is found under the pack's own name and under each of its capabilities`() throws {
        for (id, pack) in PackRows.packs {
            let requirements = try #require(PackTable.standard.requirements(of: id))
            let aliases = CapabilityAliases.standard
            let names = Set(pack.scopes.flatMap(aliases.names))
            let own = UTF8String(String(id.string.dropLast(3)))
            #expect(names.contains(own), "\(id)")
            for capability in requirements.capabilities { #expect(names.contains(capability), "\(id) \(capability)") }
        }
    }

    @Test func `every other name of a code is a name of one that is used`() {
        for (other, code) in PackCodes.aliases {
            #expect(!PackRules.codes.contains(other), "\(other)")
            #expect(code.hasPrefix("writ.") || PackRules.codes.contains(code), "\(code)")
            #expect(PackCodes.canonical(other) == code && PackCodes.canonical(code) == code)
        }
    }

    @Test(arguments: [
        ("need a text", 1), ("pack p.v1", 1), ("pack p.v1 p\nneed a", 2), ("pack p.v1 p\nneed a texty", 2),
        ("pack p.v1 p\nneed a text:9..1", 2), ("pack p.v1 p\nneed a text:x", 2), ("pack p.v1 p\nneed a text code", 2),
        ("pack p.v1 p\nneed a text\nmay b/a text", 3), ("pack p.v1 p\n\npack p.v1 p", 3),
        ("pack p.v1 p\nrule r c nothing a b", 2), ("pack p.v1 p\nrule r c listed a", 2),
        ("pack p.v1 p\nrule r c count week l", 2), ("pack p.v1 p\nrule r c do nothing", 2),
        ("pack p.v1 p\nrule r c never if a", 2), ("pack p.v1 p\nrule r c never\nrule r c never", 3),
        ("pack p.v1 p\nrule r c atmost a l[k", 2), ("pack p.v1 p\nrule r c atmost a l[k]x", 2),
        ("pack p.v1 p\nneed a form:nothing", 2), ("pack p.v1 p\nmore", 2), ("pack p.v1 p\nrule r c atmost a..b l", 2),
    ])
    func `a row that cannot be read is a mistake with its line`(_ table: String, _ line: Int) {
        do throws(PackReader.Mistake) {
            _ = try PackReader(table)
            Issue.record("read: \(table)")
        } catch {
            #expect(error.line == line, "\(error.text)")
        }
    }

    @Test(arguments: [
        ("1", "2", true), ("2", "1", false), ("10", "9", false), ("-1", "0", true), ("-2", "-1", true),
        ("0.1", "0.10", false), ("0.1", "0.11", true), ("1e2", "99", false), ("99", "1e2", true),
        ("1e-2", "0.02", true),
        ("12.5e1", "125", false), ("9007199254740993", "9007199254740994", true), ("-0", "0", false),
    ])
    func `numbers compare as they are written`(_ left: String, _ right: String, _ isLess: Bool) throws {
        let one = try #require(ExactDecimal(.text(left)))
        let other = try #require(ExactDecimal(.text(right)))
        #expect((one < other) == isLess)
    }

    @Test(arguments: ["", "x", "1e999", "1e-999", "0x10", " 1", String(repeating: "9", count: 65)])
    func `what is no number that can be compared is none`(_ text: String) { #expect(ExactDecimal(.text(text)) == nil) }

    @Test(arguments: [
        ("*", "", true), ("*", "a/b", true), ("a*c", "abc", true), ("a*c", "abd", false), ("a?c", "abc", true),
        ("a?c", "ac", false), ("**", "x", true), ("acme/*", "acme/x", true), ("acme/*", "evil/x", false),
        ("*.example.com", "a.example.com", true), ("*.example.com", "example.com", false), ("a*b*c", "aXbXbXc", true),
    ])
    func `a pattern fits whole texts`(_ pattern: String, _ text: String, _ fits: Bool) throws {
        #expect(try #require(Glob(UTF8String(pattern))).matches(UTF8String(text)) == fits)
    }

    @Test func `a pattern that takes too long fits neither nor not`() throws {
        let glob = try #require(Glob(UTF8String(String(repeating: "a*", count: 2000) + "b")))
        #expect(glob.matches(UTF8String(String(repeating: "a", count: 1 << 20))) == nil)
    }
}
