// SPDX-License-Identifier: Apache-2.0

import Testing
import TransparencyLog
import WireTypes

/// RFC 6962 by its definition, for every tree up to 70 leaves.
struct TreeTests {
    static let sizes = Array(0...70)
    static let plain = PlainTree(size: 70)
    static let roots = sizes.map { PlainTree.root(plain.leaves[..<$0]) }

    @Test func `hashes are those of RFC 6962`() throws {
        #expect(TreeHash.emptyRoot.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(TreeHash.leaf([]).hex == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        // From Certificate Transparency's own tests: the root over the two leaves "" and 0x00.
        #expect(
            TreeHash.node(TreeHash.leaf([]), TreeHash.leaf([0])).hex
                == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
    }

    @Test func `a compact range has every tree's root and survives its row`() throws {
        var range = CompactRange()
        for size in Self.sizes {
            #expect(range.root == Self.roots[size])
            #expect(range.size == UInt64(size))
            #expect(CompactRange(size: range.size, bytes: range.bytes) == range)
            if size < 70 { range.append(Self.plain.leaves[size]) }
        }
        #expect(CompactRange(size: 69, bytes: range.bytes + [0]) == nil)
        #expect(CompactRange(size: 3, bytes: range.bytes.suffix(32)) == nil)
    }

    @Test(arguments: 1...70)
    func `every entry of every tree has its proof, and no other`(size: Int) throws {
        let reader = Self.plain.reader()
        let leaves = Self.plain.leaves
        for index in 0..<size {
            let proof = try reader.inclusionProof(index: UInt64(index), size: UInt64(size))
            #expect(proof.hashes == PlainTree.path(index, leaves[..<size]))
            try proof.verify(leaf: leaves[index], size: UInt64(size), root: Self.roots[size])
            for other in Set([index ^ 1, index + 1, size - 1 - index]) where other != index && other >= 0 {
                #expect(throws: ProofError.self) {
                    try InclusionProof(index: UInt64(other), hashes: proof.hashes)
                        .verify(leaf: leaves[index], size: UInt64(size), root: Self.roots[size])
                }
            }
            #expect(throws: ProofError.tooLong) {
                try InclusionProof(index: proof.index, hashes: proof.hashes + [leaves[0]])
                    .verify(leaf: leaves[index], size: UInt64(size), root: Self.roots[size])
            }
            if !proof.hashes.isEmpty {
                #expect(throws: ProofError.self) {
                    try InclusionProof(index: proof.index, hashes: proof.hashes.dropLast())
                        .verify(leaf: leaves[index], size: UInt64(size), root: Self.roots[size])
                }
                #expect(throws: ProofError.rootMismatch) {
                    try InclusionProof(index: proof.index, hashes: proof.hashes.dropLast() + [leaves[index]])
                        .verify(leaf: leaves[index], size: UInt64(size), root: Self.roots[size])
                }
            }
        }
    }

    @Test(arguments: 1...70)
    func `every tree begins with every smaller one, provably`(new: Int) throws {
        let reader = Self.plain.reader()
        for old in 0...new {
            let proof = try reader.consistencyProof(from: UInt64(old), to: UInt64(new))
            #expect(proof.hashes == (old == 0 ? [] : PlainTree.proof(old, Self.plain.leaves[..<new])))
            func verify(_ proof: ConsistencyProof, _ oldRoot: Digest, _ newRoot: Digest) throws {
                try proof.verify(old: UInt64(old), oldRoot: oldRoot, new: UInt64(new), newRoot: newRoot)
            }
            let (oldRoot, newRoot) = (Self.roots[old], Self.roots[new])
            try verify(proof, oldRoot, newRoot)
            let wrong = TreeHash.leaf([1])
            #expect(throws: ProofError.self) { try verify(proof, wrong, newRoot) }
            #expect(throws: ProofError.self) {
                try verify(ConsistencyProof(hashes: proof.hashes + [wrong]), oldRoot, newRoot)
            }
            if old > 0 { #expect(throws: ProofError.rootMismatch) { try verify(proof, oldRoot, wrong) } }
            if !proof.hashes.isEmpty {
                #expect(throws: ProofError.self) {
                    try verify(ConsistencyProof(hashes: proof.hashes.dropLast()), oldRoot, newRoot)
                }
                for place in Set([0, new % proof.hashes.count]) {
                    var hashes = proof.hashes
                    hashes[place] = wrong
                    #expect(throws: ProofError.self) { try verify(ConsistencyProof(hashes: hashes), oldRoot, newRoot) }
                }
            }
        }
        #expect(throws: ProofError.sizesReversed) {
            try ConsistencyProof(hashes: []).verify(
                old: UInt64(new) + 1, oldRoot: Self.roots[0], new: UInt64(new), newRoot: Self.roots[new])
        }
    }

    @Test func `every bit of a proof counts`() throws {
        let (index, size) = (37, 70)
        let proof = try Self.plain.reader().inclusionProof(index: 37, size: 70)
        for place in proof.hashes.indices {
            for bit in 0..<256 {
                var hashes = proof.hashes
                var bytes = hashes[place].bytes
                bytes[bit / 8] ^= 1 << (bit % 8)
                hashes[place] = try #require(Digest(bytes: bytes))
                #expect(throws: ProofError.rootMismatch) {
                    try InclusionProof(index: UInt64(index), hashes: hashes)
                        .verify(leaf: Self.plain.leaves[index], size: UInt64(size), root: Self.roots[size])
                }
            }
        }
    }

    @Test func `sizes at the end of the range do not trap`() throws {
        let digest = TreeHash.emptyRoot
        let many = [Digest](repeating: digest, count: 64)
        for size in [.max, .max - 1, 1 << 63, 1 << 63 - 1] as [UInt64] {
            for index in [0, size / 2, size - 1, size] as [UInt64] {
                #expect(throws: ProofError.self) {
                    try InclusionProof(index: index, hashes: many).verify(leaf: digest, size: size, root: digest)
                }
                #expect(throws: ProofError.self) {
                    try ConsistencyProof(hashes: many).verify(
                        old: max(index, 1), oldRoot: digest, new: size, newRoot: TreeHash.leaf([]))
                }
            }
        }
        #expect(throws: ProofError.indexOutOfRange) {
            try InclusionProof(index: 0, hashes: []).verify(leaf: digest, size: 0, root: digest)
        }
    }
}
