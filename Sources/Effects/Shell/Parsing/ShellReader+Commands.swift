// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Simple commands and functions: POSIX XCU §2.9.1 and §2.9.5.
extension ShellReader {
    /// One command of a pipeline.
    ///
    /// - Parameter isFirst: whether it may begin with `coproc`, and `time` is not a program.
    mutating func command(isFirst: Bool) throws(ShellSyntaxError) -> ShellBody {
        try skipBlanks()
        while allowsReserved, try expandAlias() { try skipBlanks() }
        if try peek() == UInt8(ascii: "(") { return try redirected(try parenthesized()) }
        guard let (word, end) = try keyword() else { return try simple() }
        switch word {
        case .open, .if, .while, .until, .for, .select, .case, .openCondition:
            return try redirected(try compound(word, end))
        case .function:
            position = end
            return try functionAfterKeyword()
        case .coproc:
            position = end
            return try coprocess()
        case .time where !isFirst || position == wordPlace: return try simple()
        default: throw unexpected()
        }
    }

    /// A compound command's redirections. After one no reserved word follows without a separator.
    mutating func redirected(_ compound: CompoundCommand) throws(ShellSyntaxError) -> ShellBody {
        .compound(compound, try redirections())
    }

    mutating func redirections() throws(ShellSyntaxError) -> [Redirection] {
        var redirections: [Redirection] = []
        while true {
            try skipBlanks()
            guard let next = try redirection() else { return redirections }
            redirections.append(next)
            allowsReserved = false
        }
    }

    /// The builtins whose arguments may be arrays.
    private static let declarators: [[UInt8]] = ["declare", "typeset", "export", "local", "readonly"].map {
        Array($0.utf8)
    }
    /// Builtins for which bash reads `a=(…)` as one word, too; what they do with it is their affair.
    private static let oddDeclarators: [[UInt8]] = ["alias", "eval", "let"].map { Array($0.utf8) }

    private mutating func simple() throws(ShellSyntaxError) -> ShellBody {
        var command = SimpleCommand(assignments: [], words: [], redirections: [])
        var takesArrays = false
        var isOdd = false
        var wordStart = position
        // Behind an assignment and a redirection, bash looks for neither aliases nor `declare`.
        var isCommandPlace = true
        let start = position
        while true {
            try skipBlanks()
            if let next = try redirection() {
                command.redirections.append(next)
                allowsReserved = false
                isCommandPlace = command.assignments.isEmpty
                continue
            }
            if command.words.isEmpty ? isCommandPlace && position > start : followsBlankAlias(since: wordStart) {
                while try expandAlias() { try skipBlanks() }
            }
            guard try beginsWord() else { break }
            wordStart = position
            var builder = WordBuilder()
            if command.words.isEmpty {
                switch try assignment() {
                case .assignment(let assignment):
                    command.assignments.append(assignment)
                    allowsReserved = false
                    isCommandPlace = true
                    continue
                case .word(let begun): builder = begun
                }
            } else if takesArrays || isOdd, let assignment = try arrayArgument() {
                if isOdd { throw ShellSyntaxError(.unsure, wordStart) }
                command.declarations.append(assignment)
                continue
            }
            if command.words.isEmpty, isCommandPlace {
                takesArrays = Self.declarators.contains { literal($0) != nil }
                isOdd = Self.oddDeclarators.contains { literal($0) != nil }
            }
            command.words.append(try word(.command, builder))
            allowsReserved = false
            if command.words.count == 1, command.assignments.isEmpty, command.redirections.isEmpty {
                try skipBlanks()
                if try peek() == UInt8(ascii: "(") { return try function(named: command.words[0]) }
            }
        }
        guard position > start else { throw unexpected() }
        noticeOptions(command)
        return .simple(command)
    }

    /// Whether a word begins here, given that no redirection does.
    mutating func beginsWord() throws(ShellSyntaxError) -> Bool {
        let byte = try peek()
        guard byte.endsShellWord else { return true }
        return (byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")) && peek(1) == UInt8(ascii: "(")
    }

    /// `shopt -s extglob` changes what later lines mean.
    private mutating func noticeOptions(_ command: SimpleCommand) {
        guard extglobLine == nil, command.words.first?.parts == [.text("shopt")] else { return }
        if command.words.contains(where: { $0.parts == [.text("extglob")] }) { extglobLine = newlines }
    }

    /// Whether `@(…)` may be a pattern here.
    var mayHaveExtendedGlobs: Bool { settings.extendedGlobs || (extglobLine ?? .max) < newlines }

    // MARK: - Functions

    /// `name() body`, with `(` here.
    private mutating func function(named name: ShellWord) throws(ShellSyntaxError) -> ShellBody {
        // With extglob on, `a@()` is a pattern.
        if case .text(let text) = name.parts.last, let last = text.bytes.last, last.isExtendedGlobPrefix,
            extglobLine != nil
        {
            throw ShellSyntaxError(.unsure, position)
        }
        position += 1
        try skipBlanks()
        guard try peek() == UInt8(ascii: ")") else { throw unexpected() }
        position += 1
        allowsReserved = true
        return .function(name: name, body: try functionBody())
    }

    private mutating func functionAfterKeyword() throws(ShellSyntaxError) -> ShellBody {
        try skipBlanks()
        guard try beginsWord() else { throw unexpected() }
        let name = try word(.command, WordBuilder())
        try skipBlanks()
        if try peek() == UInt8(ascii: "(") {
            let start = position
            position += 1
            try skipBlanks()
            // Otherwise it is a subshell, the function's body.
            if try peek() == UInt8(ascii: ")") { position += 1 } else { position = start }
        }
        allowsReserved = true
        return .function(name: name, body: try functionBody())
    }

    private mutating func functionBody() throws(ShellSyntaxError) -> ShellBody {
        try enter()
        defer { leave() }
        try skipNewlines()
        if try peek() == UInt8(ascii: "(") { return try redirected(try parenthesized()) }
        guard let (word, end) = try keyword() else { throw unexpected() }
        return try redirected(try compound(word, end))
    }

    // MARK: - Coprocesses

    private mutating func coprocess() throws(ShellSyntaxError) -> ShellBody {
        try enter()
        defer { leave() }
        allowsReserved = true
        try skipBlanks()
        if try peek() == UInt8(ascii: "(") {
            return .compound(.coprocess(name: nil, body: try redirected(try parenthesized())), [])
        }
        if let (word, end) = try keyword(), word != .time {
            return .compound(.coprocess(name: nil, body: try redirected(try compound(word, end))), [])
        }
        let start = position
        guard try beginsWord() else { return .compound(.coprocess(name: nil, body: try simple()), []) }
        // A name, if a compound command follows.
        trials += 1
        let name = try word(.command, WordBuilder())
        trials -= 1
        try skipBlanks()
        allowsReserved = true
        let follows = try peek() == UInt8(ascii: "(") ? nil : try keyword()
        let isParenthesis = try peek() == UInt8(ascii: "(")
        guard isParenthesis || (follows?.0.beginsCompound ?? false) else {
            position = start
            allowsReserved = false
            return .compound(.coprocess(name: nil, body: try simple()), [])
        }
        guard name.parts.count == 1, case .text(let text) = name.parts[0] else {
            throw ShellSyntaxError(.unsure, start)
        }
        let body = try isParenthesis ? parenthesized() : compound(follows?.0 ?? .open, follows?.end ?? position)
        return .compound(.coprocess(name: text, body: try redirected(body)), [])
    }
}

extension ShellKeyword {
    var beginsCompound: Bool {
        switch self {
        case .open, .if, .while, .until, .for, .select, .case, .openCondition: true
        default: false
        }
    }
}

extension UInt8 {
    /// `?`, `*`, `+`, `@`, `!`: before `(` they begin a pattern.
    var isExtendedGlobPrefix: Bool {
        switch self {
        case UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "!"): true
        default: false
        }
    }
}
