// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why entities or a context were refused, or could not be written. Equality is of the code alone.
///
/// The message names types and rules, never values: contexts hold what agents send.
public struct EntityError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// The document is not strict JSON, or over the limits of one.
        case invalidJSON
        /// Something of another kind than Cedar's format has there.
        case invalidShape
        /// `null`, or a number that is no 64-bit integer.
        case invalidValue
        /// An object with `__entity`, `__extn` or `__expr` that is no escape. Cedar 4.12 takes most of these for records.
        case malformedEscape
        /// A record that Cedar's JSON cannot tell from an escape.
        case unwritable
        /// An entity type that is not written as Cedar prints it.
        case invalidTypeName
        /// The arguments of an extension function that do not make a value.
        case invalidExtension
        /// Two different entities with one name.
        case duplicateEntity
        /// An entity that is its own ancestor.
        case cycle
        /// An entity type that the schema does not declare.
        case undeclaredType
        /// An action that the schema does not declare.
        case undeclaredAction
        /// A value that is not of the type that the schema says.
        case typeMismatch
        /// A required attribute that is not there.
        case missingAttribute
        /// An attribute that the schema does not declare, or a tag of an entity whose type has none.
        case unexpectedAttribute
        /// An action with attributes, with tags, or in other groups than the schema says.
        case actionMismatch
        /// More than `CedarLimits` allows.
        case limitExceeded
    }

    /// What was wrong.
    public let code: Code
    /// What was expected, without values of the document.
    public let message: String
    /// Where it is in the document, as a JSON Pointer (RFC 6901); empty for the whole. It may hold keys that a caller
    /// chose: do not log it for contexts.
    public private(set) var place: UTF8String = ""

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The same error, seen from the value that holds the erroneous one.
    func inside(_ key: UTF8String) -> EntityError {
        var error = self
        error.place = UTF8String("\(JSONPointer([key]))\(place)")
        return error
    }

    /// Equal codes.
    public static func == (left: EntityError, right: EntityError) -> Bool { left.code == right.code }

    /// The message, without the place.
    public var description: String { message }
}
