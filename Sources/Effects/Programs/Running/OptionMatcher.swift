// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A program's words, told apart as it tells them.
struct MatchedWords {
    /// An option that was given: its rule, and its argument.
    struct Option {
        var rule: Int
        var value: ShellValue?
        /// How many operands came before it.
        var position: Int
    }

    var options: [Option] = []
    var operands: [ShellValue] = []
    /// What follows an option that ends them all (`python -c code …`).
    var rest: [ShellValue] = []
    /// Whether something may be an option that nobody can read.
    var mayHideOption = false
    /// Options that the entry does not have.
    var unknown: [ShellValue] = []
    /// Operands that may be such an option's argument, since they follow it.
    var afterUnknown: [ShellValue] = []
    /// The operand from which on nothing could be an option, because of `--`.
    var firstAfterDashes: Int?
}

/// Tells options from operands, as getopt_long does and as programs of other schools do.
struct OptionMatcher {
    private let entry: ProgramEntry
    private let words: [ShellValue]
    private var index = 0
    private var matched = MatchedWords()
    private var isEnded = false

    private init(_ entry: ProgramEntry, _ words: [ShellValue]) {
        self.entry = entry
        self.words = words
    }

    static func match(_ words: [ShellValue], _ entry: ProgramEntry) -> MatchedWords {
        guard entry.style != .none else {
            var all = MatchedWords()
            all.operands = words
            return all
        }
        var matcher = OptionMatcher(entry, words)
        if entry.style == .dashless { matcher.dashless() }
        while matcher.index < words.count { matcher.next() }
        return matcher.matched
    }

    private static let dash = UInt8(ascii: "-")

    private mutating func next() {
        let word = words[index]
        index += 1
        if isEnded { return operand(word) }
        if word.is("--") {
            isEnded = true
            matched.firstAfterDashes = matched.operands.count
            return
        }
        if word.startsUnknown || word.pieces.first == .wildcard(ShellValue.bareName) {
            matched.mayHideOption = true
            return operand(word)
        }
        let bytes = word.prefix.bytes
        if entry.style == .assign, assigned(word) { return }
        guard let first = bytes.first, first == Self.dash || first == UInt8(ascii: "+"), bytes.count > 1 else {
            if bytes.first == Self.dash, word.known == nil {
                matched.mayHideOption = true
            }
            if bytes == [UInt8(ascii: "+")], exact(word) { return }
            return operand(word)
        }
        if exact(word) || attached(word, bytes) { return }
        if first == UInt8(ascii: "+") { return operand(word) }
        if entry.takesNumbers, word.known != nil, bytes.dropFirst().allSatisfy(\.isDigit) { return }
        if bytes[1] == Self.dash { return long(word) }
        if entry.style == .single { return unknown(word) }
        cluster(word, from: 1)
    }

    private mutating func operand(_ word: ShellValue) {
        matched.operands.append(word)
        if entry.stopsAtOperand { isEnded = true }
    }

    private mutating func unknown(_ word: ShellValue) {
        if word.known == nil {
            matched.mayHideOption = true
        } else {
            matched.unknown.append(word)
            if index < words.count, words[index].prefix.bytes.first != Self.dash,
                !word.prefix.bytes.contains(UInt8(ascii: "="))
            {
                matched.afterUnknown.append(words[index])
            }
        }
    }

    /// An option with its argument; what ends all options takes the rest.
    private mutating func add(_ rule: Int, _ value: ShellValue?) {
        matched.options.append(.init(rule: rule, value: value, position: matched.operands.count))
        if entry.options[rule].clauses.contains(.stop) {
            matched.rest = Array(words[index...])
            index = words.count
        }
    }

    /// The next word as an option's argument; without one the program says so and ends.
    private mutating func addWithNextWord(_ rule: Int) {
        let count = entry.options[rule].argument == .pair ? 2 : 1
        guard index + count <= words.count else {
            index = words.count
            return
        }
        index += count
        add(rule, words[index - 1])
    }

    /// A word that an entry spells out, alone or before `=`.
    private mutating func exact(_ word: ShellValue) -> Bool {
        if let known = word.known, let rule = rule(known) {
            switch entry.options[rule].argument {
            case .none: add(rule, nil)
            case .optional, .digits: add(rule, nil)
            case .required, .pair: addWithNextWord(rule)
            }
            return true
        }
        guard let (name, value) = word.split(at: UInt8(ascii: "=")), name.byteCount > 2, let rule = rule(name) else {
            return false
        }
        add(rule, entry.options[rule].argument == .none ? nil : value)
        return true
    }

    private func rule(_ spelling: UTF8String) -> Int? {
        if let rule = entry.spellings[spelling] { return rule }
        guard entry.style == .single, spelling.hasPrefix("--") else { return nil }
        return entry.spellings[UTF8String(String(spelling.string.dropFirst()))]
    }

    private mutating func attached(_ word: ShellValue, _ bytes: [UInt8]) -> Bool {
        let found = entry.prefixes.filter { bytes.count >= $0.spelling.count && bytes.starts(with: $0.spelling) }
        guard let longest = found.max(by: { $0.spelling.count < $1.spelling.count }) else { return false }
        let isWhole = bytes.count == longest.spelling.count && word.pieces.count == 1
        if isWhole, entry.options[longest.option].argument == .required {
            addWithNextWord(longest.option)
        } else {
            add(longest.option, isWhole ? nil : word.dropping(longest.spelling.count))
        }
        return true
    }

    /// `--name`, an unambiguous beginning of it, or either with `=value`. Where a beginning could be several options, all
    /// of them are meant: programs refuse it, and no two versions have the same options.
    private mutating func long(_ word: ShellValue) {
        let parts = word.split(at: UInt8(ascii: "="))
        guard let name = parts?.before ?? word.known, name.byteCount > 2 else { return unknown(word) }
        let rules = Set(entry.spellings.filter { $0.key.hasPrefix(name) }.values).sorted()
        guard !rules.isEmpty else { return unknown(word) }
        let start = index
        for rule in rules {
            index = start
            switch (entry.options[rule].argument, parts) {
            case (.none, _): add(rule, nil)
            case (_, let parts?): add(rule, parts.after)
            case (.optional, nil), (.digits, nil): add(rule, nil)
            case (.required, nil), (.pair, nil): addWithNextWord(rule)
            }
        }
    }

    /// `-abc`, `-ofile`, `-o file`. Behind a letter that the entry does not have may be more letters, or that one's argument.
    private mutating func cluster(_ word: ShellValue, from first: Int) {
        let bytes = word.prefix.bytes
        var place = first
        var isGuessed = false
        while place < bytes.count {
            // A letter may be more than one byte.
            var end = place + 1
            while end < bytes.count, bytes[end] & 0xc0 == 0x80 { end += 1 }
            let letter = String(decoding: bytes[place..<end], as: UTF8.self)
            guard let rule = entry.spellings[UTF8String("-\(letter)")] else {
                if entry.takesNumbers, bytes[place].isDigit {
                    place = end
                    continue
                }
                if !isGuessed { unknown(word) }
                isGuessed = true
                place = end
                continue
            }
            place = end
            let isLast = place == bytes.count && word.pieces.count == 1
            if isGuessed {
                if guess(rule, isLast ? nil : word.dropping(place)) { return }
                continue
            }
            switch entry.options[rule].argument {
            case .none: add(rule, nil)
            case .optional: return add(rule, isLast ? nil : word.dropping(place))
            case .digits:
                // `-0777`, `-0xFF`; the letters behind them are options again.
                let isHex =
                    place + 1 < bytes.count && bytes[place] == UInt8(ascii: "x") && bytes[place + 1].hexValue != nil
                if isHex { place += 1 }
                while place < bytes.count, isHex ? bytes[place].hexValue != nil : bytes[place].isDigit { place += 1 }
                add(rule, nil)
            case .required where isLast, .pair: return addWithNextWord(rule)
            case .required: return add(rule, word.dropping(place))
            }
            if index == words.count, !matched.rest.isEmpty { return }
        }
        if word.known == nil { matched.mayHideOption = true }
    }

    /// A letter that may be an option: what it brings counts, and the next words stay what they are besides.
    ///
    /// - Returns: whether it takes the rest of its word.
    private mutating func guess(_ rule: Int, _ attached: ShellValue?) -> Bool {
        let option = entry.options[rule]
        func note(_ value: ShellValue?) {
            matched.options.append(.init(rule: rule, value: value, position: matched.operands.count))
        }
        switch option.argument {
        case .none:
            let acts = option.clauses.contains { if case .action = $0 { true } else { $0 == .modify } }
            if acts { note(nil) }
            return false
        case .digits: return false
        case .optional: if let attached { note(attached) }
        case .required: if let value = attached ?? words.dropFirst(index).first { note(value) }
        case .pair: if let value = words.dropFirst(index + 1).first { note(value) }
        }
        return true
    }

    private mutating func assigned(_ word: ShellValue) -> Bool {
        guard let (name, value) = word.split(at: UInt8(ascii: "=")),
            let rule = entry.spellings[UTF8String("\(name)=")]
        else { return false }
        add(rule, value)
        return true
    }

    /// The first word's letters are options; those with arguments take the next words in turn.
    private mutating func dashless() {
        guard let first = words.first else { return }
        guard let known = first.known else {
            if first.prefix.bytes.first != Self.dash { matched.mayHideOption = true }
            return
        }
        guard let initial = known.bytes.first, initial != Self.dash else { return }
        index = 1
        for letter in known.string.unicodeScalars {
            guard let rule = entry.spellings[UTF8String("-\(letter)")] else {
                unknown(first)
                continue
            }
            if entry.options[rule].argument == .required { addWithNextWord(rule) } else { add(rule, nil) }
        }
    }
}
