// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Expression {
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
