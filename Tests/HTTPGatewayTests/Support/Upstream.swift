// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import HTTPGateway
import MCP
import StrictJSON

/// A transport to a raw server, and what it gives its receiver.
struct Upstream: Sendable {
    let server: RawServer
    let transport: HTTPTransport
    let receiver: FakeReceiver

    static func with(
        headers: [(name: String, value: String)] = [], limits: HTTPUpstreamLimits = HTTPUpstreamLimits(),
        _ body: (Upstream) async throws -> Void
    ) async throws {
        let server = try await RawServer()
        let client = HTTPUpstreamClient(limits: limits)
        let transport = try HTTPTransport(
            HTTPEndpoint(url: "http://127.0.0.1:\(server.port)/mcp", headers: headers), client: client, limits: limits)
        let receiver = FakeReceiver()
        try await transport.open(receiver)
        let result: Result<Void, any Error>
        do {
            try await body(Upstream(server: server, transport: transport, receiver: receiver))
            result = .success(())
        } catch { result = .failure(error) }
        try await server.stop()
        await transport.close()
        await client.shutdown()
        try result.get()
    }

    static func limits(_ change: (inout HTTPUpstreamLimits) -> Void) -> HTTPUpstreamLimits {
        var limits = HTTPUpstreamLimits()
        limits.reconnectMilliseconds = 1
        limits.reconnectMillisecondsMin = 1
        limits.closeMilliseconds = 200
        change(&limits)
        return limits
    }

    /// Sends a request that needs no permit.
    func send(_ method: UTF8String, id: Int64? = 1, version: UTF8String? = "2026-07-28") async throws {
        var message: JSON = ["jsonrpc": "2.0", "method": .string(method)]
        if let id { message = ["jsonrpc": "2.0", "id": .integer(id), "method": .string(method)] }
        guard let free = FreeMessage(message) else { throw Late(what: "a method without a permit") }
        try await transport.send(free, MessageHead(id: id, method: method, version: version))
    }

    /// The handshake of 2025-11-25, after which a session is open and its stream is asked for.
    func handshake(session: String? = "s-1") async throws {
        async let opening: Void = send("initialize", version: nil)
        let initialize = try await server.next("initialize")
        let header = session.map { "Mcp-Session-Id: \($0)\r\n" } ?? ""
        initialize.peer.answer(200, #"{"jsonrpc":"2.0","id":1,"result":{}}"#, header)
        try await opening
        _ = try await receiver.first("the answer") { $0.isMessage(on: 1) }
        _ = try await receiver.first("its end") { $0 == .streamEnded(1, nil) }
        async let confirming: Void = send("notifications/initialized", id: nil, version: "2025-11-25")
        try await server.next("notifications/initialized").peer.answer(202, type: nil)
        try await confirming
    }
}

/// Hears a transport.
final class FakeReceiver: UpstreamReceiver {
    enum Heard: Sendable, Equatable {
        case message(String, on: Int64?)
        case malformed(EnvelopeError.Reason, on: Int64?)
        case streamEnded(Int64, UpstreamFailure?)
        case ended(UpstreamFailure.Kind)

        func isMessage(on id: Int64?) -> Bool { if case .message(_, id) = self { true } else { false } }

        func isEnd(_ id: Int64, _ kind: UpstreamFailure.Kind) -> Bool {
            if case .streamEnded(id, let failure?) = self { failure.kind == kind } else { false }
        }
    }

    let heard = Happenings<Heard>()

    func received(_ frame: ReadFrame, on request: Int64?) {
        switch frame {
        case .message(let envelope):
            heard.add(
                .message(String(decoding: JSON.object(envelope.message).serialized(), as: UTF8.self), on: request))
        case .malformed(let error): heard.add(.malformed(error.reason, on: request))
        }
    }

    func streamEnded(of request: Int64, _ failure: UpstreamFailure?) { heard.add(.streamEnded(request, failure)) }

    func ended(_ failure: UpstreamFailure) { heard.add(.ended(failure.kind)) }

    func first(_ what: String, _ matches: @escaping @Sendable (Heard) -> Bool) async throws -> Heard {
        try await heard.first(what, where: matches)
    }
}
