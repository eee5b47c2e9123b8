// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// xargs: a command that gets what stands on standard input. Names that a search found come through as patterns.
    static func xargs(_ run: inout ProgramRun) {
        let command = run.operands.isEmpty ? [ShellValue("echo")] : run.operands
        run.operands = []
        var marker = run.values("-I", "-i", "-J").last?.known
        if run.has("-i"), marker == nil { marker = "{}" }
        if run.has("-I", "-J"), marker == nil { return run.add(opaque: .arguments) }
        let items = run.has("-a") ? nil : items(run, byLine: marker != nil)
        var setting = run.setting()
        setting.input = run.has("-a") ? nil : .text(ShellValue(""))
        guard let items, items.count <= Limits.xargsItemsMax, !run.has("-L", "-e", "-E") else {
            if let marker {
                run.add(.command(command.map { replacing(marker, in: $0, by: .unknown) }, setting))
            } else {
                setting.takesMoreArguments = true
                run.add(.command(command, setting))
                printed(command, &run)
            }
            return
        }
        let isPlain = !run.has("-P", "-p")
        if let marker {
            for item in items { run.add(.command(command.map { replacing(marker, in: $0, by: item) }, setting)) }
            if isPlain { run.add(.passesOutput) }
            return
        }
        let size = run.has("-n") || run.has("-s") || run.has("-l") ? 1 : max(1, items.count)
        // In what portions a system divides them is not known; all together, or each alone, is what a command can be.
        for start in stride(from: 0, to: items.count, by: size) {
            run.add(.command(command + items[start..<min(items.count, start + size)], setting))
        }
        if items.isEmpty, !run.has("-r") { run.add(.command(command, setting)) }
        let isSingle = run.values("-n").last?.known == "1"
        // A pattern stands for any number of words, which most programs take together for something else than each.
        if isPlain, isSingle || !run.has("-n", "-s", "-l") && command.count == 1 && command[0].is("dirname") {
            run.add(.passesOutput)
        }
        if size == 1, items.count > 1, !isSingle {
            setting.takesMoreArguments = true
            run.add(.command(command, setting))
        }
        printed(command, &run)
    }

    /// `xargs printf FORMAT`: whatever words it gets, a format of numbers makes numbers of them.
    private static func printed(_ command: [ShellValue], _ run: inout ProgramRun) {
        guard command.count == 2, command[0].is("printf"), !run.has("-P", "-p"),
            let text = KnownOutput.numbers(format: command[1])
        else { return }
        run.add(.output(text))
    }

    private static func items(_ run: ProgramRun, byLine: Bool) -> [ShellValue]? {
        guard case .text(let text) = run.invocation.input, let bytes = text.known?.bytes else {
            guard case .text(let text) = run.invocation.input, isPattern(text) else { return nil }
            let lines = KnownLines.of(text)
            return byLine || run.has("-0", "-d") ? lines?.map(unquoted) : lines?.flatMap(words)
        }
        if run.has("-0") { return bytes.split(separator: 0).map { ShellValue(bytes: $0) } }
        if let delimiter = run.values("-d").last {
            guard let known = delimiter.known else { return nil }
            let escapes: [UTF8String: UInt8] = ["\\n": 0x0a, "\\t": 0x09, "\\0": 0]
            guard let byte = escapes[known] ?? (known.byteCount == 1 ? known.bytes.first : nil) else { return nil }
            return bytes.split(separator: byte).map { ShellValue(bytes: $0) }
        }
        guard !bytes.contains(where: { "'\"\\".utf8.contains($0) }) else { return nil }
        if byLine {
            return bytes.split(separator: 0x0a).map { ShellValue(bytes: $0.drop { $0 == 0x20 || $0 == 0x09 }) }
        }
        return bytes.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a }.map { ShellValue(bytes: $0) }
    }

    /// Lines that are names of files: a text with a pattern in it, and nothing unknown.
    static func isPattern(_ text: ShellValue) -> Bool {
        !text.hasUnknown && text.pieces.contains { if case .wildcard = $0 { true } else { false } }
    }

    /// The words that xargs makes of a line: cut at the blanks in its known text, where no quotes are around them.
    private static func words(_ line: ShellValue) -> [ShellValue] {
        var words: [ShellValue] = []
        var pieces: [ShellValue.Piece] = []
        var isWord = false
        var quote: UInt8?
        for piece in line.pieces {
            guard case .text(let text) = piece else {
                pieces.append(piece)
                isWord = true
                continue
            }
            var bytes: [UInt8] = []
            var isEscaped = false
            for byte in text.bytes {
                if isEscaped || quote != nil && byte != quote {
                    bytes.append(byte)
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == quote {
                    quote = nil
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                    isWord = true
                } else if byte == 0x20 || byte == 0x09 {
                    pieces.append(.text(UTF8String(String(decoding: bytes, as: UTF8.self))))
                    if isWord || !bytes.isEmpty { words.append(ShellValue(pieces: pieces)) }
                    (pieces, bytes, isWord) = ([], [], false)
                } else {
                    bytes.append(byte)
                }
            }
            if !bytes.isEmpty { isWord = true }
            pieces.append(.text(UTF8String(String(decoding: bytes, as: UTF8.self))))
        }
        if isWord { words.append(ShellValue(pieces: pieces)) }
        return words
    }

    /// Without the quotes that a filter put around a name for xargs to take off.
    private static func unquoted(_ line: ShellValue) -> ShellValue {
        guard let quote = line.prefix.bytes.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            case .text(let end)? = line.pieces.last, line.pieces.count > 1, end.bytes.last == quote
        else { return line }
        let inner = line.pieces.dropLast() + [.text(UTF8String(String(decoding: end.bytes.dropLast(), as: UTF8.self)))]
        return ShellValue(pieces: Array(inner)).dropping(1)
    }

    /// Programs that leave lines out: of names they keep names.
    static func filter(_ run: inout ProgramRun) {
        guard !run.has("-c"), run.operands.isEmpty, case .text(let text) = run.invocation.input, isPattern(text) else {
            return
        }
        run.add(.output(text))
    }

    /// tr: of names it makes names, where it changes nothing that divides them.
    static func translation(_ run: inout ProgramRun) {
        guard run.words.options.isEmpty, run.words.unknown.isEmpty, run.operands.count == 2,
            let from = run.operands[0].known, let to = run.operands[1].known,
            case .text(let text) = run.invocation.input, isPattern(text),
            let names = NameChange.translated(text, from, to)
        else { return }
        run.add(.output(names))
    }

    /// grep: a filter, or a search that tells the names of files.
    static func grep(_ run: inout ProgramRun) {
        let files = run.operands.dropFirst(run.operandRules.count > 1 ? 1 : 0)
        let isRecursive = run.isTree || run.entry.operands.contains { $0.role == .path([.read], isTree: true) }
        if run.has("-l", "--files-with-matches", "-L", "--files-without-match") {
            let roots = files.isEmpty ? [ShellValue(".")] : Array(files)
            guard roots.count == 1, isRecursive || isPattern(roots[0]) else { return }
            run.add(.output(isRecursive ? FindExpression.below(roots[0]) : roots[0]))
        } else if files.isEmpty, !isRecursive, !run.has("-c", "-o"), case .text(let text) = run.invocation.input,
            isPattern(text)
        {
            run.add(.output(text))
        }
    }

    /// ls: names.
    static func ls(_ run: inout ProgramRun) {
        // With `-a` and `-f`, `..` is among them.
        guard !run.has("-l", "-R", "-a", "--all", "-f"), run.operands.count < 2 else { return }
        let isPlain = run.operands.first.map(isPattern) ?? true
        if isPlain { run.add(.output(run.operands.first ?? ShellValue(pieces: [.wildcard("*")]))) }
    }

    /// flock: a file, then a command, or `-c` and a text after the file.
    static func flock(_ run: inout ProgramRun) {
        guard let file = run.operands.first else { return }
        let isNumber = file.known.map { !$0.isEmpty && $0.bytes.allSatisfy(\.isDigit) } ?? false
        if !isNumber { run.path([.write], file) }
        let rest = Array(run.operands.dropFirst())
        run.operands = []
        if rest.first?.is("-c") == true || rest.first?.is("--command") == true {
            if rest.count > 1 { run.add(.shell(rest[1], run.setting())) }
        } else if !rest.isEmpty {
            run.add(.command(rest, run.setting()))
        }
    }

    /// script: a command, or a shell for somebody; what is seen goes to a file.
    static func script(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        run.path([.write], operands.first ?? ShellValue("typescript"))
        if run.has("-c") { return }
        if operands.count > 1 {
            run.add(.command(Array(operands.dropFirst()), run.setting()))
        } else {
            run.add(opaque: .code)
        }
    }

    /// Debuggers run commands of their own, and a shell's.
    static func debugger(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        guard !run.has("-v") || !operands.isEmpty || !run.words.unknown.isEmpty else { return }
        run.add(opaque: .code)
        for operand in operands { run.path([.read], operand) }
    }

    /// watch: a text for a shell.
    static func watch(_ run: inout ProgramRun) {
        let words = run.operands
        run.operands = []
        guard !words.isEmpty else { return }
        if run.has("-x") { return run.add(.command(words, run.setting())) }
        run.add(.shell(ShellValue(joining: words, by: " "), run.setting()))
    }

    /// sudo and its like: assignments, then a command; or a shell.
    static func sudo(_ run: inout ProgramRun) {
        var words = run.operands
        run.operands = []
        if run.has("-e") {
            for file in words { run.path([.read, .write], file) }
            return
        }
        if run.has("-l", "-v", "-k", "-K") { return }
        var setting = run.setting()
        while let word = words.first, let (name, value) = word.split(at: UInt8(ascii: "=")) {
            run.add(VariableTable.actions(name, value, isExported: true))
            setting.variables[name] = value
            words.removeFirst()
        }
        if run.has("-s", "-i") {
            guard !words.isEmpty else { return run.add(opaque: .code) }
            return run.add(
                .shell(ShellValue(joining: words, by: " "), setting))
        }
        if !words.isEmpty { run.add(.command(words, setting)) }
    }

    /// Programs that change who somebody is, or start something that stays: what they run is entered where it can be seen.
    static func privileged(_ run: inout ProgramRun) {
        let words = run.operands
        run.operands = []
        run.add(opaque: .code)
        for (place, word) in words.enumerated() {
            guard let text = word.known?.string else { continue }
            if text == "-c" || text == "--command" {
                if place + 1 < words.count { run.add(.shell(words[place + 1])) }
            } else if text.hasPrefix("--command=") {
                run.add(.shell(ShellValue(UTF8String(String(text.dropFirst(10))))))
            }
        }
    }

    /// crontab: a file, or standard input, becomes the table of what runs when nobody looks.
    static func crontab(_ run: inout ProgramRun) {
        if run.has("-l", "-e") { return }
        for file in run.operands { run.path([.read], file) }
        run.operands = []
        run.path([.write], ShellValue("/var/spool/cron"), isTree: true)
        run.add(opaque: .arguments)
    }
}
