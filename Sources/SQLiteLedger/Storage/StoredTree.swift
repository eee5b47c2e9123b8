// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB
import TransparencyLog
import WireTypes

/// The log's Merkle tree as its tables hold it: the leaf hashes of entries, and full tiles.
enum StoredTree {
    /// A reader of the tree of a size, within the transaction that `db` is in.
    static func reader(_ db: Database, size: UInt64) -> TreeReader<any Error> {
        TreeReader(
            size: size,
            leaves: { range in
                let rows = try db.rows(
                    "SELECT leaf FROM entries WHERE idx >= ? AND idx < ? ORDER BY idx",
                    .integer(Int64(clamping: range.lowerBound)), .integer(Int64(clamping: range.upperBound)))
                let hashes = rows.compactMap { $0.digest(0) }
                guard hashes.count == range.count else { throw Head.damaged("entries are missing") }
                return hashes
            },
            tile: { level, index in
                let row = try db.row(
                    "SELECT hashes FROM tiles WHERE level = ? AND n = ?",
                    .integer(Int64(level)), .integer(Int64(clamping: index)))
                guard let bytes = row?.bytes(0) else { return nil }
                guard let hashes = Digest.row(bytes), hashes.count == Tile.fullWidth else {
                    throw Head.damaged("a tile is damaged")
                }
                return hashes
            })
    }

    /// Stores the tiles that became full.
    static func storeTiles(_ db: Database, from old: UInt64, to new: UInt64) throws {
        for tile in Tile.completed(from: old, to: new) {
            let hashes = try reader(db, size: new).hashes(of: tile)
            try db.run(
                "INSERT INTO tiles(level, n, hashes) VALUES (?, ?, ?)",
                .integer(Int64(tile.level)), .integer(Int64(clamping: tile.index)), .blob(hashes.flatMap(\.bytes)))
        }
    }
}

extension StoredTree {
    /// What a failed reading of the tree means.
    static func ledgerError(_ error: TreeReadError<any Error>) -> any Error {
        switch error {
        case .store(let error): error
        case .outOfRange: LedgerError(.notFound, "the log has no such entry or size")
        case .missing(let level, let index): Head.damaged("tile \(index) of level \(level) is missing")
        }
    }
}
