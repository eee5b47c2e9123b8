// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A shell command line, as far as it can be read without a shell's grammar.
///
/// A *plain* command is words of `A–Z a–z 0–9 _ @ % + = : , . / -` and quoted literals between blanks, and nothing else:
/// every shell runs it alike. Of anything more only the first word is known, and only where it is literal.
public enum CommandWords: Sendable, Equatable {
    /// All words, quotes removed; at least one.
    case plain([UTF8String])
    /// More than a plain command. The first word where it is certainly the program.
    case code(first: UTF8String?)

    /// Reads a command line.
    public init(_ text: UTF8String) {
        let bytes = text.bytes
        guard bytes.count <= Limits.commandBytesMax else {
            self = .code(first: nil)
            return
        }
        var scanner = WordScanner(bytes: bytes)
        var words: [UTF8String] = []
        while words.count <= Limits.commandWordsMax, let word = scanner.next() { words.append(word) }
        let first = words.first.flatMap { Self.isProgram($0, wasQuoted: scanner.firstWasQuoted) ? $0 : nil }
        if scanner.isAtEnd, words.count <= Limits.commandWordsMax, first != nil {
            self = .plain(words)
        } else {
            self = .code(first: first)
        }
    }

    /// A first word that is an assignment or, unquoted, a reserved word (POSIX XCU §2.4, and bash's own) starts
    /// something other than a plain command.
    private static func isProgram(_ word: UTF8String, wasQuoted: Bool) -> Bool {
        !word.string.utf8.contains(UInt8(ascii: "=")) && (wasQuoted || !reserved.contains(word))
    }

    private static let reserved: Set<UTF8String> = [
        "if", "then", "else", "elif", "fi", "do", "done", "case", "esac", "while", "until", "for", "in", "select",
        "function", "time", "coproc",
    ]
}

/// Cuts literal words off a command line; stops for good at the first byte that only a shell understands.
private struct WordScanner {
    let bytes: [UInt8]
    var index = 0
    var firstWasQuoted = false
    private var count = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether all was words. Where a word could not be read, `index` stays before what stopped it.
    var isAtEnd: Bool { index >= bytes.count }

    private static let plain = Set("_@%+=:,./-".utf8)
    private static let operators = Set(";&|<>\n".utf8)

    /// The next word, or `nil` at the end and at what is no literal word.
    mutating func next() -> UTF8String? {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index < bytes.count else { return nil }
        let start = index
        var word: [UInt8] = []
        var wasQuoted = false
        scan: while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                guard let literal = quoted(by: byte) else { return nil }
                word += literal
                wasQuoted = true
            case UInt8(ascii: "=") where index == start: return nil  // zsh: `=name` is a path
            case _ where byte.isAlphanumeric || Self.plain.contains(byte):
                word.append(byte)
                index += 1
            case 0x20, 0x09: break scan
            case _ where Self.operators.contains(byte):
                // `2>` is a redirection, not a word.
                let isNumber = !wasQuoted && word.allSatisfy(\.isDigit) && (byte == 0x3c || byte == 0x3e)
                guard count == 0, !isNumber, index > start else { return nil }
                break scan
            default: return nil
            }
        }
        if count == 0 { firstWasQuoted = wasQuoted }
        count += 1
        return UTF8String(validating: word)
    }

    /// The text between two quotes, moving past the second. In double quotes nothing may be that a shell expands.
    private mutating func quoted(by quote: UInt8) -> ArraySlice<UInt8>? {
        guard let end = bytes[(index + 1)...].firstIndex(of: quote) else { return nil }
        let literal = bytes[(index + 1)..<end]
        guard literal.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else { return nil }
        if quote == UInt8(ascii: "\""), literal.contains(where: { "$`\\!".utf8.contains($0) }) { return nil }
        index = end + 1
        return literal
    }
}
