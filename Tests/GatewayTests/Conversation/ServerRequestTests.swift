// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import PortTesting
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// What servers ask clients for, between all eras: decided on the way there, and the answer on the way back.
@Suite struct ServerRequestTests {
    static let form: JSON = ["message": "who?", "requestedSchema": ["type": "object"]]
    static let capable: JSON = ["elicitation": [:], "sampling": [:], "roots": [:]]
    static let accepted: JSON = ["action": "accept", "content": ["name": "me"]]

    /// Asks before it answers a call; the answer to the call is the answer that it got.
    static func asking(_ method: UTF8String = "elicitation/create", _ params: JSON = form) -> TalkingServer {
        let calls = Inbox<JSON>()
        return TalkingServer { server, message in
            if message["method"] == "tools/call" {
                calls.add(message)
                server.say(["jsonrpc": "2.0", "id": "s1", "method": .string(method), "params": params])
            } else if message["id"] == "s1" {
                let said = (message["result"] ?? message["error"] ?? .null).serialized()
                Task {
                    guard let call = await calls.first(where: { _ in true }) else { return }
                    server.answer(
                        call,
                        ["content": [["type": "text", "text": .text(String(decoding: said, as: UTF8.self))]]])
                }
            }
        }
    }

    /// As `asking`, in the words of the stateless revision; its state has to come back as it was.
    static func requiring(
        _ method: UTF8String = "elicitation/create", _ params: JSON = form
    ) -> TalkingServer {
        TalkingServer([.modern]) { server, message in
            guard message["method"] == "tools/call" else { return }
            guard let responses = message["params"]?["inputResponses"] else {
                return server.answer(
                    message,
                    [
                        "resultType": "input_required", "requestState": "opaque",
                        "inputRequests": ["k": ["method": .string(method), "params": params]],
                    ])
            }
            guard message["params"]?["requestState"] == "opaque" else { return server.refuse(message, -32602) }
            let said = (responses["k"] ?? .null).serialized()
            server.answer(
                message,
                [
                    "resultType": "complete",
                    "content": [["type": "text", "text": .text(String(decoding: said, as: UTF8.self))]],
                ])
        }
    }

    /// Starts a call of a client of the handshake revisions.
    private static func start(_ talk: Talk) -> Task<JSON?, Never> {
        let envelope = talk.message("tools/call", ["name": "echo", "arguments": [:]], era: .legacy)
        let (conversation, sink) = (talk.conversation, talk.sink)
        return Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
    }

    @Test(arguments: [false, true])
    func `a client of the handshake revisions is asked, and its answer goes back, whatever the server speaks`(
        isModern: Bool
    ) async throws {
        let server = isModern ? Self.requiring() : Self.asking()
        let talk = try await Talk(["one": server])
        try await talk.connect(Self.capable)
        let call = Self.start(talk)
        let question = try await talk.question("elicitation/create")
        #expect(question["params"]?["message"] == "who?")
        #expect(question["id"] != "s1", "a server's ids stay here")
        talk.answer(question, Self.accepted)
        let answer = try #require(await call.value)
        #expect(answer.said.contains("accept") && answer.said.contains("me"))
        let logged = try await talk.logged()
        #expect(logged.filter { $0.receipt.allow }.count == (isModern ? 4 : 3))
        #expect(logged.contains { $0.short == "mcp:elicitation/create result" })
        #expect(logged.contains { $0.short == "mcp:answer/elicitation/create result" })
    }

    @Test func `a client of the stateless revision gets the question as a result, and its retry is decided again`()
        async throws
    {
        let server = Self.requiring()
        let talk = try await Talk(["one": server])
        let asked = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        let result = try #require(asked["result"])
        #expect(result["resultType"] == "input_required")
        #expect(result["inputRequests"]?["k"]?["method"] == "elicitation/create")
        #expect(result["requestState"] != "opaque", "a server's state is sealed")
        var retry = JSONObject()
        retry["requestState"] = result["requestState"]
        retry["inputResponses"] = ["k": Self.accepted]
        let answer = try await talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        #expect(answer.said.contains("accept"), "\(String(decoding: answer.serialized(), as: UTF8.self))")
        #expect(
            try await talk.logged().map(\.short) == [
                "echo result", "mcp:elicitation/create result", "mcp:answer/elicitation/create result", "echo result",
            ])
    }

    @Test func `a server of the handshake revisions may ask a client of the stateless one, whose call is held`()
        async throws
    {
        let server = Self.asking()
        let talk = try await Talk(["one": server])
        let asked = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        let result = try #require(asked["result"])
        #expect(result["resultType"] == "input_required")
        let key = try #require(result["inputRequests"]?.object?.keys.first)
        var retry = JSONObject()
        retry["requestState"] = result["requestState"]
        retry["inputResponses"] = .object(JSONObject(unique: [JSONMember(key: key, value: Self.accepted)]))
        let answer = try await talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        #expect(answer.said.contains("accept"))
        #expect(server.permitted.rest.filter { $0["method"] == "tools/call" }.count == 1, "made once")
        let logged = try await talk.logged().map(\.short)
        #expect(logged.filter { $0 == "echo result" }.count == 1)
        #expect(logged.filter { $0 == "echo not_forwarded" }.count == 1, "the retry was decided, and not made again")
    }

    @Test(arguments: [true, false])
    func `a retry without the answer is asked again, and answers that nobody asked for are dropped`(
        isModern: Bool
    ) async throws {
        let server = isModern ? Self.requiring() : Self.asking()
        let talk = try await Talk(["one": server])
        var answer = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        for isAnswered in [false, true] {
            let key = try #require(answer["result"]?["inputRequests"]?.object?.keys.first)
            var responses: JSONObject = JSONObject()
            responses["nobody-asked"] = ["action": "accept", "content": ["marked": true]]
            if isAnswered { responses[key] = Self.accepted }
            var retry: JSONObject = JSONObject()
            retry["requestState"] = answer["result"]?["requestState"]
            retry["inputResponses"] = .object(responses)
            answer = try await talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        }
        #expect(answer.said.contains("accept"))
        #expect(!(server.got.rest + server.permitted.rest).contains { "\($0)".contains("marked") })
        let logged = try await talk.logged().map(\.short)
        #expect(logged.filter { $0.hasPrefix("mcp:answer") }.count == 1)
    }

    @Test(arguments: [("arguments", ["b": 1]), ("name", "other")] as [(UTF8String, JSON)], [true, false])
    func `a retry that is another request is refused`(
        change: (UTF8String, JSON), isModern: Bool
    ) async throws {
        let server = isModern ? Self.requiring() : Self.asking()
        server.list([TalkingServer.tool("echo"), TalkingServer.tool("other")])
        let talk = try await Talk(["one": server])
        let asked = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        var params: JSONObject = JSONObject()
        params["name"] = "echo"
        params["arguments"] = [:]
        params["requestState"] = asked["result"]?["requestState"]
        params["inputResponses"] = [:]
        params[change.0] = change.1
        let answer = try await talk.ask("tools/call", .object(params), era: .modern, capabilities: Self.capable)
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        #expect(server.permitted.rest.count == 1)
    }

    @Test func `a state that is made up, tampered with, too old or another agent's is refused`() async throws {
        let talk = try await Talk(["one": Self.requiring()])
        let asked = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        let state = try #require(asked["result"]?["requestState"]?.string)
        func retry(_ state: UTF8String, of other: ClientConversation? = nil) async throws -> Int64? {
            try await talk.ask(
                "tools/call",
                ["name": "echo", "arguments": [:], "requestState": .string(state), "inputResponses": [:]],
                era: .modern, capabilities: Self.capable, of: other)["error"]?["code"]?.int64
        }
        #expect(try await retry("opaque") == ErrorCode.invalidParams)
        #expect(try await retry(UTF8String(String(state.string.dropLast(3)) + "AAA")) == ErrorCode.invalidParams)
        #expect(try await retry(state, of: talk.another(Credential.none)) == ErrorCode.invalidParams)
        talk.fixture.clock.advance(milliseconds: 3_600_000)
        #expect(try await retry(state) == ErrorCode.invalidParams)
    }

    @Test(arguments: [(Era.legacy, false), (.legacy, true), (.modern, false), (.modern, true)])
    func `a refused question reaches no client, and the client or the server hears why not`(
        client: Era, isModern: Bool
    ) async throws {
        let server = isModern ? Self.requiring() : Self.asking()
        let talk = try await Talk(
            ["one": server],
            policies: """
                permit (principal, action, resource);
                @reason("no questions")
                forbid (principal, action == Action::"mcp:elicitation/create", resource) when { context.input has message && context.input.message == "who?" };
                """)
        if client == .legacy { try await talk.connect(Self.capable) }
        let answer = try await talk.call("echo", era: client, capabilities: Self.capable)
        #expect(!answer.serialized().contains("who?"))
        #expect(talk.sink.heard.rest.isEmpty)
        if isModern || client == .modern {
            #expect(answer.isToolError && answer.said.contains("no questions"))
        } else {
            #expect(answer.said.contains("40301"), "the server got an error, and said so")
        }
        #expect(try await talk.logged().contains { $0.short == "mcp:elicitation/create denied" })
    }

    @Test(arguments: [(Era.legacy, false), (.legacy, true), (.modern, false), (.modern, true)])
    func `a refused answer reaches no server`(client: Era, isModern: Bool) async throws {
        let server = isModern ? Self.requiring() : Self.asking()
        let talk = try await Talk(
            ["one": server],
            policies: """
                permit (principal, action, resource);
                @reason("no names")
                forbid (principal, action == Action::"mcp:answer/elicitation/create", resource);
                """)
        var answer: JSON
        if client == .legacy {
            try await talk.connect(Self.capable)
            let call = Self.start(talk)
            talk.answer(try await talk.question("elicitation/create"), Self.accepted)
            answer = try #require(await call.value)
        } else {
            let asked = try await talk.call("echo", era: .modern, capabilities: Self.capable)
            let key = try #require(asked["result"]?["inputRequests"]?.object?.keys.first)
            var retry = JSONObject()
            retry["requestState"] = asked["result"]?["requestState"]
            retry["inputResponses"] = .object(JSONObject(unique: [JSONMember(key: key, value: Self.accepted)]))
            answer = try await talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        }
        #expect(!server.got.rest.contains { $0.serialized().contains("\"me\"") })
        #expect(answer.said.contains("no names") || answer.said.contains("40301"))
        _ = try await talk.logged()
    }

    @Test(arguments: [false, true])
    func `what the client has not declared it is not asked for`(isModern: Bool) async throws {
        let server =
            isModern
            ? Self.requiring("sampling/createMessage", ["messages": [], "maxTokens": 1])
            : Self.asking("sampling/createMessage", ["messages": [], "maxTokens": 1])
        let talk = try await Talk(["one": server])
        try await talk.connect(["elicitation": [:]])
        let answer = try await talk.call("echo")
        #expect(talk.sink.heard.rest.isEmpty)
        #expect(answer.isToolError || answer.said.contains("-32601"))
        let logged = try await talk.logged()
        #expect(logged.map(\.short).filter { $0.hasPrefix("mcp:") } == ["mcp:sampling/createMessage denied"])
        #expect(logged.contains { $0.receipt.reasons.first?.code == "oap.invalid_context" })
    }

    @Test(arguments: [(Era.legacy, false), (.legacy, true), (.modern, false), (.modern, true)])
    func `what policies could never permit a server to ask is refused with a receipt that says so`(
        client: Era, isModern: Bool
    ) async throws {
        let server = isModern ? Self.requiring() : Self.asking()
        let talk = try await Talk(
            ["one": server],
            policies: """
                permit (principal, action, resource);
                @id("never")
                @reason("never")
                forbid (principal, action == Action::"mcp:elicitation/create", resource);
                """)
        if client == .legacy { try await talk.connect(Self.capable) }
        let answer = try await talk.call("echo", era: client, capabilities: Self.capable)
        #expect(talk.sink.heard.rest.isEmpty && !answer.serialized().contains("who?"))
        #expect(answer.said.contains(isModern ? "never" : "-32601"))
        let refused = try await talk.logged().filter { $0.short == "mcp:elicitation/create denied" }
        #expect(refused.map { $0.receipt.policy.determining } == [["never"]])
    }

    @Test(arguments: ["tools/call", "no/such", "initialize"] as [UTF8String])
    func `what no server may ask is answered here`(method: UTF8String) async throws {
        let talk = try await Talk(["one": Self.asking(method)])
        try await talk.connect(Self.capable)
        #expect(try await talk.call("echo").said.contains("-32601"))
        #expect(talk.sink.heard.rest.isEmpty)
        let refused = try await talk.logged().filter { !$0.receipt.allow }
        #expect(refused.map(\.short) == ["? denied"], "the name is the server's own, and not in the log in clear")
        #expect(refused.allSatisfy { $0.receipt.reasons.first?.code == "writ.method_unknown" })
    }

    @Test func `a server that takes its question back has it taken back from the client, and hears no answer`()
        async throws
    {
        let server = Self.asking()
        let talk = try await Talk(["one": server])
        try await talk.connect(Self.capable)
        let call = Self.start(talk)
        let question = try await talk.question("elicitation/create")
        server.notify("notifications/cancelled", ["requestId": "s1"])
        let sink = talk.sink
        let told = try await within("the withdrawal") {
            await sink.heard.first { $0["method"] == "notifications/cancelled" }
        }
        #expect(told?["params"]?["requestId"] == question["id"])
        talk.answer(question, Self.accepted)
        #expect(!server.got.rest.contains { $0["id"] == "s1" })
        call.cancel()
        _ = await call.value
        #expect(try await talk.logged().contains { $0.short == "mcp:elicitation/create cancelled" })
    }

    @Test func `a client that leaves while it is asked has not answered, and everything has its end`() async throws {
        let server = Self.asking()
        let talk = try await Talk(["one": server])
        try await talk.connect(Self.capable)
        let call = Self.start(talk)
        _ = try await talk.question("elicitation/create")
        await talk.end()
        _ = await call.value
        let logged = try await talk.logged().map(\.short)
        #expect(logged.contains("mcp:elicitation/create no_answer"))
        #expect(logged.contains("echo no_answer"))
    }

    @Test func `held calls are bounded in number and in time`() async throws {
        var limits = GatewayLimits()
        limits.heldCalls = 1
        limits.heldMilliseconds = 100
        let server = Self.asking()
        let talk = try await Talk(["one": server], limits: limits)
        let first = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        #expect(first["result"]?["resultType"] == "input_required")
        // Nobody retries: the call is taken back, the server is told.
        let told = try await within("the cancellation") {
            await server.got.first { $0["method"] == "notifications/cancelled" }
        }
        #expect(told != nil)
        #expect(try await talk.logged().contains { $0.short == "echo cancelled" })
        var retry = JSONObject()
        retry["requestState"] = first["result"]?["requestState"]
        let late = try await talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        #expect(late["error"]?["code"]?.int64 == ErrorCode.invalidParams)
    }

    @Test func `an answer that nobody asked for is dropped`() async throws {
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking])
        talk.take(["jsonrpc": "2.0", "id": "writ-1", "result": ["action": "accept"]])
        talk.take(["jsonrpc": "2.0", "id": 1, "result": [:]])
        _ = try await talk.call("echo")
        #expect(talking.got.rest.count == 1)
    }
}
