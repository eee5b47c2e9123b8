// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Assignments: POSIX XCU §2.9.1, bash manual, Arrays.
extension ShellReader {
    enum AssignmentOrWord {
        case assignment(Assignment)
        /// No assignment; what was read of a word is in it.
        case word(WordBuilder)
    }

    /// The assignment here, at a word's begin.
    mutating func assignment() throws(ShellSyntaxError) -> AssignmentOrWord {
        let start = position
        guard let (name, length) = nameHere() else { return .word(WordBuilder()) }
        let next = peek(length)
        if next == UInt8(ascii: "[") {
            skip(length + 1)
            let index = try bracketWord(from: start)
            if let isAppended = try assignmentOperator() {
                return .assignment(
                    try value(Assignment(name: name, index: index, isAppended: isAppended, value: .array([]))))
            }
            return .word(bracketed(name, index))
        }
        guard next == UInt8(ascii: "=") || (next == UInt8(ascii: "+") && peek(length + 1) == UInt8(ascii: "=")) else {
            return .word(WordBuilder())
        }
        skip(length)
        let isAppended = try assignmentOperator() ?? false
        return .assignment(try value(Assignment(name: name, isAppended: isAppended, value: .array([]))))
    }

    /// A word with a pattern in it, which here may have blanks between its brackets.
    private func bracketed(_ name: UTF8String, _ index: ShellWord) -> WordBuilder {
        var builder = WordBuilder()
        builder.add(name.bytes)
        builder.add(UInt8(ascii: "["))
        for part in index.parts {
            switch part {
            case .text(let text): builder.add(text.bytes)
            case .quoted(let text): builder.addQuoted(text.bytes)
            default: builder.add(part)
            }
        }
        builder.add(UInt8(ascii: "]"))
        return builder
    }

    /// `name=(…)`, `name+=(…)` as an argument of `declare`; nothing is taken where it is none.
    mutating func arrayArgument() throws(ShellSyntaxError) -> Assignment? {
        guard let (name, length) = nameHere() else { return nil }
        if peek(length) == UInt8(ascii: "[") { try refuseElement(length) }
        let isAppended = peek(length) == UInt8(ascii: "+")
        let equals = isAppended ? length + 1 : length
        guard peek(equals) == UInt8(ascii: "="), peek(equals + 1) == UInt8(ascii: "(") else { return nil }
        skip(equals + 1)
        return try value(Assignment(name: name, isAppended: isAppended, value: .array([])))
    }

    /// `declare a[1]=(…)`: bash reads it, and what it does then is its secret.
    private mutating func refuseElement(_ length: Int) throws(ShellSyntaxError) {
        var index = byte(after: length).offset
        while index < bytes.count, !bytes[index].endsShellWord, bytes[index] != UInt8(ascii: "]") {
            index += 1
            budget.steps += 1
        }
        let rest = bytes[index...].prefix(4)
        if rest.starts(with: "]=(".utf8) || rest.starts(with: "]+=(".utf8) { throw ShellSyntaxError(.unsure, position) }
    }

    /// The name here and how long it is.
    private mutating func nameHere() -> (UTF8String, length: Int)? {
        var name: [UInt8] = []
        var index = position
        while index < bytes.count {
            budget.steps += 1
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == 0x0a {
                index += 2
                continue
            }
            guard name.isEmpty ? byte.beginsName : byte.continuesName else { break }
            name.append(byte)
            index += 1
        }
        guard !name.isEmpty, let text = UTF8String(validating: name) else { return nil }
        return (text, name.count)
    }

    /// Takes `=` or `+=`.
    private mutating func assignmentOperator() throws(ShellSyntaxError) -> Bool? {
        if try peek() == UInt8(ascii: "=") {
            position += 1
            return false
        }
        guard try peek() == UInt8(ascii: "+"), peek(1) == UInt8(ascii: "=") else { return nil }
        skip(2)
        return true
    }

    /// What is behind the `=`.
    private mutating func value(_ assignment: Assignment) throws(ShellSyntaxError) -> Assignment {
        var assignment = assignment
        if try peek() == UInt8(ascii: "(") {
            assignment.value = .array(try elements())
        } else {
            assignment.value = .word(try word(.value, WordBuilder()))
        }
        return assignment
    }

    /// `( … )`, with `(` here.
    private mutating func elements() throws(ShellSyntaxError) -> [Assignment.Element] {
        let start = position
        position += 1
        try enter()
        defer { leave() }
        let (outerReserved, outerPending, outerNewlines) = (allowsReserved, pending, newlines)
        var elements: [Assignment.Element] = []
        pending = []
        while true {
            try skipNewlines()
            let byte = try peek()
            if byte == UInt8(ascii: ")") { break }
            if byte == 0 { throw ShellSyntaxError(.unterminated, start) }
            guard try beginsWord() else { throw unexpected() }
            elements.append(try element(byte))
        }
        if substitutions > 0, hasEscape(start..<position) { throw ShellSyntaxError(.unsure, start) }
        position += 1
        if !outerPending.isEmpty, newlines != outerNewlines { throw ShellSyntaxError(.unsure, start) }
        pending = outerPending
        allowsReserved = outerReserved
        return elements
    }

    /// Bash 5.2 loses backslashes of an array's elements within `$(…)`.
    private mutating func hasEscape(_ range: Range<Int>) -> Bool {
        budget.steps += range.count
        return range.contains { bytes[$0] == UInt8(ascii: "\\") && $0 + 1 < bytes.count && bytes[$0 + 1] != 0x0a }
    }

    private mutating func element(_ first: UInt8) throws(ShellSyntaxError) -> Assignment.Element {
        guard first == UInt8(ascii: "[") else {
            return Assignment.Element(value: try word(.command, WordBuilder()))
        }
        let start = position
        position += 1
        let index = try bracketWord(from: start)
        guard let isAppended = try assignmentOperator() else {
            return Assignment.Element(value: try word(.command, bracketed("", index)))
        }
        return Assignment.Element(index: index, isAppended: isAppended, value: try word(.value, WordBuilder()))
    }
}
