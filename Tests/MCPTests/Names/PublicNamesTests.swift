// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

private let aliases: [UTF8String] = ["git", "time", "a"]

private func spelling(_ alias: UTF8String, _ name: UTF8String) -> UTF8String? {
    let name = ServerName(alias, name)
    return PublicNames(aliases: aliases, names: [name])[name]
}

@Suite struct PublicNamesTests {
    @Test(
        arguments: [
            ("git_status", "git__git_status"), ("x__y", "git__x__y"), ("_x", "git___x"), ("A.b-9", "git__A.b-9"),
            ("__", "git____"),
        ] as [(UTF8String, UTF8String)])
    func `a name that fits is its server's alias, two underscores and itself`(name: UTF8String, expected: UTF8String) {
        #expect(spelling("git", name) == expected)
        #expect(PublicNames(aliases: aliases, names: []).meaning(of: expected) == ServerName("git", name))
    }

    /// Fixed, so that a changed hash is noticed: clients keep these names.
    @Test(
        arguments: [
            ("a b", "git__a_b_irf5mshwmz"), ("é", "git_____ievstyrx6i"),
            (
                "0123456789012345678901234567890123456789012345678901234567890",
                "git__01234567890123456789012345678901234567890123_nl6yc2t6lu"
            ),
        ] as [(UTF8String, UTF8String)])
    func `a name that does not fit ends in a hash`(name: UTF8String, expected: UTF8String) throws {
        let spelled = try #require(spelling("git", name))
        #expect(spelled == expected)
        #expect(spelled.byteCount <= 60)
    }

    @Test func `what a public name means is known for every name that a list holds`() {
        var names: [ServerName] = []
        for alias in aliases {
            for length in 0..<80 {
                names.append(ServerName(alias, UTF8String(String(repeating: "n", count: length + 1))))
                names.append(ServerName(alias, UTF8String(String(repeating: "é/", count: length) + "x")))
            }
        }
        let table = PublicNames(aliases: aliases, names: names)
        var seen: Set<UTF8String> = []
        for name in names {
            guard let spelled = table[name] else {
                Issue.record("no name for \(name)")
                continue
            }
            #expect(spelled.byteCount <= 60)
            #expect(
                spelled.bytes.allSatisfy { Character(UnicodeScalar($0)).isLetter || "0123456789_.-".utf8.contains($0) })
            #expect(table.meaning(of: spelled) == name)
            seen.insert(spelled)
        }
        #expect(seen.count == Set(names).count)
    }

    @Test func `names that would be spelled alike are told apart in whatever order they come`() throws {
        let long = ServerName("git", "a b")
        let taken = try #require(PublicNames(aliases: aliases, names: [long])[long])
        // A server that has a tool whose plain name is another's hashed one.
        let plain = ServerName("git", UTF8String(String(taken.string.dropFirst(5))))
        let table = PublicNames(aliases: aliases, names: [long, plain])
        #expect(table[plain] == taken)
        let other = try #require(table[long])
        #expect(other != taken)
        #expect(table.meaning(of: other) == long)
        #expect(table.meaning(of: taken) == plain)
        let turned = PublicNames(aliases: aliases, names: [plain, long, plain])
        #expect(turned[long] == other)
        #expect(turned[plain] == taken)
    }

    @Test(
        arguments: ["", "git", "git_", "git__", "gi__t", "Git__status", "git_status", "__x", "git__a b", "git__é"]
            as [UTF8String])
    func `a name of no server in scope means nothing`(name: UTF8String) {
        #expect(PublicNames(aliases: aliases, names: []).meaning(of: name) == nil)
    }

    @Test func `a name that is too long for a plain one and in no list means nothing`() {
        let name = UTF8String("git__" + String(repeating: "n", count: 56))
        #expect(PublicNames(aliases: aliases, names: []).meaning(of: name) == nil)
    }

    @Test(arguments: 1...20)
    func `no set of names leaves one out or gives two the same`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let letters = Array("ab_ é")
        var names: Set<ServerName> = []
        for _ in 0..<300 {
            let text = String(
                (0..<Int.random(in: 1..<70, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
            names.insert(ServerName(aliases.randomElement(using: &random) ?? "a", UTF8String(text)))
        }
        let table = PublicNames(aliases: aliases, names: names)
        #expect(Set(names.compactMap { table[$0] }).count == names.count)
        #expect(names.allSatisfy { name in table[name].flatMap(table.meaning) == name })
    }
}
