// SPDX-License-Identifier: Apache-2.0

import Crypto
import CryptoExtras
public import Passports
public import StrictJSON
public import WireTypes

/// One public key of an issuer. What it is made of says which algorithm it is for; a token cannot choose.
public struct TokenKey: Sendable {
    /// The key's id, where the set gives it one.
    public let kid: UTF8String?
    /// RFC 7638's thumbprint.
    public let thumbprint: WireTypes.Digest
    /// The one algorithm that it verifies.
    public let algorithm: TokenAlgorithm
    private let material: Material

    private enum Material: Sendable {
        case ed25519(Curve25519.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case rsa(_RSA.Signing.PublicKey)
    }

    /// A key of a set; `nil` for one that is not for verifying tokens of this kind: of another type or use, too weak, or
    /// with its private half, which is nobody's secret any more.
    init?(_ jwk: JSON, of kind: TokenIssuer.Kind) {
        guard let object = jwk.object, Self.isForSigning(object, kind),
            !Self.privateMembers.contains(where: { object[$0] != nil })
        else { return nil }
        kid = object["kid"]?.string
        guard object["kid"] == nil || (kid.map { (1...CredentialLimits.kidBytesMax).contains($0.byteCount) } ?? false)
        else { return nil }
        let required: [(UTF8String, UTF8String)]
        switch object["kty"] {
        case "OKP":
            guard object["crv"] == "Ed25519", let x = object.bytes("x"), let point = Ed25519PublicKey(bytes: x),
                let key = Self.made({ try Curve25519.Signing.PublicKey(rawRepresentation: point.bytes) })
            else { return nil }
            (algorithm, material) = (.edDSA, .ed25519(key))
            required = [("crv", "Ed25519"), ("kty", "OKP"), ("x", object.text("x"))]
        case "EC":
            guard object["crv"] == "P-256", let x = object.bytes("x"), let y = object.bytes("y"), x.count == 32,
                y.count == 32,
                let key = Self.made({ try P256.Signing.PublicKey(x963Representation: [0x04] + x + y) })
            else { return nil }
            (algorithm, material) = (.es256, .p256(key))
            required = [("crv", "P-256"), ("kty", "EC"), ("x", object.text("x")), ("y", object.text("y"))]
        case "RSA":
            guard let n = object.bytes("n"), let e = object.bytes("e"), Self.isSound(modulus: n, exponent: e),
                let key = Self.made({ try _RSA.Signing.PublicKey(n: n, e: e) })
            else { return nil }
            (algorithm, material) = (.rs256, .rsa(key))
            required = [("e", object.text("e")), ("kty", "RSA"), ("n", object.text("n"))]
        default: return nil
        }
        guard Self.names(of: algorithm).contains(where: { object["alg"] == nil || object["alg"] == .string($0) }) else {
            return nil
        }
        // The members are in order, and base64url needs no escapes: this is RFC 7638's form.
        let members = required.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
        thumbprint = WireTypes.Digest(SHA256.hash(data: Array("{\(members)}".utf8)))
    }

    /// Whether a signature is this key's.
    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        switch material {
        case .ed25519(let key):
            return signature.count == 64 && key.isValidSignature(signature, for: message)
        case .p256(let key):
            guard signature.count == 64,
                let signature = Self.made({ try P256.Signing.ECDSASignature(rawRepresentation: signature) })
            else { return false }
            return key.isValidSignature(signature, for: message)
        case .rsa(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: message),
                padding: .insecurePKCS1v1_5)
        }
    }

    static func names(of algorithm: TokenAlgorithm) -> [UTF8String] {
        algorithm == .edDSA ? ["EdDSA", "Ed25519"] : [algorithm.wire]
    }

    /// RFC 7517 §4.2 and §4.3; SPIFFE marks its keys by a use of their own.
    private static func isForSigning(_ jwk: JSONObject, _ kind: TokenIssuer.Kind) -> Bool {
        let use = jwk["use"]
        guard use == nil || use == "sig" || (kind == .spiffe && use == "jwt-svid") else { return false }
        guard let operations = jwk["key_ops"] else { return true }
        return operations.array?.contains("verify") ?? false
    }

    private static let privateMembers: [UTF8String] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]

    private static func isSound(modulus: [UInt8], exponent: [UInt8]) -> Bool {
        // Leading zeros are no canonical form (RFC 7518 §6.3.1.1), and would hide how short it is.
        guard let first = modulus.first, first != 0, modulus.last.map({ $0 & 1 == 1 }) ?? false else { return false }
        let bits = modulus.count * 8 - first.leadingZeroBitCount
        guard CredentialLimits.modulusBits.contains(bits), let start = exponent.first, start != 0,
            exponent.count <= CredentialLimits.exponentBytesMax, exponent.last.map({ $0 & 1 == 1 }) ?? false
        else { return false }
        return exponent != [1]
    }

    private static func made<Made>(_ make: () throws -> Made) -> Made? {
        do { return try make() } catch { return nil }
    }
}

extension JSONObject {
    fileprivate func text(_ key: UTF8String) -> UTF8String { self[key]?.string ?? "" }

    fileprivate func bytes(_ key: UTF8String) -> [UInt8]? {
        self[key]?.string.flatMap { Base64URL.decode($0.string) }
    }
}
