// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import MCP
import Synchronization

extension GatewayRun {
    /// The client has closed, or takes nothing any more: no more calls, and the server is asked to end.
    func clientEnded() {
        let actions: [GatewayAction] = state.withLock { state in
            guard !state.clientClosed else { return [] }
            state.clientClosed = true
            return state.session.clientClosed()
        }
        perform(actions)
    }

    /// MCP's shutdown on stdio: close its input, wait, SIGTERM, wait, SIGKILL; to the whole process group.
    func closeServer() {
        let limits = gateway.limits
        PeerThread.start("shutdown of \(gateway.upstream.alias)") { [self] in
            server.finish(withinMilliseconds: limits.shutdownMilliseconds)
            for signal in [SIGTERM, SIGKILL] {
                usleep(UInt32(clamping: limits.shutdownMilliseconds * 1000))
                guard state.withLock({ $0.status == nil }) else { return }
                child.signal(signal)
            }
        }
    }

    /// The server's process is gone: whatever is open fails, and the run is over.
    func serverEnded(_ status: Int32) {
        perform(state.withLock { $0.session.childExited() })
        let report = state.withLock { $0.drops.rest(at: .now()) }
        if let report { log(report) }
        let (clientClosed, ledgerFailed) = state.withLock { ($0.clientClosed, $0.ledgerFailed) }
        if !clientClosed { gateway.note("writ: server \(gateway.upstream.alias) ended with status \(status)") }
        client.finish(withinMilliseconds: gateway.limits.shutdownMilliseconds)
        let exit = ledgerFailed ? StdioGateway.ledgerFailed : clientClosed ? 0 : status
        let waiter = state.withLock { state in
            state.status = exit
            return state.waiter.take()
        }
        waiter?.resume(returning: exit)
    }
}

/// Whether a server's output has been read to its end.
final class ServerEnd: @unchecked Sendable {
    // INVARIANT: only touched inside `monitor.withLock`.
    private var hasEnded = false
    private let monitor = Monitor()

    func outputEnded() {
        monitor.withLock {
            hasEnded = true
            monitor.signal()
        }
    }

    func waitForOutput(milliseconds: Int64) {
        let deadline = MonotonicTime.after(milliseconds: milliseconds)
        monitor.withLock { _ = monitor.wait(until: deadline) { hasEnded } }
    }
}
