// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What is known of an expression once it is read. Its value and its errors are those that evaluation in order would give.
enum Prepared: Sendable {
    /// A set of literals.
    case set(CedarSet)
    /// A set of nothing but entities, written out.
    case entities(Set<EntityUID>, CedarSet)
    /// The operands of an `||`, some of them taken together.
    case alternatives([Alternative])

    /// An operand of an `||`, or some that come one after the other.
    enum Alternative: Sendable {
        case one(Expression)
        /// `a.b like "…" || a.b like "…" || …`, of one attribute of one variable: it is read once. The subject is the first
        /// one, whose error would be the first error.
        case likes(Expression, [Pattern])
    }

    init?(_ kind: Expression.Kind) {
        switch kind {
        case .set(let elements):
            var values: [CedarValue] = []
            for element in elements {
                guard case .literal(let literal) = element.kind else { return nil }
                values.append(literal.value)
            }
            let set = CedarSet(values)
            var entities: Set<EntityUID> = []
            for value in values {
                guard case .entity(let uid) = value else {
                    self = .set(set)
                    return
                }
                entities.insert(uid)
            }
            self = .entities(entities, set)
        case .or(let operands):
            var alternatives: [Alternative] = []
            for operand in operands {
                guard case .like(let subject, let pattern) = operand.kind, Self.isAttribute(subject) else {
                    alternatives.append(.one(operand))
                    continue
                }
                if case .likes(let first, let patterns)? = alternatives.last, Self.isSame(first, subject) {
                    alternatives[alternatives.count - 1] = .likes(first, patterns + [pattern])
                } else {
                    alternatives.append(.likes(subject, [pattern]))
                }
            }
            guard alternatives.count < operands.count else { return nil }
            self = .alternatives(alternatives)
        default: return nil
        }
    }

    private static func isAttribute(_ expression: Expression) -> Bool { isSame(expression, expression) }

    /// Whether both are the same attribute of the same variable.
    private static func isSame(_ left: Expression, _ right: Expression) -> Bool {
        guard case .attribute(let left, let name) = left.kind, case .attribute(let right, let other) = right.kind,
            case .variable(let variable) = left.kind, case .variable(let same) = right.kind
        else { return false }
        return variable == same && name == other
    }
}

/// What the store says of what a request names, looked up once for all policies.
struct RequestFacts: Sendable {
    let principalAttributes: CedarRecord?
    let resourceAttributes: CedarRecord?
    let resourceAncestors: Ancestors
    let actionAncestors: Ancestors

    init(_ request: Request, _ entities: Entities) {
        principalAttributes = entities[request.principal]?.attrs
        resourceAttributes = entities[request.resource]?.attrs
        resourceAncestors = entities.ancestors(of: request.resource)
        actionAncestors = entities.ancestors(of: request.action)
    }
}
