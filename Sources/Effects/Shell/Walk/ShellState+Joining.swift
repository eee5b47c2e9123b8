// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellState {
    /// What holds where either this or the other does. What only one of them knows of is the environment's in the other.
    func joined(with other: ShellState, initial: (UTF8String) -> ShellVariable.Content) -> ShellState {
        if self == other { return self }
        var joined = self
        for name in Self.keys(variables, other.variables) {
            var variable = variables[name] ?? ShellVariable(initial(name))
            let second = other.variables[name] ?? ShellVariable(initial(name))
            variable.content = variable.content.or(second.content)
            variable.isExported = variable.isExported || second.isExported
            variable.isReadonly = variable.isReadonly || second.isReadonly
            variable.isOdd = variable.isOdd || second.isOdd
            variable.isEvaluated = variable.isEvaluated || second.isEvaluated
            variable.target = variable.target ?? second.target
            joined.variables[name] = variable
        }
        joined.positional = Self.union(positional, other.positional, Limits.listAlternativesMax)
        if settings != other.settings { joined.join(settings: other) }
        joined.exportsAll = exportsAll || other.exportsAll
        joined.options.formUnion(other.options)
        joined.isTraced = isTraced || other.isTraced
        joined.directories = Self.union(directories, other.directories, Limits.listAlternativesMax)
        if joined.directories == nil {
            joined.below = Self.union(
                below ?? directories, other.below ?? other.directories, Limits.listAlternativesMax)
        }
        joined.files = Self.files(files, other.files)
        if input != other.input {
            joined.input = input.flatMap { first in other.input.map(first.or) } ?? .unknown(.computed)
        }
        joined.isInputBegun = isInputBegun || other.isInputBegun
        joined.output = output.or(other.output)
        joined.isCaptured = isCaptured || other.isCaptured
        joined.joinsErrors = joinsErrors || other.joinsErrors
        joined.search = max(search, other.search)
        joined.isNoGlob = isNoGlob && other.isNoGlob
        joined.exitsOnError = exitsOnError && other.exitsOnError
        joined.isElsewhere = isElsewhere && other.isElsewhere
        return joined
    }

    private mutating func join(settings other: ShellState) {
        shellName = Self.union(shellName, other.shellName, Limits.listAlternativesMax) ?? [.unknown]
        for name in Self.keys(functions, other.functions) {
            functions[name] = Self.union(functions[name] ?? [nil], other.functions[name] ?? [nil], Int.max)
        }
        keepsFunctions = keepsFunctions || other.keepsFunctions
        exportedFunctions.formUnion(other.exportedFunctions)
        for name in Self.keys(aliases, other.aliases) {
            aliases[name] =
                Self.union(
                    aliases[name] ?? [], other.aliases[name] ?? [], Limits.listAlternativesMax) ?? [.unknown]
        }
        earlierDirectories = Self.union(earlierDirectories, other.earlierDirectories, Limits.listAlternativesMax)
        if stack != other.stack { stack = Array(repeating: nil, count: max(stack.count, other.stack.count)) }
        for number in Set(descriptors.keys).union(other.descriptors.keys)
        where descriptors[number] != other.descriptors[number] {
            descriptors[number] = .elsewhere
        }
        traps += other.traps.filter { !traps.contains($0) }
        endTraps += other.endTraps.filter { !endTraps.contains($0) }
        for name in Self.keys(hidden, other.hidden) {
            guard let first = hidden[name] else {
                hidden[name] = other.hidden[name]
                continue
            }
            hidden[name] = other.hidden[name].map(first.or) ?? first
        }
        locals.formUnion(other.locals)
    }

    /// With everything unknown that differs from `before`: a loop whose passes differ still.
    func widened(from before: ShellState) -> ShellState {
        var wide = self
        for (name, variable) in variables {
            guard let old = before.variables[name] else {
                wide.variables[name]?.content = variable.content.widened(from: .scalars([]))
                continue
            }
            wide.variables[name]?.content = variable.content.widened(from: old.content)
        }
        if positional != before.positional { wide.positional = nil }
        if shellName != before.shellName { wide.shellName = [.unknown] }
        if directories != before.directories || below != before.below { wide.directories = nil }
        if earlierDirectories != before.earlierDirectories { wide.earlierDirectories = nil }
        if stack != before.stack { wide.stack = [] }
        for (path, states) in files where states != before.files[path] {
            wide.files[path] = states + (states.contains(Self.anything) ? [] : [Self.anything])
        }
        if input != before.input { wide.input = .unknown(.computed) }
        if output != before.output { wide.output = .unknown(.computed) }
        return wide
    }

    private static let anything = FileState.content(.unknown(.computed))

    /// What both files' states can be.
    static func files(
        _ first: [UTF8String: [FileState]], _ second: [UTF8String: [FileState]]
    ) -> [UTF8String: [FileState]] {
        guard first != second else { return first }
        var files = first
        for path in keys(first, second) {
            let states = union(first[path] ?? [.original], second[path] ?? [.original], Limits.fileAlternativesMax)
            files[path] = states ?? [.original, anything] + links(first[path]) + links(second[path])
        }
        return files
    }

    private static func links(_ states: [FileState]?) -> [FileState] {
        (states ?? []).filter { if case .link = $0 { true } else { false } }.prefix(Limits.fileAlternativesMax).map {
            $0
        }
    }

    private static func keys<Value: Equatable>(
        _ first: [UTF8String: Value], _ second: [UTF8String: Value]
    ) -> [UTF8String] {
        var keys = first.keys.filter { first[$0] != second[$0] }
        keys += second.keys.filter { first[$0] == nil }
        return keys
    }

    private static func union<Element: Equatable>(_ first: [Element]?, _ second: [Element]?, _ most: Int) -> [Element]?
    {
        guard let first, let second else { return nil }
        let all = first + second.filter { !first.contains($0) }
        return all.count <= most ? all : nil
    }
}

/// How a command can end: with which state where it succeeds, and with which where it fails; `nil` where it cannot.
struct ShellEnds {
    var success: ShellState?
    var failure: ShellState?

    /// Either way the same.
    static func either(_ state: ShellState?) -> ShellEnds { ShellEnds(success: state, failure: state) }
    /// In neither way: `exit`, `break`.
    static let never = ShellEnds()
}
