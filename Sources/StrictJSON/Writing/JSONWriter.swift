// SPDX-License-Identifier: Apache-2.0

extension JSON {
    /// The document without white space: members in order, numbers by their lexemes. One line, valid UTF-8.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The document for people: two spaces a level, `": "` after names, a newline at the end.
    public func pretty() -> [UInt8] {
        var writer = JSONWriter()
        writer.writePretty(self, level: 0)
        writer.bytes.append(0x0a)
        return writer.bytes
    }
}

/// Appends JSON to bytes. Nesting is bounded by whoever built the tree.
struct JSONWriter {
    var bytes: [UInt8] = []

    init() {
        // What most calls and entries need; doubling from nothing would copy each several times.
        bytes.reserveCapacity(1_024)
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(element)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                write(string: member.key)
                bytes.append(UInt8(ascii: ":"))
                write(member.value)
            }
            bytes.append(UInt8(ascii: "}"))
        default: write(scalar: value)
        }
    }

    mutating func writePretty(_ value: JSON, level: Int) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                newLine(level + 1, first: index == 0)
                writePretty(element, level: level + 1)
            }
            newLine(level, first: true)
            bytes.append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                newLine(level + 1, first: index == 0)
                write(string: member.key)
                bytes.append(contentsOf: ": ".utf8)
                writePretty(member.value, level: level + 1)
            }
            newLine(level, first: true)
            bytes.append(UInt8(ascii: "}"))
        default: write(value)
        }
    }

    private mutating func newLine(_ level: Int, first: Bool) {
        if !first { bytes.append(UInt8(ascii: ",")) }
        bytes.append(0x0a)
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * level))
    }

    private mutating func write(scalar value: JSON) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .number(let number): number.lexeme.withUTF8 { bytes.append(contentsOf: $0) }
        case .string(let string): write(string: string)
        case .array, .object: write(value)
        }
    }

    /// RFC 8785 §3.2.2.2: only what must be escaped is, with the short escapes where there are any.
    mutating func write(string: UTF8String) {
        bytes.append(UInt8(ascii: "\""))
        string.withUTF8 { text in
            var plain = 0
            var index = 0
            while index < text.count {
                let byte = text[index]
                if byte < 0x20 || byte == 0x22 || byte == 0x5c {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<index]))
                    plain = index + 1
                    writeEscape(byte)
                }
                index += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0a: bytes.append(UInt8(ascii: "n"))
        case 0x0c: bytes.append(UInt8(ascii: "f"))
        case 0x0d: bytes.append(UInt8(ascii: "r"))
        case 0x22, 0x5c: bytes.append(byte)
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}
