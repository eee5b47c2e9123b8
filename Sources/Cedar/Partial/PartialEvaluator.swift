// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Evaluates expressions as far as what is known allows. Every step keeps the value, and the error with its place, for
/// each request that the partial one may become; the `Evaluator` gives all values that are known.
///
/// Operands are evaluated before the function that looks at them is called: only small functions recurse.
struct PartialEvaluator {
    let request: PartialRequest
    let entities: PartialEntities
    private let context: PartialResult

    init(_ request: PartialRequest, entities: PartialEntities) {
        self.request = request
        self.entities = entities
        context = Self.context(of: request)
    }

    func evaluate(_ expression: Expression, _ facts: Facts) -> PartialResult {
        switch expression.kind {
        case .literal(let literal): .value(literal.value)
        case .variable(let variable): value(of: variable, expression)
        case .and(let operands): conjunction(operands, expression, facts)
        case .or(let operands): disjunction(operands, expression, facts)
        case .conditional: conditional(expression, facts)
        default: result(of: expression, operands(of: expression, facts), facts)
        }
    }

    /// The result of an operation whose operands are all evaluated, in order.
    private func result(of expression: Expression, _ operands: Operands, _ facts: Facts) -> PartialResult {
        if case .isType(let subject, let type, let parent) = expression.kind {
            // The group is evaluated only where the type is the one asked for.
            return isType(subject, type, parent, expression, operands)
        }
        if case .arithmetic(let first, let steps) = expression.kind {
            return arithmetic(first, steps, expression, operands.results)
        }
        if let failure = operands.failure { return failure }
        return switch expression.kind {
        case .not: negation(expression, operands)
        case .attribute(let subject, let name): attribute(subject, name, expression, operands, facts)
        case .has(let subject, let path): has(subject, path, expression, operands, facts)
        case .membership: membership(operands, expression)
        case .method(.getTag, let receiver, let argument), .method(.hasTag, let receiver, let argument):
            tag(receiver, argument, expression, operands, facts)
        case .set: set(operands)
        case .record(let fields): record(fields, operands)
        default: operation(expression, operands)
        }
    }

    private func value(of variable: Variable, _ expression: Expression) -> PartialResult {
        func entity(_ uid: PartialEntityUID) -> PartialResult {
            switch uid {
            case .known(let uid): .value(.entity(uid))
            case .unknown(let type): .open(Residual(expression: expression, shape: .entity(type), mayFail: false))
            }
        }
        switch variable {
        case .principal: return entity(request.principal)
        case .action: return .value(.entity(request.action))
        case .resource: return entity(request.resource)
        case .context:
            guard case .open(let residual) = context else { return context }
            return .open(Residual(expression: expression, shape: residual.shape, mayFail: false))
        }
    }

    private static func context(of request: PartialRequest) -> PartialResult {
        var record = CedarRecord()
        for (name, attribute) in request.context.attributes {
            if case .known(let value) = attribute.value, attribute.isRequired { record[name] = value }
        }
        if record.count == request.context.attributes.count, !request.context.isOpen { return .value(.record(record)) }
        let nowhere = SourceSpan(offset: 0, byteCount: 0, line: 1, column: 1)
        let variable = Expression(.variable(.context), span: nowhere)
        return .open(Residual(expression: variable, shape: Shape(request.context), mayFail: false))
    }

    // MARK: Operations on known values

    /// The operation on values, by the `Evaluator`: what is not in the store does not exist for it.
    func apply(_ expression: Expression, to values: [CedarValue]) -> PartialResult {
        var context = CedarRecord()
        var operands: [Expression] = []
        for (index, (operand, value)) in zip(expression.operands, values).enumerated() {
            let name = UTF8String(String(index))
            context[name] = value
            // In the operand's place, because errors tell places.
            let variable = Expression(.variable(.context), span: operand.span)
            operands.append(Expression(.attribute(variable, name), span: operand.span))
        }
        let nobody = EntityUID(type: "Nobody", id: "")
        let request = Request(principal: nobody, action: nobody, resource: nobody, context: context)
        let evaluator = Evaluator(request, entities: entities.known)
        do throws(EvaluationError) {
            return .value(try evaluator.evaluate(expression.replacing(operands)))
        } catch {
            return .failure(error)
        }
    }

    // MARK: Operands

    /// The operands of an operation that evaluates all of them, in order.
    struct Operands {
        let results: [PartialResult]
        /// The operation on what is left of its operands.
        let expression: Expression

        var values: [CedarValue]? {
            let values = results.compactMap(\.value)
            return values.count == results.count ? values : nil
        }

        var mayFail: Bool { results.contains(where: \.mayFail) }

        /// What comes of the operation where an operand certainly fails.
        var failure: PartialResult? {
            for result in results {
                if case .failure = result { return result }
                if result.alwaysFails { break }
                // Should this one fail, its error comes first.
                if result.mayFail { break }
            }
            return results.contains(where: \.alwaysFails) ? Residual.failing(expression) : nil
        }

        /// The residual where nothing more is known than what the value is like.
        func residual(_ shape: Shape, mayFail: Bool) -> PartialResult {
            .open(Residual(expression: expression, shape: shape, mayFail: mayFail || self.mayFail))
        }

        /// A boolean that has one value, unless an operand fails.
        func certain(_ truth: Bool) -> PartialResult {
            Residual(
                expression: expression, shape: .bool, mayFail: mayFail, canBeTrue: truth, canBeFalse: !truth
            ).result
        }
    }

    func operands(of expression: Expression, _ facts: Facts) -> Operands {
        var results: [PartialResult] = []
        for operand in expression.operands { results.append(evaluate(operand, facts)) }
        return Self.operands(of: expression, results)
    }

    private static func operands(of expression: Expression, _ results: [PartialResult]) -> Operands {
        let rest = zip(expression.operands, results).map { Self.rest(of: $0, $1) }
        return Operands(results: results, expression: expression.replacing(rest))
    }

    /// What stands for an operand in a residual.
    static func rest(of operand: Expression, _ result: PartialResult) -> Expression {
        switch result {
        case .value(let value): operand.embedding(value)
        case .failure: operand
        case .open(let residual): residual.expression
        }
    }

    func mismatch(_ value: CedarValue, expected: String, at span: SourceSpan) -> PartialResult {
        .failure(
            EvaluationError(code: .type, message: "found \(value.typeName), expected \(expected)", span: span))
    }
}
