// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// SplitMix64: the same mutations in every run.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}

/// Bytes from outside, cut, doubled, swapped and overwritten: nothing traps, and nothing else than what was signed is
/// believed.
struct MutationTests {
    private static func mutate(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
            let start = Int.random(in: bytes.indices, using: &random)
            let end = min(bytes.count, start + Int.random(in: 0...40, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: bytes[start..<end], at: end)
            case 2: bytes[start] = UInt8.random(in: .min ... .max, using: &random)
            case 3: bytes = Array(bytes[..<start])
            default:
                let interesting = [
                    "\n", "\n\n", "0", "9223372036854775808", "\u{2014} ", "{", "\"", "=", "+", "null", "1e9",
                ]
                bytes.insert(contentsOf: Array((interesting.randomElement(using: &random) ?? "").utf8), at: start)
            }
        }
        return bytes
    }

    @Test(arguments: 0..<8)
    func `mutated bundles and entries never trap and never prove another entry`(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let entries = try Samples.signed()
        let (keys, trust) = (try Samples.keys(), try Samples.trust(quorum: 1))
        let bundle = try Samples.bundle(of: 2, in: entries).bytes
        for round in 0..<150 {
            let original = round.isMultiple(of: 3) ? entries[round % entries.count].bytes : bundle
            do throws(VerificationError) {
                let verified = try ReceiptVerification(
                    verifying: Self.mutate(original, &random), keys: keys, log: trust)
                // A mutation may undo itself, or cut away a witness that the quorum does not need.
                #expect(entries.contains(verified.entry))
            } catch {}
        }
    }

    @Test(arguments: 0..<4)
    func `mutated small texts never trap`(seed: UInt64) throws {
        var random = SeededGenerator(state: seed)
        let receipt = try Samples.deny()
        let disclosures = try Samples.commitments().disclosures
        let vkey = Array(try Samples.logSigner().key.description.utf8)
        let jwk = Ed25519JWK.published(try Samples.receipts().publicKey).serialized()
        for _ in 0..<400 {
            let key = String(decoding: Self.mutate(vkey, &random), as: UTF8.self)
            do throws(VerifierKey.Failure) {
                #expect(try VerifierKey(parsing: key).description.utf8.elementsEqual(key.utf8))
            } catch {}
            let path = String(decoding: Self.mutate(Array("tile/0/x001/x234/067.p/12".utf8), &random), as: UTF8.self)
            if let tile = TilePath(parsing: path) { #expect(tile.text.utf8.elementsEqual(path.utf8)) }
            let shown = String(decoding: Self.mutate(Array(disclosures[0].text.utf8), &random), as: UTF8.self)
            if let disclosed = receipt.discloses(shown) { #expect(disclosures.contains(disclosed)) }
            do {
                let read = try Ed25519JWK(JSON(parsing: Self.mutate(jwk, &random)))
                #expect(read.seed == nil)
            } catch is JSONError {} catch is Ed25519JWK.Failure {}
        }
    }
}
