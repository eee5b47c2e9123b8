// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// Against files that another implementation made.
@Suite(SharedVectors.condition)
struct VectorTests {
    private func hashes(_ json: JSON?) throws -> [Digest] {
        try #require(json?.array).map { item in
            let hex = try #require(item.string).string
            return try #require(Digest(hex: hex))
        }
    }

    private func key(_ name: String) throws -> VerifierKey {
        let keys = try SharedVectors.json("keys.json")
        let text = try #require(keys[UTF8String(name)]?["vkey"]?.string)
        return try VerifierKey(parsing: text.string)
    }

    @Test func `keys follow from their seeds`() throws {
        let keys = try SharedVectors.json("keys.json")
        for (name, kind) in [("log", VerifierKey.Kind.note), ("witness1", .cosignature), ("witness2", .cosignature)] {
            let entry = try #require(keys[UTF8String(name)])
            let seedText = try #require(entry["seed_hex"]?.string).string
            let keyName = try #require(entry["name"]?.string).string
            let signer = try NoteSigner(name: keyName, kind: kind, seed: try #require(Hex.decode(seedText)))
            #expect(UTF8String(signer.key.description) == entry["vkey"]?.string)
        }
        let json = try #require(keys["decision"]?["jwk"])
        let jwk = try Ed25519JWK(json)
        #expect(Hex.encode(jwk.publicKey.bytes) == keys["decision"]?["public_hex"]?.string?.string)
    }

    @Test func `the tree of 300`() throws {
        let vector = try SharedVectors.json("tree300.json")
        let plain = PlainTree(size: 300)
        let reader = plain.reader()
        let root = try reader.root(size: 300)
        #expect(root.hex == vector["root_hex"]?.string?.string)
        #expect(try reader.inclusionProof(index: 299, size: 300).hashes == hashes(vector["incl[299]"]))
        #expect(try reader.inclusionProof(index: 0, size: 300).hashes == hashes(vector["incl[0]"]))
        #expect(try reader.consistencyProof(from: 256, to: 300).hashes == hashes(vector["cons[256->300]"]))
        #expect(try reader.consistencyProof(from: 255, to: 300).hashes == hashes(vector["cons[255->300]"]))
        let edge = try #require(Tile(level: 1, index: 0, width: 1))
        #expect(try reader.hashes(of: edge).map(\.hex) == [vector["tile/1/000.p/1 hex"]?.string?.string])
    }

    @Test func `the geometry of tiles`() throws {
        for member in try #require(SharedVectors.json("tile-geometry.json").object).members {
            let size = try #require(UInt64(member.key.string))
            let tiles = Tile.all(size: size)
            #expect(Int64(tiles.count) == member.value["count"]?.int64)
            let paths = try #require(member.value["paths_tail"]?.array).map { try #require($0.string).string }
            #expect(tiles.suffix(paths.count).map(\.path) == paths)
        }
    }

    @Test func `another implementation's log of sixteen sizes`() throws {
        let key = try VerifierKey(
            parsing: "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
        let trust = try #require(LogTrust(log: key))
        let last = try SharedVectors.bytes("tessera-log/tile/entries/000.p/15")
        let entries = try #require(EntryBundle.decode(last))
        #expect(entries.first == Array("one".utf8))
        var range = CompactRange()
        var earlier: [CompactRange] = []
        for size in 0...15 {
            let verified = try trust.verify(
                try Note(parsing: try SharedVectors.bytes("tessera-log/checkpoint.\(size)")))
            #expect(verified.checkpoint.size == UInt64(size))
            #expect(verified.checkpoint.root == range.root)
            earlier.append(range)
            if size > 0 {
                let tile = try SharedVectors.bytes("tessera-log/tile/0/000.p/\(size)")
                #expect(Digest.row(tile) == entries.prefix(size).map { TreeHash.leaf($0) })
                let bundle = try SharedVectors.bytes("tessera-log/tile/entries/000.p/\(size)")
                #expect(EntryBundle.encode(Array(entries.prefix(size))) == bundle)
            }
            if size < 15 { range.append(TreeHash.leaf(entries[size])) }
        }
        #expect(earlier.last?.root == range.root)
    }

    @Test func `a witnessed log, its proof, and what must not verify`() throws {
        let (log, one, two) = (try key("log"), try key("witness1"), try key("witness2"))
        let trust = try #require(LogTrust(log: log, witnesses: [one, two], quorum: 2))
        let verified = try trust.verify(try Note(parsing: try SharedVectors.bytes("log/checkpoint")))
        #expect(verified.checkpoint.size == 7)
        let bundle = try LogProof(parsing: try SharedVectors.bytes("receipt-1.tlog-proof"))
        let entry = try #require(bundle.extra)
        #expect(try bundle.verify(entry: entry, trust: trust).witnesses.count == 2)
        for place in entry.indices {
            var flipped = entry
            flipped[place] ^= 1
            #expect(throws: LogProofError.self) { try bundle.verify(entry: flipped, trust: trust) }
        }
        let negative = try SharedVectors.json("negative.json")
        func text(_ name: UTF8String) throws -> String { try #require(negative[name]?.string).string }
        let wrongKey = try text("vkey_wrong_id")
        #expect(throws: VerifierKey.Failure.wrongID) { try VerifierKey(parsing: wrongKey) }
        let flipped = try Note(parsing: Array(try text("note_flipped_text").utf8))
        let published = try VerifierKey(parsing: NoteTests.publishedKey)
        #expect(throws: NoteError.self) { try flipped.verify(by: [published]) }
        let moved = try LogProof(parsing: Array(try text("tlog_proof_wrong_index").utf8))
        #expect(throws: LogProofError.self) { try moved.verify(entry: entry, trust: trust) }
        #expect(Checkpoint(parsing: Array(try text("checkpoint_leading_zero").utf8)) == nil)
        let example = try Note(parsing: try SharedVectors.bytes("c2sp-signed-note-example.txt"))
        #expect(try example.verify(by: [published]) == [published])
    }

    @Test func `a witness's exchange from 4 to 7`() throws {
        let request = try SharedVectors.text("add-checkpoint.request.txt")
        let parts = request.split(separator: "\n\n", maxSplits: 1)
        let lines = parts[0].split(separator: "\n")
        let note = try Note(parsing: Array(parts[1].utf8))
        let oldNote = try Note(parsing: try SharedVectors.bytes("log/checkpoint.4"))
        let old = try #require(Checkpoint(parsing: oldNote.text))
        let (log, witness) = (try key("log"), try key("witness1"))
        let new = try #require(LogTrust(log: log)).verify(note).checkpoint
        let proof = lines.dropFirst().compactMap { Base64.decode(String($0)).flatMap { Digest(bytes: $0) } }
        #expect(proof.count == lines.count - 1)
        try ConsistencyProof(hashes: proof).verify(
            old: old.size, oldRoot: old.root, new: new.size, newRoot: new.root)
        let line = try SharedVectors.text("add-checkpoint.response-w1.txt").dropLast()
        let answer = try #require(NoteSignature(parsing: String(line)))
        #expect(answer.isValid(by: witness, text: note.text))
        let time = try #require(Cosignature(payload: answer.payload)).time
        let message = try SharedVectors.bytes("cosign-w1.message.txt")
        #expect(Cosignature.message(time: time, text: note.text) == message)
    }
}
