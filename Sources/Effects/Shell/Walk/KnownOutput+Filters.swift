// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Programs whose output follows from their input.
extension KnownOutput {
    static func basename(_ words: [UTF8String]) -> ShellValue? {
        guard !words[0].hasPrefix("-"), !words[0].isEmpty else { return nil }
        let last = words[0].bytes.split(separator: UInt8(ascii: "/")).last.flatMap { UTF8String(validating: $0) } ?? "/"
        if words.count == 2, last != words[1], last.hasSuffix(words[1]) {
            return UTF8String(validating: last.bytes.dropLast(words[1].byteCount)).map {
                ShellValue(UTF8String("\($0)\n"))
            }
        }
        return ShellValue(UTF8String("\(last)\n"))
    }

    static func dirname(_ word: UTF8String) -> ShellValue? {
        guard !word.hasPrefix("-"), !word.isEmpty, !word.string.contains("//"), !word.hasSuffix("/") else { return nil }
        let bytes = word.bytes
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return ShellValue(".\n") }
        return UTF8String(validating: slash == 0 ? bytes[...0] : bytes[..<slash]).map {
            ShellValue(UTF8String("\($0)\n"))
        }
    }

    static func base64(_ input: UTF8String) -> ShellValue? {
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

    static func hex(_ input: UTF8String) -> ShellValue? {
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

    static func lines(_ input: UTF8String, _ change: (ArraySlice<UInt8>) -> [UInt8]) -> ShellValue? {
        let lines = input.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        return text(Array(lines.map(change).joined(separator: [0x0a])))
    }

    /// `cut -c LIST`, `-b LIST` and `-d C -f LIST` of ASCII.
    static func cut(_ words: [UTF8String], _ input: UTF8String) -> ShellValue? {
        var options: [UInt8: UTF8String] = [:]
        var rest = words[...]
        while let word = rest.popFirst() {
            let bytes = word.bytes
            guard bytes.count > 1, bytes[0] == UInt8(ascii: "-"), "cbfd".utf8.contains(bytes[1]),
                options[bytes[1]] == nil,
                let value = bytes.count > 2 ? UTF8String(validating: bytes[2...]) : rest.popFirst()
            else { return nil }
            options[bytes[1]] = value
        }
        guard input.isASCII else { return nil }
        let delimiter = options.removeValue(forKey: UInt8(ascii: "d")) ?? "\t"
        guard options.count == 1, let (kind, text) = options.first, let ranges = ranges(text) else { return nil }
        guard kind == UInt8(ascii: "f") else { return lines(input) { chosen(ranges, of: $0.map { [$0] }, joined: []) } }
        guard let mark = delimiter.bytes.first, delimiter.byteCount == 1 else { return nil }
        return lines(input) { line in
            let fields = line.split(separator: mark, omittingEmptySubsequences: false).map(Array.init)
            return fields.count == 1 ? Array(line) : chosen(ranges, of: fields, joined: [mark])
        }
    }

    private static func chosen(_ ranges: [ClosedRange<Int>], of parts: [[UInt8]], joined mark: [UInt8]) -> [UInt8] {
        let places = parts.indices.filter { place in ranges.contains { $0.contains(place + 1) } }
        return Array(places.map { parts[$0] }.joined(separator: mark))
    }

    /// `1`, `2-4`, `3-`, `-5`, with commas between.
    private static func ranges(_ list: UTF8String) -> [ClosedRange<Int>]? {
        var ranges: [ClosedRange<Int>] = []
        for part in list.string.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count < 3, part != "-", let first = ends[0].isEmpty ? 1 : Int(ends[0]), first > 0 else {
                return nil
            }
            guard ends.count == 2 else {
                ranges.append(first...first)
                continue
            }
            guard let last = ends[1].isEmpty ? Int.max : Int(ends[1]), last >= first else { return nil }
            ranges.append(first...last)
        }
        return ranges
    }

    /// `tr SET1 SET2` and `tr -d SET`, with sets of characters and ranges.
    static func translated(_ words: [UTF8String], _ input: UTF8String) -> ShellValue? {
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
