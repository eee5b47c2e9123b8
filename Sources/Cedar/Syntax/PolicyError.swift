// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What is wrong at one place of a policy file. Equality is of code, file and place.
public struct PolicyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: String, Sendable, CaseIterable {
        /// The file is not UTF-8.
        case invalidUTF8
        /// Bytes that begin no token, or a string without its end.
        case invalidToken
        /// A token where the grammar has no place for it.
        case unexpectedToken
        /// A string with an escape that Cedar lacks, or with a bare carriage return.
        case invalidEscape
        /// An integer outside 64 bits.
        case integerOutOfRange
        /// A reserved word, or `__cedar`, as a name.
        case reservedName
        /// A word that is neither a variable nor the beginning of anything.
        case unknownName
        /// A call of a function or method that does not exist, or in the other one's form.
        case unknownFunction
        /// A call with too few or too many arguments.
        case wrongArgumentCount
        /// An operator that other languages have.
        case unsupportedOperator
        /// One annotation or one record key twice.
        case duplicateName
        /// A scope that is not Cedar's.
        case invalidScope
        /// A slot where none may be, or of another position.
        case invalidSlot
        /// More than `CedarLimits` allows.
        case limitExceeded
        /// Two policies with one id.
        case duplicateID
        /// A policy whose id would be empty.
        case emptyID
        /// What the formatter wrote would not mean the same. A mistake of the formatter's, never of the file.
        case formatterFailed
    }

    /// What kind of mistake it is.
    public let code: Code
    /// The name of the file, as the caller gave it.
    public let file: UTF8String
    /// Where it is.
    public let span: SourceSpan
    /// What was found and what was expected, in one line.
    public let message: String

    /// Equal code, file and place.
    public static func == (left: PolicyError, right: PolicyError) -> Bool {
        left.code == right.code && left.file == right.file && left.span == right.span
    }

    /// `file:line:column: message`.
    public var description: String { "\(file.shown):\(span.line):\(span.column): \(message)" }
}

/// All that is wrong with some policy files; never empty.
public struct PolicyErrors: Error, Sendable, Equatable, CustomStringConvertible {
    /// The mistakes, by file in the order given, then by place.
    public let all: [PolicyError]

    /// One line per mistake.
    public var description: String { all.map(\.description).joined(separator: "\n") }
}
