// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Compound commands: POSIX XCU §2.9.4, and bash's own.
extension ShellReader {
    /// `( … )` or `(( … ))`, with `(` here.
    mutating func parenthesized() throws(ShellSyntaxError) -> CompoundCommand {
        try enter()
        defer { leave() }
        if peek(1) == UInt8(ascii: "("), let expression = try arithmeticCommand() { return .arithmetic(expression) }
        position += 1
        allowsReserved = true
        let script = try fullList()
        guard try peek() == UInt8(ascii: ")") else { throw unexpected() }
        position += 1
        allowsReserved = true
        return .subshell(script)
    }

    /// What a reserved word begins, which ends at `end`.
    mutating func compound(_ word: ShellKeyword, _ end: Int) throws(ShellSyntaxError) -> CompoundCommand {
        guard word.beginsCompound else { throw unexpected() }
        try enter()
        defer { leave() }
        position = end
        allowsReserved = true
        switch word {
        case .if: return try branches()
        case .while, .until:
            let condition = try fullList()
            return .loop(until: word == .until, condition: condition, body: try doGroup())
        case .for: return try forLoop()
        case .select: return try each(isSelect: true)
        case .case: return try cases()
        case .openCondition: return .condition(try condition())
        default:
            let script = try fullList()
            try take(.close)
            return .group(script)
        }
    }

    private mutating func branches() throws(ShellSyntaxError) -> CompoundCommand {
        var branches: [CompoundCommand.Branch] = []
        while true {
            let condition = try fullList()
            try take(.then)
            try node()
            branches.append(.init(condition: condition, body: try fullList()))
            if try takeIf(.elif) { continue }
            var otherwise: ShellScript?
            if try takeIf(.else) { otherwise = try fullList() }
            try take(.fi)
            return .branches(branches, otherwise: otherwise)
        }
    }

    private mutating func doGroup() throws(ShellSyntaxError) -> ShellScript {
        try take(.do)
        let body = try fullList()
        try take(.done)
        return body
    }

    // MARK: - for, select

    private mutating func forLoop() throws(ShellSyntaxError) -> CompoundCommand {
        try skipBlanks()
        guard try peek() == UInt8(ascii: "(") else { return try each(isSelect: false) }
        guard peek(1) == UInt8(ascii: "(") else { throw unexpected() }
        let parts = try countedLoopHead()
        allowsReserved = true
        try skipBlanks()
        if try peek() == UInt8(ascii: ";"), !isClauseEnd() {
            position += 1
            try skipNewlines()
        } else {
            try skipNewlines()
        }
        return .counted(start: parts[0], condition: parts[1], step: parts[2], body: try loopBody())
    }

    private mutating func each(isSelect: Bool) throws(ShellSyntaxError) -> CompoundCommand {
        allowsReserved = false
        try skipBlanks()
        guard try beginsWord() else { throw unexpected() }
        let start = position
        let name = try word(.command, WordBuilder())
        guard name.parts.count == 1, case .text(let text) = name.parts[0], text.isShellName else {
            throw ShellSyntaxError(.badName, start)
        }
        allowsReserved = true
        try skipBlanks()
        var words: [ShellWord]?
        if try peek() == UInt8(ascii: ";"), !isClauseEnd() {
            position += 1
            try skipNewlines()
        } else {
            let line = newlines
            try skipNewlines()
            if try takeIf(.in) {
                allowsReserved = false
                words = try wordList()
            } else if newlines == line, let (word, _) = try keyword(), word == .open {
                // A brace directly behind a word is a word.
                throw unexpected()
            }
        }
        return .each(name: text, words: words, body: try loopBody(), isSelect: isSelect)
    }

    /// Words up to `;` or a line's end, and the line ends behind.
    private mutating func wordList() throws(ShellSyntaxError) -> [ShellWord] {
        var words: [ShellWord] = []
        while true {
            try skipBlanks()
            guard try beginsWord() else { break }
            words.append(try word(.command, WordBuilder()))
        }
        switch try peek() {
        case 0x0a: break
        case UInt8(ascii: ";") where !isClauseEnd(): position += 1
        default: throw unexpected()
        }
        allowsReserved = true
        try skipNewlines()
        return words
    }

    /// `do … done` or `{ … }`.
    private mutating func loopBody() throws(ShellSyntaxError) -> ShellScript {
        guard try takeIf(.open) else { return try doGroup() }
        let body = try fullList()
        try take(.close)
        return body
    }

    // MARK: - case

    private mutating func cases() throws(ShellSyntaxError) -> CompoundCommand {
        allowsReserved = false
        try skipBlanks()
        guard try beginsWord() else { throw unexpected() }
        let subject = try word(.plain, WordBuilder())
        allowsReserved = true
        try skipNewlines()
        try take(.in)
        var clauses: [CompoundCommand.Clause] = []
        while true {
            try skipNewlines()
            allowsReserved = true
            if try takeIf(.esac) { return .cases(subject, clauses) }
            try node()
            let (clause, isEnded) = try clause()
            clauses.append(clause)
            if !isEnded {
                try take(.esac)
                return .cases(subject, clauses)
            }
        }
    }

    /// Patterns and commands, and whether `;;` or its like follows.
    private mutating func clause() throws(ShellSyntaxError) -> (CompoundCommand.Clause, isEnded: Bool) {
        allowsReserved = false
        if try peek() == UInt8(ascii: "(") {
            position += 1
            try skipBlanks()
        }
        var patterns: [ShellWord] = []
        while true {
            try skipBlanks()
            guard try beginsWord() else { throw unexpected() }
            patterns.append(try word(.plain, WordBuilder()))
            try skipBlanks()
            guard try peek() == UInt8(ascii: "|") else { break }
            position += 1
        }
        guard try peek() == UInt8(ascii: ")") else { throw unexpected() }
        position += 1
        allowsReserved = true
        var clause = CompoundCommand.Clause(patterns: patterns, body: try list())
        guard isClauseEnd() else { return (clause, false) }
        if peek(1) == UInt8(ascii: "&") {
            clause.ending = .fallsThrough
            skip(2)
        } else if peek(2) == UInt8(ascii: "&") {
            clause.ending = .triesNext
            skip(3)
        } else {
            skip(2)
        }
        allowsReserved = true
        return (clause, true)
    }
}

extension UTF8String {
    /// Whether it is a variable's name (POSIX XBD §3.216).
    var isShellName: Bool {
        guard let first = string.utf8.first, first.beginsName else { return false }
        return string.utf8.allSatisfy(\.continuesName)
    }
}
