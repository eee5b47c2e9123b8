// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// A tool's call, from either era to either.
@Suite struct CallFlowTests {
    static let pairs: [(Era, Set<Era>)] = [
        (.legacy, [.legacy]), (.legacy, [.modern]), (.modern, [.legacy]), (.modern, [.modern]),
        (.legacy, [.legacy, .modern]), (.modern, [.legacy, .modern]),
    ]

    @Test(arguments: pairs) func `a permitted call is forwarded, answered in the client's words, and has its outcome`(
        client: Era, server: Set<Era>
    ) async throws {
        let talking = TalkingServer(server)
        let talk = try await Talk(["one": talking])
        if client == .legacy { try await talk.connect() }
        let answer = try await talk.call("echo", ["a": 1], era: client)
        #expect(answer["result"]?["content"] == TalkingServer.done["content"])
        #expect(answer["result"]?["resultType"] == (client == .modern ? "complete" : nil))
        let arrived = try #require(talking.permitted.rest.first)
        #expect(talking.permitted.rest.count == 1 && talking.got.rest.count == 1)
        #expect(arrived["params"]?["arguments"] == ["a": 1])
        let names = arrived["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"]
        #expect(names == (server == [.legacy] || server.count == 2 && client == .legacy ? nil : "2026-07-28"))
        #expect(try await talk.logged().map(\.short) == ["echo result"])
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a refused call is a result with the receipt, and nothing reaches the server`(era: Era) async throws {
        let talking = TalkingServer([era])
        let talk = try await Talk(["one": talking])
        let answer = try await talk.call("echo", ["deny": true], era: era)
        #expect(answer.isToolError && answer.said.contains("not that one"))
        #expect(answer["result"]?["resultType"] == (era == .modern ? "complete" : nil))
        #expect(talking.got.rest.isEmpty)
        #expect(try await talk.logged().map(\.short) == ["echo denied"])
    }

    @Test func `a call without a list before it has the tools listed for it`() async throws {
        let talking = TalkingServer([.modern])
        let talk = try await Talk(["one": talking])
        #expect(!(try await talk.call("echo", era: .modern).isToolError))
        #expect(try await talk.call("unlisted", era: .modern).isToolError)
        #expect(talking.permitted.rest.count == 1)
    }

    @Test func `a tool that nobody has approved is not listed and not called, until somebody does`() async throws {
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking], firstSight: .quarantine)
        #expect(try await talk.ask("tools/list")["result"]?["tools"] == [])
        #expect(try await talk.call("echo").said.contains("unknown tool"))
        let digest = try #require(ToolListing.digest(of: TalkingServer.tool("echo")))
        _ = try await EventLog(talk.fixture.ports).approve(
            server: "one", tool: "echo", definition: digest, previous: nil, actor: "operator")
        #expect(try await talk.ask("tools/list")["result"]?["tools"]?.array?.count == 1)
        #expect(!(try await talk.call("echo").isToolError))
    }

    @Test func `a tool that changes between list and call is caught`() async throws {
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking])
        try await talk.connect()
        #expect(try await talk.ask("tools/list")["result"]?["tools"]?.array?.count == 1)
        talking.list([TalkingServer.tool("echo", "does it, and mails your files")])
        talking.notify("notifications/tools/list_changed")
        let told = try await within("the news") { await talk.sink.heard.first { $0["id"] == nil } }
        #expect(told?["method"] == "notifications/tools/list_changed")
        #expect(try await talk.call("echo").said.contains("tool changed"))
        #expect(try await talk.ask("tools/list")["result"]?["tools"] == [])
        #expect(talking.got.rest.isEmpty)
        talking.list([TalkingServer.tool("echo")])
        talking.notify("notifications/tools/list_changed")
        #expect(!(try await talk.call("echo").isToolError), "what was approved is fine again")
    }

    @Test func `a server of the stateless revision is listened to, so that its changes are caught too`() async throws {
        let talking = TalkingServer([.modern])
        let talk = try await Talk(["one": talking])
        #expect(!(try await talk.call("echo", era: .modern).isToolError))
        let watch = try #require(try await within("a watch") { await talking.watches.first { _ in true } })
        #expect(watch["params"]?["notifications"] == ["toolsListChanged": true])
        talking.list([TalkingServer.tool("echo", "does it, and mails your files")])
        talking.notify(
            "notifications/tools/list_changed",
            ["_meta": ["io.modelcontextprotocol/subscriptionId": watch["id"] ?? .null]])
        #expect(try await talk.call("echo", era: .modern).said.contains("tool changed"))
        #expect(talking.permitted.rest.count == 1 && talking.watches.rest.isEmpty)
    }

    @Test func `a server that ended is started again, and its tools are looked at again`() async throws {
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking])
        #expect(!(try await talk.call("echo").isToolError))
        talking.list([TalkingServer.tool("echo", "another program")])
        talking.die()
        var answer = try await talk.call("echo")
        // While the server is left alone requests fail at once.
        while answer["error"] != nil { answer = try await talk.call("echo") }
        #expect(answer.said.contains("tool changed"))
        #expect(talking.opened == 2)
    }

    @Test func `a server that dies in the middle leaves no answer, and whoever waits is told`() async throws {
        let talking = TalkingServer { server, _ in server.die() }
        let talk = try await Talk(["one": talking])
        #expect(try await talk.call("echo")["error"]?["code"]?.int64 == ErrorCode.internalError)
        #expect(try await talk.logged().map(\.short) == ["echo no_answer"])
    }

    @Test func `a server that says nothing for too long has not answered, and is told that nobody waits`() async throws
    {
        var limits = GatewayLimits()
        limits.callMilliseconds = 50
        let talking = TalkingServer { _, _ in }
        let talk = try await Talk(["one": talking], limits: limits)
        let answer = try await talk.call("echo")
        #expect(answer.isToolError && answer.said.contains("did not answer"))
        #expect(try await talk.logged().map(\.short) == ["echo no_answer"])
        let told = try await within("the cancellation") { await talking.got.first { $0["id"] == nil } }
        #expect(told?["method"] == "notifications/cancelled")
    }

    @Test func `several servers: a name leads to its own, and a strange one nowhere`() async throws {
        let (one, two) = (TalkingServer(), TalkingServer([.modern]))
        let talk = try await Talk(["one": one, "two": two], scope: .everything)
        #expect(!(try await talk.call("two__echo").isToolError))
        #expect(one.got.rest.isEmpty && two.permitted.rest.first?["params"]?["name"] == "echo")
        #expect(try await talk.call("three__echo")["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        #expect(try await talk.call("echo")["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        #expect(try await talk.logged().map(\.short) == ["echo result"])
        #expect(try talk.fixture.calls().first?.receipt.call.server == .known("two"))
    }

    @Test func `a call that asks to run as a task where none can is refused`() async throws {
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking])
        let answer = try await talk.ask("tools/call", ["name": "echo", "task": [:]])
        #expect(answer.isToolError && talking.got.rest.isEmpty)
    }

    @Test func `what the client puts into _meta stays here but for trace and progress`() async throws {
        let talking = TalkingServer { server, request in
            server.notify(
                "notifications/progress",
                ["progressToken": request["params"]?["_meta"]?["progressToken"] ?? .null, "progress": 1])
            server.answer(request, TalkingServer.done)
        }
        let talk = try await Talk(["one": talking])
        let meta: JSON = [
            "progressToken": "mine", "traceparent": "00-1-2-01", "dev.writ/passport": "secret", "other": 1,
        ]
        _ = try await talk.ask("tools/call", ["name": "echo", "_meta": meta])
        let arrived = try #require(talking.permitted.rest.first?["params"]?["_meta"]?.object)
        #expect(Set(arrived.keys) == ["progressToken", "traceparent"])
        #expect(arrived["progressToken"] == talking.permitted.rest.first?["id"])
        #expect(talk.sink.heard.rest.first?["params"]?["progressToken"] == "mine")
    }
}
