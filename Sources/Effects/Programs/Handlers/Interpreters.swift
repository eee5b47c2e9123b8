// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// Shells: a text, a file, or standard input. What follows becomes `$0`, `$1` … of a text.
    static func shell(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        run.input = nil
        if run.has("--help") { return }
        if !run.has("-c"), let text = hiddenText(run.invocation.arguments) { run.add(.shell(text, run.setting())) }
        // Patterns and variables mean something else then, as after `shopt`.
        if run.values("-O").contains(where: { !ShellOptions(named: $0.known).isEmpty }) { run.add(opaque: .code) }
        if run.has("-c") {
            var words = run.words.rest[...]
            while let word = words.first, let first = word.prefix.bytes.first, "-+".utf8.contains(first) {
                words.removeFirst()
                if word.is("--") { break }
            }
            guard let text = words.popFirst() else { return }
            var setting = run.setting()
            for (number, word) in words.enumerated() { setting.variables[UTF8String("\(number)")] = word }
            return run.add(.shell(text, setting))
        }
        let files = operands.first?.is("-") == true ? operands.dropFirst() : operands[...]
        guard let file = files.first, !run.has("-s") else {
            return run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .shell))
        }
        run.add(.shellFile(file.inDirectory(run.directory), Array(files.dropFirst())))
    }

    /// The text of `+xc TEXT` and `-oc NAME TEXT`, which are as good as `-c`: letters of a cluster with `o` in it take the
    /// next words.
    private static func hiddenText(_ arguments: [ShellValue]) -> ShellValue? {
        var index = 0
        var hasText = false
        while index < arguments.count, let word = arguments[index].known, word.byteCount > 1,
            word.hasPrefix("-") || word.hasPrefix("+"), !word.hasPrefix("--")
        {
            let letters = word.bytes.dropFirst()
            hasText = hasText || letters.contains(UInt8(ascii: "c"))
            index += 1 + letters.count { $0 == UInt8(ascii: "o") || $0 == UInt8(ascii: "O") }
        }
        if index < arguments.count, arguments[index].is("--") { index += 1 }
        return hasText && index < arguments.count ? arguments[index] : nil
    }

    /// python: code, a module, a file, or standard input. A module of the working directory comes before the library's.
    static func python(_ run: inout ProgramRun) {
        // Afterwards it asks for more.
        if run.has("-i") { run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .code(.python))) }
        for setting in run.values("-X") where setting.prefix.hasPrefix("pycache_prefix=") {
            run.path([.write], setting.dropping(15), isTree: true)
        }
        // A warning's category with a dot in it is imported.
        for filter in run.values("-W") {
            let parts = filter.known?.string.split(separator: ":", omittingEmptySubsequences: false)
            if parts.map({ $0.count > 2 && $0[2].contains(".") }) ?? true { run.add(.projectCode) }
        }
        if let module = run.values("-m").last { return pythonModule(module, &run) }
        codeOperand(&run)
    }

    /// Modules that run another, or a file.
    static func pythonmodule(_ run: inout ProgramRun) {
        guard let module = run.values("-m").last else { return }
        run.operands = []
        run.add(.command([ShellValue("python3"), ShellValue("-m"), module] + run.words.rest, run.setting()))
    }

    private static func pythonModule(_ module: ShellValue, _ run: inout ProgramRun) {
        let rest = run.words.rest
        run.operands = []
        guard let name = module.known else { return run.add(opaque: .code) }
        run.add(.projectCode)
        var inner = run.invocation
        inner.arguments = rest
        if let entry = run.table.entry(UTF8String("python -m \(name)")), run.depth < Limits.subcommandsMax {
            var module = ProgramRun(run.table, inner, UTF8String("python -m \(name)"), entry, depth: run.depth + 1)
            run.add(module.run())
        } else if run.table.entry(name) != nil {
            run.add(.command([module] + rest, run.setting()))
        } else {
            // Whatever it is, a file that it is told about is likely to be opened.
            for word in rest { ProgramRoles.plain(&run, word, [.read, .write]) }
        }
    }

    /// The first operand is a file of code and the others are its arguments; `-` is standard input.
    private static func codeOperand(_ run: inout ProgramRun) {
        let file = run.operands.first
        run.operands = []
        guard let file, !file.is("-") else { return }
        run.input = nil
        run.add(.codeFile(file.inDirectory(run.directory)))
    }

    /// perl: code, a file, or standard input; files are opened in a way that `cmd |` runs.
    static func perl(_ run: inout ProgramRun) {
        for module in run.values("-m") {
            let bytes = module.known?.bytes ?? [0]
            let isName = bytes.allSatisfy { $0.isAlphanumeric || "_:=,-".utf8.contains($0) }
            if !isName { run.add(opaque: .code) }
        }
        if run.has("-d") { run.add(opaque: .code) }
        if !run.values("-F").allSatisfy(isSeparator) { run.add(opaque: .code) }
        for suffix in run.values("-i") where !suffix.isEmpty {
            for file in run.operands { run.path([.write], backup(of: file, suffix)) }
        }
        let codes = run.values("-e")
        guard !codes.isEmpty || run.has("-v") else { return codeOperand(&run) }
        if !codes.isEmpty { run.add(.code(.perl, joined(codes))) }
        filesOfCode(&run)
    }

    /// Whether perl's `-F` is nothing but a pattern that cuts lines: variables and blocks in one are evaluated, and what
    /// begins with a delimiter stands in the program as it is.
    private static func isSeparator(_ value: ShellValue) -> Bool {
        guard let text = value.known else { return false }
        var bytes = text.bytes[...]
        if let mark = bytes.first, "/\"'".utf8.contains(mark) {
            bytes = bytes.dropFirst()
            guard bytes.popLast() == mark, !bytes.contains(mark), bytes.last != UInt8(ascii: "\\"),
                !bytes.dropLast().contains(UInt8(ascii: "$"))
            else { return false }
        }
        let pattern = String(decoding: bytes, as: UTF8.self)
        return !pattern.contains("@") && !pattern.contains("${") && !pattern.contains("(?")
    }

    /// What code on the command line gets: files, as a rule.
    private static func filesOfCode(_ run: inout ProgramRun) {
        for file in run.operands {
            if let known = file.known?.string.utf8, known.contains(where: { "|<>".utf8.contains($0) }) {
                run.add(opaque: .code)
            } else {
                run.path([.read], file)
            }
        }
        run.operands = []
    }

    static func ruby(_ run: inout ProgramRun) {
        load(run.values("-r"), &run)
        let codes = run.values("-e")
        guard !codes.isEmpty || run.has("-v") else { return codeOperand(&run) }
        if !codes.isEmpty { run.add(.code(.ruby, joined(codes))) }
        filesOfCode(&run)
    }

    static func node(_ run: inout ProgramRun) {
        load(run.values("-r"), &run, othersAreProject: true)
        load(run.values("--test-reporter"), &run)
        let codes = run.values("-e")
        for code in codes { run.add(.code(.node, code)) }
        guard codes.isEmpty, !run.has("-v", "--run", "--test") else {
            if run.has("--test") { for file in run.operands { run.add(.codeFile(file)) } }
            run.operands = []
            return
        }
        if run.has("-c") { return }
        if run.operands.first?.is("inspect") == true { run.operands.removeFirst() }
        codeOperand(&run)
    }

    /// Libraries that an option loads: files where they look like it.
    private static func load(_ names: [ShellValue], _ run: inout ProgramRun, othersAreProject: Bool = false) {
        for name in names {
            guard let known = name.known else {
                run.add(opaque: .code)
                continue
            }
            if known.hasPrefix(".") || known.hasPrefix("/") || known.hasPrefix("file:") || known.hasPrefix("~") {
                run.add(.codeFile(name.inDirectory(run.directory)))
            } else if known.hasPrefix("data:") || known.hasPrefix("http") {
                run.add(opaque: .code)
            } else if othersAreProject {
                run.add(.projectCode)
            }
        }
    }

    static func php(_ run: inout ProgramRun) {
        for setting in run.values("-d") {
            let name = setting.split(at: UInt8(ascii: "="))?.before ?? setting.known ?? "?"
            if !harmlessPHP.contains(where: { name.hasPrefix($0) }) { run.add(opaque: .code) }
        }
        let codes = run.values("-r", "-R")
        for code in codes { run.add(.code(.php, code)) }
        if run.has("-S") {
            for address in run.values("-S") { run.add(.host(address)) }
            run.add(.codeFile(run.directory ?? ShellValue(".")))
            run.input = nil
        }
        if run.has("-l") { return }
        guard codes.isEmpty, !run.has("-f", "-v", "--rf", "-S") else {
            run.operands = []
            return
        }
        codeOperand(&run)
    }

    private static let harmlessPHP: [UTF8String] = [
        "memory_limit", "display_errors", "error_reporting", "max_execution_time", "short_open_tag", "date.timezone",
        "opcache.enable",
        "phar.readonly", "zend.assertions", "xdebug.mode", "log_errors", "html_errors", "post_max_size",
        "upload_max_filesize", "default_charset",
        "variables_order", "assert.", "pcov.enabled",
    ]

    /// lua: options that run come before a script, which need not be.
    static func scripted(_ run: inout ProgramRun) {
        if run.has("-i") { run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .code(.lua))) }
        load(run.values("-l"), &run, othersAreProject: true)
        codeOperand(&run)
    }

    // MARK: Editors and pagers

    /// vi and its kind: commands on the line run before anything is shown.
    static func vim(_ run: inout ProgramRun) {
        for command in run.values("-c", "+") { exCommand(command, &run) }
        for file in run.values("-u") where !["NONE", "NORC", "DEFAULTS"].contains(file.known) {
            run.add(.codeFile(file))
        }
        for operand in run.operands where operand.known?.string.contains("://") == true { run.add(.url(operand)) }
        if run.name != "ex", run.name != "nex", run.has("-e") {
            run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .code(.other)))
        }
    }

    private static func exCommand(_ command: ShellValue, _ run: inout ProgramRun) {
        guard let known = command.known else { return run.add(opaque: .code) }
        var text = known.string[...]
        while let first = text.first, first == ":" || first == " " { text.removeFirst() }
        if text.first == "!" { return run.add(.shell(ShellValue(UTF8String(String(text.dropFirst()))))) }
        let isPlace =
            text.isEmpty || text == "$" || text.allSatisfy(\.isNumber) || (text.first == "/" && !text.contains("|"))
        let words = text.split(separator: " ")
        let isPlain = !text.contains { "|!`=\n\u{12}".contains($0) }
        let harmless: Set<Substring> = [
            "q", "q!", "qa", "qa!", "wq", "wq!", "x", "w", "wqa", "qall", "qall!", "quit", "quit!", "set", "syntax",
            "colorscheme", "noh", "nohlsearch", "filetype",
            "retab", "sort", "startinsert", "vsplit", "split", "tabnew", "only", "cq",
        ]
        let first = words.first ?? ""
        let isHarmless =
            harmless.contains(first) && words.count == 1
            || first == "set" && isPlain && words.count == 2 && !text.contains("shell") && !text.contains("prg")
        let isSet =
            first == "set" && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "=" || $0 == "-" }
            && !text.contains("sh") && !text.contains("prg") && !text.contains("expr")
        if !isPlace, !isHarmless, !isSet { run.add(opaque: .code) }
    }

    /// Pagers: what `+` brings is a command of theirs.
    static func pager(_ run: inout ProgramRun) {
        for command in run.values("+") {
            let text = command.known?.string ?? "!"
            let isPlace = text.allSatisfy { $0.isNumber || "GgF+%".contains($0) } || "/?&".contains(text.first ?? "!")
            if !isPlace || text.contains("\n") { run.add(opaque: .code) }
        }
    }

    /// man and info: names of pages, or files.
    static func manual(_ run: inout ProgramRun) {
        for operand in run.operands
        where operand.known.map({ $0.string.contains("/") }) ?? false
            || run.words.unknown.contains(where: { $0.is("-l") })
        {
            run.path([.read], operand)
        }
        run.operands = []
    }
}
