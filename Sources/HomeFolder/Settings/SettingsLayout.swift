// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Where things are in a JSON text that has been read already, and how it is laid out.
struct SettingsLayout {
    /// A piece of text that takes a range's place.
    struct Edit {
        var range: Range<Int>
        var text: [UInt8]
    }

    /// An object or a list: its brackets, and what it holds.
    struct Node {
        var range: Range<Int>
        /// Each with the key it has in an object, and its place from the key or the value on.
        var items: [(key: UTF8String?, range: Range<Int>, value: Range<Int>)]
    }

    /// As it is written.
    private let original: [UInt8]
    /// The same length, comments and commas at ends made blank.
    private let plain: [UInt8]
    private let newline: [UInt8]
    private let unit: [UInt8]

    init(_ bytes: [UInt8]) {
        original = bytes
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        plain = [UInt8](repeating: 0x20, count: start) + CommentedJSON.plain(Array(bytes[start...]))
        let end = bytes.firstIndex(of: 0x0a) ?? 0
        newline = end > 0 && bytes[end - 1] == 0x0d ? [0x0d, 0x0a] : [0x0a]
        unit = Self.unit(plain)
    }

    /// The first line's indent that has one; two blanks where there is none.
    private static func unit(_ plain: [UInt8]) -> [UInt8] {
        for line in plain.split(separator: 0x0a) {
            let blanks = line.prefix { $0 == 0x20 || $0 == 0x09 }
            if !blanks.isEmpty, blanks.count < line.count { return Array(blanks) }
        }
        return [0x20, 0x20]
    }

    // MARK: finding

    /// The object or list at a path that is known to be there.
    func node(at keys: [UTF8String]) -> Node {
        var node = read(at: skipBlanks(0))
        for key in keys {
            guard let item = node.items.last(where: { $0.key == key }) else { break }
            node = read(at: item.value.lowerBound)
        }
        return node
    }

    /// One level of the tree; the text is JSON, which bounds every loop.
    private func read(at start: Int) -> Node {
        var node = Node(range: start..<start, items: [])
        let isObject = plain[start] == UInt8(ascii: "{")
        var place = skipBlanks(start + 1)
        while place < plain.count, plain[place] != UInt8(ascii: "}"), plain[place] != UInt8(ascii: "]") {
            if plain[place] == UInt8(ascii: ",") {
                place = skipBlanks(place + 1)
                continue
            }
            let begin = place
            var key: UTF8String?
            if isObject {
                let end = endOfValue(place)
                do throws(JSONError) { key = try JSON(parsing: Array(plain[place..<end])).string } catch { key = nil }
                place = skipBlanks(skipBlanks(end) + 1)
            }
            let value = place..<endOfValue(place)
            node.items.append((key, begin..<value.upperBound, value))
            place = skipBlanks(value.upperBound)
        }
        node.range = start..<min(place + 1, plain.count)
        return node
    }

    private func skipBlanks(_ start: Int) -> Int {
        var place = start
        while place < plain.count, [0x20, 0x09, 0x0a, 0x0d].contains(plain[place]) { place += 1 }
        return place
    }

    private func endOfValue(_ start: Int) -> Int {
        var depth = 0
        var place = start
        while place < plain.count {
            switch plain[place] {
            case UInt8(ascii: "\""):
                place += 1
                while place < plain.count, plain[place] != UInt8(ascii: "\"") {
                    place += plain[place] == UInt8(ascii: "\\") ? 2 : 1
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return place }
                depth -= 1
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x09, 0x0a, 0x0d:
                if depth == 0 { return place }
                place += 1
                continue
            default:
                place += 1
                continue
            }
            place += 1
            // A string or a closed bracket at this level ends the value.
            if depth == 0 { return min(place, plain.count) }
        }
        return plain.count
    }

    // MARK: adding

    /// Puts a value at the end of an object or a list.
    func appending(_ value: JSON, named key: UTF8String?, to node: Node) -> [Edit] {
        let label = key.map { JSON.string($0).serialized() + Array(": ".utf8) } ?? []
        let close = node.range.upperBound - 1
        guard let last = node.items.last else {
            let outer = indent(ofLineAt: node.range.lowerBound)
            let inner = outer + unit
            let text = newline + inner + label + printed(value, indent: inner)
            let inside = (node.range.lowerBound + 1)..<close
            guard original[inside].contains(where: { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }) else {
                return [Edit(range: inside, text: text + newline + outer)]
            }
            // Comments stay, after what is put in.
            let isOnOneLine = !original[inside].contains(0x0a)
            return [
                Edit(range: inside.lowerBound..<inside.lowerBound, text: text),
                Edit(range: close..<close, text: isOnOneLine ? newline + outer : []),
            ]
        }
        let comma = trailingComma(from: last.range.upperBound, to: close)
        let end = comma.map { $0 + 1 } ?? last.range.upperBound
        let separator: [UInt8] = comma == nil ? [UInt8(ascii: ",")] : []
        guard isFirstOnItsLine(last.range.lowerBound) else {
            return [
                Edit(
                    range: end..<end,
                    text: (comma == nil ? Array(", ".utf8) : [0x20]) + label + printed(value, indent: nil))
            ]
        }
        let indent = indent(ofLineAt: last.range.lowerBound)
        let place = restOfLineIsBlank(end, before: close) ?? end
        let text = newline + indent + label + printed(value, indent: indent)
        guard place > last.range.upperBound else { return [Edit(range: place..<place, text: separator + text)] }
        return [
            Edit(range: last.range.upperBound..<last.range.upperBound, text: separator),
            Edit(range: place..<place, text: text),
        ]
    }

    /// The comma that JSON does not have and the original may.
    private func trailingComma(from start: Int, to end: Int) -> Int? {
        (start..<end).first { original[$0] == UInt8(ascii: ",") && plain[$0] == 0x20 && !isInComment($0, from: start) }
    }

    /// Whether a comma of the original stands in a comment that began after `start`.
    private func isInComment(_ place: Int, from start: Int) -> Bool {
        var index = start
        while index < place {
            if original[index] == UInt8(ascii: "/"), index + 1 < original.count {
                if original[index + 1] == UInt8(ascii: "/") {
                    while index < original.count, original[index] != 0x0a { index += 1 }
                    if index > place { return true }
                } else if original[index + 1] == UInt8(ascii: "*") {
                    index += 2
                    while index + 1 < original.count,
                        !(original[index] == UInt8(ascii: "*") && original[index + 1] == UInt8(ascii: "/"))
                    {
                        index += 1
                    }
                    index += 1
                    if index > place { return true }
                }
            }
            index += 1
        }
        return false
    }

    /// The end of the line, where only blanks and comments stand between here and there.
    private func restOfLineIsBlank(_ start: Int, before close: Int) -> Int? {
        var place = start
        while place < close {
            if original[place] == 0x0a { return place > start && original[place - 1] == 0x0d ? place - 1 : place }
            guard [0x20, 0x09, 0x0d].contains(plain[place]) else { return nil }
            place += 1
        }
        return nil
    }

    private func indent(ofLineAt place: Int) -> [UInt8] {
        var start = place
        while start > 0, original[start - 1] != 0x0a { start -= 1 }
        return Array(original[start..<place].prefix { $0 == 0x20 || $0 == 0x09 })
    }

    private func isFirstOnItsLine(_ place: Int) -> Bool {
        var start = place
        while start > 0, original[start - 1] != 0x0a {
            start -= 1
            guard [0x20, 0x09].contains(original[start]) else { return false }
        }
        return start > 0
    }

    /// Over several lines where there is an indent, else in one. The depth is that of what Writ itself writes.
    private func printed(_ value: JSON, indent: [UInt8]?) -> [UInt8] {
        guard let indent else { return value.serialized() }
        let inner = indent + unit
        let parts: [[UInt8]]
        let brackets: (UInt8, UInt8)
        switch value {
        case .object(let object) where !object.isEmpty:
            parts = object.members.map {
                JSON.string($0.key).serialized() + Array(": ".utf8) + printed($0.value, indent: inner)
            }
            brackets = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        case .array(let array) where array.contains { $0.object != nil }:
            parts = array.map { printed($0, indent: inner) }
            brackets = (UInt8(ascii: "["), UInt8(ascii: "]"))
        default: return value.serialized()
        }
        let body = parts.map { newline + inner + $0 }.joined(separator: [UInt8(ascii: ",")])
        return [brackets.0] + body + newline + indent + [brackets.1]
    }

    // MARK: removing

    /// Takes out an item by its key.
    func removing(_ node: Node, key: UTF8String) -> [Edit] {
        node.items.lastIndex { $0.key == key }.map { removing(node, index: $0) } ?? []
    }

    /// Takes out an item with the comma that parts it from its neighbour, and the blanks before it. Comments stay.
    func removing(_ node: Node, index: Int) -> [Edit] {
        guard node.items.indices.contains(index) else { return [] }
        let item = node.items[index].range
        if index > 0 {
            let before = node.items[index - 1].range.upperBound
            let comma = plain[before..<item.lowerBound].firstIndex(of: UInt8(ascii: ",")) ?? before
            // The line's end that a comment needs stays where nothing else ends the line.
            let hasComment = !original[before..<item.lowerBound].elementsEqual(plain[before..<item.lowerBound])
            let start = hasComment && !endsLine(item.upperBound) ? item.lowerBound : startOfBlanks(item.lowerBound)
            guard start > comma + 1 else { return [Edit(range: comma..<item.upperBound, text: [])] }
            return [Edit(range: comma..<(comma + 1), text: []), Edit(range: start..<item.upperBound, text: [])]
        }
        if node.items.count > 1 {
            let next = node.items[1].range.lowerBound
            let comma = plain[item.upperBound..<next].firstIndex(of: UInt8(ascii: ",")) ?? item.upperBound
            guard original[item.upperBound..<next].elementsEqual(plain[item.upperBound..<next]) else {
                return [Edit(range: item, text: []), Edit(range: comma..<(comma + 1), text: [])]
            }
            return [Edit(range: item.lowerBound..<next, text: [])]
        }
        let close = node.range.upperBound - 1
        // Blanks around the only item go; comments stay.
        let start = max(node.range.lowerBound + 1, startOfBlanks(item.lowerBound))
        var end = item.upperBound
        while end < close, [0x20, 0x09, 0x0a, 0x0d, UInt8(ascii: ",")].contains(original[end]) { end += 1 }
        return [Edit(range: start..<end, text: [])]
    }

    private func startOfBlanks(_ end: Int) -> Int {
        var start = end
        while start > 0, [0x20, 0x09, 0x0a, 0x0d].contains(original[start - 1]) { start -= 1 }
        return start
    }

    /// Whether nothing but blanks stands between here and the line's end, which may end a comment before.
    private func endsLine(_ place: Int) -> Bool {
        original[place...].first { ![0x20, 0x09, 0x0d].contains($0) } == 0x0a
    }
}
