// SPDX-License-Identifier: Apache-2.0

/// A reserved word (POSIX XCU §2.4, and bash's).
enum ShellKeyword: String, CaseIterable {
    case not = "!"
    case open = "{"
    case close = "}"
    case openCondition = "[["
    case closeCondition = "]]"
    case `if`, then, `elif`, `else`, fi, `while`, until, `for`, select, `do`, done, `case`, esac, `in`, function, time
    case coproc

    /// Whether it ends a list.
    var closes: Bool {
        switch self {
        case .close, .then, .elif, .else, .fi, .do, .done, .esac: true
        default: false
        }
    }

    /// By their first byte, to look few of them up.
    fileprivate static let byFirst: [[(bytes: [UInt8], word: ShellKeyword)]] = {
        var table = [[(bytes: [UInt8], word: ShellKeyword)]](repeating: [], count: 256)
        for word in allCases {
            let bytes = Array(word.rawValue.utf8)
            table[Int(bytes[0])].append((bytes, word))
        }
        return table
    }()
}

extension ShellReader {
    /// The reserved word here, where one may be, and where it ends.
    mutating func keyword() throws(ShellSyntaxError) -> (ShellKeyword, end: Int)? {
        guard allowsReserved else { return nil }
        return try anyKeyword()
    }

    /// The reserved word here, whether or not it is one here.
    mutating func anyKeyword() throws(ShellSyntaxError) -> (ShellKeyword, end: Int)? {
        let first = try peek()
        for (bytes, word) in ShellKeyword.byFirst[Int(first)] {
            if let end = literal(bytes) { return (word, end) }
        }
        return nil
    }

    /// Takes a reserved word that has to be here.
    mutating func take(_ word: ShellKeyword) throws(ShellSyntaxError) {
        try skipBlanks()
        guard let (found, end) = try keyword(), found == word else { throw unexpected() }
        position = end
        allowsReserved = true
    }

    /// Takes a reserved word if it is here.
    mutating func takeIf(_ word: ShellKeyword) throws(ShellSyntaxError) -> Bool {
        guard let (found, end) = try keyword(), found == word else { return false }
        position = end
        allowsReserved = true
        return true
    }

    mutating func literal(_ word: StaticString) -> Int? {
        word.withUTF8Buffer { literal(Array($0)) }
    }

    /// Where the word here ends, if it is exactly these bytes, unquoted.
    mutating func literal(_ word: [UInt8]) -> Int? {
        var index = position
        for byte in word {
            skipContinuations(&index)
            guard index < bytes.count, bytes[index] == byte else { return nil }
            index += 1
        }
        budget.steps += word.count
        let end = index
        skipContinuations(&index)
        guard index < bytes.count else { return end }
        guard bytes[index].endsShellWord else { return nil }
        // `<(…)` goes on with the word.
        if bytes[index] == UInt8(ascii: "<") || bytes[index] == UInt8(ascii: ">") {
            index += 1
            skipContinuations(&index)
            if index < bytes.count, bytes[index] == UInt8(ascii: "(") { return nil }
        }
        return end
    }

    private mutating func skipContinuations(_ index: inout Int) {
        while index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == 0x0a {
            index += 2
            budget.steps += 1
        }
    }
}
