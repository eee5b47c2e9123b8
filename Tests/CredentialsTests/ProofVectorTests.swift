// SPDX-License-Identifier: Apache-2.0

import Credentials
import Decisions
import Foundation
import Passports
import StrictJSON
import Testing
import WireTypes

/// Proofs that other people's libraries have made; `Peer/proofs.py` says how.
@Suite struct ProofVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let expect: String
        let proof: UTF8String
        let key: UTF8String?
        var testDescription: String { name }
    }

    struct Vectors: Sendable {
        let now: Timestamp
        let request: ProvedRequest
        let all: [Vector]

        init() throws {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peer/proofs.json")
            let json = try JSON(parsing: Array(try Data(contentsOf: file)))
            func text(_ name: UTF8String) throws -> UTF8String { try #require(json[name]?.string) }
            now = try #require(Timestamp(parsing: try text("now").string))
            request = ProvedRequest(
                method: try text("method"), urls: [try text("url")], credential: try text("credential").bytes)
            all = try (json["cases"]?.array ?? []).map { element in
                Vector(
                    name: try #require(element["name"]?.string).string,
                    expect: try #require(element["expect"]?.string).string,
                    proof: try #require(element["proof"]?.string), key: element["key"]?.string)
            }
        }
    }

    static let vectors = Result { try Vectors() }

    @Test func `the vectors are there, good ones and bad ones`() throws {
        let all = try Self.vectors.get().all
        #expect(all.count > 60 && all.contains { $0.expect == "ok" } && all.contains { $0.expect == "invalid" })
    }

    @Test(arguments: try Self.vectors.get().all)
    func `a proof is read as its maker meant it, or refused`(vector: Vector) throws {
        let vectors = try Self.vectors.get()
        let verifier = DPoPProofs(now: { vectors.now })
        switch verifier.verify(vector.proof, of: vectors.request) {
        case .success(let shown):
            #expect(vector.expect == "ok", "it was accepted")
            #expect(UTF8String(shown.possession.key.base64URL) == vector.key)
        case .failure(let refusal): #expect(vector.expect == "invalid", "\(refusal)")
        }
    }

    @Test func `no byte of a good proof can be changed without its being refused`() throws {
        let vectors = try Self.vectors.get()
        let verifier = DPoPProofs(now: { vectors.now })
        let proof = try #require(vectors.all.first { $0.name == "EdDSA by joserfc" }).proof.bytes
        for index in proof.indices {
            for change: UInt8 in [0x01, 0x20] {
                var other = proof
                other[index] ^= change
                guard let text = UTF8String(validating: other) else { continue }
                guard case .failure = verifier.verify(text, of: vectors.request) else {
                    Issue.record("byte \(index)")
                    continue
                }
            }
        }
    }
}
