// SPDX-License-Identifier: Apache-2.0

/// Why the record could not be read or written. Equality is of the code alone.
public struct LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// There is no ledger where one is expected.
        case missing
        /// The file is no ledger, or of another format.
        case notALedger
        /// Another process has held it beyond the deadline.
        case busy
        /// The disk is full; rolled back, nothing was lost.
        case full
        /// Reading or writing failed, or the contents do not add up; nothing more is decided by this process.
        case poisoned
        /// The ledger is older than a checkpoint it has signed, or not the one the checkpoint is of.
        case rolledBack
        /// The clock is more than a minute behind the newest entry.
        case clockBehind
        /// The queue has been full, or the writer stalled, beyond the deadline.
        case overloaded
        /// It was closed.
        case closed
        /// Something was asked for that is not there.
        case notFound
    }

    /// What went wrong.
    public let code: Code
    /// What, where, and what to do; nothing from a call's parameters.
    public let message: String

    /// An error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Equal codes.
    public static func == (left: LedgerError, right: LedgerError) -> Bool { left.code == right.code }

    /// The message.
    public var description: String { message }
}
