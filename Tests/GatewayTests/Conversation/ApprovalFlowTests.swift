// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import PortTesting
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

@testable import Gateway

/// `@approval`: the client's own user is asked where that is enough, and others are waited for where the client hears of
/// progress.
@Suite struct ApprovalFlowTests {
    static let capable: JSON = ["elicitation": [:]]
    static let yes: JSON = ["action": "accept", "content": ["approve": true]]
    private static let alice: @Sendable () throws -> Ed25519KeyPair = {
        try Ed25519KeyPair(seed: [UInt8](repeating: 41, count: 32))
    }
    private static let policies = """
        @id("ask") @approval("finance")
        permit (principal, action == Action::"one/echo", resource);
        @id("rest")
        permit (principal, action, resource) unless { action == Action::"one/echo" };
        """

    private static func talk(
        _ assurance: ApprovalAssurance, limits: GatewayLimits = Talk.patient
    ) async throws -> (Talk, TalkingServer) {
        let server = TalkingServer { server, message in
            if message["method"] == "tools/call" { server.answer(message, TalkingServer.done) }
        }
        let approver = ApprovalRules.Approver(name: "alice", publicKey: try alice().publicKey)
        let rules = ApprovalRules(
            groups: ["finance": ApprovalRules.Group(assurance: assurance, approvers: [approver])])
        return (try await Talk(["one": server], policies: policies, limits: limits, approvals: rules), server)
    }

    private static func start(_ talk: Talk, token: JSON? = nil) -> Task<JSON?, Never> {
        var params: JSONObject = JSONObject()
        params["name"] = "echo"
        params["arguments"] = ["text": "hello\u{202e}"]
        if let token { params["_meta"] = ["progressToken": token] }
        let envelope = talk.message("tools/call", .object(params), era: .legacy)
        let (conversation, sink) = (talk.conversation, talk.sink)
        return Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
    }

    private static func open(_ talk: Talk) throws -> [ApprovalRecord] {
        try talk.fixture.ledger.approvals(.open(agent: nil, at: talk.fixture.clock.now(), limit: 10))
    }

    // MARK: clients of the handshake revisions

    @Test func `the client's user is asked while the call is held, and a yes is one call`() async throws {
        let (talk, server) = try await Self.talk(.client)
        try await talk.connect(Self.capable)
        let call = Self.start(talk)
        let question = try await talk.question("elicitation/create")
        let text = try #require(question["params"]?["message"]?.string?.string)
        #expect(text.contains("finance") && text.contains("echo") && text.contains("hello\\u{202e}"))
        #expect(server.permitted.rest.isEmpty, "nothing has run yet")
        talk.answer(question, Self.yes)
        let answer = try #require(await call.value)
        #expect(!answer.isToolError, "\(answer)")
        #expect(server.permitted.rest.count == 1)
        let used = try talk.fixture.calls().compactMap(\.receipt.approval).last
        #expect(used?.state == .consumed && used?.by.map(\.assurance) == [.client])
        // The next call is asked about again.
        let next = Self.start(talk)
        talk.answer(try await talk.question("elicitation/create"), ["action": "decline"])
        #expect(try #require(await next.value).isToolError)
        #expect(server.permitted.rest.count == 1)
    }

    @Test(
        arguments: [
            ["action": "decline"], ["action": "cancel"], ["action": "accept"],
            ["action": "accept", "content": ["approve": false]], ["action": "accept", "content": ["approve": "yes"]],
            [:],
        ] as [JSON])
    func `what is no yes runs nothing`(_ said: JSON) async throws {
        let (talk, server) = try await Self.talk(.client)
        try await talk.connect(Self.capable)
        let call = Self.start(talk)
        talk.answer(try await talk.question("elicitation/create"), said)
        #expect(try #require(await call.value).isToolError)
        #expect(server.permitted.rest.isEmpty)
    }

    @Test(arguments: [ApprovalAssurance.sameUser, .separateUser].prefix(1))
    func `a client is not even asked where the group demands more, and cannot answer unasked`(
        _ assurance: ApprovalAssurance
    ) async throws {
        let (talk, server) = try await Self.talk(assurance)
        try await talk.connect(Self.capable)
        let refused = try await talk.call("echo")
        #expect(refused.isToolError)
        for id in ["writ-1", "writ-2"] as [JSON] { talk.take(["jsonrpc": "2.0", "id": id, "result": Self.yes]) }
        #expect(try await talk.call("echo").isToolError)
        #expect(!talk.sink.heard.rest.contains { $0["method"] == "elicitation/create" })
        #expect(server.permitted.rest.isEmpty)
        #expect(try Self.open(talk).count == 1)
    }

    @Test func `a client that hears of progress waits for whoever approves, and hears for whom`() async throws {
        let (talk, server) = try await Self.talk(.sameUser)
        try await talk.connect()
        let call = Self.start(talk, token: "t1")
        let sink = talk.sink
        let progress = try await within("progress") {
            await sink.heard.first { $0["method"] == "notifications/progress" }
        }
        #expect(progress?["params"]?["progressToken"] == "t1")
        let record = try #require(try Self.open(talk).first)
        #expect(progress?["params"]?["message"]?.string?.string.contains(record.id.text) == true)
        let rules = try talk.fixture.ports.rules.current().approvals
        let approver = try #require(rules.groups["finance"]?.approver("alice"))
        let act = try record.event(
            .grant, by: approver, assurance: .sameUser, log: talk.fixture.ports.origin, at: talk.fixture.clock.now()
        ).signed(byActor: Self.alice())
        _ = try await EventLog(talk.fixture.ports).take(act, rules, requesters: []).get()
        let answer = try #require(try await within("the call") { await call.value })
        #expect(!answer.isToolError, "\(answer)")
        #expect(server.permitted.rest.count == 1)
    }

    @Test(arguments: [ApprovalAssurance.client, .sameUser])
    func `a call that waits for an approval ends with the kill switch, and is not made when it is approved later`(
        _ assurance: ApprovalAssurance
    ) async throws {
        let (talk, server) = try await Self.talk(assurance)
        try await talk.connect(assurance == .client ? Self.capable : [:])
        let call = Self.start(talk, token: "t1")
        let sink = talk.sink
        let method: JSON = assurance == .client ? "elicitation/create" : "notifications/progress"
        let question = try #require(
            try await within("the wait") { await sink.heard.first { $0["method"] == method } })
        try await KillFlowTests.kill(talk, .tool, "one/echo")
        let answer = try #require(try await within("the refusal") { await call.value })
        #expect(answer.isToolError && answer.said.contains(KillFlowTests.reason), "\(answer)")
        if assurance == .client { talk.answer(question, Self.yes) }
        #expect(try talk.fixture.calls().allSatisfy { !$0.receipt.allow })
        #expect(server.permitted.rest.isEmpty)
        #expect(talk.hub.pipeline.switches.count == 0)
    }

    @Test func `a wait has an end, and the call still waits for its approval`() async throws {
        var limits = Talk.patient
        limits.approvalWaitMilliseconds = 1
        let (talk, server) = try await Self.talk(.sameUser, limits: limits)
        try await talk.connect()
        let answer = try #require(await Self.start(talk, token: 1).value)
        #expect(answer.isToolError)
        #expect(server.permitted.rest.isEmpty)
        #expect(try Self.open(talk).count == 1)
    }

    // MARK: clients of the stateless revision

    private static func retry(_ result: JSON, _ said: JSON) -> JSONObject {
        var retry = JSONObject()
        retry["requestState"] = result["requestState"]
        retry["inputResponses"] = ["writ-approval": said]
        return retry
    }

    @Test func `a client of the stateless revision is asked by a result, and its retry makes the call, once`()
        async throws
    {
        let (talk, server) = try await Self.talk(.client)
        let asked = try await talk.call("echo", ["a": 1], era: .modern, capabilities: Self.capable)
        let result = try #require(asked["result"])
        #expect(result["resultType"] == "input_required")
        #expect(result["inputRequests"]?["writ-approval"]?["method"] == "elicitation/create")
        #expect(server.permitted.rest.isEmpty)
        let retry = Self.retry(result, Self.yes)
        // Another call under the same state is none of its business.
        let stolen = try await talk.call("echo", ["a": 2], era: .modern, capabilities: Self.capable, retry: retry)
        #expect(stolen["error"]?["code"]?.int64 == ErrorCode.invalidParams)
        #expect(server.permitted.rest.isEmpty)
        let answer = try await talk.call("echo", ["a": 1], era: .modern, capabilities: Self.capable, retry: retry)
        #expect(!answer.isToolError && answer["result"]?["resultType"] == "complete", "\(answer)")
        let sent = try #require(server.permitted.rest.first)
        #expect(sent["params"]?["inputResponses"] == nil && sent["params"]?["requestState"] == nil)
        // The same retry again: the approval is used up, and the call is asked about anew.
        let again = try await talk.call("echo", ["a": 1], era: .modern, capabilities: Self.capable, retry: retry)
        #expect(again["result"]?["resultType"] == "input_required")
        #expect(server.permitted.rest.count == 1)
    }

    @Test func `two retries at once make one call`() async throws {
        let (talk, server) = try await Self.talk(.client)
        let asked = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        let retry = Self.retry(try #require(asked["result"]), Self.yes)
        async let first = talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        async let second = talk.call("echo", era: .modern, capabilities: Self.capable, retry: retry)
        _ = try await (first, second)
        #expect(server.permitted.rest.count == 1)
    }

    @Test func `a client cannot make its own state, nor approve what it was not asked about`() async throws {
        let (talk, server) = try await Self.talk(.sameUser)
        let refused = try await talk.call("echo", era: .modern, capabilities: Self.capable)
        #expect(refused.isToolError && refused["result"]?["resultType"] != "input_required")
        for state in ["made-up", "", "e30"] as [JSON] {
            let answer = try await talk.call(
                "echo", era: .modern, capabilities: Self.capable,
                retry: Self.retry(["requestState": state], Self.yes))
            #expect(answer["error"] != nil || answer.isToolError)
        }
        #expect(server.permitted.rest.isEmpty)
    }
}
