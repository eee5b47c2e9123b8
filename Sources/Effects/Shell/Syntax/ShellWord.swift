// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A word as it is written: nothing of it is expanded.
struct ShellWord: Sendable, Hashable {
    var parts: [Part]

    indirect enum Part: Sendable, Hashable {
        /// Unquoted text. `*`, `?`, `[` in it are wildcards, as are extended patterns (`@(…)`).
        case text(UTF8String)
        /// Text in `'…'`, `$'…'` (decoded), after `\`, or literal in `"…"`: no wildcard, never split, never empty away.
        case quoted(UTF8String)
        /// `"…"` or `$"…"` with expansions inside: `parts` are `quoted`, `parameter`, `command`, `arithmetic`.
        case doubleQuoted([Part])
        /// `~`, `~name`, `~+`: unquoted, where tilde expansion happens. Without the `~`.
        case tilde(UTF8String)
        /// `$name`, `${…}`.
        case parameter(ParameterExpansion)
        /// `$(…)`, `` `…` ``.
        case command(ShellScript)
        /// `$((…))`, `$[…]`.
        case arithmetic(ShellWord)
        /// `<(…)`, `>(…)`.
        case process(ShellScript, isOutput: Bool)
        /// `{a,b}`: each alternative as a word.
        case alternatives([ShellWord])
        /// `{1..5}`, `{a..z..2}`.
        case sequence(from: UTF8String, to: UTF8String, step: UTF8String?)
    }
}

/// `${name}` with whatever is done to it.
struct ParameterExpansion: Sendable, Hashable {
    /// A name, a digit string, or one of `@ * # ? - $ ! 0`.
    var name: UTF8String
    /// `${name[index]}`; `@` and `*` are words of that text.
    var index: ShellWord?
    /// `${!name}`: the variable whose name is in the variable (or names by prefix, or an array's keys).
    var isIndirect = false
    var operation: Operation = .value

    indirect enum Operation: Sendable, Hashable {
        case value
        /// `${#name}`
        case length
        /// `:-`, `-`
        case defaultValue(ShellWord, whenEmpty: Bool)
        /// `:=`, `=`
        case assigned(ShellWord, whenEmpty: Bool)
        /// `:?`, `?`
        case required(ShellWord, whenEmpty: Bool)
        /// `:+`, `+`
        case alternative(ShellWord, whenEmpty: Bool)
        /// `#`, `##`, `%`, `%%`
        case removed(pattern: ShellWord, fromEnd: Bool, isLongest: Bool)
        /// `/`, `//`, `/#`, `/%`
        case replaced(pattern: ShellWord, with: ShellWord, Replacement)
        /// `:offset:length`
        case substring(offset: ShellWord, length: ShellWord?)
        /// `^`, `^^`, `,`, `,,`, `~`, `~~`
        case cased(UTF8String, pattern: ShellWord)
        /// `@Q`, `@U`, …
        case transformed(UTF8String)
        /// `${!name*}` (`isSeparate` false) and `${!name@}`: the names of variables that begin so.
        case names(isSeparate: Bool)
    }

    enum Replacement: Sendable, Hashable { case first, all, prefix, suffix }
}
