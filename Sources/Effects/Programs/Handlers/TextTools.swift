// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// sed: several scripts are one, and BSD's `-i` takes the next word, which is empty as a rule.
    static func sed(_ run: inout ProgramRun) {
        if run.has("-i"), let first = run.operands.first, first.isEmpty { run.operands.removeFirst() }
        let scripts = run.values("-e")
        let files = run.operandRules.count > 1 ? run.operands.dropFirst() : run.operands[...]
        // Before the script itself, of whose output nothing is known.
        names(&run, scripts.isEmpty ? run.operands.first : joined(scripts), hasFiles: !files.isEmpty)
        if !scripts.isEmpty { run.add(.code(.sed, joined(scripts))) }
        for suffix in run.values("-i") where !suffix.isEmpty {
            for file in files { run.path([.write], backup(of: file, suffix)) }
        }
    }

    /// What sed makes of names that a search found, and of a text that is known.
    private static func names(_ run: inout ProgramRun, _ script: ShellValue?, hasFiles: Bool) {
        let plain = ["-e", "-E", "-r", "-u"].compactMap { run.entry.spellings[$0] }
        let isPlain = run.words.options.allSatisfy { plain.contains($0.rule) }
        guard isPlain, !hasFiles, run.words.unknown.isEmpty, let script = script?.known,
            case .text(let text) = run.invocation.input, isPattern(text) || text.known != nil,
            let lines = KnownLines.of(text),
            let changed = NameChange.lines(
                of: script, isExtended: run.has("-E", "-r"), KnownLines.apart(lines))
        else { return }
        run.add(.output(KnownLines.text(changed)))
    }

    /// What `sed -i` and `perl -i` keep a file as: with the suffix, or named by it where `*` stands for the name.
    static func backup(of file: ShellValue, _ suffix: ShellValue) -> ShellValue {
        guard let text = suffix.known, let name = file.known else {
            return suffix.known?.bytes.contains(UInt8(ascii: "*")) == false
                ? ShellValue(pieces: file.pieces + suffix.pieces) : .unknown
        }
        guard text.bytes.contains(UInt8(ascii: "*")) else { return ShellValue(UTF8String("\(name)\(text)")) }
        let parts = name.string.split(separator: "/", omittingEmptySubsequences: false)
        let kept = text.string.replacing("*", with: parts.last ?? "")
        // A slash in the suffix leads to another directory than the file's.
        let folder = kept.contains("/") ? [] : parts.dropLast()
        return ShellValue(UTF8String((folder + [kept[...]]).joined(separator: "/")))
    }

    /// awk: `name=value` among the operands is an assignment, and gawk's `inplace` writes what it reads.
    static func awk(_ run: inout ProgramRun) {
        // The debugger takes commands, from a file or from standard input.
        if run.has("-D") { run.add(opaque: .code) }
        let scripts = run.values("-e")
        if !scripts.isEmpty { run.add(.code(.awk, joined(scripts))) }
        if run.values("-f").contains(where: { $0.is("-") }) {
            run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .code(.awk)))
        }
        if !run.values("-W").allSatisfy(isPlainAwkOption) { run.add(opaque: .arguments) }
        if run.values("-i").contains(where: { $0.is("inplace") || $0.known == nil }) { run.isModified = true }
        let hasProgram = run.operandRules.count > 1
        run.operands = run.operands.enumerated().filter { place, word in
            if place == 0, hasProgram { return true }
            guard let (name, _) = word.split(at: UInt8(ascii: "=")) else { return true }
            return name.isEmpty || !name.bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
        }.map(\.element)
    }

    /// awk's `-W` is the long option of that name, or an implementation's own.
    private static func isPlainAwkOption(_ value: ShellValue) -> Bool {
        guard let known = value.known else { return false }
        let name = known.string.prefix { $0 != "=" }
        return ["version", "help", "usage", "lint", "posix", "traditional", "interactive", "random", "sprintf"]
            .contains(String(name))
    }

    static func joined(_ scripts: [ShellValue]) -> ShellValue {
        ShellValue(joining: scripts, by: "\n")
    }

    /// patch changes the files that the patch names, which are below its directory (it refuses others).
    static func patch(_ run: inout ProgramRun) {
        let directory = run.directory ?? ShellValue(".")
        if run.operands.isEmpty {
            run.add(.path([.read, .write], directory, isTree: true))
            patched(&run, isRead: run.values("-i").isEmpty)
        }
        if let first = run.operands.first { run.path([.read, .write], first) }
        if run.operands.count > 1 { run.path([.read], run.operands[1]) }
        // ed scripts in a patch run in ed.
        if !run.operands.isEmpty, run.has("-e") { run.add(opaque: .code) }
        run.operands = []
    }

    /// What a patch says that it changes. One that nobody has read can bring the project's code, and what runs it.
    static func patched(_ run: inout ProgramRun, isRead: Bool) {
        guard isRead, case .text(let value) = run.invocation.input, let text = value.known,
            let changes = PatchText.changes(in: text)
        else { return run.add(.projectCode) }
        for change in changes { run.path(change.verbs, ShellValue(change.path)) }
    }

    /// yq: a verb may come first, and a lone file needs no expression.
    static func yq(_ run: inout ProgramRun) {
        if let verb = run.operands.first?.known, ["eval", "e", "eval-all", "ea"].contains(verb) {
            run.operands.removeFirst()
        }
        guard let first = run.operands.first?.known, !first.hasPrefix(".") else { return }
        let isFile = [".yml", ".yaml", ".json", ".toml", ".xml"].contains { first.hasSuffix($0) }
        let isName = first.bytes.allSatisfy { $0.isAlphanumeric || "._-/".utf8.contains($0) }
        if isFile, isName || run.operands.count == 1 {
            run.operandRules = [OperandRule(role: .path([.read]), isRepeated: true)]
        }
    }

    /// bc cannot run anything; dc's `!` can.
    static func calculator(_ run: inout ProgramRun) {
        guard run.name == "dc" else {
            for file in run.operands + run.values("-f") { run.path([.read], file) }
            run.operands = []
            return
        }
        for code in run.values("-e") { run.add(dc(code)) }
        if run.operands.isEmpty, run.values("-e", "-f").isEmpty {
            if case .text(let text) = run.invocation.input { run.add(dc(text)) } else { run.add(opaque: .code) }
        }
    }

    private static func dc(_ code: ShellValue) -> [ProgramAction] {
        guard let known = code.known else { return [.opaque(.code)] }
        return known.string.utf8.contains(UInt8(ascii: "!")) ? [.opaque(.code)] : []
    }

    /// rename: util-linux's takes two texts, Perl's takes code.
    static func rename(_ run: inout ProgramRun) {
        let scripts = run.values("-e")
        var files = run.operands[...]
        if scripts.isEmpty, let first = files.first {
            let text = first.known?.string ?? "\0"
            let isPerl = text.contains { "/(;{$".contains($0) } || first.known == nil
            files = files.dropFirst()
            if isPerl || run.name != "rename.ul" && run.operands.count < 3 {
                run.add(.code(.perl, first))
            } else {
                files = files.dropFirst()
            }
        }
        for script in scripts { run.add(.code(.perl, script)) }
        let change = renaming(run, scripts)
        for file in files {
            run.path([.read, .delete], file)
            // Where nobody sees what becomes of a name, it may be one in any folder.
            if keepsFolder(run, scripts), file.pieces.allSatisfy(isNameAlone) {
                run.path([.write], ".")
                continue
            }
            guard let change, let made = NameChange.lines(of: change, isExtended: true, KnownLines.apart([file])) else {
                run.path([.write], .unknown)
                continue
            }
            for name in made { run.path([.write], name) }
        }
        run.operands = []
    }

    /// Whether Perl's `s///`, `y///` or `tr///` can bring no slash into a name.
    private static func keepsFolder(_ run: ProgramRun, _ scripts: [ShellValue]) -> Bool {
        guard scripts.count < 2, let script = scripts.first?.known ?? run.operands.first?.known else { return false }
        let parts = script.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 4, ["s", "y", "tr"].contains(where: { parts[0].elementsEqual($0.utf8) }),
            parts[3].allSatisfy({ "gi".utf8.contains($0) }), parts[1].last != UInt8(ascii: "\\"),
            !parts[1].contains(UInt8(ascii: "@")), parts[1].firstRange(of: Array("(?".utf8)) == nil
        else { return false }
        // Of variables, the groups of the match alone.
        let new = Array(parts[2])
        return new.indices.allSatisfy { index in
            switch new[index] {
            case UInt8(ascii: "@"), UInt8(ascii: "\\"): false
            case UInt8(ascii: "$"):
                index + 1 < new.count && (new[index + 1].isDigit || new[index + 1] == UInt8(ascii: "&"))
            default: true
            }
        }
    }

    private static func isNameAlone(_ piece: ShellValue.Piece) -> Bool {
        switch piece {
        case .text(let text): !text.bytes.contains(UInt8(ascii: "/")) && !text.hasPrefix("~")
        case .wildcard(let pattern): !pattern.hasPrefix("**") && !pattern.bytes.contains(UInt8(ascii: "/"))
        case .unknown, .component: false
        }
    }

    /// What is put for what, in a script for sed: where Perl's is one that sed would take in the same way.
    private static func renaming(_ run: ProgramRun, _ scripts: [ShellValue]) -> UTF8String? {
        let words = run.operands.compactMap(\.known)
        guard scripts.count < 2, let script = scripts.first?.known ?? run.operands.first?.known else { return nil }
        let text = script.string
        if text.hasPrefix("s") || text.hasPrefix("y"), text.contains(where: { "/|,#!".contains($0) }) {
            // An `@`, `$` or `%` is a variable's beginning in Perl; `\E` and its like are refused as letters.
            return text.contains(where: { "@%&".contains($0) }) ? nil : script
        }
        // util-linux: the first text becomes the second, once.
        guard scripts.isEmpty, words.count > 1, run.words.options.isEmpty, !text.isEmpty else { return nil }
        let escaped = text.map { "./*[]$^\\-".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        let new = words[1].string.map { "/\\&".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        guard !text.contains("\n"), !text.contains(where: { "+?|(){}".contains($0) }) else { return nil }
        return UTF8String("s/\(escaped)/\(new)/")
    }
}
