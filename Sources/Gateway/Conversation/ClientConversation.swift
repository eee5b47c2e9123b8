// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// One client's conversation: what it has open, what it said of itself, and what it has been asked.
final class ClientConversation: Conversation {
    private struct Open {
        let method: UTF8String
        var task: RunningTask?
        var isCancelled = false
    }

    private struct State {
        var open: [RequestID: Open] = [:]
        /// How many of them the client has taken back.
        var takenBack = 0
        /// What the client said in `initialize`.
        var facts: ClientFacts?
        var isClosed = false
        var logLevel: LogLevel?
        var masks: [UTF8String: [ClientMask.RawValue: ClientMask]] = [:]
        /// URLs that the client was asked to have opened, by their servers' ids, and has not heard the end of.
        var elicitations: Set<ServerName> = []
    }

    let hub: Hub
    let principal: Principal
    let scope: Scope
    let door: DoorKind
    let general: any MessageSink
    let sessionID: UTF8String
    let naming: Naming
    let questions: Questions
    let subscriptions: Subscriptions
    private let load: DecisionLoad
    private let state = Mutex(State())

    init(
        _ hub: Hub, _ principal: Principal, scope: Scope, door: DoorKind, general: any MessageSink,
        sessionID: UTF8String, directory: Directory, load: DecisionLoad
    ) {
        self.hub = hub
        self.principal = principal
        self.scope = scope
        self.door = door
        self.general = general
        self.sessionID = sessionID
        self.load = load
        naming = Naming(scope: scope, directory: directory)
        questions = Questions()
        subscriptions = Subscriptions(max: hub.limits.subscriptions)
    }

    // MARK: Requests

    func answer(_ request: Envelope, frameBytes: Int, sink: any MessageSink) async -> JSON? {
        let answered = await answered(request, frameBytes: frameBytes, sink: sink)
        // Whoever waits for the answer does not wait for its outcome to be signed.
        Task { answered.settle() }
        return answered.message
    }

    func answered(_ request: Envelope, frameBytes: Int, sink: any MessageSink) async -> AnsweredRequest {
        if let refusal = begin(request) { return AnsweredRequest(refusal) }
        await load.waitForRoom(taking: frameBytes)
        return AnsweredRequest(await reply(to: request, share: LoadShare(load, frameBytes), sink: sink))
    }

    /// Answers a request that has been begun.
    func reply(to envelope: Envelope, share: LoadShare, sink: any MessageSink) async -> Reply {
        guard case .request(let id, let method) = envelope.kind else { return Reply(nil) }
        defer {
            state.withLock { state in
                if state.open.removeValue(forKey: id)?.isCancelled == true { state.takenBack -= 1 }
            }
        }
        let task = RunningTask.current
        state.withLock { state in
            state.open[id]?.task = task
            if state.open[id]?.isCancelled ?? true { task?.cancel() }
        }
        var reply: Reply
        do throws(RequestRefusal) {
            reply = await Router(try read(envelope, id, method, share, sink)).reply()
        } catch {
            let isVersion = error.code == ErrorCode.unsupportedVersion
            hub.count(isVersion ? .unsupportedVersion : .invalidParams)
            reply = Reply(error.answer(id))
        }
        // What the client took back is not answered, however far it came.
        let isOver = state.withLock { $0.isClosed || $0.open[id]?.isCancelled ?? false }
        if isOver || Task.isCancelled { reply.message = nil }
        return reply
    }

    /// Opens a request; an answer where it cannot be. Whoever reads the client's frames does this before the next one.
    func begin(_ envelope: Envelope) -> Reply? {
        guard case .request(let id, let method) = envelope.kind else { return Reply(nil) }
        enum Opened { case yes, duplicate, full, closed }
        let opened: Opened = state.withLock { state in
            guard !state.isClosed else { return .closed }
            guard state.open[id] == nil else { return .duplicate }
            // One that was taken back gives up its place, as long as that does not fill the table either.
            let wanted = state.open.count - state.takenBack
            guard wanted < hub.limits.openCalls, state.open.count < 2 * hub.limits.openCalls else { return .full }
            state.open[id] = Open(method: method)
            return .yes
        }
        switch opened {
        case .yes: return nil
        case .closed: return Reply(nil)
        case .duplicate:
            hub.count(.duplicateID)
            // An error under an id that is open would be taken for that request's answer.
            return Reply(Message.error(nil, code: ErrorCode.invalidRequest, "Invalid request: this id is already open"))
        case .full:
            hub.count(.tooManyOpenRequests)
            let text: UTF8String =
                "Too many requests are open. The call was not made; try again when others have ended."
            guard method == "tools/call" else {
                return Reply(Message.error(id, code: ErrorCode.internalError, text))
            }
            return Reply(Message.failure(id, era: .legacy, text))
        }
    }

    private func read(
        _ envelope: Envelope, _ id: RequestID, _ method: UTF8String, _ share: LoadShare, _ sink: any MessageSink
    ) throws(RequestRefusal) -> ClientRequest {
        let params = envelope.params
        let token = try Meta.progressToken(in: params)
        let client: ClientFacts
        switch era(method, params) {
        case .modern: client = try ClientFacts(request: params)
        case .legacy: client = state.withLock { $0.facts } ?? Self.unknown
        }
        return ClientRequest(
            id: id, method: method, message: envelope.message, client: client, progressToken: token, sink: sink,
            share: share, conversation: self)
    }

    private func era(_ method: UTF8String, _ params: JSONObject?) -> Era {
        switch door {
        case .stdio: Era(ofRequest: method, params)
        case .httpSession: .legacy
        case .httpRequest: .modern
        }
    }

    /// A client that asks before it has said who it is.
    private static let unknown = ClientFacts(
        era: .legacy, version: Era.latestLegacyVersion, capabilities: JSONObject(), info: nil)

    // MARK: Everything else that a client says

    func take(_ message: Envelope) {
        switch message.kind {
        case .request: break
        case .notification(let method):
            switch MethodTable.rule(method, from: .client)?.kind {
            case .initialized?: break
            case .cancelled?: cancelled(message.params)
            // Roots are not remembered: a server asks anew. Progress of an answer is nobody's to hear.
            default: hub.count(.droppedClientNotification)
            }
        case .result(let id):
            guard let result = message.message["result"]?.object, questions.answer(id, .result(result)) else {
                return hub.count(.unexpectedClientAnswer)
            }
        case .error(let id):
            guard let id, let error = message.message["error"]?.object, questions.answer(id, .error(error)) else {
                return hub.count(.unexpectedClientAnswer)
            }
        }
    }

    private func cancelled(_ params: JSONObject?) {
        guard let id = params?["requestId"].flatMap(RequestID.init) else {
            return hub.count(.droppedClientNotification)
        }
        let isKnown = state.withLock { state in
            guard let open = state.open[id], !open.isCancelled, open.method != "initialize" else { return false }
            state.open[id]?.isCancelled = true
            state.takenBack += 1
            // Inside the lock: a request leaves the table before its task ends.
            open.task?.cancel()
            return true
        }
        if !isKnown { hub.count(.droppedClientNotification) }
    }

    // MARK: URLs to open

    /// The client is shown a URL to open: it may hear when that is done. Of too many it does not.
    func shows(_ question: InputRequest, of view: ServerView) {
        guard question.params?["mode"] == "url", let id = question.params?["elicitationId"]?.string,
            id.byteCount <= Limits.idBytesMax
        else { return }
        state.withLock { state in
            guard state.elicitations.count < hub.limits.openURLs else { return }
            state.elicitations.insert(ServerName(view.alias, id))
        }
    }

    /// Whether the client waits to hear that a URL has been dealt with; it hears so once.
    func hasShown(_ id: UTF8String, of view: ServerView) -> Bool {
        state.withLock { $0.elicitations.remove(ServerName(view.alias, id)) } != nil
    }

    // MARK: What is known of the client

    var isClosed: Bool { state.withLock { $0.isClosed } }

    var facts: ClientFacts? { state.withLock { $0.facts } }

    var logLevel: LogLevel? { state.withLock { $0.logLevel } }

    func adopt(_ facts: ClientFacts) { state.withLock { $0.facts = facts } }

    func adopt(_ level: LogLevel) { state.withLock { $0.logLevel = level } }

    func isOpen(_ id: RequestID) -> Bool { state.withLock { $0.open[id] != nil } }

    /// Whether the client wants a server's log message about one of its requests.
    func wantsLog(_ message: JSONObject, about request: ClientRequest) -> Bool {
        switch request.era {
        case .legacy: logLevel?.wants(message) ?? true
        case .modern: Meta.logLevel(in: request.params)?.wants(message) ?? false
        }
    }

    /// Who a client of the stateless revision is told that this is; of one server what the server says itself.
    var serverInfo: JSON? { if case .everything = scope { HandshakeFlow.info } else { nil } }

    /// The servers in scope, by alias.
    var views: [ServerView] {
        switch scope {
        case .server(let alias): [hub.view(alias, principal)].compactMap(\.self)
        case .everything: hub.servers.map(\.alias).sorted().compactMap { hub.view($0, principal) }
        }
    }

    func view(_ alias: UTF8String) -> ServerView? {
        if case .server(let only) = scope, only != alias { return nil }
        return hub.view(alias, principal)
    }

    /// The client as a server is told of it: what it declared, and policy could permit the server to use.
    func told(_ client: ClientFacts, to view: ServerView) async -> ClientFacts {
        var told = client
        let declared = client.declared
        var mask: ClientMask = []
        if !declared.isEmpty {
            if let known = state.withLock({ $0.masks[view.alias]?[declared.rawValue] }) {
                mask = known
            } else {
                mask = await CapabilityMask(view: view, session: sessionID).mask(of: declared)
                state.withLock { $0.masks[view.alias, default: [:]][declared.rawValue] = mask }
            }
        }
        told.capabilities = client.capabilities(through: mask, to: client.era)
        return told
    }

    // MARK: The end

    func close() async {
        leave()
        if door != .stdio { cancelAll() }
        hub.left(self)
    }

    /// The client is gone: nothing more is forwarded, nothing more is said. On stdio what is with a server stays there
    /// until that ends, which it is about to.
    func leave() {
        state.withLock { $0.isClosed = true }
        questions.endAll()
        subscriptions.endAll()
    }

    private func cancelAll() {
        state.withLock { state in
            for open in state.open.values { open.task?.cancel() }
        }
    }
}

/// A task that can be cancelled from elsewhere as long as it runs.
struct RunningTask: @unchecked Sendable {
    // INVARIANT: whoever holds this lets it go before the task ends, and touches it under the lock that says so.
    private let task: UnsafeCurrentTask

    static var current: RunningTask? { withUnsafeCurrentTask { $0.map(RunningTask.init(task:)) } }

    private init(task: UnsafeCurrentTask) { self.task = task }

    func cancel() { task.cancel() }
}
