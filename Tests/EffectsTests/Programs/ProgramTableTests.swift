// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct ProgramTableTests {
    @Test func `every entry of the table can be read, and no name has two`() throws {
        var seen: Set<UTF8String> = []
        let index = ProgramIndex(ProgramFamilies.all)
        for family in ProgramFamilies.all {
            for lines in ProgramIndex.all(family) {
                let result = Result { try ProgramEntryReader.entry(lines) }
                guard case .success(let entry) = result else {
                    Issue.record("\(Substring(lines[0])): \(result)")
                    continue
                }
                for name in entry.names {
                    #expect(seen.insert(name).inserted, "\(name) is there twice")
                    #expect(index.lines(name)?.count == lines.count, "\(name) is not found")
                }
                if let same = entry.sameAs {
                    #expect(ProgramTable.standard.entry(same)?.hasSubcommands == true, "\(same)")
                }
            }
        }
        print("\(seen.count(where: { !$0.string.contains(" ") })) programs, \(seen.count) entries")
    }

    @Test func `every subcommand's program has subcommands`() throws {
        for family in ProgramFamilies.all {
            for lines in ProgramIndex.all(family) {
                for name in ProgramEntryReader.names(lines[0]) {
                    guard let blank = name.string.lastIndex(of: " ") else { continue }
                    let words = name.string[..<blank].split(separator: " ").prefix { !$0.hasPrefix("-") }
                    let outer = UTF8String(words.joined(separator: " "))
                    let entry = try #require(ProgramTable.standard.entry(outer), "\(outer) is not there")
                    #expect(
                        entry.hasSubcommands || entry.mayHaveSubcommand || entry.handler != nil,
                        "\(outer) has no subcommands")
                }
            }
        }
    }

    @Test(arguments: [
        "x\n  flags -a", "x\n  flags: a", "x\n  flags: -a -a", "x\n  option: -a", "x\n  option: -a nothing",
        "x\n  flag: -a ; nothing", "x\n  flag: -a ;", "x\n  operands: read... write...", "x\n  handler: nobody",
        "x\n  style: odd", "x\n  any-option: no", "x\n  default: read-dir", "x\n  default: project x", "x\n flags: -a",
        "x\n  odd: yes", "x\n  operands: code:klingon", "x\n  option: if= read", "x\n  flags: -D*",
    ])
    func `a line that says nothing is refused`(text: String) {
        let lines = text.split(separator: "\n").map(\.utf8)
        #expect(throws: ProgramTableError.self) { try ProgramEntryReader.entry(lines) }
    }

    @Test func `a program that is not in the table is nobody's`() {
        #expect(does("frobnicate x") == ["unknown program"])
        #expect(does("'git add' x") == ["unknown program"])
    }

    @Test func `a version belongs to programs that are installed with one, and any other digit to the name`() {
        for name in ["python3.12", "gcc-12", "lua5.4", "pip3"] as [UTF8String] {
            #expect(ProgramTable.standard.actions(of: Invocation(program: name, arguments: [])) != nil, "\(name)")
        }
        for name in ["ascii85", "cat2", "ls-9", "true1.0"] as [UTF8String] {
            #expect(ProgramTable.standard.actions(of: Invocation(program: name, arguments: [])) == nil, "\(name)")
        }
    }
}
