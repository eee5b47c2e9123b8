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
        case .mcpServers: Self.json(["mcpServers": .object(table(type: nil))])
        case .servers: Self.json(["servers": .object(table(type: "stdio"))])
        case .settings: Self.json(["mcp": ["servers": .object(table(type: "stdio"))]])
        case .codex: toml
        }
    }

    private func table(type: UTF8String?) -> JSONObject {
        var table = JSONObject()
        for entry in entries {
            var object = JSONObject()
            object["type"] = type.map(JSON.string)
            object["command"] = .text(program)
            object["args"] = .array(entry.arguments.map { .text($0) })
            table[entry.name] = .object(object)
        }
        return table
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
        for scalar in String(decoding: value.pretty(), as: UTF8.self).unicodeScalars {
            if scalar.value == 0x0a || (0x20..<0x7f).contains(scalar.value) {
                result.unicodeScalars.append(scalar)
            } else {
                for unit in String(Character(scalar)).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        while result.hasSuffix("\n") { result.removeLast() }
        return result + "\n"
    }
}
