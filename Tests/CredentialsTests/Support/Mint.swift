// SPDX-License-Identifier: Apache-2.0

import Credentials
import Crypto
import Passports
import StrictJSON
import Synchronization
import WireTypes

/// An issuer of these tests: it signs what it is asked to.
struct Mint: Sendable {
    static let now = Timestamp(clamping: 1_773_802_031_204)
    let seed: UInt8
    let kid: UTF8String

    init(_ kid: UTF8String = "one", seed: UInt8 = 1) {
        self.kid = kid
        self.seed = seed
    }

    private var key: Curve25519.Signing.PrivateKey {
        get throws { try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32)) }
    }

    /// Its key as a member of a set.
    var jwk: JSON {
        get throws {
            [
                "kty": "OKP", "crv": "Ed25519", "kid": .string(kid),
                "x": .text(Base64URL.encode(Array(try key.publicKey.rawRepresentation))),
            ]
        }
    }

    /// A token that is good unless a test changes it.
    func token(
        _ change: (inout JSONObject) -> Void = { _ in }, header: JSON? = nil
    ) throws -> [UInt8] {
        var claims = JSONObject()
        claims["iss"] = "https://login.example/"
        claims["sub"] = "worker-7"
        claims["aud"] = "http://127.0.0.1:8808/mcp"
        claims["iat"] = .integer(Self.now.milliseconds / 1000)
        claims["exp"] = .integer(Self.now.milliseconds / 1000 + 300)
        change(&claims)
        let header = header ?? ["alg": "EdDSA", "typ": "at+jwt", "kid": .string(kid)]
        let message =
            Base64URL.encode(header.serialized()) + "." + Base64URL.encode(JSON.object(claims).serialized())
        let signature = try key.signature(for: Array(message.utf8))
        return Array((message + "." + Base64URL.encode(Array(signature))).utf8)
    }

    /// The settings of the issuer.
    static func issuer(
        _ name: UTF8String = "corp", keys: TokenIssuer.Keys = .file("keys.json"), audiences: [UTF8String] = []
    ) throws -> TokenIssuer {
        try TokenIssuer(
            name: name, kind: .oauth, identifier: "https://login.example/", keys: keys, audiences: audiences)
    }

    /// A set of keys as a document.
    static func set(_ mints: [Mint]) throws -> [UInt8] {
        let keys: JSON = ["keys": .array(try mints.map { try $0.jwk })]
        return keys.serialized()
    }
}

/// Keys that a test changes, and which count how often they are asked for.
final class HeldKeys: IssuerKeySource {
    private let state: Mutex<(known: TokenKeys, newer: TokenKeys)>
    let asked = Mutex(0)

    init(_ mints: [Mint]) throws {
        let keys = try TokenKeys(parsing: Mint.set(mints), of: .oauth)
        state = Mutex((keys, keys))
    }

    func hold(known: [Mint], newer: [Mint]) throws {
        let keys = try (
            known: TokenKeys(parsing: Mint.set(known), of: .oauth),
            newer: TokenKeys(parsing: Mint.set(newer), of: .oauth)
        )
        state.withLock { $0 = keys }
    }

    func known(of issuer: TokenIssuer) -> TokenKeys? { state.withLock { $0.known } }

    func keys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable> {
        asked.withLock { $0 += 1 }
        return .success(state.withLock { $0.known })
    }

    func newerKeys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable> {
        asked.withLock { $0 += 1 }
        return .success(
            state.withLock { state in
                state.known = state.newer
                return state.known
            })
    }
}
