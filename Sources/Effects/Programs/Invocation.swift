// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a word can be when the command runs: text where that is known, and what is not known by its kind.
struct ShellValue: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        /// These very bytes.
        case text(UTF8String)
        /// The names of files that match: a shell's pattern, `*`, `?`, `[a-z]`.
        case wildcard(UTF8String)
        /// Something that only run time knows; it may be empty, and may contain anything.
        case unknown
        /// Likewise, but for a slash: `${x##*/}`. Within a path it is a name, or `.`, or `..`.
        case component
    }

    var pieces: [Piece]

    /// A known text.
    init(_ text: UTF8String) { pieces = text.isEmpty ? [] : [.text(text)] }

    /// Pieces; texts beside each other are joined.
    init(pieces: [Piece]) {
        self.pieces = []
        self.pieces.reserveCapacity(pieces.count)
        // Texts beside each other, from the second on.
        var joined = ""
        for piece in pieces {
            switch (piece, self.pieces.last) {
            case (.text(let text), _) where text.isEmpty: continue
            case (.text(let text), .text(let before)?):
                if joined.isEmpty { joined = before.string }
                joined += text.string
            case (.unknown, .unknown?): continue
            default:
                finish(&joined)
                self.pieces.append(piece)
            }
        }
        finish(&joined)
    }

    private mutating func finish(_ joined: inout String) {
        guard !joined.isEmpty else { return }
        pieces[pieces.count - 1] = .text(UTF8String(joined))
        joined = ""
    }

    /// One after the other as one text; unknown where it would be too long.
    init(joining parts: some Sequence<ShellValue>, by separator: UTF8String = "") {
        var pieces: [Piece] = []
        var count = 0
        for (place, part) in parts.enumerated() {
            if place > 0 { pieces.append(.text(separator)) }
            pieces += part.pieces
            count += part.byteCount + separator.byteCount
            guard count <= Limits.valueBytesMax else {
                self = .unknown
                return
            }
        }
        self.init(pieces: pieces)
    }

    /// Something nobody knows.
    static let unknown = ShellValue(pieces: [.unknown])

    /// The text, where all of it is known.
    var known: UTF8String? {
        switch (pieces.count, pieces.first) {
        case (0, _): ""
        case (1, .text(let text)?): text
        default: nil
        }
    }

    /// The known text that it begins with.
    var prefix: UTF8String {
        if case .text(let text)? = pieces.first { text } else { "" }
    }
}

/// A program about to run, as far as that is known before.
struct Invocation: Sendable, Hashable {
    /// The last component of the name it is run by.
    var program: UTF8String
    /// What follows the name.
    var arguments: [ShellValue]
    /// What it can read from standard input.
    var input: Input = .inherited
    /// Variables that are set for it, of those that the command itself set (`A=b program`, `export`, `env A=b`).
    var variables: [UTF8String: ShellValue] = [:]

    enum Input: Sendable, Hashable {
        /// What the shell itself has: nothing that the command made.
        case inherited
        /// This text: a here-document, a here-string, the output of `echo`.
        case text(ShellValue)
        /// These files' contents.
        case files([ShellValue])
        /// The output of something else.
        case unknown
    }
}

/// What a program does with its operands, for the walk to make effects of. Paths are as the program gets them: relative
/// ones start from its working directory.
enum ProgramAction: Sendable, Hashable {
    /// A path is read, written or deleted; with everything below it where `isTree`. Wildcards are for the walk to judge.
    case path([Verb], ShellValue, isTree: Bool = false)
    /// Names are shown, and what systems keep of files beside their contents: `ls`, `du`.
    case names(ShellValue)
    /// A URL, or a text that a program such as curl takes for one (`example.com/x`).
    case url(ShellValue)
    /// A host, with or without a port: `h`, `h:22`, `user@h`.
    case host(ShellValue)
    /// Another program is run, with no shell between: its name and arguments. `inDirectory` where it runs elsewhere;
    /// `moreArguments` where it gets others that are not known (`xargs`, `find -exec … +`); `elsewhere` where it runs on
    /// another machine, so that its paths are none of ours.
    case command([ShellValue], Setting = Setting())
    /// A text that a POSIX shell runs.
    case shell(ShellValue, Setting = Setting())
    /// A file with commands for a shell (`sh x.sh`, `source x`); its arguments.
    case shellFile(ShellValue, [ShellValue])
    /// A file that something else runs: a script, a plug-in, a library, a build file.
    case codeFile(ShellValue)
    /// A text in another language: `python`, `perl`, `ruby`, `node`, `php`, `lua`, `awk`, `sed`, `sql`, …
    case code(Language, ShellValue)
    /// Runs what the project's files say: make, npm run, tests, hooks.
    case projectCode
    /// A copy, a move or a link, for later commands of the same text; the paths themselves are given as `path` too.
    case copy(from: ShellValue, to: ShellValue)
    case link(from: ShellValue, to: ShellValue)
    /// What it writes to standard output, where that is known (`echo`, `printf`).
    case output(ShellValue)
    /// What it writes to standard output is what it read: `cat`, `tee`, with or without files.
    case passesInput
    /// What it writes to standard output is what the commands that it runs write, each once for every name.
    case passesOutput
    /// Table verbs, recipients, anything that is an effect already.
    case effect(Effect)
    /// What nobody knows.
    case opaque(OpaquePosition)

    /// Where and how a command runs that another starts.
    struct Setting: Sendable, Hashable {
        var directory: ShellValue?
        var takesMoreArguments = false
        var isElsewhere = false
        /// What it can read, where that is not what its parent can.
        var input: Invocation.Input?
        /// Variables set for it besides.
        var variables: [UTF8String: ShellValue] = [:]
    }

    /// A language of which something is understood.
    enum Language: String, Sendable, Hashable, CaseIterable {
        case awk, sed, perl, python, ruby, node, php, lua, jq, sql, other
    }
}

/// What is known of programs: name and arguments to actions. A program that it does not know is `nil`.
protocol ProgramKnowledge: Sendable {
    func actions(of invocation: Invocation) -> [ProgramAction]?
    /// What programs that get a variable do because of its value, whichever they are.
    ///
    /// - Parameter isExported: whether they get it for sure, or only if the environment had it before.
    func actions(setting name: UTF8String, to value: ShellValue, isExported: Bool) -> [ProgramAction]
}

extension ProgramKnowledge {
    func actions(setting name: UTF8String, to value: ShellValue, isExported: Bool) -> [ProgramAction] { [] }
}
