// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Where a word stands, and so what in it is more than a letter.
enum WordMode {
    /// An argument, a file, an element of a list: braces are expanded.
    case command
    /// A here-string, a `case` word or pattern: braces are letters.
    case plain
    /// An assignment's value: `~` is expanded behind `:` too.
    case value
    /// A here-document's delimiter: nothing is expanded.
    case delimiter
    /// The right side of `==` in `[[ … ]]`: extended patterns are on.
    case pattern
    /// The right side of `=~`: `(…)` and `|` are letters.
    case regex
}

/// Words: POSIX XCU §2.2, §2.3 and §2.6.
extension ShellReader {
    /// The word here, going on from what `builder` has of it.
    mutating func word(_ mode: WordMode, _ builder: WordBuilder) throws(ShellSyntaxError) -> ShellWord {
        var builder = builder
        let start = position
        try node()
        try unquoted(mode, &builder)
        return try finish(mode, &builder, start)
    }

    private mutating func unquoted(_ mode: WordMode, _ builder: inout WordBuilder) throws(ShellSyntaxError) {
        while true {
            let byte = try peek()
            switch byte {
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"):
                try quoting(byte, &builder)
            case UInt8(ascii: "<"), UInt8(ascii: ">"):
                guard peek(1) == UInt8(ascii: "(") else { return }
                try process(isOutput: byte == UInt8(ascii: ">"), &builder)
            case UInt8(ascii: "("):
                guard case .regex = mode else { return }
                try group(&builder)
            case UInt8(ascii: "|"):
                guard case .regex = mode else { return }
                builder.add(byte)
                position += 1
            case 0:
                return
            default:
                if byte.endsShellWord { return }
                builder.add(byte)
                position += 1
                if byte.isExtendedGlobPrefix, try peek() == UInt8(ascii: "("), hasExtendedGlobs(mode) {
                    try group(&builder)
                }
            }
        }
    }

    private func hasExtendedGlobs(_ mode: WordMode) -> Bool {
        if case .pattern = mode { return true }
        return mayHaveExtendedGlobs
    }

    private mutating func finish(
        _ mode: WordMode, _ builder: inout WordBuilder, _ start: Int
    ) throws(ShellSyntaxError) -> ShellWord {
        var parts = builder.finish()
        if builder.isBroken { throw ShellSyntaxError(.unsure, position) }
        if case .delimiter = mode { return ShellWord(parts: parts) }
        if builder.hasBraces, case .command = mode {
            let hasCommas = bytes[start..<position].contains(UInt8(ascii: ","))
            var braces = BraceExpansion(parts, hasCommas: hasCommas, budget)
            guard let expanded = braces.expand() else { throw ShellSyntaxError(.tooMuch, position) }
            if braces.isUnsure { throw ShellSyntaxError(.unsure, position) }
            budget = braces.budget
            parts = expanded
        }
        if builder.hasTildes {
            guard let marked = TildePrefixes.marked(parts, isValue: isValue(mode)) else {
                throw ShellSyntaxError(.unsure, position)
            }
            parts = marked
        }
        return ShellWord(parts: parts)
    }

    private func isValue(_ mode: WordMode) -> Bool {
        if case .value = mode { return true }
        return false
    }

    /// `( … )` in a pattern or a regular expression, with `(` here: anything up to its `)`.
    private mutating func group(_ builder: inout WordBuilder) throws(ShellSyntaxError) {
        try enclosed(UInt8(ascii: "("), UInt8(ascii: ")"), &builder)
    }

    /// A stretch from `open`, here, to the `close` that belongs to it. Blanks and operators in it are letters, quotes and
    /// expansions are none.
    mutating func enclosed(_ open: UInt8, _ close: UInt8, _ builder: inout WordBuilder) throws(ShellSyntaxError) {
        let start = position
        builder.add(open)
        position += 1
        var count = 1
        while true {
            let byte = try peek()
            switch byte {
            case 0: throw ShellSyntaxError(.unterminated, start)
            case open, close:
                count += byte == open ? 1 : -1
                builder.add(byte)
                position += 1
                if count == 0 { return }
            default: try enclosedByte(byte, &builder)
            }
        }
    }

    /// A byte, a quote or an expansion where blanks and operators are letters.
    mutating func enclosedByte(_ byte: UInt8, _ builder: inout WordBuilder) throws(ShellSyntaxError) {
        if byte.isShellQuoting {
            try quoting(byte, &builder)
        } else {
            builder.add(byte)
            position += 1
        }
    }

    /// What one of `\ ' " $` and the backquote begins, outside quotes.
    mutating func quoting(_ byte: UInt8, _ builder: inout WordBuilder) throws(ShellSyntaxError) {
        switch byte {
        case UInt8(ascii: "\\"): try escaped(&builder)
        case UInt8(ascii: "'"): try singleQuoted(&builder)
        case UInt8(ascii: "\""):
            try enter()
            position += 1
            builder.addDoubleQuoted(try quotedParts(in: .quotes))
            leave()
        case UInt8(ascii: "`"): try backquoted(&builder, isQuoted: false)
        default: try dollar(&builder, isQuoted: false)
        }
    }

    /// `\x` outside quotes, with `\` here.
    private mutating func escaped(_ builder: inout WordBuilder) throws(ShellSyntaxError) {
        position += 1
        guard position < bytes.count else {
            // Bash takes the last byte for itself.
            builder.addQuoted(UInt8(ascii: "\\"))
            return
        }
        repeat {
            builder.addQuoted(bytes[position])
            position += 1
        } while position < bytes.count && bytes[position] & 0xc0 == 0x80
    }

    private mutating func singleQuoted(_ builder: inout WordBuilder) throws(ShellSyntaxError) {
        let start = position
        position += 1
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "'")) else {
            throw ShellSyntaxError(.unterminated, start)
        }
        builder.addQuoted(bytes[position..<end])
        budget.steps += end - position
        position = end + 1
    }

    /// `<(…)`, `>(…)`, with `<` or `>` here.
    mutating func process(isOutput: Bool, _ builder: inout WordBuilder) throws(ShellSyntaxError) {
        let start = position
        skip(2)
        builder.add(.process(try substituted(from: start), isOutput: isOutput))
    }
}
