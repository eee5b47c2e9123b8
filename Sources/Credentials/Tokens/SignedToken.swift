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
    let type: UTF8String?
    let claims: JSONObject
    private let message: [UInt8]
    private let signature: [UInt8]

    /// Reads a token.
    ///
    /// - Throws: `TokenRefusal` (`malformed`, `unsupported`).
    public init(parsing bytes: [UInt8]) throws(TokenRefusal) {
        guard bytes.count <= TokenLimits.tokenBytesMax else {
            throw TokenRefusal(.malformed, "the token is too long")
        }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.decoded(parts[0]), let payload = Self.decoded(parts[1]),
            let signature = Self.decoded(parts[2]), !signature.isEmpty
        else { throw TokenRefusal(.malformed, "the token is not three parts of base64url with dots between") }
        let head = try Self.object(header, "the token's header")
        guard head["crit"] == nil, head["b64"] == nil, head["zip"] == nil, head["enc"] == nil else {
            throw TokenRefusal(.unsupported, "the token's header asks for what is not understood here")
        }
        guard let name = head["alg"]?.string,
            let algorithm = TokenAlgorithm.allCases.first(where: { TokenKey.names(of: $0).contains(name) })
        else { throw TokenRefusal(.unsupported, "the token's algorithm is none of EdDSA, ES256 and RS256") }
        self.algorithm = algorithm
        kid = try Self.optionalText(head, "kid")
        type = try Self.optionalText(head, "typ").map(Self.lowercased)
        claims = try Self.object(payload, "the token's claims")
        message = Array(bytes[..<(parts[0].count + 1 + parts[1].count)])
        self.signature = signature
        digest = WireTypes.Digest(SHA256.hash(data: bytes))
    }

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
    func isSigned(by key: TokenKey) -> Bool { key.verifies(signature, of: message) }

    private static func decoded(_ part: ArraySlice<UInt8>) -> [UInt8]? {
        Base64URL.decode(String(decoding: part, as: UTF8.self))
    }

    private static func object(_ bytes: [UInt8], _ what: String) throws(TokenRefusal) -> JSONObject {
        do throws(JSONError) {
            if let object = try JSON(parsing: bytes, limits: CredentialLimits.token).object { return object }
        } catch {}
        throw TokenRefusal(.malformed, UTF8String("\(what) is not one strict JSON object"))
    }

    private static func optionalText(_ object: JSONObject, _ key: UTF8String) throws(TokenRefusal) -> UTF8String? {
        guard let value = object[key] else { return nil }
        guard let text = value.string else {
            throw TokenRefusal(.malformed, UTF8String("the token's header has a \(key) that is no text"))
        }
        return text
    }

    /// Media types compare without case (RFC 2045 §5.1).
    private static func lowercased(_ text: UTF8String) -> UTF8String {
        let bytes = text.bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        return UTF8String(validating: bytes) ?? text
    }
}
