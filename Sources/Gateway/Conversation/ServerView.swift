// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// One server as one principal has it: its link, what it lists, who of the principal's conversations is with it.
final class ServerView: LinkObserver {
    /// A tool of the newest list.
    struct Tool: Sendable {
        let item: JSONObject
        let standing: ToolStanding
    }

    /// A server's tools, as it has listed them last.
    struct Shelf: Sendable {
        var items: [ListItem] = []
        var tools: [UTF8String: Tool] = [:]
        /// Whether what was listed could be logged; else it is to be listed again.
        var isObserved = true
    }

    /// A request that is at the server, and whose it is.
    struct Asking: Sendable {
        let request: ClientRequest
        /// Takes what the server asks for while it holds the call for a client of the stateless revision.
        var held: HeldCall?
        /// The request, as brakes see it: what stops it stops what the server asks meanwhile.
        var subject: Stoppable?
    }

    private enum Listing {
        /// Nothing has been listed, or what was is not what the server has now.
        case unknown
        case underWay(Task<Result<Shelf, ServerTrouble>, Never>)
        case known(Shelf)
    }

    /// What is known of one link; forgotten with it, since a new process may be another program.
    private struct Book {
        var listing = Listing.unknown
        /// Rises with everything that makes a list an old one.
        var stamp: Int64 = 0
        var asking: [Int64: Asking] = [:]
        var isWatched = false
    }

    private struct State {
        var books: [ObjectIdentifier: Book] = [:]
        /// How many questions of the server are being dealt with.
        var questions = 0
        var tasks: Set<UTF8String> = []
    }

    let server: ServerDescription
    let principal: Principal
    let hub: Hub
    private let state = Mutex(State())

    init(_ server: ServerDescription, _ principal: Principal, hub: Hub) {
        self.server = server
        self.principal = principal
        self.hub = hub
    }

    var alias: UTF8String { server.alias }

    /// The link, open.
    func link(for client: ClientFacts) async throws(ServerTrouble) -> any UpstreamLink {
        do throws(UpstreamFailure) { return try await hub.pool.link(alias, principal, client: client) } catch {
            throw .failed(error)
        }
    }

    // MARK: Tools

    /// The tools as they were listed last; listed by ourselves where nobody has since they may have changed.
    func tools(_ link: any UpstreamLink, _ client: ClientFacts) async throws(ServerTrouble) -> Shelf {
        switch state.withLock({ $0.books[ObjectIdentifier(link)]?.listing }) {
        case .known(let shelf): return shelf
        case .underWay(let task): return try await outcome(of: task)
        case .unknown, nil: return try await list(link, client)
        }
    }

    /// Lists the tools anew. Who asks while that is under way gets the same list.
    func list(_ link: any UpstreamLink, _ client: ClientFacts) async throws(ServerTrouble) -> Shelf {
        let task: Task<Result<Shelf, ServerTrouble>, Never> = state.withLock { state in
            var book = state.books[ObjectIdentifier(link)] ?? Book()
            if case .underWay(let task) = book.listing { return task }
            book.stamp += 1
            let stamp = book.stamp
            let task = Task { await self.see(link, client, stamp) }
            book.listing = .underWay(task)
            state.books[ObjectIdentifier(link)] = book
            return task
        }
        return try await outcome(of: task)
    }

    /// Waits for a listing that others may wait for too: who has taken its request back does not.
    private func outcome(of task: Task<Result<Shelf, ServerTrouble>, Never>) async throws(ServerTrouble) -> Shelf {
        let race = Race<Result<Shelf, ServerTrouble>>()
        Task { race.finish(await task.value) }
        return try await withTaskCancellationHandler {
            await race.value
        } onCancel: {
            race.finish(.failure(.cancelled))
        }.get()
    }

    private func see(
        _ link: any UpstreamLink, _ client: ClientFacts, _ stamp: Int64
    ) async -> Result<Shelf, ServerTrouble> {
        let result: Result<Shelf, ServerTrouble>
        do throws(ServerTrouble) {
            result = .success(try await ToolObservation(view: self, link: link, client: client).shelf())
        } catch {
            result = .failure(error)
        }
        state.withLock { state in
            // A change that came meanwhile makes this list an old one.
            guard let book = state.books[ObjectIdentifier(link)], book.stamp == stamp else { return }
            if case .success(let shelf) = result, shelf.isObserved {
                state.books[ObjectIdentifier(link)]?.listing = .known(shelf)
            } else {
                state.books[ObjectIdentifier(link)]?.listing = .unknown
            }
        }
        return result
    }

    /// Whether nobody listens yet to what a link's server tells of its lists.
    func isFirstWatch(of link: any UpstreamLink) -> Bool {
        state.withLock { state in
            guard state.books[ObjectIdentifier(link)]?.isWatched == false else { return false }
            state.books[ObjectIdentifier(link)]?.isWatched = true
            return true
        }
    }

    /// A tool as it was listed last.
    func known(_ name: UTF8String) -> Tool? {
        state.withLock { state in
            for book in state.books.values {
                if case .known(let shelf) = book.listing, let tool = shelf.tools[name] { return tool }
            }
            return nil
        }
    }

    /// Whether a call repeats parameters in headers where the tool says so: over HTTP, in the stateless revision.
    func repeatsParameters(_ link: any UpstreamLink) -> Bool {
        guard case .http = server.endpoint else { return false }
        return link.facts.era == .modern
    }

    private func forgetTools(of link: any UpstreamLink) {
        state.withLock { state in
            state.books[ObjectIdentifier(link)]?.stamp += 1
            state.books[ObjectIdentifier(link)]?.listing = .unknown
        }
    }

    // MARK: Tasks

    /// Remembers a task that was made here, for the list of tasks.
    func remember(task: UTF8String) {
        state.withLock { state in
            if state.tasks.count < hub.limits.rememberedTasks { state.tasks.insert(task) }
        }
    }

    func made(task: UTF8String) -> Bool { state.withLock { $0.tasks.contains(task) } }

    // MARK: Who is with the server

    func begins(_ id: Int64, _ link: any UpstreamLink, _ asking: Asking) {
        state.withLock { $0.books[ObjectIdentifier(link), default: Book()].asking[id] = asking }
    }

    /// The client has made the request again. One that has been answered meanwhile is not open any more.
    func moves(_ id: Int64, _ link: any UpstreamLink, _ asking: Asking) {
        state.withLock { state in
            guard state.books[ObjectIdentifier(link)]?.asking[id] != nil else { return }
            state.books[ObjectIdentifier(link)]?.asking[id] = asking
        }
    }

    func ends(_ id: Int64, _ link: any UpstreamLink) {
        state.withLock { $0.books[ObjectIdentifier(link)]?.asking[id] = nil }
    }

    /// Whose request a question of the server's belongs to: the one that the link names, else the newest.
    private func asking(_ exchange: Int64?, _ link: any UpstreamLink) -> Asking? {
        state.withLock { state in
            let asking = state.books[ObjectIdentifier(link)]?.asking ?? [:]
            if let exchange { return asking[exchange] }
            return asking.max { $0.key < $1.key }?.value
        }
    }

    /// A conversation's newest request that is at the server.
    func newest(of conversation: ClientConversation) -> ClientRequest? {
        state.withLock { state in
            let asking = state.books.values.flatMap { $0.asking }
            return asking.filter { $0.value.request.conversation === conversation }.max { $0.key < $1.key }?.value
                .request
        }
    }

    // MARK: LinkObserver

    func notified(_ link: any UpstreamLink, _ method: UTF8String, _ params: JSONObject?) {
        if method == "notifications/tools/list_changed" { forgetTools(of: link) }
        hub.news(from: self, method, params)
    }

    func asked(
        _ link: any UpstreamLink, _ request: RequestID, _ method: UTF8String, _ params: JSONObject?, exchange: Int64?
    ) {
        let hasRoom = state.withLock { state in
            guard state.questions < hub.limits.serverRequests else { return false }
            state.questions += 1
            return true
        }
        guard hasRoom else {
            hub.count(.refusedServerRequest)
            return link.refuse(request, code: ErrorCode.internalError, "Too many requests are open")
        }
        let flow = ServerRequestFlow(
            view: self, link: link, id: request, method: method, params: params, asking: asking(exchange, link))
        Task {
            await flow.run()
            state.withLock { $0.questions -= 1 }
        }
    }

    func withdrew(_ link: any UpstreamLink, _ request: RequestID) { hub.withdrew(self, link, request) }

    func ended(_ link: any UpstreamLink, _ failure: UpstreamFailure) {
        state.withLock { $0.books[ObjectIdentifier(link)] = nil }
    }
}

/// Why a server's answer cannot be had.
enum ServerTrouble: Error, Sendable {
    /// It cannot be reached, has ended, or says nothing.
    case failed(UpstreamFailure)
    /// It answered with an error.
    case error(JSONObject)
    /// It answered with what cannot be passed on; for the client's eyes, why.
    case unreadable(UTF8String)
    /// The client took its request back.
    case cancelled
}
