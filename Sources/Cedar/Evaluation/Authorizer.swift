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
        let evaluator = Evaluator(request, entities: entities, facts: RequestFacts(request, entities))
        return Response(
            outcomes: policies.policies.map { policy in
                PolicyOutcome(policyID: policy.id, effect: policy.effect, result: result(of: policy, evaluator))
            })
    }

    private static func result(of policy: Policy, _ evaluator: Evaluator) -> PolicyOutcome.Result {
        do throws(EvaluationError) {
            return try evaluator.isSatisfied(policy) ? .satisfied : .notSatisfied
        } catch {
            return .error(error)
        }
    }
}
