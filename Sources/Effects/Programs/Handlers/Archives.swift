// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    static func tar(_ run: inout ProgramRun) {
        let members = run.operands
        run.operands = []
        let isWriting = run.has("-c")
        let isChanging = run.has("-r", "-u", "-A", "--delete")
        for archive in run.values("-f") {
            run.remote(archive, isWriting ? [.write] : isChanging ? [.read, .write] : [.read])
        }
        for action in run.values("--checkpoint-action") {
            if action.prefix.hasPrefix("exec=") {
                run.add(.shell(action.dropping(5), run.setting()))
            } else if !["dot", ".", "echo", "sleep", "bell", "ttyout", "totals", "wait"].contains(where: {
                action.prefix.hasPrefix($0)
            }) {
                run.add(opaque: .code)
            }
        }
        compressors(run).forEach { run.add(.shell(ShellValue($0))) }
        if isWriting || run.has("-r", "-u", "-d") {
            for (place, member) in members.enumerated() {
                let path = member.prefix.hasPrefix("@") ? member.dropping(1) : member
                let verbs: [Verb] = run.has("--remove-files") ? [.read, .delete] : [.read]
                run.add(.path(verbs, path.inDirectory(folder(run, before: place)), isTree: true))
            }
        }
        for file in run.values("--add-file") {
            run.add(.path([.read], file.inDirectory(folder(run, before: .max)), isTree: true))
        }
        guard run.has("-x"), !run.has("-O") else { return }
        // Members that are named, by themselves.
        for (place, member) in members.enumerated() {
            run.add(.path([.write], member.inDirectory(folder(run, before: place)), isTree: true))
        }
        run.add(.path([.write], folder(run, before: .max) ?? ShellValue("."), isTree: true))
        if run.has("-P") { run.add(opaque: .pathWrite) }
    }

    /// The programs that tar has a shell start for archives that are compressed, as options or their names say.
    private static func compressors(_ run: ProgramRun) -> [UTF8String] {
        let programs: [(UTF8String, options: [UTF8String], suffixes: [UTF8String])] = [
            ("gzip", ["-z"], [".gz", ".tgz", ".taz"]), ("bzip2", ["-j"], [".bz2", ".tbz", ".tbz2", ".tz2"]),
            ("xz", ["-J"], [".xz", ".txz"]), ("zstd", ["--zstd"], [".zst", ".tzst"]),
            ("compress", ["-Z"], [".Z", ".taZ"]),
            ("lzip", ["--lzip"], [".lz"]), ("lzma", ["--lzma"], [".lzma", ".tlz"]), ("lzop", ["--lzop"], [".lzo"]),
        ]
        let isNamed = run.has("-a", "-x", "-t", "-d")
        return programs.filter { _, options, suffixes in
            options.contains { run.has($0) }
                || isNamed
                    && run.values("-f").contains { file in suffixes.contains { file.known?.hasSuffix($0) ?? false } }
        }.map(\.0)
    }

    /// The directory that `-C` has made current when an operand comes.
    private static func folder(_ run: ProgramRun, before place: Int) -> ShellValue? {
        var folder: ShellValue?
        for option in run.words.options
        where option.position <= place && run.entry.options[option.rule].names[0] == "-C" {
            folder = option.value?.inDirectory(folder)
        }
        return folder
    }

    static func cpio(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        for file in run.values("-F") { run.remote(file, run.has("-o") ? [.write] : [.read]) }
        if run.has("-o", "-p") { listedFiles(&run) }
        if run.has("-p"), let target = operands.first { run.path([.write], target, isTree: true) }
        guard run.has("-i"), !run.has("-t") else { return }
        run.path([.write], ShellValue("."), isTree: true)
        // It makes absolute names where the archive has them.
        run.add(opaque: .pathWrite)
    }

    /// Names of files on standard input.
    static func listedFiles(_ run: inout ProgramRun) {
        if case .text(let text) = run.invocation.input, isPattern(text) {
            run.path([.read], text, isTree: true)
        } else if case .text(let text) = run.invocation.input, let known = text.known {
            for line in known.string.utf8.split(separator: 0x0a) {
                run.path([.read], ShellValue(bytes: line), isTree: true)
            }
        } else {
            run.path([.read], .unknown)
        }
    }

    static func pax(_ run: inout ProgramRun) {
        var operands = run.operands
        run.operands = []
        for file in run.values("-f") { run.remote(file, run.has("-w") ? [.write] : [.read]) }
        if run.has("-w") {
            if run.has("-r"), let target = operands.popLast() { run.path([.write], target, isTree: true) }
            if operands.isEmpty { listedFiles(&run) }
            for operand in operands { run.path([.read], operand, isTree: true) }
        } else if run.has("-r") {
            run.path([.write], ShellValue("."), isTree: true)
            run.add(opaque: .pathWrite)
        }
    }

    static func zip(_ run: inout ProgramRun) {
        guard let archive = run.operands.first else { return }
        let members = run.operands.dropFirst()
        run.operands = []
        run.path([.read, .write], archive)
        if run.has("-@") { listedFiles(&run) }
        guard !run.has("-d") else { return }
        let verbs: [Verb] = run.has("-m") ? [.read, .delete] : [.read]
        for member in members { run.path(verbs, member, isTree: run.has("-r", "-R")) }
    }

    static func unzip(_ run: inout ProgramRun) {
        guard let archive = run.operands.first else { return }
        let members = run.operands.dropFirst()
        run.operands = []
        run.path([.read], archive)
        guard run.name == "unzip", !run.has("-l", "-t", "-p") else { return }
        let folder = run.values("-d").last
        for member in members { run.path([.write], member.inDirectory(folder), isTree: true) }
        run.path([.write], folder ?? ShellValue("."), isTree: true)
        if run.words.options.contains(where: { run.entry.options[$0.rule].names[0] == "-:" }) {
            run.add(opaque: .pathWrite)
        }
    }

    /// gzip and its kind replace a file by another with a suffix, or without.
    static func compress(_ run: inout ProgramRun) {
        if run.has("-c", "-l", "-t") { return }
        if run.has("-o") {
            for file in run.operands { run.path([.read], file) }
            run.operands = []
            return
        }
        let files = run.operands
        run.operands = []
        let keeps = run.has("-k") || ["zstd", "zstdmt", "unzstd", "pzstd", "brotli", "lz4", "unlz4"].contains(run.name)
        if run.name.hasSuffix("lz4"), files.count == 2 {
            run.path([.read], files[0])
            return run.path([.write], files[1])
        }
        let suffixes = ["", ".gz", ".bz2", ".xz", ".zst", ".lz4", ".br", ".lz", ".lzma", ".lzo", ".Z"]
        let own: [UTF8String: String] = [
            "gzip": ".gz", "pigz": ".gz", "bzip2": ".bz2", "pbzip2": ".bz2", "lbzip2": ".bz2", "xz": ".xz",
            "pixz": ".xz", "zstd": ".zst", "zstdmt": ".zst",
            "pzstd": ".zst", "lz4": ".lz4", "brotli": ".br", "lzip": ".lz", "plzip": ".lz", "lzma": ".lzma",
            "lzop": ".lzo", "compress": ".Z",
        ]
        for file in files where !file.is("-") {
            run.path(keeps ? [.read] : [.read, .delete], file)
            guard let known = file.known?.string else {
                run.path(
                    [.write], file.pieces.isEmpty ? .unknown : ShellValue(pieces: file.pieces + [.wildcard("***")]))
                continue
            }
            if run.isTree { run.path([.write], file, isTree: true) }
            if let suffix = suffixes.dropFirst().first(where: { known.hasSuffix($0) }) {
                run.path([.write], ShellValue(UTF8String(String(known.dropLast(suffix.count)))))
            } else {
                run.path([.write], ShellValue(UTF8String("\(known)\(own[run.name] ?? ".gz")")))
            }
        }
    }

    static func sevenzip(_ run: inout ProgramRun) {
        let verb = run.operands.first?.known?.string
        var rest = run.operands.dropFirst()
        run.operands = []
        guard let verb else { return run.invocation.arguments.isEmpty ? () : run.add(opaque: .arguments) }
        guard let archive = rest.popFirst() else { return }
        let isRAR = run.name.hasSuffix("rar")
        switch verb {
        case "a", "u", "d", "rn", "m", "f", "c", "s", "r", "k":
            run.path([.read, .write], archive)
            for member in rest {
                if member.prefix.hasPrefix("@") {
                    run.apply(.listFile, member.dropping(1))
                } else {
                    run.path([.read], member, isTree: true)
                }
            }
        case "x", "e":
            run.path([.read], archive)
            let target = isRAR ? rest.last { $0.known?.hasSuffix("/") ?? true } : run.values("-o").last
            run.path([.write], target ?? ShellValue("."), isTree: true)
        case "l", "t", "lb", "lt", "v", "vb", "p", "b", "i", "h": run.path([.read], archive)
        default: run.add(opaque: .arguments)
        }
    }

    static func ar(_ run: inout ProgramRun) {
        if run.has("-M") { return run.add(opaque: .arguments) }
        guard var archive = run.operands.first else { return }
        var members = run.operands.dropFirst()
        run.operands = []
        // With a, b and i a member's name comes first.
        if run.invocation.arguments.first?.known?.bytes.contains(where: { "abi".utf8.contains($0) }) == true,
            let next = members.first,
            archive.known?.hasSuffix(".a") == false
        {
            archive = next
            members = members.dropFirst()
        }
        run.path(run.has("-p", "-x") ? [.read] : [.read, .write], archive)
        if run.has("-x") { return run.path([.write], ShellValue("."), isTree: true) }
        if !run.has("-p") { for member in members { run.path([.read], member) } }
    }
}
