// SPDX-License-Identifier: Apache-2.0

import Crypto
import Decisions
import Passports
import StrictJSON
import WireTypes

/// A proof as it was sent (RFC 9449 §4.2): a JWS by the key in its own header, over the method and URL of one request.
struct DPoPProof {
    /// The key's RFC 7638 thumbprint.
    let key: WireTypes.Digest
    /// SHA-256 of `jti`.
    let id: WireTypes.Digest
    /// `nonce`.
    let nonce: UTF8String?
    private let method: UTF8String
    private let url: UTF8String
    private let credential: WireTypes.Digest
    private let issuedAt: Timestamp

    /// Reads a proof whose signature is that of the key in its header.
    ///
    /// - Throws: `TokenRefusal`.
    init(parsing bytes: [UInt8]) throws(TokenRefusal) {
        guard bytes.count <= CredentialLimits.proofBytesMax else {
            throw TokenRefusal(.malformed, "the proof is too long")
        }
        let jws = try CompactJWS(parsing: bytes, called: "the proof")
        guard jws.type == "dpop+jwt" else {
            throw TokenRefusal(.unsupported, "the proof's type is not dpop+jwt")
        }
        // A private half in it makes it no key: it would be nobody's secret any more.
        guard let jwk = jws.header["jwk"], let key = TokenKey(jwk, of: .oauth) else {
            throw TokenRefusal(.unknownKey, "the proof's header has no public key that it can be verified with")
        }
        guard key.algorithm == jws.algorithm else {
            throw TokenRefusal(.badSignature, "the proof's algorithm is not that of its key")
        }
        self.key = key.thumbprint
        guard let jti = jws.payload["jti"]?.string, (1...CredentialLimits.proofIDBytesMax).contains(jti.byteCount)
        else {
            throw TokenRefusal(.claims, "the proof's jti is missing, empty or too long")
        }
        id = WireTypes.Digest(SHA256.hash(data: jti.bytes))
        guard let method = jws.payload["htm"]?.string, let url = jws.payload["htu"]?.string else {
            throw TokenRefusal(.claims, "the proof does not say which method and URL it is for (htm, htu)")
        }
        (self.method, self.url) = (method, url)
        guard let digest = jws.payload["ath"]?.string.flatMap({ WireTypes.Digest(base64URL: $0.string) }) else {
            throw TokenRefusal(.claims, "the proof does not say which credential it is for (ath)")
        }
        credential = digest
        guard let seconds = jws.payload["iat"]?.number?.double, (0...253_402_300_799).contains(seconds) else {
            throw TokenRefusal(.time, "the proof does not say when it was made (iat)")
        }
        issuedAt = Timestamp(clamping: Int64(seconds * 1000))
        if let nonce = jws.payload["nonce"] {
            guard let text = nonce.string else { throw TokenRefusal(.claims, "the proof's nonce is no text") }
            self.nonce = text
        } else {
            nonce = nil
        }
        guard jws.isSigned(by: key) else {
            throw TokenRefusal(.badSignature, "the proof's signature is not that of its key")
        }
    }

    /// The first moment at which it is stale, in milliseconds since 1970.
    var end: Int64 { issuedAt.adding(milliseconds: CredentialLimits.proofMilliseconds + 1).milliseconds }

    /// Why it is no proof of a request at a moment; `nil` where it is.
    func refusal(of request: ProvedRequest, at now: Timestamp) -> UTF8String? {
        guard method == request.method else { return "the proof is for another method" }
        guard let url = ProofURL.canonical(url), request.urls.contains(where: { ProofURL.canonical($0) == url }) else {
            return "the proof is for another URL"
        }
        guard credential == WireTypes.Digest(SHA256.hash(data: request.credential)) else {
            return "the proof is for another credential"
        }
        guard now.milliseconds < end else { return "the proof is too old" }
        guard issuedAt <= now.adding(milliseconds: TokenLimits.skewMilliseconds) else {
            return "the proof was made in the future"
        }
        return nil
    }
}

/// URLs as proofs are compared by them (RFC 9449 §4.3): without query and fragment, scheme and host in lower case, without
/// the scheme's own port.
enum ProofURL {
    static func canonical(_ url: UTF8String) -> UTF8String? {
        let bytes = url.bytes
        guard bytes.count <= CredentialLimits.proofURLBytesMax,
            let scheme = [Array("https://".utf8), Array("http://".utf8)].first(where: {
                lowercased(bytes.prefix($0.count)) == $0
            })
        else { return nil }
        let rest = bytes.dropFirst(scheme.count).prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        var authority = lowercased(rest.prefix { $0 != UInt8(ascii: "/") })
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else { return nil }
        let port = Array((scheme.count == 8 ? ":443" : ":80").utf8)
        if authority.suffix(port.count).elementsEqual(port) { authority.removeLast(port.count) }
        let path = rest.drop { $0 != UInt8(ascii: "/") }
        return UTF8String(validating: scheme + authority + (path.isEmpty ? [UInt8(ascii: "/")] : Array(path)))
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    }
}
