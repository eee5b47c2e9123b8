// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The pass over all that a policy names, also where it is never evaluated: types and actions are declared, entities of
/// enumerated types listed.
struct NameCheck {
    let index: SchemaIndex
    let findings: FindingList
    let budget: ValidationBudget

    func check(_ statement: PolicyStatement) {
        constraint(statement.principal, at: statement.span(of: .principal))
        for action in statement.action.entities { entity(action, at: statement.span(of: .action)) }
        constraint(statement.resource, at: statement.span(of: .resource))
        for condition in statement.conditions { check(condition.body) }
    }

    /// The entities that a link puts into its template.
    func check(_ link: TemplateLink, at span: SourceSpan) {
        for uid in link.values.values.sorted() {
            type(uid.type, at: span)
            // The reference implementation does not look at the ids of links; that nothing matches them is worth saying.
            if !uid.type.isAction, index.isUnlisted(uid) { unlisted(uid, at: span, severity: .warning) }
        }
    }

    private func constraint(_ constraint: EntityConstraint, at span: SourceSpan) {
        switch constraint {
        case .isType(let name), .isTypeWithin(let name, _): type(name, at: span)
        case .any, .equal, .within: break
        }
        if case .entity(let uid)? = constraint.reference { entity(uid, at: span) }
    }

    func check(_ expression: Expression) {
        switch expression.kind {
        case .literal(.entity(let uid)): entity(uid, at: expression.span)
        case .isType(_, let name, _): type(name, at: expression.span)
        default: break
        }
        for operand in expression.operands { check(operand) }
    }

    private func entity(_ uid: EntityUID, at span: SourceSpan) {
        if uid.type.isAction {
            action(uid, at: span)
        } else {
            type(uid.type, at: span)
            if index.isUnlisted(uid) { unlisted(uid, at: span) }
        }
    }

    private func type(_ name: EntityTypeName, at span: SourceSpan) {
        guard !index.knows(name) else { return }
        func suggestion() -> String? {
            budget.suggestion(for: name.text, among: index.schema.entityTypes.keys.lazy.map(\.text)).map { "`\($0)`" }
        }
        findings.add(
            .unknownEntityType, at: span, suggestion: suggestion(),
            "the schema has no entity type `\(name.text.shortened(scalars: 80))`")
    }

    private func action(_ uid: EntityUID, at span: SourceSpan) {
        guard index.schema.actions[uid] == nil else { return }
        func suggestion() -> String? {
            let names = index.schema.actions.keys.lazy.filter { $0.type == uid.type }.map(\.id)
            return budget.suggestion(for: uid.id, among: names).map { "`\(EntityUID(type: uid.type, id: $0))`" }
        }
        findings.add(
            .unknownAction, at: span, suggestion: suggestion(),
            "the schema has no action `\(UTF8String(uid.description).shortened(scalars: 80))`")
    }

    private func unlisted(_ uid: EntityUID, at span: SourceSpan, severity: ValidationFinding.Severity? = nil) {
        func suggestion() -> String? {
            guard case .enumerated(let ids)? = index.schema.entityTypes[uid.type]?.kind else { return nil }
            return budget.suggestion(for: uid.id, among: ids).map { "`\(EntityUID(type: uid.type, id: $0))`" }
        }
        findings.add(
            .unlistedEntity, at: span, severity: severity, suggestion: suggestion(),
            "`\(uid.type)` is an enumerated type without \(StringEscapes.quoted(uid.id).shortened(scalars: 80))")
    }
}

extension PolicyStatement {
    /// Where the scope is written, or the whole statement where that is not known.
    var scopeSpan: SourceSpan { scopeSpans.map { $0.principal.through($0.resource) } ?? span }

    /// Where a part of the scope is written, or the whole statement where that is not known.
    func span(of part: Variable) -> SourceSpan {
        switch part {
        case .principal: scopeSpans?.principal ?? span
        case .action: scopeSpans?.action ?? span
        case .resource: scopeSpans?.resource ?? span
        case .context: span
        }
    }
}

extension ActionConstraint {
    /// The actions that it names.
    var entities: [EntityUID] {
        switch self {
        case .any: []
        case .equal(let action), .within(let action): [action]
        case .withinAny(let actions): actions
        }
    }
}

extension String {
    fileprivate func shortened(scalars: Int) -> String { UTF8String(self).shortened(scalars: scalars) }
}
