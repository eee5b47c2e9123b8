// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ArgumentWalk {
    /// A command line for a shell, in the directory that another argument names, with the words that another one has.
    mutating func command(_ line: UTF8String, _ rule: ArgumentRule?) throws(EffectError) {
        guard let words = try words(rule?.arguments) else { return }
        for environment in try environments(rule?.bases ?? []) {
            guard !words.isEmpty else {
                try CommandEffects.add(line: line, environment, to: &effects)
                continue
            }
            // One tool quotes the words, another runs the program itself, a third one joins them as they are.
            try CommandEffects.add(
                line: UTF8String(([line.string] + words.map(Self.quoted)).joined(separator: " ")), environment,
                to: &effects)
            if !words.allSatisfy(Self.isPlain) {
                let joined = ([line] + words).map(\.string).joined(separator: " ")
                try CommandEffects.add(line: UTF8String(joined), environment, to: &effects)
            }
        }
    }

    /// A program, run without a shell.
    mutating func program(_ name: UTF8String, _ rule: ArgumentRule?) throws(EffectError) {
        guard let words = try words(rule?.arguments) else { return }
        for environment in try environments(rule?.bases ?? []) {
            guard rule?.arguments != nil else {
                try CommandEffects.add(program: name, environment, to: &effects)
                continue
            }
            try CommandEffects.add(words: [name] + words, environment, to: &effects)
        }
    }

    /// A program and its operands, run without a shell.
    mutating func argv(_ elements: [JSON], _ bases: [JSONPointer], hasOperators: Bool) throws(EffectError) {
        var words = elements.compactMap(\.string)
        guard words.count == elements.count, words.count <= Limits.commandWordsMax else {
            try effects.insert(opaque: .arguments)
            return
        }
        if hasOperators {
            // Such tools take the blanks off each word, and cut words at the marks in them, as releases differ.
            words = words.map(\.withoutEdgeControls).filter { !$0.isEmpty }
            let marks = words.filter { !Self.operators.contains($0) && $0.bytes.contains(where: "|;&".utf8.contains) }
            if !marks.isEmpty { try effects.insert(opaque: .code) }
        }
        guard !words.isEmpty else {
            try effects.insert(opaque: .arguments)
            return
        }
        for environment in try environments(bases) {
            if hasOperators, words.contains(where: Self.operators.contains) {
                let line = words.map { Self.operators.contains($0) ? $0.string : Self.quoted($0) }
                try CommandEffects.add(line: UTF8String(line.joined(separator: " ")), environment, to: &effects)
                continue
            }
            try CommandEffects.add(words: words, environment, to: &effects)
        }
    }

    /// The words of another argument; `nil` where they are not understood, which is opaque.
    private mutating func words(_ pointer: JSONPointer?) throws(EffectError) -> [UTF8String]? {
        guard let value = pointer.flatMap({ arguments[$0] }), !value.isNull else { return [] }
        guard let elements = value.array, elements.count <= Limits.commandWordsMax else {
            try effects.insert(opaque: .arguments)
            return nil
        }
        let words = elements.compactMap(\.string)
        guard words.count == elements.count else {
            try effects.insert(opaque: .arguments)
            return nil
        }
        return words
    }

    /// Where a command runs. A directory that is named is looked at, at least: what runs there finds its own files in it.
    private mutating func environments(_ pointers: [JSONPointer]) throws(EffectError) -> [EffectEnvironment] {
        let bases = bases(pointers)
        var moved = environment
        moved.root = environment.root ?? environment.workingDirectory
        guard !bases.isEmpty else {
            try effects.insert(opaque: .pathRead)
            moved.workingDirectory = nil
            return [moved]
        }
        var environments: [EffectEnvironment] = []
        for base in bases {
            guard let base else {
                environments.append(environment)
                continue
            }
            try effects.insert(Effect(.read, .directory(base)))
            moved.workingDirectory = base
            environments.append(moved)
        }
        return environments
    }

    private static let operators: Set<UTF8String> = ["|", "||", "&&", ";", ">", ">>", "<"]

    private static func quoted(_ word: UTF8String) -> String {
        let parts = word.string.split(separator: "'", omittingEmptySubsequences: false)
        return isPlain(word) ? word.string : "'" + parts.joined(separator: #"'\''"#) + "'"
    }

    private static func isPlain(_ word: UTF8String) -> Bool {
        !word.isEmpty && word.string.utf8.allSatisfy { $0.isAlphanumeric || "_@%+=:,./-".utf8.contains($0) }
    }
}
