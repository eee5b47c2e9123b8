// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// A list of every server in scope: fetched whole from each, filtered by what could be permitted to who asks, under
/// public names, in pages of our own. A server that fails or is slow is left out.
struct ListFlow: Sendable {
    let request: ClientRequest
    let kind: ListKind

    private var hub: Hub { request.hub }
    private var conversation: ClientConversation { request.conversation }

    func run() async -> Reply {
        let offset: Int
        do throws(RequestRefusal) { offset = try start() } catch {
            hub.count(.invalidParams)
            return Reply(error.answer(request.id))
        }
        let views = conversation.views
        var lists: [UTF8String: [ListItem]] = [:]
        var serverInfo = conversation.serverInfo
        if case .server = conversation.scope, let view = views.first {
            do throws(ServerTrouble) {
                let client = await conversation.told(request.client, to: view)
                let link = try await view.link(for: client)
                lists[view.alias] = try await items(of: view, link, client)
                serverInfo = link.facts.info
            } catch {
                return Reply(request.failure(error, of: view))
            }
        } else {
            lists = await gathered(views)
        }
        let names = conversation.naming
        var filtered: [UTF8String: [ListItem]] = [:]
        for view in views {
            guard let items = lists[view.alias] else { continue }
            if kind != .tasks { names.directory.update(kind, view.alias, items.map(\.name)) }
            filtered[view.alias] = await visible(items, of: view)
        }
        return page(
            names.merged(kind, filtered, of: conversation.principal, hub.seal).map(\.json), from: offset, serverInfo)
    }

    /// Where the page begins.
    private func start() throws(RequestRefusal) -> Int {
        guard let cursor = try ListPage.cursor(in: request.params) else { return 0 }
        let content = hub.seal.open(cursor, as: .cursor, of: conversation.principal)
        guard content?["list"] == .string(kind.method), content?["scope"] == conversation.scope.json,
            let offset = content?["offset"]?.int64, offset > 0
        else { throw RequestRefusal("Invalid params: cursor is not one of ours") }
        return Int(clamping: offset)
    }

    private func page(_ items: [JSON], from offset: Int, _ serverInfo: JSON?) -> Reply {
        let end = min(items.count, offset + hub.limits.pageItems)
        let cursor: JSON = [
            "list": .string(kind.method), "scope": conversation.scope.json, "offset": .integer(end),
        ]
        let next = end < items.count ? hub.seal.seal(cursor, for: .cursor, of: conversation.principal) : nil
        let result = ListPage.result(
            kind, Array(items.dropFirst(offset).prefix(hub.limits.pageItems)), nextCursor: next,
            for: request.client.revision, serverInfo: serverInfo)
        return Reply(Message.result(request.id, .object(result)))
    }

    // MARK: Fetching

    private func gathered(_ views: [ServerView]) async -> [UTF8String: [ListItem]] {
        await withTaskGroup(of: (UTF8String, [ListItem]?).self) { group in
            for view in views {
                group.addTask {
                    let listed = await withDeadline(milliseconds: hub.limits.mergeMilliseconds) { () -> [ListItem]? in
                        do throws(ServerTrouble) {
                            let client = await conversation.told(request.client, to: view)
                            return try await items(of: view, view.link(for: client), client)
                        } catch {
                            note(error, of: view)
                            return nil
                        }
                    }
                    if listed == nil, !Task.isCancelled {
                        hub.note("writ: server \(view.alias) has not listed in time and is left out")
                    }
                    return (view.alias, listed ?? nil)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    private func note(_ trouble: ServerTrouble, of view: ServerView) {
        switch trouble {
        case .cancelled: break
        case .failed(let failure): hub.note("writ: server \(view.alias) is left out: \(failure.text)")
        case .error, .unreadable: hub.note("writ: server \(view.alias) is left out: it answers no \(kind.method)")
        }
    }

    private func items(
        of view: ServerView, _ link: any UpstreamLink, _ client: ClientFacts
    ) async throws(ServerTrouble) -> [ListItem] {
        // What a server has not announced it is not asked for.
        guard kind == .tasks || link.facts.capabilities[kind.capability] != nil else { return [] }
        switch kind {
        case .tools:
            let shelf = try await view.list(link, client)
            let approved = shelf.items.filter { shelf.tools[$0.name]?.standing.state == .approved }
            // A client of the stateless revision cannot call others over HTTP.
            guard conversation.door == .httpRequest else { return approved }
            return approved.filter { HeaderParameters.defect(of: $0.json) == nil }
        case .tasks:
            guard link.facts.revision.tasks == .core, link.facts.capabilities["tasks"]?["list"] != nil else {
                return []
            }
            let list = try await FreeExchange(view: view, link: link, client: client).list(
                kind, within: hub.limits.listMilliseconds)
            // A server may tell of everybody's: only those that were made here are this principal's.
            return list.items.filter { view.made(task: $0.name) }
        case .prompts, .resources, .resourceTemplates:
            let list = try await FreeExchange(view: view, link: link, client: client).list(
                kind, within: hub.limits.listMilliseconds)
            if list.dropped > 0 {
                hub.note("writ: server \(view.alias) lists \(list.dropped) \(kind.member) out of form")
            }
            return list.items
        }
    }

    // MARK: Filtering

    private func visible(_ items: [ListItem], of view: ServerView) async -> [ListItem] {
        guard !items.isEmpty else { return items }
        do throws(LedgerError) {
            let answers = try await hub.pipeline.visible(
                items.map(question), to: view.principal.credential, server: view.alias,
                builtInMap: view.server.builtInMap, place: view.server.place)
            return zip(items, answers).filter(\.1).map(\.0)
        } catch {
            hub.note("writ: what may be shown cannot be known: \(error)")
            return []
        }
    }

    private func question(_ item: ListItem) -> VisibilityQuestion {
        switch kind {
        case .tools: .tool(item.name, definition: ToolListing.digest(of: .object(item.json)))
        case .prompts: .operation(.prompt(method: "prompts/get", name: item.name))
        case .resources: .operation(.resource(method: "resources/read", uri: item.name))
        case .resourceTemplates:
            .operation(.resource(method: "resources/read", uri: item.name), isTemplate: true)
        case .tasks: .operation(.task(method: "tasks/get"))
        }
    }
}

extension Scope {
    /// For what is sealed.
    var json: JSON {
        switch self {
        case .everything: .null
        case .server(let alias): .string(alias)
        }
    }
}
