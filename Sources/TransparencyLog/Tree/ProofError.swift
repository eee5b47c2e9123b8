// SPDX-License-Identifier: Apache-2.0

/// Why a proof does not prove.
public enum ProofError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The index is not below the tree's size.
    case indexOutOfRange
    /// The older tree is larger than the newer one.
    case sizesReversed
    /// More hashes than the tree has levels for.
    case tooLong
    /// Fewer hashes than the tree needs.
    case tooShort
    /// The hashes lead to another root: the entry, the order or the tree is not what was claimed.
    case rootMismatch

    /// For people.
    public var description: String {
        switch self {
        case .indexOutOfRange: "the index is not below the tree's size"
        case .sizesReversed: "the older tree is larger than the newer one"
        case .tooLong: "the proof has more hashes than the tree has levels"
        case .tooShort: "the proof has fewer hashes than the tree needs"
        case .rootMismatch: "the proof leads to another root hash"
        }
    }
}
