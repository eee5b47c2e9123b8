// SPDX-License-Identifier: Apache-2.0

import Certificates
import Decisions
import Foundation
import Passports
import StrictJSON
import SwiftASN1
import Testing
import WireTypes
import X509

import struct Crypto.SHA256

/// Whose certificates are believed, and why the others are not.
@Suite struct CertificateTests {
    private static let usage = KeyUsage(digitalSignature: true)

    @Test func `a workload's certificate is the identity that its trust domain gave it`() async throws {
        let authorities = try Authorities()
        let leaf = try Form.workload("/ns/prod/sa/worker").issued("worker", by: authorities.example)
        let verifier = try authorities.verifier()
        let certificate = try await verifier.verify([try leaf.der]).get()
        let credential = try #require(certificate.credential)
        #expect(credential.facts.agentID == "spiffe://example.org/ns/prod/sa/worker")
        #expect(credential.facts.kind == .spiffeX509 && credential.facts.issuer == "mesh")
        #expect(credential.facts.proof == .mtls && credential.facts.assurance == .l2)
        #expect(credential.facts.capabilities.map(\.id) == ["mcp.tool.execute"])
        #expect(certificate.thumbprint == Digest(SHA256.hash(data: try leaf.der)))
        #expect(certificate.anchor == Digest(SHA256.hash(data: try authorities.example.der)))
        #expect(verifier.counts(certificate))
    }

    @Test func `a chain through an authority of the domain is followed, and names may be critical`() async throws {
        let authorities = try Authorities()
        let middle = try Form.authority.issued("middle", by: authorities.example)
        let leaf = try Form.workload().with { $0.isCritical = true }.issued("", by: middle)
        let verifier = try authorities.verifier()
        #expect(await verifier.verify([try leaf.der, try middle.der]).success?.credential != nil)
        #expect(await verifier.verify([try leaf.der]).failure?.code == .badSignature)
        let bundle: JSON = ["keys": [["use": "x509-svid", "x5c": [.text(Base64.encode(try authorities.example.der))]]]]
        let text = String(decoding: bundle.serialized(), as: UTF8.self)
        let json = try authorities.verifier(files: ["example.org.pem": text])
        #expect(await json.verify([try leaf.der, try middle.der]).success?.credential != nil)
    }

    /// A chain that is not to be believed.
    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let code: TokenRefusal.Code
        let chain: @Sendable (Authorities) throws -> [Issued]
    }

    static let bad: [Bad] = [
        Bad(testDescription: "of a trust domain that is not trusted", code: .untrustedIssuer) {
            [try Form.workload(domain: "third.org").issued("w", by: $0.example)]
        },
        Bad(testDescription: "signed by another trust domain's authority", code: .badSignature) {
            [try Form.workload().issued("w", by: $0.other)]
        },
        Bad(testDescription: "through an authority of another trust domain", code: .badSignature) {
            let middle = try Form.authority.issued("middle", by: $0.other)
            return [try Form.workload().issued("w", by: middle), middle]
        },
        Bad(testDescription: "signed by the operator's authority of clients", code: .badSignature) {
            [try Form.workload().issued("w", by: $0.operators)]
        },
        Bad(testDescription: "self-signed", code: .badSignature) { _ in [try Form.workload().issued("w")] },
        Bad(testDescription: "self-signed under the authority's name", code: .badSignature) { _ in
            let own = try Form.authority.issued("example.org")
            return [try Form.workload().issued("w", by: own), own]
        },
        Bad(testDescription: "expired", code: .badSignature) {
            let form = Form.workload().with { ($0.from, $0.until) = (-7200, -3600) }
            return [try form.issued("w", by: $0.example)]
        },
        Bad(testDescription: "not valid yet", code: .badSignature) {
            let form = Form.workload().with { ($0.from, $0.until) = (3600, 7200) }
            return [try form.issued("w", by: $0.example)]
        },
        Bad(testDescription: "through an authority that has expired", code: .badSignature) {
            let form = Form.authority.with { ($0.from, $0.until) = (-7200, -3600) }
            let middle = try form.issued("middle", by: $0.example)
            return [try Form.workload().issued("w", by: middle), middle]
        },
        Bad(testDescription: "signed by one that is no authority", code: .badSignature) {
            let middle = try Form.workload("/middle").issued("middle", by: $0.example)
            return [try Form.workload().issued("w", by: middle), middle]
        },
        Bad(testDescription: "signed by an authority that may not sign certificates", code: .badSignature) {
            let form = Form.authority.with { $0.usage = KeyUsage(digitalSignature: true) }
            let middle = try form.issued("middle", by: $0.example)
            return [try Form.workload().issued("w", by: middle), middle]
        },
        Bad(testDescription: "with two SPIFFE ids", code: .claims) {
            let form = Form.workload().with { $0.names.append(.uniformResourceIdentifier("spiffe://example.org/root")) }
            return [try form.issued("w", by: $0.example)]
        },
        Bad(testDescription: "with a SPIFFE id and another URI", code: .claims) {
            let form = Form.workload().with { $0.names.insert(.uniformResourceIdentifier("https://a.example"), at: 0) }
            return [try form.issued("w", by: $0.example)]
        },
        Bad(testDescription: "without names", code: .untrustedIssuer) {
            [try Form().issued("spiffe://example.org/worker", by: $0.example)]
        },
        Bad(testDescription: "with a SPIFFE id as a host's name", code: .untrustedIssuer) {
            [try Form(names: [.dnsName("spiffe://example.org/worker")]).issued("w", by: $0.example)]
        },
        Bad(testDescription: "with a SPIFFE id without a path", code: .claims) {
            [try Form.workload("").issued("w", by: $0.example)]
        },
        Bad(testDescription: "with a SPIFFE id that leads up", code: .claims) {
            [try Form.workload("/a/../b").issued("w", by: $0.example)]
        },
        Bad(testDescription: "with a SPIFFE id in capitals", code: .claims) {
            [try Form(names: [.uniformResourceIdentifier("SPIFFE://example.org/w")]).issued("w", by: $0.example)]
        },
        Bad(testDescription: "that is an authority's", code: .claims) {
            [try Form.workload().with { $0.isAuthority = true }.issued("w", by: $0.example)]
        },
        Bad(testDescription: "that is not for signatures", code: .claims) {
            [try Form.workload().with { $0.usage = KeyUsage(keyEncipherment: true) }.issued("w", by: $0.example)]
        },
        Bad(testDescription: "that does not say what its key is for", code: .claims) {
            [try Form.workload().with { $0.usage = nil }.issued("w", by: $0.example)]
        },
        Bad(testDescription: "that may sign certificates", code: .claims) {
            let form = Form.workload().with { $0.usage = KeyUsage(digitalSignature: true, keyCertSign: true) }
            return [try form.issued("w", by: $0.example)]
        },
        Bad(testDescription: "for servers alone", code: .claims) {
            [try Form.workload().with { $0.uses = [.serverAuth] }.issued("w", by: $0.example)]
        },
        Bad(testDescription: "that is valid for longer than is accepted", code: .time) {
            [try Form.workload().with { $0.until = 2 * 86_400 }.issued("w", by: $0.example)]
        },
        Bad(testDescription: "behind four that do not belong to it and one more", code: .malformed) {
            let leaf = try Form.workload().issued("w", by: $0.example)
            return [leaf] + Array(repeating: leaf, count: 5)
        },
        Bad(testDescription: "the authority's own", code: .untrustedIssuer) { [$0.example] },
    ]

    @Test(arguments: bad) func `a certificate is refused that is`(_ bad: Bad) async throws {
        let authorities = try Authorities()
        let chain = try bad.chain(authorities).map { try $0.der }
        let verifier = try authorities.verifier()
        #expect(await verifier.verify(chain).failure?.code == bad.code)
    }

    @Test func `bytes that are no certificate are refused`() async throws {
        let verifier = try Authorities().verifier()
        for chain in [[], [[]], [[0x30]], [Array("-----BEGIN CERTIFICATE-----".utf8)]] as [[[UInt8]]] {
            #expect(await verifier.verify(chain).failure?.code == .malformed)
        }
    }

    @Test func `a certificate of no workload counts under the operator's authorities, and is nobody's identity`()
        async throws
    {
        let authorities = try Authorities()
        let leaf = try Form(names: [.dnsName("client.example")]).issued("client", by: authorities.operators)
        let verifier = try authorities.verifier(clients: true)
        let certificate = try await verifier.verify([try leaf.der]).get()
        #expect(certificate.credential == nil && verifier.counts(certificate))
        #expect(await (try authorities.verifier()).verify([try leaf.der]).failure?.code == .untrustedIssuer)
        let stranger = try Form(names: [.dnsName("client.example")]).issued("client", by: authorities.example)
        #expect(await verifier.verify([try stranger.der]).failure?.code == .badSignature)
    }

    @Test func `what was believed counts no more when its authority, its issuer or its issuer's words are gone`()
        async throws
    {
        let authorities = try Authorities()
        let leaf = try Form.workload().issued("w", by: authorities.example)
        let certificate = try await authorities.verifier().verify([try leaf.der]).get()
        #expect(try authorities.verifier().counts(certificate))
        #expect(!(try authorities.verifier(files: ["example.org.pem": authorities.other.pem])).counts(certificate))
        #expect(!(try authorities.verifier(files: ["example.org.pem": "planted"])).counts(certificate))
        #expect(!(try authorities.verifier(issuers: [])).counts(certificate))
        let stricter = try Authorities.issuer("mesh", "example.org", lifetime: 60_000)
        #expect(!(try authorities.verifier(issuers: [stricter])).counts(certificate))
    }

    @Test(arguments: ["", "planted", #"{"keys":[]}"#, #"{"keys":[{"use":"x509-svid"}]}"#, "{"])
    func `a bundle without authorities vouches for nobody`(text: String) async throws {
        let authorities = try Authorities()
        let leaf = try Form.workload().issued("w", by: authorities.example)
        let verifier = try authorities.verifier(files: ["example.org.pem": text])
        #expect(await verifier.verify([try leaf.der]).failure?.code == .keysUnavailable)
    }
}

extension Result {
    /// The success, or `nil`.
    var success: Success? { if case .success(let success) = self { success } else { nil } }
}
