// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Synchronization
import Testing
import WireTypes

@testable import Gateway

/// What a kill switch does to what is under way: calls, questions, streams and waits.
@Suite struct KillFlowTests {
    static let reason = "kill switch: incident 4711"

    /// Throws a switch, and lets this process see it.
    static func kill(_ talk: Talk, _ scope: Receipts.KillScope = .everything, _ target: UTF8String? = nil) async throws
    {
        try await EventLog(talk.fixture.ports).commit(
            .killSwitchOn(scope: scope, target: target, reason: "incident 4711"), actor: "operator")
        try talk.fixture.ports.look()
    }

    /// Takes calls and answers none.
    private static func silent(_ eras: Set<Era> = [.legacy]) -> TalkingServer { TalkingServer(eras) { _, _ in } }

    private static func start(
        _ talk: Talk, era: Era = .legacy, capabilities: JSON = [:], token: JSON? = nil
    ) -> Task<JSON?, Never> {
        var params: JSONObject = JSONObject()
        params["name"] = "echo"
        params["arguments"] = [:]
        if let token { params["_meta"] = ["progressToken": token] }
        let envelope = talk.message("tools/call", .object(params), era: era, capabilities: capabilities)
        let (conversation, sink) = (talk.conversation, talk.sink)
        return Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
    }

    private static func arrived(_ server: TalkingServer, _ method: UTF8String = "tools/call") async throws -> JSON {
        try #require(
            try await within("\(method) at the server") {
                await server.permitted.first { $0["method"] == .string(method) }
            })
    }

    // MARK: calls

    @Test(arguments: CallFlowTests.pairs)
    func `a running call is cancelled at its server, and its client hears why, in the words of its era`(
        client: Era, eras: Set<Era>
    ) async throws {
        let server = Self.silent(eras)
        let talk = try await Talk(["one": server])
        if client == .legacy { try await talk.connect() }
        let call = Self.start(talk, era: client)
        let arrived = try await Self.arrived(server)
        try await Self.kill(talk)
        let answer = try #require(try await within("the refusal") { await call.value })
        #expect(answer.isToolError && answer.said.contains(Self.reason))
        #expect(answer["result"]?["resultType"] == (client == .modern ? "complete" : nil))
        let cancelled = try await within("the cancellation") {
            await server.got.first { $0["method"] == "notifications/cancelled" }
        }
        #expect(cancelled?["params"]?["requestId"] == arrived["id"])
        // The receipt is the one under which it began, and says what became of it.
        let logged = try await talk.logged()
        #expect(logged.map(\.short) == ["echo cancelled"])
        let named = answer["result"]?["_meta"]?["dev.writ/decision"]?["receipt_id"]
        #expect(named == .text(try #require(logged.first).receipt.receiptID.text))
    }

    @Test(
        arguments: [
            (Receipts.KillScope.everything, nil), (.agent, Fixture.agent), (.owner, "org_1"), (.server, "one"),
            (.tool, "one/echo"),
        ] as [(Receipts.KillScope, UTF8String?)])
    func `each scope stops the calls that it covers`(_ scope: Receipts.KillScope, _ target: UTF8String?) async throws {
        let server = Self.silent()
        let talk = try await Talk(["one": server])
        let call = Self.start(talk)
        _ = try await Self.arrived(server)
        try await Self.kill(talk, scope, target)
        #expect(try await within("the refusal") { await call.value }?.said.contains(Self.reason) == true)
        #expect(try await talk.logged().map(\.short) == ["echo cancelled"])
    }

    @Test(
        arguments: [
            (Receipts.KillScope.agent, "agent-passport:other"), (.owner, "org_2"), (.server, "two"),
            (.tool, "one/other"),
        ] as [(Receipts.KillScope, UTF8String?)])
    func `what a switch does not cover goes on`(_ scope: Receipts.KillScope, _ target: UTF8String?) async throws {
        let server = Self.silent()
        let talk = try await Talk(["one": server])
        let call = Self.start(talk)
        let arrived = try await Self.arrived(server)
        try await Self.kill(talk, scope, target)
        server.answer(arrived, TalkingServer.done)
        #expect(try await within("the answer") { await call.value }?.said == "done")
        #expect(try await talk.logged().map(\.short) == ["echo result"])
    }

    @Test func `what the server still says of a call that was stopped reaches nobody`() async throws {
        let server = Self.silent()
        let talk = try await Talk(["one": server])
        try await talk.connect()
        let call = Self.start(talk, token: "t")
        let arrived = try await Self.arrived(server)
        let token = try #require(arrived["params"]?["_meta"]?["progressToken"])
        server.notify("notifications/progress", ["progressToken": token, "progress": 1])
        let progress = try await within("progress") {
            await talk.sink.heard.first { $0["method"] == "notifications/progress" }
        }
        #expect(progress?["params"]?["progressToken"] == "t")
        try await Self.kill(talk)
        _ = try await within("the refusal") { await call.value }
        server.notify("notifications/progress", ["progressToken": token, "progress": 2])
        server.notify("notifications/message", ["level": "error", "data": "secret"])
        server.notify("notifications/tools/list_changed")
        server.answer(arrived, ["content": [["type": "text", "text": "secret"]]])
        #expect(talk.sink.heard.rest.isEmpty)
        #expect(try await talk.logged().map(\.short) == ["echo cancelled"])
    }

    @Test func `a hundred calls that run are all stopped, each with its refusal and its outcome`() async throws {
        let server = Self.silent()
        let talk = try await Talk(["one": server])
        let calls = (0..<100).map { _ in Self.start(talk) }
        for _ in calls { _ = try await Self.arrived(server) }
        #expect(talk.hub.pipeline.switches.count == 100)
        try await Self.kill(talk)
        for call in calls {
            #expect(try await within("a refusal") { await call.value }?.said.contains(Self.reason) == true)
        }
        #expect(talk.hub.pipeline.switches.count == 0)
        let logged = try await talk.logged()
        #expect(logged.count == 100 && logged.allSatisfy { $0.short == "echo cancelled" })
    }

    @Test func `calls that end by themselves leave nothing behind that could be stopped`() async throws {
        let talk = try await Talk(["one": TalkingServer()])
        for _ in 0..<20 { _ = try await talk.call("echo") }
        _ = try await talk.call("echo", ["deny": true])
        #expect(talk.hub.pipeline.switches.count == 0)
    }

    @Test func `a call that is held for its client's retry is stopped, and its outcome does not wait for the retry`()
        async throws
    {
        let server = ServerRequestTests.asking()
        let talk = try await Talk(["one": server])
        let capable = ServerRequestTests.capable
        let asked = try await talk.call("echo", era: .modern, capabilities: capable)
        #expect(asked["result"]?["resultType"] == "input_required")
        try await Self.kill(talk)
        #expect(try await talk.logged().contains { $0.short == "echo cancelled" })
        var retry = JSONObject()
        retry["requestState"] = asked["result"]?["requestState"]
        retry["inputResponses"] = ["ask-1": ServerRequestTests.accepted]
        let answer = try await talk.call("echo", era: .modern, capabilities: capable, retry: retry)
        #expect(answer.said.contains(Self.reason))
        #expect(!server.got.rest.contains { $0["id"] == "s1" && $0["result"] != nil })
    }

    // MARK: questions

    @Test(
        arguments: [
            (Receipts.KillScope.everything, nil, false), (.everything, nil, true), (.tool, "one/echo", false),
        ] as [(Receipts.KillScope, UTF8String?, Bool)])
    func `a question that is with the client is taken back, and its answer goes nowhere`(
        _ scope: Receipts.KillScope, _ target: UTF8String?, _ isModern: Bool
    ) async throws {
        let server = isModern ? ServerRequestTests.requiring() : ServerRequestTests.asking()
        let talk = try await Talk(["one": server])
        try await talk.connect(ServerRequestTests.capable)
        let call = Self.start(talk)
        let question = try await talk.question("elicitation/create")
        try await Self.kill(talk, scope, target)
        let answer = try await within("the refusal") { await call.value }
        #expect(answer?.said.contains(Self.reason) == true)
        let taken = try await within("the end of the question") {
            await talk.sink.heard.first { $0["method"] == "notifications/cancelled" }
        }
        #expect(taken?["params"]?["requestId"] == question["id"])
        talk.answer(question, ServerRequestTests.accepted)
        let logged = try await talk.logged()
        #expect(logged.contains { $0.short == "mcp:elicitation/create cancelled" })
        #expect(!logged.contains { $0.tool == "mcp:answer/elicitation/create" })
    }

    // MARK: streams of news

    private static func listen(_ talk: Talk, _ conversation: ClientConversation) async throws -> Task<JSON?, Never> {
        let envelope = talk.message(
            "subscriptions/listen",
            ["notifications": ["toolsListChanged": true, "resourceSubscriptions": ["notes://a"]]], era: .modern)
        let sink = talk.sink
        let stream = Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
        _ = try await within("the acknowledgement") {
            await sink.heard.first { $0["method"] == "notifications/subscriptions/acknowledged" }
        }
        return stream
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a stream of news of whom a switch covers ends with the reason`(era: Era) async throws {
        let server = SubscriptionTests.server(era)
        let talk = try await Talk(["one": server])
        let stream = try await Self.listen(talk, talk.conversation)
        try await Self.kill(talk, .agent, Fixture.agent)
        let end = try #require(try await within("the end") { await stream.value })
        #expect(end["error"]?["code"]?.int64 == ErrorCode.denied)
        #expect(end["error"]?["message"]?.string?.string.contains(Self.reason) == true)
        #expect(try await talk.logged().allSatisfy { $0.outcome != nil })
    }

    @Test func `a stream of news of whom a switch does not cover goes on`() async throws {
        let server = SubscriptionTests.server(.modern)
        let talk = try await Talk(["one": server])
        let stream = try await Self.listen(talk, talk.conversation)
        try await Self.kill(talk, .agent, "agent-passport:other")
        try await SubscriptionTests.update(server, "notes://a")
        let news = try await within("news") { await talk.sink.heard.first { _ in true } }
        #expect(news?["params"]?["uri"] == "notes://a")
        stream.cancel()
        _ = await stream.value
    }

    @Test func `a switch for a server ends what is heard of its resources, and no stream`() async throws {
        let server = SubscriptionTests.server(.modern)
        let talk = try await Talk(["one": server])
        let stream = try await Self.listen(talk, talk.conversation)
        try await Self.kill(talk, .server, "one")
        try await SubscriptionTests.update(server, "notes://a")
        #expect(talk.sink.heard.rest.isEmpty)
        let ended = try await within("the end at the server") {
            await server.got.first { $0["method"] == "notifications/cancelled" }
        }
        #expect(ended != nil)
        stream.cancel()
        #expect(await stream.value == nil)
    }

    @Test func `who is stopped hears no news of lists, and whoever asks is told so`() async throws {
        let server = TalkingServer()
        let talk = try await Talk(["one": server])
        try await talk.connect()
        _ = try await talk.ask("tools/list")
        try await Self.kill(talk, .agent, Fixture.agent)
        server.notify("notifications/tools/list_changed")
        #expect(talk.sink.heard.rest.isEmpty)
        let stopped = Mutex(0)
        let unwatch = talk.hub.whenStopped(talk.conversation.principal) { stopped.withLock { $0 += 1 } }
        #expect(stopped.withLock { $0 } == 1)
        unwatch()
    }

    // MARK: answers that are not taken

    @Test func `an answer that its client has not taken when the switch comes is not given`() async throws {
        let server = TalkingServer()
        let talk = try await Talk(["one": server])
        let envelope = talk.message("tools/call", ["name": "echo", "arguments": [:]], era: .legacy)
        let answered = await talk.conversation.answered(envelope, frameBytes: 1, sink: talk.sink)
        #expect(answered.message?.said == "done")
        #expect(answered.refusal?() == nil)
        try await Self.kill(talk)
        #expect(answered.refusal?()?.said.contains(Self.reason) == true)
        answered.settle()
        #expect(try await talk.logged().map(\.short) == ["echo result"])
    }
}
