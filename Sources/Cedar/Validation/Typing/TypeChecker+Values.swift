// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension TypeChecker {
    // MARK: Numbers and strings

    mutating func long(_ operand: Expression) -> Answer {
        Answer(type: .long, hasFailed: expect(operand, "Long", Self.isLong).hasFailed)
    }

    mutating func arithmetic(_ first: Expression, _ steps: [ArithmeticStep]) -> Answer {
        func help(_ step: ArithmeticStep?) -> (ExpressionType) -> String? {
            { type in
                switch type {
                case .string where step?.operation == .plus: "Cedar does not join strings"
                case .set: "Cedar has no union, intersection or difference of sets"
                default: nil
                }
            }
        }
        var hasFailed = expect(first, "Long", help: help(steps.first), Self.isLong).hasFailed
        for step in steps {
            let right = expect(step.operand, "Long", help: help(step), Self.isLong)
            hasFailed = hasFailed || right.hasFailed
        }
        return Answer(type: .long, hasFailed: hasFailed)
    }

    private static func isLong(_ type: ExpressionType) -> Bool { type == .long }

    mutating func like(_ subject: Expression) -> Answer {
        let help: (ExpressionType) -> String? = { $0.entityType == nil ? nil : "`is` tests for an entity's type" }
        let answer = expect(subject, "String", help: help) { $0 == .string }
        return Answer(type: .bool, hasFailed: answer.hasFailed)
    }

    // MARK: Comparisons

    mutating func compare(
        _ comparison: Comparison, _ left: Expression, _ right: Expression, at span: SourceSpan
    ) -> Answer {
        switch comparison {
        case .equal: equal(left, right, at: span)
        case .notEqual: Self.negated(equal(left, right, at: span))
        case .less, .lessOrEqual, .greater, .greaterOrEqual: order(left, right)
        }
    }

    /// `a == b`: of two literals the answer is known; entities of different types are never equal; all else must join.
    private mutating func equal(_ left: Expression, _ right: Expression, at span: SourceSpan) -> Answer {
        let (first, second) = (check(left), check(right))
        let hasFailed = first.hasFailed || second.hasFailed
        if let type = first.type?.entityType, let other = second.type?.entityType, type != other {
            return Answer(type: .false, hasFailed: hasFailed)
        }
        if let value = literal(of: left), let other = literal(of: right) {
            return Answer(type: .boolean(value == other), hasFailed: hasFailed)
        }
        if let type = first.type, let other = second.type,
            join(type, other, at: span, "both sides of a comparison") == nil
        {
            return .failure(.bool)
        }
        return Answer(type: .bool, hasFailed: hasFailed)
    }

    /// What the expression is in this environment without being evaluated.
    private func literal(of expression: Expression) -> Literal? {
        switch expression.kind {
        case .literal(let literal): literal
        case .variable(.action): .entity(environment.action)
        default: nil
        }
    }

    private mutating func order(_ left: Expression, _ right: Expression) -> Answer {
        let (first, second) = (check(left), check(right))
        guard let type = first.type, let other = second.type else { return .failure(.bool) }
        switch (type, other) {
        case (.long, .long), (.datetime, .datetime), (.duration, .duration):
            return Answer(type: .bool, hasFailed: first.hasFailed || second.hasFailed)
        case (.long, _): unexpected(other, "Long", at: right.span)
        case (_, .long): unexpected(type, "Long", at: left.span)
        case (.datetime, _), (.duration, _): unexpected(other, "\(type)", at: right.span)
        case (_, .datetime), (_, .duration): unexpected(type, "\(other)", at: left.span)
        default:
            unexpected(type, "Long, datetime or duration", at: left.span)
            unexpected(other, "Long, datetime or duration", at: right.span)
        }
        return .failure(.bool)
    }

    // MARK: Sets and records

    mutating func set(_ elements: [Expression], at span: SourceSpan) -> Answer {
        guard !elements.isEmpty else {
            findings.add(.emptySet, at: span, "`[]` has no type; an empty set cannot be written in a policy")
            return .failure()
        }
        var types: [ExpressionType?] = []
        var hasFailed = false
        for element in elements {
            let answer = check(element)
            types.append(answer.type)
            hasFailed = hasFailed || answer.hasFailed
        }
        guard let type = joined(types, at: span) else { return .failure() }
        return Answer(type: .set(type), hasFailed: hasFailed)
    }

    private mutating func joined(_ types: [ExpressionType?], at span: SourceSpan) -> ExpressionType? {
        guard !types.contains(nil) else { return nil }
        var result: ExpressionType?
        for case let type? in types {
            guard let left = result else {
                result = type
                continue
            }
            guard let next = join(left, type, at: span, "a set's elements") else { return nil }
            result = next
        }
        return result
    }

    mutating func record(_ fields: [RecordField]) -> Answer {
        var attributes: [ExpressionRecordType.Attribute] = []
        var hasFailed = false
        for field in fields {
            let answer = check(field.value)
            hasFailed = hasFailed || answer.hasFailed
            if let type = answer.type {
                attributes.append(ExpressionRecordType.Attribute(name: field.name, type: type, isRequired: true))
            }
        }
        guard attributes.count == fields.count else { return .failure() }
        return Answer(type: .record(ExpressionRecordType(attributes)), hasFailed: hasFailed)
    }

    mutating func isEmpty(_ operand: Expression) -> Answer {
        let help: (ExpressionType) -> String? = { $0 == .string ? "`== \"\"` tests for an empty string" : nil }
        let answer = expect(operand, "a set", help: help) { $0.element != nil }
        return Answer(type: .bool, hasFailed: answer.hasFailed)
    }

    mutating func call(
        _ method: Method, _ receiver: Expression, _ argument: Expression, at span: SourceSpan
    ) -> Answer {
        switch method {
        case .contains: contains(receiver, argument, at: span)
        case .containsAll, .containsAny: containsSeveral(receiver, argument, at: span)
        case .hasTag: hasTag(receiver, argument)
        case .getTag: tag(receiver, argument, at: span)
        }
    }

    private mutating func contains(_ receiver: Expression, _ argument: Expression, at span: SourceSpan) -> Answer {
        let set = expectSet(receiver)
        let value = check(argument)
        if let element = set.type?.element, let type = value.type,
            join(element, type, at: span, "a set's elements and what it is asked for") == nil
        {
            return .failure(.bool)
        }
        return Answer(type: .bool, hasFailed: set.hasFailed || value.hasFailed)
    }

    private mutating func containsSeveral(
        _ receiver: Expression, _ argument: Expression, at span: SourceSpan
    ) -> Answer {
        let set = expectSet(receiver)
        let help: (ExpressionType) -> String? = { _ in "`contains` tests for a single element" }
        let other = expect(argument, "a set", help: help) { $0.element != nil }
        if let type = set.type, let second = other.type,
            join(type, second, at: span, "the elements of both sets") == nil
        {
            return .failure(.bool)
        }
        return Answer(type: .bool, hasFailed: set.hasFailed || other.hasFailed)
    }

    private mutating func expectSet(_ expression: Expression) -> Answer {
        let help: (ExpressionType) -> String? = { type in
            switch type {
            case .entity: "`in` tests for membership of an entity"
            case .record: "`has` tests for an attribute"
            case .string: "`like` looks into a string"
            default: nil
            }
        }
        return expect(expression, "a set", help: help) { $0.element != nil }
    }
}
