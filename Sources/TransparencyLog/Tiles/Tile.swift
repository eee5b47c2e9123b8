// SPDX-License-Identifier: Apache-2.0

/// Where a tile is in a log (C2SP tlog-tiles): `level` 0 holds leaf hashes, and each hash of a level above is the root
/// of a full tile below. A full tile has 256 hashes, a partial one at the right edge fewer.
public struct Tile: Sendable, Hashable {
    /// Hashes in a full tile.
    public static let fullWidth = 256
    /// Levels of perfect subtree that one level of tiles spans: 256 = 2^8.
    public static let height = 8
    /// The highest level that a log of `LogLimits.treeSizeMax` has.
    public static let levelMax = 7

    /// 0 to 7.
    public let level: Int
    /// The tile's number in its level, from 0.
    public let index: UInt64
    /// Hashes in it, 1 to 256.
    public let width: Int

    /// A tile, or `nil` where level or width is out of range or the tile would hold leaves past `LogLimits.treeSizeMax`.
    public init?(level: Int, index: UInt64, width: Int = Tile.fullWidth) {
        guard (0...Self.levelMax).contains(level), (1...Self.fullWidth).contains(width),
            index < (LogLimits.treeSizeMax >> UInt64(Self.height * level)) / UInt64(Self.fullWidth) + 1
        else { return nil }
        self.level = level
        self.index = index
        self.width = width
    }

    private init(unchecked level: Int, _ index: UInt64, _ width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// How many hashes of a level a tree has: one for each full tile below.
    public static func hashCount(level: Int, size: UInt64) -> UInt64 {
        level < 0 || level > levelMax ? 0 : size >> UInt64(height * level)
    }

    /// Whether a tree of this size has all of the tile's hashes.
    public func exists(size: UInt64) -> Bool {
        let count = Self.hashCount(level: level, size: size)
        return index < count / UInt64(Self.fullWidth)
            || (index == count / UInt64(Self.fullWidth) && UInt64(width) <= count % UInt64(Self.fullWidth))
    }

    /// The tiles of a tree, level by level: the full ones, then the partial one at its edge, where there is one.
    ///
    /// The count grows with the tree; for one level's edge use `edge(level:size:)`.
    public static func all(size: UInt64) -> [Tile] {
        var tiles: [Tile] = []
        for level in 0...levelMax {
            let count = hashCount(level: level, size: size)
            for index in 0..<(count / UInt64(fullWidth)) { tiles.append(Tile(unchecked: level, index, fullWidth)) }
            if let edge = edge(level: level, size: size) { tiles.append(edge) }
        }
        return tiles
    }

    /// The partial tile at the right edge of a level, or `nil` where the level ends with a full tile or has nothing.
    public static func edge(level: Int, size: UInt64) -> Tile? {
        let count = hashCount(level: level, size: size)
        let width = Int(count % UInt64(fullWidth))
        return width == 0 ? nil : Tile(unchecked: level, count / UInt64(fullWidth), width)
    }

    /// The tiles that become full when a tree grows, the lower level first: what a store adds with the leaves.
    public static func completed(from old: UInt64, to new: UInt64) -> [Tile] {
        var tiles: [Tile] = []
        for level in 0...levelMax {
            let first = hashCount(level: level, size: old) / UInt64(fullWidth)
            let end = hashCount(level: level, size: new) / UInt64(fullWidth)
            for index in first..<max(first, end) { tiles.append(Tile(unchecked: level, index, fullWidth)) }
        }
        return tiles
    }

    /// The path below a log's prefix: `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits, all but
    /// the last with an `x` in front.
    public var path: String { "tile/\(level)/" + Self.indexPath(index) + suffix }

    /// The path of the entry bundle with this tile's leaves; meaningful for level 0.
    public var entriesPath: String { "tile/entries/" + Self.indexPath(index) + suffix }

    private var suffix: String { width == Self.fullWidth ? "" : ".p/\(width)" }

    private static func indexPath(_ index: UInt64) -> String {
        var rest = index
        var groups: [String] = []
        repeat {
            let digits = String(rest % 1000)
            let padded = String(repeating: "0", count: 3 - digits.utf8.count) + digits
            groups.append(groups.isEmpty ? padded : "x" + padded)
            rest /= 1000
        } while rest > 0
        return groups.reversed().joined(separator: "/")
    }
}
