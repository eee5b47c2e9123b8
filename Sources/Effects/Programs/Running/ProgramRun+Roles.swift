// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramRun {
    /// What it means that this value has this role.
    mutating func apply(_ role: OperandRole, _ value: ShellValue) {
        switch role {
        case .inert: break
        case .path(let verbs, let isTree): path(verbs, value, isTree: isTree)
        case .names:
            if value.known == nil, !value.hasUnknown {
                add(.names(value.inDirectory(directory)))
            } else {
                path([.read], value)
            }
        case .prefix(let verbs):
            add(.path(verbs, ShellValue(pieces: value.inDirectory(directory).pieces + [.wildcard("***")])))
        case .atFile:
            if value.startsUnknown { path([.read], .unknown) }
            if value.prefix.hasPrefix("@") { path([.read], value.dropping(1)) }
        case .into: into(value)
        case .url: add(.url(value))
        case .host: add(value.prefix.string.contains("://") ? .url(value) : .host(value))
        case .remote: remote(value, [.read])
        case .remoteWrite: remote(value, [.write])
        case .program: add(.command([value], setting()))
        case .command: add(.command(value.known.map(Self.words) ?? [value], setting()))
        case .shell: add(.shell(value, setting()))
        case .shellFile: add(.shellFile(value.inDirectory(directory), []))
        case .code(let language): add(.code(language, value))
        case .codeFile: if !value.is("-") { add(.codeFile(value.inDirectory(directory))) }
        case .project: projectCode()
        case .listFile:
            path([.read], value)
            add(opaque: .pathRead)
        case .recipient: add(Self.recipient(value))
        case .table: add(opaque: .value)
        case .directory: directory = value.inDirectory(directory)
        case .opaque(let position): add(opaque: position)
        case .options(let entry): options(value, of: entry)
        case .settings(let entries): setting(value, of: entries)
        case .named(let name): ProgramRoles.all[name]?(&self, value)
        }
    }

    /// The code of the project, or of the directory that the program was sent to.
    mutating func projectCode() {
        guard let directory, !Self.isHere(directory) else { return add(.projectCode) }
        add(.codeFile(directory))
    }

    /// Whether this is the working directory itself.
    static func isHere(_ directory: ShellValue) -> Bool {
        directory.known.map { $0.bytes.allSatisfy { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") } } == true
            && directory.prefix.hasPrefix(".") && !directory.prefix.string.contains("..")
    }

    /// A path. `-` is the standard input or output, where a program reads or writes.
    mutating func path(_ verbs: [Verb], _ value: ShellValue, isTree: Bool = false) {
        if value.is("-"), verbs == [.read] || verbs == [.write], !isTree { return }
        guard !value.isEmpty else { return }
        var verbs = verbs
        if isModified, verbs == [.read] { verbs = [.read, .write] }
        add(.path(verbs, value.inDirectory(directory), isTree: isTree || self.isTree))
    }

    /// A target that may be a directory: then it is a file in it that is written, with the source's name.
    mutating func into(_ target: ShellValue, from sources: [ShellValue]? = nil) {
        guard !target.isEmpty else { return }
        path([.write], target)
        for source in sources ?? operands {
            if let name = source.lastComponent {
                path([.write], ShellValue(pieces: target.pieces + [.text(UTF8String("/\(name)"))]))
            } else {
                path([.write], target, isTree: true)
            }
        }
    }

    /// `host:path`, `user@host:path`, a URL, or a path.
    mutating func remote(_ value: ShellValue, _ verbs: [Verb]) {
        let bytes = value.prefix.bytes
        if let scheme = value.split(at: UInt8(ascii: ":")), scheme.after.prefix.hasPrefix("//") {
            if scheme.before.asciiLowercased == "file" {
                path(verbs, scheme.after.dropping(2))
            } else {
                add(.url(value))
            }
            return
        }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
        if let colon, slash.map({ colon < $0 }) ?? true {
            let host = ShellValue(bytes: bytes[..<colon])
            if Self.isThisMachine(host) {
                let place = value.dropping(colon + 1)
                path(verbs, place.isEmpty ? ShellValue("~/") : place.prefix.hasPrefix("/") ? place : homely(place))
            }
            return add(.host(host))
        }
        // Something unknown before any slash could still bring a colon.
        if value.known == nil, slash == nil, value.pieces.contains(where: Self.mayHaveColon) {
            if case .wildcard? = value.pieces.first {} else { add(.host(.unknown)) }
        }
        path(verbs, value)
    }

    /// A relative path on the other side, which begins in the home folder.
    private func homely(_ place: ShellValue) -> ShellValue {
        place.prefix.hasPrefix("~") ? place : ShellValue(pieces: [.text("~/")] + place.pieces)
    }

    /// Whether a host, with a user's name or a scheme before it, is this machine itself: what runs there, runs here.
    static func isThisMachine(_ value: ShellValue) -> Bool {
        guard let known = value.known else { return false }
        let text = known.hasPrefix("ssh://") ? known.bytes.dropFirst(6) : known.bytes[...]
        let bytes = text[(text.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? text.startIndex)...]
        guard let host = UTF8String(validating: bytes) else { return false }
        return PlainNames.hosts(host).contains { name in
            let text = name.text.string
            return text == "localhost" || text.hasSuffix(".localhost") || text.hasPrefix("127.") || text == "::1"
                || text == "[::1]" || text == "0.0.0.0"
        }
    }

    private static func mayHaveColon(_ piece: ShellValue.Piece) -> Bool {
        switch piece {
        case .text: false
        case .wildcard(let pattern): !ShellValue.unsplit.contains(pattern)
        case .unknown, .component: true
        }
    }

    static func recipient(_ value: ShellValue) -> [ProgramAction] {
        guard let known = value.known else { return [.opaque(.value)] }
        let resources = PlainNames.recipient(known)
        return resources.isEmpty ? [.opaque(.value)] : resources.map { .effect(Effect(.send, $0)) }
    }

    /// A text's words between blanks: for programs that cut up what they are told to run without a shell.
    static func words(_ text: UTF8String) -> [ShellValue] {
        text.string.utf8.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a }.map { ShellValue(bytes: $0) }
    }

    /// The files that a search's pattern names, if only where it begins; a pattern that nobody can read may name any.
    mutating func named(by pattern: UTF8String?) {
        guard let names = pattern.flatMap({ SecretPattern.names(in: $0, isOutside: false) }) else {
            return path([.read], .unknown)
        }
        for name in names { path([.read], ShellValue(name).prefixed(by: "./")) }
    }
}
