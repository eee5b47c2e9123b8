// SPDX-License-Identifier: Apache-2.0

import Decisions
public import Receipts
public import StrictJSON
public import TransparencyLog
public import WireTypes

import struct Crypto.SHA256

/// What administrators have signed: which bytes the configuration, the policies and the tool definitions must have, in
/// which mode, and who signs the next one. `writ.seal/1`, canonical JSON (RFC 8785).
///
/// A signature is over `statement`, the digest of the document without its signatures; see `EventDetails.SealSignature`.
public struct Seal: Sendable, Hashable {
    /// `writ.seal/1`.
    public static let type: UTF8String = "writ.seal/1"

    /// The log that it is for.
    public let log: UTF8String
    /// From 1; each one more than the one before.
    public let number: Int64
    /// The digest of the one before.
    public let previous: Digest?
    /// The mode from here on.
    public let mode: Configuration.Mode
    /// SHA-256 of each file by its name, as `SealedFiles` has it.
    public let files: [UTF8String: Digest]
    /// Who signs the next one.
    public let administration: Administration
    /// When it was proposed.
    public let madeAt: Timestamp
    /// In the order of the names' bytes, each once.
    public private(set) var signatures: [EventDetails.SealSignature]

    /// A document to sign.
    public init(
        log: UTF8String, after previous: (digest: Digest, seal: Seal)?, mode: Configuration.Mode,
        files: [UTF8String: Digest], administration: Administration, madeAt: Timestamp
    ) {
        self.log = log
        // A number that runs over would need as many seals.
        number = (previous?.seal.number ?? 0) &+ 1
        self.previous = previous?.digest
        self.mode = mode
        self.files = files
        self.administration = administration
        self.madeAt = madeAt
        signatures = []
    }

    /// Whether this would put the same in force as another, whoever has signed, whenever it was proposed.
    public func isSame(as other: Seal) -> Bool {
        log == other.log && number == other.number && previous == other.previous && mode == other.mode
            && files == other.files && administration == other.administration
    }

    // MARK: bytes

    private static let members: Set<UTF8String> = [
        "type", "log", "number", "previous", "mode", "files", "administration", "made_at", "signatures",
    ]

    private var unsigned: JSONObject {
        var object = JSONObject()
        object["administration"] = administration.json
        object["files"] = .object(
            JSONObject(
                unique: files.sorted { $0.key < $1.key }.map {
                    JSONMember(key: $0.key, value: .text($0.value.base64URL))
                }))
        object["log"] = .string(log)
        object["made_at"] = .text(madeAt.text)
        object["mode"] = .text(mode.rawValue)
        object["number"] = .integer(Int(clamping: number))
        object["previous"] = previous.map { .text($0.base64URL) }
        object["type"] = .string(Self.type)
        return object
    }

    private static func canonical(_ object: JSONObject) throws(HomeError) -> [UInt8] {
        do throws(JSONError) { return try JSON.object(object).canonical() } catch {
            throw HomeError(.malformed, "a seal that cannot be written: \(error)")
        }
    }

    /// What is signed.
    ///
    /// - Throws: `HomeError` where it cannot be written.
    public func statement() throws(HomeError) -> Digest { Digest(SHA256.hash(data: try Self.canonical(unsigned))) }

    /// The whole document, and its digest.
    ///
    /// - Throws: `HomeError` where it cannot be written.
    public func document() throws(HomeError) -> (digest: Digest, bytes: [UInt8]) {
        var object = unsigned
        object["signatures"] = .array(
            signatures.map {
                [
                    "by": .string($0.by), "kid": .text($0.kid.base64URL),
                    "signature": .text(Base64URL.encode($0.signature)),
                ]
            })
        let bytes = try Self.canonical(object)
        return (Digest(SHA256.hash(data: bytes)), bytes)
    }

    /// A document, as it was written by `document`; nobody's signature is looked at here.
    ///
    /// - Throws: `HomeError` where it is none.
    public init(parsing bytes: [UInt8]) throws(HomeError) {
        func wrong(_ what: String) -> HomeError { HomeError(.malformed, "this is no seal of Writ's: \(what)") }
        guard bytes.count <= Limits.sealBytes else { throw HomeError(.tooLarge, "a seal is not so long") }
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes) } catch { throw wrong("\(error)") }
        guard let object = json.object, object["type"] == .string(Self.type) else { throw wrong("its `type`") }
        if let stranger = object.keys.first(where: { !Self.members.contains($0) }) { throw wrong("\(stranger)") }
        guard let log = object["log"]?.string, let number = object["number"]?.int64, number >= 1,
            let mode = object["mode"]?.string.flatMap({ Configuration.Mode(rawValue: $0.string) }),
            let administration = object["administration"].flatMap({ Administration($0) }),
            let madeAt = object["made_at"]?.string.flatMap({ Timestamp(parsing: $0.string) }),
            let table = object["files"]?.object, let list = object["signatures"]?.array,
            list.count <= Limits.administrators
        else { throw wrong("a member is missing or not what it should be") }
        var files: [UTF8String: Digest] = [:]
        for member in table.members {
            guard let digest = member.value.string.flatMap({ Digest(base64URL: $0.string) }) else {
                throw wrong("files/\(member.key)")
            }
            files[member.key] = digest
        }
        self.log = log
        self.number = number
        self.mode = mode
        self.files = files
        self.administration = administration
        self.madeAt = madeAt
        previous = object["previous"]?.string.flatMap { Digest(base64URL: $0.string) }
        guard (previous == nil) == (object["previous"] == nil), (previous == nil) == (number == 1) else {
            throw wrong("previous")
        }
        signatures = []
        for entry in list {
            guard let object = entry.object, object.keys.allSatisfy({ ["by", "kid", "signature"].contains($0) }),
                let by = object["by"]?.string, Configuration.isName(by),
                let kid = object["kid"]?.string.flatMap({ Digest(base64URL: $0.string) }),
                let signature = object["signature"]?.string.flatMap({ Base64URL.decode($0.string) }),
                signature.count == Ed25519PublicKey.signatureByteCount,
                signatures.last.map({ $0.by < by }) ?? true
            else { throw wrong("signatures") }
            signatures.append(EventDetails.SealSignature(by: by, kid: kid, signature: signature))
        }
    }

    // MARK: signatures

    /// Adds an administrator's signature, in place of an earlier one of theirs.
    ///
    /// - Throws: `HomeError` where the key does not sign.
    public mutating func sign(as name: UTF8String, with key: Ed25519KeyPair) throws(HomeError) {
        let message = EventDetails.SealSignature.message(try statement())
        let signature: [UInt8]
        do throws(SigningError) { signature = try key.sign(message) } catch {
            throw HomeError(.malformed, "the key does not sign: \(error)")
        }
        add(EventDetails.SealSignature(by: name, kid: key.kid, signature: signature))
    }

    /// Takes the signatures of another copy.
    public mutating func take(signaturesOf other: Seal) { for signature in other.signatures { add(signature) } }

    private mutating func add(_ signature: EventDetails.SealSignature) {
        signatures.removeAll { $0.by == signature.by }
        signatures.append(signature)
        signatures.sort { $0.by < $1.by }
    }

    /// Whose signatures are theirs, of those that may sign.
    ///
    /// - Throws: `HomeError` where it cannot be written.
    public func signers(of administration: Administration) throws(HomeError) -> [UTF8String] {
        let message = EventDetails.SealSignature.message(try statement())
        return signatures.filter { signature in
            guard let key = administration.keys[signature.by], key.thumbprint == signature.kid else { return false }
            return key.isValid(signature: signature.signature, for: message)
        }.map(\.by)
    }

    /// The same with the signatures that count, and no others.
    ///
    /// - Throws: `HomeError` where it cannot be written.
    public func signed(only administration: Administration) throws(HomeError) -> Seal {
        var seal = self
        let names = Set(try signers(of: administration))
        seal.signatures.removeAll { !names.contains($0.by) }
        return seal
    }
}
