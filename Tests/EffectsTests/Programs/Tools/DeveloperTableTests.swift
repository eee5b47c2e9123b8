// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct DeveloperTableTests {
    @Test func `every role that an entry names is there, and every entry of the developers' table can be read`() {
        var seen: Set<UTF8String> = []
        for family in ProgramFamilies.developers {
            for lines in ProgramIndex.all(family) {
                do throws(ProgramTableError) {
                    let entry = try ProgramEntryReader.entry(lines)
                    for name in entry.names { #expect(seen.insert(name).inserted, "\(name) is there twice") }
                } catch { Issue.record("\(error)") }
            }
        }
        #expect(seen.count > 3000)
    }

    @Test func `no line of the table stands outside an entry`() {
        for family in ProgramFamilies.all {
            var isInside = false
            for line in family.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.isEmpty {
                    isInside = false
                } else if line.first != " ", line.first != "#" {
                    isInside = true
                } else if line.first == " " {
                    #expect(isInside, "\(line.prefix(80))")
                }
            }
        }
    }

    /// The same line by several names.
    @Test(arguments: [
        ("pip install x", "pip3 install x"), ("pip install x", "pip3.12 install x"),
        ("docker run -v /:/x a", "podman run -v /:/x a"), ("yarn add x", "yarnpkg add x"),
        ("bundle exec sh", "bundler exec sh"), ("kubectl get pods", "oc get pods"),
        ("docker compose up", "docker-compose up"), ("conda install x", "mamba install x"),
        ("gcc -o /x a.c", "gcc-12 -o /x a.c"),
    ])
    func `other names of a program do the same`(first: String, second: String) {
        #expect(does(first) == does(second))
        #expect(does(first) != ["unknown program"])
    }

    @Test(arguments: [
        "git", "npm", "cargo", "docker", "make", "go", "terraform", "npx", "uvx", "claude", "gcc", "poetry",
    ])
    func `asking a program what it is does nothing`(program: String) {
        #expect(does("\(program) --version") == [])
        #expect(does("\(program) --help") == [])
    }

    /// No operand, no option with a dash of these is known to anybody: the table must not take silence for knowledge.
    @Test(arguments: [
        "git frobnicate", "gh frobnicate", "npm frobnicate", "cargo frobnicate", "docker frobnicate", "gem frobnicate",
    ])
    func `a subcommand that nobody knows is an unknown program`(line: String) {
        #expect(does(line).contains("opaque program"))
    }

    /// Every program of the table, with an option that no entry has and a value far away: where nothing is said of it, the
    /// program must be one that takes any option, and then says nothing more than that it runs the project's code.
    @Test func `no program of the table reads a place outside silently where its entry judges unknown options`() {
        for family in ProgramFamilies.developers {
            for lines in ProgramIndex.all(family) {
                for name in ProgramEntryReader.names(lines[0]) where !name.string.contains(" ") {
                    guard let entry = ProgramTable.standard.entry(name), entry.anyOption == .named("plain"),
                        !entry.hasSubcommands, entry.handler == nil, entry.style == .gnu
                    else { continue }
                    let done = does("\(name.string) --zzz-unheard-of=/etc/x")
                    #expect(done.contains("read+write-tree /etc/x"), "\(name): \(done)")
                }
            }
        }
    }
}
