// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a satisfied policy says.
public enum Effect: String, Sendable, Hashable, CaseIterable {
    /// The request is allowed unless a `forbid` is satisfied too.
    case permit
    /// The request is denied.
    case forbid
}

/// One `permit` or `forbid` as written, with or without slots; it has no id yet.
///
/// Two statements are equal where they are written the same way; their places do not count.
public struct PolicyStatement: Sendable, Hashable {
    /// What it says when it is satisfied.
    public let effect: Effect
    /// The annotations, in the order written.
    public let annotations: Annotations
    /// What the scope asks of the principal.
    public let principal: EntityConstraint
    /// What the scope asks of the action.
    public let action: ActionConstraint
    /// What the scope asks of the resource.
    public let resource: EntityConstraint
    /// The `when` and `unless` clauses, in order; all must hold.
    public let conditions: [Condition]
    /// From the first annotation, or else the effect, to the `;`.
    public let span: SourceSpan
    /// Where the scope's parts are written, or `nil` where the statement was not read from policy text.
    public internal(set) var scopeSpans: ScopeSpans?

    /// The slots that must be filled before this can be evaluated; empty for a policy.
    public var slots: Set<Slot> {
        var slots: Set<Slot> = []
        if case .slot? = principal.reference { slots.insert(.principal) }
        if case .slot? = resource.reference { slots.insert(.resource) }
        return slots
    }

    /// The same statement with its slots filled from `values`.
    func filling(_ values: [Slot: EntityUID]) -> PolicyStatement {
        PolicyStatement(
            effect: effect, annotations: annotations, principal: principal.filling(values[.principal]), action: action,
            resource: resource.filling(values[.resource]), conditions: conditions, span: span, scopeSpans: scopeSpans)
    }

    /// Equal in all but place.
    public static func == (left: PolicyStatement, right: PolicyStatement) -> Bool {
        left.effect == right.effect && left.annotations == right.annotations && left.principal == right.principal
            && left.action == right.action && left.resource == right.resource && left.conditions == right.conditions
    }

    /// Feeds all but the place.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(effect)
        hasher.combine(annotations)
        hasher.combine(principal)
        hasher.combine(action)
        hasher.combine(resource)
        hasher.combine(conditions)
    }
}

/// Where the three parts of a scope are written, each from its variable to the end of what is asked of it.
public struct ScopeSpans: Sendable, Hashable {
    /// The principal's part.
    public let principal: SourceSpan
    /// The action's part.
    public let action: SourceSpan
    /// The resource's part.
    public let resource: SourceSpan
}

/// A `when` or `unless` clause.
public struct Condition: Sendable, Hashable {
    /// Which of the two.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The expression must be true.
        case when
        /// The expression must be false.
        case unless
    }

    /// Whether the expression must be true or false.
    public let kind: Kind
    /// The expression in the braces.
    public let body: Expression
    /// From the keyword to the closing brace.
    public let span: SourceSpan

    /// Equal in all but place.
    public static func == (left: Condition, right: Condition) -> Bool {
        left.kind == right.kind && left.body == right.body
    }

    /// Feeds all but the place.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(body)
    }
}

/// The `@name("value")` before a policy; names are unique.
public struct Annotations: Sendable, Hashable {
    /// One annotation.
    public struct Annotation: Sendable, Hashable {
        /// The name; any identifier, also a reserved word.
        public let name: UTF8String
        /// The text, or `nil` where none was written, which means the empty text.
        public let value: UTF8String?

        /// An annotation from its parts.
        public init(name: UTF8String, value: UTF8String?) {
            self.name = name
            self.value = value
        }
    }

    /// The annotations in the order written.
    public let all: [Annotation]

    /// Annotations in order. No name should come twice; where one does, the first is read.
    public init(_ all: [Annotation]) { self.init(all: all) }

    init(all: [Annotation]) { self.all = all }

    /// The text of an annotation, empty where it has none; `nil` where there is no such annotation.
    public subscript(name: UTF8String) -> UTF8String? {
        all.first { $0.name == name }.map { $0.value ?? "" }
    }

    /// Equal names and texts in any order; `@flag` is `@flag("")`.
    public static func == (left: Annotations, right: Annotations) -> Bool { left.texts == right.texts }

    /// Feeds names and texts.
    public func hash(into hasher: inout Hasher) { hasher.combine(texts) }

    private var texts: [UTF8String: UTF8String] {
        Dictionary(all.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { $1 })
    }
}
