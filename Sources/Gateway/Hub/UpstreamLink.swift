// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON

/// An open connection to one server for one principal: the handshake is done, its era is known, many requests are under
/// way at once. Ids are the link's own; what nobody asked for is dropped and counted.
protocol UpstreamLink: AnyObject, Sendable {
    /// What is known of the server: its revision, capabilities, instructions.
    var facts: ServerFacts { get }

    /// Takes an id for a request that is about to be decided or sent. The message carries it as `id`, and as
    /// `_meta.progressToken` where the client asked for progress.
    ///
    /// - Parameter listener: hears what belongs to the request before its answer.
    /// - Throws: `UpstreamFailure` where the link has ended or too much is open.
    func begin(_ method: UTF8String, _ listener: any ExchangeListener) throws(UpstreamFailure) -> Int64

    /// Gives an id back whose request was never sent, or whose answer nobody wants any more.
    func release(_ id: Int64)

    /// Forwards a permitted request, and returns when it is on its way. The head has the id of `begin`, and the revision
    /// is filled in.
    ///
    /// - Parameter onExpired: called, instead of forwarding, where the permit's time was over; `reply` then returns a
    ///   failure.
    /// - Throws: `UpstreamFailure`; it was then not forwarded, and its id is given back.
    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure)

    /// Sends what needs no decision. A request's head has the id of `begin`.
    ///
    /// - Throws: `UpstreamFailure`; it was then not sent, and its id is given back.
    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure)

    /// Forwards a permitted answer to a request of the server's own, and returns when the server has it as far as anybody
    /// here can know: when it is written, or posted.
    ///
    /// - Parameter onExpired: called, instead of forwarding, where the permit's time was over; the server then gets an
    ///   error.
    /// - Throws: `UpstreamFailure`; it was then not forwarded. So too where the server has taken its request back.
    func answer(
        _ request: RequestID, _ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure)

    /// Waits for the answer of a request that has been sent, at most `milliseconds` since the server last said anything
    /// about it. Cancelling the task tells the server, in the words of its era, and returns `.cancelled`.
    func reply(to id: Int64, within milliseconds: Int64) async -> ExchangeReply

    /// Answers a server's request with an error, without asking anybody.
    func refuse(_ request: RequestID, code: Int64, _ text: UTF8String)
}

/// How a request to a server ended.
enum ExchangeReply: Sendable {
    /// A result, as the server sent it.
    case result(JSONObject)
    /// A JSON-RPC error object, as the server sent it.
    case error(JSONObject)
    /// An answer that cannot be passed on: too long, no strict JSON, out of form; for the client's eyes, why.
    case unreadable(UTF8String)
    /// The client took it back.
    case cancelled
    /// The link ended, or the deadline passed: no answer will come.
    case failed(UpstreamFailure)
}

/// What a request's owner hears before the answer. Called on the transport's threads, in order; must not block.
protocol ExchangeListener: AnyObject, Sendable {
    /// Progress (`params`, with the link's token), or another notification that came on this request's own stream.
    func notified(_ method: UTF8String, _ params: JSONObject)
}

/// What hears a link besides its requests: of one principal, one server. Called on the transport's threads, in order;
/// must not block.
protocol LinkObserver: AnyObject, Sendable {
    /// A notification that belongs to no request: a list has changed, a resource has, a log message.
    func notified(_ link: any UpstreamLink, _ method: UTF8String, _ params: JSONObject?)

    /// The server asks the client for something. To be decided; answered by `forward` of a permitted answer or by
    /// `refuse`.
    ///
    /// - Parameter exchange: the request on whose stream it came, where the transport says so.
    func asked(
        _ link: any UpstreamLink, _ request: RequestID, _ method: UTF8String, _ params: JSONObject?, exchange: Int64?)

    /// The server cancels a request of its own.
    func withdrew(_ link: any UpstreamLink, _ request: RequestID)

    /// The link has ended; what was open has failed.
    func ended(_ link: any UpstreamLink, _ failure: UpstreamFailure)
}

/// Links by server and principal: opened when first needed, opened again with growing pauses after they ended. A process
/// never serves two principals.
protocol UpstreamPool: Sendable {
    /// The link, open; opens it where there is none.
    ///
    /// - Parameters:
    ///   - client: what the client said of itself: its revision decides in which era a server that speaks both is
    ///     spoken to, and its capabilities, masked by policy, are what the server is told.
    /// - Throws: `UpstreamFailure`, at once while a server that keeps ending is left alone.
    func link(
        _ alias: UTF8String, _ principal: Principal, client: ClientFacts
    ) async throws(UpstreamFailure) -> any UpstreamLink

    /// Ends the links of a principal that is gone, without waiting for it.
    func close(_ principal: Principal)

    /// Ends everything.
    func close() async
}

extension UpstreamLink {
    func answer(
        _ request: RequestID, _ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        try await forward(permit, MessageHead(method: nil), onExpired: onExpired)
    }
}
