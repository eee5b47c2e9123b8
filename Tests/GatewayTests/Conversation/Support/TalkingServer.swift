// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// A server in memory that speaks as a test says, and keeps what reached it, by a permit or without.
final class TalkingServer: UpstreamTransport, TransportFactory {
    typealias Script = @Sendable (TalkingServer, JSON) -> Void

    private struct State {
        var receiver: (any UpstreamReceiver)?
        var tools: [JSON]
        var opened = 0
        var hello: JSON?
    }

    let eras: Set<Era>
    let capabilities: JSON
    private let script: Script
    private let state: Mutex<State>
    /// Everything that reached it but handshakes and lists.
    let got = Inbox<JSON>()
    /// The streams of news that the gateway itself listens to.
    let watches = Inbox<JSON>()
    /// What came by a permit.
    let permitted = Inbox<JSON>()
    /// What came beside it.
    let heads = Inbox<MessageHead>()

    static let everything: JSON = [
        "tools": ["listChanged": true], "prompts": [:], "resources": ["subscribe": true], "completions": [:],
        "logging": [:],
    ]

    init(
        _ eras: Set<Era> = [.legacy], capabilities: JSON = TalkingServer.everything, tools: [UTF8String] = ["echo"],
        _ script: @escaping Script = { server, request in server.answer(request, TalkingServer.done) }
    ) {
        self.eras = eras
        self.capabilities = capabilities
        self.script = script
        state = Mutex(State(tools: tools.map { Self.tool($0) }))
    }

    static let done: JSON = ["content": [["type": "text", "text": "done"]]]

    static func tool(_ name: UTF8String, _ description: UTF8String = "does it") -> JSON {
        ["name": .string(name), "description": .string(description), "inputSchema": ["type": "object"]]
    }

    /// Lists other tools from now on.
    func list(_ tools: [JSON]) { state.withLock { $0.tools = tools } }

    /// The handshake that it was begun with.
    var hello: JSON? { state.withLock { $0.hello } }

    /// How often it was started.
    var opened: Int { state.withLock { $0.opened } }

    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport { self }

    func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) {
        state.withLock { state in
            state.receiver = receiver
            state.opened += 1
        }
    }

    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        guard let bytes = permit.spend().take() else { return onExpired() }
        do throws(JSONError) {
            let message = try JSON(parsing: bytes)
            permitted.add(message)
            heads.add(head)
            take(message, isPermitted: true)
        } catch {
            Issue.record("a permit's bytes are no JSON: \(error)")
        }
    }

    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        take(message.json, isPermitted: false)
    }

    func abandon(_ id: Int64) {}

    func close() async { state.withLock { $0.receiver }?.ended(UpstreamFailure(.ended, "closed")) }

    func say(_ message: JSON) {
        state.withLock { $0.receiver }?.received(ReadFrame(.line(message.serialized())), on: nil)
    }

    func notify(_ method: UTF8String, _ params: JSON = [:]) {
        say(["jsonrpc": "2.0", "method": .string(method), "params": params])
    }

    func answer(_ request: JSON, _ result: JSON) {
        say(["jsonrpc": "2.0", "id": request["id"] ?? .null, "result": result])
    }

    func refuse(_ request: JSON, _ code: Int64) {
        say(["jsonrpc": "2.0", "id": request["id"] ?? .null, "error": ["code": .integer(code), "message": "no"]])
    }

    /// It ends: whatever is open gets no answer.
    func die() { state.withLock { $0.receiver }?.ended(UpstreamFailure(.ended, "server died")) }

    private func take(_ message: JSON, isPermitted: Bool) {
        switch message["method"] {
        case "subscriptions/listen" where !isPermitted: watches.add(message)
        case "initialize":
            state.withLock { $0.hello = message }
            guard eras.contains(.legacy) else { return refuse(message, -32022) }
            answer(
                message,
                [
                    "protocolVersion": message["params"]?["protocolVersion"] ?? .null, "capabilities": capabilities,
                    "serverInfo": ["name": "talking", "version": "1"], "instructions": "be kind",
                ])
        case "server/discover":
            guard eras.contains(.modern) else { return refuse(message, -32601) }
            answer(
                message,
                [
                    "resultType": "complete", "supportedVersions": ["2026-07-28"], "capabilities": capabilities,
                    "ttlMs": 5, "cacheScope": "public",
                    "_meta": ["io.modelcontextprotocol/serverInfo": ["name": "talking", "version": "1"]],
                ])
        case "notifications/initialized": break
        case "tools/list": answer(message, ["tools": .array(state.withLock { $0.tools })])
        default:
            got.add(message)
            script(self, message)
        }
    }
}

/// Several of them, by alias.
struct TalkingServers: TransportFactory {
    let servers: [UTF8String: TalkingServer]

    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        servers[server.alias] ?? TalkingServer()
    }
}
