// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a shell text says, in the words of POSIX XCU §2.9 and the bash manual.
struct ShellScript: Sendable, Hashable {
    /// The commands in their order.
    var commands: [ShellCommand]
}

/// A command, and whether the next one waits for it.
struct ShellCommand: Sendable, Hashable {
    /// The pipelines, joined by `&&` and `||`.
    var first: ShellPipeline
    /// The others, each with what stands before it.
    var rest: [Joined]
    /// Whether `&` follows.
    var isBackground: Bool

    struct Joined: Sendable, Hashable {
        var joint: Joint
        var pipeline: ShellPipeline
    }

    enum Joint: Sendable, Hashable { case and, or }
}

/// Commands joined by `|` or `|&`; at least one.
struct ShellPipeline: Sendable, Hashable {
    var stages: [Stage]
    /// Whether `!` stands before it an odd number of times.
    var isNegated = false
    /// Whether bash's `time` stands before it.
    var isTimed = false

    struct Stage: Sendable, Hashable {
        var body: ShellBody
        /// Whether standard error goes into the next one too (`|&`).
        var joinsErrors = false
    }
}

/// One command of a pipeline.
indirect enum ShellBody: Sendable, Hashable {
    case simple(SimpleCommand)
    case compound(CompoundCommand, [Redirection])
    case function(name: ShellWord, body: ShellBody)
}

/// A program or builtin, its arguments, and what is around them.
struct SimpleCommand: Sendable, Hashable {
    /// Before the first word. Without words they set the shell's own variables.
    var assignments: [Assignment]
    /// The program's name and its arguments, not expanded yet. Arguments of `declare`, `export`, `local`, `readonly` and
    /// `typeset` that are arrays (`a=(…)`) are in `declarations`.
    var words: [ShellWord]
    var declarations: [Assignment] = []
    var redirections: [Redirection]
}

/// `name=value`, `name+=value`, `name[index]=value`, `name=(…)`.
struct Assignment: Sendable, Hashable {
    var name: UTF8String
    var index: ShellWord?
    var isAppended = false
    var value: Value

    enum Value: Sendable, Hashable {
        case word(ShellWord)
        /// Each with its index, where one is given.
        case array([Element])
    }

    struct Element: Sendable, Hashable {
        var index: ShellWord?
        /// `[index]+=value`
        var isAppended = false
        var value: ShellWord
    }
}

/// What has a body of its own.
indirect enum CompoundCommand: Sendable, Hashable {
    /// `( … )`
    case subshell(ShellScript)
    /// `{ …; }`
    case group(ShellScript)
    case branches([Branch], otherwise: ShellScript?)
    /// `while` and `until`.
    case loop(until: Bool, condition: ShellScript, body: ShellScript)
    /// `for` and `select`. Without `in` the words are `"$@"`.
    case each(name: UTF8String, words: [ShellWord]?, body: ShellScript, isSelect: Bool)
    /// `for ((…; …; …))`
    case counted(start: ShellWord, condition: ShellWord, step: ShellWord, body: ShellScript)
    case cases(ShellWord, [Clause])
    /// `(( … ))`
    case arithmetic(ShellWord)
    /// `[[ … ]]`: its words, operators among them as literals.
    case condition([ShellWord])
    /// `coproc [NAME] command`
    case coprocess(name: UTF8String?, body: ShellBody)

    struct Branch: Sendable, Hashable {
        var condition: ShellScript
        var body: ShellScript
    }

    struct Clause: Sendable, Hashable {
        var patterns: [ShellWord]
        var body: ShellScript
        var ending: Ending = .leaves

        enum Ending: Sendable, Hashable {
            /// `;;`, or the last one.
            case leaves
            /// `;&`: the next clause's body follows.
            case fallsThrough
            /// `;;&`: the next clauses' patterns are tried.
            case triesNext
        }
    }
}

/// `2>file`, `<<<word`, `{fd}<&3`, `<<END`.
struct Redirection: Sendable, Hashable {
    var descriptor: Descriptor?
    var operation: Operation
    /// The file, the descriptor, the here-string, or the here-document's text (its expansions parsed, where its delimiter
    /// was not quoted).
    var target: ShellWord

    enum Descriptor: Sendable, Hashable {
        case number(Int)
        /// `{name}`
        case variable(UTF8String)
    }

    enum Operation: Sendable, Hashable {
        /// `<`
        case input
        /// `>`, `>|`
        case output
        /// `>>`
        case append
        /// `<>`
        case readWrite
        /// `<&`
        case duplicateInput
        /// `>&`. With a target that is no descriptor it is `&>`.
        case duplicateOutput
        /// `&>`, `&>>`
        case outputAndErrors(appends: Bool)
        /// `<<`, `<<-`
        case hereDocument
        /// `<<<`
        case hereString
    }
}
