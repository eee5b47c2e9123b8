// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A place in a template for an entity that a link supplies.
public enum Slot: String, Sendable, Hashable, CaseIterable {
    /// `?principal`, in the principal's constraint only.
    case principal = "?principal"
    /// `?resource`, in the resource's constraint only.
    case resource = "?resource"
}

/// An entity, or the slot that a link fills with one.
public enum EntityOrSlot: Sendable, Hashable {
    /// This entity.
    case entity(EntityUID)
    /// The slot of this position: `?principal` for the principal, `?resource` for the resource.
    case slot
}

/// What a policy's scope asks of the principal or of the resource.
public enum EntityConstraint: Sendable, Hashable {
    /// Nothing.
    case any
    /// `== E`
    case equal(EntityOrSlot)
    /// `in E`
    case within(EntityOrSlot)
    /// `is T`
    case isType(EntityTypeName)
    /// `is T in E`
    case isTypeWithin(EntityTypeName, EntityOrSlot)

    /// The entity or slot that it names, if any.
    public var reference: EntityOrSlot? {
        switch self {
        case .any, .isType: nil
        case .equal(let reference), .within(let reference), .isTypeWithin(_, let reference): reference
        }
    }

    /// The same constraint with its slot, if it has one, filled.
    func filling(_ entity: EntityUID?) -> EntityConstraint {
        guard let entity, case .slot? = reference else { return self }
        switch self {
        case .any, .isType: return self
        case .equal: return .equal(.entity(entity))
        case .within: return .within(.entity(entity))
        case .isTypeWithin(let type, _): return .isTypeWithin(type, .entity(entity))
        }
    }
}

/// What a policy's scope asks of the action. All entities named are of a type whose last part is `Action`.
public enum ActionConstraint: Sendable, Hashable {
    /// Nothing.
    case any
    /// `== A`
    case equal(EntityUID)
    /// `in A`
    case within(EntityUID)
    /// `in [A, B, …]`; in an empty list nothing is.
    case withinAny([EntityUID])
}
