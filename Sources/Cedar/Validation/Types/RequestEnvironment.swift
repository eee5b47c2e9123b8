// SPDX-License-Identifier: Apache-2.0

/// What is known of all requests of one kind: the action, and the types of principal and resource.
///
/// A policy is valid where it has a type in every environment that the schema allows.
public struct RequestEnvironment: Sendable, Hashable, CustomStringConvertible {
    /// The principal's type.
    public let principal: EntityTypeName
    /// The action.
    public let action: EntityUID
    /// The resource's type.
    public let resource: EntityTypeName

    /// An environment from its parts. `Validator` knows nothing of one that its schema does not allow.
    public init(principal: EntityTypeName, action: EntityUID, resource: EntityTypeName) {
        self.principal = principal
        self.action = action
        self.resource = resource
    }

    /// The environment of a request.
    public init(_ request: Request) {
        self.init(principal: request.principal.type, action: request.action, resource: request.resource.type)
    }

    /// `(principal is P, action == A, resource is R)`.
    public var description: String { "(principal is \(principal), action == \(action), resource is \(resource))" }
}
