// SPDX-License-Identifier: Apache-2.0

/// Which subtrees a proof is made of, as ranges of leaves in the order of the proof.
///
/// Each range starts at a multiple of the smallest power of two that is not below its length, so its hash is a fold of
/// perfect subtrees (`TreeReader`).
enum ProofPath {
    /// RFC 6962 §2.1.1, for `index` below `size`: the leaf's sibling first, the root's child last.
    static func inclusion(index: UInt64, size: UInt64) -> [Range<UInt64>] {
        var ranges: [Range<UInt64>] = []
        var (begin, end) = (UInt64(0), size)
        while end - begin > 1 {
            let middle = begin + split(end - begin)
            if index < middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(begin..<middle)
                begin = middle
            }
        }
        return ranges.reversed()
    }

    /// RFC 6962 §2.1.2, for `old` not above `new`. Nothing where one of them needs no proof: `old` is 0 or `new`.
    static func consistency(from old: UInt64, to new: UInt64) -> [Range<UInt64>] {
        guard old > 0, old < new else { return [] }
        var ranges: [Range<UInt64>] = []
        var (begin, end) = (UInt64(0), new)
        while end != old {
            let middle = begin + split(end - begin)
            if old <= middle {
                ranges.append(middle..<end)
                end = middle
            } else {
                ranges.append(begin..<middle)
                begin = middle
            }
        }
        // A subtree at the left edge is the old tree itself, whose root the verifier has.
        if begin > 0 { ranges.append(begin..<end) }
        return ranges.reversed()
    }

    /// The largest power of two below `count`, which is at least 2.
    private static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
}
