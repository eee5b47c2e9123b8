// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Expression {
    /// The same operation on other operands, one for each of `operands`, in place of its own.
    func replacing(_ new: [Expression]) -> Expression {
        guard new.count == operands.count, zip(new, operands).contains(where: { $0 !== $1 }) else { return self }
        let kind: Kind =
            switch self.kind {
            case .literal, .variable: self.kind
            case .not: .not(new[0])
            case .negate: .negate(new[0])
            case .has(_, let path): .has(new[0], path)
            case .like(_, let pattern): .like(new[0], pattern)
            case .attribute(_, let name): .attribute(new[0], name)
            case .isType(_, let type, let parent): .isType(new[0], type, parent == nil ? nil : new[1])
            case .isEmpty: .isEmpty(new[0])
            case .and: .and(new)
            case .or: .or(new)
            case .set: .set(new)
            case .call(let function, _): .call(function, new)
            case .arithmetic(_, let steps):
                .arithmetic(
                    new[0],
                    zip(steps, new.dropFirst()).map { ArithmeticStep(operation: $0.operation, operand: $1) })
            case .comparison(let comparison, _, _): .comparison(comparison, new[0], new[1])
            case .membership: .membership(new[0], new[1])
            case .method(let method, _, _): .method(method, new[0], new[1])
            case .conditional: .conditional(new[0], then: new[1], else: new[2])
            case .record(let fields): .record(zip(fields, new).map { RecordField(name: $0.name, value: $1) })
            }
        return Expression(kind, span: span)
    }

    /// The value as an expression at this one's place, where it is no higher than this one and small; else this one,
    /// which has the same value. So residuals never exceed the limits that the policy kept.
    func embedding(_ value: CedarValue) -> Expression {
        if case .literal = kind { return self }
        // A constructor stays as written: `decimal("1.0")` is not made `decimal("1.0000")`.
        if case .call(_, let arguments) = kind, arguments.count == 1, case .literal = arguments[0].kind { return self }
        var nodes = 0
        guard let expression = value.expression(at: span, height: height, nodes: &nodes) else { return self }
        return expression
    }
}

extension CedarValue {
    /// An expression of at most that height that has this value; `nil` where there is none, or none of few nodes.
    fileprivate func expression(at span: SourceSpan, height: Int, nodes: inout Int) -> Expression? {
        nodes += 1
        guard height > 0, nodes <= CedarLimits.residualValueNodesMax else { return nil }
        func call(_ function: ExtensionFunction, _ text: String) -> Expression? {
            guard height > 1 else { return nil }
            return Expression(
                .call(function, [Expression(.literal(.string(UTF8String(text))), span: span)]), span: span)
        }
        switch self {
        case .bool(let value): return Expression(.literal(.bool(value)), span: span)
        case .long(let value): return Expression(.literal(.long(value)), span: span)
        case .string(let value): return Expression(.literal(.string(value)), span: span)
        case .entity(let uid): return Expression(.literal(.entity(uid)), span: span)
        case .decimal(let value): return call(.decimal, value.description)
        case .ip(let value): return call(.ip, value.description)
        case .duration(let value): return call(.duration, value.description)
        case .datetime(let value):
            if let text = value.text { return call(.datetime, text.string) }
            guard height > 2, let epoch = call(.datetime, "1970-01-01"),
                let distance = call(.duration, "\(value.milliseconds)ms")
            else { return nil }
            return Expression(.call(.offset, [epoch, distance]), span: span)
        case .set(let set):
            guard set.count <= CedarLimits.residualValueNodesMax else { return nil }
            var elements: [Expression] = []
            for element in set.elements {
                guard let element = element.expression(at: span, height: height - 1, nodes: &nodes) else { return nil }
                elements.append(element)
            }
            // A set's own order differs from run to run.
            return Expression(
                .set(elements.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }), span: span
            )
        case .record(let record):
            guard record.count <= CedarLimits.residualValueNodesMax else { return nil }
            var fields: [RecordField] = []
            for field in record.sorted {
                guard let value = field.value.expression(at: span, height: height - 1, nodes: &nodes) else {
                    return nil
                }
                fields.append(RecordField(name: field.key, value: value))
            }
            return Expression(.record(fields), span: span)
        }
    }
}
