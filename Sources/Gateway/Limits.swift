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
    /// How long a child may take to end after its standard input closed, and again after SIGTERM. Both together are
    /// under the two seconds that clients give a server before they kill it (MCP's Python SDK).
    public var shutdownMilliseconds: Int64 = 900
    /// Bytes of one line of a child's standard error that are passed on.
    public var errorLineBytes = 8 << 10
    /// Lines that wait to be written to standard error. Nobody may be reading it; what is over is dropped and counted.
    public var errorLines = 256

    /// How long a server may say nothing about a request before it counts as unanswered. Builds and test runs take
    /// minutes; those that report progress may take longer.
    public var callMilliseconds: Int64 = 600_000
    /// How long one server may take for a page of a list.
    public var listMilliseconds: Int64 = 60_000
    /// How long a list of several servers waits for the slowest; then it is left out. Servers of a scripting language
    /// take three seconds to start on a busy machine.
    public var mergeMilliseconds: Int64 = 15_000
    /// Items of a list in one page: far above what models are shown, and well under a frame.
    public var pageItems = 1000
    /// A server's own requests that are being decided or with a client.
    public var serverRequests = 64
    /// How long a client, or its person, may take for an answer to a server's request.
    public var answerMilliseconds: Int64 = 600_000
    /// How often a request may be answered with another question. Each round is decided.
    public var inputRounds = 16
    /// Calls that are held at a server of the handshake revisions while a client of the stateless one fetches an answer.
    public var heldCalls = 64
    /// How long such a call is held.
    public var heldMilliseconds: Int64 = 300_000
    /// Tasks of one principal at one server that are remembered for `tasks/list`.
    public var rememberedTasks = 1000
    /// URLs that one client has been asked to have opened, and not heard the end of.
    public var openURLs = 256
    /// Resources that one client has subscribed to.
    public var subscriptions = 256
    /// Agents, by credential, whose lists and links are remembered after their last conversation. Beyond it those go that
    /// have been away for longest.
    public var principals = 1024

    /// The defaults.
    public init() {}
}

/// What bounds the gateway's side towards servers.
public struct UpstreamLimits: Sendable {
    /// Requests that are open on one link, those being decided included.
    public var openRequests = 1024
    /// Requests of one server that wait for an answer. A server asks for one thing at a time in each call.
    public var serverRequests = 64
    /// Messages of the gateway's own (answers to pings, refusals, cancellations) that wait to be taken by one server.
    /// What is over is dropped: a server that asks for ever and reads nothing gets no more memory.
    public var ownMessages = 64
    /// How long a server may take to answer `server/discover` before `initialize` is tried. Real servers need three
    /// seconds to start on an idle machine.
    public var probeMilliseconds: Int64 = 15_000
    /// How long it may take to answer `initialize`. Launchers that fetch a package first are not rare.
    public var handshakeMilliseconds: Int64 = 60_000
    /// The pause after a server has ended, before it is started again; doubled each time.
    public var firstPauseMilliseconds: Int64 = 200
    /// The longest pause.
    public var longestPauseMilliseconds: Int64 = 30_000
    /// How long a link must have lived for the pauses to begin anew.
    public var healthMilliseconds: Int64 = 60_000
    /// Links of one principal: servers, times the capabilities that its clients have.
    public var linksPerPrincipal = 64
    /// Processes of all principals.
    public var processes = 128
    /// How long a link that nobody uses stays open; `nil` for ever, where there is one client.
    public var idleMilliseconds: Int64?
    /// How long closing everything may take. A process has its own deadlines, which are shorter.
    public var closeMilliseconds: Int64 = 5_000

    /// The defaults.
    public init() {}
}
