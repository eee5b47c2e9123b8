// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import HomeFolder

/// A client's servers put into a configuration that is somebody's own.
struct TakeoverTests {
    private static func takeover(_ temporary: TemporaryHome, _ json: String) throws -> Takeover {
        let file = try ClientFile(Array(json.utf8), path: "/p/.mcp.json", home: "/home/me")
        return try Takeover(file, into: Configuration.read(temporary.home), of: temporary.home)
    }

    private static func text(_ temporary: TemporaryHome) throws -> String {
        try String(contentsOfFile: temporary.home.configuration, encoding: .utf8)
    }

    private static let servers =
        #"{"mcpServers": {"Git Hub": {"command": "npx", "args": ["-y", "x@1", "--token", "planted-arg"], "env": {"TOKEN": "planted-env", "DEBUG": "true"}}, "git_hub": {"command": "y"}, "far": {"url": "https://x.example/mcp", "headers": {"Authorization": "Bearer planted-header"}}}}"#

    @Test(arguments: [
        "", "# mine\nagent: a # me\n", "agent: a\nservers:\n# none\ntime_zone: UTC\n",
        "servers:\n  old: {command: z}\n\n# the end\nagent: a",
        "servers:\n      old:\n        command: z # why\n        # more\n\nagent: a\n",
    ])
    func `servers are put in, and nothing else of the text changes`(_ before: String) throws {
        try TemporaryHome.with { temporary in
            try temporary.configure(before)
            let takeover = try Self.takeover(temporary, Self.servers)
            #expect(takeover.servers.map(\.fate.alias) == ["git-hub", "git-hub-2", "far"])
            try takeover.carryOut(at: temporary.home)
            let after = try Self.text(temporary)
            for line in before.split(separator: "\n") { #expect(after.contains(line)) }
            #expect(!after.contains("planted"))
            let configuration = try Configuration.read(temporary.home)
            #expect(configuration.servers.map(\.alias).suffix(3) == ["git-hub", "git-hub-2", "far"])
            let hub = try #require(configuration.servers.first { $0.alias == "git-hub" })
            guard case .program(let program) = hub.endpoint else { throw HomeError(.malformed, "no program") }
            #expect(try hub.arguments(of: program) == ["-y", "x@1", "--token", "planted-arg"])
            #expect(try hub.environment(of: program).map(\.value) == ["planted-env", "true"])
            let far = try #require(configuration.servers.last)
            guard case .url(let remote) = far.endpoint else { throw HomeError(.malformed, "no URL") }
            #expect(try far.headers(of: remote).map(\.value) == ["Bearer planted-header"])
        }
    }

    @Test func `once more changes nothing`() throws {
        try TemporaryHome.with { temporary in
            try temporary.configure("agent: a\n")
            try Self.takeover(temporary, Self.servers).carryOut(at: temporary.home)
            let text = try Self.text(temporary)
            let again = try Self.takeover(temporary, Self.servers)
            #expect(again.additions.isEmpty && again.servers.map(\.fate.alias) == ["git-hub", "git-hub-2", "far"])
            try again.carryOut(at: temporary.home)
            #expect(try Self.text(temporary) == text)
            #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.home.secrets).count == 3)
        }
    }

    @Test func `what is there with other settings stays, and is named`() throws {
        try TemporaryHome.with { temporary in
            try temporary.configure("servers:\n  far: {command: mine}\n  git-hub-2: {command: y, args: [other]}\n")
            let text = try Self.text(temporary)
            let takeover = try Self.takeover(
                temporary, #"{"mcpServers": {"far": {"url": "https://x.example"}, "git hub 2": {"command": "y"}}}"#)
            for (entry, differences) in zip(takeover.servers, [["command or url"], ["args"]]) {
                guard case .other(let alias, let found) = entry.fate else { Issue.record("\(entry.fate)"); continue }
                #expect(found == differences && ["far", "git-hub-2"].contains(alias))
            }
            try takeover.carryOut(at: temporary.home)
            #expect(try Self.text(temporary) == text)
        }
    }

    @Test func `a secret that has changed is kept beside the old one`() throws {
        try TemporaryHome.with { temporary in
            try temporary.configure("")
            try Self.takeover(temporary, #"{"mcpServers": {"a": {"command": "x", "env": {"TOKEN": "one"}}}}"#).carryOut(
                at: temporary.home)
            try temporary.configure("")
            try Self.takeover(temporary, #"{"mcpServers": {"a": {"command": "x", "env": {"TOKEN": "two"}}}}"#).carryOut(
                at: temporary.home)
            #expect(try String(contentsOfFile: temporary.home.secrets + "/a.TOKEN", encoding: .utf8) == "one\n")
            #expect(try String(contentsOfFile: temporary.home.secrets + "/a.TOKEN-2", encoding: .utf8) == "two\n")
        }
    }

    @Test(arguments: ["servers: {old: {command: z}}\n", "servers: {\n old: {command: z}}\n"])
    func `a form that servers cannot be put into is told, and nothing is written`(_ before: String) throws {
        try TemporaryHome.with { temporary in
            try temporary.configure(before)
            let takeover = try Self.takeover(temporary, Self.servers)
            #expect(throws: HomeError(.malformed, "")) { try takeover.carryOut(at: temporary.home) }
            #expect(try Self.text(temporary) == before)
            #expect(!FileManager.default.fileExists(atPath: temporary.home.secrets))
        }
    }

    @Test func `names and texts that YAML would read as something else come back as they are`() throws {
        try TemporaryHome.with { temporary in
            try temporary.configure("")
            let json: JSON = [
                "mcpServers": [
                    "x": [
                        "command": "no",
                        "args": ["true", "~", "1_0", ": ", "#", "\u{202e}\u{7f}\"\\", "&a", "!t", "", "ü😀"],
                        "env": ["yes": "no", "N_1": "1"],
                    ]
                ]
            ]
            try Self.takeover(temporary, String(decoding: json.serialized(), as: UTF8.self)).carryOut(
                at: temporary.home)
            let server = try #require(try Configuration.read(temporary.home).servers.first)
            guard case .program(let program) = server.endpoint else { throw HomeError(.malformed, "no program") }
            #expect(
                try server.arguments(of: program) == [
                    "true", "~", "1_0", ": ", "#", "\u{202e}\u{7f}\"\\", "&a", "!t", "", "ü😀",
                ])
            #expect(program.command == "no" && program.environment.map(\.name) == ["yes", "N_1"])
        }
    }

    @Test(arguments: [
        (["--api-key", "v"], 1), (["--token=v"], 0), (["--header", "Authorization: Bearer v"], 1),
        (["postgres://u:v@h/db"], 0),
        (["sk-v"], 0), (["https://h/x?key=v"], 0), (["ghp_v"], 0), (["--x", "eyJv"], 1),
    ])
    func `an argument that looks like a secret is one`(_ arguments: [String], _ index: Int) throws {
        #expect(SecretGuess.secretStart(arguments[index], after: index > 0 ? arguments[index - 1] : nil) != nil)
    }

    @Test(arguments: [
        ["-y", "@scope/server@1.2"], ["--repository", "/srv/a"], ["run", "server.py"], ["https://h/mcp"], ["--port=80"],
        ["C:\\x"],
    ])
    func `an argument that does not is none`(_ arguments: [String]) {
        for index in arguments.indices {
            #expect(SecretGuess.secretStart(arguments[index], after: index > 0 ? arguments[index - 1] : nil) == nil)
        }
    }
}
