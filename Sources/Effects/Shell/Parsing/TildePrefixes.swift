// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Finds `~` and `~name` where they are expanded (POSIX XCU §2.6.1, bash manual, Tilde Expansion).
enum TildePrefixes {
    /// The parts with what is expanded marked, or `nil` where a name's end is not seen.
    ///
    /// - Parameter isValue: whether it is an assignment's value, in which `:` begins another. A word that looks like an
    ///   assignment (`prefix=~/x`) is treated so behind its `=`, as bash does it.
    static func marked(_ parts: [ShellWord.Part], isValue: Bool) -> [ShellWord.Part]? {
        marked(parts, isValue: isValue, mayBeAssignment: !isValue && !parts.contains(where: \.isBrace))
    }

    /// Words that come out of braces are assignments to nobody.
    private static func marked(
        _ parts: [ShellWord.Part], isValue: Bool, mayBeAssignment: Bool
    ) -> [ShellWord.Part]? {
        var result: [ShellWord.Part] = []
        var isStart = true
        var isValue = isValue
        for (index, part) in parts.enumerated() {
            switch part {
            case .text(let text):
                let isLast = index + 1 == parts.count
                let bytes = text.bytes
                var start = 0
                if index == 0, mayBeAssignment, let equals = assignmentLength(bytes) {
                    result.append(.text(UTF8String(String(decoding: bytes[..<equals], as: UTF8.self))))
                    start = equals
                    isValue = true
                    isStart = true
                }
                let isWhole = mark(bytes[start...], isLast: isLast, isStart: isStart, isValue: isValue, &result)
                // `~{a,b}` is `~a` and `~b`.
                if !isWhole, !isLast, parts[index + 1].isBrace { return nil }
                isStart = isValue && bytes.last == UInt8(ascii: ":")
            case .alternatives(let words) where isStart:
                var marked: [ShellWord] = []
                for word in words {
                    guard let inner = self.marked(word.parts, isValue: isValue, mayBeAssignment: false) else {
                        return nil
                    }
                    // `{~,a}b` is `~b`: a name that goes on outside.
                    if case .tilde = inner.last, index + 1 < parts.count {
                        guard case .text(let next) = parts[index + 1], next.bytes.first == UInt8(ascii: "/") else {
                            return nil
                        }
                    }
                    marked.append(ShellWord(parts: inner))
                }
                result.append(.alternatives(marked))
                isStart = false
            default:
                result.append(part)
                isStart = false
            }
        }
        return result
    }

    /// - Returns: whether no name goes on behind these bytes.
    private static func mark(
        _ bytes: ArraySlice<UInt8>, isLast: Bool, isStart: Bool, isValue: Bool, _ result: inout [ShellWord.Part]
    ) -> Bool {
        var isWhole = true
        var rest = bytes
        var literal: [UInt8] = []
        var mayBegin = isStart
        while let first = rest.first {
            if mayBegin, first == UInt8(ascii: "~") {
                let end =
                    rest.firstIndex { $0 == UInt8(ascii: "/") || (isValue && $0 == UInt8(ascii: ":")) } ?? rest.endIndex
                // Where something quoted or expanded goes on with the name, it is none.
                if end < rest.endIndex || isLast {
                    if !literal.isEmpty { result.append(.text(UTF8String(String(decoding: literal, as: UTF8.self)))) }
                    literal = []
                    result.append(
                        .tilde(UTF8String(String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self))))
                    rest = rest[end...]
                    mayBegin = false
                    continue
                }
                isWhole = false
            }
            mayBegin = isValue && first == UInt8(ascii: ":")
            literal.append(first)
            rest = rest.dropFirst()
        }
        if !literal.isEmpty { result.append(.text(UTF8String(String(decoding: literal, as: UTF8.self)))) }
        return isWhole
    }

    /// The bytes of `name=`, `name+=` at a word's begin.
    private static func assignmentLength(_ bytes: [UInt8]) -> Int? {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { return nil }
        let name = bytes[equals - 1] == UInt8(ascii: "+") ? bytes[..<(equals - 1)] : bytes[..<equals]
        guard let first = name.first, first.beginsName, name.allSatisfy(\.continuesName) else { return nil }
        return equals + 1
    }
}

extension ShellWord.Part {
    fileprivate var isBrace: Bool {
        switch self {
        case .alternatives, .sequence: true
        default: false
        }
    }
}
