// SPDX-License-Identifier: Apache-2.0

import Decisions
import HomeFolder
import Passports
import StrictJSON
import Testing

/// `listen:` and issuers of certificates in `writ.yaml`.
struct ListenSettingsTests {
    private static let tls: JSON = ["certificate": "tls/server.pem", "key": "tls/server.key"]

    private static func configuration(_ listen: JSON, resource: JSON? = nil) throws -> Configuration {
        var document = JSONObject()
        document["listen"] = listen
        document["resource"] = resource
        return try Configuration(.object(document), path: "writ.yaml")
    }

    @Test func `without TLS it is this machine, and what tokens are given for is its address`() throws {
        let configuration = try Self.configuration("127.0.0.1:9000")
        #expect("\(configuration.listen)" == "127.0.0.1:9000" && configuration.tls == nil)
        #expect(configuration.resourceURL == "http://127.0.0.1:9000/mcp")
    }

    @Test func `with TLS it may be any address, and clients' name for it must be said`() throws {
        let configuration = try Self.configuration(
            ["address": "0.0.0.0:8443", "tls": ["certificate": "c", "key": "k", "clients": "a"]],
            resource: "https://writ.example/mcp")
        #expect("\(configuration.listen)" == "0.0.0.0:8443")
        let tls = try #require(configuration.tls)
        #expect(tls.certificate == "c" && tls.key == "k" && tls.clients == "a")
        let here = try Self.configuration(["tls": Self.tls])
        #expect(here.resourceURL == "https://127.0.0.1:8808/mcp" && here.tls?.clients == nil)
        #expect(throws: HomeError.self) { try Self.configuration(["address": "0.0.0.0:8443", "tls": Self.tls]) }
        #expect(throws: HomeError.self) {
            try Self.configuration(["address": "[::]:8443", "tls": Self.tls], resource: "http://writ.example/mcp")
        }
    }

    @Test(arguments: [
        #""0.0.0.0:8808""#, #"{"address":"127.0.0.1:1"}"#, #"{"tls":{"certificate":"c"}}"#, #"{"tls":{"key":"k"}}"#,
        #"{"tls":{"certificate":"c","key":"k","client":"a"}}"#, #"{"tls":"c"}"#, "7",
        #"{"address":"writ.example:443","tls":{"certificate":"c","key":"k"}}"#,
        #"{"address":"1.2.3:443","tls":{"certificate":"c","key":"k"}}"#,
    ]) func `an address that others could reach without TLS, or nobody could, is refused`(text: String) throws {
        let listen = try JSON(parsing: UTF8String(text))
        #expect(throws: HomeError.self) { try Self.configuration(listen, resource: "https://writ.example/mcp") }
    }

    private static func issuer(_ change: (inout JSONObject) -> Void = { _ in }) throws -> Configuration {
        var settings = JSONObject()
        settings["type"] = "spiffe-x509"
        settings["trust_domain"] = "prod.example.org"
        settings["bundle"] = "keys/bundle.pem"
        change(&settings)
        return try Configuration(["issuers": ["mesh": .object(settings)]], path: "writ.yaml")
    }

    @Test func `a trust domain's certificates have its authorities in a file, and are warned about without TLS`() throws
    {
        let configuration = try Self.issuer {
            $0["assurance"] = 2
            $0["capabilities"] = ["mcp.tool.execute"]
        }
        let issuer = try #require(configuration.tokenIssuers.first)
        #expect(issuer.kind == .spiffeX509 && issuer.keys == .file("keys/bundle.pem") && issuer.assurance == .l2)
        #expect(issuer.agentPrefix == "spiffe://prod.example.org/")
        #expect(configuration.warnings.contains { $0.hasPrefix("issuers/mesh: ") })
        let issuers = try TokenIssuers(configuration.tokenIssuers)
        #expect(issuers[certificates: "prod.example.org"] == issuer)
        // Its bundle signs no tokens.
        #expect(issuers[spiffe: "prod.example.org"] == nil && issuers[oauth: "prod.example.org"] == nil)
        #expect(issuers.reserves("spiffe://prod.example.org/worker"))
    }

    @Test(
        arguments: [
            ("bundle", nil), ("trust_domain", "Prod"), ("jwks", "file:k"), ("scopes", ["a"]),
            ("server_scopes", ["g": ["a"]]),
            ("audience", "a"), ("teams", ["claim": "t"]), ("owner", ["claim": "o"]), ("capabilities", ["claim": "c"]),
            ("agent", ["claim": "c"]), ("issuer", "https://a/"),
        ] as [(UTF8String, JSON?)]) func `what a certificate does not have is refused`(name: UTF8String, value: JSON?)
    {
        #expect(throws: HomeError.self) { try Self.issuer { $0[name] = value } }
    }
}
