// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A Perl program, as given to `-e`, whatever `-n`, `-p`, `-l` and `-a` make of it.
///
/// Perl cannot be cut into tokens without being run; this reads the part of it where it can: variables, numbers, strings
/// with plain variables in them, matches and substitutions, and functions from a list. What a substitution's `/e` runs
/// is read as a program as well. Every other name, quote or sigil is not understood.
struct PerlProgram {
    private var cursor: CodeCursor
    private let depth: Int
    private var expectsTerm = true
    /// For each open brace, whether it is a subscript.
    private var braces: [Bool] = []
    /// The last word, while nothing came after it.
    private var word: UTF8String?
    private var count = 0
    /// What ended the last term: a variable, a bracket by itself, or something else.
    private var ending = Ending.other

    private enum Ending { case variable, round, element, other }

    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        try read(code.bytes, depth: 0)
        return []
    }

    private static func read(_ bytes: [UInt8], depth: Int) throws(NotUnderstood) {
        guard depth <= 4 else { throw NotUnderstood() }
        var program = PerlProgram(cursor: CodeCursor(bytes), depth: depth)
        try program.run()
    }

    private init(cursor: CodeCursor, depth: Int) {
        self.cursor = cursor
        self.depth = depth
    }

    /// Functions and words after which an operand may come.
    private static let functions = words(
        """
        abs and gmtime localtime chomp chop chr cmp cos defined delete die each else elsif eq exists exit exp for foreach ge grep gt hex if
        index int join keys last lc lcfirst le length local log lt map my ne next no not oct or ord our pack pop pos print
        printf push quotemeta rand redo ref return reverse rindex say scalar shift sin sort splice split sprintf sqrt srand
        substr uc ucfirst undef unless unpack unshift until values wantarray warn while x xor
        max min sum sum0 first any all none uniq shuffle floor ceil fmod pow strftime
        BEGIN END STDERR STDOUT STDIN
        """)
    /// Words after which a slash begins a match.
    private static let beforePattern = words(
        "and or not if unless while until split grep map join push unshift print return x xor lt gt le ge eq ne cmp")
    private static let quotes = words("s m y tr q qq qw qr qx")
    private static let pragmas = words("strict warnings utf8 integer bigint POSIX")

    private mutating func run() throws(NotUnderstood) {
        if cursor.byte == UInt8(ascii: "=") { throw NotUnderstood() }
        while !cursor.isAtEnd {
            count += 1
            guard count <= Limits.codeTokensMax else { throw NotUnderstood() }
            let byte = cursor.byte
            switch byte {
            case 0x20, 0x09, 0x0d: cursor.advance()
            case 0x0a:
                cursor.advance()
                // Documentation, which hides code.
                if cursor.byte == UInt8(ascii: "="), cursor[1].isLetter { throw NotUnderstood() }
            case UInt8(ascii: "#"): _ = cursor.takeLine()
            default:
                let before = word
                word = nil
                let wasEnding = ending
                ending = .other
                try token(byte, after: before, wasEnding)
            }
        }
        guard braces.isEmpty else { throw NotUnderstood() }
    }

    private mutating func token(
        _ byte: UInt8, after before: UTF8String?, _ wasEnding: Ending
    ) throws(NotUnderstood) {
        switch byte {
        case UInt8(ascii: "$"): try scalar()
        case UInt8(ascii: "@"): try sigil()
        case UInt8(ascii: "%") where expectsTerm: try sigil()
        case UInt8(ascii: "'"):
            // After a name it can be an old `::`.
            guard expectsTerm else { throw NotUnderstood() }
            cursor.advance()
            _ = try section(until: byte)
            expectsTerm = false
        case UInt8(ascii: "\""):
            guard expectsTerm else { throw NotUnderstood() }
            cursor.advance()
            try interpolated(try section(until: byte), isPattern: false)
            expectsTerm = false
        case UInt8(ascii: "/"):
            if expectsTerm {
                if let before, !Self.beforePattern.contains(before) { throw NotUnderstood() }
                cursor.advance()
                try interpolated(try section(until: byte), isPattern: true)
                try flags("gimosxncaudlp")
                expectsTerm = false
            } else {
                cursor.advance()
                if cursor.byte == byte { cursor.advance() }
                _ = cursor.take("=")
                expectsTerm = true
            }
        case UInt8(ascii: "<"):
            if expectsTerm {
                guard cursor.take("<>") || cursor.take("<STDIN>") else { throw NotUnderstood() }
                expectsTerm = false
            } else {
                if !cursor.take("<=>"), !cursor.take("<=") {
                    guard cursor[1] != byte else { throw NotUnderstood() }
                    cursor.advance()
                }
                expectsTerm = true
            }
        case _ where byte.isDigit || byte == UInt8(ascii: ".") && expectsTerm && cursor[1].isDigit:
            guard expectsTerm else { throw NotUnderstood() }
            _ = try cursor.takeNumber()
            expectsTerm = false
        case _ where byte.isLetter || byte == UInt8(ascii: "_"): try name()
        default: try symbol(byte, wasEnding)
        }
    }

    private mutating func symbol(_ byte: UInt8, _ wasEnding: Ending) throws(NotUnderstood) {
        switch byte {
        case UInt8(ascii: "{"):
            // After a term it is a subscript, after a condition a block. An element's element could be a variable that
            // is named by a text.
            guard expectsTerm || wasEnding == .variable || wasEnding == .round else { throw NotUnderstood() }
            let isSubscript = !expectsTerm && wasEnding == .variable
            braces.append(isSubscript)
            cursor.advance()
            if isSubscript {
                // A word alone is a key, whatever else it means.
                var ahead = cursor
                if ahead.takeName() != nil, ahead.byte == UInt8(ascii: "}") { cursor = ahead }
                expectsTerm = cursor.byte != UInt8(ascii: "}")
            } else {
                expectsTerm = true
            }
        case UInt8(ascii: "}"):
            guard let isSubscript = braces.popLast() else { throw NotUnderstood() }
            expectsTerm = !isSubscript
            ending = .element
            cursor.advance()
        case UInt8(ascii: ")"), UInt8(ascii: "]"):
            expectsTerm = false
            ending = byte == UInt8(ascii: ")") ? .round : .element
            cursor.advance()
        case UInt8(ascii: "["):
            guard expectsTerm || wasEnding == .variable || wasEnding == .round else { throw NotUnderstood() }
            cursor.advance()
            expectsTerm = true
        case UInt8(ascii: "?"):
            guard !expectsTerm else { throw NotUnderstood() }
            cursor.advance()
            expectsTerm = true
        case UInt8(ascii: "-"):
            if cursor.starts(with: "->") {
                // Methods, calls, and variables that are named by a text.
                throw NotUnderstood()
            } else if cursor.take("--") {
                break
            } else {
                // A test of a file, `-e $x`.
                if expectsTerm, cursor[1].isLetter { throw NotUnderstood() }
                cursor.advance()
                _ = cursor.take("=")
                expectsTerm = true
            }
        case UInt8(ascii: "+") where cursor[1] == byte: cursor.advance(2)
        case UInt8(ascii: "*"), UInt8(ascii: "&"):
            // Sigils of names that stand for anything.
            guard !expectsTerm || cursor[1] == UInt8(ascii: "&") else { throw NotUnderstood() }
            cursor.take { $0 == byte }
            _ = cursor.take("=")
            expectsTerm = true
        case UInt8(ascii: "="):
            if cursor[1] == UInt8(ascii: "~") {
                cursor.advance(2)
            } else {
                cursor.advance()
                _ = cursor.take("=") || cursor.take(">")
            }
            expectsTerm = true
        case UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "|"),
            UInt8(ascii: "^"), UInt8(ascii: "%"), UInt8(ascii: "\\"):
            if byte == UInt8(ascii: ":"), cursor[1] == byte { throw NotUnderstood() }
            // A call of what was found there.
            if byte == UInt8(ascii: "("), !expectsTerm, wasEnding == .element { throw NotUnderstood() }
            cursor.advance()
            expectsTerm = true
        default: throw NotUnderstood()
        }
    }

    // MARK: - Variables

    /// Variables that change what files are read, what is loaded, or what handles what.
    private static let treacherous = words("ARGV INC ENV SIG ARGVOUT DATA main CORE GLOBAL")

    private mutating func scalar() throws(NotUnderstood) {
        guard expectsTerm else { throw NotUnderstood() }
        cursor.advance()
        if cursor.byte == UInt8(ascii: "#") {
            cursor.advance()
            _ = cursor.take("{") || cursor.take("$")
            guard cursor.bytes[cursor.index - 1] != UInt8(ascii: "{"), let name = cursor.takeName(),
                !Self.treacherous.contains(name)
            else { throw NotUnderstood() }
        } else if let name = cursor.takeName() {
            let isName = name == "ARGV" && cursor.byte != UInt8(ascii: "[")
            guard isName || !Self.treacherous.contains(name) || name == "ENV" && cursor.byte == UInt8(ascii: "{") else {
                throw NotUnderstood()
            }
            guard !cursor.starts(with: "::") else { throw NotUnderstood() }
        } else if cursor.byte.isDigit {
            cursor.take(while: \.isDigit)
        } else {
            let special = Array("&_.,/\\;0|+!@".utf8)
            guard special.contains(cursor.byte) else { throw NotUnderstood() }
            cursor.advance()
        }
        guard cursor.byte != UInt8(ascii: "'") else { throw NotUnderstood() }
        expectsTerm = false
        ending = .variable
    }

    /// `@name`, `%name`; what else is after a sigil can name anything.
    private mutating func sigil() throws(NotUnderstood) {
        guard expectsTerm else { throw NotUnderstood() }
        cursor.advance()
        guard let name = cursor.takeName(), !Self.treacherous.contains(name), !cursor.starts(with: "::"),
            cursor.byte != UInt8(ascii: "'")
        else { throw NotUnderstood() }
        expectsTerm = false
        ending = .variable
    }

    // MARK: - Words

    private mutating func name() throws(NotUnderstood) {
        let isAfterTerm = !expectsTerm
        guard let name = cursor.takeName(), !cursor.starts(with: "::") else { throw NotUnderstood() }
        guard cursor.byte != UInt8(ascii: "'") else { throw NotUnderstood() }
        var ahead = cursor
        ahead.skipBlanks()
        if ahead.starts(with: "=>") {
            // A word before it is a text, save where it begins a quote.
            guard !Self.quotes.contains(name) else { throw NotUnderstood() }
            expectsTerm = false
            return
        }
        if Self.quotes.contains(name) {
            guard !isAfterTerm else { throw NotUnderstood() }
            return try quote(name)
        }
        if name == "use" || name == "no" { return try pragma() }
        if name == "time" || name == "__LINE__" || name == "__FILE__" {
            expectsTerm = false
            return
        }
        guard Self.functions.contains(name) else { throw NotUnderstood() }
        word = name
        expectsTerm = true
        switch name {
        case "STDERR", "STDOUT", "STDIN": break
        case "print", "printf", "say":
            // A handle in braces is computed.
            if ahead.byte == UInt8(ascii: "{") { throw NotUnderstood() }
        case "localtime", "gmtime", "lc", "uc", "length", "shift", "pop", "wantarray", "rand", "exit", "last", "next",
            "redo", "undef":
            // Without an operand they are terms.
            let ends: [UInt8] = [
                0, UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "."),
                UInt8(ascii: "="), UInt8(ascii: ">"),
                UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: "]"),
            ]
            if ends.contains(ahead.byte) {
                expectsTerm = false
                word = nil
            } else if ahead.byte == UInt8(ascii: "<") || ahead.byte == UInt8(ascii: "/")
                || ahead.byte == UInt8(ascii: "%")
                || ahead.byte == UInt8(ascii: "*") || ahead.byte == UInt8(ascii: "&")
            {
                throw NotUnderstood()
            }
        default: break
        }
    }

    /// `use strict; use List::Util qw(max);`, `use 5.010;`, `use POSIX;`.
    private mutating func pragma() throws(NotUnderstood) {
        guard expectsTerm else { throw NotUnderstood() }
        cursor.skipBlanks()
        if cursor.byte.isDigit || cursor.byte == UInt8(ascii: "v") && cursor[1].isDigit {
            cursor.take { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "v") }
        } else if let name = cursor.takeName() {
            if name == "List" {
                guard cursor.take("::Util") else { throw NotUnderstood() }
            } else {
                guard Self.pragmas.contains(name), cursor.byte != UInt8(ascii: ":") else { throw NotUnderstood() }
            }
            cursor.skipBlanks()
            if cursor.take("qw(") { cursor.take { $0.isAlphanumeric || $0 == 0x20 || $0 == UInt8(ascii: "_") } }
            _ = cursor.take(")")
        }
        cursor.skipBlanks()
        guard cursor.isAtEnd || cursor.byte == UInt8(ascii: ";") || cursor.byte == UInt8(ascii: "}") else {
            throw NotUnderstood()
        }
        expectsTerm = true
    }

    // MARK: - Quotes

    private mutating func quote(_ name: UTF8String) throws(NotUnderstood) {
        guard name != "qx" else { throw NotUnderstood() }
        let open = cursor.byte
        // Not a blank, a letter, `=` and what might end a word; `'` changes what is a variable.
        guard "/|#!,~%@:;{([<".utf8.contains(open) else { throw NotUnderstood() }
        if open == UInt8(ascii: ","), name != "s", name != "m", name != "tr" { throw NotUnderstood() }
        cursor.advance()
        let first = try section(until: open)
        switch name {
        case "q", "qw": break
        case "qq": try interpolated(first, isPattern: false)
        case "m", "qr":
            try interpolated(first, isPattern: true)
            try flags("gimosxncaudlp")
        case "tr", "y":
            _ = try second(open)
            try flags("cdsr")
        default:
            try interpolated(first, isPattern: true)
            let replacement = try second(open)
            let flags = cursor.take(while: \.isLetter)
            guard flags.allSatisfy({ "gimosxncaudlpre".utf8.contains($0) }) else { throw NotUnderstood() }
            switch flags.count(where: { $0 == UInt8(ascii: "e") }) {
            case 0: try interpolated(replacement, isPattern: false)
            case 1: try Self.read(replacement, depth: depth + 1)
            default: throw NotUnderstood()
            }
        }
        guard !cursor.byte.isAlphanumeric, cursor.byte != UInt8(ascii: "_") else { throw NotUnderstood() }
        expectsTerm = false
    }

    private static let partners: [UInt8: UInt8] = [0x28: 0x29, 0x5b: 0x5d, 0x7b: 0x7d, 0x3c: 0x3e]

    private mutating func second(_ open: UInt8) throws(NotUnderstood) -> [UInt8] {
        if Self.partners[open] != nil {
            cursor.skipBlanks()
            guard cursor.byte == open else { throw NotUnderstood() }
            cursor.advance()
        }
        return try section(until: open)
    }

    /// The text to the closing delimiter; brackets nest.
    private mutating func section(until open: UInt8) throws(NotUnderstood) -> [UInt8] {
        let close = Self.partners[open] ?? open
        var nested = 0
        var text: [UInt8] = []
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            if byte == close, nested == 0 { return text }
            if close != open {
                if byte == open { nested += 1 }
                if byte == close { nested -= 1 }
            }
            text.append(byte)
            if byte == UInt8(ascii: "\\"), !cursor.isAtEnd {
                text.append(cursor.byte)
                cursor.advance()
            }
        }
        throw NotUnderstood()
    }

    private mutating func flags(_ known: String) throws(NotUnderstood) {
        let flags = cursor.take(while: \.isLetter)
        guard flags.allSatisfy({ known.utf8.contains($0) }), !cursor.byte.isAlphanumeric else { throw NotUnderstood() }
    }

    /// A text with variables in it: plain ones, and elements by plain indexes.
    private func interpolated(_ text: [UInt8], isPattern: Bool) throws(NotUnderstood) {
        var inner = CodeCursor(text)
        // Code in a pattern: `(?{…})`, `(??{…})`.
        if isPattern, zip(text, text.dropFirst()).contains(where: { "?*p".utf8.contains($0) && $1 == 0x7b }) {
            throw NotUnderstood()
        }
        while !inner.isAtEnd {
            let byte = inner.byte
            inner.advance()
            switch byte {
            case UInt8(ascii: "\\"): inner.advance()
            case UInt8(ascii: "$"), UInt8(ascii: "@"):
                let next = inner.byte
                if byte == UInt8(ascii: "$"), isPattern,
                    next == 0 || next == UInt8(ascii: "|") || next == UInt8(ascii: ")")
                {
                    continue
                }
                if let name = inner.takeName() {
                    let isVariable = name == "ENV" && byte == UInt8(ascii: "$") && inner.byte == UInt8(ascii: "{")
                    guard
                        !Self.treacherous.contains(name) || isVariable
                            || name == "ARGV" && byte == UInt8(ascii: "$") && inner.byte != UInt8(ascii: "[")
                    else { throw NotUnderstood() }
                } else if byte == UInt8(ascii: "$"), next.isDigit {
                    inner.take(while: \.isDigit)
                } else if byte == UInt8(ascii: "$"), !isPattern,
                    next == UInt8(ascii: "&") || next == UInt8(ascii: ".") || next == UInt8(ascii: ",")
                {
                    inner.advance()
                } else if byte == UInt8(ascii: "@"), next == 0 || next == 0x20 || next == UInt8(ascii: ".") {
                    continue
                } else {
                    throw NotUnderstood()
                }
                try element(&inner)
            default: break
            }
        }
    }

    /// `[1]`, `[$i]`, `[-1]`, `{key}` after a variable in a text.
    private func element(_ inner: inout CodeCursor) throws(NotUnderstood) {
        if inner.starts(with: "->") || inner.starts(with: "::") { throw NotUnderstood() }
        if inner.byte == UInt8(ascii: "[") || inner.byte == UInt8(ascii: "{") {
            let close = inner.byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: "}")
            inner.advance()
            _ = inner.take("-") || inner.take("$")
            inner.take { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
            guard inner.byte == close else { throw NotUnderstood() }
            inner.advance()
            if inner.starts(with: "->") { throw NotUnderstood() }
        }
    }
}
