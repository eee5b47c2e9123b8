// SPDX-License-Identifier: Apache-2.0

import Certificates
import Credentials
import Decisions
import HTTPGateway
import Passports
import StrictJSON
import Testing
import WireTypes
import X509

import struct Crypto.SHA256

/// HTTP's door with TLS: whom a connection's certificate lets in, and which tokens it proves.
@Suite struct TLSDoorTests {
    private static let resource = "https://writ.example/mcp"

    /// A door of an authority's, and the clients that it trusts.
    private struct Secure {
        let door: Door
        let authorities: Authorities
        let files: DoorFiles
        let time: Mutexed<Int64>
        let verifier: Mutexed<CertificateVerifier>

        func ask(_ request: HTTPText, shows chain: [Issued] = []) async throws -> RawClient.Response {
            try await SecureClient.with(door.port, shows: chain, trusts: authorities.operators) {
                try await $0.ask(request)
            }
        }

        func workload(_ path: String = "/worker") throws -> Issued {
            try Form.workload(path).issued("w", by: authorities.example)
        }
    }

    /// Whose answers a test may change.
    private struct Verifier: ClientCertificates {
        let current: Mutexed<CertificateVerifier>
        func verify(_ chain: [[UInt8]]) async -> Result<ClientCertificate, TokenRefusal> {
            await current.value.verify(chain)
        }
        func counts(_ certificate: ClientCertificate) -> Bool { current.value.counts(certificate) }
    }

    private static func with(
        asksClients: Bool = true, tokens: TokenVerifier? = nil, _ body: (Secure) async throws -> Void
    ) async throws {
        let authorities = try Authorities()
        let files = try DoorFiles(try Form.door.issued("door", by: authorities.operators))
        let time = Mutexed<Int64>(0)
        let verifier = Mutexed(try authorities.verifier(clients: true))
        let tls = try DoorTLS(clients: asksClients ? Verifier(current: verifier) : nil, now: { time.value }) {
            .success(files.material.value)
        }
        try await Door.with(tokens: tokens, resource: ProtectedResource(resource), tls: tls) { door in
            try await body(
                Secure(door: door, authorities: authorities, files: files, time: time, verifier: verifier))
        }
    }

    @Test(arguments: [true, false]) func `over TLS a passport lets in as it does without`(asks: Bool) async throws {
        try await Self.with(asksClients: asks) { (secure: Secure) async throws in
            #expect(try await secure.ask(.modern("tools/list")).status == 200)
            #expect(try await secure.ask(.modern("tools/list", agent: nil)).status == 401)
        }
    }

    @Test func `what is no TLS is not answered`() async throws {
        try await Self.with { (secure: Secure) async throws in
            let client = try await secure.door.connect()
            try await client.send(HTTPText.modern("tools/list").text)
            #expect(!String(decoding: try await client.closed(), as: UTF8.self).contains("200 OK"))
        }
    }

    @Test func `a workload is let in by its certificate, in both revisions`() async throws {
        try await Self.with { (secure: Secure) async throws in
            let workload = try secure.workload()
            let listed = try await secure.ask(.modern("tools/list", agent: nil), shows: [workload])
            #expect(listed.status == 200 && listed.text.contains("spiffe://example.org/worker"), "\(listed.text)")
            let opening = HTTPText.legacy("initialize", params: #"{"protocolVersion":"2025-11-25"}"#, agent: nil)
            let opened = try await secure.ask(opening, shows: [workload])
            let session = try #require(opened.headers["mcp-session-id"])
            // It goes on with the workload's next certificate, and with nobody else's.
            let next = HTTPText.legacy("tools/list", session: session, agent: nil)
            #expect(try await secure.ask(next, shows: [try secure.workload()]).status == 200)
            #expect(try await secure.ask(next, shows: [try secure.workload("/other")]).status == 404)
            #expect(
                try await secure.ask(.bare("DELETE", session: session, agent: nil), shows: [workload]).status == 204)
        }
    }

    @Test func `who shows something else besides a certificate is who that says`() async throws {
        try await Self.with { (secure: Secure) async throws in
            let listed = try await secure.ask(.modern("tools/list", agent: "bob"), shows: [try secure.workload()])
            #expect(listed.status == 200 && listed.text.contains("bob") && !listed.text.contains("spiffe"))
            let wrong = HTTPText.modern("tools/list", agent: nil).setting("Writ-Passport", "planted")
            #expect(try await secure.ask(wrong, shows: [try secure.workload()]).status == 401)
        }
    }

    /// A chain that no handshake succeeds with.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let chain: @Sendable (Authorities) throws -> [Issued]
    }

    static let bad: [Bad] = [
        Bad(testDescription: "self-signed") { _ in [try Form.workload().issued("w")] },
        Bad(testDescription: "another domain's") { [try Form.workload().issued("w", by: $0.other)] },
        Bad(testDescription: "expired") {
            [try Form.workload().with { ($0.from, $0.until) = (-7200, -3600) }.issued("w", by: $0.example)]
        },
        Bad(testDescription: "of a trust domain that is not trusted") {
            [try Form.workload(domain: "third.org").issued("w", by: $0.example)]
        },
        Bad(testDescription: "nobody's, under a workload's authority") {
            [try Form(names: [.dnsName("c.example")]).issued("w", by: $0.example)]
        },
    ]

    @Test(arguments: bad) func `no connection is made with a certificate that is`(_ bad: Bad) async throws {
        try await Self.with { (secure: Secure) async throws in
            let chain = try bad.chain(secure.authorities)
            // In TLS 1.3 a client hears of it with its first request.
            await #expect(throws: (any Error).self) { try await secure.ask(.modern("tools/list"), shows: chain) }
        }
    }

    @Test func `a certificate whose authority is withdrawn counts no more on its open connection`() async throws {
        try await Self.with { (secure: Secure) async throws in
            let request = HTTPText.modern("tools/list", agent: nil)
            let workload = try secure.workload()
            try await SecureClient.with(secure.door.port, shows: [workload], trusts: secure.authorities.operators) {
                (client: SecureClient) async throws in
                #expect(try await client.ask(request).status == 200)
                secure.verifier.value = try secure.authorities.verifier(
                    files: ["example.org.pem": try secure.authorities.other.pem])
                #expect(try await client.ask(request).status == 401)
            }
        }
    }

    @Test func `the door's certificate is renewed while it is open, and one that cannot be used changes nothing`()
        async throws
    {
        try await Self.with { (secure: Secure) async throws in
            let request = HTTPText.modern("tools/list")
            let other = secure.authorities.other
            func isTrusted(_ authority: Issued) async -> Bool {
                do {
                    return try await SecureClient.with(secure.door.port, trusts: authority) {
                        try await $0.ask(request).status == 200
                    }
                } catch { return false }
            }
            secure.files.material.value = try DoorFiles.material(try Form.door.issued("door", by: other))
            #expect(await isTrusted(secure.authorities.operators))
            secure.time.value = 1000
            #expect(await isTrusted(other))
            secure.files.material.value.key = Array("planted".utf8)
            secure.time.value = 2000
            #expect(await isTrusted(other))
        }
    }

    @Test func `a door whose certificate and key do not belong together is not opened`() throws {
        let authorities = try Authorities()
        let one = try DoorFiles.material(try Form.door.issued("a", by: authorities.operators))
        let two = try DoorFiles.material(try Form.door.issued("b", by: authorities.operators))
        for material in [
            DoorTLS.Material(certificates: one.certificates, key: two.key), DoorTLS.Material(certificates: [], key: []),
            DoorTLS.Material(certificates: one.certificates, key: Array("planted".utf8)),
        ] {
            let error = #expect(throws: DoorTLS.Failure.self) {
                try DoorTLS(clients: nil, now: { 0 }) { .success(material) }
            }
            #expect(error?.description.contains("planted") == false)
        }
    }

    // MARK: - Tokens that are bound to a certificate

    private static func tokens() throws -> TokenVerifier {
        let bytes = Array(try Signer().set.utf8)
        let issuers = try TokenIssuers([Signer.issuer()])
        return TokenVerifier(
            keys: FileKeys(now: { 0 }) { _ in .success(bytes) }, trusted: { issuers }, now: { .now })
    }

    private static func request(boundTo members: [(UTF8String, JSON)]) throws -> HTTPText {
        var confirmation = JSONObject()
        for (name, value) in members { confirmation[name] = value }
        let token = try Signer().token("worker-7", audience: resource) { $0["cnf"] = .object(confirmation) }
        return HTTPText.modern("tools/list", agent: nil).setting("Authorization", "Bearer \(token)")
    }

    private static func thumbprint(_ issued: Issued) throws -> JSON {
        .text(Digest(SHA256.hash(data: try issued.der)).base64URL)
    }

    @Test func `a token that is bound to a certificate counts on the connections that have shown it`() async throws {
        try await Self.with(tokens: try Self.tokens()) { (secure: Secure) async throws in
            let client = try Form(names: [.dnsName("c.example")]).issued("c", by: secure.authorities.operators)
            let workload = try secure.workload()
            for own in [client, workload] {
                let request = try Self.request(boundTo: [("x5t#S256", try Self.thumbprint(own))])
                let listed = try await secure.ask(request, shows: [own])
                #expect(listed.status == 200 && listed.text.contains("corp:worker-7"))
                #expect(try await secure.ask(request).status == 401)
                let other = try Form(names: [.dnsName("c.example")]).issued("c", by: secure.authorities.operators)
                let refused = try await secure.ask(request, shows: [other])
                #expect(refused.status == 401)
                #expect(refused.headers["www-authenticate"]?.contains("invalid_token") == true)
            }
            let whole = try Self.request(boundTo: [
                ("x5t#S256", try Self.thumbprint(client)), ("jkt", "planted"),
            ])
            #expect(try await secure.ask(whole, shows: [client]).status == 401)
            for value in ["", 7, "planted"] as [JSON] {
                let broken = try Self.request(boundTo: [("x5t#S256", value)])
                #expect(try await secure.ask(broken, shows: [client]).status == 401)
            }
        }
    }

    // MARK: - Where it listens

    @Test(arguments: ["0.0.0.0:8443", "[::]:8443", "192.168.1.5:1", "10.0.0.1:0"])
    func `beyond this machine it listens with TLS alone`(text: String) throws {
        #expect(throws: DoorAddress.Refusal.self) { try DoorAddress(text) }
        #expect(try DoorAddress(text, isSecure: true).description == text)
    }

    @Test(arguments: ["writ.example:8443", "0:1", "0.0.0.0", "256.0.0.1:1", "127.1:1", ":1"])
    func `what is no address is none with TLS either`(text: String) {
        #expect(throws: DoorAddress.Refusal.self) { try DoorAddress(text, isSecure: true) }
    }
}
