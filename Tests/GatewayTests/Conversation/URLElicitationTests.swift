// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// Servers of 2025-11-25 that refuse a call until a person has opened a URL (-32042).
@Suite struct URLElicitationTests {
    static let capable: JSON = ["elicitation": ["url": [:]]]
    static let page: JSON = [
        "mode": "url", "url": "https://pay.example.com/x", "elicitationId": "e1", "message": "pay first",
    ]

    /// Refuses the first call so, and makes the next one.
    static func server(_ data: JSON = ["elicitations": [page]], era: Era = .legacy) -> TalkingServer {
        let calls = Inbox<JSON>()
        return TalkingServer([era]) { server, message in
            guard message["method"] == "tools/call" else { return }
            calls.add(message)
            guard calls.rest.count == 1 else {
                return server.answer(message, ["resultType": "complete", "content": []])
            }
            server.say([
                "jsonrpc": "2.0", "id": message["id"] ?? .null,
                "error": ["code": -32042, "message": "open this", "data": data],
            ])
        }
    }

    @Test func `a client of the same revision gets the error, decided, and hears once when the URL is dealt with`()
        async throws
    {
        let server = Self.server()
        let talk = try await Talk(["one": server])
        try await talk.connect(Self.capable)
        let error = try await talk.call("echo")["error"]
        #expect(error?["code"]?.int64 == ErrorCode.urlElicitationRequired && error?["message"] == "open this")
        #expect(error?["data"]?["elicitations"] == [Self.page])
        for id in ["e2", "e1", "e1"] as [JSON] {
            server.notify("notifications/elicitation/complete", ["elicitationId": id, "marked": true])
        }
        #expect(
            talk.sink.heard.rest.map { $0["params"] ?? .null } == [["elicitationId": "e1"]],
            "of what it was shown, once, and nothing else of it")
        #expect(try await !talk.call("echo").isToolError)
        #expect(
            try await talk.logged().map(\.short) == ["echo error", "mcp:elicitation/create result", "echo result"])
    }

    @Test(arguments: [true, false])
    func `a client of the stateless revision is asked by a result, and its retry makes the call again`(
        isAccepted: Bool
    ) async throws {
        let server = Self.server()
        let talk = try await Talk(["one": server])
        let asked = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        let result = try #require(asked["result"])
        #expect(result["resultType"] == "input_required")
        let entry = try #require(result["inputRequests"]?.object?.members.first)
        #expect(entry.value["method"] == "elicitation/create")
        #expect(entry.value["params"]?["url"] == "https://pay.example.com/x")
        #expect(entry.value["params"]?["elicitationId"] == nil, "that revision has none")
        var retry = JSONObject()
        retry["requestState"] = result["requestState"]
        retry["inputResponses"] = .object(
            JSONObject(unique: [JSONMember(key: entry.key, value: ["action": isAccepted ? "accept" : "decline"])]))
        let answer = try await talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        #expect(answer.isToolError != isAccepted)
        let calls = server.permitted.rest
        #expect(calls.count == (isAccepted ? 2 : 1))
        #expect(calls.allSatisfy { $0["params"]?["inputResponses"] == nil && $0["params"]?["requestState"] == nil })
        let logged = try await talk.logged().map(\.short)
        #expect(logged.starts(with: ["echo error", "mcp:elicitation/create result"]))
        #expect(logged.count == (isAccepted ? 3 : 2))
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a URL that policies refuse reaches no client`(era: Era) async throws {
        let talk = try await Talk(
            ["one": Self.server()],
            policies: """
                permit (principal, action, resource);
                @reason("not there")
                forbid (principal, action == Action::"mcp:elicitation/create", resource) when { context.input has url && context.input.url like "*pay.example.com*" };
                """)
        if era == .legacy { try await talk.connect(Self.capable) }
        let answer = try await talk.call("echo", era: era, capabilities: Self.capable)
        #expect(
            answer.isToolError && answer.said.contains("not there") && !answer.serialized().contains("pay.example.com"))
        #expect(try await talk.logged().map(\.short) == ["echo error", "mcp:elicitation/create denied"])
    }

    @Test(arguments: [[:], ["elicitation": [:]], ["elicitation": ["form": [:]]]] as [JSON])
    func `a client that opens no URLs is not asked to, and the attempt is in the log`(capabilities: JSON) async throws {
        for era in [Era.legacy, .modern] {
            let talk = try await Talk(["one": Self.server()])
            if era == .legacy { try await talk.connect(capabilities) }
            let answer = try await talk.call("echo", era: era, capabilities: capabilities)
            #expect(answer.isToolError && !answer.serialized().contains("pay.example.com"))
            #expect(try await talk.logged().map(\.short) == ["echo error", "mcp:elicitation/create denied"])
        }
    }

    @Test(
        arguments: [
            .null, [:], ["elicitations": []], ["elicitations": ["https://pay.example.com/x"]],
            ["elicitations": [["mode": "form", "message": "pay.example.com"]]],
            ["elicitations": [["mode": "url", "URL": "https://pay.example.com/x"]]],
        ] as [JSON])
    func `an error of that code that is out of form passes without what it says`(data: JSON) async throws {
        let talk = try await Talk(["one": Self.server(data)])
        try await talk.connect(Self.capable)
        let answer = try await talk.call("echo")
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.internalError)
        #expect(!answer.serialized().contains("pay.example.com"))
    }

    @Test func `a server of the stateless revision has no such error`() async throws {
        let talk = try await Talk(["one": Self.server(era: .modern)])
        let answer = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.internalError)
        #expect(!answer.serialized().contains("pay.example.com"))
    }
}
