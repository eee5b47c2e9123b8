// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Where `$` and the backquote are the only things that are more than letters.
enum QuoteMode {
    /// `"…"`
    case quotes
    /// A here-document's body; `"` is a letter.
    case document
}

/// `"…"`, `$'…'`, backquotes: POSIX XCU §2.2.3 and §2.6.3, bash manual, ANSI-C Quoting.
extension ShellReader {
    /// The text up to `"`, or to the end of a here-document.
    mutating func quotedParts(in mode: QuoteMode) throws(ShellSyntaxError) -> [ShellWord.Part] {
        let start = position
        var builder = WordBuilder()
        try node()
        while true {
            let byte = try peek()
            switch byte {
            case 0:
                if case .quotes = mode { throw ShellSyntaxError(.unterminated, start) }
                return builder.finish()
            case UInt8(ascii: "\""):
                position += 1
                if case .quotes = mode { return builder.finish() }
                builder.addQuoted(byte)
            case UInt8(ascii: "\\"):
                try quotedEscape(&builder, alsoEscapes: { if case .quotes = mode { UInt8(ascii: "\"") } else { 0 } }())
            case UInt8(ascii: "$"): try dollar(&builder, isQuoted: true)
            case UInt8(ascii: "`"):
                // In a here-document `\"` stays as it is.
                if case .quotes = mode {
                    try backquoted(&builder, isQuoted: true)
                } else {
                    try backquoted(&builder, isQuoted: false)
                }
            default:
                builder.addQuoted(byte)
                position += 1
            }
        }
    }

    /// `\` in quotes, here: it quotes few bytes, and is one otherwise.
    mutating func quotedEscape(_ builder: inout WordBuilder, alsoEscapes more: UInt8) throws(ShellSyntaxError) {
        position += 1
        let next = position < bytes.count ? bytes[position] : 0
        switch next {
        case UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"):
            builder.addQuoted(next)
            position += 1
        default:
            if next != 0, next == more {
                builder.addQuoted(next)
                position += 1
            } else {
                builder.addQuoted(UInt8(ascii: "\\"))
            }
        }
    }

    // MARK: - Backquotes

    /// `` `…` ``, with the first one here.
    mutating func backquoted(_ builder: inout WordBuilder, isQuoted: Bool) throws(ShellSyntaxError) {
        let start = position
        try node()
        position += 1
        var inner: [UInt8] = []
        while true {
            let byte = try peek()
            if byte == 0 { throw ShellSyntaxError(.unterminated, start) }
            position += 1
            if byte == UInt8(ascii: "`") { break }
            guard byte == UInt8(ascii: "\\"), position < bytes.count else {
                inner.append(byte)
                continue
            }
            let next = bytes[position]
            position += 1
            switch next {
            case UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"): inner.append(next)
            case UInt8(ascii: "\"") where isQuoted: inner.append(next)
            default: inner += [byte, next]
            }
        }
        let script =
            isLayout
            ? ShellScript(commands: [])
            : try self.inner(inner, at: start) { reader throws(ShellSyntaxError) in try reader.wholeScript() }
        builder.add(.command(script))
    }

    // MARK: - $'…'

    /// `$'…'`, with `$` here.
    mutating func ansiQuoted(_ builder: inout WordBuilder) throws(ShellSyntaxError) {
        let start = position
        skip(2)
        var text: [UInt8] = []
        var isCut = false
        while true {
            guard position < bytes.count else { throw ShellSyntaxError(.unterminated, start) }
            let byte = bytes[position]
            budget.steps += 1
            position += 1
            if byte == UInt8(ascii: "'") { break }
            var decoded: [UInt8] = [byte]
            if byte == UInt8(ascii: "\\") {
                guard position < bytes.count else { throw ShellSyntaxError(.unterminated, start) }
                decoded = try ansiEscape()
            }
            // Bash's strings end at a zero byte.
            if decoded == [0] { isCut = true }
            if !isCut { text += decoded }
        }
        builder.addQuoted(text)
    }

    /// What an escape stands for, with the byte behind `\` here.
    private mutating func ansiEscape() throws(ShellSyntaxError) -> [UInt8] {
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "e"), UInt8(ascii: "E"): return [0x1b]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "v"): return [0x0b]
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"): return [byte]
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            return [UInt8(truncatingIfNeeded: digits(base: 8, atMost: 3) ?? 0)]
        case UInt8(ascii: "x"):
            // `\x{…}` takes any number of digits in bash.
            if position < bytes.count, bytes[position] == UInt8(ascii: "{") {
                throw ShellSyntaxError(.unsure, position)
            }
            guard let value = digits(base: 16, atMost: 2) else { return [UInt8(ascii: "\\"), byte] }
            return [UInt8(truncatingIfNeeded: value)]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            guard let value = digits(base: 16, atMost: byte == UInt8(ascii: "u") ? 4 : 8) else {
                return [UInt8(ascii: "\\"), byte]
            }
            // Beyond ASCII it depends on the locale; UTF-8 is what all have.
            guard let scalar = Unicode.Scalar(value) else { throw ShellSyntaxError(.unsure, position) }
            return Array(String(Character(scalar)).utf8)
        case UInt8(ascii: "c"):
            guard position < bytes.count else { throw ShellSyntaxError(.unterminated, position) }
            let control = bytes[position]
            position += 1
            // `\c'` and `\c\` are read in more than one way.
            guard control.isLetter || control == UInt8(ascii: "[") || control == UInt8(ascii: "]") else {
                throw ShellSyntaxError(.unsure, position)
            }
            return [control & 0x1f]
        default: return [UInt8(ascii: "\\"), byte]
        }
    }

    private mutating func digits(base: UInt32, atMost count: Int) -> UInt32? {
        var value: UInt32?
        for _ in 0..<count {
            guard position < bytes.count, let digit = bytes[position].hexValue, UInt32(digit) < base else { break }
            value = (value ?? 0) &* base &+ UInt32(digit)
            position += 1
        }
        return value
    }
}
