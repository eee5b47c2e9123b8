// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The bytes of a program, and a place in them.
struct CodeCursor {
    let bytes: [UInt8]
    var index: Int

    init(_ code: UTF8String) { self.init(code.bytes) }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = 0
    }

    var isAtEnd: Bool { index >= bytes.count }

    /// The next byte; 0 at the end, which no program has in it.
    var byte: UInt8 { self[0] }

    /// The byte so far from here; 0 outside.
    subscript(offset: Int) -> UInt8 {
        let place = index + offset
        return bytes.indices.contains(place) ? bytes[place] : 0
    }

    /// Moves on, at most to the end.
    mutating func advance(_ count: Int = 1) { index = min(index + count, bytes.count) }

    /// Whether this text comes next.
    func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            text.count <= bytes.count - index && bytes[index..<(index + text.count)].elementsEqual(text)
        }
    }

    /// Moves past this text where it comes next.
    mutating func take(_ text: StaticString) -> Bool {
        guard starts(with: text) else { return false }
        index += text.utf8CodeUnitCount
        return true
    }

    /// Moves on while the bytes are so, and gives them.
    @discardableResult mutating func take(while isSo: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.count, isSo(bytes[index]) { index += 1 }
        return bytes[start..<index]
    }

    /// Blanks and tabs.
    mutating func skipBlanks() { take { $0 == 0x20 || $0 == 0x09 } }

    /// Blanks, tabs and line ends.
    mutating func skipSpace() { take { $0 == 0x20 || (0x09...0x0d).contains($0) } }

    /// The rest of the line, without its end, which stays.
    mutating func takeLine() -> ArraySlice<UInt8> { take { $0 != 0x0a } }

    /// A number as most languages write one. What follows must not be part of a word: `0or` is two tokens to Python.
    mutating func takeNumber() throws(NotUnderstood) -> UTF8String {
        let start = index
        let underscore = UInt8(ascii: "_")
        if byte == UInt8(ascii: "0"), "xXoObB".utf8.contains(self[1]) {
            let isHex = self[1] | 0x20 == UInt8(ascii: "x")
            advance(2)
            take { isHex ? $0.hexValue != nil || $0 == underscore : $0.isDigit || $0 == underscore }
        } else {
            take { $0.isDigit || $0 == underscore }
            let next = self[1]
            if byte == UInt8(ascii: "."), !next.isLetter, next != underscore, next != UInt8(ascii: ".") {
                advance()
                take { $0.isDigit || $0 == underscore }
            }
            let isSigned = self[1] == UInt8(ascii: "-") || self[1] == UInt8(ascii: "+")
            if byte | 0x20 == UInt8(ascii: "e"), self[isSigned ? 2 : 1].isDigit {
                advance(isSigned ? 2 : 1)
                take(while: \.isDigit)
            }
        }
        if byte | 0x20 == UInt8(ascii: "j") || byte == UInt8(ascii: "n") { advance() }
        guard !byte.isAlphanumeric, byte != underscore, byte < 0x80, index > start,
            let text = UTF8String(validating: bytes[start..<index])
        else { throw NotUnderstood() }
        return text
    }

    /// A name of ASCII letters, digits and `_` that a digit does not begin.
    mutating func takeName() -> UTF8String? {
        guard byte.isLetter || byte == UInt8(ascii: "_") else { return nil }
        return UTF8String(validating: take { $0.isAlphanumeric || $0 == UInt8(ascii: "_") })
    }
}

/// A piece of a program.
enum CodeToken: Sendable, Hashable {
    /// A word: a keyword or an identifier.
    case name(UTF8String)
    case number(UTF8String)
    /// A literal; `nil` where its value is computed or was not decoded.
    case string(UTF8String?)
    /// A regular expression or a list of words.
    case pattern
    /// A variable with its sigil: `$x`, `@F`.
    case variable(UTF8String)
    /// An operator or a bracket.
    case symbol(UTF8String)
    case newline

    var name: UTF8String? { if case .name(let text) = self { text } else { nil } }
    var symbol: UTF8String? { if case .symbol(let text) = self { text } else { nil } }
    var isString: Bool { if case .string = self { true } else { false } }
    var literal: UTF8String? { if case .string(let text) = self { text } else { nil } }

    func isSymbol(_ text: UTF8String) -> Bool { symbol == text }
    func isName(_ text: UTF8String) -> Bool { name == text }
}

extension [CodeToken] {
    /// The token there, `nil` outside.
    func at(_ index: Int) -> CodeToken? { indices.contains(index) ? self[index] : nil }

    /// For each bracket the place of its partner.
    func partners() throws(NotUnderstood) -> [Int: Int] {
        var partners: [Int: Int] = [:]
        var open: [(place: Int, closing: UTF8String)] = []
        for (place, token) in enumerated() {
            switch token.symbol {
            case "("?: open.append((place, ")"))
            case "["?: open.append((place, "]"))
            case "{"?: open.append((place, "}"))
            case ")"?, "]"?, "}"?:
                guard let last = open.popLast(), token.symbol == last.closing else { throw NotUnderstood() }
                partners[last.place] = place
                partners[place] = last.place
            default: break
            }
            guard open.count <= Limits.codeDepthMax else { throw NotUnderstood() }
        }
        guard open.isEmpty else { throw NotUnderstood() }
        return partners
    }
}

/// A list of words, written as one text.
func words(_ text: String) -> Set<UTF8String> {
    Set(text.split(whereSeparator: \.isWhitespace).map { UTF8String(String($0)) })
}

extension ProgramAction {
    /// A path by its literal text, or an opaque one where the text is computed. The program's own standard streams are
    /// no files.
    static func path(_ verb: Verb, literal: UTF8String?) -> ProgramAction? {
        guard let literal else { return .opaque(verb == .read ? .pathRead : .pathWrite) }
        if ["/dev/stdin", "/dev/stdout", "/dev/stderr"].contains(literal) { return nil }
        return .path([verb], ShellValue(literal))
    }
}
