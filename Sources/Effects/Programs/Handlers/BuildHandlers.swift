// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// A compiler writes beside its sources where it is not told otherwise.
    static func compiler(_ run: inout ProgramRun) {
        let isDry = run.has("-E") || run.invocation.arguments.contains { $0.is("-E") || $0.is("-fsyntax-only") }
        if !isDry, !run.operands.isEmpty, !run.has("-o") { run.path([.write], ".", isTree: true) }
        for word in run.words.unknown { passedOn(word, &run) }
    }

    /// `-Wl,-o,x`, `-Wa,-a=x`, `-Wp,-MD,x`: words for the linker, the assembler, the preprocessor; and programs that a
    /// compiler is told to use.
    private static func passedOn(_ word: ShellValue, _ run: inout ProgramRun) {
        let text = word.prefix.string
        for (mark, program) in [("-Wl,", "ld"), ("-Wa,", "as"), ("-Wp,", "cpp")] where text.hasPrefix(mark) {
            guard let known = word.known else { return run.add(opaque: .arguments) }
            let words = known.string.split(separator: ",").dropFirst().map { ShellValue(UTF8String(String($0))) }
            let inner = Invocation(program: UTF8String(program), arguments: words)
            guard program == "ld", run.depth < Limits.subcommandsMax, let entry = run.table.entry(UTF8String(program))
            else {
                for word in words { ProgramRoles.plain(&run, word, [.read, .write]) }
                return
            }
            var passed = ProgramRun(run.table, inner, UTF8String(program), entry, depth: run.depth + 1)
            return run.add(passed.run())
        }
        guard let (name, value) = word.split(at: UInt8(ascii: "=")) else { return }
        switch name.string {
        case "-fuse-ld", "--ld-path", "-fplugin", "-fpass-plugin":
            if ProgramRoles.isLocal(value.prefix.bytes) { run.add(.codeFile(value.inDirectory(run.directory))) }
        default: break
        }
    }

    /// Targets, and variables: what is in those a makefile hands to a shell.
    static func make(_ run: inout ProgramRun) {
        run.projectCode()
        if run.values("-f").contains(where: { $0.is("-") }) { run.add(opaque: .code) }
        for operand in run.operands {
            guard let (name, value) = operand.split(at: UInt8(ascii: "=")) else {
                ProgramRoles.plain(&run, operand, [.read, .write])
                continue
            }
            let isShell = ["SHELL", ".SHELLFLAGS", "MAKEFLAGS", "MAKEFILES", "MAKE"].contains(name.string)
            let hasCode = value.prefix.bytes.contains { ";|&$`<>\n".utf8.contains($0) }
            if isShell || hasCode || name.string.contains("!") {
                run.add(opaque: .code)
            } else if makePrograms.contains(name), value.known == nil || value.prefix.bytes.contains(0x20) {
                run.add(.shell(value, run.setting()))
            } else if makePrograms.contains(name) {
                if ProgramRoles.isLocal(value.prefix.bytes) { run.add(.codeFile(value.inDirectory(run.directory))) }
            } else {
                ProgramRoles.plain(&run, value, [.read, .write])
            }
        }
        run.operands = []
    }

    /// Variables that make's own rules, and most makefiles, begin a command with (GNU make, 10.3).
    private static let makePrograms: Set<UTF8String> = [
        "AR", "AS", "AWK", "CC", "CO", "CPP", "CTANGLE", "CWEAVE", "CXX", "FC", "GET", "GO", "GREP", "INSTALL", "LD",
        "LEX", "LINT", "M2C", "MAKEINFO", "NM", "NODE", "NPM", "NVCC", "OBJC", "OBJCOPY", "OBJDUMP", "PC", "PERL",
        "PYTHON", "RANLIB", "RM", "RUSTC", "SED", "STRIP", "TANGLE", "TEX", "TEXI2DVI", "WEAVE", "YACC",
    ]

    /// cmake: generating, building, installing, a script, or its own small commands (`-E`).
    static func cmake(_ run: inout ProgramRun) {
        let words = run.invocation.arguments
        run.operands = []
        guard words.first?.is("-E") == true else {
            run.projectCode()
            for (index, word) in words.enumerated() {
                cmakeWord(word, after: index > 0 ? words[index - 1].known?.string : nil, &run)
            }
            return
        }
        var rest = words.dropFirst()
        guard let verb = rest.popFirst() else { return }
        let programs: [String: [ShellValue]] = [
            "cat": ["cat"], "copy": ["cp"], "copy_if_different": ["cp"], "copy_directory": ["cp", "-r"],
            "copy_directory_if_different": ["cp", "-r"], "rename": ["mv"], "remove": ["rm"], "rm": ["rm"],
            "remove_directory": ["rm", "-r"], "make_directory": ["mkdir", "-p"], "touch": ["touch"],
            "touch_nocreate": ["touch"], "create_symlink": ["ln", "-s"], "create_hardlink": ["ln"], "tar": ["tar"],
            "env": ["env"], "time": ["time"], "md5sum": ["md5sum"], "sha1sum": ["sha1sum"], "sha224sum": ["sha224sum"],
            "sha256sum": ["sha256sum"], "sha384sum": ["sha384sum"], "sha512sum": ["sha512sum"],
            "compare_files": ["cmp"],
        ]
        let inert = ["echo", "echo_append", "environment", "true", "false", "sleep", "capabilities", "--help"]
        switch verb.known?.string {
        case "chdir"?:
            if let directory = rest.popFirst() { run.directory = directory.inDirectory(run.directory) }
            run.add(.command(Array(rest), run.setting()))
        case let name? where inert.contains(name): break
        case let name?:
            if let program = programs[name] {
                run.add(.command(program + rest, run.setting()))
            } else {
                run.add(opaque: .arguments)
            }
        case nil: run.add(opaque: .arguments)
        }
    }

    /// Sources, builds and what is set to a program or to more of cmake's text are what it runs; other paths are not.
    private static func cmakeWord(_ word: ShellValue, after before: String?, _ run: inout ProgramRun) {
        switch before {
        case "-P", "-C", "--toolchain": return run.add(.codeFile(word))
        case "-G", "-A", "-T", "--target", "-t", "--config", "-j", "--parallel", "-L", "--component": return
        case "-B", "--install-prefix", "--prefix", "--log-file": return ProgramRoles.plain(&run, word, [.read, .write])
        default: break
        }
        let text = word.prefix.string
        if text.hasPrefix("-B") || text.hasPrefix("-DCMAKE_INSTALL_") || text.hasPrefix("-DCMAKE_PREFIX_PATH") {
            return ProgramRoles.plain(&run, word, [.read, .write])
        }
        let value = text.hasPrefix("-D") ? word.split(at: UInt8(ascii: "="))?.after : nil
        ProgramRoles.projectPart(&run, value ?? word)
    }
}
