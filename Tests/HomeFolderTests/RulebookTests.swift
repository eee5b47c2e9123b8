// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import Foundation
import Glibc
import HomeFolder
import StrictJSON
import Synchronization
import Testing
import WireTypes

/// The rulebook follows its files, and a broken change changes nothing.
struct RulebookTests {
    private static let maker = RulebookMaker { name in name == "UTC" ? CoordinatedUniversalTime() : nil }

    /// What the operator is told.
    private final class Notes: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private struct Subject {
        let temporary: TemporaryHome
        let notes: Notes
        let rules: HomeRulebook

        func policy(_ text: String, _ name: String = "a.cedar") throws {
            try temporary.write("policies/\(name)", text)
        }

        func ids() throws -> [UTF8String] { try rules.current().policies.policies.policies.map(\.id) }
    }

    private static func with(_ body: (Subject) throws -> Void) throws {
        try TemporaryHome.with { temporary in
            try temporary.configure("agent: a1\n")
            let notes = Notes()
            try body(
                Subject(
                    temporary: temporary, notes: notes,
                    rules: HomeRulebook(temporary.home, maker: maker, note: { notes.add($0) })))
        }
    }

    private static func permit(_ id: String) -> String { "@id(\"\(id)\") permit (principal, action, resource);\n" }

    @Test func `a changed, added, renamed or removed policy takes effect with the next call`() throws {
        try Self.with { subject in
            try subject.policy(Self.permit("one"))
            #expect(try subject.ids() == ["one"])
            // As long as before, so that only the times tell.
            try subject.policy(Self.permit("two"))
            #expect(try subject.ids() == ["two"])
            try subject.policy(Self.permit("more"), "b.cedar")
            #expect(try subject.ids() == ["more", "two"])
            let digest = try subject.rules.current().policies.digest
            let folder = subject.temporary.home.policies
            #expect(rename(folder + "/b.cedar", folder + "/c.cedar") == 0)
            #expect(try subject.rules.current().policies.digest != digest)
            #expect(unlink(folder + "/c.cedar") == 0)
            #expect(try subject.ids() == ["two"])
            #expect(subject.notes.all == [])
        }
    }

    @Test func `with a clock the files are looked at again after a tenth of a second`() throws {
        try Self.with { subject in
            let clock = StoppedClock()
            let rules = HomeRulebook(subject.temporary.home, maker: Self.maker, clock: clock, note: { _ in })
            let ids = { try rules.current().policies.policies.policies.map(\.id) }
            try subject.policy(Self.permit("one"))
            #expect(try ids() == ["one"])
            #expect(try ids() == ["one"])
            try subject.policy(Self.permit("two"))
            clock.milliseconds.store(99, ordering: .relaxed)
            #expect(try ids() == ["one"])
            clock.milliseconds.store(100, ordering: .relaxed)
            #expect(try ids() == ["two"])
        }
    }

    @Test func `a changed configuration takes effect with the next call`() throws {
        try Self.with { subject in
            let first = try subject.rules.current().configurationDigest
            #expect(try subject.rules.current().configurationDigest == first)
            try subject.temporary.configure("# a comment changes nothing that counts\nagent: a1\n")
            #expect(try subject.rules.current().configurationDigest == first)
            try subject.temporary.configure("agent: a2\n")
            #expect(try subject.rules.current().configurationDigest != first)
        }
    }

    @Test func `a broken change keeps the old rulebook and says so once`() throws {
        try Self.with { subject in
            try subject.policy(Self.permit("one"))
            #expect(try subject.ids() == ["one"])
            try subject.policy("permit (principal, action, resource)\n")
            for _ in 0..<3 { #expect(try subject.ids() == ["one"]) }
            #expect(subject.notes.all.count == 1)
            #expect(
                subject.notes.all.first?.hasPrefix("writ: the changed files do not load; what was in force stays")
                    == true)
            #expect(subject.notes.all.first?.contains("\na.cedar:2:1: ") == true, "\(subject.notes.all)")
            try subject.policy("@modes(\"x\") permit (principal, action, resource);\n")
            for _ in 0..<3 { #expect(try subject.ids() == ["one"]) }
            #expect(subject.notes.all.count == 2)
            try subject.policy(Self.permit("three"))
            #expect(try subject.ids() == ["three"])
            #expect(subject.notes.all.count == 2)
        }
    }

    @Test func `a folder that goes away keeps the old rulebook and says so once`() throws {
        try Self.with { subject in
            try subject.policy(Self.permit("one"))
            #expect(try subject.ids() == ["one"])
            let folder = subject.temporary.home.policies
            #expect(rename(folder, folder + "-away") == 0)
            for _ in 0..<3 { #expect(try subject.ids() == ["one"]) }
            #expect(subject.notes.all.count == 1)
            #expect(rename(folder + "-away", folder) == 0)
            #expect(try subject.ids() == ["one"])
        }
    }

    @Test func `a change that breaks, is mended and breaks again is said each time`() throws {
        try Self.with { subject in
            try subject.policy(Self.permit("one"))
            _ = try subject.ids()
            for round in 1...2 {
                try subject.policy("broken")
                _ = try subject.ids()
                #expect(subject.notes.all.count == round)
                try subject.policy(Self.permit("one"))
                #expect(try subject.ids() == ["one"])
            }
        }
    }

    @Test(arguments: [
        ("agent: a1\ntime_zone: Mars/Olympus\n", "Mars/Olympus is no zone of the IANA time zone data base"),
        ("agnet: a1\n", "did you mean `agent`?"),
        ("issuers: {\"a b\": AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8}\n", "issuers: "),
        ("servers: {d: {command: x, map: {tool: {}}}}\n", "a tool map: "),
    ])
    func `where nothing has ever loaded nothing is in force`(_ configuration: String, _ why: String) throws {
        try Self.with { subject in
            try subject.temporary.configure(configuration)
            for _ in 0..<2 {
                let error = #expect(throws: RulebookError.self) { try subject.rules.current() }
                #expect(error?.description.contains(why) == true, "\(error?.description ?? "")")
            }
            #expect(subject.notes.all == [])
            try subject.temporary.configure("agent: a1\n")
            #expect(throws: Never.self) { try subject.rules.current() }
        }
    }

    @Test func `an archived rulebook is the one that was in force`() throws {
        try Self.with { subject in
            try subject.policy(Self.permit("one"))
            let map: JSON = ["tools": ["t": ["parameters": ["/p": ["verb": "read", "kind": "path"]]]]]
            try subject.temporary.configure(
                "servers: {d: {command: x, map: \(String(decoding: map.serialized(), as: UTF8.self))}}\n")
            let now = try subject.rules.current()
            let files = try HomeRulebook.policies(subject.temporary.home)
            let again = try Self.maker.rulebook(archived: now.configuration, files)
            #expect(again.configurationDigest == now.configurationDigest)
            #expect(again.policies.digest == now.policies.digest)
            #expect(again.maps == now.maps && again.issuers == now.issuers)
            #expect(now.maps[ToolReference(server: "d", tool: "t")] != nil)
            #expect(now.maps[ToolReference(server: "builtin/aport", tool: "exec.run")] != nil)
        }
    }
}

/// A clock that shows what a test sets.
private final class StoppedClock: Decisions.Clock {
    let milliseconds = Atomic<Int64>(0)

    func now() -> Timestamp { Timestamp(clamping: 0) }

    func monotonicMilliseconds() -> Int64 { milliseconds.load(ordering: .relaxed) }
}
