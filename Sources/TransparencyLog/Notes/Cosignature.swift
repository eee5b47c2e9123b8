// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// A witness's signature over a checkpoint and the time it saw it (C2SP `cosignature/v1`).
///
/// It says that the checkpoint was consistent with every earlier one that this witness has cosigned for the log.
public struct Cosignature: Sendable, Hashable {
    /// POSIX seconds, below 2^63.
    public let time: UInt64
    /// 64 bytes of Ed25519.
    public let signature: [UInt8]

    /// What follows the key id on a signature line: the time in 8 bytes, big-endian, and the signature; else `nil`.
    public init?(payload: [UInt8]) {
        guard payload.count == 8 + Ed25519PublicKey.signatureByteCount else { return nil }
        let time = payload.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard time < 1 << 63 else { return nil }
        self.time = time
        signature = Array(payload.dropFirst(8))
    }

    /// The bytes that a witness signs: `cosignature/v1`, `time <decimal>`, and the note's text, a line each.
    public static func message(time: UInt64, text: [UInt8]) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }

    /// Whether a witness's key made this over a note's text.
    public func isValid(by key: Ed25519PublicKey, text: [UInt8]) -> Bool {
        key.isValid(signature: signature, for: Self.message(time: time, text: text))
    }

    /// The signature line by which a witness cosigns a note's text.
    ///
    /// - Parameter time: POSIX seconds, not 0 and below 2^63.
    /// - Throws: `SigningError`; `badName` where the key is not a witness's or the time out of range.
    public static func sign(
        text: [UInt8], time: UInt64, with signer: NoteSigner
    ) throws(SigningError) -> NoteSignature {
        guard signer.key.kind == .cosignature, (1..<1 << 63).contains(time) else { throw .badName }
        let signature = try signer.signature(over: message(time: time, text: text))
        return NoteSignature(
            name: signer.key.name, keyID: signer.key.id, payload: time.bigEndianBytes + signature)
    }
}
