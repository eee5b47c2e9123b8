// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import HomeFolder
import StrictJSON
import Testing

/// `writ.yaml`: what it may say, and what is told of mistakes.
struct ConfigurationTests {
    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    private static let issuer =
        "an Ed25519 public key (32 bytes as base64url), or for an issuer of tokens its settings"

    @Test func `every setting is read`() throws {
        let configuration = try TemporaryHome.configuration(
            """
            agent: "agent-passport:a1"
            issuers:
              here: "\(Self.key)"
              there: "\(Self.key)"
            time_zone: Europe/Berlin
            ledger: sub/log.sqlite
            mode: cooperative
            servers:
              docs:
                command: mcp-docs
                args: ["--folder", /srv, "7"]
                env: {TOKEN: abc, EMPTY: ""}
                cwd: /srv
                root: /srv/docs
                filesystem: foreign
                map: {tools: {}}
              git: {command: mcp-server-git}
            """)
        #expect(configuration.agent == "agent-passport:a1")
        #expect(configuration.issuers.map(\.name) == ["here", "there"])
        #expect(configuration.issuers.first?.publicKey == (0..<32).map { UInt8($0) })
        #expect(configuration.timeZone == "Europe/Berlin")
        #expect(configuration.ledger == "sub/log.sqlite")
        #expect(configuration.mode == .cooperative)
        #expect(configuration.servers.map(\.alias) == ["docs", "git"])
        let docs = try #require(configuration.servers.first)
        guard case .program(let program) = docs.endpoint else { throw HomeError(.malformed, "no program") }
        #expect(program.command == "mcp-docs" && program.workingDirectory == "/srv")
        #expect(try docs.arguments(of: program) == ["--folder", "/srv", "7"])
        #expect(try docs.environment(of: program).map { "\($0.name)=\($0.value)" } == ["TOKEN=abc", "EMPTY="])
        #expect(docs.root == "/srv/docs" && docs.filesystem == .foreign)
        #expect(docs.map == ["tools": [:]])
        let git = try #require(configuration.servers.last)
        guard case .program(let plain) = git.endpoint else { throw HomeError(.malformed, "no program") }
        #expect(plain.arguments.isEmpty && plain.environment.isEmpty && git.filesystem == .local && git.map == nil)
        #expect(plain.workingDirectory == nil && git.root == nil && git.tools == nil)
    }

    @Test(
        arguments: [
            ("{keep: 90m}", 90 * 60_000), ("{keep: 12h}", 43_200_000), ("{keep: 365d}", 365 * 86_400_000),
            ("{keep: 1m}", 60_000), ("{}", 43_200_000),
        ] as [(String, Int64)])
    func `labels are kept as long as it says`(_ labels: String, _ milliseconds: Int64) throws {
        #expect(try TemporaryHome.configuration("labels: \(labels)").labelsKeptMilliseconds == milliseconds)
    }

    @Test(arguments: [
        "12h", "{keep: 12}", "{keep: 0h}", "{keep: 366d}", "{keep: 12 h}", "{keep: -1h}", "{keep: h}", "{keep: 1w}",
        "{keep: 99999999d}", "{keep: 99999999999999999999d}", "{keeps: 12h}", "{keep: 1.5h}", "{keep: \"\"}",
    ])
    func `how long labels are kept is a number and a unit`(_ labels: String) {
        #expect(throws: HomeError.self) { try TemporaryHome.configuration("labels: \(labels)") }
    }

    @Test(arguments: ["", "# only a comment\n", "{}", "servers:\n", "issuers: ~\n"])
    func `what is not said has its default`(_ text: String) throws {
        let configuration = try TemporaryHome.configuration(text)
        #expect(configuration.agent == nil && configuration.issuers.isEmpty && configuration.servers.isEmpty)
        #expect(configuration.timeZone == "UTC" && configuration.ledger == "ledger.sqlite")
        #expect(configuration.mode == .cooperative)
        #expect(configuration.labelsKeptMilliseconds == 12 * 3_600_000)
    }

    @Test(arguments: [
        ("agnet: a", ": agnet is not a setting; did you mean `agent`? Known here: "),
        ("zzzzzzzzzz: a", ": zzzzzzzzzz is not a setting. Known here: "),
        ("timezone: UTC", ": timezone is not a setting; did you mean `time_zone`? Known here: "),
        ("servers: {d: {command: x, arg: []}}", ": servers/d/arg is not a setting; did you mean `args`? Known here: "),
        ("servers: {d: {comand: x}}", ": servers/d/comand is not a setting; did you mean `command`?"),
    ])
    func `an unknown setting is an error with a suggestion`(_ text: String, _ error: String) throws {
        let refusal = try #require(try TemporaryHome.refusal(text))
        #expect(refusal.hasPrefix(error), "\(refusal)")
    }

    @Test(arguments: [
        ("agent: 5", ": agent: expected a text, not a number"),
        ("agent: \"\"", ": agent: expected a text, not a string"),
        ("agent: true", ": agent: expected a text, not a boolean"),
        ("agent: [a]", ": agent: expected a text, not an array"),
        ("time_zone: {a: b}", ": time_zone: expected a text, not an object"),
        ("mode: enforcing", ": mode: expected one of cooperative, protected"),
        ("ledger: postgres://x", ": ledger: expected the path of an SQLite file (other stores are not supported yet)"),
        ("issuers: [a]", ": issuers: expected a table of names, not an array"),
        ("issuers: {a: short}", ": issuers/a: expected \(ConfigurationTests.issuer)"),
        ("issuers: {a: 5}", ": issuers/a: expected \(ConfigurationTests.issuer)"),
        ("servers: {d: mcp}", ": servers/d: expected an object"),
        ("servers: {d: {command: 1}}", ": servers/d/command: expected a text, not a number"),
        ("servers: {d: {command: x, args: one}}", ": servers/d/args: expected a list of texts"),
        ("servers: {d: {command: x, args: [1]}}", ": servers/d/args: expected a list of texts"),
        ("servers: {d: {command: x, env: {A: 1}}}", ": servers/d/env/A: expected a text"),
        ("servers: {d: {command: x, env: [A]}}", ": servers/d/env: expected a table of names, not an array"),
        ("servers: {d: {command: x, filesystem: remote}}", ": servers/d/filesystem: expected one of local, foreign"),
        ("- a\n- b", ": the document: expected an object"),
        ("just text", ": the document: expected an object"),
    ])
    func `a setting of a wrong type is an error with its place`(_ text: String, _ error: String) throws {
        #expect(try TemporaryHome.refusal(text) == error)
    }

    @Test(arguments: ["Docs", "do_cs", "seventeen-letters-", "read", "opaque", "call", "a/b", "dé"])
    func `an alias that policies could not name is refused`(_ alias: String) throws {
        let refusal = try TemporaryHome.refusal("servers: {\"\(alias)\": {command: x}}")
        #expect(refusal?.hasPrefix(": servers/\(alias): expected an alias of 1 to 16 letters a-z") == true)
    }

    @Test(arguments: ["yes", "no", "on", "off", "Yes", "NO", "True", "FALSE", "y", "n", "Null", "0x10", "1_000", "1.5"])
    func `words that YAML 1-1 reads as something else stay the text they look like`(_ word: String) throws {
        let configuration = try TemporaryHome.configuration("agent: \(word)")
        #expect(configuration.agent == UTF8String(word))
        #expect(configuration.document == ["agent": .text(word)])
    }

    @Test(arguments: [
        ("agent: a\nagent: b", ":1:1: agent: here twice"),
        ("agent: a\n\"agent\": b", ":1:1: agent: here twice"),
        ("servers:\n  d: {command: a}\n  d: {command: b}", ":2:3: d: here twice"),
        ("agent: &x planted-secret\ntime_zone: *x", ":1:8: YAML anchors and aliases are not read; write it out"),
        ("agent: *x", ":1:8: found undefined alias"),
        ("agent: !!int \"5\"", ":1:8: YAML tags are not read"),
        ("agent: !mine planted-secret", ":1:8: YAML tags are not read"),
        ("servers: !!omap {}", ":1:10: YAML tags are not read"),
        ("? [a]\n: b", ":1:3: a name must be a text"),
    ])
    func `what YAML could mean twice is refused`(_ text: String, _ error: String) throws {
        #expect(try TemporaryHome.refusal(text) == error)
    }

    @Test func `a few lines of aliases do not become a tree without end`() throws {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<30 {
            let one = "*a\(level - 1)"
            text += "a\(level): &a\(level) [" + Array(repeating: one, count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(try TemporaryHome.refusal(text)?.contains("anchors") == true)
    }

    @Test(arguments: [
        "agent: \"planted-secret", "env: planted-secret\n  - : [", "agent: planted-secret\n\tx",
        "agent: {planted-secret",
        "agent: a\n---\nagent: planted-secret", "k: planted-secret\nk: planted-secret",
    ])
    func `an error of syntax has a place and no value`(_ text: String) throws {
        let refusal = try #require(try TemporaryHome.refusal(text))
        #expect(!refusal.contains("planted-secret"), "\(refusal)")
        #expect(refusal.contains(/^:[0-9]+:[0-9]+:/), "\(refusal)")
        #expect(!refusal.contains("\n"))
    }

    @Test func `bytes that are no UTF-8 are refused`() throws {
        try TemporaryHome.with { temporary in
            try Data([0x61, 0x3a, 0x20, 0xff]).write(to: URL(filePath: temporary.home.configuration))
            let error = #expect(throws: HomeError.self) { try Configuration.read(temporary.home) }
            #expect(error?.message == "\(temporary.home.configuration) is not UTF-8 text")
        }
    }

    @Test func `a folder without a configuration says what to do`() throws {
        try TemporaryHome.with { temporary in
            let error = #expect(throws: HomeError.self) { try Configuration.read(temporary.home) }
            #expect(error?.code == .missing)
            #expect(
                error?.message
                    == "\(temporary.home.configuration) is not there; run `writ init`, or name the folder with --home")
        }
    }

    @Test func `a configuration that is too large or no file is refused`() throws {
        try TemporaryHome.with { temporary in
            try temporary.configure(String(repeating: "#", count: (1 << 20) + 1))
            #expect(throws: HomeError(.tooLarge, "")) { try Configuration.read(temporary.home) }
            try FileManager.default.removeItem(atPath: temporary.home.configuration)
            try FileManager.default.createDirectory(
                atPath: temporary.home.configuration, withIntermediateDirectories: false)
            #expect(throws: HomeError(.malformed, "")) { try Configuration.read(temporary.home) }
        }
    }
}

/// `grants:`.
struct GrantSettingsTests {
    @Test(
        arguments: [
            ("", GrantRules.none), ("grants: {}", GrantRules(outside: .policy)),
            ("grants: {default: policy}", GrantRules(outside: .policy)),
            ("grants: {default: deny}", GrantRules(outside: .deny)),
            (
                "grants: {default: deny, agents: [a1, 'agent-passport:a2']}",
                GrantRules(outside: .deny, agents: ["a1", "agent-passport:a2"])
            ),
        ] as [(String, GrantRules)])
    func `what holds outside of grants is what it says`(_ text: String, _ rules: GrantRules) throws {
        #expect(try TemporaryHome.configuration(text).grants == rules)
    }

    @Test(arguments: [
        "grants: {default: allow}", "grants: {defualt: deny}", "grants: deny", "grants: {default: ask}",
        "grants: {default: ask, group: nobody}", "grants: {default: deny, group: finance}",
        "grants: {default: deny, agents: a1}", "grants: {default: deny, agents: ['a*b c']}",
        "grants: {default: deny, agents: [5]}",
    ])
    func `what is no such setting is refused`(_ text: String) {
        #expect(throws: HomeError.self) { try TemporaryHome.configuration(text) }
    }
}
