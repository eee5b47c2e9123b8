// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A tool's definition for people. All of it is the server's own word, so all of it is escaped.
enum DefinitionText {
    /// The lines of `writ tools show`.
    static func lines(_ definition: JSON) -> [String] {
        var lines: [String] = []
        for name in ["title", "description"] as [UTF8String] {
            guard let text = definition[name]?.string else { continue }
            lines += field(name.string, text)
        }
        let schema = definition["inputSchema"]
        let required = Set((schema?["required"]?.array ?? []).compactMap(\.string))
        for member in schema?["properties"]?.object?.members ?? [] {
            let type = member.value["type"].map { one($0) } ?? "any"
            let note = required.contains(member.key) ? "\(type), required" : type
            let about = member.value["description"]?.string.map { ": \(Output.escaped($0))" } ?? ""
            lines.append("parameter   \(Output.escaped(member.key)) (\(note))\(about)")
        }
        for member in definition["annotations"]?.object?.members ?? [] {
            lines.append("claim       \(Output.escaped(member.key)): \(one(member.value))")
        }
        let shown: Set<UTF8String> = ["name", "title", "description", "inputSchema", "annotations"]
        let others = definition.object?.keys.filter { !shown.contains($0) } ?? []
        if !others.isEmpty { lines.append("also        \(others.map(Output.escaped).joined(separator: ", "))") }
        return lines
    }

    /// One line for a list.
    static func summary(_ definition: JSON, width: Int = 90) -> String {
        guard let text = definition["description"]?.string ?? definition["title"]?.string else { return "" }
        let line = text.string.prefix { $0 != "\n" && $0 != "\r\n" }
        return Output.escaped(UTF8String(String(line.prefix(width)))) + (line.count > width ? "..." : "")
    }

    /// A value in one line.
    static func one(_ value: JSON) -> String {
        if let text = value.string { return Output.escaped(text) }
        return Output.escaped(UTF8String(validating: value.serialized()) ?? "")
    }

    private static func field(_ name: String, _ text: UTF8String) -> [String] {
        let head = name.padding(to: 12)
        return text.string.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            (index == 0 ? head : String(repeating: " ", count: 12)) + Output.escaped(UTF8String(String(line)))
        }
    }
}

extension String {
    /// With blanks at its end up to a width.
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
