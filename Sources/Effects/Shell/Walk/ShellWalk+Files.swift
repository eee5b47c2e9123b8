// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What is in files as the commands of a text leave them.
extension ShellWalk {
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
