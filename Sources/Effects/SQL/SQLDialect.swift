// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Whose SQL a text is.
enum SQLDialect: Sendable, Hashable, CaseIterable {
    /// Nobody knows: every dialect's reading counts.
    case any
    case sqlite, postgres, mysql, mssql, oracle

    /// How the dialect may cut a text into tokens.
    var lexical: [SQLLexical] {
        switch self {
        case .any: Self.allCases.dropFirst().flatMap(\.lexical)
        case .sqlite: [.sqlite]
        case .postgres: [.postgres, .postgresEscaping]
        case .mysql: [.mysql, .mysqlPlain, .mysqlOld]
        case .mssql: [.mssql]
        case .oracle: [.oracle]
        }
    }
}

/// What a dialect does with the characters that dialects disagree about.
struct SQLLexical: Sendable, Hashable {
    /// `\'` in a string is a quote.
    var escapes = false
    /// `/* /* */ */` is one comment.
    var nests = false
    /// `/*! … */` is code.
    var executesComments = false
    /// `#` begins a comment; elsewhere it is an operator or part of a name.
    var hashComments = false
    /// `--` begins a comment only before a blank.
    var dashesNeedBlank = false
    /// `` `x` `` is an identifier.
    var backticks = false
    /// `[x]` is an identifier.
    var brackets = false
    /// `$$ … $$` is a string, and `E'\''` has escapes.
    var dollarQuotes = false
    /// `q'[ … ]'` is a string.
    var oracleQuotes = false
    /// `.name` at a line's beginning is a command of the shell.
    var dotCommands = false

    static let sqlite = SQLLexical(backticks: true, brackets: true, dotCommands: true)
    static let postgres = SQLLexical(nests: true, dollarQuotes: true)
    /// With `standard_conforming_strings` off.
    static let postgresEscaping = SQLLexical(escapes: true, nests: true, dollarQuotes: true)
    static let mysql = SQLLexical(
        escapes: true, executesComments: true, hashComments: true, dashesNeedBlank: true, backticks: true)
    /// With `NO_BACKSLASH_ESCAPES` in `sql_mode`.
    static let mysqlPlain = SQLLexical(
        executesComments: true, hashComments: true, dashesNeedBlank: true, backticks: true)
    /// Older than what `/*!99999 … */` asks for.
    static let mysqlOld = SQLLexical(escapes: true, hashComments: true, dashesNeedBlank: true, backticks: true)
    static let mssql = SQLLexical(nests: true, brackets: true)
    static let oracle = SQLLexical(oracleQuotes: true)
}
