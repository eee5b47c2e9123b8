// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Where each name's entry stands in the table's text. Finding the headers is one pass over the bytes; entries are read when
/// they are asked for.
struct ProgramIndex: Sendable {
    struct Place: Sendable, Hashable {
        var family: Int
        var offset: Int
    }

    private let families: [String]
    /// Hashes of the names in the table's order, and where the entries stand: a table of a few thousand is searched in less
    /// time than it would take to build a dictionary. The entry itself says whether the name is meant.
    private var hashes: [UInt64] = []
    private var places: [Place] = []

    init(_ families: [String]) {
        self.families = families
        hashes.reserveCapacity(8192)
        places.reserveCapacity(8192)
        for (number, family) in families.enumerated() {
            var text = family
            text.withUTF8 { bytes in
                Self.headers(bytes) { hash, offset in
                    hashes.append(hash)
                    places.append(Place(family: number, offset: offset))
                }
            }
        }
    }

    /// The lines of the entry with this name.
    func lines(_ name: UTF8String) -> [Substring.UTF8View]? {
        let hash = name.withUTF8 { $0.reduce(into: Self.seed) { Self.add($1, to: &$0) } }
        guard let index = hashes.firstIndex(of: hash) else { return nil }
        let place = places[index]
        let lines = Self.lines(families[place.family], from: place.offset)
        guard let header = lines.first, ProgramEntryReader.names(header).contains(name) else { return nil }
        return lines
    }

    /// All entries' lines, for the test that reads the whole table.
    static func all(_ family: String) -> [[Substring.UTF8View]] {
        var copy = family
        var offsets: [Int] = []
        copy.withUTF8 { bytes in
            Self.headers(bytes) { _, offset in if offsets.last != offset { offsets.append(offset) } }
        }
        return offsets.map { lines(family, from: $0) }
    }

    private static func lines(_ text: String, from offset: Int) -> [Substring.UTF8View] {
        var lines: [Substring.UTF8View] = []
        var rest = text.utf8.dropFirst(offset)
        while !rest.isEmpty {
            let line = rest.prefix { $0 != UInt8(ascii: "\n") }
            guard !line.isEmpty, lines.isEmpty || line.first == UInt8(ascii: " ") || line.first == UInt8(ascii: "#")
            else { break }
            lines.append(Substring(line).utf8)
            rest = rest[line.endIndex...].dropFirst()
        }
        return lines
    }

    private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    private static func add(_ byte: UInt8, to hash: inout UInt64) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// Calls `found` with each name of each header: a line that begins with neither blank nor `#`.
    private static func headers(_ bytes: UnsafeBufferPointer<UInt8>, _ found: (UInt64, Int) -> Void) {
        var index = 0
        while index < bytes.count {
            let start = index
            if bytes[index] == 0x20 || bytes[index] == UInt8(ascii: "#") || bytes[index] == 0x0a {
                index = lineEnd(bytes, from: index) + 1
                continue
            }
            var hash = seed
            var wasBlank = true
            while index < bytes.count, bytes[index] != 0x0a {
                let byte = bytes[index]
                if byte == UInt8(ascii: ",") {
                    found(hash, start)
                    hash = seed
                    wasBlank = true
                } else if byte != 0x20 || !wasBlank {
                    add(byte, to: &hash)
                    wasBlank = byte == 0x20
                }
                index += 1
            }
            found(hash, start)
            index += 1
        }
    }

    /// The next line break, or the end; eight bytes at a time.
    private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= raw.count {
            let word =
                UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) ^ 0x0a0a_0a0a_0a0a_0a0a
            let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
            if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < raw.count, raw[index] != 0x0a { index += 1 }
        return index
    }
}
