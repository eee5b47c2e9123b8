// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import WireTypes

/// A JWS in compact form (RFC 7515 §7.1) whose payload is one JSON object. Nothing in it counts before its signature has
/// been verified.
struct CompactJWS: Sendable {
    let header: JSONObject
    let payload: JSONObject
    /// The algorithm that it says it is signed with.
    let algorithm: TokenAlgorithm
    /// `typ`, in lower case: media types compare without case (RFC 2045 §5.1).
    let type: UTF8String?
    private let message: [UInt8]
    private let signature: [UInt8]

    /// Reads one. What its header says must be understood (`crit`) is refused, since nothing is.
    ///
    /// - Parameter what: what refusals call it.
    /// - Throws: `TokenRefusal` (`malformed`, `unsupported`).
    init(parsing bytes: [UInt8], called what: String) throws(TokenRefusal) {
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Self.decoded(parts[0]), let body = Self.decoded(parts[1]),
            let signature = Self.decoded(parts[2]), !signature.isEmpty
        else {
            throw TokenRefusal(
                .malformed, UTF8String("\(what) is not three parts of base64url with dots between"))
        }
        header = try Self.object(head, "\(what)'s header")
        guard header["crit"] == nil, header["b64"] == nil, header["zip"] == nil, header["enc"] == nil else {
            throw TokenRefusal(
                .unsupported, UTF8String("\(what)'s header asks for what is not understood here"))
        }
        guard let name = header["alg"]?.string,
            let algorithm = TokenAlgorithm.allCases.first(where: { TokenKey.names(of: $0).contains(name) })
        else {
            throw TokenRefusal(
                .unsupported, UTF8String("\(what)'s algorithm is none of EdDSA, ES256 and RS256"))
        }
        self.algorithm = algorithm
        type = try Self.optionalText(header, "typ", what).map(Self.lowercased)
        payload = try Self.object(body, "\(what)'s claims")
        message = Array(bytes[..<(parts[0].count + 1 + parts[1].count)])
        self.signature = signature
    }

    /// A text of the header.
    func text(_ key: UTF8String, _ what: String) throws(TokenRefusal) -> UTF8String? {
        try Self.optionalText(header, key, what)
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

    private static func optionalText(
        _ object: JSONObject, _ key: UTF8String, _ what: String
    ) throws(TokenRefusal) -> UTF8String? {
        guard let value = object[key] else { return nil }
        guard let text = value.string else {
            throw TokenRefusal(.malformed, UTF8String("\(what)'s header has a \(key) that is no text"))
        }
        return text
    }

    private static func lowercased(_ text: UTF8String) -> UTF8String {
        let bytes = text.bytes.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        return UTF8String(validating: bytes) ?? text
    }
}
