// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Where an entity or a request is not what the schema allows.
///
/// The message names types and rules, never values: contexts hold what agents send.
public struct ConformanceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// An entity type that the schema does not declare.
        case undeclaredType
        /// An action that the schema does not declare.
        case undeclaredAction
        /// A principal or resource of a type that the action does not apply to.
        case inapplicableAction
        /// An entity of an enumerated type that does not list it.
        case unlistedEntity
        /// An attribute that the type does not have.
        case unexpectedAttribute
        /// A required attribute that is not there.
        case missingAttribute
        /// A value of another type.
        case wrongType
        /// A tag of an entity whose type has none.
        case unexpectedTag
        /// A parent of a type that the entity's type may not be in.
        case disallowedParent
        /// An action with attributes, with tags, or in other groups than the schema says.
        case actionMismatch
        /// Values inside each other deeper than `CedarLimits.valueDepthMax`.
        case limitExceeded
    }

    /// What it is wrong with.
    public enum Subject: Sendable, Hashable, CustomStringConvertible {
        /// The request's principal.
        case principal
        /// The request's action.
        case action
        /// The request's resource.
        case resource
        /// The request's context.
        case context
        /// An entity of a store.
        case entity(EntityUID)

        /// The name of the request's part, or the entity.
        public var description: String {
            switch self {
            case .principal: "principal"
            case .action: "action"
            case .resource: "resource"
            case .context: "context"
            case .entity(let uid): uid.description
            }
        }
    }

    /// What is wrong.
    public let code: Code
    /// What it is wrong with.
    public let subject: Subject
    /// Where in the subject it is: a JSON Pointer (RFC 6901) into an entity's `attrs`, `tags` or `parents` or into the
    /// context; empty for the whole. A set's elements have the set's place. It holds names that a caller chose: do not
    /// log it for contexts.
    public let place: UTF8String
    /// What was expected and what was found, in one line.
    public let message: String

    /// `subject place: message`.
    public var description: String { "\(subject)\(place.isEmpty ? "" : " \(place.shown)"): \(message)" }
}
