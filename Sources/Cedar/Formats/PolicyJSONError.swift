// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why policies in JSON were refused, or could not be written. Equality is of code and place.
public struct PolicyJSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// The document is not strict JSON, or over the limits of one.
        case invalidJSON
        /// Something of another kind than the format has there, or a member that is missing.
        case invalidShape
        /// A member that the format does not have. Cedar 4.12 ignores some of these, in scopes.
        case unknownMember
        /// An object under a name that is neither an operator nor an extension function.
        case unknownOperator
        /// A variable, effect or kind of condition that Cedar lacks.
        case unknownName
        /// `null`, or a number that is no 64-bit integer.
        case invalidValue
        /// An object with `__entity`, `__extn` or `__expr` that is no escape. Cedar 4.12 takes most of these for records.
        case malformedEscape
        /// An entity type, or an annotation's name, that is not written as Cedar prints it.
        case invalidName
        /// A scope that Cedar's text could not have, as an action of another type than `Action`.
        case invalidScope
        /// A slot where none may be, of another position, or a template without one.
        case invalidSlot
        /// An empty id, or one that is taken.
        case invalidID
        /// A link to an unknown template, or with values for other slots than the template's.
        case invalidLink
        /// More than `CedarLimits` allows.
        case limitExceeded
    }

    /// What was wrong.
    public let code: Code
    /// What was found and what was expected, in one line.
    public let message: String
    /// Where it is in the document, as a JSON Pointer (RFC 6901); empty for the whole, and where writing failed.
    public let place: UTF8String

    init(_ code: Code, _ message: String, at place: JSONPointer = JSONPointer()) {
        self.code = code
        self.message = message
        self.place = place.text
    }

    /// Equal code and place.
    public static func == (left: PolicyJSONError, right: PolicyJSONError) -> Bool {
        left.code == right.code && left.place == right.place
    }

    /// `/staticPolicies/a/effect: message`; the message alone where the place is the whole document.
    public var description: String { place.isEmpty ? message : "\(place.shown): \(message)" }
}
