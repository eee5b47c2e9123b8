// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramRoles {
    /// Words that say where something is written, or from where it comes, in ways of their own.
    static let places: [UTF8String: Role] = [
        // A part of the name of files that are written: a suffix, a format. It leads elsewhere where it climbs.
        "name-part": { run, value in
            let text = value.prefix
            let climbs = text.hasPrefix("/") || text.hasPrefix("~") || text.string.contains("..")
            if value.known == nil || climbs { run.add(opaque: .pathWrite) }
        },
        "beside": { run, value in beside(&run, value) },
        // `from:to`, in one word.
        "mapped-read": { run, value in mapped(&run, value, [.read]) },
        "mapped-write": { run, value in mapped(&run, value, [.write]) },
        // `https:http://host:port`.
        "protocol-proxy": { run, value in
            guard let (name, rest) = value.split(at: UInt8(ascii: ":")), !rest.prefix.hasPrefix("//"),
                schemeRange(rest.prefix.bytes) != nil || ["http", "https", "all"].contains(name.asciiLowercased)
            else { return run.add(.url(value)) }
            run.add(.url(rest))
        },
        "database-address": { run, value in ProgramHandlers.connection(value, &run) },
        // What g++ asks where modules lie: a program, a host with a port, a socket, or a table of paths.
        "module-mapper": { run, value in
            if value.prefix.hasPrefix("|") {
                run.add(.shell(value.dropping(1), run.setting()))
            } else if value.known == nil || value.prefix.hasPrefix("=") || value.prefix.hasPrefix("<") {
                run.add(opaque: .arguments)
            } else if value.split(at: UInt8(ascii: ":")) != nil {
                run.add(.host(value))
            } else {
                run.add(.codeFile(value.inDirectory(run.directory)))
            }
        },
        "exiftool-setting": { run, value in
            // Filters are Perl.
            if value.known.map({ $0.asciiLowercased.string.contains("filter") }) ?? true { run.add(opaque: .code) }
        },
    ]

    /// A file that is read, and one of the same name with another ending that is written in its folder.
    static func beside(_ run: inout ProgramRun, _ value: ShellValue) {
        if schemeRange(value.prefix.bytes) != nil { return address(&run, value) }
        run.path([.read], value)
        guard !value.isEmpty, !value.is("-") else { return }
        guard let known = value.known else {
            if value.hasUnknown { return run.path([.write], .unknown) }
            return run.apply(.prefix([.write]), value)
        }
        let bytes = known.bytes
        let name = (bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)
        let ends = bytes.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > name ? $0 : nil } ?? bytes.count
        run.apply(.prefix([.write]), ShellValue(bytes: bytes[..<ends]))
    }

    private static func mapped(_ run: inout ProgramRun, _ value: ShellValue, _ verbs: [Verb]) {
        guard let colon = value.prefix.bytes.firstIndex(of: UInt8(ascii: ":")) else {
            return run.path(value.known == nil ? [.read, .write] : verbs, value, isTree: true)
        }
        run.path([.read], ShellValue(bytes: value.prefix.bytes[..<colon]), isTree: true)
        run.path([.write], value.dropping(colon + 1), isTree: true)
    }
}
