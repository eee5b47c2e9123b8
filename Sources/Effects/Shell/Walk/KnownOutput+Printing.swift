// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// `echo` and `printf`.
extension KnownOutput {
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
        var value = ShellValue(joining: rest, by: " ")
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
        var texts: [ShellValue] = []
        for _ in 0...Limits.commandWordsMax {
            let before = rest.count
            guard let (text, isStopped) = printed(format, &rest) else { return nil }
            texts.append(text)
            if isStopped || rest.isEmpty || rest.count == before { return ShellValue(joining: texts) }
        }
        return nil
    }

    static func printed(
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
    static func sequence(_ arguments: [ShellValue]) -> ShellValue? {
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
}
