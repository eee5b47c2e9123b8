// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// `resources/subscribe` and `resources/unsubscribe` of the handshake revisions. Subscribing is decided, as reading is.
struct SubscribeFlow: Sendable {
    let request: ClientRequest

    private var conversation: ClientConversation { request.conversation }

    func run() async -> Reply {
        guard conversation.subscriptions.hasRoom else {
            request.hub.count(.tooManyOpenRequests)
            return Reply(request.error(ErrorCode.internalError, "Too many resources are subscribed to"))
        }
        guard let resource = resource else { return unknown() }
        let subscription = ResourceSubscription(request: request, resource: resource, method: request.method)
        switch await subscription.begin() {
        case .ended(let reply): return reply
        case .begun(let task, let outcome):
            conversation.subscriptions.add(resource, task)
            return Reply(request.result(JSONObject()), then: outcome)
        }
    }

    func end() async -> Reply {
        guard let resource = resource else { return unknown() }
        if conversation.subscriptions.remove(resource) {
            await ResourceSubscription(request: request, resource: resource, method: request.method).end()
        }
        return Reply(request.result(JSONObject()))
    }

    private var resource: ServerName? {
        guard let uri = request.params["uri"]?.string, uri.byteCount <= Limits.uriBytesMax, !uri.isEmpty else {
            return nil
        }
        return conversation.naming.meaning(of: .resource(uri))
    }

    private func unknown() -> Reply {
        request.hub.count(.invalidParams)
        let bridge = Bridge(client: request.client.revision, server: .latestModern, serverInfo: nil)
        return Reply(request.answer(bridge.unknownResource(request.params["uri"]?.string ?? "")))
    }
}

/// News of one resource, in the words of its server's era.
struct ResourceSubscription: Sendable {
    let request: ClientRequest
    let resource: ServerName
    /// What the client asked by: `resources/subscribe` or `subscriptions/listen`.
    let method: UTF8String

    enum Beginning: Sendable {
        /// The task that hears of it at a server of the stateless revision.
        case begun(Task<Void, Never>?, Reply.Outcome)
        case ended(Reply)
    }

    func begin() async -> Beginning {
        guard let view = request.conversation.view(resource.alias) else {
            return .ended(Reply(request.error(ErrorCode.internalError, "There is no such server")))
        }
        let client = await request.conversation.told(request.client, to: view)
        let link: any UpstreamLink
        do throws(ServerTrouble) { link = try await view.link(for: client) } catch {
            return .ended(Reply(request.failure(error, of: view)))
        }
        let isModern = link.facts.era == .modern
        var asking = request
        asking.method = isModern ? "subscriptions/listen" : "resources/subscribe"
        asking.message["method"] = .string(asking.method)
        let params: JSONObject =
            isModern
            ? Subscription.listenParams(SubscriptionFilter(resources: [resource.name]), meta: JSONObject())
            : uriParams
        asking.message["params"] = .object(params)
        let exchange = DecidedExchange(
            request: asking, view: view, link: link, client: client, params: params,
            operation: .resource(method: method, uri: resource.name), name: resource.name,
            makeListener: { _ in NewsListener(view, link) })
        switch await exchange.forward() {
        case .denied(let answer): return .ended(Reply(request.denial(answer)))
        case .cancelled(let outcome): return .ended(Reply(nil, then: outcome))
        case .failed(let trouble, let outcome):
            return .ended(Reply(request.failure(trouble, of: view), then: outcome))
        case .forwarded(let forwarded, _):
            guard isModern else {
                let reply = await forwarded.reply()
                let outcome = forwarded.outcome(reply, of: exchange.operation)
                guard case .result = reply else {
                    let asked = AskedServer(
                        request: request, view: view, link: link, client: client, subject: .resource(resource.name),
                        name: resource.name, params: params)
                    if case .reply(let failed) = asked.read(reply, forwarded) { return .ended(failed) }
                    return .ended(Reply(request.failed("The server did not answer."), then: outcome))
                }
                return .begun(nil, outcome)
            }
            // The stream stays open as long as the client wants to hear.
            let task = Task {
                let reply = await forwarded.reply(within: .max)
                forwarded.outcome(reply, of: exchange.operation)()
            }
            return .begun(task, {})
        }
    }

    /// Nobody of this principal's wants to hear of it any more. A stream has been closed already.
    func end() async {
        let isWanted = request.hub.conversations(of: request.conversation.principal).contains {
            $0.subscriptions.has(resource)
        }
        guard !isWanted, let view = request.conversation.view(resource.alias) else { return }
        let client = await request.conversation.told(request.client, to: view)
        do throws(ServerTrouble) {
            let link = try await view.link(for: client)
            guard link.facts.era == .legacy else { return }
            _ = try await FreeExchange(view: view, link: link, client: client).result(
                "resources/unsubscribe", uriParams, within: request.hub.limits.mergeMilliseconds)
        } catch {
            // What it still says of the resource reaches nobody.
        }
    }

    private var uriParams: JSONObject {
        var params = JSONObject()
        params.add("uri", .string(resource.name))
        return params
    }
}

/// Hears a stream of news of our own, and passes them on as those that belong to no request.
final class NewsListener: ExchangeListener {
    private let view: ServerView
    private let link: any UpstreamLink

    init(_ view: ServerView, _ link: any UpstreamLink) {
        self.view = view
        self.link = link
    }

    func notified(_ method: UTF8String, _ params: JSONObject) {
        guard method != "notifications/subscriptions/acknowledged" else { return }
        view.notified(link, method, Subscription.untagged(params))
    }
}

/// The gateway's own ear at a server of the stateless revision, which tells of changed lists only whoever listens: a tool
/// that changes is to be looked at again before it is called.
struct ListWatch: Sendable {
    let view: ServerView
    let link: any UpstreamLink
    let client: ClientFacts

    /// Listens as long as the link is open, where the server has such news.
    func begin() {
        let lists = Set(
            [ListKind.tools, .prompts, .resources].filter { kind in
                link.facts.capabilities[kind.capability]?["listChanged"] == true
            })
        guard link.facts.era == .modern, !lists.isEmpty, view.isFirstWatch(of: link) else { return }
        Task {
            do throws(ServerTrouble) {
                _ = try await FreeExchange(view: view, link: link, client: client).result(
                    "subscriptions/listen",
                    Subscription.listenParams(SubscriptionFilter(lists: lists), meta: JSONObject()), within: .max,
                    listener: NewsListener(view, link))
            } catch {
                // Without it changes are seen when the list is asked for again.
            }
        }
    }
}

/// `subscriptions/listen` of the stateless revision: open until the client closes it. Every resource is decided; those
/// that are refused are not acknowledged.
struct ListenFlow: Sendable {
    let request: ClientRequest

    private var conversation: ClientConversation { request.conversation }

    func run() async -> Reply {
        let wanted: SubscriptionFilter
        do throws(RequestRefusal) { wanted = try SubscriptionFilter(listen: request.params) } catch {
            request.hub.count(.invalidParams)
            return Reply(error.answer(request.id))
        }
        var granted = SubscriptionFilter(lists: wanted.lists)
        var begun: [(ResourceSubscription, Task<Void, Never>?)] = []
        var outcomes: [Reply.Outcome] = []
        for uri in wanted.resources {
            guard let resource = conversation.naming.meaning(of: .resource(uri)) else { continue }
            let subscription = ResourceSubscription(request: request, resource: resource, method: request.method)
            switch await subscription.begin() {
            case .begun(let task, let outcome):
                granted.resources.append(uri)
                begun.append((subscription, task))
                outcomes.append(outcome)
            case .ended(let reply): outcomes += reply.outcomes
            }
        }
        request.share.release()
        for outcome in outcomes { outcome() }
        let end = Race<Void>()
        let stop = Mutex<Reason?>(nil)
        // What it hears is of many servers: only what stops its agent stops it.
        let (pipeline, principal) = (request.hub.pipeline, conversation.principal)
        let watch = pipeline.stoppable(for: principal.credential).map { subject in
            pipeline.switches.add(subject) { reason in
                stop.withLock { $0 = reason }
                end.finish(())
            }
        }
        conversation.subscriptions.listen(
            request.id, Subscriptions.Listening(filter: granted, sink: request.sink, end: end))
        request.sink.send(Subscription.acknowledgement(request.id, granted))
        if conversation.isClosed { end.finish(()) }
        await withTaskCancellationHandler {
            await end.value
        } onCancel: {
            end.finish(())
        }
        conversation.subscriptions.endListening(request.id)
        if let watch { pipeline.switches.remove(watch) }
        for (subscription, task) in begun {
            if let task { task.cancel() } else { await subscription.end() }
        }
        if let reason = stop.withLock({ $0 }) {
            let answer = Answer(stopped: principal.agentID, by: reason, at: request.hub.clock.now())
            return Reply(request.denial(answer))
        }
        return Reply(Subscription.end(request.id, serverInfo: conversation.serverInfo))
    }
}
