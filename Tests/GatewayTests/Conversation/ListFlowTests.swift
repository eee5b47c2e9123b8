// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Testing

@testable import Gateway

/// Lists of one server and of several.
@Suite struct ListFlowTests {
    private static func names(_ answer: JSON, _ member: UTF8String = "tools", _ name: UTF8String = "name") -> [JSON] {
        answer["result"]?[member]?.array?.compactMap { $0[name] } ?? []
    }

    @Test(arguments: [Era.legacy, .modern]) func `a tool is listed where it could be permitted for some input`(
        era: Era
    ) async throws {
        let talk = try await Talk(["one": TalkingServer([era], tools: ["echo", "forbidden", "last"])])
        let answer = try await talk.ask("tools/list", era: era)
        #expect(Self.names(answer) == ["echo", "last"])
        #expect(answer["result"]?["ttlMs"] == (era == .modern ? 0 : nil))
        #expect(answer["result"]?["cacheScope"] == (era == .modern ? "private" : nil))
        #expect(answer["result"]?["resultType"] == (era == .modern ? "complete" : nil))
        // Who the server says it is, as in every other answer of its.
        let info = answer["result"]?["_meta"]?["io.modelcontextprotocol/serverInfo"]
        #expect(info == (era == .modern ? ["name": "talking", "version": "1"] : nil))
    }

    @Test func `several servers' tools: by alias, then as the server has them, under public names`() async throws {
        let talk = try await Talk(
            ["two": TalkingServer([.modern], tools: ["b", "a"]), "one": TalkingServer(tools: ["z"])],
            scope: .everything)
        #expect(Self.names(try await talk.ask("tools/list")) == ["one__z", "two__b", "two__a"])
    }

    @Test func `a slow server is left out, and does not hold the others`() async throws {
        var limits = GatewayLimits()
        limits.mergeMilliseconds = 300
        let slow = TalkingServer { _, _ in }
        let talk = try await Talk(
            [
                "one": TalkingServer { server, request in
                    server.answer(request, ["prompts": [["name": "p"]]])
                }, "slow": slow,
            ], scope: .everything, limits: limits)
        // On a busy machine the quick one is late as well, now and then; the slow one always is.
        var names: [JSON] = []
        while names.isEmpty { names = Self.names(try await talk.ask("prompts/list"), "prompts") }
        #expect(names == ["one__p"])
        #expect(talk.notes.rest.contains { $0.contains("slow") })
    }

    @Test func `a list is fetched with all its pages, and given in pages of our own`() async throws {
        var limits = GatewayLimits()
        limits.pageItems = 2
        let talking = TalkingServer { server, request in
            let page = request["params"]?["cursor"]?.string == "next" ? 1 : 0
            var result: JSONObject = JSONObject()
            result["prompts"] = .array(
                (0..<2).map { ["name": .text("p\(page * 2 + $0)")] } + (page == 1 ? [["name": "p4"]] : []))
            if page == 0 { result["nextCursor"] = "next" }
            server.answer(request, .object(result))
        }
        let talk = try await Talk(["one": talking], limits: limits)
        var found: [JSON] = []
        var params: JSON = [:]
        while true {
            let answer = try await talk.ask("prompts/list", params)
            found += Self.names(answer, "prompts")
            guard let cursor = answer["result"]?["nextCursor"] else { break }
            #expect(cursor != "next", "a server's own cursor stays here")
            params = ["cursor": cursor]
        }
        #expect(found == ["p0", "p1", "p2", "p3", "p4"])
    }

    @Test func `a cursor that is made up, of another list or another agent's is refused`() async throws {
        var limits = GatewayLimits()
        limits.pageItems = 1
        let talking = TalkingServer(tools: ["a", "b"])
        let talk = try await Talk(["one": talking], limits: limits)
        let cursor = try #require(try await talk.ask("tools/list")["result"]?["nextCursor"])
        #expect(Self.names(try await talk.ask("tools/list", ["cursor": cursor])) == ["b"])
        let other = try await talk.another(Credential.none)
        for (method, value, conversation) in [
            ("tools/list", "made up", nil), ("prompts/list", cursor, nil), ("tools/list", cursor, other),
            ("tools/list", 7, nil),
        ] as [(UTF8String, JSON, ClientConversation?)] {
            let answer = try await talk.ask(method, ["cursor": value], of: conversation)
            #expect(answer["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        }
    }

    @Test func `resources keep their URIs where they lead to one server alone, and templates theirs`() async throws {
        func server(_ uris: [UTF8String]) -> TalkingServer {
            TalkingServer { server, request in
                switch request["method"] {
                case "resources/list":
                    server.answer(
                        request, ["resources": .array(uris.map { ["uri": .string($0), "name": "r"] })])
                case "resources/read":
                    server.answer(
                        request, ["contents": [["uri": request["params"]?["uri"] ?? .null, "text": "t"]]])
                default: server.answer(request, ["resourceTemplates": []])
                }
            }
        }
        let (one, two) = (server(["notes://a", "notes://both"]), server(["notes://both"]))
        let talk = try await Talk(["one": one, "two": two], scope: .everything)
        let uris = Self.names(try await talk.ask("resources/list"), "resources", "uri")
        #expect(uris == ["notes://a", "writ+one:notes://both", "writ+two:notes://both"])
        let answer = try await talk.ask("resources/read", ["uri": "writ+two:notes://both"])
        #expect(answer["result"]?["contents"]?.array?.first?["uri"] == "writ+two:notes://both")
        #expect(two.permitted.rest.first?["params"]?["uri"] == "notes://both")
        #expect(one.permitted.rest.isEmpty)
        #expect(try await talk.ask("resources/read", ["uri": "notes://nowhere"])["error"]?["code"]?.int64 == -32002)
    }
}
