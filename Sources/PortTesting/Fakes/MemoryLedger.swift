// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import StrictJSON
import Synchronization
public import TransparencyLog
public import WireTypes

/// The ledger's rules in memory, with faults that a test asks for. Nothing in it is durable.
public final class MemoryLedger: Ledger, LedgerReader {
    /// The log's key.
    public let log: VerifierKey
    private let signer: NoteSigner
    private let storage = Mutex(Storage())

    /// An empty log.
    public init(signer: NoteSigner) {
        self.signer = signer
        log = signer.key
    }

    /// The next commit fails with this; `poisoned` for ever after, as the port demands.
    public func failNext(_ error: LedgerError) { storage.withLock { $0.failure = error } }

    /// The next request that expects epochs is told that they are stale, whatever they are.
    public func becomeStaleOnce() { storage.withLock { $0.isStaleOnce = true } }

    /// Forgets the evidence of a receipt.
    public func eraseEvidence(of receipt: UUIDv7) { storage.withLock { $0.evidence[receipt] = nil } }

    /// From now on every call fails with `closed`.
    public func close() { storage.withLock { $0.isClosed = true } }

    /// The state as of the newest entry.
    public func state() throws(LedgerError) -> LedgerState { try reading { $0.state } }

    /// Appends one entry, or says why not.
    public func commit(_ request: CommitRequest) async throws(LedgerError) -> CommitResult {
        try storage.withLock { storage throws(LedgerError) in try storage.commit(request) }
    }

    /// Appends at once: nobody can tell.
    public func append(later request: CommitRequest) throws(LedgerError) {
        _ = try storage.withLock { storage throws(LedgerError) in try storage.commit(request) }
    }

    /// The entry at an index, or `nil`.
    public func entry(at index: Int64) throws(LedgerError) -> LoggedEntry? {
        try reading { storage in
            storage.requests.indices.contains(Int(clamping: index)) ? storage.entry(Int(clamping: index)) : nil
        }
    }

    /// The receipt of an id, or `nil`.
    public func receipt(_ id: UUIDv7) throws(LedgerError) -> LoggedEntry? {
        try reading { storage in storage.indices[Storage.Key(word: "receipt", id: id)].map(storage.entry) }
    }

    /// The outcome logged for a receipt, or `nil`.
    public func outcome(of receipt: UUIDv7) throws(LedgerError) -> LoggedEntry? {
        try reading { storage in storage.indices[Storage.Key(word: "outcome", id: receipt)].map(storage.entry) }
    }

    /// Entries from an index on, at most so many.
    public func entries(from index: Int64, limit: Int) throws(LedgerError) -> [LoggedEntry] {
        try reading { storage in
            storage.requests.indices.dropFirst(max(0, Int(clamping: index))).prefix(max(0, limit)).map(storage.entry)
        }
    }

    /// The newest receipts first.
    public func newestReceipts(
        limit: Int, before index: Int64?, agent: UTF8String?
    ) throws(LedgerError) -> [LoggedEntry] {
        try reading { storage in
            let matching = storage.requests.indices.reversed().filter { place in
                guard case .receipt(_, let name) = storage.requests[place].kind else { return false }
                return Int64(place) < index ?? .max && (agent == nil || agent == name)
            }
            return matching.prefix(max(0, limit)).map(storage.entry)
        }
    }

    /// The newest receipts of a session first.
    public func newestReceipts(
        limit: Int, before index: Int64?, session: UTF8String
    ) throws(LedgerError) -> [LoggedEntry] {
        try reading { storage in
            let matching = storage.requests.indices.reversed().filter { place in
                guard case .receipt = storage.requests[place].kind else { return false }
                return storage.requests[place].session == session && Int64(place) < index ?? .max
            }
            return matching.prefix(max(0, limit)).map(storage.entry)
        }
    }

    /// The newest receipt of a session that echoes a nonce.
    public func newestReceipt(of session: UTF8String, nonce: UTF8String) throws(LedgerError) -> LoggedEntry? {
        try reading { storage in
            storage.requests.lastIndex { $0.session == session && $0.nonce == nonce }.map(storage.entry)
        }
    }

    /// Whether the last entry that freezes or thaws this session freezes it.
    public func isFrozen(session: UTF8String) throws(LedgerError) -> Bool {
        try reading { storage in
            storage.requests.last { $0.sessionChange != .none && $0.session == session }?.sessionChange == .freezes
        }
    }

    /// The receipts that keep sessions frozen, the last one of each, newest first.
    public func freezingReceipts(limit: Int) throws(LedgerError) -> [LoggedEntry] {
        try reading { storage in
            var seen: Set<UTF8String> = []
            let last = storage.requests.indices.reversed().filter { place in
                let request = storage.requests[place]
                guard let session = request.session, request.sessionChange != .none else { return false }
                return seen.insert(session).inserted
            }
            let freezing = last.filter { storage.requests[$0].sessionChange == .freezes }
            return freezing.prefix(max(0, limit)).map(storage.entry)
        }
    }

    /// The sealed evidence of a receipt, or `nil`.
    public func evidence(of receipt: UUIDv7) throws(LedgerError) -> SealedEvidence? {
        try reading { $0.evidence[receipt] }
    }

    /// A document stored by its digest, or `nil`.
    public func content(_ digest: Digest) throws(LedgerError) -> [UInt8]? { try reading { $0.contents[digest] } }

    /// Approvals that the log has, the newest first.
    public func approvals(_ query: ApprovalQuery) throws(LedgerError) -> [ApprovalRecord] {
        try reading { storage in
            switch query {
            case .bound(let bindings): return storage.approvals { bindings.contains($0.binding) }
            case .id(let id): return storage.approvals { $0.id == id }
            case .open(let agent, let now, let limit):
                let open = storage.approvals { record in
                    [.waiting, .granted].contains(record.state(at: now)) && (agent == nil || agent == record.agentID)
                }
                return Array(open.prefix(max(0, limit)))
            }
        }
    }

    /// The newest signed checkpoint.
    public func checkpoint() throws(LedgerError) -> [UInt8] {
        let (size, root) = try reading { ($0.range.size, $0.range.root) }
        return try note(size, root)
    }

    /// A proof under the newest checkpoint.
    public func inclusionProof(of index: Int64) throws(LedgerError) -> Decisions.InclusionProof {
        let leaves = try reading { $0.leaves }
        guard let leaf = UInt64(exactly: index) else { throw Self.notFound }
        let size = UInt64(leaves.count)
        do {
            let tree = Self.reader(leaves)
            let hashes = try tree.inclusionProof(index: leaf, size: size).hashes
            let root = try tree.root(size: size)
            return Decisions.InclusionProof(index: index, hashes: hashes, checkpoint: try note(size, root))
        } catch {
            throw Self.notFound
        }
    }

    /// A proof that a smaller log is a prefix of the newest.
    public func consistencyProof(from size: Int64) throws(LedgerError) -> [Digest] {
        let leaves = try reading { $0.leaves }
        guard let old = UInt64(exactly: size) else { throw Self.notFound }
        do {
            return try Self.reader(leaves).consistencyProof(from: old, to: UInt64(leaves.count)).hashes
        } catch {
            throw Self.notFound
        }
    }

    private static let notFound = LedgerError(.notFound, "the log has no such entry or size")

    private static func reader(_ leaves: [Digest]) -> TreeReader<Never> {
        TreeReader(size: UInt64(leaves.count), leaves: { Array(leaves[Int($0.lowerBound)..<Int($0.upperBound)]) }) {
            level, index in
            let first = Int(index) * 256
            return level == 0 ? Array(leaves[first..<first + 256]) : nil
        }
    }

    private func note(_ size: UInt64, _ root: Digest) throws(LedgerError) -> [UInt8] {
        guard let checkpoint = Checkpoint(origin: log.name, size: size, root: root) else { throw Self.notFound }
        do {
            return try checkpoint.signed(with: signer).bytes
        } catch {
            throw LedgerError(.poisoned, "\(error)")
        }
    }

    private func reading<Result: Sendable>(
        _ body: (borrowing Storage) -> Result
    ) throws(LedgerError) -> Result {
        try storage.withLock { storage throws(LedgerError) in
            try storage.check()
            return body(storage)
        }
    }
}
