// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Expression {
    /// The operands in the order of evaluation. Of those that may be skipped, all.
    var operands: [Expression] {
        switch kind {
        case .literal, .variable: []
        case .not(let operand), .negate(let operand), .has(let operand, _), .like(let operand, _),
            .attribute(let operand, _), .isType(let operand, _, nil), .isEmpty(let operand):
            [operand]
        case .and(let operands), .or(let operands), .set(let operands), .call(_, let operands): operands
        case .arithmetic(let first, let steps): [first] + steps.map(\.operand)
        case .comparison(_, let left, let right), .membership(let left, let right), .method(_, let left, let right),
            .isType(let left, _, let right?):
            [left, right]
        case .conditional(let condition, let first, let second): [condition, first, second]
        case .record(let fields): fields.map(\.value)
        }
    }

    /// Whether its value is the same for every request.
    var isConstant: Bool {
        if case .variable = kind { return false }
        return operands.allSatisfy(\.isConstant)
    }

    /// The operands of `&&`, and of `&&` among these; any other expression itself.
    var conjuncts: [Expression] {
        guard case .and(let operands) = kind else { return [self] }
        return operands.flatMap(\.conjuncts)
    }

    /// The operands of `||`, and of `||` among these; any other expression itself.
    var disjuncts: [Expression] {
        guard case .or(let operands) = kind else { return [self] }
        return operands.flatMap(\.disjuncts)
    }

    /// The expression as policy text in one line, shortened where it is long.
    var oneLine: UTF8String {
        UTF8String(UTF8String(description).shortened(scalars: CedarLimits.explainedClauseScalarsMax))
    }
}
