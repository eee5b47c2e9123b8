// SPDX-License-Identifier: Apache-2.0

import Credentials
import Decisions
import Gateway
import HTTPGateway
import Passports
import StrictJSON
import Synchronization
import Testing
import WireTypes

/// Tokens at the door: what is accepted, and what is said to whoever's is not.
@Suite struct TokenDoorTests {
    private static let resource = "https://writ.example/mcp"

    /// A verifier of `Signer`'s tokens, and settings that a test changes.
    private static func tokens(
        scopes: [UTF8String] = [], serverScopes: [UTF8String: [UTF8String]] = [:], audiences: [UTF8String] = []
    ) throws -> TokenVerifier {
        let bytes = Array(try Signer().set.utf8)
        let keys = FileKeys(now: { 0 }) { _ in .success(bytes) }
        let issuers = try TokenIssuers([
            Signer.issuer(audiences: audiences, scopes: scopes, serverScopes: serverScopes)
        ])
        return TokenVerifier(keys: keys, trusted: { issuers }, now: { .now })
    }

    private static func with(
        _ tokens: TokenVerifier? = nil, _ body: (Door) async throws -> Void
    ) async throws {
        try await Door.with(
            tokens: try tokens ?? Self.tokens(), resource: ProtectedResource(resource), body)
    }

    private static func request(
        _ token: String?, _ method: String = "tools/list", path: String = "/mcp", params: String = ""
    ) -> HTTPText {
        var request = HTTPText.modern(method, params: params, agent: nil)
        request.path = path
        if method == "tools/call" { request.set("Mcp-Name", "git__log") }
        request.set("Authorization", token.map { "Bearer \($0)" })
        return request
    }

    @Test func `the agent that a token names is let in, in both revisions`() async throws {
        try await Self.with { door in
            let token = try Signer().token("worker-7", audience: Self.resource)
            let response = try await door.ask(Self.request(token))
            #expect(response.status == 200 && response.text.contains("corp:worker-7"), "\(response)")
            var opening = HTTPText.legacy("initialize", params: #"{"protocolVersion":"2025-11-25"}"#, agent: nil)
            opening.set("Authorization", "bearer \(token)")
            #expect(try await door.ask(opening).status == 200)
        }
    }

    @Test func `a session goes on with the agent's next token, and not with another's or one that says something else`()
        async throws
    {
        try await Self.with { door in
            func token(_ agent: UTF8String = "alice", _ change: (inout JSONObject) -> Void = { _ in }) throws -> String
            {
                try Signer().token(agent, audience: Self.resource, change)
            }
            var opening = HTTPText.legacy("initialize", params: #"{"protocolVersion":"2025-11-25"}"#, agent: nil)
            opening.set("Authorization", "Bearer \(try token())")
            let session = try #require(try await door.ask(opening).headers["mcp-session-id"])
            func status(_ token: String) async throws -> Int {
                let request = HTTPText.legacy("tools/list", session: session, agent: nil)
                return try await door.ask(request.setting("Authorization", "Bearer \(token)")).status
            }
            #expect(try await status(token { $0["jti"] = "next" }) == 200)
            #expect(try await status(token("bob")) == 404)
            #expect(try await status(token { $0["scope"] = "more" }) == 404)
        }
    }

    @Test func `without a credential a client is told where the metadata are and what scopes there are`() async throws {
        let tokens = try Self.tokens(scopes: ["writ:call"], serverScopes: ["git": ["repo:read", "writ:call"]])
        try await Self.with(tokens) { door in
            let everything = try await door.ask(Self.request(nil))
            #expect(everything.status == 401)
            #expect(
                everything.headers["www-authenticate"]
                    == #"Bearer realm="writ", resource_metadata="https://writ.example/.well-known/oauth-protected-resource/mcp", scope="writ:call""#
            )
            let one = try await door.ask(Self.request(nil, path: "/mcp/git"))
            #expect(
                one.headers["www-authenticate"]
                    == #"Bearer realm="writ", resource_metadata="https://writ.example/.well-known/oauth-protected-resource/mcp/git", scope="writ:call repo:read""#
            )
        }
    }

    @Test func `the metadata name the resource, its issuers and its scopes`() async throws {
        let tokens = try Self.tokens(scopes: ["writ:call"], serverScopes: ["git": ["repo:read"]])
        try await Self.with(tokens) { door in
            func metadata(_ path: String) async throws -> JSON {
                let response = try await door.ask(
                    HTTPText(
                        method: "GET", path: "/.well-known/oauth-protected-resource" + path,
                        headers: [("Host", "127.0.0.1")], body: ""))
                guard response.status == 200 else { return .integer(response.status) }
                return try JSON(parsing: response.body)
            }
            for path in ["", "/mcp"] {
                let json = try await metadata(path)
                #expect(json["resource"] == .text(Self.resource))
                #expect(json["authorization_servers"] == ["https://login.example/"])
                #expect(json["scopes_supported"] == ["writ:call"] && json["bearer_methods_supported"] == ["header"])
            }
            let one = try await metadata("/mcp/git")
            #expect(one["resource"] == .text(Self.resource + "/git"))
            #expect(one["scopes_supported"] == ["writ:call", "repo:read"])
            for path in ["/mcp/none", "/other", "/mcp/", "x"] { #expect(try await metadata(path) == 404, "\(path)") }
        }
    }

    @Test func `where no tokens are accepted there are no metadata, and a token is refused`() async throws {
        try await Door.with { door in
            let get = HTTPText(
                method: "GET", path: "/.well-known/oauth-protected-resource", headers: [("Host", "127.0.0.1")], body: ""
            )
            #expect(try await door.ask(get).status == 404)
            let refused = try await door.ask(Self.request(try Signer().token(audience: Self.resource)))
            #expect(refused.status == 401 && refused.headers["www-authenticate"] == #"Bearer realm="writ""#)
        }
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let says: String
        let token: @Sendable () throws -> String
    }

    static let bad: [Bad] = [
        Bad(testDescription: "of another issuer", says: "no issuer") {
            try Signer().token(audience: resource) { $0["iss"] = "https://evil.example/" }
        },
        Bad(testDescription: "under another key", says: "signature") { try Signer(seed: 2).token(audience: resource) },
        Bad(testDescription: "for another resource", says: "another resource") {
            try Signer().token(audience: "https://other.example/mcp")
        },
        Bad(testDescription: "for one server, at everything", says: "another resource") {
            try Signer().token(audience: resource + "/git")
        },
        Bad(testDescription: "for the resource with a slash", says: "another resource") {
            try Signer().token(audience: resource + "/")
        },
        Bad(testDescription: "for the resource in capitals", says: "another resource") {
            try Signer().token(audience: resource.uppercased())
        },
        Bad(testDescription: "that is over", says: "expired") {
            try Signer().token(audience: resource, at: Timestamp.now.adding(milliseconds: -400_000))
        },
        Bad(testDescription: "that is to come", says: "future") {
            try Signer().token(audience: resource, at: Timestamp.now.adding(milliseconds: 120_000))
        },
        Bad(testDescription: "bound to a key", says: "proof of that key") {
            try Signer().token(audience: resource) { $0["cnf"] = ["jkt": "x"] }
        },
        Bad(testDescription: "with dots and nothing else", says: "three parts") { ".." },
        Bad(testDescription: "cut", says: "") { String(try Signer().token(audience: resource).dropLast(4)) },
    ]

    @Test(arguments: bad) func `a token that does not do is answered 401 with what is wrong, and nothing of it`(
        bad: Bad
    ) async throws {
        try await Self.with { door in
            let token = try bad.token()
            let response = try await door.ask(Self.request(token))
            let challenge = response.headers["www-authenticate"] ?? ""
            #expect(response.status == 401 && challenge.contains(#"error="invalid_token""#), "\(response)")
            #expect(challenge.contains("resource_metadata=") && response.text.contains(bad.says), "\(response)")
            #expect(door.hub.asked.withLock { $0 } == 0)
            let signature = token.split(separator: ".").last.map(String.init) ?? ""
            for start in signature.indices.dropLast(7) {
                let piece = signature[start...].prefix(8)
                #expect(!response.text.contains(piece) && !challenge.contains(piece))
            }
        }
    }

    @Test func `a token for everything is one for each server, one for a server is for no other`() async throws {
        try await Self.with { door in
            let all = try Signer().token(audience: Self.resource)
            let git = try Signer().token(audience: Self.resource + "/git")
            let other = try Signer().token(audience: Self.resource + "/slack")
            #expect(try await door.ask(Self.request(all, path: "/mcp/git")).status == 200)
            #expect(try await door.ask(Self.request(git, path: "/mcp/git")).status == 200)
            #expect(try await door.ask(Self.request(other, path: "/mcp/git")).status == 401)
        }
    }

    @Test func `an audience of the issuer's own stands in the place of the resource's URL`() async throws {
        try await Self.with(Self.tokens(audiences: ["api://writ"])) { door in
            let own = try Signer().token(audience: "api://writ")
            let other = try Signer().token(audience: Self.resource)
            #expect(try await door.ask(Self.request(own)).status == 200)
            #expect(try await door.ask(Self.request(other)).status == 401)
        }
    }

    @Test func `a token that lacks a scope is answered 403 with all scopes that the call takes`() async throws {
        let tokens = try Self.tokens(scopes: ["writ:call"], serverScopes: ["git": ["repo:read", "repo:log"]])
        try await Self.with(tokens) { door in
            let none = try Signer().token(audience: Self.resource)
            let some = try Signer().token(audience: Self.resource) { $0["scope"] = "writ:call repo:read" }
            let all = try Signer().token(audience: Self.resource) { $0["scope"] = "repo:log repo:read writ:call" }
            let call = #""name":"git__log","arguments":{}"#
            func challenge(_ token: String, _ method: String, path: String = "/mcp") async throws -> (Int, String) {
                let params = method == "tools/call" ? call : ""
                let response = try await door.ask(Self.request(token, method, path: path, params: params))
                return (response.status, response.headers["www-authenticate"] ?? "")
            }
            let base = try await challenge(none, "tools/list")
            #expect(base.0 == 403 && base.1.contains(#"error="insufficient_scope""#))
            #expect(base.1.contains(#"scope="writ:call""#) && base.1.contains("resource_metadata="))
            #expect(try await challenge(some, "tools/list").0 == 200)
            for path in ["/mcp", "/mcp/git"] {
                let missing = try await challenge(some, "tools/call", path: path)
                #expect(missing.0 == 403 && missing.1.contains(#"scope="writ:call repo:read repo:log""#), "\(missing)")
                #expect(try await challenge(all, "tools/call", path: path).0 == 200)
            }
        }
    }

    @Test func `a token in the URL, twice, or beside a passport is a bad request`() async throws {
        try await Self.with { door in
            let token = try Signer().token(audience: Self.resource)
            for query in ["?access_token=\(token)", "?a=b&access_token=x", "?access_token"] {
                #expect(try await door.ask(Self.request(token, path: "/mcp" + query)).status == 400)
                #expect(try await door.ask(Self.request(nil, path: "/mcp" + query)).status == 400)
            }
            var twice = Self.request(token)
            twice.headers.append(("authorization", "Bearer \(token)"))
            #expect(try await door.ask(twice).status == 400)
            #expect(
                try await door.ask(Self.request(token).setting("Writ-Passport", HTTPText.passport("bob"))).status == 400
            )
        }
    }

    @Test func `another scheme is nobody's token, and a passport may be the bearer's`() async throws {
        try await Self.with { door in
            let token = try Signer().token(audience: Self.resource)
            for scheme in ["Basic", "DPoP", "Bearer\t", "BearerX", ""] {
                let request = Self.request(nil).setting("Authorization", "\(scheme) \(token)")
                #expect(try await door.ask(request).status == 401, "\(scheme)")
            }
            let passport = Self.request(HTTPText.passport("carol"))
            #expect(try await door.ask(passport).text.contains("carol"))
            let both = Self.request(nil).setting("Writ-Passport", HTTPText.passport("dave"))
            #expect(try await door.ask(both.setting("Authorization", "Basic YTpi")).text.contains("dave"))
        }
    }

    @Test func `where the issuer's keys cannot be had the door says that it cannot decide`() async throws {
        let keys = FileKeys(now: { 0 }) { _ in .failure(KeysUnavailable("gone")) }
        let issuers = try TokenIssuers([Signer.issuer()])
        try await Self.with(TokenVerifier(keys: keys, trusted: { issuers }, now: { .now })) { door in
            let response = try await door.ask(Self.request(try Signer().token(audience: Self.resource)))
            #expect(response.status == 503 && response.headers["retry-after"] != nil)
        }
    }

    @Test func `where nothing else is said the resource is what the door listens on`() async throws {
        try await Door.with(tokens: Self.tokens()) { door in
            let token = try Signer().token(audience: "http://127.0.0.1:\(door.port)/mcp")
            #expect(try await door.ask(Self.request(token)).status == 200)
        }
    }

    @Test(arguments: [
        "", "writ.example/mcp", "ftp://a/mcp", "https:///mcp", "https://a/mcp/", "https://a/mcp?x", "https://a b/mcp",
    ])
    func `what is no resource's URL is none`(url: String) { #expect(ProtectedResource(url) == nil) }
}
