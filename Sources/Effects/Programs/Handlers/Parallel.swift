// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// GNU parallel and moreutils': a command for a shell, and what replaces its braces.
    static func parallel(_ run: inout ProgramRun) {
        let words = run.operands
        run.operands = []
        let end = words.firstIndex { word in
            guard let text = word.known?.string else { return false }
            return [":::", "::::", ":::+", "::::+", "--"].contains(text)
        }
        let command = Array(words[..<(end ?? words.endIndex)])
        for file in words[(end ?? words.endIndex)...].dropFirst() where end.map({ words[$0].is("::::") }) == true {
            run.apply(.listFile, file)
        }
        guard !command.isEmpty, run.words.unknown.allSatisfy(isHarmlessParallelOption),
            var template = ParallelTemplate(command)
        else {
            return run.add(opaque: .code)
        }
        let isOne = command.count == 1 && template.hasWords
        if !template.hasPlace { template.append() }
        var setting = run.setting()
        // What stands in the midst of a text others than GNU's put there without quotes: then it is whoever's code that
        // made the name.
        if let items = parallelItems(run, words, end), let commands = template.commands(items),
            !isOne || run.name != "rush" && items.allSatisfy(ParallelTemplate.isOwnText)
        {
            if isOne, items.contains(where: { $0.known == nil }) { run.add(.projectCode) }
            // It quotes what it puts there, and puts it last where nothing says otherwise.
            for command in commands {
                switch command {
                case .words(let words): run.add(.command(words, setting))
                case .text(let text): run.add(.shell(text, setting))
                }
            }
            return
        }
        guard !template.isText else { return run.add(opaque: .code) }
        let replaced = command.map { replacing("{}", in: $0, by: .unknown) }
        let hasOther = isOne || replaced.contains { $0.known?.string.contains("{") == true }
        setting.takesMoreArguments = replaced == command
        run.add(.command(hasOther ? [template.program, .unknown] : replaced, setting))
    }

    /// What each command gets: the words behind `:::`, or names on standard input.
    private static func parallelItems(_ run: ProgramRun, _ words: [ShellValue], _ end: Int?) -> [ShellValue]? {
        if let end {
            let items = Array(words[(end + 1)...])
            let isPlain = words[end].is(":::") && items.count <= Limits.xargsItemsMax && !items.isEmpty
            let hasOther = items.contains { $0.hasUnknown || $0.prefix.hasPrefix(":::") }
            return isPlain && !hasOther ? items : nil
        }
        guard case .text(let text) = run.invocation.input, isPattern(text) else { return nil }
        return KnownLines.of(text)
    }

    private static func isHarmlessParallelOption(_ word: ShellValue) -> Bool {
        guard let text = word.known?.string else { return false }
        return [
            "-j", "-k", "-0", "-q", "-n", "-N", "-P", "-X", "-m", "-u", "--jobs", "--keep-order", "--bar", "--eta",
            "--null", "--progress", "--will-cite",
            "--halt", "--no-run-if-empty", "-r", "--line-buffer", "--lb", "--ungroup", "--quote", "-t", "--verbose",
            "--dry-run", "--max-args", "-I",
        ].contains { text == $0 || text.hasPrefix("\($0)=") } || text.hasPrefix("-j") || text.hasPrefix("-P")
            || text == "--tty"
            || text.hasPrefix("-X") && text.dropFirst(2).allSatisfy { "jkmqu0123456789".contains($0) }
    }
}

/// The command that parallel runs for each of its items: words joined by blanks, which a shell reads.
private struct ParallelTemplate {
    enum Command {
        case words([ShellValue])
        case text(ShellValue)
    }

    private enum Part {
        case text([UInt8])
        /// `{}`, `{.}`, `{/}`, `{//}`, `{/.}`, `{#}`, `{%}`: what stands between the braces.
        case place(String)
    }

    private var words: [[Part]] = []
    /// Whether a shell would see more in it than words.
    private(set) var isText = false

    /// `nil` where there are quotes, expansions or code in it, or braces that stand for something else.
    init?(_ command: [ShellValue]) {
        for word in command {
            guard let bytes = word.known?.bytes else { return nil }
            for word in bytes.split(separator: 0x20) {
                guard let parts = Self.parts(Array(word)) else { return nil }
                words.append(parts)
            }
        }
        guard !words.isEmpty else { return nil }
        isText = words.joined().contains { part in
            if case .text(let text) = part { text.contains { "<>|&;".utf8.contains($0) } } else { false }
        }
    }

    var hasPlace: Bool { words.joined().contains { if case .place(let name) = $0 { name != "#" } else { false } } }

    /// Whether it is more than one word.
    var hasWords: Bool { words.count > 1 }

    /// Whether nothing in a name makes a shell read it as something else, as far as that is known, and it lies here.
    static func isOwnText(_ item: ShellValue) -> Bool {
        item.known.map { $0.bytes.allSatisfy(isPlain) }
            ?? !["/", "~", ".."].contains { item.prefix.hasPrefix(UTF8String($0)) }
    }

    mutating func append() { words.append([.place("")]) }

    /// The first word, as far as nothing is put into it.
    var program: ShellValue {
        guard words[0].count == 1, case .text(let text) = words[0][0] else { return .unknown }
        return ShellValue(bytes: text)
    }

    /// The commands for items; `nil` where one cannot be told.
    func commands(_ items: [ShellValue]) -> [Command]? {
        var commands: [Command] = []
        for item in items {
            var values: [ShellValue] = []
            for word in words {
                guard let value = value(word, item) else { return nil }
                values.append(value)
            }
            guard isText else {
                commands.append(.words(values))
                continue
            }
            let text = ShellValue(joining: values, by: " ")
            guard Self.isOwnText(item) else { return nil }
            commands.append(.text(text))
        }
        return commands
    }

    private func value(_ word: [Part], _ item: ShellValue) -> ShellValue? {
        var pieces: [ShellValue.Piece] = []
        for part in word {
            switch part {
            case .text(let text): pieces += ShellValue(bytes: text).pieces
            case .place(let name):
                guard let value = Self.value(name, item) else { return nil }
                pieces += value.pieces
            }
        }
        return ShellValue(pieces: pieces)
    }

    private static func value(_ name: String, _ item: ShellValue) -> ShellValue? {
        let slash = UInt8(ascii: "/")
        switch name {
        case "", "1": return item
        case "#", "%": return .number
        case ".":
            guard let bytes = item.known?.bytes else { return item.withoutExtension }
            guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), !bytes[dot...].contains(slash) else { return item }
            return ShellValue(bytes: bytes[..<dot])
        case "/":
            guard let bytes = item.known?.bytes else { return item.lastName }
            return ShellValue(bytes: bytes[(bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0)...])
        case "//":
            guard let bytes = item.known?.bytes else { return item.folder }
            guard let end = bytes.lastIndex(of: slash) else { return ShellValue(".") }
            return ShellValue(bytes: bytes[..<max(end, 1)])
        case "/.": return value("/", item).flatMap { value(".", $0) }
        default: return nil
        }
    }

    private static func parts(_ word: [UInt8]) -> [Part]? {
        var parts: [Part] = []
        var text: [UInt8] = []
        var rest = word[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{") else {
                guard isPlain(byte) || "<>|&;".utf8.contains(byte) else { return nil }
                text.append(byte)
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
            let name = String(decoding: rest[..<end], as: UTF8.self)
            // Those of several sources are known as such, and what they become is not.
            guard name.utf8.allSatisfy({ $0.isDigit || "./#%".utf8.contains($0) }) else { return nil }
            if !text.isEmpty { parts.append(.text(text)) }
            parts.append(.place(name))
            text = []
            rest = rest[(end + 1)...]
        }
        if !text.isEmpty { parts.append(.text(text)) }
        return parts
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "._-/=+,:@%".utf8.contains(byte) }
}
