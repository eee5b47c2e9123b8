// SPDX-License-Identifier: Apache-2.0

import Crypto
public import Passports
public import StrictJSON
public import WireTypes

/// A token as it was presented: a JWS in compact form (RFC 7515 §7.1) whose payload is claims (RFC 7519). Nothing in it
/// counts before `verified(by:keys:at:)`.
///
/// Of the header `alg`, `kid` and `typ` are read. Keys, certificates and addresses in it (`jwk`, `jku`, `x5c`, `x5u`) are
/// as if they were not there; what it says must be understood (`crit`) is refused, since nothing is.
public struct SignedToken: Sendable {
    /// The algorithm that it says it is signed with.
    public let algorithm: TokenAlgorithm
    /// Which of the issuer's keys, where it says so.
    public let kid: UTF8String?
    /// SHA-256 of the whole token.
    public let digest: WireTypes.Digest
    private let jws: CompactJWS

    /// Reads a token.
    ///
    /// - Throws: `TokenRefusal` (`malformed`, `unsupported`).
    public init(parsing bytes: [UInt8]) throws(TokenRefusal) {
        guard bytes.count <= TokenLimits.tokenBytesMax else {
            throw TokenRefusal(.malformed, "the token is too long")
        }
        jws = try CompactJWS(parsing: bytes, called: "the token")
        algorithm = jws.algorithm
        kid = try jws.text("kid", "the token")
        digest = WireTypes.Digest(SHA256.hash(data: bytes))
    }

    var type: UTF8String? { jws.type }
    var claims: JSONObject { jws.payload }

    /// The issuer that the token names, as far as the configuration has it: by `iss`, else by the trust domain of a
    /// SPIFFE id in `sub`.
    ///
    /// - Throws: `TokenRefusal` (`untrustedIssuer`).
    public func issuer(among issuers: TokenIssuers) throws(TokenRefusal) -> TokenIssuer {
        if let iss = claims["iss"]?.string, let issuer = issuers[oauth: iss] { return issuer }
        if let id = claims["sub"]?.string.flatMap(SPIFFEID.init), let issuer = issuers[spiffe: id.trustDomain] {
            return issuer
        }
        throw TokenRefusal(.untrustedIssuer, "no issuer in the configuration gives such tokens")
    }

    /// Whether the signature is a key's.
    func isSigned(by key: TokenKey) -> Bool { jws.isSigned(by: key) }
}
