// SPDX-License-Identifier: Apache-2.0

import StrictJSON
public import WireTypes

/// What a passport says of delegation: which passport it was made from, and how far it may be handed on.
public struct Delegation: Sendable, Hashable {
    /// `parent`: the digest of the passport file that this one rests on; `nil` in a root.
    public let parent: Digest?
    /// `max_depth`: how many passports may follow in a chain. Without it none, unless the issuer signs them.
    public let maxDepth: Int64?

    /// A root's or a child's.
    ///
    /// - Throws: `PassportError` (`invalidValue`) where the depth is not from 1 to 7.
    public init(parent: Digest? = nil, maxDepth: Int64? = nil) throws(PassportError) {
        if let maxDepth, !Self.depths.contains(maxDepth) {
            throw Members.invalid(JSONPointer(["delegation", "max_depth"]), Self.depthForm)
        }
        self.parent = parent
        self.maxDepth = maxDepth
    }

    init(_ json: JSON, at path: JSONPointer) throws(PassportError) {
        let members = try Members(json, at: path)
        try members.only(["parent", "max_depth"])
        guard !members.object.isEmpty else {
            throw Members.invalid(path, "give `parent` or `max_depth`, or leave it out")
        }
        if let text = try members.optionalString("parent") {
            guard let digest = Digest(base64URL: text.string) else {
                throw Members.invalid(members.place("parent"), "write 32 bytes in base64url without padding")
            }
            parent = digest
        } else {
            parent = nil
        }
        if let depth = members.object["max_depth"] {
            guard let depth = depth.int64, Self.depths.contains(depth) else {
                throw Members.invalid(members.place("max_depth"), Self.depthForm)
            }
            maxDepth = depth
        } else {
            maxDepth = nil
        }
    }

    var json: JSON {
        var object = JSONObject()
        object["parent"] = parent.map { .text($0.base64URL) }
        object["max_depth"] = maxDepth.map(JSON.integer)
        return .object(object)
    }

    private static let depths: ClosedRange<Int64> = 1...Int64(PassportLimits.chainMax - 1)
    private static let depthForm = "use a number from 1 to \(PassportLimits.chainMax - 1)"
}

/// `cnf`: the key whose holder the passport is for (RFC 7800 §3.2).
enum Confirmation {
    static func key(_ json: JSON, at path: JSONPointer) throws(PassportError) -> Ed25519PublicKey {
        let members = try Members(json, at: path)
        try members.only(["jwk"])
        let value = try members.value("jwk")
        let jwk: Ed25519JWK
        do throws(Ed25519JWK.Failure) { jwk = try Ed25519JWK(value) } catch {
            throw PassportError(
                .unusableKey, at: members.place("jwk"), error.description, "give an Ed25519 key as RFC 8037 writes it")
        }
        guard jwk.seed == nil else {
            throw PassportError(
                .unusableKey, at: members.place("jwk"), "this holds a private key", "give the public key alone")
        }
        return jwk.publicKey
    }

    static func json(_ key: Ed25519PublicKey) -> JSON {
        ["jwk": ["kty": "OKP", "crv": "Ed25519", "x": .text(Base64URL.encode(key.bytes))]]
    }

    /// The key's RFC 7638 thumbprint: the `kid` of what it signs.
    static func kid(_ key: Ed25519PublicKey) -> UTF8String { UTF8String(thumbprint(key).base64URL) }

    static func thumbprint(_ key: Ed25519PublicKey) -> Digest { Signatures.sha256(Ed25519JWK.thumbprintInput(key)) }
}
