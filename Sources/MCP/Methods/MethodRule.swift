// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Who a message comes from.
public enum Peer: Sendable, Hashable {
    /// The agent's side.
    case client
    /// The tools' side.
    case server
}

/// What a method is to a gateway: who may say it, in which revisions, and what becomes of it.
public struct MethodRule: Sendable, Hashable {
    /// What becomes of a message.
    public enum Kind: Sendable, Hashable {
        /// Answered by the gateway itself: `ping`, `initialize`, `server/discover`.
        case local
        /// Fetched from every server in scope, filtered by who asks, merged.
        case list(ListKind)
        /// Decided: `tools/call`.
        case tool
        /// Decided: one resource is read.
        case resource
        /// Decided: one prompt is had.
        case prompt
        /// Decided: values for an argument of a prompt or a resource's template.
        case completion
        /// Decided: something about one task.
        case task
        /// Decided: the server asks the client for something.
        case serverRequest
        /// `logging/setLevel`.
        case logLevel
        /// Decided: news of one resource.
        case subscribe
        /// No more news of one resource.
        case unsubscribe
        /// A stream of news; each URI in it is decided.
        case listen
        /// `notifications/initialized`.
        case initialized
        /// A request is taken back; its id is mapped.
        case cancelled
        /// A request's progress; its token is mapped.
        case progress
        /// A log message.
        case logMessage
        /// A list is to be fetched again.
        case listChanged(ListKind)
        /// A resource is to be read again; its URI is mapped.
        case resourceUpdated
        /// A task's state; its id is mapped.
        case taskStatus
        /// The client's roots are others.
        case rootsChanged
        /// A stream of news has begun.
        case acknowledged
        /// A person has done what a URL was for.
        case elicitationComplete
    }

    /// Its name.
    public let method: UTF8String
    /// Who may say it.
    public let senders: Set<Peer>
    /// Whether it wants an answer.
    public let isRequest: Bool
    /// From which to which revision it exists.
    public let revisions: ClosedRange<Revision>
    /// What becomes of it.
    public let kind: Kind

    /// Whether only a permit lets it pass.
    public var needsPermit: Bool {
        switch kind {
        case .tool, .resource, .prompt, .completion, .task, .serverRequest, .subscribe: true
        default: false
        }
    }

    /// Whether it is one of the tasks' own methods, which a revision has only with its form of tasks.
    public var isTask: Bool { kind == .task || kind == .taskStatus || kind == .list(.tasks) }

    /// Whether a revision has it as a message of its own: a server's requests are inside results in the stateless one.
    public func isMessage(in revision: Revision) -> Bool {
        exists(in: revision) && (kind != .serverRequest || revision.era == .legacy)
    }

    /// Whether a revision has it.
    public func exists(in revision: Revision) -> Bool { revisions.contains(revision) }
}
