// SPDX-License-Identifier: Apache-2.0

import WireTypes

/// Why a checkpoint is not to be believed.
public enum CheckpointError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The note itself.
    case note(NoteError)
    /// The note's text is no checkpoint.
    case malformed
    /// The checkpoint is another log's.
    case otherOrigin
    /// The log's own signature is missing; witnesses alone do not make a checkpoint.
    case notSignedByLog
    /// Fewer witnesses have cosigned than are asked for.
    case quorumNotMet(found: Int, needed: Int)

    /// For people.
    public var description: String {
        switch self {
        case .note(let error): "\(error)"
        case .malformed: "the signed note is no checkpoint"
        case .otherOrigin: "the checkpoint is of another log"
        case .notSignedByLog: "the log's own signature is missing"
        case .quorumNotMet(let found, let needed): "\(found) witnesses have cosigned; \(needed) are needed"
        }
    }
}

/// Whom a verifier believes about one log; given by hand, never taken from what is verified.
public struct LogTrust: Sendable, Hashable {
    /// The log's key, of kind `note`; its name is the log's origin.
    public let log: VerifierKey
    /// The known witnesses' keys, of kind `cosignature`, each key and each name once.
    public let witnesses: [VerifierKey]
    /// How many of them must have cosigned; 0 to ask for none.
    public let quorum: Int

    /// Trust in a log, or `nil` where a key is of the wrong kind, a key or a witness's name is there twice, or the
    /// quorum is above the number of witnesses.
    public init?(log: VerifierKey, witnesses: [VerifierKey] = [], quorum: Int = 0) {
        let keys = Set(witnesses.map(\.publicKey) + [log.publicKey])
        let names = Set(witnesses.map { Array($0.name.utf8) })
        guard log.kind == .note, witnesses.allSatisfy({ $0.kind == .cosignature }),
            keys.count == witnesses.count + 1, names.count == witnesses.count, (0...witnesses.count).contains(quorum)
        else { return nil }
        self.log = log
        self.witnesses = witnesses
        self.quorum = quorum
    }

    /// The checkpoint of a note, where the log signed it and enough witnesses did.
    ///
    /// - Throws: `CheckpointError`.
    public func verify(_ note: Note) throws(CheckpointError) -> VerifiedCheckpoint {
        let signers: [VerifierKey]
        do {
            signers = try note.verify(by: [log] + witnesses)
        } catch {
            throw .note(error)
        }
        guard signers.contains(log) else { throw .notSignedByLog }
        guard let checkpoint = Checkpoint(parsing: note.text) else { throw .malformed }
        guard checkpoint.hasOrigin(log.name) else { throw .otherOrigin }
        let cosigners = signers.filter { $0.kind == .cosignature }
        guard cosigners.count >= quorum else { throw .quorumNotMet(found: cosigners.count, needed: quorum) }
        let witnessed = cosigners.map { key in
            // Of several by one witness the earliest: since then it has known the tree.
            let times = note.signatures.filter { $0.claims(key) }.compactMap { Cosignature(payload: $0.payload)?.time }
            return WitnessedAt(witness: key, time: times.min() ?? 0)
        }
        return VerifiedCheckpoint(checkpoint: checkpoint, witnesses: witnessed)
    }
}

/// A witness that has cosigned, and when by its own clock.
public struct WitnessedAt: Sendable, Hashable {
    /// The witness.
    public let witness: VerifierKey
    /// POSIX seconds.
    public let time: UInt64

    init(witness: VerifierKey, time: UInt64) {
        self.witness = witness
        self.time = time
    }
}

/// A checkpoint whose signatures were checked; only `LogTrust.verify` makes one.
public struct VerifiedCheckpoint: Sendable, Hashable {
    /// What the log committed to.
    public let checkpoint: Checkpoint
    /// The known witnesses that have cosigned it, in the order in which they were given.
    public let witnesses: [WitnessedAt]

    init(checkpoint: Checkpoint, witnesses: [WitnessedAt]) {
        self.checkpoint = checkpoint
        self.witnesses = witnesses
    }
}
