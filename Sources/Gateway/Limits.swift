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
    /// Bytes of calls that are being decided or wait for room towards the server. Above it nothing more is read from the
    /// client; a parsed call may take fifty times its bytes.
    public var decidingBytes = 8 << 20
    /// How long the end of a run waits for decisions in progress: longer than a ledger takes to say that it is busy.
    public var decisionMilliseconds: Int64 = 10_000
    /// Tools whose definitions are remembered. Servers have hundreds at most; one that lists new names for ever must not
    /// fill the memory. What is not remembered counts as not listed.
    public var listedTools = 10_000
    /// How long a child may take to end after its standard input closed, and again after SIGTERM. Both together are
    /// under the two seconds that clients give a server before they kill it (MCP's Python SDK).
    public var shutdownMilliseconds: Int64 = 900
    /// Bytes of one line of a child's standard error that are passed on.
    public var errorLineBytes = 8 << 10
    /// Lines that wait to be written to standard error. Nobody may be reading it; what is over is dropped and counted.
    public var errorLines = 256

    /// The defaults.
    public init() {}
}
