// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a change of policies does to what is allowed, told from the policies' structure alone.
///
///     let difference = PolicySetDifference(from: old, to: new, schema: schema)
///     difference.direction      // of the whole
///     difference.scopes         // for each scope that a change touches
///     print(difference.text)
///
/// What is said is certain: after a change that `narrows` nothing is allowed that was not, after one that `widens`
/// nothing denied that was allowed: in Cedar's own decision, or in that of a caller who denies where a `forbid` cannot be
/// evaluated. Where structure cannot tell, it says `unknown`.
public struct PolicySetDifference: Sendable, Equatable {
    /// What may come of a change.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// The same requests are allowed.
        case same
        /// All that was allowed is, and perhaps more.
        case widens
        /// Nothing is allowed that was not, and perhaps less.
        case narrows
        /// Some changes widen and others narrow.
        case both
        /// The structure does not tell.
        case unknown
    }

    /// What is new in one policy.
    public struct Change: Sendable, Equatable {
        /// What was done.
        public enum Kind: Sendable, Equatable {
            /// The policy is new.
            case added(Policy)
            /// The policy is gone.
            case removed(Policy)
            /// The policy says something else, or it has other annotations.
            case changed(old: Policy, new: Policy, Details)
            /// The same policy has another id.
            case renamed(old: Policy, new: Policy)
        }

        /// What was done.
        public let kind: Kind
        /// What it does to the whole.
        public let direction: Direction
    }

    /// How two versions of a policy differ.
    public struct Details: Sendable, Equatable {
        /// Whether a `permit` became a `forbid` or the other way round.
        public let effectChanged: Bool
        /// Whether the annotations differ.
        public let annotationsChanged: Bool
        /// Whether the scope differs.
        public let scopeChanged: Bool
        /// Tests of the conditions that only the new version has, in order: operands of `&&` in `when`, and the
        /// negated operands of `||` in `unless`.
        public let addedTests: [Expression]
        /// Tests that only the old version has.
        public let removedTests: [Expression]
    }

    /// What is new for the requests of one scope.
    public struct ScopeChange: Sendable, Equatable {
        /// What the scope asks of the principal.
        public let principal: EntityConstraint
        /// What the scope asks of the action.
        public let action: ActionConstraint
        /// What the scope asks of the resource.
        public let resource: EntityConstraint
        /// What comes of all changes together for requests in the scope.
        public let direction: Direction
        /// The policies with this scope that changed, sorted by id; of renamed ones the new id.
        public let policies: [UTF8String]
    }

    /// Templates that are new, gone or different; they authorize nothing until they are linked.
    public struct Templates: Sendable, Equatable {
        /// The ids of new templates, sorted.
        public let added: [UTF8String]
        /// The ids of templates that are gone, sorted.
        public let removed: [UTF8String]
        /// The ids of templates that differ, sorted.
        public let changed: [UTF8String]
    }

    /// The changes, sorted by id; without those policies that are the same.
    public let changes: [Change]
    /// The scopes of the changed policies, old and new, in the order of the changes.
    public let scopes: [ScopeChange]
    /// What comes of all changes together.
    public let direction: Direction
    /// What is new in templates.
    public let templates: Templates
}

extension PolicySetDifference.Direction {
    /// What comes of two changes together.
    func and(_ other: PolicySetDifference.Direction) -> PolicySetDifference.Direction {
        switch (self, other) {
        case (.same, let direction), (let direction, .same): direction
        case (.unknown, _), (_, .unknown): .unknown
        default: self == other ? self : .both
        }
    }

    /// The other way round.
    var reversed: PolicySetDifference.Direction {
        switch self {
        case .widens: .narrows
        case .narrows: .widens
        case .same, .both, .unknown: self
        }
    }
}

extension PolicySetDifference.Change {
    /// The policy's id; of a renamed one the new id.
    public var policyID: UTF8String {
        switch kind {
        case .added(let policy), .removed(let policy), .changed(_, let policy, _), .renamed(_, let policy): policy.id
        }
    }

    /// The old and the new version, as far as there are such.
    var versions: [Policy] {
        switch kind {
        case .added(let policy), .removed(let policy): [policy]
        case .changed(let old, let new, _), .renamed(let old, let new): [old, new]
        }
    }
}
