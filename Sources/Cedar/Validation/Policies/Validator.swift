// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Checks policies, entities and requests against a schema (Cedar's documentation, "Policy validation", strict mode).
///
///     let validator = Validator(schema)
///     let report = validator.report(on: policies)
///     guard report.isValid else { … report.errors … }
///
/// A validator is made once for a schema and then used from any thread.
public struct Validator: Sendable {
    let index: SchemaIndex

    /// A validator for a schema. Takes time in proportion to the schema's size and its number of environments.
    public init(_ schema: Schema) { index = SchemaIndex(schema) }

    /// The schema.
    public var schema: Schema { index.schema }

    /// The environments that the schema allows, sorted by action, principal and resource; none where they are more
    /// than `CedarLimits.requestEnvironmentsMax`, which every report then says.
    public var environments: [RequestEnvironment] { index.environments }

    /// Checks every policy and template of the set. Policies made from templates are checked for what the link adds.
    ///
    /// The level says how many entities away from the request a policy may read (RFC 76), 0 or more; `nil` is any
    /// number. What a level allows is checked only for policies that are valid otherwise.
    ///
    /// Takes time in proportion to the policies and, for each, the environments that its scope admits. What is left
    /// unchecked because of `CedarLimits` is itself an error, `limitExceeded`.
    public func report(on policies: PolicySet, level: Int? = nil) -> ValidationReport {
        report(on: policies, level: level, budget: ValidationBudget())
    }

    func report(on policies: PolicySet, level: Int?, budget: ValidationBudget) -> ValidationReport {
        guard !index.hasTooManyEnvironments else {
            let message = "the schema allows more than \(CedarLimits.requestEnvironmentsMax) kinds of requests"
            return ValidationReport(findings: [Self.limitExceeded(message)])
        }
        var findings: [ValidationFinding] = []
        let subjects = policies.policies.map(Subject.policy) + policies.templates.map(Subject.template)
        for subject in subjects.sorted(by: { $0.id < $1.id }) {
            guard findings.count < CedarLimits.findingsPerReportMax, !budget.isExhausted else { break }
            let list = FindingList(policyID: subject.id, file: subject.file)
            check(subject, level: level, budget: budget, list)
            findings += list.sorted
        }
        if findings.count >= CedarLimits.findingsPerReportMax || budget.isExhausted {
            findings.append(Self.limitExceeded("there is more to check than validation has time for"))
        }
        return ValidationReport(findings: findings)
    }

    private static func limitExceeded(_ message: String) -> ValidationFinding {
        ValidationFinding(
            severity: .error, code: .limitExceeded, policyID: nil, file: "",
            span: SourceSpan(offset: 0, byteCount: 0, line: 1, column: 1), message: message, suggestion: nil)
    }

    private enum Subject {
        case policy(Policy)
        case template(Template)

        var id: UTF8String {
            switch self {
            case .policy(let policy): policy.id
            case .template(let template): template.id
            }
        }

        var file: UTF8String {
            switch self {
            case .policy(let policy): policy.file
            case .template(let template): template.file
            }
        }
    }

    private func check(_ subject: Subject, level: Int?, budget: ValidationBudget, _ list: FindingList) {
        switch subject {
        case .policy(let policy):
            guard let link = policy.link else { return check(policy.statement, level: level, budget: budget, list) }
            // All else was checked for the template.
            NameCheck(index: index, findings: list, budget: budget).check(link, at: policy.statement.span)
            ScopeCheck(index: index, findings: list, budget: budget).check(policy.statement)
        case .template(let template):
            check(template.statement, level: level, budget: budget, list)
        }
    }

    private func check(_ statement: PolicyStatement, level: Int?, budget: ValidationBudget, _ list: FindingList) {
        NameCheck(index: index, findings: list, budget: budget).check(statement)
        ScopeCheck(index: index, findings: list, budget: budget).check(statement)
        let typing = PolicyTyping(index: index, statement: statement, findings: list, budget: budget)
        typing.check()
        if let level, !list.hasErrors { typing.check(level: level) }
        TextCheck(findings: list).check(statement)
    }
}

extension PolicySet {
    /// What a validator for the schema reports on this set; levels are as for `Validator.report(on:level:)`.
    public func validated(against schema: Schema, level: Int? = nil) -> ValidationReport {
        Validator(schema).report(on: self, level: level)
    }
}
