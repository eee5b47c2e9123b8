// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Packs
import Passports
import PortTesting
import Receipts
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// A client's end of a conversation in memory: keeps what it is sent.
final class TestSink: MessageSink {
    let heard = Inbox<JSON>()
    private let isFull = Mutex(false)

    func fill() { isFull.withLock { $0 = true } }

    @discardableResult func send(_ message: JSON) -> Bool {
        guard !isFull.withLock({ $0 }) else { return false }
        heard.add(message)
        return true
    }

    func send(_ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void) -> Bool {
        guard !isFull.withLock({ $0 }) else { return false }
        guard let bytes = permit.spend().take() else {
            onExpired()
            return true
        }
        do throws(JSONError) { heard.add(try JSON(parsing: bytes)) } catch {
            Issue.record("a permit's bytes are no JSON: \(error)")
        }
        return true
    }
}

/// A hub with servers in memory, and one client's conversation with it.
final class Talk: Sendable {
    static let permissive = """
        @id("all")
        permit (principal, action, resource);
        @id("not-that-one")
        @reason("not that one")
        forbid (principal, action, resource) when { context.input has deny };
        @id("no-forbidden")
        @reason("forbidden")
        forbid (principal, action == Action::"one/forbidden", resource);
        """

    /// Tests run many at a time: nobody is left out for being slow.
    static let patient: GatewayLimits = {
        var limits = GatewayLimits()
        limits.mergeMilliseconds = 600_000
        return limits
    }()

    let fixture: Fixture
    let hub: Hub
    let conversation: ClientConversation
    let sink = TestSink()
    let notes = Inbox<String>()
    private let lastID = Mutex<Int64>(0)

    init(
        _ servers: [UTF8String: TalkingServer], policies: String = Talk.permissive, scope: Scope = .server("one"),
        door: DoorKind = .stdio, firstSight: ServerDescription.FirstSight = .firstUse,
        limits: GatewayLimits = Talk.patient, isHTTP: Bool = false, packs: ToolPacks = ToolPacks(),
        wrapping wrap: (any Ledger) -> any Ledger = { $0 }, passport: (inout PassportDraft) throws -> Void = { _ in }
    ) async throws {
        fixture = try Fixture(policies: policies, packs: packs, wrapping: wrap, passport: passport)
        let descriptions = servers.keys.sorted().map { alias in
            var server = LinkSamples.server(alias, isProcess: !isHTTP)
            server.firstSight = firstSight
            return server
        }
        hub = Hub(
            descriptions, pipeline: DecisionPipeline(fixture.ports), transports: TalkingServers(servers: servers),
            key: Fixture.key, clock: fixture.clock, random: fixture.ports.random, limits: limits,
            note: { [notes] in notes.add($0) })
        let principal = try await hub.principal(fixture.credential).get()
        conversation = hub.open(principal, scope: scope, door: door, general: sink, session: "session-1")
    }

    /// Another client of the same hub.
    func another(_ credential: Credential? = nil, scope: Scope = .server("one")) async throws -> ClientConversation {
        let principal =
            credential.map { Principal(agentID: "agent-passport:somebody", credential: $0) } ?? conversation.principal
        return hub.open(principal, scope: scope, door: .stdio, general: TestSink(), session: "session-2")
    }

    // MARK: What the client says

    func message(_ method: UTF8String, _ params: JSON?, era: Era, capabilities: JSON = [:]) -> Envelope {
        let id = lastID.withLock { id in
            id += 1
            return id
        }
        var message = JSONObject()
        message["jsonrpc"] = "2.0"
        message["id"] = .integer(id)
        message["method"] = .string(method)
        var body = params?.object ?? JSONObject()
        if era == .modern {
            var meta = body["_meta"]?.object ?? JSONObject()
            meta["io.modelcontextprotocol/protocolVersion"] = "2026-07-28"
            meta["io.modelcontextprotocol/clientInfo"] = ["name": "test", "version": "1"]
            meta["io.modelcontextprotocol/clientCapabilities"] = capabilities
            body["_meta"] = .object(meta)
        }
        if params != nil || !body.isEmpty { message["params"] = .object(body) }
        do throws(EnvelopeError) { return try Envelope(.object(message)) } catch {
            fatalError("the test's own message is out of form: \(error)")
        }
    }

    @discardableResult
    func ask(
        _ method: UTF8String, _ params: JSON? = nil, era: Era = .legacy, capabilities: JSON = [:],
        of other: ClientConversation? = nil
    ) async throws -> JSON {
        let envelope = message(method, params, era: era, capabilities: capabilities)
        let conversation = other ?? conversation
        let sink = sink
        let answer = try await within("an answer to \(method)") {
            await conversation.answer(envelope, frameBytes: 100, sink: sink)
        }
        return try #require(answer, "the request was taken back")
    }

    func call(
        _ tool: UTF8String, _ arguments: JSON = [:], era: Era = .legacy, capabilities: JSON = [:],
        retry: JSONObject = JSONObject()
    ) async throws -> JSON {
        var params: JSONObject = JSONObject()
        params["name"] = .string(tool)
        params["arguments"] = arguments
        for member in retry.members { params[member.key] = member.value }
        return try await ask("tools/call", .object(params), era: era, capabilities: capabilities)
    }

    /// Says hello as a client of the handshake revisions.
    @discardableResult
    func connect(_ capabilities: JSON = [:]) async throws -> JSON {
        let answer = try await ask(
            "initialize",
            [
                "protocolVersion": "2025-11-25", "capabilities": capabilities,
                "clientInfo": ["name": "test", "version": "1"],
            ])
        tell("notifications/initialized")
        return answer
    }

    func tell(_ method: UTF8String, _ params: JSON? = nil) {
        var message: JSONObject = JSONObject()
        message["jsonrpc"] = "2.0"
        message["method"] = .string(method)
        message["params"] = params
        take(.object(message))
    }

    func take(_ message: JSON) {
        do throws(EnvelopeError) { conversation.take(try Envelope(message)) } catch {
            Issue.record("the test's own message is out of form: \(error)")
        }
    }

    /// The next request that the client is sent.
    func question(_ method: UTF8String) async throws -> JSON {
        let sink = sink
        let question = try await within(UTF8String("\(method)").string) {
            await sink.heard.first { $0["method"] == .string(method) && $0["id"] != nil }
        }
        return try #require(question)
    }

    func answer(_ question: JSON, _ result: JSON) {
        take(["jsonrpc": "2.0", "id": question["id"] ?? .null, "result": result])
    }

    // MARK: What was logged

    /// Waits until every outcome that is owed is logged; then all decisions.
    func logged() async throws -> [LoggedCall] {
        let hub = hub
        let isSettled = try await onThread { hub.recorder.waitUntilSettled(within: .after(milliseconds: 60_000)) }
        #expect(isSettled, "every allowed decision has an outcome")
        return try fixture.calls()
    }

    func end() async { await hub.close() }
}

extension LoggedCall {
    /// `tool status`, for tables.
    var short: String { "\(tool?.string ?? "?") \(receipt.allow ? outcome?.status.rawValue ?? "owed" : "denied")" }
}
