// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The value of an arithmetic expression of constants and variables with known values; `nil` where it is anything else,
/// or where it changes something.
struct ShellArithmetic {
    private let bytes: [UInt8]
    private var index = 0
    private var depth = 0
    private let value: (UTF8String) -> Int64?

    private init(_ bytes: [UInt8], _ value: @escaping (UTF8String) -> Int64?) {
        self.bytes = bytes
        self.value = value
    }

    static func evaluate(_ text: UTF8String, _ value: @escaping (UTF8String) -> Int64?) -> Int64? {
        guard text.byteCount <= 256 else { return nil }
        var reader = ShellArithmetic(text.bytes, value)
        reader.blanks()
        if reader.index == reader.bytes.count { return 0 }
        guard let result = reader.expression(0) else { return nil }
        reader.blanks()
        return reader.index == reader.bytes.count ? result : nil
    }

    /// Binary operators by rising precedence; of those that begin alike the longer first.
    private static let operators: [(text: UTF8String, level: Int)] = [
        ("||", 1), ("&&", 2), ("==", 6), ("!=", 6), ("<<", 8), (">>", 8), ("<=", 7), (">=", 7), ("|", 3), ("^", 4),
        ("&", 5), ("<", 7), (">", 7), ("+", 9), ("-", 9), ("*", 10), ("/", 10), ("%", 10),
    ]

    private mutating func blanks() {
        while index < bytes.count, [0x20, 0x09, 0x0a].contains(bytes[index]) { index += 1 }
    }

    private func peek() -> (text: UTF8String, level: Int)? {
        Self.operators.first { bytes[index...].starts(with: $0.text.string.utf8) }
    }

    private mutating func expression(_ level: Int) -> Int64? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 32, var left = operand() else { return nil }
        while true {
            blanks()
            guard index < bytes.count, let next = peek(), next.level > level else { return left }
            index += next.text.byteCount
            // `x += 1` and `x = 1` change something, `**` is left alone.
            if index < bytes.count, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: "*") {
                return nil
            }
            guard let right = expression(next.level), let result = Self.apply(next.text, left, right) else {
                return nil
            }
            left = result
        }
    }

    private static func apply(_ name: UTF8String, _ left: Int64, _ right: Int64) -> Int64? {
        switch name {
        case "||": left != 0 || right != 0 ? 1 : 0
        case "&&": left != 0 && right != 0 ? 1 : 0
        case "==": left == right ? 1 : 0
        case "!=": left != right ? 1 : 0
        case "<=": left <= right ? 1 : 0
        case ">=": left >= right ? 1 : 0
        case "<": left < right ? 1 : 0
        case ">": left > right ? 1 : 0
        case "<<": (0..<63).contains(right) ? left << right : nil
        case ">>": (0..<63).contains(right) ? left >> right : nil
        case "|": left | right
        case "^": left ^ right
        case "&": left & right
        case "+": left &+ right
        case "-": left &- right
        case "*": left &* right
        case "/": right == 0 || right == -1 ? nil : left / right
        case "%": right == 0 || right == -1 ? nil : left % right
        default: nil
        }
    }

    private mutating func operand() -> Int64? {
        blanks()
        guard index < bytes.count, depth <= 32 else { return nil }
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "("):
            index += 1
            guard let inner = expression(0) else { return nil }
            blanks()
            guard index < bytes.count, bytes[index] == UInt8(ascii: ")") else { return nil }
            index += 1
            return inner
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "~"):
            index += 1
            // `++x` changes something.
            if index < bytes.count, bytes[index] == byte, byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") {
                return nil
            }
            depth += 1
            defer { depth -= 1 }
            guard let inner = operand() else { return nil }
            switch byte {
            case UInt8(ascii: "-"): return 0 &- inner
            case UInt8(ascii: "!"): return inner == 0 ? 1 : 0
            case UInt8(ascii: "~"): return ~inner
            default: return inner
            }
        case _ where byte.isDigit: return number()
        case _ where byte.isLetter || byte == UInt8(ascii: "_"):
            let name = bytes[index...].prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
            index += name.count
            blanks()
            if index < bytes.count, bytes[index] == UInt8(ascii: "[") { return nil }
            if bytes[index...].starts(with: "++".utf8) || bytes[index...].starts(with: "--".utf8) { return nil }
            return UTF8String(validating: name).flatMap(value)
        default: return nil
        }
    }

    private mutating func number() -> Int64? {
        let word = bytes[index...].prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "@") }
        index += word.count
        let text = String(decoding: word, as: UTF8.self)
        if text.hasPrefix("0x") || text.hasPrefix("0X") { return Int64(text.dropFirst(2), radix: 16) }
        if let mark = word.firstIndex(of: UInt8(ascii: "#")) {
            guard let base = Int(String(decoding: word[..<mark], as: UTF8.self)), (2...36).contains(base) else {
                return nil
            }
            return Int64(String(decoding: word[(mark + 1)...], as: UTF8.self), radix: base)
        }
        return text.count > 1 && text.hasPrefix("0") ? Int64(text, radix: 8) : Int64(text)
    }
}
