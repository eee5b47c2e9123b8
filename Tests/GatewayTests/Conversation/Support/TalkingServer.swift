// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// A server in memory that speaks as a test says, and keeps what reached it, by a permit or without. It may be started
/// more than once: each link has a line of its own to it.
final class TalkingServer: TransportFactory {
    typealias Script = @Sendable (TalkingServer, JSON) -> Void

    private struct State {
        var receivers: [any UpstreamReceiver] = []
        var tools: [JSON]
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
    var opened: Int { state.withLock { $0.receivers.count } }

    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport { Line(self) }

    /// One link's way. Links count their requests each for itself: on later lines the script sees other numbers.
    private final class Line: UpstreamTransport {
        private let server: TalkingServer
        private let number = Mutex<Int>(0)

        init(_ server: TalkingServer) { self.server = server }

        func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) {
            let opened = server.state.withLock { state in
                state.receivers.append(receiver)
                return state.receivers.count - 1
            }
            number.withLock { $0 = opened }
        }

        func forward(
            _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
        ) async throws(UpstreamFailure) {
            guard let bytes = permit.spend().take() else { return onExpired() }
            do throws(JSONError) {
                let message = numbered(try JSON(parsing: bytes))
                server.permitted.add(message)
                server.heads.add(head)
                server.take(message, isPermitted: true)
            } catch {
                Issue.record("a permit's bytes are no JSON: \(error)")
            }
        }

        func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
            server.take(numbered(message.json), isPermitted: false)
        }

        func abandon(_ id: Int64) {}

        func close() async {
            let number = number.withLock { $0 }
            let receiver = server.state.withLock { $0.receivers.indices.contains(number) ? $0.receivers[number] : nil }
            receiver?.ended(UpstreamFailure(.ended, "closed"))
        }

        private func numbered(_ message: JSON) -> JSON {
            guard var object = message.object, object["method"] != nil, let id = object["id"]?.int64 else {
                return message
            }
            object["id"] = .integer(id + Int64(number.withLock { $0 }) * TalkingServer.perLine)
            return .object(object)
        }
    }

    fileprivate static let perLine: Int64 = 1_000_000

    /// Says it on the line that it is an answer on, else on the newest.
    func say(_ message: JSON) {
        var said = message
        let receivers = state.withLock { $0.receivers }
        var receiver = receivers.last
        if message["method"] == nil, var object = message.object, let id = object["id"]?.int64, id >= 0,
            case let number = Int(id / Self.perLine), receivers.indices.contains(number)
        {
            receiver = receivers[number]
            object["id"] = .integer(id % Self.perLine)
            said = .object(object)
        }
        receiver?.received(ReadFrame(.line(said.serialized())), on: nil)
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
    func die() { state.withLock { $0.receivers.last }?.ended(UpstreamFailure(.ended, "server died")) }

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
        (servers[server.alias] ?? TalkingServer()).transport(for: server, principal: principal)
    }
}
