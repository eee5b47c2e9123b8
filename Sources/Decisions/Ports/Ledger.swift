// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// The record: one log, the evidence beside it, and the state that follows from its events.
///
/// An implementation promises, and `PortTesting`'s suite checks:
/// - `commit` returns `logged` only when entry, evidence and state are durable together, and never before;
/// - the log has one order, without gaps, over all processes that share it;
/// - epochs, counters and approvals are compared and consumed in the same transaction as the entry is appended in;
/// - an entry whose id is already logged is not appended again, its index is returned (`commit` is idempotent by id);
/// - after an I/O error or corruption it is poisoned: every later call fails with `poisoned`.
public protocol Ledger: Sendable {
    /// The state as of the newest committed entry, of this or any other process.
    ///
    /// - Throws: `LedgerError`.
    func state() throws(LedgerError) -> LedgerState

    /// Appends one entry, durably, or says why not. Returns after the disk has it.
    ///
    /// - Throws: `LedgerError` where it could not be decided or made durable; the entry must then count as not logged.
    func commit(_ request: CommitRequest) async throws(LedgerError) -> CommitResult

    /// Takes an entry that nobody waits for (an outcome): it rides with the next commit, at the latest after 200 ms.
    /// A queue that is full drops nothing: it makes the caller's thread wait, at most the busy deadline.
    ///
    /// - Throws: `LedgerError` where the ledger is closed, poisoned or stalled.
    func append(later request: CommitRequest) throws(LedgerError)

    /// A document stored once by its digest (a tool's definition, a policy set, a configuration), or `nil`.
    ///
    /// - Throws: `LedgerError`.
    func content(_ digest: Digest) throws(LedgerError) -> [UInt8]?

    /// Approvals that the log has, the newest first.
    ///
    /// - Throws: `LedgerError`.
    func approvals(_ query: ApprovalQuery) throws(LedgerError) -> [ApprovalRecord]

    /// Whether the last entry that freezes or thaws this session freezes it.
    ///
    /// - Throws: `LedgerError`.
    func isFrozen(session: UTF8String) throws(LedgerError) -> Bool
}

/// Which approvals are wanted.
public enum ApprovalQuery: Sendable, Hashable {
    /// Those bound to one of these, the ended ones too; of each the newest 64.
    case bound([Digest])
    /// The one of an id.
    case id(UUIDv7)
    /// Those that are neither used nor refused and whose time is not over at a moment; of one agent where one is named;
    /// at most so many and at most 1,000.
    case open(agent: UTF8String?, at: Timestamp, limit: Int)
}

extension Ledger {
    /// The approval of an id, or `nil`.
    ///
    /// - Throws: `LedgerError`.
    public func approval(_ id: UUIDv7) throws(LedgerError) -> ApprovalRecord? { try approvals(.id(id)).first }
}

/// What a person or a tool reads back from the record.
public protocol LedgerReader: Sendable {
    /// The entry at an index, or `nil`.
    ///
    /// - Throws: `LedgerError`.
    func entry(at index: Int64) throws(LedgerError) -> LoggedEntry?

    /// The receipt of an id, or `nil`.
    ///
    /// - Throws: `LedgerError`.
    func receipt(_ id: UUIDv7) throws(LedgerError) -> LoggedEntry?

    /// The outcome logged for a receipt, or `nil`.
    ///
    /// - Throws: `LedgerError`.
    func outcome(of receipt: UUIDv7) throws(LedgerError) -> LoggedEntry?

    /// Entries from an index on, in order, at most so many.
    ///
    /// - Throws: `LedgerError`.
    func entries(from index: Int64, limit: Int) throws(LedgerError) -> [LoggedEntry]

    /// The newest receipts first, at most so many, before an index where one is given, of one agent where one is named.
    ///
    /// - Throws: `LedgerError`.
    func newestReceipts(limit: Int, before index: Int64?, agent: UTF8String?) throws(LedgerError) -> [LoggedEntry]

    /// The newest receipts of a session first, at most so many, before an index where one is given.
    ///
    /// - Throws: `LedgerError`.
    func newestReceipts(limit: Int, before index: Int64?, session: UTF8String) throws(LedgerError) -> [LoggedEntry]

    /// The newest receipt of a session that echoes this nonce, or `nil`.
    ///
    /// - Throws: `LedgerError`.
    func newestReceipt(of session: UTF8String, nonce: UTF8String) throws(LedgerError) -> LoggedEntry?

    /// The receipts that keep sessions frozen, the last one of each, newest first, at most so many.
    ///
    /// - Throws: `LedgerError`.
    func freezingReceipts(limit: Int) throws(LedgerError) -> [LoggedEntry]

    /// The sealed evidence of a receipt, or of an event that has some, or `nil` where there is none (any more).
    ///
    /// - Throws: `LedgerError`.
    func evidence(of receipt: UUIDv7) throws(LedgerError) -> SealedEvidence?

    /// A document stored once by its digest (a passport, a policy set, a configuration), or `nil`.
    ///
    /// - Throws: `LedgerError`.
    func content(_ digest: Digest) throws(LedgerError) -> [UInt8]?

    /// The newest signed checkpoint: a C2SP note.
    ///
    /// - Throws: `LedgerError`.
    func checkpoint() throws(LedgerError) -> [UInt8]

    /// The hashes that prove, under the newest checkpoint, that the entry at an index is in the log.
    ///
    /// - Throws: `LedgerError`.
    func inclusionProof(of index: Int64) throws(LedgerError) -> InclusionProof

    /// The hashes that prove that the log of an older size is a prefix of the newest checkpoint's.
    ///
    /// - Throws: `LedgerError`.
    func consistencyProof(from size: Int64) throws(LedgerError) -> [Digest]
}

/// One entry to append, and what must hold for it.
public struct CommitRequest: Sendable {
    /// What the entry is, and by what it is found again.
    public enum Kind: Sendable, Hashable {
        /// A decision.
        case receipt(UUIDv7, agent: UTF8String)
        /// What became of an allowed call.
        case outcome(of: UUIDv7)
        /// A change of state or an occurrence; the id makes a repeated commit idempotent and is not in the entry.
        case event(UUIDv7)
    }

    /// What the entry is.
    public var kind: Kind
    /// The entry's canonical, signed bytes; at most 60 KiB.
    public var entry: [UInt8]
    /// The entry's own time.
    public var time: Timestamp
    /// For an allow: the epochs it was decided under. `nil` for what is true whatever the state (a deny, an outcome).
    public var expecting: Epochs?
    /// Counters to reserve, all or none.
    public var reserving: [Reservation]
    /// Approvals to consume, all or none; each once.
    public var consuming: [UUIDv7]
    /// The evidence, stored with the entry.
    public var evidence: SealedEvidence?
    /// Of an event that has evidence: whose it is, so that it is erased with that agent's. A receipt says it itself.
    public var evidenceAgent: UTF8String?
    /// Documents the evidence refers to, each stored once by its digest.
    public var contents: [Content]
    /// What this event changes.
    public var change: StateChange?
    /// The session that the receipt, or the event that thaws it, names.
    public var session: UTF8String?
    /// The nonce that the receipt echoes, where it names a session.
    public var nonce: UTF8String?
    /// Whether something of that session may be allowed after this entry.
    public var sessionChange = SessionChange.none

    /// A request.
    public init(
        kind: Kind, entry: [UInt8], time: Timestamp, expecting: Epochs? = nil, reserving: [Reservation] = [],
        consuming: [UUIDv7] = [], evidence: SealedEvidence? = nil, contents: [Content] = [], change: StateChange? = nil
    ) {
        self.kind = kind
        self.entry = entry
        self.time = time
        self.expecting = expecting
        self.reserving = reserving
        self.consuming = consuming
        self.evidence = evidence
        self.contents = contents
        self.change = change
    }
}

/// What became of a commit.
public enum CommitResult: Sendable, Hashable {
    /// Durable, at this index.
    case logged(index: Int64)
    /// Not appended: the state has moved since the call was decided.
    case stale(LedgerState)
    /// Not appended: a counter would pass its bound.
    case limitExceeded(UTF8String)
    /// Not appended: an approval is unknown, not granted, refused, expired or used.
    case approvalUnavailable(UUIDv7)
}

/// So much of a counter within a window of time, taken in the commit.
public struct Reservation: Sendable, Hashable {
    /// What is counted: `agent-passport:a1 calls/minute`.
    public var counter: UTF8String
    /// Where the window starts; a counter with another start begins at zero.
    public var windowStart: Timestamp
    /// How much is taken; not negative.
    public var amount: Int64
    /// What the sum may not pass.
    public var maximum: Int64

    /// A reservation.
    public init(counter: UTF8String, windowStart: Timestamp, amount: Int64, maximum: Int64) {
        self.counter = counter
        self.windowStart = windowStart
        self.amount = amount
        self.maximum = maximum
    }
}

/// Evidence as it lies in storage: encrypted under a key of its own, which is wrapped by another.
public struct SealedEvidence: Sendable, Hashable {
    /// AES-256-GCM: nonce, ciphertext, tag.
    public var ciphertext: [UInt8]
    /// The record's key, wrapped.
    public var wrappedKey: [UInt8]
    /// The name of the key that wraps it: an agent's of one month.
    public var wrappingKey: UTF8String
    /// SHA-256 of the ciphertext, as it stands in the receipt.
    public var digest: Digest

    /// Sealed evidence.
    public init(ciphertext: [UInt8], wrappedKey: [UInt8], wrappingKey: UTF8String, digest: Digest) {
        self.ciphertext = ciphertext
        self.wrappedKey = wrappedKey
        self.wrappingKey = wrappingKey
        self.digest = digest
    }
}

/// A document stored once, by the digest of its bytes.
public struct Content: Sendable, Hashable {
    /// SHA-256 of the bytes.
    public var digest: Digest
    /// The document.
    public var bytes: [UInt8]

    /// A document.
    public init(digest: Digest, bytes: [UInt8]) {
        self.digest = digest
        self.bytes = bytes
    }
}

/// An entry read back.
public struct LoggedEntry: Sendable, Hashable {
    /// Its place, from 0.
    public var index: Int64
    /// Its canonical bytes.
    public var bytes: [UInt8]

    /// An entry.
    public init(index: Int64, bytes: [UInt8]) {
        self.index = index
        self.bytes = bytes
    }
}

/// A proof under the checkpoint that it was made for.
public struct InclusionProof: Sendable, Hashable {
    /// The leaf's place.
    public var index: Int64
    /// RFC 6962 §2.1.1: the leaf's sibling first.
    public var hashes: [Digest]
    /// The signed checkpoint of the size that the proof is for.
    public var checkpoint: [UInt8]

    /// A proof.
    public init(index: Int64, hashes: [Digest], checkpoint: [UInt8]) {
        self.index = index
        self.hashes = hashes
        self.checkpoint = checkpoint
    }
}

/// What an entry means for its session; the raw value is the storage's.
public enum SessionChange: Int64, Sendable, Hashable {
    /// Nothing.
    case none = 0
    /// Of a receipt: nothing of the session may be allowed from here on.
    case freezes = 1
    /// Of an event: it may again.
    case thaws = -1
}
