// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Names that only a pattern tells: where they lie, and which they can be.
extension ShellWalk {
    /// `/proc/*/root/etc/shadow`, `/proc/$PPID/fd/3`: a pattern that can match a link of a process.
    static func mayLeadThroughProcess(_ directory: UTF8String, _ pattern: [ShellValue]) -> Bool {
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

    /// What is deleted where a part of the name is known, right below a directory or, for a search by name, anywhere below
    /// it: what bears such a name, and not whatever lies there.
    func oneName(_ value: ShellValue, _ verb: Verb, in directory: UTF8String) -> UTF8String? {
        let all = Self.components(of: value)
        guard verb == .delete, directory != "/", let first = all.firstIndex(where: { $0.known == nil }) else {
            return nil
        }
        var names = all[first...].filter { !$0.isEmpty && $0.known != "." }
        // In whichever folder a search has found it, by a name that it may bear anywhere below.
        let isInAny = names.count == 2 && names[0].pieces == [.wildcard("**/*")]
        if isInAny { names.removeFirst() }
        guard let first = names.first, let name = Self.shown(first) else { return nil }
        let isDeep = isInAny && !name.text.hasPrefix("**/")
        var path = UTF8String("\(directory)/\(isDeep ? "**/" : "")\(name.text)")
        for component in names.dropFirst() {
            // What lies in more than one folder may lie behind a link in one of them.
            guard !name.isOfMany, let known = component.known, known != ".." else { return nil }
            path = UTF8String("\(path)/\(known)")
        }
        return path
    }

    /// A name of which a part is known, with its wildcards; `isOfMany` where it is not that of one file or folder.
    private static func shown(_ component: ShellValue) -> (text: String, isOfMany: Bool)? {
        var (text, isOfMany) = ("", false)
        for piece in component.pieces {
            switch piece {
            case .text(let known): text += known.string
            case .wildcard("***"), .wildcard("+([-0-9])"): text += "*"
            case .wildcard(let pattern) where pattern == "*" || pattern == "?" || pattern.hasPrefix("**/"):
                text += pattern.string
                isOfMany = true
            default: return nil
            }
        }
        return text.utf8.contains { !"*?./".utf8.contains($0) } ? (text, isOfMany) : nil
    }

    static func components(of value: ShellValue) -> [ShellValue] {
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
    func named(
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

    /// The links themselves that a text names where it names links: what is removed or replaced may be the link.
    func named(_ text: UTF8String, _ state: ShellState) -> [UTF8String] {
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
    func matches(
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
    static func isDeep(_ component: ShellValue) -> Bool {
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
}
