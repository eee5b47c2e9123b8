// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A Ruby program, as given to `-e`.
///
/// The part of Ruby that has brackets around its operands or plain literals after `puts`: names and methods come from
/// lists, constants may be used by listed methods only. Regular expressions, here-documents, `%` quotes, symbols as
/// procedures and backquotes are not understood.
struct RubyProgram {
    private let tokens: [CodeToken]
    private let partners: [Int: Int]
    private var actions: [ProgramAction] = []

    static func actions(of code: UTF8String) throws(NotUnderstood) -> [ProgramAction] {
        let tokens = try RubyLexer.tokens(of: code.bytes, depth: 0)
        var program = RubyProgram(tokens: tokens, partners: try tokens.partners())
        try program.walk()
        return program.actions
    }

    private init(tokens: [CodeToken], partners: [Int: Int]) {
        self.tokens = tokens
        self.partners = partners
    }

    private static let keywords = words(
        "and begin break do else elsif end ensure false if in next nil not or rescue return then true unless until when while"
    )
    private static let functions = words(
        "puts print p pp printf sprintf format rand srand sleep exit Integer Float String Array")
    private static let constants: [UTF8String: Set<UTF8String>] = [
        "RUBY_VERSION": [], "RUBY_PLATFORM": [], "RUBY_ENGINE": [], "RUBY_PATCHLEVEL": [], "RUBY_DESCRIPTION": [],
        "ARGV": [],
        "JSON": words("parse generate pretty_generate"),
        "Math": words("sqrt sin cos tan log log2 log10 exp hypot cbrt PI E"),
        "Time": words("now at"), "Date": words("today parse"), "ENV": words("fetch"),
        "STDIN": words("read gets each_line readlines"),
        "File": words("read readlines exist? file? directory? basename dirname extname join size write"),
        "Dir": words("pwd"), "Process": words("pid clock_gettime"),
        "SecureRandom": words("hex uuid random_number alphanumeric base64"),
        "Base64": words("encode64 decode64 strict_encode64 strict_decode64 urlsafe_encode64"), "Comparable": [],
        "StandardError": [],
        "Gem": words("ruby_version"),
    ]
    private static let methods = words(
        """
        abs all? any? capitalize ceil center chars chomp chop clamp compact count cycle delete_at detect digits dig div divmod
        downcase drop each each_char each_line each_slice each_with_index empty? end_with? even? fetch filter find first flatten
        flatten floor format freeze gcd group_by has_key? hex include? index inspect join key? keys last lcm length lines ljust
        lstrip map max max_by min min_by negative? nil? none? odd? ord pred positive? pop push reject reverse rjust round rstrip
        select shift shuffle size sort sort_by split squeeze start_with? step strftime strip succ sum swapcase take tally
        times to_a to_f to_h to_i to_json to_r to_s to_sym tr transpose truncate uniq upcase upto downto values year month day hour
        zero? zip hexdigest
        """)
    private static let libraries = words("json date time base64 securerandom digest bigdecimal set")

    /// Methods that every object has: a name that is bound in one place is a call of these in another.
    private static let treacherous = words(
        """
        abort at_exit autoload binding caller catch class_eval define_method define_singleton_method eval exec extend fork
        gem gets global_variables import include instance_eval instance_exec instance_variable_set lambda load loop method
        module_eval open private proc public_send putc readline readlines remove_method require require_relative select send
        set_trace_func spawn syscall system tap test then throw trace_var trap undef_method warn
        """)

    private mutating func walk() throws(NotUnderstood) {
        var bound: Set<UTF8String> = []
        for (index, token) in tokens.enumerated() {
            guard let name = token.name, !tokens.isAttribute(index) else { continue }
            let isParameter = tokens.at(index - 1)?.isSymbol("|") == true || tokens.at(index + 1)?.isSymbol("|") == true
            if tokens.at(index + 1)?.isSymbol("=") == true || isParameter { bound.insert(name) }
        }
        for (index, token) in tokens.enumerated() {
            switch token {
            case .name(let name):
                if tokens.isAttribute(index) { try method(name, at: index) } else { try bare(name, at: index, bound) }
            case .string:
                // Two terms side by side: an operand of what is before them.
                if let before = tokens.at(index - 1)?.name, !Self.functions.contains(before),
                    !Self.keywords.contains(before),
                    before != "require"
                {
                    throw NotUnderstood()
                }
            default: break
            }
        }
    }

    private mutating func bare(_ name: UTF8String, at index: Int, _ bound: Set<UTF8String>) throws(NotUnderstood) {
        if Self.keywords.contains(name) || Self.functions.contains(name) { return }
        if name == "require" {
            guard let library = tokens.at(index + 1)?.literal, Self.libraries.contains(library) else {
                throw NotUnderstood()
            }
            return
        }
        if let members = Self.constants[name] {
            guard !bound.contains(name) else { throw NotUnderstood() }
            return try constant(name, members, at: index)
        }
        // What is bound is a value only where no operand follows; otherwise it is a method of that name.
        guard bound.contains(name), !Self.treacherous.contains(name),
            name.bytes.first.map({ !(0x41...0x5a).contains($0) }) == true
        else { throw NotUnderstood() }
        switch tokens.at(index + 1) {
        case .name(let next)?: guard Self.keywords.contains(next) else { throw NotUnderstood() }
        case .number?, .string?, .pattern?, .variable?, .symbol("("), .symbol("{"): throw NotUnderstood()
        default: break
        }
    }

    private mutating func constant(_ name: UTF8String, _ members: Set<UTF8String>, at index: Int) throws(NotUnderstood)
    {
        guard let member = tokens.at(index + 1)?.isSymbol(".") == true ? tokens.at(index + 2)?.name : nil else {
            guard members.isEmpty || name == "ENV" && tokens.at(index + 1)?.isSymbol("[") == true else {
                throw NotUnderstood()
            }
            return
        }
        guard name != "ARGV", members.contains(member) || members.isEmpty && Self.methods.contains(member) else {
            throw NotUnderstood()
        }
        guard name == "File", ["read", "readlines", "write"].contains(member) else { return }
        guard tokens.at(index + 3)?.isSymbol("(") == true else { throw NotUnderstood() }
        let isWhole = tokens.at(index + 5)?.isSymbol(")") == true || tokens.at(index + 5)?.isSymbol(",") == true
        let path = isWhole ? tokens.at(index + 4)?.literal : nil
        // A text that `|` begins is a command to some versions.
        guard let path, path.bytes.first != UInt8(ascii: "|") else { throw NotUnderstood() }
        if let action = ProgramAction.path(member == "write" ? .write : .read, literal: path) { actions.append(action) }
    }

    private func method(_ name: UTF8String, at index: Int) throws(NotUnderstood) {
        if let constant = tokens.at(index - 2)?.name, !tokens.isAttribute(index - 2),
            let members = Self.constants[constant],
            members.contains(name)
        {
            return
        }
        guard Self.methods.contains(name) else { throw NotUnderstood() }
    }
}

/// Cuts the understood part of Ruby into tokens.
enum RubyLexer {
    private static let operators: [StaticString] = [
        "<=>", "...", "**", "..", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "=>", "->", "+", "-", "*", "%",
        "!", "<", ">", "(",
        ")", "[", "]", "{", "}", ",", ".", ";", "=", "?", ":", "|",
    ]

    static func tokens(of bytes: [UInt8], depth: Int) throws(NotUnderstood) -> [CodeToken] {
        guard depth <= 4 else { throw NotUnderstood() }
        var cursor = CodeCursor(bytes)
        var tokens: [CodeToken] = []
        if cursor.byte == UInt8(ascii: "=") { throw NotUnderstood() }
        while !cursor.isAtEnd {
            let byte = cursor.byte
            switch byte {
            case 0x20, 0x09, 0x0d: cursor.advance()
            case 0x0a:
                cursor.advance()
                if cursor.byte == UInt8(ascii: "=") || cursor.byte == UInt8(ascii: "_") { throw NotUnderstood() }
                tokens.append(.newline)
            case UInt8(ascii: "#"):
                let comment = cursor.takeLine()
                guard !comment.contains(UInt8(ascii: ":")) else { throw NotUnderstood() }
            case UInt8(ascii: "'"), UInt8(ascii: "\""): try string(&cursor, &tokens, depth)
            case UInt8(ascii: "?"), UInt8(ascii: "%"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "*"),
                UInt8(ascii: "-"):
                // An operator with a blank on both sides; otherwise perhaps a character, a quote, a pattern, a symbol.
                let isPlain = cursor[-1] == 0x20 && cursor[1] == 0x20
                let isMinus = byte == UInt8(ascii: "-") && (cursor[1].isDigit || cursor[1] == UInt8(ascii: "="))
                let isStar = byte == UInt8(ascii: "*") && cursor[1] == byte && cursor[2] == 0x20
                let isLabel =
                    byte == UInt8(ascii: ":") && tokens.last?.name != nil && cursor[1] == 0x20 && cursor[-1] != 0x20
                guard isPlain || isMinus || isStar || isLabel else { throw NotUnderstood() }
                if isPlain, "%/*".utf8.contains(byte) {
                    // `x / 2` is a call with a pattern where `x` is a method, and `% x` a text where a term begins.
                    switch tokens.last {
                    case .number, .string, .symbol(")"), .symbol("]"): break
                    default: throw NotUnderstood()
                    }
                }
                cursor.advance(isStar ? 2 : 1)
                tokens.append(.symbol(UTF8String(validating: [byte]) ?? ""))
            case UInt8(ascii: "$"):
                cursor.advance()
                guard let name = cursor.takeName(), ["stdin", "stdout", "stderr", "_"].contains(name) else {
                    throw NotUnderstood()
                }
                tokens.append(.variable(name))
            case _ where byte.isDigit: tokens.append(.number(try cursor.takeNumber()))
            case UInt8(ascii: "<") where cursor[1] == byte: throw NotUnderstood()
            default:
                if let name = cursor.takeName() {
                    var text = name
                    if cursor.byte == UInt8(ascii: "?") || cursor.byte == UInt8(ascii: "!"),
                        cursor[1] != UInt8(ascii: "=")
                    {
                        text = UTF8String("\(name)\(cursor.byte == UInt8(ascii: "?") ? "?" : "!")")
                        cursor.advance()
                    }
                    guard !text.hasPrefix("__") else { throw NotUnderstood() }
                    tokens.append(.name(text))
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

    private static func string(
        _ cursor: inout CodeCursor, _ tokens: inout [CodeToken], _ depth: Int
    ) throws(NotUnderstood) {
        let quote = cursor.byte
        cursor.advance()
        var value: [UInt8] = []
        var isKnown = true
        let place = tokens.count
        tokens.append(.string(nil))
        while !cursor.isAtEnd {
            let byte = cursor.byte
            cursor.advance()
            if byte == quote {
                // `"a": 1` is a key.
                guard cursor.byte != UInt8(ascii: ":") else { throw NotUnderstood() }
                if isKnown { tokens[place] = .string(UTF8String(validating: value)) }
                return
            }
            if byte == UInt8(ascii: "\\") {
                isKnown = false
                cursor.advance()
            } else if byte == UInt8(ascii: "#"), quote == UInt8(ascii: "\""), "{@$".utf8.contains(cursor.byte) {
                guard cursor.take("{") else { throw NotUnderstood() }
                isKnown = false
                let start = cursor.index
                let inner = cursor.take {
                    $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "{")
                        && $0 != UInt8(ascii: "'")
                }
                guard cursor.byte == UInt8(ascii: "}"), start < cursor.index else { throw NotUnderstood() }
                cursor.advance()
                tokens +=
                    [.symbol("+"), .symbol("(")] + (try Self.tokens(of: Array(inner), depth: depth + 1)) + [
                        .symbol(")")
                    ]
            } else {
                value.append(byte)
            }
        }
        throw NotUnderstood()
    }
}
