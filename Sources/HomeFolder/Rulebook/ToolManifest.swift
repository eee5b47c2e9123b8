// SPDX-License-Identifier: Apache-2.0

import Receipts
public import StrictJSON
public import TransparencyLog
import WireTypes

import enum Crypto.Curve25519
import struct Crypto.SHA256

/// A server's tool definitions, signed: `{"type":"writ.tools/1","server":…,"tools":[…],"kid":…,"signature":…}`.
///
/// The signature is Ed25519 (RFC 8032) over `"writ.tools/1\n"` and SHA-256 of the RFC 8785 form of the file without
/// `signature`, in base64url without padding: a passport's form under another name, so that neither can be taken for the
/// other. `server` is the alias: one server's definitions say nothing of another's tools.
public enum ToolManifest {
    /// `writ.tools/1`.
    public static let type: UTF8String = "writ.tools/1"

    private static let members: Set<UTF8String> = ["type", "server", "tools", "kid", "signature"]

    /// Whether a document is meant to be one: then it must verify.
    static func claims(_ document: JSON) -> Bool { document["type"] != nil && document["tools"] != nil }

    /// The file of a server's definitions, signed by an issuer's key.
    ///
    /// - Parameter tools: the definitions, as the server gave them.
    /// - Throws: `HomeError` where they cannot be written in canonical form, or the key does not sign.
    public static func signed(server: UTF8String, tools: [JSON], by key: Ed25519KeyPair) throws(HomeError) -> [UInt8] {
        var object = JSONObject()
        object["type"] = .string(type)
        object["server"] = .string(server)
        object["tools"] = .array(tools)
        object["kid"] = .text(key.kid.base64URL)
        do {
            object["signature"] = .text(Base64URL.encode(try key.sign(signingBytes(object))))
        } catch let error as HomeError {
            throw error
        } catch {
            throw HomeError(.malformed, "the issuer's key does not sign: \(error)")
        }
        return JSON.object(object).pretty()
    }

    /// Why a document is not a manifest of this server that a trusted issuer has signed; `nil` where it is one.
    static func refusal(
        of document: JSON, server: UTF8String, issuers: [Configuration.Issuer]
    ) throws(HomeError) -> String? {
        guard var object = document.object, object["type"] == .string(type) else {
            return "it has a `type` other than \(type)"
        }
        if let stranger = object.keys.first(where: { !members.contains($0) }) {
            return "a signed manifest has no member \(stranger)"
        }
        guard object["server"]?.string == server else { return "it is signed for another server than \(server)" }
        guard object["tools"]?.array != nil, let kid = object["kid"]?.string,
            let text = object["signature"]?.string, let signature = Base64URL.decode(text.string), signature.count == 64
        else { return "a signed manifest has `tools`, `kid` and a `signature` of 64 bytes as base64url" }
        let key = issuers.lazy.compactMap { Ed25519PublicKey(bytes: $0.publicKey) }
            .first { UTF8String($0.thumbprint.base64URL) == kid }
        guard let key else { return "who signed it is none of `issuers`" }
        object["signature"] = nil
        let message = try signingBytes(object)
        do {
            let verifier = try Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
            return verifier.isValidSignature(signature, for: message)
                ? nil : "the signature is not the issuer's over this file"
        } catch {
            return "the issuer's key is unusable"
        }
    }

    private static func signingBytes(_ unsigned: JSONObject) throws(HomeError) -> [UInt8] {
        do throws(JSONError) {
            return type.bytes + [0x0a] + Array(SHA256.hash(data: try JSON.object(unsigned).canonical()))
        } catch {
            throw HomeError(.malformed, "tool definitions that cannot be signed: \(error)")
        }
    }
}
