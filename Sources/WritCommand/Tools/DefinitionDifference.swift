// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What is different between two definitions of a tool, for people: members by their places, and in texts the words.
struct DefinitionDifference {
    /// A place that differs.
    enum Change {
        case added(place: String, JSON)
        case removed(place: String, JSON)
        case replaced(place: String, JSON, JSON)
    }

    let changes: [Change]

    init(_ old: JSON, _ new: JSON) {
        var changes: [Change] = []
        Self.compare(old, new, "", &changes)
        self.changes = changes
    }

    /// The trees were read within bounds of depth, which bound the recursion.
    private static func compare(_ old: JSON, _ new: JSON, _ place: String, _ changes: inout [Change]) {
        guard old != new else { return }
        if let old = old.object, let new = new.object {
            for member in old.members {
                let inner = "\(place)/\(member.key)"
                guard let other = new[member.key] else {
                    changes.append(.removed(place: inner, member.value))
                    continue
                }
                compare(member.value, other, inner, &changes)
            }
            for member in new.members where old[member.key] == nil {
                changes.append(.added(place: "\(place)/\(member.key)", member.value))
            }
        } else if let old = old.array, let new = new.array {
            // Lists of JSON Schema are sets mostly: what is in both has not changed.
            for value in old where !new.contains(value) { changes.append(.removed(place: "\(place)/-", value)) }
            for value in new where !old.contains(value) { changes.append(.added(place: "\(place)/-", value)) }
            if Set(old.map { $0.serialized() }) == Set(new.map { $0.serialized() }) {
                changes.append(.replaced(place: place, .array(old), .array(new)))
            }
        } else {
            changes.append(.replaced(place: place, old, new))
        }
    }

    /// The lines of `writ tools diff`.
    var lines: [String] {
        changes.flatMap { change in
            switch change {
            case .added(let place, let value): ["+ \(Self.shown(place)): \(DefinitionText.one(value))"]
            case .removed(let place, let value): ["- \(Self.shown(place)): \(DefinitionText.one(value))"]
            case .replaced(let place, let old, let new):
                if let old = old.string, let new = new.string {
                    ["~ \(Self.shown(place)):"] + WordDifference.lines(old, new).map { "    \($0)" }
                } else {
                    [
                        "~ \(Self.shown(place)):", "    - \(DefinitionText.one(old))",
                        "    + \(DefinitionText.one(new))",
                    ]
                }
            }
        }
    }

    private static func shown(_ place: String) -> String {
        place.isEmpty ? "the definition" : Output.escaped(UTF8String(String(place.dropFirst())))
    }
}

/// What is different between two texts, word by word: what went in `[-…-]`, what came in `{+…+}`.
enum WordDifference {
    /// Words of the longest text that is compared word by word; the table has the square of it.
    private static let wordsMax = 1500
    /// Words that are shown around what differs.
    private static let around = 6

    private enum Step {
        case same(String)
        case removed(String)
        case added(String)
    }

    static func lines(_ old: UTF8String, _ new: UTF8String) -> [String] {
        let (before, after) = (words(old), words(new))
        guard before.count <= wordsMax, after.count <= wordsMax else {
            return ["- \(Output.escaped(old))", "+ \(Output.escaped(new))"]
        }
        return text(steps(before, after)).split(separator: "\n").map(String.init)
    }

    private static func words(_ text: UTF8String) -> [String] {
        // Blanks belong to the word before them, so that a change of blanks alone is one too.
        var words: [String] = []
        var word = ""
        for character in text.string {
            if !character.isWhitespace, word.last?.isWhitespace == true {
                words.append(word)
                word = ""
            }
            word.append(character)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// The longest common subsequence, by bytes.
    private static func steps(_ old: [String], _ new: [String]) -> [Step] {
        let (before, after) = (old.map { Array($0.utf8) }, new.map { Array($0.utf8) })
        var table = [[Int32]](repeating: [Int32](repeating: 0, count: after.count + 1), count: before.count + 1)
        for i in before.indices.reversed() {
            for j in after.indices.reversed() {
                table[i][j] =
                    before[i] == after[j] ? table[i + 1][j + 1] + 1 : max(table[i + 1][j], table[i][j + 1])
            }
        }
        var steps: [Step] = []
        var (i, j) = (0, 0)
        while i < before.count || j < after.count {
            if i < before.count, j < after.count, before[i] == after[j] {
                steps.append(.same(old[i]))
                (i, j) = (i + 1, j + 1)
            } else if j == after.count || i < before.count && table[i + 1][j] >= table[i][j + 1] {
                steps.append(.removed(old[i]))
                i += 1
            } else {
                steps.append(.added(new[j]))
                j += 1
            }
        }
        return steps
    }

    private static func text(_ steps: [Step]) -> String {
        var text = ""
        var same: [String] = []
        var (removed, added) = ("", "")
        func flushChange() {
            if !removed.isEmpty { text += "[-\(shown(removed))-] " }
            if !added.isEmpty { text += "{+\(shown(added))+} " }
            (removed, added) = ("", "")
        }
        func flushSame(isLast: Bool) {
            let isFirst = text.isEmpty
            let most = around * (isFirst || isLast ? 1 : 2)
            if same.count > most {
                if !isFirst { text += shown(same.prefix(around).joined()) + " " }
                text += "... "
                if !isLast { text += shown(same.suffix(around).joined()) + " " }
            } else if !same.isEmpty {
                text += shown(same.joined()) + " "
            }
            same = []
        }
        for step in steps {
            switch step {
            case .same(let word):
                flushChange()
                same.append(word)
            case .removed(let word):
                flushSame(isLast: false)
                removed += word
            case .added(let word):
                flushSame(isLast: false)
                added += word
            }
        }
        flushChange()
        flushSame(isLast: true)
        if text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    private static func shown(_ words: String) -> String {
        var words = words
        while words.last == " " { words.removeLast() }
        return Output.escaped(UTF8String(words))
    }
}
