// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@testable import HomeFolder

@Suite struct BuiltInMapTests {
    private static let commands: [(String, UTF8String?)] = [
        ("mcp-server-git --repository /r", "mcp-server-git"), ("/opt/bin/github-mcp-server stdio", "github-mcp-server"),
        ("npx -y @modelcontextprotocol/server-filesystem /p", "mcp-server-filesystem"),
        ("npx --yes @modelcontextprotocol/server-filesystem@2026.1.1 /p", "mcp-server-filesystem"),
        ("npx @playwright/mcp@latest --headless", "mcp-server-playwright"),
        ("npx -y slack-mcp-server", "slack-mcp-server"),
        ("bunx @modelcontextprotocol/server-memory", "mcp-server-memory"),
        ("pnpm dlx @modelcontextprotocol/server-slack", "mcp-server-slack"),
        ("uvx mcp-server-fetch", "mcp-server-fetch"), ("uvx mcp-server-git==2026.1 -r .", "mcp-server-git"),
        ("uvx --from git+https://x.example/y mcp-server-time", "mcp-server-time"),
        ("uv run --directory /src mcp-server-sqlite --db-path x", "mcp-server-sqlite"),
        ("uv tool run mcp-shell-server", "mcp-shell-server"), ("pipx run mcp-server-git", "mcp-server-git"),
        ("python3 -m mcp_server_fetch", "mcp-server-fetch"), ("python -I -m mcp_server_git", "mcp-server-git"),
        ("docker run -i --rm -e TOKEN ghcr.io/github/github-mcp-server", "github-mcp-server"),
        ("docker run -i --rm -e TOKEN ghcr.io/github/github-mcp-server:1.2 stdio", "github-mcp-server"),
        ("podman run mcp/slack@sha256:0a", "mcp-server-slack"),
        ("node /x/node_modules/@modelcontextprotocol/server-github/dist/index.js", "mcp-server-github"),
        // What only looks like one.
        ("npx -y evil @modelcontextprotocol/server-filesystem", nil), ("npx -y evil/mcp-server-git", nil),
        ("npx @evil/server-filesystem", nil), ("npx -p mcp-server-git evil", nil), ("uvx evil mcp-server-git", nil),
        ("python3 mcp_server_git", nil), ("python3 -c mcp_server_git", nil), ("docker ps mcp/slack", nil),
        ("docker run evil.example/mcp/slack", nil), ("docker run -v mcp/slack evil", nil),
        ("codex mcp-server", nil), ("npx -y claude-code", nil), ("gemini", nil), ("bash -c mcp-server-git", nil),
        ("node index.js", nil), ("npx", nil), ("npx -y", nil), ("", nil),
    ]

    @Test(arguments: Self.commands)
    func `a map is found by the program, the package or the image, by its whole name`(command: String, map: UTF8String?)
    {
        let words = command.split(separator: " ").map(String.init)
        #expect(BuiltInMap.name(ofCommand: words.first ?? "", Array(words.dropFirst())) == map)
    }

    @Test(
        arguments: [
            ("https://api.githubcopilot.com/mcp/", "github-mcp-server"), ("https://mcp.slack.com/mcp", "mcp.slack.com"),
            ("https://API.githubcopilot.com", "github-mcp-server"),
            ("https://api.githubcopilot.com.evil.example/mcp", nil),
            ("http://api.githubcopilot.com/mcp", nil), ("https://evil.example/api.githubcopilot.com", nil),
        ] as [(String, UTF8String?)])
    func `a map of a server elsewhere is its maker's host's`(url: String, map: UTF8String?) {
        #expect(BuiltInMap.name(ofURL: url) == map)
    }

    @Test func `the configuration's own word comes first, and files in a container are the container's`() throws {
        let configuration = try TemporaryHome.configuration(
            """
            servers:
              a: {command: npx, args: ["-y", "@modelcontextprotocol/server-filesystem", {env: PLACE}]}
              b: {command: npx, args: [{env: PLACE}, "mcp-server-git"]}
              c: {command: npx, args: ["-y", "mcp-server-git"], map: mcp-server-time}
              d: {command: docker, args: [run, mcp/filesystem]}
              e: {command: docker, args: [run, mcp/filesystem], filesystem: foreign}
              f: {url: "https://api.githubcopilot.com/mcp/"}
            """)
        let maps = Dictionary(uniqueKeysWithValues: configuration.servers.map { ($0.alias, $0.builtInMap) })
        #expect(maps["a"] == "mcp-server-filesystem")
        #expect(maps["b"] == UTF8String?.none)
        #expect(maps["c"] == "mcp-server-time")
        #expect(maps["d"] == UTF8String?.none)
        #expect(maps["e"] == "mcp-server-filesystem")
        #expect(maps["f"] == "github-mcp-server")
    }

    @Test(arguments: ToolMaps.harnesses)
    func `no server has a coding agent's name`(name: UTF8String) {
        #expect(!Configuration.Server.isAlias(name))
        #expect(throws: HomeError.self) { try TemporaryHome.configuration("servers: {\(name): {command: x}}") }
    }
}
