// SPDX-License-Identifier: Apache-2.0

import StrictJSON
public import TransparencyLog
public import WireTypes

/// How far an entry is proved; each level holds all that come before.
public enum VerificationLevel: Sendable, Hashable, CustomStringConvertible {
    /// A trusted key signed it. Whether it was ever logged is not shown.
    case signed
    /// The log has it, at `index` of a tree of `size`, and signed that tree.
    case logged(index: UInt64, size: UInt64)
    /// Witnesses have seen that tree: the log cannot show others another one without their help.
    case witnessed(index: UInt64, size: UInt64, count: Int, of: Int)

    /// For people.
    public var description: String {
        switch self {
        case .signed: "signed"
        case .logged(let index, let size): "logged at \(index) of \(size)"
        case .witnessed(let index, let size, let count, let known):
            "logged at \(index) of \(size), witnessed by \(count) of \(known)"
        }
    }
}

/// Why an entry is not to be believed.
public enum VerificationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The bytes are no entry.
    case entry(EntryError)
    /// The bundle holds no entry.
    case noEntry
    /// No trusted key has this id.
    case unknownKey(kid: Digest)
    /// The signature is not the key's over these bytes.
    case badSignature
    /// The key does not sign at this index: it came later, was retired or is compromised.
    case keyNotValid(index: UInt64)
    /// The entry is for another log than the one that is trusted.
    case otherLog
    /// The bundle's proof or checkpoint.
    case proof(LogProofError)

    /// For people.
    public var description: String {
        switch self {
        case .entry(let error): "\(error)"
        case .noEntry: "the bundle holds no entry"
        case .unknownKey(let kid): "no trusted key has the id \(kid.base64URL)"
        case .badSignature: "the signature does not fit the entry"
        case .keyNotValid(let index): "the key does not sign at index \(index) of the log"
        case .otherLog: "the entry is for another log"
        case .proof(let error): "\(error)"
        }
    }
}

/// An entry that was verified offline, with keys given by hand and none from what is verified.
public struct ReceiptVerification: Sendable {
    /// The entry.
    public let entry: SignedEntry
    /// How far it is proved.
    public let level: VerificationLevel
    /// The witnesses that have cosigned, and when.
    public let witnesses: [WitnessedAt]

    /// Verifies a file: a `tlog-proof` bundle whose `extra` is the entry, or the entry alone (a newline after it is
    /// ignored).
    ///
    /// Without trust in a log a bundle's proof shows nothing, and the level is `signed`. With it the quorum must be met.
    ///
    /// - Throws: `VerificationError`.
    public init(verifying file: [UInt8], keys: TrustedKeys, log: LogTrust? = nil) throws(VerificationError) {
        guard file.starts(with: "c2sp.org/".utf8) else {
            let bytes = file.last == UInt8(ascii: "\n") ? Array(file.dropLast()) : file
            entry = try Self.signed(bytes, keys, at: nil)
            guard log?.log.hasName(entry.entry.log.string) ?? true else { throw .otherLog }
            level = .signed
            witnesses = []
            return
        }
        let bundle: LogProof
        do throws(LogProofError) {
            bundle = try LogProof(parsing: file)
        } catch {
            throw .proof(error)
        }
        guard let bytes = bundle.extra else { throw .noEntry }
        guard let log else {
            entry = try Self.signed(bytes, keys, at: nil)
            level = .signed
            witnesses = []
            return
        }
        entry = try Self.signed(bytes, keys, at: bundle.inclusion.index)
        guard log.log.hasName(entry.entry.log.string) else { throw .otherLog }
        let verified: VerifiedCheckpoint
        do throws(LogProofError) {
            verified = try bundle.verify(entry: bytes, trust: log)
        } catch {
            throw .proof(error)
        }
        let (index, size) = (bundle.inclusion.index, verified.checkpoint.size)
        witnesses = verified.witnesses
        level =
            witnesses.isEmpty
            ? .logged(index: index, size: size)
            : .witnessed(index: index, size: size, count: witnesses.count, of: log.witnesses.count)
    }

    /// The bundle that proves an entry.
    public static func bundle(_ entry: SignedEntry, inclusion: InclusionProof, checkpoint: Note) -> LogProof {
        LogProof(extra: entry.bytes, inclusion: inclusion, checkpoint: checkpoint)
    }

    private static func signed(
        _ bytes: [UInt8], _ keys: TrustedKeys, at index: UInt64?
    ) throws(VerificationError) -> SignedEntry {
        let entry: SignedEntry
        do throws(EntryError) {
            entry = try SignedEntry(parsing: bytes)
        } catch {
            throw .entry(error)
        }
        guard let key = keys[entry.kid] else { throw .unknownKey(kid: entry.kid) }
        guard entry.isSigned(by: key.publicKey) else { throw .badSignature }
        if let index, !key.covers(index) { throw .keyNotValid(index: index) }
        return entry
    }
}
