// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What is known of one program, or of one of its subcommands: an entry of the table, read.
struct ProgramEntry: Sendable {
    /// How options are spelled.
    enum Style: String, Sendable, CaseIterable {
        /// As getopt_long reads them; whole words after one dash (`-name`) are options as well where they are declared.
        case gnu
        /// Whole words after one dash or two, with `=` or a next word; single letters do not cluster.
        case single
        /// `key=value`, beside GNU's.
        case assign
        /// The first word without its dash (`tar xzf a`), beside GNU's.
        case dashless
        /// There are none: every word is an operand.
        case none
        /// Names of variables, which have no dash (`PAGER`, `PIP_*`, `*_PAGER`, `_CACHE_`).
        case variables
    }

    var names: [UTF8String] = []
    var style = Style.gnu
    /// What follows the first operand are operands.
    var stopsAtOperand = false
    var takesAnyOption = false
    /// What an option that the entry does not have may be, where it is not inert; without a leading `--name=`.
    var anyOption: OperandRole?
    /// `-5`.
    var takesNumbers = false
    var options: [OptionRule] = []
    /// Spelling (`-o`, `--output`, `if=`) to index in `options`.
    var spellings: [UTF8String: Int] = [:]
    /// Spellings whose argument may be attached without `=` although they are longer than a letter: `-D*`, `+*`.
    var prefixes: [(spelling: [UInt8], option: Int)] = []
    var operands: [OperandRule] = []
    /// An operand that begins with `@` is a file with more arguments.
    var takesArgumentFiles = false
    /// `operands: none`.
    var refusesOperands = false
    var defaults: [RoleAction] = []
    var always: [OptionClause] = []
    var handler: UTF8String?
    /// What a text on standard input is, where there are no operands.
    var input: OperandRole?
    /// Standard input is that even where there are operands.
    var isInputAlwaysRun = false
    var hasSubcommands = false
    /// The first operand may be one, or an operand like others.
    var mayHaveSubcommand = false
    /// Subcommands know these options too.
    var isInherited = false
    /// Entries of subcommands are looked for under this name.
    var sameAs: UTF8String?
    /// What a subcommand without an entry does; nothing given is `opaque program`.
    var unknownSubcommand: [OptionClause]?

    /// What an option could do that stands where nobody can read it.
    var reach: Reach { Reach(of: self) }
}

/// One option.
struct OptionRule: Sendable {
    enum Argument: Sendable {
        case none, required, optional
        /// Digits, attached; what follows them is another option.
        case digits
        /// Two words, of which the second is judged.
        case pair
    }

    /// As the entry spells it, the first is what handlers ask for.
    var names: [UTF8String]
    var argument = Argument.none
    var role = OperandRole.inert
    var clauses: [OptionClause] = []
}

/// What else an option says.
enum OptionClause: Sendable, Hashable {
    /// Other roles for the operands.
    case operands([OperandRule])
    /// The first operand's role is gone: the option has brought it.
    case drop
    /// Paths are trees.
    case tree
    /// What is read is written as well.
    case modify
    /// What is meant without operands.
    case defaults([RoleAction])
    /// Everything after it is inert: arguments of what it runs.
    case stop
    /// Standard input is not run.
    case noInput
    /// An effect.
    case action(RoleAction)
    /// What it writes is what it read.
    case passes
    /// What it does not write: what it read is not what it writes.
    case changes
}

/// What an operand or an option's argument is.
enum OperandRole: Sendable, Hashable {
    case inert
    case path([Verb], isTree: Bool = false)
    /// Names are shown, and no contents.
    case names
    /// Files whose names begin so are written.
    case prefix([Verb])
    /// A file where it begins with `@`.
    case atFile
    /// Written, or a directory that gets a file of the same name as what is copied there.
    case into
    case url, host, remote, remoteWrite
    /// Run without arguments; run with all that follows.
    case program, command
    case shell, shellFile
    case code(ProgramAction.Language)
    case codeFile, project
    /// A file with further paths in it.
    case listFile
    case recipient, table
    /// Relative paths start from it.
    case directory
    case opaque(OpaquePosition)
    /// Words that stand on the line of the program with this entry.
    case options(UTF8String)
    /// Of a variable: what the option of that name is to the first of these entries that has it.
    case settings([UTF8String])
    /// One of `ProgramRoles`.
    case named(UTF8String)
}

/// A role and how many operands have it.
struct OperandRule: Sendable, Hashable {
    var role: OperandRole
    var isRepeated = false
}

/// A role and a text for it.
struct RoleAction: Sendable, Hashable {
    var role: OperandRole
    var value: UTF8String
}
