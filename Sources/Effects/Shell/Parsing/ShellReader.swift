// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A shell text being read: where, and what bash's lexer would know there.
///
/// There are no tokens: the grammar's rules look at the bytes, because what is a word depends on the rule. Every rule
/// begins at a token's first byte, or skips blanks to it.
struct ShellReader {
    struct Settings {
        var aliases: [UTF8String: UTF8String]
        var extendedGlobs: Bool
    }

    /// A here-document whose body begins after the line.
    struct PendingDocument {
        /// Where its `<<` stands.
        var offset: Int
        var delimiter: [UInt8]
        var isQuoted: Bool
        var stripsTabs: Bool
    }

    struct Document {
        var body: [UInt8]
        var isQuoted: Bool
    }

    /// An expansion that was read while something was tried, for when it is read again.
    struct Remembered {
        var part: ShellWord.Part
        var end: Int
    }

    var bytes: [UInt8]
    var position = 0
    var budget: ShellBudget
    let settings: Settings
    /// Whether a reserved word is one here: not among a command's words.
    var allowsReserved = true
    /// Line ends seen as tokens.
    var newlines = 0
    /// Whether this is a here-document's body: quotes in `${…}` are other than elsewhere.
    var isDocument = false
    /// Where a `$(` or `<(` begins: directly behind it, bash takes `time` for a program.
    var wordPlace: Int?
    /// Levels of `$(…)` and `<(…)` that are open in this text.
    var substitutions = 0

    /// Here-documents' bodies stand behind their commands, so a text with some is read twice: first for the bodies
    /// (`isLayout`, in which nothing within backquotes and bodies is read), then for the tree.
    var isLayout = false
    var pending: [PendingDocument] = []
    var documents: [Int: Document] = [:]

    /// Where `shopt -s extglob` was seen: it holds from the next line on.
    var extglobLine: Int?
    var remembered: [Int: Remembered] = [:]
    /// How many things are being tried (is it `$((1))` or `$( (a) )`?).
    var trials = 0
    var splices: [AliasSplice] = []
    /// Bytes by which aliases made the text longer.
    var growth = 0

    /// Reads a text with a rule, in one pass or two.
    static func read<Value>(
        _ bytes: [UInt8], _ settings: Settings, _ budget: inout ShellBudget,
        _ rule: (inout ShellReader) throws(ShellSyntaxError) -> Value
    ) throws(ShellSyntaxError) -> Value {
        var documents: [Int: Document] = [:]
        let mayHaveDocuments =
            containsDocument(bytes) || settings.aliases.values.contains { containsDocument($0.bytes) }
        if mayHaveDocuments {
            var reader = ShellReader(bytes: bytes, budget: budget, settings: settings)
            reader.isLayout = true
            _ = try reader.run(rule)
            documents = reader.documents
            // What was made is thrown away.
            budget.steps = reader.budget.steps
        }
        var reader = ShellReader(bytes: bytes, budget: budget, settings: settings)
        reader.documents = documents
        let value = try reader.run(rule)
        budget = reader.budget
        return value
    }

    private mutating func run<Value>(
        _ rule: (inout ShellReader) throws(ShellSyntaxError) -> Value
    ) throws(ShellSyntaxError) -> Value {
        do throws(ShellSyntaxError) {
            return try rule(&self)
        } catch {
            throw ShellSyntaxError(error.what, originalOffset(error.offset))
        }
    }

    private static func containsDocument(_ bytes: [UInt8]) -> Bool {
        var previous: UInt8 = 0
        for byte in bytes {
            // A line continuation may stand between the two.
            if byte == UInt8(ascii: "<"), previous == UInt8(ascii: "<") || previous == 0x0a { return true }
            previous = byte
        }
        return false
    }

    init(bytes: [UInt8], budget: ShellBudget, settings: Settings) {
        self.bytes = bytes
        self.budget = budget
        self.settings = settings
    }

    // MARK: - Bytes

    /// The byte here, 0 at the end. A backslash and a line end are nothing, everywhere but in `'…'`, comments and quoted
    /// here-documents.
    mutating func peek() throws(ShellSyntaxError) -> UInt8 {
        budget.steps += 1
        if budget.steps > Limits.shellStepsMax { throw ShellSyntaxError(.tooMuch, position) }
        while position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == 0x0a {
            position += 2
            budget.steps += 1
        }
        return position < bytes.count ? bytes[position] : 0
    }

    /// The byte that is `distance` behind this one.
    mutating func peek(_ distance: Int) -> UInt8 {
        byte(after: distance).byte
    }

    /// The byte that is `distance` behind this one, and where it is.
    mutating func byte(after distance: Int) -> (byte: UInt8, offset: Int) {
        var index = position
        var left = distance
        while index < bytes.count {
            budget.steps += 1
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == 0x0a {
                index += 2
                continue
            }
            if left == 0 { return (bytes[index], index) }
            left -= 1
            index += 1
        }
        return (0, bytes.count)
    }

    /// Moves on by that many bytes, line continuations not counted.
    mutating func skip(_ count: Int) { position = min(byte(after: count - 1).offset + 1, bytes.count) }

    // MARK: - Limits and errors

    mutating func enter() throws(ShellSyntaxError) {
        budget.depth += 1
        if budget.depth > Limits.shellDepthMax { throw ShellSyntaxError(.tooDeep, position) }
    }

    mutating func leave() { budget.depth -= 1 }

    mutating func node() throws(ShellSyntaxError) {
        budget.nodes += 1
        if budget.nodes > Limits.shellNodesMax { throw ShellSyntaxError(.tooMuch, position) }
    }

    /// The error for a byte that may not be here.
    func unexpected() -> ShellSyntaxError {
        ShellSyntaxError(position < bytes.count ? .unexpectedToken : .unexpectedEnd, position)
    }

    // MARK: - Between tokens

    /// Skips blanks, and a comment up to its line's end.
    mutating func skipBlanks() throws(ShellSyntaxError) {
        while true {
            switch try peek() {
            case 0x20, 0x09: position += 1
            case UInt8(ascii: "#"):
                while position < bytes.count, bytes[position] != 0x0a {
                    position += 1
                    budget.steps += 1
                }
                return
            default: return
            }
        }
    }

    /// Skips blanks, comments and line ends, reading the here-documents that begin there.
    mutating func skipNewlines() throws(ShellSyntaxError) {
        try skipBlanks()
        while try peek() == 0x0a {
            try newline()
            try skipBlanks()
        }
    }

    mutating func newline() throws(ShellSyntaxError) {
        position += 1
        newlines += 1
        allowsReserved = true
        let waiting = pending
        pending = []
        for document in waiting { try readDocument(document) }
    }

    /// Text from a stretch of bytes.
    func text(_ bytes: some Sequence<UInt8>) throws(ShellSyntaxError) -> UTF8String {
        guard let text = UTF8String(validating: bytes) else { throw ShellSyntaxError(.unsure, position) }
        return text
    }
}

extension UInt8 {
    /// Ends an unquoted word: POSIX XCU §2.3's operators and blanks, and the text's end.
    var endsShellWord: Bool {
        switch self {
        case 0, 0x09, 0x0a, 0x20, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: "<"),
            UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }

    /// Quotes or begins an expansion.
    var isShellQuoting: Bool {
        switch self {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"): true
        default: false
        }
    }

    var beginsName: Bool { isLetter || self == UInt8(ascii: "_") }
    var continuesName: Bool { isAlphanumeric || self == UInt8(ascii: "_") }
    var isSpecialParameter: Bool {
        switch self {
        case UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "?"), UInt8(ascii: "-"),
            UInt8(ascii: "$"), UInt8(ascii: "!"):
            true
        default: false
        }
    }
}
