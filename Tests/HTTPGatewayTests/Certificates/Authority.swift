// SPDX-License-Identifier: Apache-2.0

import Certificates
import Crypto
import Foundation
import Passports
import StrictJSON
import SwiftASN1
import WireTypes
import X509

/// A certificate of these tests, with its key and who has signed it.
struct Issued {
    let certificate: Certificate
    let key: Certificate.PrivateKey
    let name: DistinguishedName

    var der: [UInt8] {
        get throws {
            var serializer = DER.Serializer()
            try serializer.serialize(certificate)
            return serializer.serializedBytes
        }
    }

    var pem: String { get throws { PEMDocument(type: "CERTIFICATE", derBytes: try der).pemString } }
}

/// What a certificate is to say.
struct Form {
    var names: [GeneralName] = []
    var isAuthority = false
    var usage: KeyUsage? = KeyUsage(digitalSignature: true)
    var uses: [ExtendedKeyUsage.Usage]? = [.clientAuth, .serverAuth]
    /// From now, in seconds.
    var from: TimeInterval = -60
    var until: TimeInterval = 3600
    /// Whether the names are critical, as they are where the subject is empty.
    var isCritical = false

    static func workload(_ path: String = "/worker", domain: String = "example.org") -> Form {
        Form(names: [.uniformResourceIdentifier("spiffe://\(domain)\(path)")])
    }

    static var authority: Form {
        Form(isAuthority: true, usage: KeyUsage(keyCertSign: true, cRLSign: true), uses: nil, until: 86_400)
    }

    func with(_ change: (inout Form) -> Void) -> Form {
        var form = self
        change(&form)
        return form
    }

    /// Signed by another, or by itself.
    func issued(_ common: String, by issuer: Issued? = nil) throws -> Issued {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = isCritical ? DistinguishedName() : try DistinguishedName { CommonName(common) }
        let now = Date()
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: now.addingTimeInterval(from), notValidAfter: now.addingTimeInterval(until),
            issuer: issuer?.name ?? name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try extensions(), issuerPrivateKey: issuer?.key ?? key)
        return Issued(certificate: certificate, key: key, name: name)
    }

    private func extensions() throws -> Certificate.Extensions {
        var all: [Certificate.Extension] = []
        let constraints: BasicConstraints =
            isAuthority ? .isCertificateAuthority(maxPathLength: nil) : .notCertificateAuthority
        all.append(try Certificate.Extension(constraints, critical: true))
        if let usage { all.append(try Certificate.Extension(usage, critical: true)) }
        if let uses { all.append(try Certificate.Extension(try ExtendedKeyUsage(uses), critical: false)) }
        if !names.isEmpty {
            all.append(try Certificate.Extension(SubjectAlternativeNames(names), critical: isCritical))
        }
        return try Certificate.Extensions(all)
    }
}

/// Authorities of two trust domains and of an operator, each in a file of its own.
struct Authorities {
    let example: Issued
    let other: Issued
    let operators: Issued

    init() throws {
        example = try Form.authority.issued("example.org")
        other = try Form.authority.issued("other.org")
        operators = try Form.authority.issued("operator")
    }

    static func issuer(_ name: UTF8String, _ domain: UTF8String, lifetime: Int64 = 86_400_000) throws -> TokenIssuer {
        try TokenIssuer(
            name: name, kind: .spiffeX509, identifier: domain, keys: .file("\(domain).pem"), assurance: .l2,
            capabilities: .fixed(["mcp.tool.execute"]), lifetimeMilliseconds: lifetime)
    }

    /// A verifier that trusts both domains, and the operator's clients where that is said.
    func verifier(
        clients: Bool = false, issuers: [TokenIssuer]? = nil, clock: @escaping @Sendable () -> Int64 = { 0 },
        files changed: [String: String] = [:]
    ) throws -> CertificateVerifier {
        let trusted = try TokenIssuers(
            issuers ?? [Self.issuer("mesh", "example.org"), Self.issuer("others", "other.org")])
        var files = [
            "example.org.pem": try example.pem, "other.org.pem": try other.pem, "clients.pem": try operators.pem,
        ]
        files.merge(changed) { $1 }
        let all = files
        return CertificateVerifier(
            trusted: { trusted }, clients: clients ? "clients.pem" : nil, now: { .now }, clock: clock
        ) { path in
            all[path].map { .success(Array($0.utf8)) } ?? .failure(CertificateVerifier.Unreadable("no \(path)"))
        }
    }
}
