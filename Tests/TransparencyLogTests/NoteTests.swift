// SPDX-License-Identifier: Apache-2.0

import Testing
import TransparencyLog
import WireTypes

/// Keys from fixed seeds, for tests only.
enum TestKeys {
    static func signer(_ name: String, _ kind: VerifierKey.Kind, _ seed: UInt8) throws -> NoteSigner {
        try NoteSigner(name: name, kind: kind, seed: [UInt8](repeating: seed, count: 32))
    }

    static func log() throws -> NoteSigner { try signer("log.example/1", .note, 1) }
    static func witness(_ number: UInt8) throws -> NoteSigner {
        try signer("witness.example/\(number)", .cosignature, 10 + number)
    }

    /// A checkpoint of a tree of three entries, cosigned by two witnesses.
    static func note() throws -> Note {
        let checkpoint = try #require(
            Checkpoint(origin: "log.example/1", size: 3, root: TreeHash.root(of: PlainTree(size: 3).leaves)))
        var note = try checkpoint.signed(with: log())
        note.add(try Cosignature.sign(text: note.text, time: 1_764_000_000, with: witness(1)))
        note.add(try Cosignature.sign(text: note.text, time: 1_764_000_007, with: witness(2)))
        return note
    }
}

struct NoteTests {
    /// The example printed in the signed-note specification.
    static let published = """
        This is an example message.

        \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

        """
    static let publishedKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    @Test func `the specification's example verifies, and no flipped bit of it does`() throws {
        let key = try VerifierKey(parsing: Self.publishedKey)
        #expect(key.description == Self.publishedKey)
        let bytes = Array(Self.published.utf8)
        let note = try Note(parsing: bytes)
        #expect(note.bytes == bytes)
        #expect(try note.verify(by: [key]) == [key])
        for place in bytes.indices {
            for bit in 0..<8 {
                var flipped = bytes
                flipped[place] ^= 1 << bit
                #expect(throws: NoteError.self) { try Note(parsing: flipped).verify(by: [key]) }
            }
        }
    }

    @Test(
        arguments: [
            ("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .wrongID),
            ("example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .wrongID),
            ("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2", .malformed),
            ("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("a b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("a\u{a0}b+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", .malformed),
            ("example.com/foo+530d903a", .malformed), ("", .malformed), ("a+00000000+", .malformed),
            ("a+00000000+Bg==", .unsupportedKind(6)), ("a+00000000+AQ==", .badKey),
            ("a+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", .badKey),
        ] as [(String, VerifierKey.Failure)])
    func `a verifier key is strict`(text: String, failure: VerifierKey.Failure) {
        #expect(throws: failure) { try VerifierKey(parsing: text) }
    }

    @Test func `points of small order and second spellings of points are no keys`() throws {
        // The eight points of small order, and every encoding with y not below the prime.
        var refused: [[UInt8]] = []
        for sign in [0, 0x80] as [UInt8] {
            for low in 0xec...0xff as ClosedRange<UInt8> {
                refused.append([low] + [UInt8](repeating: 0xff, count: 30) + [0x7f | sign])
            }
            for low in [0, 1] as [UInt8] { refused.append([low] + [UInt8](repeating: 0, count: 30) + [sign]) }
            for hex in [
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            ] {
                var bytes = try #require(Hex.decode(hex))
                bytes[31] |= sign
                refused.append(bytes)
            }
        }
        for bytes in refused { #expect(Ed25519PublicKey(bytes: bytes) == nil) }
        #expect(Ed25519PublicKey(bytes: [UInt8](repeating: 2, count: 31)) == nil)
        #expect(Ed25519PublicKey(bytes: [0xeb] + [UInt8](repeating: 0xff, count: 30) + [0x7f]) != nil)
    }

    @Test func `a second signature made out of one is refused`() throws {
        let pair = try Ed25519KeyPair(seed: [UInt8](repeating: 3, count: 32))
        let message = Array("message".utf8)
        let signature = try pair.sign(message)
        #expect(pair.publicKey.isValid(signature: signature, for: message))
        #expect(!pair.publicKey.isValid(signature: signature, for: message + [0]))
        #expect(!pair.publicKey.isValid(signature: signature + [0], for: message))
        // S + L is the same scalar, spelled again.
        let order = try #require(Hex.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"))
        var (malleable, carry) = (signature, 0)
        for place in 0..<32 {
            let sum = Int(malleable[32 + place]) + Int(order[place]) + carry
            malleable[32 + place] = UInt8(sum & 0xff)
            carry = sum >> 8
        }
        #expect(carry == 0)
        #expect(!pair.publicKey.isValid(signature: malleable, for: message))
        let identity: [UInt8] = [1] + [UInt8](repeating: 0, count: 63)
        #expect(!pair.publicKey.isValid(signature: identity, for: message))
    }

    @Test(
        arguments: [
            "", "\n", "\n\n", "text", "text\n", "text\n\n", "text\n\n\n", "\n\n\u{2014} a AAAAAAA=\n",
            "text\n\n\u{2014} a AAAAAAA=", "text\n\u{2014} a AAAAAAA=\n", "text\n\n- a AAAAAAA=\n",
            "text\n\n\u{2014}  a AAAAAAA=\n", "text\n\n\u{2014} a AAAAAAA= \n", "text\n\n\u{2014} a+ AAAAAAA=\n",
            "text\n\n\u{2014} a AAAAAA==\n", "text\n\n\u{2014} a AAAAAAB=\n", "text\n\n\u{2014} a AAAAAAA\n",
            "te\u{1}xt\n\n\u{2014} a AAAAAAA=\n", "te\txt\n\n\u{2014} a AAAAAAA=\n", "text\r\n\n\u{2014} a AAAAAAA=\n",
            "text\n\n\u{2014} a AAAAAAA=\n\n", "text\n\nx\n\u{2014} a AAAAAAA=\n", "text\n\n\u{2014} a AAAA AAA=\n",
        ])
    func `what is no note is refused`(text: String) {
        #expect(throws: NoteError.malformed) { try Note(parsing: Array(text.utf8)) }
    }

    @Test func `a note's text may hold empty lines, and is UTF-8`() throws {
        let signer = try TestKeys.log()
        let note = try Note(signing: "a\n\n\nb\n", with: signer)
        #expect(try Note(parsing: note.bytes) == note)
        #expect(note.text == Array("a\n\n\nb\n".utf8))
        #expect(throws: NoteError.malformed) { try Note(parsing: [0xff] + note.bytes) }
        #expect(throws: SigningError.badName) { try Note(signing: "a", with: signer) }
        #expect(throws: SigningError.badName) { try Note(signing: "a\u{1}\n", with: signer) }
        #expect(throws: SigningError.badName) { try Note(signing: "a\n", with: TestKeys.witness(1)) }
    }

    @Test func `unknown signatures are ignored, a known key's bad one refuses all`() throws {
        let (log, other) = (try TestKeys.log(), try TestKeys.signer("other.example", .note, 9))
        var note = try Note(signing: "text\n", with: log)
        #expect(throws: NoteError.noKnownSignature) { try note.verify(by: [other.key]) }
        #expect(throws: NoteError.noKnownSignature) { try note.verify(by: []) }
        note.add(try Note(signing: "another text\n", with: other).signatures[0])
        #expect(try note.verify(by: [log.key]) == [log.key])
        #expect(throws: NoteError.badSignature(name: "other.example")) { try note.verify(by: [log.key, other.key]) }
        #expect(throws: NoteError.ambiguousKeys) { try note.verify(by: [log.key, log.key]) }
        // The same key under another name, or another key under the same name, is unknown.
        let renamed = try TestKeys.signer("log.example/2", .note, 1)
        let rekeyed = try TestKeys.signer("log.example/1", .note, 2)
        #expect(throws: NoteError.noKnownSignature) { try note.verify(by: [renamed.key, rekeyed.key]) }
    }

    @Test func `a note is bounded`() throws {
        var note = try Note(signing: "text\n", with: TestKeys.log())
        let extra = try Note(signing: "x\n", with: TestKeys.signer("o", .note, 2)).signatures[0]
        for _ in 1..<64 { note.add(extra) }
        #expect(try Note(parsing: note.bytes).signatures.count == 64)
        note.add(extra)
        #expect(throws: NoteError.tooLarge) { try Note(parsing: note.bytes) }
        #expect(throws: NoteError.tooLarge) { try Note(parsing: [UInt8](repeating: 0x61, count: 600_000)) }
    }
}

struct CheckpointTests {
    static let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

    @Test(
        arguments: [
            ("o\n0\n\(root)\n", true), ("o\n7\n\(root)\n", true), ("o\n7\n\(root)\nextension 1\nextension 2\n", true),
            ("o\n9223372036854775807\n\(root)\n", true), ("o\n9223372036854775808\n\(root)\n", false),
            ("o\n99999999999999999999\n\(root)\n", false), ("o\n07\n\(root)\n", false), ("o\n+7\n\(root)\n", false),
            ("o\n-7\n\(root)\n", false), ("o\n 7\n\(root)\n", false), ("o\n\n\(root)\n", false),
            ("o\n٧\n\(root)\n", false), ("\n7\n\(root)\n", false), ("o\n7\n\(root)", false), ("o\n7\n", false),
            ("o\n7\n\(root.dropLast())\n", false), ("o\n7\nAAAA\n", false), ("o\n7\n\(root)\n\n", false),
            ("o\n7\n\(root)\n\nx\n", false), ("o\n0\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false),
            ("o\n7\n\(root)\n" + String(repeating: "x\n", count: 16), true),
            ("o\n7\n\(root)\n" + String(repeating: "x\n", count: 17), false),
        ])
    func `a checkpoint is read strictly`(text: String, valid: Bool) {
        let checkpoint = Checkpoint(parsing: Array(text.utf8))
        #expect((checkpoint != nil) == valid)
        if let checkpoint { #expect(checkpoint.text == text) }
    }

    @Test func `a log signs its own origin only`() throws {
        let checkpoint = try #require(Checkpoint(origin: "log.example/2", size: 0, root: TreeHash.emptyRoot))
        #expect(throws: SigningError.badName) { try checkpoint.signed(with: TestKeys.log()) }
        #expect(Checkpoint(origin: "o", size: 0, root: TreeHash.leaf([])) == nil)
        #expect(Checkpoint(origin: "o\n1", size: 0, root: TreeHash.emptyRoot) == nil)
        #expect(Checkpoint(origin: "o", size: 1 << 63, root: TreeHash.leaf([])) == nil)
    }

    @Test func `trust needs the log and the quorum`() throws {
        let note = try TestKeys.note()
        let (log, one, two, three) = (
            try TestKeys.log().key, try TestKeys.witness(1).key, try TestKeys.witness(2).key,
            try TestKeys.witness(3).key
        )
        func verify(_ witnesses: [VerifierKey], _ quorum: Int) throws -> VerifiedCheckpoint {
            try #require(LogTrust(log: log, witnesses: witnesses, quorum: quorum)).verify(note)
        }
        #expect(try verify([], 0).checkpoint.size == 3)
        #expect(try verify([one, two, three], 2).witnesses.map(\.time) == [1_764_000_000, 1_764_000_007])
        #expect(try verify([three, two], 0).witnesses.map(\.witness) == [two])
        #expect(throws: CheckpointError.quorumNotMet(found: 2, needed: 3)) { try verify([one, two, three], 3) }
        #expect(throws: CheckpointError.quorumNotMet(found: 0, needed: 1)) { try verify([three], 1) }
        #expect(LogTrust(log: one) == nil)
        #expect(LogTrust(log: log, witnesses: [one, one]) == nil)
        #expect(LogTrust(log: log, witnesses: [log]) == nil)
        #expect(LogTrust(log: log, witnesses: [one], quorum: 2) == nil)
        #expect(LogTrust(log: log, witnesses: [one], quorum: -1) == nil)
        // One key under two names would count twice.
        #expect(LogTrust(log: log, witnesses: [one, try TestKeys.signer("w", .cosignature, 11).key]) == nil)
    }

    @Test func `witnesses cannot stand in for the log, nor a log for another`() throws {
        let full = try TestKeys.note()
        var headless = try Note(
            signing: String(decoding: full.text, as: UTF8.self), with: TestKeys.signer("x", .note, 7))
        for signature in full.signatures.dropFirst() { headless.add(signature) }
        let trust = try #require(LogTrust(log: TestKeys.log().key, witnesses: [TestKeys.witness(1).key], quorum: 1))
        #expect(throws: CheckpointError.notSignedByLog) { try trust.verify(headless) }
        let other = try Note(signing: "log.example/other\n0\n\(Self.root)\n", with: TestKeys.log())
        #expect(throws: CheckpointError.otherOrigin) { try #require(LogTrust(log: TestKeys.log().key)).verify(other) }
        let text = try Note(signing: "no checkpoint\n", with: TestKeys.log())
        #expect(throws: CheckpointError.malformed) { try #require(LogTrust(log: TestKeys.log().key)).verify(text) }
    }

    @Test func `a cosignature is bound to its time and text`() throws {
        let note = try TestKeys.note()
        let witness = try TestKeys.witness(1)
        let signature = note.signatures[1]
        #expect(signature.isValid(by: witness.key, text: note.text))
        #expect(!signature.isValid(by: witness.key, text: note.text + [0x0a]))
        #expect(NoteSignature(parsing: String(signature.line.dropLast())) == signature)
        for bit in 0..<64 {
            var payload = signature.payload
            payload[bit / 8] ^= 1 << (bit % 8)
            let moved = Cosignature(payload: payload)
            #expect(moved?.isValid(by: witness.key.publicKey, text: note.text) != true)
        }
        #expect(throws: SigningError.badName) { try Cosignature.sign(text: note.text, time: 0, with: witness) }
        #expect(throws: SigningError.badName) { try Cosignature.sign(text: note.text, time: 1 << 63, with: witness) }
        #expect(throws: SigningError.badName) { try Cosignature.sign(text: note.text, time: 1, with: TestKeys.log()) }
        #expect(Cosignature(payload: [UInt8](repeating: 0xff, count: 72)) == nil)
    }
}
