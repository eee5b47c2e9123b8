// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import MCP
public import StrictJSON

/// The way to one server for one principal: a process's pipes, or HTTP. It carries messages and knows nothing of what
/// they mean; who asked for what is the link's to know.
public protocol UpstreamTransport: Sendable {
    /// Whether each request has a stream of its own, so that in the stateless revision `abandon` is how it is cancelled,
    /// and no notification says so.
    var hasRequestStreams: Bool { get }

    /// Starts, and gives everything that comes to the receiver from now on.
    ///
    /// - Throws: `UpstreamFailure` where the server cannot be reached.
    func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure)

    /// Forwards a permitted call: exactly the bytes that its receipt commits to, once, and in time.
    ///
    /// - Parameter onExpired: called, instead of forwarding, where the permit's time was over before the bytes could go.
    /// - Throws: `UpstreamFailure`; the call was then not forwarded.
    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure)

    /// Sends what needs no decision.
    ///
    /// - Throws: `UpstreamFailure`; it was then not sent.
    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure)

    /// Nobody waits for a request's answer any more. Where the request has a stream of its own, it is closed;
    /// else nothing is done. Where the protocol wants a notification, that has been sent.
    func abandon(_ id: Int64)

    /// Ends it in the protocol's way: the process's shutdown, DELETE of the session.
    func close() async
}

extension UpstreamTransport {
    /// One stream for all, as pipes have it.
    public var hasRequestStreams: Bool { false }
}

/// What a transport gives back. Called from any thread, in the order of each stream.
public protocol UpstreamReceiver: AnyObject, Sendable {
    /// A message has come.
    ///
    /// - Parameter request: the request whose own stream it came on; `nil` where all share one.
    func received(_ frame: ReadFrame, on request: Int64?)

    /// A request's own stream has ended. Where its answer has not come, it will not.
    func streamEnded(of request: Int64, _ failure: UpstreamFailure?)

    /// The connection has ended: nothing comes any more.
    func ended(_ failure: UpstreamFailure)
}

/// What goes beside a message where the transport has headers.
public struct MessageHead: Sendable, Hashable {
    /// The request's id; `nil` for notifications and answers.
    public var id: Int64?
    /// The method; `nil` for answers.
    public var method: UTF8String?
    /// The revision that it is spoken in, once that is known.
    public var version: UTF8String?
    /// The name that the stateless revision repeats in a header: a tool's, a prompt's, a resource's URI, a task's id.
    public var name: UTF8String?
    /// Parameters that the tool's definition wants repeated in headers (`x-mcp-header`): header's suffix and value.
    public var parameters: [HeaderParameter]

    /// A parameter that is repeated in a header.
    public struct HeaderParameter: Sendable, Hashable {
        /// `Mcp-Param-` and this.
        public var name: UTF8String
        /// As it stands in the arguments, not yet encoded.
        public var value: UTF8String

        /// A parameter.
        public init(name: UTF8String, value: UTF8String) {
            self.name = name
            self.value = value
        }
    }

    /// A head.
    public init(
        id: Int64? = nil, method: UTF8String?, version: UTF8String? = nil, name: UTF8String? = nil,
        parameters: [HeaderParameter] = []
    ) {
        self.id = id
        self.method = method
        self.version = version
        self.name = name
        self.parameters = parameters
    }
}

/// A message that needs no decision: handshakes, lists, cancellations, the answer to a ping, errors. A client's answer, and
/// news of a resource, are had by permits.
public struct FreeMessage: Sendable {
    /// The message.
    public let json: JSON

    /// The message, or `nil` where its method is one that only a permit lets pass, or where it is no message: not an
    /// array of them, and nothing that some reader could take for a method under another name.
    public init?(_ message: JSON) {
        do throws(EnvelopeError) {
            let envelope = try Envelope(message)
            switch envelope.kind {
            case .request(_, let method), .notification(let method):
                guard !MethodPolicy.needsPermit(method), !Self.names(envelope.params, listenedTo: method) else {
                    return nil
                }
            case .result: guard message["result"] == [:] else { return nil }
            case .error: break
            }
        } catch {
            return nil
        }
        json = message
    }

    /// Whether it listens to more than changed lists: to resources or tasks, each of which is decided.
    private static func names(_ params: JSONObject?, listenedTo method: UTF8String) -> Bool {
        guard method == "subscriptions/listen" else { return false }
        do throws(RequestRefusal) {
            let filter = try SubscriptionFilter(listen: params)
            // What is not understood of it might name something too.
            return !filter.resources.isEmpty || !filter.tasks.isEmpty || params?["notifications"] != filter.json
        } catch {
            return true
        }
    }
}

/// Why a server cannot be had.
public struct UpstreamFailure: Error, Sendable, Hashable {
    /// What kind of failure it is.
    public enum Kind: Sendable, Hashable {
        /// It could not be started or reached.
        case unreachable
        /// It has ended, or closed what it was to answer on.
        case ended
        /// It takes nothing for too long, or too much is open.
        case stalled
        /// It has not answered a request in time; others may go on.
        case unanswered
        /// It does not speak the protocol, or no revision that is known here.
        case protocolViolation
        /// It knows the session no more (HTTP 404); a new handshake is needed.
        case sessionLost
        /// It refused, by an HTTP status.
        case refused(status: Int)
    }

    /// What kind of failure it is.
    public let kind: Kind
    /// For the operator; nothing of what was sent.
    public let text: String

    /// A failure.
    public init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
