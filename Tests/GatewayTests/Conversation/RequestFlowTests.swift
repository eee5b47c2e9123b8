// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// Everything else that a client asks for: decided each, under its own action.
@Suite struct RequestFlowTests {
    static let requests: [(UTF8String, JSON)] = [
        ("resources/read", ["uri": "notes://a"]), ("prompts/get", ["name": "p"]),
        (
            "completion/complete",
            ["ref": ["type": "ref/prompt", "name": "p"], "argument": ["name": "n", "value": "v"]]
        ),
    ]

    @Test(arguments: requests, [Era.legacy, .modern])
    func `a permitted request is forwarded by its permit`(request: (UTF8String, JSON), era: Era) async throws {
        let talking = TalkingServer([era]) { server, request in server.answer(request, ["own": 1]) }
        let talk = try await Talk(["one": talking])
        let answer = try await talk.ask(request.0, request.1, era: era)
        #expect(answer["result"]?["own"] == 1)
        #expect(talking.permitted.rest.map { $0["method"] } == [.string(request.0)])
        #expect(try await talk.logged().map(\.short) == ["mcp:\(request.0) result"])
    }

    @Test(arguments: requests) func `permitting a server's tools permits nothing else`(
        request: (UTF8String, JSON)
    ) async throws {
        let talking = TalkingServer()
        let talk = try await Talk(
            ["one": talking],
            policies: """
                permit (principal, action in Action::"one", resource);
                permit (principal, action == Action::"opaque", resource);
                """)
        let answer = try await talk.ask(request.0, request.1)
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.denied)
        #expect(answer["error"]?["data"]?["allow"] == false)
        #expect(talking.got.rest.isEmpty)
        #expect(!(try await talk.call("echo").isToolError))
    }

    @Test func `a resource that is a file is read as a file`() async throws {
        let talking = TalkingServer { server, request in server.answer(request, ["contents": []]) }
        let talk = try await Talk(
            ["one": talking],
            policies: """
                permit (principal, action, resource);
                @id("shadow") forbid (principal, action == Action::"read", resource == File::"/etc/shadow");
                """)
        #expect(try await talk.ask("resources/read", ["uri": "file:///etc/shadow"])["error"]?["code"]?.int64 == 40301)
        #expect(try await talk.ask("resources/read", ["uri": "file:///srv/a"])["result"] != nil)
        #expect(talking.permitted.rest.count == 1)
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a method that nobody knows is answered so, and logged`(era: Era) async throws {
        let talking = TalkingServer([era])
        let talk = try await Talk(["one": talking])
        let answer = try await talk.ask("no/such", ["a": 1], era: era)
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.methodNotFound)
        #expect(answer["error"]?["data"]?["receipt_id"]?.string != nil)
        let call = try #require(try await talk.logged().first)
        #expect(!call.receipt.allow && call.tool == nil, "a receipt commits to its name")
        #expect(talking.got.rest.isEmpty)
    }

    @Test(
        arguments: [
            ("resources/read", [:]), ("resources/read", ["uri": 1]), ("prompts/get", ["name": ""]),
            ("completion/complete", ["ref": ["type": "ref/other"]]), ("tools/call", ["arguments": [:]]),
            ("tasks/get", ["taskId": "made up"]),
        ] as [(UTF8String, JSON)])
    func `a request without its subject is answered, and not decided`(method: UTF8String, params: JSON) async throws {
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking])
        #expect(try await talk.ask(method, params)["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        #expect(talking.got.rest.isEmpty)
        #expect(try await talk.logged().isEmpty)
    }

    @Test func `a level of logging is told to every server that logs, and kept to here`() async throws {
        let talking = TalkingServer { server, request in server.answer(request, [:]) }
        let talk = try await Talk(["one": talking])
        try await talk.connect()
        #expect(try await talk.ask("logging/setLevel", ["level": "error"])["result"] == [:])
        #expect(talking.got.rest.map { $0["params"]?["level"] } == ["error"])
        talking.notify("notifications/message", ["level": "info", "data": "quiet"])
        talking.notify("notifications/message", ["level": "alert", "data": "loud"])
        #expect(talk.sink.heard.rest.map { $0["params"]?["data"] } == ["loud"])
        #expect(try await talk.ask("logging/setLevel", ["level": "x"])["error"]?["code"]?.int64 == -32602)
    }

    @Test func `an id that is open is refused, and does not end what is open`() async throws {
        let release = Inbox<Void>()
        let talking = TalkingServer { server, request in
            Task {
                _ = await release.first { _ in true }
                server.answer(request, TalkingServer.done)
            }
        }
        let talk = try await Talk(["one": talking])
        let envelope = talk.message("tools/call", ["name": "echo"], era: .legacy)
        let (conversation, sink) = (talk.conversation, talk.sink)
        let first = Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
        _ = try await within("the call at the server") { await talking.permitted.first { _ in true } }
        let second = await conversation.answer(envelope, frameBytes: 1, sink: sink)
        #expect(second?["id"] == nil && second?["error"]?["code"]?.int64 == ErrorCode.invalidRequest)
        release.add(())
        #expect(await first.value?["result"] != nil)
    }

    @Test func `a request taken back while it is decided is not forwarded, and not answered`() async throws {
        let gate = LedgerGate()
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking], wrapping: { gate.before($0) })
        _ = try await talk.ask("tools/list")
        gate.close()
        let envelope = talk.message("tools/call", ["name": "echo"], era: .legacy)
        let (conversation, sink) = (talk.conversation, talk.sink)
        let call = Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
        try await gate.waits(1)
        talk.tell("notifications/cancelled", ["requestId": envelope.message["id"] ?? .null])
        gate.open()
        #expect(await call.value == nil)
        #expect(talking.got.rest.isEmpty)
        #expect(try await talk.logged().map(\.short) == ["echo not_forwarded"])
    }

    @Test func `a request taken back at the server is cancelled there, and a late answer reaches nobody`() async throws
    {
        let talking = TalkingServer { server, request in
            guard request["method"] == "notifications/cancelled" else { return }
            server.answer(["id": request["params"]?["requestId"] ?? .null], TalkingServer.done)
        }
        let talk = try await Talk(["one": talking])
        let envelope = talk.message("tools/call", ["name": "echo"], era: .legacy)
        let (conversation, sink) = (talk.conversation, talk.sink)
        let call = Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
        _ = try await within("the call at the server") { await talking.permitted.first { _ in true } }
        talk.tell("notifications/cancelled", ["requestId": envelope.message["id"] ?? .null])
        #expect(await call.value == nil)
        #expect(try await talk.logged().map(\.short) == ["echo cancelled"])
        #expect(talk.sink.heard.rest.isEmpty)
    }
}
