// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Finds the types of a policy's expressions in one environment, by the rules of Cedar's strict validation.
///
/// After an error the checker goes on with what it still knows, so that one pass shows all mistakes: an answer then has
/// failed, and has a type only where the operator alone tells it.
///
/// Every recursive step has a small function of its own: a single large one would make each level's stack frame large.
struct TypeChecker {
    /// What is known of an expression.
    struct Answer {
        var type: ExpressionType?
        var hasFailed = false
        /// What is known besides where the expression is true.
        var capabilities: [Capability] = []

        static func failure(_ type: ExpressionType? = nil) -> Answer { Answer(type: type, hasFailed: true) }

        /// The same answer, failed if `condition` holds; what has failed shows nothing.
        func failed(if condition: Bool) -> Answer { condition ? .failure(type) : self }
    }

    let index: SchemaIndex
    let environment: RequestEnvironment
    let identities: ExpressionIdentities
    let findings: FindingList
    let budget: ValidationBudget
    var known = KnownCapabilities()
    /// The types found, by expression, where they are wanted.
    private(set) var types: [ObjectIdentifier: ExpressionType]?

    init(
        index: SchemaIndex, environment: RequestEnvironment, identities: ExpressionIdentities, findings: FindingList,
        budget: ValidationBudget, recordsTypes: Bool = false
    ) {
        self.index = index
        self.environment = environment
        self.identities = identities
        self.findings = findings
        self.budget = budget
        types = recordsTypes ? [:] : nil
    }

    /// The type of an expression under what is known at its place.
    mutating func check(_ expression: Expression) -> Answer {
        budget.spend(1)
        guard !budget.isExhausted else { return .failure() }
        let answer = answer(to: expression)
        if types != nil, let type = answer.type { record(type, of: expression) }
        return answer
    }

    private mutating func record(_ type: ExpressionType, of expression: Expression) {
        let key = ObjectIdentifier(expression)
        // One node may stand at several places of a tree that was not parsed, and be `Bool` at one and `True` at another.
        let before = types?[key] ?? type
        let all = joined(type, before) ?? type
        types?[key] = all
    }

    private mutating func answer(to expression: Expression) -> Answer {
        switch expression.kind {
        case .literal(let literal): self.literal(literal)
        case .variable(let variable): Answer(type: type(of: variable))
        case .not(let operand): not(operand)
        case .negate(let operand): long(operand)
        case .and(let operands): conjunction(operands)
        case .or(let operands): disjunction(operands)
        case .arithmetic(let first, let steps): arithmetic(first, steps)
        case .comparison(let comparison, let left, let right): compare(comparison, left, right, at: expression.span)
        case .membership(let left, let right): membership(left, right)
        case .has(let subject, let path): has(subject, path)
        case .like(let subject, _): like(subject)
        case .isType(let subject, let type, let group): isType(subject, type, group)
        case .conditional(let condition, let first, let second):
            conditional(condition, first, second, at: expression.span)
        case .attribute(let subject, let name): attribute(subject, name, at: expression.span)
        case .isEmpty(let operand): isEmpty(operand)
        case .method(let method, let receiver, let argument): call(method, receiver, argument, at: expression.span)
        case .call(let function, let arguments): call(function, arguments, at: expression.span)
        case .set(let elements): set(elements, at: expression.span)
        case .record(let fields): record(fields)
        }
    }

    // MARK: Leaves

    private func literal(_ literal: Literal) -> Answer {
        switch literal {
        case .bool(let value): Answer(type: .boolean(value))
        case .long: Answer(type: .long)
        case .string: Answer(type: .string)
        // Entities that do not exist are found by a pass of their own, in dead code too.
        case .entity(let uid): index.knows(uid) ? Answer(type: .entity(uid.type)) : .failure()
        }
    }

    private func type(of variable: Variable) -> ExpressionType {
        switch variable {
        case .principal: .entity(environment.principal)
        case .action: .entity(environment.action.type)
        case .resource: .entity(environment.resource)
        case .context: .record(index.context(of: environment.action))
        }
    }

    // MARK: What operators expect

    /// The answer, if its type is one that an operator takes; else a finding, and no type.
    mutating func expect(
        _ expression: Expression, _ expected: String, help: (ExpressionType) -> String? = { _ in nil },
        _ isExpected: (ExpressionType) -> Bool
    ) -> Answer {
        let answer = check(expression)
        guard let type = answer.type else { return .failure() }
        guard isExpected(type) else {
            unexpected(type, expected, at: expression.span, help: help(type))
            return .failure()
        }
        return answer
    }

    mutating func expectBool(_ expression: Expression) -> Answer { expect(expression, "Bool") { $0.isBoolean } }

    mutating func expectEntity(
        _ expression: Expression, help: (ExpressionType) -> String? = { _ in nil }
    ) -> Answer {
        expect(expression, "an entity", help: help) { $0.entityType != nil }
    }

    func unexpected(_ type: ExpressionType, _ expected: String, at span: SourceSpan, help: String? = nil) {
        let hint = help.map { "; \($0)" } ?? ""
        findings.add(.unexpectedType, at: span, "expected \(expected), found \(shown(type))\(hint)")
    }

    func shown(_ type: ExpressionType) -> String { "`\(type.text(bytesMax: CedarLimits.shownTypeBytesMax))`" }

    /// The join, or a finding at `span`.
    mutating func join(
        _ left: ExpressionType, _ right: ExpressionType, at span: SourceSpan, _ what: String
    ) -> ExpressionType? {
        if let joined = joined(left, right) { return joined }
        findings.add(
            .incompatibleTypes, at: span,
            "\(what) must have one type; \(shown(left)) and \(shown(right)) are not compatible")
        return nil
    }
}

extension TypeChecker {
    private func joined(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType? {
        var steps = 0
        defer { budget.spend(steps) }
        return left.joined(with: right, steps: &steps)
    }
}

extension ExpressionType {
    /// The entity's type, or `nil` where this is none.
    var entityType: EntityTypeName? { if case .entity(let name) = self { name } else { nil } }

    /// The elements' type, or `nil` where this is no set.
    var element: ExpressionType? { if case .set(let element) = self { element } else { nil } }
}
