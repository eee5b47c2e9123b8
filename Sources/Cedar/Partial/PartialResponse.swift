// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What one policy comes to while parts of the request are unknown.
public struct PartialOutcome: Sendable {
    /// What is certain for every request that the partial one may become.
    public enum Result: Sendable {
        /// The policy holds.
        case satisfied
        /// It does not.
        case notSatisfied
        /// It cannot be evaluated; the error is the one that full evaluation gives.
        case error(EvaluationError)
        /// It does not hold, or it cannot be evaluated; which of both the residual policy tells.
        case neverSatisfied(PolicyStatement)
        /// It depends. The residual policy holds, does not hold or fails exactly where the policy does; an error has the
        /// same code, and its place is in the part of the policy that is left.
        case residual(PolicyStatement)
    }

    /// The policy as it was.
    public let policy: Policy
    /// What it comes to.
    public let result: Result
    /// Whether its evaluation may fail for some request.
    public let mayFail: Bool

    /// The residual policy, with the policy's id, or `nil` where nothing depends on what is unknown.
    public var residual: Policy? {
        switch result {
        case .satisfied, .notSatisfied, .error: nil
        case .neverSatisfied(let statement), .residual(let statement):
            Policy(id: policy.id, statement: statement, file: policy.file, link: policy.link)
        }
    }
}

/// Whether a request that is partly unknown may be allowed.
public enum Possibility: String, Sendable, Hashable, CaseIterable {
    /// No request that the partial one may become is allowed.
    case never
    /// Some may be.
    case possibly
    /// All are.
    case always
}

/// What can be said of a partial request.
public struct PartialResponse: Sendable {
    /// The partial request.
    public let request: PartialRequest
    /// What each policy comes to, sorted by id.
    public let outcomes: [PartialOutcome]

    /// The decision, where it is the same for every request that the partial one may become.
    public var decision: Decision? {
        switch possibility() {
        case .always: .allow
        case .never: .deny
        case .possibly: nil
        }
    }

    /// Whether the request may be allowed.
    ///
    /// `never` and `always` are certain. `possibly` may be said of a request that no values would ever satisfy: that
    /// `context.n > 5 && context.n < 5` is never true is not found out.
    ///
    /// - Parameter failingForbidsDeny: whether the caller denies where a `forbid` cannot be evaluated; Cedar itself skips
    ///   such policies.
    public func possibility(failingForbidsDeny: Bool = false) -> Possibility {
        var permitted = Possibility.never
        var forbidden = Possibility.never
        for outcome in outcomes {
            let counts = failingForbidsDeny && outcome.policy.effect == .forbid
            let holds: Possibility =
                switch outcome.result {
                case .satisfied: .always
                case .notSatisfied: .never
                case .error: counts ? .always : .never
                case .neverSatisfied: counts ? .possibly : .never
                case .residual: .possibly
                }
            if outcome.policy.effect == .permit {
                permitted = permitted.or(holds)
            } else {
                forbidden = forbidden.or(holds)
            }
        }
        switch (permitted, forbidden) {
        case (.never, _), (_, .always): return .never
        case (.always, .never): return .always
        default: return .possibly
        }
    }

    /// The residual policies, sorted by id; each prints as Cedar text by its `statement.description`.
    public var residuals: [Policy] { outcomes.compactMap(\.residual) }

    /// The full answer, from the residual policies alone: what the `Authorizer` gives for the policies.
    ///
    /// - Throws: `PartialRequestError.inconsistent` where the request differs from what was known of it. That the entities
    ///   agree with what was known of them is the caller's care.
    public func reauthorize(_ request: Request, entities: Entities) throws(PartialRequestError) -> Response {
        guard self.request.admits(request) else { throw .inconsistent }
        let evaluator = Evaluator(request, entities: entities)
        let all = outcomes.map { outcome in
            PolicyOutcome(
                policyID: outcome.policy.id, effect: outcome.policy.effect, result: outcome.result(evaluator))
        }
        return Response(to: outcomes.map(\.policy), notable: all.filter { $0.result != .notSatisfied })
    }
}

extension PartialOutcome {
    fileprivate func result(_ evaluator: Evaluator) -> PolicyOutcome.Result {
        guard let residual else {
            switch result {
            case .satisfied: return .satisfied
            case .error(let error): return .error(error)
            default: return .notSatisfied
            }
        }
        do throws(EvaluationError) {
            return try evaluator.isSatisfied(residual) ? .satisfied : .notSatisfied
        } catch {
            return .error(error)
        }
    }
}

extension Possibility {
    fileprivate func or(_ other: Possibility) -> Possibility {
        if self == .always || other == .always { return .always }
        return self == .never ? other : .possibly
    }
}
