// SPDX-License-Identifier: Apache-2.0

/// What bounds the gateway's queues and waits.
public struct GatewayLimits: Sendable {
    /// Frames that wait to be written to one peer.
    public var queuedFrames = 256
    /// Bytes that wait to be written to one peer: room for two of the largest frames.
    public var queuedBytes = 8 << 20
    /// How long a peer may take no byte before it counts as dead. Long enough for a busy laptop, short enough that a
    /// stalled client does not keep a server and its calls for ever.
    public var writeDeadlineMilliseconds: Int64 = 30_000
    /// Calls being decided or open at the server. The next one is answered `busy` and not decided.
    public var openCalls = 1024
    /// How long a child may take to end after its standard input closed, and again after SIGTERM.
    public var shutdownMilliseconds: Int64 = 2000
    /// Bytes of one line of a child's standard error that are passed on.
    public var errorLineBytes = 8 << 10

    /// The defaults.
    public init() {}
}
