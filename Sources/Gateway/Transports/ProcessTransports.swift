// SPDX-License-Identifier: Apache-2.0

import Glibc
public import StrictJSON

/// Transports to programs that are started here. What all of them write to standard error goes through one writer.
public struct ProcessTransports: TransportFactory {
    private let limits: GatewayLimits
    private let errors: ErrorOutput
    private let onExit: @Sendable (UTF8String, Int32) -> Void

    /// - Parameters:
    ///   - note: takes lines for the operator.
    ///   - onExit: called when a server's process has ended, with its alias and its status as a shell gives it.
    public init(
        limits: GatewayLimits = GatewayLimits(), note: @escaping @Sendable (String) -> Void,
        onExit: @escaping @Sendable (_ alias: UTF8String, _ status: Int32) -> Void = { _, _ in }
    ) {
        self.init(limits: limits, ErrorOutput(limit: limits.errorLines, note: note), onExit: onExit)
    }

    /// Those whose ends nobody is told of, over the same writer.
    private init(unheard others: ProcessTransports) {
        limits = others.limits
        errors = others.errors
        onExit = { _, _ in }
    }

    /// Transports to processes that may end without anybody being told.
    var unheard: ProcessTransports { ProcessTransports(unheard: self) }

    init(limits: GatewayLimits, _ errors: ErrorOutput, onExit: @escaping @Sendable (UTF8String, Int32) -> Void) {
        self.limits = limits
        self.onExit = onExit
        self.errors = errors
        // A peer that closes its end is an error of write(2), not the end of this process.
        signal(SIGPIPE, SIG_IGN)
        errors.start()
    }

    /// A line for the operator, in its place among what servers say. Never waits.
    public func note(_ text: String) { errors.note(text) }

    /// Writes what is still to be written to standard error; to be called when all servers have ended.
    public func finish() { errors.finish(within: .after(milliseconds: limits.shutdownMilliseconds)) }

    /// A process of its own.
    public func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        guard case .process(let program) = server.endpoint else { return NoTransport() }
        return StdioTransport(alias: server.alias, program, limits: limits, errors: errors, onExit: onExit)
    }
}
