// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Redirections and here-documents: POSIX XCU §2.7.
extension ShellReader {
    /// The redirection here, if one begins here.
    mutating func redirection() throws(ShellSyntaxError) -> Redirection? {
        let first = try peek()
        var descriptor: Redirection.Descriptor?
        if first.isDigit || first == UInt8(ascii: "{") {
            guard let (found, length) = try descriptorPrefix(first) else { return nil }
            descriptor = found
            skip(length)
        } else if first == UInt8(ascii: "&") {
            guard peek(1) == UInt8(ascii: ">") else { return nil }
            let appends = peek(2) == UInt8(ascii: ">")
            try node()
            skip(appends ? 3 : 2)
            return Redirection(operation: .outputAndErrors(appends: appends), target: try target())
        } else {
            guard first == UInt8(ascii: "<") || first == UInt8(ascii: ">"), peek(1) != UInt8(ascii: "(") else {
                return nil
            }
        }
        try node()
        return try operation(descriptor)
    }

    /// `2`, `{name}` directly before `<` or `>`, and how long it is.
    private mutating func descriptorPrefix(
        _ first: UInt8
    ) throws(ShellSyntaxError) -> (Redirection.Descriptor, length: Int)? {
        var index = position
        var name: [UInt8] = []
        while index < bytes.count {
            budget.steps += 1
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == 0x0a {
                index += 2
                continue
            }
            if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") { break }
            guard byte.continuesName || (byte == UInt8(ascii: "{") && name.isEmpty) || byte == UInt8(ascii: "}") else {
                return nil
            }
            if first.isDigit, !byte.isDigit { return nil }
            name.append(byte)
            index += 1
        }
        guard index < bytes.count, peek(name.count + 1) != UInt8(ascii: "(") else { return nil }
        if first.isDigit {
            // Bash takes larger numbers for words, and how large depends on the machine.
            guard name.count < 10, let number = Int(String(decoding: name, as: UTF8.self)) else {
                throw ShellSyntaxError(.unsure, position)
            }
            return (.number(number), name.count)
        }
        guard name.count > 2, name.last == UInt8(ascii: "}") else { return nil }
        let inner = try text(name[1..<(name.count - 1)])
        guard inner.isShellName else { return nil }
        return (.variable(inner), name.count)
    }

    /// Whether a number or `{name}` here belongs to the redirection behind it, and so is no word.
    mutating func beginsDescriptor() throws(ShellSyntaxError) -> Bool {
        let first = try peek()
        guard first.isDigit || first == UInt8(ascii: "{") else { return false }
        return try descriptorPrefix(first) != nil
    }

    private mutating func operation(_ descriptor: Redirection.Descriptor?) throws(ShellSyntaxError) -> Redirection {
        let start = position
        let (first, second, third) = (peek(0), peek(1), peek(2))
        let operation: Redirection.Operation
        var length = 2
        switch (first, second) {
        case (UInt8(ascii: "<"), UInt8(ascii: "<")):
            if third == UInt8(ascii: "<") {
                skip(3)
                return Redirection(descriptor: descriptor, operation: .hereString, target: try target(.plain))
            }
            let stripsTabs = third == UInt8(ascii: "-")
            skip(stripsTabs ? 3 : 2)
            let body = try hereDocument(start, stripsTabs: stripsTabs)
            return Redirection(descriptor: descriptor, operation: .hereDocument, target: body)
        case (UInt8(ascii: "<"), UInt8(ascii: "&")): operation = .duplicateInput
        case (UInt8(ascii: ">"), UInt8(ascii: "&")): operation = .duplicateOutput
        case (UInt8(ascii: "<"), UInt8(ascii: ">")): operation = .readWrite
        case (UInt8(ascii: ">"), UInt8(ascii: ">")): operation = .append
        case (UInt8(ascii: ">"), UInt8(ascii: "|")): operation = .output
        default:
            operation = first == UInt8(ascii: "<") ? .input : .output
            length = 1
        }
        skip(length)
        if operation == .duplicateInput || operation == .duplicateOutput {
            try skipBlanks()
            // A token by itself: `>&-x` closes, and `x` is a word.
            if try peek() == UInt8(ascii: "-") {
                position += 1
                return Redirection(
                    descriptor: descriptor, operation: operation, target: ShellWord(parts: [.text("-")]))
            }
            // A number here is one, whatever is behind it: `2>&1<x`.
            if try peek().isDigit {
                return Redirection(
                    descriptor: descriptor, operation: operation, target: try word(.command, WordBuilder()))
            }
        }
        return Redirection(descriptor: descriptor, operation: operation, target: try target())
    }

    private mutating func target(_ mode: WordMode = .command) throws(ShellSyntaxError) -> ShellWord {
        allowsReserved = false
        try skipBlanks()
        guard try beginsWord(), try !beginsDescriptor() else { throw unexpected() }
        return try word(mode, WordBuilder())
    }

    // MARK: - Here-documents

    /// The delimiter here, and the body that was found for it.
    private mutating func hereDocument(_ start: Int, stripsTabs: Bool) throws(ShellSyntaxError) -> ShellWord {
        allowsReserved = false
        try skipBlanks()
        guard try beginsWord(), try !beginsDescriptor() else { throw unexpected() }
        let place = position
        let word = try word(.delimiter, WordBuilder())
        var delimiter: [UInt8] = []
        var isQuoted = false
        for part in word.parts {
            switch part {
            case .text(let text): delimiter += text.bytes
            case .quoted(let text):
                delimiter += text.bytes
                isQuoted = true
            // Bash compares with the text of the expansion.
            default: throw ShellSyntaxError(.unsure, place)
            }
        }
        if delimiter.contains(0x0a) { throw ShellSyntaxError(.unsure, place) }
        pending.append(
            PendingDocument(offset: start, delimiter: delimiter, isQuoted: isQuoted, stripsTabs: stripsTabs))
        guard !isLayout, let document = documents[start] else {
            return ShellWord(parts: [.quoted("")])
        }
        if document.isQuoted { return ShellWord(parts: [.quoted(try text(document.body))]) }
        return ShellWord(
            parts: try inner(document.body, at: start) { reader throws(ShellSyntaxError) in
                reader.isDocument = true
                var builder = WordBuilder()
                builder.addDoubleQuoted(try reader.quotedParts(in: .document))
                return builder.finish()
            })
    }

    /// Reads the lines of a body that begins here, its delimiter too.
    mutating func readDocument(_ document: PendingDocument) throws(ShellSyntaxError) {
        var body: [UInt8] = []
        while position < bytes.count {
            let start = position
            var line: [UInt8] = []
            while position < bytes.count, bytes[position] != 0x0a {
                budget.steps += 1
                if !document.isQuoted, bytes[position] == UInt8(ascii: "\\") {
                    // A line that goes on, if only to the text's end; any other escaped byte is itself.
                    let isCut = position + 1 == bytes.count || bytes[position + 1] == 0x0a
                    if !isCut { line += bytes[position...(position + 1)] }
                    position = min(position + 2, bytes.count)
                } else {
                    line.append(bytes[position])
                    position += 1
                }
            }
            budget.steps += 1
            if budget.steps > Limits.shellStepsMax { throw ShellSyntaxError(.tooMuch, position) }
            position = min(position + 1, bytes.count)
            let text = document.stripsTabs ? line.drop { $0 == 0x09 } : line[...]
            if text.elementsEqual(document.delimiter) {
                documents[document.offset] = Document(body: body, isQuoted: document.isQuoted)
                return
            }
            // `$(cat <<E … E)`: bash takes that for the end, others do not.
            if substitutions > 0, text.starts(with: document.delimiter), text.contains(UInt8(ascii: ")")) {
                throw ShellSyntaxError(.unsure, start)
            }
            body += text
            body.append(0x0a)
        }
        documents[document.offset] = Document(body: body, isQuoted: document.isQuoted)
    }

    /// Reads a text that stands within this one, and is read apart.
    mutating func inner<Value>(
        _ inner: [UInt8], at start: Int, _ rule: (inout ShellReader) throws(ShellSyntaxError) -> Value
    ) throws(ShellSyntaxError) -> Value {
        try enter()
        defer { leave() }
        var shared = budget
        do throws(ShellSyntaxError) {
            let settings = Settings(aliases: settings.aliases, extendedGlobs: mayHaveExtendedGlobs)
            let value = try ShellReader.read(inner, settings, &shared, rule)
            budget = shared
            return value
        } catch {
            switch error.what {
            case .unexpectedEnd, .unexpectedToken, .unterminated, .badCountedLoop:
                throw ShellSyntaxError(.badInner, start)
            default: throw ShellSyntaxError(error.what, start)
            }
        }
    }
}
