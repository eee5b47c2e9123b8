// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What programs write that only choose, order and join lines: of numbers and plain words they are again, of names as a
/// search found them they keep names. One line stands for any number of its kind.
enum CombinedLines {
    /// The texts of which a program writes one, of these; `nil` where they are not plain.
    static func of(_ program: UTF8String, _ arguments: [ShellValue], _ sources: [ShellValue]) -> [ShellValue]? {
        guard let rule = rules[program] else { return nil }
        var words: [UTF8String] = []
        for argument in arguments {
            guard let word = argument.known else { return nil }
            words.append(word)
        }
        if program == "shuf", let range = words.firstIndex(of: "-i"), range + 1 < words.count,
            words[range + 1].bytes.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "-") })
        {
            return [ShellValue.number.followed(by: ShellValue("\n"))]
        }
        guard words.allSatisfy({ rule.allows($0) }), !sources.isEmpty else { return nil }
        if rule.keepsLines {
            if sources.count == 1, let lines = KnownLines.of(sources[0]), let texts = chosen(lines) {
                // Two have two orders, and all were named; of more some are left.
                return lines.count == 2 ? texts : texts + [combined(sources, rule, isSaid: true) ?? .unknown]
            }
            if let lines = kept(sources, program, words) { return [lines] }
        }
        let isWhole = program == "paste" && words.contains("-s")
        return combined(sources, rule, isWhole: isWhole).map { [$0] }
    }

    /// Lines of numbers and plain words.
    ///
    /// - Parameters:
    ///   - isSaid: whether the texts themselves were looked at, so that words in them count as any others.
    ///   - isWhole: whether all lines become one.
    private static func combined(
        _ sources: [ShellValue], _ rule: Rule, isSaid: Bool = false, isWhole: Bool = false
    ) -> ShellValue? {
        var (isNumber, most) = (true, 0)
        for source in sources {
            guard let lines = KnownLines.of(source) else { return nil }
            var here = 0
            for line in lines {
                guard let kinds = kinds(line) else { return nil }
                isNumber = isNumber && kinds.allSatisfy { $0 }
                // A word of the text's own can be chosen so that something else comes of it, as `env` behind a dot.
                guard isSaid || line.known == nil || kinds.allSatisfy({ $0 }) else { return nil }
                here = max(here, kinds.count)
            }
            most = rule.keepsLines ? max(most, here) : most + here
        }
        if isWhole { most = 3 }
        // A line of three has what can be at its beginning, in its midst and at its end.
        let word: ShellValue = isNumber ? .number : .token
        let lines = (0..<max(1, min(most, 3))).map { more in
            (0..<more).reduce(word) { line, _ in line.followed(by: ShellValue(" ")).followed(by: word) }
        }
        return KnownLines.text(lines)
    }

    /// What is left of lines that the text itself says: all of them from the first or the last on, or one.
    private static func chosen(_ lines: [ShellValue]) -> [ShellValue]? {
        guard lines.count > 1, lines.allSatisfy({ $0.known != nil }) else { return nil }
        var texts = [KnownLines.text(lines), KnownLines.text(lines.reversed())]
        guard lines.count + texts.count < Limits.listAlternativesMax else { return texts }
        for line in lines.map({ KnownLines.text([$0]) }) where !texts.contains(line) { texts.append(line) }
        return texts
    }

    /// Whole lines, where they are names, or where there is one.
    private static func kept(_ sources: [ShellValue], _ program: UTF8String, _ words: [UTF8String]) -> ShellValue? {
        // With a column for each of its files, comm writes tabs before names.
        if program == "comm", !["-12", "-13", "-23"].contains(words.first { $0.hasPrefix("-") }) { return nil }
        if (program == "head" || program == "tail"), sources.count > 1 { return nil }
        var all: [ShellValue] = []
        for source in sources {
            guard let lines = KnownLines.of(source) else { return nil }
            let isAlone = sources.count == 1 && lines.count == 1
            guard isAlone || lines.allSatisfy({ $0.known == nil }) else { return nil }
            all += lines.filter { !all.contains($0) }
        }
        return all.count <= Limits.namesLinesMax ? KnownLines.text(all) : nil
    }

    /// The words of a line, for each whether it is a number; `nil` where one is no plain word.
    private static func kinds(_ line: ShellValue) -> [Bool]? {
        var kinds: [Bool] = []
        var text: [UInt8] = []
        func isPlain(_ word: [UInt8]) -> Bool {
            word.first != UInt8(ascii: "-") && word.contains { $0 != UInt8(ascii: ".") }
                && word.allSatisfy { $0.isAlphanumeric || "-_.".utf8.contains($0) }
        }
        // A number or a word that only run time knows is written as a digit or a letter in its place.
        for piece in line.pieces {
            switch piece {
            case .text(let known): text += known.bytes
            case .wildcard("+([-0-9])"): text.append(UInt8(ascii: "0"))
            case .wildcard(let pattern) where ShellValue.unsplit.contains(pattern): text.append(UInt8(ascii: "a"))
            case .wildcard, .unknown, .component: return nil
            }
        }
        for word in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }) {
            guard isPlain(Array(word)) else { return nil }
            kinds.append(word.allSatisfy(\.isDigit))
        }
        return kinds
    }

    private struct Rule {
        /// Whether each line that is written is one that was read.
        let keepsLines: Bool
        /// Letters of options, and those that have an argument: anything, or numbers and blanks alone.
        let letters: String
        var values = ""
        var numeric = ""
        var long: Set<String> = []

        func allows(_ word: UTF8String) -> Bool {
            guard word.hasPrefix("-"), word.byteCount > 1 else { return true }
            if word.hasPrefix("--") { return word == "--" || long.contains(word.string) }
            var rest = word.string.dropFirst()
            while let letter = rest.popFirst() {
                if values.contains(letter) { return true }
                if numeric.contains(letter) { return rest.utf8.allSatisfy { $0.isDigit || $0 == 0x20 || $0 == 0x09 } }
                guard letters.contains(letter) else { return false }
            }
            return true
        }
    }

    private static let rules: [UTF8String: Rule] = [
        "sort": Rule(
            keepsLines: true, letters: "bdfgiMhnRrVmsu", values: "kt",
            long: [
                "--reverse", "--unique", "--numeric-sort", "--version-sort", "--random-sort", "--stable",
                "--ignore-case", "--human-numeric-sort", "--general-numeric-sort",
            ]),
        "shuf": Rule(keepsLines: true, letters: "r", numeric: "n", long: ["--repeat"]),
        "tac": Rule(keepsLines: true, letters: ""),
        "uniq": Rule(
            keepsLines: true, letters: "duiD", numeric: "fsw", long: ["--unique", "--repeated", "--ignore-case"]),
        "head": Rule(keepsLines: true, letters: "q-0123456789", numeric: "n"),
        "tail": Rule(keepsLines: true, letters: "q0123456789", numeric: "n"),
        "comm": Rule(keepsLines: true, letters: "123", long: ["--nocheck-order", "--check-order"]),
        "join": Rule(
            keepsLines: false, letters: "i", numeric: "jav12",
            long: ["--nocheck-order", "--check-order", "--header", "--ignore-case"]),
        "paste": Rule(keepsLines: false, letters: "s"),
        "column": Rule(keepsLines: false, letters: "tx"),
    ]
}
