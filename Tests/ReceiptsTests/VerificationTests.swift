// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

struct VerificationTests {
    private func verify(
        _ file: [UInt8], keys: TrustedKeys? = nil, log: LogTrust? = nil
    ) throws -> ReceiptVerification {
        try ReceiptVerification(verifying: file, keys: keys ?? Samples.keys(), log: log)
    }

    @Test func `an entry alone is signed, with or without a newline`() throws {
        let entry = try Samples.signed()[0]
        for file in [entry.bytes, entry.bytes + [0x0a]] {
            #expect(try verify(file).level == .signed)
            #expect(try verify(file, log: Samples.trust(quorum: 2)).level == .signed)
        }
        #expect(throws: VerificationError.self) { try verify(entry.bytes + [0x0a, 0x0a]) }
        #expect(throws: VerificationError.self) { try verify(entry.json.pretty()) }
    }

    @Test func `a bundle shows how far an entry is proved`() throws {
        let entries = try Samples.signed()
        let count = UInt64(entries.count)
        for index in [0, 1, 2, entries.count - 1] {
            let bundle = try Samples.bundle(of: index, in: entries).bytes
            #expect(try verify(bundle).level == .signed)
            let alone = try #require(LogTrust(log: try Samples.logSigner().key))
            #expect(try verify(bundle, log: alone).level == .logged(index: UInt64(index), size: count))
            let witnessed = try verify(bundle, log: Samples.trust(quorum: 2))
            #expect(witnessed.level == .witnessed(index: UInt64(index), size: count, count: 2, of: 2))
            #expect(witnessed.witnesses.map(\.time) == [1_773_802_100, 1_773_802_101])
            #expect(witnessed.entry == entries[index])
        }
    }

    @Test func `keys are believed only when given, and only at their indices`() throws {
        let entries = try Samples.signed()
        let bundle = try Samples.bundle(of: 1, in: entries).bytes
        let key = try Samples.receipts().publicKey
        let trust = try Samples.trust(quorum: 0)
        let kid = key.thumbprint
        #expect(throws: VerificationError.unknownKey(kid: kid)) { try verify(bundle, keys: TrustedKeys([])) }
        let other = TrustedKeys([TrustedKeys.Key(try Samples.pair("next").publicKey)])
        #expect(throws: VerificationError.unknownKey(kid: kid)) { try verify(entries[1].bytes, keys: other) }
        for (from, until, valid) in [(0, 2, true), (1, nil, true), (0, 1, false), (2, nil, false)]
            as [(UInt64, UInt64?, Bool)]
        {
            let keys = TrustedKeys([TrustedKeys.Key(key, from: from, until: until)])
            if valid {
                #expect(throws: Never.self) { try verify(bundle, keys: keys, log: trust) }
            } else {
                #expect(throws: VerificationError.keyNotValid(index: 1)) { try verify(bundle, keys: keys, log: trust) }
            }
        }
    }

    @Test func `precise refusals`() throws {
        let entries = try Samples.signed()
        let bundle = try Samples.bundle(of: 0, in: entries)
        let trust = try Samples.trust(quorum: 2)
        // Signed by the right id's name, but with another key: the id is covered, so it must not fit.
        var forged = try #require(entries[0].json.object)
        forged["signature"] = entries[1].json["signature"]
        let forgedBytes = try JSON.object(forged).canonical()
        #expect(throws: VerificationError.badSignature) { try verify(forgedBytes) }
        let noEntry = LogProof(extra: nil, inclusion: bundle.inclusion, checkpoint: bundle.checkpoint)
        #expect(throws: VerificationError.noEntry) { try verify(noEntry.bytes, log: trust) }
        let swapped = LogProof(extra: entries[1].bytes, inclusion: bundle.inclusion, checkpoint: bundle.checkpoint)
        #expect(throws: VerificationError.proof(.inclusion(.rootMismatch))) { try verify(swapped.bytes, log: trust) }
        let three = try #require(
            LogTrust(log: trust.log, witnesses: trust.witnesses + [try Samples.witness(3).key], quorum: 3))
        #expect(throws: VerificationError.proof(.checkpoint(.quorumNotMet(found: 2, needed: 3)))) {
            try verify(bundle.bytes, log: three)
        }
        // The entry names its log; another log's proof of the same bytes is none.
        let elsewhere = try Samples.bundle(of: 0, in: entries, origin: "writ.example/2")
        let key = try NoteSigner(name: "writ.example/2", kind: .note, seed: Samples.seed("log")).key
        let elsewhereTrust = try #require(LogTrust(log: key))
        #expect(throws: VerificationError.otherLog) { try verify(elsewhere.bytes, log: elsewhereTrust) }
        #expect(throws: VerificationError.otherLog) { try verify(entries[0].bytes, log: elsewhereTrust) }
        #expect(throws: VerificationError.self) { try verify(Array("c2sp.org/tlog-proof@v2\n".utf8), log: trust) }
        #expect(throws: VerificationError.self) { try verify([], log: trust) }
    }

    @Test func `no flipped bit of a bundle is believed`() throws {
        let trust = try Samples.trust(quorum: 2)
        let bytes = try Samples.bundle(of: 2, in: Samples.signed()).bytes
        for place in bytes.indices {
            var flipped = bytes
            flipped[place] ^= 1 << (place % 8)
            #expect(throws: VerificationError.self, "byte \(place)") { try verify(flipped, log: trust) }
        }
    }

    @Test func `a key file is strict and its parts belong together`() throws {
        let pair = try Samples.receipts()
        let seed = Samples.seed("receipts")
        let kid = UTF8String(pair.kid.base64URL)
        let jwk = try #require(Ed25519JWK(publicKey: pair.publicKey, seed: seed, kid: kid))
        #expect(try Ed25519JWK(jwk.privateJSON) == jwk)
        #expect(try Ed25519KeyPair(jwk).publicKey == pair.publicKey)
        #expect(try Ed25519JWK(Ed25519JWK.published(pair.publicKey)).seed == nil)
        let other = try #require(Ed25519JWK(publicKey: Samples.pair("next").publicKey, seed: seed))
        #expect(throws: SigningError.badKey) { try Ed25519KeyPair(other) }
        let misnamed = try #require(Ed25519JWK(publicKey: pair.publicKey, seed: seed, kid: "x"))
        #expect(throws: SigningError.badKey) { try Ed25519KeyPair(misnamed) }
        for (key, value) in [
            ("kty", "EC"), ("crv", "Ed448"), ("crv", nil), ("alg", "ES256"), ("use", "enc"), ("x", "AAAA"),
            ("d", "AAAA"),
            ("d", 1), ("kid", ""), ("key_ops", ["sign"]), ("x", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        ] as [(UTF8String, JSON?)] {
            var object = try #require(jwk.privateJSON.object)
            object[key] = value
            #expect(throws: Ed25519JWK.Failure.self) { try Ed25519JWK(.object(object)) }
        }
        // RFC 8037 appendix A.3.
        let x = try #require(Base64URL.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
        #expect(
            Ed25519PublicKey(bytes: x)?.thumbprint.base64URL == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }
}

struct EvidenceTests {
    @Test func `evidence opens with its key and in its place only`() throws {
        let context = SealedEvidence.Context(log: Samples.log, receiptID: try Samples.denyID(), type: "writ.evidence/1")
        let (key, nonce) = (Samples.digest("key").bytes, Array(Samples.digest("nonce").bytes.prefix(12)))
        let content = Array("{\"path\":\"/internal\"}".utf8)
        let sealed = try SealedEvidence(sealing: content, key: key, nonce: nonce, context: context)
        #expect(sealed.bytes.count == content.count + 28)
        #expect(try sealed.open(key: key, context: context) == content)
        let other = SealedEvidence.Context(log: Samples.log, receiptID: context.receiptID, type: "writ.evidence/2")
        #expect(throws: SealError.notAuthentic) { try sealed.open(key: key, context: other) }
        #expect(throws: SealError.notAuthentic) { try sealed.open(key: Samples.digest("x").bytes, context: context) }
        for place in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[place] ^= 1
            #expect(throws: SealError.notAuthentic) {
                try SealedEvidence(bytes: bytes).open(key: key, context: context)
            }
        }
        #expect(throws: SealError.badSize) { try SealedEvidence(bytes: []).open(key: key, context: context) }
        #expect(throws: SealError.badKey) { try sealed.open(key: [], context: context) }
        #expect(throws: SealError.badKey) {
            try SealedEvidence(sealing: content, key: key, nonce: [], context: context)
        }
    }

    @Test func `a wrapped key is one name's`() throws {
        let (key, above) = (Samples.digest("key").bytes, Samples.digest("epoch key").bytes)
        let nonce = [UInt8](repeating: 7, count: 12)
        let name = WrappedKey.Name.agentMonth(log: Samples.log, agentID: "a", month: "2026-03")
        let wrapped = try WrappedKey(wrapping: key, under: above, nonce: nonce, name: name)
        #expect(try wrapped.unwrap(under: above, name: name) == key)
        #expect(throws: SealError.notAuthentic) {
            try wrapped.unwrap(under: above, name: .agentMonth(log: Samples.log, agentID: "a", month: "2026-04"))
        }
        #expect(throws: SealError.notAuthentic) {
            try wrapped.unwrap(under: above, name: .record(log: Samples.log, receiptID: try Samples.denyID()))
        }
        #expect(throws: SealError.badSize) { try WrappedKey(bytes: [1]).unwrap(under: above, name: name) }
        #expect(throws: SealError.badKey) { try WrappedKey(wrapping: [1], under: above, nonce: nonce, name: name) }
    }
}
