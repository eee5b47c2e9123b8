// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// The one server of a wrapper: started before anybody asks for it, since whoever starts the wrapper expects it to end
/// as the server does. It is not started again.
final class StartedServer: TransportFactory {
    private enum State {
        case started
        case taken
        case over
    }

    private let processes: ProcessTransports
    private let transport: any UpstreamTransport
    private let early = EarlyReceiver()
    private let state = Mutex(State.started)

    init(_ server: ServerDescription, _ principal: Principal, _ processes: ProcessTransports) {
        self.processes = processes
        transport = processes.transport(for: server, principal: principal)
    }

    /// - Throws: `UpstreamFailure` where it cannot be started.
    func start() async throws(UpstreamFailure) { try await transport.open(early) }

    /// Its process has ended.
    func ended() { state.withLock { $0 = .over } }

    /// Ends it, where nobody has taken it over.
    func close() async { await transport.close() }

    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        let before = state.withLock { state in
            defer { if case .started = state { state = .taken } }
            return state
        }
        switch before {
        case .started: return StartedTransport(transport, early)
        // A client that speaks in both eras, or says other things of itself, has another one. That may end again, where
        // the server turns out to have one era only; the wrapper ends as the first does.
        case .taken: return processes.unheard.transport(for: server, principal: principal)
        case .over: return NoTransport(UpstreamFailure(.unreachable, "its process has ended"))
        }
    }
}

/// A transport that was opened before its receiver was known.
private struct StartedTransport: UpstreamTransport {
    private let transport: any UpstreamTransport
    private let early: EarlyReceiver

    init(_ transport: any UpstreamTransport, _ early: EarlyReceiver) {
        self.transport = transport
        self.early = early
    }

    var hasRequestStreams: Bool { transport.hasRequestStreams }

    func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) { early.connect(receiver) }

    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        try await transport.forward(permit, head, onExpired: onExpired)
    }

    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        try await transport.send(message, head)
    }

    func abandon(_ id: Int64) { transport.abandon(id) }

    func close() async { await transport.close() }
}

/// Keeps what a server says before somebody listens: a little, since before its handshake it has nothing to say.
private final class EarlyReceiver: UpstreamReceiver {
    private enum Event: Sendable {
        case frame(ReadFrame, Int64?)
        case streamEnd(Int64, UpstreamFailure?)
        case end(UpstreamFailure)
    }

    private struct State {
        var events: [Event] = []
        var receiver: (any UpstreamReceiver)?
    }

    private static let most = 64

    private let state = Mutex(State())

    func connect(_ receiver: any UpstreamReceiver) {
        while true {
            let events: [Event] = state.withLock { state in
                defer { state.events = [] }
                if state.events.isEmpty { state.receiver = receiver }
                return state.events
            }
            guard !events.isEmpty else { return }
            for event in events { Self.deliver(event, receiver) }
        }
    }

    func received(_ frame: ReadFrame, on request: Int64?) { take(.frame(frame, request)) }
    func streamEnded(of request: Int64, _ failure: UpstreamFailure?) { take(.streamEnd(request, failure)) }
    func ended(_ failure: UpstreamFailure) { take(.end(failure)) }

    private func take(_ event: Event) {
        let receiver: (any UpstreamReceiver)? = state.withLock { state in
            if let receiver = state.receiver { return receiver }
            if case .frame = event, state.events.count >= Self.most { return nil }
            state.events.append(event)
            return nil
        }
        if let receiver { Self.deliver(event, receiver) }
    }

    private static func deliver(_ event: Event, _ receiver: any UpstreamReceiver) {
        switch event {
        case .frame(let frame, let request): receiver.received(frame, on: request)
        case .streamEnd(let request, let failure): receiver.streamEnded(of: request, failure)
        case .end(let failure): receiver.ended(failure)
        }
    }
}
