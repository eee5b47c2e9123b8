// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A truth value in another program's settings in TOML, set with everything else left as it is.
public enum TOMLSwitch {
    /// What a text says.
    ///
    /// - Throws: `HomeError` where it is no TOML.
    public static func read(_ bytes: [UInt8], path: String) throws(HomeError) -> JSON {
        do throws(TOMLDocument.Failure) { return try TOMLDocument.read(bytes) } catch {
            throw HomeError(.malformed, "\(path):\(error.line):\(error.column): \(error.problem)")
        }
    }

    /// The text with `key = true` in a table.
    ///
    /// - Throws: `HomeError` where it is no TOML, or is written in a way that cannot be edited.
    public static func turnOn(
        _ key: UTF8String, in table: UTF8String, of bytes: [UInt8], path: String
    ) throws(HomeError) -> [UInt8] {
        let before = try read(bytes, path: path)
        guard before[table]?[key]?.bool != true else { return bytes }
        var expected = before.object ?? JSONObject()
        var inner = expected[table]?.object ?? JSONObject()
        inner[key] = true
        expected[table] = .object(inner)
        let text = edited(String(decoding: bytes, as: UTF8.self), key.string, table.string)
        let after: JSON?
        do throws(HomeError) { after = try read(Array(text.utf8), path: path) } catch { after = nil }
        guard let after, sameMembers(after, .object(expected)) else {
            throw HomeError(
                .malformed, "\(path) is written in a way that could not be edited; put `\(key) = true` under [\(table)]"
            )
        }
        return Array(text.utf8)
    }

    private static func edited(_ text: String, _ key: String, _ table: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let header = lines.firstIndex(where: { words($0) == "[\(table)]" }) else {
            let gap = text.isEmpty ? "" : text.hasSuffix("\n") ? "\n" : "\n\n"
            return text + "\(gap)[\(table)]\n\(key) = true\n"
        }
        let end = lines[(header + 1)...].firstIndex { words($0).hasPrefix("[") } ?? lines.endIndex
        if let there = lines[(header + 1)..<end].firstIndex(where: { words($0).hasPrefix("\(key)=false") }) {
            lines[there] = lines[there].replacing("false", with: "true", maxReplacements: 1)
        } else {
            lines.insert("\(key) = true", at: header + 1)
        }
        return lines.joined(separator: "\n")
    }

    /// A line without blanks and comment.
    private static func words(_ line: String) -> String {
        String(line.prefix { $0 != "#" }.filter { $0 != " " && $0 != "\t" && $0 != "\r" })
    }

    private static func sameMembers(_ left: JSON, _ right: JSON) -> Bool {
        guard let left = left.object, let right = right.object else { return left == right }
        return left.count == right.count
            && left.members.allSatisfy { member in right[member.key].map { sameMembers(member.value, $0) } ?? false }
    }
}
