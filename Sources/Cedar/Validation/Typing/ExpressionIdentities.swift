// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Numbers for expressions, equal where Cedar holds two expressions for the same: `a.b` and `a["b"]`, `a != b` and
/// `!(a == b)`, `a && b && c` and `(a && b) && c`. With them, capabilities are compared in one step each.
final class ExpressionIdentities {
    private enum Form: Hashable {
        case literal(Literal)
        case variable(Variable)
        case not(Int)
        case negate(Int)
        case and(Int, Int)
        case or(Int, Int)
        case arithmetic(ArithmeticOperator, Int, Int)
        case equal(Int, Int)
        case less(Int, Int)
        case lessOrEqual(Int, Int)
        case membership(Int, Int)
        case has(Int, UTF8String)
        case like(Int, Pattern)
        case isType(Int, EntityTypeName)
        case conditional(Int, Int, Int)
        case attribute(Int, UTF8String)
        case isEmpty(Int)
        case method(Method, Int, Int)
        case call(ExtensionFunction, [Int])
        case set([Int])
        case record([UTF8String], [Int])
    }

    private var numbers: [Form: Int] = [:]
    private var known: [ObjectIdentifier: Int] = [:]

    /// The number of an expression. The expression must live as long as these identities are asked.
    func number(of expression: Expression) -> Int {
        if let number = known[ObjectIdentifier(expression)] { return number }
        let number = compute(expression)
        known[ObjectIdentifier(expression)] = number
        return number
    }

    /// The number of `subject.name`.
    func number(ofAttribute name: UTF8String, of subject: Int) -> Int { number(.attribute(subject, name)) }

    private func number(_ form: Form) -> Int {
        if let number = numbers[form] { return number }
        numbers[form] = numbers.count
        return numbers.count - 1
    }

    private func compute(_ expression: Expression) -> Int {
        switch expression.kind {
        case .literal(let literal): number(.literal(literal))
        case .variable(let variable): number(.variable(variable))
        case .not(let operand): number(.not(number(of: operand)))
        case .negate(let operand): number(.negate(number(of: operand)))
        case .and(let operands): chain(operands) { .and($0, $1) }
        case .or(let operands): chain(operands) { .or($0, $1) }
        case .arithmetic(let first, let steps): arithmetic(first, steps)
        case .comparison(let comparison, let left, let right): compare(comparison, number(of: left), number(of: right))
        case .membership(let left, let right): number(.membership(number(of: left), number(of: right)))
        case .has(let subject, let path): has(number(of: subject), path)
        case .like(let subject, let pattern): number(.like(number(of: subject), pattern))
        case .isType(let subject, let type, let group): isType(subject, type, group)
        case .conditional(let condition, let first, let second):
            number(.conditional(number(of: condition), number(of: first), number(of: second)))
        case .attribute(let subject, let name): number(.attribute(number(of: subject), name))
        case .isEmpty(let operand): number(.isEmpty(number(of: operand)))
        case .method(let method, let receiver, let argument):
            number(.method(method, number(of: receiver), number(of: argument)))
        case .call(let function, let arguments): number(.call(function, arguments.map { number(of: $0) }))
        case .set(let elements): number(.set(elements.map { number(of: $0) }))
        case .record(let fields): record(fields)
        }
    }

    private func chain(_ operands: [Expression], _ form: (Int, Int) -> Form) -> Int {
        var numbers = operands.map { number(of: $0) }[...]
        guard var result = numbers.popFirst() else { return number(.set([])) }
        for operand in numbers { result = number(form(result, operand)) }
        return result
    }

    private func arithmetic(_ first: Expression, _ steps: [ArithmeticStep]) -> Int {
        var result = number(of: first)
        for step in steps { result = number(.arithmetic(step.operation, result, number(of: step.operand))) }
        return result
    }

    private func compare(_ comparison: Comparison, _ left: Int, _ right: Int) -> Int {
        switch comparison {
        case .equal: number(.equal(left, right))
        case .notEqual: number(.not(number(.equal(left, right))))
        case .less: number(.less(left, right))
        case .lessOrEqual: number(.lessOrEqual(left, right))
        case .greater: number(.not(number(.lessOrEqual(left, right))))
        case .greaterOrEqual: number(.not(number(.less(left, right))))
        }
    }

    private func has(_ subject: Int, _ path: [UTF8String]) -> Int {
        var subject = subject
        var result: Int?
        for name in path {
            let step = number(.has(subject, name))
            result = result.map { number(.and($0, step)) } ?? step
            subject = number(.attribute(subject, name))
        }
        return result ?? subject
    }

    private func isType(_ subject: Expression, _ type: EntityTypeName, _ group: Expression?) -> Int {
        let subject = number(of: subject)
        let test = number(.isType(subject, type))
        guard let group else { return test }
        return number(.and(test, number(.membership(subject, number(of: group)))))
    }

    private func record(_ fields: [RecordField]) -> Int {
        let sorted = fields.sorted { $0.name < $1.name }
        return number(.record(sorted.map(\.name), sorted.map { number(of: $0.value) }))
    }
}
