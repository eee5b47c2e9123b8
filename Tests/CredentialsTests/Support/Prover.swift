// SPDX-License-Identifier: Apache-2.0

import Credentials
import Crypto
import CryptoExtras
import Decisions
import Passports
import StrictJSON
import Synchronization
import WireTypes

/// A client of these tests, which has a key and makes proofs.
struct Prover: Sendable {
    enum Key: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case rsa(_RSA.Signing.PrivateKey)
    }

    static let url: UTF8String = "https://writ.example/mcp"
    static let credential = Array("the.credential.itself".utf8)
    static let request = ProvedRequest(method: "POST", urls: [url], credential: credential)

    let key: Key

    init(_ key: Key) { self.key = key }

    init(seed: UInt8 = 21) throws {
        key = .ed25519(try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32)))
    }

    var algorithm: UTF8String {
        switch key {
        case .ed25519: "EdDSA"
        case .p256: "ES256"
        case .rsa: "RS256"
        }
    }

    var jwk: JSON {
        get throws {
            switch key {
            case .ed25519(let key):
                return [
                    "kty": "OKP", "crv": "Ed25519",
                    "x": .text(Base64URL.encode(Array(key.publicKey.rawRepresentation))),
                ]
            case .p256(let key):
                let point = Array(key.publicKey.rawRepresentation)
                return [
                    "kty": "EC", "crv": "P-256", "x": .text(Base64URL.encode(Array(point[..<32]))),
                    "y": .text(Base64URL.encode(Array(point[32...]))),
                ]
            case .rsa(let key):
                let primitives = try key.publicKey.getKeyPrimitives()
                return [
                    "kty": "RSA", "n": .text(Base64URL.encode(Array(primitives.modulus))),
                    "e": .text(Base64URL.encode(Array(primitives.publicExponent))),
                ]
            }
        }
    }

    /// The key's thumbprint, by RFC 7638.
    var thumbprint: WireTypes.Digest {
        get throws { WireTypes.Digest(SHA256.hash(data: try jwk.canonical())) }
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .ed25519(let key): Array(try key.signature(for: message))
        case .p256(let key): Array(try key.signature(for: message).rawRepresentation)
        case .rsa(let key):
            Array(
                try key.signature(for: SHA256.hash(data: message), padding: .insecurePKCS1v1_5).rawRepresentation)
        }
    }

    /// A proof that is good unless a test changes it.
    func proof(
        _ id: String = "id-1", at now: Timestamp = Mint.now, _ change: (inout JSONObject) throws -> Void = { _ in },
        header: (inout JSONObject) throws -> Void = { _ in }, signature: (([UInt8]) throws -> [UInt8])? = nil
    ) throws -> UTF8String {
        var head = JSONObject()
        head["typ"] = "dpop+jwt"
        head["alg"] = .string(algorithm)
        head["jwk"] = try jwk
        try header(&head)
        var claims = JSONObject()
        claims["jti"] = .text(id)
        claims["htm"] = "POST"
        claims["htu"] = .string(Self.url)
        claims["iat"] = .integer(now.milliseconds / 1000)
        claims["ath"] = .text(WireTypes.Digest(SHA256.hash(data: Self.credential)).base64URL)
        try change(&claims)
        let message =
            Base64URL.encode(JSON.object(head).serialized()) + "." + Base64URL.encode(JSON.object(claims).serialized())
        let made = try signature.map { try $0(Array(message.utf8)) } ?? sign(Array(message.utf8))
        return UTF8String(message + "." + Base64URL.encode(made))
    }
}

/// A verifier of proofs whose time a test holds.
final class ProofWorld: Sendable {
    let time = Mutex(Mint.now)

    func verifier(nonceKey: [UInt8]? = nil) -> DPoPProofs {
        DPoPProofs(nonceKey: nonceKey, now: { self.time.withLock { $0 } })
    }

    func pass(milliseconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
}
