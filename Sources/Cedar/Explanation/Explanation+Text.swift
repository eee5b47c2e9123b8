// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Explanation {
    /// The explanation for people: the decision, then a few lines per policy, the most relevant first.
    public var text: String { text(policiesMax: CedarLimits.explainedPoliciesShown) }

    /// As `text`, with at most that many policies; the others are counted.
    public func text(policiesMax: Int) -> String {
        let shown = policies.prefix(max(0, policiesMax))
        var blocks = [summary]
        blocks += shown.map(\.text)
        let rest = policies.count - shown.count + omittedPolicies
        if rest > 0 { blocks.append("\(rest) more \(rest == 1 ? "policy" : "policies") less relevant") }
        return blocks.joined(separator: "\n\n") + "\n"
    }

    private var summary: String {
        switch (decision, determiningPolicies.isEmpty) {
        case (.allow, _): "allow: some permit holds and no forbid does"
        case (.deny, false): "deny: some forbid holds"
        case (.deny, true): "deny: no permit holds"
        }
    }
}

extension PolicyExplanation {
    /// What the policy came to, in a few lines.
    public var text: String {
        let head = "\(effect.rawValue) \(policyID.shortened(scalars: 80)) (\(place(span))) \(verdict)"
        guard let clause else { return head }
        var lines = [head, "  \(clause.sentence)\(clause.span == span ? "" : " (\(place(clause.span)))")"]
        if let error = clause.error { lines.append("  \(error.message) (\(place(error.span)))") }
        for observation in clause.observations {
            guard let value = observation.value else { continue }
            lines.append("    \(observation.expression) = \(value)")
        }
        return lines.joined(separator: "\n")
    }

    private var verdict: String {
        switch role {
        case .determining: "holds and decides"
        case .failed: "cannot be evaluated and is skipped"
        case .overruled: "holds, but a forbid overrules it"
        case .notSatisfied: "does not hold"
        }
    }

    private func place(_ span: SourceSpan) -> String { "\(file.shortened(scalars: 80)):\(span.line):\(span.column)" }
}

extension ClauseExplanation {
    fileprivate var sentence: String {
        let fault = error == nil ? (kind == .unless ? "is true" : "is false") : "has no value"
        return switch kind {
        case .principal, .action, .resource: "scope `\(text)` \(fault)"
        case .when, .unless: "\(kind.rawValue) `\(text)` \(fault)"
        }
    }
}
