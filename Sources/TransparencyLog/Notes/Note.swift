// SPDX-License-Identifier: Apache-2.0

import WireTypes

/// One signature line of a note: `— <name> base64(<key id> || <signature>)`.
public struct NoteSignature: Sendable, Hashable {
    /// The key's name.
    public let name: String
    /// The key's id.
    public let keyID: UInt32
    /// What follows the key id, at least one byte; its form is the kind of key's.
    public let payload: [UInt8]

    init(name: String, keyID: UInt32, payload: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.payload = payload
    }

    /// The line, with its newline.
    public var line: String { "\u{2014} \(name) " + Base64.encode(keyID.bigEndianBytes + payload) + "\n" }

    /// A line without its newline, or `nil` where it is no signature line.
    public init?(parsing line: String) {
        let parts = line.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3, parts[0].utf8.elementsEqual("\u{2014}".utf8), KeyName.isValid(parts[1]),
            let bytes = Base64.decode(parts[2]), bytes.count > 4
        else { return nil }
        self.init(
            name: parts[1], keyID: bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) },
            payload: Array(bytes.dropFirst(4)))
    }

    /// Whether this claims to be a key's signature: same name, byte for byte, and same id.
    public func claims(_ key: VerifierKey) -> Bool { keyID == key.id && key.hasName(name) }

    /// Whether this is `key`'s signature over a note's text; for a witness's key, over the time and the text.
    public func isValid(by key: VerifierKey, text: [UInt8]) -> Bool {
        guard claims(key) else { return false }
        switch key.kind {
        case .note: return key.publicKey.isValid(signature: payload, for: text)
        case .cosignature:
            guard let cosignature = Cosignature(payload: payload) else { return false }
            return cosignature.isValid(by: key.publicKey, text: text)
        }
    }
}

/// Why a note was refused.
public enum NoteError: Error, Sendable, Equatable, CustomStringConvertible {
    /// More bytes or signatures than `LogLimits` allow.
    case tooLarge
    /// Not UTF-8, a control character, or not text, an empty line and signature lines.
    case malformed
    /// A key that is known signed something else: the note is forged, or damaged.
    case badSignature(name: String)
    /// No key that is known has signed.
    case noKnownSignature
    /// Two known keys have the same name and id.
    case ambiguousKeys

    /// For people.
    public var description: String {
        switch self {
        case .tooLarge: "the signed note is too large"
        case .malformed: "not a signed note"
        case .badSignature(let name): "the signature of \(name) does not fit the note"
        case .noKnownSignature: "no known key has signed the note"
        case .ambiguousKeys: "two of the known keys have the same name and id"
        }
    }
}

/// A text with signatures under it (C2SP signed-note).
///
/// Parsing checks the form; only `verify(by:)` says who signed.
public struct Note: Sendable, Hashable {
    /// The text, which ends with a newline; these bytes are what is signed.
    public let text: [UInt8]
    /// The signature lines, in order, at least one.
    public private(set) var signatures: [NoteSignature]

    /// A note from its bytes.
    ///
    /// - Throws: `NoteError.tooLarge` or `.malformed`.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= LogLimits.noteBytesMax else { throw .tooLarge }
        guard String(validating: bytes, as: UTF8.self) != nil, Self.hasNoControls(bytes),
            bytes.last == UInt8(ascii: "\n"), let blank = Self.lastBlankLine(bytes), blank > 0
        else { throw .malformed }
        text = Array(bytes[...blank])
        let lines = bytes[(blank + 2)...].dropLast()
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count <= LogLimits.noteSignaturesMax else { throw .tooLarge }
        signatures = []
        for line in lines {
            guard let signature = NoteSignature(parsing: String(decoding: line, as: UTF8.self)) else {
                throw .malformed
            }
            signatures.append(signature)
        }
    }

    /// A text signed by one key of kind `note`.
    ///
    /// - Throws: `SigningError`; `badName` where the key is a witness's or the text is none that a note can have.
    public init(signing text: String, with signer: NoteSigner) throws(SigningError) {
        let bytes = Array(text.utf8)
        guard signer.key.kind == .note, bytes.count > 1, bytes.last == UInt8(ascii: "\n"), Self.hasNoControls(bytes)
        else { throw .badName }
        self.text = bytes
        signatures = [
            NoteSignature(
                name: signer.key.name, keyID: signer.key.id, payload: try signer.signature(over: bytes))
        ]
    }

    /// The note as it is stored and sent.
    public var bytes: [UInt8] { text + [UInt8(ascii: "\n")] + signatures.flatMap { Array($0.line.utf8) } }

    /// Adds a signature at the end, for example a witness's. Nothing is checked.
    public mutating func add(_ signature: NoteSignature) { signatures.append(signature) }

    /// Which of the known keys have signed, each once, in the keys' order.
    ///
    /// Signatures of unknown keys are ignored; one of a known key that does not fit refuses the whole note.
    ///
    /// - Throws: `NoteError.badSignature`, `.noKnownSignature` or `.ambiguousKeys`.
    public func verify(by keys: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
        for (place, key) in keys.enumerated() {
            for other in keys[..<place] where other.id == key.id && other.hasName(key.name) { throw .ambiguousKeys }
        }
        var signers: [VerifierKey] = []
        for key in keys {
            let claimed = signatures.filter { $0.claims(key) }
            guard claimed.allSatisfy({ $0.isValid(by: key, text: text) }) else { throw .badSignature(name: key.name) }
            if !claimed.isEmpty { signers.append(key) }
        }
        guard !signers.isEmpty else { throw .noKnownSignature }
        return signers
    }

    private static func hasNoControls(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
    }

    /// The place of the newline before the last empty line: texts may hold empty lines, signatures may not.
    private static func lastBlankLine(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 3 else { return nil }
        return (0..<bytes.count - 1).reversed().first {
            bytes[$0] == UInt8(ascii: "\n") && bytes[$0 + 1] == UInt8(ascii: "\n")
        }
    }
}
