// SPDX-License-Identifier: Apache-2.0

import Credentials
import Foundation
import Passports
import StrictJSON
import Testing
import WireTypes

/// Tokens that other people's libraries have made; `Peer/vectors.py` says how.
@Suite struct TokenVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let expect: String
        let token: [UInt8]
        let facts: JSON
        var testDescription: String { name }
    }

    /// The file, read once.
    struct Vectors: Sendable {
        let now: Timestamp
        let issuers: TokenIssuers
        let keys: [UTF8String: TokenKeys]
        let all: [Vector]

        init() throws {
            let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Peer/tokens.json")
            let json = try JSON(parsing: Array(try Data(contentsOf: file)))
            func text(_ name: UTF8String) throws -> UTF8String { try #require(json[name]?.string) }
            now = try #require(Timestamp(parsing: try text("now").string))
            issuers = try TokenIssuers([
                TokenIssuer(name: "corp", kind: .oauth, identifier: text("issuer"), keys: .file("jwks.json")),
                TokenIssuer(name: "mesh", kind: .spiffe, identifier: text("trust_domain"), keys: .file("bundle.json")),
            ])
            keys = [
                "corp": try TokenKeys(parsing: try #require(json["jwks"]).serialized(), of: .oauth),
                "mesh": try TokenKeys(parsing: try #require(json["bundle"]).serialized(), of: .spiffe),
            ]
            all = try (json["cases"]?.array ?? []).map { element in
                Vector(
                    name: try #require(element["name"]?.string).string,
                    expect: try #require(element["expect"]?.string).string,
                    token: try #require(element["token"]?.string).bytes, facts: element["facts"] ?? [:])
            }
        }

        func verified(_ token: [UInt8]) throws(TokenRefusal) -> VerifiedCredential {
            let signed = try SignedToken(parsing: token)
            let issuer = try signed.issuer(among: issuers)
            guard let keys = keys[issuer.name] else { throw TokenRefusal(.keysUnavailable, "no keys") }
            return try signed.verified(by: issuer, keys: keys, at: now)
        }
    }

    static let vectors = Result { try Vectors() }

    @Test func `the vectors are there, and of each maker and outcome there are some`() throws {
        let all = try Self.vectors.get().all
        #expect(all.count > 130)
        #expect(Set(all.map(\.expect)).isSuperset(of: ["ok", "malformed", "unsupported", "bad_signature", "time"]))
    }

    @Test(arguments: try Self.vectors.get().all)
    func `a token is read as its maker meant it, or refused for what is wrong`(
        vector: Vector
    ) throws {
        let vectors = try Self.vectors.get()
        do throws(TokenRefusal) {
            let credential = try vectors.verified(vector.token)
            #expect(vector.expect == "ok", "it was accepted")
            for member in vector.facts.object?.members ?? [] {
                #expect(credential.json[member.key] == member.value, "\(member.key)")
            }
        } catch {
            #expect(error.code.rawValue == vector.expect, "\(error)")
        }
    }

    @Test func `no byte of a good token can be changed without its being refused`() throws {
        let vectors = try Self.vectors.get()
        let token = try #require(vectors.all.first { $0.name == "EdDSA" }?.token)
        for index in token.indices {
            for change: UInt8 in [0x01, 0x20] {
                var other = token
                other[index] ^= change
                #expect(throws: TokenRefusal.self, "byte \(index)") { try vectors.verified(other) }
            }
        }
    }

    @Test func `what a good token says is read back from its canonical form, the same`() throws {
        let vectors = try Self.vectors.get()
        for vector in vectors.all where vector.expect == "ok" {
            let credential = try vectors.verified(vector.token)
            let again = try VerifiedCredential(archived: credential.json)
            #expect(again == credential && again.facts == credential.facts, "\(vector.name)")
        }
    }

    @Test func `a refusal and a credential have no piece of the token's signature in them`() throws {
        let vectors = try Self.vectors.get()
        for vector in vectors.all {
            guard let signature = vector.token.split(separator: UInt8(ascii: ".")).last, signature.count > 40 else {
                continue
            }
            var said: String
            do throws(TokenRefusal) {
                said = String(decoding: try vectors.verified(vector.token).json.serialized(), as: UTF8.self)
            } catch { said = error.description }
            let text = String(decoding: signature, as: UTF8.self)
            for start in text.indices.dropLast(7) {
                #expect(!said.contains(text[start...].prefix(8)), "\(vector.name)")
            }
        }
    }
}
