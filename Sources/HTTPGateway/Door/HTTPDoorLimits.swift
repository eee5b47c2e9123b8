// SPDX-License-Identifier: Apache-2.0

/// What bounds HTTP's door.
public struct HTTPDoorLimits: Sendable {
    /// Connections that are open at once; more wait in the system's queue.
    public var connections = 4096
    /// Bytes of one header's line: room for a passport in base64url.
    public var headerFieldBytes = 32 << 10
    /// Bytes of all headers of a request.
    public var headerListBytes = 64 << 10
    /// Headers of a request.
    public var headerCount = 100
    /// Bytes of a passport in a header, decoded. Real ones have two to four thousand.
    public var passportBytes = 16 << 10
    /// Bytes of a body: what `JSONLimits.standard` reads.
    public var bodyBytes = 4 << 20
    /// Bytes of a body of `/v1/approvals`, which strangers may send: a name, a time and a signature.
    public var approvalBytes = 16 << 10
    /// Bytes of all bodies that are being read or answered, by everybody. A parsed one may take many times its bytes.
    public var allBodyBytes = 64 << 20
    /// Bytes of them that one agent may have, and all together whose passport is in a body that is still to come: the
    /// others' requests go on.
    public var bodyBytesPerPrincipal = 16 << 20
    /// How long a connection may be silent between requests, and how long a request's head may take.
    public var idleMilliseconds: Int64 = 60_000
    /// How long a request's body may take, however it trickles.
    public var bodyMilliseconds: Int64 = 30_000
    /// How long a client may take no byte before its connection is closed.
    public var writeDeadlineMilliseconds: Int64 = 30_000
    /// How often an event stream without events gets a comment. Proxies give up after a minute.
    public var keepAliveMilliseconds: Int64 = 15_000
    /// Messages that wait for one client on one stream.
    public var queuedMessages = 256
    /// Bytes of them: room for two of the largest.
    public var queuedBytes = 8 << 20
    /// Bytes that wait for all clients together.
    public var allQueuedBytes = 256 << 20
    /// Messages, and bytes of them, that a session keeps while its client has no stream open for them.
    public var keptMessages = 64
    /// Bytes of them.
    public var keptBytes = 256 << 10
    /// Requests and streams of one principal that are open at once.
    public var exchangesPerPrincipal = 2048
    /// Sessions of one principal. Above it the one that was idle for longest ends.
    public var sessionsPerPrincipal = 2048
    /// Sessions of everybody.
    public var sessions = 8192
    /// How long a session may be idle: a coffee break, not a night.
    public var sessionIdleMilliseconds: Int64 = 30 * 60_000
    /// How long open requests may go on when the door closes.
    public var graceMilliseconds: Int64 = 5_000

    /// The defaults.
    public init() {}
}
