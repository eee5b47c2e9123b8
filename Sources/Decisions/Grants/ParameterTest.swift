// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A test of one parameter, as an operator writes it: `amount <= 100`, `path=/reports/*`, `state in ["open","closed"]`.
///
/// The parameter is a name, a name in quotes, or a JSON pointer from the parameters' root (`/filter/owner`). There is no
/// test of what a parameter is not: a server may read two values as one.
public struct ParameterTest: Sendable, Hashable {
    /// How the parameter is compared.
    enum Comparison: String, CaseIterable {
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case equal = "=="
        case less = "<"
        case greater = ">"
        /// Text with `*` for any text; without one, as `==`.
        case pattern = "="
        /// One of a list; of an array, each of its elements.
        case among = "in"
    }

    /// The names that lead to the parameter.
    let path: [UTF8String]
    let comparison: Comparison
    /// What it is compared with, as it is written.
    let operand: UTF8String
    /// The whole, for who wrote it.
    let text: UTF8String

    /// Reads a test.
    ///
    /// - Throws: `GrantMistake`.
    public init(parsing text: UTF8String) throws(GrantMistake) {
        guard text.byteCount <= Limits.grantTextBytes else {
            throw GrantMistake("a test of a parameter has at most \(Limits.grantTextBytes) bytes")
        }
        self.text = text
        var rest = Self.trimmed(text.bytes[...])
        path = try Self.path(&rest, text)
        rest = Self.trimmed(rest)
        guard let comparison = Comparison.allCases.first(where: { rest.starts(with: $0.rawValue.utf8) }) else {
            throw GrantMistake(
                "`\(text)` is no test of a parameter: after its name comes one of <=, >=, <, >, ==, = and in")
        }
        rest = rest.dropFirst(comparison.rawValue.utf8.count)
        if comparison == .among, let next = rest.first, !Self.isBlank(next), next != UInt8(ascii: "[") {
            throw GrantMistake("`\(text)` is no test of a parameter: after `in` comes a list, as in `in [\"a\",\"b\"]`")
        }
        self.comparison = comparison
        guard let operand = UTF8String(validating: Self.trimmed(rest)), !operand.isEmpty else {
            throw GrantMistake("`\(text)` compares with nothing")
        }
        self.operand = operand
    }

    /// What is compared with, where it is written as JSON; `nil` for bare text.
    var json: JSON? {
        do throws(JSONError) { return try JSON(parsing: operand) } catch { return nil }
    }

    /// The parameter's name for people.
    var name: String { path.count == 1 ? path[0].string : "/" + path.map(\.string).joined(separator: "/") }

    private static func path(
        _ rest: inout ArraySlice<UInt8>, _ text: UTF8String
    ) throws(GrantMistake) -> [UTF8String] {
        let path: [UTF8String]?
        switch rest.first {
        case UInt8(ascii: "\""): path = quoted(&rest).map { [$0] }
        case UInt8(ascii: "/"):
            path = word(&rest).flatMap { JSONPointer(parsing: $0) }.flatMap { $0.tokens.isEmpty ? nil : $0.tokens }
        default: path = word(&rest).map { [$0] }
        }
        guard let path, path.count <= Limits.grantPathNames else {
            throw GrantMistake(
                "`\(text)` is no test of a parameter: it begins with a parameter's name, a name in quotes, or a JSON "
                    + "pointer of at most \(Limits.grantPathNames) names")
        }
        return path
    }

    /// A JSON string.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> UTF8String? {
        var end = rest.startIndex + 1
        while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") {
            end += rest[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        guard end < rest.endIndex, let text = UTF8String(validating: rest[...end]) else { return nil }
        rest = rest[(end + 1)...]
        do throws(JSONError) {
            return try JSON(parsing: text).string
        } catch {
            return nil
        }
    }

    /// What is before the first blank or comparison.
    private static func word(_ rest: inout ArraySlice<UInt8>) -> UTF8String? {
        let word = rest.prefix { !isBlank($0) && !"<>=!\"".utf8.contains($0) }
        guard !word.isEmpty else { return nil }
        rest = rest[word.endIndex...]
        return UTF8String(validating: word)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return bytes
    }
}
