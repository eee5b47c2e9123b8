// SPDX-License-Identifier: Apache-2.0

public import Decisions
import GRDB
import StrictJSON
public import TransparencyLog
public import WireTypes

import struct Crypto.SHA256

extension SQLiteLedger {
    /// What an entry says of itself; the ledger does not read entries.
    public struct EntryReading {
        /// What an event's bytes change in the state; `nil` for other entries and for events that change nothing.
        public var change: ([UInt8]) throws -> StateChange?
        /// The digest of the evidence that a receipt's or an event's bytes name; `nil` where it names none.
        public var evidence: ([UInt8]) throws -> Digest?
        /// The session that an entry's bytes name, and what they mean for it; `nil` where they name none. Without
        /// this, the columns are not compared.
        public var session: (([UInt8]) throws -> SessionMark?)?
        /// The approval that a receipt's bytes use up, as a change; `nil` where they use none. Without this, approvals are
        /// not compared.
        public var used: (([UInt8]) throws -> StateChange?)?

        /// A reading of entries.
        public init(
            change: @escaping ([UInt8]) throws -> StateChange?, evidence: @escaping ([UInt8]) throws -> Digest?,
            session: (([UInt8]) throws -> SessionMark?)? = nil, used: (([UInt8]) throws -> StateChange?)? = nil
        ) {
            self.change = change
            self.evidence = evidence
            self.session = session
            self.used = used
        }
    }

    /// Recomputes everything that the ledger at a path holds twice, and lists what does not agree, at most 100 findings.
    ///
    /// It reads every entry in one snapshot, so it may run while others append; a log of a million entries takes about
    /// ten seconds. It works on a ledger that `open` refuses.
    ///
    /// - Parameters:
    ///   - log: the log's verifier key.
    ///   - reading: reads entries; without it, the state and the evidence's digests are not compared with them.
    /// - Throws: `LedgerError.missing` where there is no file, or `busy`.
    public static func fsck(
        at path: String, log: VerifierKey, reading: EntryReading? = nil
    ) throws(LedgerError) -> [LedgerFinding] {
        let trust = try Opening.trust(in: log)
        try Opening.checkFile(path)
        let path = FileSystem.resolved(path)
        var fsck = Fsck(reading: reading, trust: trust)
        do throws(LedgerError) {
            fsck.anchored = try Anchor.read(of: path, trust: trust)
        } catch {
            fsck.find(.anchor, nil, error.message)
        }
        do {
            let connection = try Connection(path: path, role: .reader)
            try connection.snapshot { db in try fsck.check(db) }
            try connection.close()
        } catch {
            let failure = Failure.ledgerError(error, doing: "checking \(path)", isOpening: true)
            guard failure.code != .busy else { throw failure }
            fsck.find(.file, nil, failure.message)
        }
        return fsck.findings
    }

    /// Checks this ledger, as `fsck(at:log:reading:)` does.
    ///
    /// - Throws: `LedgerError`.
    public func fsck(reading: EntryReading? = nil) throws(LedgerError) -> [LedgerFinding] {
        try Self.fsck(at: path, log: trust.log, reading: reading)
    }
}

/// One pass over a ledger.
private struct Fsck {
    let reading: SQLiteLedger.EntryReading?
    let trust: LogTrust
    var anchored: Checkpoint?
    private(set) var findings: [LedgerFinding] = []

    private var range = CompactRange()
    private var state = LedgerState()
    private var approvals = ApprovalBook()
    private var anchorRoot: Digest?
    /// The hashes of each level's unfinished tile.
    private var edges: [[Digest]] = [[]]
    private var tileCount: Int64 = 0

    init(reading: SQLiteLedger.EntryReading?, trust: LogTrust) {
        self.reading = reading
        self.trust = trust
    }

    mutating func find(_ subject: LedgerFinding.Subject, _ index: Int64?, _ message: String) {
        if findings.count < Limits.findings {
            findings.append(LedgerFinding(subject: subject, index: index, message: message))
        }
    }

    mutating func check(_ db: Database) throws {
        for row in try db.rows("PRAGMA integrity_check(10)") {
            if row.name(0) != "ok" { find(.file, nil, row.name(0)?.string ?? "the file's structure is damaged") }
        }
        noteAnchorRoot()
        try db.forEach("SELECT idx, kind, at, leaf, body, session, freezes, nonce FROM entries ORDER BY idx") { row in
            try entry(row, db)
        }
        try tilesLeftOver(db)
        try head(db)
        try evidence(db)
        try db.forEach("SELECT digest, bytes FROM contents") { row in
            let digest = row.digest(0)
            if row.bytes(1).map({ Digest(SHA256.hash(data: $0)) }) != digest {
                find(.content, nil, "the document of \(digest?.hex ?? "no digest") has another")
            }
        }
    }

    private mutating func entry(_ row: Record, _ db: Database) throws {
        guard let index = row.integer(0), let kind = row.integer(1).flatMap(EntryKind.init(rawValue:)),
            let time = row.integer(2).flatMap({ Timestamp(milliseconds: $0) }), let body = row.bytes(4)
        else {
            find(.entry, row.integer(0), "a column is missing or of another type")
            return
        }
        if index != state.size { find(.entry, state.size, "the next entry has index \(index)") }
        let leaf = TreeHash.leaf(body)
        if row.digest(3) != leaf { find(.entry, index, "its leaf hash is not that of its bytes") }
        range.append(leaf)
        noteAnchorRoot()
        try tile(level: 0, leaf, db)
        if let read = kind == .event ? reading?.change : kind == .receipt ? reading?.used : nil {
            do {
                if let change = try read(body) {
                    state.apply(change)
                    if case .approval(let change) = change { approvals.apply(change) }
                }
            } catch {
                find(.entry, index, "the entry cannot be read: \(error)")
            }
        }
        if kind != .outcome { session(row, index, body) }
        state.size = index == .max ? index : index + 1
        state.lastEntry = max(state.lastEntry ?? time, time)
    }

    private mutating func session(_ row: Record, _ index: Int64, _ body: [UInt8]) {
        guard let read = reading?.session else { return }
        do {
            let mark = try read(body)
            if row.name(5) != mark?.session || row.name(7) != mark?.nonce
                || row.integer(6) != (mark?.change ?? .none).rawValue
            {
                find(.entry, index, "its session or nonce is not the one that it names")
            }
        } catch {
            find(.entry, index, "the entry cannot be read: \(error)")
        }
    }

    private mutating func noteAnchorRoot() {
        if range.size == anchored?.size { anchorRoot = range.root }
    }

    /// Adds a hash to a level, and goes on with the tile's root where that makes its tile full: at most 8 levels.
    private mutating func tile(level: Int, _ hash: Digest, _ db: Database) throws {
        var level = level
        var hash = hash
        while true {
            if edges.count == level { edges.append([]) }
            edges[level].append(hash)
            guard edges[level].count == Tile.fullWidth else { return }
            let number = Int64(clamping: range.size >> UInt64(Tile.height * (level + 1))) - 1
            let row = try db.row(
                "SELECT hashes FROM tiles WHERE level = ? AND n = ?", .integer(Int64(level)), .integer(number))
            tileCount += 1
            if row?.bytes(0) != edges[level].flatMap(\.bytes) {
                find(.tile, nil, "tile \(number) of level \(level) is \(row == nil ? "missing" : "not of its entries")")
            }
            hash = TreeHash.root(of: edges[level])
            edges[level] = []
            level += 1
        }
    }

    private mutating func tilesLeftOver(_ db: Database) throws {
        let stored = try db.row("SELECT count(*) FROM tiles")?.integer(0) ?? 0
        if stored > tileCount { find(.tile, nil, "\(stored) tiles are stored, the entries fill \(tileCount)") }
    }

    private mutating func head(_ db: Database) throws {
        let head: Head
        do {
            head = try Head.load(db)
        } catch let error as LedgerError {
            find(.head, nil, error.message)
            return
        }
        if head.state.size != state.size { find(.head, nil, "it counts \(head.state.size) entries of \(state.size)") }
        if head.range != range { find(.head, nil, "its tree is not that of the entries") }
        do {
            let checkpoint = try trust.verify(Note(parsing: head.checkpoint)).checkpoint
            if checkpoint.size != range.size || checkpoint.root != range.root {
                find(.checkpoint, nil, "it is not of the entries")
            }
        } catch {
            find(.checkpoint, nil, "it does not verify: \(error)")
        }
        if let anchored, anchorRoot != anchored.root {
            find(.anchor, nil, "the checkpoint beside the ledger, of size \(anchored.size), is not of the entries")
        }
        if let reading {
            compare(head.state)
            if reading.used != nil, try ApprovalBook(StoredApprovals.all(db)) != approvals {
                find(.state, nil, "the approvals do not follow from the entries")
            }
        }
        if head.state.lastEntry != state.lastEntry { find(.state, nil, "the newest entry's time is another") }
    }

    private mutating func compare(_ kept: LedgerState) {
        if kept.epochs != state.epochs { find(.state, nil, "the epochs do not follow from the events") }
        if kept.killSwitches != state.killSwitches {
            find(.state, nil, "the kill switches do not follow from the events")
        }
        if kept.standings != state.standings { find(.state, nil, "the standings do not follow from the events") }
        if kept.pins != state.pins || kept.sightings != state.sightings {
            find(.state, nil, "the pins do not follow from the events")
        }
        if kept.labels != state.labels || kept.labellings != state.labellings {
            find(.state, nil, "the labels do not follow from the events")
        }
        if kept.grants != state.grants { find(.state, nil, "the task grants do not follow from the events") }
    }

    private mutating func evidence(_ db: Database) throws {
        let sql = """
            SELECT evidence.idx, digest, ciphertext, kind, body FROM evidence LEFT JOIN entries USING (idx)
            """
        try db.forEach(sql) { row in
            let index = row.integer(0)
            let digest = row.digest(1)
            if row.bytes(2).map({ Digest(SHA256.hash(data: $0)) }) != digest {
                find(.evidence, index, "its digest is not that of its bytes")
            }
            let isNamed = row.integer(3).flatMap(EntryKind.init(rawValue:)).map { $0 != .outcome } ?? false
            guard isNamed, let body = row.bytes(4) else {
                find(.evidence, index, "there is no entry for it that could name it")
                return
            }
            guard let reading else { return }
            do {
                if try reading.evidence(body) != digest { find(.evidence, index, "its entry names another") }
            } catch {
                find(.evidence, index, "its entry cannot be read: \(error)")
            }
        }
    }
}
