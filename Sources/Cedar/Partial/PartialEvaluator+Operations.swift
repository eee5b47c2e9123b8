// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Operations that evaluate all their operands and depend on nothing else.
extension PartialEvaluator {
    func operation(_ expression: Expression, _ operands: Operands) -> PartialResult {
        if let values = operands.values { return apply(expression, to: values) }
        let shapes = operands.results.map(\.shape)
        switch expression.kind {
        case .negate: return typed([.long], shapes, .long, operands, isTotal: false)
        case .like: return typed([.string], shapes, .bool, operands)
        case .isEmpty(let operand): return isEmpty(operand, shapes, operands)
        case .method(let method, _, _): return setMethod(method, shapes, operands)
        case .call(let function, _): return call(function, shapes, operands)
        case .comparison(.equal, _, _): return equality(true, operands)
        case .comparison(.notEqual, _, _): return equality(false, operands)
        default: return order(shapes, operands)
        }
    }

    /// An operation that takes operands of these shapes and none else.
    private func typed(
        _ expected: [Shape], _ found: [Shape], _ shape: Shape, _ operands: Operands, isTotal: Bool = true
    ) -> PartialResult {
        guard expected.count == found.count, !zip(expected, found).contains(where: { $0.isDisjoint(from: $1) }) else {
            return Residual.failing(operands.expression)
        }
        let fits = zip(expected, found).allSatisfy { Self.fits($1, $0) }
        return operands.residual(shape, mayFail: !isTotal || !fits)
    }

    /// Whether every value of one shape is also of the other.
    private static func fits(_ found: Shape, _ expected: Shape) -> Bool {
        if case .set(.any) = expected, case .set = found { return true }
        return found == expected
    }

    private func isEmpty(_ operand: Expression, _ shapes: [Shape], _ operands: Operands) -> PartialResult {
        if case .set(let elements) = operand.kind, !elements.isEmpty { return operands.certain(false) }
        return typed([.set(.any)], shapes, .bool, operands)
    }

    private func setMethod(_ method: Method, _ shapes: [Shape], _ operands: Operands) -> PartialResult {
        guard method == .contains else { return typed([.set(.any), .set(.any)], shapes, .bool, operands) }
        if case .set(let set)? = operands.results[0].value,
            set.elements.allSatisfy({ Shape($0).isDisjoint(from: shapes[1]) })
        {
            return operands.certain(false)
        }
        return typed([.set(.any), shapes[1]], shapes, .bool, operands)
    }

    private func equality(_ whenEqual: Bool, _ operands: Operands) -> PartialResult {
        let (left, right) = (operands.results[0], operands.results[1])
        if left.shape.isDisjoint(from: right.shape) { return operands.certain(!whenEqual) }
        if case .comparison(_, let a, let b) = operands.expression.kind, a == b { return operands.certain(whenEqual) }
        return operands.residual(.bool, mayFail: false)
    }

    private func order(_ shapes: [Shape], _ operands: Operands) -> PartialResult {
        let ordered: [Shape] = [.long, .datetime, .duration]
        let possible = ordered.filter { kind in !shapes.contains { $0.isDisjoint(from: kind) } }
        guard let kind = possible.first else { return Residual.failing(operands.expression) }
        let fits = possible.count == 1 && shapes.allSatisfy { $0 == kind }
        return operands.residual(.bool, mayFail: !fits)
    }

    private func call(_ function: ExtensionFunction, _ shapes: [Shape], _ operands: Operands) -> PartialResult {
        typed(
            function.argumentTypes.map { Shape($0) }, shapes, Shape(function.resultType), operands,
            isTotal: function.isTotal)
    }

    // MARK: Sets and records

    func set(_ operands: Operands) -> PartialResult {
        if let values = operands.values { return .value(.set(CedarSet(values))) }
        let shapes = operands.results.map(\.shape)
        let element = shapes.dropFirst().reduce(shapes.first ?? .any) { $0.joined($1) }
        return operands.residual(.set(element), mayFail: false)
    }

    func record(_ fields: [RecordField], _ operands: Operands) -> PartialResult {
        if let values = operands.values {
            let pairs = zip(fields, values).map { (key: $0.name, value: $1) }
            return .value(.record(CedarRecord(pairs, uniquingKeysWith: { $1 })))
        }
        let known = zip(fields, operands.results).map { field, result in
            (field.name, Shape.Field(known: result.value, shape: result.shape, isRequired: true))
        }
        return operands.residual(
            .record(Dictionary(known, uniquingKeysWith: { $1 }), isOpen: false), mayFail: false)
    }

    // MARK: Arithmetic

    /// Known operands at the beginning are added up; those behind an unknown one are not, because the order decides
    /// what overflows.
    func arithmetic(
        _ first: Expression, _ steps: [ArithmeticStep], _ expression: Expression, _ results: [PartialResult]
    ) -> PartialResult {
        var sum = results[0]
        if case .failure = sum { return sum }
        var rest = Self.rest(of: first, sum)
        var left: [ArithmeticStep] = []
        var isFailing = sum.alwaysFails || sum.shape.isDisjoint(from: .long)
        for (step, operand) in zip(steps, results.dropFirst()) {
            if left.isEmpty, case .value(let a) = sum {
                if case .failure = operand { return operand }
                if let b = operand.value {
                    let single = Expression(.arithmetic(first, [step]), span: expression.span)
                    sum = apply(single, to: [a, b])
                    guard case .value(.long(let value)) = sum else { return sum }
                    rest = Expression(.literal(.long(value)), span: first.span)
                    continue
                }
            }
            isFailing = isFailing || operand.alwaysFails || operand.shape.isDisjoint(from: .long)
            left.append(
                ArithmeticStep(operation: step.operation, operand: Self.rest(of: step.operand, operand)))
        }
        if left.isEmpty, case .value = sum { return sum }
        let residual = Expression(.arithmetic(rest, left), span: expression.span)
        if isFailing { return Residual.failing(residual) }
        return .open(Residual(expression: residual, shape: .long, mayFail: true))
    }
}

extension ExtensionFunction {
    /// Whether arguments of the right types always have a result.
    fileprivate var isTotal: Bool {
        switch self {
        case .decimal, .ip, .datetime, .duration, .offset, .durationSince, .toDate: false
        default: true
        }
    }
}
