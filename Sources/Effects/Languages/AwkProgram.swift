// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// An awk program: POSIX, gawk's and mawk's.
///
/// It runs commands by `system`, `|` and `|&`, and touches files by `>`, `>>` and `getline <`; literal operands become
/// actions, computed ones are opaque. Regular expressions, fields, arrays and arithmetic touch nothing.
struct AwkProgram {
    private let tokens: [CodeToken]
    private let partners: [Int: Int]
    private var actions: [ProgramAction] = []
    private var functions: Set<UTF8String> = []

    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        let tokens = try AwkLexer.tokens(of: code)
        var program = AwkProgram(tokens: tokens, partners: try tokens.partners())
        try program.walk()
        return program.actions
    }

    private init(tokens: [CodeToken], partners: [Int: Int]) {
        self.tokens = tokens
        self.partners = partners
        for (index, token) in tokens.enumerated() where token.isName("function") || token.isName("func") {
            if let name = tokens.at(index + 1)?.name { functions.insert(name) }
        }
    }

    /// What gawk reads or calls by name.
    private static let treacherous = words("SYMTAB FUNCTAB")
    fileprivate static let builtin = words(
        """
        system length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper
        strftime systime mktime gensub patsplit asort asorti strtonum and or xor lshift rshift compl isarray typeof
        fflush close printf print if while for switch return exit getline delete in function func do else case
        """)

    private mutating func walk() throws(NotUnderstood) {
        /// Where a `print` is being read: how many brackets were open before it.
        var printDepth: Int?
        var depth = 0
        for (index, token) in tokens.enumerated() {
            switch token {
            case .name(let name):
                guard !Self.treacherous.contains(name) else { throw NotUnderstood() }
                switch name {
                case "ARGV", "ARGC": actions.append(.opaque(.pathRead))
                case "print", "printf": printDepth = depth
                case "system": try system(at: index)
                case "getline": getline(at: index)
                default:
                    // A name that nobody defined, called: an extension's function.
                    let isCall = tokens.at(index + 1)?.isSymbol("(") == true
                    guard !isCall || Self.builtin.contains(name) || functions.contains(name) else {
                        throw NotUnderstood()
                    }
                }
            case .symbol(let symbol):
                switch symbol {
                case "(", "[", "{": depth += 1
                case ")", "]", "}":
                    depth -= 1
                    if let open = printDepth, depth < open { printDepth = nil }
                case ";": if depth == printDepth { printDepth = nil }
                case ">", ">>":
                    if depth == printDepth {
                        redirection(after: index)
                    } else if symbol == ">>" {
                        throw NotUnderstood()
                    }
                case "|", "|&": pipe(at: index, isPrint: depth == printDepth)
                default: break
                }
            case .newline: if depth == printDepth { printDepth = nil }
            default: break
            }
        }
    }

    private mutating func system(at index: Int) throws(NotUnderstood) {
        guard tokens.at(index + 1)?.isSymbol("(") == true, let close = partners[index + 1] else {
            throw NotUnderstood()
        }
        guard close == index + 3, let command = tokens.at(index + 2)?.literal else {
            actions.append(.opaque(.code))
            return
        }
        actions.append(.shell(ShellValue(command)))
    }

    /// What may end an expression.
    private func isBoundary(_ index: Int) -> Bool {
        switch tokens.at(index) {
        case nil, .newline: true
        case .symbol(let symbol): [";", "}", ")", "&&", "||"].contains(symbol)
        default: false
        }
    }

    private mutating func redirection(after index: Int) {
        let target = isBoundary(index + 2) ? tokens.at(index + 1)?.literal : nil
        guard let target, let action = ProgramAction.path(.write, literal: target) else {
            if target == nil { actions.append(.opaque(.pathWrite)) }
            return
        }
        actions.append(network(target) ?? action)
    }

    /// `print | "command"`, `"command" | getline`, `… |& …`.
    private mutating func pipe(at index: Int, isPrint: Bool) {
        var command: UTF8String?
        if tokens.at(index + 1)?.isName("getline") == true {
            let opening: Set<UTF8String> = ["(", "{", "}", ";", "&&", "||", "!"]
            let before = tokens.at(index - 2)
            let isWhole = before == nil || before == .newline || before?.symbol.map(opening.contains) == true
            command = isWhole ? tokens.at(index - 1)?.literal : nil
        } else if isPrint, isBoundary(index + 2) {
            command = tokens.at(index + 1)?.literal
        }
        guard let command else {
            actions.append(.opaque(.code))
            return
        }
        actions.append(network(command) ?? .shell(ShellValue(command)))
    }

    private mutating func getline(at index: Int) {
        var next = index + 1
        if tokens.at(next)?.isSymbol("$") == true {
            next += 1
            while tokens.at(next)?.isSymbol("$") == true { next += 1 }
            if tokens.at(next)?.isSymbol("(") == true { next = partners[next] ?? next }
            next += 1
        } else if let name = tokens.at(next)?.name, !Self.builtin.contains(name) {
            next += 1
        }
        if tokens.at(next)?.isSymbol("[") == true { next = (partners[next] ?? next) + 1 }
        guard tokens.at(next)?.isSymbol("<") == true else { return }
        let target = tokens.at(next + 1)?.literal
        let isWhole = isBoundary(next + 2) || tokens.at(next + 2)?.isSymbol(">") == true
        guard isWhole, let target else {
            actions.append(.opaque(.pathRead))
            return
        }
        if target != "-", let action = ProgramAction.path(.read, literal: target) {
            actions.append(network(target) ?? action)
        }
    }

    /// gawk's `/inet/tcp/0/host/port`.
    private func network(_ target: UTF8String) -> ProgramAction? {
        guard target.hasPrefix("/inet") else { return nil }
        let parts = target.string.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 6, let host = UTF8String(validating: Array(parts[4])),
            let port = UTF8String(validating: Array(parts[5])), !host.isEmpty, host != "0", !port.isEmpty,
            port.bytes.allSatisfy(\.isAlphanumeric)
        else { return .opaque(.host) }
        return port.bytes.allSatisfy(\.isDigit)
            ? .host(ShellValue(UTF8String("\(host):\(port)"))) : .host(ShellValue(host))
    }
}

/// Cuts an awk program into tokens.
enum AwkLexer {
    static func tokens(of code: UTF8String) throws(NotUnderstood) -> [CodeToken] {
        var cursor = CodeCursor(code)
        var tokens: [CodeToken] = []
        while !cursor.isAtEnd {
            let byte = cursor.byte
            switch byte {
            case 0x20, 0x09, 0x0d: cursor.advance()
            case 0x0a:
                tokens.append(.newline)
                cursor.advance()
            case UInt8(ascii: "\\"):
                cursor.advance()
                _ = cursor.take("\r")
                guard cursor.take("\n") else { throw NotUnderstood() }
            case UInt8(ascii: "#"): _ = cursor.takeLine()
            case UInt8(ascii: "\""): tokens.append(try string(&cursor))
            case UInt8(ascii: "/"):
                if try dividesAfter(tokens.last) {
                    tokens.append(symbol(&cursor, ["/="], single: "/"))
                } else {
                    tokens.append(try pattern(&cursor))
                }
            case UInt8(ascii: "@"):
                guard cursor[1] == UInt8(ascii: "/") else { throw NotUnderstood() }
                cursor.advance()
                tokens.append(try pattern(&cursor))
            case _ where byte.isDigit || byte == UInt8(ascii: ".") && cursor[1].isDigit:
                tokens.append(.number(try cursor.takeNumber()))
            default:
                if let name = cursor.takeName() {
                    tokens.append(.name(name))
                    if !AwkProgram.builtin.contains(name), isConcatenated(cursor) { tokens.append(.symbol(" ")) }
                } else if let text = operators.first(where: { cursor.starts(with: $0) }) {
                    _ = cursor.take(text)
                    tokens.append(.symbol(UTF8String("\(text)")))
                } else {
                    throw NotUnderstood()
                }
            }
            guard tokens.count <= Limits.codeTokensMax else { throw NotUnderstood() }
        }
        return tokens
    }

    /// A name and a bracket with a blank between are no call, save of a builtin function.
    private static func isConcatenated(_ cursor: CodeCursor) -> Bool {
        var ahead = cursor
        ahead.skipBlanks()
        return ahead.index > cursor.index && ahead.byte == UInt8(ascii: "(")
    }

    private static let operators: [StaticString] = [
        "**=", "|&", "||", "&&", ">>", ">=", "<=", "==", "!=", "!~", "++", "--", "+=", "-=", "*=", "%=", "^=", "**",
        "{",
        "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "%", "^", "!", ">", "<", "|", "?", ":", "~", "$", "=",
    ]

    private static func symbol(_ cursor: inout CodeCursor, _ long: [StaticString], single: UTF8String) -> CodeToken {
        for text in long where cursor.take(text) { return .symbol(UTF8String("\(text)")) }
        cursor.advance()
        return .symbol(single)
    }

    private static let beforePattern = words("print printf return case do else")
    private static let ambiguous = words("getline in delete exit if while for function func")

    /// Whether `/` divides; otherwise it begins a regular expression.
    private static func dividesAfter(_ token: CodeToken?) throws(NotUnderstood) -> Bool {
        switch token {
        case nil, .newline: return false
        case .name(let name):
            if ambiguous.contains(name) { throw NotUnderstood() }
            return !beforePattern.contains(name)
        case .number, .string, .variable: return true
        case .pattern: throw NotUnderstood()
        case .symbol(let symbol):
            if ["++", "--", "$"].contains(symbol) { throw NotUnderstood() }
            return [")", "]"].contains(symbol)
        }
    }

    /// A bracket expression may have a slash in it. An awk that cut there would be left with an open bracket, and would
    /// refuse the program.
    private static func pattern(_ cursor: inout CodeCursor) throws(NotUnderstood) -> CodeToken {
        cursor.advance()
        var isInBrackets = false
        while !cursor.isAtEnd, cursor.byte != 0x0a {
            let byte = cursor.byte
            cursor.advance()
            switch byte {
            case UInt8(ascii: "\\"):
                guard cursor.byte >= 0x20 else { throw NotUnderstood() }
                cursor.advance()
            case UInt8(ascii: "/") where !isInBrackets: return .pattern
            case UInt8(ascii: "[") where !isInBrackets:
                isInBrackets = true
                _ = cursor.take("^")
                _ = cursor.take("]")
            case UInt8(ascii: "[")
            where [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(cursor.byte):
                let kind = cursor.byte
                cursor.advance()
                cursor.take(while: \.isLetter)
                guard cursor.byte == kind, cursor[1] == UInt8(ascii: "]") else { throw NotUnderstood() }
                cursor.advance(2)
            case UInt8(ascii: "]"): isInBrackets = false
            default: break
            }
        }
        throw NotUnderstood()
    }

    private static func string(_ cursor: inout CodeCursor) throws(NotUnderstood) -> CodeToken {
        cursor.advance()
        var value: [UInt8] = []
        var isKnown = true
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            switch byte {
            case UInt8(ascii: "\""): return .string(isKnown ? UTF8String(validating: value) : nil)
            case 0x0a: throw NotUnderstood()
            case UInt8(ascii: "\\"):
                let escaped = cursor.byte
                cursor.advance()
                switch escaped {
                case UInt8(ascii: "n"): value.append(0x0a)
                case UInt8(ascii: "t"): value.append(0x09)
                case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): value.append(escaped)
                case 0: throw NotUnderstood()
                default: isKnown = false
                }
            default: value.append(byte)
            }
        }
        throw NotUnderstood()
    }
}
