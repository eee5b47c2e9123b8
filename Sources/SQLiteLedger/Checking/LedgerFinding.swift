// SPDX-License-Identifier: Apache-2.0

/// Something in a ledger that is not as it must be.
public struct LedgerFinding: Sendable, Hashable, CustomStringConvertible {
    /// What it is about.
    public enum Subject: String, Sendable, CaseIterable {
        /// The file as a whole: unreadable pages, another format.
        case file
        /// An entry, or its place in the order.
        case entry
        /// A tile of the tree.
        case tile
        /// The head row: size, root, right edge.
        case head
        /// The newest signed checkpoint.
        case checkpoint
        /// The checkpoint beside the ledger.
        case anchor
        /// The state kept beside the log is not the fold of its events.
        case state
        /// Sealed evidence, or its receipt.
        case evidence
        /// A document that is not what its digest says.
        case content
    }

    /// What it is about.
    public let subject: Subject
    /// The entry that it concerns, where it concerns one.
    public let index: Int64?
    /// What is wrong.
    public let message: String

    /// For people, in one line.
    public var description: String { subject.rawValue + (index.map { " \($0)" } ?? "") + ": " + message }
}
