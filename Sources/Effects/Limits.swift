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
    /// Bytes of a program in another language, or of SQL, that is read: what somebody writes on a command line.
    public static let codeBytesMax = 65_536
    /// Tokens of such a program; with the bytes it bounds the memory.
    public static let codeTokensMax = 16_384
    /// Brackets, strings within strings and subqueries, each within the other; bounds the recursion.
    public static let codeDepthMax = 64
    /// Actions of one program: more could not become effects within `effectsMax`.
    public static let codeActionsMax = 256
    /// Statements of one SQL text.
    public static let sqlStatementsMax = 1024
}
