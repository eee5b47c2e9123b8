// SPDX-License-Identifier: Apache-2.0

/// What bounds the way to a server over HTTP.
public struct HTTPUpstreamLimits: Sendable {
    /// How long connecting may take, TLS included.
    public var connectMilliseconds: Int64 = 10_000
    /// How long a server may take no byte of a message.
    public var writeMilliseconds: Int64 = 30_000
    /// How long a server may take to say that it has a notification or an answer.
    public var acknowledgeMilliseconds: Int64 = 30_000
    /// How long a server may send nothing at all on a connection that it is to answer on. Above what a call may take, so
    /// that the call's own deadline comes first and says more.
    public var silentMilliseconds: Int64 = 15 * 60_000
    /// Bytes of a request's body that is sent in one piece; the client library's own bound is four times that.
    public var pieceBytes = 1 << 20
    /// Bytes of an answer that is no event stream.
    public var bodyBytes = 4 << 20
    /// Bytes of one line of an event stream.
    public var eventLineBytes = (4 << 20) + 64
    /// Bytes of one event.
    public var eventBytes = 4 << 20
    /// Connections to one server that are open at once; each request that is under way and each stream has one.
    public var connections = 1024
    /// How long a connection that nobody uses stays open: under the minute after which servers close theirs.
    public var idleMilliseconds: Int64 = 30_000
    /// How often a stream that ends without having said anything new is asked for again.
    public var reconnects = 5
    /// The wait before a stream is asked for again, where the server names none, and the least and longest that it may
    /// name.
    public var reconnectMilliseconds: Int64 = 1_000
    /// The least.
    public var reconnectMillisecondsMin: Int64 = 100
    /// The longest.
    public var reconnectMillisecondsMax: Int64 = 30_000
    /// How long the end of a session may take.
    public var closeMilliseconds: Int64 = 2_000

    /// How long a token counts whose endpoint does not say it, and the longest that one is believed.
    public var tokenMilliseconds: Int64 = 60_000
    /// The longest: a day.
    public var tokenMillisecondsMax: Int64 = 86_400_000
    /// How long before its end a token is not used any more, where it counts for five times that or longer; the next one
    /// is asked for as long before that.
    public var tokenMarginMilliseconds: Int64 = 30_000
    /// How long nobody asks a token endpoint again after it has refused or failed.
    public var tokenRetryMilliseconds: Int64 = 5_000
    /// Tokens for servers that are kept: of as many callers as tokens of theirs are remembered.
    public var tokensMax = 8192
    /// Bytes of callers' tokens that are kept to be exchanged: 32 MiB, a thousand bytes for each of 32,000 callers.
    public static let callerTokenBytes = 32 << 20

    /// The defaults.
    public init() {}
}
