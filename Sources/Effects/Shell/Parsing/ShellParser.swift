// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads a text as bash does (POSIX XCU chapter 2, and the bash manual).
enum ShellParser {
    /// Reads a whole text.
    ///
    /// Bash reads a line, runs it, and reads the next: where line 3 has a syntax error, lines 1 and 2 have run, and what
    /// `shopt` and `alias` change holds from the next line on. Here the text is read at once: a mistake anywhere is an
    /// error for all of it, and callers must take the text for code that nobody knows, never for nothing.
    ///
    /// What bash would refuse is an error, also where it notices only when it expands (`` `fi` ``, `${a b}`). So is what
    /// depends on what only run time knows, and what is beyond the limits. The work is linear in the text's length.
    ///
    /// - Parameters:
    ///   - text: at most `Limits.commandBytesMax` bytes.
    ///   - aliases: those that are known and expanded where the text begins. Bash expands aliases in interactive shells
    ///     and after `shopt -s expand_aliases` only; none is learnt from the text.
    ///   - extendedGlobs: whether `extglob` is on. It is taken to be on from the line after a `shopt -s extglob`.
    /// - Throws: `ShellSyntaxError`, with no part of the text in it.
    static func parse(
        _ text: UTF8String, aliases: [UTF8String: UTF8String] = [:], extendedGlobs: Bool = false
    ) throws(ShellSyntaxError) -> ShellScript {
        var budget = ShellBudget()
        return try parse(text, aliases: aliases, extendedGlobs: extendedGlobs, budget: &budget)
    }

    /// The same, counting the work in `budget`.
    static func parse(
        _ text: UTF8String, aliases: [UTF8String: UTF8String], extendedGlobs: Bool, budget: inout ShellBudget
    ) throws(ShellSyntaxError) -> ShellScript {
        let bytes = text.bytes
        guard bytes.count <= Limits.commandBytesMax else { throw ShellSyntaxError(.tooLong, Limits.commandBytesMax) }
        if let nul = bytes.firstIndex(of: 0) { throw ShellSyntaxError(.nul, nul) }
        let settings = ShellReader.Settings(aliases: aliases, extendedGlobs: extendedGlobs)
        return try ShellReader.read(bytes, settings, &budget) { reader throws(ShellSyntaxError) in
            try reader.wholeScript()
        }
    }
}
