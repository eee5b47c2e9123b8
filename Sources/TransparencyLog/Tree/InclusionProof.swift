// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// That a leaf is in a tree, at an index (RFC 6962 §2.1.1).
public struct InclusionProof: Sendable, Hashable {
    /// The leaf's index, from 0.
    public let index: UInt64
    /// The leaf's sibling first, the root's child last; at most 63.
    public let hashes: [Digest]

    /// A proof as it was received; nothing is checked before `verify`.
    public init(index: UInt64, hashes: [Digest]) {
        self.index = index
        self.hashes = hashes
    }

    /// The root that the proof leads to, by RFC 9162 §2.1.3.2.
    ///
    /// - Throws: `ProofError` where the index is not in the tree or the number of hashes is not exactly the needed one.
    public func root(leaf: Digest, size: UInt64) throws(ProofError) -> Digest {
        guard index < size else { throw .indexOutOfRange }
        var (node, last) = (index, size - 1)
        var root = leaf
        for hash in hashes {
            guard last != 0 else { throw .tooLong }
            if node & 1 == 1 || node == last {
                root = TreeHash.node(hash, root)
                // A right edge without a sibling rises until it is a right child.
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                root = TreeHash.node(root, hash)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooShort }
        return root
    }

    /// Checks that the leaf is at `index` in the tree of this size and root.
    ///
    /// - Throws: `ProofError` where it is not proved.
    public func verify(leaf: Digest, size: UInt64, root: Digest) throws(ProofError) {
        guard try self.root(leaf: leaf, size: size) == root else { throw .rootMismatch }
    }
}
