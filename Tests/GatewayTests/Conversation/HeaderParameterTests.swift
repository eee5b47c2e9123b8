// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Testing

@testable import Gateway

/// Parameters that a tool's definition wants repeated in headers, at servers over HTTP.
@Suite struct HeaderParameterTests {
    static func tool(_ name: UTF8String, header: JSON, type: UTF8String = "string") -> JSON {
        [
            "name": .string(name),
            "inputSchema": [
                "type": "object",
                "properties": [
                    "region": ["type": .string(type), "x-mcp-header": header], "query": ["type": "string"],
                ],
            ],
        ]
    }

    static let tools = [
        tool("good", header: "Region"), tool("blank", header: "A B"), tool("injects", header: "A\r\nB: c"),
        tool("no-text", header: 7), tool("object", header: "Region", type: "object"),
    ]

    @Test func `a tool whose parameters no header can carry is not offered, and not called`() async throws {
        let server = TalkingServer([.modern])
        server.list(Self.tools)
        let talk = try await Talk(["one": server], isHTTP: true)
        let listed = try await talk.ask("tools/list", era: .modern)["result"]?["tools"]?.array
        #expect(listed?.map { $0["name"] } == ["good"])
        #expect(try await talk.call("injects", ["region": "x"], era: .modern).isToolError)
        #expect(server.permitted.rest.isEmpty)
        #expect(talk.notes.rest.count == 4)
    }

    @Test(arguments: [(Era.modern, false), (.legacy, true)])
    func `where nothing is repeated in headers, such tools are as good as others`(era: Era, isHTTP: Bool) async throws {
        let server = TalkingServer([era])
        server.list(Self.tools)
        let talk = try await Talk(["one": server], isHTTP: isHTTP)
        #expect(try await talk.ask("tools/list", era: era)["result"]?["tools"]?.array?.count == 5)
        #expect(try await talk.call("good", ["region": "x"], era: era).said == "done")
        #expect(server.heads.rest.map(\.parameters) == [[]])
    }

    @Test func `a client over HTTP is not offered what it could not call`() async throws {
        let server = TalkingServer()
        server.list(Self.tools)
        let talk = try await Talk(["one": server], door: .httpRequest)
        let listed = try await talk.ask("tools/list", era: .modern)["result"]?["tools"]?.array
        #expect(listed?.map { $0["name"] } == ["good"])
    }

    @Test func `a call repeats the parameters that its tool's definition names`() async throws {
        let server = TalkingServer([.modern])
        server.list(Self.tools)
        let talk = try await Talk(["one": server], isHTTP: true)
        #expect(try await talk.call("good", ["region": "\u{e9} ", "query": "q"], era: .modern).said == "done")
        let parameter = MessageHead.HeaderParameter(name: "Region", value: "\u{e9} ")
        #expect(server.heads.rest.map(\.parameters) == [[parameter]])
    }

    @Test(arguments: [true, false])
    func `a server that wants other headers is asked for its list again, once, and the call is decided again`(
        isOnce: Bool
    ) async throws {
        let server = TalkingServer([.modern]) { server, message in
            guard isOnce, server.permitted.rest.count == 2 else { return server.refuse(message, -32020) }
            server.answer(message, TalkingServer.done)
        }
        server.list(Self.tools)
        let talk = try await Talk(["one": server], isHTTP: true)
        let answer = try await talk.call("good", era: .modern)
        #expect(isOnce ? answer.said == "done" : answer["error"]?["code"]?.int64 == ErrorCode.internalError)
        #expect(server.permitted.rest.count == 2)
        let logged = try await talk.logged().map(\.short)
        #expect(logged == (isOnce ? ["good error", "good result"] : ["good error", "good error"]))
    }

    @Test func `the door knows what a listed tool wants repeated, by its public name`() async throws {
        let server = TalkingServer([.modern])
        server.list(Self.tools)
        let talk = try await Talk(["one": server], scope: .everything)
        let principal = talk.conversation.principal
        #expect(talk.hub.annotations(principal, .everything, "one__good") == nil)
        try await talk.ask("tools/list", era: .modern)
        #expect(talk.hub.annotations(principal, .everything, "one__good")?.all.map(\.name) == ["Region"])
        #expect(talk.hub.annotations(principal, .server("one"), "good")?.all.count == 1)
        #expect(talk.hub.annotations(principal, .server("one"), "nothing") == nil)
        let nobody = Principal(agentID: "agent-passport:somebody", credential: .none)
        #expect(talk.hub.annotations(nobody, .everything, "one__good") == nil)
    }
}
