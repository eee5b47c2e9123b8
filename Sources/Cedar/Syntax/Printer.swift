// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Writes policies and expressions so that parsing them again gives equal ones. Adds no parentheses but needed ones.
enum Printer {
    /// How tightly an expression binds, from the loosest.
    private enum Level: Int {
        case conditional, or, and, relation, sum, product, sign, member
    }

    static func text(_ statement: PolicyStatement) -> String {
        var lines = statement.annotations.all.map { annotation in
            "@\(annotation.name)\(annotation.value.map { "(\(StringEscapes.quoted($0)))" } ?? "")"
        }
        let principal = "principal\(text(statement.principal, slot: .principal))"
        let resource = "resource\(text(statement.resource, slot: .resource))"
        lines.append("\(statement.effect.rawValue) (\(principal), action\(text(statement.action)), \(resource))")
        for condition in statement.conditions {
            lines.append("\(condition.kind.rawValue) { \(text(condition.body)) }")
        }
        return lines.joined(separator: "\n") + ";"
    }

    static func text(_ expression: Expression) -> String { text(expression, atLeast: .conditional) }

    static func text(_ constraint: EntityConstraint, slot: Slot) -> String {
        func text(_ reference: EntityOrSlot) -> String {
            switch reference {
            case .entity(let uid): uid.description
            case .slot: slot.rawValue
            }
        }
        return switch constraint {
        case .any: ""
        case .equal(let reference): " == \(text(reference))"
        case .within(let reference): " in \(text(reference))"
        case .isType(let type): " is \(type)"
        case .isTypeWithin(let type, let reference): " is \(type) in \(text(reference))"
        }
    }

    static func text(_ constraint: ActionConstraint) -> String {
        switch constraint {
        case .any: ""
        case .equal(let action): " == \(action)"
        case .within(let action): " in \(action)"
        case .withinAny(let actions): " in [\(actions.map(\.description).joined(separator: ", "))]"
        }
    }

    private static func text(_ expression: Expression, atLeast level: Level) -> String {
        let own = self.level(of: expression)
        let text = text(expression.kind)
        return own.rawValue < level.rawValue ? "(\(text))" : text
    }

    private static func level(of expression: Expression) -> Level {
        switch expression.kind {
        case .conditional: .conditional
        case .or: .or
        case .and: .and
        case .comparison, .membership, .has, .like, .isType: .relation
        case .arithmetic(_, let steps): steps.contains { $0.operation != .times } ? .sum : .product
        case .not, .negate: .sign
        case .literal(.long(let value)): value < 0 ? .sign : .member
        case .literal, .variable, .attribute, .isEmpty, .method, .call, .set, .record: .member
        }
    }

    private static func text(_ kind: Expression.Kind) -> String {
        switch kind {
        case .literal(let literal): return text(literal)
        case .variable(let variable): return variable.rawValue
        case .not(let operand): return "!\(text(operand, atLeast: .member))"
        case .negate(let operand): return "-\(negated(operand))"
        case .and(let operands): return operands.map { text($0, atLeast: .relation) }.joined(separator: " && ")
        case .or(let operands): return operands.map { text($0, atLeast: .and) }.joined(separator: " || ")
        case .arithmetic(let first, let steps): return arithmetic(first, steps)
        case .comparison(let comparison, let left, let right):
            return "\(text(left, atLeast: .sum)) \(comparison.rawValue) \(text(right, atLeast: .sum))"
        case .membership(let left, let right):
            return "\(text(left, atLeast: .sum)) in \(text(right, atLeast: .sum))"
        case .has(let subject, let path): return "\(text(subject, atLeast: .sum)) has \(attributePath(path))"
        case .like(let subject, let pattern):
            return "\(text(subject, atLeast: .sum)) like \(StringEscapes.quoted(pattern))"
        case .isType(let subject, let type, let parent):
            let group = parent.map { " in \(text($0, atLeast: .sum))" } ?? ""
            return "\(text(subject, atLeast: .sum)) is \(type)\(group)"
        case .conditional(let condition, let first, let second):
            return "if \(text(condition)) then \(text(first)) else \(text(second))"
        case .attribute(let subject, let name):
            let receiver = text(subject, atLeast: .member)
            return isName(name) ? "\(receiver).\(name)" : "\(receiver)[\(StringEscapes.quoted(name))]"
        case .isEmpty(let operand): return "\(text(operand, atLeast: .member)).isEmpty()"
        case .method(let method, let receiver, let argument):
            return "\(text(receiver, atLeast: .member)).\(method.rawValue)(\(text(argument)))"
        case .call(let function, let arguments): return call(function, arguments)
        case .set(let elements): return "[\(list(elements))]"
        case .record(let fields):
            let members = fields.map { field in
                "\(isName(field.name) ? field.name.string : StringEscapes.quoted(field.name)): \(text(field.value))"
            }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    private static func text(_ literal: Literal) -> String {
        switch literal {
        case .bool(let value): String(value)
        case .long(let value): String(value)
        case .string(let value): StringEscapes.quoted(value)
        case .entity(let uid): uid.description
        }
    }

    /// Digits directly behind a minus would become one literal with it.
    private static func negated(_ operand: Expression) -> String {
        if case .literal(.long) = operand.kind { return "(\(text(operand)))" }
        return text(operand, atLeast: .member)
    }

    private static func arithmetic(_ first: Expression, _ steps: [ArithmeticStep]) -> String {
        let operandLevel: Level = steps.contains { $0.operation != .times } ? .product : .sign
        let rest = steps.map { " \($0.operation.rawValue) \(text($0.operand, atLeast: operandLevel))" }
        return text(first, atLeast: operandLevel) + rest.joined()
    }

    private static func attributePath(_ path: [UTF8String]) -> String {
        if let name = path.first, path.count == 1, !isName(name) { return StringEscapes.quoted(name) }
        return path.map(\.string).joined(separator: ".")
    }

    private static func call(_ function: ExtensionFunction, _ arguments: [Expression]) -> String {
        guard function.isMethod, let receiver = arguments.first else {
            return "\(function.rawValue)(\(list(arguments)))"
        }
        return "\(text(receiver, atLeast: .member)).\(function.rawValue)(\(list(Array(arguments.dropFirst()))))"
    }

    private static func list(_ expressions: [Expression]) -> String {
        expressions.map { text($0) }.joined(separator: ", ")
    }

    private static func isName(_ text: UTF8String) -> Bool { Identifier.isName(text.bytes) }
}

extension PolicyStatement: CustomStringConvertible {
    /// The statement as policy text that parses to an equal statement.
    public var description: String { Printer.text(self) }
}

extension Expression: CustomStringConvertible {
    /// The expression as policy text that parses to an equal expression.
    public var description: String { Printer.text(self) }
}
