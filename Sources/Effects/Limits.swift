// SPDX-License-Identifier: Apache-2.0

/// How much is understood before the answer is "opaque" or a refusal.
public enum Limits {
    /// Effects of one call. Each is a policy evaluation; a call with more is refused as a whole.
    public static let effectsMax = 256
    /// Bytes of a path, read or given back: Linux's PATH_MAX.
    public static let pathBytesMax = 4096
    /// Components of a path. A component is an entity for policies; real trees are under 40 deep.
    public static let pathComponentsMax = 256
    /// Texts that one path's disguises may be read as. Ordinary paths have one; what has more than this hides something.
    public static let pathReadingsMax = 64
    /// Bytes of those texts together, so that a long path with many disguises costs no more than a long path.
    public static let pathReadingBytesMax = 32_768
    /// Bytes of the readings of all paths of one call: bounds what a call with hundreds of hostile paths costs.
    public static let callReadingBytesMax = 1 << 20
    /// Bytes of a URL: what common servers accept in a request line.
    public static let urlBytesMax = 8192
    /// Bytes of a host's name (RFC 1035 §2.3.4).
    public static let hostBytesMax = 253
    /// Bytes of one label of a host's name (RFC 1035 §2.3.4).
    public static let labelBytesMax = 63
    /// Bytes of a command line that is read; a longer one is code that nobody wrote by hand.
    public static let commandBytesMax = 65_536
    /// Words of a plain command.
    public static let commandWordsMax = 1024
    /// Bytes of a table's, a recipient's, an account's or a program's name.
    public static let nameBytesMax = 256
    /// Elements of one array of resources: more could not be judged within `effectsMax`.
    public static let elementsMax = 256
    /// Reference tokens of a pointer in a tool map; bounds the recursion over arguments.
    public static let pointerTokensMax = 8
    /// Tools of one tool map file.
    public static let toolsMax = 4096
    /// Pointers and fixed effects of one tool.
    public static let rulesMax = 256
    /// Commands, expansions and texts of 64 bytes that the walk over one call's shell text takes: real ones take under
    /// 300. What is left beyond is opaque code.
    public static let walkStepsMax = 8192
    /// Commands, functions, substitutions and shells inside each other: bounds the walk's recursion.
    public static let walkDepthMax = 40
    /// Texts that a variable, a word or a command's words can be at one time; with more they are unknown.
    public static let alternativesMax = 64
    /// Directories that a shell can be in at one time, and lists that its positional parameters or an array can be.
    public static let listAlternativesMax = 8
    /// Contents that a file written by the same text can have at one time.
    public static let fileAlternativesMax = 8
    /// Bytes of one value: as long as a command can be.
    public static let valueBytesMax = 65_536
    /// Passes over a loop's body before what still changes is taken for unknown.
    public static let loopPassesMax = 4
    /// Words of a `for` that are walked one after the other; with more they are walked together.
    public static let unrolledWordsMax = 16
    /// Calls of one function inside itself.
    public static let functionRecursionMax = 3
    /// Files that the text wrote, with those that came about when their folders were copied.
    public static let followedFilesMax = 512
    /// Links and copies that lead from one path to others.
    public static let linkedPlacesMax = 16
    /// Levels of commands, substitutions, quotes and groups within each other in a shell text: what a stack of half a
    /// megabyte holds, and several times what people write.
    public static let shellDepthMax = 40
    /// Commands, words, parts of words and redirections of one shell text; far more than `effectsMax` could judge.
    public static let shellNodesMax = 32_768
    /// Bytes looked at while one shell text is read, repeated looks included: bounds the work whatever the text is.
    public static let shellStepsMax = 4 << 20
    /// Aliases expanded in one shell text; each moves the text behind it.
    public static let shellAliasesMax = 128
    /// Opening braces of one word that may begin `{a,b}`; for each the rest of the word is searched.
    public static let shellBracesMax = 128
    /// Subcommands within subcommands (`gh repo deploy-key add`): no program has more.
    public static let subcommandsMax = 6
    /// Entries of the program table that are remembered once read; a call that names more than that reads them again.
    public static let rememberedEntriesMax = 4096
    /// Words that xargs is seen to get, each of which may be a command of its own; beyond that they are unknown.
    public static let xargsItemsMax = 64
    /// Lines of names that a filter is followed through, and changes that one script makes of them: more is unknown.
    public static let namesLinesMax = 16
    /// Names that stand in one shell text, by which it is read.
    public static let textNamesMax = 16
    /// Bytes of a program in another language, or of SQL, that is read: what somebody writes on a command line.
    public static let codeBytesMax = 65_536
    /// Tokens of such a program; with the bytes it bounds the memory.
    public static let codeTokensMax = 16_384
    /// Brackets, strings within strings and subqueries, each within the other; bounds the recursion.
    public static let codeDepthMax = 64
    /// Actions of one program: more could not become effects within `effectsMax`.
    public static let codeActionsMax = 256
    /// Bytes of a regular expression that chooses processes; a longer one may choose any.
    public static let namePatternBytesMax = 1024
    /// Statements of one SQL text.
    public static let sqlStatementsMax = 1024
}
