// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import StrictJSON

/// One request, and why the policies in force answer as they do.
struct ExplainedQuestion {
    private let title: UTF8String
    private let request: Request
    private let explanation: Explanation
    /// What policies in shadow would have said; they never count.
    private let shadow: [PolicyExplanation]
    /// Whether a forbid could not be evaluated, also one that is not shown: Cedar skips it, Writ lets it hold.
    private let hasFailedForbid: Bool

    init(title: UTF8String, request: Request, entities: Entities, book: PolicyBook, limit: Int) {
        self.title = title
        self.request = request
        let options = Explanation.Options(policiesMax: limit)
        let enforced = book.policies.filter { !book.shadow.contains($0.id) }
        explanation = Explanation(of: request, policies: enforced, entities: entities, options: options)
        hasFailedForbid = Authorizer.authorize(request, policies: enforced, entities: entities).errors
            .contains { $0.effect == .forbid }
        shadow =
            book.shadow.isEmpty
            ? []
            : Explanation(
                of: request, policies: book.policies.filter { book.shadow.contains($0.id) }, entities: entities,
                options: options
            ).policies.filter { $0.role != .notSatisfied }
    }

    private var isPermitted: Bool { explanation.decision == .allow && !hasFailedForbid }

    /// For people.
    ///
    /// - Parameter showsAll: also policies whose scope is of other actions.
    func print(showsAll: Bool) {
        Output.line(
            "\(Output.escaped(title)): \(isPermitted ? "permitted" : "NOT permitted")")
        Output.line("  principal \(Output.escaped(UTF8String(request.principal.description)))")
        Output.line("  action    \(Output.escaped(UTF8String(request.action.description)))")
        Output.line("  resource  \(Output.escaped(UTF8String(request.resource.description)))")
        if hasFailedForbid && explanation.decision == .allow {
            Output.line("  Cedar alone would allow it; a forbid that cannot be evaluated holds all the same.")
        }
        let others = explanation.policies.filter { $0.clause?.kind == .action }
        for policy in explanation.policies where showsAll || policy.clause?.kind != .action {
            lines(of: policy).forEach { Output.line($0) }
        }
        if !others.isEmpty && !showsAll {
            Output.line("  \(others.count) policies are about other actions (--all shows them)")
        }
        if explanation.omittedPolicies > 0 {
            Output.line("  \(explanation.omittedPolicies) more of the policies (--limit shows them)")
        }
        for policy in shadow {
            Output.line("  in shadow, where it is only watched:")
            lines(of: policy).forEach { Output.line($0) }
        }
    }

    /// Line by line, so that nothing a caller chose breaks out of its line.
    private func lines(of policy: PolicyExplanation) -> [String] {
        var text = policy.text
        if policy.role == .failed && policy.effect == .forbid {
            // What Cedar does with it is not what Writ does.
            text = text.replacing(
                "cannot be evaluated and is skipped", with: "cannot be evaluated, and so holds", maxReplacements: 1)
        }
        return text.split(separator: "\n", omittingEmptySubsequences: true).map {
            "  " + Output.escaped(UTF8String(String($0)))
        }
    }

    var json: JSON {
        [
            "title": .string(title), "principal": .text(request.principal.description),
            "action": .text(request.action.description), "resource": .text(request.resource.description),
            "permitted": .bool(isPermitted), "cedar": .text(explanation.decision.rawValue),
            "policies": .array(explanation.policies.map(Self.json)),
            "omitted": .integer(explanation.omittedPolicies),
            "shadow": .array(shadow.map(Self.json)),
        ]
    }

    private static func json(_ policy: PolicyExplanation) -> JSON {
        var object = JSONObject()
        object["policy"] = .string(policy.policyID)
        object["effect"] = .text(policy.effect.rawValue)
        object["role"] = .text(policy.role.rawValue)
        object["file"] = .string(policy.file)
        object["line"] = .integer(policy.span.line)
        object["column"] = .integer(policy.span.column)
        object["clause"] = policy.clause.map(json)
        return .object(object)
    }

    private static func json(_ clause: ClauseExplanation) -> JSON {
        var object = JSONObject()
        object["kind"] = .text(clause.kind.rawValue)
        object["text"] = .string(clause.text)
        object["line"] = .integer(clause.span.line)
        object["column"] = .integer(clause.span.column)
        object["error"] = clause.error.map { .text($0.message) }
        object["values"] = .array(
            clause.observations.map { observation in
                ["expression": .string(observation.expression), "value": observation.value.map(JSON.string) ?? .null]
            })
        return .object(object)
    }
}
