// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Rules about work that is said to be done.
struct DeliverableRules {
    private let judging: RuleJudging
    private let rule: PackRule
    private let attestations: [JSON]

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
        attestations = judging.values.value("criteria_attestations")?.array ?? []
    }

    /// The passport's criteria by id.
    private func criteria() throws(PackRefusal) -> [UTF8String] {
        try judging.list(["acceptance_criteria"], rule) ?? []
    }

    func attested() throws(PackRefusal) -> String? {
        let named = Set(attestations.compactMap { $0["criterion_id"]?.string })
        return try criteria().allSatisfy(named.contains) ? nil : "a criterion of the passport is not attested"
    }

    func evidence() throws(PackRefusal) -> String? {
        for attestation in attestations {
            guard attestation["criterion_id"]?.string != nil, let text = attestation["evidence"]?.string,
                text.bytes.contains(where: { !$0.isBlank })
            else { return "an attestation has no evidence" }
        }
        return nil
    }

    func met() throws(PackRefusal) -> String? {
        attestations.allSatisfy { $0["met"] == true } ? nil : "a criterion is not met"
    }

    func summary() throws(PackRefusal) -> String? {
        guard let asked = judging.limits.value("require_summary") else { return nil }
        guard let isAsked = asked.bool else { throw judging.invalid("require_summary", rule.name) }
        guard isAsked else { return nil }
        var least = ExactDecimal(10)
        if let limit = judging.limits.value("min_summary_words") {
            guard let number = ExactDecimal(limit) else { throw judging.invalid("min_summary_words", rule.name) }
            least = number
        }
        let words = (judging.values.text("summary") ?? "").string.utf8.split { $0.isBlank }.count
        return ExactDecimal(words) >= least ? nil : "the summary has too few words"
    }

    func reviewer() throws(PackRefusal) -> String? {
        guard let asked = judging.limits.value("require_different_reviewer") else { return nil }
        guard let isAsked = asked.bool else { throw judging.invalid("require_different_reviewer", rule.name) }
        guard isAsked else { return nil }
        guard let reviewer = judging.values.text("reviewer_agent_id"), !reviewer.isEmpty,
            let author = judging.values.text("author_agent_id"), !author.isEmpty, reviewer != author
        else { return "the passport asks for another reviewer than the author" }
        return nil
    }

    func patterns() throws(PackRefusal) -> String? {
        guard let asked = judging.limits.value("scan_output") else { return nil }
        guard let isAsked = asked.bool else { throw judging.invalid("scan_output", rule.name) }
        guard isAsked else { return nil }
        guard let output = judging.values.text("output_content"), output.byteCount <= Limits.scanBytesMax else {
            return "there is no output to scan, or too much of it"
        }
        let lowered = output.lowered
        for pattern in try judging.list(["blocked_patterns"], rule) ?? [] where !pattern.isEmpty {
            if Glob.isPattern(pattern) {
                // Of a pattern with wildcards every line is looked at: no line is over what can be matched.
                for line in output.string.utf8.split(separator: 0x0a) {
                    let text = UTF8String(validating: line) ?? ""
                    if try judging.fits(
                        text, [UTF8String("*\(pattern)*")], ignoringCase: true, rule, "blocked_patterns")
                    {
                        return "the output fits the passport's blocked_patterns"
                    }
                }
            } else if lowered.contains(pattern.lowered) {
                return "the output fits the passport's blocked_patterns"
            }
        }
        return nil
    }
}
