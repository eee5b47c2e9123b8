// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What is wrong at one place of a schema. Equality is of code, file and place.
public struct SchemaError: Error, Sendable, Equatable, CustomStringConvertible {
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
        /// The file is not strict JSON.
        case invalidJSON
        /// Something of another kind than the JSON form has there.
        case invalidShape
        /// A key that the JSON form does not have there.
        case unknownKey
        /// A name that is not made of Cedar's identifiers.
        case invalidName
        /// A reserved word, Cedar's own namespace, or the name of a kind of type, as a name.
        case reservedName
        /// One namespace, type, action, attribute, annotation or clause twice.
        case duplicateName
        /// A type or action in a namespace with the name of one outside of all namespaces.
        case shadowedName
        /// A name of a type that is declared nowhere.
        case unknownType
        /// A name of an action that is declared nowhere.
        case unknownAction
        /// Common types that contain themselves, or groups of actions that are their own members.
        case cycle
        /// A list that may not be empty, or a clause that may not be left out.
        case missing
        /// A context, or the attributes of an entity type, that are no record.
        case notARecord
        /// Something of the reference that the human syntax cannot say.
        case unwritable
        /// More than `CedarLimits` allows.
        case limitExceeded
    }

    /// What kind of mistake it is.
    public let code: Code
    /// The name of the file, as the caller gave it.
    public let file: UTF8String
    /// Where it is in a text; for JSON only where the text is no JSON.
    public let span: SourceSpan?
    /// Where it is in the JSON form (RFC 6901), or would be; `nil` for mistakes of syntax.
    public let pointer: JSONPointer?
    /// What was found and what was expected, in one line.
    public let message: String
    /// For a misspelt name, the name that was probably meant.
    public let suggestion: UTF8String?

    init(
        _ code: Code, _ message: String, file: UTF8String, span: SourceSpan? = nil, pointer: JSONPointer? = nil,
        suggestion: UTF8String? = nil
    ) {
        self.code = code
        self.message = message
        self.file = file
        self.span = span
        self.pointer = pointer
        self.suggestion = suggestion
    }

    /// Equal code, file and place.
    public static func == (left: SchemaError, right: SchemaError) -> Bool {
        left.code == right.code && left.file == right.file && left.span == right.span && left.pointer == right.pointer
    }

    /// `file:line:column: message`, or `file#/pointer: message` where there is no text.
    public var description: String {
        let hint = suggestion.map { "; did you mean `\($0)`?" } ?? ""
        if let span { return "\(file.shown):\(span.line):\(span.column): \(message)\(hint)" }
        if let pointer { return "\(file.shown)#\(pointer.text.shown): \(message)\(hint)" }
        return "\(file.shown): \(message)\(hint)"
    }
}

/// All that is wrong with a schema; never empty.
public struct SchemaErrors: Error, Sendable, Equatable, CustomStringConvertible {
    /// The mistakes, by file in the order given; those of syntax before those of meaning.
    public let all: [SchemaError]

    init(_ all: [SchemaError]) { self.all = all }

    /// One line per mistake.
    public var description: String { all.map(\.description).joined(separator: "\n") }
}
