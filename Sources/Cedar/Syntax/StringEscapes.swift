// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The escapes of Cedar's string literals and patterns, which are those of Rust's strings.
enum StringEscapes {
    /// One thing that a literal stands for.
    enum Element {
        case byte(UInt8)
        case scalar(Unicode.Scalar)
        /// `*` in a pattern.
        case wildcard
        /// `\*` in a pattern.
        case literalStar

        /// Whether this is a star by its number. Rust's reader looks for wildcards after it has replaced escapes, so
        /// `\x2a` in a pattern is a wildcard and only `\*` is not.
        var isSpelledStar: Bool {
            switch self {
            case .byte(let byte): byte == UInt8(ascii: "*")
            case .scalar(let scalar): scalar == "*"
            case .wildcard, .literalStar: false
            }
        }
    }

    /// Why a literal is none: what is wrong with it, and where in its content.
    struct Failure: Error {
        let message: String
        let offset: Int
    }

    /// The text that a string literal's content (without its quotes) stands for.
    static func unescape(_ content: some Collection<UInt8>) throws(Failure) -> UTF8String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count)
        try scan(content, inPattern: false) { element in append(element, to: &bytes) }
        return try text(bytes)
    }

    /// The pattern that a literal after `like` stands for.
    static func pattern(_ content: some Collection<UInt8>) throws(Failure) -> Pattern {
        var elements: [Pattern.Element] = []
        var bytes: [UInt8] = []
        try scan(content, inPattern: true) { element throws(Failure) in
            guard case .wildcard = element else {
                append(element, to: &bytes)
                return
            }
            if !bytes.isEmpty { elements.append(.literal(try text(bytes))) }
            bytes = []
            elements.append(.wildcard)
        }
        if !bytes.isEmpty { elements.append(.literal(try text(bytes))) }
        return Pattern(elements: elements)
    }

    /// The text as a literal with its quotes. Control and format characters are escaped, so that what is printed can
    /// be read, pasted and parsed again.
    static func quoted(_ text: UTF8String) -> String { "\"\(escaped(text, inPattern: false))\"" }

    /// The pattern as a literal with its quotes.
    static func quoted(_ pattern: Pattern) -> String {
        let parts = pattern.elements.map { element in
            switch element {
            case .wildcard: "*"
            case .literal(let text): escaped(text, inPattern: true)
            }
        }
        return "\"\(parts.joined())\""
    }

    private static func escaped(_ text: UTF8String, inPattern: Bool) -> String {
        // Ids are plain ASCII nearly always, and looking up a scalar's category is slow.
        guard !text.withUTF8({ $0.allSatisfy { isPlain($0, inPattern: inPattern) } }) else { return text.string }
        var result = ""
        for scalar in text.string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0": result += "\\0"
            case "*" where inPattern: result += "\\*"
            default:
                if needsEscape(scalar) {
                    result += "\\u{\(String(scalar.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    private static func isPlain(_ byte: UInt8, inPattern: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): false
        case UInt8(ascii: "*"): !inPattern
        default: 0x20..<0x7f ~= byte
        }
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
        // A combining mark would join the quote before it on a reader's screen.
        case .nonspacingMark, .enclosingMark, .spacingMark: true
        default: false
        }
    }

    private static func append(_ element: Element, to bytes: inout [UInt8]) {
        switch element {
        case .byte(let byte): bytes.append(byte)
        case .scalar(let scalar): bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        case .literalStar: bytes.append(UInt8(ascii: "*"))
        case .wildcard: break
        }
    }

    private static func text(_ bytes: [UInt8]) throws(Failure) -> UTF8String {
        guard let text = UTF8String(validating: bytes) else {
            throw Failure(message: "not valid UTF-8", offset: 0)
        }
        return text
    }

    private static func scan(
        _ content: some Collection<UInt8>, inPattern: Bool, _ emit: (Element) throws(Failure) -> Void
    ) throws(Failure) {
        var rest = Array(content)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\\"):
                let start = rest.startIndex - 1
                guard let element = escape(&rest, inPattern: inPattern) else {
                    throw Failure(message: "not an escape that Cedar has", offset: start)
                }
                try emit(inPattern && element.isSpelledStar ? .wildcard : element)
            case UInt8(ascii: "\r"):
                // Rust's string rules, which Cedar inherits, refuse a bare carriage return; `\r` is allowed.
                throw Failure(message: "a bare carriage return in a string", offset: rest.startIndex - 1)
            case UInt8(ascii: "*") where inPattern:
                try emit(.wildcard)
            default:
                try emit(.byte(byte))
            }
        }
    }

    private static func escape(_ rest: inout ArraySlice<UInt8>, inPattern: Bool) -> Element? {
        switch rest.popFirst() {
        case UInt8(ascii: "n"): .byte(0x0a)
        case UInt8(ascii: "r"): .byte(0x0d)
        case UInt8(ascii: "t"): .byte(0x09)
        case UInt8(ascii: "0"): .byte(0)
        case UInt8(ascii: "\\"): .byte(UInt8(ascii: "\\"))
        case UInt8(ascii: "'"): .byte(UInt8(ascii: "'"))
        case UInt8(ascii: "\""): .byte(UInt8(ascii: "\""))
        case UInt8(ascii: "*") where inPattern: .literalStar
        case UInt8(ascii: "x"): asciiEscape(&rest)
        case UInt8(ascii: "u"): unicodeEscape(&rest)
        default: nil
        }
    }

    /// `\xHH` up to 7F.
    private static func asciiEscape(_ rest: inout ArraySlice<UInt8>) -> Element? {
        guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit), high < 8
        else { return nil }
        return .byte(UInt8(high << 4 | low))
    }

    /// `\u{…}` with one to six hexadecimal digits and, after the first, any number of `_`.
    private static func unicodeEscape(_ rest: inout ArraySlice<UInt8>) -> Element? {
        guard rest.popFirst() == UInt8(ascii: "{") else { return nil }
        var value: UInt32 = 0
        var digits = 0
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "}"):
                guard digits > 0, let scalar = Unicode.Scalar(value) else { return nil }
                return .scalar(scalar)
            case UInt8(ascii: "_") where digits > 0:
                continue
            default:
                guard digits < 6, let digit = hexDigit(byte) else { return nil }
                value = value << 4 | digit
                digits += 1
            }
        }
        return nil
    }

    private static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
