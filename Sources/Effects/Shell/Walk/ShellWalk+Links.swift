// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Where links lead: those that the text makes, and those that lie there.
extension ShellWalk {
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
    mutating func places(of paths: [UTF8String], _ verb: Verb, _ state: ShellState) -> [UTF8String] {
        var all: [UTF8String] = []
        for path in paths {
            let places = places(of: path, state, followsLast: verb != .delete, followsCopies: verb == .read)
            if places.count >= Limits.linkedPlacesMax { insert(opaque: verb == .read ? .pathRead : .pathWrite) }
            for place in places where !all.contains(place) { all.append(place) }
        }
        return all
    }

    /// A path and the paths of its directories, each with what follows.
    static func prefixes(of path: UTF8String) -> [(UTF8String, ArraySlice<UInt8>)] {
        let bytes = path.bytes
        var ends = bytes.indices.filter { $0 > 0 && bytes[$0] == UInt8(ascii: "/") }
        ends.append(bytes.count)
        return ends.compactMap { end in UTF8String(validating: bytes[..<end]).map { ($0, bytes[end...]) } }
    }

    /// Whether a path is certainly a directory's, so that what is done to it is done in it.
    func isDirectory(_ path: UTF8String, _ state: ShellState) -> Bool {
        ["/", "/tmp", "/var/tmp", environment.root, environment.workingDirectory, environment.home].contains(path)
            || state.directories?.contains(path) == true
    }

    /// What links that the text made below a directory lead to. Where a path only ends in one, it is the link that is
    /// deleted.
    mutating func linked(
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

    /// What links lead to that lie there already, where a pattern's names are such links or go through them. What is
    /// deleted is a link itself; and what a search finds is not looked at for links, but what is looked for behind it is.
    mutating func throughLinks(in directory: UTF8String, _ value: ShellValue, _ verb: Verb) {
        let components = Self.components(of: value)
        // Of a name that nobody knows every link would be meant.
        guard let first = components.firstIndex(where: { $0.known == nil }),
            !components[first].pieces.contains(.component)
        else { return }
        var names = components[first...].filter { !$0.isEmpty && $0.known != "." }
        if verb == .delete || names.last?.pieces.contains(where: \.leadsAnywhere) ?? false { names.removeLast() }
        // A folder that was entered is none.
        if names.count == 1, names.first?.pieces == Self.entered { return }
        for target in linked(on: names, in: directory) {
            insert(Effect(verb, .directory(target)))
            sensitive(below: target, verb)
        }
    }

    /// Where links lead that the names of a pattern in a directory are or go through.
    func linked(on names: [ShellValue], in directory: UTF8String) -> [UTF8String] {
        guard environment.filesystem == .local, !names.isEmpty else { return [] }
        let folder = directory == "/" ? "" : Self.escaped(directory)
        let pattern = UTF8String("\(folder)/\(names.map(Self.linkPattern).joined(separator: "/"))/")
        return environment.resolve(pattern).filter { $0 != pattern }
    }

    /// Whether a place is in the project and behind no hidden name, so that what is done there is as it is elsewhere in it.
    func isOrdinary(_ place: UTF8String) -> Bool {
        guard isOwn(place), let root = environment.root ?? environment.workingDirectory else { return false }
        return !place.bytes.dropFirst(root.byteCount).split(separator: UInt8(ascii: "/")).contains {
            $0.first == UInt8(ascii: ".")
        }
    }

    /// A component as whoever looks for links reads it: `*` for whatever may stand there, `**` for any directories.
    private static func linkPattern(_ component: ShellValue) -> String {
        let isDeep = component.pieces.contains(where: \.leadsAnywhere)
        if component.pieces == entered || self.isDeep(component) { return "**" }
        var text = ""
        for piece in component.pieces {
            if case .text(let known) = piece {
                text += escaped(known)
            } else if !text.hasSuffix("*") || text.hasSuffix("\\*") {
                text += "*"
            }
        }
        return isDeep ? "**/\(text)" : text
    }

    /// A folder that was entered, in a path that begins in it.
    private static let entered: [ShellValue.Piece] = [.wildcard("**/*")]

    private static func escaped(_ text: UTF8String) -> String {
        var escaped: [UInt8] = []
        for byte in text.bytes {
            if "*\\".utf8.contains(byte) { escaped.append(UInt8(ascii: "\\")) }
            escaped.append(byte)
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// What follows the first name that only a pattern tells, behind something unknown; `nil` where nothing does.
    static func beyondNames(_ value: ShellValue) -> ShellValue? {
        let components = components(of: value).filter { !$0.pieces.isEmpty && $0.known != "." }
        guard let first = components.firstIndex(where: { $0.known == nil }), first + 1 < components.count else {
            return nil
        }
        let rest = components[(first + 1)...].flatMap { [.text("/")] + $0.pieces }
        return ShellValue(pieces: [.unknown] + rest)
    }
}
