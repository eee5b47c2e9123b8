// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A sed script: POSIX, and GNU's additions. Several `-e` are joined by line ends.
///
/// It touches files by `r`, `R`, `w`, `W` and the flag `w`, and runs commands by `e` and the flag `e`. All else works on
/// the text.
struct SedProgram {
    private var cursor: CodeCursor
    private var actions: [ProgramAction] = []
    /// Then nothing that such a word may have in it ends a section.
    private var hasWords = false

    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        var program = SedProgram(cursor: CodeCursor(code))
        try program.script()
        return program.actions
    }

    private mutating func script() throws(NotUnderstood) {
        var depth = 0
        while true {
            cursor.take { $0 == UInt8(ascii: ";") || $0 == 0x20 || (0x09...0x0d).contains($0) }
            guard !cursor.isAtEnd else { break }
            if cursor.byte == UInt8(ascii: "#") {
                _ = cursor.takeLine()
                continue
            }
            if cursor.take("}") {
                depth -= 1
                guard depth >= 0 else { throw NotUnderstood() }
                try end()
                continue
            }
            try addresses()
            if cursor.take("{") {
                depth += 1
                continue
            }
            try command()
        }
        guard depth == 0 else { throw NotUnderstood() }
    }

    /// None, one or two addresses, and `!`.
    private mutating func addresses() throws(NotUnderstood) {
        if try address(isSecond: false) {
            cursor.skipBlanks()
            if cursor.take(",") {
                cursor.skipBlanks()
                guard try address(isSecond: true) else { throw NotUnderstood() }
            }
        }
        cursor.take { $0 == UInt8(ascii: "!") || $0 == 0x20 || $0 == 0x09 }
    }

    private mutating func address(isSecond: Bool) throws(NotUnderstood) -> Bool {
        switch cursor.byte {
        case UInt8(ascii: "$"): cursor.advance()
        case UInt8(ascii: "/"):
            cursor.advance()
            try section(until: UInt8(ascii: "/"), isPattern: true)
            cursor.take { $0 == UInt8(ascii: "I") || $0 == UInt8(ascii: "M") }
        case UInt8(ascii: "\\"):
            let delimiter = cursor[1]
            guard Self.isDelimiter(delimiter), !hasWords else { throw NotUnderstood() }
            cursor.advance(2)
            try section(until: delimiter, isPattern: true)
            cursor.take { $0 == UInt8(ascii: "I") || $0 == UInt8(ascii: "M") }
        case UInt8(ascii: "+"), UInt8(ascii: "~"):
            guard isSecond, cursor[1].isDigit else { return false }
            cursor.advance()
            cursor.take(while: \.isDigit)
        default:
            guard Self.isOfNumber(cursor.byte) else { return false }
            cursor.take(while: Self.isOfNumber)
            if cursor.byte == UInt8(ascii: "~"), cursor[1].isDigit {
                cursor.advance()
                cursor.take(while: \.isDigit)
            }
        }
        return true
    }

    private mutating func command() throws(NotUnderstood) {
        let letter = cursor.byte
        cursor.advance()
        switch letter {
        case UInt8(ascii: "="), UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "F"), UInt8(ascii: "g"),
            UInt8(ascii: "G"), UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "n"), UInt8(ascii: "N"),
            UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "x"), UInt8(ascii: "z"):
            try end()
        case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "q"), UInt8(ascii: "Q"):
            cursor.skipBlanks()
            cursor.take(while: \.isDigit)
            try end()
        case UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: ":"):
            cursor.skipBlanks()
            let label = cursor.take { $0 > 0x20 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "}") }
            if letter == UInt8(ascii: ":"), label.isEmpty || cursor.byte == UInt8(ascii: "}") { throw NotUnderstood() }
            try end()
        case UInt8(ascii: "v"):
            cursor.skipBlanks()
            cursor.take { $0.isDigit || $0 == UInt8(ascii: ".") }
            try end()
        case UInt8(ascii: "a"), UInt8(ascii: "i"), UInt8(ascii: "c"): try text()
        case UInt8(ascii: "r"), UInt8(ascii: "R"): try file(.read)
        case UInt8(ascii: "w"), UInt8(ascii: "W"): try file(.write)
        case UInt8(ascii: "e"):
            cursor.skipBlanks()
            let command = cursor.takeLine()
            let text = UTF8String(validating: command)
            actions.append(command.isEmpty ? .opaque(.code) : text.map { .shell(ShellValue($0)) } ?? .opaque(.code))
        case UInt8(ascii: "s"): try substitution()
        case UInt8(ascii: "y"):
            let delimiter = try delimiter()
            try section(until: delimiter, isPattern: false)
            try section(until: delimiter, isPattern: false)
            try end()
        default: throw NotUnderstood()
        }
    }

    private mutating func substitution() throws(NotUnderstood) {
        let delimiter = try delimiter()
        try section(until: delimiter, isPattern: true)
        try section(until: delimiter, isPattern: false)
        while true {
            switch cursor.byte {
            case UInt8(ascii: "g"), UInt8(ascii: "p"), UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "m"),
                UInt8(ascii: "M"), 0x30...0x39:
                cursor.advance()
            case UInt8(ascii: "e"):
                cursor.advance()
                actions.append(.opaque(.code))
            case UInt8(ascii: "w"):
                cursor.advance()
                return try file(.write)
            default: return try end()
            }
        }
    }

    private mutating func delimiter() throws(NotUnderstood) -> UInt8 {
        let delimiter = cursor.byte
        guard Self.isDelimiter(delimiter) else { throw NotUnderstood() }
        guard !hasWords || !(delimiter.isAlphanumeric || "_.-".utf8.contains(delimiter)) else { throw NotUnderstood() }
        cursor.advance()
        return delimiter
    }

    /// What cannot be confused with the script's own structure; sed itself takes anything but `\` and a line's end.
    private static func isDelimiter(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "\\") }

    /// Stands for a number that only run time knows; as an address it is one.
    private static let numberSign: UInt8 = 0x02

    private static func isOfNumber(_ byte: UInt8) -> Bool { byte.isDigit || byte == numberSign }

    /// A script with words in it that only run time knows, of letters, digits, `_`, `.` and `-`: where it reads the same
    /// whatever they are, since they stand within an expression or a replacement, or in text that is put in.
    static func actions(of script: ShellValue) throws(NotUnderstood) -> [ProgramAction] {
        let sign: UInt8 = 0x01
        let onlyNumber = ShellValue.number.pieces[0]
        var bytes: [UInt8] = []
        for piece in script.pieces {
            switch piece {
            case .text(let text):
                guard !text.bytes.contains(sign), !text.bytes.contains(numberSign) else { throw NotUnderstood() }
                bytes += text.bytes
            case onlyNumber: bytes.append(numberSign)
            case .wildcard(let pattern) where ShellValue.unsplit.contains(pattern): bytes.append(sign)
            case .wildcard, .unknown, .component: throw NotUnderstood()
            }
        }
        guard let code = UTF8String(validating: bytes) else { throw NotUnderstood() }
        var program = SedProgram(cursor: CodeCursor(code))
        program.hasWords = bytes.contains(sign) || bytes.contains(numberSign)
        try program.script()
        // A file or a command with such a word in its name.
        guard !program.hasWords || program.actions.isEmpty else { throw NotUnderstood() }
        return program.actions
    }

    /// Moves past the next delimiter. In a pattern's `[…]` it is an ordinary character; a sed that cut there would be
    /// left with an open bracket, and would refuse the script.
    private mutating func section(until delimiter: UInt8, isPattern: Bool) throws(NotUnderstood) {
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            if byte == UInt8(ascii: "\\") {
                cursor.advance()
            } else if byte == delimiter {
                return
            } else if isPattern, byte == UInt8(ascii: "["), delimiter != UInt8(ascii: "]") {
                try brackets()
            } else if isPattern, byte == 0x0a {
                throw NotUnderstood()
            }
        }
        throw NotUnderstood()
    }

    private mutating func brackets() throws(NotUnderstood) {
        _ = cursor.take("^")
        _ = cursor.take("]")
        while !cursor.isAtEnd, cursor.byte != UInt8(ascii: "]"), cursor.byte != 0x0a {
            if cursor.byte == UInt8(ascii: "["),
                [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(cursor[1])
            {
                let kind = cursor[1]
                cursor.advance(2)
                while !cursor.isAtEnd, cursor.byte != 0x0a, cursor.byte != kind || cursor[1] != UInt8(ascii: "]") {
                    cursor.advance()
                }
                cursor.advance(2)
            } else {
                cursor.advance()
            }
        }
        guard cursor.take("]") else { throw NotUnderstood() }
    }

    /// What `a`, `i` and `c` insert: up to a line's end that no backslash precedes.
    private mutating func text() throws(NotUnderstood) {
        cursor.skipBlanks()
        if cursor.take("\\") {
            cursor.skipBlanks()
            _ = cursor.take("\r")
            if !cursor.take("\n") {
                // `a\text` in one line: with a second backslash there, where the text ends is anybody's guess.
                var ahead = cursor
                guard !ahead.takeLine().contains(UInt8(ascii: "\\")) else { throw NotUnderstood() }
            }
        }
        while !cursor.isAtEnd, cursor.byte != 0x0a { cursor.advance(cursor.byte == UInt8(ascii: "\\") ? 2 : 1) }
    }

    /// A file's name goes to the line's end, whatever is in it.
    private mutating func file(_ verb: Verb) throws(NotUnderstood) {
        cursor.skipBlanks()
        guard let name = UTF8String(validating: cursor.takeLine()), !name.isEmpty else { throw NotUnderstood() }
        if let action = ProgramAction.path(verb, literal: name) { actions.append(action) }
    }

    /// A command ends at `;`, `}`, a comment or the line's end.
    private mutating func end() throws(NotUnderstood) {
        cursor.skipBlanks()
        let ends: [UInt8] = [0x0a, 0x0d, UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: "#")]
        guard cursor.isAtEnd || ends.contains(cursor.byte) else { throw NotUnderstood() }
    }
}
