// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What is in files as the commands of a text leave them.
extension ShellWalk {
    /// What is in files.
    func contents(of paths: [UTF8String], _ state: ShellState) -> ShellStream {
        guard let first = paths.first else { return .empty }
        return paths.dropFirst().reduce(content(of: first, state)) { $0.or(content(of: $1, state)) }
    }

    private func content(of path: UTF8String, _ state: ShellState) -> ShellStream {
        var result: ShellStream?
        for (place, file) in ends(of: path, state) {
            let stream: ShellStream
            switch file {
            case .original: stream = .files([place])
            case .content(let content): stream = content
            case .link, .copy: stream = .unknown(.computed)
            case .deleted: stream = .empty
            }
            result = result?.or(stream) ?? stream
        }
        return result ?? .unknown(.computed)
    }

    /// What is at a path in the end, with the place where it is or was: links followed, each once. What is past
    /// ``Limits/linkedPlacesMax`` can be anything, and so can what only leads round in a ring.
    func ends(of path: UTF8String, _ state: ShellState) -> [(place: UTF8String, file: FileState)] {
        var places = [path]
        var ends: [(place: UTF8String, file: FileState)] = []
        var isCut = false
        var next = 0
        while next < places.count {
            let place = places[next]
            next += 1
            for file in states(of: place, state) {
                switch file {
                case .copy(let source): ends.append((source, .original))
                case .original, .content, .deleted: ends.append((place, file))
                case .link(let target):
                    if places.contains(target) { continue }
                    if places.count < Limits.linkedPlacesMax { places.append(target) } else { isCut = true }
                }
            }
        }
        if isCut || ends.isEmpty { ends.append((path, .content(.unknown(.computed)))) }
        return ends
    }

    /// What the path can be; links and copies of its directories followed.
    func states(of path: UTF8String, _ state: ShellState) -> [FileState] {
        if let own = state.files[path] { return own }
        guard !state.files.isEmpty else { return [.original] }
        var all: [FileState] = []
        for (prefix, rest) in Self.prefixes(of: path).dropLast() {
            for file in state.files[prefix] ?? [] {
                guard let tail = UTF8String(validating: rest) else { continue }
                switch file {
                case .link(let target): all.append(.link(UTF8String("\(target)\(tail)")))
                case .copy(let source): all.append(.copy(UTF8String("\(source)\(tail)")))
                case .content(.unknown): all.append(file)
                case .original, .content, .deleted: continue
                }
            }
        }
        return all.isEmpty ? [.original] : all
    }

    /// Files whose contents are known become texts.
    func known(_ stream: ShellStream, _ state: ShellState) -> ShellStream {
        guard case .files(let paths) = stream else { return stream }
        return paths.reduce(.empty) { $0.followed(by: content(of: $1, state)) }
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
            new = [.content(known)] + written(at: path, state)
        }
        set(new, at: path, &state)
    }

    /// Notes that a place is a copy of another, and what is below it of what is below the other: all keep what is there
    /// now, whatever becomes of their sources.
    mutating func copy(_ source: UTF8String, to place: UTF8String, _ state: inout ShellState) {
        let tree = UTF8String("\(source)/")
        let below = state.files.keys.filter { $0.hasPrefix(tree) }
        if state.files.count + below.count > Limits.followedFilesMax {
            insert(opaque: .code)
        } else {
            let inner = below.compactMap { path in
                UTF8String(validating: path.bytes[source.byteCount...]).map {
                    (UTF8String("\(place)\($0)"), copies(of: path, state))
                }
            }
            for (path, files) in inner { set(files + written(at: path, state), at: path, &state) }
        }
        set(copies(of: source, state) + written(at: place, state), at: place, &state)
    }

    /// What a copy of a file is; of a link it can be one itself.
    private func copies(of source: UTF8String, _ state: ShellState) -> [FileState] {
        let links = states(of: source, state).filter { if case .link = $0 { true } else { false } }
        return ends(of: source, state).map { $0.file == .original ? .copy($0.place) : $0.file } + links
    }

    /// What the text put there, and may still be there when writing to it anew fails.
    func written(at path: UTF8String, _ state: ShellState) -> [FileState] {
        (state.files[path] ?? []).filter { $0 != .original && $0 != .deleted }
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
