// SPDX-License-Identifier: Apache-2.0

/// Regular expressions by which processes are chosen, as far as it takes to tell whether one can find a program's name.
/// What is not understood finds it.
enum NamePattern {
    /// Whether a part of a text that holds a letter of the name, or none of the text at all, matches.
    ///
    /// - Parameters:
    ///   - pattern: POSIX's extended form, or what procps makes of it; in lower case.
    ///   - name: where in the text the name is.
    static func mayMatch(_ pattern: String, _ text: String, name: Range<Int>) -> Bool {
        guard pattern.utf8.count <= Limits.namePatternBytesMax else { return true }
        let letters = Array(text)
        return pattern.split(separator: "|", omittingEmptySubsequences: false).contains { alternative in
            guard let atoms = atoms(Array(alternative)) else { return true }
            return (0..<name.upperBound).contains { start in
                matches(atoms, letters, from: start, beyond: name.lowerBound)
            }
        }
    }

    private struct Atom {
        let takes: @Sendable (Character) -> Bool
        var isOptional = false
        var isRepeated = false
    }

    private static let anything = Atom(takes: { _ in true }, isOptional: true, isRepeated: true)

    /// An alternative as a sequence; `nil` where it is not understood. Groups are taken apart with the alternatives in
    /// them, so that a part of one may stand for the whole.
    private static func atoms(_ pattern: [Character]) -> [Atom]? {
        var atoms: [Atom] = []
        var index = 0
        var isAfterGroup = false
        while index < pattern.count {
            let letter = pattern[index]
            index += 1
            switch letter {
            case "^", "$", "(": continue
            case ")":
                isAfterGroup = true
                continue
            case "*", "?", "+", "{":
                if isAfterGroup || atoms.isEmpty { return nil }
                if letter == "{" {
                    guard let end = pattern[index...].firstIndex(of: "}") else { return nil }
                    index = end + 1
                }
                if letter != "+" { atoms[atoms.count - 1].isOptional = true }
                if letter != "?" { atoms[atoms.count - 1].isRepeated = true }
            case ".": atoms.append(Atom(takes: { _ in true }))
            case "[":
                guard let (set, next) = bracket(pattern, from: index) else { return nil }
                atoms.append(set)
                index = next
            case "\\":
                guard index < pattern.count else { return nil }
                let escaped = pattern[index]
                index += 1
                atoms.append(escaped.isLetter || escaped.isNumber ? anything : Atom(takes: { $0 == escaped }))
            default: atoms.append(Atom(takes: { $0 == letter }))
            }
            isAfterGroup = false
        }
        return atoms
    }

    /// `[a-z]`, `[^x]`, `[[:alpha:]]` from behind its first bracket.
    private static func bracket(_ pattern: [Character], from start: Int) -> (Atom, next: Int)? {
        var index = start
        let isInverse = index < pattern.count && pattern[index] == "^"
        if isInverse { index += 1 }
        var ranges: [ClosedRange<Character>] = []
        var isFirst = true
        while index < pattern.count, isFirst || pattern[index] != "]" {
            isFirst = false
            let low = pattern[index]
            if low == "[" { return nil }
            index += 1
            guard index + 1 < pattern.count, pattern[index] == "-", pattern[index + 1] != "]" else {
                ranges.append(low...low)
                continue
            }
            guard low <= pattern[index + 1] else { return nil }
            ranges.append(low...pattern[index + 1])
            index += 2
        }
        guard index < pattern.count else { return nil }
        let set = ranges
        return (Atom(takes: { letter in set.contains { $0.contains(letter) } != isInverse }), index + 1)
    }

    /// Whether a match from there ends behind a place.
    private static func matches(_ atoms: [Atom], _ text: [Character], from start: Int, beyond place: Int) -> Bool {
        // How many atoms are done with, in each way of reading so far.
        var done = closure([0], atoms)
        if done.contains(atoms.count) { return true }
        for position in start..<text.count {
            var next: Set<Int> = []
            for index in done where index < atoms.count && atoms[index].takes(text[position]) {
                next.insert(index + 1)
                if atoms[index].isRepeated { next.insert(index) }
            }
            done = closure(next, atoms)
            if done.isEmpty { return false }
            if done.contains(atoms.count), position >= place { return true }
        }
        return false
    }

    private static func closure(_ done: Set<Int>, _ atoms: [Atom]) -> Set<Int> {
        var all = done
        for index in atoms.indices where all.contains(index) && atoms[index].isOptional { all.insert(index + 1) }
        return all
    }
}
