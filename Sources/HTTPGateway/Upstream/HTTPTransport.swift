// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
public import Decisions
public import Gateway
import MCP
import NIOCore
import NIOHTTP1
import StrictJSON
import Synchronization

/// The way to a server over MCP's Streamable HTTP, in either era: every message a POST of its own.
///
/// The era of a message is that of the version in its head. A session that the server opens is kept and named; after the
/// handshake its stream is listened to where it has one.
public final class HTTPTransport: UpstreamTransport {
    /// Each request is a POST, whose answer is a stream of its own.
    public var hasRequestStreams: Bool { true }

    let limits: HTTPUpstreamLimits
    private let client: HTTPUpstreamClient
    private let address: UpstreamAddress
    private let authorization: ServerAuthorization?
    private let state = Mutex(State())

    private struct State {
        var receiver: (any UpstreamReceiver)?
        var session: UTF8String?
        var version: UTF8String?
        var exchanges: [Int64: Exchange] = [:]
        var stream: Task<Void, Never>?
        var failure: UpstreamFailure?
    }

    private struct Exchange {
        var task: Task<Void, Never>?
        var isAbandoned = false
    }

    /// A way that is not open yet.
    ///
    /// - Throws: `UpstreamFailure` where the endpoint is one that is not spoken to: `http` that is not loopback, a user in
    ///   the URL, headers that are not the operator's to set.
    public convenience init(
        _ endpoint: HTTPEndpoint, client: HTTPUpstreamClient, limits: HTTPUpstreamLimits = HTTPUpstreamLimits()
    ) throws(UpstreamFailure) {
        try self.init(endpoint, client: client, limits: limits, authorization: nil)
    }

    init(
        _ endpoint: HTTPEndpoint, client: HTTPUpstreamClient, limits: HTTPUpstreamLimits,
        authorization: ServerAuthorization?
    ) throws(UpstreamFailure) {
        address = try UpstreamAddress(endpoint)
        self.authorization = authorization
        self.client = client
        self.limits = limits
    }

    /// Starts. Nothing is sent: the first message shows whether the server is there.
    public func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) {
        state.withLock { state in if state.failure == nil { state.receiver = receiver } }
    }

    /// Forwards a permitted call. The bytes are asked for when a connection to the server is open.
    public func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        switch try await post(.permit(permit.spend()), head).departure.outcome() {
        case .gone: return
        case .expired: onExpired()
        case .failed(let failure): throw failure
        }
    }

    /// Sends what needs no decision. A notification has arrived when this returns, so that what follows it is behind it.
    public func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        let posted = try await post(.bytes(message.json.serialized()), head)
        if let failure = await posted.acknowledgement?.value { throw failure }
        if case .failed(let failure) = await posted.departure.outcome() { throw failure }
        if head.method == "notifications/initialized" { listen() }
    }

    /// Closes the stream of a request. In the stateless revision that cancels it; in the others a notification has, and a
    /// server must not hold a connection, and what waits at it, by a stream that it never ends.
    public func abandon(_ id: Int64) {
        let task = state.withLock { state in
            guard let exchange = state.exchanges[id] else { return nil as Task<Void, Never>? }
            state.exchanges[id]?.isAbandoned = true
            return exchange.task
        }
        task?.cancel()
    }

    /// Ends what is open, and the session with DELETE.
    public func close() async {
        let session = end(UpstreamFailure(.ended, "the connection was closed"), tells: false)
        guard let session else { return }
        var request = self.request(.DELETE)
        add(OutgoingHeaders.session(session.id, version: session.version), to: &request)
        if let authorization {
            guard let line = authorization.lineIfKnown() else { return }
            add([line], to: &request)
        }
        // A server that does not know DELETE, or is gone, ends its session by itself.
        do { _ = try await client.execute(request, within: limits.closeMilliseconds) } catch {}
    }

    // MARK: - Messages out

    private struct Posted {
        let departure: Departure
        /// For what has no answer: why the server does not have it; `nil` where it has.
        let acknowledgement: Task<UpstreamFailure?, Never>?
    }

    private func post(_ source: OutgoingBody.Source, _ head: MessageHead) async throws(UpstreamFailure) -> Posted {
        let departure = Departure()
        let isModern = head.version.map(Era.modernVersions.contains) ?? false
        let (receiver, session) = try begin(head, isModern)
        var request = self.request(.POST)
        let body = OutgoingBody(source: source, departure: departure)
        request.body = body.body(upTo: limits.pieceBytes)
        let isOpening = head.method == "initialize"
        add(
            OutgoingHeaders.lines(
                version: isOpening ? nil : head.version, method: head.method, name: head.name,
                parameters: head.parameters.map { ($0.name, $0.value) }, session: isOpening ? nil : session),
            to: &request)
        let call = PostedCall(
            transport: self, receiver: receiver, request: request, id: head.id, departure: departure,
            hasSession: session != nil && !isOpening && !isModern, isOpening: isOpening, isModern: isModern)
        guard let id = head.id else {
            return Posted(departure: departure, acknowledgement: Task { await call.acknowledged() })
        }
        let task = Task(executorPreference: LoopExecutor.shared) {
            await call.answered()
            self.state.withLock { $0.exchanges[id] = nil }
        }
        let isAbandoned = state.withLock { state in
            state.exchanges[id]?.task = task
            return state.exchanges[id]?.isAbandoned ?? (state.failure != nil)
        }
        if isAbandoned { task.cancel() }
        return Posted(departure: departure, acknowledgement: nil)
    }

    private func begin(
        _ head: MessageHead, _ isModern: Bool
    ) throws(UpstreamFailure) -> (receiver: any UpstreamReceiver, session: UTF8String?) {
        let begun: Result<(any UpstreamReceiver, UTF8String?), UpstreamFailure> = state.withLock { state in
            if let failure = state.failure { return .failure(failure) }
            guard let receiver = state.receiver else {
                return .failure(UpstreamFailure(.unreachable, "the connection is not open"))
            }
            if let id = head.id { state.exchanges[id] = Exchange() }
            if !isModern, let version = head.version { state.version = version }
            return .success((receiver, isModern ? nil : state.session))
        }
        return try begun.get()
    }

    private func request(_ method: HTTPMethod) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address.url)
        request.method = method
        for line in address.headers { request.headers.add(name: line.name, value: line.value) }
        request.headers.add(name: "User-Agent", value: "writ")
        return request
    }

    private func add(_ lines: [HTTPHeaderLine], to request: inout HTTPClientRequest) {
        for line in lines { request.headers.add(name: line.name, value: line.value) }
    }

    // MARK: - For the exchanges

    func execute(_ request: HTTPClientRequest, within milliseconds: Int64) async throws -> HTTPClientResponse {
        guard let authorization else { return try await client.execute(request, within: milliseconds) }
        let line = try await authorization.line()
        var request = request
        add([line], to: &request)
        let response = try await client.execute(request, within: milliseconds)
        if response.status == .unauthorized { authorization.wasRefused(line) }
        return response
    }

    /// The request that asks for a stream, from where it broke off.
    func streamRequest(lastEventID: UTF8String?) -> HTTPClientRequest {
        let (session, version) = state.withLock { ($0.session, $0.version) }
        var request = self.request(.GET)
        request.headers.add(name: "Accept", value: MediaTypes.eventStream.string)
        add(OutgoingHeaders.session(session, version: version), to: &request)
        if let lastEventID { request.headers.add(name: HTTPHeaderName.lastEventID.rawValue, value: lastEventID.string) }
        return request
    }

    /// Keeps the session that the answer to `initialize` opens.
    ///
    /// - Returns: whether its id is one.
    func keepSession(_ values: [String]) -> Bool {
        guard let value = values.first else { return true }
        let id = UTF8String(value)
        guard values.count == 1, SessionIDs.isValid(id) else { return false }
        state.withLock { state in if state.failure == nil { state.session = id } }
        return true
    }

    /// The server has forgotten the session: nothing of it can be answered any more.
    func sessionLost() {
        _ = end(UpstreamFailure(.sessionLost, "the server knows the session no more"), tells: true)
    }

    private func listen() {
        let receiver = state.withLock { state in state.stream == nil && state.failure == nil ? state.receiver : nil }
        guard let receiver else { return }
        let task = Task { await ServerStream(transport: self, receiver: receiver).run() }
        let isLate = state.withLock { state in
            guard state.failure == nil, state.stream == nil else { return true }
            state.stream = task
            return false
        }
        if isLate { task.cancel() }
    }

    /// Ends everything once. Exchanges that are under way end with the failure.
    private func end(
        _ failure: UpstreamFailure, tells: Bool
    ) -> (id: UTF8String, version: UTF8String?)? {
        let (ended, session): (State?, (id: UTF8String, version: UTF8String?)?) = state.withLock { state in
            guard state.failure == nil else { return (nil, nil) }
            let before = state
            state = State()
            state.failure = failure
            return (before, before.session.map { ($0, before.version) })
        }
        guard let ended else { return nil }
        ended.stream?.cancel()
        for exchange in ended.exchanges.values { exchange.task?.cancel() }
        if tells { ended.receiver?.ended(failure) }
        return session
    }

    /// Why everything ended, where it has.
    var failure: UpstreamFailure? { state.withLock { $0.failure } }
}
