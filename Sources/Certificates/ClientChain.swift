// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import SwiftASN1
import WireTypes
import X509

/// The certificates that a client has shown, read.
struct ClientChain: Sendable {
    let leaf: Certificate
    /// SHA-256 of the client's own.
    let thumbprint: WireTypes.Digest
    private let others: [Certificate]

    /// `nil` for what are no certificates, or too many or too large.
    init?(_ chain: [[UInt8]]) {
        guard (1...CertificateLimits.chainMax).contains(chain.count),
            chain.allSatisfy({ $0.count <= CertificateLimits.certificateBytesMax })
        else { return nil }
        let certificates = chain.compactMap(Self.certificate)
        guard certificates.count == chain.count else { return nil }
        leaf = certificates[0]
        others = Array(certificates.dropFirst())
        thumbprint = WireTypes.Digest(SHA256.hash(data: chain[0]))
    }

    static func certificate(_ der: [UInt8]) -> Certificate? {
        do { return try Certificate(derEncoded: der) } catch { return nil }
    }

    static func isAuthority(_ certificate: Certificate) -> Bool {
        do {
            guard case .isCertificateAuthority = try certificate.extensions.basicConstraints else { return false }
            return try certificate.extensions.keyUsage?.keyCertSign ?? true
        } catch { return false }
    }

    /// The authority of a bundle that the chain leads to: every link signed by the next, every one of them an authority
    /// that may sign, all of them in their time (RFC 5280 §6).
    func anchor(in bundle: TrustBundle) async -> WireTypes.Digest? {
        var verifier = Verifier(rootCertificates: bundle.store) {
            RFC5280Policy()
            NamesAndUses()
        }
        let outcome = await verifier.validate(leaf: leaf, intermediates: CertificateStore(others))
        guard case .validCertificate(let path) = outcome, path.count >= 2, let root = path.last,
            path.dropFirst().allSatisfy(Self.isAuthority)
        else { return nil }
        return Self.digest(root)
    }

    var notBefore: Timestamp { Self.timestamp(leaf.notValidBefore) }
    var notAfter: Timestamp { Self.timestamp(leaf.notValidAfter) }

    private static func timestamp(_ date: Date) -> Timestamp {
        // Certificates end in the year 9999 at the latest.
        Timestamp(clamping: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    private static func digest(_ certificate: Certificate) -> WireTypes.Digest? {
        var serializer = DER.Serializer()
        do { try serializer.serialize(certificate) } catch { return nil }
        return WireTypes.Digest(SHA256.hash(data: serializer.serializedBytes))
    }
}

/// Says that names and uses are looked at: what nobody looks at must not be critical.
private struct NamesAndUses: VerifierPolicy {
    let verifyingCriticalExtensions: [ASN1ObjectIdentifier] = [
        .X509ExtensionID.subjectAlternativeName, .X509ExtensionID.extendedKeyUsage,
    ]

    mutating func chainMeetsPolicyRequirements(chain: UnverifiedCertificateChain) -> PolicyEvaluationResult {
        .meetsPolicy
    }
}
