// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// Rules about commands: judged by the programs that the command would run, wherever they stand in it. The text is
/// looked at besides, for patterns of a passport that are about words.
struct CommandRules {
    private let judging: RuleJudging
    private let rule: PackRule
    private let programs: [UTF8String]
    private let words: CommandText

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
        programs = judging.call.effects.filter { $0.verb == .execute }.map(\.resource.name.id)
        words = CommandText(judging.values)
    }

    private func isOpaque(_ positions: OpaquePosition...) -> Bool {
        positions.contains { judging.call.effects.contains(.opaque($0)) }
    }

    /// Whether something beside the command says what runs, and nobody knows what that means.
    private var hasUnknownWords: Bool {
        let harmless: Set<UTF8String> = ["command", "cmd", "timeout", "description", "shell", "user", "cwd", "workdir"]
        return isOpaque(.arguments)
            && (judging.call.isPicked || !harmless.isSuperset(of: judging.call.arguments.keys))
    }

    /// Every program is in the list. `git` permits git; `git status` permits a command that begins so and runs nothing
    /// else.
    func commands() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_commands"], rule), !list.contains("*") else { return nil }
        guard !programs.isEmpty, !isOpaque(.program, .code), !hasUnknownWords else {
            return "not every program that the command would run is known"
        }
        let names = Set(list.filter { !$0.string.utf8.contains { $0.isBlank } })
        let others = Set(programs.filter { !names.contains($0) })
        guard !others.isEmpty else { return nil }
        let begins = list.contains { entry in
            let parts = CommandText.split(entry)
            guard parts.count > 1, let program = parts.first, others == [program], Set(programs) == [program] else {
                return false
            }
            return words.isOneCommand && words.words.prefix(parts.count).elementsEqual(parts)
        }
        return begins ? nil : "a program is not in the passport's allowed_commands"
    }

    func patterns() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["blocked_patterns"], rule) else { return nil }
        for pattern in list where !pattern.isEmpty {
            if try isBlocked(by: pattern) { return "the command fits the passport's blocked_patterns" }
        }
        return nil
    }

    private func isBlocked(by pattern: UTF8String) throws(PackRefusal) -> Bool {
        guard pattern.byteCount <= Limits.patternBytesMax else {
            throw judging.invalid("blocked_patterns", rule.name)
        }
        if Glob.isPattern(pattern) {
            let paths = judging.call.effects.map(\.resource.name).filter { $0.type == .file || $0.type == .directory }
            let texts = [words.text, words.plain] + words.words + paths.map(\.id)
            for text in texts where try judging.fits(text, [pattern], ignoringCase: true, rule, "blocked_patterns") {
                return true
            }
            return false
        }
        let parts = CommandText.split(pattern).map(\.lowered)
        guard parts.count > 1 else {
            // A word of its own, or a program by that name: `mkfs` is in `mkfs.ext4` and not in `mkfsx`.
            let word = parts.first ?? ""
            return [words.text, words.plain].contains { $0.lowered.containsWord(word) }
                || programs.contains { $0.lowered.containsWord(word) }
        }
        if words.text.lowered.contains(pattern.lowered)
            || words.plain.contains(UTF8String(parts.map(\.string).joined(separator: " ")))
        {
            return true
        }
        return words.says(parts, programs.map(\.lowered))
    }

    func workingDirectory() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_working_directories"], rule), !list.contains("*") else {
            return nil
        }
        let environment = judging.call.environment
        guard let path = CanonicalPath(judging.values.text("cwd") ?? ".", in: environment) else {
            return "the working directory is not known"
        }
        let patterns = try PathPatterns(list, environment, judging, rule, "allowed_working_directories")
        for reading in path.readings where try !patterns.fit(reading) {
            return "the working directory is not in the passport's allowed_working_directories"
        }
        return nil
    }

    /// Variables that are set beside the command or in it, by name.
    func environment() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["blocked_env_vars"], rule) else { return nil }
        let set = (judging.values.value("env")?.object?.keys ?? []) + words.assigned
        for name in set where try judging.fits(name, list, rule, "blocked_env_vars") {
            return "a variable is in the passport's blocked_env_vars"
        }
        return nil
    }
}

/// A command's text as words, roughly: for patterns that block, where a word too many does no harm.
struct CommandText {
    /// As it came, its arguments after it.
    let text: UTF8String
    /// Without quotes and backslashes, blanks as one space, in lower case.
    let plain: UTF8String
    let words: [UTF8String]
    /// Whether nothing in it is an operator, a quote or an expansion.
    let isOneCommand: Bool

    init(_ values: CallValues) {
        let arguments = values.value("args")?.array?.compactMap(\.string?.string) ?? []
        text = UTF8String(([values.text("command")?.string ?? ""] + arguments).joined(separator: " "))
        let special = Set("\"'\\".utf8)
        let operators = Set(";&|<>()`{}\n".utf8)
        var bytes: [UInt8] = []
        for byte in text.string.utf8 where !special.contains(byte) {
            if operators.contains(byte) {
                bytes += [0x20, byte, 0x20]
            } else {
                bytes.append(byte)
            }
        }
        let lowered = bytes.map(\.lowercased)
        words = Self.split(UTF8String(validating: bytes) ?? "")
        plain = UTF8String(Self.split(UTF8String(validating: lowered) ?? "").map(\.string).joined(separator: " "))
        let unusual = special.union(operators).union("$*?[]~#!=".utf8)
        isOneCommand = !text.string.utf8.contains { unusual.contains($0) }
    }

    static func split(_ text: UTF8String) -> [UTF8String] {
        text.string.utf8.split { $0.isBlank }.map { UTF8String(String(Substring($0))) }
    }

    /// Names before `=`, wherever a word begins with one.
    var assigned: [UTF8String] {
        words.compactMap { word in
            guard let equals = word.string.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = word.string.utf8[..<equals]
            return name.isEmpty ? nil : UTF8String(validating: name)
        }
    }

    /// Whether a pattern's words are all said, in whatever order and spelling of options: `rm -rf` is said by `rm -r -f`
    /// and by `rm --recursive --force`, `curl | sh` by whatever runs both.
    func says(_ parts: [UTF8String], _ programs: [UTF8String]) -> Bool {
        let lowered = words.map(\.lowered)
        let clusters = Set(lowered.filter { $0.isShortOption }.flatMap { $0.bytes.dropFirst() })
        let initials = Set(lowered.filter { $0.hasPrefix("--") }.compactMap { $0.bytes.dropFirst(2).first })
        let letters = clusters.union(initials)
        guard let program = parts.first, programs.contains(program) || lowered.contains(program) else { return false }
        return parts.dropFirst().allSatisfy { part in
            if part.bytes.allSatisfy({ ";&|<>".utf8.contains($0) }) { return true }
            if part.isShortOption { return part.bytes.dropFirst().allSatisfy(letters.contains) }
            return programs.contains(part) || lowered.contains { $0.contains(part) }
        }
    }
}

extension UTF8String {
    /// `-rf`, and not `-` or `--force`.
    fileprivate var isShortOption: Bool {
        byteCount > 1 && hasPrefix("-") && !hasPrefix("--")
    }

    /// Whether a word is in this text with no letter, digit or `_` on either side.
    fileprivate func containsWord(_ word: UTF8String) -> Bool {
        let bytes = bytes
        func isInner(_ byte: UInt8?) -> Bool { byte.map { $0.isAlphanumeric || $0 == UInt8(ascii: "_") } ?? false }
        let (first, last) = (word.bytes.first, word.bytes.last)
        return places(of: word) { place in
            let before = place.lowerBound > 0 ? bytes[place.lowerBound - 1] : nil
            let after = place.upperBound < bytes.count ? bytes[place.upperBound] : nil
            return !(isInner(before) && isInner(first)) && !(isInner(after) && isInner(last))
        }
    }
}
