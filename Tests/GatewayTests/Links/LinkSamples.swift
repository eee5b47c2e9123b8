// SPDX-License-Identifier: Apache-2.0

import MCP
import PortTesting
import StrictJSON
import Synchronization
import Testing
import WireTypes

@testable import Decisions
@testable import Gateway

enum LinkSamples {
    static let alice = Principal(agentID: "agent-passport:alice", credential: .passport([1]))
    static let bob = Principal(agentID: "agent-passport:bob", credential: .passport([2]))

    static let roots = (["roots": [:]] as JSON).object ?? JSONObject()

    static func client(_ era: Era, _ capabilities: JSONObject = JSONObject()) -> ClientFacts {
        ClientFacts(
            era: era, version: era == .modern ? "2026-07-28" : "2025-06-18", capabilities: capabilities,
            info: ["name": "client", "version": "7"])
    }

    /// A server with a program, or with a URL; nothing of either is used by fakes.
    static func server(_ alias: UTF8String, isProcess: Bool = true) -> ServerDescription {
        let program = ServerProgram(command: "none", arguments: [], environment: [], workingDirectory: nil)
        return server(
            alias, isProcess ? .process(program) : .http(HTTPEndpoint(url: "http://127.0.0.1:1", headers: [])))
    }

    static func server(_ alias: UTF8String, _ endpoint: ServerDescription.Endpoint) -> ServerDescription {
        ServerDescription(
            alias: alias, endpoint: endpoint, place: WorkingPlace(workingDirectory: "/srv", isLocal: false),
            digest: Fixture.serverDigest, builtInMap: nil, firstSight: .quarantine)
    }

    static func call(_ id: Int64) -> JSON {
        ["jsonrpc": "2.0", "id": .integer(id), "method": "tools/call", "params": ["name": "echo", "arguments": [:]]]
    }

    /// A permit without a decision before it: what comes after one is tested here.
    static func permit(_ message: JSON, clock: SettableClock = SettableClock()) -> Permit {
        let ticket = OutcomeTicket(
            receiptID: UUIDv7(time: clock.now(), random: [UInt8](repeating: 7, count: 10)), index: 0, blind: [])
        let expiry = PermitExpiry(
            clock: clock, checkedAt: clock.now(), askedAt: clock.monotonicMilliseconds())
        return Permit(ticket: ticket, message: message, expiry: expiry)
    }
}

/// Hears what belongs to a request.
final class HeardExchange: ExchangeListener {
    let heard = Inbox<JSON>()
    func notified(_ method: UTF8String, _ params: JSONObject) {
        heard.add(["method": .string(method), "params": .object(params)])
    }
}

/// Hears a link.
final class HeardLink: LinkObserver {
    enum Event: Sendable, Equatable {
        case notified(UTF8String)
        case asked(RequestID, UTF8String, exchange: Int64?)
        case withdrew(RequestID)
        case ended(UpstreamFailure)
    }

    let events = Inbox<Event>()

    func notified(_ link: any UpstreamLink, _ method: UTF8String, _ params: JSONObject?) {
        events.add(.notified(method))
    }
    func asked(
        _ link: any UpstreamLink, _ request: RequestID, _ method: UTF8String, _ params: JSONObject?, exchange: Int64?
    ) {
        events.add(.asked(request, method, exchange: exchange))
    }
    func withdrew(_ link: any UpstreamLink, _ request: RequestID) { events.add(.withdrew(request)) }
    func ended(_ link: any UpstreamLink, _ failure: UpstreamFailure) { events.add(.ended(failure)) }
}

/// A link to a fake server, and everything around it.
struct OpenLink {
    let server: FakeServer
    let clock = ManualAlarmClock()
    let observer = HeardLink()
    let dropped = Inbox<DropReason>()
    let link: ServerLink

    init(
        _ server: FakeServer, era: Era = .legacy, limits: UpstreamLimits = UpstreamLimits()
    ) async throws {
        self.server = server
        let surroundings = LinkSurroundings(
            limits: limits, clock: clock, count: { [dropped] in dropped.add($0) }, observer: observer)
        link = try await ServerLink.open(
            "fake", LinkSamples.alice, client: LinkSamples.client(era), known: nil, surroundings
        ) { server }
        // What the handshake said is not what the tests are about.
        while !server.got.rest.isEmpty { _ = await server.got.first { _ in true } }
        while !server.heads.rest.isEmpty { _ = await server.heads.first { _ in true } }
    }

    /// Begins a call and forwards it; its id.
    func call(_ listener: any ExchangeListener = HeardExchange()) async throws -> Int64 {
        let id = try link.begin("tools/call", listener)
        try await link.forward(LinkSamples.permit(LinkSamples.call(id)), MessageHead(id: id, method: "tools/call")) {}
        return id
    }

    /// Waits for an answer in a task of its own.
    func waiting(_ id: Int64, within milliseconds: Int64 = 600_000) -> Task<ExchangeReply, Never> {
        Task { await link.reply(to: id, within: milliseconds) }
    }

    func reply(_ id: Int64, within milliseconds: Int64 = 600_000) async throws -> ExchangeReply {
        let link = link
        return try await within("a reply") { await link.reply(to: id, within: milliseconds) }
    }
}

extension ExchangeReply {
    /// The text of a result, for comparing.
    var said: String {
        switch self {
        case .result(let result): "result \(result["n"]?.int64 ?? -1)"
        case .error(let error): "error \(error["code"]?.int64 ?? 0)"
        case .unreadable: "unreadable"
        case .cancelled: "cancelled"
        case .failed(let failure): "failed \(failure.kind)"
        }
    }
}
