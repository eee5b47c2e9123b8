// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Files that are run, and the code that is in them.
extension ShellWalk {
    /// How a file is run.
    enum FileUse {
        case shell([ShellValue])
        case code(ProgramAction.Language)
        case program([ShellValue])
    }

    mutating func run(file path: UTF8String, _ use: FileUse, _ state: ShellState) -> ShellState {
        var after: ShellState?
        for (place, file) in ends(of: path, state) {
            guard spend() else { break }
            if place != path, case .program(let arguments) = use {
                after = join(after, nested(state) { walk in walk.program(named: place, arguments, state) })
            } else {
                after = join(after, run(place, file, use, state))
            }
        }
        return after ?? state
    }

    mutating func run(
        _ path: UTF8String, _ file: FileState, _ use: FileUse, _ state: ShellState
    ) -> ShellState {
        switch file {
        case .deleted: return state
        case .original:
            insert(opaque: isOwn(path) ? .projectCode : .program)
            return unreadableOutput(state)
        case .link, .copy:
            // Their ends are what is run.
            insert(opaque: .program)
            return unreadableOutput(state)
        case .content(.unknown(let origin)):
            insert(opaque: origin == .computed ? .code : isOwn(path) ? .projectCode : .program)
            return unreadableOutput(state)
        case .content(.files(let paths)):
            for path in paths { insert(opaque: isOwn(path) ? .projectCode : .program) }
            return unreadableOutput(state)
        case .content(.texts(let texts)):
            var after: ShellState?
            for text in texts { after = join(after, nested(state) { walk in walk.run(text, use, state) }) }
            return after ?? state
        }
    }

    /// A script whose text is known.
    private mutating func run(_ text: ShellValue, _ use: FileUse, _ state: ShellState) -> ShellState {
        guard let known = text.known else {
            insert(opaque: .code)
            return unreadableOutput(state)
        }
        switch use {
        case .shell(let arguments): return childShell(text, arguments, state)
        case .code(let language): return code(language, text, state)
        case .program(let arguments):
            let words = [ShellValue.unknown] + arguments
            guard known.hasPrefix("#!") else { return childShell(text, words, state) }
            let line = known.bytes.dropFirst(2).prefix { $0 != 0x0a }
            let parts = line.split(separator: 0x20).compactMap { UTF8String(validating: $0) }
            let named =
                parts.first?.hasSuffix("/env") == true ? parts.dropFirst().first { !$0.hasPrefix("-") } : parts.first
            let base = named?.bytes.split(separator: UInt8(ascii: "/")).last.flatMap { UTF8String(validating: $0) }
            guard let base else {
                insert(opaque: .code)
                return unreadableOutput(state)
            }
            insert(Effect(.execute, .program(base)))
            if ShellReading.shells.contains(base) { return childShell(text, words, state) }
            return code(ShellReading.language(of: base), text, state)
        }
    }

    mutating func code(_ language: ProgramAction.Language, _ text: ShellValue, _ state: ShellState) -> ShellState {
        if language == .sed, text.known == nil, !text.hasUnknown, text.byteCount <= Limits.codeBytesMax {
            do throws(NotUnderstood) {
                return act(try SedProgram.actions(of: text), Invocation(program: "", arguments: []), state)
            } catch {
                insert(opaque: .code)
                return unreadableOutput(state)
            }
        }
        guard let known = text.known, spend(1 + known.byteCount / 64) else {
            insert(opaque: .code)
            return unreadableOutput(state)
        }
        return act(languages(language, known), Invocation(program: "", arguments: []), state)
    }

    /// A text in a shell process of its own, which gets what was exported.
    mutating func childShell(_ text: ShellValue, _ arguments: [ShellValue]?, _ state: ShellState) -> ShellState {
        guard let known = readable(text, state), let script = script(known) else {
            return unreadableOutput(state)
        }
        var child = state
        child.variables = state.variables.filter { $0.value.isExported }
        // Other shells than bash do not take functions.
        child.functions = state.functions.filter { state.exportedFunctions.contains($0.key) }
            .mapValues { $0.contains(nil) ? $0 : $0 + [nil] }
        child.aliases = [:]
        child.positional = arguments.map { [Array($0.dropFirst())] }
        child.shellName = [arguments?.first ?? .unknown]
        child.isNoGlob = false
        child.exitsOnError = false
        child.locals = []
        child.stack = []
        let end = nested(child) { walk in
            walk.shell(child) { walk, child in walk.script(script, child) }
        }
        return after(end, in: state)
    }
}
