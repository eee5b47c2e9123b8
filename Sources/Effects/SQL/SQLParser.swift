// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads one statement: which tables it names, and what for.
///
/// It takes more than any dialect does, as long as the tables are found: an expression is any run of names, literals,
/// operators and brackets in which no word stands that begins a table list or another statement. Wherever `SELECT`,
/// `VALUES` or `WITH` stands, a query begins.
struct SQLParser {
    let tokens: [SQLToken]
    var index = 0
    var depth = 0
    var databases: [SQLName.Part]
    private(set) var actions: [ProgramAction] = []
    private var seen: Set<ProgramAction> = []
    /// Names that stand for queries here.
    var expressions: [SQLName.Part] = []
    /// What tables are called in the statement that is being read; `nil` for a query.
    var aliases: [(alias: UTF8String, table: SQLName?)] = []
    /// Whether rows follow the statement, which are not SQL.
    var readsInput = false
    /// Whether no dialect that cuts the text so would take it.
    var isRefused = false

    init(tokens: [SQLToken], databases: [SQLName.Part]) {
        self.tokens = tokens
        self.databases = databases
    }

    mutating func run() throws(NotUnderstood) {
        try statement()
        guard index == tokens.count else { throw NotUnderstood() }
    }

    // MARK: - Tokens

    var token: SQLToken? { index < tokens.count ? tokens[index] : nil }
    var keyword: UTF8String? { token?.keyword }
    func ahead(_ offset: Int) -> SQLToken? {
        tokens.indices.contains(index + offset) ? tokens[index + offset] : nil
    }
    func isNext(_ word: UTF8String) -> Bool { keyword == word }

    mutating func take(_ word: UTF8String) -> Bool {
        guard keyword == word else { return false }
        index += 1
        return true
    }

    mutating func take(symbol: UTF8String) -> Bool {
        guard token?.isSymbol(symbol) == true else { return false }
        index += 1
        return true
    }

    mutating func expect(_ word: UTF8String) throws(NotUnderstood) {
        guard take(word) else { throw NotUnderstood() }
    }

    mutating func expect(symbol: UTF8String) throws(NotUnderstood) {
        guard take(symbol: symbol) else { throw NotUnderstood() }
    }

    mutating func takeAny(_ words: Set<UTF8String>) -> Bool {
        guard let keyword, words.contains(keyword) else { return false }
        index += 1
        return true
    }

    mutating func deeper(_ body: (inout SQLParser) throws(NotUnderstood) -> Void) throws(NotUnderstood) {
        depth += 1
        guard depth <= Limits.codeDepthMax else { throw NotUnderstood() }
        try body(&self)
        depth -= 1
    }

    // MARK: - What is found

    mutating func add(_ action: ProgramAction?) {
        guard let action, seen.insert(action).inserted else { return }
        actions.append(action)
    }

    mutating func use(_ verbs: Verb..., of name: SQLName) {
        let tables = name.tables
        if tables.isEmpty { add(.opaque(.code)) }
        var names = tables
        if name.parts.count == 1 {
            for database in databases { names += SQLName(parts: [database] + name.parts).tables }
        }
        for table in names {
            for verb in verbs { add(.effect(Effect(verb, table))) }
        }
    }

    // MARK: - Names

    /// One part of a name. A string can be one to SQLite.
    mutating func part() throws(NotUnderstood) -> SQLName.Part {
        switch token {
        case .word(let text, let keyword):
            guard !SQLWords.reserved.contains(keyword) else { throw NotUnderstood() }
            index += 1
            return SQLName.Part(text: text, isQuoted: false)
        case .quoted(let text), .string(let text?):
            index += 1
            return SQLName.Part(text: text, isQuoted: true)
        default: throw NotUnderstood()
        }
    }

    mutating func name() throws(NotUnderstood) -> SQLName {
        var name = SQLName(parts: [try part()])
        while take(symbol: ".") {
            // After a dot every word is a name.
            if case .word(let text, _)? = token {
                index += 1
                name.parts.append(SQLName.Part(text: text, isQuoted: false))
            } else {
                name.parts.append(try part())
            }
            guard name.parts.count <= 4 else { throw NotUnderstood() }
        }
        return name
    }

    /// `IF [NOT] EXISTS`.
    mutating func skipExistence() {
        guard isNext("if") else { return }
        if ahead(1)?.keyword == "exists" { index += 2 }
        if ahead(1)?.keyword == "not", ahead(2)?.keyword == "exists" { index += 3 }
    }

    // MARK: - Expressions

    /// How an expression ends, and what may be in it.
    struct Ending {
        var words: Set<UTF8String> = []
        /// Whether `,` is part of it.
        var hasCommas = false
        /// Words of statements that may stand in it.
        var allowed: Set<UTF8String> = []
        var mayBeEmpty = false
    }

    mutating func expression(_ ending: Ending) throws(NotUnderstood) {
        let start = index
        loop: while let token {
            switch token {
            case .symbol(let symbol):
                switch symbol {
                case "(": try brackets(after: nil)
                case ")": break loop
                case ",":
                    if !ending.hasCommas { break loop }
                    index += 1
                case "{", "}": throw NotUnderstood()
                default: index += 1
                }
            case .word(_, let keyword):
                if isNamePart {
                    try function()
                } else if keyword == "from", isComparison {
                    index += 1
                } else if ending.words.contains(keyword), !startsCall(keyword) {
                    break loop
                } else {
                    try word(keyword, ending)
                }
            case .quoted: try function()
            case .string, .number, .parameter: index += 1
            case .illegal: throw NotUnderstood()
            }
        }
        guard ending.mayBeEmpty || index > start else { throw NotUnderstood() }
    }

    /// `IS [NOT] DISTINCT FROM`.
    private var isComparison: Bool {
        ahead(-1)?.keyword == "distinct" && ["is", "not"].contains(ahead(-2)?.keyword)
    }

    /// `left(x, 1)`, `replace(…)`: words that are functions before a bracket.
    private func startsCall(_ keyword: UTF8String) -> Bool {
        ["left", "right", "replace", "insert", "if", "truncate"].contains(keyword) && ahead(1)?.isSymbol("(") == true
    }

    /// Whether a dot stands beside the word, which is a name then, whatever it says.
    private var isNamePart: Bool { ahead(-1)?.isSymbol(".") == true || ahead(1)?.isSymbol(".") == true }

    private mutating func word(_ keyword: UTF8String, _ ending: Ending) throws(NotUnderstood) {
        switch keyword {
        case "select", "with", "values": try deeper { parser throws(NotUnderstood) in try parser.query() }
        case "union", "intersect", "except", "minus":
            // After a query in brackets.
            guard ahead(-1)?.isSymbol(")") == true else { throw NotUnderstood() }
            try setOperation()
        case "table":
            guard ahead(-1)?.isSymbol("(") == true, ahead(1)?.isSymbol("(") != true else { throw NotUnderstood() }
            try deeper { parser throws(NotUnderstood) in try parser.query() }
        case "in":
            index += 1
            try membership()
        case "next" where ahead(1)?.keyword == "value": index += 3
        default:
            let isForbidden =
                SQLWords.statements.contains(keyword) || SQLWords.clauses.contains(keyword)
                || SQLWords.joins.contains(keyword) && SQLWords.afterJoin.contains(ahead(1)?.keyword ?? "")
                || keyword == "join" || keyword == "go"
            guard !isForbidden || ending.allowed.contains(keyword) || startsCall(keyword) else { throw NotUnderstood() }
            try function()
        }
    }

    /// `IN (…)`, and SQLite's `IN table`.
    private mutating func membership() throws(NotUnderstood) {
        switch token {
        case .quoted, .string:
            let name = try name()
            try tableOrFunction(name)
        case .word(_, let keyword) where !["unnest", "array", "boolean", "natural"].contains(keyword):
            let name = try name()
            try tableOrFunction(name)
        default: break
        }
    }

    private mutating func tableOrFunction(_ name: SQLName) throws(NotUnderstood) {
        if token?.isSymbol("(") == true {
            try call(name)
        } else if !expressions.contains(where: name.certainlyNames) {
            use(.query, of: name)
        }
    }

    /// A name, and the call where a bracket follows.
    private mutating func function() throws(NotUnderstood) {
        let part: SQLName.Part
        switch token {
        case .word(let text, _): part = SQLName.Part(text: text, isQuoted: false)
        case .quoted(let text): part = SQLName.Part(text: text, isQuoted: true)
        default: throw NotUnderstood()
        }
        let isQualified = ahead(-1)?.isSymbol(".") == true
        let isCall = ahead(1)?.isSymbol("(") == true
        index += 1
        guard isCall else { return }
        if isQualified {
            let schema = ahead(-3)?.keyword
            guard schema == "pg_catalog" || schema == "sys", ahead(-4)?.isSymbol(".") != true else {
                throw NotUnderstood()
            }
        }
        try call(SQLName(parts: [part]))
    }

    /// A function's operands, after its name.
    mutating func call(_ name: SQLName) throws(NotUnderstood) {
        guard name.parts.count == 1, let function = name.parts.first?.text.asciiLowercased else {
            throw NotUnderstood()
        }
        let isWord = name.parts.first?.isQuoted == false
        let isKnown =
            SQLWords.functions.contains(function) || isWord && SQLWords.beforeBracket.contains(function)
            || isWord && ["replace", "insert", "if", "left", "right"].contains(function)
        if SQLWords.fileReaders.contains(function) || SQLWords.fileWriters.contains(function) {
            let isWhole = ahead(2)?.isSymbol(",") == true || ahead(2)?.isSymbol(")") == true
            let path = isWhole ? ahead(1)?.literal : nil
            add(.path(SQLWords.fileReaders.contains(function) ? .read : .write, literal: path))
        } else if function.hasPrefix("pragma_"),
            SQLWords.pragmas.contains(UTF8String(String(function.string.dropFirst(7))))
        {
            // Reads the schema.
        } else {
            guard isKnown else { throw NotUnderstood() }
        }
        try brackets(after: function)
    }

    /// What is in brackets: operands, a list, a query.
    mutating func brackets(after function: UTF8String?) throws(NotUnderstood) {
        try expect(symbol: "(")
        try deeper { parser throws(NotUnderstood) in try parser.inBrackets(after: function) }
        try expect(symbol: ")")
    }

    private mutating func inBrackets(after function: UTF8String?) throws(NotUnderstood) {
        var ending = Ending(hasCommas: true, mayBeEmpty: true)
        ending.words = ["where", "order", "for", "limit", "from", "group", "offset"]
        while true {
            try expression(ending)
            guard let keyword, !(token?.isSymbol(")") == true) else { return }
            switch keyword {
            case "from", "for":
                guard let function, SQLWords.withFrom.contains(function) else { throw NotUnderstood() }
                index += 1
            case "where", "limit":
                guard function == "filter" || keyword == "limit" else { throw NotUnderstood() }
                index += 1
            case "order", "group":
                index += 1
                try expect("by")
            default: throw NotUnderstood()
            }
        }
    }
}
