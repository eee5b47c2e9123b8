// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The value of a variable that no row knows: words that may be addresses, or places outside of the project.
///
/// Who gets it may do with such a place whatever it likes. What only an administrator writes to is nobody's trap, and only
/// read; elsewhere the name has to say that data is kept there, or else it counts as a part of the program.
enum VariableValue {
    enum Kind { case code, data, input }

    /// Judges each part of a value. What only run time knows is not judged: it is what it was before.
    static func judge(_ value: ShellValue, _ kind: Kind, _ run: inout ProgramRun) {
        for word in value.cut(at: [0x20, 0x09, 0x0a, 0x0d]) {
            let parts = word.cut(at: Array(",;|".utf8))
            let isAddress = { (part: ShellValue) in ProgramRoles.schemeRange(part.prefix.bytes) != nil }
            if parts.contains(where: isAddress) {
                // A list of hosts within one address is for the address's reader to refuse.
                for part in parts.allSatisfy(isAddress) ? parts : [word] { address(part, kind, &run) }
            } else {
                for part in parts { places(part, kind, &run) }
            }
        }
    }

    /// `scheme://host/…`, or a file by such a text.
    private static func address(_ value: ShellValue, _ kind: Kind, _ run: inout ProgramRun) {
        let bytes = value.prefix.bytes
        guard let scheme = ProgramRoles.schemeRange(bytes) else { return run.add(opaque: .host) }
        let name = String(decoding: bytes[scheme], as: UTF8.self).lowercased()
        let rest = value.dropping(scheme.upperBound + 3)
        // A list of places with an address among them.
        places(ShellValue(bytes: bytes[..<scheme.lowerBound]), kind, &run)
        for part in rest.cut(at: [UInt8(ascii: ":")]).dropFirst()
        where part.prefix.hasPrefix("/") && !part.prefix.hasPrefix("//") { place(part, kind, &run) }
        if isFile(name) {
            guard !rest.prefix.hasPrefix("/") else { return file(rest, kind, &run) }
            return place(rest, kind, &run)
        }
        if name == "unix" || name.hasSuffix("+unix") { return place(rest, .data, &run) }
        if !isWeb(name), service(rest, &run) { return }
        // `sparse+https`, `git+ssh`: what follows the sign says how.
        let isWrapped = ["+http", "+https", "+ssh"].contains { name.hasSuffix($0) }
        let plus = isWrapped ? bytes[scheme].lastIndex(of: UInt8(ascii: "+")) : nil
        run.add(.url(value.dropping(plus.map { $0 + 1 } ?? scheme.lowerBound)))
    }

    private static func isWeb(_ scheme: String) -> Bool {
        ["http", "https", "ws", "wss", "ftp", "git", "ssh"].contains { scheme == $0 || scheme.hasSuffix("+\($0)") }
    }

    /// What follows `postgres://`: a user and a password before the host are ordinary here, and no host is the machine's own
    /// socket. Clients take another host from the query.
    ///
    /// - Returns: whether that is all; a list of hosts, and what is odd, is for the address's reader.
    private static func service(_ rest: ShellValue, _ run: inout ProgramRun) -> Bool {
        guard let known = rest.known else { return false }
        let bytes = known.bytes
        let authority = bytes.prefix { !"/?#".utf8.contains($0) }
        let query = String(decoding: bytes.dropFirst(authority.count), as: UTF8.self).lowercased()
        if ["host=", "hostaddr", "%68"].contains(where: query.contains) { run.add(opaque: .host) }
        if authority.isEmpty { return true }
        let parts = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].allSatisfy({ $0.isAlphanumeric || "._-:%+!*".utf8.contains($0) }),
            parts[1].allSatisfy({ $0.isAlphanumeric || "._-:[]".utf8.contains($0) }), !parts[1].isEmpty
        else { return false }
        run.add(.host(ShellValue(bytes: parts[1])))
        return true
    }

    private static func isFile(_ scheme: String) -> Bool {
        ["file", "sqlite", "sqlite3", "duckdb", "leveldb", "git+file"].contains(scheme) || scheme.hasPrefix("sqlite+")
    }

    /// What follows `sqlite://`: readers differ in whether one slash before the name belongs to it.
    private static func file(_ value: ShellValue, _ kind: Kind, _ run: inout ProgramRun) {
        let name = value.dropping(1)
        let first = name.prefix.bytes.prefix { $0 != UInt8(ascii: "/") }
        let isRelative = !first.isEmpty && !systemRoots.contains(String(decoding: first, as: UTF8.self))
        place(isRelative ? name : value, kind == .code ? .data : kind, &run)
    }

    private static let systemRoots: Set<String> = [
        "bin", "boot", "dev", "etc", "home", "lib", "media", "mnt", "opt", "private", "proc", "root", "run", "sbin",
        "srv", "sys", "tmp", "usr", "var", "Applications", "Library", "System", "Users", "Volumes",
    ]

    /// The places in a word: all of it, what a sign separates, and what a letter of an option has attached.
    private static func places(_ value: ShellValue, _ kind: Kind, _ run: inout ProgramRun) {
        for part in value.cut(at: Array(":=@".utf8)) {
            let bytes = part.prefix.bytes
            let isAttached = bytes.first == UInt8(ascii: "-") && bytes.count > 2 && leadsOut(Array(bytes[2...]))
            place(isAttached ? part.dropping(2) : part, kind, &run)
        }
    }

    private static func place(_ value: ShellValue, _ kind: Kind, _ run: inout ProgramRun) {
        let bytes = value.prefix.bytes
        guard leadsOut(bytes), !devices.contains(where: { value.is($0) }) else { return }
        let isPlain = !bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
        if isPlain, systemTrees.contains(where: { value.prefix.hasPrefix($0) }) {
            return run.add(.path([.read], value))
        }
        switch kind {
        case .code: run.add(.codeFile(value))
        case .data: run.add(.path([.read, .write], value, isTree: true))
        case .input: run.add(.path([.read], value, isTree: true))
        }
    }

    /// Whether a path need not stay in the working directory.
    private static func leadsOut(_ bytes: [UInt8]) -> Bool {
        ProgramRoles.isOutside(bytes)
            || bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    }

    /// What only an administrator writes to, or a session's own sockets.
    private static let systemTrees: [UTF8String] = ShellVariables.systemTrees + ["/etc/", "/lib/", "/lib64/", "/run/"]
    private static let devices: [UTF8String] = ["/dev/null", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/tty"]

    /// Whether a folder is one in which a tool keeps what it installed for a user, by the name it has there.
    static func isOwnTools(_ value: ShellValue) -> Bool {
        guard let known = value.known?.string else { return false }
        let parts = known.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let depth =
            switch parts.dropFirst().first {
            case "root" where parts.count > 2 && parts[0].isEmpty: 2
            case "home" where parts.count > 3 && parts[0].isEmpty, "Users" where parts.count > 3 && parts[0].isEmpty: 3
            default: parts.first == "~" ? 1 : 0
            }
        guard depth > 0, !parts.contains("..") else { return false }
        let rest = parts.dropFirst(depth).joined(separator: "/")
        return toolFolders.contains { rest == $0 || rest.hasPrefix($0 + "/") }
    }

    private static let toolFolders = [
        "go", ".go", ".nvm", ".pyenv", ".rbenv", ".nodenv", ".jenv", ".goenv", ".asdf", ".sdkman", ".volta", ".fnm",
        ".local/share/fnm", ".local/share/pnpm", "Library/pnpm", ".bun", ".deno", ".cargo", ".rustup", ".gradle", ".m2",
        ".dotnet", ".composer", "Android/Sdk", "Library/Android/sdk", "miniconda3", "anaconda3", ".poetry", ".swiftly",
    ]
}
