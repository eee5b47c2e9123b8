// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import Glibc
import HomeFolder
import StrictJSON
import Synchronization

/// Watches the ledger's brakes for one process that enforces decisions, on a thread of its own.
///
/// While the process has something under way that could be stopped, it looks every `KillLimits.lookMilliseconds`; else it
/// sleeps until it is woken: by what begins, or by who throws a switch, through the process's socket in `enforcers/`.
package final class KillWatch: Sendable {
    private let installation: Installation
    private let socket: EnforcerSocket
    private let state = Mutex(Progress())
    private let ended = DispatchSemaphore(value: 0)

    private struct Progress {
        var isEnding = false
        var hasFailed = false
    }

    /// Starts to watch.
    ///
    /// - Parameter kind: what the process is, for `writ kill drill`; lower-case letters.
    /// - Throws: `HomeError` where the process may open nothing more.
    package static func start(_ installation: Installation, as kind: String) throws -> KillWatch {
        let socket: EnforcerSocket
        do throws(HomeError) { socket = try EnforcerFolder(installation.home).register(kind) } catch {
            // It finds switches by looking, which is soon enough.
            Output.note("writ: note: \(error.message); `writ kill drill` does not see this process")
            socket = try EnforcerSocket()
        }
        let watch = KillWatch(installation, socket)
        installation.ports.switches.watched(wake: { [socket = watch.socket] in socket.wake() })
        Thread.detachNewThread { watch.run() }
        return watch
    }

    private init(_ installation: Installation, _ socket: EnforcerSocket) {
        self.installation = installation
        self.socket = socket
    }

    /// Ends it, and returns when it has ended; to be called before the ledger is closed, and once.
    package func stop() {
        installation.ports.switches.unwatched()
        state.withLock { $0.isEnding = true }
        socket.wake()
        ended.wait()
    }

    private func run() {
        let board = installation.ports.switches
        while !state.withLock({ $0.isEnding }) {
            // In this order: what begins after the board was asked wakes the socket.
            let event = socket.wait(milliseconds: board.maySleep() ? -1 : KillLimits.lookMilliseconds)
            guard !state.withLock({ $0.isEnding }) else { break }
            let size = look()
            let seenAt = MonotonicClock.nanoseconds()
            guard case .messages(let messages) = event else { continue }
            for drill in messages.compactMap(DrillMessage.init) {
                answer(drill, size: size ?? 0, seenAt: seenAt)
            }
        }
        ended.signal()
    }

    /// Looks; how many entries the log has.
    private func look() -> Int64? {
        do throws(LedgerError) {
            let size = try installation.ports.look().size
            state.withLock { $0.hasFailed = false }
            return size
        } catch {
            // What is under way goes on, since nobody knows of a switch; nothing new is permitted, or written.
            let isFirst = state.withLock { state in
                defer { state.hasFailed = true }
                return !state.hasFailed
            }
            if isFirst { Output.note("writ: kill switches cannot be looked for: \(error)") }
            return nil
        }
    }

    /// Says when this process saw a drill's event, and what a switch in its place would have stopped.
    private func answer(_ drill: DrillMessage, size: Int64, seenAt: Int64) {
        guard size > drill.index, let name = socket.name else { return }
        let board = installation.ports.switches
        let answer = DrillAnswer(
            name: name, index: drill.index, seenAt: seenAt, open: board.count,
            covered: board.count(coveredBy: drill.scope))
        do throws(HomeError) { _ = try EnforcerFolder(installation.home).send(answer.bytes, to: drill.asker) } catch {
            // Whoever asked says that this process has not answered.
        }
    }
}

/// What bounds the watch and the drill.
enum KillLimits {
    /// How often a process looks that has something under way: a tenth of what a switch may take to stop everything. A look
    /// is one row, some ten microseconds.
    static let lookMilliseconds: Int32 = 25
    /// What a switch may take from its event in the log to the last byte that is forwarded.
    static let boundMilliseconds: Int64 = 250
    /// How long a drill waits for the answers of one round.
    static let roundMilliseconds: Int64 = 2_000
    /// The pause between a drill's rounds.
    static let pauseMicroseconds: UInt32 = 20_000
    /// Rounds of one drill: each is an entry in the log, for ever.
    static let rounds = 1...1_000
    /// A message's members, flat.
    static let message = JSONLimits(bytesMax: EnforcerSocket.messageBytes, depthMax: 2, nodesMax: 20)
}

/// The clock that all processes of a machine have in common.
enum MonotonicClock {
    static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
