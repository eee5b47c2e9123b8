// SPDX-License-Identifier: Apache-2.0

public import Decisions
import Glibc
import StrictJSON

/// An MCP server on standard input and output, for one client: before one server or before all.
///
/// Both eras, request by request, on one connection. One thread reads, one writes.
public struct StdioDoor: Sendable {
    /// What stands behind the door.
    public enum Behind: Sendable {
        /// One server that is started with the door, and ends it: a wrapper around a command.
        case wrapped(ServerDescription)
        /// Servers that are started when they are needed.
        case servers([ServerDescription], Scope)
    }

    let behind: Behind
    let credential: Credential
    let pipeline: DecisionPipeline
    let sessionID: UTF8String
    let key: [UInt8]
    let clock: any Clock
    let random: any RandomSource
    let http: (any TransportFactory)?
    let limits: GatewayLimits
    let note: @Sendable (String) -> Void

    /// The exit status where the server cannot be started (sysexits' EX_UNAVAILABLE).
    public static let cannotStart: Int32 = 69
    /// The exit status after the ledger has failed (sysexits' EX_IOERR).
    public static let ledgerFailed: Int32 = 74

    /// A door for one caller.
    ///
    /// - Parameters:
    ///   - credential: the caller's; on stdio the wrapper's passport. Nobody is turned away: whose credential does not
    ///     verify is denied call by call, with a receipt.
    ///   - sessionID: names this session in receipts.
    ///   - key: seals cursors, task ids and requests' states: 32 bytes.
    ///   - http: reaches servers with a URL, where this program can.
    ///   - note: takes lines for the operator, which never go to the protocol's stream.
    public init(
        _ behind: Behind, credential: Credential, pipeline: DecisionPipeline, sessionID: String, key: [UInt8],
        clock: any Clock, random: any RandomSource, http: (any TransportFactory)? = nil,
        limits: GatewayLimits = GatewayLimits(), note: @escaping @Sendable (String) -> Void
    ) {
        self.behind = behind
        self.credential = credential
        self.pipeline = pipeline
        self.sessionID = UTF8String(sessionID)
        self.key = key
        self.clock = clock
        self.random = random
        self.http = http
        self.limits = limits
        self.note = note
    }

    /// Serves until the client closes or the wrapped server ends. Owns both descriptors. Cancelling the task ends the
    /// run as if the client had closed.
    ///
    /// - Returns: the exit status: the wrapped server's own where it ended first, 0 where the client closed, or one of
    ///   the above.
    public func run(input: Int32, output: Int32) async -> Int32 {
        // A peer that closes its end is an error of write(2), not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        let run = StdioRun(self, output: output)
        do throws(UpstreamFailure) { try await run.start() } catch {
            run.processes.note("writ: \(error.text)")
            run.processes.finish()
            close(input)
            close(output)
            return Self.cannotStart
        }
        return await run.serve(input: input)
    }
}
