// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import HomeFolder

/// Configurations of MCP clients, as people have them and as nobody should.
struct ClientFileTests {
    private static func read(_ text: String, _ path: String = "/p/.cursor/mcp.json") throws -> ClientFile {
        try ClientFile(Array(text.utf8), path: path, home: "/home/me")
    }

    private static func program(_ file: ClientFile, _ index: Int = 0) throws -> Configuration.Program {
        try #require(file.servers.count > index)
        guard case .program(let program) = file.servers[index].endpoint else {
            throw HomeError(.malformed, "no program")
        }
        return program
    }

    private static func remote(_ file: ClientFile) throws -> Configuration.Remote {
        guard case .url(let remote) = file.servers.first?.endpoint else { throw HomeError(.malformed, "no URL") }
        return remote
    }

    @Test(arguments: [
        (
            #"{"mcpServers": {"a": {"command": "x", "args": ["-v"], "env": {"K": "v"}}}}"#,
            "/h/claude_desktop_config.json", ClientFile.Shape.mcpServers
        ),
        (
            #"{"mcpServers": {"a": {"type": "stdio", "command": "x", "args": ["-v"], "env": {"K": "v"}}}, "projects": {}}"#,
            "/h/.claude.json", .mcpServers
        ),
        (
            "{\n// mine\n\"servers\": {\"a\": {\"type\": \"stdio\", \"command\": \"x\", \"args\": [\"-v\",], \"env\": {\"K\": \"v\"},},}, /* x */ }",
            "/p/.vscode/mcp.json", .servers
        ),
        (
            #"{"mcp": {"servers": {"a": {"command": "x", "args": ["-v"], "env": {"K": "v"}}}}}"#, "/h/settings.json",
            .settings
        ),
        (
            "model = \"m\"\n[mcp_servers.a]\ncommand = \"x\"\nargs = [\"-v\"]\n[mcp_servers.a.env]\nK = \"v\"\n",
            "/h/.codex/config.toml", .codex
        ),
    ])
    func `every client's form gives the same server`(_ text: String, _ path: String, _ shape: ClientFile.Shape) throws {
        let file = try Self.read(text, path)
        #expect(file.shape == shape && file.servers.map(\.name) == ["a"] && file.unusable.isEmpty)
        let program = try Self.program(file)
        #expect(program.command == "x" && program.arguments == [ConfiguredText(.literal("-v"))])
        #expect(
            program.environment.map(\.name) == ["K"] && program.environment.first?.text == ConfiguredText(.literal("v"))
        )
        #expect(file.servers.first?.remarks == [])
    }

    @Test func `servers elsewhere are read in each client's words`() throws {
        let cursor = try Self.remote(
            Self.read(#"{"mcpServers": {"a": {"url": "https://x.example/mcp", "headers": {"X-Key": "k"}}}}"#))
        #expect(cursor.url.text == "https://x.example/mcp")
        #expect(cursor.headers.first?.text == ConfiguredText(.literal("k")))
        let gemini = try Self.remote(
            Self.read(#"{"mcpServers": {"a": {"httpUrl": "https://x.example/mcp", "trust": true}}}"#))
        #expect(gemini.url.text == "https://x.example/mcp")
        let codex = try Self.remote(
            Self.read(
                """
                [mcp_servers.a]
                url = "https://x.example/mcp"
                bearer_token_env_var = "TOKEN"
                env_http_headers = {"X-Other" = "OTHER"}
                """, "/c/config.toml"))
        #expect(codex.headers.map(\.name) == ["X-Other", "Authorization"])
        #expect(
            codex.headers.map(\.text) == [
                ConfiguredText(.variable("OTHER")), ConfiguredText(.variable("TOKEN"), prefix: "Bearer "),
            ])
    }

    @Test func `variables become references, and are not read`() throws {
        let file = try Self.read(
            #"""
            {"mcpServers": {"a": {"command": "${userHome}/bin/x", "args": ["${workspaceFolder}", "$PATTERN", "a$", "$5"],
             "env": {"A": "${env:HOME_TOKEN}", "B": "Bearer ${B}", "C": "${C:-planted}", "D": "${input:d}"}, "cwd": "${workspaceFolder}/x"}},
             "inputs": [{"id": "d", "type": "promptString", "password": true}]}
            """#)
        let program = try Self.program(file)
        #expect(program.command == "/home/me/bin/x" && program.workingDirectory == "/p/x")
        #expect(
            program.arguments == [
                ConfiguredText(.literal("/p")), ConfiguredText(.variable("PATTERN")), ConfiguredText(.literal("a$")),
                ConfiguredText(.literal("$5")),
            ])
        #expect(
            program.environment.map(\.text) == [
                ConfiguredText(.variable("HOME_TOKEN")), ConfiguredText(.variable("B"), prefix: "Bearer "),
                ConfiguredText(.variable("C")), ConfiguredText(.variable("D")),
            ])
        let remarks = try #require(file.servers.first?.remarks)
        #expect(
            remarks.count == 2 && remarks.contains { $0.contains("D (inputs)") } && !"\(remarks)".contains("planted"))
    }

    @Test(arguments: [
        (#"5"#, "expected a table"), (#""x""#, "expected a table"), (#"[]"#, "expected a table"),
        (#"null"#, "expected a table"),
        (#"{}"#, "neither `command` nor `url`"), (#"{"command": 5, "args": {}}"#, "`args` is an object"),
        (#"{"command": []}"#, "`command` is an array"),
        (#"{"command": "x", "args": [["a"]]}"#, "`args/0` is an array"),
        (#"{"command": "x", "env": ["A"]}"#, "`env` is an array"),
        (#"{"command": "x", "env": {"A=B": "v"}}"#, "a name that cannot be used"),
        (#"{"command": "x", "env": {"A": {}}}"#, "`env/A` is an object"),
        (#"{"command": "x", "envFile": "/planted"}"#, "`envFile`"), (#"{"command": "${input:c}"}"#, "asks its user"),
        (#"{"command": "${env:C}"}"#, "name or path itself"),
        (#"{"command": "x", "args": ["a${B}c"]}"#, "variable in its middle"),
        (#"{"command": "x", "args": ["${A}${B}"]}"#, "variable in its middle"),
        (#"{"command": "x", "args": ["a\u0000b"]}"#, "zero byte"),
        (#"{"command": "x", "args": ["${unknown:planted}"]}"#, "which Writ does not know"),
        (#"{"url": "ftp://x.example"}"#, "expected a URL"), (#"{"url": "http://x.example"}"#, "expected https:"),
        (#"{"url": "https://planted:planted@x.example"}"#, "without a user and password"),
        (#"{"url": "https://"}"#, "expected a URL"),
        (#"{"url": "https://x.example/${env:A}"}"#, "the URL itself"), (#"{"url": "https://x y"}"#, "without blanks"),
        (#"{"url": "https://x.example", "headers": {"Host": "planted"}}"#, "a name that cannot be used"),
        (#"{"url": "https://x.example", "headers": {"a b": "planted"}}"#, "a name that cannot be used"),
        (#"{"type": "ws", "url": "wss://x.example"}"#, "transport is ws"),
    ])
    func `a server that cannot be taken over is named with the reason, and the others are taken`(
        _ server: String, _ why: String
    ) throws {
        let file = try Self.read(#"{"mcpServers": {"bad": \#(server), "good": {"command": "x"}}}"#)
        #expect(file.servers.map(\.name) == ["good"] && file.unusable.map(\.name) == ["bad"])
        let text = try #require(file.unusable.first?.why)
        #expect(text.contains(why) && (!text.contains("planted") || server.contains("unknown:planted")), "\(text)")
    }

    @Test(arguments: [
        ("", ":1:1: "), ("{", ":1:2: "), ("5", ": expected an object"), ("[]", ": expected an object"),
        ("{}", " names no servers"),
        (#"{"mcpServers": []}"#, ": the servers are an array"), (#"{"mcpServers": {"a": {}, "a": {}}}"#, ":1:"),
        (#"{"mcpServers": {"a": "planted"#, ":1:"), ("{\"mcpServers\": {} /* planted", ":1:"),
        (#"{"a": "\ud800"}"#, ":1:"),
        (String(repeating: #"{"mcpServers":"#, count: 1000), ":1:"),
    ])
    func `a file that is none is refused with its place and none of its values`(_ text: String, _ start: String) throws
    {
        let error = #expect(throws: HomeError.self) { try Self.read(text) }
        let message = try #require(error?.message)
        #expect(message.hasPrefix("/p/.cursor/mcp.json" + start) && !message.contains("planted"), "\(message)")
    }

    @Test func `a file that is too large, a folder or a pipe is refused`() throws {
        try TemporaryHome.with { temporary in
            let path = temporary.home.path + "/big.json"
            try Data(repeating: 0x20, count: (16 << 20) + 1).write(to: URL(filePath: path))
            #expect(throws: HomeError(.tooLarge, "")) { try ClientFile.read(path, home: nil) }
            #expect(throws: HomeError(.malformed, "")) { try ClientFile.read(temporary.home.keys, home: nil) }
            #expect(throws: HomeError(.missing, "")) { try ClientFile.read(path + ".none", home: nil) }
            // A file that leads to itself has no end.
            try FileManager.default.createSymbolicLink(atPath: path + ".loop", withDestinationPath: path + ".loop")
            #expect(throws: HomeError(.inaccessible, "")) { try ClientFile.read(path + ".loop", home: nil) }
        }
        let many = (0...200).map { "\"s\($0)\": {\"command\": \"x\"}" }.joined(separator: ",")
        #expect(throws: HomeError(.tooLarge, "")) { try Self.read("{\"mcpServers\": {\(many)}}") }
    }

    @Test func `what is behind Writ already is not taken over again`() throws {
        let file = try Self.read(
            #"{"mcpServers": {"a": {"command": "/usr/bin/writ", "args": ["gateway", "--server", "a"]}, "b": {"command": "/usr/bin/writ", "args": ["other"]}}}"#
        )
        #expect(file.servers.map(\.name) == ["b"] && file.unusable.isEmpty)
    }

    @Test func `comments and commas in texts stay`() throws {
        let file = try Self.read(
            #"{"mcpServers": {"a": {"command": "x", "args": ["// no", "/* no */", ",]", "\"//"]}}} // yes"#)
        #expect(
            try Self.program(file).arguments.map(\.source) == ["// no", "/* no */", ",]", "\"//"].map { .literal($0) })
    }

    @Test(arguments: [
        ("GitHub MCP", "github-mcp"), ("read", "read-mcp"), ("call", "call-mcp"), ("local", "local-mcp"),
        ("日本", "server"), ("", "server"),
        ("--x--", "x"), ("A Very Long Server Name Indeed", "a-very-long-serv"),
        ("exactly-fifteen-and", "exactly-fifteen"), ("a_b.c/d", "a-b-c-d"),
        ("../../etc", "etc"), ("K\u{130}", "k-i"),
    ])
    func `an alias is made of a name, and can be one`(_ name: String, _ alias: String) {
        let base = AliasChoice.base(UTF8String(name))
        if name != "K\u{130}" { #expect(base == UTF8String(alias)) }
        #expect(Configuration.Server.isAlias(base))
    }

    @Test func `aliases that collide are numbered`() {
        var taken: Set<UTF8String> = []
        for _ in 0..<120 { taken.insert(AliasChoice.unique("a-very-long-serv", besides: taken)) }
        #expect(taken.count == 120 && taken.allSatisfy { Configuration.Server.isAlias($0) })
        #expect(
            taken.contains("a-very-long-serv") && taken.contains("a-very-long-se-2")
                && taken.contains("a-very-long-120"))
    }
}
