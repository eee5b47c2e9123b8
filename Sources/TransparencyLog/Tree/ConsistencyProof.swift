// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// That a tree begins with all of an older one (RFC 6962 §2.1.2).
public struct ConsistencyProof: Sendable, Hashable {
    /// At most 64 hashes; none where the sizes are equal or the older is 0.
    public let hashes: [Digest]

    /// A proof as it was received; nothing is checked before `verify`.
    public init(hashes: [Digest]) { self.hashes = hashes }

    /// Checks that the tree of size `new` begins with the tree of size `old`, by RFC 9162 §2.1.4.2.
    ///
    /// Everything begins with the empty tree: for `old` 0 the proof must be empty and `oldRoot` the empty root.
    ///
    /// - Throws: `ProofError` where it is not proved.
    public func verify(
        old: UInt64, oldRoot: Digest, new: UInt64, newRoot: Digest
    ) throws(ProofError) {
        guard old <= new else { throw .sizesReversed }
        guard old > 0, old < new else {
            guard hashes.isEmpty else { throw .tooLong }
            guard oldRoot == (old == new ? newRoot : TreeHash.emptyRoot) else { throw .rootMismatch }
            // Without entries there is only one root, also where both trees are empty.
            guard old > 0 || oldRoot == TreeHash.emptyRoot else { throw .rootMismatch }
            return
        }
        // A perfect older tree is a subtree of the newer: its root is left out of the proof.
        let path = old.nonzeroBitCount == 1 ? [oldRoot] + hashes : hashes
        guard let first = path.first else { throw .tooShort }
        let trailing = (~(old - 1)).trailingZeroBitCount
        var (node, last) = ((old - 1) >> UInt64(trailing), (new - 1) >> UInt64(trailing))
        var (oldHash, newHash) = (first, first)
        for hash in path.dropFirst() {
            guard last != 0 else { throw .tooLong }
            if node & 1 == 1 || node == last {
                oldHash = TreeHash.node(hash, oldHash)
                newHash = TreeHash.node(hash, newHash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newHash = TreeHash.node(newHash, hash)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooShort }
        guard oldHash == oldRoot, newHash == newRoot else { throw .rootMismatch }
    }
}
