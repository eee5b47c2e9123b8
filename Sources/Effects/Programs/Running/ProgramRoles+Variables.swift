// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramRoles {
    /// What the values of variables are.
    static let variables: [UTF8String: Role] = [
        // No row knows the name: a part of the program from where it leads to; where data is kept; what is read.
        "setting": { run, value in VariableValue.judge(value, .code, &run) },
        "data": { run, value in VariableValue.judge(value, .data, &run) },
        "input": { run, value in VariableValue.judge(value, .input, &run) },
        // A text for a shell; the name of a program that only shows text is nothing.
        "viewer": { run, value in if !isUsual(value) { run.add(.shell(value)) } },
        // Likewise, but a word may be the name of something else.
        "command-name": { run, value in commandName(&run, value) },
        "code-files": { run, value in
            if value.known == nil { return run.add(.codeFile(value)) }
            for part in value.cut(at: [UInt8(ascii: ":"), 0x20]) { run.add(.codeFile(part)) }
        },
        "code-path": { run, value in
            for part in value.cut(at: [UInt8(ascii: ":")]) { run.add(.codeFile(part)) }
        },
        // The folder of a tool with what it installed.
        "tool-folder": { run, value in
            for part in value.cut(at: [UInt8(ascii: ":")]) where !VariableValue.isOwnTools(part) {
                VariableValue.judge(part, .code, &run)
            }
        },
        "search-path": { run, value in
            for part in value.cut(at: [UInt8(ascii: ":")]) where !isSystem(part) {
                run.add(part.startsUnknown ? .opaque(.program) : .codeFile(part))
            }
        },
        "addresses": { run, value in addresses(&run, value) },
        // A host, several, or a socket's place.
        "server": { run, value in
            if value.prefix.hasPrefix("/") { return VariableValue.judge(value, .data, &run) }
            for host in value.cut(at: [UInt8(ascii: ",")]) { run.apply(.host, host) }
        },
        "display": { run, value in
            if value.startsUnknown || value.prefix.hasPrefix(":") || value.prefix.hasPrefix("unix:") { return }
            run.add(.host(value.split(at: UInt8(ascii: ":")).map { ShellValue($0.before) } ?? value))
        },
        "trace": { run, value in
            let path = value.prefix.hasPrefix("af_unix:") ? value.dropping(8) : value
            if path.startsUnknown || path.prefix.hasPrefix("/") { run.path([.write], path) }
        },
        "report": { run, value in
            let bytes = value.prefix.bytes
            let place = bytes.indices.first { bytes[$0...].starts(with: "file=".utf8) }
            run.path([.write], place.map { value.dropping($0 + 5) } ?? ".")
        },
        // Text that is expanded although no program is meant.
        "prompt": { run, value in
            if value.known.map(ShellWalk.mayRun) ?? true { run.add(opaque: .code) }
        },
        // TeX's own: whether commands run, and which files are written.
        "tex-setting": { run, value in
            if !["f", "n", "p", "0"].contains(value.known) { run.add(opaque: .code) }
        },
        "breakpoint": { run, value in if !value.is("0"), !value.is("1") { run.projectCode() } },
        "node-options": { run, value in harmless(&run, value, node, .code) },
        "java-options": { run, value in javaOptions(&run, value) },
        "rust-options": { run, value in
            guard let known = value.known?.string else { return run.add(opaque: .arguments) }
            if known.contains("linker") || known.contains("@") { return run.add(opaque: .code) }
            run.options(value.cut(at: [0x20, 0x1f]), of: "rustc")
        },
        "go-options": { run, value in
            guard let known = value.known?.string else { return run.add(opaque: .arguments) }
            if known.contains("exec") || known.contains("vettool") { return run.add(opaque: .code) }
            run.options(value, of: "go build")
        },
        "make-options": { run, value in harmless(&run, value, ["-j", "-s", "-k"], .arguments) },
        "perl-options": { run, value in harmless(&run, value, ["-w", "-W"], .code) },
        "grep-options": { run, value in harmless(&run, value, ["--color"], .arguments) },
        "gzip-options": { run, value in
            harmless(&run, value, ["-", "-n", "-q", "-v", "--best", "--fast", "--rsyncable"], .arguments)
        },
        "less-options": { run, value in
            let isPlain = value.known?.string.split(separator: " ").allSatisfy {
                $0.first == "-" && $0.dropFirst().allSatisfy { "FRXSiIMNeqQwWaAcCdEfGgKLmnrsuUV".contains($0) }
            }
            if isPlain != true { run.add(opaque: .arguments) }
        },
        "compiler-options": { run, value in compilerOptions(&run, value) },
        "free-options": { run, value in freeOptions(&run, value) },
    ]

    /// Programs that only show text, or do nothing, and words for no program at all.
    private static func isUsual(_ value: ShellValue) -> Bool {
        guard let name = value.lastComponent else { return false }
        return ["cat", "true", "echo", ":", "none", "false"].contains(name.string)
            && (value.known == name || isSystem(value))
    }

    /// Whether only an administrator writes there.
    static func isSystem(_ value: ShellValue) -> Bool {
        guard let known = value.known, !known.string.split(separator: "/").contains("..") else { return false }
        return ["/bin", "/sbin", "/usr", "/opt", "/snap", "/nix/store"].contains {
            known == $0 || known.hasPrefix(UTF8String("\($0)/"))
        }
    }

    private static func commandName(_ run: inout ProgramRun, _ value: ShellValue) {
        if isUsual(value) { return }
        let isWord = value.known?.bytes.allSatisfy { $0.isAlphanumeric || "._+-".utf8.contains($0) } ?? false
        if isWord, let name = value.known,
            run.table.actions(of: Invocation(program: name, arguments: [])) == nil || name.bytes.allSatisfy(\.isDigit)
        {
            return
        }
        run.add(.shell(value))
    }

    /// What is said to be a URL, or several.
    private static func addresses(_ run: inout ProgramRun, _ value: ShellValue) {
        guard value.known != nil else { return run.add(.url(value)) }
        for place in value.cut(at: Array(",| ".utf8)) {
            if ["direct", "off", "none", "*", "true", "false", "null", "0", "1"].contains(place.known) { continue }
            if place.prefix.hasPrefix("unix://") {
                run.add(.path([.read, .write], place.dropping(7)))
            } else {
                run.add(.url(place))
            }
        }
    }

    // MARK: Options

    /// Options that do no harm, with a number attached or behind them, or a word behind `=`; any other may load or run.
    private static func harmless(
        _ run: inout ProgramRun, _ value: ShellValue, _ names: Set<String>, _ position: OpaquePosition
    ) {
        guard let words = value.known?.string.split(separator: " ") else { return run.add(opaque: .arguments) }
        let isHarmless = words.allSatisfy { word in
            let parts = word.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1)
            let isLong = word.hasPrefix("--")
            let name = isLong ? Array(parts.first ?? word.utf8[...]) : word.utf8.filter { !$0.isDigit }
            return (name.isEmpty || names.contains(String(decoding: name, as: UTF8.self)))
                && parts.dropFirst().joined().allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
        }
        if !isHarmless { run.add(opaque: position) }
    }

    private static let node: Set<String> = [
        "--max-old-space-size", "--max_old_space_size", "--openssl-legacy-provider", "--no-warnings",
        "--trace-warnings", "--experimental-vm-modules",
        "--enable-source-maps", "--no-deprecation", "--trace-deprecation", "--unhandled-rejections",
        "--dns-result-order", "--stack-trace-limit",
        "--experimental-specifier-resolution", "--experimental-json-modules", "--preserve-symlinks",
        "--inspect", "--inspect-brk",
    ]

    private static func javaOptions(_ run: inout ProgramRun, _ value: ShellValue) {
        guard let text = value.known?.string else { return run.add(opaque: .arguments) }
        let prefixes = ["-Xmx", "-Xms", "-Xss", "-XX:", "-D", "--enable-preview", "-ea", "-server"]
        let isPlain = text.split(separator: " ").allSatisfy { prefixes.contains(where: $0.hasPrefix) }
        guard isPlain, !["OnError", "OnOutOfMemory", "Flags=", "OptionsFile"].contains(where: text.contains) else {
            return run.add(opaque: .code)
        }
        run.options(value.cut(at: [0x20]), of: "java")
    }

    /// A compiler's, of which a part may not be known: that was there before.
    private static func compilerOptions(_ run: inout ProgramRun, _ value: ShellValue) {
        var words: [ShellValue] = []
        for word in value.cut(at: [0x20, 0x09, 0x0a]) where !word.startsUnknown {
            if word.prefix.hasPrefix("-W"), word.prefix.bytes.contains(UInt8(ascii: ",")) {
                VariableValue.judge(word, .code, &run)
            } else if word.prefix.hasPrefix("@") || word.prefix.bytes.contains(where: { "`$'\"\\".utf8.contains($0) }) {
                run.add(opaque: .arguments)
            } else {
                words.append(word)
            }
        }
        run.options(words, of: "gcc")
    }

    /// Options of a program that no row names: those that are called after commands are commands.
    private static func freeOptions(_ run: inout ProgramRun, _ value: ShellValue) {
        guard let words = ProgramRun.optionWords(value) else { return run.add(opaque: .arguments) }
        for word in words {
            let bytes = word.prefix.bytes
            if bytes.first == UInt8(ascii: "-") {
                let name = bytes.prefix { $0 != UInt8(ascii: "=") }.split { !$0.isAlphanumeric }
                if name.contains(where: { commandWords.contains(String(decoding: $0, as: UTF8.self).lowercased()) }) {
                    run.add(opaque: .arguments)
                }
            }
            VariableValue.judge(word, .code, &run)
        }
    }

    private static let commandWords: Set<String> = [
        "exec", "execute", "eval", "command", "cmd", "program", "prog", "shell", "rsh", "pager", "editor", "viewer",
        "browser", "opener", "askpass", "bind", "preview", "hook", "wrapper", "launcher", "agent", "javaagent",
    ]
}
