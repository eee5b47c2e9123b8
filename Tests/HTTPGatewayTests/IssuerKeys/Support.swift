// SPDX-License-Identifier: Apache-2.0

import Credentials
import Crypto
import Foundation
import IssuerKeys
import Passports
import StrictJSON
import Synchronization
import WireTypes

/// An issuer of these tests, and its tokens.
struct Signer: Sendable {
    var kid: UTF8String = "one"
    var seed: UInt8 = 1

    private var key: Curve25519.Signing.PrivateKey {
        get throws { try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32)) }
    }

    /// A set with its key.
    var set: String {
        get throws {
            let x = Base64URL.encode(Array(try key.publicKey.rawRepresentation))
            return #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"\#(kid)","x":"\#(x)"}]}"#
        }
    }

    func token(
        _ agent: UTF8String = "alice", audience: String, at now: Timestamp = .now,
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> String {
        var claims = JSONObject()
        claims["iss"] = "https://login.example/"
        claims["sub"] = .string(agent)
        claims["aud"] = .text(audience)
        claims["iat"] = .integer(now.milliseconds / 1000)
        claims["exp"] = .integer(now.milliseconds / 1000 + 300)
        change(&claims)
        let header = #"{"alg":"EdDSA","typ":"at+jwt","kid":"\#(kid)"}"#
        let message =
            Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(JSON.object(claims).serialized())
        return message + "." + Base64URL.encode(Array(try key.signature(for: Array(message.utf8))))
    }

    static func issuer(
        _ name: UTF8String = "corp", iss: UTF8String = "https://login.example/", keys: TokenIssuer.Keys = .file("k"),
        audiences: [UTF8String] = [], scopes: [UTF8String] = [], serverScopes: [UTF8String: [UTF8String]] = [:]
    ) throws -> TokenIssuer {
        try TokenIssuer(
            name: name, kind: .oauth, identifier: iss, keys: keys, audiences: audiences, scopes: scopes,
            serverScopes: serverScopes)
    }
}

extension Timestamp {
    /// The system's time.
    static var now: Timestamp {
        Timestamp(clamping: Int64(Date().timeIntervalSince1970 * 1000))
    }
}

/// Names that lead where a test says, and which were asked for.
final class FakeNames: HostNames {
    let addresses = Mutex<[InternetAddress]>([])
    let asked = Happenings<String>()
    private let hangs: Bool

    init(_ addresses: [String], hangs: Bool = false) {
        self.hangs = hangs
        lead(to: addresses)
    }

    func lead(to addresses: [String]) { self.addresses.withLock { $0 = addresses.compactMap { InternetAddress($0) } } }

    func addresses(of host: String) async -> [InternetAddress] {
        asked.add(host)
        if hangs { do { try await Task.sleep(for: .seconds(3600)) } catch {} }
        return addresses.withLock { $0 }
    }
}

/// A fetcher that answers what and when a test says.
final class FakeFetcher: KeyFetching {
    let fetches = Happenings<String>()
    let count = Mutex(0)
    private let hold: Hold?
    private let held: String
    private let answer: Mutex<Result<[UInt8], KeysUnavailable>>

    init(_ answer: Result<[UInt8], KeysUnavailable>, hold: Hold? = nil, of held: String = "") {
        self.answer = Mutex(answer)
        self.held = held
        self.hold = hold
    }

    func answers(_ answer: Result<[UInt8], KeysUnavailable>) { self.answer.withLock { $0 = answer } }

    func fetch(_ address: KeyAddress) async -> Result<[UInt8], KeysUnavailable> {
        count.withLock { $0 += 1 }
        fetches.add("fetch")
        if held.isEmpty || address.url.contains(held) { await hold?.wait() }
        return answer.withLock { $0 }
    }
}
