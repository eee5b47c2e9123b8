// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// TOML 1.0 read as the JSON it stands for, for the configurations of other programs.
///
/// Strict where a text could mean two things: a key that is there twice, a table that is defined twice. Dates and numbers
/// that are no decimal integers stay the texts they are. Errors have a line and column, and never quote a value.
struct TOMLDocument {
    struct Failure: Error {
        let line: Int
        let column: Int
        let problem: String
    }

    /// What may still be done to a table.
    private enum Kind {
        /// Made by a longer name; may be opened once by its own header.
        case implicit
        /// Has had its header, or is a value's: nothing but longer headers adds to it.
        case explicit
        /// Made by a dotted key; more dotted keys of the same section may add to it.
        case dotted
        /// `{…}` or `[…]`: whole.
        case closed
    }

    private final class Table {
        var keys: [UTF8String] = []
        var entries: [UTF8String: Entry] = [:]
        var kind: Kind
        init(_ kind: Kind) { self.kind = kind }

        func set(_ key: UTF8String, _ entry: Entry) {
            keys.append(key)
            entries[key] = entry
        }

        /// Depth is bounded by what the parser admits.
        var json: JSON {
            var object = JSONObject()
            for key in keys { object.add(key, entries[key]?.json) }
            return .object(object)
        }
    }

    private enum Entry {
        case value(JSON)
        case table(Table)
        case tables([Table])

        var json: JSON {
            switch self {
            case .value(let value): value
            case .table(let table): table.json
            case .tables(let tables): .array(tables.map(\.json))
            }
        }
    }

    private let bytes: [UInt8]
    private var index = 0

    static func read(_ bytes: [UInt8]) throws(Failure) -> JSON {
        var document = TOMLDocument(bytes: bytes)
        return try document.document()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    // MARK: structure

    private mutating func document() throws(Failure) -> JSON {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw failure("not UTF-8 text", at: 0) }
        let root = Table(.explicit)
        var section = root
        while true {
            skipBlankLines()
            guard index < bytes.count else { return root.json }
            if peek == UInt8(ascii: "[") {
                section = try header(root)
            } else {
                try pair(into: section)
            }
            try endOfLine()
        }
    }

    /// `[a.b]` or `[[a.b]]`: the table that follows.
    private mutating func header(_ root: Table) throws(Failure) -> Table {
        let start = index
        index += 1
        let isArray = take("[")
        let path = try key()
        guard take("]"), !isArray || take("]") else { throw failure("expected ] at the end of a table's name") }
        var table = root
        for name in path.dropLast() { table = try descend(table, name, making: .implicit, start) }
        guard let last = path.last else { throw failure("a table needs a name", at: start) }
        switch (table.entries[last], isArray) {
        case (nil, false):
            let made = Table(.explicit)
            table.set(last, .table(made))
            return made
        case (nil, true):
            let made = Table(.explicit)
            table.set(last, .tables([made]))
            return made
        case (.table(let known), false) where known.kind == .implicit:
            known.kind = .explicit
            return known
        case (.tables(let known), true) where known.last?.kind != .closed:
            let made = Table(.explicit)
            table.entries[last] = .tables(known + [made])
            return made
        default: throw failure("\(Self.shown(last)): here twice", at: start)
        }
    }

    private func descend(
        _ table: Table, _ name: UTF8String, making kind: Kind, _ start: Int
    ) throws(Failure) -> Table {
        switch table.entries[name] {
        case nil:
            let made = Table(kind)
            table.set(name, .table(made))
            return made
        case .table(let known) where known.kind != .closed && (kind == .implicit || known.kind == .dotted): return known
        case .tables(let known):
            guard kind == .implicit, let last = known.last, last.kind != .closed else { fallthrough }
            return last
        default: throw failure("\(Self.shown(name)): here twice", at: start)
        }
    }

    private mutating func pair(into section: Table, depth: Int = 0) throws(Failure) {
        let start = index
        let path = try key()
        guard take("=") else { throw failure("expected = after a name") }
        skipBlanks()
        var table = section
        for name in path.dropLast() { table = try descend(table, name, making: .dotted, start) }
        guard let last = path.last, table.entries[last] == nil else {
            throw failure("\(Self.shown(path.last ?? "")): here twice", at: start)
        }
        table.set(last, try value(depth: depth))
    }

    private mutating func key() throws(Failure) -> [UTF8String] {
        var path: [UTF8String] = []
        repeat {
            skipBlanks()
            guard path.count < Limits.clientDepth else { throw failure("more than \(Limits.clientDepth) names in one") }
            switch peek {
            case UInt8(ascii: "\""): path.append(try basicString())
            case UInt8(ascii: "'"): path.append(try literalString())
            default:
                let start = index
                while let byte = peek, Self.isBare(byte) { index += 1 }
                guard index > start, let name = UTF8String(validating: bytes[start..<index]) else {
                    throw failure("expected a name")
                }
                path.append(name)
            }
            skipBlanks()
        } while take(".")
        return path
    }

    // MARK: values

    private mutating func value(depth: Int) throws(Failure) -> Entry {
        guard depth < Limits.clientDepth else { throw failure("nested more than \(Limits.clientDepth) deep") }
        switch peek {
        case UInt8(ascii: "\""):
            return .value(.string(starts(with: "\"\"\"") ? try multiline(literal: false) : try basicString()))
        case UInt8(ascii: "'"):
            return .value(.string(starts(with: "'''") ? try multiline(literal: true) : try literalString()))
        case UInt8(ascii: "["): return .value(try array(depth: depth))
        case UInt8(ascii: "{"): return try inlineTable(depth: depth)
        default: return .value(try word())
        }
    }

    private mutating func array(depth: Int) throws(Failure) -> JSON {
        index += 1
        var elements: [JSON] = []
        while true {
            skipBlankLines()
            if take("]") { return .array(elements) }
            elements.append(try value(depth: depth + 1).json)
            skipBlankLines()
            if take(",") { continue }
            guard take("]") else { throw failure("expected , or ] in a list") }
            return .array(elements)
        }
    }

    private mutating func inlineTable(depth: Int) throws(Failure) -> Entry {
        index += 1
        let table = Table(.explicit)
        skipBlanks()
        if !take("}") {
            while true {
                try pair(into: table, depth: depth + 1)
                skipBlanks()
                if take("}") { break }
                guard take(",") else { throw failure("expected , or } in a table") }
            }
        }
        table.kind = .closed
        return .table(table)
    }

    /// `true`, a number, a date: what has no quotes.
    private mutating func word() throws(Failure) -> JSON {
        let start = index
        skipWord()
        // A date and a time may have one blank between them.
        if index - start == 10, peek == 0x20, index + 1 < bytes.count, (0x30...0x39).contains(bytes[index + 1]) {
            index += 1
            skipWord()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "inf", "+inf", "-inf", "nan", "+nan", "-nan": return .text(text)
        default:
            guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                (0x30...0x39).contains(first)
            else { throw failure("expected a value", at: start) }
            if let number = JSONNumber(lexeme: UTF8String(text)), number.int64 != nil { return .number(number) }
            return .text(text)
        }
    }

    private mutating func skipWord() {
        while let byte = peek, Self.isBare(byte) || "+.:".utf8.contains(byte) { index += 1 }
    }

    private mutating func literalString() throws(Failure) -> UTF8String {
        index += 1
        let start = index
        while let byte = peek, byte != UInt8(ascii: "'") {
            guard Self.isText(byte) else { throw failure("a text without an end", at: start) }
            index += 1
        }
        guard take("'"), let text = UTF8String(validating: bytes[start..<(index - 1)]) else {
            throw failure("a text without an end", at: start)
        }
        return text
    }

    private mutating func basicString() throws(Failure) -> UTF8String {
        let start = index
        index += 1
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return try whole(text, start)
            case UInt8(ascii: "\\"): text += try escape()
            case _ where Self.isText(byte): text.append(byte)
            default: throw failure("a text without an end", at: start)
            }
        }
        throw failure("a text without an end", at: start)
    }

    private mutating func multiline(literal: Bool) throws(Failure) -> UTF8String {
        let start = index
        let quote: UInt8 = literal ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        index += 3
        if peek == 0x0d { index += 1 }
        if peek == 0x0a { index += 1 }
        var text: [UInt8] = []
        while let byte = peek {
            if byte == quote {
                var run = 0
                while run < 5, index + run < bytes.count, bytes[index + run] == quote { run += 1 }
                index += run
                guard run >= 3 else {
                    text += Array(repeating: quote, count: run)
                    continue
                }
                // Up to two quotes may stand before the three that end it.
                text += Array(repeating: quote, count: run - 3)
                return try whole(text, start)
            }
            index += 1
            if byte == UInt8(ascii: "\\"), !literal {
                if isLineEndAhead() { skipBlankLines(comments: false) } else { text += try escape() }
            } else if Self.isText(byte) || byte == 0x0a || byte == 0x0d {
                text.append(byte)
            } else {
                throw failure("a control character")
            }
        }
        throw failure("a text without an end", at: start)
    }

    private mutating func escape() throws(Failure) -> [UInt8] {
        let start = index - 1
        guard let byte = peek else { throw failure("a text without an end") }
        index += 1
        switch byte {
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return [byte]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let count = byte == UInt8(ascii: "u") ? 4 : 8
            let digits = bytes[index..<min(bytes.count, index + count)]
            guard digits.count == count, digits.allSatisfy({ Self.isHexDigit($0) }),
                let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = UnicodeScalar(number)
            else { throw failure("an escape that stands for no character", at: start) }
            index += count
            return Array(String(Character(scalar)).utf8)
        default: throw failure("an escape that TOML does not have", at: start)
        }
    }

    // MARK: bytes

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func take(_ character: UnicodeScalar) -> Bool {
        guard let byte = peek, byte == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private func starts(with text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    private mutating func skipBlanks() { while peek == 0x20 || peek == 0x09 { index += 1 } }

    private mutating func skipBlankLines(comments: Bool = true) {
        while let byte = peek {
            if byte == UInt8(ascii: "#"), comments {
                while let next = peek, next != 0x0a { index += 1 }
            } else if [0x20, 0x09, 0x0a, 0x0d].contains(byte) {
                index += 1
            } else {
                return
            }
        }
    }

    private func isLineEndAhead() -> Bool {
        var place = index
        while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 || bytes[place] == 0x0d { place += 1 }
        return place < bytes.count && bytes[place] == 0x0a
    }

    private mutating func endOfLine() throws(Failure) {
        skipBlanks()
        guard let byte = peek else { return }
        guard byte == 0x0a || byte == 0x0d || byte == UInt8(ascii: "#") else {
            throw failure("expected the end of the line")
        }
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isText(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7f || byte == 0x09 }

    private func whole(_ bytes: [UInt8], _ start: Int) throws(Failure) -> UTF8String {
        guard let text = UTF8String(validating: bytes) else { throw failure("not UTF-8 text", at: start) }
        return text
    }

    private static func shown(_ name: UTF8String) -> String {
        name.byteCount <= 64 ? name.string : "a name of \(name.byteCount) bytes"
    }

    private func failure(_ problem: String, at place: Int? = nil) -> Failure {
        let before = bytes[..<min(bytes.count, place ?? index)]
        let line = before.count { $0 == 0x0a } + 1
        let column = before.count - (before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0) + 1
        return Failure(line: line, column: column, problem: problem)
    }
}
