// SPDX-License-Identifier: Apache-2.0

/// Why a document was refused, and where. Equality is of the code alone.
///
/// The message names places and what was expected, never the document's own text: documents hold secrets.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// A byte that the grammar does not allow there.
        case syntax
        /// The document ended too early.
        case unexpectedEnd
        /// Something followed the document.
        case trailingContent
        /// One key twice in an object.
        case duplicateKey
        /// Bytes that are not UTF-8.
        case invalidUTF8
        /// `\uD800`–`\uDFFF` without its other half.
        case unpairedSurrogate
        /// A document over its limits.
        case limitExceeded
        /// A number that RFC 8785 cannot write (infinite as a double).
        case unrepresentableNumber
    }

    /// What was wrong.
    public let code: Code
    /// What was found and what was expected, without the document's text.
    public let message: String
    /// Bytes before the place, from 0.
    public let offset: Int
    /// Line of the place, from 1; lines end at `\n`.
    public let line: Int
    /// Column of the place in bytes, from 1.
    public let column: Int

    init(_ code: Code, _ message: String, offset: Int = 0, line: Int = 1, column: Int = 1) {
        self.code = code
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// Equal codes.
    public static func == (left: JSONError, right: JSONError) -> Bool { left.code == right.code }

    /// `line 1, column 9: expected …`.
    public var description: String { "line \(line), column \(column): \(message)" }
}
