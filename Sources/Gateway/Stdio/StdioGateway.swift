// SPDX-License-Identifier: Apache-2.0

public import Decisions
import Glibc
import StrictJSON

/// An MCP server on stdio that stands before another: every tool call is decided, signed and logged before it is
/// forwarded.
///
/// One thread reads each stream and one writes each. What may pass is `MCP.GatewaySession`'s to say, what is allowed
/// the pipeline's; a `GatewayRun` carries things from one to the other.
public struct StdioGateway: Sendable {
    let upstream: Upstream
    let credential: Credential
    let pipeline: DecisionPipeline
    let sessionID: UTF8String
    let limits: GatewayLimits
    let note: @Sendable (String) -> Void

    /// The exit status where the server cannot be started (sysexits' EX_UNAVAILABLE).
    public static let cannotStart: Int32 = 69
    /// The exit status after the ledger has failed (sysexits' EX_IOERR).
    public static let ledgerFailed: Int32 = 74

    /// A gateway before a server, for one caller.
    ///
    /// - Parameters:
    ///   - credential: the caller's; on stdio the wrapper's passport.
    ///   - sessionID: names this session in receipts.
    ///   - note: takes lines for the operator, which never go to the protocol's stream.
    public init(
        upstream: Upstream, credential: Credential, pipeline: DecisionPipeline, sessionID: String,
        limits: GatewayLimits = GatewayLimits(), note: @escaping @Sendable (String) -> Void
    ) {
        self.upstream = upstream
        self.credential = credential
        self.pipeline = pipeline
        self.sessionID = UTF8String(sessionID)
        self.limits = limits
        self.note = note
    }

    /// Starts the server and carries messages until the client closes or the server ends. Owns both descriptors.
    /// Cancelling the task ends the run as if the client had closed.
    ///
    /// - Returns: the exit status: the server's own where it ended first, 0 where the client closed, or one of the above.
    public func run(input: Int32, output: Int32) async -> Int32 {
        // A peer that closes its end is an error of write(2), not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        do throws(ChildProcess.StartFailure) {
            let child = try ChildProcess.start(
                upstream.command, upstream.arguments, environment: upstream.environment,
                workingDirectory: upstream.workingDirectory)
            return await GatewayRun(self, child: child, output: output).run(input: input)
        } catch {
            note("writ: \(error)")
            close(input)
            close(output)
            return Self.cannotStart
        }
    }
}
