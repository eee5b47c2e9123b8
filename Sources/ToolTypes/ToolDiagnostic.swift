// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What could not be taken over from a tool's definition as it stands. Nothing of it keeps other tools from being typed.
public struct ToolDiagnostic: Sendable, Equatable, CustomStringConvertible {
    /// What kind of thing it is.
    public enum Code: String, Sendable, CaseIterable {
        /// A tool or server that cannot have an action of its own and is left out.
        case unusable
        /// A tool whose parameters as a whole have no type; its action is loose.
        case loose
        /// A parameter that no Cedar type fits; policies cannot be checked where they use it.
        case untyped
        /// A list of which only the first page is there.
        case partial
        /// An object that may have members besides those that are typed.
        case open
        /// More than `ToolTypesLimits` allows.
        case tooMuch
    }

    /// What kind of thing it is.
    public let code: Code
    /// The action of the tool (`git/git_log`), or `nil` where it is not about one.
    public let tool: UTF8String?
    /// Where in the tool's parameters: a pointer into its arguments, `-` standing for each element of an array.
    public let place: JSONPointer
    /// One sentence. Names in it are the server's own words and not escaped.
    public let message: String

    init(_ code: Code, tool: UTF8String?, place: JSONPointer = JSONPointer(), _ message: String) {
        self.code = code
        self.tool = tool
        self.place = place
        self.message = message
    }

    /// `git/git_log /max_count: …`.
    public var description: String {
        let subject = (tool.map { [$0.string] } ?? []) + (place.tokens.isEmpty ? [] : [place.text.string])
        return subject.isEmpty ? message : "\(subject.joined(separator: " ")): \(message)"
    }
}
