// SPDX-License-Identifier: Apache-2.0

public import WireTypes

import struct Crypto.SHA256

/// The hashes of RFC 6962 §2.1: SHA-256, with one byte in front that keeps leaves and nodes apart.
public enum TreeHash {
    /// The root of a tree without entries: SHA-256 of nothing.
    public static let emptyRoot = Digest(SHA256.hash(data: [UInt8]()))

    /// A leaf: SHA-256(0x00 || entry).
    public static func leaf(_ entry: [UInt8]) -> Digest {
        var hasher = SHA256()
        hasher.update(data: [0x00] as [UInt8])
        hasher.update(data: entry)
        return Digest(hasher.finalize())
    }

    /// An inner node: SHA-256(0x01 || left || right).
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        var bytes: [UInt8] = [0x01]
        bytes.reserveCapacity(1 + 2 * Digest.byteCount)
        bytes.append(contentsOf: left.bytes)
        bytes.append(contentsOf: right.bytes)
        return Digest(SHA256.hash(data: bytes))
    }

    /// The root over hashes of equal height, in order: of 2^k of them a perfect tree's, of 256 a full tile's.
    public static func root(of hashes: some Sequence<Digest>) -> Digest {
        var range = CompactRange()
        for hash in hashes { range.append(hash) }
        return range.root
    }
}
