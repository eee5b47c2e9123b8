// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

extension ServerLink {
    /// Opens a link: in the client's era first, then in the other one.
    ///
    /// - Parameters:
    ///   - client: its capabilities are what the server is told.
    ///   - known: the server's era, where an earlier link has found it out.
    ///   - makeTransport: called again where a server ends over a question in the other era, as some do.
    /// - Throws: `UpstreamFailure`; whatever was started has then ended.
    static func open(
        _ alias: UTF8String, _ principal: Principal, client: ClientFacts, known: Era?,
        _ surroundings: LinkSurroundings, makeTransport: @Sendable () -> any UpstreamTransport
    ) async throws(UpstreamFailure) -> ServerLink {
        let preferred = known ?? client.era
        let link = ServerLink(alias, principal, makeTransport(), surroundings)
        do throws(UpstreamFailure) {
            try await link.connect(client, preferred == .modern ? [.modern, .legacy] : [.legacy, .modern])
            return link
        } catch {
            let endedOverProbe = preferred == .modern && link.end?.kind == .ended && !Task.isCancelled
            await link.close()
            guard endedOverProbe else { throw error }
        }
        let second = ServerLink(alias, principal, makeTransport(), surroundings)
        do throws(UpstreamFailure) {
            try await second.connect(client, [.legacy])
            return second
        } catch {
            await second.close()
            throw error
        }
    }

    /// Opens the transport and agrees on a revision.
    ///
    /// A server that says nothing for too long is asked in the other era as well; whichever question it answers first
    /// with a result counts, even where the answer comes late.
    private func connect(_ client: ClientFacts, _ order: [Era]) async throws(UpstreamFailure) {
        try await transport.open(self)
        defer { state.withLock { $0.table.removeHandshakes() } }
        var asked: [(era: Era, id: Int64)] = []
        var troubles: [UpstreamFailure] = []
        for era in order {
            let limits = surroundings.limits
            let patience = era == .modern ? limits.probeMilliseconds : limits.handshakeMilliseconds
            do throws(UpstreamFailure) {
                asked.append((era, try await ask(client, in: era)))
            } catch {
                // A refusal by HTTP's status may mean this era only; an end is an end, and says why a moment later.
                if error.kind == .ended { await waitForEnd() }
                if let end { throw end }
                if Task.isCancelled { throw Self.cancelled }
                troubles.append(error)
                continue
            }
            // The newest first; what was asked before is answered by now, or not at all.
            for (number, question) in asked.reversed().enumerated() {
                switch try await heard(question.id, question.era, within: number == 0 ? patience : 0) {
                case .success(let facts): return try await agree(on: facts)
                case .failure(let failure): if number == 0 { troubles.append(failure) }
                }
            }
        }
        let kind = troubles.map(\.kind).first { $0 != .protocolViolation } ?? .protocolViolation
        // Both eras may fail alike: that is said once.
        var texts: [String] = []
        for trouble in troubles where !texts.contains(trouble.text) { texts.append(trouble.text) }
        throw UpstreamFailure(kind, texts.joined(separator: "; "))
    }

    private func waitForEnd() async {
        do throws(UpstreamFailure) {
            let id = try begin(NoListener.shared, isHandshake: true)
            _ = await reply(to: id, within: Self.endMilliseconds)
        } catch {
            // It has ended already.
        }
    }

    /// How long the reason of an end may come after its first sign.
    private static let endMilliseconds: Int64 = 2_000

    private func ask(_ client: ClientFacts, in era: Era) async throws(UpstreamFailure) -> Int64 {
        let method: UTF8String = era == .modern ? "server/discover" : "initialize"
        let id = try begin(NoListener.shared, isHandshake: true)
        // What the client may say has been decided by whoever asked for the link.
        let params =
            era == .modern
            ? Handshake.discoverParams(client, through: .all) : Handshake.initializeParams(client, through: .all)
        let revision = era == .modern ? Revision.latestModern : client.era == .legacy ? client.revision : .latestLegacy
        let message: JSON = [
            "jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": .object(params),
        ]
        guard let message = FreeMessage(message) else {
            throw UpstreamFailure(.protocolViolation, "a client's name for itself is no JSON")
        }
        try await send(message, MessageHead(id: id, method: method, version: revision.text))
        return id
    }

    private func heard(
        _ id: Int64, _ era: Era, within milliseconds: Int64
    ) async throws(UpstreamFailure) -> Result<ServerFacts, UpstreamFailure> {
        let reply = await reply(to: id, within: milliseconds)
        if Task.isCancelled { throw Self.cancelled }
        if let end { throw end }
        switch reply {
        case .result(let result):
            do throws(HandshakeFailure) {
                return .success(
                    era == .modern
                        ? try ServerFacts(discoverResult: result) : try ServerFacts(initializeResult: result))
            } catch {
                return .failure(UpstreamFailure(.protocolViolation, "\(alias): \(error.text)"))
            }
        case .error(let error):
            let code = error["code"]?.int64 ?? 0
            return .failure(
                UpstreamFailure(.protocolViolation, "server \(alias) refused the handshake with error \(code)"))
        case .unreadable(let why): return .failure(UpstreamFailure(.protocolViolation, "server \(alias): \(why)"))
        case .cancelled: throw Self.cancelled
        case .failed(let failure): return .failure(failure)
        }
    }

    private func agree(on facts: ServerFacts) async throws(UpstreamFailure) {
        let end = state.withLock { state in
            if state.end == nil { state.facts = facts }
            return state.end
        }
        if let end { throw end }
        guard facts.era == .legacy,
            let message = FreeMessage(["jsonrpc": "2.0", "method": "notifications/initialized"])
        else { return }
        try await send(message, MessageHead(method: "notifications/initialized"))
    }

    private static let cancelled = UpstreamFailure(.ended, "nobody waits for the server any more")
}

/// Hears nothing: for requests of our own.
final class NoListener: ExchangeListener {
    static let shared = NoListener()
    func notified(_ method: UTF8String, _ params: JSONObject) {}
}
