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
                    insert(Effect(verb, oneName(value, verb, in: place).map { .file($0) } ?? .directory(place)))
                    linked(below: place, verb, isThrough: isThrough, state)
                    if isThrough { throughLinks(in: place, value, verb) }
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
            directories.allSatisfy({ isOwn(UTF8String("\($0)/")) }), pattern.count == 1
        else {
            path([.read], value, isTree: false, state)
            return
        }
        for place in places(of: directories, .read, state) {
            insert(Effect(.read, .directory(place)))
            linked(below: place, .read, isThrough: false, state)
        }
        for path in expanded(directories, pattern, [.read], state) ?? [] where !isOwn(path) {
            insert(Effect(.read, .file(path)))
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
        let isMade = value.pieces.contains { piece in
            if case .wildcard(let pattern) = piece {
                ShellValue.unsplit.contains(pattern) || pattern.hasPrefix("**")
            } else {
                false
            }
        }
        if !isMade, let names = expanded(directories, pattern, verbs, state) { return .paths(names) }
        return .matching(directories: directories, files: matches(directories, pattern, state.options))
    }

    /// `/proc/*/root/etc/shadow`, `/proc/$PPID/fd/3`: a pattern that can match a link of a process.
    private static func mayLeadThroughProcess(_ directory: UTF8String, _ pattern: [ShellValue]) -> Bool {
        let link: ShellValue?
        switch directory {
        case "/": link = pattern.count > 2 && mayMatch(pattern[0], ["proc"]) ? pattern[2] : nil
        case "/proc": link = pattern.count > 1 ? pattern[1] : nil
        case _ where directory.hasPrefix("/proc/"):
            link = directory.bytes.filter { $0 == UInt8(ascii: "/") }.count == 2 ? pattern.first : nil
        default: return false
        }
        return link.map { mayMatch($0, CanonicalPath.processLinks) } ?? false
    }

    private static func mayMatch(_ component: ShellValue, _ names: [UTF8String]) -> Bool {
        guard let shape = ShellPattern(component) else { return true }
        return names.contains { shape.matches(name: $0) }
    }

    /// The directories before a pattern's first wildcard, and its components from there.
    func globbed(
        _ value: ShellValue, _ state: ShellState
    ) -> (directories: [UTF8String], pattern: [ShellValue])? {
        let values = Self.components(of: value)
        guard let first = values.firstIndex(where: { $0.known == nil }) else { return nil }
        let pattern = values[first...].filter { !$0.pieces.isEmpty && $0.known != "." }
        guard pattern.allSatisfy(Self.isName) else { return nil }
        // A wildcard may have a slash in brackets or an extended pattern; `..` leads out again.
        guard !pattern.contains(where: { $0.known == ".." }), pattern.count <= Limits.pathComponentsMax else {
            return nil
        }
        let prefix = UTF8String(values[..<first].compactMap { $0.known?.string }.joined(separator: "/"))
        let text: UTF8String
        if first == 0 {
            text = "."
        } else {
            text = prefix.isEmpty ? "/" : prefix
        }
        guard let directories = absolute(text, state) else { return nil }
        return (directories, Array(pattern))
    }

    /// What is deleted where only a number, or a temporary name, is missing in the name right below a directory: that one
    /// file or folder, and not whatever lies there.
    private func oneName(_ value: ShellValue, _ verb: Verb, in directory: UTF8String) -> UTF8String? {
        let components = Self.components(of: value)
        guard verb == .delete, directory != "/", let first = components.firstIndex(where: { $0.known == nil }) else {
            return nil
        }
        var name = ""
        for piece in components[first].pieces {
            switch piece {
            case .text(let text): name += text.string
            case .wildcard("***"), .wildcard("+([-0-9])"): name += "*"
            default: return nil
            }
        }
        guard name.utf8.contains(where: { !"*.".utf8.contains($0) }) else { return nil }
        for component in components[(first + 1)...] where !component.isEmpty {
            guard let known = component.known, known != "..", known != "." else { return nil }
            name += "/\(known)"
        }
        return UTF8String("\(directory)/\(name)")
    }

    private static func components(of value: ShellValue) -> [ShellValue] {
        var components: [[ShellValue.Piece]] = [[]]
        for piece in value.pieces {
            guard case .text(let text) = piece else {
                components[components.count - 1].append(piece)
                continue
            }
            let parts = text.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            for (index, part) in parts.enumerated() {
                if index > 0 { components.append([]) }
                if !part.isEmpty, let part = UTF8String(validating: part) {
                    components[components.count - 1].append(.text(part))
                }
            }
        }
        return components.map { ShellValue(pieces: $0) }
    }

    /// The directories before a name that is not known, and its components from there: `out/${x##*/}.md`. Where the name
    /// could be `..`, the directory above counts as well; that is followed for the first of a path's only, and not where
    /// the text itself made links.
    private func named(
        _ value: ShellValue, _ state: ShellState
    ) -> (directories: [UTF8String], pattern: [ShellValue])? {
        guard value.pieces.contains(where: { $0 == .component || $0.isCut }), !value.pieces.contains(.unknown),
            value.prefix.bytes.contains(UInt8(ascii: "/"))
        else { return nil }
        let values = Self.components(of: value)
        guard let first = values.firstIndex(where: { $0.known == nil }), first > 0 else { return nil }
        let pattern = values[first...].filter { !$0.pieces.isEmpty && $0.known != "." }
        guard !pattern.contains(where: { $0.known == ".." }), pattern.count <= Limits.pathComponentsMax else {
            return nil
        }
        let prefix = values[..<first].compactMap { $0.known?.string }.joined(separator: "/")
        guard var directories = absolute(prefix.isEmpty ? "/" : UTF8String(prefix), state) else { return nil }
        let doubtful = pattern.indices.filter {
            pattern[$0].pieces.contains(.component) && !Self.hasLetter(pattern[$0]) || !Self.isName(pattern[$0])
        }
        if let place = doubtful.first {
            guard doubtful.count == 1, place == pattern.startIndex, state.files.isEmpty,
                let above = absolute(UTF8String("\(prefix)/.."), state)
            else { return nil }
            directories += above.filter { !directories.contains($0) }
        }
        return (directories, Array(pattern))
    }

    /// Whether something in a component is known that keeps it from being `.` or `..`.
    private static func hasLetter(_ component: ShellValue) -> Bool {
        component.pieces.contains { piece in
            if case .text(let text) = piece { text.bytes.contains { $0 != UInt8(ascii: ".") } } else { false }
        }
    }

    /// Whether a component can be no `..`, where an end of it was cut off: a character that is no dot stands behind it.
    private static func isName(_ component: ShellValue) -> Bool {
        guard let cut = component.pieces.lastIndex(where: \.isCut) else { return true }
        return component.pieces[(cut + 1)...].contains { piece in
            if case .text(let text) = piece { text.bytes.contains { $0 != UInt8(ascii: ".") } } else { false }
        }
    }

    /// The names that match now, where the environment lists directories; with none, the pattern itself.
    private func expanded(
        _ directories: [UTF8String], _ pattern: [ShellValue], _ verbs: [Verb], _ state: ShellState
    ) -> [UTF8String]? {
        var paths = directories.map { $0 == "/" ? "" : $0 }
        for component in pattern {
            if let name = component.known {
                paths = paths.map { UTF8String("\($0)/\(name)") }
                continue
            }
            guard let shape = ShellPattern(component), !Self.isDeep(component) else { return nil }
            var next: [UTF8String] = []
            for path in paths {
                guard var names = environment.entries(path.isEmpty ? "/" : path),
                    let added = added(to: path, state),
                    names.count <= Limits.directoryEntriesMax
                else { return nil }
                names += added.filter { !names.contains($0) }
                for name in names where shape.matches(name: name, state.options) {
                    next.append(UTF8String("\(path)/\(name)"))
                }
                guard next.count <= Limits.expandedNamesMax else { return nil }
            }
            paths = next
        }
        if paths.isEmpty {
            // A pattern that nothing matches stands for itself.
            let literal = pattern.map { component in
                component.pieces.map { piece in
                    switch piece {
                    case .text(let text), .wildcard(let text): text.string
                    case .unknown, .component: ""
                    }
                }.joined()
            }.joined(separator: "/")
            paths = directories.map { UTF8String("\($0 == "/" ? "" : $0)/\(literal)") }
        }
        var resolved: [UTF8String] = []
        for path in paths {
            guard let readings = CanonicalPath(exact: path, in: environment, base: nil)?.readings else { return nil }
            resolved += readings
            if verbs.contains(.delete) || verbs.contains(.write) {
                resolved += named(path, state).filter { !readings.contains($0) }
            }
        }
        return resolved
    }

    /// The names that the text itself put into a directory; `nil` where it may have put others there.
    private func added(to directory: UTF8String, _ state: ShellState) -> [UTF8String]? {
        let tree = UTF8String("\(directory)/")
        var names: [UTF8String] = []
        for path in state.files.keys {
            if path.hasPrefix(tree) {
                let name = path.bytes.dropFirst(tree.byteCount).prefix { $0 != UInt8(ascii: "/") }
                if let name = UTF8String(validating: name), !names.contains(name) { names.append(name) }
            } else if path == directory || tree.hasPrefix(UTF8String("\(path)/")) {
                return nil
            }
        }
        return names
    }

    /// The links themselves that a text names where it names links: what is removed or replaced may be the link.
    private func named(_ text: UTF8String, _ state: ShellState) -> [UTF8String] {
        guard environment.filesystem == .local else { return [] }
        let bytes = text.bytes
        let slash = bytes.lastIndex(of: UInt8(ascii: "/"))
        let name = bytes[(slash.map { $0 + 1 } ?? 0)...]
        guard !name.isEmpty, name != [0x2e], name != [0x2e, 0x2e], let name = UTF8String(validating: name) else {
            return []
        }
        let folder = slash.map { $0 == 0 ? "/" : UTF8String(validating: bytes[..<$0]) ?? "/" } ?? "."
        return (absolute(folder, state) ?? []).map { UTF8String("\($0 == "/" ? "" : $0)/\(name)") }
    }

    /// The sensitive files that a pattern can match.
    private func matches(
        _ directories: [UTF8String], _ pattern: [ShellValue], _ options: ShellOptions
    ) -> [UTF8String] {
        var shapes: [NameShape] = []
        for component in pattern {
            let shape = NameShape(component)
            if !shape.isDeep || !(shapes.last?.isDeep ?? false) { shapes.append(shape) }
        }
        var bases = directories + ["/root"]
        if let home = environment.home { bases.append(home) }
        if let directory = environment.workingDirectory { bases.append(directory) }
        let candidates =
            SensitiveNames.absolute
            + bases.flatMap { base in SensitiveNames.relative.map { UTF8String("\(base == "/" ? "" : base)/\($0)") } }
        var found: [UTF8String] = []
        for directory in directories {
            let tree = directory == "/" ? "/" : UTF8String("\(directory)/")
            for candidate in candidates where candidate.hasPrefix(tree) && !found.contains(candidate) {
                let names = candidate.bytes.dropFirst(tree.byteCount).split(separator: UInt8(ascii: "/"))
                    .compactMap { UTF8String(validating: $0) }
                guard shapes.count <= 2 * names.count + 1 else { continue }
                if Self.isMatch(names[...], shapes[...], options) { found.append(candidate) }
            }
        }
        return found
    }

    private static func isMatch(
        _ names: ArraySlice<UTF8String>, _ shapes: ArraySlice<NameShape>, _ options: ShellOptions
    ) -> Bool {
        guard let shape = shapes.first else { return names.isEmpty }
        let rest = shapes.dropFirst()
        if shape.isDeep, isMatch(names, rest, options) { return true }
        guard let name = names.first, shape.matches(name, options) else { return false }
        return isMatch(names.dropFirst(), shape.isDeep ? shapes : rest, options)
    }

    /// `**`, which with `globstar`, and in zsh, is any number of directories.
    private static func isDeep(_ component: ShellValue) -> Bool {
        component.pieces.filter { $0 == .wildcard("*") }.count > 1
            && component.pieces.allSatisfy { $0 == .wildcard("*") }
    }

    /// A component of a pattern.
    private struct NameShape {
        let pattern: ShellPattern?
        let isDeep: Bool
        /// What is not known may begin with a dot.
        let mayHide: Bool

        init(_ component: ShellValue) {
            isDeep = ShellWalk.isDeep(component)
            mayHide = component.pieces.first == .component
            pattern = ShellPattern(
                ShellValue(pieces: component.pieces.map { $0 == .component ? .wildcard("**") : $0 }))
        }

        func matches(_ name: UTF8String, _ options: ShellOptions) -> Bool {
            guard let pattern else { return true }
            return mayHide ? pattern.matches(name.bytes) : pattern.matches(name: name, options)
        }
    }

    /// The sensitive files that a text with something unknown before its end names: `$x/.ssh/id_rsa`, `$x/.e*`.
    private func hinted(by value: ShellValue) -> [UTF8String] {
        guard value.pieces.count > 1 else { return [] }
        let bases = [environment.home, environment.workingDirectory].compactMap { $0 }
        let last = Array(Self.components(of: value).reversed().prefix { !$0.hasUnknown })
        guard case .text(var end)? = value.pieces.last, last.allSatisfy({ $0.known != nil }) else {
            return Self.matched(by: last).flatMap { name in bases.map { UTF8String("\($0)/\(name)") } }
        }
        if let upward = end.bytes.indices.last(where: { end.bytes[$0...].starts(with: "/../".utf8) }),
            let rest = UTF8String(validating: end.bytes[(upward + 3)...])
        {
            end = rest
        }
        let absolute = SensitiveNames.absolute.filter { end.byteCount > 4 && $0.hasSuffix(end) }
        var named = SensitiveNames.relative.filter { end == $0 || end.hasSuffix(UTF8String("/\($0)")) }
        // A secret's name is one in any folder.
        if let slash = end.bytes.firstIndex(of: UInt8(ascii: "/")),
            let path = UTF8String(validating: end.bytes[slash...]), SensitiveNames.isSecret(path: path),
            let name = UTF8String(validating: path.bytes.dropFirst())
        {
            named.append(name)
        }
        return absolute + named.flatMap { name in bases.map { UTF8String("\($0)/\(name)") } }
    }

    /// The sensitive files below a home folder that the last components of a path find, the very last one first.
    private static func matched(by components: [ShellValue]) -> [UTF8String] {
        let patterns = components.compactMap { ShellPattern($0) }
        return SensitiveNames.relative.filter { name in
            let parts = name.bytes.split(separator: UInt8(ascii: "/")).compactMap { UTF8String(validating: $0) }
            return parts.count <= patterns.count
                && zip(patterns, parts.reversed()).allSatisfy { $0.matches(name: $1) }
        }
    }

    /// The folder that a text begins with whose rest nobody knows, and what is sensitive in it: `~/.ssh/$x`.
    private mutating func reached(by value: ShellValue, _ verb: Verb, _ state: ShellState) {
        let prefix = value.prefix.bytes
        guard !state.isElsewhere, let slash = prefix.lastIndex(of: UInt8(ascii: "/")),
            let folder = UTF8String(validating: prefix[...slash])
        else { return }
        var end: UTF8String = ""
        if case .text(let text)? = value.pieces.last { end = text }
        for directory in absolute(folder, state) ?? [] where !isOwn(UTF8String("\(directory)/")) {
            insert(Effect(verb, .directory(directory)))
            sensitive(below: directory, verb, end: end)
        }
    }

    /// The sensitive files that a text which leads upwards from nobody knows where can name: `../../etc/shadow`.
    private func hinted(above text: UTF8String) -> [UTF8String] {
        let bytes = text.bytes
        guard let last = bytes.indices.last(where: { bytes[$0...].starts(with: "../".utf8) }),
            let rest = UTF8String(validating: bytes[(last + 2)...])
        else { return [] }
        return hinted(by: ShellValue(pieces: [.unknown, .text(rest)]))
            + SensitiveNames.absolute.filter { $0 == rest }
    }

    // MARK: Files of the text itself

    /// Where a path leads: itself, and what earlier links and copies put behind it.
    func places(
        of path: UTF8String, _ state: ShellState, followsLast: Bool = true, followsCopies: Bool = true
    ) -> [UTF8String] {
        var all = [path]
        guard !state.files.isEmpty else { return all }
        var next = 0
        while next < all.count, all.count < Limits.linkedPlacesMax {
            let current = all[next]
            for (prefix, rest) in Self.prefixes(of: current) {
                if !followsLast, next == 0, rest.isEmpty { continue }
                for file in state.files[prefix] ?? [] {
                    let target: UTF8String
                    switch file {
                    case .link(let path): target = path
                    case .copy(let path) where followsCopies: target = path
                    default: continue
                    }
                    guard target.byteCount + rest.count <= Limits.pathBytesMax,
                        let tail = UTF8String(validating: rest)
                    else { continue }
                    let place = UTF8String("\(target == "/" && !tail.isEmpty ? "" : target)\(tail)")
                    if !all.contains(place) { all.append(place) }
                }
            }
            next += 1
        }
        return all
    }

    /// Where paths lead for what is done there: what is read may be a copy, what is deleted is a link itself.
    private mutating func places(of paths: [UTF8String], _ verb: Verb, _ state: ShellState) -> [UTF8String] {
        var all: [UTF8String] = []
        for path in paths {
            let places = places(of: path, state, followsLast: verb != .delete, followsCopies: verb == .read)
            if places.count >= Limits.linkedPlacesMax { insert(opaque: verb == .read ? .pathRead : .pathWrite) }
            for place in places where !all.contains(place) { all.append(place) }
        }
        return all
    }

    /// A path and the paths of its directories, each with what follows.
    private static func prefixes(of path: UTF8String) -> [(UTF8String, ArraySlice<UInt8>)] {
        let bytes = path.bytes
        var ends = bytes.indices.filter { $0 > 0 && bytes[$0] == UInt8(ascii: "/") }
        ends.append(bytes.count)
        return ends.compactMap { end in UTF8String(validating: bytes[..<end]).map { ($0, bytes[end...]) } }
    }

    /// Whether a path is certainly a directory's, so that what is done to it is done in it.
    private func isDirectory(_ path: UTF8String, _ state: ShellState) -> Bool {
        ["/", "/tmp", "/var/tmp", environment.root, environment.workingDirectory, environment.home].contains(path)
            || state.directories?.contains(path) == true
    }

    /// What lies at well-known places below a directory that is gone through whole: the system's files and those of home
    /// folders. The project's own are in the project, whoever goes through it.
    ///
    /// - Parameter end: what their names end in.
    private mutating func sensitive(below directory: UTF8String, _ verb: Verb, end: UTF8String = "") {
        let tree = directory == "/" ? "/" : UTF8String("\(directory)/")
        let ownTree = (environment.root ?? environment.workingDirectory).map { UTF8String("\($0)/") }
        // Nothing of one's own tree is among them, and most trees are in it.
        if let ownTree, tree.hasPrefix(ownTree) { return }
        let homes = Set([environment.home, "/root"].compactMap { $0 })
            .filter { home in
                let below = UTF8String("\(home)/")
                return below.hasPrefix(tree) || tree.hasPrefix(below)
            }
        let places =
            SensitiveNames.absolute
            + homes.flatMap { home in SensitiveNames.relative.map { UTF8String("\(home)/\($0)") } }
        for place in places
        where place.hasPrefix(tree) && place.hasSuffix(end) && !(ownTree.map(place.hasPrefix) ?? false) {
            insert(Effect(verb, .file(place)))
        }
    }

    /// What links that the text made below a directory lead to. Where a path only ends in one, it is the link that is
    /// deleted.
    private mutating func linked(
        below directory: UTF8String, _ verb: Verb, isThrough: Bool, _ state: ShellState
    ) {
        guard !state.files.isEmpty, verb != .delete || isThrough else { return }
        let tree = directory == "/" ? "/" : UTF8String("\(directory)/")
        for (path, files) in state.files where path.hasPrefix(tree) {
            for case .link(let target) in files {
                insert(Effect(verb, .directory(target)))
                sensitive(below: target, verb)
            }
        }
    }

    /// What links that lie in a directory lead to, where a pattern finds their names and the path goes on behind them.
    private mutating func throughLinks(in directory: UTF8String, _ value: ShellValue, _ verb: Verb) {
        // A folder that was entered was looked at then (`**/*`), and of a name that nobody knows every link would be meant.
        guard let name = Self.components(of: value).first(where: { $0.known == nil }),
            !name.pieces.contains(.wildcard("**/*")), !name.pieces.contains(.component)
        else { return }
        guard let targets = leadingOut(of: directory, name) else {
            return insert(opaque: verb == .read ? .pathRead : .pathWrite)
        }
        for target in targets {
            insert(Effect(verb, .directory(target)))
            sensitive(below: target, verb)
        }
    }

    /// Where links right in a directory lead to whose names match, out of the project; `nil` where they are too many.
    func leadingOut(of directory: UTF8String, _ name: ShellValue) -> [UTF8String]? {
        guard environment.filesystem == .local else { return [] }
        let tree = directory == "/" ? "/" : UTF8String("\(directory)/")
        let pieces = name.pieces.map { piece -> ShellValue.Piece in
            switch piece {
            case .wildcard("+([-0-9])"): .wildcard("[-0-9]*")
            default: piece
            }
        }
        let pattern = ShellPattern(ShellValue(pieces: pieces))
        let links = environment.resolve(tree).filter { link in
            link.hasPrefix(tree) && link != tree
                && pattern?.matches(link.bytes.dropFirst(tree.byteCount)) ?? true
        }
        guard links.count <= Limits.expandedNamesMax else { return nil }
        return links.flatMap { link in environment.resolve(link).filter { !isOwn(UTF8String("\($0)/")) } }
    }

    /// What follows the first name that only a pattern tells, behind something unknown; `nil` where nothing does.
    private static func beyondNames(_ value: ShellValue) -> ShellValue? {
        let components = components(of: value).filter { !$0.pieces.isEmpty && $0.known != "." }
        guard let first = components.firstIndex(where: { $0.known == nil }), first + 1 < components.count else {
            return nil
        }
        let rest = components[(first + 1)...].flatMap { [.text("/")] + $0.pieces }
        return ShellValue(pieces: [.unknown] + rest)
    }

    /// What is in files.
    func contents(of paths: [UTF8String], _ state: ShellState) -> ShellStream {
        guard let first = paths.first else { return .empty }
        return paths.dropFirst().reduce(content(of: first, state, 0)) { $0.or(content(of: $1, state, 0)) }
    }

    private func content(of path: UTF8String, _ state: ShellState, _ depth: Int) -> ShellStream {
        guard depth < 8 else { return .unknown(.computed) }
        var result: ShellStream?
        for file in states(of: path, state) {
            let stream: ShellStream
            switch file {
            case .original: stream = .files([path])
            case .content(let content): stream = content
            case .link(let target), .copy(let target): stream = content(of: target, state, depth + 1)
            case .deleted: stream = .empty
            }
            result = result?.or(stream) ?? stream
        }
        return result ?? .files([path])
    }

    /// What the path can be; links of its directories followed.
    func states(of path: UTF8String, _ state: ShellState) -> [FileState] {
        if let own = state.files[path] { return own }
        guard !state.files.isEmpty else { return [.original] }
        var all: [FileState] = []
        for (prefix, rest) in Self.prefixes(of: path).dropLast() {
            for file in state.files[prefix] ?? [] {
                guard let tail = UTF8String(validating: rest) else { continue }
                switch file {
                case .link(let target): all.append(.link(UTF8String("\(target)\(tail)")))
                case .copy(let target): all.append(.copy(UTF8String("\(target)\(tail)")))
                default: continue
                }
            }
        }
        return all.isEmpty ? [.original] : all
    }

    /// Files whose contents are known become texts.
    func known(_ stream: ShellStream, _ state: ShellState) -> ShellStream {
        guard case .files(let paths) = stream else { return stream }
        return paths.reduce(.empty) { $0.followed(by: content(of: $1, state, 0)) }
    }

    /// Notes what was written to a file. An earlier content may stay: the write can fail.
    func write(_ stream: ShellStream, to path: UTF8String, appends: Bool, _ state: inout ShellState) {
        let known = known(stream, state)
        let old = state.files[path]
        var new: [FileState] = []
        if appends {
            for file in old ?? [.original] {
                switch file {
                case .content(let before): new.append(.content(before.followed(by: known)))
                case .deleted: new.append(.content(known))
                case .link: new.append(file)
                case .original, .copy: new += [.content(known), .content(.unknown(.computed))]
                }
            }
        } else {
            new = [.content(known)] + (old ?? []).filter { $0 != .original && $0 != .deleted }
        }
        set(new, at: path, &state)
    }

    func set(_ files: [FileState], at path: UTF8String, _ state: inout ShellState) {
        var distinct: [FileState] = []
        for file in files where !distinct.contains(file) { distinct.append(file) }
        if distinct.count > Limits.fileAlternativesMax {
            distinct = Array(distinct.prefix(Limits.fileAlternativesMax)) + [.content(.unknown(.computed))]
        }
        state.files[path] = distinct
    }
}
