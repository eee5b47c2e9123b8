// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import Synchronization

extension StdioTransport {
    /// Ends the process, and returns when it is gone.
    func close() async {
        shutDown()
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isGone = state.withLock { state in
                if state.running == nil { state.isGone = true }
                if !state.isGone { state.closers.append(continuation) }
                return state.isGone
            }
            if isGone { continuation.resume() }
        }
    }

    /// MCP's shutdown on stdio: close its input, wait, SIGTERM, wait, SIGKILL; to the whole process group.
    func shutDown() {
        let running: Running? = state.withLock { state in
            guard !state.isClosing else { return nil }
            state.isClosing = true
            return state.running
        }
        guard let running else { return }
        let patience = limits.shutdownMilliseconds
        PeerThread.start("shutdown of \(alias)") { [served] in
            let deadline = MonotonicTime.after(milliseconds: patience)
            running.writer.finish(within: deadline)
            guard !served.wait(for: [.process], until: deadline) else { return }
            running.child.signal(SIGTERM)
            guard !served.wait(for: [.process], until: .after(milliseconds: patience)) else { return }
            running.child.signal(SIGKILL)
        }
    }

    /// A server that has closed its output answers nothing any more, even if its process goes on. Most often it has
    /// ended, and then its status is the better thing to say.
    func outputEnded() {
        served.mark(.output)
        if !served.wait(for: [.process], until: .after(milliseconds: Self.statusMilliseconds)) {
            finish(UpstreamFailure(.ended, "server \(alias) has closed its output"))
        }
        shutDown()
    }

    /// How long the end of a process may take after the end of its output to count as the same event.
    private static let statusMilliseconds: Int64 = 100

    /// Waits for the server's process, on a thread of its own.
    func watch(_ running: Running) {
        running.child.waitForEnd()
        served.mark(.process)
        // What it said last may still be in its pipes; what it started may hold them open for ever, and does not
        // outlive it.
        let isQuiet = served.wait(for: [.output, .errors], until: .after(milliseconds: limits.shutdownMilliseconds))
        running.child.signal(isQuiet ? SIGTERM : SIGKILL)
        let status = running.child.reap()
        finish(UpstreamFailure(.ended, "server \(alias) ended with status \(status)"))
        // The writer's thread and the pipe's end go with the process.
        shutDown()
        let closers = state.withLock { state in
            state.isGone = true
            state.running = nil
            defer { state.closers = [] }
            return state.closers
        }
        onExit(alias, status)
        for closer in closers { closer.resume() }
    }

    /// Tells the receiver, once.
    func finish(_ failure: UpstreamFailure) {
        let receiver: (any UpstreamReceiver)? = state.withLock { state in
            defer { state.hasEnded = true }
            return state.hasEnded ? nil : state.running?.receiver
        }
        receiver?.ended(failure)
    }
}
