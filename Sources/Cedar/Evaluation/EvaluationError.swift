// SPDX-License-Identifier: Apache-2.0

/// Why an expression has no value. Equality is of code and place.
///
/// The message names types and what the policy itself says, never values: those may be an agent's secrets.
public struct EvaluationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What kind of error it is.
    public enum Code: String, Sendable, CaseIterable {
        /// A value of a type that the operation does not take.
        case type
        /// A result beyond 64 bits.
        case overflow
        /// An attribute of an entity that the store does not have, or a tag of one.
        case missingEntity
        /// An attribute that the entity or record does not have.
        case missingAttribute
        /// A tag that the entity does not have.
        case missingTag
        /// A text that an extension type's constructor does not take, or a result out of the type's range.
        case invalidExtension
        /// An extension function with too few or too many arguments.
        case wrongArgumentCount
    }

    /// What kind of error it is.
    public let code: Code
    /// What was found and what was expected.
    public let message: String
    /// The expression that has no value.
    public let span: SourceSpan

    /// Equal code and place.
    public static func == (left: EvaluationError, right: EvaluationError) -> Bool {
        left.code == right.code && left.span == right.span
    }

    /// The message and the place.
    public var description: String { "\(span): \(message)" }
}
