// SPDX-License-Identifier: Apache-2.0

import HomeFolder
import StrictJSON

/// What to put into a client's file in place of its servers, in the client's own form.
struct ClientEntry {
    private let shape: ClientFile.Shape
    /// What the client starts, by the name that it gives it.
    private let entries: [(name: UTF8String, arguments: [String])]
    private let program: String

    /// An entry for each server, or one for all.
    ///
    /// - Parameter servers: the client's names and the aliases.
    init(
        _ shape: ClientFile.Shape, program: String, home: Home, servers: [(name: UTF8String, alias: UTF8String)],
        isOne: Bool
    ) {
        self.shape = shape
        self.program = program
        let gateway = ["gateway", "--home", home.path]
        entries =
            isOne
            ? [(UTF8String("writ"), gateway)]
            : servers.map { ($0.name, gateway + ["--server", $0.alias.string]) }
    }

    var text: String {
        switch shape {
        case .mcpServers: json(["mcpServers"], type: nil)
        case .servers: json(["servers"], type: "stdio")
        case .settings: json(["mcp", "servers"], type: "stdio")
        case .codex: toml
        }
    }

    /// Objects inside each other, an entry's arguments in one line.
    private func json(_ path: [String], type: String?) -> String {
        var lines = ["{"]
        var indent = "  "
        for name in path {
            lines.append("\(indent)\"\(name)\": {")
            indent += "  "
        }
        for (index, entry) in entries.enumerated() {
            let arguments = entry.arguments.map { Self.json(.text($0)) }.joined(separator: ", ")
            lines.append("\(indent)\(Self.json(.string(entry.name))): {")
            if let type { lines.append("\(indent)  \"type\": \"\(type)\",") }
            lines.append("\(indent)  \"command\": \(Self.json(.text(program))),")
            lines.append("\(indent)  \"args\": [\(arguments)]")
            lines.append("\(indent)}" + (index == entries.count - 1 ? "" : ","))
        }
        for _ in path {
            indent.removeLast(2)
            lines.append("\(indent)}")
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    /// JSON's and TOML's quoted texts are alike as far as they are used here.
    private var toml: String {
        entries.map { entry in
            let isBare =
                !entry.name.isEmpty
                && entry.name.bytes.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                }
            let name = isBare ? entry.name.string : Self.quoted(entry.name)
            let arguments = entry.arguments.map { Self.quoted(UTF8String($0)) }.joined(separator: ", ")
            return "[mcp_servers.\(name)]\ncommand = \(Self.quoted(UTF8String(program)))\nargs = [\(arguments)]\n"
        }.joined(separator: "\n")
    }

    private static func quoted(_ text: UTF8String) -> String {
        var result = "\""
        for scalar in text.string.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5c: result += "\\\(scalar)"
            case 0x20..<0x7f: result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// With everything but plain characters as escapes: a name from a file must not turn a terminal's line around.
    private static func json(_ value: JSON) -> String {
        var result = ""
        for scalar in String(decoding: value.serialized(), as: UTF8.self).unicodeScalars {
            if (0x20..<0x7f).contains(scalar.value) {
                result.unicodeScalars.append(scalar)
            } else {
                for unit in String(Character(scalar)).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return result
    }
}
