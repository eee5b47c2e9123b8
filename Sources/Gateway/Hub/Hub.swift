// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import MCP
public import StrictJSON
import Synchronization
import WireTypes

/// The middle of the gateway: clients' conversations on one side, servers on the other, and the pipeline between them.
///
/// Nothing reaches a server, and nothing a server asks for reaches a client, but by a permit.
public final class Hub: GatewayHub {
    fileprivate struct ViewKey: Hashable {
        let alias: UTF8String
        let principal: Principal
    }

    /// What one agent has here.
    fileprivate struct Presence {
        var conversations: [ObjectIdentifier: ClientConversation] = [:]
        let directory: Directory
        /// Its own: another agent's calls to a server that does not open must not keep this one's from being decided.
        let load: DecisionLoad
        /// When its last conversation went, as a count of those that went.
        var left: Int64 = 0
    }

    fileprivate struct State {
        var views: [ViewKey: ServerView] = [:]
        var present: [Principal: Presence] = [:]
        var drops = DropCounter()
        var left: Int64 = 0
        /// What will log the refusals that were counted, where some were.
        var report: Task<Void, Never>?

        /// A principal as it is known by what it has here.
        func known(_ principal: Principal) -> Principal? {
            present.index(forKey: principal).map { present[$0].key }
        }
    }

    let servers: [ServerDescription]
    let pipeline: DecisionPipeline
    let recorder: OutcomeRecorder
    let load: DecisionLoad
    let seal: TokenSeal
    let held: HeldCalls
    let limits: GatewayLimits
    let clock: any Clock
    let note: @Sendable (String) -> Void
    /// Looks at results; none is installed.
    let inspector: (any ResultInspector)?
    let pool: any UpstreamPool
    private let random: any RandomSource
    private let state = Mutex(State())

    /// A hub before servers.
    ///
    /// - Parameters:
    ///   - servers: in the order of their aliases.
    ///   - key: seals cursors, task ids and requests' states: 32 bytes, the same in every process that serves the same
    ///     clients.
    ///   - note: takes lines for the operator, which never go to the protocol's stream.
    ///   - pool: makes the servers' side; given what hears it.
    init(
        _ servers: [ServerDescription], pipeline: DecisionPipeline, key: [UInt8], clock: any Clock,
        random: any RandomSource, limits: GatewayLimits, inspector: (any ResultInspector)? = nil,
        note: @escaping @Sendable (String) -> Void, pool: (_ relay: HubRelay) -> any UpstreamPool
    ) {
        self.servers = servers
        self.pipeline = pipeline
        recorder = OutcomeRecorder(pipeline, note: note)
        load = DecisionLoad(bytesMax: limits.decidingBytes)
        seal = TokenSeal(key: key)
        held = HeldCalls(max: limits.heldCalls)
        self.limits = limits
        self.clock = clock
        self.random = random
        self.note = note
        self.inspector = inspector
        let relay = HubRelay()
        self.pool = pool(relay)
        relay.connect(self)
    }

    /// A hub before servers that are reached by these transports.
    ///
    /// - Parameters:
    ///   - servers: what the gateway stands before.
    ///   - key: seals cursors, task ids and requests' states: 32 bytes, the same in every process that serves the same
    ///     clients.
    ///   - note: takes lines for the operator, which never go to the protocol's stream.
    public convenience init(
        _ servers: [ServerDescription], pipeline: DecisionPipeline, transports: any TransportFactory, key: [UInt8],
        clock: any Clock, random: any RandomSource, limits: GatewayLimits = GatewayLimits(),
        upstream: UpstreamLimits = UpstreamLimits(), note: @escaping @Sendable (String) -> Void
    ) {
        self.init(
            servers, pipeline: pipeline, key: key, clock: clock, random: random, limits: limits, note: note
        ) { relay in
            ServerPool(
                servers, transports: transports, limits: upstream, observer: relay.observer, count: relay.count,
                note: note)
        }
    }

    // MARK: GatewayHub

    /// Whether a credential is one of an agent that may come in at all.
    public func principal(_ credential: Credential) async -> Result<Principal, IdentityRefusal> {
        do throws(LedgerError) {
            switch try await pipeline.identify(credential) {
            case .success(let agent):
                let principal = Principal(agentID: agent.agentID, credential: agent.credential)
                // What it has open goes on with the newer token.
                state.withLock { $0.known(principal) }?.follow(principal)
                return .success(principal)
            case .failure(let why): return .failure(IdentityRefusal(why.text))
            }
        } catch {
            note("writ: a caller could not be identified: \(error)")
            return .failure(IdentityRefusal("nobody can be identified at the moment"))
        }
    }

    /// Whether there is such a scope.
    public func has(_ scope: Scope) -> Bool {
        switch scope {
        case .everything: true
        case .server(let alias): servers.contains { $0.alias == alias }
        }
    }

    /// Opens a conversation.
    public func conversation(
        _ principal: Principal, scope: Scope, door: DoorKind, general: any MessageSink
    ) -> any Conversation {
        open(
            principal, scope: scope, door: door, general: general,
            session: UTF8String(UUIDv7(time: clock.now(), random: random.bytes(10)).text))
    }

    /// What a tool's definition wants repeated in headers, as far as the tool is known; `nil` where that is nothing.
    ///
    /// - Parameter tool: its public name in the scope.
    public func annotations(_ principal: Principal, _ scope: Scope, _ tool: UTF8String) -> HeaderAnnotations? {
        guard let directory = state.withLock({ $0.present[principal]?.directory }),
            let meaning = Naming(scope: scope, directory: directory).meaning(of: .tool(tool)),
            let tool = view(meaning.alias, principal)?.known(meaning.name)
        else { return nil }
        // Of those that are out of form nothing can be repeated; what is judged is the body in any case.
        guard case .success(let annotations) = HeaderParameters.read(tool.item), !annotations.all.isEmpty else {
            return nil
        }
        return annotations
    }

    /// Counts what was refused without a decision, for one event a minute.
    public func count(_ reason: DropReason) {
        if let report = state.withLock({ $0.drops.count(reason, at: .now()) }) { log(report) }
    }

    /// Hears when all that a principal does is stopped: at once where it is already.
    public func whenStopped(
        _ principal: Principal, _ onStop: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void {
        guard let subject = pipeline.stoppable(for: principal.credential) else { return {} }
        let board = pipeline.switches
        let watch = board.add(subject) { _ in onStop() }
        return { board.remove(watch) }
    }

    /// To be told of every refusal: some could not be logged, and some were counted, which is logged a minute later.
    func noteDenial(_ answer: Answer) {
        guard answer.receiptID == nil else { return }
        guard answer.isCounted else { return recorder.ledgerFailed() }
        state.withLock { state in
            guard state.report == nil else { return }
            state.report = Task { [weak self] in
                do { try await Task.sleep(for: .seconds(60)) } catch { return }
                self?.state.withLock { $0.report = nil }
                self?.logCounted()
            }
        }
    }

    private func logCounted() {
        do throws(LedgerError) { try pipeline.logCounted(all: true) } catch {
            recorder.ledgerFailed()
            note("writ: counted refusals could not be logged: \(error)")
        }
    }

    // MARK: Conversations

    func open(
        _ principal: Principal, scope: Scope, door: DoorKind, general: any MessageSink, session: UTF8String
    ) -> ClientConversation {
        let (presence, known, gone): (Presence, Principal, Principal?) = state.withLock { state in
            if let present = state.present[principal] { return (present, state.known(principal) ?? principal, nil) }
            let gone = state.makeRoom(limits.principals)
            let presence = Presence(
                directory: Directory(aliases: servers.map(\.alias)), load: DecisionLoad(bytesMax: limits.decidingBytes))
            state.present[principal] = presence
            return (presence, principal, gone)
        }
        if let gone { pool.close(gone) }
        // What lasts goes on with the next token; one request is decided by what it was sent with.
        let principal = door == .httpRequest ? principal : known
        let conversation = ClientConversation(
            self, principal, scope: scope, door: door, general: general, sessionID: session,
            directory: presence.directory, load: presence.load)
        state.withLock {
            $0.present[principal, default: presence].conversations[ObjectIdentifier(conversation)] = conversation
        }
        return conversation
    }

    /// A conversation is over. What only served it goes; the servers' links end by themselves.
    func left(_ conversation: ClientConversation) {
        state.withLock { state in
            state.left += 1
            state.present[conversation.principal]?.left = state.left
            state.present[conversation.principal]?.conversations[ObjectIdentifier(conversation)] = nil
        }
    }

    func conversations(of principal: Principal) -> [ClientConversation] {
        state.withLock { state in state.present[principal].map { Array($0.conversations.values) } ?? [] }
    }

    func view(_ alias: UTF8String, _ principal: Principal) -> ServerView? {
        guard let server = servers.first(where: { $0.alias == alias }) else { return nil }
        return state.withLock { state in
            let key = ViewKey(alias: alias, principal: principal)
            if let known = state.views[key] { return known }
            let view = ServerView(server, state.known(principal) ?? principal, hub: self)
            state.views[key] = view
            return view
        }
    }

    /// How many principals are remembered; for whoever watches over memory.
    var remembered: Int { state.withLock { $0.present.count } }

    // MARK: What servers say by themselves

    /// A notification that belongs to no request.
    func news(from view: ServerView, _ method: UTF8String, _ params: JSONObject?) {
        guard let rule = MethodTable.rule(method, from: .server), !rule.isRequest else {
            return count(.droppedServerNotification)
        }
        let news = ServerNews(view: view, kind: rule.kind, method: method, params: params ?? JSONObject())
        var isTaken = false
        for conversation in conversations(of: view.principal) where conversation.hear(news) { isTaken = true }
        if !isTaken, !news.isIdle { count(.droppedServerNotification) }
    }

    func goneText(_ view: ServerView) -> UTF8String {
        servers.count == 1
            ? "The server behind this gateway is not available"
            : UTF8String("The server \(view.alias) is not available")
    }

    func withdrew(_ view: ServerView, _ link: any UpstreamLink, _ request: RequestID) {
        for conversation in conversations(of: view.principal) { conversation.withdraw(link, request) }
    }

    // MARK: The end

    /// Ends every conversation and every server.
    public func close() async {
        let open = state.withLock { $0.present.values.flatMap { Array($0.conversations.values) } }
        for conversation in open { conversation.leave() }
        held.endAll()
        await pool.close()
    }

    /// Waits, holding the thread, until what was allowed has its outcome; to be called after `close`, and before the
    /// ledger is closed.
    ///
    /// - Returns: whether everything could be logged.
    public func settle() -> Bool {
        let deadline = MonotonicTime.after(milliseconds: limits.decisionMilliseconds)
        // Whoever closes the ledger next must not do so under a decision: its outcome would be lost.
        let loads = [load] + state.withLock { $0.present.values.map(\.load) }
        if !loads.allSatisfy({ $0.waitUntilIdle(within: deadline) }) || !recorder.waitUntilSettled(within: deadline) {
            note("writ: ending while calls are still being decided")
        }
        let report = state.withLock { state in
            state.views = [:]
            state.present = [:]
            state.report?.cancel()
            state.report = nil
            return state.drops.rest(at: .now())
        }
        if let report { log(report) }
        logCounted()
        return !recorder.hasFailed
    }

    /// One event for many refused frames.
    private func log(_ report: DropCounter.Report) {
        do throws(LedgerError) {
            try pipeline.recordRefusedFrames(report.count, since: report.since, surface: .gateway)
        } catch {
            recorder.ledgerFailed()
            note("writ: \(report.count) refused frames could not be logged: \(error)")
        }
    }
}

extension Hub.State {
    /// Forgets whoever has been away for longest, where there are too many.
    ///
    /// - Returns: whose links are to be ended.
    fileprivate mutating func makeRoom(_ most: Int) -> Principal? {
        guard present.count >= most else { return nil }
        let away = present.filter { $0.value.conversations.isEmpty }
        guard let gone = away.min(by: { $0.value.left < $1.value.left })?.key else { return nil }
        present[gone] = nil
        views = views.filter { $0.key.principal != gone }
        return gone
    }
}

/// Brings what links say to the hub, which is made after them.
final class HubRelay: Sendable {
    private struct Weak: Sendable { weak var hub: Hub? }

    private let weak = Mutex(Weak())

    fileprivate func connect(_ hub: Hub) { weak.withLock { $0.hub = hub } }

    /// What hears the links of a server and a principal.
    @Sendable func observer(_ server: ServerDescription, _ principal: Principal) -> any LinkObserver {
        weak.withLock { $0.hub }?.view(server.alias, principal) ?? NobodyObserves()
    }

    @Sendable func count(_ reason: DropReason) { weak.withLock { $0.hub }?.count(reason) }
}

/// For links that outlive their hub.
private final class NobodyObserves: LinkObserver {
    func notified(_ link: any UpstreamLink, _ method: UTF8String, _ params: JSONObject?) {}
    func asked(
        _ link: any UpstreamLink, _ request: RequestID, _ method: UTF8String, _ params: JSONObject?, exchange: Int64?
    ) {
        link.refuse(request, code: ErrorCode.methodNotFound, "Not available through this gateway")
    }
    func withdrew(_ link: any UpstreamLink, _ request: RequestID) {}
    func ended(_ link: any UpstreamLink, _ failure: UpstreamFailure) {}
}
