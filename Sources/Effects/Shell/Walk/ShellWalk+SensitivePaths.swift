// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What policies name one by one, where a path that is not known in full can be it.
extension ShellWalk {
    /// The sensitive files that a text with something unknown before its end names: `$x/.ssh/id_rsa`, `$x/.e*`.
    func hinted(by value: ShellValue) -> [UTF8String] {
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
    mutating func reached(by value: ShellValue, _ verb: Verb, _ state: ShellState) {
        let prefix = value.prefix.bytes
        guard !state.isElsewhere, let slash = prefix.lastIndex(of: UInt8(ascii: "/")),
            let folder = UTF8String(validating: prefix[...slash])
        else { return }
        var end: UTF8String = ""
        if case .text(let text)? = value.pieces.last { end = text }
        for directory in absolute(folder, state) ?? [] where !isOwn(directory) {
            insert(Effect(verb, .directory(directory)))
            sensitive(below: directory, verb, end: end)
        }
    }

    /// The sensitive files that a text which leads upwards from nobody knows where can name: `../../etc/shadow`.
    func hinted(above text: UTF8String) -> [UTF8String] {
        let bytes = text.bytes
        guard let last = bytes.indices.last(where: { bytes[$0...].starts(with: "../".utf8) }),
            let rest = UTF8String(validating: bytes[(last + 2)...])
        else { return [] }
        return hinted(by: ShellValue(pieces: [.unknown, .text(rest)]))
            + SensitiveNames.absolute.filter { $0 == rest }
    }

    /// What lies at well-known places below a directory that is gone through whole.
    ///
    /// - Parameter end: what their names end in.
    mutating func sensitive(below directory: UTF8String, _ verb: Verb, end: UTF8String = "") {
        for place in SensitiveNames.below(directory, in: environment) where place.hasSuffix(end) {
            insert(Effect(verb, .file(place)))
        }
    }
}
