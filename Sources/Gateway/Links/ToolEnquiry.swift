// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
public import StrictJSON

/// Asks a server what tools it has, as a client would, and ends it: for an operator who is about to pin them.
public struct ToolEnquiry: Sendable {
    private let transports: any TransportFactory
    private let milliseconds: Int64

    /// An enquiry.
    ///
    /// - Parameter milliseconds: how long each page may take.
    public init(_ transports: any TransportFactory, milliseconds: Int64 = 30_000) {
        self.transports = transports
        self.milliseconds = milliseconds
    }

    /// The definitions, as the server gives them to the gateway, all pages.
    ///
    /// - Returns: them, and how many were left out that are no tools.
    /// - Throws: `UpstreamFailure`; its text has nothing of what was sent.
    public func tools(of server: ServerDescription) async throws(UpstreamFailure) -> (tools: [JSON], dropped: Int) {
        let pool = ServerPool([server], transports: transports, observer: { _, _ in NoAnswers() })
        let client = ClientFacts(
            era: .legacy, version: Revision.latestLegacy.text, capabilities: JSONObject(),
            info: ["name": "writ", "version": .text(Engine.version)])
        let principal = Principal(agentID: "writ", credential: .none)
        let result: Result<ListCollector, UpstreamFailure>
        do throws(UpstreamFailure) {
            let link = try await pool.link(server.alias, principal, client: client)
            result = .success(try await list(link, client))
        } catch {
            result = .failure(error)
        }
        await pool.close()
        let list = try result.get()
        return (list.items.map { .object($0.json) }, list.dropped)
    }

    private func list(
        _ link: any UpstreamLink, _ client: ClientFacts
    ) async throws(UpstreamFailure) -> ListCollector {
        var collector = ListCollector(.tools)
        guard link.facts.capabilities["tools"] != nil else { return collector }
        var cursor: UTF8String?
        repeat {
            let page = try await page(cursor, link, client)
            do throws(ListDefect) { cursor = try collector.add(page) } catch {
                throw UpstreamFailure(.protocolViolation, error.text)
            }
        } while cursor != nil
        return collector
    }

    private func page(
        _ cursor: UTF8String?, _ link: any UpstreamLink, _ client: ClientFacts
    ) async throws(UpstreamFailure) -> JSONObject {
        let method = ListKind.tools.method
        let id = try link.begin(method, NoProgress())
        let server = link.facts.revision
        let meta = Handshake.requestMeta(nil, id: nil, client, through: .all, to: server)
        let params = ListPage.params(cursor: cursor)
        var message = JSONObject()
        message.add("jsonrpc", "2.0")
        message.add("id", .integer(id))
        message.add("method", .string(method))
        message.add(
            "params",
            Bridge(client: client.revision, server: server, serverInfo: nil)
                .params(params.isEmpty ? nil : params, of: method, meta: meta).map(JSON.object))
        guard let free = FreeMessage(.object(message)) else {
            link.release(id)
            throw UpstreamFailure(.protocolViolation, "lists are not asked for without a permit")
        }
        try await link.send(free, MessageHead(id: id, method: method, version: link.facts.version))
        switch await link.reply(to: id, within: milliseconds) {
        case .result(let result): return result
        case .error: throw UpstreamFailure(.protocolViolation, "it answers tools/list with an error")
        case .unreadable(let why): throw UpstreamFailure(.protocolViolation, why.string)
        case .cancelled: throw UpstreamFailure(.ended, "the question was taken back")
        case .failed(let failure): throw failure
        }
    }
}

/// Nobody is there whom a server could ask.
private final class NoAnswers: LinkObserver {
    func notified(_ link: any UpstreamLink, _ method: UTF8String, _ params: JSONObject?) {}

    func asked(
        _ link: any UpstreamLink, _ request: RequestID, _ method: UTF8String, _ params: JSONObject?, exchange: Int64?
    ) {
        link.refuse(request, code: ErrorCode.methodNotFound, "Method not found")
    }

    func withdrew(_ link: any UpstreamLink, _ request: RequestID) {}
    func ended(_ link: any UpstreamLink, _ failure: UpstreamFailure) {}
}

/// Nobody hears progress.
private final class NoProgress: ExchangeListener {
    func notified(_ method: UTF8String, _ params: JSONObject) {}
}
