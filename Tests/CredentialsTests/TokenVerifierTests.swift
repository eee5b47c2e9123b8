// SPDX-License-Identifier: Apache-2.0

import Credentials
import Passports
import StrictJSON
import Synchronization
import Testing
import WireTypes

@Suite struct TokenVerifierTests {
    /// A verifier whose time, issuers and keys a test holds.
    final class World: Sendable {
        let keys: HeldKeys
        let time = Mutex(Mint.now)
        let issuers: Mutex<TokenIssuers>

        init(_ mints: [Mint] = [Mint()]) throws {
            keys = try HeldKeys(mints)
            issuers = Mutex(try TokenIssuers([Mint.issuer()]))
        }

        func verifier() -> TokenVerifier {
            TokenVerifier(
                keys: keys, trusted: { self.issuers.withLock { $0 } }, now: { self.time.withLock { $0 } })
        }

        func pass(milliseconds: Int64) { time.withLock { $0 = $0.adding(milliseconds: milliseconds) } }

        var asked: Int { keys.asked.withLock { $0 } }
    }

    @Test func `a token that was verified is not verified again`() async throws {
        let (world, token) = (try World(), try Mint().token())
        let verifier = world.verifier()
        let first = try await verifier.verify(token).get()
        let asked = world.asked
        #expect(try await verifier.verify(token).get() == first)
        #expect(world.asked == asked && verifier.rememberedCount == 1)
        #expect(first.facts.agentID == "corp:worker-7" && first.facts.proof == .none)
    }

    @Test func `a remembered token ends when it says`() async throws {
        let (world, token) = (try World(), try Mint().token())
        let verifier = world.verifier()
        _ = try await verifier.verify(token).get()
        world.pass(milliseconds: 359_000)
        _ = try await verifier.verify(token).get()
        world.pass(milliseconds: 1_000)
        #expect(await verifier.verify(token).refused == .time)
        #expect(verifier.rememberedCount == 0)
    }

    @Test
    func `a remembered token does not count once its issuer's settings are others, and neither does its credential`()
        async throws
    {
        let (world, token) = (try World(), try Mint().token())
        let verifier = world.verifier()
        let credential = try await verifier.verify(token).get()
        let changed = try TokenIssuers([Mint.issuer(audiences: ["https://other.example"])])
        world.issuers.withLock { $0 = changed }
        #expect(credential.refusal(at: Mint.now, changed) != nil)
        let asked = world.asked
        let again = try await verifier.verify(token).get()
        #expect(world.asked > asked && again != credential)
        world.issuers.withLock { $0 = .none }
        #expect(await verifier.verify(token).refused == .untrustedIssuer)
        #expect(again.refusal(at: Mint.now, .none) != nil)
    }

    @Test func `a remembered token does not count once its issuer has withdrawn the key`() async throws {
        let (world, token) = (try World(), try Mint().token())
        let verifier = world.verifier()
        _ = try await verifier.verify(token).get()
        try world.keys.hold(known: [Mint("two", seed: 2)], newer: [Mint("two", seed: 2)])
        #expect(await verifier.verify(token).refused == .unknownKey)
    }

    @Test func `a key that its issuer has added since is found, in the middle of the traffic`() async throws {
        let world = try World()
        let verifier = world.verifier()
        let (old, new) = (Mint(), Mint("two", seed: 2))
        _ = try await verifier.verify(old.token()).get()
        try world.keys.hold(known: [old], newer: [old, new])
        _ = try await verifier.verify(new.token()).get()
        _ = try await verifier.verify(old.token()).get()
    }

    @Test func `a token under a known id but by another key is refused without asking for newer keys`() async throws {
        let world = try World()
        #expect(await world.verifier().verify(try Mint(seed: 2).token()).refused == .badSignature)
        #expect(world.asked == 1)
    }

    @Test func `the next token of the same agent continues the last, one of another or with other scopes does not`()
        async throws
    {
        let verifier = try World().verifier()
        func continuity(_ change: (inout JSONObject) -> Void) async throws -> Digest {
            try await verifier.verify(try Mint().token(change)).get().continuity
        }
        let first = try await continuity { _ in }
        #expect(try await continuity { $0["exp"] = .integer(Mint.now.milliseconds / 1000 + 301) } == first)
        #expect(try await continuity { $0["jti"] = "another" } == first)
        #expect(try await continuity { $0["sub"] = "worker-8" } != first)
        #expect(try await continuity { $0["scope"] = "more" } != first)
        #expect(try await continuity { $0["aud"] = "https://other.example" } != first)
        #expect(try await continuity { $0["department"] = "finance" } != first)
    }

    @Test func `claims become the agent, owner, teams, capabilities and tags that the settings say`() async throws {
        let world = try World()
        let limits: JSON = ["mcp.tool.execute": ["max_calls_per_minute": 5]]
        let issuer = try TokenIssuer(
            name: "corp", kind: .oauth, identifier: "https://login.example/", keys: .file("k"),
            agent: "/act/sub", owner: .claim("https://corp.example/org"), teams: "groups", assurance: .l2,
            capabilities: .claim("scope"), limits: try #require(limits.object), regions: ["DE"])
        let issuers = try TokenIssuers([issuer])
        world.issuers.withLock { $0 = issuers }
        let token = try Mint().token {
            $0["act"] = ["sub": "bot-1"]
            $0["https://corp.example/org"] = "org_9"
            $0["groups"] = ["red", "blue", "red"]
            $0["scope"] = "data.export repo:read"
            $0["admin"] = true
            $0["level"] = 3
            $0["roles"] = ["a"]
        }
        let credential = try await world.verifier().verify(token).get()
        let identity = VerifiedIdentity(credential)
        #expect(identity.agentID == "corp:bot-1" && identity.onBehalfOf == "worker-7" && identity.ownerID == "org_9")
        #expect(identity.teams == ["red", "blue"] && identity.assurance == .l2 && identity.regions == ["DE"])
        #expect(identity.capabilities.map(\.id) == ["data.export"])
        #expect(identity.limits == issuer.limits && identity.digest == credential.digest)
        #expect(
            identity.claims["admin"] == "true" && identity.claims["level"] == "3" && identity.claims["roles"] == nil)
        #expect(identity.claims["scope"] == "data.export repo:read" && identity.claims["exp"] == nil)
        for missing in ["act", "https://corp.example/org"] as [UTF8String] {
            let other = try Mint().token {
                $0["act"] = ["sub": "bot-1"]
                $0["https://corp.example/org"] = "org_9"
                $0[missing] = nil
            }
            #expect(await world.verifier().verify(other).refused == .claims)
        }
    }

    @Test func `keys in a file are read again when it has changed, and an issuer without its file has none`()
        async throws
    {
        let time = Mutex<Int64>(0)
        let file = Mutex<[UInt8]?>(try Mint.set([Mint()]))
        let reads = Mutex(0)
        let notes = Mutex<[String]>([])
        let keys = FileKeys(now: { time.withLock { $0 } }, note: { note in notes.withLock { $0.append(note) } }) {
            path in
            reads.withLock { $0 += 1 }
            guard path == "keys.json", let bytes = file.withLock({ $0 }) else {
                return .failure(KeysUnavailable("\(path) is not there"))
            }
            return .success(bytes)
        }
        let issuers = try TokenIssuers([Mint.issuer()])
        let verifier = TokenVerifier(keys: keys, trusted: { issuers }, now: { Mint.now })
        let (old, new) = (try Mint().token(), try Mint("two", seed: 2).token())
        for _ in 0..<5 { _ = try await verifier.verify(old).get() }
        #expect(reads.withLock { $0 } == 1)
        #expect(await verifier.verify(new).refused == .unknownKey)
        let both = try Mint.set([Mint(), Mint("two", seed: 2)])
        file.withLock { $0 = both }
        time.withLock { $0 = 1000 }
        _ = try await verifier.verify(new).get()
        file.withLock { $0 = nil }
        time.withLock { $0 = 2000 }
        #expect(await verifier.verify(new).refused == .keysUnavailable)
        #expect(await verifier.verify(old).refused == .keysUnavailable)
        #expect(notes.withLock { $0.count } == 1)
    }

    @Test(arguments: [
        #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"A"}]}"#, #"{"keys":[]}"#, #"{"keys":[1,null,"a",[]]}"#,
        #"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"#, #"{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}"#,
    ]) func `a set without a usable key verifies nothing`(text: String) throws {
        #expect(try TokenKeys(parsing: Array(text.utf8), of: .oauth).keys.isEmpty)
    }

    @Test(arguments: [
        "", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[],"keys":[]}"#, "<html>",
        #"{"keys":[\#(String(repeating: "1,", count: 200))1]}"#,
        String(repeating: " ", count: 300_000),
    ]) func `what is no set of keys is refused`(text: String) {
        #expect(throws: TokenKeys.Failure.self) { try TokenKeys(parsing: Array(text.utf8), of: .oauth) }
    }

    @Test func `settings that two issuers share, and names that could be another's, are refused`() throws {
        #expect(throws: PassportError.self) { try TokenIssuers([Mint.issuer("a"), Mint.issuer("b")]) }
        for name in ["a:b", "spiffe", "", "a/b", "ä", "a b"] as [UTF8String] {
            #expect(throws: PassportError.self, "\(name)") { try Mint.issuer(name) }
        }
        let issuers = try TokenIssuers([
            Mint.issuer("corp"),
            TokenIssuer(name: "mesh", kind: .spiffe, identifier: "example.org", keys: .file("b")),
        ])
        for id in ["corp:x", "spiffe://example.org/a"] as [UTF8String] { #expect(issuers.reserves(id)) }
        for id in ["corp", "corporate:x", "spiffe://example.com/a", "mesh:x"] as [UTF8String] {
            #expect(!issuers.reserves(id))
        }
    }
}

extension Result where Failure == TokenRefusal {
    /// The refusal's code.
    var refused: TokenRefusal.Code? { if case .failure(let refusal) = self { refusal.code } else { nil } }
}
