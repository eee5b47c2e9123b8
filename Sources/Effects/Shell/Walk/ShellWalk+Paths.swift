// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a path operand names.
private enum PathMeaning {
    case nothing
    case paths([UTF8String])
    /// Anything in these directories that matches, and these files among them.
    case matching(directories: [UTF8String], files: [UTF8String])
    /// Anything; these files among it.
    case unknown([UTF8String])
    /// Another name for a file that only the process itself knows.
    case disguised
}

extension ShellWalk {
    /// Devices that hold nothing, and the process's own streams: what is read or written there touches no file.
    private static let inertDevices: Set<UTF8String> = [
        "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/stdin", "/dev/stdout",
        "/dev/stderr", "/dev/tty",
    ]

    /// The effects of a path.
    ///
    /// - Returns: the absolute paths that it leads to; `nil` where they are not known.
    @discardableResult
    mutating func path(
        _ verbs: [Verb], _ value: ShellValue, isTree: Bool, _ state: ShellState
    ) -> [UTF8String]? {
        guard spend() else { return nil }
        if let beside = value.besideDirectory { path(verbs, beside, isTree: isTree, state) }
        let (value, state) = placed(value, verbs, isTree: isTree, state)
        switch meaning(of: value, verbs, state) {
        case .nothing: return []
        case .paths(let paths):
            if let text = value.known, isPipe(text, state) { return [text] }
            var all: [UTF8String] = []
            for verb in verbs {
                let places = self.places(of: paths, verb, state)
                for place in places {
                    insert(Effect(verb, isTree || isDirectory(place, state) ? .directory(place) : .file(place)))
                    if isTree {
                        linked(below: place, verb, isThrough: false, state)
                        sensitive(below: place, verb)
                    }
                }
                all += places.filter { !all.contains($0) }
            }
            return all
        case .matching(let directories, let files):
            let beyond = Self.beyondNames(value)
            let isThrough = beyond != nil
            for verb in verbs {
                // What is deleted in them is not a link that one of them is.
                for place in places(of: directories, .read, state) {
                    let name = oneName(value, verb, in: place)
                    insert(Effect(verb, name.map { isTree ? .directory($0) : .file($0) } ?? .directory(place)))
                    linked(below: place, verb, isThrough: isThrough, state)
                    throughLinks(in: place, value, verb)
                    if value.pieces.contains(where: \.leadsAnywhere) { sensitive(below: place, verb) }
                }
                for file in files { insert(Effect(verb, .file(file))) }
                // A name that is found may be a link, which what follows leads through.
                for file in beyond.map(hinted) ?? [] { insert(Effect(verb, .file(file))) }
            }
            return nil
        case .unknown(let files):
            for verb in verbs {
                insert(opaque: verb == .read ? .pathRead : .pathWrite)
                for file in files { insert(Effect(verb, .file(file))) }
                reached(by: value, verb, state)
            }
            return nil
        case .disguised:
            // Nobody writes that by chance, so it is not taken for a path that only run time knows.
            insert(opaque: .pathRead)
            insert(opaque: .pathWrite)
            return nil
        }
    }

    /// Names that match are shown. Names of secrets that lie in the project are none; what is below a folder of that name
    /// elsewhere is another matter.
    mutating func names(_ value: ShellValue, _ state: ShellState) {
        guard let (directories, pattern) = globbed(value, state), !state.isElsewhere,
            directories.allSatisfy({ isOwn($0) }), pattern.count == 1
        else {
            path([.read], value, isTree: false, state)
            return
        }
        for place in places(of: directories, .read, state) {
            insert(Effect(.read, .directory(place)))
            linked(below: place, .read, isThrough: false, state)
        }
    }

    /// Whether the shell looks for names that match. What was cut of a name is no pattern, and may be no name.
    static func isGlob(_ value: ShellValue) -> Bool {
        value.pieces.contains { piece in
            guard case .wildcard(let pattern) = piece, !piece.isCut else { return false }
            return !ShellValue.unsplit.contains(pattern)
        }
    }

    /// The directories that a wildcard of the shell's looks into: it reads them whatever its names are for.
    mutating func list(_ value: ShellValue, _ state: ShellState) {
        guard Self.isGlob(value), !value.hasUnknown, !state.isElsewhere else { return }
        guard let directories = (globbed(value, state) ?? named(value, state))?.directories else {
            return insert(opaque: .pathRead)
        }
        for place in places(of: directories, .read, state) { insert(Effect(.read, .directory(place))) }
    }

    // MARK: Meaning

    /// A relative path in a directory that is not known, as the end of one that is not: a secret's name is one anywhere.
    /// Where a root of that directory is known, it is one from that root. What it is in the root itself is an effect
    /// besides: there it has a name.
    private mutating func placed(
        _ value: ShellValue, _ verbs: [Verb], isTree: Bool, _ state: ShellState
    ) -> (ShellValue, ShellState) {
        guard state.directories == nil, !state.isElsewhere, !value.pieces.isEmpty, !value.startsUnknown,
            !value.prefix.hasPrefix("/"), !value.prefix.hasPrefix("~")
        else { return (value, state) }
        guard let roots = state.below else {
            let isItself = value.known == "." || value.known == "./"
            return (isItself ? .unknown : value.prefixed(by: ShellValue(pieces: [.unknown, .text("/")])), state)
        }
        guard !value.hasUnknown else { return (value, state) }
        var state = state
        state.directories = roots
        path(verbs, value, isTree: isTree, state)
        return (value.prefixed(by: ShellValue(pieces: [.wildcard("**/*"), .text("/")])), state)
    }

    /// Absolute canonical paths of a text; `nil` where it depends on what nobody knows.
    func absolute(_ text: UTF8String, _ state: ShellState) -> [UTF8String]? {
        if text.hasPrefix("/") { return CanonicalPath(exact: text, in: environment, base: nil)?.readings }
        guard let directories = state.directories else { return nil }
        var paths: [UTF8String] = []
        // Some programs know a home folder where a shell has left the sign to them.
        if text.hasPrefix("~/"), let home = environment.home,
            let path = CanonicalPath(exact: UTF8String("\(home)\(text.string.dropFirst())"), in: environment, base: nil)
        {
            paths += path.readings
        }
        for directory in directories {
            guard let path = CanonicalPath(exact: text, in: environment, base: directory) else { return nil }
            for reading in path.readings where !paths.contains(reading) { paths.append(reading) }
        }
        return paths
    }

    private func isPipe(_ text: UTF8String, _ state: ShellState) -> Bool {
        text.hasPrefix("/dev/fd/") && state.files[text] != nil
    }

    private func meaning(of value: ShellValue, _ verbs: [Verb], _ state: ShellState) -> PathMeaning {
        guard !state.isElsewhere, !value.pieces.isEmpty else { return .nothing }
        if let text = value.known {
            if isPipe(text, state) { return .paths([text]) }
            guard var paths = absolute(text, state) else {
                return text.hasPrefix("/") ? .disguised : .unknown(hinted(above: text))
            }
            if verbs.contains(.delete) || verbs.contains(.write) {
                paths += named(text, state).filter { !paths.contains($0) }
            }
            let isInert = !verbs.contains(.delete) && state.files[text] == nil && Self.inertDevices.contains(text)
            return isInert ? .nothing : .paths(paths)
        }
        if let (directories, pattern) = named(value, state) {
            return .matching(directories: directories, files: matches(directories, pattern, state.options))
        }
        guard !value.hasUnknown, let (directories, pattern) = globbed(value, state) else {
            return .unknown(hinted(by: value))
        }
        if directories.contains(where: { Self.mayLeadThroughProcess($0, pattern) }) { return .disguised }
        return .matching(directories: directories, files: matches(directories, pattern, state.options))
    }

}
