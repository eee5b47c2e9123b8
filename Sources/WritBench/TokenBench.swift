// SPDX-License-Identifier: Apache-2.0

import Credentials
import Crypto
import CryptoExtras
import Decisions
import Foundation
import Passports
import StrictJSON
import WireTypes

/// What a token costs a request at the door: the first time, and each time after; and a proof of the key that it is bound
/// to, beside one verification of a signature of the same kind.
enum TokenBench {
    private static let issuer: UTF8String = "https://login.example/"
    private static let resource: UTF8String = "https://writ.example/mcp"

    static func run(rounds: Int) async throws {
        let ed = try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: 1, count: 32))
        let p256 = P256.Signing.PrivateKey()
        let rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let point = Array(p256.publicKey.rawRepresentation)
        let primitives = try rsa.publicKey.getKeyPrimitives()
        let edKey: JSON = ["kty": "OKP", "crv": "Ed25519", "x": text(Array(ed.publicKey.rawRepresentation))]
        let kinds: [Kind] = [
            Kind(name: "EdDSA", jwk: edKey, sign: { Array(try ed.signature(for: $0)) }) { signature, message in
                ed.publicKey.isValidSignature(signature, for: message)
            },
            Kind(
                name: "ES256",
                jwk: ["kty": "EC", "crv": "P-256", "x": text(Array(point[..<32])), "y": text(Array(point[32...]))],
                sign: { Array(try p256.signature(for: $0).rawRepresentation) }
            ) { signature, message in
                let signature = try P256.Signing.ECDSASignature(rawRepresentation: signature)
                return p256.publicKey.isValidSignature(signature, for: message)
            },
            Kind(
                name: "RS256",
                jwk: [
                    "kty": "RSA", "n": text(Array(primitives.modulus)), "e": text(Array(primitives.publicExponent)),
                ],
                sign: {
                    Array(
                        try rsa.signature(for: SHA256.hash(data: $0), padding: .insecurePKCS1v1_5).rawRepresentation)
                }
            ) { signature, message in
                rsa.publicKey.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message),
                    padding: .insecurePKCS1v1_5)
            },
        ]
        var line = JSONObject()
        for kind in kinds { line[UTF8String(kind.name)] = .object(try await figures(kind, rounds)) }
        line["proof"] = try await proof(kinds[0], rounds)
        print(String(decoding: JSON.object(line).serialized(), as: UTF8.self))
    }

    /// A way to sign.
    private struct Kind {
        let name: String
        let jwk: JSON
        let sign: ([UInt8]) throws -> [UInt8]
        let verifies: ([UInt8], [UInt8]) throws -> Bool

        func token(_ header: JSON, _ claims: JSON) throws -> [UInt8] {
            let message =
                Base64URL.encode(header.serialized()) + "." + Base64URL.encode(claims.serialized())
            return Array((message + "." + Base64URL.encode(try sign(Array(message.utf8)))).utf8)
        }
    }

    private static func figures(_ kind: Kind, _ rounds: Int) async throws -> JSONObject {
        let keys = TokenKeysOf(["keys": [kind.jwk]])
        let issuers = try TokenIssuers([
            TokenIssuer(name: "corp", kind: .oauth, identifier: issuer, keys: .file("keys.json"))
        ])
        let verifier = TokenVerifier(keys: keys.source, trusted: { issuers }, now: { now })
        let tokens = try (0..<rounds).map { number in
            try kind.token(
                ["alg": .text(kind.name), "typ": "at+jwt"],
                [
                    "iss": .string(issuer), "sub": "worker-7", "aud": .string(resource), "iat": .integer(seconds),
                    "exp": .integer(seconds + 300), "jti": .integer(number), "scope": "writ:call files:read",
                ])
        }
        var (first, after, signature): ([UInt64], [UInt64], [UInt64]) = ([], [], [])
        for token in tokens {
            first.append(try await timed { _ = try await verifier.verify(token).get() })
            after.append(try await timed { _ = try await verifier.verify(token).get() })
            let cut = token.lastIndex(of: UInt8(ascii: ".")) ?? 0
            let message = Array(token[..<cut])
            let made = Base64URL.decode(String(decoding: token[(cut + 1)...], as: UTF8.self)) ?? []
            signature.append(
                try await timed {
                    guard try kind.verifies(made, message) else { throw Wrong() }
                })
        }
        var object = JSONObject()
        object["first_us"] = median(first)
        object["after_us"] = median(after)
        object["signature_us"] = median(signature)
        return object
    }

    private static func proof(_ kind: Kind, _ rounds: Int) async throws -> JSON {
        let proofs = DPoPProofs(now: { now })
        let credential = [UInt8](repeating: UInt8(ascii: "x"), count: 700)
        let request = ProvedRequest(method: "POST", urls: [resource], credential: credential)
        var times: [UInt64] = []
        for number in 0..<rounds {
            let proof = try kind.token(
                ["typ": "dpop+jwt", "alg": .text(kind.name), "jwk": kind.jwk],
                [
                    "jti": .text("id-\(number)"), "htm": "POST", "htu": .string(resource), "iat": .integer(seconds),
                    "ath": text(Array(SHA256.hash(data: credential))),
                ])
            guard let sent = UTF8String(validating: proof) else { throw Wrong() }
            times.append(
                try await timed {
                    guard proofs.use(try proofs.verify(sent, of: request).get()) == nil else { throw Wrong() }
                })
        }
        return median(times)
    }

    private struct Wrong: Error {}

    /// Keys that are there.
    private struct TokenKeysOf {
        let source: FileKeys

        init(_ set: JSON) {
            let bytes = set.serialized()
            source = FileKeys(now: { Int64(DispatchTime.now().uptimeNanoseconds / 1_000_000) }) { _ in .success(bytes) }
        }
    }

    private static let seconds = Int(Date().timeIntervalSince1970)
    private static let now = Timestamp(clamping: Int64(seconds) * 1000)

    private static func text(_ bytes: [UInt8]) -> JSON { .text(Base64URL.encode(bytes)) }

    private static func timed(_ work: () async throws -> Void) async throws -> UInt64 {
        let start = DispatchTime.now().uptimeNanoseconds
        try await work()
        return DispatchTime.now().uptimeNanoseconds - start
    }

    private static func median(_ nanoseconds: [UInt64]) -> JSON {
        let sorted = nanoseconds.sorted()
        guard !sorted.isEmpty else { return .null }
        return .text(String(format: "%.1f", Double(sorted[sorted.count / 2]) / 1000))
    }
}
