// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import Passports
import StrictJSON
import Synchronization
public import WireTypes

/// Verifies clients' certificates: a workload's (SPIFFE X509-SVID) against the bundle of its own trust domain and no other,
/// any other against the authorities that the operator names for clients.
public final class CertificateVerifier: ClientCertificates {
    /// Why a bundle cannot be had: for the operator.
    public struct Unreadable: Error, Sendable {
        /// What is wrong.
        public let text: String

        /// A reason.
        public init(_ text: String) { self.text = text }
    }

    /// Reads a file of at most `CertificateLimits.bundleBytesMax` bytes by the name that the configuration has.
    public typealias Reader = @Sendable (String) -> Result<[UInt8], Unreadable>

    private struct Known {
        var at: Int64
        var bundle: TrustBundle?
        var failure: String?
    }

    private let bundles = Mutex<[String: Known]>([:])
    private let trusted: @Sendable () -> TokenIssuers
    private let clients: String?
    private let now: @Sendable () -> Timestamp
    private let clock: @Sendable () -> Int64
    private let note: @Sendable (String) -> Void
    private let read: Reader

    /// A verifier.
    ///
    /// - Parameters:
    ///   - trusted: the issuers in force.
    ///   - clients: the file with the authorities of clients that are no workloads; without it there are none.
    ///   - clock: milliseconds that only rise.
    ///   - note: takes lines for the operator: why a file has no authorities, once.
    public init(
        trusted: @escaping @Sendable () -> TokenIssuers, clients: String? = nil,
        now: @escaping @Sendable () -> Timestamp, clock: @escaping @Sendable () -> Int64,
        note: @escaping @Sendable (String) -> Void = { _ in }, read: @escaping Reader
    ) {
        self.trusted = trusted
        self.clients = clients
        self.now = now
        self.clock = clock
        self.note = note
        self.read = read
    }

    /// Who a chain of certificates says the client is.
    public func verify(_ chain: [[UInt8]]) async -> Result<ClientCertificate, TokenRefusal> {
        guard let chain = ClientChain(chain) else {
            return .failure(TokenRefusal(.malformed, "the certificates cannot be read, or are too many"))
        }
        do throws(TokenRefusal) {
            switch chain.name {
            case .broken(let text): throw TokenRefusal(.claims, text)
            case .workload(let id): return .success(try await workload(id, chain))
            case .none: return .success(try await client(chain))
            }
        } catch { return .failure(error) }
    }

    /// Whether one that was verified still counts.
    public func counts(_ certificate: ClientCertificate) -> Bool {
        guard now() < certificate.expiresAt else { return false }
        guard let credential = certificate.credential else {
            return clients.flatMap(bundle)?.contains(certificate.anchor) ?? false
        }
        guard let issuer = trusted()[credential.facts.issuer], issuer.rules == credential.facts.rules else {
            return false
        }
        return bundle(of: issuer)?.contains(certificate.anchor) ?? false
    }

    private func workload(_ id: SPIFFEID, _ chain: ClientChain) async throws(TokenRefusal) -> ClientCertificate {
        guard let issuer = trusted()[certificates: id.trustDomain] else {
            throw TokenRefusal(.untrustedIssuer, "the certificate is of a trust domain that is not trusted here")
        }
        guard let bundle = bundle(of: issuer) else {
            throw TokenRefusal(.keysUnavailable, "the authorities of the certificate's trust domain cannot be had")
        }
        guard let anchor = await chain.anchor(in: bundle) else { throw Self.unsigned }
        let lifetime = issuer.lifetimeMilliseconds + TokenLimits.skewMilliseconds
        guard chain.notAfter <= chain.notBefore.adding(milliseconds: lifetime) else {
            throw TokenRefusal(.time, "the certificate is valid for longer than is accepted of its trust domain")
        }
        guard case .text(let owner) = issuer.owner, case .fixed(let names) = issuer.capabilities else {
            throw TokenRefusal(.claims, "a certificate has no claims")
        }
        do throws(PassportError) {
            var capabilities: [Capability] = []
            for name in names { capabilities.append(try Capability(name)) }
            let facts = CredentialFacts(
                kind: .spiffeX509, issuer: issuer.name, rules: issuer.rules, subject: id.text, agentID: id.text,
                ownerID: owner, audience: [], capabilities: capabilities, limits: issuer.limits,
                regions: issuer.regions, assurance: issuer.assurance, notBefore: chain.notBefore,
                expiresAt: chain.notAfter, token: chain.thumbprint, key: anchor, proof: .mtls)
            return ClientCertificate(
                thumbprint: chain.thumbprint, anchor: anchor, expiresAt: chain.notAfter,
                credential: try VerifiedCredential(facts))
        } catch { throw TokenRefusal(.claims, "what the issuer's settings say cannot be written exactly") }
    }

    private func client(_ chain: ClientChain) async throws(TokenRefusal) -> ClientCertificate {
        guard let clients else {
            throw TokenRefusal(.untrustedIssuer, "the certificate names no workload")
        }
        guard let bundle = bundle(clients) else {
            throw TokenRefusal(.keysUnavailable, "the authorities of clients cannot be had")
        }
        guard let anchor = await chain.anchor(in: bundle) else { throw Self.unsigned }
        return ClientCertificate(
            thumbprint: chain.thumbprint, anchor: anchor, expiresAt: chain.notAfter, credential: nil)
    }

    private static let unsigned = TokenRefusal(
        .badSignature, "the certificate does not lead to an authority that is trusted for it, or its time is not now")

    private func bundle(of issuer: TokenIssuer) -> TrustBundle? {
        if case .file(let path) = issuer.keys { bundle(path) } else { nil }
    }

    private func bundle(_ path: String) -> TrustBundle? {
        bundles.withLock { bundles in
            let now = clock()
            if let known = bundles[path], now - known.at < CertificateLimits.lookMilliseconds { return known.bundle }
            if bundles.count > TokenLimits.issuersMax + 1 { bundles = [:] }
            var known = Known(at: now)
            switch read(path) {
            case .failure(let failure): known.failure = failure.text
            case .success(let bytes):
                do throws(TrustBundle.Failure) { known.bundle = try TrustBundle(bytes) } catch {
                    known.failure = "\(path): \(error.text)"
                }
            }
            if let failure = known.failure, bundles[path]?.failure != failure {
                note("writ: authorities of clients cannot be had: \(failure)")
            }
            bundles[path] = known
            return known.bundle
        }
    }
}
