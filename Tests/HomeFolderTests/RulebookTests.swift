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
import ToolTypes
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

    private static let tools = #"""
        {"tools": [{"name": "t", "inputSchema": {"type": "object", "properties": {"size": {"type": "number"}}}}]}
        """#

    private static func reading(_ parameter: String) -> String {
        #"@id("t") permit (principal, action == Action::"d/t", resource) when { context.input has \#(parameter) && "#
            + #"context.input.\#(parameter).lessThan(decimal("2.5")) && context.input.\#(parameter) == decimal("1.0") };"#
    }

    @Test func `policies are checked against the tools that the configuration describes, and follow their file`() throws
    {
        try Self.with { subject in
            try subject.policy(Self.reading("size"))
            try subject.temporary.write("tools.json", Self.tools)
            try subject.temporary.configure("servers: {d: {command: x, tools: tools.json}}\n")
            let first = try subject.rules.current()
            #expect(first.argumentTypes[server: "d", tool: "t"]?.member("size")?.type == .number)
            #expect(try subject.ids() == ["t"])
            // The server has another parameter now.
            try subject.temporary.write("tools.json", Self.tools.replacing("size", with: "width"))
            try subject.policy(Self.reading("size").replacing("context.input has size && ", with: ""))
            for _ in 0..<3 { #expect(try subject.ids() == ["t"]) }
            #expect(try subject.rules.current().configurationDigest == first.configurationDigest)
            #expect(subject.notes.all.count == 1)
            let note = subject.notes.all.first ?? ""
            #expect(
                note.contains("\na.cedar:1:") && note.contains("error: the record `context.input` has no"), "\(note)")
            #expect(note.contains("The tools are those of \(subject.temporary.home.path)/tools.json. "), "\(note)")
            try subject.policy(Self.reading("width"))
            #expect(try subject.rules.current().configurationDigest != first.configurationDigest)
            #expect(subject.notes.all.count == 1)
            // Bytes that change nothing of the types are another configuration all the same.
            let second = try subject.rules.current().configurationDigest
            try subject.temporary.write("tools.json", " " + Self.tools.replacing("size", with: "width"))
            #expect(try subject.rules.current().configurationDigest != second)
            // A file that goes away.
            let path = subject.temporary.home.path + "/tools.json"
            #expect(rename(path, path + "-away") == 0)
            #expect(try subject.rules.current().argumentTypes[server: "d", tool: "t"] != nil)
            #expect(subject.notes.all.count == 2 && subject.notes.all.last?.contains("servers/d/tools: ") == true)
            #expect(rename(path + "-away", path) == 0)
            try subject.temporary.configure("servers: {d: {command: x}}\n")
            #expect(try subject.rules.current().argumentTypes.isEmpty)
            #expect(subject.notes.all.count == 2)
        }
    }

    @Test func `every mistake is said at once, and a warning is none`() throws {
        try Self.with { subject in
            try subject.temporary.write("tools.json", Self.tools)
            try subject.temporary.configure("servers: {d: {command: x, tools: tools.json}, e: {command: y}}\n")
            try subject.policy(
                #"""
                @id("a") permit (principal, action == Action::"d/tt", resource);
                @id("b") permit (principal, action == Action::"d/t", resource) when { context.input.sise == decimal("1.0") };
                @id("c") forbid (principal, action, resource) when { resource.path like "*secret*" };
                """#)
            let error = #expect(throws: RulebookError.self) { try subject.rules.current() }
            let lines = (error?.description ?? "").split(separator: "\n")
            #expect(lines.count == 3, "\(lines)")
            #expect(lines.first?.hasPrefix("a.cedar:1:") == true)
            #expect(lines.first?.hasSuffix(#"did you mean `Action::"d/t"`?"#) == true)
            #expect(lines[1].hasPrefix("a.cedar:2:") && lines[1].hasSuffix("did you mean `size`?"))
            // What is known of other servers, nobody has said; and what works for some requests is in force.
            try subject.policy(
                #"""
                @id("c") forbid (principal, action, resource) when { resource.path like "*secret*" };
                @id("e") permit (principal, action in [Action::"e/any", Action::"f/other"], resource)
                when { context.input.x == 1 };
                @id("l") permit (principal, action == Action::"local/exec.run", resource)
                when { context.input.command == "ls" };
                @id("r") permit (principal, action == Action::"execute", resource)
                when { context.input.command == "ls" };
                """#)
            #expect(try subject.ids() == ["c", "e", "l", "r"])
        }
    }

    @Test func `a tool that only a map has is known`() throws {
        try Self.with { subject in
            try subject.temporary.write("tools.json", Self.tools)
            try subject.temporary.configure(
                "servers: {d: {command: mcp-server-time, tools: tools.json, map: {tools: {m: {parameters: {}}}}}}\n")
            try subject.policy(#"permit (principal, action in [Action::"d/m", Action::"d/convert_time"], resource);"#)
            #expect(throws: Never.self) { try subject.rules.current() }
        }
    }

    @Test(arguments: [
        ("{\"tools\": [\n  {\"name\": \"t\",}]}", "/tools.json:2:16: "),
        ("{\"tools\": 7}", "/tools.json:1:1: expected an MCP tools/list result"),
        ("", "/tools.json:1:1: "), ("{\"tools\":[],\"tools\":[]}", "/tools.json:1:13: "),
        ("[\"\u{0}\"]", "/tools.json:1:3: "),
    ])
    func `a file that is no list of tools is said with its place`(_ text: String, _ why: String) throws {
        try Self.with { subject in
            try subject.temporary.write("tools.json", text)
            try subject.temporary.configure("servers: {d: {command: x, tools: tools.json}}\n")
            let error = #expect(throws: RulebookError.self) { try subject.rules.current() }
            #expect(error?.description.contains(why) == true, "\(error?.description ?? "")")
        }
    }

    @Test func `definitions have limits, and a file that is not there is named`() throws {
        try Self.with { subject in
            try subject.temporary.configure("servers: {d: {command: x, tools: none.json}}\n")
            let error = #expect(throws: RulebookError.self) { try subject.rules.current() }
            #expect(
                error?.description.contains("servers/d/tools: \(subject.temporary.home.path)/none.json is not") == true)
            try subject.temporary.write("none.json", "[" + String(repeating: " ", count: 4 << 20) + "]")
            let large = #expect(throws: RulebookError.self) { try subject.rules.current() }
            #expect(large?.description.contains("at most 4194304 are read") == true, "\(large?.description ?? "")")
            try subject.temporary.write("none.json", "[" + String(repeating: " ", count: (4 << 20) - 2) + "]")
            #expect(throws: Never.self) { try subject.rules.current() }
            let servers = (1...5).map { "d\($0): {command: x, tools: none.json}" }.joined(separator: ", ")
            try subject.temporary.configure("servers: {\(servers)}\n")
            _ = try subject.rules.current()
            #expect(subject.notes.all.first?.contains("more than 16777216 bytes together") == true)
        }
    }

    @Test func `an archived rulebook reads arguments as they were read, and is not reviewed again`() throws {
        try Self.with { subject in
            try subject.policy(Self.reading("size"))
            try subject.temporary.write("tools.json", Self.tools)
            try subject.temporary.configure("servers: {d: {command: x, tools: tools.json}}\n")
            let now = try subject.rules.current()
            let wrong = PolicyFile(
                name: "a.cedar", bytes: Array(#"permit (principal, action == Action::"d/gone", resource);"#.utf8))
            let again = try Self.maker.rulebook(archived: now.configuration, [wrong])
            #expect(again.configurationDigest == now.configurationDigest && again.configuration == now.configuration)
            #expect(again.argumentTypes == now.argumentTypes && !now.argumentTypes.isEmpty)
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
