// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import HTTPGateway
import MCP
import StrictJSON
import WireTypes

/// A door on a free port before a fake hub, and the requests that tests make of it.
struct Door: Sendable {
    let hub: FakeHub
    let door: HTTPDoor
    let port: Int

    /// Limits that a test changes.
    static func limits(_ change: (inout HTTPDoorLimits) -> Void = { _ in }) -> HTTPDoorLimits {
        var limits = HTTPDoorLimits()
        limits.graceMilliseconds = 500
        change(&limits)
        return limits
    }

    /// Opens a door for as long as a test takes.
    ///
    /// - Parameter annotations: of the tool `run`.
    static func with(
        permits: PermitMaker? = nil, annotations: HeaderAnnotations? = nil, limits: HTTPDoorLimits = Self.limits(),
        tokens: (any BearerTokens)? = nil, proofs: (any PossessionProofs)? = nil, resource: ProtectedResource? = nil,
        tls: DoorTLS? = nil,
        _ body: (Door) async throws -> Void
    ) async throws {
        let hub = FakeHub(permits: permits)
        let door = HTTPDoor(
            hub: hub, listen: try DoorAddress("127.0.0.1:0"), limits: limits,
            tokens: tokens, proofs: proofs, resource: resource, tls: tls,
            annotations: { _, _, name in name == "run" ? annotations : nil })
        let address = try await door.start()
        do { try await body(Door(hub: hub, door: door, port: address.port)) } catch {
            await door.stop()
            throw error
        }
        await door.stop()
    }

    func connect(readsNothing: Bool = false) async throws -> RawClient {
        try await RawClient.connect(port, readsNothing: readsNothing)
    }

    /// A request and its answer, on a connection of their own.
    func ask(_ request: HTTPText) async throws -> RawClient.Response {
        let client = try await connect()
        try await client.send(request.text)
        let response = try await client.response()
        try await client.close()
        return response
    }

    /// Opens a session and gives its id.
    func session(_ agent: String = "alice", path: String = "/mcp") async throws -> String {
        var request = HTTPText.legacy("initialize", params: #"{"protocolVersion":"2025-11-25"}"#, agent: agent)
        request.path = path
        let response = try await ask(request)
        guard response.status == 200, let id = response.headers["mcp-session-id"] else { throw Late(what: "a session") }
        return id
    }
}

/// An HTTP request as text, of which a test changes what it likes.
struct HTTPText: Sendable {
    var method = "POST"
    var path = "/mcp"
    var headers: [(String, String)]
    var body: String

    static func passport(_ agent: String) -> String { Base64URL.encode(Array("agent:\(agent)".utf8)) }

    private static func base(_ agent: String?) -> [(String, String)] {
        let always = [
            ("Host", "127.0.0.1"), ("Content-Type", "application/json"),
            ("Accept", "application/json, text/event-stream"),
        ]
        return always + (agent.map { [("Writ-Passport", passport($0))] } ?? [])
    }

    /// A request of the stateless revision.
    static func modern(
        _ method: String, params: String = "", id: String = "1", agent: String? = "alice", meta: String = ""
    ) -> HTTPText {
        let all =
            #""io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}"#
            + meta
        let params = params.isEmpty ? "" : params + ","
        return HTTPText(
            headers: base(agent) + [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method)],
            body: #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)"_meta":{\#(all)}}}"#)
    }

    /// A request of a handshake revision.
    static func legacy(
        _ method: String, params: String = "{}", id: String = "1", session: String? = nil, agent: String? = "alice"
    ) -> HTTPText {
        HTTPText(
            headers: base(agent) + (session.map { [("Mcp-Session-Id", $0)] } ?? []),
            body: #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
    }

    /// A request without a body.
    static func bare(_ method: String, session: String? = nil, agent: String? = "alice") -> HTTPText {
        var request = HTTPText(headers: base(agent) + (session.map { [("Mcp-Session-Id", $0)] } ?? []), body: "")
        request.method = method
        return request
    }

    mutating func set(_ name: String, _ value: String?) {
        headers.removeAll { $0.0.lowercased() == name.lowercased() }
        if let value { headers.append((name, value)) }
    }

    func setting(_ name: String, _ value: String?) -> HTTPText {
        var changed = self
        changed.set(name, value)
        return changed
    }

    var head: String {
        "\(method) \(path) HTTP/1.1\r\n" + headers.map { "\($0.0): \($0.1)\r\n" }.joined()
    }

    var text: String { head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body }
}
