// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Programs by their names and paths.
extension ShellWalk {
    /// A program by its words.
    ///
    /// - Returns: the state after it: what it wrote, and that it may have read.
    mutating func program(_ words: [ShellValue], _ state: ShellState) -> ShellState {
        guard spend() else { return state }
        guard let name = words.first?.known else {
            // A name that a search found in a folder of the project's is a program of the project's.
            if let word = words.first, !word.hasUnknown, word.prefix.bytes.contains(UInt8(ascii: "/")) {
                var run = ProgramRunState(after: state)
                runFile(word, .program(Array(words.dropFirst())), state, &run)
                return unreadableOutput(run.after)
            }
            insert(opaque: .program)
            return unreadableOutput(state)
        }
        return nested(state) { walk in walk.program(named: name, Array(words.dropFirst()), state) }
    }

    /// The effects of running what a name or path leads to, with these arguments.
    mutating func program(
        named word: UTF8String, _ arguments: [ShellValue] = [], _ state: ShellState
    ) -> ShellState {
        let slash = UInt8(ascii: "/")
        let bytes = word.bytes
        let base = bytes.lastIndex(of: slash).map { bytes[($0 + 1)...] } ?? bytes[...]
        guard !base.isEmpty, base.count <= Limits.nameBytesMax, !word.hasControls,
            let name = UTF8String(validating: base), name != "..", name != "." || bytes.count == 1
        else {
            insert(opaque: .program)
            return unreadableOutput(state)
        }
        insert(Effect(.execute, .program(name)))
        guard bytes.contains(slash) else {
            if let written = ShellVariables.systemFolders.map({ UTF8String("\($0)/\(name)") })
                .first(where: { state.files[$0] != nil })
            {
                return run(file: written, .program(arguments), state)
            }
            switch state.search {
            case .system: break
            case .project: insert(opaque: .projectCode)
            case .unknown: insert(opaque: .program)
            }
            return run(name, arguments, state)
        }
        if state.isElsewhere { return run(name, arguments, state) }
        guard let paths = absolute(word, state) else {
            insert(opaque: .program)
            return unreadableOutput(state)
        }
        var after: ShellState?
        for path in paths {
            let places = places(of: path, state)
            if places.count >= Limits.linkedPlacesMax { insert(opaque: .program) }
            for place in places where !Self.isSystem(place) || state.files[place] != nil {
                insert(Effect(.read, .file(place)))
            }
            for (place, file) in ends(of: path, state) {
                let base = place.bytes.split(separator: slash).last.flatMap { UTF8String(validating: $0) }
                if file == .original, Self.isSystem(place), let base {
                    insert(Effect(.execute, .program(base)))
                    // It may run others by their names: tar does, and git, and compilers.
                    if state.search == .unknown { insert(opaque: .program) }
                    after = join(after, run(base, arguments, state))
                    continue
                }
                if file == .original, isOwn(place) {
                    // A program of the project's that bears a known name likely is it.
                    after = join(after, run(name, arguments, state, isProject: true))
                }
                after = join(after, run(place, file, .program(arguments), state))
            }
        }
        return after ?? unreadableOutput(state)
    }

    /// Whether the path is a file right in one of the system's own folders.
    private static func isSystem(_ path: UTF8String) -> Bool {
        let bytes = path.bytes
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash + 1 < bytes.count,
            let folder = UTF8String(validating: bytes[..<slash])
        else { return false }
        return ShellVariables.systemFolders.contains(folder)
    }
}
