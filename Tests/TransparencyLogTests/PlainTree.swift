// SPDX-License-Identifier: Apache-2.0

import TransparencyLog
import WireTypes

/// The definitions of RFC 6962 §2.1 word for word, slow: what the real code is compared with.
struct PlainTree {
    let leaves: [Digest]
    /// The hashes of each level of tiles.
    let rows: [[Digest]]

    /// Leaves over the numbers 0, 1, 2, … as four bytes, big-endian.
    init(size: Int) {
        leaves = (0..<size).map { TreeHash.leaf(Self.entry($0)) }
        rows = Self.rows(leaves)
    }

    static func entry(_ index: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: index >> (24 - 8 * $0)) } }

    static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard let first = leaves.first else { return TreeHash.emptyRoot }
        guard leaves.count > 1 else { return first }
        let middle = leaves.startIndex + split(leaves.count)
        return TreeHash.node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let middle = leaves.startIndex + split(leaves.count)
        return leaves.startIndex + index < middle
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index - split(leaves.count), leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func proof(_ old: Int, _ leaves: ArraySlice<Digest>, _ complete: Bool = true) -> [Digest] {
        if old == leaves.count { return complete ? [] : [root(leaves)] }
        let count = split(leaves.count)
        let middle = leaves.startIndex + count
        return old <= count
            ? proof(old, leaves[..<middle], complete) + [root(leaves[middle...])]
            : proof(old - count, leaves[middle...], false) + [root(leaves[..<middle])]
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }

    /// A reader over these leaves with every full tile, as a store has them.
    func reader(withTiles: Bool = true) -> TreeReader<Never> {
        let leaves = leaves
        let rows = rows
        return TreeReader(
            size: UInt64(leaves.count), leaves: { Array(leaves[Int($0.lowerBound)..<Int($0.upperBound)]) },
            tile: { level, index in
                guard withTiles, level < rows.count else { return nil }
                let first = Int(index) * 256
                return rows[level].count >= first + 256 ? Array(rows[level][first..<first + 256]) : nil
            })
    }

    private static func rows(_ leaves: [Digest]) -> [[Digest]] {
        var rows = [leaves]
        while let last = rows.last, last.count >= 256 {
            rows.append(
                stride(from: 0, to: last.count / 256 * 256, by: 256).map { root(last[$0..<$0 + 256]) })
        }
        return rows
    }
}
