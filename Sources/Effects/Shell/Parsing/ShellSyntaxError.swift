// SPDX-License-Identifier: Apache-2.0

/// Why a shell text could not be read, and where. It quotes nothing of the text.
struct ShellSyntaxError: Error, Sendable, Hashable {
    var what: What
    /// Bytes before the place; where that is in text that is read apart (in backquotes, in a here-document, out of an
    /// alias), of what stands for it in the outer text.
    var offset: Int

    init(_ what: What, _ offset: Int) {
        self.what = what
        self.offset = offset
    }

    enum What: String, Sendable, Hashable, CaseIterable {
        /// The text ends within a command.
        case unexpectedEnd
        /// A word or an operator where none may be.
        case unexpectedToken
        /// A quote, a substitution or a group that is never closed.
        case unterminated
        /// `${…}` that is no parameter expansion.
        case badSubstitution
        /// A name that is none.
        case badName
        /// `for ((…))` without its two semicolons.
        case badCountedLoop
        /// What backquotes or a here-document have in them cannot be read.
        case badInner
        /// Bash's reading hangs on what is not in the text, or on its own oddities.
        case unsure
        /// A byte that no command line can hold.
        case nul
        /// More bytes than `Limits.commandBytesMax`.
        case tooLong
        /// More levels than `Limits.shellDepthMax`.
        case tooDeep
        /// More parts than `Limits.shellNodesMax`, or more work than `Limits.shellStepsMax`.
        case tooMuch

        /// Whether bash notices it while it reads, and not only when it runs (or never).
        var isSeenByBash: Bool {
            switch self {
            case .unexpectedEnd, .unexpectedToken, .unterminated: true
            case .badCountedLoop, .badSubstitution, .badName, .badInner, .unsure, .nul, .tooLong, .tooDeep, .tooMuch:
                false
            }
        }
    }
}

/// What reading a text has cost so far, over all texts within it.
struct ShellBudget: Sendable {
    /// Bytes looked at.
    var steps = 0
    /// Nodes of the tree made.
    var nodes = 0
    /// Levels that are open.
    var depth = 0
}
