// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Finds `{a,b}` and `{1..5}` in a word (bash manual, Brace Expansion).
///
/// Which `}` belongs to a `{` is decided as bash decides it: looked at from the `{`, one that has neither `,` nor `..`
/// before it at its level closes nothing.
struct BraceExpansion {
    /// A byte of unquoted text, or something that is no such.
    private enum Atom {
        case byte(UInt8)
        case part(ShellWord.Part)
    }

    private let atoms: [Atom]
    private(set) var budget: ShellBudget
    private var braces = 0
    /// Whether a comma stands anywhere in the word as it is written.
    private let hasCommas: Bool
    /// Whether bash's reading could not be told.
    private(set) var isUnsure = false

    init(_ parts: [ShellWord.Part], hasCommas: Bool, _ budget: ShellBudget) {
        self.hasCommas = hasCommas
        var atoms: [Atom] = []
        for part in parts {
            if case .text(let text) = part {
                atoms += text.bytes.map { .byte($0) }
            } else {
                atoms.append(.part(part))
            }
        }
        self.atoms = atoms
        self.budget = budget
    }

    /// The word's parts with its braces as alternatives and sequences, or `nil` beyond the limits.
    mutating func expand() -> [ShellWord.Part]? {
        var builder = WordBuilder()
        guard expand(0..<atoms.count, &builder) else { return nil }
        return builder.finish()
    }

    /// - Returns: whether it was within the limits.
    private mutating func expand(_ range: Range<Int>, _ builder: inout WordBuilder) -> Bool {
        var index = range.lowerBound
        // Where bash begins anew: there `{}` is two letters.
        var start = index
        while index < range.upperBound {
            guard case .byte(let byte) = atoms[index] else {
                if case .part(let part) = atoms[index] { add(part, &builder) }
                index += 1
                continue
            }
            guard byte == UInt8(ascii: "{"), !(index == start && self[index + 1, range] == UInt8(ascii: "}"))
            else {
                builder.add(byte)
                index += 1
                continue
            }
            braces += 1
            guard braces <= Limits.shellBracesMax else { return false }
            guard let (end, commas) = closing(index + 1, range) else {
                builder.add(byte)
                index += 1
                continue
            }
            let inner = (index + 1)..<end
            if commas.isEmpty, let sequence = sequence(inner) {
                builder.add(sequence)
            } else if commas.isEmpty, !inner.contains(where: { self[$0, inner] == UInt8(ascii: ",") }) {
                // `{1..$n}`, `{a..b..c}`: letters, and so is what is in it; unless bash sees a comma in quotes there.
                if hasCommas, inner.contains(where: { self[$0, inner] == nil }) { isUnsure = true }
                for place in index...end { addAtom(place, &builder) }
            } else {
                guard let part = alternatives(inner, commas) else { return false }
                builder.add(part)
            }
            index = end + 1
            start = index
        }
        return true
    }

    private mutating func alternatives(_ inner: Range<Int>, _ commas: [Int]) -> ShellWord.Part? {
        budget.depth += 1
        defer { budget.depth -= 1 }
        guard budget.depth <= Limits.shellDepthMax else { return nil }
        var words: [ShellWord] = []
        var start = inner.lowerBound
        for end in commas + [inner.upperBound] {
            budget.nodes += 1
            guard budget.nodes <= Limits.shellNodesMax else { return nil }
            var builder = WordBuilder()
            guard expand(start..<end, &builder) else { return nil }
            words.append(ShellWord(parts: builder.finish()))
            start = end + 1
        }
        return .alternatives(words)
    }

    /// The `}` for a `{` before `start`, and the commas between them at their level.
    private mutating func closing(_ start: Int, _ range: Range<Int>) -> (Int, commas: [Int])? {
        var level = 0
        var commas: [Int] = []
        var mayClose = false
        for index in start..<range.upperBound {
            budget.steps += 1
            guard case .byte(let byte) = atoms[index] else { continue }
            switch byte {
            case UInt8(ascii: "{"): level += 1
            case UInt8(ascii: "}"):
                if level > 0 {
                    level -= 1
                } else if mayClose {
                    return (index, commas)
                }
            case UInt8(ascii: ",") where level == 0:
                commas.append(index)
                mayClose = true
            case UInt8(ascii: ".") where level == 0:
                if self[index + 1, range] == byte, self[index + 2, range] != UInt8(ascii: "}") { mayClose = true }
            default: break
            }
        }
        return nil
    }

    /// `1..5`, `a..z..2`.
    private func sequence(_ inner: Range<Int>) -> ShellWord.Part? {
        var bytes: [UInt8] = []
        for index in inner {
            guard case .byte(let byte) = atoms[index] else { return nil }
            bytes.append(byte)
        }
        var fields: [[UInt8]] = [[]]
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count, bytes[index + 1] == bytes[index] {
                fields.append([])
                index += 2
            } else {
                fields[fields.count - 1].append(bytes[index])
                index += 1
            }
        }
        guard fields.count == 2 || fields.count == 3 else { return nil }
        let isNumeric = isNumber(fields[0]) && isNumber(fields[1])
        let isAlphabetic = [fields[0], fields[1]].allSatisfy { $0.count == 1 && $0[0].isLetter }
        guard isNumeric || isAlphabetic, fields.count == 2 || isNumber(fields[2]) else { return nil }
        let texts = fields.map { UTF8String(String(decoding: $0, as: UTF8.self)) }
        return .sequence(from: texts[0], to: texts[1], step: texts.count == 3 ? texts[2] : nil)
    }

    private func isNumber(_ bytes: [UInt8]) -> Bool {
        let digits =
            bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes[...]
        return !digits.isEmpty && digits.count <= 18 && digits.allSatisfy(\.isDigit)
    }

    private subscript(index: Int, range: Range<Int>) -> UInt8? {
        guard range.contains(index), case .byte(let byte) = atoms[index] else { return nil }
        return byte
    }

    private func addAtom(_ index: Int, _ builder: inout WordBuilder) {
        switch atoms[index] {
        case .byte(let byte): builder.add(byte)
        case .part(let part): add(part, &builder)
        }
    }

    private func add(_ part: ShellWord.Part, _ builder: inout WordBuilder) {
        if case .quoted(let text) = part { builder.addQuoted(text.bytes) } else { builder.add(part) }
    }
}
