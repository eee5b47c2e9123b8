// SPDX-License-Identifier: Apache-2.0

import Foundation

/// One finished system call as strace writes it: `openat(AT_FDCWD</w>, "a", O_RDONLY) = 3</w/a>`.
struct SystemCall {
    let name: String
    private let arguments: [String]
    let result: String

    init?(_ text: String) {
        guard let open = text.firstIndex(of: "(") else { return nil }
        name = String(text[..<open])
        var arguments: [String] = []
        var current = ""
        var depth = 0
        var isQuoted = false
        var isEscaped = false
        var end: String.Index?
        for index in text[text.index(after: open)...].indices {
            let character = text[index]
            if isQuoted {
                current.append(character)
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isQuoted = false
                }
                continue
            }
            if character == ")", depth == 0 {
                end = index
                break
            }
            switch character {
            case "\"": isQuoted = true
            case "(", "[", "{", "<": depth += 1
            case ")", "]", "}", ">": depth -= 1
            case "," where depth == 0:
                arguments.append(current)
                current = ""
                continue
            default: break
            }
            if character != " " || !current.isEmpty { current.append(character) }
        }
        guard let end else { return nil }
        arguments.append(current)
        self.arguments = arguments
        guard let equals = text[end...].range(of: "= ") else { return nil }
        result = String(text[equals.upperBound...])
    }

    func argument(_ index: Int) -> String { index < arguments.count ? arguments[index] : "" }

    /// A text between quotes, its escapes resolved.
    func string(_ index: Int) -> String { Self.unescaped(argument(index)) }

    /// What `-y` says of a descriptor.
    func annotation(_ index: Int) -> String? { Self.annotation(argument(index)) }

    var resultPath: String? { Self.annotation(result) }

    /// The address of a connection to another host: `127.0.0.1:80`.
    var address: String? {
        let text = argument(1)
        guard text.contains("sa_family=AF_INET") else { return nil }
        func value(_ key: String, _ end: Character) -> String? {
            text.range(of: key).map { String(text[$0.upperBound...].prefix { $0 != end }) }
        }
        return value("inet_addr(\"", "\"") ?? value("inet_pton(AF_INET6, \"", "\"")
    }

    private static func annotation(_ text: String) -> String? {
        guard let open = text.firstIndex(of: "<"), let close = text.lastIndex(of: ">") else { return nil }
        let path = unescaped(String(text[text.index(after: open)..<close]))
        guard path.hasPrefix("/") else { return nil }
        return path.hasSuffix(" (deleted)") ? String(path.dropLast(" (deleted)".count)) : path
    }

    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var index = 0
        while index < source.count {
            let byte = source[index]
            index += 1
            if byte == UInt8(ascii: "\"") { continue }
            guard byte == UInt8(ascii: "\\"), index < source.count else {
                bytes.append(byte)
                continue
            }
            var octal = 0
            var digits = 0
            while digits < 3, index < source.count, (0x30...0x37).contains(source[index]) {
                octal = octal * 8 + Int(source[index] - 0x30)
                digits += 1
                index += 1
            }
            if digits > 0 {
                bytes.append(UInt8(truncatingIfNeeded: octal))
                continue
            }
            let escapes: [UInt8: UInt8] = [0x6e: 0x0a, 0x74: 0x09, 0x72: 0x0d, 0x66: 0x0c, 0x76: 0x0b]
            bytes.append(escapes[source[index]] ?? source[index])
            index += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
