// SPDX-License-Identifier: Apache-2.0

import Testing
import TransparencyLog
import WireTypes

struct TileTests {
    /// Past one full tile of level 1, so that three levels have tiles.
    static let large = PlainTree(size: 66_000)

    @Test(
        arguments: [
            (0, 0, 256, "tile/0/000"), (0, 5, 112, "tile/0/005.p/112"), (3, 999, 256, "tile/3/999"),
            (0, 1000, 1, "tile/0/x001/000.p/1"), (0, 1_234_067, 256, "tile/0/x001/x234/067"),
        ] as [(Int, UInt64, Int, String)])
    func `a tile has one path`(level: Int, index: UInt64, width: Int, path: String) throws {
        let tile = try #require(Tile(level: level, index: index, width: width))
        #expect(tile.path == path)
        #expect(TilePath(parsing: path) == .hashes(tile))
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/8/000", "tile/-1/000",
        "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000/1", "tile/0/x000/001",
        "tile/0/001/000", "tile/0/x001/x000", "tile/0/٠٠٠", "/tile/0/000", "tile/0/000/", "tile/entries/00",
        "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/7/x001/000", "tile/0/.p/1", "tile/0/000.p/1/.p/1", "tile/0/+01", "tile/entries/000.p/300",
    ])
    func `what is no tile's path is refused`(path: String) { #expect(TilePath(parsing: path) == nil) }

    @Test func `an entry bundle's path is read`() throws {
        let path = try #require(TilePath(parsing: "tile/entries/x001/002.p/7"))
        #expect(path == .entries(try #require(Tile(level: 0, index: 1002, width: 7))))
        #expect(path.text == "tile/entries/x001/002.p/7")
    }

    @Test(
        arguments: [
            (0, 0, []), (255, 1, ["tile/0/000.p/255"]), (256, 2, ["tile/0/000", "tile/1/000.p/1"]),
            (300, 3, ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]),
            (70_000, 277, ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]),
        ] as [(UInt64, Int, [String])])
    func `a tree has these tiles`(size: UInt64, count: Int, last: [String]) {
        let tiles = Tile.all(size: size)
        #expect(tiles.count == count)
        #expect(tiles.suffix(last.count).map(\.path) == last)
        #expect(tiles.allSatisfy { $0.exists(size: size) })
        #expect(Tile.completed(from: 0, to: size) == tiles.filter { $0.width == 256 })
    }

    @Test func `growing completes each tile once, the lower level first`() throws {
        var seen: [Tile] = []
        var size: UInt64 = 0
        for step in [1, 254, 1, 1, 255, 700, 64_000, 400, 1] as [UInt64] {
            seen += Tile.completed(from: size, to: size + step)
            size += step
        }
        #expect(Set(seen).count == seen.count)
        #expect(Set(seen) == Set(Tile.all(size: size).filter { $0.width == 256 }))
        #expect(Tile.completed(from: 65_535, to: 65_536).map(\.path) == ["tile/0/255", "tile/1/000"])
        #expect(Tile.completed(from: 5, to: 3).isEmpty)
    }

    @Test(arguments: [true, false])
    func `proofs in a tree of several tile levels equal the plain ones`(withTiles: Bool) throws {
        let plain = Self.large
        let reader = plain.reader(withTiles: withTiles)
        for size in withTiles ? [256, 257, 511, 65_536, 66_000] : [511, 66_000] {
            let root = PlainTree.root(plain.leaves[..<size])
            #expect(try reader.root(size: UInt64(size)) == root)
            #expect(try reader.compactRange(size: UInt64(size)).root == root)
            for index in [size / 3, size - 1] {
                let proof = try reader.inclusionProof(index: UInt64(index), size: UInt64(size))
                try proof.verify(leaf: plain.leaves[index], size: UInt64(size), root: root)
            }
            for old in [1, 255, size - 1] {
                let proof = try reader.consistencyProof(from: UInt64(old), to: UInt64(size))
                let oldRoot = try reader.root(size: UInt64(old))
                try proof.verify(old: UInt64(old), oldRoot: oldRoot, new: UInt64(size), newRoot: root)
            }
        }
        let rows = plain.rows
        for path in ["tile/0/257.p/208", "tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"] {
            guard case .hashes(let tile)? = TilePath(parsing: path) else {
                Issue.record("\(path) is no path")
                continue
            }
            let first = Int(tile.index) * 256
            #expect(try reader.hashes(of: tile) == Array(rows[tile.level][first..<first + tile.width]))
        }
    }

    @Test func `a proof takes few reads`() throws {
        let plain = Self.large
        let rows = plain.rows
        var reads = 0
        let reader = TreeReader<Never>(
            size: 66_000,
            leaves: {
                reads += 1
                return Array(plain.leaves[Int($0.lowerBound)..<Int($0.upperBound)])
            },
            tile: { level, index in
                reads += 1
                return Array(rows[level].dropFirst(Int(index) * 256).prefix(256))
            })
        _ = try reader.inclusionProof(index: 12_345, size: 66_000)
        #expect(reads <= 6)
    }

    @Test func `damage and impossible requests are errors`() throws {
        let plain = PlainTree(size: 600)
        let reader = plain.reader()
        #expect(throws: (any Error).self) { try reader.root(size: 601) }
        #expect(throws: (any Error).self) { try reader.inclusionProof(index: 5, size: 5) }
        #expect(throws: (any Error).self) { try reader.inclusionProof(index: 0, size: 601) }
        #expect(throws: (any Error).self) { try reader.consistencyProof(from: 7, to: 6) }
        #expect(throws: (any Error).self) { try reader.hashes(of: try #require(Tile(level: 0, index: 2, width: 89))) }
        let pruned = TreeReader<Never>(size: 600, leaves: { _ in [] }, tile: { _, _ in nil })
        do throws(TreeReadError<Never>) {
            _ = try pruned.root(size: 600)
            Issue.record("a store without hashes has a root")
        } catch .missing(let level, _) {
            #expect(level == 0)
        } catch {
            Issue.record("\(error)")
        }
        struct DiskError: Error {}
        let failing = TreeReader<DiskError>(
            size: 600, leaves: { (_) throws(DiskError) in throw DiskError() }, tile: { _, _ in nil })
        #expect(throws: TreeReadError<DiskError>.self) { try failing.root(size: 600) }
    }

    @Test func `entry bundles are read as written and never past their end`() throws {
        let entries: [[UInt8]] = [[], [1], Array(repeating: 7, count: 300)]
        let bytes = try #require(EntryBundle.encode(entries))
        #expect(EntryBundle.decode(bytes) == entries)
        #expect(EntryBundle.decode(bytes.dropLast()) == nil)
        #expect(EntryBundle.decode([0]) == nil)
        #expect(EntryBundle.decode([0, 0] + bytes) == [[]] + entries)
        #expect(EntryBundle.decode([UInt8](repeating: 0, count: 2 * 257)) == nil)
        #expect(EntryBundle.encode([[UInt8](repeating: 0, count: 65_536)]) == nil)
    }
}
