// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// An Ed25519 key as a JSON Web Key (RFC 8037 §2): raw bytes and JSON, no cryptography.
///
/// Reading is strict: `kty` is `OKP`, `crv` is `Ed25519`, `x` (and `d`) are 32 bytes of base64url; `kid`, `alg` and
/// `use` may be there; anything else is an error, because a key file with members we ignore may mean what we do not.
/// That `d` belongs to `x`, and `kid` to the thumbprint, is checked by whoever has the cryptography.
public struct Ed25519JWK: Sendable, Equatable {
    /// The public half.
    public let publicKey: Ed25519PublicKey
    /// The private half (RFC 8032's seed, 32 bytes), where the JWK holds it.
    public let seed: [UInt8]?
    /// The JWK's `kid`, where it has one; normally the RFC 7638 thumbprint.
    public let kid: UTF8String?

    /// Why a JWK was refused. Messages never hold a member's value.
    public enum Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// The document is no JSON object.
        case notAnObject
        /// A member is missing, of the wrong type or not the value it must have.
        case invalid(member: UTF8String)
        /// A member that this kind of key does not have.
        case unknown(member: UTF8String)

        /// For people.
        public var description: String {
            switch self {
            case .notAnObject: "a JWK is a JSON object"
            case .invalid(let member): "the JWK's member \"\(member)\" is missing or not an Ed25519 key's"
            case .unknown(let member): "an Ed25519 JWK has no member \"\(member)\""
            }
        }
    }

    /// A key from its parts, or `nil` where the seed has not 32 bytes.
    public init?(publicKey: Ed25519PublicKey, seed: [UInt8]? = nil, kid: UTF8String? = nil) {
        guard seed == nil || seed?.count == 32 else { return nil }
        self.publicKey = publicKey
        self.seed = seed
        self.kid = kid
    }

    /// Reads a JWK.
    ///
    /// - Throws: `Failure` for anything but a strict RFC 8037 Ed25519 key.
    public init(_ json: JSON) throws(Failure) {
        guard let object = json.object else { throw .notAnObject }
        for key in object.keys where !Self.members.contains(key) { throw .unknown(member: key) }
        for (key, value) in Self.fixed {
            guard object[key] == value || (object[key] == nil && key == "alg") else { throw .invalid(member: key) }
        }
        guard object["use"] == nil || object["use"] == "sig" else { throw .invalid(member: "use") }
        guard let x = object["x"]?.string.flatMap({ Base64URL.decode($0.string) }), let key = Ed25519PublicKey(bytes: x)
        else { throw .invalid(member: "x") }
        publicKey = key
        if let value = object["d"] {
            guard let bytes = value.string.flatMap({ Base64URL.decode($0.string) }), bytes.count == 32 else {
                throw .invalid(member: "d")
            }
            seed = bytes
        } else {
            seed = nil
        }
        if let value = object["kid"] {
            guard let text = value.string, (1...256).contains(text.byteCount) else { throw .invalid(member: "kid") }
            kid = text
        } else {
            kid = nil
        }
    }

    /// The JWK without the private half.
    public var publicJSON: JSON {
        var json: JSONObject = JSONObject()
        json["kty"] = "OKP"
        json["crv"] = "Ed25519"
        json["x"] = .text(Base64URL.encode(publicKey.bytes))
        json["kid"] = kid.map { .string($0) }
        return .object(json)
    }

    /// The whole JWK, with the private half where there is one. It belongs in files that only their owner can read.
    public var privateJSON: JSON {
        guard var json = publicJSON.object else { return publicJSON }
        json["d"] = seed.map { .text(Base64URL.encode($0)) }
        return .object(json)
    }

    /// What RFC 7638 §3 hashes with SHA-256 for the thumbprint: the required members in canonical form.
    public static func thumbprintInput(_ key: Ed25519PublicKey) -> [UInt8] {
        Array(#"{"crv":"Ed25519","kty":"OKP","x":"\#(Base64URL.encode(key.bytes))"}"#.utf8)
    }

    private static let members: Set<UTF8String> = ["kty", "crv", "x", "d", "kid", "alg", "use"]
    private static let fixed: [(UTF8String, JSON)] = [("kty", "OKP"), ("crv", "Ed25519"), ("alg", "EdDSA")]
}
