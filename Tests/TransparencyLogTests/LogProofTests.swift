// SPDX-License-Identifier: Apache-2.0

import Testing
import TransparencyLog
import WireTypes

struct LogProofTests {
    static func bundle() throws -> LogProof {
        LogProof(
            extra: PlainTree.entry(1), inclusion: try PlainTree(size: 3).reader().inclusionProof(index: 1, size: 3),
            checkpoint: try TestKeys.note())
    }

    static func trust() throws -> LogTrust {
        try #require(
            LogTrust(
                log: TestKeys.log().key, witnesses: [TestKeys.witness(1).key, TestKeys.witness(2).key], quorum: 2))
    }

    @Test func `a bundle is written, read and verified`() throws {
        let bundle = try Self.bundle()
        let text = String(decoding: bundle.bytes, as: UTF8.self)
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nextra AAAAAQ==\nindex 1\n"))
        let read = try LogProof(parsing: bundle.bytes)
        #expect(read == bundle)
        #expect(try read.verify(entry: PlainTree.entry(1), trust: Self.trust()).checkpoint.size == 3)
        let bare = LogProof(extra: nil, inclusion: bundle.inclusion, checkpoint: bundle.checkpoint)
        #expect(try LogProof(parsing: bare.bytes) == bare)
    }

    @Test func `another entry, index or hash is refused`() throws {
        let bundle = try Self.bundle()
        let trust = try Self.trust()
        #expect(throws: LogProofError.inclusion(.rootMismatch)) {
            try bundle.verify(entry: PlainTree.entry(2), trust: trust)
        }
        for index in [0, 2, 3, 1 << 62] as [UInt64] {
            let moved = LogProof(
                extra: nil, inclusion: InclusionProof(index: index, hashes: bundle.inclusion.hashes),
                checkpoint: bundle.checkpoint)
            #expect(throws: LogProofError.self) { try moved.verify(entry: PlainTree.entry(1), trust: trust) }
        }
    }

    @Test func `no flipped bit of a bundle is believed for another entry or a worse proof`() throws {
        let bundle = try Self.bundle()
        let trust = try Self.trust()
        let bytes = bundle.bytes
        for place in bytes.indices {
            var flipped = bytes
            flipped[place] ^= 1 << (place % 8)
            do {
                let read = try LogProof(parsing: flipped)
                let entry = try #require(read.extra)
                _ = try read.verify(entry: entry, trust: trust)
                Issue.record("byte \(place) does not count")
            } catch is LogProofError {}
        }
    }

    @Test(
        arguments: [
            ("", 1), ("c2sp.org/tlog-proof@v2\n", 1), ("c2sp.org/tlog-proof@v1", 1),
            ("c2sp.org/tlog-proof@v1\n", 2), ("c2sp.org/tlog-proof@v1\nextra AA\nindex 1\n\n", 2),
            ("c2sp.org/tlog-proof@v1\nextra AA==\nextra AA==\nindex 1\n\n", 3),
            ("c2sp.org/tlog-proof@v1\nindex 01\n\n", 2), ("c2sp.org/tlog-proof@v1\nindex -1\n\n", 2),
            ("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n", 3), ("c2sp.org/tlog-proof@v1\nindex 1\n", 3),
            (
                "c2sp.org/tlog-proof@v1\nindex 1\n"
                    + String(repeating: CheckpointTests.root + "\n", count: 64) + "\n", 66
            ),
        ])
    func `what is no bundle is refused with its line`(text: String, line: Int) {
        #expect(throws: LogProofError.malformed(line: line)) { try LogProof(parsing: Array(text.utf8)) }
    }
}
