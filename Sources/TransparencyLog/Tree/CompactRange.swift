// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// The right edge of a tree: all that is needed to append leaves and to know the root.
///
/// It holds the roots of the perfect subtrees that make up the tree, largest first: one for each 1 in the binary form
/// of `size`, at most 63. Appending costs one hash on average.
///
///     var range = CompactRange()
///     range.append(TreeHash.leaf(entry))
///     store(range.size, range.bytes)
public struct CompactRange: Sendable, Hashable {
    /// Leaves appended so far.
    public private(set) var size: UInt64
    /// Roots of the perfect subtrees, largest (leftmost) first.
    public private(set) var hashes: [Digest]

    /// An empty tree.
    public init() {
        size = 0
        hashes = []
    }

    /// A tree of a known size, or `nil` where the number of hashes is not the number of ones in `size`.
    public init?(size: UInt64, hashes: [Digest]) {
        guard size <= LogLimits.treeSizeMax, hashes.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// A tree from a stored row, or `nil` where `bytes` are not 32 for each one in `size`.
    public init?(size: UInt64, bytes: [UInt8]) {
        guard let hashes = Digest.row(bytes) else { return nil }
        self.init(size: size, hashes: hashes)
    }

    /// The hashes one after the other, for a row beside `size`: at most 2,016 bytes.
    public var bytes: [UInt8] { hashes.flatMap(\.bytes) }

    /// Adds a leaf at index `size`.
    ///
    /// - Precondition: `size` is below `LogLimits.treeSizeMax`.
    public mutating func append(_ leaf: Digest) {
        precondition(size < LogLimits.treeSizeMax, "a log has at most 2^63 - 1 entries")
        var hash = leaf
        // Every trailing 1 of the size is a subtree that the new leaf makes twice as large.
        for _ in 0..<(~size).trailingZeroBitCount {
            hash = TreeHash.node(hashes.removeLast(), hash)
        }
        hashes.append(hash)
        size += 1
    }

    /// The root of the tree; RFC 6962's empty root where it is empty.
    public var root: Digest {
        guard var root = hashes.last else { return TreeHash.emptyRoot }
        for hash in hashes.dropLast().reversed() { root = TreeHash.node(hash, root) }
        return root
    }
}

extension Digest {
    /// Digests one after the other, or `nil` where the bytes are no multiple of 32.
    public static func row(_ bytes: [UInt8]) -> [Digest]? {
        guard bytes.count.isMultiple(of: byteCount) else { return nil }
        return stride(from: 0, to: bytes.count, by: byteCount).compactMap {
            Digest(bytes: Array(bytes[$0..<$0 + byteCount]))
        }
    }
}
