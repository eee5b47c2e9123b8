// SPDX-License-Identifier: Apache-2.0

import Credentials
import Crypto
import CryptoExtras
import Decisions
import Passports
import StrictJSON
import Synchronization
import Testing
import WireTypes

/// Proofs that who sends a request has a key (RFC 9449).
@Suite struct ProofTests {
    private static func refusal(_ proof: UTF8String, at milliseconds: Int64 = 0) -> ProofRefusal? {
        let world = ProofWorld()
        let verifier = world.verifier()
        world.pass(milliseconds: milliseconds)
        if case .failure(let refusal) = verifier.verify(proof, of: Prover.request) { return refusal }
        return nil
    }

    @Test func `a proof by a key of each kind shows that key`() throws {
        let provers = [
            try Prover(), Prover(.p256(P256.Signing.PrivateKey())),
            Prover(.rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048))),
        ]
        #expect(Set(provers.map(\.algorithm)) == Set(ProofWorld().verifier().algorithms))
        for prover in provers {
            let shown = try ProofWorld().verifier().verify(prover.proof(), of: Prover.request).get()
            #expect(shown.possession.proof == .dpop)
            #expect(shown.possession.key == (try prover.thumbprint), "\(prover.algorithm)")
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: String
        let proof: @Sendable () throws -> UTF8String

        init(_ name: String, _ says: String, _ proof: @escaping @Sendable () throws -> UTF8String) {
            (testDescription, self.says, self.proof) = (name, says, proof)
        }
    }

    private static func claim(_ name: UTF8String, _ value: JSON?) throws -> UTF8String {
        try Prover().proof { $0[name] = value }
    }

    private static func header(_ name: UTF8String, _ value: JSON?) throws -> UTF8String {
        try Prover().proof(header: { $0[name] = value })
    }

    private static var secret: JSON {
        get throws {
            var jwk = try Prover().jwk.object ?? JSONObject()
            jwk["d"] = .text(Base64URL.encode([UInt8](repeating: 21, count: 32)))
            return .object(jwk)
        }
    }

    private static func mac(_ message: [UInt8]) throws -> [UInt8] {
        let point = Base64URL.decode(try Prover().jwk["x"]?.string?.string ?? "") ?? []
        return Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: point)))
    }

    static let bad: [Bad] = [
        Bad("for another method", "method") { try claim("htm", "GET") },
        Bad("for the method in small letters", "method") { try claim("htm", "post") },
        Bad("without a method", "htm") { try claim("htm", nil) },
        Bad("for another host", "URL") { try claim("htu", "https://evil.example/mcp") },
        Bad("for another path", "URL") { try claim("htu", "https://writ.example/mcp/git") },
        Bad("for the path with a slash", "URL") { try claim("htu", "https://writ.example/mcp/") },
        Bad("for the path in capitals", "URL") { try claim("htu", "https://writ.example/MCP") },
        Bad("for another scheme", "URL") { try claim("htu", "http://writ.example/mcp") },
        Bad("for another port", "URL") { try claim("htu", "https://writ.example:444/mcp") },
        Bad("for somebody at the host", "URL") { try claim("htu", "https://writ.example@evil.example/mcp") },
        Bad("for a URL with the host as its path", "URL") { try claim("htu", "https://evil.example/writ.example/mcp") },
        Bad("for no URL", "URL") { try claim("htu", "/mcp") },
        Bad("for a URL of 3000 letters", "URL") {
            try claim("htu", .text("https://writ.example/mcp?" + String(repeating: "x", count: 3000)))
        },
        Bad("with a URL that is a list", "htu") { try claim("htu", ["https://writ.example/mcp"]) },
        Bad("without a URL", "htu") { try claim("htu", nil) },
        Bad("for another credential", "another credential") {
            try claim("ath", .text(WireTypes.Digest([UInt8](repeating: 0, count: 32)).base64URL))
        },
        Bad("for no credential", "ath") { try claim("ath", nil) },
        Bad("for a credential in hexadecimal", "ath") { try claim("ath", .text(String(repeating: "0", count: 64))) },
        Bad("of a minute and a second ago", "old") {
            try Prover().proof(at: Mint.now.adding(milliseconds: -61_500))
        },
        Bad("of a minute and a second to come", "future") {
            try Prover().proof(at: Mint.now.adding(milliseconds: 61_500))
        },
        Bad("of no time", "iat") { try claim("iat", nil) },
        Bad("of a time as text", "iat") { try claim("iat", "now") },
        Bad("of a time before all others", "iat") { try claim("iat", -1) },
        Bad("of the end of time", "iat") { try claim("iat", .integer(9_007_199_254_740_991)) },
        Bad("without an id", "jti") { try claim("jti", nil) },
        Bad("with an empty id", "jti") { try claim("jti", "") },
        Bad("with an id that is a number", "jti") { try claim("jti", 7) },
        Bad("with an id of 129 bytes", "jti") { try claim("jti", .text(String(repeating: "j", count: 129))) },
        Bad("with a nonce that is no text", "nonce") { try claim("nonce", 7) },
        Bad("of another type", "type") { try header("typ", "jwt") },
        Bad("of no type", "type") { try header("typ", nil) },
        Bad("of a token's type", "type") { try header("typ", "at+jwt") },
        Bad("without a key", "no public key") { try header("jwk", nil) },
        Bad("with its private key in it", "no public key") { try header("jwk", secret) },
        Bad("with a shared secret for a key", "no public key") { try header("jwk", ["kty": "oct", "k": "AAAA"]) },
        Bad("with a key for encryption", "no public key") {
            try Prover().proof(header: { head in
                var jwk = head["jwk"]?.object ?? JSONObject()
                jwk["use"] = "enc"
                head["jwk"] = .object(jwk)
            })
        },
        Bad("with a key of small order", "no public key") {
            try header("jwk", ["kty": "OKP", "crv": "Ed25519", "x": .text(String(repeating: "A", count: 43))])
        },
        Bad("with a key's address in the place of a key", "no public key") {
            try Prover().proof(header: { head in
                head["jwk"] = nil
                head["jku"] = "https://evil.example/keys"
            })
        },
        Bad("with another's key", "signature") { try header("jwk", Prover(seed: 22).jwk) },
        Bad("under no algorithm", "algorithm") { try header("alg", nil) },
        Bad("under alg none", "algorithm") { try header("alg", "none") },
        Bad("under alg none, unsigned", "three parts") {
            try Prover().proof(header: { $0["alg"] = "none" }, signature: { _ in [] })
        },
        Bad("under HS256, with the public key as the secret", "algorithm") {
            try Prover().proof(header: { $0["alg"] = "HS256" }, signature: mac)
        },
        Bad("under EdDSA, with an HMAC in the place of the signature", "signature") {
            try Prover().proof(signature: mac)
        },
        Bad("under the algorithm of another kind of key", "not that of its key") { try header("alg", "ES256") },
        Bad("that asks for what must be understood", "asks for") { try header("crit", ["b64"]) },
        Bad("with a signature of zeros", "signature") {
            try Prover().proof(signature: { _ in [UInt8](repeating: 0, count: 64) })
        },
        Bad("with claims that are changed", "signature") {
            let proof = try Prover().proof().string.split(separator: ".")
            let other = try Prover().proof { $0["jti"] = "id-2" }.string.split(separator: ".")
            return UTF8String("\(proof[0]).\(other[1]).\(proof[2])")
        },
        Bad("twice in one header", "three parts") {
            let proof = try Prover().proof()
            return UTF8String("\(proof), \(proof)")
        },
        Bad("of nothing", "three parts") { "" },
        Bad("of three empty parts", "three parts") { ".." },
        Bad("over 8 KiB", "too long") { try claim("x", .text(String(repeating: "x", count: 9000))) },
        Bad("with a claim twice", "strict JSON") {
            let head = Base64URL.encode(Array(#"{"alg":"EdDSA","typ":"dpop+jwt"}"#.utf8))
            return UTF8String("\(head).\(Base64URL.encode(Array(#"{"htm":"GET","htm":"POST"}"#.utf8))).AAAA")
        },
    ]

    @Test(arguments: bad) func `a proof that is none of this request is refused`(bad: Bad) throws {
        let refusal = Self.refusal(try bad.proof())
        #expect(refusal?.code == .invalid)
        #expect(refusal?.text.string.contains(bad.says) ?? false, "\(String(describing: refusal))")
    }

    @Test(arguments: [
        "https://writ.example/mcp", "HTTPS://WRIT.example/mcp", "https://writ.example:443/mcp",
        "https://writ.example/mcp?x=y", "https://writ.example/mcp#z",
        "https://writ.example/mcp?x=https://evil.example/#",
    ]) func `URLs are compared without query and fragment, as RFC 3986 normalises them`(url: String) throws {
        #expect(Self.refusal(try Self.claim("htu", .text(url))) == nil)
    }

    @Test func `a proof counts for a minute either way`() throws {
        // Proofs have whole seconds, and now is 204 ms after one.
        #expect(Self.refusal(try Prover().proof(), at: 59_700) == nil)
        #expect(Self.refusal(try Prover().proof(), at: 59_900) != nil)
        let ahead = try Prover().proof(at: Mint.now.adding(milliseconds: 60_000))
        #expect(Self.refusal(ahead) == nil)
    }

    @Test func `a fraction of a second and members that nobody knows do no harm`() throws {
        let fraction = try Prover().proof {
            $0["iat"] = .number(try #require(try JSON(parsing: "1773802031.25").number))
            $0["exp"] = 1
            $0["iss"] = "me"
        }
        #expect(Self.refusal(fraction) == nil)
    }

    @Test func `a proof is used once, by whichever key and for as long as it counts`() throws {
        let world = ProofWorld()
        let verifier = world.verifier()
        func use(_ id: String, seed: UInt8 = 21, later milliseconds: Int64 = 0) throws -> ProofRefusal? {
            let now = world.time.withLock { $0 }
            let proof = try Prover(seed: seed).proof(id, at: now.adding(milliseconds: milliseconds))
            return verifier.use(try verifier.verify(proof, of: Prover.request).get())
        }
        #expect(try use("a") == nil)
        #expect(try use("a")?.code == .invalid)
        // The same id in a proof of another moment is used up too; another's is another.
        #expect(try use("a", later: 1000)?.code == .invalid)
        #expect(try use("a", seed: 22) == nil)
        #expect(try use("b") == nil && verifier.usedCount == 3)
    }

    @Test func `what is verified and not used is not remembered`() throws {
        let verifier = ProofWorld().verifier()
        for _ in 0..<3 { _ = try verifier.verify(Prover().proof(), of: Prover.request).get() }
        #expect(verifier.usedCount == 0)
    }

    @Test func `a proof from before the verifier began is refused, since an earlier one may have seen it`() throws {
        let world = ProofWorld()
        let proof = try Prover().proof()
        world.pass(milliseconds: 5000)
        let verifier = world.verifier()
        #expect(verifier.use(try verifier.verify(proof, of: Prover.request).get())?.code == .invalid)
        let next = try Prover().proof(at: world.time.withLock { $0 })
        #expect(verifier.use(try verifier.verify(next, of: Prover.request).get()) == nil)
    }

    @Test func `where a nonce is needed, a proof has one that was given here in the last minutes`() throws {
        let world = ProofWorld()
        let verifier = world.verifier(nonceKey: [UInt8](repeating: 1, count: 32))
        let stranger = world.verifier(nonceKey: [UInt8](repeating: 2, count: 32))
        let nonce = try #require(verifier.nonce)
        func code(_ nonce: JSON?) throws -> ProofRefusal.Code? {
            let proof = try Prover().proof(at: world.time.withLock { $0 }) { $0["nonce"] = nonce }
            if case .failure(let refusal) = verifier.verify(proof, of: Prover.request) { return refusal.code }
            return nil
        }
        #expect(try code(.string(nonce)) == nil)
        for other: JSON? in [
            nil, "", "x", .string(try #require(stranger.nonce)), .text(String(nonce.string.dropLast())),
            .text(String(repeating: "A", count: 54)), .text(nonce.string + "A"),
        ] {
            #expect(try code(other) == .nonce)
        }
        world.pass(milliseconds: 60_000)
        #expect(try code(.string(nonce)) == nil && verifier.nonce != nonce)
        world.pass(milliseconds: 60_000)
        #expect(try code(.string(nonce)) == .nonce)
    }
}

/// What is remembered of proofs that were used.
@Suite struct UsedProofsTests {
    private static func digest(_ number: Int) -> WireTypes.Digest {
        WireTypes.Digest(SHA256.hash(data: Array("\(number)".utf8)))
    }

    @Test func `where there is no room a proof is refused, and none is forgotten before its time`() {
        let used = UsedProofs(start: 0, mostOfKey: 4, most: 6)
        func use(_ number: Int, of key: Int = 1, at now: Int64) -> UsedProofs.Outcome {
            used.use(Self.digest(number), of: Self.digest(key), until: now + 100, at: now)
        }
        for number in 0..<4 { #expect(use(number, at: 1000) == .first) }
        #expect(use(4, at: 1000) == .full)
        #expect(use(0, at: 1000) == .again)
        // Another key has its own room, until there is none for anybody.
        #expect(use(0, of: 2, at: 1000) == .first && use(1, of: 2, at: 1000) == .first)
        #expect(use(0, of: 3, at: 1000) == .full && used.count == 6)
        // All are over; whoever is full is looked through once a second at most.
        #expect(use(4, at: 1500) == .full)
        #expect(use(4, at: 2001) == .first)
        #expect(used.count <= 3)
    }

    @Test func `what has been forgotten is not new where the clock goes back`() {
        let used = UsedProofs(start: 0, mostOfKey: 1, most: 10)
        #expect(used.use(Self.digest(1), of: Self.digest(0), until: 100, at: 50) == .first)
        #expect(used.use(Self.digest(2), of: Self.digest(0), until: 2000, at: 1900) == .first)
        #expect(used.use(Self.digest(1), of: Self.digest(0), until: 100, at: 60) == .stale)
    }

    @Test func `many keys that each were seen once do not stay`() {
        let used = UsedProofs(start: 0, mostOfKey: 4, most: 5000)
        let outcomes = (0..<20_000).map { number in
            let now = Int64(number) * 10
            return used.use(Self.digest(number), of: Self.digest(number), until: now + 100, at: now)
        }
        #expect(outcomes.allSatisfy { $0 == .first } && used.count < 3000)
    }
}
