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
            queue.sync { checkpoint() }
        } else if ask {
            queue.async { self.checkpoint() }
        }
    }

    /// Waits for what is under way; moves everything first where asked to.
    func close(checkpointing: Bool) {
        queue.sync {
            if checkpointing { checkpoint() }
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

    /// PASSIVE waits for nobody: what a reader still needs stays for the next time.
    private func checkpoint() {
        connection.withLock { connection in
            do {
                try health.check()
                let open = try connection ?? Connection(path: path, role: .checkpointer)
                connection = open
                try open.access { db in _ = try db.rows("PRAGMA wal_checkpoint(PASSIVE)") }
            } catch {
                _ = health.note(Failure.ledgerError(error, doing: "checkpointing the WAL"))
            }
        }
    }
}
