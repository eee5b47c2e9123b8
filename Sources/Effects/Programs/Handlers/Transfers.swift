// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    static func curl(_ run: inout ProgramRun) {
        let folder = run.values("--output-dir").last
        if let folder { for file in run.values("-o") { run.path([.write], file.inDirectory(folder)) } }
        let urls = run.values("--url") + run.operands
        globs(urls, &run)
        if run.has("-O", "--remote-name-all") {
            for url in urls { saved(url, in: folder, &run, hasOtherName: run.has("-J")) }
        }
        for part in run.values("-F") {
            guard let (_, value) = part.split(at: UInt8(ascii: "=")) else {
                if part.known == nil { run.path([.read], .unknown) }
                continue
            }
            if value.startsUnknown { run.path([.read], .unknown) }
            formFiles(value, &run)
        }
        for part in run.values("--data-urlencode", "--variable") {
            if part.split(at: UInt8(ascii: "="))?.before.bytes.contains(UInt8(ascii: "@")) == false { continue }
            if let (_, file) = part.split(at: UInt8(ascii: "@")) {
                run.path([.read], file)
            } else if part.known == nil {
                run.path([.read], .unknown)
            }
        }
        for cookie in run.values("-b") where cookie.split(at: UInt8(ascii: "=")) == nil { run.path([.read], cookie) }
        for format in run.values("-w") {
            if format.prefix.hasPrefix("@") { run.path([.read], format.dropping(1)) }
            if format.known.map({ $0.string.contains("%output{") }) ?? true { run.add(opaque: .pathWrite) }
        }
        for rule in run.values("--resolve") {
            let parts = rule.known?.string.split(separator: ":", maxSplits: 2) ?? []
            run.add(
                parts.count == 3
                    ? parts[2].split(separator: ",").map { .host(ShellValue(UTF8String(String($0)))) }
                    : [.opaque(.host)])
        }
        for rule in run.values("--connect-to") {
            let parts = rule.known?.string.split(separator: ":", omittingEmptySubsequences: false) ?? []
            run.add(
                parts.count == 4
                    ? parts[2].isEmpty ? [] : [.host(ShellValue(UTF8String(String(parts[2]))))] : [.opaque(.host)])
        }
        for recipient in run.values("--mail-rcpt") { run.add(ProgramRun.recipient(recipient)) }
        run.operands = localFiles(run.operands, &run)
    }

    /// `-o 'f_#1'` takes a part of the URL, `-T '{a,b}'` several files, and `--proto-default file` makes paths of names.
    private static func globs(_ urls: [ShellValue], _ run: inout ProgramRun) {
        if run.values("--proto-default").contains(where: { $0.known.map { $0.asciiLowercased == "file" } ?? true }) {
            run.add(opaque: .pathRead)
        }
        if run.has("-g") { return }
        for file in run.values("-T")
        where file.prefix.bytes.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }) {
            run.path([.read], .unknown)
        }
        let names = run.values("-o").filter { name in
            let bytes = name.prefix.bytes
            return bytes.indices.contains {
                bytes[$0] == UInt8(ascii: "#") && $0 + 1 < bytes.count && bytes[$0 + 1].isDigit
            }
                || name.known == nil && bytes.contains(UInt8(ascii: "#"))
        }
        if !names.isEmpty, !urls.allSatisfy(hasPlainParts) { run.add(opaque: .pathWrite) }
    }

    /// Whether what braces in a URL list are names, none of which could lead out of a folder.
    private static func hasPlainParts(_ url: ShellValue) -> Bool {
        guard let known = url.known?.string else { return false }
        return known.split(separator: "{", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
            guard let end = part.firstIndex(of: "}") else { return false }
            return part[..<end].split(separator: ",", omittingEmptySubsequences: false).allSatisfy { name in
                !name.contains("/") && !name.contains("\\") && name.contains { $0 != "." }
            }
        }
    }

    /// `@path;type=x`, `@a,b`, `@"a,b"`, `text;headers=@path`: a comma begins a file, wherever parameters stand between.
    private static func formFiles(_ value: ShellValue, _ run: inout ProgramRun) {
        let isFile = value.prefix.hasPrefix("@") || value.prefix.hasPrefix("<")
        guard let known = value.known else {
            if isFile { run.path([.read], value.dropping(1)) }
            if value.prefix.string.contains(";") { run.path([.read], .unknown) }
            return
        }
        var (part, names, isQuoted, isEscaped, isName) = ([UInt8](), isFile, false, false, isFile)
        func end(_ run: inout ProgramRun) {
            let text = String(decoding: part, as: UTF8.self)
            for mark in ["headers=@", "headers=<"] where !isName && text.lowercased().contains(mark) {
                let path = text.drop { $0 != "@" && $0 != "<" }.dropFirst()
                run.path([.read], ShellValue(UTF8String(String(path))))
            }
            if isName, !part.isEmpty { run.path([.read], ShellValue(bytes: part)) }
        }
        for byte in known.bytes.dropFirst(isFile ? 1 : 0) {
            if isEscaped {
                part.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\"), isQuoted {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: ";") || byte == UInt8(ascii: ","),
                names || byte != UInt8(ascii: ",")
            {
                end(&run)
                part = []
                isName = names && byte == UInt8(ascii: ",")
            } else {
                part.append(byte)
            }
        }
        names = false
        end(&run)
    }

    /// Addresses that are files of this machine are read; the others are given back.
    private static func localFiles(_ urls: [ShellValue], _ run: inout ProgramRun) -> [ShellValue] {
        var remote: [ShellValue] = []
        for url in urls {
            guard url.prefix.asciiLowercased.hasPrefix("file:") else {
                remote.append(url)
                continue
            }
            let bytes = url.prefix.bytes.dropFirst(5)
            let slashes = bytes.prefix { $0 == UInt8(ascii: "/") }.count
            let path = url.dropping(5 + max(0, min(slashes, 3) - 1))
            run.path([.read], slashes == 2 ? .unknown : path)
            // Escapes are decoded, and curl makes several addresses of one with braces and brackets.
            if url.prefix.bytes.contains(where: { "%{[".utf8.contains($0) }) { run.add(opaque: .pathRead) }
        }
        return remote
    }

    /// The file that a page is saved in under its own name.
    private static func saved(_ url: ShellValue, in folder: ShellValue?, _ run: inout ProgramRun, hasOtherName: Bool) {
        let directory = folder ?? ShellValue(".")
        let path = url.known?.string.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let name = path.flatMap { $0.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last }
        if !hasOtherName, let name, !name.isEmpty, let path, path.contains(UInt8(ascii: "/")) {
            run.path([.write], ShellValue(bytes: name).inDirectory(folder))
        } else {
            run.path([.write], directory, isTree: true)
        }
    }

    static func wget(_ run: inout ProgramRun) {
        let urls = run.operands
        run.operands = localFiles(urls, &run)
        guard !run.has("-O"),
            !run.words.options.contains(where: { run.entry.options[$0.rule].names.contains("--spider") })
        else { return }
        let folder = run.values("-P").last
        if run.has("-r") || run.has("-i") { return run.path([.write], folder ?? ShellValue("."), isTree: true) }
        for url in urls {
            let isNamed =
                url.known.map {
                    !$0.string.contains("?") && !$0.hasSuffix("/") && $0.string.replacingScheme.contains("/")
                } ?? false
            if isNamed {
                saved(url, in: folder, &run, hasOtherName: false)
            } else {
                run.path([.write], folder ?? ShellValue("."), isTree: true)
            }
        }
    }

    // MARK: ssh and what goes through it

    static func ssh(_ run: inout ProgramRun) {
        sshOptions(run.values("-o"), &run)
        // Others come in by it.
        if run.has("-R", "-w") { run.add(opaque: .host) }
        // Whatever asks this machine is connected to wherever it likes, by the other one.
        if run.has("-D") { run.add(opaque: .host) }
        for forward in run.values("-L") { tunnel(forward, &run) }
        guard let host = run.operands.first else { return }
        let words = run.operands.dropFirst()
        run.operands = []
        run.add(.host(host.prefix.hasPrefix("ssh://") ? host.dropping(6) : host))
        guard !words.isEmpty else { return }
        let text = ShellValue(joining: words, by: " ")
        run.add(.shell(text, .init(isElsewhere: !ProgramRun.isThisMachine(host))))
    }

    /// `[address:]port:host:port`: what asks this machine is connected to a host, by the other one.
    private static func tunnel(_ forward: ShellValue, _ run: inout ProgramRun) {
        guard let text = forward.known else { return run.add(opaque: .host) }
        let parts = text.string.split(separator: ":", omittingEmptySubsequences: false)
        let isPlain = (3...4).contains(parts.count) && !text.string.contains("/") && !text.string.contains("[")
        guard isPlain, let port = parts.last, !port.isEmpty else { return run.add(opaque: .host) }
        run.add(.host(ShellValue(UTF8String(String(parts[parts.count - 2])))))
    }

    static func sshOptions(_ settings: [ShellValue], _ run: inout ProgramRun) {
        for setting in settings {
            guard let (key, value) = setting.split(at: UInt8(ascii: "=")) ?? setting.split(at: 0x20) else {
                run.add(opaque: .arguments)
                continue
            }
            switch key.asciiLowercased.string.filter({ $0 != " " }) {
            case "proxycommand", "localcommand", "knownhostscommand", "xauthlocation":
                if !value.is("none") { run.add(.shell(value)) }
            case "remotecommand": run.add(.shell(value, .init(isElsewhere: true)))
            case "proxyjump", "hostname": run.add(.host(value))
            case "identityfile", "certificatefile", "identityagent", "revokedhostkeys": run.path([.read], value)
            case "userknownhostsfile", "globalknownhostsfile", "controlpath", "addkeystoagent":
                if !value.is("/dev/null"), !value.is("none") { run.path([.write], value) }
            case "pkcs11provider", "securitykeyprovider": run.add(.codeFile(value))
            case "include", "match", "canonicaldomains", "setenv", "sendenv", "dynamicforward", "localforward",
                "remoteforward", "tunnel":
                run.add(opaque: .arguments)
            default: break
            }
        }
    }

    static func scp(_ run: inout ProgramRun) {
        sshOptions(run.values("-o"), &run)
        guard run.operands.count > 1, let target = run.operands.last else { return }
        let sources = Array(run.operands.dropLast())
        run.operands = []
        for source in sources { run.remote(source, [.read]) }
        let names = sources.map { source in source.split(at: UInt8(ascii: ":")).map(\.after) ?? source }
        if isRemote(target) { run.remote(target, [.write]) } else { run.into(target, from: names) }
    }

    private static func isRemote(_ value: ShellValue) -> Bool {
        let bytes = value.prefix.bytes
        let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
        guard let colon else { return value.known == nil && slash == nil && !isPattern(value) }
        return slash.map { colon < $0 } ?? true
    }

    static func sftp(_ run: inout ProgramRun) {
        sshOptions(run.values("-o"), &run)
        guard let source = run.operands.first else { return }
        let target = run.operands.dropFirst().first
        run.operands = []
        let text = source.prefix.hasPrefix("sftp://") ? source.dropping(7) : source
        run.add(.host(text.split(at: UInt8(ascii: ":")).map { ShellValue($0.before) } ?? text))
        if source.prefix.bytes.contains(UInt8(ascii: ":")), run.values("-b").isEmpty {
            run.path([.write], target ?? ShellValue("."), isTree: true)
        } else if run.values("-b").isEmpty {
            // Its commands come from standard input, and `!` is one of them.
            run.add(opaque: .code)
        }
    }

    static func rsync(_ run: inout ProgramRun) {
        var sources = run.operands
        run.operands = []
        run.isTree = true
        // `merge FILE`, `. FILE`: rules from a file, of which an error shows a line.
        for filter in run.values("-f") {
            guard let known = filter.known?.bytes else {
                run.path([.read], .unknown)
                continue
            }
            let words = known.split(maxSplits: 1, whereSeparator: { $0 == 0x20 || $0 == UInt8(ascii: "_") })
            let name = words.first.map { $0.prefix { $0 != UInt8(ascii: ",") } } ?? []
            guard words.count == 2, [".", ":", "merge", "dir-merge"].contains(String(decoding: name, as: UTF8.self))
            else { continue }
            run.path([.read], ShellValue(bytes: words[1]))
        }
        let target = sources.count > 1 ? sources.removeLast() : nil
        for source in sources {
            run.remote(source, run.has("--remove-source-files") && !isRemote(source) ? [.read, .delete] : [.read])
        }
        guard let target else { return }
        run.remote(target, run.has("--delete") && !isRemote(target) ? [.write, .delete] : [.write])
    }

    static func sshkeygen(_ run: inout ProgramRun) {
        let files = run.values("-f")
        if run.has("-F", "-R", "-H") {
            let known = files.isEmpty ? [ShellValue("~/.ssh/known_hosts")] : files
            for file in known { run.path(run.has("-F") && !run.has("-H") ? [.read] : [.read, .write], file) }
            run.operands = []
            return
        }
        if run.has("-l") {
            for file in files { run.path([.read], file) }
        } else if files.isEmpty {
            run.path([.write], ShellValue("~/.ssh"), isTree: true)
        }
        if !run.has("-l") {
            for file in files {
                run.path([.read, .write], file)
                run.path([.write], ShellValue(pieces: file.pieces + [.text(".pub")]))
            }
        }
    }

    static func sshtools(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        switch run.name {
        case "ssh-add":
            if run.words.unknown.contains(where: { $0.is("-l") || $0.is("-L") || $0.is("-D") }) { return }
            if operands.isEmpty { run.path([.read], ShellValue("~/.ssh"), isTree: true) }
            for file in operands { run.path([.read], file) }
            if run.words.unknown.contains(where: { $0.prefix.hasPrefix("-s") }) {
                for file in operands { run.add(.codeFile(file)) }
            }
        default:
            if run.name == "ssh-copy-id" { run.path([.read], ShellValue("~/.ssh"), isTree: true) }
            for host in operands { run.add(.host(host)) }
        }
    }
}

extension String {
    /// Without `scheme://`.
    fileprivate var replacingScheme: Substring {
        guard let range = firstRange(of: "://") else { return self[...] }
        return self[range.upperBound...]
    }
}
