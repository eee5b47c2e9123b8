// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// Calls that run as tasks, in 2025-11-25's form and in the extension's.
@Suite struct TaskFlowTests {
    static func server(_ era: Era) -> TalkingServer {
        let capabilities: JSON =
            era == .legacy
            ? ["tools": [:], "tasks": ["list": [:], "cancel": [:], "requests": ["tools": ["call": [:]]]]]
            : ["tools": [:], "extensions": ["io.modelcontextprotocol/tasks": [:]]]
        return TalkingServer([era], capabilities: capabilities) { server, message in
            let state: JSON = [
                "taskId": "t-1", "status": "working", "createdAt": "2026-01-01T00:00:00Z",
                "lastUpdatedAt": "2026-01-01T00:00:00Z", "ttl": .null,
            ]
            switch message["method"] {
            case "tools/call" where era == .legacy: server.answer(message, ["task": state])
            case "tools/call":
                var result = state.object ?? JSONObject()
                result["resultType"] = "task"
                server.answer(message, .object(result))
            case "tasks/list":
                server.answer(message, ["tasks": [state, ["taskId": "somebody-else's", "status": "working"]]])
            case "tasks/result": server.answer(message, TalkingServer.done)
            default: server.answer(message, state)
            }
        }
    }

    static let capable: JSON = ["extensions": ["io.modelcontextprotocol/tasks": [:]]]

    private static func start(_ talk: Talk, _ era: Era) async throws -> JSON {
        let answer: JSON
        if era == .legacy {
            answer = try await talk.ask("tools/call", ["name": "echo", "task": ["ttl": 1000]])
        } else {
            answer = try await talk.call("echo", era: .modern, capabilities: capable)
        }
        return try #require(answer["result"]?["task"]?["taskId"] ?? answer["result"]?["taskId"])
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a task has an id of ours, under which it is asked about, and each question is decided`(era: Era) async throws
    {
        let server = Self.server(era)
        let talk = try await Talk(["one": server])
        if era == .legacy { try await talk.connect() }
        let task = try await Self.start(talk, era)
        #expect(task != "t-1")
        for method in era == .legacy ? ["tasks/get", "tasks/result", "tasks/cancel"] : ["tasks/get", "tasks/cancel"] {
            let answer = try await talk.ask(
                UTF8String(method), ["taskId": task], era: era, capabilities: Self.capable)
            #expect(answer["result"] != nil)
            if let id = answer["result"]?["taskId"] { #expect(id == task) }
        }
        #expect(server.permitted.rest.dropFirst().allSatisfy { $0["params"]?["taskId"] == "t-1" })
        let logged = try await talk.logged().map(\.short)
        #expect(logged.contains("mcp:tasks/get result") && logged.contains("mcp:tasks/cancel result"))
    }

    @Test func `a server of both eras has tasks of either form, for an agent's clients of each`() async throws {
        let server = TalkingServer(
            [.legacy, .modern],
            capabilities: [
                "tools": [:], "tasks": ["list": [:], "cancel": [:], "requests": ["tools": ["call": [:]]]],
                "extensions": ["io.modelcontextprotocol/tasks": [:]],
            ]
        ) { server, message in
            let isModern = message["params"]?["_meta"] != nil
            let state: JSON = ["taskId": isModern ? "new" : "old", "status": "working"]
            guard message["method"] == "tools/call" else { return server.answer(message, state) }
            var result = state.object ?? JSONObject()
            result["resultType"] = "task"
            server.answer(message, isModern ? .object(result) : ["task": state])
        }
        let talk = try await Talk(["one": server])
        try await talk.connect()
        for era in [Era.legacy, .modern, .legacy, .modern] {
            let task = try await Self.start(talk, era)
            let state = try await talk.ask("tasks/get", ["taskId": task], era: era, capabilities: Self.capable)
            #expect(state["result"]?["status"] == "working" && state["result"]?["taskId"] == task)
        }
        let asked = server.permitted.rest.filter { $0["method"] == "tasks/get" }.map { $0["params"]?["taskId"] }
        #expect(asked == ["old", "new", "old", "new"])
    }

    @Test(arguments: ["t-1", "made up"]) func `a task that was not made here is unknown, and not asked about`(
        id: String
    ) async throws {
        let server = Self.server(.legacy)
        let talk = try await Talk(["one": server])
        let answer = try await talk.ask("tasks/get", ["taskId": .text(id)])
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        #expect(server.got.rest.isEmpty)
    }

    @Test func `another agent's task is unknown`() async throws {
        let server = Self.server(.legacy)
        let talk = try await Talk(["one": server])
        let task = try await Self.start(talk, .legacy)
        let other = try await talk.another(Credential.none)
        let answer = try await talk.ask("tasks/get", ["taskId": task], of: other)
        #expect(answer["error"]?["code"]?.int64 == ErrorCode.invalidParams)
    }

    @Test func `a list of tasks has those that were made here`() async throws {
        let server = Self.server(.legacy)
        let talk = try await Talk(["one": server])
        try await talk.connect()
        let task = try await Self.start(talk, .legacy)
        let tasks = try await talk.ask("tasks/list")["result"]?["tasks"]?.array
        #expect(tasks?.compactMap { $0["taskId"] } == [task])
    }

    @Test func `a task that the client did not ask for is no answer`() async throws {
        let server = Self.server(.legacy)
        let talk = try await Talk(["one": server])
        #expect(try await talk.call("echo").isToolError)
        #expect(try await talk.logged().map(\.short) == ["echo error"])
    }
}
