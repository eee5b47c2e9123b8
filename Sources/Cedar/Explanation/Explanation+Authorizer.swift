// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Explanation {
    /// Asks the `Authorizer` and explains its answer.
    ///
    /// Takes a few times as long as the decision itself.
    public init(
        of request: Request, policies: PolicySet, entities: Entities, options: Options = Options()
    ) {
        let response = Authorizer.authorize(request, policies: policies, entities: entities)
        let finder = ClauseFinder(request, entities: entities)
        var ranked: [Ranked] = []
        for (policy, outcome) in zip(policies.policies, response.outcomes) {
            let finding = outcome.result == .satisfied ? nil : finder.firstUnmet(in: policy)
            ranked.append(Ranked(policy: policy, role: Self.role(of: outcome, in: response), finding: finding))
        }
        let ranks = ranked.map { $0.rank(in: response) }
        // Sorting is not stable by promise; the policies come sorted by id.
        let order = ranks.indices.sorted { left, right in
            ranks[left] == ranks[right] ? left < right : ranks[left].lexicographicallyPrecedes(ranks[right])
        }
        decision = response.decision
        determiningPolicies = response.determiningPolicies
        self.policies = order.prefix(options.policiesMax).map { index in
            ranked[index].explanation(finder, includesValues: options.includesValues)
        }
        omittedPolicies = max(0, ranked.count - options.policiesMax)
    }

    private static func role(of outcome: PolicyOutcome, in response: Response) -> PolicyExplanation.Role {
        switch outcome.result {
        case .satisfied: outcome.effect == .permit && response.decision == .deny ? .overruled : .determining
        case .notSatisfied: .notSatisfied
        case .error: .failed
        }
    }
}

/// A policy with what is needed to put it in its place.
private struct Ranked {
    let policy: Policy
    let role: PolicyExplanation.Role
    let finding: ClauseFinder.Finding?

    /// The smaller, the more relevant.
    func rank(in response: Response) -> [Int] {
        let roleRank = PolicyExplanation.Role.allCases.firstIndex(of: role) ?? 0
        let changing: Effect = response.decision == .allow ? .forbid : .permit
        return [roleRank, policy.effect == changing ? 0 : 1, -(finding?.held ?? 0)]
    }

    func explanation(_ finder: ClauseFinder, includesValues: Bool) -> PolicyExplanation {
        PolicyExplanation(
            policyID: policy.id, effect: policy.effect, file: policy.file, span: policy.statement.span, role: role,
            clause: finding.map { finder.explanation(of: $0, in: policy, includesValues: includesValues) },
            clausesHeld: finding?.held ?? 3 + policy.conditions.reduce(0) { $0 + $1.clauses.count })
    }
}
