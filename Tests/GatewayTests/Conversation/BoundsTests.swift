// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import PortTesting
import Receipts
import StrictJSON
import Synchronization
import Testing
import WireTypes

@testable import Gateway

/// What must not get past the hub beside decisions, and what nobody may take from others.
@Suite struct BoundsTests {
    // MARK: Beside decisions

    @Test func `a log level is told without anything else that the client wrote`() async throws {
        let talking = TalkingServer { server, message in server.answer(message, [:]) }
        let talk = try await Talk(["one": talking])
        try await talk.connect()
        _ = try await talk.ask("logging/setLevel", ["level": "info", "note": "a secret", "_meta": ["x": 1]])
        #expect(talking.got.rest.map { $0["params"] } == [["level": "info"]])
    }

    @Test func `a client's words about itself reach a server without what is in them`() async throws {
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking])
        let long = JSON.text(String(repeating: "x", count: 5000))
        _ = try await talk.ask(
            "initialize",
            [
                "protocolVersion": "2025-11-25",
                "capabilities": [
                    "sampling": ["tools": ["leak": 1], "more": 2], "roots": ["listChanged": "a secret"],
                    "elicitation": ["form": ["leak": 1], "url": [:], "fax": [:]],
                ],
                "clientInfo": ["name": "test", "version": "1", "title": long, "icons": [["src": "data:,leak"]]],
            ])
        let params = talking.hello?["params"]
        #expect(params?["clientInfo"] == ["name": "test", "version": "1"])
        #expect(
            params?["capabilities"] == [
                "sampling": ["tools": [:]], "roots": [:], "elicitation": ["form": [:], "url": [:]],
            ])
    }

    @Test func `headers repeat the arguments as they were judged, however deep`() {
        let tool: JSON = [
            "inputSchema": [
                "type": "object",
                "properties": [
                    "where": ["type": "object", "properties": ["path": ["type": "string", "x-mcp-header": "Path"]]]
                ],
            ]
        ]
        let judged: JSON = ["where": ["path": "/srv/a"]]
        #expect(
            HeaderParameters.of(tool.object, judged) == [MessageHead.HeaderParameter(name: "Path", value: "/srv/a")])
        let invalid: JSON = [
            "inputSchema": ["properties": ["path": ["type": "string", "x-mcp-header": "X\r\nAuthorization"]]]
        ]
        #expect(HeaderParameters.of(invalid.object, ["path": "a"]).isEmpty)
    }

    @Test func `tasks are listed for whom they could be permitted`() async throws {
        for isPermitted in [true, false] {
            let forbid = isPermitted ? "" : #"forbid (principal, action == Action::"mcp:tasks/get", resource);"#
            let talk = try await Talk(
                ["one": TaskFlowTests.server(.legacy)], policies: "permit (principal, action, resource);\n" + forbid)
            try await talk.connect()
            _ = try await talk.ask("tools/call", ["name": "echo", "task": ["ttl": 1000]])
            let listed = try await talk.ask("tasks/list")["result"]?["tasks"]?.array
            #expect(listed?.count == (isPermitted ? 1 : 0))
        }
    }

    @Test(arguments: [KillSwitchKind.everything, .server, .agent], [Era.legacy, .modern])
    func `a kill switch stops the news that were subscribed to before`(kind: KillSwitchKind, era: Era) async throws {
        let server = SubscriptionTests.server(era)
        let talk = try await Talk(["one": server])
        try await talk.connect()
        _ = try await talk.ask("resources/subscribe", ["uri": "notes://a"])
        try await SubscriptionTests.update(server, "notes://a")
        #expect(talk.sink.heard.rest.count == 1)
        try await EventLog(talk.fixture.ports).commit(kind.event, actor: "operator")
        try await SubscriptionTests.update(server, "notes://a")
        #expect(talk.sink.heard.rest.count == 1)
    }

    enum KillSwitchKind: CaseIterable, Sendable {
        case everything, server, agent

        var event: EventDetails {
            switch self {
            case .everything: .killSwitchOn(scope: .everything, target: nil, reason: "why")
            case .server: .killSwitchOn(scope: .server, target: "one", reason: "why")
            case .agent: .passportSuspended(agentID: Fixture.agent, reason: "why")
            }
        }
    }

    @Test func `a question that expired before the client took it was not made`() async throws {
        let talk = try await Talk(["one": ServerRequestTests.asking()])
        try await talk.connect(ServerRequestTests.capable)
        let envelope = talk.message("tools/call", ["name": "echo", "arguments": [:]], era: .legacy)
        let conversation = talk.conversation
        _ = try await within("the answer") {
            await conversation.answer(envelope, frameBytes: 1, sink: ExpiringSink())
        }
        #expect(try await talk.logged().map(\.short).contains("mcp:elicitation/create not_forwarded"))
    }

    // MARK: Of one agent, beside others

    @Test func `one passport is one principal, however its file is written`() async throws {
        let talk = try await Talk(["one": TalkingServer()])
        guard case .passport(let bytes) = talk.fixture.credential else { return }
        let spelled = try JSON(parsing: bytes).serialized() + Array("\n \n".utf8)
        #expect(spelled != bytes)
        #expect(try await talk.hub.principal(.passport(spelled)).get() == talk.conversation.principal)
    }

    @Test func `principals that are gone are forgotten, and their servers end`() async throws {
        var limits = Talk.patient
        limits.principals = 2
        let talking = TalkingServer()
        let talk = try await Talk(["one": talking], limits: limits)
        for number in 0..<5 {
            let other = try await talk.another(.passport([UInt8(number)]))
            _ = try await talk.ask("tools/list", of: other)
            await other.close()
        }
        #expect(talk.hub.remembered <= 2)
        // Who is there stays.
        #expect(!(try await talk.call("echo").isToolError))
    }

    @Test func `an agent whose server does not open does not keep another's calls from being decided`() async throws {
        var limits = Talk.patient
        limits.decidingBytes = 100
        let fixture = try Fixture(policies: Talk.permissive)
        let silent = FakeServer(.legacySilent)
        let hub = Hub(
            ["one", "slow"].map { (alias: UTF8String) in
                var server = LinkSamples.server(alias)
                server.firstSight = .firstUse
                return server
            }, pipeline: DecisionPipeline(fixture.ports),
            transports: SlowOne(silent: silent), key: Fixture.key, clock: fixture.clock, random: fixture.ports.random,
            limits: limits, note: { _ in })
        let slow = hub.conversation(
            Principal(agentID: "agent-passport:slow", credential: .passport([1])), scope: .server("slow"),
            door: .httpSession, general: TestSink())
        let message: JSON = ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": "echo"]]
        let call = try Envelope(message)
        let waiting = Task { await slow.answer(call, frameBytes: 1000, sink: TestSink()) }
        _ = try await within("the slow server's start") { await silent.got.first { _ in true } }
        let principal = try await hub.principal(fixture.credential).get()
        let quick = hub.conversation(principal, scope: .server("one"), door: .httpSession, general: TestSink())
        let answer = try await within("an answer") { await quick.answer(call, frameBytes: 1000, sink: TestSink()) }
        #expect(answer?["result"]?["isError"] != true)
        waiting.cancel()
        _ = await waiting.value
        await hub.close()
    }

    @Test func `one agent holds a part of the calls that may be held`() {
        let held = HeldCalls(max: 8)
        let keys = (0..<3).map { _ in held.reserve(LinkSamples.alice) }
        #expect(keys.map { $0 != nil } == [true, true, false])
        #expect(held.reserve(LinkSamples.bob) != nil)
        if let key = keys[0] { held.release(key) }
        #expect(held.reserve(LinkSamples.alice) != nil)
    }

    // MARK: What stays

    @Test func `listening for changed lists keeps no link in use`() async throws {
        let talking = TalkingServer([.modern])
        let talk = try await Talk(["one": talking])
        _ = try await talk.ask("tools/list", era: .modern)
        _ = try await within("the gateway's ear") { await talking.watches.first { _ in true } }
        let client = ClientFacts(era: .modern, version: "2026-07-28", capabilities: JSONObject(), info: nil)
        let link = try await talk.hub.pool.link("one", talk.conversation.principal, client: client)
        let server = try #require(link as? ServerLink)
        try await within("idleness") { while server.idleSince == nil { await Task.yield() } }
    }

    @Test func `a subscription that comes after the client has left is ended`() async throws {
        let subscriptions = Subscriptions(max: 8)
        subscriptions.endAll()
        let task = Task<Void, Never> { do { try await Task.sleep(for: .seconds(3600)) } catch {} }
        subscriptions.add(ServerName("one", "notes://a"), task)
        try await within("its end") { await task.value }
    }

    @Test func `a listing that could not be logged is made again for the next call`() async throws {
        let talk = try await Talk(["one": TalkingServer()]) { FailingLedger(ledger: $0, failures: FailureCount()) }
        #expect(try await talk.call("echo").isToolError)
        #expect(!(try await talk.call("echo").isToolError))
    }

    @Test func `who takes a call back does not wait for the server's list`() async throws {
        let talking = SilentLists()
        let fixture = try Fixture(policies: Talk.permissive)
        let hub = Hub(
            [LinkSamples.server("one")], pipeline: DecisionPipeline(fixture.ports), transports: talking,
            key: Fixture.key, clock: fixture.clock, random: fixture.ports.random, limits: Talk.patient, note: { _ in })
        let principal = try await hub.principal(fixture.credential).get()
        let conversation = hub.conversation(
            principal, scope: .server("one"), door: .httpSession, general: TestSink())
        let message: JSON = ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": "echo"]]
        let call = try Envelope(message)
        let answer = Task { await conversation.answer(call, frameBytes: 1, sink: TestSink()) }
        _ = try await within("the question") { await talking.server.got.first { $0["method"] == "tools/list" } }
        answer.cancel()
        #expect(try await within("the end") { await answer.value } == nil)
        await hub.close()
    }
}

/// A client that takes nothing in time.
private final class ExpiringSink: MessageSink {
    @discardableResult func send(_ message: JSON) -> Bool { true }

    func send(_ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void) -> Bool {
        onExpired()
        return true
    }
}

/// One server that answers, and one that says nothing.
private struct SlowOne: TransportFactory {
    let silent: FakeServer

    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        server.alias == "slow" ? silent : TalkingServer().transport(for: server, principal: principal)
    }
}

/// A server that says hello and lists nothing, ever.
private struct SilentLists: TransportFactory {
    let server = FakeServer(.legacy)

    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport { self.server }
}

/// How often a ledger is still to fail.
private final class FailureCount: Sendable {
    private let left = Mutex(1)

    var isNext: Bool {
        left.withLock { left in
            defer { left = max(0, left - 1) }
            return left > 0
        }
    }
}

/// A ledger that is busy when a tool is first seen.
private struct FailingLedger: Ledger {
    let ledger: any Ledger
    let failures: FailureCount

    func state() throws(LedgerError) -> LedgerState { try ledger.state() }

    func commit(_ request: CommitRequest) async throws(LedgerError) -> CommitResult {
        if case .toolApproved? = request.change, failures.isNext { throw LedgerError(.busy, "busy") }
        return try await ledger.commit(request)
    }

    func isFrozen(session: UTF8String) throws(LedgerError) -> Bool { try ledger.isFrozen(session: session) }

    func append(later request: CommitRequest) throws(LedgerError) { try ledger.append(later: request) }

    func content(_ digest: Digest) throws(LedgerError) -> [UInt8]? { try ledger.content(digest) }
}
