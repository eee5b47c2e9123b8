// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A piece of a statement.
enum SQLToken: Sendable, Hashable {
    /// A keyword or a name without quotes: as written, and in lower case.
    case word(UTF8String, UTF8String)
    /// A name in the quotes that dialects use for names: `"x"`, `` `x` ``, `[x]`.
    case quoted(UTF8String)
    /// `'x'`; `nil` where its value was not decoded.
    case string(UTF8String?)
    case number
    /// `?`, `$1`, `:x`, `@x`.
    case parameter
    case symbol(UTF8String)
    /// What this dialect refuses.
    case illegal

    var keyword: UTF8String? { if case .word(_, let keyword) = self { keyword } else { nil } }
    var literal: UTF8String? { if case .string(let text) = self { text } else { nil } }
    func isSymbol(_ text: UTF8String) -> Bool { self == .symbol(text) }
}

/// A statement, or a command of the client that stands between statements.
enum SQLUnit: Sendable, Hashable {
    case statement([SQLToken])
    /// `.read x`, `\copy …`: the text without line end.
    case command(UTF8String)
}
