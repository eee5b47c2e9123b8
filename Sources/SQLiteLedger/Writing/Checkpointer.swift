// SPDX-License-Identifier: Apache-2.0

import Decisions
import Dispatch
import Synchronization

/// Moves the WAL's pages into the file, off the writer's thread, so that the WAL stays short.
final class Checkpointer: Sendable {
    private let path: String
    private let health: Health
    private let queue = DispatchQueue(label: "ledger.checkpoint", qos: .utility)
    private let connection = Mutex<Connection?>(nil)
    private let frames = Mutex<(asked: Int32, finished: Int32)>((0, 0))

    init(path: String, health: Health) {
        self.path = path
        self.health = health
    }

    /// Called by the writer after each commit, with the frames that the WAL then has.
    func committed(frames now: Int32) {
        let (ask, finish) = frames.withLock { last in
            if now < last.asked { last = (0, 0) }
            let ask = now >= Limits.checkpointFrames && now - last.asked >= Limits.checkpointFrames
            let finish = now >= Limits.restartFrames && now - last.finished >= Limits.checkpointFrames
            if ask { last.asked = now }
            if finish { last.finished = now }
            return (ask, finish)
        }
        if finish {
            // The writer never pauses, so no checkpoint off its thread ever reached the WAL's end. The rest is short.
            queue.sync { checkpoint(.passive) }
        } else if ask {
            queue.async { self.checkpoint(.passive) }
        }
    }

    /// Waits for what is under way; empties the WAL where asked to and nobody else is using it.
    func close(emptying: Bool) {
        queue.sync {
            if emptying { checkpoint(.truncate) }
            connection.withLock { connection in
                do {
                    try connection?.close()
                } catch {
                    // Its work is done; the process's end closes the file.
                }
                connection = nil
            }
        }
    }

    private enum Mode: String {
        /// Waits for nobody: what a reader still needs stays for the next time.
        case passive = "PRAGMA wal_checkpoint(PASSIVE)"
        /// Leaves a WAL of no bytes. How far a WAL was moved is known only while somebody has it open: the next process
        /// would read all of it again and could never start it over, so the last to leave must empty it.
        case truncate = "PRAGMA wal_checkpoint(TRUNCATE)"
    }

    private func checkpoint(_ mode: Mode) {
        connection.withLock { connection in
            do {
                try health.check()
                let open = try connection ?? Connection(path: path, role: .checkpointer)
                connection = open
                let deadline = Monotonic.milliseconds() + Limits.checkpointMilliseconds
                try open.access(until: deadline) { db in _ = try db.rows(mode.rawValue) }
            } catch {
                _ = health.note(Failure.ledgerError(error, doing: "checkpointing the WAL"))
            }
        }
    }
}
