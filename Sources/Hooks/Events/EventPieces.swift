// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// An event's outermost members, found by the structure of its text alone: what a value says may be unreadable, where it
/// ends is known by quotes and brackets. So a call's own members can be read beside a result that nobody can read.
struct EventPieces {
    struct Piece {
        var key: UTF8String
        /// From the name's quote on.
        var range: Range<Int>
        var value: Range<Int>
        /// Whether the text goes on behind the value.
        var isWhole: Bool
    }

    private(set) var pieces: [Piece] = []
    /// Whether the text is one object and nothing else, as far as structure tells.
    private(set) var isWhole = false
    let bytes: [UInt8]

    /// Above what any harness writes.
    private static let most = 1_000

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var place = Self.blanks(bytes, 0)
        guard Self.at(bytes, place) == UInt8(ascii: "{") else { return }
        place = Self.blanks(bytes, place + 1)
        if Self.at(bytes, place) == UInt8(ascii: "}") {
            isWhole = Self.blanks(bytes, place + 1) == bytes.count
            return
        }
        while pieces.count < Self.most {
            let start = place
            guard Self.at(bytes, start) == UInt8(ascii: "\""), let end = Self.endOfText(bytes, start),
                let key = Self.read(Array(bytes[start..<end]))?.string
            else { return }
            place = Self.blanks(bytes, end)
            guard Self.at(bytes, place) == UInt8(ascii: ":") else { return }
            let value = Self.blanks(bytes, place + 1)
            guard let behind = Self.endOfValue(bytes, value), behind < bytes.count else {
                // Cut off: the value is there, and nobody knows the rest of it.
                pieces.append(Piece(key: key, range: start..<bytes.count, value: value..<bytes.count, isWhole: false))
                return
            }
            pieces.append(Piece(key: key, range: start..<behind, value: value..<behind, isWhole: true))
            place = Self.blanks(bytes, behind)
            if Self.at(bytes, place) == UInt8(ascii: ",") {
                place = Self.blanks(bytes, place + 1)
            } else {
                isWhole =
                    Self.at(bytes, place) == UInt8(ascii: "}") && Self.blanks(bytes, place + 1) == bytes.count
                return
            }
        }
    }

    /// A member's value, where it is whole and strict JSON, and the only one of its name.
    func strict(_ piece: Piece) -> JSON? {
        guard piece.isWhole, !isTwice(piece.key) else { return nil }
        return Self.read(Array(bytes[piece.value]))
    }

    func isTwice(_ key: UTF8String) -> Bool { pieces.count { $0.key == key } > 1 }

    static func read(_ bytes: [UInt8]) -> JSON? {
        do throws(JSONError) { return try JSON(parsing: bytes, limits: HookLimits.event) } catch { return nil }
    }

    // MARK: structure

    private static func at(_ bytes: [UInt8], _ place: Int) -> UInt8? { place < bytes.count ? bytes[place] : nil }

    private static func blanks(_ bytes: [UInt8], _ start: Int) -> Int {
        var place = start
        while place < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[place]) { place += 1 }
        return place
    }

    /// Behind the closing quote of the text that begins here.
    private static func endOfText(_ bytes: [UInt8], _ start: Int) -> Int? {
        var place = start + 1
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""): return place + 1
            case UInt8(ascii: "\\"): place += 2
            default: place += 1
            }
        }
        return nil
    }

    /// Behind the value that begins here; `nil` where it does not end, or its brackets do not fit each other.
    private static func endOfValue(_ bytes: [UInt8], _ start: Int) -> Int? {
        var open: [UInt8] = []
        var place = start
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                guard let end = endOfText(bytes, place) else { return nil }
                place = end
                if open.isEmpty { return place }
                continue
            case UInt8(ascii: "{"): open.append(UInt8(ascii: "}"))
            case UInt8(ascii: "["): open.append(UInt8(ascii: "]"))
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // The object's own end, behind a number or a word.
                guard let wanted = open.popLast() else { return place }
                guard wanted == bytes[place] else { return nil }
                if open.isEmpty { return place + 1 }
            case UInt8(ascii: ","), 0x20, 0x09, 0x0a, 0x0d: if open.isEmpty { return place }
            default: break
            }
            place += 1
        }
        return nil
    }
}
