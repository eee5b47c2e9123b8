// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a shell has at one point of a text: everything that decides what the next command does.
struct ShellState: Sendable, Hashable {
    /// Variables that the text itself set or unset. All others are the environment's.
    var variables: [UTF8String: ShellVariable] = [:]
    /// `$1` and on: one of these lists; `nil` where nobody knows.
    var positional: [[ShellValue]]? = [[]]
    /// What few commands change.
    var settings = CopyOnWrite(ShellSettings())
    /// The directories that it can be in; `nil` where nobody knows.
    var directories: [UTF8String]? { didSet { if below != nil { below = nil } } }
    /// Files that earlier commands of the text changed.
    var files: [UTF8String: [FileState]] = [:]
    /// What is on standard input; `nil` is what the whole text was started with.
    var input: ShellStream?
    /// Whether something may have read a part of it already.
    var isInputBegun = false
    /// What went to standard output so far, where somebody wants to know.
    var output = ShellStream.empty
    var isCaptured = false
    /// Whether standard error goes where the output goes.
    var joinsErrors = false
    var search = SearchPath.system
    var isNoGlob = false
    var exitsOnError = false
    /// `set -a`: whatever is set from now on is exported.
    var exportsAll = false
    /// `set -x`, `set -v`: commands are written to standard error.
    var isTraced = false
    /// What `shopt` turned on.
    var options: ShellOptions = []
    /// Whether it runs on another machine: no path is ours then.
    var isElsewhere = false
}

/// Options that change what patterns match or variables hold. Once on they count as on: a text may fail to turn them off.
struct ShellOptions: OptionSet, Sendable, Hashable {
    let rawValue: Int
    /// Names match whatever the case of their letters (`nocaseglob`).
    static let caseless = ShellOptions(rawValue: 1)
    /// Wildcards match a dot that begins a name (`dotglob`, `GLOBIGNORE`).
    static let dotted = ShellOptions(rawValue: 2)
    /// A pattern that nothing matches is no word (`nullglob`).
    static let vanishing = ShellOptions(rawValue: 4)
    /// Texts match whatever the case of their letters (`nocasematch`).
    static let caselessText = ShellOptions(rawValue: 8)
    /// `cd NAME` goes where a variable says (`cdable_vars`).
    static let cdVariables = ShellOptions(rawValue: 16)
    /// `local x` keeps what `x` was (`localvar_inherit`).
    static let inheriting = ShellOptions(rawValue: 32)

    init(rawValue: Int) { self.rawValue = rawValue }

    /// The option of a name that somebody turns on; all where the name is not known.
    init(named name: UTF8String?) {
        switch name {
        case "nocaseglob": self = .caseless
        case "dotglob": self = .dotted
        case "nullglob": self = .vanishing
        case "nocasematch": self = .caselessText
        case "cdable_vars": self = .cdVariables
        case "localvar_inherit": self = .inheriting
        case nil: self = ShellOptions(rawValue: 63)
        default: self = []
        }
    }
}

/// Where names of programs are looked up.
enum SearchPath: Int, Sendable, Hashable, Comparable {
    /// In the system's folders and where people install tools for themselves.
    case system
    /// In the project as well.
    case project
    /// Anywhere.
    case unknown

    static func < (left: SearchPath, right: SearchPath) -> Bool { left.rawValue < right.rawValue }
}

/// Where a descriptor leads.
enum ShellDescriptor: Sendable, Hashable {
    /// To what the command's standard output is.
    case output
    /// To standard error.
    case errors
    /// To one of these files.
    case files([UTF8String], appends: Bool)
    /// To nothing, or to what nobody reads.
    case discarded
    /// To an output further outside, or to something that is not known.
    case elsewhere
    /// From a text or file.
    case source(ShellStream)
}

/// A variable's values, and what `declare` said of it.
struct ShellVariable: Sendable, Hashable {
    enum Content: Sendable, Hashable {
        /// One of these; `nil` is unset.
        case scalars([ShellValue?])
        /// An indexed array without gaps: one of these lists.
        case lists([[ShellValue]])
        /// An array whose elements are these, under keys that are not followed.
        case bag([ShellValue])
    }

    var content: Content
    var isExported = false
    var isReadonly = false
    /// Whether an assignment to it means something else: `declare -i`, `-l`, `-n`.
    var isOdd = false
    /// Whether what is assigned to it is evaluated: as arithmetic (`declare -i`), or as a name where it is used (`-n`).
    var isEvaluated = false
    /// The variable that it stands for: `declare -n`.
    var target: UTF8String?

    init(_ content: Content) { self.content = content }

    init(_ values: [ShellValue]) { content = .scalars(values) }
}

extension ShellVariable.Content {
    /// What any element can be.
    var elements: [ShellValue] {
        switch self {
        case .scalars(let values): values.compactMap { $0 }
        case .lists(let lists): lists.flatMap { $0 }
        case .bag(let values): values
        }
    }

    func or(_ other: Self) -> Self {
        switch (self, other) {
        case (.scalars(let first), .scalars(let second)):
            let all = first + second.filter { !first.contains($0) }
            return all.count <= Limits.alternativesMax ? .scalars(all) : .scalars([.unknown])
        case (.lists(let first), .lists(let second)):
            let all = first + second.filter { !first.contains($0) }
            return all.count <= Limits.listAlternativesMax ? .lists(all) : bag(with: other)
        default: return bag(with: other)
        }
    }

    private func bag(with other: Self) -> Self {
        var values: [ShellValue] = []
        for value in elements + other.elements where !values.contains(value) {
            values.append(value)
            if values.count > Limits.alternativesMax { return .bag([.unknown]) }
        }
        return .bag(values)
    }

    /// What it becomes where it changed from `before` in a loop that does not settle.
    func widened(from before: Self) -> Self {
        guard self != before else { return self }
        switch self {
        case .scalars(let values):
            let numbers = values.allSatisfy { $0?.isNumber ?? true }
            return .scalars([numbers ? .number : .unknown])
        case .lists, .bag: return .bag([.unknown])
        }
    }
}
