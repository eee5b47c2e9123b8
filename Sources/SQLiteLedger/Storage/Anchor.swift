// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import Synchronization
import TransparencyLog

/// The newest checkpoint, kept a second time in a file beside the ledger.
///
/// It is written after each commit and never before, so it is never ahead of a ledger that lost nothing: a ledger that is
/// behind it is an older copy. It is not synced; a crash may leave it older than the ledger, which proves as much.
final class Anchor: Sendable {
    private let descriptor: Int32

    /// The file of a ledger.
    static func path(of ledger: String) -> String { ledger + ".checkpoint" }

    /// Opens the file of a ledger for writing.
    ///
    /// - Throws: `LedgerError.rolledBack` where it is missing, `poisoned` where it cannot be written.
    init(of ledger: String) throws(LedgerError) {
        let path = Self.path(of: ledger)
        descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw Self.cannotOpen(path, errno) }
    }

    deinit { Foundation.close(descriptor) }

    /// The checkpoint in a ledger's file, verified.
    ///
    /// - Throws: `LedgerError.rolledBack` where the file is missing or does not verify.
    static func read(of ledger: String, trust: LogTrust) throws(LedgerError) -> Checkpoint {
        let path = path(of: ledger)
        var reason = ""
        for attempt in 0..<Limits.anchorReads {
            if attempt > 0 { usleep(2_000) }
            let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
            guard file >= 0 else { throw cannotOpen(path, errno) }
            var bytes = [UInt8](repeating: 0, count: Limits.anchorBytes)
            let count = pread(file, &bytes, bytes.count, 0)
            Foundation.close(file)
            guard count >= 0 else { throw LedgerError(.poisoned, "\(path) cannot be read: \(text(errno))") }
            do {
                return try verified(Array(bytes.prefix(count)), trust)
            } catch {
                reason = "\(error)"
            }
        }
        throw LedgerError(
            .rolledBack,
            """
            \(path) does not verify (\(reason)), so an older copy of the ledger would not be noticed; restore it, or \
            start a new log that names this one's last checkpoint
            """)
    }

    /// Makes the file of a new ledger, durable.
    ///
    /// - Throws: `LedgerError.rolledBack` where there is one already: a ledger was here.
    static func create(of ledger: String, note: [UInt8]) throws(LedgerError) {
        let path = path(of: ledger)
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else {
            throw errno == EEXIST
                ? LedgerError(
                    .rolledBack,
                    "\(path) is of a ledger that was here: bring that back, or move the file away to begin another log")
                : LedgerError(.full, "\(path) cannot be made: \(text(errno))")
        }
        defer { Foundation.close(file) }
        let bytes = padded(note)
        guard pwrite(file, bytes, bytes.count, 0) == bytes.count, fsync(file) == 0 else {
            let error = LedgerError(errno == ENOSPC ? .full : .poisoned, "\(path) cannot be written: \(text(errno))")
            unlink(path)
            throw error
        }
    }

    /// Writes a newer checkpoint over the file: one write of one sector, not synced.
    ///
    /// - Throws: `LedgerError`; a full disk is none, because the older checkpoint stays true.
    func write(_ note: [UInt8]) throws(LedgerError) {
        let bytes = Self.padded(note)
        guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            if errno == ENOSPC || errno == EDQUOT { return }
            throw LedgerError(.poisoned, "the checkpoint beside the ledger cannot be written: \(Self.text(errno))")
        }
    }

    /// A note ends with one newline; more of them fill the sector, and a person can still read the file.
    private static func padded(_ note: [UInt8]) -> [UInt8] {
        note + [UInt8](repeating: UInt8(ascii: "\n"), count: max(0, Limits.anchorBytes - note.count))
    }

    private static func verified(_ bytes: [UInt8], _ trust: LogTrust) throws -> Checkpoint {
        var note = bytes
        while note.last == UInt8(ascii: "\n") { note.removeLast() }
        return try trust.verify(Note(parsing: note + [UInt8(ascii: "\n")])).checkpoint
    }

    private static func cannotOpen(_ path: String, _ code: Int32) -> LedgerError {
        code == ENOENT
            ? LedgerError(
                .rolledBack,
                """
                \(path) is missing, so an older copy of the ledger would not be noticed; restore it, or start a new \
                log that names this one's last checkpoint
                """)
            : LedgerError(.poisoned, "\(path) cannot be opened: \(text(code))")
    }

    private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
