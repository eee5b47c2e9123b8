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
        let isFirst = state.withLock { state in
            defer { state.isClosingServer = true }
            return !state.isClosingServer
        }
        guard isFirst else { return }
        let patience = gateway.limits.shutdownMilliseconds
        PeerThread.start("shutdown of \(gateway.upstream.alias)") { [self] in
            let deadline = MonotonicTime.after(milliseconds: patience)
            server.finish(within: deadline)
            guard !served.wait(for: [.process], until: deadline) else { return }
            child.signal(SIGTERM)
            guard !served.wait(for: [.process], until: .after(milliseconds: patience)) else { return }
            child.signal(SIGKILL)
        }
    }

    /// Waits for the server's process: then whatever is open fails, and the run is over.
    func watchServer() {
        child.waitForEnd()
        served.mark(.process)
        // What it said last may still be in its pipes; what it started may hold them open for ever, and does not
        // outlive it.
        let patience = gateway.limits.shutdownMilliseconds
        let isQuiet = served.wait(for: [.output, .errors], until: .after(milliseconds: patience))
        child.signal(isQuiet ? SIGTERM : SIGKILL)
        serverEnded(child.reap())
    }

    private func serverEnded(_ status: Int32) {
        let limits = gateway.limits
        perform(state.withLock { $0.session.childExited() })
        client.finish(within: .after(milliseconds: limits.shutdownMilliseconds))
        // Whoever closes the ledger next must not do so under a decision: its outcome would be lost.
        if !load.waitUntilIdle(within: .after(milliseconds: limits.decisionMilliseconds)) {
            errors.note("writ: ending while calls are still being decided")
        }
        let report = state.withLock { $0.drops.rest(at: .now()) }
        if let report { log(report) }
        let (clientClosed, ledgerFailed) = state.withLock { ($0.clientClosed, $0.ledgerFailed) }
        if !clientClosed { errors.note("writ: server \(gateway.upstream.alias) ended with status \(status)") }
        errors.finish(within: .after(milliseconds: limits.shutdownMilliseconds))
        let exit = ledgerFailed ? StdioGateway.ledgerFailed : clientClosed ? 0 : status
        let waiter = state.withLock { state in
            state.status = exit
            return state.waiter.take()
        }
        waiter?.resume(returning: exit)
    }
}
