// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// A signed passport as it lies on disk: `{"type":"writ.passport/1","passport":{…},"kid":…,"signature":…}`.
///
/// The signature is Ed25519 (RFC 8032) over `"writ.passport/1\n"` and SHA-256 of the RFC 8785 form of the file without
/// `signature`, in base64url without padding. Everything is read from that canonical form: what was signed is what
/// counts, however the file is spaced, ordered or its numbers are spelled.
public struct PassportFile: Sendable, Equatable {
    /// `kid`: which key signed.
    public let kid: UTF8String
    /// `signature`: 64 bytes.
    public let signature: [UInt8]
    /// The whole file in canonical form: what `digest` is of, and what an archive keeps.
    public let canonicalBytes: [UInt8]
    /// `passport`, as signed.
    let document: JSON

    /// Reads a file. Nothing in it counts before `verified(by:)`.
    ///
    /// - Throws: `PassportError` for anything but a file of this type within 64 KiB. The passport inside is only read
    ///   when it is asked for.
    public init(parsing bytes: [UInt8]) throws(PassportError) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: PassportLimits.file) } catch {
            throw .malformed(error)
        }
        guard json["type"] == .string(Self.type) else {
            throw PassportError(
                .notAPassport, at: JSONPointer(["type"]), "not a file of type \(Self.type)",
                "for an unsigned OAP passport use `writ passport import`")
        }
        try self.init(json)
    }

    /// A file from a passport and its signature over `signingBytes(for:kid:)`.
    ///
    /// - Throws: `PassportError` where the key id or the signature is not of its form, or the file is over its limits.
    public init(_ passport: Passport, kid: UTF8String, signature: [UInt8]) throws(PassportError) {
        var object = try Self.unsigned(passport.json, kid)
        object["signature"] = .text(Base64URL.encode(signature))
        try self.init(.object(object))
        guard bytes.count <= PassportLimits.fileBytesMax else {
            throw PassportError(
                .limitExceeded, at: JSONPointer(), "the file would have \(bytes.count) bytes",
                "at most \(PassportLimits.fileBytesMax) are read")
        }
    }

    /// Signs a passport with an issuer's private key.
    ///
    /// - Parameter privateKey: RFC 8032's seed, 32 bytes.
    /// - Throws: `PassportError` as the initialisers above, or `unusableKey`.
    public init(signing passport: Passport, kid: UTF8String, privateKey: [UInt8]) throws(PassportError) {
        let message = try Self.signingBytes(for: passport, kid: kid)
        guard let signature = Signatures.sign(message, seed: privateKey) else {
            throw PassportError(
                .unusableKey, at: JSONPointer(), "the issuer's private key cannot sign", "give a seed of 32 bytes")
        }
        try self.init(passport, kid: kid, signature: signature)
    }

    /// What an issuer signs, for signers that keep their key to themselves.
    ///
    /// - Throws: `PassportError` (`invalidValue`) where the key id is not of its form.
    public static func signingBytes(for passport: Passport, kid: UTF8String) throws(PassportError) -> [UInt8] {
        try signingBytes(unsigned(passport.json, kid))
    }

    /// The passport that the file claims to be. Nobody vouches for it.
    ///
    /// - Throws: `PassportError` with the member's place.
    public func claimedPassport() throws(PassportError) -> Passport {
        try Passport(document, at: JSONPointer(["passport"]))
    }

    /// SHA-256 of `canonicalBytes`: what receipts call `identity.digest`.
    public var digest: Digest { Signatures.sha256(canonicalBytes) }

    /// The file's text, for people and disks.
    public var bytes: [UInt8] {
        json.pretty()
    }

    var json: JSON {
        [
            "type": .string(Self.type), "passport": document, "kid": .string(kid),
            "signature": .text(Base64URL.encode(signature)),
        ]
    }

    /// `writ.passport/1`.
    public static let type: UTF8String = "writ.passport/1"
}

extension PassportFile {
    init(_ json: JSON) throws(PassportError) {
        let members = try Members(json, at: JSONPointer())
        try members.only(["type", "passport", "kid", "signature"])
        _ = try members.object("passport")
        kid = try members.string("kid", Identifier.isKeyID, Self.keyIDForm)
        guard let bytes = Base64URL.decode(try members.string("signature").string), bytes.count == 64 else {
            throw Members.invalid(members.place("signature"), "write 64 bytes in base64url without padding")
        }
        signature = bytes
        canonicalBytes = try Self.canonical(members.object)
        do throws(JSONError) {
            document = try JSON(parsing: canonicalBytes, limits: PassportLimits.canonical)["passport"] ?? nil
        } catch { throw .malformed(error) }
    }

    /// The bytes under the signature.
    var signingBytes: [UInt8] {
        get throws(PassportError) { try Self.signingBytes(Self.unsigned(document, kid)) }
    }

    private static func unsigned(_ passport: JSON, _ kid: UTF8String) throws(PassportError) -> JSONObject {
        guard Identifier.isKeyID(kid) else { throw invalidKeyID(at: JSONPointer(["kid"])) }
        var object = JSONObject()
        object["type"] = .string(type)
        object["passport"] = passport
        object["kid"] = .string(kid)
        return object
    }

    private static func signingBytes(_ unsigned: JSONObject) throws(PassportError) -> [UInt8] {
        type.bytes + [0x0a] + Signatures.sha256(try canonical(unsigned)).bytes
    }

    private static func canonical(_ object: JSONObject) throws(PassportError) -> [UInt8] {
        do throws(JSONError) { return try JSON.object(object).canonical() } catch { throw .malformed(error) }
    }

    static func invalidKeyID(at place: JSONPointer) -> PassportError { Members.invalid(place, keyIDForm) }

    private static let keyIDForm = "use 1 to 256 ASCII letters, digits and . _ : @ / + - % ~ = #"
}
