// SPDX-License-Identifier: Apache-2.0

import Credentials
import Crypto
import Decisions
import Gateway
import HTTPGateway
import Passports
import StrictJSON
import Synchronization
import Testing
import WireTypes

/// A client with a key, and its proofs.
struct KeyHolder: Sendable {
    var seed: UInt8 = 31

    private var key: Curve25519.Signing.PrivateKey {
        get throws { try Curve25519.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32)) }
    }

    private var x: String { get throws { Base64URL.encode(Array(try key.publicKey.rawRepresentation)) } }

    var thumbprint: WireTypes.Digest {
        get throws {
            WireTypes.Digest(SHA256.hash(data: Array(#"{"crv":"Ed25519","kty":"OKP","x":"\#(try x)"}"#.utf8)))
        }
    }

    /// `cnf` of what is bound to this key.
    var confirmation: JSON { get throws { ["jkt": .text(try thumbprint.base64URL)] } }

    func proof(
        _ id: String, of credential: String, method: String = "POST", url: String, at now: Timestamp = .now,
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> String {
        var claims = JSONObject()
        claims["jti"] = .text(id)
        claims["htm"] = .text(method)
        claims["htu"] = .text(url)
        claims["iat"] = .integer(now.milliseconds / 1000)
        claims["ath"] = .text(WireTypes.Digest(SHA256.hash(data: Array(credential.utf8))).base64URL)
        change(&claims)
        let header = #"{"typ":"dpop+jwt","alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"\#(try x)"}}"#
        let message =
            Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(JSON.object(claims).serialized())
        return message + "." + Base64URL.encode(Array(try key.signature(for: Array(message.utf8))))
    }
}

/// Credentials that are bound to a key, at the door.
@Suite struct ProofDoorTests {
    private static let resource = "https://writ.example/mcp"
    private static let holder = KeyHolder()

    private static func tokens(needsProof: Bool = false) throws -> TokenVerifier {
        let bytes = Array(try Signer().set.utf8)
        let keys = FileKeys(now: { 0 }) { _ in .success(bytes) }
        let issuers = try TokenIssuers([
            TokenIssuer(
                name: "corp", kind: .oauth, identifier: "https://login.example/", keys: .file("k"),
                serverScopes: ["git": ["repo:read"]], needsProof: needsProof)
        ])
        return TokenVerifier(keys: keys, trusted: { issuers }, now: { .now })
    }

    private static func with(
        needsProof: Bool = false, proofs: (any PossessionProofs)? = DPoPProofs(now: { .now }),
        resource: String? = Self.resource, _ body: (Door) async throws -> Void
    ) async throws {
        try await Door.with(
            tokens: tokens(needsProof: needsProof), proofs: proofs, resource: resource.flatMap(ProtectedResource.init),
            body)
    }

    private static func token(_ agent: UTF8String = "alice", audience: String = resource) throws -> String {
        try Signer().token(agent, audience: audience) { claims in
            do { claims["cnf"] = try holder.confirmation } catch { Issue.record(error) }
        }
    }

    private static func request(
        _ token: String, _ proof: String?, scheme: String = "DPoP", method: String = "tools/list", path: String = "/mcp"
    ) -> HTTPText {
        var request = HTTPText.modern(method, agent: nil)
        request.path = path
        request.set("Authorization", "\(scheme) \(token)")
        request.set("DPoP", proof)
        return request
    }

    @Test func `a bound token with a proof of its key is its agent's, each time with a proof of its own`() async throws
    {
        try await Self.with { door in
            let token = try Self.token()
            for id in ["a", "b"] {
                let proof = try Self.holder.proof(id, of: token, url: Self.resource)
                let response = try await door.ask(Self.request(token, proof))
                #expect(response.status == 200 && response.text.contains("corp:alice"), "\(response)")
            }
            let proof = try Self.holder.proof("c", of: token, url: Self.resource + "/git")
            var git = Self.request(token, proof, path: "/mcp/git")
            #expect(try await door.ask(git).status == 403)
            let scoped = try Signer().token(audience: Self.resource) { claims in
                claims["scope"] = "repo:read"
                do { claims["cnf"] = try Self.holder.confirmation } catch { Issue.record(error) }
            }
            git = Self.request(
                scoped, try Self.holder.proof("d", of: scoped, url: Self.resource + "/git"), path: "/mcp/git")
            #expect(try await door.ask(git).status == 200)
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let error: String
        let request: @Sendable () throws -> HTTPText

        init(_ name: String, _ error: String, _ request: @escaping @Sendable () throws -> HTTPText) {
            (testDescription, self.error, self.request) = (name, error, request)
        }
    }

    private static func bad(
        by holder: KeyHolder = Self.holder, method: String = "POST", url: String = resource, of other: String? = nil,
        at now: Timestamp = .now
    ) throws -> HTTPText {
        let token = try Self.token()
        return request(
            token, try holder.proof("a", of: other ?? token, method: method, url: url, at: now))
    }

    static let bad: [Bad] = [
        Bad("no proof", #"DPoP realm="writ", error="invalid_dpop_proof""#) { request(try Self.token(), nil) },
        Bad("a proof that is none", "invalid_dpop_proof") { request(try Self.token(), "x.y.z") },
        Bad("a proof by another key", "invalid_dpop_proof") { try bad(by: KeyHolder(seed: 32)) },
        Bad("a proof for another method", "invalid_dpop_proof") { try bad(method: "GET") },
        Bad("a proof for another URL", "invalid_dpop_proof") { try bad(url: resource + "/git") },
        Bad("a proof for where the door listens, which is not its resource", "invalid_dpop_proof") {
            try bad(url: "http://127.0.0.1/mcp")
        },
        Bad("a proof for another token", "invalid_dpop_proof") { try bad(of: try Self.token("bob")) },
        Bad("an old proof", "invalid_dpop_proof") { try bad(at: Timestamp.now.adding(milliseconds: -90_000)) },
        Bad("a proof to come", "invalid_dpop_proof") { try bad(at: Timestamp.now.adding(milliseconds: 90_000)) },
        Bad("a proof beside a bound token as a bearer's", #"Bearer realm="writ", error="invalid_token""#) {
            let token = try Self.token()
            return request(token, try holder.proof("a", of: token, url: resource), scheme: "Bearer")
        },
        Bad("a proof beside a token that is bound to no key", #"DPoP realm="writ", error="invalid_token""#) {
            let token = try Signer().token(audience: resource)
            return request(token, try holder.proof("a", of: token, url: resource))
        },
        Bad("a proof beside a token that is bound by a certificate", "invalid_token") {
            let token = try Signer().token(audience: resource) { $0["cnf"] = ["x5t#S256": "x"] }
            return request(token, try holder.proof("a", of: token, url: resource))
        },
        Bad("a proof beside a token that is over", "invalid_token") {
            let token = try Signer().token(audience: resource, at: Timestamp.now.adding(milliseconds: -400_000))
            return request(token, try holder.proof("a", of: token, url: resource))
        },
    ]

    @Test(arguments: bad) func `what is no proof of this request and this token is answered 401`(bad: Bad) async throws
    {
        try await Self.with { door in
            let response = try await door.ask(bad.request())
            let challenge = response.headers["www-authenticate"] ?? ""
            #expect(response.status == 401 && challenge.contains(bad.error), "\(response)")
            #expect(challenge.contains(#"algs="EdDSA ES256 RS256""#) && door.hub.asked.withLock { $0 } == 0)
        }
    }

    @Test func `a proof that is used again is refused, and two of them are a bad request`() async throws {
        try await Self.with { door in
            let token = try Self.token()
            let proof = try Self.holder.proof("a", of: token, url: Self.resource)
            #expect(try await door.ask(Self.request(token, proof)).status == 200)
            let again = try await door.ask(Self.request(token, proof))
            #expect(again.status == 401 && again.headers["www-authenticate"]?.contains("used before") ?? false)
            var twice = Self.request(token, try Self.holder.proof("b", of: token, url: Self.resource))
            twice.headers.append(("dpop", try Self.holder.proof("c", of: token, url: Self.resource)))
            #expect(try await door.ask(twice).status == 400)
        }
    }

    @Test func `a name in the head of a request is not what proofs are for`() async throws {
        try await Self.with { door in
            let token = try Self.token()
            let proof = try Self.holder.proof("a", of: token, url: "https://localhost/mcp")
            let response = try await door.ask(Self.request(token, proof).setting("Host", "localhost"))
            #expect(response.status == 401)
        }
    }

    @Test func `where nothing is configured, proofs are for the address that the door listens on`() async throws {
        try await Self.with(resource: nil) { door in
            for (name, status) in [("127.0.0.1", 200), ("localhost", 200), ("evil.example", 401)] {
                let token = try Self.token(audience: "http://127.0.0.1:\(door.port)/mcp")
                let proof = try Self.holder.proof(name, of: token, url: "http://\(name):\(door.port)/mcp")
                #expect(try await door.ask(Self.request(token, proof)).status == status, "\(name)")
            }
        }
    }

    @Test func `each request of a session has a proof of its own`() async throws {
        try await Self.with { door in
            let token = try Self.token()
            func proved(_ request: HTTPText, _ id: String?, _ method: String = "POST") throws -> HTTPText {
                var request = request.setting("Authorization", "DPoP \(token)")
                request.set(
                    "DPoP", try id.map { try Self.holder.proof($0, of: token, method: method, url: Self.resource) })
                return request
            }
            let opening = HTTPText.legacy("initialize", params: #"{"protocolVersion":"2025-11-25"}"#, agent: nil)
            let opened = try await door.ask(proved(opening, "a"))
            let session = try #require(opened.headers["mcp-session-id"])
            let list = HTTPText.legacy("tools/list", session: session, agent: nil)
            #expect(try await door.ask(proved(list, "b")).status == 200)
            #expect(try await door.ask(proved(list, nil)).status == 401)
            #expect(try await door.ask(proved(list, "b")).status == 401)
            let end = HTTPText.bare("DELETE", session: session, agent: nil)
            #expect(try await door.ask(proved(end, "c")).status == 401)
            #expect(try await door.ask(proved(end, "d", "DELETE")).status == 204)
        }
    }

    @Test func `where an issuer's tokens need proofs, one that is bound to no key is refused`() async throws {
        try await Self.with(needsProof: true) { door in
            let loose = try Signer().token(audience: Self.resource)
            let refused = try await door.ask(Self.request(loose, nil, scheme: "Bearer"))
            #expect(refused.status == 401 && refused.text.contains("bound to a key"), "\(refused)")
            let proof = try Self.holder.proof("a", of: loose, url: Self.resource)
            #expect(try await door.ask(Self.request(loose, proof)).status == 401)
            #expect(try await door.ask(Self.request(loose, proof, scheme: "Bearer")).status == 401)
            let token = try Self.token()
            let good = try Self.holder.proof("b", of: token, url: Self.resource)
            #expect(try await door.ask(Self.request(token, good)).status == 200)
            let metadata = try await door.ask(
                HTTPText(
                    method: "GET", path: "/.well-known/oauth-protected-resource", headers: [("Host", "127.0.0.1")],
                    body: ""))
            let json = try JSON(parsing: metadata.body)
            #expect(json["dpop_bound_access_tokens_required"] == true)
            #expect(json["dpop_signing_alg_values_supported"] == ["EdDSA", "ES256", "RS256"])
        }
    }

    @Test func `a token that is not bound comes as a bearer's, whatever stands in DPoP`() async throws {
        try await Self.with { door in
            let token = try Signer().token(audience: Self.resource)
            for proof in [nil, "rubbish"] {
                #expect(try await door.ask(Self.request(token, proof, scheme: "Bearer")).status == 200)
            }
        }
    }

    @Test func `where a nonce is needed a client is given one, and the next with each answer`() async throws {
        let proofs = DPoPProofs(nonceKey: [UInt8](repeating: 5, count: 32), now: { .now })
        try await Self.with(proofs: proofs) { door in
            let token = try Self.token()
            let first = try await door.ask(
                Self.request(token, try Self.holder.proof("a", of: token, url: Self.resource)))
            #expect(first.status == 401)
            #expect(first.headers["www-authenticate"]?.contains(#"error="use_dpop_nonce""#) ?? false)
            let nonce = try #require(first.headers["dpop-nonce"])
            let proof = try Self.holder.proof("b", of: token, url: Self.resource) { $0["nonce"] = .text(nonce) }
            let second = try await door.ask(Self.request(token, proof))
            #expect(second.status == 200 && second.headers["dpop-nonce"] != nil)
        }
    }

    @Test func `where too many proofs are remembered a request is refused, and not an old one forgotten`() async throws
    {
        let used = UsedProofs(start: 0, mostOfKey: 2, most: 10)
        try await Self.with(proofs: DPoPProofs(used: used, nonceKey: nil, now: { .now })) { door in
            let token = try Self.token()
            var statuses: [Int] = []
            for id in ["a", "b", "c", "a"] {
                let proof = try Self.holder.proof(id, of: token, url: Self.resource)
                statuses.append(try await door.ask(Self.request(token, proof)).status)
            }
            #expect(statuses == [200, 200, 429, 401])
        }
    }

    // MARK: - Passports

    private static func passport(_ passport: String, _ proof: String?, _ place: String) -> HTTPText {
        switch place {
        case "Writ-Passport":
            HTTPText.modern("tools/list", agent: nil).setting("Writ-Passport", passport).setting("DPoP", proof)
        case "_meta":
            HTTPText.modern("tools/list", agent: nil, meta: #","dev.writ/passport":"\#(passport)""#)
                .setting("DPoP", proof)
        default: request(passport, proof, scheme: place)
        }
    }

    @Test(arguments: ["Writ-Passport", "_meta", "DPoP"])
    func `a passport that is bound to a key comes with a proof of it`(place: String) async throws {
        try await Self.with { door in
            let key = try Self.holder.thumbprint
            door.hub.boundKey.withLock { $0 = key }
            let passport = Base64URL.encode(Array("bound:erin".utf8))
            func ask(_ proof: String?) async throws -> RawClient.Response {
                try await door.ask(Self.passport(passport, proof, place))
            }
            let proof = try Self.holder.proof("a", of: passport, url: Self.resource)
            let response = try await ask(proof)
            #expect(response.status == 200 && response.text.contains("erin"), "\(response)")
            #expect(try await ask(proof).status == 401)
            #expect(try await ask(nil).status == 401)
            let other = try KeyHolder(seed: 32).proof("b", of: passport, url: Self.resource)
            #expect(try await ask(other).status == 401)
            let stolen = try Self.holder.proof("c", of: "bound:erin", url: Self.resource)
            #expect(try await ask(stolen).status == 401)
            // What was refused is not used up, and takes no room.
            #expect(try await ask(Self.holder.proof("b", of: passport, url: Self.resource)).status == 200)
        }
    }

    @Test func `a proof beside a passport as a bearer's shows nothing`() async throws {
        try await Self.with { door in
            let key = try Self.holder.thumbprint
            door.hub.boundKey.withLock { $0 = key }
            let passport = Base64URL.encode(Array("bound:erin".utf8))
            let proof = try Self.holder.proof("a", of: passport, url: Self.resource)
            #expect(try await door.ask(Self.passport(passport, proof, "Bearer")).status == 401)
        }
    }
}
