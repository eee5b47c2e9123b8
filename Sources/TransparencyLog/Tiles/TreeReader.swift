// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// Why a tree could not be read.
public enum TreeReadError<Failure: Error>: Error {
    /// The store failed.
    case store(Failure)
    /// The tree is smaller than the size asked for, or the index is not below it.
    case outOfRange
    /// The store holds fewer hashes than the tree's size says: it is damaged or was pruned.
    case missing(level: Int, index: UInt64)
}

/// Roots, proofs and tiles of a stored tree, with few reads.
///
/// A store keeps the leaf hashes and the full tiles of each level. A proof then takes at most one tile a level from the
/// full ones, and the leaf hashes at the right edge. Where the edge of a level above 0 is needed, its hashes are folded
/// from the full tiles below (at most 255 of them), unless the store also keeps that partial tile.
///
///     let reader = TreeReader(size: head.size, leaves: { try row.leafHashes($0) }, tile: { try row.tile($0, $1) })
///     let proof = try reader.inclusionProof(index: 17, size: head.size)
public struct TreeReader<Failure: Error> {
    /// The stored tree's size.
    public let size: UInt64
    private let leaves: (Range<UInt64>) throws(Failure) -> [Digest]
    private let tile: (_ level: Int, _ index: UInt64) throws(Failure) -> [Digest]?

    /// A reader of a stored tree.
    ///
    /// - Parameters:
    ///   - size: leaves in the store; nothing past them is asked for.
    ///   - leaves: the leaf hashes of a range of at most 256 indices within one tile, in order.
    ///   - tile: the hashes of a tile from its first on: all 256, or `nil` (or fewer) where the store does not hold it.
    public init(
        size: UInt64, leaves: @escaping (Range<UInt64>) throws(Failure) -> [Digest],
        tile: @escaping (_ level: Int, _ index: UInt64) throws(Failure) -> [Digest]?
    ) {
        self.size = size
        self.leaves = leaves
        self.tile = tile
    }

    /// The root that the tree had at a size.
    ///
    /// - Throws: `TreeReadError`.
    public func root(size: UInt64) throws(TreeReadError<Failure>) -> Digest {
        guard size <= self.size else { throw .outOfRange }
        guard size > 0 else { return TreeHash.emptyRoot }
        var cache = Cache()
        return try hash(0..<size, &cache)
    }

    /// The state from which the tree of a size goes on: what `root(size:)` is folded from.
    ///
    /// - Throws: `TreeReadError`.
    public func compactRange(size: UInt64) throws(TreeReadError<Failure>) -> CompactRange {
        guard size <= self.size else { throw .outOfRange }
        var cache = Cache()
        let hashes = try perfectSubtrees(0..<size, &cache)
        guard let range = CompactRange(size: size, hashes: hashes) else { throw .outOfRange }
        return range
    }

    /// That a leaf is in the tree of a size.
    ///
    /// - Throws: `TreeReadError`; `outOfRange` unless `index` < `size` <= the stored size.
    public func inclusionProof(index: UInt64, size: UInt64) throws(TreeReadError<Failure>) -> InclusionProof {
        guard index < size, size <= self.size else { throw .outOfRange }
        return InclusionProof(index: index, hashes: try hashes(ProofPath.inclusion(index: index, size: size)))
    }

    /// That the tree of size `new` begins with that of size `old`.
    ///
    /// - Throws: `TreeReadError`; `outOfRange` unless `old` <= `new` <= the stored size.
    public func consistencyProof(from old: UInt64, to new: UInt64) throws(TreeReadError<Failure>) -> ConsistencyProof {
        guard old <= new, new <= size else { throw .outOfRange }
        return ConsistencyProof(hashes: try hashes(ProofPath.consistency(from: old, to: new)))
    }

    /// The hashes of a tile, full or partial, to be served or stored.
    ///
    /// - Throws: `TreeReadError`; `outOfRange` where the stored tree does not have all of them.
    public func hashes(of tile: Tile) throws(TreeReadError<Failure>) -> [Digest] {
        guard tile.exists(size: size) else { throw .outOfRange }
        var cache = Cache()
        return try row(level: tile.level, tile.index, 0..<tile.width, &cache)
    }

    private func hashes(_ ranges: [Range<UInt64>]) throws(TreeReadError<Failure>) -> [Digest] {
        var cache = Cache()
        var hashes: [Digest] = []
        for range in ranges { hashes.append(try hash(range, &cache)) }
        return hashes
    }

    /// The hash of a range as `ProofPath` cuts them; not empty.
    private func hash(_ range: Range<UInt64>, _ cache: inout Cache) throws(TreeReadError<Failure>) -> Digest {
        let subtrees = try perfectSubtrees(range, &cache)
        guard var hash = subtrees.last else { return TreeHash.emptyRoot }
        for left in subtrees.dropLast().reversed() { hash = TreeHash.node(left, hash) }
        return hash
    }

    private func perfectSubtrees(
        _ range: Range<UInt64>, _ cache: inout Cache
    ) throws(TreeReadError<Failure>) -> [Digest] {
        var hashes: [Digest] = []
        var begin = range.lowerBound
        while begin < range.upperBound {
            let height = 63 - (range.upperBound - begin).leadingZeroBitCount
            hashes.append(try perfect(height: height, from: begin, &cache))
            begin += 1 << UInt64(height)
        }
        return hashes
    }

    /// The root over 2^height leaves from a multiple of 2^height on.
    private func perfect(
        height: Int, from begin: UInt64, _ cache: inout Cache
    ) throws(TreeReadError<Failure>) -> Digest {
        let (level, rest) = height.quotientAndRemainder(dividingBy: Tile.height)
        let first = begin >> UInt64(Tile.height * level)
        let place = Int(first % UInt64(Tile.fullWidth))
        let hashes = try row(level: level, first / UInt64(Tile.fullWidth), place..<place + 1 << rest, &cache)
        return TreeHash.root(of: hashes)
    }

    /// Some hashes of one tile: from the store, else leaves, else folded from the full tiles below (at most 7 levels).
    private func row(
        level: Int, _ index: UInt64, _ places: Range<Int>, _ cache: inout Cache
    ) throws(TreeReadError<Failure>) -> [Digest] {
        if cache.tiles[level]?.index != index {
            cache.tiles[level] = (index, try stored(level: level, index))
        }
        if let hashes = cache.tiles[level]?.hashes, hashes.count >= places.upperBound { return Array(hashes[places]) }
        guard level > 0 else { throw .missing(level: level, index: index) }
        var hashes: [Digest] = []
        for place in places {
            let below = index * UInt64(Tile.fullWidth) + UInt64(place)
            hashes.append(TreeHash.root(of: try row(level: level - 1, below, 0..<Tile.fullWidth, &cache)))
        }
        return hashes
    }

    private func stored(level: Int, _ index: UInt64) throws(TreeReadError<Failure>) -> [Digest] {
        let first = index * UInt64(Tile.fullWidth)
        let count = min(UInt64(Tile.fullWidth), Tile.hashCount(level: level, size: size) - first)
        do throws(Failure) {
            // A partial tile of level 0 is never stored: it is the leaves.
            if level > 0 || count == UInt64(Tile.fullWidth) {
                if let hashes = try tile(level, index) { return hashes }
            }
            return level == 0 ? try leaves(first..<first + count) : []
        } catch {
            throw .store(error)
        }
    }

    /// The tile last read of each level.
    private struct Cache {
        var tiles: [Int: (index: UInt64, hashes: [Digest])] = [:]
    }
}
