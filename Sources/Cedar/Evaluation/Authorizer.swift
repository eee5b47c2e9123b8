// SPDX-License-Identifier: Apache-2.0

/// Cedar's authorizer: every policy is evaluated, a satisfied `forbid` wins, else a satisfied `permit` allows, else the
/// answer is no. A policy that errors is skipped and reported.
///
///     let response = Authorizer.authorize(request, policies: policies, entities: store)
///     response.decision            // .allow or .deny
///     response.determiningPolicies // ids
public enum Authorizer {
    /// Answers a question. Takes time proportional to the number of policies; none is left out, so that all errors and
    /// all satisfied policies are known.
    public static func authorize(_ request: Request, policies: PolicySet, entities: Entities) -> Response {
        let facts = RequestFacts(request, entities)
        let evaluator = Evaluator(request, entities: entities, facts: facts)
        let answers = policies.scopes.answers(request, facts, entities)
        var notable: [PolicyOutcome] = []
        for (index, row) in policies.scopes.rows.enumerated() where answers.hold(for: row) {
            let result = result(of: row.conditions, evaluator)
            guard result != .notSatisfied else { continue }
            let policy = policies.policies[index]
            notable.append(PolicyOutcome(policyID: policy.id, effect: policy.effect, result: result))
        }
        return Response(to: policies.policies, notable: notable)
    }

    private static func result(of conditions: [Condition], _ evaluator: Evaluator) -> PolicyOutcome.Result {
        do throws(EvaluationError) {
            return try evaluator.hold(conditions) ? .satisfied : .notSatisfied
        } catch {
            return .error(error)
        }
    }
}
