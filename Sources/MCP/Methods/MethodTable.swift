// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Every method and notification of every revision, and of the extension `io.modelcontextprotocol/tasks`.
///
/// In 2025-11-25 a server may also ask a client about tasks of the client's. The capability for that is never passed on
/// here, so to this table a server has no such methods.
public enum MethodTable {
    /// The rule of a method, or `nil` where nobody of that side may say it in any revision.
    public static func rule(_ method: UTF8String, from sender: Peer) -> MethodRule? {
        guard let rule = byName[method], rule.senders.contains(sender) else { return nil }
        return rule
    }

    /// The rule of a method in a revision.
    public static func rule(_ method: UTF8String, from sender: Peer, in revision: Revision) -> MethodRule? {
        rule(method, from: sender).flatMap { rule in
            // Progress was for requests of the server's, which the stateless revision no longer has.
            if rule.kind == .progress, sender == .client, revision.era == .modern { return nil }
            return rule.exists(in: revision) ? rule : nil
        }
    }

    /// All rules.
    public static let all: [MethodRule] = requests + notifications

    private static let byName = Dictionary(all.map { ($0.method, $0) }, uniquingKeysWith: { first, _ in first })

    private static let ever = Revision.november2024...Revision.july2026
    private static let handshake = Revision.november2024...Revision.november2025
    private static let stateless = Revision.july2026...Revision.july2026
    private static let lastHandshake = Revision.november2025...Revision.november2025
    private static let anyTasks = Revision.november2025...Revision.july2026

    private static let requests: [MethodRule] = [
        request("initialize", handshake, .local),
        request("server/discover", stateless, .local),
        request("ping", handshake, .local, from: [.client, .server]),
        request("tools/list", ever, .list(.tools)),
        request("tools/call", ever, .tool),
        request("prompts/list", ever, .list(.prompts)),
        request("prompts/get", ever, .prompt),
        request("resources/list", ever, .list(.resources)),
        request("resources/templates/list", ever, .list(.resourceTemplates)),
        request("resources/read", ever, .resource),
        request("resources/subscribe", handshake, .subscribe),
        request("resources/unsubscribe", handshake, .unsubscribe),
        request("subscriptions/listen", stateless, .listen),
        request("completion/complete", ever, .completion),
        request("logging/setLevel", handshake, .logLevel),
        request("tasks/get", anyTasks, .task),
        request("tasks/cancel", anyTasks, .task),
        request("tasks/result", lastHandshake, .task),
        request("tasks/list", lastHandshake, .list(.tasks)),
        request("tasks/update", stateless, .task),
        // In the stateless revision these are inside results that ask for input, and no requests of their own.
        request("sampling/createMessage", ever, .serverRequest, from: [.server]),
        request("roots/list", ever, .serverRequest, from: [.server]),
        request("elicitation/create", Revision.june2025...Revision.july2026, .serverRequest, from: [.server]),
    ]

    private static let notifications: [MethodRule] = [
        notification("notifications/initialized", handshake, .initialized, from: [.client]),
        notification("notifications/cancelled", ever, .cancelled, from: [.client, .server]),
        notification("notifications/progress", ever, .progress, from: [.client, .server]),
        notification("notifications/roots/list_changed", handshake, .rootsChanged, from: [.client]),
        notification("notifications/message", ever, .logMessage, from: [.server]),
        notification("notifications/tools/list_changed", ever, .listChanged(.tools), from: [.server]),
        notification("notifications/prompts/list_changed", ever, .listChanged(.prompts), from: [.server]),
        notification("notifications/resources/list_changed", ever, .listChanged(.resources), from: [.server]),
        notification("notifications/resources/updated", ever, .resourceUpdated, from: [.server]),
        notification("notifications/subscriptions/acknowledged", stateless, .acknowledged, from: [.server]),
        notification("notifications/elicitation/complete", lastHandshake, .elicitationComplete, from: [.server]),
        notification("notifications/tasks/status", lastHandshake, .taskStatus, from: [.server]),
        notification("notifications/tasks", stateless, .taskStatus, from: [.server]),
    ]

    private static func request(
        _ method: UTF8String, _ revisions: ClosedRange<Revision>, _ kind: MethodRule.Kind,
        from senders: Set<Peer> = [.client]
    ) -> MethodRule {
        MethodRule(method: method, senders: senders, isRequest: true, revisions: revisions, kind: kind)
    }

    private static func notification(
        _ method: UTF8String, _ revisions: ClosedRange<Revision>, _ kind: MethodRule.Kind, from senders: Set<Peer>
    ) -> MethodRule {
        MethodRule(method: method, senders: senders, isRequest: false, revisions: revisions, kind: kind)
    }
}
