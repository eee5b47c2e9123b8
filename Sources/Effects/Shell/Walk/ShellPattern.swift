// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A shell's pattern (POSIX XCU §2.14), for texts and for names of files.
///
/// Ranges are those of bytes, as bash has them by default. Brackets of ASCII characters, ranges and classes; extended patterns (`@(…)`) and what is malformed match everything
/// where `matches` cannot say (`nil`).
struct ShellPattern: Sendable, Hashable {
    enum Token: Sendable, Hashable {
        case byte(UInt8)
        case any
        case one
        case set([ClosedRange<UInt8>], isNegated: Bool)
    }

    let tokens: [Token]
    /// Whether all of it was understood.
    let isUnderstood: Bool

    /// A pattern from pieces: what was quoted is text, the rest has wildcards.
    init(_ pieces: [(text: [UInt8], isQuoted: Bool)]) {
        var tokens: [Token] = []
        var isUnderstood = true
        // One sequence, so that brackets may span pieces.
        let all = pieces.flatMap { piece in piece.text.map { ($0, piece.isQuoted) } }
        var index = 0
        while index < all.count {
            let (byte, isQuoted) = all[index]
            index += 1
            guard !isQuoted else {
                tokens.append(.byte(byte))
                continue
            }
            let opens = index < all.count && all[index].0 == UInt8(ascii: "(") && !all[index].1
            switch byte {
            case _ where opens && "@!+?*".utf8.contains(byte):
                isUnderstood = false
                tokens.append(.any)
                index = all.count
            case UInt8(ascii: "*"): if tokens.last != .any { tokens.append(.any) }
            case UInt8(ascii: "?"): tokens.append(.one)
            case UInt8(ascii: "\\") where index < all.count:
                tokens.append(.byte(all[index].0))
                index += 1
            case UInt8(ascii: "["):
                if let (set, next) = Self.bracket(all, from: index) {
                    tokens.append(set)
                    index = next
                } else {
                    tokens.append(.byte(byte))
                }
            default: tokens.append(.byte(byte))
            }
        }
        self.tokens = tokens
        self.isUnderstood = isUnderstood
    }

    /// The text that alone matches.
    var literal: [UInt8]? {
        var bytes: [UInt8] = []
        for token in tokens {
            guard isUnderstood, case .byte(let byte) = token else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// Whether something in it stands for one character, which in texts of more than ASCII is more than one byte.
    var hasSingle: Bool {
        tokens.contains { token in
            switch token {
            case .one, .set: true
            default: false
            }
        }
    }

    /// A pattern as it is written.
    init(_ text: UTF8String) { self.init([(text.bytes, false)]) }

    /// The pattern of a value's pieces; `nil` where something is unknown.
    init?(_ value: ShellValue) {
        guard !value.hasUnknown else { return nil }
        self.init(
            value.pieces.map { piece in
                switch piece {
                case .text(let text): (text.bytes, true)
                // What stands for a number or a word is no name with a dot before it; what was found by a name has it.
                case .wildcard(let text):
                    if text.hasPrefix("**/") {
                        (Array(text.bytes.dropFirst(3)), false)
                    } else {
                        (
                            ShellValue.unsplit.contains(text) || text.hasPrefix("**")
                                ? [UInt8(ascii: "*")] : text.bytes, false
                        )
                    }
                case .unknown, .component: ([], true)
                }
            })
    }

    private static func bracket(_ all: [(UInt8, Bool)], from start: Int) -> (Token, Int)? {
        var index = start
        var ranges: [ClosedRange<UInt8>] = []
        var isNegated = false
        if index < all.count, all[index].0 == UInt8(ascii: "!") || all[index].0 == UInt8(ascii: "^") {
            isNegated = true
            index += 1
        }
        let first = index
        while index < all.count {
            let byte = all[index].0
            if byte == UInt8(ascii: "]"), index > first, !all[index].1 {
                return (.set(ranges, isNegated: isNegated), index + 1)
            }
            if byte == UInt8(ascii: "/") { return nil }
            if byte == UInt8(ascii: "["), index + 1 < all.count, ":.=".utf8.contains(all[index + 1].0) {
                let kind = all[index + 1].0
                var end = index + 2
                while end + 1 < all.count, all[end].0 != kind || all[end + 1].0 != UInt8(ascii: "]") { end += 1 }
                guard end + 1 < all.count else { return nil }
                let name = UTF8String(validating: all[(index + 2)..<end].map(\.0)) ?? ""
                ranges += kind == UInt8(ascii: ":") ? (classes[name] ?? [0...255]) : [0...255]
                index = end + 2
                continue
            }
            if index + 2 < all.count, all[index + 1].0 == UInt8(ascii: "-"), all[index + 2].0 != UInt8(ascii: "]") {
                let last = all[index + 2].0
                if byte <= last { ranges.append(byte...last) }
                index += 3
                continue
            }
            ranges.append(byte...byte)
            index += 1
        }
        return nil
    }

    private static let classes: [UTF8String: [ClosedRange<UInt8>]] = [
        "alpha": [0x41...0x5a, 0x61...0x7a, 0x80...0xff], "digit": [0x30...0x39],
        "alnum": [0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x80...0xff], "upper": [0x41...0x5a, 0x80...0xff],
        "lower": [0x61...0x7a, 0x80...0xff], "space": [0x09...0x0d, 0x20...0x20], "blank": [0x09...0x09, 0x20...0x20],
        "punct": [0x21...0x2f, 0x3a...0x40, 0x5b...0x60, 0x7b...0x7e],
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
        "print": [0x20...0x7e, 0x80...0xff], "graph": [0x21...0x7e, 0x80...0xff], "cntrl": [0x00...0x1f, 0x7f...0x7f],
    ]

    /// Whether all of the bytes match. Where the pattern was not understood in full this may be too often, never too
    /// seldom. Linear in text times wildcards.
    func matches(_ text: some RandomAccessCollection<UInt8>) -> Bool {
        let text = Array(text)
        var (token, position, star, mark) = (0, 0, -1, 0)
        while position < text.count {
            if token < tokens.count, tokens[token] == .any {
                star = token
                mark = position
                token += 1
            } else if token < tokens.count, Self.matches(tokens[token], text[position]) {
                token += 1
                position += 1
            } else if star >= 0 {
                token = star + 1
                mark += 1
                position = mark
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .any }
    }

    /// As `matches`, for a name of a directory: a dot that begins it is matched by a dot alone.
    func matches(name: UTF8String, _ options: ShellOptions = []) -> Bool {
        if name.hasPrefix("."), isUnderstood, tokens.first != .byte(UInt8(ascii: ".")), !options.contains(.dotted) {
            return false
        }
        if options.contains(.caseless) { return caseless.matches(name.bytes.map(\.lowercased)) }
        if matches(name.bytes) { return true }
        // `?` is a letter, of as many bytes as it has.
        return !name.isASCII && tokens.contains { if case .byte = $0 { false } else { $0 != .any } }
            && widened.matches(name.bytes)
    }

    /// With what stands for one character standing for any text.
    private var widened: ShellPattern {
        ShellPattern(
            tokens: tokens.map { token in
                switch token {
                case .one, .set: .any
                default: token
                }
            })
    }

    /// For texts in small letters; a set stands for any letter.
    private var caseless: ShellPattern {
        ShellPattern(
            tokens: tokens.map { token in
                switch token {
                case .byte(let byte): .byte(byte.lowercased)
                case .set: .one
                default: token
                }
            })
    }

    private init(tokens: [Token]) {
        self.tokens = tokens
        isUnderstood = true
    }

    private static func matches(_ token: Token, _ byte: UInt8) -> Bool {
        switch token {
        case .byte(let expected): byte == expected
        case .any, .one: true
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        }
    }
}
