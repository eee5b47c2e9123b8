// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `[[ … ]]`: bash manual, Conditional Constructs.
extension ShellReader {
    /// What is behind `[[`, up to its `]]`, which is taken.
    mutating func condition() throws(ShellSyntaxError) -> [ShellWord] {
        var words: [ShellWord] = []
        allowsReserved = false
        try disjunction(&words)
        guard let end = literal("]]") else { throw unexpected() }
        position = end
        allowsReserved = true
        return words
    }

    /// Terms joined by `&&` and `||`, in the order they are written: the words keep it.
    private mutating func disjunction(_ words: inout [ShellWord]) throws(ShellSyntaxError) {
        while true {
            try term(&words)
            try skipNewlines()
            let byte = try peek()
            guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|"), peek(1) == byte else { return }
            skip(2)
            words.append(ShellWord(parts: [.text(byte == UInt8(ascii: "&") ? "&&" : "||")]))
        }
    }

    private mutating func term(_ words: inout [ShellWord]) throws(ShellSyntaxError) {
        try skipNewlines()
        while let end = literal("!") {
            try node()
            words.append(ShellWord(parts: [.text("!")]))
            position = end
            try skipNewlines()
        }
        if try peek() == UInt8(ascii: "(") {
            try enter()
            defer { leave() }
            position += 1
            words.append(ShellWord(parts: [.text("(")]))
            try disjunction(&words)
            guard try peek() == UInt8(ascii: ")") else { throw unexpected() }
            position += 1
            words.append(ShellWord(parts: [.text(")")]))
            return
        }
        let isUnary = unaryOperator()
        // `1<2`: a number before a redirection, even here.
        if try beginsDescriptor() { throw unexpected() }
        words.append(try operand(.plain))
        try skipBlanks()
        if isUnary {
            words.append(try operand(.plain))
            return
        }
        let byte = try peek()
        if byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">"), peek(1) != UInt8(ascii: "(") {
            position += 1
            words.append(ShellWord(parts: [.text(try text([byte]))]))
            words.append(try operand(.plain))
            return
        }
        for (spelling, mode) in Self.binaryOperators {
            guard let end = literal(spelling) else { continue }
            position = end
            words.append(ShellWord(parts: [.text(try text(spelling))]))
            words.append(try operand(mode))
            return
        }
        // A word by itself: the line may not end behind it.
        if byte == 0x0a { throw unexpected() }
    }

    private mutating func operand(_ mode: WordMode) throws(ShellSyntaxError) -> ShellWord {
        try skipBlanks()
        let byte = try peek()
        let isRegexGroup = mode == .regex && (byte == UInt8(ascii: "(") || byte == UInt8(ascii: "|"))
        let begins = try beginsWord()
        guard begins || isRegexGroup, literal("]]") == nil else { throw unexpected() }
        return try word(mode, WordBuilder())
    }

    /// Whether `-f` or its like is here.
    private mutating func unaryOperator() -> Bool {
        guard peek(0) == UInt8(ascii: "-") else { return false }
        let letter = peek(1)
        guard "abcdefghknoprstuvwxzGLNORS".utf8.contains(letter) else { return false }
        return literal([UInt8(ascii: "-"), letter]) != nil
    }

    private static let binaryOperators: [([UInt8], WordMode)] =
        [("==", WordMode.pattern), ("=", .pattern), ("!=", .pattern), ("=~", .regex)].map { (Array($0.0.utf8), $0.1) }
        + ["-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef"].map { (Array($0.utf8), .plain) }
}
