// SPDX-License-Identifier: Apache-2.0

public import Cedar
import StrictJSON

/// Policies checked against the tools they speak of.
///
/// Cedar's validation does the work; what it finds only because a parameter has no type is said as such, and texts that
/// a parameter never has are warned of. Policies with errors should not be put in force.
///
///     let tools = ToolSchema(servers, profile: .native())
///     let review = try PolicyReview(of: policies, tools)
///     guard review.errors.isEmpty else { … }
public struct PolicyReview: Sendable {
    /// What was found, by policy and place; each once.
    public let findings: [ReviewFinding]

    /// The findings that make policies wrong.
    public var errors: [ReviewFinding] { findings.filter { $0.severity == .error } }

    /// Reviews policies.
    ///
    /// - Parameter level: how many entities away from the request a policy may read (RFC 76), or `nil` for any number.
    /// - Throws: `SchemaErrors` where the tools' schema is over Cedar's limits.
    public init(of policies: PolicySet, _ tools: ToolSchema, level: Int? = nil) throws(SchemaErrors) {
        let validator = Validator(try Schema([tools.fragment]))
        var reviewer = Reviewer(tools: tools, validator: validator)
        var findings: [ReviewFinding] = []
        let found = Dictionary(grouping: validator.report(on: policies, level: level).findings, by: \.policyID)
        findings += reviewer.reviewOfAll(found[nil] ?? [])
        let subjects =
            policies.policies.filter { $0.link == nil }.map { ($0.id, $0.statement, $0.file) }
            + policies.templates.map { ($0.id, $0.statement, $0.file) }
        for (id, statement, file) in subjects.sorted(by: { $0.0 < $1.0 }) {
            let subject = Reviewer.Subject(id: id, statement: statement, file: file)
            let about =
                reviewer.review(found[id] ?? [], subject) + reviewer.values(subject) + reviewer.absences(subject)
            findings += Self.condensed(about).enumerated().sorted {
                ($0.element.span.offset, $0.offset) < ($1.element.span.offset, $1.offset)
            }.map(\.element)
        }
        for policy in policies.policies where policy.link != nil {
            findings += (found[policy.id] ?? []).map { ReviewFinding($0) }
        }
        self.findings = findings
    }

    /// One finding for each mistake, of however many kinds of requests it is one. What only follows from another mistake
    /// is no news.
    private static func condensed(_ findings: [ReviewFinding]) -> [ReviewFinding] {
        struct Key: Hashable {
            let severity: ReviewFinding.Severity
            let code: String
            let span: SourceSpan
        }
        let news = findings.filter { !isConsequence($0, among: findings) }
        let groups = Dictionary(grouping: news) { Key(severity: $0.severity, code: $0.code, span: $0.span) }
        var said: Set<Key> = []
        return news.compactMap { finding in
            let key = Key(severity: finding.severity, code: finding.code, span: finding.span)
            guard said.insert(key).inserted else { return nil }
            // Of one entity type the misspelt attribute has a likely name, of another none.
            let shown = groups[key]?.first { $0.suggestion != nil } ?? finding
            return shown.standing(for: groups[key]?.count ?? 1)
        }
    }

    /// Whether a finding may be gone when the others are put right: a policy with an error never holds; one with an
    /// unknown name in its scope applies to nothing; and one with an unknown action is looked at for requests that it is
    /// not about, whose parameters are others.
    private static func isConsequence(_ finding: ReviewFinding, among findings: [ReviewFinding]) -> Bool {
        func has(_ codes: ValidationFinding.Code...) -> Bool {
            findings.contains { found in
                found.severity == .error && codes.contains { $0.rawValue == found.code }
            }
        }
        switch ValidationFinding.Code(rawValue: finding.code) {
        case .impossiblePolicy: return findings.contains { $0.severity == .error }
        case .noApplicableAction: return has(.unknownAction, .unknownEntityType)
        case .unguardedAttribute: return has(.unknownAction)
        case .unknownAttribute: return finding.suggestion == nil && has(.unknownAction)
        default: return false
        }
    }
}
