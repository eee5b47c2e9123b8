// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What `$` begins: POSIX XCU §2.6, bash manual, Shell Expansions.
extension ShellReader {
    /// What `$`, here, begins. By itself it is a letter.
    mutating func dollar(_ builder: inout WordBuilder, isQuoted: Bool) throws(ShellSyntaxError) {
        let start = position
        let next = peek(1)
        switch next {
        case UInt8(ascii: "'") where !isQuoted: try ansiQuoted(&builder)
        case UInt8(ascii: "\"") where !isQuoted:
            skip(2)
            try enter()
            // Translated by the locale's catalogue, which nobody has.
            builder.addDoubleQuoted(try quotedParts(in: .quotes))
            leave()
        case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["):
            let key = start * 2 + (isQuoted ? 1 : 0)
            if let known = remembered[key] {
                position = known.end
                builder.add(known.part)
                return
            }
            try node()
            let part = try bracketed(next, isQuoted: isQuoted)
            if trials > 0 { remembered[key] = Remembered(part: part, end: position) }
            builder.add(part)
        default:
            if next.beginsName {
                skip(1)
                var name: [UInt8] = []
                while try peek().continuesName {
                    name.append(bytes[position])
                    position += 1
                }
                try node()
                builder.add(.parameter(ParameterExpansion(name: try text(name))))
            } else if next.isDigit || next.isSpecialParameter {
                skip(2)
                try node()
                builder.add(.parameter(ParameterExpansion(name: try text([next]))))
            } else {
                builder.add(UInt8(ascii: "$"), isQuoted: isQuoted)
                position = start + 1
            }
        }
    }

    private mutating func bracketed(_ open: UInt8, isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord.Part {
        let start = position
        if open == UInt8(ascii: "("), peek(2) != UInt8(ascii: "(") {
            skip(2)
            return .command(try substituted(from: start))
        }
        try enter()
        defer { leave() }
        switch open {
        case UInt8(ascii: "{"):
            skip(2)
            return .parameter(try parameter(isQuoted: isQuoted, from: start))
        case UInt8(ascii: "["):
            skip(2)
            return .arithmetic(try bracketWord(from: start))
        default: return try arithmeticOrCommand()
        }
    }

    /// A script up to its `)`, with the byte behind `(` here.
    mutating func substituted(from start: Int) throws(ShellSyntaxError) -> ShellScript {
        try enter()
        defer { leave() }
        let (outerReserved, outerPending, outerNewlines) = (allowsReserved, pending, newlines)
        let outerDocument = isDocument
        isDocument = false
        pending = []
        allowsReserved = true
        substitutions += 1
        try skipBlanks()
        wordPlace = position
        let script = try list()
        substitutions -= 1
        switch try peek() {
        case UInt8(ascii: ")"): position += 1
        case 0: throw ShellSyntaxError(.unterminated, start)
        default: throw unexpected()
        }
        // Where those bodies begin, shells and bash's versions do not agree.
        if !pending.isEmpty || (!outerPending.isEmpty && newlines != outerNewlines) {
            throw ShellSyntaxError(.unsure, start)
        }
        pending = outerPending
        allowsReserved = outerReserved
        isDocument = outerDocument
        return script
    }

    /// Text up to the `]` that belongs to a `[` just read.
    ///
    /// - Parameter isInBraces: whether a `}` ends it, which then is in error.
    mutating func bracketWord(from start: Int, isInBraces: Bool = false) throws(ShellSyntaxError) -> ShellWord {
        var builder = WordBuilder()
        var count = 1
        try node()
        while true {
            let byte = try peek()
            switch byte {
            case 0: throw ShellSyntaxError(.unterminated, start)
            case UInt8(ascii: "}") where isInBraces: throw ShellSyntaxError(.badSubstitution, position)
            case UInt8(ascii: "["), UInt8(ascii: "]"):
                count += byte == UInt8(ascii: "[") ? 1 : -1
                position += 1
                if count == 0 { return try finishEnclosed(&builder) }
                builder.add(byte)
            default: try enclosedByte(byte, &builder)
            }
        }
    }

    func finishEnclosed(_ builder: inout WordBuilder) throws(ShellSyntaxError) -> ShellWord {
        let parts = builder.finish()
        if builder.isBroken { throw ShellSyntaxError(.unsure, position) }
        return ShellWord(parts: parts)
    }

    // MARK: - Arithmetic

    /// `$((…))`, or `$( (…)…)` where the parentheses do not match so (POSIX XCU §2.6.3), with `$` here.
    private mutating func arithmeticOrCommand() throws(ShellSyntaxError) -> ShellWord.Part {
        let start = position
        skip(3)
        var builder = WordBuilder()
        var count = 2
        var isCommand = false
        trials += 1
        while count > 0 {
            let byte = try peek()
            switch byte {
            case 0: throw ShellSyntaxError(.unterminated, start)
            case UInt8(ascii: "("):
                count += 1
                builder.add(byte)
                position += 1
            case UInt8(ascii: ")"):
                count -= 1
                if count == 1, !isCommand {
                    if peek(1) == UInt8(ascii: ")") {
                        skip(2)
                        trials -= 1
                        return .arithmetic(try finishEnclosed(&builder))
                    }
                    isCommand = true
                }
                builder.add(byte)
                position += 1
            default: try enclosedByte(byte, &builder)
            }
        }
        let (end, grown) = (position, growth)
        position = start
        skip(2)
        let script: ShellScript
        do throws(ShellSyntaxError) {
            script = try substituted(from: start)
        } catch {
            // Bash has found the end by now, and reads what is inside only when it runs.
            throw ShellSyntaxError(error.what.isSeenByBash ? .badInner : error.what, error.offset)
        }
        trials -= 1
        // Bash counts parentheses to find the end; a `case` in it, or a comment, makes it find another.
        guard position == end + growth - grown else { throw ShellSyntaxError(.unsure, start) }
        return .command(script)
    }

    /// `((…))`, with the first `(` here, or `nil` where it is a subshell in a subshell; then nothing is taken.
    mutating func arithmeticCommand() throws(ShellSyntaxError) -> ShellWord? {
        let start = position
        skip(2)
        var builder = WordBuilder()
        var count = 1
        try node()
        trials += 1
        defer { trials -= 1 }
        while true {
            let byte = try peek()
            switch byte {
            case 0: throw ShellSyntaxError(.unterminated, start)
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                count += byte == UInt8(ascii: "(") ? 1 : -1
                if count == 0 {
                    guard peek(1) == UInt8(ascii: ")") else {
                        position = start
                        return nil
                    }
                    skip(2)
                    allowsReserved = true
                    return try finishEnclosed(&builder)
                }
                builder.add(byte)
                position += 1
            default: try enclosedByte(byte, &builder)
            }
        }
    }

    /// `((…; …; …))`, with the first `(` here.
    mutating func countedLoopHead() throws(ShellSyntaxError) -> [ShellWord] {
        let start = position
        skip(2)
        var words: [ShellWord] = []
        var builder = WordBuilder()
        var count = 1
        while true {
            let byte = try peek()
            switch byte {
            case 0: throw ShellSyntaxError(.unterminated, start)
            case UInt8(ascii: ";"):
                words.append(try finishEnclosed(&builder))
                builder = WordBuilder()
                position += 1
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                count += byte == UInt8(ascii: "(") ? 1 : -1
                if count == 0 {
                    // Bash stops here, and does not always say so.
                    guard peek(1) == UInt8(ascii: ")") else { throw ShellSyntaxError(.badCountedLoop, start) }
                    words.append(try finishEnclosed(&builder))
                    guard words.count == 3 else { throw ShellSyntaxError(.badCountedLoop, start) }
                    skip(2)
                    return words
                }
                builder.add(byte)
                position += 1
            default: try enclosedByte(byte, &builder)
            }
        }
    }
}
