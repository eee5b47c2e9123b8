// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Effects

/// What a command gets of words that hold no expansions but braces and `~`.
enum LiteralWords {
    /// - Returns: `nil` where something in it is not known.
    static func expanded(_ word: ShellWord, home: String) -> [String]? {
        guard let alternatives = alternatives(word.parts) else { return nil }
        var words: [String] = []
        for parts in alternatives {
            var text = ""
            var isThere = false
            for part in parts {
                switch part {
                case .text(let value):
                    text += value.string
                    isThere = isThere || !value.isEmpty
                case .quoted(let value):
                    text += value.string
                    isThere = true
                case .tilde(let name):
                    guard name.isEmpty else { return nil }
                    text += home
                    isThere = true
                default: return nil
                }
            }
            if isThere { words.append(text) }
        }
        return words
    }

    /// The words' parts without braces.
    private static func alternatives(_ parts: [ShellWord.Part]) -> [[ShellWord.Part]]? {
        var all: [[ShellWord.Part]] = [[]]
        for part in parts {
            var choices: [[ShellWord.Part]] = []
            switch part {
            case .alternatives(let words):
                for word in words {
                    guard let inner = alternatives(word.parts) else { return nil }
                    choices += inner
                }
            case .sequence(let from, let to, let step):
                guard let texts = sequence(from.string, to.string, step?.string) else { return nil }
                choices = texts.map { [.text(UTF8String($0))] }
            default: choices = [[part]]
            }
            all = all.flatMap { start in choices.map { start + $0 } }
            if all.count > 1000 { return nil }
        }
        return all
    }

    private static func sequence(_ from: String, _ to: String, _ step: String?) -> [String]? {
        var width = abs(step.flatMap(Int.init) ?? 1)
        if width == 0 { width = 1 }
        guard let first = Int(from), let last = Int(to) else {
            guard let low = from.utf8.first, let high = to.utf8.first else { return nil }
            return values(Int(low), Int(high), width).map { String(UnicodeScalar(UInt8($0))) }
        }
        let isPadded = [from, to].contains { text in
            let digits = text.drop { $0 == "-" || $0 == "+" }
            return digits.count > 1 && digits.first == "0"
        }
        let length = max(from.count, to.count)
        return values(first, last, width).map { value in
            let digits = String(abs(value))
            let sign = value < 0 ? "-" : ""
            return sign + (isPadded ? String(repeating: "0", count: max(0, length - digits.count - sign.count)) : "")
                + digits
        }
    }

    private static func values(_ from: Int, _ to: Int, _ step: Int) -> [Int] {
        Array(from <= to ? stride(from: from, through: to, by: step) : stride(from: from, through: to, by: -step))
    }
}
