// SPDX-License-Identifier: Apache-2.0

/// A request below a log's prefix, read strictly: every tile has one path.
public enum TilePath: Sendable, Hashable {
    /// `tile/<level>/…`: hashes.
    case hashes(Tile)
    /// `tile/entries/…`: the entries themselves, as a tile of level 0.
    case entries(Tile)

    /// What a path without a leading slash names, or `nil` where it is no tile's own path.
    public init?(parsing path: String) {
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), maxSplits: 16, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts.count <= 12, parts[0].elementsEqual("tile".utf8) else { return nil }
        let isEntries = parts[1].elementsEqual("entries".utf8)
        guard let level = isEntries ? 0 : Decimal.parse(parts[1]), level <= UInt64(Tile.levelMax) else { return nil }
        var groups = parts.dropFirst(2).map { Array($0) }
        var width = Tile.fullWidth
        let partial = Array(".p".utf8)
        if groups.count >= 2, groups[groups.count - 2].suffix(2).elementsEqual(partial) {
            guard let value = Decimal.parse(groups.removeLast()), (1..<UInt64(Tile.fullWidth)).contains(value) else {
                return nil
            }
            width = Int(value)
            groups[groups.count - 1].removeLast(2)
        }
        var index: UInt64 = 0
        for (place, group) in groups.enumerated() {
            let digits = place == groups.count - 1 ? group : Array(group.dropFirst())
            guard place == groups.count - 1 || group.first == UInt8(ascii: "x"), digits.count == 3,
                digits.allSatisfy(Decimal.isDigit)
            else { return nil }
            let value = digits.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
            let (product, overflow) = index.multipliedReportingOverflow(by: 1000)
            guard !overflow, product <= LogLimits.treeSizeMax else { return nil }
            index = product + value
        }
        guard let tile = Tile(level: Int(level), index: index, width: width) else { return nil }
        self = isEntries ? .entries(tile) : .hashes(tile)
        guard text == path else { return nil }
    }

    /// The path.
    public var text: String {
        switch self {
        case .hashes(let tile): tile.path
        case .entries(let tile): tile.entriesPath
        }
    }
}
