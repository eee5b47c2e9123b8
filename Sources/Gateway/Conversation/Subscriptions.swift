// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// A notification of a server's that belongs to no request.
struct ServerNews: Sendable {
    let view: ServerView
    let kind: MethodRule.Kind
    let method: UTF8String
    let params: JSONObject

    /// Whether it is no fault where nobody wants to hear it.
    var isIdle: Bool {
        switch kind {
        case .logMessage, .listChanged, .resourceUpdated, .taskStatus, .acknowledged: true
        default: false
        }
    }
}

/// What one client wants to hear of.
final class Subscriptions: Sendable {
    /// A stream of news of the stateless revision.
    struct Listening: Sendable {
        let filter: SubscriptionFilter
        let sink: any MessageSink
        let end: Race<Void>
    }

    private struct State {
        /// Resources, of a client of the handshake revisions.
        var resources: [ServerName: Task<Void, Never>?] = [:]
        var listening: [RequestID: Listening] = [:]
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let max: Int

    init(max: Int) { self.max = max }

    var hasRoom: Bool { state.withLock { $0.resources.count < max } }

    /// A resource is subscribed to; `listening` is what hears of it at a server of the stateless revision.
    func add(_ resource: ServerName, _ listening: Task<Void, Never>?) {
        let needless: Task<Void, Never>? = state.withLock { state in
            if state.hasEnded { return listening }
            return state.resources.updateValue(listening, forKey: resource) ?? nil
        }
        needless?.cancel()
    }

    /// Whether it was subscribed to.
    @discardableResult func remove(_ resource: ServerName) -> Bool {
        guard let removed = state.withLock({ $0.resources.removeValue(forKey: resource) }) else { return false }
        removed?.cancel()
        return true
    }

    func has(_ resource: ServerName) -> Bool { state.withLock { $0.resources[resource] != nil } }

    func listen(_ id: RequestID, _ listening: Listening) { state.withLock { $0.listening[id] = listening } }

    func endListening(_ id: RequestID) { state.withLock { $0.listening[id] = nil } }

    var listening: [(RequestID, Listening)] { state.withLock { $0.listening.map { ($0.key, $0.value) } } }

    func endAll() {
        let (tasks, streams) = state.withLock { state in
            state.hasEnded = true
            defer {
                state.resources = [:]
                state.listening = [:]
            }
            return (state.resources.values.compactMap(\.self), state.listening.values.map(\.end))
        }
        for task in tasks { task.cancel() }
        for end in streams { end.finish(()) }
    }
}

extension ClientConversation {
    /// Takes news of a server's; whether they went anywhere.
    func hear(_ news: ServerNews) -> Bool {
        guard !isClosed, view(news.view.alias) === news.view, let params = mapped(news) else { return false }
        // Where a server has one stream for everything, a log message is most likely about what it was asked last; on
        // that request's stream it comes before the answer, and a client of the stateless revision has no other.
        if news.kind == .logMessage, let request = news.view.newest(of: self) {
            guard wantsLog(params, about: request) else { return false }
            return request.sink.send(Message.notification(news.method, .object(params)))
        }
        let listening = subscriptions.listening.filter { $0.1.filter.wants(news.method, params) }
        let isHeard = facts != nil && wants(news)
        guard isHeard || !listening.isEmpty, !isStopped(news) else { return false }
        var isTaken = false
        if isHeard {
            isTaken = general.send(Message.notification(news.method, .object(Subscription.untagged(params))))
        }
        for (id, listening) in listening {
            isTaken = listening.sink.send(Subscription.notification(id, news.method, params)) || isTaken
        }
        return isTaken
    }

    /// Whether what was permitted when it was asked for is so no more.
    private func isStopped(_ news: ServerNews) -> Bool {
        let operation: Operation
        switch news.kind {
        case .resourceUpdated:
            operation = .resource(method: "resources/subscribe", uri: news.params["uri"]?.string ?? "")
        case .taskStatus: operation = .task(method: "tasks/get")
        case .elicitationComplete: operation = .serverRequest(method: "elicitation/create")
        default:
            // Nothing of it was decided, but who is stopped hears nothing any more.
            let subject = hub.pipeline.stoppable(server: news.view.alias, for: principal.credential)
            return subject.flatMap { hub.pipeline.stop(of: $0) } != nil
        }
        return hub.pipeline.isStopped(operation, for: principal.credential, server: news.view.alias)
    }

    /// Whether a client of the handshake revisions is to hear it.
    private func wants(_ news: ServerNews) -> Bool {
        switch news.kind {
        case .listChanged: true
        case .logMessage: logLevel?.wants(news.params) ?? true
        case .resourceUpdated:
            news.params["uri"]?.string.map { subscriptions.has(ServerName(news.view.alias, $0)) } ?? false
        case .taskStatus: news.params["taskId"]?.string.map { news.view.made(task: $0) } ?? false
        case .elicitationComplete:
            news.params["elicitationId"]?.string.map { hasShown($0, of: news.view) } ?? false
        default: false
        }
    }

    /// Its parameters with names as this client knows them.
    private func mapped(_ news: ServerNews) -> JSONObject? {
        guard news.params["inputRequests"] == nil else { return nil }
        // That it is done is all that there is to say.
        if news.kind == .elicitationComplete {
            return news.params["elicitationId"].map {
                JSONObject(unique: [JSONMember(key: "elicitationId", value: $0)])
            }
        }
        let alias = news.view.alias
        let (naming, principal, seal) = (naming, principal, hub.seal)
        var params = Meta.withoutOurKeys(news.params)
        if case .everything = scope {
            params = ResourcePlaces.mapping(params: params, of: news.method) { naming.spelling($0, of: alias) }
        }
        do throws(ResultDefect) {
            return try TaskIDs.mapping(params: params, of: news.method) { id throws(ResultDefect) in
                guard let token = seal.task(ServerName(alias, id), of: principal) else { throw .ambiguous }
                return token
            }
        } catch {
            return nil
        }
    }
}
