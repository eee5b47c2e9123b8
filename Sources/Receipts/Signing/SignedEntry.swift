// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import TransparencyLog
public import WireTypes

import struct Crypto.SHA256

/// An entry as it is logged: its canonical bytes, with the key's id and a signature in them.
///
/// Parsing checks the form only; `verify(by:)` says whether the signature is a trusted key's.
public struct SignedEntry: Sendable, Hashable {
    /// What was signed.
    public let entry: Entry
    /// The RFC 7638 thumbprint of the signing key.
    public let kid: Digest
    /// 64 bytes of Ed25519.
    public let signature: [UInt8]
    /// The entry's bytes, which are the leaf of the log.
    public let bytes: [UInt8]

    /// Reads an entry from exactly its canonical bytes.
    ///
    /// - Throws: `EntryError` for bytes that are not the one form of an entry of a known type and closed schema.
    public init(parsing bytes: [UInt8]) throws(EntryError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: bytes, limits: ReceiptLimits.json)
        } catch {
            throw EntryError(.notJSON(error.code))
        }
        guard try json.canonicalBytes() == bytes else { throw EntryError(.notCanonical) }
        var members = try Members(json)
        entry = try Entry.read(&members)
        kid = try members.take("kid", .digest)
        signature = try members.take("signature", .bytes(Ed25519PublicKey.signatureByteCount))
        try members.end()
        self.bytes = bytes
    }

    /// Signs an entry, and reads what was signed as a verifier will: what does not fit the format is not signed.
    ///
    /// - Throws: `EntryError`; `notSigned` where the signer fails.
    public init(signing entry: Entry, with signer: some EntrySigner) throws(EntryError) {
        let unsigned = try UnsignedBytes(entry, kid: signer.kid)
        // Read as a verifier will: the format is checked before the key is used.
        var members = try Members(unsigned.json)
        self.entry = try Entry.read(&members)
        kid = try members.take("kid", .digest)
        try members.end()
        guard unsigned.signedByteCount <= ReceiptLimits.entryBytesMax else { throw EntryError(.tooLarge) }
        do throws(SigningError) {
            signature = try signer.sign(Self.message(entry.kind, unsigned.canonical))
        } catch {
            throw EntryError(.notSigned)
        }
        guard signature.count == Ed25519PublicKey.signatureByteCount else { throw EntryError(.notSigned) }
        bytes = unsigned.signed(signature)
    }

    /// The entry with key id and signature, as a document.
    public var json: JSON {
        var object = entry.json.object ?? JSONObject()
        object.set("kid", kid)
        object.set("signature", UTF8String(Base64URL.encode(signature)))
        return .object(object)
    }

    /// The leaf of the log: RFC 6962's hash of `bytes`.
    public var leaf: Digest { TreeHash.leaf(bytes) }

    /// The receipt, where this is one.
    public var receipt: Receipt? { if case .receipt(let receipt) = entry { receipt } else { nil } }

    /// The outcome, where this is one.
    public var outcome: Outcome? { if case .outcome(let outcome) = entry { outcome } else { nil } }

    /// The event, where this is one.
    public var event: Event? { if case .event(let event) = entry { event } else { nil } }

    /// The digest of the evidence that the entry names: a receipt's, or of what a task grant is for.
    public var evidence: Digest? {
        if case .grantGiven(_, _, _, _, _, _, let task)? = event?.details { return task }
        return receipt?.evidence
    }

    /// The bytes under the signature: the type, a newline, and SHA-256 of the canonical entry without `signature`.
    ///
    /// - Throws: `EntryError` where the entry cannot be written; never for one that was parsed.
    public func message() throws(EntryError) -> [UInt8] {
        try Self.message(entry.kind, UnsignedBytes(entry, kid: kid).canonical)
    }

    /// Whether the signature is this key's, and the key the one that `kid` names.
    public func isSigned(by key: Ed25519PublicKey) -> Bool {
        do throws(EntryError) {
            let message = try message()
            return key.thumbprint == kid && key.isValid(signature: signature, for: message)
        } catch {
            return false
        }
    }

    private static func message(_ kind: Entry.Kind, _ canonical: [UInt8]) -> [UInt8] {
        Array((kind.rawValue + "\n").utf8) + Array(SHA256.hash(data: canonical))
    }
}

/// An entry with its key's id and without its signature: what is hashed for the signature, and the place where that goes.
private struct UnsignedBytes {
    let json: JSON
    let canonical: [UInt8]
    /// The place of the member `signature` in `canonical`: `type` at least comes after it.
    private let place: Int

    private static let opening = Array("\"signature\":\"".utf8)
    private static let closing = Array("\",".utf8)

    init(_ entry: Entry, kid: Digest) throws(EntryError) {
        // Each member is written once: those before the signature's place, and those after it.
        var before = JSONObject()
        var after = JSONObject()
        var isIn = false
        for member in entry.json.object?.members ?? [] {
            if !isIn, member.key > "kid" {
                before.set("kid", kid)
                isIn = true
            }
            if member.key < "signature" {
                before.add(member.key, member.value)
            } else {
                after.add(member.key, member.value)
            }
        }
        json = .object(JSONObject(unique: before.members + after.members))
        var bytes = try JSON.object(before).canonicalBytes()
        bytes[bytes.count - 1] = UInt8(ascii: ",")
        place = bytes.count
        bytes += try JSON.object(after).canonicalBytes().dropFirst()
        canonical = bytes
    }

    /// How many bytes `signed` will have.
    var signedByteCount: Int {
        canonical.count + Self.opening.count + (Ed25519PublicKey.signatureByteCount * 4 + 2) / 3 + Self.closing.count
    }

    /// The canonical bytes with the signature in its place.
    func signed(_ signature: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(signedByteCount)
        bytes += canonical[..<place]
        bytes += Self.opening
        bytes += Base64URL.encode(signature).utf8
        bytes += Self.closing
        bytes += canonical[place...]
        return bytes
    }
}
