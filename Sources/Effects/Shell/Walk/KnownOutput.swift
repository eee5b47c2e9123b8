// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a few programs write, where that follows from their arguments and input alone. `nil` is "not known here".
enum KnownOutput {
    /// What a program writes; `input` is the text that it can read, where that is known.
    static func of(_ program: UTF8String, _ arguments: [ShellValue], input: UTF8String?) -> ShellValue? {
        switch program {
        case "echo": return echo(arguments)
        case "printf": return printf(arguments)
        default: break
        }
        if let shape = shape(program, arguments) { return shape }
        let words = arguments.compactMap(\.known)
        guard words.count == arguments.count else { return nil }
        switch program {
        case "basename", "dirname":
            let names = words.first == "--" ? words.dropFirst() : words[...]
            if program == "dirname" { return names.count == 1 ? names.first.flatMap(dirname) : nil }
            return names.count == 1 || names.count == 2 ? basename(Array(names)) : nil
        default: break
        }
        guard let input else { return nil }
        switch program {
        case "base64": return ["-d", "--decode", "-D"].contains(words.first) && words.count == 1 ? base64(input) : nil
        case "xxd":
            return ["-r -p", "-rp", "-p -r", "-pr", "-r -ps"].contains(words.map(\.string).joined(separator: " "))
                ? hex(input) : nil
        case "rev": return words.isEmpty && input.isASCII ? lines(input) { $0.reversed() } : nil
        case "tr": return translated(words, input)
        default: return nil
        }
    }

    // MARK: Shapes

    /// Numbers and words without blanks that only run time knows.
    private static func shape(_ program: UTF8String, _ arguments: [ShellValue]) -> ShellValue? {
        let line = ShellValue("\n")
        let options = arguments.filter { $0.prefix.hasPrefix("-") }
        switch program {
        case "basename": return lastName(arguments[...])?.followed(by: line)
        case "dirname":
            let names = arguments.first?.known == "--" ? arguments.dropFirst() : arguments[...]
            guard names.count == 1, let name = names.first, !name.prefix.hasPrefix("-") || names.count < arguments.count
            else { return nil }
            return name.folder?.followed(by: line)
        case "seq":
            if let lines = sequence(arguments) { return lines }
            // The lines are alike: one stands for them.
            let numbers = arguments.drop { $0.known == "-w" || $0.known == "--equal-width" }
            return numbers.allSatisfy({ !$0.prefix.hasPrefix("-") && ($0.isNumber) }) && !numbers.isEmpty
                ? ShellValue.number.followed(by: line) : nil
        case "git": return git(arguments)
        case "nproc": return ShellValue.number.followed(by: line)
        case "wc":
            // With a file, its name is written as well.
            return options.count == arguments.count && options.count == 1 && options.first?.known?.byteCount == 2
                ? ShellValue.number.followed(by: line) : nil
        case "whoami", "arch": return arguments.isEmpty ? ShellValue.token.followed(by: line) : nil
        case "uname":
            return arguments.isEmpty
                || (arguments.count == 1 && ["-s", "-m", "-r", "-n", "-p"].contains(arguments[0].known))
                ? ShellValue.token.followed(by: line) : nil
        case "id":
            guard arguments.count == 1, let option = arguments[0].known else { return nil }
            if option == "-u" || option == "-g" { return ShellValue.number.followed(by: line) }
            return option == "-un" || option == "-gn" ? ShellValue.token.followed(by: line) : nil
        case "date":
            guard let format = arguments.last?.known, format.hasPrefix("+"), format.byteCount <= 64,
                arguments.dropLast().allSatisfy({ $0.known == "-u" })
            else { return nil }
            return date(format.bytes.dropFirst()).map { $0.followed(by: line) }
        default: return nil
        }
    }

    /// What basename makes of names, its operands perhaps cut into several words.
    private static func lastName(_ arguments: ArraySlice<ShellValue>) -> ShellValue? {
        let operands = arguments.first?.known == "--" ? arguments.dropFirst() : arguments
        guard let first = operands.first, !(operands.allSatisfy { $0.known != nil }) else { return nil }
        let hasOptions = operands.count == arguments.count && operands.contains { $0.prefix.hasPrefix("-") }
        // Whatever it is that it writes of something, there is no slash in it.
        let component = ShellValue(pieces: [.component])
        guard !hasOptions, first.known == nil, operands.count <= 2, let name = first.lastName else { return component }
        guard operands.count == 2 else { return name }
        // What is left of a name without its end is one again only with text behind it.
        guard let suffix = operands.last?.known, case .text(let end)? = name.pieces.last, name.pieces.count > 1,
            end.hasSuffix(suffix)
        else { return ShellValue(pieces: [.wildcard(ShellValue.cutName)]) }
        let rest = UTF8String(String(decoding: end.bytes.dropLast(suffix.byteCount), as: UTF8.self))
        return ShellValue(pieces: [.wildcard(ShellValue.cutName), .text(rest)])
    }

    /// The numbers of processes, each of the texts that can be: none, one, several. Where there is none, what stands
    /// around them stands alone; cut into words, what stands around them is at the first and the last.
    static func numbers(_ program: UTF8String, _ arguments: [ShellValue]) -> [ShellValue]? {
        let words = arguments.compactMap { $0.known?.string }
        let letters: String
        switch program {
        case "pgrep": letters = "fnoxvicuUPGgst"
        case "pidof": letters = "sx"
        default: return nil
        }
        guard words.count == arguments.count else { return nil }
        let options = words.filter { $0.hasPrefix("-") }
        guard options.allSatisfy({ $0.utf8.count == 2 && letters.contains($0.dropFirst()) && $0 != "-a" }) else {
            return nil
        }
        let one = ShellValue.number.followed(by: ShellValue("\n"))
        let isOne = program == "pgrep" ? options.contains { "-n-o-c".contains($0) } : options.contains("-s")
        let space = ShellValue(program == "pgrep" ? "\n" : " ")
        let several = ShellValue.number.followed(by: space).followed(by: .number).followed(by: space).followed(by: one)
        return [ShellValue(""), one] + (isOne ? [] : [several])
    }

    /// What `printf` writes of whatever words, however many: where its format has numbers alone, they are numbers.
    static func numbers(format: ShellValue) -> ShellValue? {
        guard let bytes = format.known?.bytes, bytes.contains(UInt8(ascii: "%")), bytes.count <= 256,
            bytes.first != UInt8(ascii: "-")
        else { return nil }
        let count = bytes.filter { $0 == UInt8(ascii: "%") }.count
        var rest = Array(repeating: ShellValue.number, count: count)[...]
        guard let (text, isStopped) = printed(bytes, &rest), !isStopped, text.known == nil,
            text.pieces.allSatisfy({
                if case .wildcard(let kind) = $0 { ShellValue.unsplit.contains(kind) } else { true }
            })
        else { return nil }
        // `%s` of a number is one, of nothing it is nothing; `%%` takes none.
        let directives = bytes.indices.filter { bytes[$0] == UInt8(ascii: "%") }
        let isNumeric = directives.allSatisfy { place in
            let kind = bytes[(place + 1)...].first { !"-+ #0.123456789".utf8.contains($0) }
            return kind.map { "diuxXof".utf8.contains($0) } ?? false
        }
        return isNumeric ? text : nil
    }

    /// Names and numbers of commits.
    private static func git(_ arguments: [ShellValue]) -> ShellValue? {
        let words = arguments.compactMap { $0.known?.string }
        guard words.count == arguments.count, let verb = words.first else { return nil }
        let line = ShellValue("\n")
        let rest = words.dropFirst()
        func isRevision(_ word: String) -> Bool {
            word == "HEAD" || word.hasPrefix("HEAD~") && word.dropFirst(5).allSatisfy(\.isNumber)
        }
        switch verb {
        case "rev-parse":
            let options: Set<String> = ["--short", "--verify", "-q", "--quiet"]
            let isPlain = rest.allSatisfy { word in
                options.contains(word) || word == "HEAD"
                    || word.hasPrefix("--short=") && word.dropFirst(8).allSatisfy { "0123456789".contains($0) }
            }
            return isPlain && rest.filter({ $0 == "HEAD" }).count == 1 ? ShellValue.token.followed(by: line) : nil
        case "rev-list":
            return rest.count == 2 && rest.first == "--count" && rest.last.map(isRevision) == true
                ? ShellValue.number.followed(by: line) : nil
        case "log":
            let formats = ["%h", "%H", "%ct", "%at", "%t", "%T"].flatMap {
                ["--format=\($0)", "--pretty=format:\($0)"]
            }
            guard rest.contains("-1") else { return nil }
            return rest.allSatisfy({ $0 == "-1" || formats.contains($0) }) && rest.count == 2
                ? ShellValue.token.followed(by: line) : nil
        default: return nil
        }
    }

    private static func date(_ format: ArraySlice<UInt8>) -> ShellValue? {
        var value = ShellValue("")
        var isEscape = false
        for byte in format {
            if isEscape {
                guard "YmdHMSsjuNyCegGVwUWIklFT".utf8.contains(byte) else { return nil }
                if byte == UInt8(ascii: "T") {
                    value = value.followed(by: .number).followed(by: ShellValue(":")).followed(by: .number)
                } else {
                    value = value.followed(by: .number)
                }
                isEscape = false
            } else if byte == UInt8(ascii: "%") {
                isEscape = true
            } else {
                guard byte < 0x80, let text = UTF8String(validating: [byte]) else { return nil }
                value = value.followed(by: ShellValue(text))
            }
        }
        return isEscape ? nil : value
    }

    // MARK: echo and printf

    /// bash's `echo`. dash and zsh decode escapes without `-e`, so a text with a backslash in it is known only with it.
    static func echo(_ arguments: [ShellValue]) -> ShellValue? {
        var rest = arguments[...]
        var (newline, decodes, isRaw) = (true, false, false)
        while let option = rest.first?.known, option.hasPrefix("-"), option.byteCount > 1,
            option.bytes.dropFirst().allSatisfy({ "neE".utf8.contains($0) })
        {
            for byte in option.bytes.dropFirst() {
                switch byte {
                case UInt8(ascii: "n"): newline = false
                case UInt8(ascii: "e"): (decodes, isRaw) = (true, false)
                default: (decodes, isRaw) = (false, true)
                }
            }
            rest = rest.dropFirst()
        }
        var value = ShellValue("")
        for (index, argument) in rest.enumerated() {
            if index > 0 { value = value.followed(by: ShellValue(" ")) }
            value = value.followed(by: argument)
        }
        let hasEscapes = value.pieces.contains { piece in
            if case .text(let text) = piece { text.bytes.contains(UInt8(ascii: "\\")) } else { false }
        }
        if hasEscapes {
            guard let text = value.known, let plain = unescaped(text) else { return nil }
            // Without `-e`, and with `-E`, shells differ; where decoding changes nothing they agree.
            guard decodes && !isRaw || plain == text else { return nil }
            value = ShellValue(plain)
        }
        // dash writes such an option like any text: the first of several commands is another then.
        if decodes || isRaw, let text = value.known, mayDecide(text) { return nil }
        return newline ? value.followed(by: ShellValue("\n")) : value
    }

    /// Whether the first line of a text for a shell can decide what the other lines do.
    private static func mayDecide(_ text: UTF8String) -> Bool {
        let lines = text.bytes.split(separator: 0x0a)
        guard lines.count > 1, let first = lines.first, !first.isEmpty, first.first != UInt8(ascii: "#") else {
            return false
        }
        if first.contains(where: { "&|;(){}<>=\\`'\"".utf8.contains($0) }) { return true }
        let word = first.split(separator: 0x20).first.flatMap { UTF8String(validating: $0) } ?? ""
        return ShellBuiltin(word) != nil || ShellReading.reserved.contains(word)
    }

    /// `printf` with `%s`, `%b`, `%d`, `%c`, `%x`, `%q` of plain words and `%%`, without widths.
    static func printf(_ arguments: [ShellValue]) -> ShellValue? {
        var rest = arguments[...]
        if rest.first?.known == "--" { rest = rest.dropFirst() }
        guard let format = rest.popFirst()?.known?.bytes, format.count <= 4096 else { return nil }
        var value = ShellValue("")
        for _ in 0...Limits.commandWordsMax {
            let before = rest.count
            guard let (text, isStopped) = printed(format, &rest) else { return nil }
            value = value.followed(by: text)
            if isStopped || rest.isEmpty { return value }
            guard rest.count < before else { return value }
        }
        return nil
    }

    private static func printed(
        _ format: [UInt8], _ rest: inout ArraySlice<ShellValue>
    ) -> (ShellValue, isStopped: Bool)? {
        var pieces: [ShellValue.Piece] = []
        var text: [UInt8] = []
        var index = 0
        while index < format.count {
            let byte = format[index]
            index += 1
            if byte == UInt8(ascii: "\\") {
                guard let stops = escape(format, &index, &text, isFormat: true) else { return nil }
                if stops { return nil }
                continue
            }
            guard byte == UInt8(ascii: "%"), index < format.count else {
                if byte == UInt8(ascii: "%") { return nil }
                text.append(byte)
                continue
            }
            let shape = format[index...].prefix { "-+ #0.123456789".utf8.contains($0) }
            index += shape.count
            guard index < format.count, shape.count <= 8 else { return nil }
            let kind = format[index]
            index += 1
            if kind == UInt8(ascii: "%") {
                guard shape.isEmpty else { return nil }
                text.append(kind)
                continue
            }
            if !shape.isEmpty || rest.first == .number {
                guard let known = UTF8String(validating: text),
                    let number = numbered(shape, kind, rest.popFirst() ?? ShellValue("0"))
                else { return nil }
                pieces += [.text(known)] + number.pieces
                text = []
                continue
            }
            let argument =
                rest.popFirst() ?? ShellValue(kind == UInt8(ascii: "d") || kind == UInt8(ascii: "x") ? "0" : "")
            switch kind {
            case UInt8(ascii: "s"):
                guard let known = UTF8String(validating: text) else { return nil }
                pieces += [.text(known)] + argument.pieces
                text = []
            case UInt8(ascii: "b"):
                guard let known = argument.known, let plain = unescaped(known) else { return nil }
                text += plain.bytes
            case UInt8(ascii: "d"), UInt8(ascii: "i"):
                guard let number = argument.known.flatMap({ Int64($0.string) }),
                    argument.known.map({ !$0.hasPrefix("0") || $0 == "0" }) ?? false
                else { return nil }
                text += Array(String(number).utf8)
            case UInt8(ascii: "x"):
                guard let number = argument.known.flatMap({ UInt64($0.string) }),
                    argument.known.map({ !$0.hasPrefix("0") || $0 == "0" }) ?? false
                else { return nil }
                text += Array(String(number, radix: 16).utf8)
            case UInt8(ascii: "c"):
                guard let known = argument.known, known.isASCII else { return nil }
                text += known.bytes.prefix(1)
            default: return nil
            }
        }
        guard let known = UTF8String(validating: text) else { return nil }
        return (ShellValue(pieces: pieces + [.text(known)]), false)
    }

    /// A number as `%d` and its like write it, with zeros or a precision that make it longer but bring no blank.
    private static func numbered(_ shape: ArraySlice<UInt8>, _ kind: UInt8, _ argument: ShellValue) -> ShellValue? {
        guard argument.isNumber, shape.first.map({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }) ?? true,
            shape.dropFirst().allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") })
        else { return nil }
        switch kind {
        case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"): return .number
        case UInt8(ascii: "s") where shape.isEmpty: return argument
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"), UInt8(ascii: "f"): return .token
        default: return nil
        }
    }

    /// `seq -f FORMAT`: one number in a text.
    private static func sequence(_ arguments: [ShellValue]) -> ShellValue? {
        var words = arguments[...]
        guard let option = words.popFirst()?.known else { return nil }
        let format: UTF8String?
        if option == "-f" || option == "--format" {
            format = words.popFirst()?.known
        } else {
            format = option.hasPrefix("--format=") ? UTF8String(String(option.string.dropFirst(9))) : nil
        }
        guard let bytes = format?.bytes, bytes.count <= 256, !words.isEmpty, words.allSatisfy(\.isNumber),
            !bytes.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\\") }),
            let place = bytes.firstIndex(of: UInt8(ascii: "%"))
        else { return nil }
        let shape = bytes[(place + 1)...].prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
        let end = place + 1 + shape.count
        guard end < bytes.count, "fgeFGE".utf8.contains(bytes[end]), !bytes[(end + 1)...].contains(UInt8(ascii: "%")),
            // A width without a zero before it is filled with blanks.
            shape.first.map({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }) ?? true
        else { return nil }
        let after = UTF8String(String(decoding: bytes[(end + 1)...], as: UTF8.self))
        return ShellValue(bytes: bytes[..<place], then: ShellValue.token.pieces + [.text(after), .text("\n")])
    }

    /// A text with its backslash escapes decoded as `echo -e` does; `nil` where the result is no text.
    static func unescaped(_ text: UTF8String) -> UTF8String? {
        let bytes = text.bytes
        guard bytes.contains(UInt8(ascii: "\\")) else { return text }
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                continue
            }
            guard let stops = escape(bytes, &index, &plain, isFormat: false) else { return nil }
            if stops { return nil }
        }
        return UTF8String(validating: plain)
    }

    /// The escape after a backslash. `nil` for one that shells differ in.
    ///
    /// - Returns: whether output ends there (`\c`).
    private static func escape(
        _ bytes: [UInt8], _ index: inout Int, _ plain: inout [UInt8], isFormat: Bool
    ) -> Bool? {
        guard index < bytes.count else {
            plain.append(UInt8(ascii: "\\"))
            return false
        }
        let kind = bytes[index]
        index += 1
        func digits(_ most: Int, _ isDigit: (UInt8) -> Bool) -> String {
            let word = bytes[index...].prefix(most).prefix(while: isDigit)
            index += word.count
            return String(decoding: word, as: UTF8.self)
        }
        switch kind {
        case UInt8(ascii: "a"): plain.append(0x07)
        case UInt8(ascii: "b"): plain.append(0x08)
        // dash has these not, and leaves them.
        case UInt8(ascii: "e"), UInt8(ascii: "E"): return nil
        case UInt8(ascii: "f"): plain.append(0x0c)
        case UInt8(ascii: "n"): plain.append(0x0a)
        case UInt8(ascii: "r"): plain.append(0x0d)
        case UInt8(ascii: "t"): plain.append(0x09)
        case UInt8(ascii: "v"): plain.append(0x0b)
        case UInt8(ascii: "\\"): plain.append(kind)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            if isFormat { return nil }
            plain += [UInt8(ascii: "\\"), kind]
        case UInt8(ascii: "c"): return true
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            if isFormat || kind != UInt8(ascii: "0") { index -= 1 }
            let octal = digits(3) { (0x30...0x37).contains($0) }
            guard let code = octal.isEmpty ? 0 : UInt16(octal, radix: 8), code > 0, code < 256 else { return nil }
            plain.append(UInt8(code))
        case UInt8(ascii: "x"):
            guard let code = UInt8(digits(2) { $0.hexValue != nil }, radix: 16), isPlain(code) else { return nil }
            plain.append(code)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let hex = digits(kind == UInt8(ascii: "u") ? 4 : 8) { $0.hexValue != nil }
            guard let code = UInt32(hex, radix: 16).flatMap({ UInt8(exactly: $0) }), isPlain(code) else { return nil }
            plain.append(code)
        default: plain += [UInt8(ascii: "\\"), kind]
        }
        return false
    }

    /// What means nothing to a shell, so that a text with it does not become another command where the escape stays.
    private static func isPlain(_ byte: UInt8) -> Bool { byte.isAlphanumeric || " /._-+:,@%".utf8.contains(byte) }

    // MARK: Filters

    private static func basename(_ words: [UTF8String]) -> ShellValue? {
        guard !words[0].hasPrefix("-"), !words[0].isEmpty else { return nil }
        let last = words[0].bytes.split(separator: UInt8(ascii: "/")).last.flatMap { UTF8String(validating: $0) } ?? "/"
        if words.count == 2, last != words[1], last.hasSuffix(words[1]) {
            return UTF8String(validating: last.bytes.dropLast(words[1].byteCount)).map {
                ShellValue(UTF8String("\($0)\n"))
            }
        }
        return ShellValue(UTF8String("\(last)\n"))
    }

    private static func dirname(_ word: UTF8String) -> ShellValue? {
        guard !word.hasPrefix("-"), !word.isEmpty, !word.string.contains("//"), !word.hasSuffix("/") else { return nil }
        let bytes = word.bytes
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return ShellValue(".\n") }
        return UTF8String(validating: slash == 0 ? bytes[...0] : bytes[..<slash]).map {
            ShellValue(UTF8String("\($0)\n"))
        }
    }

    private static func base64(_ input: UTF8String) -> ShellValue? {
        var bytes: [UInt8] = []
        var (bits, count) = (UInt32(0), 0)
        var isOver = false
        for byte in input.bytes where byte != 0x0a {
            if byte == UInt8(ascii: "=") {
                isOver = true
                continue
            }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - 0x41
            case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = byte - 0x61 + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30 + 52
            case UInt8(ascii: "+"): digit = 62
            case UInt8(ascii: "/"): digit = 63
            default: return nil
            }
            guard !isOver else { return nil }
            bits = bits << 6 | UInt32(digit)
            count += 1
            if count % 4 == 0 {
                bytes += [
                    UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8),
                    UInt8(truncatingIfNeeded: bits),
                ]
                bits = 0
            }
        }
        switch count % 4 {
        case 2: bytes.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3: bytes += [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        case 1: return nil
        default: break
        }
        return text(bytes)
    }

    private static func hex(_ input: UTF8String) -> ShellValue? {
        let digits = input.bytes.filter { ![0x0a, 0x20].contains($0) }
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index].hexValue, let low = digits[index + 1].hexValue else { return nil }
            bytes.append(high << 4 | low)
        }
        return text(bytes)
    }

    private static func text(_ bytes: [UInt8]) -> ShellValue? {
        bytes.contains(0) ? nil : UTF8String(validating: bytes).map { ShellValue($0) }
    }

    private static func lines(_ input: UTF8String, _ change: (ArraySlice<UInt8>) -> [UInt8]) -> ShellValue? {
        let lines = input.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        return text(Array(lines.map(change).joined(separator: [0x0a])))
    }

    /// `tr SET1 SET2` and `tr -d SET`, with sets of characters and ranges.
    private static func translated(_ words: [UTF8String], _ input: UTF8String) -> ShellValue? {
        guard input.isASCII else { return nil }
        if words.count == 2, words[0] == "-d", let set = set(words[1]) {
            return text(input.bytes.filter { !set.contains($0) })
        }
        guard words.count == 2, !words[0].hasPrefix("-"), let from = set(words[0]), let to = set(words[1]),
            let last = to.last
        else { return nil }
        var map = Array(UInt8.min...UInt8.max)
        // The last of equal characters counts.
        for (index, byte) in from.enumerated() {
            map[Int(byte)] = index < to.count ? to[index] : last
        }
        return text(input.bytes.map { map[Int($0)] })
    }

    private static func set(_ text: UTF8String) -> [UInt8]? {
        guard text.isASCII, text.byteCount <= 256, !text.string.contains("[:"), !text.string.contains("[="),
            !text.string.contains("*]"), let letters = letters(text.bytes)
        else { return nil }
        var set: [UInt8] = []
        var index = 0
        while index < letters.count {
            if index + 2 < letters.count, letters[index + 1] == (UInt8(ascii: "-"), false) {
                let (first, last) = (letters[index].byte, letters[index + 2].byte)
                guard first <= last else { return nil }
                set += Array(first...last)
                index += 3
            } else {
                set.append(letters[index].byte)
                index += 1
            }
        }
        return set
    }

    /// The letters of a set with the escapes that every `tr` has; one with a backslash before it makes no range.
    private static func letters(_ bytes: [UInt8]) -> [(byte: UInt8, isEscaped: Bool)]? {
        var letters: [(byte: UInt8, isEscaped: Bool)] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\") else {
                letters.append((bytes[index], false))
                index += 1
                continue
            }
            let octal = bytes[(index + 1)...].prefix(3).prefix { (0x30...0x37).contains($0) }
            if !octal.isEmpty {
                guard let code = UInt8(String(decoding: octal, as: UTF8.self), radix: 8), code > 0 else { return nil }
                letters.append((code, true))
                index += 1 + octal.count
                continue
            }
            let escapes: [UInt8: UInt8] = [
                UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
                UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
                UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "-"): UInt8(ascii: "-"),
            ]
            guard index + 1 < bytes.count, let byte = escapes[bytes[index + 1]] else { return nil }
            letters.append((byte, true))
            index += 2
        }
        return letters
    }
}
