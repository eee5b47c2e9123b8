// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a request was allowed or denied: what decided, and what kept every other policy from deciding.
///
///     let explanation = Explanation(of: request, policies: policies, entities: store)
///     explanation.decision            // the Authorizer's
///     explanation.policies.first      // the most relevant policy
///     print(explanation.text)
///
/// Decision, reasons and errors are the `Authorizer`'s own. Values seen are the caller's data, perhaps secrets; with
/// `Options.includesValues` off the explanation holds none.
public struct Explanation: Sendable, Equatable {
    /// What an explanation holds.
    public struct Options: Sendable, Hashable {
        /// Whether the values seen are told. Without them an explanation names only what the policies say.
        public var includesValues: Bool
        /// Policies explained; the least relevant are counted only. At most `CedarLimits.explainedPoliciesMax`.
        public var policiesMax: Int

        /// Options from their parts.
        public init(includesValues: Bool = true, policiesMax: Int = CedarLimits.explainedPoliciesMax) {
            self.includesValues = includesValues
            self.policiesMax = min(max(0, policiesMax), CedarLimits.explainedPoliciesMax)
        }
    }

    /// Cedar's decision.
    public let decision: Decision
    /// The policies that decided, sorted by id.
    public let determiningPolicies: [UTF8String]
    /// The policies, the most relevant first: those that decided, those that could not be evaluated, those that others
    /// overruled, then those that do not hold; among these, those that could have changed the decision and whose clauses
    /// held the longest come first.
    public let policies: [PolicyExplanation]
    /// Policies left out because of `Options.policiesMax`.
    public let omittedPolicies: Int
}

/// What one policy came to, and why.
public struct PolicyExplanation: Sendable, Equatable {
    /// The policy's part in the decision.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// It holds and decided.
        case determining
        /// It could not be evaluated and was skipped.
        case failed
        /// It is a `permit` that holds, but a `forbid` holds too.
        case overruled
        /// It does not hold.
        case notSatisfied
    }

    /// The policy.
    public let policyID: UTF8String
    /// What the policy says when it holds.
    public let effect: Effect
    /// The name of the file it is written in.
    public let file: UTF8String
    /// Where it is written.
    public let span: SourceSpan
    /// Its part in the decision.
    public let role: Role
    /// The first clause that was false or failed; `nil` where the policy holds.
    public let clause: ClauseExplanation?
    /// Clauses before that one, all of which hold: the scope's three parts and the operands of conditions.
    public let clausesHeld: Int
}

/// The clause that kept a policy from holding.
public struct ClauseExplanation: Sendable, Equatable {
    /// What kind of clause it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The scope's part for the principal.
        case principal
        /// The scope's part for the action.
        case action
        /// The scope's part for the resource.
        case resource
        /// An operand of a `when`'s `&&`; it is false.
        case when
        /// An operand of an `unless`'s `||`; it is true.
        case unless
    }

    /// What kind of clause it is.
    public let kind: Kind
    /// Where it is written, in the policy's file. The whole policy's place where the policy was not read from text.
    public let span: SourceSpan
    /// The clause as Cedar prints it, in one line, at most `CedarLimits.explainedClauseScalarsMax` scalars.
    public let text: UTF8String
    /// Why it has no value; `nil` where it has one.
    public let error: EvaluationError?
    /// The expressions whose values made it so, in the order of evaluation, each once, at most
    /// `CedarLimits.explainedValuesMax`.
    public let observations: [Observation]
}

/// An expression and the value it had.
public struct Observation: Sendable, Equatable {
    /// The expression as Cedar prints it, at most `CedarLimits.explainedClauseScalarsMax` scalars.
    public let expression: UTF8String
    /// Where it is written.
    public let span: SourceSpan
    /// The value as Cedar prints it, shortened where it is long; `nil` where values are not included.
    public let value: UTF8String?
}
