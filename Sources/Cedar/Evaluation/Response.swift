// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's answer.
public enum Decision: String, Sendable, Hashable, CaseIterable {
    /// Some `permit` is satisfied and no `forbid`.
    case allow
    /// Anything else.
    case deny
}

/// What one policy came to.
public struct PolicyOutcome: Sendable, Equatable {
    /// Whether the policy's scope and conditions hold.
    public enum Result: Sendable, Equatable {
        /// They do: the policy has its effect.
        case satisfied
        /// They do not.
        case notSatisfied
        /// The policy could not be evaluated; Cedar skips it.
        case error(EvaluationError)
    }

    /// The policy.
    public let policyID: UTF8String
    /// What the policy says when it is satisfied.
    public let effect: Effect
    /// Whether it is.
    public let result: Result
}

/// Why a policy was skipped.
public struct PolicyFailure: Sendable, Equatable {
    /// The policy.
    public let policyID: UTF8String
    /// What the policy would have said.
    public let effect: Effect
    /// The error.
    public let error: EvaluationError
}

/// Cedar's answer to a request, with its reasons.
public struct Response: Sendable, Equatable {
    /// Cedar's decision, which skips erroring policies: an erroring `forbid` does not deny.
    public let decision: Decision
    /// The satisfied policies that decided, sorted by id: the `forbid`s of a deny, the `permit`s of an allow, none where
    /// nothing was permitted.
    public let determiningPolicies: [UTF8String]
    /// The policies that could not be evaluated, sorted by id.
    public let errors: [PolicyFailure]
    /// What the policies came to that are satisfied or could not be evaluated, sorted by id.
    public let notable: [PolicyOutcome]
    private let policies: [Policy]

    /// What each policy came to, sorted by id; made when it is asked for.
    public var outcomes: [PolicyOutcome] {
        var rest = notable[...]
        return policies.map { policy in
            if let next = rest.first, next.policyID == policy.id {
                rest.removeFirst()
                return next
            }
            return PolicyOutcome(policyID: policy.id, effect: policy.effect, result: .notSatisfied)
        }
    }

    /// An answer from what the policies came to.
    ///
    /// - Parameters:
    ///   - policies: sorted by id, each once.
    ///   - notable: of them those that are satisfied or could not be evaluated, in the same order.
    init(to policies: [Policy], notable: [PolicyOutcome]) {
        func satisfied(_ effect: Effect) -> [UTF8String] {
            notable.filter { $0.effect == effect && $0.result == .satisfied }.map(\.policyID)
        }
        let forbids = satisfied(.forbid)
        let permits = satisfied(.permit)
        decision = forbids.isEmpty && !permits.isEmpty ? .allow : .deny
        determiningPolicies = forbids.isEmpty ? permits : forbids
        errors = notable.compactMap { outcome in
            guard case .error(let error) = outcome.result else { return nil }
            return PolicyFailure(policyID: outcome.policyID, effect: outcome.effect, error: error)
        }
        self.notable = notable
        self.policies = policies
    }

    /// Equal in what each policy came to.
    public static func == (left: Response, right: Response) -> Bool { left.outcomes == right.outcomes }
}
