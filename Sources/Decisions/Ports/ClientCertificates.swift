// SPDX-License-Identifier: Apache-2.0

public import Passports
public import WireTypes

/// Verifies the certificates that clients show when they connect. A door asks it once for every connection, and with each
/// request whether what it said still holds.
public protocol ClientCertificates: Sendable {
    /// Who a chain of certificates says the client is. That it has the key of the first, the handshake has shown.
    ///
    /// - Parameter chain: the certificates in DER, the client's own first.
    func verify(_ chain: [[UInt8]]) async -> Result<ClientCertificate, TokenRefusal>

    /// Whether one that was verified still counts: its time is not over, and who vouches for it is still trusted under the
    /// same words.
    func counts(_ certificate: ClientCertificate) -> Bool
}

/// A client's certificate, verified.
public struct ClientCertificate: Sendable {
    /// SHA-256 of it: what tokens are bound to as `x5t#S256` (RFC 8705 §3.1).
    public let thumbprint: Digest
    /// SHA-256 of the certificate that vouches for it.
    public let anchor: Digest
    /// When it ends.
    public let expiresAt: Timestamp
    /// What it says of its bearer, where it is an identity of its own (SPIFFE).
    public let credential: VerifiedCredential?

    /// Facts; whoever makes them has verified every one.
    package init(thumbprint: Digest, anchor: Digest, expiresAt: Timestamp, credential: VerifiedCredential?) {
        self.thumbprint = thumbprint
        self.anchor = anchor
        self.expiresAt = expiresAt
        self.credential = credential
    }
}
