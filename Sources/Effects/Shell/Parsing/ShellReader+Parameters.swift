// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `${…}`: POSIX XCU §2.6.2, bash manual, Shell Parameter Expansion.
extension ShellReader {
    private enum Meaning {
        /// What `:-` and its like put there: as quoted as the whole.
        case value
        /// What is a pattern or an expression, whose quotes are its own.
        case pattern
    }

    /// What is behind `${`, its `}` too.
    mutating func parameter(isQuoted: Bool, from start: Int) throws(ShellSyntaxError) -> ParameterExpansion {
        var expansion = ParameterExpansion(name: "")
        let first = try peek()
        if first == UInt8(ascii: "#") {
            if let length = try lengthExpansion() { return length }
        } else if first == UInt8(ascii: "!"), isIndirect(peek(1), peek(2)) {
            expansion.isIndirect = true
            position += 1
        }
        guard let name = try parameterName() else { throw ShellSyntaxError(.badSubstitution, position) }
        expansion.name = name
        let next = try peek()
        if next == UInt8(ascii: "["), name.isShellName {
            position += 1
            expansion.index = try bracketWord(from: start, isInBraces: true)
        } else if expansion.isIndirect, name.isShellName, next == UInt8(ascii: "*") || next == UInt8(ascii: "@"),
            peek(1) == UInt8(ascii: "}")
        {
            skip(2)
            expansion.isIndirect = false
            expansion.operation = .names(isSeparate: next == UInt8(ascii: "@"))
            return expansion
        }
        expansion.operation = try operation(isQuoted, start)
        guard try peek() == UInt8(ascii: "}") else {
            if position >= bytes.count { throw ShellSyntaxError(.unterminated, start) }
            throw ShellSyntaxError(.badSubstitution, position)
        }
        position += 1
        return expansion
    }

    /// What bash takes `!` before for an indirection; before others it is `$!`.
    private func isIndirect(_ next: UInt8, _ afterNext: UInt8) -> Bool {
        if next.continuesName { return true }
        switch next {
        case UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "?"):
            return afterNext == UInt8(ascii: "}")
        default: return false
        }
    }

    /// `#name}` here; `nil`, and nothing taken, where it is `$#` with an operation.
    private mutating func lengthExpansion() throws(ShellSyntaxError) -> ParameterExpansion? {
        let start = position
        position += 1
        guard try peek() != UInt8(ascii: "}"), let name = try parameterName() else {
            position = start
            return nil
        }
        var expansion = ParameterExpansion(name: name, operation: .length)
        if try peek() == UInt8(ascii: "["), name.isShellName {
            position += 1
            expansion.index = try bracketWord(from: start, isInBraces: true)
        }
        guard try peek() == UInt8(ascii: "}") else {
            if expansion.index != nil { throw ShellSyntaxError(.badSubstitution, position) }
            position = start
            return nil
        }
        position += 1
        return expansion
    }

    private mutating func parameterName() throws(ShellSyntaxError) -> UTF8String? {
        let first = try peek()
        var name: [UInt8] = [first]
        if first.isSpecialParameter {
            position += 1
        } else if first.continuesName {
            position += 1
            let isNumber = first.isDigit
            while true {
                let byte = try peek()
                guard isNumber ? byte.isDigit : byte.continuesName else { break }
                name.append(byte)
                position += 1
            }
        } else {
            return nil
        }
        return try text(name)
    }

    private mutating func operation(
        _ isQuoted: Bool, _ start: Int
    ) throws(ShellSyntaxError) -> ParameterExpansion.Operation {
        let byte = try peek()
        switch byte {
        case UInt8(ascii: "}"), 0: return .value
        case UInt8(ascii: ":"):
            position += 1
            let next = try peek()
            if let operation = try conditional(next, whenEmpty: true, isQuoted, start) { return operation }
            let offset = try argument(.pattern, isQuoted, stop: next == 0 ? 0 : UInt8(ascii: ":"), start)
            guard try peek() == UInt8(ascii: ":") else { return .substring(offset: offset, length: nil) }
            position += 1
            return .substring(offset: offset, length: try argument(.pattern, isQuoted, start))
        case UInt8(ascii: "#"), UInt8(ascii: "%"):
            let isLongest = try takesTwice(byte)
            return .removed(
                pattern: try argument(.pattern, isQuoted, start), fromEnd: byte == UInt8(ascii: "%"),
                isLongest: isLongest)
        case UInt8(ascii: "/"): return try replacement(isQuoted, start)
        case UInt8(ascii: "^"), UInt8(ascii: ","), UInt8(ascii: "~"):
            let isTwice = try takesTwice(byte)
            return .cased(
                try text(isTwice ? [byte, byte] : [byte]), pattern: try argument(.pattern, isQuoted, start))
        case UInt8(ascii: "@"):
            position += 1
            let letter = try peek()
            guard letter.isLetter, "UuLQEPAKak".utf8.contains(letter) else {
                throw ShellSyntaxError(letter == 0 ? .unterminated : .badSubstitution, start)
            }
            position += 1
            return .transformed(try text([letter]))
        default:
            if let operation = try conditional(byte, whenEmpty: false, isQuoted, start) { return operation }
            throw ShellSyntaxError(.badSubstitution, position)
        }
    }

    private mutating func conditional(
        _ byte: UInt8, whenEmpty: Bool, _ isQuoted: Bool, _ start: Int
    ) throws(ShellSyntaxError) -> ParameterExpansion.Operation? {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "+"): position += 1
        default: return nil
        }
        let word = try argument(.value, isQuoted, start)
        switch byte {
        case UInt8(ascii: "-"): return .defaultValue(word, whenEmpty: whenEmpty)
        case UInt8(ascii: "="): return .assigned(word, whenEmpty: whenEmpty)
        case UInt8(ascii: "?"): return .required(word, whenEmpty: whenEmpty)
        default: return .alternative(word, whenEmpty: whenEmpty)
        }
    }

    private mutating func replacement(
        _ isQuoted: Bool, _ start: Int
    ) throws(ShellSyntaxError) -> ParameterExpansion.Operation {
        position += 1
        let kind: ParameterExpansion.Replacement =
            switch try peek() {
            case UInt8(ascii: "/"): .all
            case UInt8(ascii: "#"): .prefix
            case UInt8(ascii: "%"): .suffix
            default: .first
            }
        if kind != .first { position += 1 }
        let pattern = try argument(.pattern, isQuoted, stop: UInt8(ascii: "/"), start)
        guard try peek() == UInt8(ascii: "/") else {
            return .replaced(pattern: pattern, with: ShellWord(parts: []), kind)
        }
        position += 1
        return .replaced(pattern: pattern, with: try argument(.pattern, isQuoted, start), kind)
    }

    /// Takes one or two of a byte.
    private mutating func takesTwice(_ byte: UInt8) throws(ShellSyntaxError) -> Bool {
        position += 1
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    /// The text up to `}`, or to a byte that separates. Neither is taken.
    private mutating func argument(
        _ meaning: Meaning, _ isQuoted: Bool, stop: UInt8 = 0, _ start: Int
    ) throws(ShellSyntaxError) -> ShellWord {
        var builder = WordBuilder()
        let isLiteral = isQuoted && meaning == .value
        // `a ? b : c` in an offset, and parentheses.
        var questions = 0
        var parentheses = 0
        // Where the `'` that is open in `"${x:-…}"` is closed.
        var closing: Int?
        try node()
        while true {
            let byte = try peek()
            switch byte {
            case 0: throw ShellSyntaxError(.unterminated, start)
            case UInt8(ascii: "}"):
                // Bash looks for the end as if the quote were one.
                if closing != nil { throw ShellSyntaxError(.unsure, position) }
                return try finishArgument(&builder, isLiteral: isLiteral)
            case UInt8(ascii: "\\") where isLiteral: try quotedArgumentEscape(&builder)
            case UInt8(ascii: "\"") where isDocument:
                // Sometimes a letter, sometimes not.
                throw ShellSyntaxError(.unsure, position)
            case UInt8(ascii: "'") where isLiteral:
                // Such quotes are letters, yet bash wants them in pairs.
                if let end = closing {
                    guard end == position else { throw ShellSyntaxError(.unsure, position) }
                    closing = nil
                } else {
                    closing = try matchingQuote(start)
                }
                builder.addQuoted(byte)
                position += 1
            case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): try quoting(byte, &builder)
            case UInt8(ascii: "$"): try dollar(&builder, isQuoted: isQuoted)
            case UInt8(ascii: "`"): try backquoted(&builder, isQuoted: isQuoted)
            case UInt8(ascii: "<") where !isQuoted && peek(1) == UInt8(ascii: "("),
                UInt8(ascii: ">") where !isQuoted && peek(1) == UInt8(ascii: "("):
                try process(isOutput: byte == UInt8(ascii: ">"), &builder)
            case stop where stop == UInt8(ascii: ":") && (questions > 0 || parentheses > 0):
                if parentheses == 0 { questions -= 1 }
                builder.add(byte)
                position += 1
            case stop: return try finishArgument(&builder, isLiteral: isLiteral)
            default:
                if stop == UInt8(ascii: ":") {
                    if byte == UInt8(ascii: "?"), parentheses == 0 { questions += 1 }
                    if byte == UInt8(ascii: "(") { parentheses += 1 }
                    if byte == UInt8(ascii: ")"), parentheses > 0 { parentheses -= 1 }
                }
                builder.add(byte, isQuoted: isLiteral)
                position += 1
            }
        }
    }

    private mutating func matchingQuote(_ start: Int) throws(ShellSyntaxError) -> Int {
        guard let end = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "'")) else {
            throw ShellSyntaxError(.unterminated, start)
        }
        budget.steps += end - position
        return end
    }

    private func finishArgument(
        _ builder: inout WordBuilder, isLiteral: Bool
    ) throws(ShellSyntaxError) -> ShellWord {
        let hasTildes = builder.hasTildes
        var word = try finishEnclosed(&builder)
        if hasTildes, !isLiteral {
            guard let marked = TildePrefixes.marked(word.parts, isValue: false) else {
                throw ShellSyntaxError(.unsure, position)
            }
            word.parts = marked
        }
        return word
    }

    /// `\` in `"${x:-…}"`: it quotes `}` too.
    private mutating func quotedArgumentEscape(_ builder: inout WordBuilder) throws(ShellSyntaxError) {
        if peek(1) == UInt8(ascii: "}") {
            builder.addQuoted(UInt8(ascii: "}"))
            skip(2)
        } else {
            try quotedEscape(&builder, alsoEscapes: UInt8(ascii: "\""))
        }
    }
}
