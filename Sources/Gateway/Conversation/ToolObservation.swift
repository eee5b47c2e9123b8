// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// A server's tools, listed whole and looked at: what is new or changed is logged, and each has its standing.
struct ToolObservation: Sendable {
    let view: ServerView
    let link: any UpstreamLink
    let client: ClientFacts

    func shelf() async throws(ServerTrouble) -> ServerView.Shelf {
        guard link.facts.capabilities["tools"] != nil else { return ServerView.Shelf() }
        ListWatch(view: view, link: link, client: client).begin()
        let exchange = FreeExchange(view: view, link: link, client: client)
        let list = try await exchange.list(.tools, within: view.hub.limits.listMilliseconds)
        if list.dropped > 0 {
            view.hub.note("writ: server \(view.alias) lists \(list.dropped) tools out of form; they are left out")
        }
        let items = list.items.filter(isCallable)
        let standings: [ToolStanding]
        do throws(LedgerError) {
            standings = try await view.hub.pipeline.observe(
                ToolListing(
                    server: view.alias, serverDigest: view.server.digest, tools: items.map { .object($0.json) },
                    firstSight: view.server.firstSight))
        } catch {
            // What cannot be logged as seen cannot be called: nothing is listed, and each call says why it is denied.
            view.hub.recorder.ledgerFailed()
            view.hub.note("writ: what server \(view.alias) lists could not be logged: \(error)")
            return ServerView.Shelf(items: items, isObserved: false)
        }
        var shelf = ServerView.Shelf(items: items, tools: [:])
        var leftOut = 0
        for (item, standing) in zip(items, standings) {
            shelf.tools[item.name] = ServerView.Tool(item: item.json, standing: standing)
            if case .unusable = standing.state { leftOut += 1 }
        }
        if leftOut > 0 {
            view.hub.note("writ: \(leftOut) tools that server \(view.alias) lists can never be called as they are")
        }
        return shelf
    }

    /// Whether its parameters can be repeated in headers as it says, where they must be.
    private func isCallable(_ tool: ListItem) -> Bool {
        guard view.repeatsParameters(link), let defect = HeaderParameters.defect(of: tool.json) else { return true }
        let text = "writ: server \(view.alias) lists a tool that cannot be called over HTTP; it is left out: "
        view.hub.note(text + defect)
        return false
    }
}
