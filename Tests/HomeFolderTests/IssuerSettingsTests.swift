// SPDX-License-Identifier: Apache-2.0

import HomeFolder
import Passports
import StrictJSON
import Testing

/// `issuers:` of tokens in `writ.yaml`.
struct IssuerSettingsTests {
    private static func issuers(_ settings: JSON, name: UTF8String = "corp") throws -> Configuration {
        var table = JSONObject()
        table[name] = settings
        return try Configuration(["issuers": .object(table)], path: "writ.yaml")
    }

    private static let corp: JSON = ["issuer": "https://login.example/", "jwks": "https://login.example/jwks"]

    private static func corp(_ name: UTF8String, _ value: JSON?) -> JSON {
        var object = corp.object ?? JSONObject()
        object[name] = value
        return .object(object)
    }

    @Test func `what is not said of an issuer is the narrowest that works`() throws {
        let issuer = try #require(try Self.issuers(Self.corp).tokenIssuers.first)
        #expect(issuer.kind == .oauth && issuer.identifier == "https://login.example/" && issuer.agent == "sub")
        #expect(issuer.keys == .url("https://login.example/jwks") && issuer.owner == .text("corp"))
        #expect(issuer.assurance == .l0 && issuer.capabilities == .fixed([]) && issuer.audiences.isEmpty)
        #expect(issuer.lifetimeMilliseconds == 86_400_000 && issuer.algorithms.count == 3)
    }

    @Test func `proofs are needed where that is said, and a proof that may be left out changes no word`() throws {
        let plain = try #require(try Self.issuers(Self.corp).tokenIssuers.first)
        let optional = try #require(try Self.issuers(Self.corp("proof", "optional")).tokenIssuers.first)
        #expect(!plain.needsProof && optional.rules == plain.rules)
        #expect(try #require(try Self.issuers(Self.corp("proof", "required")).tokenIssuers.first).needsProof)
        #expect(try !Configuration([:], path: "writ.yaml").proofsNeedNonce)
        #expect(try Configuration(["dpop": ["nonce": "required"]], path: "writ.yaml").proofsNeedNonce)
        for wrong: JSON in [["nonce": true], ["nonce": "yes"], ["nonces": "required"], "required"] {
            #expect(throws: HomeError.self) { try Configuration(["dpop": wrong], path: "writ.yaml") }
        }
    }

    @Test func `a trust domain has its bundle in a file`() throws {
        let settings: JSON = ["type": "spiffe", "trust_domain": "prod.example.org", "jwks": "file:bundle.json"]
        let issuer = try #require(try Self.issuers(settings).tokenIssuers.first)
        #expect(issuer.kind == .spiffe && issuer.keys == .file("bundle.json"))
        #expect(issuer.agentPrefix == "spiffe://prod.example.org/")
    }

    @Test func `every setting changes the words that tokens are verified under`() throws {
        let changes: [(UTF8String, JSON)] = [
            ("issuer", "https://other.example/"), ("jwks", "file:k"), ("audience", "a"), ("algorithms", ["ES256"]),
            ("scopes", ["a"]), ("server_scopes", ["git": ["b"]]), ("agent", ["claim": "c"]), ("owner", "o"),
            ("teams", ["claim": "t"]), ("assurance", 2), ("capabilities", ["data.export"]), ("limits", ["a": 1]),
            ("regions", ["DE"]), ("lifetime", "1h"), ("proof", "required"),
        ]
        var rules = Set([try #require(try Self.issuers(Self.corp).tokenIssuers.first).rules])
        for (name, value) in changes {
            rules.insert(try #require(try Self.issuers(Self.corp(name, value)).tokenIssuers.first).rules)
        }
        #expect(rules.count == changes.count + 1)
    }

    @Test(arguments: [
        #"{"jwks":"https://a/k"}"#, #"{"issuer":"https://a/"}"#, #"{"issuer":"https://a/","jwks":"http://a/k"}"#,
        #"{"issuer":"https://a/","jwks":"file:"}"#, #"{"issuer":"https://a/","jwks":"ftp://a/k"}"#,
        #"{"issuer":"https://a/","jwks":"file:k","algorithms":["HS256"]}"#,
        #"{"issuer":"https://a/","jwks":"file:k","algorithms":["none"]}"#,
        #"{"issuer":"https://a/","jwks":"file:k","algorithms":[]}"#,
        #"{"issuer":"https://a/","jwks":"file:k","audeince":"x"}"#,
        #"{"issuer":"https://a/","jwks":"file:k","trust_domain":"x"}"#,
        #"{"issuer":"https://a/","jwks":"file:k","agent":"client_id"}"#,
        #"{"issuer":"https://a/","jwks":"file:k","assurance":5}"#,
        #"{"issuer":"https://a/","jwks":"file:k","proof":true}"#,
        #"{"issuer":"https://a/","jwks":"file:k","proof":"always"}"#,
        #"{"issuer":"https://a/","jwks":"file:k","lifetime":"2y"}"#,
        #"{"issuer":"https://a/","jwks":"file:k","capabilities":["A B"]}"#,
        #"{"issuer":"https://a/","jwks":"file:k","scopes":["a b"]}"#,
        #"{"type":"spiffe","trust_domain":"Prod.example","jwks":"file:k"}"#,
        #"{"type":"spiffe","trust_domain":"p.example","jwks":"file:k","agent":{"claim":"x"}}"#,
        #"{"type":"saml","issuer":"https://a/","jwks":"file:k"}"#,
    ]) func `settings that would not do what they seem to are refused`(text: String) throws {
        let settings = try JSON(parsing: UTF8String(text))
        #expect(throws: HomeError.self) { try Self.issuers(settings) }
    }

    @Test func `a misspelt setting is named with the right one`() throws {
        let error = #expect(throws: HomeError.self) { try Self.issuers(Self.corp("audeince", "x")) }
        #expect(error?.message.contains("did you mean `audience`?") == true)
    }

    @Test(arguments: ["https://a/mcp/", "a/mcp", "ftp://a/mcp", "https://a/mcp?x"])
    func `a resource that is no URL of an endpoint is refused`(url: UTF8String) {
        #expect(throws: HomeError.self) { try Configuration(["resource": .string(url)], path: "writ.yaml") }
    }
}
