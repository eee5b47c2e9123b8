// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// A server without a process: a transport that answers as a test says.
final class FakeServer: UpstreamTransport {
    /// What it does about a message, on the thread that sends it.
    typealias Script = @Sendable (FakeServer, JSON) -> Void

    /// How it takes part in a handshake.
    enum Habit: Sendable, CaseIterable {
        /// Knows no revision but those with a handshake, and says so in the usual way, or in Python's.
        case legacy, pythonLegacy
        /// Knows no handshake, and says so with -32022, -32601 or nothing.
        case modern, modernUnknownMethod, modernSilent
        /// Knows both, in any order.
        case dual
        /// Says nothing to what it does not know.
        case legacySilent
        /// Ends over a question that it does not know.
        case legacyFragile
        /// Lists the revisions of both eras, as none should.
        case confused
    }

    private struct State {
        var receiver: (any UpstreamReceiver)?
        var hasEnded = false
        var isClosed = false
    }

    let habit: Habit
    let hasRequestStreams: Bool
    private let script: Script
    private let state = Mutex(State())
    /// Messages that it got, after the handshake and within.
    let got = Inbox<JSON>()
    let heads = Inbox<MessageHead>()
    let abandoned = Inbox<Int64>()
    let closed = Inbox<Void>()

    init(_ habit: Habit = .legacy, hasRequestStreams: Bool = false, _ script: @escaping Script = { _, _ in }) {
        self.habit = habit
        self.hasRequestStreams = hasRequestStreams
        self.script = script
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    // MARK: UpstreamTransport

    func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) {
        state.withLock { $0.receiver = receiver }
    }

    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        try alive()
        guard let bytes = permit.spend().take() else { return onExpired() }
        do throws(JSONError) { take(try JSON(parsing: bytes), head) } catch {
            Issue.record("a permit's bytes are no JSON: \(error)")
        }
    }

    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        try alive()
        take(message.json, head)
    }

    func abandon(_ id: Int64) { abandoned.add(id) }

    func close() async {
        state.withLock { $0.isClosed = true }
        end(UpstreamFailure(.ended, "closed"))
        closed.add(())
    }

    private func alive() throws(UpstreamFailure) {
        if state.withLock({ $0.hasEnded }) { throw UpstreamFailure(.ended, "the fake server has ended") }
    }

    // MARK: What it says

    func say(_ message: JSON, on stream: Int64? = nil) { say(message.serialized(), on: stream) }

    func say(_ line: [UInt8], on stream: Int64? = nil) {
        state.withLock { $0.receiver }?.received(ReadFrame(.line(line)), on: stream)
    }

    func answer(_ request: JSON, _ result: JSON, on stream: Int64? = nil) {
        guard let id = request["id"] else { return }
        say(["jsonrpc": "2.0", "id": id, "result": result], on: stream)
    }

    func refuse(_ request: JSON, _ code: Int64, data: JSON? = nil) {
        guard let id = request["id"].flatMap(RequestID.init) else { return }
        say(Message.error(id, code: code, "no", data: data))
    }

    func end(_ failure: UpstreamFailure) {
        let receiver = state.withLock { state in
            defer { state.hasEnded = true }
            return state.hasEnded ? nil : state.receiver
        }
        receiver?.ended(failure)
    }

    func streamEnded(of request: Int64, _ failure: UpstreamFailure?) {
        state.withLock { $0.receiver }?.streamEnded(of: request, failure)
    }

    private func take(_ message: JSON, _ head: MessageHead) {
        got.add(message)
        heads.add(head)
        switch message["method"] {
        case "initialize": initialize(message)
        case "server/discover": discover(message)
        default: script(self, message)
        }
    }

    private func initialize(_ message: JSON) {
        switch habit {
        case .legacy, .pythonLegacy, .dual, .legacySilent, .legacyFragile, .confused:
            answer(
                message,
                [
                    "protocolVersion": message["params"]?["protocolVersion"] ?? .null, "capabilities": ["tools": [:]],
                    "serverInfo": ["name": "fake", "version": "1"], "instructions": "be kind",
                ])
        case .modern: refuse(message, -32022, data: ["supported": ["2026-07-28"]])
        case .modernUnknownMethod: refuse(message, -32601)
        case .modernSilent: break
        }
    }

    private func discover(_ message: JSON) {
        switch habit {
        case .modern, .modernUnknownMethod, .modernSilent, .dual:
            answer(
                message,
                [
                    "resultType": "complete", "supportedVersions": ["2026-07-28", "2099-01-01"],
                    "capabilities": ["tools": [:]], "ttlMs": 0, "cacheScope": "private",
                    "_meta": ["io.modelcontextprotocol/serverInfo": ["name": "fake", "version": "1"]],
                ])
        case .confused:
            answer(message, ["resultType": "complete", "supportedVersions": ["2025-11-25"], "capabilities": [:]])
        case .legacy: refuse(message, -32601)
        case .pythonLegacy: refuse(message, -32602)
        case .legacySilent: break
        case .legacyFragile: end(UpstreamFailure(.ended, "fell over"))
        }
    }
}

/// Makes fake servers, and remembers them.
final class FakeServers: TransportFactory {
    private let make: @Sendable (_ alias: UTF8String, _ number: Int) -> FakeServer
    private let made = Mutex<[FakeServer]>([])
    let principals = Inbox<Principal>()

    init(_ make: @escaping @Sendable (_ alias: UTF8String, _ number: Int) -> FakeServer) { self.make = make }

    var all: [FakeServer] { made.withLock { $0 } }
    var alive: Int { all.count { !$0.isClosed } }

    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        principals.add(principal)
        return made.withLock { made in
            let fake = make(server.alias, made.count)
            made.append(fake)
            return fake
        }
    }
}
