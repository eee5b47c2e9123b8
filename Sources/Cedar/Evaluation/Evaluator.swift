// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cedar's semantics, operator by operator; the order of evaluation is the specification's, because it decides which
/// error is reported.
///
/// Every recursive step has a small function of its own: a single large one would make each level's stack frame large.
public struct Evaluator: Sendable {
    /// What is asked; in one place, because evaluators are copied at every step.
    private final class Question: Sendable {
        let request: Request
        let entities: Entities
        let facts: RequestFacts?

        init(_ request: Request, _ entities: Entities, _ facts: RequestFacts?) {
            self.request = request
            self.entities = entities
            self.facts = facts
        }
    }

    private let question: Question
    private var request: Request { question.request }
    private var entities: Entities { question.entities }
    private var facts: RequestFacts? { question.facts }

    /// An evaluator for one question.
    public init(_ request: Request, entities: Entities) { question = Question(request, entities, nil) }

    /// The same for many policies.
    init(_ request: Request, entities: Entities, facts: RequestFacts) {
        question = Question(request, entities, facts)
    }

    /// The expression's value.
    ///
    /// - Throws: `EvaluationError` for the first error in the order of evaluation.
    public func evaluate(_ expression: Expression) throws(EvaluationError) -> CedarValue {
        switch expression.kind {
        case .literal(let literal): literal.value
        case .variable(let variable): value(of: variable)
        case .negate(let operand): try negation(of: operand, at: expression.span)
        case .arithmetic(let first, let steps): try arithmetic(first, steps)
        case .conditional(let condition, let first, let second): try evaluate(try bool(condition) ? first : second)
        case .attribute(let subject, let name): try attribute(subject, name, at: expression.span)
        case .method(.getTag, let receiver, let argument): try tag(receiver, argument, at: expression.span)
        case .call(let function, let arguments): try call(function, arguments, at: expression.span)
        case .set(let elements): .set(try set(elements, expression.prepared))
        case .record(let fields): .record(try record(fields))
        case .not, .and, .or, .comparison, .membership, .has, .like, .isType, .isEmpty, .method:
            .bool(try truth(expression))
        }
    }

    /// The value of an expression whose operator gives a boolean.
    private func truth(_ expression: Expression) throws(EvaluationError) -> Bool {
        switch expression.kind {
        case .not(let operand): !(try bool(operand))
        case .and(let operands): try conjunction(operands)
        case .or(let operands): try disjunction(operands, expression.prepared)
        case .comparison(let comparison, let left, let right): try compare(comparison, left, right)
        case .membership(let left, let right): try membership(left, right)
        case .has(let subject, let path): try has(subject, path)
        case .like(let subject, let pattern): pattern.matches(try string(subject))
        case .isType(let subject, let type, let parent): try isType(subject, type, parent)
        case .isEmpty(let operand): try set(try evaluate(operand), at: operand.span).isEmpty
        case .method(.hasTag, let receiver, let argument): try hasTag(receiver, argument)
        case .method(let method, let receiver, let argument): try setMethod(method, receiver, argument)
        default: try bool(expression)
        }
    }

    /// Whether the policy's scope and all its conditions hold.
    ///
    /// - Throws: `EvaluationError` where a condition that had to be evaluated has no boolean value.
    public func isSatisfied(_ policy: Policy) throws(EvaluationError) -> Bool {
        let statement = policy.statement
        guard scope(statement.principal, holdsFor: request.principal), scope(statement.action),
            scope(statement.resource, holdsFor: request.resource)
        else { return false }
        return try hold(statement.conditions)
    }

    /// Whether all of a policy's conditions hold.
    func hold(_ conditions: [Condition]) throws(EvaluationError) -> Bool {
        for condition in conditions {
            guard try bool(condition.body) == (condition.kind == .when) else { return false }
        }
        return true
    }

    // MARK: Scope

    func scope(_ constraint: EntityConstraint, holdsFor entity: EntityUID) -> Bool {
        switch constraint {
        case .any: true
        case .equal(let reference): reference.entity == entity
        case .within(let reference): isIn(entity, reference)
        case .isType(let type): entity.type == type
        case .isTypeWithin(let type, let reference): entity.type == type && isIn(entity, reference)
        }
    }

    private func isIn(_ entity: EntityUID, _ reference: EntityOrSlot) -> Bool {
        reference.entity.map { entities.isIn(entity, $0) } ?? false
    }

    func scope(_ constraint: ActionConstraint) -> Bool {
        switch constraint {
        case .any: true
        case .equal(let action): request.action == action
        case .within(let action): isActionIn(action)
        case .withinAny(let actions): actions.contains(where: isActionIn)
        }
    }

    private func isActionIn(_ group: EntityUID) -> Bool { entities.isIn(request.action, group) }

    /// The ancestors of an entity, which is the request's resource most of the time.
    private func ancestors(of uid: EntityUID) -> Ancestors {
        if let facts, uid == request.resource { return facts.resourceAncestors }
        return entities.ancestors(of: uid)
    }

    // MARK: Values of one type

    private func value(of variable: Variable) -> CedarValue {
        switch variable {
        case .principal: .entity(request.principal)
        case .action: .entity(request.action)
        case .resource: .entity(request.resource)
        case .context: .record(request.context)
        }
    }

    private func bool(_ expression: Expression) throws(EvaluationError) -> Bool {
        let value = try evaluate(expression)
        guard case .bool(let bool) = value else { throw mismatch(value, expected: "bool", at: expression.span) }
        return bool
    }

    private func string(_ expression: Expression) throws(EvaluationError) -> UTF8String {
        let value = try evaluate(expression)
        guard case .string(let string) = value else { throw mismatch(value, expected: "string", at: expression.span) }
        return string
    }

    private func entity(_ expression: Expression) throws(EvaluationError) -> EntityUID {
        try entity(try evaluate(expression), at: expression.span)
    }

    private func entity(_ value: CedarValue, at span: SourceSpan) throws(EvaluationError) -> EntityUID {
        guard case .entity(let uid) = value else { throw mismatch(value, expected: "entity", at: span) }
        return uid
    }

    private func long(_ value: CedarValue, at span: SourceSpan) throws(EvaluationError) -> Int64 {
        guard case .long(let long) = value else { throw mismatch(value, expected: "long", at: span) }
        return long
    }

    private func set(_ value: CedarValue, at span: SourceSpan) throws(EvaluationError) -> CedarSet {
        guard case .set(let set) = value else { throw mismatch(value, expected: "set", at: span) }
        return set
    }

    // MARK: Logic

    private func conjunction(_ operands: [Expression]) throws(EvaluationError) -> Bool {
        for operand in operands {
            guard try bool(operand) else { return false }
        }
        return true
    }

    private func disjunction(_ operands: [Expression], _ prepared: Prepared?) throws(EvaluationError) -> Bool {
        guard case .alternatives(let alternatives) = prepared else {
            for operand in operands where try bool(operand) { return true }
            return false
        }
        for alternative in alternatives {
            let holds =
                switch alternative {
                case .one(let operand): try bool(operand)
                case .likes(let subject, let patterns):
                    try string(subject).satisfies { Pattern.isMatch($0, ofAny: patterns) }
                }
            if holds { return true }
        }
        return false
    }

    // MARK: Numbers and order

    private func negation(of operand: Expression, at span: SourceSpan) throws(EvaluationError) -> CedarValue {
        let (result, overflowed) = Int64(0)
            .subtractingReportingOverflow(try long(try evaluate(operand), at: operand.span))
        guard !overflowed else { throw overflow(at: span) }
        return .long(result)
    }

    private func arithmetic(
        _ first: Expression, _ steps: [ArithmeticStep]
    ) throws(EvaluationError) -> CedarValue {
        var left = try evaluate(first)
        for step in steps {
            let right = try evaluate(step.operand)
            let (a, b) = (try long(left, at: first.span), try long(right, at: step.operand.span))
            let (result, overflowed) =
                switch step.operation {
                case .plus: a.addingReportingOverflow(b)
                case .minus: a.subtractingReportingOverflow(b)
                case .times: a.multipliedReportingOverflow(by: b)
                }
            guard !overflowed else { throw overflow(at: first.span.through(step.operand.span)) }
            left = .long(result)
        }
        return left
    }

    private func compare(
        _ comparison: Comparison, _ left: Expression, _ right: Expression
    ) throws(EvaluationError) -> Bool {
        let (a, b) = (try evaluate(left), try evaluate(right))
        switch comparison {
        case .equal: return a == b
        case .notEqual: return a != b
        case .less: return try isLess(a, b, left.span, right.span)
        case .lessOrEqual: return !(try isLess(b, a, right.span, left.span))
        case .greater: return try isLess(b, a, right.span, left.span)
        case .greaterOrEqual: return !(try isLess(a, b, left.span, right.span))
        }
    }

    private func isLess(
        _ left: CedarValue, _ right: CedarValue, _ leftSpan: SourceSpan, _ rightSpan: SourceSpan
    ) throws(EvaluationError) -> Bool {
        switch (left, right) {
        case (.long(let a), .long(let b)): return a < b
        case (.datetime(let a), .datetime(let b)): return a < b
        case (.duration(let a), .duration(let b)): return a < b
        case (.long, _), (.datetime, _), (.duration, _):
            throw mismatch(right, expected: left.typeName, at: rightSpan)
        default:
            throw mismatch(left, expected: "long, datetime or duration", at: leftSpan)
        }
    }

    // MARK: Entities and records

    private func membership(_ left: Expression, _ right: Expression) throws(EvaluationError) -> Bool {
        let member = try evaluate(left)
        if case .entities(let groups, _) = right.prepared {
            let uid = try entity(member, at: left.span)
            return groups.contains(uid) || !ancestors(of: uid).isDisjoint(with: groups)
        }
        let group = try evaluate(right)
        return try isMember(try entity(member, at: left.span), of: group, right)
    }

    private func isMember(
        _ uid: EntityUID, of group: CedarValue, _ right: Expression
    ) throws(EvaluationError) -> Bool {
        guard case .set(let groups) = group else {
            guard case .entity(let group) = group else {
                throw mismatch(group, expected: "entity or set of entities", at: right.span)
            }
            return uid == group || ancestors(of: uid).contains(group)
        }
        // Every element is checked before any is matched: one that is no entity is an error even beside a match.
        var uids: [EntityUID] = []
        for element in groups.elements { uids.append(try entity(element, at: right.span)) }
        return uids.contains { entities.isIn(uid, $0) }
    }

    private func isType(
        _ subject: Expression, _ type: EntityTypeName, _ parent: Expression?
    ) throws(EvaluationError) -> Bool {
        let uid = try entity(subject)
        guard uid.type == type else { return false }
        return try isMember(uid, of: parent)
    }

    /// Whether the entity, whose expression has been evaluated already, is in the group that the expression stands for.
    /// Evaluating both again would double the work with every level of nesting.
    private func isMember(_ uid: EntityUID, of parent: Expression?) throws(EvaluationError) -> Bool {
        guard let parent else { return true }
        return try isMember(uid, of: try evaluate(parent), parent)
    }

    private func has(_ subject: Expression, _ path: [UTF8String]) throws(EvaluationError) -> Bool {
        try has(try evaluate(subject), path, at: subject.span)
    }

    private func has(_ value: CedarValue, _ path: [UTF8String], at span: SourceSpan) throws(EvaluationError) -> Bool {
        var value = value
        for name in path {
            guard let next = try attributes(of: value, at: span)?[name] else { return false }
            value = next
        }
        return true
    }

    private func attribute(
        _ subject: Expression, _ name: UTF8String, at span: SourceSpan
    ) throws(EvaluationError) -> CedarValue {
        if let found = known(subject)?[name] { return found }
        let value = try evaluate(subject)
        guard let attributes = try attributes(of: value, at: subject.span) else {
            throw missingEntity(value, at: subject.span)
        }
        guard let attribute = attributes[name] else {
            throw EvaluationError(
                code: .missingAttribute,
                message: "the \(value.typeName) has no attribute \(StringEscapes.quoted(name))",
                span: span)
        }
        return attribute
    }

    /// The attributes of a variable, where they are at hand.
    private func known(_ subject: Expression) -> CedarRecord? {
        guard let facts, case .variable(let variable) = subject.kind else { return nil }
        return switch variable {
        case .principal: facts.principalAttributes
        case .resource: facts.resourceAttributes
        case .context: request.context
        case .action: nil
        }
    }

    /// The attributes of a record or entity; `nil` for an entity that the store does not have.
    private func attributes(of value: CedarValue, at span: SourceSpan) throws(EvaluationError) -> CedarRecord? {
        switch value {
        case .record(let record): return record
        case .entity(let uid): return entities[uid]?.attrs
        default: throw mismatch(value, expected: "record or entity", at: span)
        }
    }

    private func set(_ elements: [Expression], _ prepared: Prepared?) throws(EvaluationError) -> CedarSet {
        switch prepared {
        case .set(let set), .entities(_, let set): set
        default: CedarSet(try values(elements))
        }
    }

    private func record(_ fields: [RecordField]) throws(EvaluationError) -> CedarRecord {
        var pairs: [(key: UTF8String, value: CedarValue)] = []
        for field in fields { pairs.append((field.name, try evaluate(field.value))) }
        return CedarRecord(pairs, uniquingKeysWith: { $1 })
    }

    private func values(_ expressions: [Expression]) throws(EvaluationError) -> [CedarValue] {
        var values: [CedarValue] = []
        for expression in expressions { values.append(try evaluate(expression)) }
        return values
    }

    // MARK: Calls

    private func setMethod(
        _ method: Method, _ receiver: Expression, _ argument: Expression
    ) throws(EvaluationError) -> Bool {
        let (subject, value) = (try evaluate(receiver), try evaluate(argument))
        let elements = try set(subject, at: receiver.span)
        return switch method {
        case .contains: elements.contains(value)
        case .containsAll: elements.containsAll(try set(value, at: argument.span))
        default: elements.containsAny(try set(value, at: argument.span))
        }
    }

    private func hasTag(_ receiver: Expression, _ argument: Expression) throws(EvaluationError) -> Bool {
        let (uid, name) = try entityAndTag(receiver, argument)
        return entities[uid]?.tags[name] != nil
    }

    private func tag(
        _ receiver: Expression, _ argument: Expression, at span: SourceSpan
    ) throws(EvaluationError) -> CedarValue {
        let (uid, name) = try entityAndTag(receiver, argument)
        guard let tags = entities[uid]?.tags else { throw missingEntity(.entity(uid), at: receiver.span) }
        guard let tag = tags[name] else {
            throw EvaluationError(code: .missingTag, message: "the entity has no such tag", span: span)
        }
        return tag
    }

    private func entityAndTag(
        _ receiver: Expression, _ argument: Expression
    ) throws(EvaluationError) -> (EntityUID, UTF8String) {
        let (subject, value) = (try evaluate(receiver), try evaluate(argument))
        let uid = try entity(subject, at: receiver.span)
        guard case .string(let name) = value else { throw mismatch(value, expected: "string", at: argument.span) }
        return (uid, name)
    }

    private func call(
        _ function: ExtensionFunction, _ arguments: [Expression], at span: SourceSpan
    ) throws(EvaluationError) -> CedarValue {
        let values = try values(arguments)
        do throws(ExtensionFunction.Failure) {
            return try function.apply(values)
        } catch {
            throw EvaluationError(code: error.code, message: error.message, span: span)
        }
    }

    // MARK: Errors

    private func mismatch(_ value: CedarValue, expected: String, at span: SourceSpan) -> EvaluationError {
        EvaluationError(code: .type, message: "found \(value.typeName), expected \(expected)", span: span)
    }

    private func overflow(at span: SourceSpan) -> EvaluationError {
        EvaluationError(code: .overflow, message: "the result exceeds 64 bits", span: span)
    }

    private func missingEntity(_ value: CedarValue, at span: SourceSpan) -> EvaluationError {
        let type = if case .entity(let uid) = value { " of type \(uid.type)" } else { "" }
        return EvaluationError(
            code: .missingEntity, message: "the entity\(type) is not in the store", span: span)
    }
}

extension EntityOrSlot {
    /// The entity; a slot that no link has filled is none, and nothing equals it or is in it.
    fileprivate var entity: EntityUID? { if case .entity(let uid) = self { uid } else { nil } }
}
