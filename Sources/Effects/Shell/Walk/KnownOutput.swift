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
        case "cut": return cut(words, input)
        default: return nil
        }
    }

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
}
