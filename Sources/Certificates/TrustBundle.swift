// SPDX-License-Identifier: Apache-2.0

import Crypto
import StrictJSON
import SwiftASN1
import WireTypes
import X509

/// The authorities of a trust domain or of an operator: certificates in PEM, or a SPIFFE bundle (a JSON Web Key Set whose
/// keys of the use `x509-svid` have their certificate in `x5c`).
struct TrustBundle: Sendable {
    let store: CertificateStore
    private let anchors: Set<WireTypes.Digest>

    struct Failure: Error {
        let text: String
    }

    /// - Throws: `Failure` where it is neither, has a certificate that cannot be read, or none of an authority.
    init(_ bytes: [UInt8]) throws(Failure) {
        let encoded =
            bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
            ? try Self.json(bytes) : try Self.pem(bytes)
        guard encoded.count <= CertificateLimits.anchorsMax else {
            throw Failure(
                text: "it has \(encoded.count) certificates; at most \(CertificateLimits.anchorsMax) are read")
        }
        var authorities: [Certificate] = []
        var anchors: Set<WireTypes.Digest> = []
        for der in encoded {
            guard let certificate = ClientChain.certificate(der) else {
                throw Failure(text: "it has a certificate that cannot be read")
            }
            // What is no authority vouches for nobody.
            guard ClientChain.isAuthority(certificate) else { continue }
            authorities.append(certificate)
            anchors.insert(WireTypes.Digest(SHA256.hash(data: der)))
        }
        guard !authorities.isEmpty else { throw Failure(text: "it has no certificate of an authority") }
        store = CertificateStore(authorities)
        self.anchors = anchors
    }

    func contains(_ anchor: WireTypes.Digest) -> Bool { anchors.contains(anchor) }

    private static func pem(_ bytes: [UInt8]) throws(Failure) -> [[UInt8]] {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Failure(text: "it is no text") }
        do {
            return try PEMDocument.parseMultiple(pemString: text).filter { $0.discriminator == "CERTIFICATE" }
                .map(\.derBytes)
        } catch { throw Failure(text: "it is no PEM") }
    }

    private static func json(_ bytes: [UInt8]) throws(Failure) -> [[UInt8]] {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: CertificateLimits.bundle) } catch {
            throw Failure(text: "it is not one strict JSON document (line \(error.line))")
        }
        guard let keys = json["keys"]?.array else { throw Failure(text: "it has no list `keys`") }
        var encoded: [[UInt8]] = []
        for key in keys where key["use"] == "x509-svid" {
            // One certificate, and it is the authority's (SPIFFE Trust Domain and Bundle, §6.2).
            guard let chain = key["x5c"]?.array, chain.count == 1, let text = chain[0].string?.string,
                let der = Base64.decode(text)
            else { throw Failure(text: "it has a key for X.509-SVIDs without its one certificate") }
            encoded.append(der)
        }
        return encoded
    }
}
