// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import HTTPTypes
import Hummingbird
import MCP
import NIOCore
import StrictJSON

/// Answers the requests of HTTP's door: checks them, says who asks, and hands messages to conversations.
final class DoorResponder: HTTPResponder {
    typealias Context = DoorContext
    typealias RequestID = MCP.RequestID

    let hub: any GatewayHub
    let limits: HTTPDoorLimits
    let connections = ConnectionTable()
    let exchanges = OpenExchanges()
    let sessions: SessionTable
    let usage: PrincipalUsage
    private let names: ListenerNames
    private let identification: DoorIdentification
    private let annotations: HTTPDoor.ToolAnnotations
    private let desk: ApprovalDesk?
    let tls: DoorTLS?
    let bodies: ByteBudget
    private let queued: ByteBudget

    init(
        hub: any GatewayHub, names: ListenerNames, limits: HTTPDoorLimits, identification: DoorIdentification,
        desk: ApprovalDesk? = nil, tls: DoorTLS? = nil, annotations: @escaping HTTPDoor.ToolAnnotations
    ) {
        self.hub = hub
        self.names = names
        self.limits = limits
        self.identification = identification
        self.annotations = annotations
        self.desk = desk
        self.tls = tls
        sessions = SessionTable(limits: limits)
        usage = PrincipalUsage(most: limits.exchangesPerPrincipal)
        bodies = ByteBudget(limits.allBodyBytes, part: limits.bodyBytesPerPrincipal)
        queued = ByteBudget(limits.allQueuedBytes)
    }

    func respond(to request: Request, context: DoorContext) async throws -> Response {
        do throws(HTTPRefusal) {
            let headers = Self.headers(request)
            try names.check(headers)
            if request.uri.path == "/healthz" { return try health(request) }
            if request.uri.path.hasPrefix(ProtectedResource.wellKnown) { return try metadata(request) }
            guard !PresentedCredential.isInQuery(request.uri.query) else {
                throw HTTPRefusal(400, "Bad request: a token belongs in the header Authorization, never in the URL")
            }
            if request.uri.path == "/v1/approvals" || request.uri.path.hasPrefix("/v1/approvals/") {
                return try await approvals(request, headers)
            }
            let scope = try scope(request.uri.path)
            let connection = connections[context.channel]
            var response: Response
            switch request.method {
            case .post: response = try await post(request, headers, scope, connection)
            case .get: response = try await stream(headers, scope, connection)
            case .delete: response = try await end(headers, scope, connection)
            default: throw notAllowed("POST, GET, DELETE")
            }
            if let nonce = identification.nonce { response.headers[DoorResponse.proofNonce] = nonce.string }
            return response
        } catch {
            if let reason = error.reason { hub.count(reason) }
            return DoorResponse.refusal(error)
        }
    }

    // MARK: - The head

    private static let namesToRead = Set(HTTPHeaderName.allCases.map(\.lowercased.string))

    /// The fields that somebody here reads; the first `Host` is the request's authority.
    private static func headers(_ request: Request) -> HTTPHeaders {
        var headers = HTTPHeaders()
        if let authority = request.head.authority { headers.add(HTTPHeaderName.host.rawValue, authority) }
        for field in request.headers {
            let name = field.name.canonicalName
            if namesToRead.contains(name) || name.hasPrefix("mcp-param-") { headers.add(name, field.value) }
        }
        return headers
    }

    private func health(_ request: Request) throws(HTTPRefusal) -> Response {
        guard request.method == .get else { throw notAllowed("GET") }
        return DoorResponse.json(exchanges.isClosing ? 503 : 200, ["status": exchanges.isClosing ? "closing" : "ok"])
    }

    /// What approvers ask; the desk says who they are.
    private func approvals(_ request: Request, _ headers: HTTPHeaders) async throws(HTTPRefusal) -> Response {
        guard let desk else { throw HTTPRefusal(404, "Not found: approvals are not given here") }
        guard request.method == .post else { throw notAllowed("POST") }
        try MediaTypes.checkContentType(headers)
        let bytes = try await body(
            request, BudgetShare(bodies, for: BudgetShare.stranger), most: limits.approvalBytes)
        let asked: JSON
        do throws(JSONError) { asked = try JSON(parsing: bytes) } catch {
            throw HTTPRefusal(400, "Bad request: the body is no JSON", reason: .malformedFromClient)
        }
        let id = String(request.uri.path.dropFirst("/v1/approvals".count).drop { $0 == "/" })
        let reply = await desk.answer(id.isEmpty ? nil : UTF8String(id), asked)
        return DoorResponse.json(reply.status, reply.body, [.cacheControl: "no-store"])
    }

    private func metadata(_ request: Request) throws(HTTPRefusal) -> Response {
        guard request.method == .get else { throw notAllowed("GET") }
        guard let (scope, metadata) = identification.metadata(request.uri.path), hub.has(scope) else {
            throw HTTPRefusal(404, "Not found: there is no such resource that tokens are given for")
        }
        return DoorResponse.json(200, metadata)
    }

    private func scope(_ path: String) throws(HTTPRefusal) -> Scope {
        let scope: Scope
        if path == "/mcp" {
            scope = .everything
        } else if path.hasPrefix("/mcp/") {
            scope = .server(UTF8String(String(path.dropFirst("/mcp/".count))))
        } else {
            throw HTTPRefusal(404, "Not found: the endpoints are /mcp and /mcp/<server>")
        }
        guard hub.has(scope) else { throw HTTPRefusal(404, "Not found: there is no such server") }
        return scope
    }

    private func notAllowed(_ methods: String) -> HTTPRefusal {
        HTTPRefusal(
            405, "Method not allowed", headers: [HTTPHeaderLine(name: "Allow", value: methods)])
    }

    private func principal(
        _ shown: PresentedCredential, _ proof: PresentedProof, _ scope: Scope, _ id: RequestID? = nil
    ) async throws(HTTPRefusal) -> Principal {
        try await identification.principal(shown, proof, scope, hub, id)
    }

    private func isModern(_ headers: HTTPHeaders) -> Bool {
        headers.values(HTTPHeaderName.protocolVersion.lowercased).contains(where: Era.modernVersions.contains)
    }

    // MARK: - POST

    private func post(
        _ request: Request, _ headers: HTTPHeaders, _ scope: Scope, _ connection: Connection
    ) async throws(HTTPRefusal) -> Response {
        try MediaTypes.checkPostAccept(headers)
        try MediaTypes.checkContentType(headers)
        // A passport in the header is looked at before the body is read: strangers cost little.
        var principal: Principal?
        let proof = try PresentedProof(headers, method: "POST", certificate: tls?.certificate(of: connection))
        if let shown = try PresentedCredential.inHeader(headers, bytesMax: limits.passportBytes) {
            principal = try await self.principal(shown, proof, scope)
        }
        let share = BudgetShare(bodies, for: principal?.agentID ?? BudgetShare.stranger)
        let body = try await body(request, share, most: limits.bodyBytes)
        let posted = try PostedMessage(body, headers)
        var id: RequestID?
        if case .request(let requestID, _) = posted.envelope.kind { id = requestID }
        if principal == nil {
            let known = try await self.principal(
                PresentedCredential.inBody(posted.envelope, bytesMax: limits.bodyBytes), proof, scope, id)
            guard share.pass(to: known.agentID) else { throw tooMany("too much is under way", id) }
            principal = known
        }
        guard let principal else { throw identification.missing(scope, id) }
        try identification.checkScopes(of: principal, posted.envelope, scope, id)
        let arrival = Arrival(
            envelope: posted.envelope, era: posted.era, frameBytes: body.count, share: share, principal: principal,
            scope: scope, connection: connection)
        switch posted.era {
        case .modern:
            try await checkParameters(arrival, headers)
            return try await modern(arrival)
        case .legacy: return try await legacy(arrival, headers)
        }
    }

    private func body(
        _ request: Request, _ share: BudgetShare, most: Int
    ) async throws(HTTPRefusal) -> [UInt8] {
        // One that is no number of ours is too large: nobody waits for what it announces.
        let length = request.headers[.contentLength].map { Int($0) ?? .max } ?? 0
        guard length <= most else { throw tooLarge(most) }
        // What is announced is paid for at once: many half-sent bodies must not add up.
        guard share.take(length) else { throw busy }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        var paid = length
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= most else { throw tooLarge(most) }
                if bytes.count + buffer.readableBytes > paid {
                    let more = bytes.count + buffer.readableBytes - paid
                    guard share.take(more) else { throw busy }
                    paid += more
                }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let refusal as HTTPRefusal { throw refusal } catch {
            throw HTTPRefusal(400, "Bad request: the body did not come whole")
        }
        return bytes
    }

    private func tooLarge(_ most: Int) -> HTTPRefusal {
        HTTPRefusal(413, "Content too large: it may have \(most) bytes at most", reason: .malformedFromClient)
    }

    private var busy: HTTPRefusal {
        HTTPRefusal(
            503, code: HTTPErrorCode.tooMuch, "Service unavailable: too much is under way",
            headers: [HTTPHeaderLine(name: "Retry-After", value: "1")], reason: .tooManyOpenRequests)
    }

    func tooMany(_ text: String, _ id: RequestID?) -> HTTPRefusal {
        HTTPRefusal(
            429, code: HTTPErrorCode.tooMuch, "Too many requests: \(text)", id: id,
            headers: [HTTPHeaderLine(name: "Retry-After", value: "1")], reason: .tooManyOpenRequests)
    }

    /// The headers that a tool's definition wants, against the call's arguments.
    private func checkParameters(_ arrival: Arrival, _ headers: HTTPHeaders) async throws(HTTPRefusal) {
        guard case .request(let id, "tools/call") = arrival.envelope.kind,
            let name = arrival.envelope.params?["name"]?.string,
            let annotations = await annotations(arrival.principal, arrival.scope, name)
        else { return }
        do throws(HTTPRefusal) { try annotations.check(arrival.envelope.params?["arguments"], headers) } catch {
            var refusal = error
            refusal.id = id
            throw refusal
        }
    }

    // MARK: - The stateless revision

    private func modern(_ arrival: Arrival) async throws(HTTPRefusal) -> Response {
        guard case .request = arrival.envelope.kind else {
            // This revision has no notification over HTTP that means anything; there is no conversation to take it.
            hub.count(.droppedClientNotification)
            return DoorResponse.empty(202)
        }
        let queue = OutboundQueue(limits: limits, budget: queued)
        let hub = hub
        let exchange = try begin(arrival, queue) {
            let conversation = hub.conversation(
                arrival.principal, scope: arrival.scope, door: .httpRequest, general: queue)
            let answer = await conversation.answered(arrival.envelope, frameBytes: arrival.frameBytes, sink: queue)
            await conversation.close()
            return answer
        }
        arrival.connection.watch {
            exchange.cancel()
            queue.close()
        }
        return await answer(queue, arrival.connection) { answer in
            answer["error"]?["code"]?.int64.map(HTTPErrorCode.status) ?? 200
        }
    }

    // MARK: - Sessions

    private func legacy(_ arrival: Arrival, _ headers: HTTPHeaders) async throws(HTTPRefusal) -> Response {
        if case .request(let id, "initialize") = arrival.envelope.kind { return try await open(arrival, id) }
        var requestID: RequestID?
        if case .request(let id, _) = arrival.envelope.kind { requestID = id }
        let session = try session(headers, arrival.principal, arrival.scope, requestID)
        guard let conversation = session.conversation else { throw unknownSession(requestID) }
        guard requestID != nil else {
            session.use(0)
            conversation.take(arrival.envelope)
            return DoorResponse.empty(202)
        }
        let queue = OutboundQueue(limits: limits, budget: queued)
        session.use(1)
        do throws(HTTPRefusal) {
            _ = try begin(arrival, queue) {
                defer { session.use(-1) }
                return await conversation.answered(arrival.envelope, frameBytes: arrival.frameBytes, sink: queue)
            }
        } catch {
            session.use(-1)
            throw error
        }
        // In these revisions a client that leaves has not cancelled; what it can no more be told is dropped.
        arrival.connection.watch { queue.close() }
        return await answer(queue, arrival.connection)
    }

    private func open(_ arrival: Arrival, _ id: RequestID) async throws(HTTPRefusal) -> Response {
        guard let (session, ousted) = sessions.open(arrival.principal, arrival.scope) else {
            throw tooMany("too many sessions are open", id)
        }
        await ousted?.end()
        let conversation = hub.conversation(
            arrival.principal, scope: arrival.scope, door: .httpSession, general: session.general)
        guard session.begin(conversation) else {
            await conversation.close()
            throw busy
        }
        let queue = OutboundQueue(limits: limits, budget: queued)
        let sessions = sessions
        session.use(1)
        do throws(HTTPRefusal) {
            _ = try begin(arrival, queue) {
                defer { session.use(-1) }
                let answer = await conversation.answered(arrival.envelope, frameBytes: arrival.frameBytes, sink: queue)
                if answer.message?["result"] == nil {
                    sessions.remove(session)
                    await session.end()
                }
                return answer
            }
        } catch {
            sessions.remove(session)
            await session.end()
            throw error
        }
        arrival.connection.watch { queue.close() }
        var headers = HTTPFields()
        headers[DoorResponse.sessionID] = session.id.string
        return await answer(queue, arrival.connection, headers)
    }

    private func session(
        _ headers: HTTPHeaders, _ principal: Principal, _ scope: Scope, _ id: RequestID?
    ) throws(HTTPRefusal) -> HTTPSession {
        let name: UTF8String?
        do throws(RepeatedHeader) { name = try headers.single(.sessionID) } catch {
            throw HTTPRefusal(400, "Bad request: Mcp-Session-Id comes more than once", id: id)
        }
        guard let name else {
            throw HTTPRefusal(400, "Bad request: Mcp-Session-Id is required; initialize opens a session", id: id)
        }
        guard SessionIDs.isValid(name), let session = sessions.session(name, principal, scope) else {
            throw unknownSession(id)
        }
        return session
    }

    private func unknownSession(_ id: RequestID?) -> HTTPRefusal {
        HTTPRefusal(404, "Not found: there is no such session; initialize opens one", id: id)
    }

    private func stream(
        _ headers: HTTPHeaders, _ scope: Scope, _ connection: Connection
    ) async throws(HTTPRefusal) -> Response {
        if isModern(headers) { throw notAllowed("POST") }
        try MediaTypes.checkStreamAccept(headers)
        let principal = try await headPrincipal(headers, "GET", scope, connection)
        try checkVersion(headers)
        let session = try session(headers, principal, scope, nil)
        guard usage.enter(principal) else { throw tooMany("too much is open", nil) }
        let queue = OutboundQueue(limits: limits, budget: queued)
        guard session.general.attach(queue) else {
            usage.leave(principal)
            throw HTTPRefusal(409, "Conflict: this session has its stream already")
        }
        let end = Once { [usage] in
            session.general.detach(queue)
            session.use(-1)
            usage.leave(principal)
        }
        session.use(1)
        guard let key = exchanges.add(queue, cancel: { queue.finish(nil) }) else {
            end()
            throw busy
        }
        let exchanges = exchanges
        let unwatch = hub.whenStopped(principal) { queue.cut() }
        connection.watch {
            unwatch()
            queue.close()
            exchanges.remove(key)
            end()
        }
        return DoorResponse.events(queue, connection, limits: limits) {
            unwatch()
            connection.unwatch()
            queue.close()
            exchanges.remove(key)
            end()
        }
    }

    private func end(
        _ headers: HTTPHeaders, _ scope: Scope, _ connection: Connection
    ) async throws(HTTPRefusal) -> Response {
        if isModern(headers) { throw notAllowed("POST") }
        let principal = try await headPrincipal(headers, "DELETE", scope, connection)
        try checkVersion(headers)
        let session = try session(headers, principal, scope, nil)
        sessions.remove(session)
        await session.end()
        return DoorResponse.empty(204)
    }

    private func headPrincipal(
        _ headers: HTTPHeaders, _ method: UTF8String, _ scope: Scope, _ connection: Connection
    ) async throws(HTTPRefusal) -> Principal {
        let shown = try PresentedCredential.inHeader(headers, bytesMax: limits.passportBytes)
        let proof = try PresentedProof(headers, method: method, certificate: tls?.certificate(of: connection))
        return try await principal(shown ?? .nothing, proof, scope)
    }

    private func checkVersion(_ headers: HTTPHeaders) throws(HTTPRefusal) {
        for version in headers.values(HTTPHeaderName.protocolVersion.lowercased)
        where !Era.legacyVersions.contains(version) {
            throw HTTPRefusal(400, code: ErrorCode.unsupportedVersion, "Unsupported protocol version")
        }
    }

    // MARK: - Answers

    /// Starts the work of a request, which goes on whether or not the client stays.
    private func begin(
        _ arrival: Arrival, _ queue: OutboundQueue, _ work: @escaping @Sendable () async -> AnsweredRequest
    ) throws(HTTPRefusal) -> Task<Void, Never> {
        var id: RequestID?
        if case .request(let requestID, _) = arrival.envelope.kind { id = requestID }
        guard usage.enter(arrival.principal) else { throw tooMany("too much is open", id) }
        guard let key = exchanges.add(queue) else {
            usage.leave(arrival.principal)
            throw busy
        }
        let (usage, exchanges) = (usage, exchanges)
        // On the pool: what is judged may have to ask a file system, and may be long.
        let task = Task {
            let answered = await work()
            queue.finish(answered.message, unless: answered.refusal)
            exchanges.remove(key)
            usage.leave(arrival.principal)
            withExtendedLifetime(arrival.share) {}
            answered.settle()
        }
        exchanges.cancelling(key) { task.cancel() }
        return task
    }

    /// Waits for the answer: JSON where nothing came before it, else an event stream.
    private func answer(
        _ queue: OutboundQueue, _ connection: Connection, _ headers: HTTPFields = [:],
        status: (JSON) -> Int = { _ in 200 }
    ) async -> Response {
        switch await queue.opening() {
        case .answer(let answer?):
            connection.unwatch()
            let isSession = answer["result"] != nil
            return DoorResponse.json(status(answer), answer, isSession ? headers : [:])
        case .answer(nil), .stream:
            return DoorResponse.events(queue, connection, limits: limits, headers) { connection.unwatch() }
        case .closed:
            connection.unwatch()
            // Nobody reads this.
            return DoorResponse.empty(503)
        }
    }
}

/// A message that came in, and what it came with.
struct Arrival: Sendable {
    let envelope: Envelope
    let era: Era
    let frameBytes: Int
    let share: BudgetShare
    let principal: Principal
    let scope: Scope
    let connection: Connection
}

/// What Hummingbird makes for each request: which connection it came on.
struct DoorContext: InitializableFromSource, Sendable {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) { channel = source.channel }
}
