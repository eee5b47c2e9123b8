// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Servers put into `writ.yaml` with its comments and order left as they are.
public enum ConfigurationEdit {
    /// A server to put in.
    public struct Addition: Sendable {
        /// Its alias.
        public var alias: UTF8String
        /// Its settings.
        public var settings: JSONObject
        /// A comment before it, a line each.
        public var comment: [String]

        /// A server to put in.
        public init(alias: UTF8String, settings: JSONObject, comment: [String]) {
            self.alias = alias
            self.settings = settings
            self.comment = comment
        }
    }

    /// The text with the servers put in. It is read again and must say what it said before, and these servers.
    ///
    /// - Throws: `HomeError` where the text's form does not let them be put in; nothing of the servers' values.
    public static func adding(_ additions: [Addition], to bytes: [UInt8], path: String) throws(HomeError) -> [UInt8] {
        let before = try YAMLDocument.read(bytes, path)
        var expected = before.object ?? JSONObject()
        var table = expected["servers"]?.object ?? JSONObject()
        for addition in additions { table[addition.alias] = .object(addition.settings) }
        expected["servers"] = .object(table)
        let text = inserting(additions, String(decoding: bytes, as: UTF8.self))
        let found: JSON?
        do throws(HomeError) { found = try YAMLDocument.read(Array(text.utf8), path) } catch { found = nil }
        guard let found, sameMembers(found, .object(expected)) else {
            throw HomeError(
                .malformed,
                "\(path): its `servers` are not written as a block of lines, so nothing was put in; write them as in "
                    + "docs/commands.md (an alias a line, its settings indented below) and try again")
        }
        return Array(text.utf8)
    }

    private static func inserting(_ additions: [Addition], _ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        guard let start = lines.firstIndex(where: { isServersLine($0) }) else {
            return (lines + ["", "servers:"] + additions.flatMap { Self.lines($0, indent: "  ") }).joined(
                separator: "\n")
                + "\n"
        }
        // The block ends before the next line that begins at the margin and is no comment.
        let rest = lines[(start + 1)...]
        let next =
            rest.firstIndex { line in
                line.first.map { $0 != " " && $0 != "#" && $0 != "\t" && $0 != "\r" } ?? false
            } ?? lines.endIndex
        let children = lines[(start + 1)..<next]
        let first = children.first { line in !line.allSatisfy(\.isWhitespace) && line.first(where: { $0 != " " }) != "#"
        }
        let indent = first.map { String($0.prefix { $0 == " " }) } ?? "  "
        // Comments and empty lines at the end belong to what follows.
        let end = children.lastIndex { $0.hasPrefix(" ") && !$0.allSatisfy(\.isWhitespace) } ?? start
        lines.insert(contentsOf: additions.flatMap { Self.lines($0, indent: indent) }, at: end + 1)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func isServersLine(_ line: String) -> Bool {
        for name in ["servers:", "\"servers\":", "'servers':"] where line.hasPrefix(name) { return true }
        return false
    }

    private static func lines(_ addition: Addition, indent: String) -> [String] {
        var lines = addition.comment.map { "\(indent)# \($0)" }
        lines.append("\(indent)\(addition.alias):")
        for member in addition.settings.members { lines.append("\(indent)  \(member.key): \(flow(member.value))") }
        return lines
    }

    /// YAML's flow style, with quotes around every text.
    private static func flow(_ value: JSON) -> String {
        switch value {
        case .object(let object):
            "{" + object.members.map { "\(quoted($0.key)): \(flow($0.value))" }.joined(separator: ", ") + "}"
        case .array(let array): "[" + array.map(flow).joined(separator: ", ") + "]"
        case .string(let text): quoted(text)
        default: String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    private static func quoted(_ text: UTF8String) -> String {
        var result = "\""
        for scalar in text.string.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5c: result += "\\\(scalar)"
            case 0x20..<0x7f, 0xa0..<0xd800, 0xe000..<0xfe00: result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return result + "\""
    }

    /// Equal but for the members' order.
    private static func sameMembers(_ left: JSON, _ right: JSON) -> Bool {
        guard let left = left.object, let right = right.object else { return left == right }
        return left.count == right.count
            && left.members.allSatisfy { member in right[member.key].map { sameMembers(member.value, $0) } ?? false }
    }
}
