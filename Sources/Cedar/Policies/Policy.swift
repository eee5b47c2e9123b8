// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A policy with an id: written as such, or a template with its slots filled.
public struct Policy: Sendable, Hashable {
    /// The id, unique in its set.
    public let id: UTF8String
    /// What the policy says; without slots.
    public let statement: PolicyStatement
    /// The name of the file it was written in.
    public let file: UTF8String
    /// The template it was made from, or `nil` for a policy written as such.
    public let link: TemplateLink?

    /// What it says when it is satisfied.
    public var effect: Effect { statement.effect }
    /// Its annotations; a linked policy has its template's.
    public var annotations: Annotations { statement.annotations }
    /// What it asks of the principal.
    public var principal: EntityConstraint { statement.principal }
    /// What it asks of the action.
    public var action: ActionConstraint { statement.action }
    /// What it asks of the resource.
    public var resource: EntityConstraint { statement.resource }
    /// Its `when` and `unless` clauses.
    public var conditions: [Condition] { statement.conditions }
}

/// A policy with slots, which authorizes nothing until it is linked.
public struct Template: Sendable, Hashable {
    /// The id, unique in its set, among the policies' ids too.
    public let id: UTF8String
    /// What the policies made from it say.
    public let statement: PolicyStatement
    /// The name of the file it was written in.
    public let file: UTF8String

    /// The slots that a link must fill; not empty.
    public var slots: Set<Slot> { statement.slots }
}

/// How a policy was made from a template.
public struct TemplateLink: Sendable, Hashable {
    /// The template's id.
    public let templateID: UTF8String
    /// The entity for each of the template's slots.
    public let values: [Slot: EntityUID]
}

/// Why a template could not be linked.
public enum LinkError: Error, Sendable, Hashable {
    /// No template has that id.
    case unknownTemplate
    /// A policy or template already has the new id, or it is empty.
    case invalidID
    /// The values are not exactly for the template's slots.
    case slotsDiffer
    /// More policies than `CedarLimits.policiesMax`.
    case limitExceeded
}
