// SPDX-License-Identifier: Apache-2.0

/// A question: may this principal do this action to this resource, in this context?
public struct Request: Sendable, Hashable {
    /// Who asks.
    public let principal: EntityUID
    /// What is to be done.
    public let action: EntityUID
    /// To what it is to be done.
    public let resource: EntityUID
    /// All else about the request.
    public let context: CedarRecord

    /// A question from its parts.
    public init(principal: EntityUID, action: EntityUID, resource: EntityUID, context: CedarRecord = CedarRecord()) {
        self.principal = principal
        self.action = action
        self.resource = resource
        self.context = context
    }
}
