// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import MCP
import Passports
public import StrictJSON
import Synchronization
import WireTypes

/// What a door lets its client see: every configured server, or one of them.
public enum Scope: Sendable, Hashable {
    /// All servers; names are `<alias>__<name>`.
    case everything
    /// One server, under its own names.
    case server(UTF8String)
}

/// Who is at a door: an agent whose credential verified when it came.
///
/// Each decision verifies the credential again; this says whose processes, sessions, tasks and cursors are whose. Tokens
/// are short-lived: the next one of the same issuer that says the same of the same agent is the same principal's.
public struct Principal: Sendable, Hashable {
    /// The verified agent.
    public let agentID: UTF8String
    private let sameness: Sameness
    private let latest: LatestCredential

    private enum Sameness: Hashable {
        case credential(Credential)
        case continuity(Digest)
    }

    /// A principal.
    public init(agentID: UTF8String, credential: Credential) {
        self.agentID = agentID
        latest = LatestCredential(credential)
        if case .verified(let token) = credential {
            sameness = .continuity(token.continuity)
        } else {
            sameness = .credential(credential)
        }
    }

    /// What it presented; of tokens the one that lasts longest.
    public var credential: Credential { latest.credential }

    /// Goes on with another's token, where that is the same principal's and lasts longer.
    func follow(_ other: Principal) {
        if self == other { latest.follow(other.credential) }
    }

    /// The same agent, by the same credential or one that says the same.
    public static func == (left: Principal, right: Principal) -> Bool {
        left.agentID == right.agentID && left.sameness == right.sameness
    }

    /// Of the name alone, which is all but always enough: a passport has a thousand bytes, and each request looks its
    /// principal up in several tables.
    public func hash(into hasher: inout Hasher) { hasher.combine(agentID) }
}

/// A principal's credential: that of all that goes on in its name.
private final class LatestCredential: Sendable {
    private let current: Mutex<Credential>

    init(_ credential: Credential) { current = Mutex(credential) }

    var credential: Credential { current.withLock { $0 } }

    func follow(_ next: Credential) {
        guard case .verified(let token) = next else { return }
        current.withLock { current in
            if case .verified(let known) = current, known.facts.expiresAt >= token.facts.expiresAt { return }
            current = next
        }
    }
}

/// The way to a client: standard output, or one stream of HTTP. One writer behind it, whole messages, bounded.
public protocol MessageSink: Sendable {
    /// Queues a message that belongs to a request (progress, a log message), or to none.
    ///
    /// - Returns: whether it was taken; `false` where the client is gone or its queue is full.
    @discardableResult func send(_ message: JSON) -> Bool

    /// Queues what a permit allows: a server's request to the client. The bytes are asked for when they are written.
    ///
    /// - Parameter onExpired: called where the permit's time was over before the client took what came before it.
    /// - Returns: whether it was taken.
    func send(_ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void) -> Bool
}

/// One client's conversation: its connection on stdio, its session in the handshake revisions of HTTP, or one request of
/// the stateless revision. A door hands over what has been read, and writes what it is given.
public protocol Conversation: Sendable {
    /// Answers a request.
    ///
    /// Cancelling the task is the client's cancellation. Returns when the answer is known; everything that belongs to the
    /// request and comes before it goes to `sink`.
    ///
    /// - Parameters:
    ///   - frameBytes: how many bytes the request came in, for the bound on what is being decided.
    /// - Returns: the answer, whole, under the client's id; `nil` where the client took the request back.
    func answer(_ request: Envelope, frameBytes: Int, sink: any MessageSink) async -> JSON?

    /// As `answer`, for a door that says when the answer has gone.
    func answered(_ request: Envelope, frameBytes: Int, sink: any MessageSink) async -> AnsweredRequest

    /// Takes a notification, or the answer to a request that the client was sent.
    func take(_ message: Envelope)

    /// The client is gone: open requests are cancelled, what only served it ends.
    func close() async
}

extension Conversation {
    /// An answer after which nothing is left to do.
    public func answered(
        _ request: Envelope, frameBytes: Int, sink: any MessageSink
    ) async -> AnsweredRequest { AnsweredRequest(await answer(request, frameBytes: frameBytes, sink: sink)) }
}

/// The answer to a request, and what is still to be done for it.
public struct AnsweredRequest: Sendable {
    /// The answer, whole, under the client's id; `nil` where the client took the request back.
    public let message: JSON?
    private let reply: Reply

    /// An answer after which nothing is left to do.
    public init(_ message: JSON?) { self.init(Reply(message)) }

    init(_ reply: Reply) {
        message = reply.message
        self.reply = reply
    }

    /// What is said in the message's place, where it has been stopped before the client takes it; `nil` where it has not.
    /// To be asked when it is written.
    public var refusal: (@Sendable () -> JSON?)? { reply.late }

    /// Logs what came of what was allowed: once the answer is on its way, since an outcome is signed and nobody waits for
    /// it.
    public func settle() { reply.settle() }
}

/// What HTTP's door asks the hub for.
public protocol GatewayHub: Sendable {
    /// Whether a credential is one of an agent that may come in at all.
    ///
    /// - Returns: the principal, or why not, in words that quote nothing of the credential.
    func principal(_ credential: Credential) async -> Result<Principal, IdentityRefusal>

    /// Whether there is such a scope.
    func has(_ scope: Scope) -> Bool

    /// Opens a conversation.
    ///
    /// - Parameters:
    ///   - general: takes what belongs to no request of the client's.
    func conversation(
        _ principal: Principal, scope: Scope, door: DoorKind, general: any MessageSink
    ) -> any Conversation

    /// Counts what was refused without a decision, for one event a minute.
    func count(_ reason: DropReason)

    /// Hears when all that a principal does is stopped: at once where it is already.
    ///
    /// - Parameter onStop: called at most once, from any thread; must not block.
    /// - Returns: to be called when there is nothing left to be stopped.
    func whenStopped(_ principal: Principal, _ onStop: @escaping @Sendable () -> Void) -> @Sendable () -> Void
}

extension GatewayHub {
    /// Nothing is stopped.
    public func whenStopped(
        _ principal: Principal, _ onStop: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void { {} }
}

/// How a client is connected.
public enum DoorKind: Sendable, Hashable {
    /// Standard input and output: both eras, request by request.
    case stdio
    /// A session of a handshake revision over HTTP.
    case httpSession
    /// One request of the stateless revision over HTTP.
    case httpRequest
}

/// Why somebody may not come in.
public struct IdentityRefusal: Error, Sendable {
    /// For the client; quotes nothing of what it presented.
    public let text: UTF8String

    /// A refusal.
    public init(_ text: UTF8String) { self.text = text }
}
