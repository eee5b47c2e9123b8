// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What one place in a tool's arguments means.
struct ArgumentRule: Sendable, Equatable {
    /// What is there.
    enum Meaning: Sendable, Equatable {
        /// A resource and what is done to it.
        case effect([Verb], ResourceKind)
        /// Nothing that an effect could name: text, numbers, switches.
        case inert(InertType)
        /// Something whose effect nobody can know.
        case opaque(OpaquePosition)
    }

    let meaning: Meaning
    /// Where relative paths start from, or where a command runs, in the same arguments: any of these that is there.
    let bases: [JSONPointer]
    /// Where the words are that follow a command's or a program's own, in the same arguments.
    let arguments: JSONPointer?
    /// What the tool takes where the place is absent.
    let fallback: UTF8String?
    /// Whether the place may be absent.
    let isOptional: Bool
    /// Whether `null` may be there, which is the same as absent.
    let isNullable: Bool
    /// Whether an array of what is meant may be there too.
    var isMany = false
}

/// How a text names a resource.
enum ResourceKind: String, Sendable, CaseIterable {
    /// A path to a file.
    case path
    /// A path to a directory as a whole.
    case directory
    /// A path to a directory whose files are searched, or to a file: also what lies at well-known places below it.
    case tree
    /// A path that the tool expands: `*`, `?`, `[`, `{`, or a leading `:` make it opaque.
    case pattern
    /// A pattern of paths that are looked for: the directory that all that match lie in.
    case glob
    /// A pattern of files that a search looks into, or passes over: the secrets that it names.
    case filter
    /// A pattern of files that are read: the directory that all that match lie in, and the secrets that it names.
    case files
    /// A patch: the files that it says it changes.
    case patch
    /// A URI that a resource is read by.
    case uri
    /// A path or URI of something to look at, behind `MEDIA:` perhaps.
    case media
    /// What is attached: a path or URI, or an array of these, or of objects that have them.
    case items
    /// A revision of a repository, in which `REVISION:PATH` is a file.
    case revision
    /// A file that is run as a program.
    case script
    /// A URL that is called, or a recipient.
    case destination
    /// A URL.
    case url
    /// A text; each web address in it is visited.
    case urls
    /// A path of GitHub's API: `repos/OWNER/NAME`.
    case github
    /// A host's name or address, with or without a port.
    case host
    /// A program's name or path.
    case program
    /// A command line for a shell.
    case command
    /// A program and its operands, an array of texts.
    case argv
    /// A program and its operands, among which `|`, `>` and their kin are what they are to a shell.
    case words
    /// A command line, or a program and its operands: a text is a command line, an array a program and its operands.
    case shell
    /// A table's name.
    case table
    /// SQL text; its effects are what its statements do.
    case sql
    /// An e-mail address, a channel or a user.
    case recipient
    /// An account.
    case account

    /// What can be done to such a resource.
    var verbs: Set<Verb> {
        switch self {
        case .path, .directory, .pattern, .patch: [.read, .write, .delete]
        case .tree: [.read]
        case .glob, .filter, .files, .uri, .media, .items, .revision: [.read]
        case .url, .urls, .host, .github: [.connect]
        case .program, .command, .argv, .words, .shell, .script: [.execute]
        case .table, .sql: [.query, .mutate]
        case .recipient, .destination: [.send]
        case .account: [.spend]
        }
    }

    /// Whether the text itself says what is done.
    var saysVerbs: Bool { self == .patch }

    /// Whether another argument can say where it starts from.
    var hasBase: Bool {
        [
            .path, .directory, .tree, .pattern, .glob, .filter, .files, .patch, .revision, .script, .program, .command,
            .argv, .words, .shell,
        ].contains(self)
    }

    /// Whether another argument can have further words of it.
    var takesArguments: Bool { self == .command || self == .program }

    /// Whether a value of it can have other arguments within.
    var isTemplate: Bool { self == .url || self == .github }
}

/// The JSON type of an inert argument.
enum InertType: String, Sendable, CaseIterable {
    case string, integer, number, boolean, any
    /// A text that no program takes for an option: it does not begin with a dash.
    case word
    /// Keys pressed in a running program that type nothing: Enter, or the end of input or of the program. Other text is
    /// opaque code.
    case keys

    func admits(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.word, .string(let text)): !text.withoutEdgeControls.hasPrefix("-")
        case (.keys, .string(let text)): Self.harmlessKeys.contains(text)
        case (.any, _), (.string, .string), (.number, .number), (.boolean, .bool): true
        case (.integer, .number(let number)): number.isInteger
        default: false
        }
    }

    private static let harmlessKeys: Set<UTF8String> = ["", "\n", "\r", "\r\n", "\u{3}", "\u{4}", "{enter}"]
}
