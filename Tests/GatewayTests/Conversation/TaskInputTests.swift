// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// What a task of the extension asks for, and what its client answers: decided on both ways.
@Suite struct TaskInputTests {
    static let capable: JSON = ["extensions": ["io.modelcontextprotocol/tasks": [:]], "elicitation": [:], "roots": [:]]
    static let form: JSON = ["method": "elicitation/create", "params": ["message": "who?", "requestedSchema": [:]]]
    static let accepted: JSON = ["action": "accept", "content": ["name": "me"]]

    /// Runs every call as a task that asks this, until it is answered.
    static func server(_ questions: JSON = ["k": form], extra: JSONObject = JSONObject()) -> TalkingServer {
        let answered = Inbox<JSON>()
        return TalkingServer(
            [.modern], capabilities: ["tools": [:], "extensions": ["io.modelcontextprotocol/tasks": [:]]]
        ) { server, message in
            var state: JSONObject = JSONObject()
            switch message["method"] {
            case "tools/call":
                state["resultType"] = "task"
                state["taskId"] = "t-1"
                state["status"] = "working"
            case "tasks/get":
                state["resultType"] = "complete"
                state["taskId"] = "t-1"
                state["status"] = answered.rest.isEmpty ? "input_required" : "completed"
                if answered.rest.isEmpty { state["inputRequests"] = questions }
                if let answer = answered.rest.first {
                    state["result"] = [
                        "content": [["type": "text", "text": .text("\(answer)")]],
                        "_meta": ["dev.writ/decision": ["allow": true]],
                    ]
                }
                for member in extra.members { state[member.key] = member.value }
            default:
                answered.add(message["params"]?["inputResponses"] ?? .null)
                state["resultType"] = "complete"
            }
            server.answer(message, .object(state))
        }
    }

    static func start(_ talk: Talk) async throws -> JSON {
        let answer = try await talk.call("echo", era: .modern, capabilities: capable)
        return try #require(answer["result"]?["taskId"])
    }

    static func get(_ talk: Talk, _ task: JSON, _ capabilities: JSON = capable) async throws -> JSON {
        try await talk.ask("tasks/get", ["taskId": task], era: .modern, capabilities: capabilities)
    }

    static func update(
        _ talk: Talk, _ task: JSON, _ answers: [(UTF8String, JSON)], of other: ClientConversation? = nil
    ) async throws -> JSON {
        let responses = JSONObject(unique: answers.map { JSONMember(key: $0.0, value: $0.1) })
        return try await talk.ask(
            "tasks/update", ["taskId": task, "inputResponses": .object(responses)], era: .modern,
            capabilities: capable, of: other)
    }

    static func key(_ state: JSON) throws -> UTF8String {
        try #require(state["result"]?["inputRequests"]?.object?.keys.first)
    }

    @Test func `a task's question reaches the client, and the answer the task; each is decided`() async throws {
        let server = Self.server()
        let talk = try await Talk(["one": server])
        let task = try await Self.start(talk)
        let state = try await Self.get(talk, task)
        #expect(state["result"]?["status"] == "input_required" && state["result"]?["taskId"] == task)
        let key = try Self.key(state)
        #expect(key != "k" && state["result"]?["inputRequests"]?[key]?["params"]?["message"] == "who?")
        #expect(try await Self.key(Self.get(talk, task)) == key, "the same at each poll")
        let done = try await Self.update(talk, task, [(key, Self.accepted)])
        #expect(done["result"]?["resultType"] == "complete")
        let update = try #require(server.permitted.rest.last)
        #expect(update["params"]?["taskId"] == "t-1" && update["params"]?["inputResponses"] == ["k": Self.accepted])
        let end = try await Self.get(talk, task)
        #expect(end["result"]?["status"] == "completed" && "\(end)".contains("accept"))
        #expect(end["result"]?["result"]?["_meta"] == nil, "nobody speaks in our name, in a task's result either")
        #expect(
            try await talk.logged().map(\.short) == [
                "echo result", "mcp:tasks/get result", "mcp:elicitation/create result", "mcp:tasks/get result",
                "mcp:elicitation/create result", "mcp:answer/elicitation/create result", "mcp:tasks/update result",
                "mcp:tasks/get result",
            ])
    }

    @Test func `a refused question keeps the whole state back, and the reason is said`() async throws {
        let talk = try await Talk(
            ["one": Self.server(["a": ["method": "roots/list"], "k": Self.form])],
            policies: """
                permit (principal, action, resource);
                @reason("no questions")
                forbid (principal, action == Action::"mcp:elicitation/create", resource) when { context.input has message && context.input.message == "who?" };
                """)
        let answer = try await Self.get(talk, Self.start(talk))
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.denied && !"\(answer)".contains("who?"))
        #expect("\(answer)".contains("no questions"))
        let logged = try await talk.logged().map(\.short)
        #expect(logged.contains("mcp:elicitation/create denied") && logged.contains("mcp:roots/list not_forwarded"))
    }

    @Test func `a refused answer reaches no task`() async throws {
        let server = Self.server()
        let talk = try await Talk(
            ["one": server],
            policies: """
                permit (principal, action, resource);
                @reason("no names")
                forbid (principal, action == Action::"mcp:answer/elicitation/create", resource);
                """)
        let task = try await Self.start(talk)
        let answer = try await Self.update(talk, task, [(Self.key(Self.get(talk, task)), Self.accepted)])
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.denied && "\(answer)".contains("no names"))
        #expect(!server.got.rest.contains { $0["method"] == "tasks/update" })
    }

    @Test func `answers are permitted and still not given where the update is refused`() async throws {
        let server = Self.server()
        let talk = try await Talk(
            ["one": server],
            policies: """
                permit (principal, action, resource);
                forbid (principal, action == Action::"mcp:tasks/update", resource);
                """)
        let task = try await Self.start(talk)
        let answer = try await Self.update(talk, task, [(Self.key(Self.get(talk, task)), Self.accepted)])
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.denied)
        let logged = try await talk.logged().map(\.short)
        #expect(logged.suffix(2) == ["mcp:answer/elicitation/create not_forwarded", "mcp:tasks/update denied"])
    }

    @Test func `answers to what the client was not asked stay here`() async throws {
        let server = Self.server()
        let talk = try await Talk(["one": server])
        let task = try await Self.start(talk)
        let key = try await Self.key(Self.get(talk, task))
        let marked: JSON = ["action": "accept", "content": ["marked": true]]
        _ = try await Self.update(
            talk, task, [("k", marked), ("made up", marked), (UTF8String("\(key)x"), marked), (key, Self.accepted)])
        #expect(server.permitted.rest.last?["params"]?["inputResponses"] == ["k": Self.accepted])
        #expect(!"\(server.got.rest)".contains("marked"))
    }

    @Test func `a question's name is good for its task and its agent alone`() async throws {
        let server = Self.server()
        let talk = try await Talk(["one": server])
        let principal = talk.conversation.principal
        let task = try await Self.start(talk)
        let key = try await Self.key(Self.get(talk, task))
        let other = try #require(talk.hub.seal.task(ServerName("one", "t-2"), of: principal))
        _ = try await Self.update(talk, .string(other), [(key, Self.accepted)])
        #expect(server.permitted.rest.last?["params"]?["inputResponses"] == [:])
        let stranger = try await talk.another(Credential.none)
        let mine = try #require(talk.hub.seal.task(ServerName("one", "t-1"), of: stranger.principal))
        let answer = try await Self.update(talk, .string(mine), [(key, Self.accepted)], of: stranger)
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.denied, "nobody vouches for the stranger")
        #expect(!"\(server.got.rest)".contains("accept"))
    }

    @Test(
        arguments: [
            [:], ["inputResponses": .null], ["inputResponses": []], ["inputResponses": ["k": "text"]],
            ["inputResponses": ["k": ["Action": "accept"]]],
        ] as [JSON])
    func `an update that is out of form is refused, and not made`(params: JSON) async throws {
        let server = Self.server()
        let talk = try await Talk(["one": server])
        var body = params.object ?? JSONObject()
        body["taskId"] = try await Self.start(talk)
        let answer = try await talk.ask("tasks/update", .object(body), era: .modern, capabilities: Self.capable)
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        #expect(!server.got.rest.contains { $0["method"] == "tasks/update" })
    }

    @Test(
        arguments: [
            ["inputRequests": ["k": ["method": "tools/call", "params": ["message": "marked"]]]],
            ["inputRequests": ["k": ["method": "elicitation/create", "Params": ["message": "marked"]]]],
            ["inputRequests": "marked"],
            ["inputrequests": ["k": "marked"]],
            ["result": ["resultType": "input_required", "marked": true]],
            ["result": ["inputRequests": ["marked": [:]]]],
            ["result": ["InputRequests": ["marked": [:]]]],
        ] as [JSON])
    func `what a task's state cannot be decided by does not pass`(extra: JSON) async throws {
        let talk = try await Talk(["one": Self.server([:], extra: extra.object ?? JSONObject())])
        let answer = try await Self.get(talk, Self.start(talk))
        #expect(answer["error"] != nil && !"\(answer)".contains("marked"))
    }

    @Test func `a client is not asked by a task for what it has not said it can`() async throws {
        let talk = try await Talk(["one": Self.server()])
        let task = try await Self.start(talk)
        let answer = try await Self.get(talk, task, ["extensions": ["io.modelcontextprotocol/tasks": [:]]])
        #expect(answer["error"] != nil && !"\(answer)".contains("who?"))
    }
}
