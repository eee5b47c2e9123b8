// SPDX-License-Identifier: Apache-2.0

public import Cedar
public import Effects
public import Passports
public import StrictJSON
import WireTypes

/// What follows from a decision's inputs, and nothing else: allow or deny, why, and what was seen on the way.
public struct Verdict: Sendable {
    /// Whether the call may run, as far as the inputs say; the commit has the last word.
    public var isAllowed: Bool { refusals.isEmpty }
    /// Why not, the deciding reason first; empty for an allow.
    public internal(set) var refusals: [Reason] = []
    /// Who calls.
    public internal(set) var identity: Identity = .none
    /// Whether server and tool are names that the operator or the server gave, and may stand in the log in clear.
    public internal(set) var isKnownTool = false
    /// What the call would touch, where it came so far.
    public internal(set) var effects: [Effects.Effect] = []
    /// What the call brings its agent if it runs; it is judged by them itself.
    public internal(set) var labels: Set<SessionLabel> = []
    /// The message to forward: the one that came in, with each path as it was judged.
    public internal(set) var message: JSON
    /// The arguments in it.
    public internal(set) var arguments: JSONObject = JSONObject()
    /// What an allow takes of the agent's limits, in the commit.
    var limits: [CallLimit] = []
    /// What the policies said; `nil` where it did not come so far.
    var judgement: PolicyJudgement?

    private let isAutoApproved: Bool

    init(_ call: ToolCall) {
        message = call.message
        isAutoApproved = call.isAutoApproved
    }

    /// Every reason, of an allow too.
    public var reasons: [Reason] {
        guard isAllowed else { return refusals }
        let policies = judgement?.determining ?? []
        let allowed = Reason(.allowed, UTF8String("allowed by \(judgement?.permittedBy ?? "")"), policy: policies.first)
        return isAutoApproved ? [allowed, Self.autoApproved] : [allowed]
    }

    private static let autoApproved = Reason(.autoApproved, "auto-approved: the harness is told to ask nobody")

    /// Whether Cedar alone would allow every request.
    public var cedarAllows: Bool { judgement?.cedarAllows ?? false }

    /// Whether it would be allowed with the shadow policies enforced; `nil` where there are none.
    public var would: Bool? { judgement?.would }

    /// The policies that decided, sorted.
    public var determining: [UTF8String] { judgement?.determining ?? [] }

    /// What was put to the policies, the call first, then its effects; empty where it did not come so far.
    public var questions: [PolicyQuestion] {
        (judgement?.answered ?? []).map { answer in
            PolicyQuestion(
                request: answer.request.request, entities: answer.request.entities,
                title: UTF8String(answer.request.title))
        }
    }

    /// Enforced policies that could not be evaluated.
    public var policyErrors: [(policy: UTF8String, code: String)] { judgement?.errors ?? [] }
}

/// One question that was put to the policies: enough to ask it again, and to explain the answer.
public struct PolicyQuestion: Sendable {
    /// The question.
    public let request: Request
    /// What it is about.
    public let entities: Entities
    /// What it asks, in short: `git/git_log on Tool`, `read on File`.
    public let title: UTF8String
}
