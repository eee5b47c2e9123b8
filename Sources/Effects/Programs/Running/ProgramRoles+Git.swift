// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramRoles {
    /// What git's words are.
    static let git: [UTF8String: Role] = [
        "git-remote": { run, value in remote(&run, value) },
        // A repository that gets something: it is written, and its hooks run.
        "git-remote-write": { run, value in
            if let path = repository(value) {
                run.path([.read, .write], path, isTree: true)
                run.add(.codeFile(path.inDirectory(run.directory)))
            } else {
                remote(&run, value)
            }
        },
        "git-revision": { run, value in revision(&run, value) },
        "git-revision-write": { run, value in
            // What looks like a path could be a branch all the same: then no such file is written.
            let isPath = value.known.map { isLocal($0.bytes) } ?? false
            if isPath || isOutside(value.prefix.bytes) { run.path([.write], value) }
        },
        "git-setting": { run, value in
            let parts = value.split(at: UInt8(ascii: "="))
            guard let key = parts?.before ?? value.known else { return run.add(opaque: .code) }
            GitSetting.apply(&run, key, parts?.after ?? "true")
        },
        "git-setting-variable": { run, value in
            guard let key = value.split(at: UInt8(ascii: "="))?.before else { return run.add(opaque: .code) }
            GitSetting.apply(&run, key, .unknown)
        },
        "git-repository": { run, value in
            run.path([.read, .write], value, isTree: true)
            run.add(.codeFile(value.inDirectory(run.directory)))
        },
        "git-smtp-server": { run, value in
            if isOutside(value.prefix.bytes) { run.add(.shell(value)) } else { run.add(.host(value)) }
        },
        "git-server": { run, value in
            let bytes = value.prefix.bytes
            if isLocal(bytes) || bytes.contains(0x20) || value.known == nil { run.add(.shell(value)) }
        },
        "git-mail-command": { run, value in run.add(.shell(value)) },
        "web-page": { run, value in
            if schemeRange(value.prefix.bytes) != nil || value.startsUnknown { address(&run, value) }
        },
    ]

    /// A URL, `host:path`, a directory, or the name of a remote: what that is only the repository's configuration knows,
    /// which the entries call the project's code.
    static func remote(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.add(.host(.unknown)) }
        let bytes = value.prefix.bytes
        // A helper's transport: `ext::sh -c …` runs a command, others run a program for it.
        if let place = bytes.indices.first(where: { bytes[$0...].starts(with: "::".utf8) }),
            !bytes[..<place].contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "[") })
        {
            let rest = value.dropping(place + 2)
            if bytes[..<place].elementsEqual("ext".utf8) { return run.add(.shell(rest)) }
            run.add(opaque: .program)
            return remoteAddress(&run, rest)
        }
        remoteAddress(&run, value)
    }

    /// A repository on this machine: by its path, or by a URL of one.
    private static func repository(_ value: ShellValue) -> ShellValue? {
        let bytes = value.prefix.bytes
        if value.prefix.asciiLowercased.hasPrefix("file://") { return value.dropping(7) }
        guard schemeRange(bytes) == nil, bytes.firstRange(of: Array("::".utf8)) == nil else { return nil }
        let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon < slash { return nil }
        return isLocal(bytes) || slash < bytes.count ? value : nil
    }

    private static func remoteAddress(_ run: inout ProgramRun, _ value: ShellValue) {
        let bytes = value.prefix.bytes
        if schemeRange(bytes) != nil { return address(&run, value) }
        let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon < slash, colon > 0 {
            return run.add(.host(ShellValue(bytes: bytes[..<colon])))
        }
        if isLocal(bytes) || slash < bytes.count { return run.path([.read], value, isTree: true) }
        if value.known == nil { run.add(.host(.unknown)) }
    }

    /// A revision, a path, or both with a colon between. A name could be either; one outside the repository is a path.
    static func revision(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.path([.read], .unknown) }
        let bytes = value.prefix.bytes
        if isOutside(bytes) || bytes.first == UInt8(ascii: ".") { return run.path([.read], value) }
        if let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0 {
            let rest = value.dropping(colon + 1)
            if !rest.isEmpty { run.path([.read], rest) }
            return
        }
        let marks: [UInt8] = Array("^~@{}:?[".utf8)
        if bytes.contains(where: { marks.contains($0) }) || bytes.first == UInt8(ascii: "-") { return }
        if value.prefix.string.contains("..") { return }
        run.path([.read], value)
    }
}
