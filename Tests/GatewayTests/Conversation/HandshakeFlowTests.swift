// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Testing

@testable import Gateway

/// What the gateway answers for itself.
@Suite struct HandshakeFlowTests {
    @Test(arguments: [
        ("2024-11-05", "2024-11-05"), ("2025-11-25", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("x", "2025-11-25"),
    ])
    func `initialize agrees on a revision with a handshake, whatever is asked for`(
        asked: String, agreed: String
    ) async throws {
        let talk = try await Talk(["one": TalkingServer([.modern])])
        let answer = try await talk.ask(
            "initialize",
            ["protocolVersion": .text(asked), "capabilities": [:], "clientInfo": ["name": "t", "version": "1"]])
        #expect(answer["result"]?["protocolVersion"] == .text(agreed))
        #expect(answer["result"]?["serverInfo"] == ["name": "talking", "version": "1"])
    }

    @Test func `server slash discover names the stateless revision, and that nobody keeps the answer`() async throws {
        let talk = try await Talk(["one": TalkingServer([.legacy])])
        let result = try await talk.ask("server/discover", era: .modern)["result"]
        #expect(result?["supportedVersions"] == ["2026-07-28"])
        #expect(result?["ttlMs"] == 0 && result?["cacheScope"] == "private" && result?["resultType"] == "complete")
        #expect(result?["_meta"]?["io.modelcontextprotocol/serverInfo"] == ["name": "talking", "version": "1"])
    }

    @Test func `both eras on one connection, in any order`() async throws {
        let server = TalkingServer([.legacy, .modern])
        let talk = try await Talk(["one": server])
        _ = try await talk.ask("server/discover", era: .modern)
        try await talk.connect()
        for era in [Era.legacy, .modern, .legacy] {
            #expect(!(try await talk.call("echo", era: era).isToolError))
            let heard = server.permitted.rest.last?["params"]?["_meta"]
            #expect((heard != nil) == (era == .modern), "the server hears each in its own words")
        }
        #expect(server.opened == 2)
        #expect(try await talk.ask("ping")["result"] == [:])
        #expect(try await talk.ask("ping", era: .modern)["error"]?["code"]?.int64 == ErrorCode.methodNotFound)
    }

    @Test func `a request of the stateless revision needs its version and its capabilities`() async throws {
        let talk = try await Talk(["one": TalkingServer([.modern])])
        let version: UTF8String = "io.modelcontextprotocol/protocolVersion"
        func answer(_ meta: JSONObject) async throws -> JSON {
            try await talk.ask("tools/list", ["_meta": .object(meta)])
        }
        var meta = JSONObject()
        meta[version] = "2026-07-28"
        #expect(try await answer(meta)["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        meta[version] = "2099-01-01"
        let refusal = try await answer(meta)["error"]
        #expect(refusal?["code"]?.int64 == ErrorCode.unsupportedVersion)
        #expect(refusal?["data"]?["supported"] == ["2026-07-28"])
    }

    @Test func `a server is told of what the client declared and policy could permit`() async throws {
        let talking = TalkingServer()
        let talk = try await Talk(
            ["one": talking],
            policies: """
                permit (principal, action in Action::"call", resource);
                permit (principal, action == Action::"mcp:roots/list", resource);
                """)
        try await talk.connect(["sampling": [:], "elicitation": [:], "roots": [:], "experimental": ["x": [:]]])
        let capabilities = try #require(talking.hello?["params"]?["capabilities"]?.object)
        #expect(capabilities.keys == ["roots"])
    }

    @Test func `a server that cannot be reached is an error, and several servers are there without it`() async throws {
        let talk = try await Talk(["one": TalkingServer([])])
        let answer = try await talk.ask(
            "initialize",
            ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "t", "version": "1"]])
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.internalError)
        let many = try await Talk(["one": TalkingServer([]), "two": TalkingServer()], scope: .everything)
        let result = try await many.connect()["result"]
        #expect(result?["serverInfo"]?["name"] == "writ")
        #expect(try await many.ask("tools/list")["result"]?["tools"]?.array?.compactMap { $0["name"] } == ["two__echo"])
    }
}
